"""From a file that was read to the one act that takes its entries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Any
from uuid import UUID

from comuna.acts.moment import day_now
from comuna.statutes import queries as statutes
from comuna.territory.reading.grids import Grid
from comuna.treasury import queries
from comuna.treasury.acts.import_table import table_bytes
from comuna.treasury.acts.importing import ImportEntries
from comuna.treasury.models import Book
from comuna.treasury.plaintext.reading import Read, read_printed
from comuna.treasury.plaintext.sheets import Columns, read_sheet


def read_into(book: Book, printed: Iterable[Mapping[str, Any]]) -> Read:
    """The entries that hledger printed, as they would stand in the book."""
    units = statutes.in_force(book.commune, day_now(book.commune)).money.units
    kinds = {one.code: one.kind for one in queries.accounts(book.id)}
    return read_printed(printed, kinds, {one.id: one.decimals for one in units})


def read_table_into(book: Book, grid: Grid, columns: Columns) -> Read:
    """The rows of a spreadsheet likewise. Raises NoSuchColumn."""
    today = day_now(book.commune)
    units = statutes.in_force(book.commune, today).money.units
    kinds = {one.code: one.kind for one in queries.accounts(book.id)}
    return read_sheet(grid, columns, kinds, {one.id: one.decimals for one in units}, today)


def import_of(book: UUID, read: Read) -> tuple[ImportEntries, bytes]:
    """The act, to be performed once the bytes are in the home as a file."""
    data = table_bytes(read.rows)
    act = ImportEntries(
        book=book, table=sha256(data).hexdigest(), words=tuple(read.words), references=tuple(read.references)
    )
    return act, data
