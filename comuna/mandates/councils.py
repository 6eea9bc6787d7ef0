"""Questions about the councils of a commune: whose matter something is, and how many of their seats are filled."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from comuna.mandates.models import ClaimCode, Mandate, Suspension
from comuna.mandates.queries import holders
from comuna.statutes import queries as statutes
from comuna.statutes.councils import Council, council_in

# In whose matters something is done: the slug of a council, None for the whole commune and for what is not there


def council_of_mandate(mandate: UUID) -> str | None:
    return _council(Mandate.objects.filter(pk=mandate).values_list("seat__kind", flat=True).first())


def council_of_suspension(suspension: UUID) -> str | None:
    return _council(Suspension.objects.filter(pk=suspension).values_list("mandate__seat__kind", flat=True).first())


def council_of_code(code: UUID) -> str | None:
    found = ClaimCode.objects.filter(pk=code).values_list("person__council", flat=True).first()
    return found or None


def _council(kind: str | None) -> str | None:
    return council_in(kind) if kind else None


# What is filled


@dataclass(frozen=True)
class CouncilCount:
    """A council, how many seats it has, and how many of them somebody holds."""

    council: Council
    seats: int
    held: int


def council_counts(commune: UUID, day: date) -> list[CouncilCount]:
    """Every council of the books with the principals' seats of its own organs, in the order of their names."""
    statute = statutes.in_force(commune, day)
    taken = Counter(council_in(one.organ) for one in holders(commune, day) if not one.is_alternate)
    seats: Counter[str | None] = Counter()
    for kind in statute.seats:
        seats[council_in(kind.organ)] += kind.count
    counted = [CouncilCount(one, seats[one.slug], taken[one.slug]) for one in statute.councils]
    return sorted(counted, key=lambda one: one.council.name.casefold())
