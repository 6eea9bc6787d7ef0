"""Text as people type it into values: numbers, days, hours, yes and no. Pure.

Every function takes stripped text that is not empty and raises ``Unreadable`` with words for the person.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy as _, ngettext

DIGITS_MAX = 20
AMOUNT_DIGITS_MAX = 15
YES, NO = "yes", "no"


class Unreadable(ValueError):
    """What was typed is no such thing."""

    def __init__(self, rule: str, words: str | Promise) -> None:
        super().__init__(rule)
        self.rule, self.words = rule, words


def tidy(text: str) -> str:
    """One newline for every kind of line end, NFC, nothing around it."""
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


_NUMBER = re.compile(r"([+-]?)(\d{1,3}(?:([., \u00a0\u202f'’])\d{3}(?:\3\d{3})*)|\d+)")


def read_number(text: str) -> int:
    """A whole number; thousands may be grouped as in ``1.250``, ``1,250`` or ``1 250``."""
    found = _NUMBER.fullmatch(_western(text).replace("\u2212", "-"))
    if found is None:
        raise Unreadable("look.not-a-number", _("Write a whole number in figures, such as 1250."))
    digits = re.sub(r"\D", "", found[2])
    if len(digits) > DIGITS_MAX:
        raise Unreadable("look.number-too-long", _("This number is too large."))
    return -int(digits) if found[1] == "-" else int(digits)


_AMOUNT = re.compile(r"([+-]?)(\d[\d., \u00a0\u202f'’]*)")


def read_amount(text: str, decimals: int, mark: str) -> str:
    """An amount as a decimal string of its smallest part: ``1.234,56`` with two decimals is ``123456``.

    ``mark`` is what the reader's language writes before decimals, ``,`` or ``.``: it settles what else could be either.
    ``1.234`` is a thousand and more where that is a comma; ``1,234`` is three decimals, which bolívares do not have.
    """
    found = _AMOUNT.fullmatch(_western(text).replace("\u2212", "-"))
    if found is None:
        raise Unreadable("look.not-an-amount", _("Write the amount in figures, such as 1250 or 12.50."))
    typed = re.sub(r"[ \u00a0\u202f'’]", "", found[2])
    whole, cents = _parted(typed, decimals, mark)
    if len(cents) > decimals:
        raise Unreadable("look.too-many-decimals", _too_many(decimals))
    digits = (whole + cents.ljust(decimals, "0")).lstrip("0") or "0"
    if len(digits) > AMOUNT_DIGITS_MAX:
        raise Unreadable("look.number-too-long", _("This number is too large."))
    return f"-{digits}" if found[1] == "-" and digits != "0" else digits


def _parted(typed: str, decimals: int, mark: str) -> tuple[str, str]:
    """The digits before and behind the decimal mark. Raises Unreadable."""
    used = [one for one in ".," if one in typed]
    last = max(used, key=typed.rfind, default="")
    whole, _mark, cents = typed.rpartition(last) if last else (typed, "", "")
    alone = len(used) == 1 and typed.count(last) == 1
    if alone and len(cents) == 3 and (last != mark or not decimals):
        whole, cents = typed, ""  # thousands
    elif last and typed.count(last) > 1:
        whole, cents = typed, ""
    groups = re.split(r"[.,]", whole)
    if not all(groups) or any(len(group) != 3 for group in groups[1:]) or (len(groups) > 1 and len(groups[0]) > 3):
        raise Unreadable("look.not-an-amount", _("Write the amount in figures, such as 1250 or 12.50."))
    if len({one for one in ".," if one in whole}) > 1 or (last and cents and last in whole):
        raise Unreadable("look.not-an-amount", _("Write the amount in figures, such as 1250 or 12.50."))
    return "".join(groups), cents


def _too_many(decimals: int) -> str:
    if not decimals:
        return gettext("This is counted in whole numbers.")
    said = ngettext("This is counted with {n} decimal at most.", "This is counted with {n} decimals at most.", decimals)
    return said.format(n=decimals)


_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_DAY_FIRST = re.compile(r"(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{4})")


def read_day(text: str) -> date:
    """``2026-02-07``, or the day first: ``7/2/2026``, ``7-2-2026``, ``7.2.2026``."""
    plain = _western(text)
    if found := _ISO.fullmatch(plain):
        year, month, day = (int(part) for part in found.groups())
    elif found := _DAY_FIRST.fullmatch(plain):
        day, month, year = (int(part) for part in found.groups())
    else:
        raise Unreadable("look.not-a-day", _("Write the day, the month and the year with four figures: 7/2/2026."))
    try:
        return date(year, month, day)
    except ValueError:
        raise Unreadable("look.no-such-day", _("The calendar has no such day.")) from None


_HOUR = re.compile(r"(\d{1,2})(?:\s*[:.h]\s*(\d{2}))?(?::00(?:\.0+)?)?\s*(?:h|([ap])\.?\s*m\.?|(m)\.?)?", re.IGNORECASE)


def read_hour(text: str) -> str:
    """``9``, ``9:00``, ``21:30``, ``9:00 a. m.``, ``12 m.`` (noon) to ``HH:MM``."""
    found = _HOUR.fullmatch(" ".join(_western(text).split()))
    if found is None:
        raise Unreadable("look.not-an-hour", _("Write the hour, such as 9:00 or 4:30 p. m."))
    hour, minute = int(found[1]), int(found[2] or 0)
    half = (found[3] or "").lower()
    if (half and not 1 <= hour <= 12) or (found[4] and hour != 12) or hour > 23 or minute > 59:
        raise Unreadable("look.no-such-hour", _("The clock has no such hour."))
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    return f"{hour:02}:{minute:02}"


def read_flag(text: str) -> bool:
    if text not in (YES, NO):
        raise Unreadable("look.yes-or-no", _("Choose yes or no."))
    return text == YES


_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


def read_id(text: str) -> UUID:
    if not _UUID.fullmatch(text):
        raise Unreadable("look.not-an-id", _("Choose one from the books."))
    return UUID(text)


def _western(text: str) -> str:
    """Digits of any script as 0 to 9."""
    return "".join(str(unicodedata.decimal(letter)) if letter.isdecimal() else letter for letter in text)
