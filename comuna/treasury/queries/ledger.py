"""A whole book from its first folio to its last, read in pieces: a million postings are never held at once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple
from uuid import UUID

from comuna.journal import sql
from comuna.statutes import queries as statutes
from comuna.treasury.models import Account, Book
from comuna.treasury.queries import Held, accounts, trial_balance

FOLIOS_AT_ONCE = 500


class Moved(NamedTuple):
    """A posting of an entry."""

    code: str
    unit: str
    amount: int


@dataclass(frozen=True)
class Written:
    """An entry as it leaves the house."""

    folio: int
    day: date
    words: str
    reference: str
    reverses: int | None  # folio
    moved: tuple[Moved, ...]  # debits first, the largest first


@dataclass(frozen=True)
class Ledger:
    """A book with everything that a file of it declares."""

    book: Book
    accounts: list[Account]  # in the order of codes
    decimals: dict[str, int]  # of each unit in which something was entered, in the order of units
    trial: list[Held]
    last: int  # folio; what is entered meanwhile is not of this reading
    newest: date  # day of an entry, or that of the book

    def entries(self) -> Iterator[Written]:
        """In the order of folios."""
        for first in range(1, self.last + 1, FOLIOS_AT_ONCE):
            yield from _entries(self.book.id, first, min(first + FOLIOS_AT_ONCE - 1, self.last))


def ledger(book: Book) -> Ledger:
    trial = trial_balance(book.id)
    units = sorted({book.unit, *(one.unit for one in trial)})
    found = sql.one(
        "SELECT COALESCE(MAX(folio), 0), CAST(MAX(day) AS TEXT) FROM treasury_entry WHERE book_id = %s",
        sql.uuid_value(book.id),
    )
    assert found is not None
    known = {unit: statutes.unit(book.commune, unit) for unit in units}
    return Ledger(
        book,
        accounts(book.id),
        {unit: one.decimals if one else 0 for unit, one in known.items()},
        trial,
        int(found[0]),
        sql.day_of(found[1]) or book.day,
    )


def _entries(book: UUID, first: int, last: int) -> Iterator[Written]:
    found = sql.rows(
        "SELECT e.folio, CAST(e.day AS TEXT), e.words, e.reference, r.folio, a.code, p.unit, p.amount"
        " FROM treasury_entry e JOIN treasury_posting p ON p.entry_id = e.id"
        " JOIN treasury_account a ON a.id = p.account_id LEFT JOIN treasury_entry r ON r.id = e.reverses_id"
        " WHERE e.book_id = %s AND e.folio BETWEEN %s AND %s ORDER BY e.folio, p.amount DESC, a.code, p.unit",
        sql.uuid_value(book),
        first,
        last,
    )
    for head, rows in groupby(found, key=itemgetter(0, 1, 2, 3, 4)):
        folio, day, words, reference, reverses = head
        moved = tuple(Moved(row[5], row[6], int(row[7])) for row in rows)
        yield Written(folio, date.fromisoformat(day), words, reference, reverses, moved)
