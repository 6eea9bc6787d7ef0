"""An xlsx file to grids, in one pass and in little memory, whatever the file holds.

The parts of the file are read as events by defusedxml: no tree is built and document types are refused, so a
hostile sheet costs no more than its honest rows (openpyxl, with which we write spreadsheets, builds objects of
everything it meets). Formulas stay text. A block merged downwards gives its value to each of its rows.
"""

from __future__ import annotations

import io
import math
import posixpath
import zipfile
from datetime import datetime
from typing import TypeVar

from defusedxml.expatreader import create_parser

from comuna.territory.reading.cells import text_cell
from comuna.territory.reading.formats import day_of
from comuna.territory.reading.grids import Cell, Fault, Formula, Grid, RawRow, Unreadable
from comuna.territory.reading.limits import Limits
from comuna.territory.reading.sheetxml import Contents, Events, RawCell, Related, Sheet, Styles, Texts
from comuna.territory.reading.text import tidy

H = TypeVar("H", bound=Events)

_CHUNK = 1 << 16


def read_workbook(data: bytes, limits: Limits) -> tuple[Grid, ...]:
    """Raises Unreadable. The bytes must have passed ``limits.check_zip``."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _Book(archive, limits).grids()
    except Unreadable:
        raise
    except Exception as error:  # a hostile file makes unpacking and parsing raise almost anything
        raise Unreadable(Fault.BROKEN) from error


class _Book:
    """The parts of the archive that a list needs."""

    def __init__(self, archive: zipfile.ZipFile, limits: Limits) -> None:
        self.archive, self.limits = archive, limits
        self.members = set(archive.namelist())
        place = min((name for name in self.members if name.endswith("workbook.xml")), key=len)
        self.folder = posixpath.dirname(place)
        contents = self._read(place, Contents())
        related = self._read(posixpath.join(self.folder, "_rels", "workbook.xml.rels"), Related())
        found = [(name, self._path(related.target_of.get(id, "")), hidden) for name, id, hidden in contents.sheets]
        self.sheets = [one for one in found if one[1] in self.members]
        if len(self.sheets) > limits.sheets:
            raise Unreadable(Fault.TOO_MANY_SHEETS, {"sheets": limits.sheets})
        self.from_1904 = contents.counts_from_1904
        self.texts = self._read(self._path(related.of_kind.get("sharedStrings", "")), Texts(limits)).texts
        self.dates = self._read(self._path(related.of_kind.get("styles", "")), Styles()).dates

    def _path(self, target: str) -> str:
        if target.startswith("/"):
            return target.lstrip("/")
        return posixpath.normpath(posixpath.join(self.folder, target)) if target else ""

    def _read(self, member: str, events: H) -> H:
        """Feed one part of the archive to its reader; a part that is not there leaves it empty."""
        if member in self.members:
            parser = create_parser(forbid_dtd=True)
            parser.setContentHandler(events)
            with self.archive.open(member) as source:
                while chunk := source.read(_CHUNK):
                    parser.feed(chunk)
            parser.close()
        return events

    def grids(self) -> tuple[Grid, ...]:
        grids, kept = [], 0
        for name, path, hidden in self.sheets:
            sheet = self._read(path, Sheet(self.limits, kept))
            kept = sheet.kept
            rows = [RawRow(number, self._cells(cells)) for number, cells in enumerate(sheet.rows, start=1)]
            while rows and rows[-1].is_blank:
                rows.pop()
            grids.append(Grid(tidy(name)[:80], _carried_down(rows, sheet.merged), hidden))
        return tuple(grids)

    def _cells(self, raw: dict[int, RawCell]) -> tuple[Cell, ...]:
        cells: list[Cell] = [None] * (max(raw) if raw else 0)
        for column, cell in raw.items():
            cells[column - 1] = self._cell(cell)
        while cells and cells[-1] is None:
            cells.pop()
        return tuple(cells)

    def _cell(self, cell: RawCell) -> Cell:
        if cell.formula is not None:
            return Formula(tidy("=" + cell.formula)[:80])
        if cell.kind == "s":
            return text_cell(self.texts[int(cell.text)], self.limits)
        if cell.kind in ("inlineStr", "str", "e"):
            return text_cell(cell.text, self.limits)
        if cell.kind == "b":
            return "sí" if cell.text.strip() == "1" else "no"
        if cell.kind == "d":
            return datetime.fromisoformat(cell.text.strip()).date()
        return self._number(cell)

    def _number(self, cell: RawCell) -> Cell:
        text = cell.text.strip()
        if not text:
            return None
        number = int(text) if text.lstrip("-").isdigit() else float(text)
        if not math.isfinite(number) or abs(number) >= 1e15:
            return text_cell(text, self.limits)
        if cell.style not in self.dates:
            return int(number) if float(number).is_integer() else number
        day = day_of(number, from_1904=self.from_1904)
        return number if day is None else day


def _carried_down(rows: list[RawRow], merged: list[tuple[int, int, int]]) -> tuple[RawRow, ...]:
    """``merged``: (column, first row, last row), counted from 1."""
    cells = [list(row.cells) for row in rows]
    for column, top, bottom in merged:
        above = cells[top - 1] if top <= len(cells) else []
        value = above[column - 1] if len(above) >= column else None
        if value is None:
            continue
        for below in cells[top:bottom]:
            below.extend([None] * (column - len(below)))
            if below[column - 1] is None:
                below[column - 1] = value
    return tuple(RawRow(row.number, tuple(own)) for row, own in zip(rows, cells, strict=True))
