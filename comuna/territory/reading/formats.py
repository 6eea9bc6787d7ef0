"""How spreadsheets show numbers as days, and what day a number is."""

from __future__ import annotations

import re
from datetime import date, timedelta

_BUILT_IN_DAYS = frozenset({*range(14, 18), 22, *range(27, 32), 36, *range(50, 55), 57, 58})
_BESIDE = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')  # quoted words, fillers, colours and locales
_ZERO = date(1899, 12, 30)
_ZERO_1904 = date(1904, 1, 1)
_LAST = 2_958_465  # 31 December 9999


def shows_a_day(number: int, code: str | None) -> bool:
    """Whether a number format shows a day: by its code, or by its number where it is one of those built in."""
    if not code:
        return number in _BUILT_IN_DAYS
    plain = _BESIDE.sub("", code.split(";")[0]).lower()
    return "y" in plain or "d" in plain


def day_of(serial: float, *, from_1904: bool) -> date | None:
    """The day of a number, None where there is none. Below 61 spreadsheets count a 29 February 1900 that never
    was, so that 1 is 1 January 1900."""
    if not 0 <= serial <= _LAST:
        return None
    if from_1904:
        return _ZERO_1904 + timedelta(days=min(int(serial), _LAST - 1462))
    return _ZERO + timedelta(days=int(serial) + (1 if serial < 60 else 0))


def column_letters(at: int) -> str:
    """The letters of a column counted from 0: 0 is A, 26 is AA."""
    letters = ""
    at += 1
    while at:
        at, rest = divmod(at - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
