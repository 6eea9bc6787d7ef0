"""The only writers of accounts that were put before a session."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from comuna.acts.act import Performed
from comuna.treasury.models.rendering import RenderedSum, Rendering


def render(record: Performed, sums: Sequence[Mapping[str, Any]], **columns: Any) -> None:
    """``sums`` give account_id, unit, before, debit and credit."""
    record.create(Rendering, day=record.day, withdrawn_on=None, **columns)
    rows = [
        {"id": record.key("sum", number), "rendering_id": record.id, **one} for number, one in enumerate(sums, start=1)
    ]
    record.create_many(RenderedSum, rows)


def withdraw(record: Performed, rendering: UUID, day: date) -> None:
    record.update(Rendering, rendering, withdrawn_on=day)
