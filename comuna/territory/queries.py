"""Questions about the territory and its people. Each asks the database a fixed number of times."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import Q, QuerySet

from comuna.acts.act import act_of
from comuna.acts.models import Ground
from comuna.journal import sql
from comuna.journal.models import Record
from comuna.journal.sealing import fingerprint
from comuna.journal.tables import State, of_class
from comuna.territory.models import Belonging, CensusImport, Commune, Household, Person, Sector, Stay, Street
from comuna.territory.reading.address import address_line
from comuna.territory.reading.identity import read_identity
from comuna.territory.reading.text import same
from comuna.territory.rollacts import JOINED as JOINED, on_fixed_roll as on_fixed_roll, roll_acts as roll_acts
from comuna.territory.rolls import on_roll as on_roll, roll as roll
from comuna.territory.rules import (
    age_on as age_by_rule,
    alphabetical,
    fold,
)


def commune(id: UUID) -> Commune:
    """Raises Commune.DoesNotExist before it is founded."""
    found = sql.state_rows(Commune, "id = %s", sql.uuid_value(id))
    if not found:
        raise Commune.DoesNotExist
    return found[0]


def commune_since(id: UUID) -> date:
    """The local day of the founding act."""
    return commune(id).founded_on


def time_zone(id: UUID) -> str | None:
    """As in "America/Caracas"; None for books whose founding act is not there yet."""
    found = sql.one("SELECT time_zone FROM territory_commune WHERE id = %s", sql.uuid_value(id))
    return found[0] if found else None


def age_on(person: Person, day: date) -> int | None:
    """Whole years; None when nobody wrote it down."""
    return age_by_rule(day, person.birth_day, person.age_years, person.age_noted_on)


def has_households(commune: UUID) -> bool:
    return bool(Household.objects.filter(commune=commune).exists())


def has_people_or_places(commune: UUID, council: str) -> bool:
    """Whether anybody belongs, or ever belonged, to a council, or anything lies in it."""
    tables: tuple[type[State], ...] = (Person, Belonging, Household, Street, Sector, CensusImport)
    managers: list[Any] = [model._base_manager for model in tables]
    return any(manager.filter(commune=commune, council=council).exists() for manager in managers)


# In whose matters something is done: the slug of a council, None where there is none


def council_of_person(person: UUID | None) -> str | None:
    return _council(Person, person)


def council_of_household(household: UUID | None) -> str | None:
    return _council(Household, household)


def council_of_place(model: type[Sector | Street], place: UUID | None) -> str | None:
    return _council(model, place)


def council_of_import(imported: UUID | None) -> str | None:
    return _council(CensusImport, imported)


def _council(model: type[State], id: UUID | None) -> str | None:
    """Asked at every act about a person or a place, so by a short statement."""
    if id is None:
        return None
    found = sql.one(f"SELECT council FROM {model._meta.db_table} WHERE id = %s", sql.uuid_value(id))
    return found[0] or None if found else None


def stays_of(person: UUID) -> list[Stay]:
    """What was said of where somebody is, in the order in which it was said."""
    return list(Stay.objects.filter(person=person).order_by("born", "id"))


def stays_of_each(people: Sequence[UUID]) -> dict[UUID, list[Stay]]:
    """As ``stays_of``, of several."""
    found: dict[UUID, list[Stay]] = {}
    for start in range(0, len(people), 500):
        for stay in Stay.objects.filter(person__in=people[start : start + 500]).order_by("born", "id"):
            found.setdefault(stay.person, []).append(stay)
    return found


def display_name(person: Person, *, knows: bool = False) -> str:
    """How somebody appears: by her full name to those who may know it, by her public name while she has one,
    else by her initials; "—" once they are erased."""
    if knows and person.full_name:
        return person.full_name
    return shown_as(person.public_name, person.initials)


def shown_as(public_name: str, initials: str) -> str:
    """How somebody appears in public."""
    return public_name or initials or "—"


def names(people: Iterable[UUID], *, knows: bool = False) -> dict[UUID, str]:
    """How each of these people appears: one statement."""
    rows = Person.objects.filter(pk__in=list(people))
    return {person.id: display_name(person, knows=knows) for person in rows}


def people_here(commune: UUID, day: date, council: str | None = None) -> QuerySet[Person]:
    """Everybody who belongs here, or today to that council, away or not; ``in_order`` puts them in that of their names,
    which two engines would not agree on."""
    here = Person.objects.filter(commune=commune).filter(Q(left_on=None) | Q(left_on__gt=day))
    here = here if council is None else here.filter(council=council)
    return here.order_by("full_name", "initials", "id")


def in_order(people: QuerySet[Person]) -> list[UUID]:
    """Their ids in the order of their names, as a Spanish list has it."""
    named = people.values_list("full_name", "initials", "id")
    return [id for *_named, id in sorted(named, key=lambda row: (alphabetical(row[0]), row[1], str(row[2])))]


def sectors(commune: UUID, council: str | None = None) -> list[Sector]:
    """Those of the commune; with a council, its own and those that several share."""
    found = _lying(Sector.objects.filter(commune=commune), council).order_by("id")
    return sorted(found, key=lambda one: alphabetical(one.name))


def streets(commune: UUID, council: str | None = None) -> list[Street]:
    """As ``sectors``."""
    found = Street.objects.filter(commune=commune).select_related("sector")
    return sorted(_lying(found, council).order_by("id"), key=lambda one: alphabetical(one.name))


def _lying(places: QuerySet[Any], council: str | None) -> QuerySet[Any]:
    return places if council is None else places.filter(council__in=("", council))


def members(household: UUID) -> list[Person]:
    """Everybody whose household this is, those who left included."""
    return list(Person.objects.filter(household=household).order_by("born", "id"))


def living_in(homes: Sequence[UUID], day: date) -> dict[UUID, list[Person]]:
    """Who belongs on that day to each of these households, in the order in which they were written down."""
    found: dict[UUID, list[Person]] = {}
    for start in range(0, len(homes), 500):
        here = Person.objects.filter(household__in=homes[start : start + 500])
        for person in here.exclude(left_on__lte=day).order_by("born", "id"):
            assert person.household is not None
            found.setdefault(person.household, []).append(person)
    return found


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
    """ "Calle Bolívar 45" or "Vereda 3 # 6", as those who may know it read it."""
    street = household.street.name if household.street else ""
    sector = household.sector or (household.street.sector if household.street else None)
    return address_line(sector.name if sector else "", street, household.house)


def households_by_id(ids: Sequence[UUID]) -> dict[UUID, Household]:
    found = Household.objects.filter(pk__in=ids).select_related("street__sector", "sector")
    return {household.id: household for household in found}


def sector_called(commune: UUID, name: str, council: str = "") -> UUID | None:
    """The sector of this name in a council, accents and capitals left aside."""
    wanted = fold(name)
    known = Sector.objects.filter(commune=commune, council=council).values_list("id", "name")
    return next((id for id, called in known if fold(called) == wanted), None)


def street_called(commune: UUID, name: str, sector: UUID | None, council: str = "") -> UUID | None:
    """The street of this name in that sector of a council, accents and capitals left aside."""
    wanted = fold(name)
    there, here = ("sector_id = %s", [sql.uuid_value(sector)]) if sector else ("sector_id IS NULL", [])
    lying = f"FROM territory_street WHERE commune = %s AND council = %s AND {there}"
    which = (sql.uuid_value(commune), council, *here)
    for (called,) in sql.rows(f"SELECT name {lying}", *which):  # all of them, at every new street: names alone
        if fold(called) == wanted:
            found = sql.one(f"SELECT id {lying} AND name = %s", *which, called)
            return UUID(str(found[0])) if found else None
    return None


def person_with_fingerprint(commune: UUID, fingerprint: str) -> UUID | None:
    """Whose identity number has this fingerprint."""
    found = sql.one(
        "SELECT id FROM territory_person WHERE commune = %s AND identity_fingerprint = %s ORDER BY id LIMIT 1",
        sql.uuid_value(commune),
        fingerprint,
    )
    return UUID(str(found[0])) if found else None


def same_in_household(commune: UUID, full_name: str, household: UUID | None) -> bool:
    """Whether somebody who has not left is called the same in that household, accents and capitals left aside;
    among those without a household only by the very same letters."""
    if household is None:
        others = sql.rows(
            "SELECT full_name FROM territory_person WHERE commune = %s AND household IS NULL AND left_on IS NULL"
            " AND full_name = %s LIMIT 1",
            sql.uuid_value(commune),
            full_name,
        )
        return bool(others)
    others = sql.rows(
        "SELECT full_name FROM territory_person WHERE commune = %s AND household = %s AND left_on IS NULL",
        sql.uuid_value(commune),
        sql.uuid_value(household),
    )
    return any(fold(name) == fold(full_name) for (name,) in others)


def relied_on(person: Person) -> bool:
    """Whether rows of any room, above this one too, name this person: who was present, who counted, who signed.
    Where she was is her own entry's, and goes with it."""
    others = [(model, column) for model, column in naming_columns() if model not in (Stay, Belonging)]
    return any(model._base_manager.filter(**{column: person.pk}).exists() for model, column in others)


@cache
def naming_columns() -> tuple[tuple[type[State], str], ...]:
    """Every column of the state, in any room, that may hold the id of a row: foreign keys, and ids without one.
    Ids are unique over all tables, so a column that holds an id speaks of that row."""
    return tuple(
        (model, field.attname)
        for model in of_class(State)
        if issubclass(model, State)
        for field in model._meta.concrete_fields
        if isinstance(field, models.UUIDField | models.ForeignKey)
        and field.attname not in ("id", "commune", "act")  # the act by which the row came is not what it speaks of
    )


def people_by_id(commune: UUID, ids: Sequence[UUID]) -> dict[UUID, Person]:
    """In a few statements, however many."""
    found: dict[UUID, Person] = {}
    for start in range(0, len(ids), 500):
        some = [sql.uuid_value(id) for id in ids[start : start + 500]]
        rows = sql.state_rows(Person, f"id IN ({sql.marks(some)})", *some)
        found |= {row.id: row for row in rows if row.commune == commune}
    return found


def fingerprints_known(commune: UUID, prints: Sequence[str]) -> set[str]:
    """Which of these fingerprints somebody in the books has."""
    found: set[str] = set()
    for start in range(0, len(prints), 500):
        standing = Person.objects.filter(commune=commune, identity_fingerprint__in=prints[start : start + 500])
        found |= set(standing.values_list("identity_fingerprint", flat=True))
    return found


NAMED_IN_A_REFUSAL = 8


def in_the_way_of_undoing(row: CensusImport, learned: Sequence[UUID]) -> list[str]:
    """What was changed since an import or rests on it, in public words: initials, names of streets. At most a
    few; empty when it can be undone."""
    people = Person.objects.filter(commune=row.commune, born=row.born)
    found = [person.initials or "—" for person in people.exclude(touched=row.born)]
    known_before = Person.objects.filter(pk__in=learned).exclude(touched=row.born)
    found += [person.initials or "—" for person in known_before]
    homes = Household.objects.filter(commune=row.commune, born=row.born)
    moved_in = Person.objects.filter(commune=row.commune, household__in=homes.values("id"))
    found += [p.initials or "—" for p in moved_in.exclude(born=row.born).exclude(touched=row.born)]
    for model in (Person, Household, Street, Sector):
        found += _pointed_at(model, row)
    for place in (Street, Sector):
        changed = place.objects.filter(commune=row.commune, born=row.born).exclude(touched=row.born)
        found += list(changed.values_list("name", flat=True))
    found += ["—" for _home in homes.exclude(touched=row.born)[:NAMED_IN_A_REFUSAL]]
    citing = Ground.objects.filter(ground=row.id).values("act")
    found += [str(act_of(verb).label) for verb in Record.objects.filter(pk__in=citing).values_list("verb", flat=True)]
    return list(dict.fromkeys(found))[:NAMED_IN_A_REFUSAL]


def _pointed_at(model: type[State], row: CensusImport) -> list[str]:
    """Rows of this or any room that point at something the import made, and are not part of it."""
    made = model.objects.filter(commune=row.commune, born=row.born)
    found: list[str] = []
    for other, column in naming_columns():
        pointing = other._base_manager.filter(**{f"{column}__in": made.values("id")}).exclude(touched=row.born)
        for target in pointing.values_list(column, flat=True)[:NAMED_IN_A_REFUSAL]:
            thing = made.get(pk=target)
            found.append(getattr(thing, "initials", "") or getattr(thing, "name", "") or "—")
    return found


def search_people(commune: UUID, day: date, words: str, council: str | None = None) -> list[Person]:
    """Who belongs here, or to that council, and has these words in her name, accents and capitals left aside, in any
    order; or has this identity number."""
    number = read_identity(words).number
    if number is not None:
        return list(people_here(commune, day, council).filter(identity_fingerprint=fingerprint(number)))
    wanted = fold(words).split()
    if not wanted:
        return []
    found = [person for person in people_here(commune, day, council) if _holds(fold(person.full_name), wanted)]
    return sorted(found, key=lambda person: alphabetical(person.full_name))


def _holds(name: str, wanted: Sequence[str]) -> bool:
    own = name.split()
    return all(word in name or any(same(word, one) for one in own) for word in wanted)


def households(commune: UUID, council: str | None = None) -> list[Household]:
    """Those of the commune, or of one council."""
    found = Household.objects.filter(commune=commune).select_related("street__sector", "sector")
    return list(found if council is None else found.filter(council=council))
