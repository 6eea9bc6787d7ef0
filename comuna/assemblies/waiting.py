"""Tables of earlier sessions that were handed in and wait to be confirmed: sealed, seen by whoever brought them, gone
after a day."""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from collections.abc import Mapping
from datetime import timedelta
from uuid import UUID, uuid4

from comuna.acts import clock
from comuna.assemblies.models import WaitingPapers
from comuna.assemblies.papers import Table
from comuna.journal.lock import writing
from comuna.journal.sealing import open_sealed, seal

KEPT = timedelta(days=1)
KEPT_A_PERSON = 2


def keep(person: UUID, files: Mapping[Table, bytes | None]) -> UUID:
    """Keep the tables for a day; a person's oldest go where she brings more than a few."""
    id = uuid4()
    told = json.dumps({table.value: b64encode(data).decode() for table, data in files.items() if data is not None})
    with writing():
        WaitingPapers(id=id, person=person, sealed=seal(told, _context(id)), at=clock.now()).save(force_insert=True)
        _forget_old()
        mine = WaitingPapers.objects.filter(person=person).order_by("-at", "id").values_list("id", flat=True)
        WaitingPapers.objects.filter(pk__in=list(mine)[KEPT_A_PERSON:]).delete()
    return id


def of(id: UUID, person: UUID | None) -> dict[Table, bytes | None] | None:
    """The tables, for whoever brought them, while they wait. Raises sealing.Unreadable without the home's key."""
    row = WaitingPapers.objects.filter(pk=id, person=person, at__gt=clock.now() - KEPT).first() if person else None
    if row is None:
        return None
    told = json.loads(open_sealed(row.sealed))
    return {table: b64decode(told[table.value]) if table.value in told else None for table in Table}


def of_person(person: UUID) -> list[UUID]:
    """Those that she brought and that wait, the newest first."""
    mine = WaitingPapers.objects.filter(person=person, at__gt=clock.now() - KEPT).order_by("-at", "id")
    return list(mine.values_list("id", flat=True))


def drop(id: UUID) -> None:
    with writing():
        WaitingPapers.objects.filter(pk=id).delete()
        _forget_old()


def _forget_old() -> None:
    WaitingPapers.objects.filter(at__lte=clock.now() - KEPT).delete()


def _context(id: UUID) -> str:
    return f"assemblies.waiting.{id}"
