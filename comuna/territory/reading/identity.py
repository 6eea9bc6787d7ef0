"""Identity numbers in every form that lists have them, to one: "V-14663933", "E-86167654", "P-C01234567".

A bare number is a citizen's (V) below 80 million and a resident foreigner's (E) from there, as the numbers
are issued. A tax number (RIF) of a person is her identity number with a check digit behind it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from comuna.territory.reading.grids import Cell, Formula, TooLong
from comuna.territory.reading.text import fold, tidy


@dataclass(frozen=True)
class IdentityRead:
    number: str | None
    unreadable: bool = False  # something stands there that is not an identity number


NONE = IdentityRead(None)
_BAD = IdentityRead(None, unreadable=True)
_FOREIGN_FROM = 80_000_000
_CITIZEN_MAX = 49_999_999
_CITIZEN_MIN = 100_000  # lower ones were issued in the 1940s, to people grown up then
_FOREIGN_MIN = 100_000
_FOREIGN_MAX = 99_999_999

_IN_ORDER = re.compile(r"([VE])-([0-9]{1,8})")  # as we write it ourselves: nothing is left to be found out
_NONE_WORDS = re.compile(
    r"|s ?c|s ?n|n ?c|n ?a|n ?d|s ?i|no|x+|sin|sin cedula|sin ci|no ?tiene|no posee|no porta|no cedulad[oa]"
    r"|menor|menor de edad|nin[oa]|en tramite|tramite|pendiente|por sacar|perdida|extraviada|p n|no sabe"
    r"|partida|partida de nacimiento|desconocida|ninguna|none|not known"
)
_WRITTEN = re.compile(
    r"^(?:C\W*I\W+|C[EÉ]DULA\W*|N[°ºRO.]*\W+|RIF\W*)*([VEJGP](?=[\W\d]))?[\s.\-:_/]*([\d.,\s\-'/]*\d)\W*$"
)
_PASSPORT = re.compile(r"^(?:P\W+|PAS(?:APORTE|SPORT)?\W*)(?:N[°ºRO.]*\W+)?([A-Z]{0,3}\d{5,12})$")
_FLOAT = re.compile(r"^(\d{5,9})[.,]0{1,2}$")  # "14663933.0", as programs write a number; not "1.466.393"
_SCIENTIFIC = re.compile(r"^\d(?:[.,]\d+)?E\+?\d{1,2}$")


def read_identity(cell: Cell, citizenship: Cell = None) -> IdentityRead:
    """``citizenship`` is a separate column with the letter. A number outside what is issued is unreadable."""
    if cell is None:
        return NONE
    if isinstance(cell, str) and (in_order := _IN_ORDER.fullmatch(cell)):
        return _judged(in_order[1], int(in_order[2]))
    letter = _letter(citizenship)
    if isinstance(cell, int):
        return _judged(letter, cell)
    if isinstance(cell, float):
        return _judged(letter, int(cell)) if cell.is_integer() else _BAD
    if isinstance(cell, Formula | TooLong) or not isinstance(cell, str):
        return _BAD
    words = tidy(cell).upper()
    if _NONE_WORDS.fullmatch(fold(words)) or not any(sign.isalnum() for sign in words):
        return NONE
    if _SCIENTIFIC.match(words):
        return _judged(letter, int(float(words.replace(",", "."))))
    passport = _PASSPORT.match(words)
    if passport:
        return IdentityRead(f"P-{passport.group(1)}")
    written = _WRITTEN.match(words)
    if written is None or written.group(1) in ("J", "G"):
        return _BAD
    digits = re.sub(r"\D", "", _FLOAT.sub(r"\1", written.group(2)))
    own = written.group(1) or letter
    if len(digits) == 9 and own != "P":
        citizen = _citizenship(own, int(digits[:8]))
        return _judged(citizen, int(digits[:8])) if _rif_digit(citizen, digits[:8]) == int(digits[8]) else _BAD
    return _judged(own, int(digits)) if len(digits) <= 9 else _BAD


def _letter(cell: Cell) -> str | None:
    folded = fold(cell) if isinstance(cell, str) else ""
    if folded[:1] == "v":
        return "V"
    return "E" if folded[:1] == "e" else None


def _citizenship(letter: str | None, number: int) -> str:
    return letter or ("E" if number >= _FOREIGN_FROM else "V")


def _judged(letter: str | None, number: int) -> IdentityRead:
    if number == 0:
        return NONE
    own = _citizenship(letter, number)
    if own == "P":
        return IdentityRead(f"P-{number}")
    low, high = (_CITIZEN_MIN, _CITIZEN_MAX) if own == "V" else (_FOREIGN_MIN, _FOREIGN_MAX)
    return IdentityRead(f"{own}-{number}") if low <= number <= high else _BAD


def _rif_digit(letter: str, digits: str) -> int:
    """The check digit of a personal tax number: weights 3 2 7 6 5 4 3 2 and the letter's own, modulo 11."""
    total = {"V": 4, "E": 8}[letter] + sum(int(d) * w for d, w in zip(digits, (3, 2, 7, 6, 5, 4, 3, 2), strict=True))
    return int("00987654321"[total % 11])
