"""Paying: out of an account, to somebody, against a line of a budget; by as many signatures as the statute asks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from django.utils.translation import gettext_lazy as _

from comuna.acts.act import Act, ActFacts, Cite, GroundRole, Performed, Power, Signing, World
from comuna.acts.fields import Amount, Id, Label, PublicLine, SignedAmount, To, UnitCode
from comuna.acts.refusal import refuse_if
from comuna.statutes.bookkeeping import AccountKind
from comuna.treasury import effects, queries
from comuna.treasury.acts.bearing import (
    EntryDay,
    LineRow,
    Words,
    account_of,
    bearable,
    lines_of,
    no_more_than_owed,
    not_the_same,
    open_day,
    over,
    rows_of,
)
from comuna.treasury.acts.committing import drawn_on
from comuna.treasury.acts.moving import Reference
from comuna.treasury.effects import commitments
from comuna.treasury.models import Account, Book, Budget, BudgetLine
from comuna.treasury.models.commitments import Commitment
from comuna.treasury.rules import Draft, moved


class Pay(Act):
    """Pay somebody out of a line of the budget. What several sign is paid with the last signature."""

    verb = "treasury.pay"
    power = Power.SEAT
    label = _("Pay")
    said = _("{seat} paid {amount} to {payee} for {words} (line “{line_words}”)")
    undo = "treasury.reverse"
    by_amount = True

    line: Annotated[Id, To(BudgetLine), Label(_("Line of the budget"))]
    day: EntryDay
    out_of: Annotated[Id, To(Account), Label(_("Out of"))]
    unit: Annotated[UnitCode, Label(_("Counted in"))]
    amount: Annotated[Amount, Label(_("Amount"))]
    payee: Annotated[PublicLine, Label(_("Paid to"), help=_("Business or brigade; of a neighbour the initials"))]
    words: Words
    reference: Reference = None
    commitment: Annotated[
        Id | None, To(Commitment), Label(_("Out of a promise"), help=_("Money that was promised for it before"))
    ] = None

    class Facts(ActFacts):
        book: Id
        lines: tuple[LineRow, ...]
        spent: SignedAmount
        drawn: SignedAmount | None = None  # what was promised of it
        then_open: SignedAmount | None = None
        committed: SignedAmount | None = None  # of the line

    def in_organ(self) -> str | None:
        return queries.organ_of_line(self.line)

    def signing(self) -> Signing:
        return over(self.verb, queries.book_of_line(self.line), self.unit, self.amount, self.day)

    def looked_up(self) -> Mapping[str, str]:
        return {"line_words": queries.words_of_line(self.line)}

    def check(self, world: World) -> Facts:
        line = world.get(BudgetLine, self.line, field="line")
        budget = world.get(Budget, line.budget_id)
        book = world.get(Book, budget.book_id)
        refuse_if(
            not budget.begins <= self.day <= budget.ends,
            "treasury.outside-the-budget",
            _("The budget of this line does not reach this day."),
            field="day",
        )
        open_day(world, book, self.day)
        refuse_if(
            line.unit != self.unit,
            "treasury.other-unit",
            _("The line is counted in {unit}.").format(unit=line.unit),
            field="unit",
        )
        account_of(world, book, self.out_of, "out_of", (AccountKind.ASSET,))
        not_the_same(line.account_id, self.out_of, "out_of")
        amount = int(self.amount)
        no_more_than_owed(world, line, amount)
        drawn = drawn_on(world, line, self.commitment, amount, self.day)
        lines = moved(line.account_id, self.out_of, self.unit, amount)
        bearable(lines)
        return self.Facts(
            book=book.id,
            lines=rows_of(lines),
            spent=str(line.spent + amount),
            drawn=str(drawn[0]) if drawn else None,
            then_open=str(drawn[1]) if drawn else None,
            committed=str(line.committed - drawn[0]) if drawn else None,
        )

    def cites(self, facts: Any) -> tuple[Cite, ...]:
        budget = BudgetLine.objects.values_list("budget_id", flat=True).get(pk=self.line)
        promised = (Cite(self.commitment, GroundRole.ANSWERS),) if self.commitment else ()
        return (Cite(budget, GroundRole.PAID_FROM), *promised)

    def apply(self, record: Performed) -> None:
        facts = record.facts
        lines = lines_of(facts.lines)
        effects.post(record, [Draft(record.id, facts.book, self.day, self.words, lines, self.reference or "")])
        if self.commitment is not None:
            commitments.draw(
                record,
                self.commitment,
                self.line,
                int(facts.committed),
                drawn=int(facts.drawn),
                then_open=int(facts.then_open),
            )
        effects.note_payment(record, self.line, int(facts.spent), self.payee)
