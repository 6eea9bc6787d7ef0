"""Questions about the territory and its people. Each asks the database a fixed number of times."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from comuna.statutes.statute import Roll
from comuna.territory.models import Commune, Household, Person, Sector, Street
from comuna.territory.rules import Known, RollCount, RollRule, age_on as age_by_rule, count_roll, initials


def commune(id: UUID) -> Commune:
    """Raises Commune.DoesNotExist before it is founded."""
    found: Commune = Commune.objects.get(pk=id)
    return found


def commune_since(id: UUID) -> date:
    """The local day of the founding act."""
    return commune(id).founded_on


def time_zone(id: UUID) -> str:
    """As in "America/Caracas"; UTC for books whose founding act is not there yet."""
    found: str | None = Commune.objects.filter(pk=id).values_list("time_zone", flat=True).first()
    return found or "UTC"


def age_on(person: Person, day: date) -> int | None:
    """Whole years; None when nobody wrote it down."""
    return age_by_rule(day, person.birth_day, person.age_years, person.age_noted_on)


def roll(commune: UUID, day: date, rule: Roll) -> RollCount:
    """Who counts on that day where everybody sits: one statement."""
    rows = Person.objects.filter(commune=commune).values_list(
        "id", "birth_day", "age_years", "age_noted_on", "residence", "left_on"
    )
    return count_roll(
        (Known(*row) for row in rows), day, RollRule(rule.age_years, rule.unknown_age_counts, rule.away_counts)
    )


def display_name(person: Person, *, knows: bool = False) -> str:
    """How somebody appears: by her full name to those who may know it, by her public name while she has one,
    else by her initials; "—" once they are erased."""
    if knows and person.full_name:
        return person.full_name
    return person.public_name or person.initials or initials(person.public_name) or "—"


def names(people: Iterable[UUID], *, knows: bool = False) -> dict[UUID, str]:
    """How each of these people appears: one statement."""
    rows = Person.objects.filter(pk__in=list(people))
    return {person.id: display_name(person, knows=knows) for person in rows}


def people_here(commune: UUID, day: date) -> QuerySet[Person]:
    """Everybody who belongs here on that day, away or not, in the order of their names."""
    here = Person.objects.filter(commune=commune).filter(Q(left_on=None) | Q(left_on__gt=day))
    return here.order_by("full_name", "initials", "id")


def sectors(commune: UUID) -> list[Sector]:
    return list(Sector.objects.filter(commune=commune).order_by("name", "id"))


def streets(commune: UUID) -> list[Street]:
    return list(Street.objects.filter(commune=commune).select_related("sector").order_by("name", "id"))


def members(household: UUID) -> list[Person]:
    """Everybody whose household this is, those who left included."""
    return list(Person.objects.filter(household=household).order_by("born", "id"))


@dataclass(frozen=True)
class SectorCount:
    """A sector, or None for what lies in no sector, with how many households and people live there."""

    sector: Sector | None
    streets: tuple[Street, ...]
    households: int
    people: int


def sector_counts(commune: UUID, day: date) -> list[SectorCount]:
    """Every sector with its streets and figures, what has no sector last: four statements."""
    of_street = {street.id: street for street in streets(commune)}
    sector_of = {
        id: sector or (of_street[street].sector_id if street in of_street else None)
        for id, street, sector in Household.objects.filter(commune=commune).values_list("id", "street_id", "sector_id")
    }
    lives_in = people_here(commune, day).values_list("household", flat=True)
    counted: list[SectorCount] = []
    people = [sector_of.get(household) for household in lives_in]
    for sector in [*sectors(commune), None]:
        id = sector.id if sector else None
        own = tuple(street for street in of_street.values() if street.sector_id == id)
        homes = sum(found == id for found in sector_of.values())
        living = sum(found == id for found in people)
        if sector or own or homes or living:
            counted.append(SectorCount(sector, own, homes, living))
    return counted


def address_words(household: Household) -> str:
    """ "Calle Bolívar 45", as those who may know it read it."""
    street = household.street.name if household.street else ""
    sector = household.sector or (household.street.sector if household.street else None)
    words = " ".join(part for part in (street, household.house) if part)
    return ", ".join(part for part in (words, sector.name if sector else "") if part)


def households_by_id(ids: Sequence[UUID]) -> dict[UUID, Household]:
    found = Household.objects.filter(pk__in=ids).select_related("street__sector", "sector")
    return {household.id: household for household in found}
