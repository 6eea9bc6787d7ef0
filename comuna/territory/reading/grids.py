"""What every reader of a file gives: grids of cells, and the one way of saying that a file cannot be read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


@dataclass(frozen=True)
class Formula:
    """A cell that asks to be computed. It is shown as text and never evaluated."""

    text: str


@dataclass(frozen=True)
class TooLong:
    """A cell with more characters than any cell of a list has; only its size is kept."""

    characters: int


Cell = str | int | float | date | Formula | TooLong | None


@dataclass(frozen=True)
class RawRow:
    number: int  # as the spreadsheet counts, from 1
    cells: tuple[Cell, ...]

    @property
    def is_blank(self) -> bool:
        return all(cell is None for cell in self.cells)


@dataclass(frozen=True)
class Grid:
    """One sheet, up to its last row that holds anything."""

    name: str
    rows: tuple[RawRow, ...]
    hidden: bool = False


@dataclass(frozen=True, order=True)
class Place:
    """Where in the file something stands: which sheet, which row, and which of several people in the row."""

    sheet: int
    row: int
    part: int = 0


class Fault(StrEnum):
    """Why a file as a whole cannot be read."""

    EMPTY = "file-empty"
    TOO_LARGE = "file-too-large"
    UNPACKS_TOO_LARGE = "file-unpacks-too-large"
    TOO_MANY_ROWS = "too-many-rows"
    TOO_MANY_COLUMNS = "too-many-columns"
    TOO_MANY_SHEETS = "too-many-sheets"
    OLD_FORMAT = "old-spreadsheet-format"
    OTHER_FORMAT = "other-format"
    BROKEN = "file-broken"
    NO_HEADER = "no-header"
    MISSING_COLUMN = "missing-column"


@dataclass
class Unreadable(Exception):
    """The file was refused. ``details`` are figures and names to be put into the words; never a person's."""

    fault: Fault
    details: Mapping[str, str | int] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.fault}: {dict(self.details)}"
