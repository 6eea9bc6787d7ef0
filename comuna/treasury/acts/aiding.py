"""Aid to somebody out of a fund: asked for, granted or refused by the organ that the statute names, paid by another.

The public record of each act says that something was asked or granted under a number, never who, what for or in which
words: those are private parts about her, the words sealed. Who pays sees a number and an amount. Nobody decides about
herself or her household.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from comuna.acts.act import Act, ActFacts, Cite, GroundRole, Performed, Power, World
from comuna.acts.fields import (
    Amount,
    Audience,
    Count,
    Id,
    Label,
    MediationLine,
    SignedAmount,
    Slug,
    To,
    UnitCode,
)
from comuna.acts.refusal import Refused, refuse_if
from comuna.statutes.bookkeeping import AccountKind
from comuna.territory.models import Person
from comuna.treasury import queries
from comuna.treasury.acts.bearing import (
    EntryDay,
    LineRow,
    account_of,
    bearable,
    lines_of,
    new_unit,
    open_day,
    rows_of,
)
from comuna.treasury.acts.budgeting import refuse_beyond
from comuna.treasury.acts.own_house import AID_DECIDED, AID_PAID, nobody_of_her_house
from comuna.treasury.acts.savings import Whose
from comuna.treasury.effects import aid as effects
from comuna.treasury.models import Account, Book, BudgetLine
from comuna.treasury.models.aid import AidCase, AidRequest
from comuna.treasury.queries import aid
from comuna.treasury.queries.households import is_of_her_house
from comuna.treasury.rules import Draft, moved

OPEN_MAX = 2  # requests of one person that wait in one book
A_DAY_MAX = 5

KindOfAid = Annotated[Slug, Audience("household"), Label(_("What for"))]
HowMuch = Annotated[Amount, Audience("household"), Label(_("Amount"))]
HerWords = Annotated[MediationLine, Label(_("What happened"), help=_("Only you, those who decide and the comptroller"))]
Request = Annotated[Id, To(AidRequest), Audience("household"), Label(_("Request"))]


def _may_ask(world: World, ask: AskAid | RecordAidRequest) -> None:
    book = world.get(Book, ask.book, field="book")
    world.get(Person, ask.person, field="person")
    new_unit(world, ask.unit)
    refuse_if(
        ask.kind not in {kind.id for kind in aid.kinds_of(book, world.day)},
        "treasury.no-such-aid",
        _("The statute in force knows no such aid out of this book."),
        field="kind",
    )
    refuse_if(
        sum(one.person == ask.person for one in aid.waiting(book.id)) >= OPEN_MAX,
        "treasury.aid-asked-already",
        _("Requests that wait for an answer already: {n}.").format(n=OPEN_MAX),
        field="kind",
    )
    refuse_if(
        aid.asked_today(ask.person, world.day) >= A_DAY_MAX,
        "treasury.aid-asked-often",
        _("Requests of one day at most: {n}. Ask again tomorrow.").format(n=A_DAY_MAX),
        field="kind",
    )


def _own_name(world: World, person: UUID | None) -> None:
    refuse_if(
        world.person != person,
        "treasury.aid-own-name",
        _("You ask in your own name alone; for somebody else those who decide type it."),
        field="person",
    )


class AskAid(Act):
    """Ask a fund for help in your own name. That somebody asked is public; who, what for and how much only you, those
    who decide and the comptroller read."""

    verb = "treasury.ask_aid"
    power = Power.MEMBER
    label = _("Ask for aid")
    said = _("Aid was asked for")
    undo = "treasury.withdraw_aid_request"
    about = "person"
    own_name = True

    book: Annotated[Id, To(Book), Label(_("Book"))]
    person: Whose
    kind: KindOfAid
    unit: Annotated[UnitCode, Label(_("Counted in"))]
    amount: HowMuch
    words: HerWords

    def check(self, world: World) -> ActFacts:
        _own_name(world, self.person)
        _may_ask(world, self)
        return self.Facts()

    def apply(self, record: Performed) -> None:
        _create(record, self)


class RecordAidRequest(Act):
    """Type the request of a neighbour who asks for help in person."""

    verb = "treasury.record_aid_request"
    power = Power.SEAT
    label = _("Type a request for aid")
    said = _("{seat} typed a neighbour's request for aid")
    undo = "treasury.refuse_aid"
    about = "person"

    book: Annotated[Id, To(Book), Label(_("Book"))]
    person: Whose
    kind: KindOfAid
    unit: Annotated[UnitCode, Label(_("Counted in"))]
    amount: HowMuch
    words: HerWords

    def in_organ(self) -> str | None:
        return aid.deciding_organ(self.book)

    def check(self, world: World) -> ActFacts:
        _may_ask(world, self)
        return self.Facts()

    def apply(self, record: Performed) -> None:
        _create(record, self)


def _create(record: Performed, ask: AskAid | RecordAidRequest) -> None:
    effects.ask(
        record,
        book_id=ask.book,
        person=ask.person,
        kind=ask.kind or "",
        unit=ask.unit,
        amount=int(ask.amount) if ask.amount else None,
        words_sealed=ask.words or "",
    )


def _waiting(world: World, request_id: UUID, person: UUID) -> AidRequest:
    request = world.get(AidRequest, request_id, field="request")
    refuse_if(request.person != person, "treasury.other-person", _("This request is somebody else's."), field="person")
    refuse_if(
        aid.answer_to(request.id) is not None,
        "treasury.answered-already",
        _("This request has been answered, or taken back."),
        field="request",
    )
    return request


class WithdrawAidRequest(Act):
    """Take back what you asked for, as long as nobody has answered."""

    verb = "treasury.withdraw_aid_request"
    power = Power.MEMBER
    label = _("Take the request back")
    said = _("A request for aid was taken back")
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
        effects.answer(record, self.request, self.person, "", is_refusal=False)


class ApproveAid(Act):
    """Grant what somebody asked for, or less. As many sign as the statute says; the case has a number then, under which
    it is paid."""

    verb = "treasury.approve_aid"
    power = Power.SEAT
    label = _("Grant the aid")
    said = _("{seat} granted aid, case {number}: {amount}")
    undo = None  # what is not paid costs nothing; what is, is taken back by its entry
    about = "person"

    request: Request
    person: Whose
    unit: Annotated[UnitCode, Label(_("Counted in"))]
    amount: Annotated[Amount, Label(_("Amount"))]

    class Facts(ActFacts):
        book: Id
        number: Count
        kind: Annotated[Slug, Audience("household")] | None

    def in_organ(self) -> str | None:
        return aid.deciding_organ_of(self.request)

    def may_sign(self, person: UUID, day: date) -> bool:
        return not is_of_her_house(person, self.person)

    def check(self, world: World) -> Facts:
        request = _waiting(world, self.request, self.person)
        nobody_of_her_house(world, self.person, AID_DECIDED)
        refuse_if(
            self.unit != request.unit or int(self.amount) > (request.amount or 0),
            "treasury.more-than-asked",
            _("No more is approved than was asked for."),
            field="amount",
        )
        return self.Facts(book=request.book_id, number=aid.next_number(request.book_id), kind=request.kind or None)

    def apply(self, record: Performed) -> None:
        facts = record.facts
        effects.grant(
            record,
            book_id=facts.book,
            number=facts.number,
            request=self.request,
            person=self.person,
            kind=facts.kind or "",
            unit=self.unit,
            amount=int(self.amount),
        )


class RefuseAid(Act):
    """Refuse aid, and say why. Only she who asked, those who decide and the comptroller read it."""

    verb = "treasury.refuse_aid"
    power = Power.SEAT
    label = _("Refuse the aid")
    said = _("{seat} refused a request for aid")
    undo = None  # asked for anew
    about = "person"

    request: Request
    person: Whose
    words: Annotated[MediationLine, Label(_("Why"))]

    def in_organ(self) -> str | None:
        return aid.deciding_organ_of(self.request)

    def may_sign(self, person: UUID, day: date) -> bool:
        return not is_of_her_house(person, self.person)

    def check(self, world: World) -> ActFacts:
        _waiting(world, self.request, self.person)
        nobody_of_her_house(world, self.person, AID_DECIDED)
        return self.Facts()

    def apply(self, record: Performed) -> None:
        effects.answer(record, self.request, self.person, self.words, is_refusal=True)


def _for_aid(world: World, book: Book, line: BudgetLine) -> None:
    """Refuses a line that was decided for something else."""
    if aid.is_for_aid(book, line.account, world.day):
        return
    code = aid.paid_out_of(book, world.day)
    account = queries.account_with_code(book.id, code) if code else None
    kinds = aid.kinds_of(book, world.day)
    raise Refused(
        "treasury.not-for-aid",
        _("This line was decided for something else; aid is paid out of a line for: {account}.").format(
            account=account.name or account.code
        )
        if account is not None
        else _("This line was decided for something else; aid is paid out of a line for what is spent."),
        citation=kinds[0].rule.source if kinds else None,
        field="line",
    )


class PayAid(Act):
    """Pay a case that was granted, against a line of the budget. The books say its number and no name: she brings the
    paper of her case, or somebody of the organ that granted it comes along. What several sign is paid with the last
    signature."""

    verb = "treasury.pay_aid"
    power = Power.SEAT
    label = _("Pay the aid")
    said = _("{seat} paid aid, case {number}: {amount}")
    undo = "treasury.reverse"

    case: Annotated[Id, To(AidCase), Label(_("Case"))]
    line: Annotated[Id, To(BudgetLine), Label(_("Line of the budget"))]
    day: EntryDay
    out_of: Annotated[Id, To(Account), Label(_("Out of"))]

    class Facts(ActFacts):
        book: Id
        number: Count
        unit: UnitCode
        amount: SignedAmount
        lines: tuple[LineRow, ...]
        spent: SignedAmount

    def in_organ(self) -> str | None:
        return aid.paying_organ_of(self.case)

    def may_sign(self, person: UUID, day: date) -> bool:
        return not is_of_her_house(person, aid.person_of(self.case))

    def check(self, world: World) -> Facts:
        case = world.get(AidCase, self.case, field="case")
        line = world.get(BudgetLine, self.line, field="line")
        book = case.book
        refuse_if(aid.paid_by(case.id) is not None, "treasury.aid-paid-already", _("It is paid already."), field="case")
        refuse_if(
            line.budget.book_id != book.id or line.unit != case.unit,
            "treasury.other-line",
            _("The line is of the same book and counted in the same unit as the case."),
            field="line",
        )
        _for_aid(world, book, line)
        nobody_of_her_house(world, case.person, AID_PAID)
        refuse_if(
            not line.budget.begins <= self.day <= line.budget.ends,
            "treasury.outside-the-budget",
            _("The budget of this line does not reach this day."),
            field="day",
        )
        open_day(world, book, self.day)
        refuse_if(self.day < case.day, "treasury.before-the-grant", _("It was granted later."), field="day")
        account_of(world, book, self.out_of, "out_of", (AccountKind.ASSET,))
        refuse_beyond(line, case.amount)
        lines = moved(line.account_id, self.out_of, case.unit, case.amount)
        bearable(lines, field="out_of")
        return self.Facts(
            book=book.id,
            number=case.number,
            unit=case.unit,
            amount=str(case.amount),
            lines=rows_of(lines),
            spent=str(line.spent + case.amount),
        )

    def cites(self, facts: Any) -> tuple[Cite, ...]:
        budget = BudgetLine.objects.values_list("budget_id", flat=True).get(pk=self.line)
        return (Cite(self.case, GroundRole.DECIDED_BY), Cite(budget, GroundRole.PAID_FROM))

    def apply(self, record: Performed) -> None:
        facts = record.facts
        draft = Draft(record.id, facts.book, self.day, "", lines_of(facts.lines))
        effects.pay(record, draft, self.case, self.line, int(facts.spent))
