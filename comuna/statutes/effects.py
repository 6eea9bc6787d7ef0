"""The only writer of adopted statutes and of councils."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from comuna.acts.act import Performed
from comuna.statutes.models import AdoptedStatute, Council


def adopt(
    record: Performed,
    *,
    statute_id: str,
    version: str,
    digest: str,
    in_force_from: date,
    id: UUID | None = None,
) -> None:
    """From that day on the commune lives by the statute in this file of its home.

    The row has the act's id unless another is given, as where the same act does more than adopt.
    """
    record.create(
        AdoptedStatute,
        id=id or record.id,
        statute_id=statute_id,
        version=version,
        digest=digest,
        in_force_from=in_force_from,
    )


def add_council(record: Performed, *, slug: str, name: str, register_code: str) -> None:
    """From that day on the statute in force has this council's organs and seats. The row has the act's id."""
    record.create(Council, slug=slug, name=name, since=record.day, register_code=register_code)


def correct_council(record: Performed, council: UUID, *, name: str, register_code: str) -> None:
    """Another name or code; its slug stays."""
    record.update(Council, council, name=name, register_code=register_code)


def remove_council(record: Performed, council: UUID) -> None:
    """It was registered by mistake and nothing rests on it."""
    record.remove(Council, council)
