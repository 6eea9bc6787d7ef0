"""Money and goods in words."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.utils.translation import get_language, gettext as _

from comuna.look.words import list_words
from comuna.statutes.bookkeeping import AccountKind, BookKind
from comuna.statutes.statute import in_language
from comuna.treasury import queries
from comuna.treasury.models import Account, Book, Entry
from comuna.treasury.models.bank import SavingsMove
from comuna.treasury.queries import Sum, amount_said
from comuna.treasury.queries.bank import lent_by

DEBIT = (AccountKind.ASSET.value, AccountKind.EXPENSE.value)


def book_name(book: Book, day: date) -> str:
    kind = queries.kind_of(book, day)
    return in_language(kind.name, get_language() or "es") if kind else book.kind


def account_name(account: Account, kind: BookKind | None) -> str:
    """As the statute calls it in the reader's language, else as the books do."""
    said = kind.chart.account(account.code) if kind else None
    if said is not None:
        return in_language(said.name, get_language() or "es")
    return account.name or account.code


def entry_words(entry: Entry) -> str:
    """What an entry is for; of one that the bank's acts made, what it did, by its number and never a name."""
    if entry.words:
        return entry.words
    if entry.reverses_id is not None:
        return _("Taken back")
    move = SavingsMove.objects.filter(entry=entry).select_related("savings").first()
    if move is not None:
        said = _("Deposit, savings account {number}") if move.amount > 0 else _("Withdrawal, savings account {number}")
        return said.format(number=move.savings.number)
    lent = lent_by(entry)
    if lent is None:
        return _("Opening balance")
    number, what = lent
    return {
        "repaid": _("Repayment, credit {number}"),
        "paid out": _("Credit {number} paid out"),
        "lost": _("Credit {number} written off"),
    }[what].format(number=number)


def sums_words(book: Book, sums: Iterable[Sum]) -> str:
    """``1.250,00 VES y 30,000 KG``; nothing held is said in the book's own unit."""
    held = [amount_said(one.amount, one.unit, book.commune) for one in sums if one.amount]
    return list_words(held) if held else amount_said(0, book.unit, book.commune)


def kind_words(kind: str) -> str:
    return {
        AccountKind.ASSET.value: _("What there is"),
        AccountKind.LIABILITY.value: _("What is owed"),
        AccountKind.EQUITY.value: _("Own means"),
        AccountKind.INCOME.value: _("What came in"),
        AccountKind.EXPENSE.value: _("What it was spent on"),
    }[kind]


def natural(account: Account, amount: int) -> int:
    """A balance as people mean it: income, debts and own means are written above nothing."""
    return amount if account.kind in DEBIT else -amount
