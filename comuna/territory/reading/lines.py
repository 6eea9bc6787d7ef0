"""One row of a list to the people it names, and what it says of each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from comuna.territory.reading.blocks import Block
from comuna.territory.reading.columns import PLACES, WHEREABOUTS, Role
from comuna.territory.reading.dates import (
    AgeRead,
    is_month_first,
    read_age,
    read_day,
    read_plain_age,
    read_year,
    years_between,
)
from comuna.territory.reading.grids import Cell, Place, RawRow
from comuna.territory.reading.identity import NONE, IdentityRead, read_identity
from comuna.territory.reading.marks import (
    Mark,
    is_country,
    is_grown,
    is_head,
    is_kin,
    kinship_and_remark,
    read_marks,
    says_where,
    yes_or_no,
)
from comuna.territory.reading.naming import NO_NAMES, is_whole_name
from comuna.territory.reading.text import LOST, fold, tidy

WORDS_MAX = 200  # what an act takes in one line
CHILD_BELOW = 12  # years


class Note(StrEnum):
    """What was doubtful about somebody who was read all the same."""

    UNREADABLE_IDENTITY = "unreadable-identity"
    UNREADABLE_AGE = "unreadable-age"
    UNREADABLE_BIRTH = "unreadable-birth-day"
    YEAR_ALONE = "only-the-year-of-birth"
    AGE_FOR_BIRTH = "age-instead-of-birth-day"
    AGE_TAKEN = "age-taken-and-not-birth-day"
    MONTH_FIRST = "month-before-day"
    NOT_A_WHOLE_NAME = "not-a-whole-name"
    WHO_IS_AWAY = "who-is-away"
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


def said_of(row: RawRow, block: Block, name: str, aside: str, identity: IdentityRead, latest: date) -> Said:
    """Everything the row says of the person with this name."""
    said = Said(name, identity=identity.number)
    if identity.unreadable:
        said.notes.append(Note.UNREADABLE_IDENTITY)
    if LOST in name:
        said.notes.append(Note.LOST_LETTERS)
    kinship, behind = kinship_and_remark(_words(block.cell(row, Role.RELATION)))
    said.relation = kinship or block.relation
    if not is_whole_name(name):
        said.notes.append(Note.NOT_A_WHOLE_NAME)
    _read_ages(said, row, block, latest)
    if block.is_of_members:
        _read_member(said, aside, latest)
    _read_residence(said, row, block)
    health = list(_health(row, block))
    for remark in (aside, behind, *_remarks(row, block)):
        marks = read_marks(remark)
        _mark(said, marks.mark)
        if marks.health:
            health.append(_words(marks.health))
        if marks.of_another:
            said.notes.append(Note.REMARK_OF_ANOTHER)
    said.health = "; ".join(dict.fromkeys(health))[:WORDS_MAX]
    age = said.age_years if said.birth_day is None else years_between(said.birth_day, latest)
    if said.is_head and age is not None and age < CHILD_BELOW:
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


def _read_member(said: Said, aside: str, latest: date) -> None:
    """What stands in brackets behind somebody named among others: "esposa, 55"."""
    for words in re.split(r"[,;]\s*|\s+de\s+(?=\d)|\s+(?=\d)", aside):
        age = read_age(words, latest)
        if age.years is not None or age.birth_day is not None:
            said.age_years, said.birth_day = age.years, age.birth_day
        elif is_kin(words) and not said.relation:
            said.relation = _words(words)


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
    if is_month_first(birth_cell, latest):
        said.notes.append(Note.MONTH_FIRST)
    said.birth_day = birth or age.birth_day
    said.age_years = age.years
    if birth is not None and age.years is not None:
        by_birth = years_between(birth, latest)
        differ = not -1 <= by_birth - age.years <= 2
        if differ and _age_is_likelier(said, birth_cell, by_birth):
            said.birth_day = None
            said.notes.append(Note.AGE_TAKEN)
        else:
            said.age_years = None
            said.notes += [Note.AGE_AND_BIRTH_DIFFER] if differ else []


def _age_is_likelier(said: Said, birth: Cell, by_birth: int) -> bool:
    """Where an age and a day of birth do not fit: the day is a bare number that a program counted, or would make a
    small child the head, a spouse or a parent."""
    counted = isinstance(birth, int | float) or (isinstance(birth, str) and birth.strip().isdecimal())
    return counted or (by_birth < CHILD_BELOW and (said.is_head or is_grown(said.relation)))


_ASKS_WHERE = {Role.LIVES_HERE: Residence.AWAY, Role.AWAY: Residence.AWAY, Role.ABROAD: Residence.ABROAD}


def residence_said(role: Role, text: str) -> Residence | None:
    """What a cell of a column about whereabouts says: "NO" under "Vive aquí", "Colombia" under "Vive en el exterior".
    None where it says nothing, or that she is here."""
    answer = yes_or_no(text)
    if is_country(text):
        return Residence.ABROAD
    if role not in _ASKS_WHERE:
        return None
    elsewhere = role is not Role.LIVES_HERE and answer is None and says_where(text)
    return _ASKS_WHERE[role] if elsewhere or answer is (role is not Role.LIVES_HERE) else None


def _read_residence(said: Said, row: RawRow, block: Block) -> None:
    for role in WHEREABOUTS:
        found = residence_said(role, str(block.cell(row, role) or ""))
        said.residence = found or said.residence


def read_whereabouts(text: str, role: Role, people: Sequence[Said]) -> None:
    """A column about whereabouts that everybody of the row shares: "Óscar Jr. (Chile)", "el hijo", "Colombia"."""
    found = residence_said(role, text) or (Residence.ABROAD if read_marks(text).mark is Mark.ABROAD else None)
    if found is None:
        return
    words = set(fold(text).split())
    named = [(len(words & set(fold(f"{said.full_name} {said.relation}").split())), said) for said in people]
    most = max(count for count, _said in named)
    hers = [said for count, said in named if count == most]
    if len(hers) == 1:
        hers[0].residence = found
    else:
        people[0].notes.append(Note.WHO_IS_AWAY)


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
            elif words and yes_or_no(words) is None and not NO_NAMES.fullmatch(fold(words)):
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
