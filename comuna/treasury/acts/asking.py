"""Asking for a credit, in one's own name or typed by the bank; taking that back; and what the approval committee says.

Which credit, how much and what for is hers and the bank's to know. An approved credit gets a number of its own, so that
the public record of it leads to nobody.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from comuna.acts.act import Act, ActFacts, Performed, Power, World
from comuna.acts.fields import (
    Amount,
    Audience,
    Count,
    HouseholdCount,
    HouseholdLine,
    Id,
    Label,
    SignedAmount,
    Slug,
    To,
    UnitCode,
)
from comuna.acts.refusal import Refused, refuse_if
from comuna.mandates import queries as mandates
from comuna.statutes import queries as statutes
from comuna.statutes.bookkeeping import CreditKind, Schedule
from comuna.statutes.statute import in_books
from comuna.territory.models import Person
from comuna.treasury import queries, schedules
from comuna.treasury.acts.own_house import CREDIT_DECIDED, nobody_of_her_house
from comuna.treasury.acts.savings import Whose
from comuna.treasury.effects import bank as effects
from comuna.treasury.models import Book
from comuna.treasury.models.bank import Credit, CreditRequest
from comuna.treasury.queries import bank
from comuna.treasury.queries.households import is_of_her_house
from comuna.treasury.rules import BALANCE_MAX

OPEN_MAX = 1  # requests of one person that wait in one book
KindOfCredit = Annotated[Slug, Audience("household"), Label(_("Which credit"))]
HowMuch = Annotated[Amount, Audience("household"), Label(_("Amount"))]
HowLong = Annotated[HouseholdCount, Label(_("Months"), help=_("After how many months it is repaid"))]
Purpose = Annotated[HouseholdLine, Label(_("What for"), help=_("Only you and the bank read it"))]
Request = Annotated[Id, To(CreditRequest), Audience("household"), Label(_("Request"))]


def within(world: World, book: Book, kind_id: str, unit: str, amount: int, months: int) -> CreditKind:
    """The kind of credit, of which so much may be given for so long. Raises Refused."""
    money = statutes.in_force(world.commune, world.day).money
    kind = next((one for one in money.credits_of(book.kind) if one.id == kind_id), None)
    if kind is None:
        raise Refused("treasury.no-such-credit", _("The statute in force has no such credit."), field="kind")
    source = kind.rule.source
    refuse_if(
        unit != kind.unit,
        "treasury.credit-in-another-unit",
        _("This credit is counted in {unit}.").format(unit=kind.unit),
        citation=source,
        field="unit",
    )
    counted = money.unit(kind.unit)
    most = kind.amount_max * 10 ** (counted.decimals if counted else 0)
    refuse_if(
        amount > most,
        "treasury.credit-too-large",
        _("The largest is {amount}.").format(amount=queries.amount_said(most, unit, world.commune)),
        citation=source,
        field="amount",
    )
    refuse_if(
        not 1 <= months <= kind.months_max,
        "treasury.credit-too-long",
        _("It lasts at most (months): {n}; and one at least.").format(n=kind.months_max),
        citation=source,
        field="months",
    )
    return kind


def _may_ask(world: World, ask: AskCredit | RecordCreditRequest) -> None:
    book = world.get(Book, ask.book, field="book")
    world.get(Person, ask.person, field="person")
    within(world, book, ask.kind, ask.unit, int(ask.amount), ask.months)
    refuse_if(
        sum(one.person == ask.person for one in bank.waiting(book.id)) >= OPEN_MAX,
        "treasury.asked-already",
        _("A credit was asked for already, and waits for an answer."),
        field="kind",
    )


def _own_name(world: World, person: UUID) -> None:
    refuse_if(
        world.person != person,
        "treasury.own-name",
        _("You ask in your own name alone; for somebody else the bank types it."),
        field="person",
    )


class AskCredit(Act):
    """Ask for a credit in your own name. That somebody asked is public; who, which credit, how much and what for only
    you and the bank read."""

    verb = "treasury.ask_credit"
    power = Power.MEMBER
    label = _("Ask for a credit")
    said = _("A credit was asked for")
    undo = "treasury.withdraw_credit_request"
    about = "person"
    own_name = True

    book: Annotated[Id, To(Book), Label(_("Book"))]
    person: Whose
    kind: KindOfCredit
    unit: Annotated[UnitCode, Label(_("Counted in"))]
    amount: HowMuch
    months: HowLong
    purpose: Purpose

    def check(self, world: World) -> ActFacts:
        _own_name(world, self.person)
        _may_ask(world, self)
        return self.Facts()

    def apply(self, record: Performed) -> None:
        _create(record, self)


class RecordCreditRequest(Act):
    """Type the request of a neighbour who asks for a credit in person."""

    verb = "treasury.record_credit_request"
    power = Power.SEAT
    label = _("Type a request for a credit")
    said = _("{seat} typed a neighbour's request for a credit")
    undo = "treasury.refuse_credit"
    about = "person"

    book: Annotated[Id, To(Book), Label(_("Book"))]
    person: Whose
    kind: KindOfCredit
    unit: Annotated[UnitCode, Label(_("Counted in"))]
    amount: HowMuch
    months: HowLong
    purpose: Purpose

    def in_organ(self) -> str | None:
        return queries.organ_of_book(self.book)

    def check(self, world: World) -> ActFacts:
        _may_ask(world, self)
        return self.Facts()

    def apply(self, record: Performed) -> None:
        _create(record, self)


def _create(record: Performed, ask: AskCredit | RecordCreditRequest) -> None:
    effects.ask_credit(
        record,
        book_id=ask.book,
        person=ask.person,
        kind=ask.kind or "",
        unit=ask.unit,
        amount=int(ask.amount) if ask.amount else None,
        months=ask.months,
        purpose=ask.purpose or "",
    )


def _waiting(world: World, request_id: UUID, person: UUID) -> CreditRequest:
    request = world.get(CreditRequest, request_id, field="request")
    refuse_if(
        request.person != person,
        "treasury.other-person",
        _("This request is somebody else's."),
        field="person",
    )
    refuse_if(
        bank.answer_to(request.id) is not None,
        "treasury.answered-already",
        _("This request has been answered, or taken back."),
        field="request",
    )
    return request


class WithdrawCreditRequest(Act):
    """Take back what you asked for, as long as nobody has answered."""

    verb = "treasury.withdraw_credit_request"
    power = Power.MEMBER
    label = _("Take the request back")
    said = _("A request for a credit was taken back")
    undo = None  # asked for anew
    about = "person"
    own_name = True

    request: Request
    person: Whose

    def check(self, world: World) -> ActFacts:
        _own_name(world, self.person)  # first: of somebody else's nobody learns whether they are there
        _waiting(world, self.request, self.person)
        return self.Facts()

    def apply(self, record: Performed) -> None:
        effects.answer_request(record, self.request, self.person, "", is_refusal=False)


def _sits_in(person: UUID, organ: str, day: date) -> bool:
    return any(one.organ == organ and one.status.in_office for one in mandates.mandates_of(person, day))


def not_of(world: World, organ: str, day: date) -> None:
    """Refuses who sits in that organ too: of approval and follow-up nobody is the same person."""
    refuse_if(
        world.person is not None and _sits_in(world.person, organ, day),
        "treasury.both-committees",
        _("Who approves credits does not follow them up: you sit in the other committee too."),
    )


def is_apart(one: UUID, about: UUID | None, other: str | None, day: date) -> bool:
    """Whether somebody neither lives with whom it is about nor sits in the other organ."""
    return not is_of_her_house(one, about) and not _sits_in(one, other or "", day)


class ApproveCredit(Act):
    """Approve a credit, as it was asked for or smaller, shorter or cheaper. As many of the committee sign as the
    statute says; with the last signature it may be paid out."""

    verb = "treasury.approve_credit"
    power = Power.SEAT
    label = _("Approve the credit")
    said = _("{seat} approved credit {number}: {amount}, {interest} % a year (months: {months})")
    undo = None  # what is not paid out costs nothing; what is, is repaid
    about = "person"

    request: Request
    person: Whose
    unit: Annotated[UnitCode, Label(_("Counted in"))]
    amount: Annotated[Amount, Label(_("Amount"))]
    months: Annotated[Count, Label(_("Months"), help=_("After how many months it is repaid"))]
    interest: Annotated[Count, Label(_("Interest"), help=_("Per cent a year, of the whole credit"))]

    class Facts(ActFacts):
        book: Id
        number: Count
        kind: Annotated[Slug, Audience("household")] | None
        schedule: Schedule
        cost: SignedAmount

    def in_organ(self) -> str | None:
        return bank.approving_organ_of(self.request)

    def may_sign(self, person: UUID, day: date) -> bool:
        return is_apart(person, self.person, bank.organ_following(self.request), day)

    def check(self, world: World) -> Facts:
        request = _waiting(world, self.request, self.person)
        amount = int(self.amount)
        kind = within(world, request.book, request.kind, self.unit, amount, self.months)
        nobody_of_her_house(world, self.person, CREDIT_DECIDED)
        not_of(world, kind.followed_by, world.day)
        refuse_if(
            self.interest > kind.interest,
            "treasury.credit-too-dear",
            _("“{credit}” costs {n} % a year at most.").format(credit=in_books(kind.name), n=kind.interest),
            citation=kind.rule.source,
            field="interest",
        )
        refuse_if(
            amount > (request.amount or 0),
            "treasury.more-than-asked",
            _("No more is approved than was asked for."),
            field="amount",
        )
        cost = schedules.flat_interest(amount, self.interest, self.months)
        refuse_if(
            amount + cost > BALANCE_MAX,
            "treasury.too-large",
            _("An account cannot hold so much; a currency that has lost its worth gets a new unit."),
            field="amount",
        )
        return self.Facts(
            book=request.book_id,
            number=bank.next_number(Credit, request.book_id),
            kind=kind.id,
            schedule=kind.schedule,
            cost=str(cost),
        )

    def apply(self, record: Performed) -> None:
        facts = record.facts
        effects.approve_credit(
            record,
            book_id=facts.book,
            number=facts.number,
            request=self.request,
            person=self.person,
            kind=facts.kind or "",
            schedule=facts.schedule.value,
            unit=self.unit,
            amount=int(self.amount),
            percent=self.interest,
            months=self.months,
            principal=int(self.amount),
            interest=int(facts.cost),
        )


class RefuseCredit(Act):
    """Refuse a credit, and say why. Only she who asked and the bank read it."""

    verb = "treasury.refuse_credit"
    power = Power.SEAT
    label = _("Refuse the credit")
    said = _("{seat} refused a credit")
    undo = None  # asked for anew
    about = "person"

    request: Request
    person: Whose
    words: Annotated[HouseholdLine, Label(_("Why"))]

    def in_organ(self) -> str | None:
        return bank.approving_organ_of(self.request)

    def may_sign(self, person: UUID, day: date) -> bool:
        return is_apart(person, self.person, bank.organ_following(self.request), day)

    def check(self, world: World) -> ActFacts:
        request = _waiting(world, self.request, self.person)
        nobody_of_her_house(world, self.person, CREDIT_DECIDED)
        kind = bank.kind_of_credit(world.commune, request.kind, world.day)
        not_of(world, kind.followed_by if kind else "", world.day)
        return self.Facts()

    def apply(self, record: Performed) -> None:
        effects.answer_request(record, self.request, self.person, self.words, is_refusal=True)
