"""A CSV file to rows of named cells: its letters, its separator and the order of its columns are found out."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from pydantic_core import PydanticCustomError

from comuna.acts.letters import clean, one_line
from comuna.assemblies.papers.findings import Finding, Found, Table
from comuna.territory.reading.separated import decoded
from comuna.territory.reading.text import fold, tidy

BYTES_MAX = 8 * 1024 * 1024  # of all four together
ROWS_MAX = {Table.SESSIONS: 2_000, Table.ATTENDANCE: 40_000, Table.MOTIONS: 20_000, Table.VOTES: 200_000}
LINE_MAX, TEXT_MAX = 200, 20_000  # characters, as an act's fields hold them
FILES = {table: f"{table.value}.csv" for table in Table}

COLUMNS: dict[Table, dict[str, tuple[str, ...]]] = {
    Table.SESSIONS: {
        "session": ("sesion", "session id", "id", "numero", "codigo", "asamblea", "meeting"),
        "organ": ("instancia", "organo", "body", "comite", "committee"),
        "title": ("titulo", "nombre", "name"),
        "held_on": ("fecha", "dia", "date", "day", "celebrada el", "fecha de la sesion"),
        "called_at": ("hora", "time", "hour", "hora de inicio", "llamado", "convocada a las"),
        "place": ("lugar", "sitio", "location"),
    },
    Table.ATTENDANCE: {
        "session": ("sesion", "session id", "asamblea", "meeting"),
        "name": ("nombre", "nombre y apellido", "apellidos y nombres", "miembro", "member"),
        "status": ("estado", "asistencia", "attendance", "condicion"),
        "arrived_at": ("llegada", "hora de llegada", "llego a las", "arrived", "entrada"),
        "left_at": ("salida", "hora de salida", "se retiro a las", "left", "retiro"),
    },
    Table.MOTIONS: {
        "motion": ("mocion", "proposicion", "propuesta", "motion id", "id", "numero", "codigo"),
        "session": ("sesion", "session id", "asamblea", "meeting"),
        "item": ("punto", "asunto", "agenda item", "punto de agenda"),
        "text": ("texto", "contenido", "motion text"),
        "moved_by": ("proponente", "propuesta por", "mover", "proposer", "presentada por"),
        "seconded_by": ("secundada por", "apoyada por", "seconder", "secundante"),
        "method": ("metodo", "forma", "forma de votacion", "como se voto"),
        "result": ("resultado", "decision", "outcome"),
        "for": ("a favor", "favor", "votos a favor", "yes", "yeas", "votes for"),
        "against": ("en contra", "contra", "votos en contra", "no", "nays", "votes against"),
        "abstain": ("abstenciones", "abstencion", "abstentions", "abstained"),
        "amends": ("enmienda", "enmienda a", "modifica", "modifica a", "amendment of"),
    },
    Table.VOTES: {
        "motion": ("mocion", "proposicion", "propuesta", "motion id"),
        "name": ("nombre", "nombre y apellido", "apellidos y nombres", "miembro", "member", "voter", "votante"),
        "choice": ("voto", "vote", "opcion", "option", "sentido", "sentido del voto"),
    },
}
"""The columns of each table, with other words for their headings (folded)."""

NEEDED = {
    Table.SESSIONS: ("session", "held_on"),
    Table.ATTENDANCE: ("session", "name"),
    Table.MOTIONS: ("motion", "session"),
    Table.VOTES: ("motion", "name", "choice"),
}
_LONG = {"text"}
_SEPARATORS = ",;\t|"
_FORMULA = re.compile(r"\s*(?:[=＝]|@\w+\(|[+-][^\d\s.,-]+[(!|])")


@dataclass
class NotATable(Exception):
    """A file that cannot be read at all. ``why`` is ``too-large``, ``too-many-rows``, ``empty``, ``not-csv`` or
    ``missing-column``, the column being ``detail``; ``there`` are the headings that were found."""

    table: Table
    why: str
    detail: str = ""
    there: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.table}: {self.why} {self.detail}"


@dataclass(frozen=True)
class Line:
    """One row that holds something."""

    number: int
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")


@dataclass
class Lines:
    """A table, its columns known by our names."""

    table: Table
    lines: list[Line] = field(default_factory=list)
    columns: frozenset[str] = frozenset()


def read_table(table: Table, data: bytes | None, findings: list[Finding]) -> Lines:
    """Raises NotATable. A table that is not there, or is empty, is a finding where the others do without it."""
    if data is None or not data.strip():
        if table in (Table.SESSIONS, Table.MOTIONS):
            raise NotATable(table, "empty")
        findings.append(Finding(table, 0, Found.TABLE_MISSING))
        return Lines(table)
    text = _decoded(table, data)
    rows = _rows(table, text)
    header = next(rows, None)
    if header is None:
        raise NotATable(table, "empty")
    places = _columns(table, *header, findings)
    found = Lines(table, columns=frozenset(places.values()))
    for number, cells in rows:
        if not any(cell.strip() for cell in cells):
            continue
        if len(found.lines) >= ROWS_MAX[table]:
            raise NotATable(table, "too-many-rows", str(ROWS_MAX[table]))
        found.lines.append(_line(table, number, cells, places, len(header[1]), findings))
    return found


def _decoded(table: Table, data: bytes) -> str:
    if len(data) > BYTES_MAX:
        raise NotATable(table, "too-large", str(BYTES_MAX // (1024 * 1024)))
    if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF", b"\x89PNG")):
        raise NotATable(table, "not-csv")
    text = decoded(data)
    if "\0" in text:
        raise NotATable(table, "not-csv")
    return text


def _rows(table: Table, text: str) -> Iterator[tuple[int, list[str]]]:
    """Rows with their numbers, the first that holds anything being the header."""
    sign, begun = ",", 0
    first, _, rest = text.partition("\n")
    if re.fullmatch(r"sep=.", first.strip(), re.IGNORECASE):
        sign, text, begun = first.strip()[4], rest, 1
    else:
        sign = max(_SEPARATORS, key=lambda one: _columns_known(table, text, one))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=sign)
    seen = False
    try:
        for number, cells in enumerate(reader, start=1 + begun):
            seen = seen or any(cell.strip() for cell in cells)
            if seen:
                yield number, cells
    except csv.Error as error:
        raise NotATable(table, "not-csv") from error


def _columns_known(table: Table, text: str, sign: str) -> int:
    head = next((line for line in text.splitlines() if line.strip()), "")
    try:
        cells = next(csv.reader([head], delimiter=sign), [])
    except csv.Error:
        return 0
    return sum(_column(table, cell) is not None for cell in cells)


def _column(table: Table, heading: str) -> str | None:
    words = fold(heading)
    for name, others in COLUMNS[table].items():
        if words == fold(name) or words in others:
            return name
    return None


def _columns(table: Table, number: int, headings: list[str], findings: list[Finding]) -> dict[int, str]:
    """Which column is which. Raises NotATable where one is missing that nothing can be read without."""
    places: dict[int, str] = {}
    exact = {fold(heading) for heading in headings}
    for at, heading in enumerate(headings):
        name = _column(table, heading)
        if name is not None and fold(heading) != fold(name) and fold(name) in exact:
            name = None  # the column itself is there under its own name
        if name is None:
            if heading.strip():
                findings.append(Finding(table, number, Found.COLUMN_UNKNOWN, said=tidy(heading)[:LINE_MAX]))
        elif name in places.values():
            findings.append(Finding(table, number, Found.COLUMN_TWICE, name, said=tidy(heading)[:LINE_MAX]))
        else:
            places[at] = name
    there = tuple(tidy(heading)[:40] for heading in headings if heading.strip())[:20]
    for name in COLUMNS[table]:
        if name in places.values():
            continue
        if name in NEEDED[table]:
            raise NotATable(table, "missing-column", name, there)
        findings.append(Finding(table, number, Found.COLUMN_MISSING, name))
    return places


def _line(
    table: Table, number: int, cells: list[str], places: dict[int, str], width: int, findings: list[Finding]
) -> Line:
    if any(cell.strip() for cell in cells[width:]):
        findings.append(Finding(table, number, Found.CELLS_BEYOND))
    found: dict[str, str] = {}
    for at, name in places.items():
        text = tidy(cells[at], keep_lines=name in _LONG) if at < len(cells) else ""
        most = TEXT_MAX if name in _LONG else LINE_MAX
        if _FORMULA.match(text):
            findings.append(Finding(table, number, Found.FORMULA, name, said=text[:80]))
        if len(text) > most:
            findings.append(Finding(table, number, Found.TOO_LONG, name, said=text[:80]))
            text = text[:most].rstrip()
        found[name] = _as_an_act_holds_it(text, name)
        if text and not found[name]:
            findings.append(Finding(table, number, Found.UNREADABLE, name, said=text[:80]))
    return Line(number, found)


def _as_an_act_holds_it(text: str, column: str) -> str:
    """Without letters that nobody sees; "" where nothing is left, or a word mixes alphabets that look alike."""
    try:
        return (clean(text) if column in _LONG else one_line(text)) if text else ""
    except PydanticCustomError:
        return ""
