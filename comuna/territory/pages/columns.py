"""Putting right what the columns of a list mean: one choice a column, and the row of the header."""

from __future__ import annotations

import re
from collections.abc import Sequence
from uuid import uuid4

from django.http import QueryDict
from django.utils.translation import gettext as _

from comuna.look.forms import Control, Form, FormPart
from comuna.look.parts import Choice, Part, Section
from comuna.territory.pages.words import ROLES
from comuna.territory.reading.columns import Role
from comuna.territory.reading.formats import column_letters
from comuna.territory.reading.grids import Grid
from comuna.territory.reading.limits import LIMITS
from comuna.territory.reading.outcome import SheetRead

COLUMNS_SHOWN = 40  # of a sheet
SHEETS_SHOWN = 6
LOOKED_AT = 60  # rows, for examples

_COLUMN = re.compile(r"column\.(\d{1,2})\.(\d{1,3})")
_HEADER = re.compile(r"header\.(\d{1,2})")


def form(grids: Sequence[Grid], sheets: Sequence[SheetRead], action: str) -> Part:
    """The form, with what was understood so far."""
    controls: list[Control] = []
    for number, grid in list(enumerate(grids))[:SHEETS_SHOWN]:
        if grid.rows:
            controls += _of_sheet(number, grid, sheets[number], several=len(grids) > 1)
    made = Form(id=uuid4(), button=_("Read the list again"), controls=tuple(controls), action=action)
    words = _("What each column means, as far as it was understood. Change it and the list is read again.")
    return Section(_("Columns"), [FormPart(made)], intro=words)


def _of_sheet(number: int, grid: Grid, sheet: SheetRead, *, several: bool) -> list[Control]:
    where = f"{grid.name}: " if several else ""
    header = sheet.header_row
    row = Control(
        f"header.{number}",
        "number",
        where + _("Row with the names of the columns"),
        _("0 where there is none"),
        optional=True,
        values=("" if header is None else str(header),),
    )
    return [
        row,
        *(_of_column(number, at, grid, sheet, where) for at in range(min(_width(grid), COLUMNS_SHOWN))),
    ]


def _of_column(number: int, at: int, grid: Grid, sheet: SheetRead, where: str) -> Control:
    role = next((column.role for column in sheet.columns if column.at == at), None)
    return Control(
        f"column.{number}.{at}",
        "select",
        where + _("Column {letter}").format(letter=column_letters(at)),
        _examples(grid, at),
        optional=True,
        values=(role.value if role else "",),
        choices=(Choice("", _("not read")), *(Choice(one.value, words) for one, words in ROLES.items())),
    )


def _width(grid: Grid) -> int:
    return max((len(row.cells) for row in grid.rows[:LOOKED_AT]), default=0)


def _examples(grid: Grid, at: int) -> str:
    """The first few things that stand in a column."""
    cells = [row.cells[at] for row in grid.rows[:LOOKED_AT] if at < len(row.cells)]
    texts = [str(cell)[:30] for cell in cells if isinstance(cell, str | int | float)]
    return " · ".join(dict.fromkeys(texts[:4]))


def said(data: QueryDict) -> tuple[dict[tuple[int, int], str], dict[int, int]]:
    """What was chosen: columns to roles, sheets to header rows. What is no choice of ours is left out."""
    roles = {role.value for role in Role} | {""}
    chosen: dict[tuple[int, int], str] = {}
    headers: dict[int, int] = {}
    for name in data:
        value = data.get(name, "").strip()
        if (column := _COLUMN.fullmatch(name)) and value in roles:
            chosen[int(column[1]), int(column[2])] = value
        elif (header := _HEADER.fullmatch(name)) and value.isdecimal() and int(value[:9]) <= LIMITS.rows_scanned:
            headers[int(header[1])] = int(value[:9])
    return chosen, headers
