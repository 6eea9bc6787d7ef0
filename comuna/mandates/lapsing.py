"""Which mandates end when, and which are over already: what a renewal has to fill."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from comuna.journal.lock import once_a_page
from comuna.mandates import queries
from comuna.mandates.queries import Holding
from comuna.mandates.rules import MandateStatus
from comuna.statutes import queries as statutes
from comuna.statutes.councils import council_in

WARNED_DAYS = 90
"""So many days before the end of a mandate its holder is told of it."""


@dataclass(frozen=True)
class Ends:
    """A mandate, the last day of its term, and the slug of the council whose seat it is; None: the commune's."""

    holding: Holding
    on: date
    council: str | None
    follows: Holding | None = None  # who was elected already to take it later

    def is_over(self, day: date) -> bool:
        return self.on < day


def ends(commune: UUID, day: date) -> list[Ends]:
    """Every elected mandate that is not settled and whose term has an end, alternates too, the first to end first: in
    office, or over without power. The promoters' are not among them: nobody renews them. Seven statements."""
    return list(once_a_page(("ends", commune, day), lambda: _ends(commune, day)))


def over(commune: UUID, day: date) -> list[Ends]:
    """Those of them whose term is over, asked for alone."""
    return _ends(commune, day, only_over=True)


def _ends(commune: UUID, day: date, *, only_over: bool = False) -> list[Ends]:
    statute = statutes.in_force(commune, day)
    order = {kind.id: number for number, kind in enumerate(statute.seats)}
    ahead = queries.elected_ahead(commune, day)
    found = [
        Ends(one, one.term.ends, council_in(one.kind), ahead.get((one.kind, one.number, one.is_alternate)))
        for one in queries.begun(commune, day, statute, over=only_over)
        if one.kind != statute.founding.seat
        and one.term.ends is not None
        and (one.status.in_office or one.status is MandateStatus.LAPSED)
    ]

    def in_order(one: Ends) -> tuple[date, int, bool, int]:
        return one.on, order[one.holding.kind], one.holding.is_alternate, one.holding.number

    return sorted(found, key=in_order)


@dataclass(frozen=True)
class EndsTogether:
    """Mandates of one council that end in one month, or are over: how many, the first day, and the last."""

    council: str | None
    count: int
    first: date
    last: date


def by_council(found: Iterable[Ends]) -> list[EndsTogether]:
    """In the order in which the first of each council ends."""
    groups: dict[str | None, list[date]] = {}
    for one in found:
        groups.setdefault(one.council, []).append(one.on)
    return [EndsTogether(council, len(days), min(days), max(days)) for council, days in groups.items()]


def is_near(one: Holding, day: date) -> bool:
    """Whether its holder is to be told: the term is over, or ends within ``WARNED_DAYS``."""
    return one.term.ends is not None and (one.term.ends - day).days <= WARNED_DAYS
