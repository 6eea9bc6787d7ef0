"""The only writer of what replenishes petty cash."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from comuna.acts.act import Performed
from comuna.treasury.effects import post
from comuna.treasury.models.petty import ReplenishedEntry, Replenishment
from comuna.treasury.rules import Draft


def replenish(
    record: Performed, draft: Draft, account: UUID, unit: str, amount: int, spent: Iterable[tuple[UUID, int]]
) -> None:
    """``spent`` are the entries and what each took out of the account."""
    post(record, [draft])
    record.create(Replenishment, entry_id=draft.id, account_id=account, unit=unit, amount=amount)
    record.create_many(
        ReplenishedEntry,
        [
            {"id": record.key("spent", entry), "replenishment_id": record.id, "entry_id": entry, "amount": part}
            for entry, part in spent
        ],
    )
