"""The only writers of rates and of what was exchanged."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from comuna.acts.act import Performed
from comuna.treasury.effects import post
from comuna.treasury.models.rates import Exchange, Rate
from comuna.treasury.rules import Draft


def set_rate(record: Performed, **columns: Any) -> None:
    record.create(Rate, **columns)


def undo_rate(record: Performed, rate: UUID) -> None:
    record.remove(Rate, rate)


def exchange(record: Performed, draft: Draft, **columns: Any) -> None:
    post(record, [draft])
    record.create(Exchange, entry_id=draft.id, **columns)
