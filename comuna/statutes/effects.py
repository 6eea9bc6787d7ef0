"""The only writer of adopted statutes."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from comuna.acts.act import Performed
from comuna.journal.lock import changed
from comuna.statutes.models import AdoptedStatute


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
    changed()
    record.create(
        AdoptedStatute,
        id=id or record.id,
        statute_id=statute_id,
        version=version,
        digest=digest,
        in_force_from=in_force_from,
    )
