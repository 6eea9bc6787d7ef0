"""An xlsx file to grids: openpyxl in read-only mode over defusedxml, formulas kept as text.

Read-only sheets do not tell their merged cells, so these are picked out of the sheet's XML beside it: a
block merged downwards gives its value to each of its rows.
"""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

import openpyxl
from openpyxl.cell.read_only import EMPTY_CELL
from openpyxl.utils.cell import range_boundaries
from openpyxl.worksheet._read_only import ReadOnlyWorksheet
from openpyxl.xml import DEFUSEDXML

from comuna.territory.reading.grids import Cell, Fault, Formula, Grid, RawRow, TooLong, Unreadable
from comuna.territory.reading.limits import Limits
from comuna.territory.reading.text import tidy

_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?\bref="([A-Z]{1,3}[0-9]{1,7}:[A-Z]{1,3}[0-9]{1,7})"')
_CHUNK = 1 << 20
_MERGES_READ = 20_000


def read_workbook(data: bytes, limits: Limits) -> tuple[Grid, ...]:
    """Raises Unreadable. The bytes must have passed ``limits.check_zip``."""
    assert DEFUSEDXML, "openpyxl must parse through defusedxml"
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about styles and extensions that no list needs
            return _sheets(data, limits)
    except Unreadable:
        raise
    except Exception as error:  # a hostile workbook makes the parser raise almost anything
        raise Unreadable(Fault.BROKEN) from error


def _sheets(data: bytes, limits: Limits) -> tuple[Grid, ...]:
    book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=False, keep_links=False)
    try:
        sheets = [sheet for sheet in book.worksheets if isinstance(sheet, ReadOnlyWorksheet)]
        if len(sheets) > limits.sheets:
            raise Unreadable(Fault.TOO_MANY_SHEETS, {"sheets": limits.sheets})
        grids, kept = [], 0
        for sheet in sheets:
            rows = _rows(sheet, limits, kept)
            kept += sum(not row.is_blank for row in rows)
            grids.append(Grid(tidy(str(sheet.title)), _carried_down(rows, _merged(data, sheet))))
        return tuple(grids)
    finally:
        book.close()


def _rows(sheet: ReadOnlyWorksheet, limits: Limits, kept: int) -> list[RawRow]:
    """The sheet's rows up to the last one that holds anything."""
    sheet.reset_dimensions()  # what a sheet says of its size is often wrong
    rows: list[RawRow] = []
    blank_since = 0
    cells_by_row: Iterator[tuple[Any, ...]] = sheet.iter_rows(  # type: ignore[misc]  # its stubs say only Worksheet
        max_col=limits.columns + 1, values_only=False
    )
    for number, cells in enumerate(cells_by_row, start=1):
        if number > limits.rows_scanned:
            raise Unreadable(Fault.TOO_MANY_ROWS, {"rows": limits.rows_kept})
        values = [None if cell is EMPTY_CELL else _cell(cell.value, cell.data_type, limits) for cell in cells]
        while values and values[-1] is None:
            values.pop()
        if len(values) > limits.columns:
            raise Unreadable(Fault.TOO_MANY_COLUMNS, {"columns": limits.columns})
        rows.append(RawRow(number, tuple(values)))
        blank_since = 0 if values else blank_since + 1
        kept += bool(values)
        if kept > limits.rows_kept:
            raise Unreadable(Fault.TOO_MANY_ROWS, {"rows": limits.rows_kept})
    return rows[: len(rows) - blank_since]


def _cell(value: Any, data_type: str, limits: Limits) -> Cell:
    if value is None or isinstance(value, bool | int | float):
        return value if not isinstance(value, bool) else ("sí" if value else "no")
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, time | timedelta):
        return str(value)
    if data_type == "f" or not isinstance(value, str):
        return Formula(tidy(str(getattr(value, "text", value)))[:80])
    return text_cell(value, limits)


def text_cell(value: str, limits: Limits) -> Cell:
    """A text as a cell: tidied, and told apart from formulas, which spreadsheets also run from plain text."""
    if len(value) > limits.cell_characters:
        return TooLong(len(value))
    words = tidy(value, keep_lines=True)
    if _FORMULA.match(words):
        return Formula(words[:80])
    return words or None


_FORMULA = re.compile(r"[=＝]|@\w+\(|[+-][^\d\s.,-].*[(!|]")


def _merged(data: bytes, sheet: ReadOnlyWorksheet) -> list[tuple[int, int, int]]:
    """Blocks merged downwards: (first column, first row, last row), counted from 1."""
    path: str = sheet._worksheet_path  # type: ignore[attr-defined]  # openpyxl has no public name for it
    found = []
    with zipfile.ZipFile(io.BytesIO(data)) as archive, archive.open(path) as source:
        for ref in _matches(source):
            left, top, _right, bottom = (edge or 0 for edge in range_boundaries(ref.decode()))
            if bottom > top:
                found.append((left, top, bottom))
            if len(found) > _MERGES_READ:
                break
    return found


def _matches(source: Any) -> Iterator[bytes]:
    tail = b""
    while chunk := source.read(_CHUNK):
        window = tail + chunk
        end = 0
        for match in _MERGED.finditer(window):
            end = match.end()
            yield match.group(1)
        tail = window[max(end, len(window) - 300) :]


def _carried_down(rows: list[RawRow], merged: list[tuple[int, int, int]]) -> tuple[RawRow, ...]:
    cells = {row.number: list(row.cells) for row in rows} if merged else {}
    last = rows[-1].number if rows else 0
    for column, top, bottom in merged:
        above = cells.get(top, [])
        value = above[column - 1] if len(above) >= column else None
        if value is None:
            continue
        for number in range(top + 1, min(bottom, last) + 1):
            below = cells[number]
            below.extend([None] * (column - len(below)))
            if below[column - 1] is None:
                below[column - 1] = value
    return tuple(RawRow(row.number, tuple(cells[row.number])) for row in rows) if merged else tuple(rows)
