"""The people, houses and streets of the books, for a list to be held against."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from uuid import UUID

from comuna.journal.sealing import fingerprint
from comuna.territory import queries
from comuna.territory.models import Household, Person
from comuna.territory.reading.address import NO_NUMBER, Address
from comuna.territory.reading.namesakes import adds_a_husband, may_be_one, shares_two_words
from comuna.territory.reading.outcome import PersonRead
from comuna.territory.reading.text import LOST, fold, is_rotation, same


class Conflict(StrEnum):
    """Reasons that only the books can give for listing somebody."""

    IDENTITY_OF_ANOTHER = "identity-of-another"
    MATCHED_TWICE = "matched-twice"
    LEFT = "known-to-have-left"
    STRUCK = "struck-before"
    ERASED = "erased-before"
    OTHER_COUNCIL = "of-another-council"


class Learns(StrEnum):
    """What a list can add to somebody who is in the books without it."""

    AGE = "age"
    IDENTITY = "identity"
    HOUSEHOLD = "household"
    HEALTH = "health"
    RELATION = "relation"
    INITIALS = "initials"
    COUNCIL = "council"


HouseKey = tuple[UUID | None, UUID | None, str]


class Books:
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
        self.homeless_by_word: dict[str, list[Person]] = {}
        for person in self.people.values():
            household = self.households.get(person.household) if person.household else None
            if household is not None:
                self.by_house.setdefault(_house_key(household), []).append(person)
            else:
                self.homeless.setdefault(_sorted_words(person.full_name), []).append(person)
                for word in set(fold(person.full_name).split()):
                    self.homeless_by_word.setdefault(word, []).append(person)
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
            if not known.full_name or may_be_one(read.full_name, known.full_name):
                return known, None
            print_of_it = ""  # mistyped in one of the two: who she is goes by her name
        key = self.key_of(address)
        near = [*(self.by_house.get(key, []) if key else []), *self.homeless.get(_sorted_words(read.full_name), [])]
        for candidate in near:
            if candidate.id not in used and self._may_be(candidate, read, print_of_it):
                return candidate, None
        return None, Conflict.IDENTITY_OF_ANOTHER if known is not None else None

    def perhaps(self, read: PersonRead, address: Address, used: set[UUID]) -> tuple[Person, bool] | None:
        """Somebody of this house, or of no house that is known, who may be the same under a longer or shorter name; and
        whether only a husband's name was added and there is nobody else, so that she may be taken to be her."""
        key = self.key_of(address)
        print_of_it = fingerprint(read.identity) if read.identity else ""
        words = fold(read.full_name).split()
        near = [
            *(self.by_house.get(key, []) if key else []),
            *(p for w in words for p in self.homeless_by_word.get(w, ())),
        ]
        here = [one for one in dict.fromkeys(near) if one.id not in used and self._is_of_here(one)]
        free = [one for one in here if self._not_told_apart(one, read, print_of_it)]
        married = [one for one in free if adds_a_husband(one.full_name, read.full_name)]
        if married:
            return married[0], len(married) == 1
        return next(((one, False) for one in free if shares_two_words(one.full_name, read.full_name)), None)

    def _is_of_here(self, known: Person) -> bool:
        gone = known.left_on is not None and known.left_on <= self.day
        return bool(known.full_name) and not gone and known.council in ("", self.council)

    def _may_be(self, known: Person, read: PersonRead, print_of_it: str) -> bool:
        mine, theirs = fold(read.full_name), fold(known.full_name)
        if not (same(mine, theirs) or is_rotation(mine, theirs)):
            return False
        return self._not_told_apart(known, read, print_of_it)

    def _not_told_apart(self, known: Person, read: PersonRead, print_of_it: str) -> bool:
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
        if read.identity and not known.identity_fingerprint and fingerprint(read.identity) not in self.by_print:
            found.add(Learns.IDENTITY)
        if known.household is None:
            found.add(Learns.HOUSEHOLD)
        if read.health and not known.health_sealed:
            found.add(Learns.HEALTH)
        if read.relation and not known.relation:
            found.add(Learns.RELATION)
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
        called = [street for street in self.streets if same_name(street.name, address.street)]
        if address.sector:
            lying = [s for s in called if s.sector is not None and same_name(s.sector.name, address.sector)]
            return lying[0].id if lying else next((s.id for s in called if s.sector is None), None)
        return called[0].id if len(called) == 1 else next((s.id for s in called if s.sector is None), None)

    def says_its_sector(self, street: UUID) -> bool:
        return any(one.id == street and one.sector_id is not None for one in self.streets)

    def sector_of(self, address: Address) -> UUID | None:
        return next((s.id for s in self.sectors if address.sector and same_name(s.name, address.sector)), None)


def _house_key(household: Household) -> HouseKey:
    return household.street_id, None if household.street_id else household.sector_id, _house_words(household.house)


def _house_words(house: str) -> str:
    return "" if house == NO_NUMBER else fold(house)


def same_name(one: str, other: str) -> bool:
    return one == other or same(fold(one), fold(other))


def _sorted_words(name: str) -> str:
    """Equal for "Pérez Ana" and "Ana Pérez"; of no use for a name with lost letters."""
    return " ".join(sorted(fold(name).replace(LOST, "").split()))
