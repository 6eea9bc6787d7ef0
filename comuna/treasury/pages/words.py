"""Money and goods in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from django.utils.translation import get_language, gettext as _

from comuna.look.words import list_words
from comuna.statutes.bookkeeping import AccountKind, BookKind
from comuna.statutes.statute import in_language
from comuna.treasury import queries
from comuna.treasury.models import Account, Book, Entry
from comuna.treasury.queries import Sum, amount_said
from comuna.treasury.queries.bank import made_by_the_bank

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


def entry_words(entries: Sequence[Entry]) -> dict[UUID, str]:
    """What each is for; of those that the bank's acts made, what they did, by its number and never a name."""
    unsaid = [one.id for one in entries if not one.words and one.reverses_id is None]
    made = made_by_the_bank(unsaid) if unsaid else {}
    said = {
        "deposit": _("Deposit, savings account {number}"),
        "withdrawal": _("Withdrawal, savings account {number}"),
        "repaid": _("Repayment, credit {number}"),
        "paid out": _("Credit {number} paid out"),
        "lost": _("Credit {number} written off"),
    }
    found = {}
    for one in entries:
        if one.words or one.reverses_id is not None:
            found[one.id] = one.words or _("Taken back")
        elif one.id in made:
            found[one.id] = said[made[one.id].what].format(number=made[one.id].number)
        else:
            found[one.id] = _("Opening balance")
    return found


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
