"""Members' accounts of the bank: opened in somebody's name, deposits, withdrawals, and taking one of them back.

Whose account it is stays with her and the bank: records name its number.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from comuna.acts.act import Act, ActFacts, Performed, Power, Signing, World
from comuna.acts.fields import Amount, Audience, Count, Id, Label, SignedAmount, To, UnitCode
from comuna.acts.refusal import Refused, refuse_if
from comuna.statutes.bookkeeping import AccountKind, AccountUse
from comuna.territory.models import Person
from comuna.treasury import queries
from comuna.treasury.acts.bearing import (
    EntryDay,
    LineRow,
    account_of,
    bearable,
    lines_of,
    open_day,
    over,
    rows_of,
    within_limit,
)
from comuna.treasury.acts.moving import Reference
from comuna.treasury.acts.own_house import MONEY_ENTERED, nobody_of_her_house
from comuna.treasury.effects import bank as effects
from comuna.treasury.models import Account, Book
from comuna.treasury.models.bank import Savings
from comuna.treasury.queries import bank
from comuna.treasury.queries.households import is_of_her_house
from comuna.treasury.rules import Draft, Line, moved

Whose = Annotated[Id, To(Person), Audience("household"), Label(_("Whose"))]


def bank_account(book: Book, use: AccountUse) -> Account:
    """The account that the bank's acts use by themselves. Raises Refused where the chart has none."""
    found = queries.account_for_use(book.id, use.value)
    if found is None:
        raise Refused(
            "treasury.no-bank",
            _("This book keeps no savings and gives no credits: its chart has no accounts for them."),
        )
    return found


class OpenSavings(Act):
    """Open an account in which a neighbour saves. Only she and the bank know whose it is; everybody sees its number."""

    verb = "treasury.open_savings"
    power = Power.SEAT
    label = _("Open a savings account")
    said = _("{seat} opened savings account {number}")
    undo = None  # an empty account says nothing
    about = "person"

    book: Annotated[Id, To(Book), Label(_("Book"))]
    person: Whose

    class Facts(ActFacts):
        number: Count

    def in_organ(self) -> str | None:
        return queries.organ_of_book(self.book)

    def check(self, world: World) -> Facts:
        book = world.get(Book, self.book, field="book")
        world.get(Person, self.person, field="person")
        bank_account(book, AccountUse.SAVINGS)
        refuse_if(
            bank.savings_of(book.id, self.person) is not None,
            "treasury.saves-already",
            _("She has an account in this book already."),
            field="person",
        )
        return self.Facts(number=bank.next_number(Savings, book.id))

    def apply(self, record: Performed) -> None:
        effects.open_savings(record, self.book, record.facts.number, self.person)


class SavingsFacts(ActFacts):
    book: Id
    number: Count
    lines: tuple[LineRow, ...]
    after: SignedAmount


def _worked_out(
    world: World, savings_id: UUID, day: date, place: UUID, unit: str, amount: int, field: str
) -> tuple[Savings, tuple[Line, ...]]:
    """The account and its lines; ``amount`` is above nothing where it comes in."""
    savings = world.get(Savings, savings_id, field="savings")
    book = savings.book
    nobody_of_her_house(world, savings.person, MONEY_ENTERED)
    open_day(world, book, day)
    refuse_if(
        unit != book.unit,
        "treasury.other-unit-saved",
        _("Savings are counted in {unit}.").format(unit=book.unit),
        field="unit",
    )
    account_of(world, book, place, field, (AccountKind.ASSET,))
    held = bank_account(book, AccountUse.SAVINGS).id
    after = savings.balance + amount
    if after < 0:
        raise Refused(
            "treasury.more-than-saved",
            _("The account holds {amount}; more cannot go out of it.").format(
                amount=queries.amount_said(savings.balance, unit, world.commune)
            ),
            field="amount",
        )
    lines = moved(place, held, unit, amount) if amount > 0 else moved(held, place, unit, -amount)
    bearable(lines)
    within_limit(world, book, lines)
    return savings, lines


class Deposit(Act):
    """Enter what a member brings to her savings account."""

    verb = "treasury.deposit"
    power = Power.SEAT
    label = _("Enter a deposit")
    said = _("{seat} entered a deposit of {amount} in savings account {number}")
    undo = "treasury.take_back_bank"

    savings: Annotated[Id, To(Savings), Label(_("Savings account"))]
    day: EntryDay
    into: Annotated[Id, To(Account), Label(_("Where it is now"))]
    unit: Annotated[UnitCode, Label(_("Counted in"))]
    amount: Annotated[Amount, Label(_("Amount"))]
    reference: Reference = None

    class Facts(SavingsFacts):
        pass

    def in_organ(self) -> str | None:
        return bank.organ_of_savings(self.savings)

    def may_sign(self, person: UUID, day: date) -> bool:
        return not is_of_her_house(person, bank.person_of(Savings, self.savings))

    def check(self, world: World) -> Facts:
        amount = int(self.amount)
        savings, lines = _worked_out(world, self.savings, self.day, self.into, self.unit, amount, "into")
        after = str(savings.balance + amount)
        return self.Facts(book=savings.book_id, number=savings.number, lines=rows_of(lines), after=after)

    def apply(self, record: Performed) -> None:
        facts = record.facts
        draft = Draft(record.id, facts.book, self.day, "", lines_of(facts.lines), self.reference or "")
        effects.move_savings(record, draft, self.savings, int(self.amount), int(facts.after))


class Withdraw(Act):
    """Enter what a member takes out of her savings account: no more than it holds."""

    verb = "treasury.withdraw"
    power = Power.SEAT
    label = _("Enter a withdrawal")
    said = _("{seat} entered a withdrawal of {amount} from savings account {number}")
    undo = "treasury.take_back_bank"
    by_amount = True

    savings: Annotated[Id, To(Savings), Label(_("Savings account"))]
    day: EntryDay
    out_of: Annotated[Id, To(Account), Label(_("Out of"))]
    unit: Annotated[UnitCode, Label(_("Counted in"))]
    amount: Annotated[Amount, Label(_("Amount"))]
    reference: Reference = None

    class Facts(SavingsFacts):
        moved: SignedAmount

    def in_organ(self) -> str | None:
        return bank.organ_of_savings(self.savings)

    def signing(self) -> Signing:
        return over(self.verb, bank.book_of_savings(self.savings), self.unit, self.amount, self.day)

    def may_sign(self, person: UUID, day: date) -> bool:
        return not is_of_her_house(person, bank.person_of(Savings, self.savings))

    def check(self, world: World) -> Facts:
        amount = -int(self.amount)
        savings, lines = _worked_out(world, self.savings, self.day, self.out_of, self.unit, amount, "out_of")
        return self.Facts(
            book=savings.book_id,
            number=savings.number,
            lines=rows_of(lines),
            after=str(savings.balance + amount),
            moved=str(amount),
        )

    def apply(self, record: Performed) -> None:
        facts = record.facts
        draft = Draft(record.id, facts.book, self.day, "", lines_of(facts.lines), self.reference or "")
        effects.move_savings(record, draft, self.savings, int(facts.moved), int(facts.after))
