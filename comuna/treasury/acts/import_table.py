"""What an import of entries holds besides words: days, amounts, accounts, what is taken back. It is larger than an act
may be, so it is a file that the act cites: one entry a line, canonical JSON. Its words are a private part of the act.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Annotated, NamedTuple

import orjson
from pydantic import BaseModel, ConfigDict, Field as Limits, TypeAdapter, ValidationError

from comuna.acts.fields import AccountCode, SignedAmount, UnitCode
from comuna.journal import canonical, files

MEDIA_TYPE = "application/jsonl"
ENTRIES_MAX = 100_000
LINES_MAX = 100  # of one entry


class Posted(NamedTuple):
    """A posting before it is posted; an account by its code."""

    account: AccountCode
    unit: UnitCode
    amount: SignedAmount


class EntryRow(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid")

    day: date
    lines: Annotated[list[Posted], Limits(max_length=LINES_MAX)]
    reference: bool  # whether it has one, in the act's list of references, which stand in the order of entries
    reverses: Annotated[int, Limits(ge=1, le=ENTRIES_MAX)] | None = None  # the row, from 1, that it takes back
    words: bool  # likewise


_ROWS: TypeAdapter[list[EntryRow]] = TypeAdapter(Annotated[list[EntryRow], Limits(max_length=ENTRIES_MAX)])


class NotThisTable(ValueError):
    """The file is not what an import of entries cites. Says where: ``17.lines``; empty where it is no such file."""

    def __init__(self, place: str = "") -> None:
        super().__init__(place or "not in canonical form")
        self.place = place


def table_bytes(rows: Iterable[EntryRow]) -> bytes:
    return b"".join(canonical.write(row.model_dump(mode="json")) + b"\n" for row in rows)


def read_table(digest: str) -> list[EntryRow]:
    """Raises files.NoSuchFile or NotThisTable."""
    data = files.read(digest)
    whole = b"[" + b",".join(data.splitlines()) + b"]"
    try:
        rows = _ROWS.validate_json(whole, strict=True)
    except ValidationError as error:
        where = error.errors(include_url=False, include_input=False)[0]["loc"]
        raise NotThisTable(f"{int(where[0]) + 1}.{where[1]}" if len(where) > 1 else "") from error
    if b"".join(canonical.write(row) + b"\n" for row in orjson.loads(whole)) != data:
        raise NotThisTable
    return rows
