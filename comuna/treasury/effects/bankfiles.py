"""The only writers of what the bank says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from comuna.acts.act import Performed
from comuna.treasury.models import BankColumns, BankLine, BankLineLeft, BankStatement


def say_columns(record: Performed, account: UUID, unit: str, columns: Mapping[str, Any]) -> None:
    """What was said before of this account and unit goes."""
    record.remove_all(BankColumns, account_id=account, unit=unit)
    record.create(BankColumns, account_id=account, unit=unit, act=record.id, **columns)


def take(
    record: Performed,
    account: UUID,
    unit: str,
    span: Mapping[str, Any],
    lines: Sequence[Mapping[str, Any]],
    left: Iterable[tuple[int, int, str]],
) -> None:
    record.create(BankStatement, account_id=account, unit=unit, day=record.day, **span)
    record.create_many(
        BankLine,
        [
            {"id": record.key("line", n), "statement_id": record.id, "account_id": account, "unit": unit, **line}
            for n, line in enumerate(lines, start=1)
        ],
    )
    record.create_many(
        BankLineLeft,
        [
            {"id": record.key("left", n), "statement_id": record.id, "first": first, "last": last, "why": why}
            for n, (first, last, why) in enumerate(left, start=1)
        ],
    )


def forget(record: Performed, statement: UUID) -> None:
    """With its lines, and so what they were matched with."""
    record.remove_all(BankLine, statement_id=statement)
    record.remove_all(BankLineLeft, statement_id=statement)
    record.remove(BankStatement, statement)


def match(record: Performed, pairs: Iterable[tuple[UUID, UUID]]) -> None:
    for line, entry in pairs:
        record.update(BankLine, line, entry_id=entry)


def unmatch(record: Performed, line: UUID) -> None:
    record.update(BankLine, line, entry_id=None)
