"""The only writers of stipends."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from comuna.acts.act import Performed, row_key
from comuna.treasury.models.stipends import Stipend, StipendList

Part = tuple[UUID, int | None]
"""A person, and her amount; None where it was erased."""


def key(list: UUID, person: UUID) -> UUID:
    return row_key(list, "stipend", person)


def promise(record: Performed, rows: Iterable[Part], **columns: Any) -> None:
    record.create(StipendList, received=0, **columns)
    record.create_many(
        Stipend,
        [
            {
                "id": key(record.id, person),
                "list_id": record.id,
                "person": person,
                "promised": amount,
                "received": None,
            }
            for person, amount in rows
        ],
    )


def receive(record: Performed, list: UUID, rows: Iterable[Part], received: int) -> None:
    """``received`` is what came of the whole list then."""
    for person, amount in rows:
        record.update(Stipend, key(list, person), received=amount)
    record.update(StipendList, list, received=received)


def withdraw(record: Performed, list: UUID) -> None:
    record.remove_all(Stipend, list=list)
    record.remove(StipendList, list)
