"""What a bank's file holds besides words: days, amounts, balances. Like an import of entries it is a file that the act
cites, one movement a line, canonical JSON; references and words are private parts of the act, in the same order.

The bank's own file is not kept: it names people. Only its digest is in the act, so that whoever has it can compare.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Annotated

import orjson
from pydantic import BaseModel, ConfigDict, Field as Limits, TypeAdapter, ValidationError

from comuna.acts.fields import SignedAmount
from comuna.journal import canonical, files
from comuna.treasury.acts.import_table import NotThisTable

MEDIA_TYPE = "application/jsonl"
LINES_MAX = 5_000


class BankRow(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid")

    alike: Annotated[int, Limits(ge=1, le=1_000_000)]  # which one of those with its day, amount and reference
    amount: SignedAmount
    balance: SignedAmount | None = None
    day: date
    number: Annotated[int, Limits(ge=1, le=1_000_000)]
    reference: bool  # whether it has one, in the act's list of references
    words: bool  # likewise


_ROWS: TypeAdapter[list[BankRow]] = TypeAdapter(Annotated[list[BankRow], Limits(max_length=LINES_MAX)])


def bank_table_bytes(rows: Iterable[BankRow]) -> bytes:
    return b"".join(canonical.write(row.model_dump(mode="json")) + b"\n" for row in rows)


def read_bank_table(digest: str) -> list[BankRow]:
    """Raises files.NoSuchFile or NotThisTable."""
    data = files.read(digest)
    whole = b"[" + b",".join(data.splitlines()) + b"]"
    try:
        rows = _ROWS.validate_json(whole, strict=True)
    except ValidationError as error:
        raise NotThisTable from error
    if b"".join(canonical.write(row) + b"\n" for row in orjson.loads(whole)) != data:
        raise NotThisTable
    return rows
