"""Who is named in a cell: one name or several, with what stands beside it cut off; and what is no name at all."""

from __future__ import annotations

import re

from comuna.territory.reading.blocks import Block
from comuna.territory.reading.columns import Role
from comuna.territory.reading.grids import Cell, RawRow
from comuna.territory.reading.marks import goes_on, is_kin, read_marks
from comuna.territory.reading.text import LOST, as_name, fold, tidy, with_lost_letters

NAME_MAX = 120

_ORDINAL = re.compile(r"^\W*\d{1,4}\s*[.)\-–]\s*")
_BULLET = re.compile(r"^[\s*•·\-–.]+|[\s*•·\-–,;.]+$")
_ASIDE = re.compile(r"\(([^()]*)\)|\[([^\[\]]*)\]")
_SPLIT = re.compile(r"\n|(?<=[^\W\d]{2})\s*[/;&]\s*(?=[^\W\d])")
_JOINT = re.compile(r"\s+(?:y|e|and|\+)\s+(?!(?:su|sus|mi|los|las|un|una|otr\w+|familia)\b)", re.IGNORECASE)
_PERHAPS_JOINT = re.compile(r"\s(?:y|e|and|\+|-|/)\s", re.IGNORECASE)
NO_NAMES = re.compile(
    r"n ?d|n ?a|s ?n|no|si|x+|sin nombre|no dio datos|ningun[oa]|no se encontraba|no estaba|pendiente"
    r"|por censar|sin informacion|ausentes|nadie|none|unknown"
)
_BESIDE_KIN = frozenset(["mi", "mis", "su", "sus", "el", "la", "los", "las", "un", "una", "y", "de", "otro", "otra"])
_NOTE_OF_THE_LIST = re.compile(
    r"^(elaborad|levantad|revisad|realizad|actualizad|observaci|consejo comunal|listado"
    r"|(firma|sello|fecha|nota|responsable|vocer[oa]|fuente|pagina|hoja|censo|total)\b)"
)
_EMPTY_HOUSE = re.compile(
    r"deshabitad|desocupad|^casa (sola|cerrada|vacia|abandonada|en construccion)"
    r"|^(vacia|vacio|cerrada|sola|terreno)$|empty house"
)


def name_cells(row: RawRow, block: Block) -> str:
    """What stands in the columns of names, given names before surnames."""
    ordered = sorted(block.names, key=lambda column: column.role is Role.SURNAME)
    cells = [row.cells[column.at] for column in ordered if column.at < len(row.cells)]
    return " ".join(str(cell) for cell in cells if cell is not None and str(cell).strip())


def names_in(cell: Cell) -> list[str]:
    """The people named in one cell: one to a line, "A / B", "A; B", or two whole names joined by "y"."""
    if not isinstance(cell, str):
        return []
    pieces = (half for piece in _SPLIT.split(cell) for half in _halves(piece))
    return [part for part in (piece.strip() for piece in pieces) if part]


def _halves(text: str) -> list[str]:
    """ "Ana Gil y Luis Mora" in two; "José Ortega y Gasset" is one. Each half has two words of letters or more."""
    for joint in _JOINT.finditer(text):
        halves = [text[: joint.start()], text[joint.end() :]]
        if all(len(re.findall(r"[^\W\d_]{2,}", _ASIDE.sub("", half))) >= 2 for half in halves):
            return halves
    return [text]


def perhaps_two(name: str) -> bool:
    """Whether a name that was not cut in two may be that of two people: "Ana y Luis Mora"."""
    return _PERHAPS_JOINT.search(name) is not None


def names_of(row: RawRow, block: Block) -> list[str]:
    """Everybody named in the row's columns of names, given names before surnames: "Ana / Luis" beside "Gil" are
    Ana Gil and Luis Gil."""
    if block.is_of_members:
        return _members_in(name_cells(row, block))
    ordered = sorted(block.names, key=lambda column: column.role is Role.SURNAME)
    cells = [(column.role, row.cells[column.at]) for column in ordered if column.at < len(row.cells)]
    several_given = {Role.GIVEN, Role.SURNAME} <= {role for role, cell in cells if cell is not None}
    filled = [
        (role, _given_in(cell) if several_given else names_in(str(cell))) for role, cell in cells if cell is not None
    ]
    several = {len(names) for _role, names in filled if len(names) > 1}
    if len(filled) < 2 or len(several) != 1:
        return names_in(name_cells(row, block))
    people = several.pop()
    return [
        " ".join(names[number] if len(names) > 1 else names[0] for _role, names in filled if names)
        for number in range(people)
    ]


def _given_in(cell: Cell) -> list[str]:
    """As ``names_in``, of a column beside another with the surnames: "Nohely y Carlos" are two."""
    return [half for piece in names_in(str(cell)) for half in _JOINT.split(piece)]


_BETWEEN_MEMBERS = re.compile(r"[,;/\n](?![^(\[]*[)\]])")


def _members_in(text: str) -> list[str]:
    """ "Ana Gil (esposa, 55), Luis (20) y Eva": each of them, with what stands in brackets behind."""
    pieces = [
        half for piece in _BETWEEN_MEMBERS.split(text) for half in re.split(r"\s+(?:y|e)\s+(?![^(\[]*[)\]])", piece)
    ]
    return [piece.strip() for piece in pieces if piece.strip()]


_IDENTITY_BEHIND = re.compile(
    r"[\s,;(:\-]+(?:c\.?\s*i\.?\s*[:.]?\s*|c[eé]dula\s*:?\s*)?([ve]?[\s.\-]*(?:\d{1,3}(?:\.\d{3}){1,2}|\d{5,9}))\)?\s*$",
    re.IGNORECASE,
)


def number_cut_off(text: str) -> tuple[str, str]:
    """ "Ana Gil C.I. 12.345.678" without the number that some write behind the name, and the number."""
    behind = _IDENTITY_BEHIND.search(text)
    return (text[: behind.start()], behind.group(1)) if behind else (text, "")


def clean_name(text: str) -> tuple[str, str]:
    """The name as it is to be kept, and what stood beside it in brackets."""
    asides = " ".join(one or other for one, other in _ASIDE.findall(text))
    if "†" in text or "(+)" in text or text.rstrip().endswith("+"):
        asides += " †"
    name = _BULLET.sub("", _ORDINAL.sub("", _ASIDE.sub(" ", text.replace("†", " ")))).rstrip("+ ")
    name, remark = _remark_cut_off(_TITLE.sub("", name))
    asides = f"{asides} {remark}".strip()
    surnames, comma, given = name.partition(",")
    if comma and given.strip():
        name = f"{given.strip()} {surnames.strip()}"
    return as_name(with_lost_letters(tidy(name))), asides.strip()


_TITLE = re.compile(
    r"^(?:(?:sr|sra|srta|dr|dra|lic|licda|prof|ing|abg)\.\s*|(?:sr|sra|srta|señora?)\s+)+(?=\S)", re.IGNORECASE
)
_DIED_FIRST = re.compile(
    r"^((?:ya )?(?:muri[oó]|falleci[oó]|falleci[dt][oa]|difunt[oa]|finad[oa]|fallecimiento(?: de)?))[\s:,-]+(?=\S)",
    re.IGNORECASE,
)


def _remark_cut_off(name: str) -> tuple[str, str]:
    """A name without the mark before or behind it: "murió Juan Gil", "Elvis Gil, no vive aquí"."""
    if died := _DIED_FIRST.match(name):
        return name[died.end() :], died.group(1)
    for sign in re.finditer(r"[,;]\s*|\s+[-–]\s+", name):
        before, behind = name[: sign.start()], name[sign.end() :]
        if before.strip() and read_marks(behind).mark:
            return before, behind
    return name, ""


def names_a_family(name: str) -> bool:
    """Whether a family stands where a person should: "Los Camejo", "Familia Gil"."""
    return _FAMILY.match(fold(name)) is not None


_FAMILY = re.compile(r"(los|las|familia|flia|fam|hermanos|hnos|herederos|sucesion|grupo familiar)\s+\w")


def is_whole_name(name: str) -> bool:
    """Whether a name and a surname stand there, words of kinship ("Niño", "Abuela") left aside."""
    words = [word for word in fold(name).split() if word not in _SMALL_WORDS]
    return len([word for word in words if not is_kin(word)]) > 1 and not is_kin(words[0])


_SMALL_WORDS = frozenset(["de", "del", "la", "las", "los", "y", "e", "da", "dos", "jr"])


def is_name(name: str) -> bool:
    words = fold(name)
    letters = sum(letter.isalpha() or letter == LOST for letter in name)
    if letters < 2 or len(name) > NAME_MAX or any(sign.isdigit() or sign in ":;@=_<>|{}" for sign in name):
        return False
    if NO_NAMES.fullmatch(words) or goes_on(words) or _NOTE_OF_THE_LIST.match(words):
        return False
    return not all(is_kin(word) or word in _BESIDE_KIN for word in words.split())


def is_empty_house(name: str) -> bool:
    return _EMPTY_HOUSE.search(fold(name)) is not None
