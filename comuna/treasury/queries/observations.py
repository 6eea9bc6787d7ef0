"""Questions about observations: what waits for an answer, since when."""

from __future__ import annotations

from uuid import UUID

from comuna.treasury.models.observations import Observation

ABOUT = "book", "entry", "line", "rendering"


def open_in(commune: UUID, **which: object) -> list[Observation]:
    """Those that nobody closed, the earliest due first; ``which`` says of what: ``book``, ``entry``,
    ``line``, ``rendering``."""
    found = Observation.objects.filter(commune=commune, closed_on=None, **which)
    return list(found.select_related(*ABOUT).prefetch_related("answers").order_by("due", "born"))


def ever_made(commune: UUID, **which: object) -> list[Observation]:
    """All of them, the newest first."""
    found = Observation.objects.filter(commune=commune, **which)
    return list(found.select_related(*ABOUT).prefetch_related("answers").order_by("-born"))
