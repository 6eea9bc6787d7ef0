"""Questions about currencies that lost their zeros: which are not entered any more, and what still stands in one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple
from uuid import UUID

from comuna.journal import sql
from comuna.journal.lock import once
from comuna.treasury.models import (
    Account,
    Balance,
    Book,
    BudgetLine,
    RedenominatedBook,
    RedenominatedThing,
    Redenomination,
    Savings,
)
from comuna.treasury.models.advances import Advance
from comuna.treasury.models.aid import AidCase, AidPayment
from comuna.treasury.models.bank import Credit
from comuna.treasury.models.commitments import Commitment
from comuna.treasury.models.transfers import Transfer


class Retired(NamedTuple):
    """From this day on a unit is not entered any more: it became another one."""

    day: date
    in_unit: str


def retired(commune: UUID) -> dict[str, Retired]:
    """By unit. Asked once in an act and on a page."""
    return once(("retired units", commune), lambda: _retired(commune), (Redenomination,))


def _retired(commune: UUID) -> dict[str, Retired]:
    found = sql.rows(
        "SELECT unit, CAST(day AS TEXT), in_unit FROM treasury_redenomination WHERE commune = %s",
        sql.uuid_value(commune),
    )
    return {unit: Retired(date.fromisoformat(day), in_unit) for unit, day, in_unit in found}


def books_in(commune: UUID, unit: str) -> dict[UUID, list[tuple[Account, int]]]:
    """By book in the order in which they were opened, the accounts that hold something of a unit, by their codes."""
    found: dict[UUID, list[tuple[Account, int]]] = {}
    rows = Balance.objects.filter(commune=commune, unit=unit).exclude(amount=0).select_related("account")
    for row in rows.order_by("account__book__born", "account__book_id", "account__code"):
        found.setdefault(row.account.book_id, []).append((row.account, row.amount))
    return found


def kept_in(commune: UUID, unit: str) -> list[Book]:
    return list(Book.objects.filter(commune=commune, unit=unit).order_by("born", "id"))


def open_lines(commune: UUID, unit: str, day: date) -> list[BudgetLine]:
    """Of budgets that are not over on that day."""
    standing = BudgetLine.objects.filter(budget__ends__gte=day, budget__withdrawn_on=None)
    found = standing.filter(commune=commune, unit=unit).select_related("budget")
    return list(found.order_by("born", "budget_id", "number"))


def open_promises(line: UUID) -> list[Commitment]:
    return list(Commitment.objects.filter(line=line, open__gt=0).order_by("born", "id"))


def unpaid_aid(commune: UUID, unit: str) -> list[AidCase]:
    paid = AidPayment.objects.filter(entry__reversal=None)
    return list(AidCase.objects.filter(commune=commune, unit=unit).exclude(payments__in=paid).order_by("born", "id"))


def open_advances(commune: UUID, unit: str) -> list[Advance]:
    return list(Advance.objects.filter(commune=commune, unit=unit, open__gt=0).order_by("born", "id"))


def savings_in(commune: UUID, unit: str) -> list[Savings]:
    """Of the books that are kept in that unit; empty ones too."""
    return list(Savings.objects.filter(commune=commune, book__unit=unit).order_by("book_id", "number"))


def open_credits(commune: UUID, unit: str) -> list[Credit]:
    """Those that were not paid out yet, and those of which something is owed."""
    found = Credit.objects.filter(commune=commune, unit=unit).order_by("book_id", "number")
    return [one for one in found if one.paid_out_on is None or one.owed_principal or one.owed_interest]


def open_transfers(commune: UUID, unit: str) -> list[Transfer]:
    found = Transfer.objects.filter(commune=commune, unit=unit, received=None, taken_back=None)
    return list(found.order_by("born", "id"))


# What pages say


def all_of(commune: UUID) -> list[Redenomination]:
    """The newest first."""
    return list(Redenomination.objects.filter(commune=commune).order_by("-born"))


def of_book(book: UUID) -> list[RedenominatedBook]:
    found = RedenominatedBook.objects.filter(book=book).select_related("redenomination").order_by("-born")
    return list(found)


def by_entries(entries: Sequence[UUID]) -> dict[UUID, Redenomination]:
    found = RedenominatedBook.objects.filter(entry__in=entries).select_related("redenomination")
    return {one.entry_id: one.redenomination for one in found}


def of_thing(thing: UUID) -> list[RedenominatedThing]:
    """How it went over, the newest time first."""
    found = RedenominatedThing.objects.filter(thing=thing).select_related("redenomination").order_by("-born")
    return list(found)
