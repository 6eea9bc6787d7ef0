"""Entries of a spreadsheet of money that came and went, by a mapping of its columns which somebody keeps in a file.
Every row is taken, or named with why not; formulas are text and never computed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field as Limits

from comuna.acts.fields import AccountCode, UnitCode
from comuna.territory.reading.dates import read_day
from comuna.territory.reading.grids import Cell, Formula, Grid, RawRow
from comuna.territory.reading.text import fold
from comuna.treasury.acts.import_table import EntryRow, Posted
from comuna.treasury.plaintext.reading import AMOUNT_MAX, Left, NotTaken, Read, Why, public_line

HEADS_WITHIN = 20  # rows, above which titles may stand
_Head = Annotated[str, Limits(min_length=1, max_length=100)]
_NUMBER = re.compile(r"-?\d+(?:[.,]\d+)*")


class Columns(BaseModel):
    """What stands where. Heads are compared without accents and capitals."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    day: _Head
    words: _Head
    came: _Head  # what came in
    went: _Head  # what went out
    reference: _Head | None = None
    account: _Head | None = None  # codes of what it is; where a row has none, or there is no such column:
    unit: UnitCode
    place: AccountCode  # where the money is
    income: AccountCode
    expense: AccountCode
    by_words: dict[str, AccountCode] = {}  # what a row is, by its words


class NoSuchColumn(LookupError):
    """No row among the first has all of these heads. Says which were looked for."""


def read_sheet(
    grid: Grid, columns: Columns, accounts: Mapping[str, str], units: Mapping[str, int], today: date
) -> Read:
    """In the order of days. ``accounts`` gives the kind of each code, ``units`` the decimals of each unit.

    Raises NoSuchColumn.
    """
    start, places = _heads(grid, columns)
    known = columns.model_copy(update={"by_words": {fold(key): code for key, code in columns.by_words.items()}})
    read, taken = Read(), []
    for raw in grid.rows[start:]:
        cells = {name: raw.cells[place] if place < len(raw.cells) else None for name, place in places.items()}
        if all(cell is None or isinstance(cell, Formula) for cell in cells.values()):
            continue  # an empty line, or one that only adds up
        try:
            taken.append(_entry(cells, known, accounts, units, today))
        except NotTaken as fault:
            read.left.append(Left(raw.number, fault.why, fault.what))
    for row, words, reference in sorted(taken, key=lambda one: one[0].day):  # what came in before it went out
        read.add(row, words, reference)
    return read


def _heads(grid: Grid, columns: Columns) -> tuple[int, dict[str, int]]:
    """After which row the entries begin, and where each column stands."""
    named = ("day", "words", "came", "went", "reference", "account")
    return heads_in(grid, {name: head for name in named if (head := getattr(columns, name))})


def heads_in(grid: Grid, heads: Mapping[str, str]) -> tuple[int, dict[str, int]]:
    """After which row the rows of a table begin that has these heads, and where each stands. Raises NoSuchColumn."""
    wanted = {name: fold(head) for name, head in heads.items()}
    for start, raw in enumerate(grid.rows[:HEADS_WITHIN], start=1):
        found = _folded(raw)
        if set(wanted.values()) <= set(found):
            return start, {name: found.index(head) for name, head in wanted.items()}
    raise NoSuchColumn(", ".join(sorted(wanted.values())))


def _folded(raw: RawRow) -> list[str]:
    return [fold(cell) if isinstance(cell, str) else "" for cell in raw.cells]


def _entry(
    cells: Mapping[str, Cell], columns: Columns, accounts: Mapping[str, str], units: Mapping[str, int], today: date
) -> tuple[EntryRow, str, str]:
    day = read_day(cells["day"], today)
    if day is None:
        raise NotTaken(Why.DAY, said_in(cells["day"]))
    words, reference = public_line(said_in(cells["words"])), public_line(said_in(cells.get("reference")))
    came, went = (_amount(cells[name], columns.unit, units) for name in ("came", "went"))
    if bool(came) == bool(went):
        raise NotTaken(Why.SIDES)
    given = said_in(cells.get("account"))
    other = given or columns.by_words.get(fold(words)) or (columns.income if came else columns.expense)
    for code in (columns.place, other):
        if code not in accounts:
            raise NotTaken(Why.ACCOUNT, code)
    amount = came - went
    lines = [Posted(columns.place, columns.unit, str(amount)), Posted(other, columns.unit, str(-amount))]
    return EntryRow(day=day, lines=lines, reference=bool(reference), words=bool(words)), words, reference


def said_in(cell: Cell) -> str:
    """The text of a cell."""
    if isinstance(cell, Formula):
        return cell.text
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip() if isinstance(cell, str | int | float | date) else ""


def _amount(cell: Cell, unit: str, units: Mapping[str, int]) -> int:
    """In the smallest part of the unit; 0 for an empty cell."""
    if unit not in units:
        raise NotTaken(Why.UNIT, unit)
    if cell is None:
        return 0
    if isinstance(cell, Formula):
        raise NotTaken(Why.FORMULA, cell.text[:80])
    exact = Decimal(repr(cell)) if isinstance(cell, int | float) else _number(said_in(cell), units[unit])
    if exact is None:
        raise NotTaken(Why.NUMBER, said_in(cell)[:80])
    whole = exact.scaleb(units[unit])
    if whole != whole.to_integral_value() or not 0 <= whole <= AMOUNT_MAX:
        raise NotTaken(Why.AMOUNT, f"{cell} {unit}")
    return int(whole)


def _number(text: str, decimals: int) -> Decimal | None:
    """``1.940,00`` and ``1,940.00`` and ``1940`` are the same. ``1.940`` is it too, except in a unit of three decimals
    or more, where nobody can tell: None, as for what is no number."""
    found = _NUMBER.search(text.replace(" ", ""))
    if found is None or re.search(r"\d", text.replace(" ", "").replace(found[0], "", 1)):
        return None
    number = found[0]
    signs = re.findall(r"[.,]", number)
    last = re.split(r"[.,]", number)[-1]
    if not signs:
        return Decimal(number)
    grouped = len(last) == 3 and len(set(signs)) == 1
    if grouped and len(signs) == 1 and decimals >= 3:
        return None
    if not grouped and signs.count(signs[-1]) > 1:
        return None
    digits = re.sub(r"[.,]", "", number)
    return Decimal(digits) if grouped else Decimal(f"{digits[: -len(last)]}.{last}")
