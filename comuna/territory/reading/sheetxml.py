"""The XML inside an xlsx file, part by part, as events: only what a list needs is kept."""

from __future__ import annotations

import re
from dataclasses import dataclass
from xml.sax.handler import ContentHandler
from xml.sax.xmlreader import AttributesImpl

from comuna.territory.reading.formats import shows_a_day
from comuna.territory.reading.grids import Fault, Unreadable
from comuna.territory.reading.limits import Limits

_REF = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_MERGES_READ = 20_000
_STYLES_READ = 65_000


class Events(ContentHandler):
    """Elements by their local names, and the text of those that ask for it (up to a length)."""

    collects: frozenset[str] = frozenset()
    characters_max = 0
    elements_max = 2_500_000  # a full list has 100 cells in each of 10,000 rows, two elements a cell
    depth_max = 50

    def __init__(self) -> None:
        super().__init__()
        self.text: list[str] | None = None
        self.length = self.elements = self.depth = 0

    def begin(self, name: str, attributes: AttributesImpl) -> None:
        """An element begins."""

    def end(self, name: str, text: str) -> None:
        """An element ends; ``text`` is empty where it was not collected."""

    def startElement(self, name: str, attrs: AttributesImpl) -> None:  # noqa: N802  as the parser calls it
        self.elements, self.depth = self.elements + 1, self.depth + 1
        if self.elements > self.elements_max or self.depth > self.depth_max:
            raise Unreadable(Fault.BROKEN)
        local = name.rpartition(":")[2]
        if local in self.collects:
            self.text, self.length = [], 0
        self.begin(local, attrs)

    def endElement(self, name: str) -> None:  # noqa: N802  as the parser calls it
        self.depth -= 1
        local = name.rpartition(":")[2]
        text = "".join(self.text) if self.text is not None and local in self.collects else ""
        if local in self.collects:
            self.text = None
        self.end(local, text)

    def characters(self, content: str) -> None:
        if self.text is not None and self.length <= self.characters_max:
            self.text.append(content)
            self.length += len(content)


class Contents(Events):
    """workbook.xml: the sheets' names, where to find them, and whether they are hidden."""

    def __init__(self) -> None:
        super().__init__()
        self.sheets: list[tuple[str, str, bool]] = []
        self.counts_from_1904 = False

    def begin(self, name: str, attributes: AttributesImpl) -> None:
        if name == "sheet" and len(self.sheets) < 1000:
            related = next((attributes[a] for a in attributes.getNames() if a.endswith(":id")), "")
            hidden = attributes.get("state", "visible") != "visible"
            self.sheets.append((attributes.get("name", ""), related, hidden))
        elif name == "workbookPr":
            self.counts_from_1904 = attributes.get("date1904", "0") in ("1", "true")


class Related(Events):
    """workbook.xml.rels: which part of the archive stands behind an id, or is of a kind."""

    def __init__(self) -> None:
        super().__init__()
        self.target_of: dict[str, str] = {}
        self.of_kind: dict[str, str] = {}

    def begin(self, name: str, attributes: AttributesImpl) -> None:
        if name == "Relationship" and len(self.target_of) < 5000:
            kind, target = attributes.get("Type", "").rpartition("/")[2], attributes.get("Target", "")
            if kind != "chartsheet":
                self.target_of[attributes.get("Id", "")] = target
            self.of_kind.setdefault(kind, target)


class Texts(Events):
    """sharedStrings.xml: the texts that cells refer to by number, without the readings that some carry."""

    collects = frozenset({"t"})

    def __init__(self, limits: Limits) -> None:
        super().__init__()
        self.characters_max = limits.cell_characters + 1
        self.texts: list[str] = []
        self.pieces: list[str] = []
        self.in_reading = False

    def begin(self, name: str, attributes: AttributesImpl) -> None:
        if name == "si":
            self.pieces = []
        elif name == "rPh":
            self.in_reading = True

    def end(self, name: str, text: str) -> None:
        if name == "t" and not self.in_reading and sum(map(len, self.pieces)) <= self.characters_max:
            self.pieces.append(text)
        elif name == "rPh":
            self.in_reading = False
        elif name == "si":
            self.texts.append("".join(self.pieces))


class Styles(Events):
    """styles.xml: which styles show a number as a day."""

    def __init__(self) -> None:
        super().__init__()
        self.formats: dict[int, str] = {}
        self.in_cells = False
        self.count = 0
        self.dates: set[int] = set()

    def begin(self, name: str, attributes: AttributesImpl) -> None:
        if name == "numFmt" and len(self.formats) < _STYLES_READ:
            self.formats[int(attributes.get("numFmtId", "0"))] = attributes.get("formatCode", "")
        elif name == "cellXfs":
            self.in_cells = True
        elif name == "xf" and self.in_cells and self.count < _STYLES_READ:
            number = int(attributes.get("numFmtId", "0"))
            if shows_a_day(number, self.formats.get(number)):
                self.dates.add(self.count)
            self.count += 1

    def end(self, name: str, text: str) -> None:
        if name == "cellXfs":
            self.in_cells = False


@dataclass
class RawCell:
    """One cell as the XML has it."""

    kind: str  # "n", "s", "inlineStr", "str", "b", "e", "d"
    style: int
    text: str = ""
    formula: str | None = None


class Sheet(Events):
    """One sheet: its rows, blank ones included, and the blocks that are merged downwards."""

    collects = frozenset({"v", "t", "f"})

    def __init__(self, limits: Limits, kept: int) -> None:
        super().__init__()
        self.limits, self.kept = limits, kept
        self.characters_max = limits.cell_characters + 1
        self.rows: list[dict[int, RawCell]] = []
        self.merged: list[tuple[int, int, int]] = []
        self.row: dict[int, RawCell] = {}
        self.number = 0
        self.column = 0
        self.cell: RawCell | None = None
        self.in_reading = False

    def begin(self, name: str, attributes: AttributesImpl) -> None:
        if name == "row":
            self._begin_row(int(attributes.get("r") or self.number + 1))
        elif name == "c":
            found = _REF.fullmatch(attributes.get("r", ""))
            self.column = _column(found.group(1)) if found else self.column + 1
            self.cell = RawCell(attributes.get("t", "n"), int(attributes.get("s", "0") or 0))
        elif name == "rPh":
            self.in_reading = True
        elif name == "mergeCell" and len(self.merged) < _MERGES_READ:
            self._merge(attributes.get("ref", ""))

    def end(self, name: str, text: str) -> None:
        if name == "c" and self.cell is not None:
            self._end_cell(self.cell)
        elif name == "row" and self.row:
            self.kept += 1
            if self.kept > self.limits.rows_kept:
                raise Unreadable(Fault.TOO_MANY_ROWS, {"rows": self.limits.rows_kept})
        elif self.cell is not None and name == "f":
            self.cell.formula = text
        elif self.cell is not None and name in ("v", "t") and not self.in_reading:
            if len(self.cell.text) <= self.characters_max:
                self.cell.text += text
        elif name == "rPh":
            self.in_reading = False

    def _begin_row(self, number: int) -> None:
        if number <= self.number:
            raise Unreadable(Fault.BROKEN)
        if number > self.limits.rows_scanned:
            raise Unreadable(Fault.TOO_MANY_ROWS, {"rows": self.limits.rows_kept})
        self.rows.extend({} for _ in range(number - self.number))
        self.number, self.column, self.row = number, 0, self.rows[-1]

    def _end_cell(self, cell: RawCell) -> None:
        self.cell = None
        if not cell.text.strip() and cell.formula is None:
            return
        if self.column > self.limits.columns:
            raise Unreadable(Fault.TOO_MANY_COLUMNS, {"columns": self.limits.columns})
        if self.number:
            self.row[self.column] = cell

    def _merge(self, ref: str) -> None:
        first, _, last = ref.partition(":")
        top, bottom = _REF.fullmatch(first), _REF.fullmatch(last)
        if top and bottom and int(bottom.group(2)) > int(top.group(2)) >= 1:
            self.merged.append((_column(top.group(1)), int(top.group(2)), int(bottom.group(2))))


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = 26 * number + ord(letter) - ord("A") + 1
    return number
