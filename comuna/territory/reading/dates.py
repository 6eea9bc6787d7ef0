"""Ages and dates in the forms that lists have them.

An age is whole years: "3 meses" is 0, "18 meses" is 1. What nobody wrote down ("ND", "?") is unknown, not 0.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from comuna.territory.reading.grids import Cell
from comuna.territory.reading.text import fold

AGE_MAX = 120
_SERIAL_ZERO = date(1899, 12, 30)  # what spreadsheets count days from
_MONTHS = ("ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sep", "oct", "nov", "dic")
_ENGLISH = {"jan": 1, "apr": 4, "aug": 8, "dec": 12, "set": 9}
_UNKNOWN = re.compile(
    r"|n ?d|n ?a|s ?i|s ?d|n ?c|s ?n|n ?s|x+|no sabe|no ?se|desconocida|no indica|no dice|sin dato|pendiente"
    r"|unknown|not known|adult[oa]?|mayor|mayor de edad|adult[oa] mayor|tercera edad"
)
_NEWBORN = {"rn", "recien nacido", "recien nacida", "newborn"}
_COUNTED = re.compile(
    r"^(?:aprox |unos |casi |como )?(\d{1,3}) ?"
    r"(anos?|a|meses|mes|m|dias?|d|semanas?|sem|years?|y|months?|days?|weeks?)?"
    r"(?: (?:y |con |and )?(?:\d.*|medio)| cumplidos)?$"
)
_DATE_LIKE = re.compile(r"\d\s*[/.-]\s*\w+\s*[/.-]\s*\d| de |[a-z]{3}", re.IGNORECASE)


@dataclass(frozen=True)
class AgeRead:
    years: int | None = None
    birth_day: date | None = None  # where the column of ages holds a date
    unreadable: bool = False


UNKNOWN_AGE = AgeRead()
_BAD = AgeRead(unreadable=True)


def read_age(cell: Cell, latest: date, *, in_months: bool = False) -> AgeRead:
    """``in_months`` where the header says so; ``latest`` as in ``read_day``."""
    if cell is None:
        return UNKNOWN_AGE
    if isinstance(cell, int | float):
        years = int(cell) // (12 if in_months else 1)
        return AgeRead(years) if 0 <= years <= AGE_MAX and cell >= 0 else _BAD
    if isinstance(cell, date):
        return _age_taken_for_a_day(cell)
    if not isinstance(cell, str):
        return _BAD
    words = fold(cell)
    if _UNKNOWN.fullmatch(words) or not any(sign.isalnum() for sign in cell):
        return UNKNOWN_AGE
    if words in _NEWBORN:
        return AgeRead(0)
    day = read_day(cell, latest) if _DATE_LIKE.search(cell) else None
    counted = _COUNTED.match(words)
    if day is not None or counted is None:
        return AgeRead(birth_day=day) if day else _BAD
    number, unit = int(counted.group(1)), (counted.group(2) or ("m" if in_months else "a"))[0]
    years = number // 12 if unit == "m" else 0 if unit in ("d", "s", "w") else number
    return AgeRead(years) if years <= AGE_MAX else _BAD


def _age_taken_for_a_day(cell: date) -> AgeRead:
    """38 in a column of dates reads 7 February 1900; spreadsheets believe in a 29 February of that year."""
    days = (cell - _SERIAL_ZERO).days
    days -= 1 if days <= 60 else 0
    return AgeRead(days) if 0 <= days <= AGE_MAX else AgeRead(birth_day=cell)


def read_day(cell: Cell, latest: date) -> date | None:
    """A day not after ``latest``; days before months where both readings are possible. None when there is none.

    A year of two digits is the last such year that is not after ``latest``.
    """
    found = _day(cell, latest)
    return found if found is not None and found <= latest and found.year >= latest.year - AGE_MAX - 5 else None


def is_month_first(cell: Cell, latest: date) -> bool:
    """Whether a day can only be read as months before days are written: 12/13/1969."""
    numbers = re.findall(r"\d+", cell) if isinstance(cell, str) else []
    if len(numbers) < 3 or len(numbers[0]) == 4 or not 1 <= int(numbers[0]) <= 12 < int(numbers[1]):
        return False
    return read_day(cell, latest) is not None


def read_year(cell: Cell, latest: date) -> int | None:
    """A year of birth that stands alone: 1984, "1984"."""
    if isinstance(cell, str) and re.fullmatch(r"(19|20)\d\d", cell.strip()):
        cell = int(cell)
    return int(cell) if isinstance(cell, int | float) and 1900 <= cell <= latest.year else None


def years_between(birth: date, latest: date) -> int:
    """Whole years."""
    return latest.year - birth.year - ((latest.month, latest.day) < (birth.month, birth.day))


def read_plain_age(cell: Cell, latest: date) -> int | None:
    """An age that stands where a day of birth belongs: 34, "34", "34 años"; None for anything else."""
    if isinstance(cell, bool) or not isinstance(cell, int | float | str | date):
        return None
    if isinstance(cell, date) and not 0 <= (cell - _SERIAL_ZERO).days <= AGE_MAX + 1:
        return None
    if isinstance(cell, str) and not re.fullmatch(r"\d{1,3}( (anos?|a|years?|y|meses|months?))?", fold(cell)):
        return None
    return read_age(cell, latest).years


def _day(cell: Cell, latest: date) -> date | None:
    if isinstance(cell, date):
        return cell
    if read_year(cell, latest):
        return None  # counted as days it would be one of 1905
    if isinstance(cell, int | float):
        return _SERIAL_ZERO + timedelta(days=int(cell)) if 366 < cell < 80_000 else None
    if not isinstance(cell, str):
        return None
    words = re.sub(r"\s*t?\d{1,2}:\d{2}.*$", "", cell.strip().lower())
    numbers = re.findall(r"\d+", words)
    month = _month(words)
    if month and len(numbers) == 2:
        return _date(_year(numbers[1], latest), month, int(numbers[0]))
    if len(numbers) != 3 or re.search(r"[^\W\d_]", words):
        return None
    if len(numbers[0]) == 4:
        year, second, first = (int(number) for number in numbers)
    else:
        first, second, year = int(numbers[0]), int(numbers[1]), _year(numbers[2], latest)
    return _date(year, second, first) or _date(year, first, second)


def _month(words: str) -> int | None:
    for word in re.findall(r"[^\W\d_]{3,}", fold(words)):
        if word[:3] in _MONTHS:
            return _MONTHS.index(word[:3]) + 1
        if word[:3] in _ENGLISH:
            return _ENGLISH[word[:3]]
    return None


def _year(digits: str, latest: date) -> int:
    if len(digits) != 2:
        return int(digits)
    century = latest.year // 100 * 100
    year = century + int(digits)
    return year if year <= latest.year else year - 100


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
