"""Questions about entries that came from a file."""

from __future__ import annotations

from itertools import groupby
from operator import itemgetter
from typing import NamedTuple
from uuid import UUID

from comuna.journal import sql
from comuna.treasury import queries
from comuna.treasury.rules import Line, reversed_lines


class Back(NamedTuple):
    """An entry of an import that stands, and its lines the other way round."""

    entry: UUID
    lines: tuple[Line, ...]


def organ_of_import(imported: UUID) -> str | None:
    return queries.organ_of("treasury_entryimport", imported)


def newest_day(act: UUID) -> str:
    """Of the entries that an act made, as text."""
    found = sql.one("SELECT CAST(MAX(day) AS TEXT) FROM treasury_entry WHERE act = %s", sql.uuid_value(act))
    assert found is not None and found[0], "it made entries"
    return str(found[0])


def to_take_back(imported: UUID) -> list[Back]:
    """Its entries that neither are taken back nor take another one back, the last first."""
    found = sql.rows(
        "SELECT e.folio, e.id, p.account_id, p.unit, p.amount FROM treasury_entry e"
        " JOIN treasury_posting p ON p.entry_id = e.id"
        " WHERE e.act = %s AND COALESCE(e.reverses_id, e.id) = e.id"  # found by its act
        " AND NOT EXISTS (SELECT 1 FROM treasury_entry o WHERE o.reverses_id = e.id)"
        " ORDER BY e.folio DESC, p.amount DESC, p.account_id, p.unit",
        sql.uuid_value(imported),
    )
    return [
        Back(
            sql.uuid_of(entry),
            reversed_lines(Line(sql.uuid_of(row[2]), row[3], int(row[4])) for row in rows),
        )
        for (_folio, entry), rows in groupby(found, key=itemgetter(0, 1))
    ]


def holdings_of(book: UUID) -> dict[tuple[UUID, str], int]:
    """What each account of a book holds of each unit."""
    found = sql.rows(
        "SELECT b.account_id, b.unit, b.amount FROM treasury_balance b"
        " JOIN treasury_account a ON a.id = b.account_id WHERE a.book_id = %s",
        sql.uuid_value(book),
    )
    return {(sql.uuid_of(account), unit): int(amount) for account, unit, amount in found}
