"""What a statute says of money and goods: the units they are counted in, the charts of accounts, the books that its
organs keep.

A *unit* is a currency (bolívares, dollars, a communal currency) or a good that is counted, weighed or measured; amounts
are whole numbers of its smallest part (``decimals``). A *book* is the double-entry ledger of one organ for one purpose:
the money of a council's finance unit, one of its funds, the communal bank. Its accounts are those of a *chart*.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from comuna.statutes.values import Names, Rule

DECIMALS_MAX = 6


class UnitKind(StrEnum):
    CURRENCY = "currency"
    COMMODITY = "commodity"  # goods: kilograms, litres, cylinders


@dataclass(frozen=True)
class Unit:
    rule: Rule
    id: str  # "VES"
    name: Names
    kind: UnitKind
    decimals: int  # of the amounts that people write: 2 for centimos, 3 for grams of a kilogram


class AccountKind(StrEnum):
    """The five kinds of double-entry bookkeeping. The first and the last grow on the left side (debit)."""

    ASSET = "asset"
    LIABILITY = "liability"
    EQUITY = "equity"
    INCOME = "income"
    EXPENSE = "expense"

    @property
    def grows_by_debit(self) -> bool:
        return self in (AccountKind.ASSET, AccountKind.EXPENSE)


class AccountUse(StrEnum):
    """What acts put into an account by themselves, so that nobody has to choose it."""

    OPENING = "opening"  # the other side of what was there when the book was opened
    TRANSFERS = "transfers"  # the other side of what goes to or comes from another book
    DIFFERENCES = "differences"  # what a count found too much or too little
    SAVINGS = "savings"  # what members' accounts hold together
    CREDITS = "credits"  # what is still to be repaid of credits
    INTEREST = "interest"  # what credits bring
    LOSSES = "losses"  # credits that were written off
    EXCHANGE = "exchange"  # the other side of money exchanged for money of another currency; charts may have none
    ADVANCES = "advances"  # what people took along and have to account for; charts may have none


OF_EVERY_CHART = (AccountUse.OPENING, AccountUse.TRANSFERS, AccountUse.DIFFERENCES)
OF_A_BANK = (AccountUse.SAVINGS, AccountUse.CREDITS, AccountUse.INTEREST, AccountUse.LOSSES)
KEPT_BY_THE_BANK = (AccountUse.SAVINGS, AccountUse.CREDITS)
KEPT_ONE_BY_ONE = (*KEPT_BY_THE_BANK, AccountUse.ADVANCES)
"""What they hold is kept one by one too (accounts of members, credits, advances): only acts of those enter anything in
them."""


@dataclass(frozen=True)
class ChartAccount:
    code: str  # "1.1.01", by which it is ordered and printed
    name: Names
    kind: AccountKind
    use: AccountUse | None = None
    limit: int | None = None  # in whole ones of the book's unit: no more is put into it


@dataclass(frozen=True)
class Chart:
    rule: Rule
    id: str  # "council"
    accounts: tuple[ChartAccount, ...]

    def account(self, code: str) -> ChartAccount | None:
        return next((one for one in self.accounts if one.code == code), None)

    def for_use(self, use: AccountUse) -> ChartAccount | None:
        return next((one for one in self.accounts if one.use is use), None)


@dataclass(frozen=True)
class BookKind:
    """A ledger that an organ keeps."""

    rule: Rule
    id: str  # "cc.books", with councils "cc.books@el-mirador"
    name: Names
    organ: str  # whose seats keep it
    decides: str  # organ whose decisions set its budget and approve its accounts
    chart: Chart
    unit: str  # in which it is kept unless said otherwise
    council: str | None = None  # whose it is, once there are councils (``spread``)


class Schedule(StrEnum):
    MONTHLY = "monthly"  # in equal parts, one a month
    HARVEST = "harvest"  # all at once when the time is over


@dataclass(frozen=True)
class CreditKind:
    """A kind of small credit that a book gives, and what it may cost at most."""

    rule: Rule
    id: str  # "crop", with councils "crop@el-mirador" where each has its own book
    name: Names
    book: str
    approved_by: str  # organ that approves and refuses, and lays out anew
    followed_by: str  # organ that visits; nobody is in both
    interest: int  # flat per cent a year, at most
    months_max: int
    unit: str
    amount_max: int  # in whole ones of the unit
    schedule: Schedule


@dataclass(frozen=True)
class AidKind:
    """A purpose for which a fund helps somebody. One organ decides about all cases of a book, and all are paid out of
    one account: what for stays private."""

    rule: Rule
    id: str  # "health", with councils "health@el-mirador" where each has its own book
    name: Names
    book: str
    decided_by: str  # organ
    account: str = ""  # code, of whose lines of the budget it is paid; "": of any on which money is spent


@dataclass(frozen=True)
class Bookkeeping:
    """Everything that a statute says of money and goods."""

    units: tuple[Unit, ...] = ()
    charts: tuple[Chart, ...] = ()
    books: tuple[BookKind, ...] = ()
    credits: tuple[CreditKind, ...] = ()
    aids: tuple[AidKind, ...] = ()

    def credits_of(self, book: str) -> tuple[CreditKind, ...]:
        return tuple(one for one in self.credits if one.book == book)

    def credit(self, id: str) -> CreditKind | None:
        return next((one for one in self.credits if one.id == id), None)

    def aids_of(self, book: str) -> tuple[AidKind, ...]:
        return tuple(one for one in self.aids if one.book == book)

    def unit(self, id: str) -> Unit | None:
        return self._units_by_id.get(id)

    def book(self, id: str) -> BookKind | None:
        return self._books_by_id.get(id)

    @cached_property
    def _units_by_id(self) -> dict[str, Unit]:
        return {unit.id: unit for unit in self.units}

    @cached_property
    def _books_by_id(self) -> dict[str, BookKind]:
        return {book.id: book for book in self.books}


NO_BOOKS = Bookkeeping()
