"""What a redenomination works out, as the file that its act cites: larger than an act may be. One book or thing a
line, canonical JSON. Amounts alone, which anybody may read: whose something is stands nowhere in it."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from pydantic import BaseModel, ConfigDict, TypeAdapter

from comuna.acts.fields import SignedAmount, UnitCode
from comuna.journal import canonical, files
from comuna.treasury.redenominating import What

MEDIA_TYPE = "application/jsonl"


class Posted(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid")

    account: UUID
    unit: UnitCode
    amount: SignedAmount


class BookGoes(BaseModel):
    """The entry of a book."""

    model_config = ConfigDict(strict=True, extra="forbid")

    book: UUID
    lines: list[Posted]
    rounding: SignedAmount


class ThingGoes(BaseModel):
    """``columns`` are what it is then, by their names; ``old`` and ``now`` what was left, saved, owed or under way."""

    model_config = ConfigDict(strict=True, extra="forbid")

    what: What
    thing: UUID
    old: SignedAmount
    now: SignedAmount
    columns: dict[str, SignedAmount]


def written(rows: Iterable[BookGoes | ThingGoes]) -> bytes:
    return b"".join(canonical.write(row.model_dump(mode="json")) + b"\n" for row in rows)


_ROWS: TypeAdapter[list[BookGoes | ThingGoes]] = TypeAdapter(list[BookGoes | ThingGoes])


def read(digest: str) -> tuple[list[BookGoes], list[ThingGoes]]:
    """Raises files.NoSuchFile."""
    rows = _ROWS.validate_json(b"[" + b",".join(files.read(digest).splitlines()) + b"]", strict=True)
    return (
        [row for row in rows if isinstance(row, BookGoes)],
        [row for row in rows if isinstance(row, ThingGoes)],
    )
