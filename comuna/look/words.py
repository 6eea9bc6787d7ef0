"""Days, hours, numbers and shares as people say them, in the language of the page."""

from __future__ import annotations

from datetime import date

from django.utils.dates import MONTHS, WEEKDAYS
from django.utils.translation import get_language, gettext as _


def day_words(day: date, *, today: date | None = None, weekday: bool = True) -> str:
    """``sábado 4 de octubre de 2026``; without the year when it is today's."""
    names = {"weekday": WEEKDAYS[day.weekday()], "day": day.day, "month": MONTHS[day.month], "year": day.year}
    if in_spanish():
        names["month"], names["weekday"] = str(names["month"]).lower(), str(names["weekday"]).lower()
    words = _("{day} {month}") if today and today.year == day.year else _("{day} {month} {year}")
    said = words.format(**names)
    return f"{names['weekday']} {said}" if weekday else said


def month_words(month: date) -> str:
    """``octubre de 2026``, of any of its days."""
    name = str(MONTHS[month.month])
    return _("{month} {year}").format(month=name.lower() if in_spanish() else name, year=month.year)


def hour_words(hour: str) -> str:
    """``9:00`` for 09:00, ``0:20`` for 00:20."""
    return hour.removeprefix("0")


def moment_words(day: date, hour: str, *, today: date | None = None) -> str:
    """``sábado 4 de octubre, 9:00``."""
    return f"{day_words(day, today=today)}, {hour_words(hour)}"


def number_words(number: int) -> str:
    """``1.250`` in Spanish, ``1,250`` in English; four digits are grouped too."""
    grouped = f"{abs(number):,}"
    if in_spanish():
        grouped = grouped.replace(",", ".")
    return f"\u2212{grouped}" if number < 0 else grouped


def decimal_mark() -> str:
    """What the page's language writes before decimals."""
    return "," if in_spanish() else "."


def amount_words(amount: int, decimals: int) -> str:
    """``1.234,56`` in Spanish, ``1,234.56`` in English, of an amount in the smallest part of its unit."""
    whole, rest = divmod(abs(amount), 10**decimals)
    said = number_words(whole) + (f"{decimal_mark()}{rest:0{decimals}}" if decimals else "")
    return f"\u2212{said}" if amount < 0 else said


def share_words(part: int, whole: int) -> str:
    """``61 de 196 (31 %)``: a share with its whole, the percentage rounded down so that it never flatters."""
    said = _("{part} of {whole}").format(part=number_words(part), whole=number_words(whole))
    return f"{said} ({100 * part // whole}\u00a0%)" if whole else said


def list_words(words: list[str]) -> str:
    """``a, b and c``."""
    if len(words) < 2:
        return "".join(words)
    return _("{first} and {last}").format(first=", ".join(words[:-1]), last=words[-1])


def propose_words(label: object) -> str:
    """``Propose: erase private words``: the button of an act that several must sign."""
    said = str(label)
    return _("Propose: {what}").format(what=said[:1].lower() + said[1:])


def in_spanish() -> bool:
    return (get_language() or "en").startswith("es")
