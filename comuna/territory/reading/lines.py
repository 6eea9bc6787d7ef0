"""One row of a list to the people it names, and what it says of each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from comuna.territory.reading.blocks import Block
from comuna.territory.reading.columns import PLACES, Role
from comuna.territory.reading.dates import AgeRead, read_age, read_day, read_plain_age, read_year
from comuna.territory.reading.grids import Cell, Place, RawRow
from comuna.territory.reading.identity import NONE, IdentityRead, read_identity
from comuna.territory.reading.marks import Mark, goes_on, is_head, is_kin, read_marks, yes_or_no
from comuna.territory.reading.text import LOST, as_name, fold, tidy, with_lost_letters

WORDS_MAX = 200  # what an act takes in one line
NAME_MAX = 120


class Note(StrEnum):
    """What was doubtful about somebody who was read all the same."""

    UNREADABLE_IDENTITY = "unreadable-identity"
    UNREADABLE_AGE = "unreadable-age"
    UNREADABLE_BIRTH = "unreadable-birth-day"
    YEAR_ALONE = "only-the-year-of-birth"
    AGE_FOR_BIRTH = "age-instead-of-birth-day"
    AGE_AND_BIRTH_DIFFER = "age-and-birth-day-differ"
    CHILD_AS_HEAD = "child-as-head"
    LOST_LETTERS = "lost-letters"
    ONE_IDENTITY_FOR_TWO = "one-identity-for-two"
    REMARK_OF_ANOTHER = "remark-of-another"
    UNNAMED_HOUSEHOLD = "unnamed-household"
    SAME_NAME_ELSEWHERE = "same-name-elsewhere"
    FORMULA_LEFT_OUT = "formula-left-out"
    TWO_IN_ONE_CELL = "two-in-one-cell"
    PERHAPS_TWO = "perhaps-two-people"
    SURNAMES_FIRST = "surnames-perhaps-first"
    NUMBER_OF_ANOTHER = "number-of-another"
    NUMBER_SHARED = "number-shared"
    OTHERS_NOT_READ = "others-in-the-row-not-read"


class Residence(StrEnum):
    HERE = "here"
    AWAY = "away"
    ABROAD = "abroad"


@dataclass
class Said:
    """What one row says of one person. ``mark`` is set where that keeps her out of the census."""

    full_name: str
    identity: str | None = None
    age_years: int | None = None
    birth_day: date | None = None
    relation: str = ""
    residence: Residence = Residence.HERE
    health: str = ""
    mark: Mark | None = None
    notes: list[Note] = field(default_factory=list)
    number_of: Place | None = None

    @property
    def is_head(self) -> bool:
        return is_head(self.relation)


_ORDINAL = re.compile(r"^\W*\d{1,4}\s*[.)\-–]\s*")
_BULLET = re.compile(r"^[\s*•·\-–.]+|[\s*•·\-–,;.]+$")
_ASIDE = re.compile(r"\(([^()]*)\)|\[([^\[\]]*)\]")
_SPLIT = re.compile(r"\n|(?<=[^\W\d]{2})\s*[/;&]\s*(?=[^\W\d])")
_JOINT = re.compile(r"\s+(?:y|e|and|\+)\s+(?!(?:su|sus|mi|los|las|un|una|otr\w+|familia)\b)", re.IGNORECASE)
_PERHAPS_JOINT = re.compile(r"\s(?:y|e|and|\+|-|/)\s", re.IGNORECASE)
_NO_NAMES = re.compile(
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
    filled = [(role, names_in(str(cell))) for role, cell in cells if cell is not None]
    several = {len(names) for _role, names in filled if len(names) > 1}
    if len(filled) < 2 or len(several) != 1:
        return names_in(name_cells(row, block))
    people = several.pop()
    return [
        " ".join(names[number] if len(names) > 1 else names[0] for _role, names in filled if names)
        for number in range(people)
    ]


_BETWEEN_MEMBERS = re.compile(r"[,;/\n](?![^(\[]*[)\]])")


def _members_in(text: str) -> list[str]:
    """ "Ana Gil (esposa, 55), Luis (20) y Eva": each of them, with what stands in brackets behind."""
    pieces = [
        half for piece in _BETWEEN_MEMBERS.split(text) for half in re.split(r"\s+(?:y|e)\s+(?![^(\[]*[)\]])", piece)
    ]
    return [piece.strip() for piece in pieces if piece.strip()]


def _read_member(said: Said, aside: str, latest: date) -> None:
    """What stands in brackets behind somebody named among others: "esposa, 55"."""
    for words in re.split(r"[,;]\s*|\s+de\s+(?=\d)|\s+(?=\d)", aside):
        age = read_age(words, latest)
        if age.years is not None or age.birth_day is not None:
            said.age_years, said.birth_day = age.years, age.birth_day
        elif is_kin(words) and not said.relation:
            said.relation = _words(words)


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
    surnames, comma, given = name.partition(",")
    if comma and given.strip():
        name = f"{given.strip()} {surnames.strip()}"
    return as_name(with_lost_letters(tidy(name))), asides.strip()


def is_name(name: str) -> bool:
    words = fold(name)
    letters = sum(letter.isalpha() or letter == LOST for letter in name)
    if letters < 2 or len(name) > NAME_MAX or any(sign.isdigit() or sign in ":;@=_<>|{}" for sign in name):
        return False
    if _NO_NAMES.fullmatch(words) or goes_on(words) or _NOTE_OF_THE_LIST.match(words):
        return False
    return not all(is_kin(word) or word in _BESIDE_KIN for word in words.split())


def is_empty_house(name: str) -> bool:
    return _EMPTY_HOUSE.search(fold(name)) is not None


def said_of(row: RawRow, block: Block, name: str, aside: str, identity: IdentityRead, latest: date) -> Said:
    """Everything the row says of the person with this name."""
    said = Said(name, identity=identity.number)
    if identity.unreadable:
        said.notes.append(Note.UNREADABLE_IDENTITY)
    if LOST in name:
        said.notes.append(Note.LOST_LETTERS)
    said.relation = _words(block.cell(row, Role.RELATION)) or block.relation
    _read_ages(said, row, block, latest)
    if block.is_of_members:
        _read_member(said, aside, latest)
    _read_residence(said, row, block)
    health = list(_health(row, block))
    for remark in (aside, *_remarks(row, block)):
        marks = read_marks(remark)
        _mark(said, marks.mark)
        if marks.health:
            health.append(_words(marks.health))
        if marks.of_another:
            said.notes.append(Note.REMARK_OF_ANOTHER)
    said.health = "; ".join(dict.fromkeys(health))[:WORDS_MAX]
    if said.is_head and said.age_years is not None and said.age_years < 12:
        said.notes.append(Note.CHILD_AS_HEAD)
    said.notes = list(dict.fromkeys(said.notes))
    return said


def identities_of(row: RawRow, block: Block, behind: list[str]) -> list[IdentityRead]:
    """One for each person named in the row, with what stood behind each name. A single number among several
    people belongs to the first."""
    people = len(behind)
    cell, letter = block.cell(row, Role.IDENTITY), block.cell(row, Role.CITIZENSHIP)
    if cell is None and any(behind):
        return [read_identity(number or None) for number in behind]
    whole = read_identity(cell, letter)
    if people == 1:
        return [whole]
    pieces = re.split(r"\s*[/\n]\s*", cell) if isinstance(cell, str) else []
    if whole.number is None and len(pieces) == people:
        return [read_identity(piece, letter) for piece in pieces]
    return [whole, *([NONE] * (people - 1))]


def _read_ages(said: Said, row: RawRow, block: Block, latest: date) -> None:
    ages = block.others.get(Role.AGE, ())
    in_months = bool(ages) and "meses" in fold(ages[0].header)
    age = read_age(block.cell(row, Role.AGE), latest, in_months=in_months)
    birth_cell = block.cell(row, Role.BIRTH)
    birth, year = read_day(birth_cell, latest), read_year(birth_cell, latest)
    plain = read_plain_age(birth_cell, latest) if birth is None and year is None else None
    if year is not None:
        said.notes.append(Note.YEAR_ALONE)
        age = age if age.years is not None else AgeRead(max(0, latest.year - year - 1))
    elif plain is not None:
        said.notes.append(Note.AGE_FOR_BIRTH)
        age = age if age.years is not None else AgeRead(plain)
    elif birth is None and birth_cell is not None and any(sign.isdigit() for sign in str(birth_cell)):
        said.notes.append(Note.UNREADABLE_BIRTH)
    if age.unreadable:
        said.notes.append(Note.UNREADABLE_AGE)
    said.birth_day = birth or age.birth_day
    said.age_years = age.years
    if birth is not None and age.years is not None:
        by_birth = latest.year - birth.year - ((latest.month, latest.day) < (birth.month, birth.day))
        if not -1 <= by_birth - age.years <= 2:
            said.notes.append(Note.AGE_AND_BIRTH_DIFFER)
        said.age_years = None


def _read_residence(said: Said, row: RawRow, block: Block) -> None:
    if yes_or_no(str(block.cell(row, Role.LIVES_HERE) or "")) is False or yes_or_no(
        str(block.cell(row, Role.AWAY) or "")
    ):
        said.residence = Residence.AWAY
    if yes_or_no(str(block.cell(row, Role.ABROAD) or "")):
        said.residence = Residence.ABROAD


def _mark(said: Said, mark: Mark | None) -> None:
    if mark is Mark.AWAY and said.residence is Residence.HERE:
        said.residence = Residence.AWAY
    elif mark is Mark.ABROAD:
        said.residence = Residence.ABROAD
    elif mark in (Mark.DIED, Mark.MOVED, Mark.EMPTY_HOUSE) and said.mark is not Mark.DIED:
        said.mark = mark


def _health(row: RawRow, block: Block) -> Iterator[str]:
    for role in (Role.HEALTH, Role.TREATMENT):
        for column in block.others.get(role, ()):
            cell = row.cells[column.at] if column.at < len(row.cells) else None
            words = _words(cell)
            if words and yes_or_no(words) is True:
                yield column.header[:60]
            elif words and yes_or_no(words) is None and not _NO_NAMES.fullmatch(fold(words)):
                yield words


def _remarks(row: RawRow, block: Block) -> Iterator[str]:
    """The texts in which people leave marks: every column but names, places and those left alone. In a wide
    list only a person's own columns, for a remark there may be about any of them."""
    passed = {column.at for column in block.names} | block.left_alone
    own = {column.at for columns in block.others.values() for column in columns}
    for role, columns in block.others.items():
        if role in PLACES | {Role.RELATION} or (block.wide and role is Role.REMARK):
            passed.update(column.at for column in columns)
    for at, cell in enumerate(row.cells):
        if isinstance(cell, str) and at not in passed and (at in own or not block.wide):
            yield tidy(cell)


def _words(cell: Cell) -> str:
    if cell is None or (isinstance(cell, str) and not any(sign.isalnum() for sign in cell)):
        return ""
    return tidy(str(cell))[:WORDS_MAX]


_COUNT = re.compile(r"(\d{1,3})")
_FAMILIES = re.compile(r"(\d{1,2}|dos|tres) (familias|flias|nucleos|hogares|families|households)")
_FAMILIES_MAX = 10


def people_and_families(row: RawRow, block: Block) -> tuple[int | None, int]:
    """How many people and how many households the row says it stands for: "4 (2 familias)" is (4, 2)."""
    cell, families_cell = block.cell(row, Role.PEOPLE), block.cell(row, Role.FAMILIES)
    text = fold(str(cell)) if cell is not None else ""
    families = _FAMILIES.search(text)
    counted = _COUNT.search(text)
    people = int(counted.group(1)) if counted and (families is None or counted.start() < families.start()) else None
    number = 1
    if families:
        number = {"dos": 2, "tres": 3}.get(families.group(1)) or int(families.group(1))
    elif isinstance(families_cell, int | float):
        number = int(families_cell)
    return people, number if 1 <= number <= _FAMILIES_MAX else 1
