"""What comes of reading a list: people and households, and for every other row the reason why not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from comuna.territory.reading.address import Address
from comuna.territory.reading.columns import Column, Role
from comuna.territory.reading.grids import Place
from comuna.territory.reading.lines import Note, Residence, Said


class Reason(StrEnum):
    """Why a row, or somebody named in it, is listed instead of read."""

    BLANK = "blank"
    TITLE = "title"
    HEADER = "header"
    PLACE = "place-of-the-rows-below"
    TOTAL = "total"
    HIDDEN_SHEET = "hidden-sheet"
    SHEET_WITHOUT_HEADER = "sheet-without-header"
    FORMULA = "formula"
    TOO_LONG = "too-long"
    SEVERAL_ALPHABETS = "several-alphabets"
    CONTINUES = "goes-on"
    NO_NAME = "no-name"
    NOT_A_NAME = "not-a-name"
    FAMILY = "a-family-and-nobody-named"
    NO_HOUSE = "no-house"
    EMPTY_HOUSE = "empty-house"
    DIED = "died"
    MOVED = "moved-away"
    SAME_IDENTITY = "same-identity"
    SAME_NAME_AND_HOUSE = "same-name-and-house"


HARMLESS = {Reason.BLANK, Reason.TITLE, Reason.HEADER, Reason.PLACE, Reason.TOTAL}
"""Rows that were never about anybody."""


ABOUT_NOBODY = HARMLESS | {Reason.CONTINUES, Reason.EMPTY_HOUSE, Reason.SHEET_WITHOUT_HEADER}
"""Nor were these, though somebody may want to see them."""


@dataclass(frozen=True)
class Listed:
    """``column`` is the header of the column that it is about, ``other`` an earlier place in the file."""

    at: Place
    reason: Reason
    column: str = ""
    other: Place | None = None
    said: Said | None = None  # who it would have been


@dataclass(frozen=True)
class PersonRead:
    at: Place
    full_name: str
    identity: str | None
    age_years: int | None
    birth_day: date | None
    relation: str
    residence: Residence
    health: str
    household: int  # position in ``Census.households``
    notes: tuple[Note, ...]
    number_of: Place | None = None  # whose number stood in her row, so that she was taken without it


@dataclass(frozen=True)
class HouseholdRead:
    at: Place
    address: Address
    people_said: int | None  # how many live there, where the list says so


@dataclass(frozen=True)
class SheetRead:
    """How one sheet was understood, so that it can be put right."""

    name: str
    header_row: int | None
    columns: tuple[Column, ...]
    unread: tuple[Column, ...] = ()  # in which something stands that is not taken, because nobody said what it means


@dataclass(frozen=True)
class Choices:
    """What its bringer says of the list. ``columns`` and ``header_rows`` put right what was guessed."""

    today: date
    columns: Mapping[tuple[int, int], Role | None] = field(default_factory=dict)  # (sheet, column from 0)
    header_rows: Mapping[int, int] = field(default_factory=dict)  # sheet to row from 1; 0: there is none


@dataclass(frozen=True)
class Census:
    people: tuple[PersonRead, ...]
    households: tuple[HouseholdRead, ...]
    listed: tuple[Listed, ...]
    sheets: tuple[SheetRead, ...]
    day: date | None  # as the list's title says
    rows: int

    def places(self) -> Iterator[Place]:
        """Where everything read or listed stands."""
        yield from (person.at for person in self.people)
        yield from (one.at for one in self.listed)
