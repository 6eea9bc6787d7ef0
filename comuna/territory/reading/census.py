"""A whole list: every sheet walked, then doubles taken out, and streets and households settled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from comuna.territory.reading.address import Address
from comuna.territory.reading.columns import nearest_to_a_header
from comuna.territory.reading.grids import Fault, Grid, Place, Unreadable
from comuna.territory.reading.houses import House, with_one_spelling
from comuna.territory.reading.lines import Note, Said
from comuna.territory.reading.marks import Mark
from comuna.territory.reading.namesakes import may_be_one
from comuna.territory.reading.outcome import (
    Census,
    Choices,
    HouseholdRead,
    Listed,
    PersonRead,
    Reason,
    SheetRead,
)
from comuna.territory.reading.text import fold, is_rotation, same
from comuna.territory.reading.walk import Draft, Walk


def read_census(grids: Sequence[Grid], choices: Choices) -> Census:
    """Raises Unreadable when no sheet has the columns of a list of people."""
    walks = _walks(grids, choices)
    if not any(walk.columns for walk in walks):
        _refuse_without_header(grids)
    for walk in walks:
        _refuse_without_place(walk)
    houses: list[House] = []
    listed: list[Listed] = []
    drafts: list[Draft] = []
    for walk in walks:
        walk.go(houses, listed, drafts)
    return _finished(walks, houses, listed, drafts)


def understood(grids: Sequence[Grid], choices: Choices) -> tuple[SheetRead, ...]:
    """What each column was taken for, also of a list that is refused, so that it can be put right from there."""
    return tuple(walk.understood() for walk in _walks(grids, choices))


def _walks(grids: Sequence[Grid], choices: Choices) -> list[Walk]:
    walks: list[Walk] = []
    for number, grid in enumerate(grids):
        before = next((walk for walk in reversed(walks) if walk.columns), None)
        walks.append(Walk(number, grid, choices, before))
    return walks


def _refuse_without_header(grids: Sequence[Grid]) -> None:
    nearest = next(
        (found for grid in grids if not grid.hidden and (found := nearest_to_a_header(grid.rows[:60]))), None
    )
    if nearest:
        headers = ", ".join(column.header for column in nearest[1])
        raise Unreadable(Fault.MISSING_COLUMN, {"column": "name", "found": headers})
    raise Unreadable(Fault.NO_HEADER)


def _refuse_without_place(walk: Walk) -> None:
    if not walk.columns or walk.names_places():
        return
    found = ", ".join(column.header for column in walk.columns if column.header)
    raise Unreadable(Fault.MISSING_COLUMN, {"column": "house", "found": found})


_BY_MARK = {Mark.DIED: Reason.DIED, Mark.MOVED: Reason.MOVED, Mark.EMPTY_HOUSE: Reason.EMPTY_HOUSE}
HouseKey = tuple[str, str, str]


def _finished(walks: Sequence[Walk], houses: list[House], listed: list[Listed], drafts: list[Draft]) -> Census:
    addresses = with_one_spelling([house.address for house in houses])
    known = _Known()
    kept: list[Draft] = []
    for at, said, house in drafts:
        address = addresses[house]
        refused = _BY_MARK.get(said.mark) if said.mark else None
        double = None if refused else known.double_of(said, address)
        if refused or double:
            reason, other = (refused, None) if refused else double or (None, None)
            assert reason is not None
            listed.append(Listed(at, reason, other=other, said=said))
            continue
        if known.has_name(said):
            said.notes.append(Note.SAME_NAME_ELSEWHERE)
        known.add(at, said, address)
        kept.append((at, said, house))
    lived_in = {house for _, _, house in kept}
    rows_kept = {(at.sheet, at.row) for at, _, _ in kept}
    lived_in |= {n for n, h in enumerate(houses) if not h.named and (h.at.sheet, h.at.row) in rows_kept}
    position = {house: n for n, house in enumerate(sorted(lived_in))}
    return Census(
        people=tuple(_person(at, said, position[house]) for at, said, house in kept),
        households=tuple(HouseholdRead(houses[n].at, addresses[n], houses[n].people_said) for n in sorted(lived_in)),
        listed=tuple(sorted(listed, key=lambda one: one.at)),
        sheets=tuple(walk.understood() for walk in walks),
        day=next((walk.day for walk in walks if walk.day), None),
        rows=sum(len(walk.grid.rows) for walk in walks),
    )


def _person(at: Place, said: Said, household: int) -> PersonRead:
    return PersonRead(
        at=at,
        full_name=said.full_name,
        identity=said.identity,
        age_years=said.age_years,
        birth_day=said.birth_day,
        relation=said.relation,
        residence=said.residence,
        health=said.health,
        household=household,
        notes=tuple(dict.fromkeys(said.notes)),
        number_of=said.number_of,
    )


@dataclass
class _Known:
    """Who has been read so far, to find whoever stands in the list twice."""

    by_identity: dict[str, tuple[Place, Said]] = field(default_factory=dict)
    by_house: dict[HouseKey, list[tuple[Place, Said]]] = field(default_factory=dict)
    names: dict[str, int] = field(default_factory=dict)

    def add(self, at: Place, said: Said, address: Address) -> None:
        if said.identity:
            self.by_identity[said.identity] = (at, said)
        if address.has_number:
            self.by_house.setdefault(_house_key(address), []).append((at, said))
        folded = fold(said.full_name)
        self.names[folded] = self.names.get(folded, 0) + 1

    def has_name(self, said: Said) -> bool:
        return fold(said.full_name) in self.names

    def double_of(self, said: Said, address: Address) -> tuple[Reason, Place] | None:
        """Who of those above this is. Of two people with one number the second is taken without it."""
        if said.identity and said.identity in self.by_identity:
            at, other = self.by_identity[said.identity]
            if may_be_one(said.full_name, other.full_name):
                return Reason.SAME_IDENTITY, at
            said.identity, said.number_of = None, at
            said.notes.append(Note.NUMBER_OF_ANOTHER)
            other.notes.append(Note.NUMBER_SHARED)
        for at, other in self.by_house.get(_house_key(address), ()) if address.has_number else ():
            if may_be_the_same(said, other):
                return Reason.SAME_NAME_AND_HOUSE, at
        return None


def _house_key(address: Address) -> HouseKey:
    return fold(address.sector), fold(address.street), fold(address.house)


def may_be_the_same(one: Said, other: Said) -> bool:
    """Equal names in one house; not when their numbers or ages tell them apart, as father and son."""
    mine, theirs = fold(one.full_name), fold(other.full_name)
    if not (same(mine, theirs) or is_rotation(mine, theirs)):
        return False
    if one.identity and other.identity:
        return False
    ages = (one.age_years, other.age_years)
    return ages[0] is None or ages[1] is None or abs(ages[0] - ages[1]) <= 1
