"""Money and goods in words."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.utils.translation import get_language, gettext as _

from comuna.look.words import list_words
from comuna.statutes import queries as statutes
from comuna.statutes.bookkeeping import AccountKind, BookKind
from comuna.statutes.councils import BETWEEN
from comuna.statutes.statute import in_language
from comuna.treasury import queries
from comuna.treasury.models import Account, AdvanceStep, Book, BudgetLine, Count, Entry
from comuna.treasury.models.bank import SavingsMove
from comuna.treasury.queries import Sum, amount_said
from comuna.treasury.queries.bank import lent_by

DEBIT = (AccountKind.ASSET.value, AccountKind.EXPENSE.value)


def book_name(book: Book, day: date) -> str:
    kind = queries.kind_of(book, day)
    return in_language(kind.name, get_language() or "es") if kind else book.kind


def own_name(book: Book, day: date) -> str:
    """Without the council, where that is said beside it."""
    return book_name(book, day).partition(BETWEEN)[0]


def account_name(account: Account, kind: BookKind | None) -> str:
    """As the statute calls it in the reader's language, else as the books do."""
    said = kind.chart.account(account.code) if kind else None
    if said is not None:
        return in_language(said.name, get_language() or "es")
    return account.name or account.code


def code_name(commune: UUID, code: str, name: str) -> str:
    """What accounts of this code are called in the reader's language, in whichever chart; else as the books do."""
    for text in statutes.ever_adopted(commune):
        for chart in text.money.charts:
            if (account := chart.account(code)) is not None:
                return in_language(account.name, get_language() or "es")
    return name or code


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


def line_words(line: BudgetLine) -> str:
    return line.words or _("Line {n}").format(n=line.number)


def entry_words(entry: Entry) -> str:
    """What an entry is for; what acts enter by themselves is said by its kind and number, and never by a name."""
    if entry.words:
        return entry.words
    if entry.reverses_id is not None:
        return _("Taken back")
    if Count.objects.filter(entry=entry).exists():
        return _("Difference found by a count")
    if AdvanceStep.objects.filter(entry=entry).exists():
        return _("Brought back from an advance")
    return _of_the_bank(entry) or _("Opening balance")


def _of_the_bank(entry: Entry) -> str:
    """What one of the bank's acts did; empty of any other entry."""
    move = SavingsMove.objects.filter(entry=entry).select_related("savings").first()
    if move is not None:
        said = _("Deposit, savings account {number}") if move.amount > 0 else _("Withdrawal, savings account {number}")
        return said.format(number=move.savings.number)
    lent = lent_by(entry)
    if lent is None:
        return ""
    number, what = lent
    return {
        "repaid": _("Repayment, credit {number}"),
        "paid out": _("Credit {number} paid out"),
        "lost": _("Credit {number} written off"),
    }[what].format(number=number)
