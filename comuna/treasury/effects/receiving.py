"""The only writers of receipt books."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple
from uuid import UUID

from comuna.acts.act import Performed
from comuna.treasury.effects import post
from comuna.treasury.models import NumberedReceipt, ReceiptBook, ReceiptsTyped
from comuna.treasury.queries.importing import to_take_back
from comuna.treasury.queries.receiving import numbered, spoilt_by
from comuna.treasury.rules import Draft, Line


class Typed(NamedTuple):
    """A receipt as it was typed; without lines it is spoilt, and the words say why."""

    number: int
    words: str
    day: date | None
    lines: tuple[Line, ...]


def begin(record: Performed, book: UUID, first: int, last: int) -> None:
    """With a blank for each number, whose id is that of the code on it."""
    record.create(ReceiptBook, book_id=book, day=record.day, first=first, last=last)
    record.create_many(
        NumberedReceipt,
        [
            {"id": record.key("number", number), "receipts_id": record.id, "book_id": book, "number": number}
            for number in range(first, last + 1)
        ],
    )


def type_back(record: Performed, book: UUID, typed: Sequence[Typed]) -> None:
    """Each that was given is an entry, in the order in which they were typed."""
    record.create(ReceiptsTyped, book_id=book, day=record.day)
    rows = numbered(book, [one.number for one in typed])
    drafts = [
        Draft(record.key("entry", one.number), book, one.day, one.words, one.lines)
        for one in typed
        if one.day is not None
    ]
    if drafts:
        post(record, drafts)
    for one in typed:
        entry = None if one.day is None else record.key("entry", one.number)
        spoilt = one.words if one.day is None else ""
        record.update(NumberedReceipt, rows[one.number].id, typed_id=record.id, entry_id=entry, spoilt=spoilt)


def take_back(record: Performed, book: UUID, typed: UUID, day: date, words: str) -> None:
    """Every entry of that typing that still stands goes, the last first; numbers that were spoilt are blank again."""
    drafts = [
        Draft(record.key("back", entry), book, day, words, lines, reverses=entry)
        for entry, lines in to_take_back(typed)
    ]
    if drafts:
        post(record, drafts)
    for number in spoilt_by(typed):
        record.update(NumberedReceipt, number, typed_id=None, spoilt="")
