"""Money that somebody takes along to spend: given, accounted for line by line, the rest brought back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from comuna.acts.act import Act, ActFacts, Cite, GroundRole, Performed, Power, Signing, World
from comuna.acts.fields import Amount, Day, Id, Label, PublicLine, SignedAmount, To, UnitCode
from comuna.acts.refusal import Refused, refuse_if
from comuna.statutes.bookkeeping import AccountKind, AccountUse
from comuna.territory.models import Person
from comuna.treasury import effects, queries
from comuna.treasury.acts.bearing import (
    EntryDay,
    LineRow,
    Unit,
    Words,
    account_of,
    bearable,
    known_unit,
    lines_of,
    no_more_than_owed,
    not_the_same,
    open_day,
    over,
    rows_of,
    within_limit,
)
from comuna.treasury.acts.budgeting import refuse_beyond
from comuna.treasury.acts.moving import Reference
from comuna.treasury.effects import advances
from comuna.treasury.models import Account, Book, BudgetLine, Entry
from comuna.treasury.models.advances import Advance
from comuna.treasury.queries.advances import Undone, given_by, holds_advances, organ_of_advance, step_by
from comuna.treasury.rules import Draft, moved


class GiveAdvance(Act):
    """Enter money that somebody takes along to spend and accounts for until a day, with receipts. Her name is read by
    those who keep the books; others see initials, unless she is in office."""

    verb = "treasury.give_advance"
    power = Power.SEAT
    label = _("Give an advance")
    said = _("{seat} gave an advance of {amount}, to be accounted for until {due}: {words}")
    undo = "treasury.reverse"
    by_amount = True

    book: Annotated[Id, To(Book), Label(_("Book"))]
    person: Annotated[Id, To(Person), Label(_("Who takes it"))]
    day: EntryDay
    out_of: Annotated[Id, To(Account), Label(_("Out of"))]
    into: Annotated[
        Id | None,
        To(Account),
        Label(_("Account of advances"), help=_("Only where the chart has none of its own")),
    ] = None
    unit: Unit
    amount: Annotated[Amount, Label(_("Amount"))]
    due: Annotated[Day, Label(_("To be accounted for until"))]
    words: Words
    reference: Reference = None

    class Facts(ActFacts):
        lines: tuple[LineRow, ...]

    def in_organ(self) -> str | None:
        return queries.organ_of_book(self.book)

    def signing(self) -> Signing:
        return over(self.verb, self.book, self.unit, self.amount, self.day)

    def check(self, world: World) -> Facts:
        book = world.get(Book, self.book, field="book")
        world.get(Person, self.person, field="person")
        known_unit(world, self.unit)
        open_day(world, book, self.day)
        refuse_if(self.due < self.day, "treasury.due-first", _("It would be due before it is given."), field="due")
        account_of(world, book, self.out_of, "out_of", (AccountKind.ASSET,))
        into = _account_of_advances(world, book, self)
        lines = moved(into, self.out_of, self.unit, int(self.amount))
        bearable(lines)
        within_limit(world, book, lines)
        return self.Facts(lines=rows_of(lines))

    def apply(self, record: Performed) -> None:
        lines = lines_of(record.facts.lines)
        effects.post(record, [Draft(record.id, self.book, self.day, self.words, lines, self.reference or "")])
        advances.give(record, lines[0].account, self.person, self.unit, int(self.amount), self.due)


def _account_of_advances(world: World, book: Book, given: GiveAdvance) -> UUID:
    """That of the chart; where it has none, the one that is said, which holds nothing else. Raises Refused."""
    own = queries.account_for_use(book.id, AccountUse.ADVANCES.value)
    if own is not None:
        refuse_if(
            given.into not in (None, own.id),
            "treasury.other-advances-account",
            _("Advances of this book stand in “{account}” alone.").format(account=own.name or own.code),
            field="into",
        )
        return own.id
    if given.into is None:
        words = _("The chart of this book has no account of its own for advances: say in which one they stand.")
        raise Refused("treasury.no-advances-account", words, field="into")
    account = account_of(world, book, given.into, "into", (AccountKind.ASSET,), even_kept=True)
    refuse_if(
        account.use != "" or (not holds_advances(account.id) and queries.balance(account.id, given.unit) != 0),
        "treasury.not-advances-alone",
        _("This account holds other things too. Open one for advances beneath it, and say that one."),
        field="into",
    )
    return account.id


def _accounted(world: World, advance_id: Any, amount: int) -> tuple[Advance, int]:
    """The advance, and what is open of it then. Raises Refused."""
    advance = world.get(Advance, advance_id, field="advance")
    if amount > advance.open:
        left = queries.amount_said(advance.open, advance.unit, world.commune)
        words = _("Of this advance {left} are still to be accounted for.").format(left=left)
        raise Refused("treasury.beyond-the-advance", words, field="amount")
    return advance, advance.open - amount


def _since_it_was_given(advance: Advance, day: date) -> None:
    refuse_if(
        day < advance.entry.day,
        "treasury.before-the-advance",
        _("The advance was given on a later day."),
        field="day",
    )


class SettleAdvance(Act):
    """Enter what was bought out of an advance, against a line of the budget, as a payment. File its receipt then."""

    verb = "treasury.settle_advance"
    power = Power.SEAT
    label = _("Account for a purchase")
    said = _("{seat} entered that {amount} of an advance went to {payee} for {words} (line “{line_words}”)")
    undo = "treasury.reverse"

    advance: Annotated[Id, To(Advance), Label(_("Advance"))]
    line: Annotated[Id, To(BudgetLine), Label(_("Line of the budget"))]
    day: EntryDay
    unit: Annotated[UnitCode, Label(_("Counted in"))]
    amount: Annotated[Amount, Label(_("Amount"))]
    payee: Annotated[PublicLine, Label(_("Paid to"), help=_("Business or brigade; of a neighbour the initials"))]
    words: Words

    class Facts(ActFacts):
        book: Id
        lines: tuple[LineRow, ...]
        then_open: SignedAmount
        spent: SignedAmount

    def in_organ(self) -> str | None:
        return organ_of_advance(self.advance)

    def looked_up(self) -> Mapping[str, str]:
        return {"line_words": queries.words_of_line(self.line)}

    def check(self, world: World) -> Facts:
        amount = int(self.amount)
        advance, then = _accounted(world, self.advance, amount)
        line = world.get(BudgetLine, self.line, field="line")
        book = advance.entry.book
        refuse_if(
            line.budget.book_id != book.id or {line.unit, advance.unit} != {self.unit},
            "treasury.other-line",
            _("The line is of the same book and counted in the same unit as the advance."),
            field="line",
        )
        refuse_if(
            not line.budget.begins <= self.day <= line.budget.ends,
            "treasury.outside-the-budget",
            _("The budget of this line does not reach this day."),
            field="day",
        )
        open_day(world, book, self.day)
        _since_it_was_given(advance, self.day)
        not_the_same(line.account_id, advance.account_id, "line")
        no_more_than_owed(world, line, amount)
        refuse_beyond(line, amount)
        lines = moved(line.account_id, advance.account_id, advance.unit, amount)
        bearable(lines)
        return self.Facts(
            book=book.id,
            lines=rows_of(lines),
            then_open=str(then),
            spent=str(line.spent + amount),
        )

    def cites(self, facts: Any) -> tuple[Cite, ...]:
        budget = BudgetLine.objects.values_list("budget_id", flat=True).get(pk=self.line)
        return (Cite(self.advance, GroundRole.ANSWERS), Cite(budget, GroundRole.PAID_FROM))

    def apply(self, record: Performed) -> None:
        facts = record.facts
        effects.post(record, [Draft(record.id, facts.book, self.day, self.words, lines_of(facts.lines))])
        effects.note_payment(record, self.line, int(facts.spent), self.payee)
        advances.account(record, self.advance, self.unit, int(self.amount), int(facts.then_open))


class ReturnAdvance(Act):
    """Enter what was left of an advance and brought back."""

    verb = "treasury.return_advance"
    power = Power.SEAT
    label = _("Enter what was brought back")
    said = _("{seat} entered that {amount} of an advance were brought back")
    undo = "treasury.reverse"

    advance: Annotated[Id, To(Advance), Label(_("Advance"))]
    day: EntryDay
    into: Annotated[Id, To(Account), Label(_("Where it is now"))]
    unit: Annotated[UnitCode, Label(_("Counted in"))]
    amount: Annotated[Amount, Label(_("Amount"))]

    class Facts(ActFacts):
        book: Id
        lines: tuple[LineRow, ...]
        then_open: SignedAmount

    def in_organ(self) -> str | None:
        return organ_of_advance(self.advance)

    def check(self, world: World) -> Facts:
        amount = int(self.amount)
        advance, then = _accounted(world, self.advance, amount)
        book = advance.entry.book
        refuse_if(
            self.unit != advance.unit,
            "treasury.other-unit",
            _("The advance is counted in {unit}.").format(unit=advance.unit),
            field="unit",
        )
        open_day(world, book, self.day)
        _since_it_was_given(advance, self.day)
        not_the_same(self.into, advance.account_id, "into")
        account_of(world, book, self.into, "into", (AccountKind.ASSET,))
        lines = moved(self.into, advance.account_id, advance.unit, amount)
        bearable(lines)
        within_limit(world, book, lines)
        return self.Facts(book=book.id, lines=rows_of(lines), then_open=str(then))

    def cites(self, facts: Any) -> tuple[Cite, ...]:
        return (Cite(self.advance, GroundRole.ANSWERS),)

    def apply(self, record: Performed) -> None:
        facts = record.facts
        effects.post(record, [Draft(record.id, facts.book, self.day, "", lines_of(facts.lines))])
        advances.account(record, self.advance, self.unit, int(self.amount), int(facts.then_open))


def taken_back(entry: Entry) -> Undone | None:
    """What taking an entry back does to the advance that it gave or accounted for, if any. Raises Refused."""
    given, step = given_by(entry), step_by(entry)
    if given is not None:
        refuse_if(
            given.open != given.amount,
            "treasury.advance-in-part",
            _("A part of this advance was accounted for; take those entries back first."),
            field="entry",
        )
        return Undone(given.id, 0)
    return Undone(step.advance_id, step.advance.open + step.amount) if step is not None else None
