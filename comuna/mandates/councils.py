"""Questions about the councils of a commune: whose matter something is, and how many of their seats are filled."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from comuna.acts.moment import day_now
from comuna.journal import sql
from comuna.mandates.models import ClaimCode, Mandate, Suspension
from comuna.mandates.queries import holders, seats_to_lose
from comuna.statutes import queries as statutes
from comuna.statutes.councils import Council, council_in
from comuna.territory import queries as territory

# In whose matters something is done: the slug of a council, None for the whole commune and for what is not there


def council_of_mandate(mandate: UUID) -> str | None:
    return _council(Mandate.objects.filter(pk=mandate).values_list("seat__kind", flat=True).first())


def council_of_suspension(suspension: UUID) -> str | None:
    return _council(Suspension.objects.filter(pk=suspension).values_list("mandate__seat__kind", flat=True).first())


def council_of_code(code: UUID) -> str | None:
    person = ClaimCode.objects.filter(pk=code).values_list("person", flat=True).first()
    return council_of_account(person) if person else None


def council_of_account(person: UUID) -> str | None:
    """Who opens somebody's account acts by her seats: the one council in which she holds any; None, the whole commune,
    where they lie in several or are the commune's. Without a seat, the council to which she belongs."""
    if not statutes.has_councils():
        return None
    found = sql.one("SELECT commune FROM territory_person WHERE id = %s", sql.uuid_value(person))
    commune = sql.uuid_of(found[0]) if found else None
    if commune is None or not statutes.came_on(commune):
        return None
    held = [one for one in seats_to_lose(person, day_now(commune)) if not one.is_alternate]
    where = {council_in(one.kind) for one in held} or {territory.council_of_person(person)}
    return where.pop() if len(where) == 1 else None


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
