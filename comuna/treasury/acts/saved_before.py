"""Savings that members had on paper before the book was opened, one account by one, against the opening account."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from comuna.acts.act import Act, ActFacts, Performed, Power, World
from comuna.acts.fields import Amount, Count, Day, Id, Label, To, UnitCode
from comuna.acts.refusal import refuse_if
from comuna.statutes.bookkeeping import AccountUse
from comuna.treasury.acts.bearing import LineRow, bearable, lines_of, open_day, rows_of, used_account
from comuna.treasury.acts.own_house import MONEY_ENTERED, nobody_of_her_house
from comuna.treasury.acts.savings import bank_account
from comuna.treasury.effects import bank as effects
from comuna.treasury.models.bank import Savings
from comuna.treasury.queries import bank
from comuna.treasury.queries.households import is_of_her_house
from comuna.treasury.rules import Draft, moved


class RecordSavings(Act):
    """Enter what a savings account held on paper when the book was opened. Open the account in the book first; nothing
    else has been entered in it yet."""

    verb = "treasury.record_savings"
    power = Power.SEAT
    label = _("Enter what it held before")
    said = _("{seat} entered what savings account {number} held when the book was opened: {amount}")
    undo = "treasury.take_back_bank"

    savings: Annotated[Id, To(Savings), Label(_("Savings account"))]
    unit: Annotated[UnitCode, Label(_("Counted in"))]
    amount: Annotated[Amount, Label(_("Amount"))]

    class Facts(ActFacts):
        book: Id
        number: Count
        day: Day
        lines: tuple[LineRow, ...]

    def in_organ(self) -> str | None:
        return bank.organ_of_savings(self.savings)

    def may_sign(self, person: UUID, day: date) -> bool:
        return not is_of_her_house(person, bank.person_of(Savings, self.savings))

    def check(self, world: World) -> Facts:
        savings = world.get(Savings, self.savings, field="savings")
        book = savings.book
        nobody_of_her_house(world, savings.person, MONEY_ENTERED)
        open_day(world, book, book.day, field="savings")
        refuse_if(
            self.unit != book.unit,
            "treasury.other-unit-saved",
            _("Savings are counted in {unit}.").format(unit=book.unit),
            field="unit",
        )
        refuse_if(
            bank.has_moved(savings.id),
            "treasury.saved-already",
            _("Something was entered in this account already; what it held before comes first."),
            field="savings",
        )
        opening, held = used_account(book, AccountUse.OPENING).id, bank_account(book, AccountUse.SAVINGS).id
        lines = moved(opening, held, self.unit, int(self.amount))
        bearable(lines)
        return self.Facts(book=book.id, number=savings.number, day=book.day, lines=rows_of(lines))

    def apply(self, record: Performed) -> None:
        facts = record.facts
        draft = Draft(record.id, facts.book, facts.day, "", lines_of(facts.lines))
        effects.move_savings(record, draft, self.savings, int(self.amount), int(self.amount), is_opening=True)
