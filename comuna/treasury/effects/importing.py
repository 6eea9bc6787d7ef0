"""The writers of entries that come from a file, and that go again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple
from uuid import UUID

from comuna.acts.act import Performed
from comuna.treasury import queries
from comuna.treasury.effects import post
from comuna.treasury.models import EntryImport
from comuna.treasury.queries.importing import to_take_back
from comuna.treasury.rules import Draft, Line


class Taken(NamedTuple):
    """An entry of a file."""

    day: date
    words: str
    reference: str
    reverses: int | None  # which of the file it takes back, from 1
    lines: Sequence[tuple[str, str, str]]  # account by its code, unit, amount


def take_entries(record: Performed, book: UUID, taken: Sequence[Taken]) -> None:
    """In their order, under the next folios of the book."""
    days = [one.day for one in taken]
    record.create(EntryImport, book_id=book, day=record.day, entries=len(taken), first=min(days), last=max(days))
    accounts = {one.code: one.id for one in queries.accounts(book)}
    ids = [record.key("entry", number) for number in range(1, len(taken) + 1)]
    drafts = [
        Draft(
            id,
            book,
            one.day,
            one.words,
            tuple([Line(accounts[code], unit, int(amount)) for code, unit, amount in one.lines]),
            one.reference,
            ids[one.reverses - 1] if one.reverses else None,
        )
        for id, one in zip(ids, taken, strict=True)
    ]
    post(record, drafts)


def take_back(record: Performed, book: UUID, imported: UUID, day: date, words: str) -> None:
    """Every entry of an import that still stands, each by one the other way round, the last first."""
    post(
        record,
        [
            Draft(record.key("back", entry), book, day, words, lines, reverses=entry)
            for entry, lines in to_take_back(imported)
        ],
    )
