"""A credit from the day on which it is paid out: repaid, visited, laid out anew, written off by a decision."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from comuna.acts.act import Act, ActFacts, Cite, GroundRole, Performed, Power, World
from comuna.acts.fields import Amount, Count, Day, HouseholdLine, Id, Label, SignedAmount, To, UnitCode
from comuna.acts.refusal import Refused, refuse_if
from comuna.statutes.bookkeeping import AccountKind, AccountUse
from comuna.treasury import queries, schedules
from comuna.treasury.acts.asking import is_apart, not_of
from comuna.treasury.acts.bearing import (
    EntryDay,
    LineRow,
    account_of,
    bearable,
    lines_of,
    open_day,
    rows_of,
    within_limit,
)
from comuna.treasury.acts.budgeting import Decision, rests_on_decision
from comuna.treasury.acts.moving import Reference
from comuna.treasury.acts.own_house import CREDIT_DECIDED, MONEY_ENTERED, nobody_of_her_house
from comuna.treasury.acts.savings import Whose, bank_account
from comuna.treasury.effects import bank as effects
from comuna.treasury.models import Account
from comuna.treasury.models.bank import Credit
from comuna.treasury.queries import bank
from comuna.treasury.queries.bank import Standing
from comuna.treasury.queries.households import is_of_her_house
from comuna.treasury.rules import Draft, Line, moved

OfCredit = Annotated[Id, To(Credit), Label(_("Which credit"))]


def _open(world: World, credit_id: UUID) -> Standing:
    """A credit that was paid out and of which something is owed. Raises Refused."""
    credit = world.get(Credit, credit_id, field="credit")
    refuse_if(
        credit.paid_out_on is None, "treasury.not-paid-out", _("This credit is not paid out yet."), field="credit"
    )
    found = bank.standing(credit, world.day)
    refuse_if(not found.is_open, "treasury.nothing-owed", _("Nothing is owed of this credit."), field="credit")
    return found


def _since_it_was_paid_out(credit: Credit, day: date) -> None:
    refuse_if(
        credit.paid_out_on is None or day < credit.paid_out_on,
        "treasury.before-the-credit",
        _("The credit was paid out on a later day."),
        field="day",
    )


class PayOutCredit(Act):
    """Give out the whole credit. Its time begins on this day."""

    verb = "treasury.pay_out_credit"
    power = Power.SEAT
    label = _("Pay the credit out")
    said = _("{seat} paid out credit {number}: {paid}")
    undo = "treasury.take_back_bank"

    credit: OfCredit
    day: EntryDay
    out_of: Annotated[Id, To(Account), Label(_("Out of"))]
    reference: Reference = None

    class Facts(ActFacts):
        book: Id
        number: Count
        unit: UnitCode
        paid: SignedAmount
        interest: SignedAmount
        lines: tuple[LineRow, ...]

    def in_organ(self) -> str | None:
        return bank.organ_of_credit(self.credit)

    def may_sign(self, person: UUID, day: date) -> bool:
        return not is_of_her_house(person, bank.person_of(Credit, self.credit))

    def check(self, world: World) -> Facts:
        credit = world.get(Credit, self.credit, field="credit")
        book = credit.book
        nobody_of_her_house(world, credit.person, MONEY_ENTERED)
        refuse_if(
            credit.paid_out_on is not None, "treasury.paid-out-already", _("It is paid out already."), field="credit"
        )
        open_day(world, book, self.day)
        refuse_if(self.day < credit.day, "treasury.before-the-approval", _("It was approved later."), field="day")
        account_of(world, book, self.out_of, "out_of", (AccountKind.ASSET,))
        lines = moved(bank_account(book, AccountUse.CREDITS).id, self.out_of, credit.unit, credit.amount)
        bearable(lines, field="out_of")
        return self.Facts(
            book=book.id,
            number=credit.number,
            unit=credit.unit,
            paid=str(credit.amount),
            interest=str(credit.interest),
            lines=rows_of(lines),
        )

    def cites(self, facts: Any) -> tuple[Cite, ...]:
        return (Cite(self.credit, GroundRole.DECIDED_BY),)

    def apply(self, record: Performed) -> None:
        facts = record.facts
        draft = Draft(record.id, facts.book, self.day, "", lines_of(facts.lines), self.reference or "")
        effects.pay_out(record, draft, self.credit, int(facts.paid), int(facts.interest))


class Repay(Act):
    """Enter what somebody repays. It goes to the oldest part that is open, of each to the interest first."""

    verb = "treasury.repay"
    power = Power.SEAT
    label = _("Enter a repayment")
    said = _("{seat} entered a repayment of {amount} of credit {number}")
    undo = "treasury.take_back_bank"

    credit: OfCredit
    day: EntryDay
    into: Annotated[Id, To(Account), Label(_("Where it is now"))]
    unit: Annotated[UnitCode, Label(_("Counted in"))]
    amount: Annotated[Amount, Label(_("Amount"))]
    reference: Reference = None

    class Facts(ActFacts):
        book: Id
        number: Count
        principal: SignedAmount
        interest: SignedAmount
        owed_principal: SignedAmount
        owed_interest: SignedAmount
        lines: tuple[LineRow, ...]

    def in_organ(self) -> str | None:
        return bank.organ_of_credit(self.credit)

    def may_sign(self, person: UUID, day: date) -> bool:
        return not is_of_her_house(person, bank.person_of(Credit, self.credit))

    def check(self, world: World) -> Facts:
        stands = _open(world, self.credit)
        credit, book, amount = stands.credit, stands.credit.book, int(self.amount)
        nobody_of_her_house(world, credit.person, MONEY_ENTERED)
        open_day(world, book, self.day)
        _since_it_was_paid_out(credit, self.day)
        refuse_if(
            self.unit != credit.unit,
            "treasury.credit-in-another-unit",
            _("This credit is counted in {unit}.").format(unit=credit.unit),
            field="unit",
        )
        if amount > stands.owed:
            owed = queries.amount_said(stands.owed, credit.unit, world.commune)
            raise Refused(
                "treasury.more-than-owed",
                _("{amount} are owed; more is not taken.").format(amount=owed),
                field="amount",
            )
        account_of(world, book, self.into, "into", (AccountKind.ASSET,))
        part = schedules.split(stands.parts, stands.paid, amount)
        whole = (
            Line(self.into, credit.unit, amount),
            Line(bank_account(book, AccountUse.CREDITS).id, credit.unit, -part.principal),
            Line(bank_account(book, AccountUse.INTEREST).id, credit.unit, -part.interest),
        )
        lines = tuple(line for line in whole if line.amount)
        bearable(lines)
        within_limit(world, book, lines)
        return self.Facts(
            book=book.id,
            number=credit.number,
            principal=str(part.principal),
            interest=str(part.interest),
            owed_principal=str(credit.owed_principal - part.principal),
            owed_interest=str(credit.owed_interest - part.interest),
            lines=rows_of(lines),
        )

    def cites(self, facts: Any) -> tuple[Cite, ...]:
        return (Cite(self.credit, GroundRole.ANSWERS),)

    def apply(self, record: Performed) -> None:
        facts = record.facts
        draft = Draft(record.id, facts.book, self.day, "", lines_of(facts.lines), self.reference or "")
        part = (int(facts.principal), int(facts.interest))
        effects.repay(record, draft, self.credit, part, (int(facts.owed_principal), int(facts.owed_interest)))


class Reschedule(Act):
    """Lay out anew what is still owed, from a day on and over more time: a lost harvest is no theft. The interest stays
    as it was."""

    verb = "treasury.reschedule"
    power = Power.SEAT
    label = _("Lay the credit out anew")
    said = _("{seat} laid out anew what is owed of credit {number}: from {begins} on (months: {months})")
    undo = None  # laid out anew once more

    credit: OfCredit
    begins: Annotated[Day, Label(_("From"))]
    months: Annotated[Count, Label(_("Months"), help=_("After how many months it is repaid"))]

    class Facts(ActFacts):
        number: Count
        principal: SignedAmount
        interest: SignedAmount

    def in_organ(self) -> str | None:
        return bank.organ_of_approval(self.credit)

    def may_sign(self, person: UUID, day: date) -> bool:
        return is_apart(person, bank.person_of(Credit, self.credit), bank.organ_of_follow_up(self.credit), day)

    def check(self, world: World) -> Facts:
        credit = _open(world, self.credit).credit
        kind = bank.kind_of_credit(world.commune, credit.kind, world.day)
        nobody_of_her_house(world, credit.person, CREDIT_DECIDED)
        not_of(world, kind.followed_by if kind else "", world.day)
        refuse_if(
            kind is None or not 1 <= self.months <= kind.months_max,
            "treasury.credit-too-long",
            _("It lasts at most (months): {n}; and one at least.").format(n=kind.months_max if kind else 0),
            citation=kind.rule.source if kind else None,
            field="months",
        )
        refuse_if(
            (credit.begins is not None and self.begins < credit.begins) or self.begins > world.day,
            "treasury.laid-out-before",
            _("It is laid out anew from a day between the last time and today."),
            field="begins",
        )
        return self.Facts(
            number=credit.number, principal=str(credit.owed_principal), interest=str(credit.owed_interest)
        )

    def cites(self, facts: Any) -> tuple[Cite, ...]:
        return (Cite(self.credit, GroundRole.CORRECTS),)

    def apply(self, record: Performed) -> None:
        facts = record.facts
        effects.lay_out_anew(record, self.credit, self.begins, self.months, int(facts.principal), int(facts.interest))


class WriteOff(Act):
    """Write off what nobody will repay, by a decision of the organ that decides over the book, and by nothing less."""

    verb = "treasury.write_off"
    power = Power.SEAT
    label = _("Write the credit off")
    said = _("{seat} wrote off credit {number} by decision {decision}/{year}: {lost}")
    undo = None  # what comes back after all is income

    credit: OfCredit
    day: EntryDay
    resolution: Decision

    class Facts(ActFacts):
        book: Id
        number: Count
        decision: Count
        year: Count
        decided_by: Id
        unit: UnitCode
        lost: SignedAmount
        lines: tuple[LineRow, ...]

    def in_organ(self) -> str | None:
        return bank.organ_of_credit(self.credit)

    def may_sign(self, person: UUID, day: date) -> bool:
        return not is_of_her_house(person, bank.person_of(Credit, self.credit))

    def check(self, world: World) -> Facts:
        credit = _open(world, self.credit).credit
        nobody_of_her_house(world, credit.person, MONEY_ENTERED)
        open_day(world, credit.book, self.day)
        _since_it_was_paid_out(credit, self.day)
        refuse_if(
            credit.owed_principal == 0,
            "treasury.nothing-owed",
            _("Nothing is owed of this credit."),
            field="credit",
        )
        resolution, tally = rests_on_decision(world, credit.book, self.resolution, self)
        refuse_if(
            tally.born <= credit.born,
            "treasury.decided-before-the-credit",
            _("This was decided before the credit was given."),
            field="resolution",
        )
        lost = bank_account(credit.book, AccountUse.LOSSES).id
        lines = moved(lost, bank_account(credit.book, AccountUse.CREDITS).id, credit.unit, credit.owed_principal)
        bearable(lines, field="credit")
        return self.Facts(
            book=credit.book_id,
            number=credit.number,
            decision=resolution.number,
            year=resolution.year,
            decided_by=tally.id,
            unit=credit.unit,
            lost=str(credit.owed_principal),
            lines=rows_of(lines),
        )

    def cites(self, facts: Any) -> tuple[Cite, ...]:
        return (Cite(facts.decided_by, GroundRole.DECIDED_BY),)

    def apply(self, record: Performed) -> None:
        facts = record.facts
        draft = Draft(record.id, facts.book, self.day, "", lines_of(facts.lines))
        effects.write_off(record, draft, self.credit, int(facts.lost))


class NoteVisit(Act):
    """Note how the work stands for which the credit was given. Only she who has it and the bank read it."""

    verb = "treasury.note_visit"
    power = Power.SEAT
    label = _("Note a visit")
    said = _("{seat} noted a visit for credit {number}")
    undo = None  # a later visit says more
    about = "person"

    credit: OfCredit
    person: Whose
    day: EntryDay
    words: Annotated[HouseholdLine, Label(_("How it stands"))]

    class Facts(ActFacts):
        number: Count

    def in_organ(self) -> str | None:
        return bank.organ_of_follow_up(self.credit)

    def may_sign(self, person: UUID, day: date) -> bool:
        return is_apart(person, self.person, bank.organ_of_approval(self.credit), day)

    def check(self, world: World) -> Facts:
        credit = world.get(Credit, self.credit, field="credit")
        refuse_if(
            credit.person != self.person,
            "treasury.other-person",
            _("This credit is somebody else's."),
            field="person",
        )
        open_day(world, credit.book, self.day)
        refuse_if(self.day < credit.day, "treasury.before-the-approval", _("It was approved later."), field="day")
        nobody_of_her_house(world, self.person, CREDIT_DECIDED)
        not_of(world, bank.organ_of_approval(self.credit) or "", world.day)
        return self.Facts(number=credit.number)

    def apply(self, record: Performed) -> None:
        effects.note_visit(record, self.credit, self.person, self.day, self.words)
