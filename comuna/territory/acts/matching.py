"""A list that has been read, held against the books: who is new, who is known, which street is which.

All of it is worked out before the door is opened, from four statements; ``ImportCensus.check`` then only makes
sure that nothing of it has changed meanwhile.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from uuid import UUID

from comuna.acts.act import row_key
from comuna.journal.sealing import fingerprint
from comuna.territory import queries
from comuna.territory.models import Household, Person
from comuna.territory.reading.address import NO_NUMBER, Address
from comuna.territory.reading.grids import Place
from comuna.territory.reading.outcome import Census, Listed, PersonRead
from comuna.territory.reading.text import LOST, fold, is_rotation, same, share_a_word


class Outcome(StrEnum):
    TAKEN = "taken"  # new to the books
    MATCHED = "matched"  # somebody who is in them
    LISTED = "listed"  # nobody is taken, with the reason


class Conflict(StrEnum):
    """Reasons that only the books can give for listing somebody."""

    IDENTITY_OF_ANOTHER = "identity-of-another"
    MATCHED_TWICE = "matched-twice"
    LEFT = "known-to-have-left"
    OTHER_COUNCIL = "of-another-council"


class Learns(StrEnum):
    """What a list can add to somebody who is in the books without it."""

    AGE = "age"
    IDENTITY = "identity"
    HOUSEHOLD = "household"
    HEALTH = "health"
    INITIALS = "initials"
    COUNCIL = "council"


@dataclass(frozen=True)
class Line:
    """What becomes of one line of the list: exactly one of the three outcomes."""

    at: Place
    outcome: Outcome
    person: UUID | None = None  # taken or matched
    read: PersonRead | None = None
    listed: Listed | None = None
    conflict: Conflict | None = None
    learns: frozenset[Learns] = frozenset()


@dataclass(frozen=True)
class Home:
    """A household that the import will make."""

    id: UUID
    street: UUID | None
    sector: UUID | None
    house: str
    people_said: int | None


@dataclass(frozen=True)
class Plan:
    """Everything an import will write, with every line of the list accounted for."""

    act: UUID
    lines: tuple[Line, ...]
    sectors: tuple[tuple[UUID, str], ...]  # new ones: id, name
    streets: tuple[tuple[UUID, str, UUID | None], ...]  # new ones: id, name, sector
    homes: tuple[Home, ...]  # new ones
    home_of: dict[int, UUID]  # position of a household in the list to its id, new or known
    rows: int
    council: str = ""  # slug of the council whose list it is

    def of(self, outcome: Outcome) -> list[Line]:
        return [line for line in self.lines if line.outcome is outcome]

    @property
    def rows_listed(self) -> int:
        """Rows of the file from which nobody was taken or matched."""
        someone = {(line.at.sheet, line.at.row) for line in self.lines if line.outcome is not Outcome.LISTED}
        return len({(line.at.sheet, line.at.row) for line in self.lines} - someone)


def plan(census: Census, commune: UUID, act: UUID, day: date, council: str = "") -> Plan:
    """What importing this list, of a council where the books have several, under that act id would do to the books as
    they are on ``day``."""
    books = _Books(commune, day, council)
    matched = list(_matched(census, books, act))
    lines = [*matched, *(Line(one.at, Outcome.LISTED, listed=one) for one in census.listed)]
    places = _Places(books, act)
    home_of, homes = _homes(census, matched, books, places, act)
    return Plan(
        act=act,
        lines=tuple(sorted(lines, key=lambda one: one.at)),
        sectors=tuple(places.new_sectors.items()),
        streets=tuple((id, name, sector) for id, (name, sector) in places.new_streets.items()),
        homes=tuple(homes),
        home_of=home_of,
        rows=census.rows,
        council=council,
    )


def person_key(act: UUID, at: Place) -> UUID:
    """The id of somebody whom an import takes from this place of the list."""
    return row_key(act, "person", at.sheet, at.row, at.part)


def _matched(census: Census, books: _Books, act: UUID) -> Iterator[Line]:
    used: set[UUID] = set()
    for read in census.people:
        known, conflict = books.find(read, census.households[read.household].address, used)
        if conflict is None and known is not None and known.left_on is not None and known.left_on <= books.day:
            conflict = Conflict.LEFT
        if conflict is None and known is not None and known.council not in ("", books.council):
            conflict = Conflict.OTHER_COUNCIL
        if conflict is not None:
            yield Line(read.at, Outcome.LISTED, read=read, conflict=conflict)
        elif known is None:
            yield Line(read.at, Outcome.TAKEN, person_key(act, read.at), read)
        else:
            used.add(known.id)
            yield Line(read.at, Outcome.MATCHED, known.id, read, learns=books.learns(known, read))


def _homes(
    census: Census, lines: list[Line], books: _Books, places: _Places, act: UUID
) -> tuple[dict[int, UUID], list[Home]]:
    """The household of everybody taken: one of the books where a member is known there, else a new one."""
    home_of: dict[int, UUID] = {}
    wanted: set[int] = set()
    rows_taken = {(line.at.sheet, line.at.row) for line in lines if line.outcome is Outcome.TAKEN}
    for line in lines:
        assert line.read is not None
        household = books.people[line.person].household if line.outcome is Outcome.MATCHED and line.person else None
        if household is not None:
            home_of.setdefault(line.read.household, household)
        if line.outcome is Outcome.TAKEN or Learns.HOUSEHOLD in line.learns:
            wanted.add(line.read.household)
    named = {line.read.household for line in lines if line.read}
    homes: list[Home] = []
    for number, read in enumerate(census.households):
        unnamed = number not in named and (read.at.sheet, read.at.row) in rows_taken
        if number in home_of or not (number in wanted or unnamed):
            continue
        waiting = books.take_unnamed(read.address) if not unnamed else None
        if waiting is None:
            street, sector = places.of(read.address)
            waiting = row_key(act, "household", number)
            homes.append(Home(waiting, street, sector, read.address.house, read.people_said))
        home_of[number] = waiting
    return home_of, homes


HouseKey = tuple[UUID | None, UUID | None, str]


class _Books:
    """The people, houses and streets of a commune on a day, to look things up in."""

    def __init__(self, commune: UUID, day: date, council: str) -> None:
        self.day, self.council = day, council
        self.people: dict[UUID, Person] = {p.id: p for p in Person.objects.filter(commune=commune)}
        homes = Household.objects.filter(commune=commune, council=council)
        self.households: dict[UUID, Household] = {home.id: home for home in homes}
        self.streets = [one for one in queries.streets(commune) if one.council == council]
        self.sectors = [one for one in queries.sectors(commune) if one.council == council]
        self.by_print = {p.identity_fingerprint: p for p in self.people.values() if p.identity_fingerprint}
        self.by_house: dict[HouseKey, list[Person]] = {}
        self.homeless: dict[str, list[Person]] = {}
        for person in self.people.values():
            household = self.households.get(person.household) if person.household else None
            if household is not None:
                self.by_house.setdefault(_house_key(household), []).append(person)
            else:
                self.homeless.setdefault(_sorted_words(person.full_name), []).append(person)
        lived_in = {person.household for person in self.people.values()}
        self.unnamed: dict[HouseKey, list[UUID]] = {}
        for household in self.households.values():
            if household.id not in lived_in:
                self.unnamed.setdefault(_house_key(household), []).append(household.id)

    def find(self, read: PersonRead, address: Address, used: set[UUID]) -> tuple[Person | None, Conflict | None]:
        """Who of the books this is: by identity number, by name and house, or by name where no house is known."""
        print_of_it = fingerprint(read.identity) if read.identity else ""
        known = self.by_print.get(print_of_it) if print_of_it else None
        if known is not None:
            if known.id in used:
                return None, Conflict.MATCHED_TWICE
            alike = not known.full_name or share_a_word(fold(read.full_name), fold(known.full_name))
            return (known, None) if alike else (None, Conflict.IDENTITY_OF_ANOTHER)
        key = self.key_of(address)
        near = [*(self.by_house.get(key, []) if key else []), *self.homeless.get(_sorted_words(read.full_name), [])]
        for candidate in near:
            if candidate.id not in used and self._may_be(candidate, read, print_of_it):
                return candidate, None
        return None, None

    def _may_be(self, known: Person, read: PersonRead, print_of_it: str) -> bool:
        mine, theirs = fold(read.full_name), fold(known.full_name)
        if not (same(mine, theirs) or is_rotation(mine, theirs)):
            return False
        if print_of_it and known.identity_fingerprint:
            return False  # two numbers, two people
        age, said = queries.age_on(known, self.day), read.age_years
        return age is None or said is None or abs(age - said) <= 2

    def learns(self, known: Person, read: PersonRead) -> frozenset[Learns]:
        """What the list says of somebody and the books do not know."""
        found = set()
        age_known = known.birth_day is not None or known.age_years is not None
        if not age_known and (read.birth_day is not None or read.age_years is not None):
            found.add(Learns.AGE)
        if read.identity and not known.identity_fingerprint:
            found.add(Learns.IDENTITY)
        if known.household is None:
            found.add(Learns.HOUSEHOLD)
        if read.health and not known.health_sealed:
            found.add(Learns.HEALTH)
        if not known.initials:
            found.add(Learns.INITIALS)
        if self.council and not known.council:
            found.add(Learns.COUNCIL)
        return frozenset(found)

    def take_unnamed(self, address: Address) -> UUID | None:
        """A household of the books at this address in which nobody is named yet; each is given once."""
        key = self.key_of(address)
        waiting = self.unnamed.get(key) if key and address.has_number else None
        return waiting.pop(0) if waiting else None

    def key_of(self, address: Address) -> HouseKey | None:
        """None when the street or sector is not in the books."""
        street, sector = self.street_of(address), self.sector_of(address)
        if (address.street and street is None) or (not address.street and address.sector and sector is None):
            return None
        return street, None if street else sector, _house_words(address.house)

    def street_of(self, address: Address) -> UUID | None:
        if not address.street:
            return None
        called = [street for street in self.streets if _same_name(street.name, address.street)]
        if address.sector:
            lying = [s for s in called if s.sector is not None and _same_name(s.sector.name, address.sector)]
            return lying[0].id if lying else next((s.id for s in called if s.sector is None), None)
        return called[0].id if len(called) == 1 else next((s.id for s in called if s.sector is None), None)

    def says_its_sector(self, street: UUID) -> bool:
        return any(one.id == street and one.sector_id is not None for one in self.streets)

    def sector_of(self, address: Address) -> UUID | None:
        return next((s.id for s in self.sectors if address.sector and _same_name(s.name, address.sector)), None)


@dataclass
class _Places:
    """Streets and sectors of the books, and the new ones that the list asks for."""

    books: _Books
    act: UUID
    new_sectors: dict[UUID, str] = field(default_factory=dict)
    new_streets: dict[UUID, tuple[str, UUID | None]] = field(default_factory=dict)

    def of(self, address: Address) -> tuple[UUID | None, UUID | None]:
        """(street, sector) of a household; the sector only where the street does not say it."""
        street = self.books.street_of(address)
        if street is not None:
            return street, None if self.books.says_its_sector(street) else self._sector(address)
        sector = self._sector(address)
        if not address.street:
            return None, sector
        for id, (name, lies_in) in self.new_streets.items():
            if _same_name(name, address.street) and lies_in == sector:
                return id, None
        id = row_key(self.act, "street", len(self.new_streets))
        self.new_streets[id] = (address.street, sector)
        return id, None

    def _sector(self, address: Address) -> UUID | None:
        if not address.sector:
            return None
        known = self.books.sector_of(address)
        if known is not None:
            return known
        for id, name in self.new_sectors.items():
            if _same_name(name, address.sector):
                return id
        id = row_key(self.act, "sector", len(self.new_sectors))
        self.new_sectors[id] = address.sector
        return id


def _house_key(household: Household) -> HouseKey:
    return household.street_id, None if household.street_id else household.sector_id, _house_words(household.house)


def _house_words(house: str) -> str:
    return "" if house == NO_NUMBER else fold(house)


def _same_name(one: str, other: str) -> bool:
    return one == other or same(fold(one), fold(other))


def _sorted_words(name: str) -> str:
    """Equal for "Pérez Ana" and "Ana Pérez"; of no use for a name with lost letters."""
    return " ".join(sorted(fold(name).replace(LOST, "").split()))
