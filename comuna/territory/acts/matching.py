"""A list that has been read, held against the books: who is new, who is known, which street is which.

All of it is worked out before the door is opened, from four statements; ``ImportCensus.check`` then only makes
sure that nothing of it has changed meanwhile.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from uuid import UUID

from comuna.acts.act import row_key
from comuna.territory.acts.earlier import Earlier
from comuna.territory.acts.known import Books, Conflict, Learns, same_name
from comuna.territory.acts.rows import person_key
from comuna.territory.reading.address import Address
from comuna.territory.reading.grids import Place
from comuna.territory.reading.outcome import Census, Listed, PersonRead


class Outcome(StrEnum):
    TAKEN = "taken"  # new to the books
    MATCHED = "matched"  # somebody who is in them
    LISTED = "listed"  # nobody is taken, with the reason


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
    perhaps: str = ""  # how somebody of the books is called who may be the same; matched is taken to be her


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


def plan(
    census: Census,
    commune: UUID,
    act: UUID,
    day: date,
    council: str = "",
    same: Mapping[Place, bool] | None = None,
    digest: str = "",
) -> Plan:
    """What importing this list, of a council where the books have several, under that act id would do to the books as
    they are on ``day``. ``same`` is what its bringer says of those who may be somebody of the books, ``digest`` that of
    the file."""
    books = Books(commune, day, council)
    matched = _matched(census, books, act, same or {}, Earlier(commune, digest))
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


def _matched(census: Census, books: Books, act: UUID, same: Mapping[Place, bool], earlier: Earlier) -> list[Line]:
    """Who is surely in the books, then who may be: so that a likeness takes nobody away from her own row."""
    used: set[UUID] = set()
    lines = [_line(read, census, books, act, used, earlier) for read in census.people]
    return [_perhaps(line, census, books, used, same) if line.outcome is Outcome.TAKEN else line for line in lines]


def _line(read: PersonRead, census: Census, books: Books, act: UUID, used: set[UUID], earlier: Earlier) -> Line:
    known, conflict = books.find(read, census.households[read.household].address, used)
    if conflict is None and known is not None and known.left_on is not None and known.left_on <= books.day:
        conflict = Conflict.LEFT
    if conflict is None and known is not None and known.council not in ("", books.council):
        conflict = Conflict.OTHER_COUNCIL
    if conflict is None and known is None:
        conflict = earlier.says(read)
    if conflict is not None:
        return Line(read.at, Outcome.LISTED, read=read, conflict=conflict)
    if known is None:
        return Line(read.at, Outcome.TAKEN, person_key(act, read.at), read)
    used.add(known.id)
    return Line(read.at, Outcome.MATCHED, known.id, read, learns=books.learns(known, read))


def _perhaps(line: Line, census: Census, books: Books, used: set[UUID], same: Mapping[Place, bool]) -> Line:
    assert line.read is not None
    found = books.perhaps(line.read, census.households[line.read.household].address, used)
    if found is None:
        return line
    known, likely = found
    if not same.get(line.at, likely):
        return replace(line, perhaps=known.full_name)
    used.add(known.id)
    learns = books.learns(known, line.read)
    return Line(line.at, Outcome.MATCHED, known.id, line.read, learns=learns, perhaps=known.full_name)


def _homes(
    census: Census, lines: list[Line], books: Books, places: _Places, act: UUID
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


@dataclass
class _Places:
    """Streets and sectors of the books, and the new ones that the list asks for."""

    books: Books
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
            if same_name(name, address.street) and lies_in == sector:
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
            if same_name(name, address.sector):
                return id
        id = row_key(self.act, "sector", len(self.new_sectors))
        self.new_sectors[id] = address.sector
        return id
