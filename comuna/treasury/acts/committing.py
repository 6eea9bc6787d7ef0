"""Money promised out of a line of the budget: for whom and until when; what is not paid of it is given back.

What is promised is free for nobody else. A payment may go out of a commitment: what it takes is promised no more, and
what it costs beyond must be free in the line. Taken back, it is promised again, unless the rest was given back since.
So spent and promised together never go beyond what was set aside, which the table itself holds.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from comuna.acts.act import Act, ActFacts, Cite, GroundRole, Performed, Power, World
from comuna.acts.fields import Amount, Day, Id, Label, PublicLine, SignedAmount, To, UnitCode
from comuna.acts.refusal import Refused, refuse_if
from comuna.treasury import queries
from comuna.treasury.acts.bearing import Words
from comuna.treasury.acts.budgeting import refuse_beyond
from comuna.treasury.effects import commitments as effects
from comuna.treasury.models import BudgetLine
from comuna.treasury.models.commitments import Commitment
from comuna.treasury.queries.commitments import organ_of_commitment

OfCommitment = Annotated[Id, To(Commitment), Label(_("Promise"))]


class Commit(Act):
    """Promise money of a line of the budget, before it is paid: to whom, for what, until when. It is free for nothing
    else then. What several sign is promised with the last signature."""

    verb = "treasury.commit"
    power = Power.SEAT
    label = _("Promise money")
    said = _("{seat} promised {amount} to {payee} until {due} for {words} (line “{line_words}”)")
    undo = "treasury.release"

    line: Annotated[Id, To(BudgetLine), Label(_("Line of the budget"))]
    unit: Annotated[UnitCode, Label(_("Counted in"))]
    amount: Annotated[Amount, Label(_("Amount"))]
    payee: Annotated[PublicLine, Label(_("Promised to"), help=_("Business or brigade; of a neighbour the initials"))]
    due: Annotated[Day, Label(_("Until"), help=_("The last day of the promise"))]
    words: Words

    class Facts(ActFacts):
        budget: Id
        committed: SignedAmount

    def in_organ(self) -> str | None:
        return queries.organ_of_line(self.line)

    def looked_up(self) -> Mapping[str, str]:
        return {"line_words": queries.words_of_line(self.line)}

    def check(self, world: World) -> Facts:
        line = world.get(BudgetLine, self.line, field="line")
        refuse_if(
            line.unit != self.unit,
            "treasury.other-unit",
            _("The line is counted in {unit}.").format(unit=line.unit),
            field="unit",
        )
        refuse_if(self.due < world.day, "treasury.promised-for-past", _("This day is over."), field="due")
        refuse_if(
            self.due > line.budget.ends,
            "treasury.outside-the-budget",
            _("The budget of this line does not reach this day."),
            field="due",
        )
        amount = int(self.amount)
        refuse_beyond(line, amount)
        return self.Facts(
            budget=line.budget_id,
            committed=str(line.committed + amount),
        )

    def cites(self, facts: Any) -> tuple[Cite, ...]:
        return (Cite(facts.budget, GroundRole.PAID_FROM),)

    def apply(self, record: Performed) -> None:
        effects.commit(
            record,
            self.line,
            int(record.facts.committed),
            amount=int(self.amount),
            due=self.due,
            payee=self.payee,
            words=self.words,
        )


class Release(Act):
    """Give back what is still open of a promise: the money is free in its line again."""

    verb = "treasury.release"
    power = Power.SEAT
    label = _("Give back the rest")
    said = _("{seat} gave back {rest} that was promised: {words}")
    undo = None  # promised anew

    commitment: OfCommitment
    words: Annotated[PublicLine, Label(_("Why"))]

    class Facts(ActFacts):
        line: Id
        rest: SignedAmount
        unit: UnitCode
        committed: SignedAmount

    def in_organ(self) -> str | None:
        return organ_of_commitment(self.commitment)

    def check(self, world: World) -> Facts:
        promised = open_commitment(world, self.commitment)
        line = promised.line
        return self.Facts(
            line=line.id, rest=str(promised.open), unit=line.unit, committed=str(line.committed - promised.open)
        )

    def cites(self, facts: Any) -> tuple[Cite, ...]:
        return (Cite(self.commitment, GroundRole.WITHDRAWS),)

    def apply(self, record: Performed) -> None:
        effects.release(record, self.commitment, record.facts.line, int(record.facts.committed))


def open_commitment(world: World, id: UUID) -> Commitment:
    """Of which something can still be paid or given back. Raises Refused."""
    found = world.get(Commitment, id, field="commitment")
    refuse_if(
        found.open == 0,
        "treasury.nothing-promised",
        _("Nothing of this promise is open any more: it was paid, or given back."),
        field="commitment",
    )
    return found


def drawn_on(world: World, line: BudgetLine, id: UUID | None, amount: int, day: date) -> tuple[int, int] | None:
    """What a payment of so much takes of a commitment, and what is open of it then; None where it goes out of none.
    Raises Refused where it is of another line, or where the line is not free for the rest."""
    if id is None:
        refuse_beyond(line, amount)
        return None
    promised = open_commitment(world, id)
    if promised.line_id != line.id:
        raise Refused("treasury.promised-elsewhere", _("This was promised out of another line."), field="commitment")
    refuse_if(day < promised.day, "treasury.before-the-promise", _("It was promised on a later day."), field="day")
    drawn = min(promised.open, amount)
    refuse_beyond(line, amount - drawn)
    return drawn, promised.open - drawn
