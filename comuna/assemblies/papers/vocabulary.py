"""How people write a day, an hour, a number, a choice. Each reader answers None for what it cannot read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum
from typing import TypeVar

from comuna.assemblies.papers.values import Choice, Method, Result, Status, Tally
from comuna.territory.reading.dates import read_day
from comuna.territory.reading.text import fold

E = TypeVar("E", bound=StrEnum)
NUMBER_MAX = 1_000_000
AHEAD_YEARS = 5  # a day to come is told from what is no day at all

STATUSES: dict[Status, str] = {
    Status.PRESENT: "present|presente|p|si|yes|x|asistio|attended|here|in person|presencial",
    Status.REMOTE: "remote|remoto|remota|virtual|online|en linea|a distancia|telematico|telematica|by phone|remotely",
    Status.ABSENT: "absent|ausente|a|no|regrets|excused|excusado|excusada|con excusa|falto|no asistio|justificado"
    "|justificada|away|leave|de permiso",
    Status.UNKNOWN: "unknown|desconocido|se desconoce|no se sabe|nd",
}
METHODS: dict[Method, str] = {
    Method.HANDS: "hands|show of hands|hand|mano alzada|manos|a mano alzada|manos alzadas|senal de costumbre|voice",
    Method.NAMES: "names|name|by name|roll call|rollcall|nominal|recorded|recorded vote|por nombre|nombres|por nombres"
    "|nominalmente",
    Method.SECRET: "secret|secreto|secreta|secret ballot|ballot|ballots|papers|papeles|papeletas|papeleta|voto secreto",
    Method.UNKNOWN: "unknown|desconocido|desconocida|no se sabe|se desconoce|nd|none",
}
RESULTS: dict[Result, str] = {
    Result.PASSED: "passed|pass|carried|approved|adopted|accepted|agreed|aprobada|aprobado|se aprueba|se aprobo"
    "|aceptada|aceptado|acordada|acordado",
    Result.FAILED: "failed|fail|lost|defeated|rejected|denied|not passed|not carried|negada|negado|rechazada|rechazado"
    "|improbada|improbado|no aprobada|no aprobado|se nego|se rechaza",
    Result.WITHDRAWN: "withdrawn|withdraw|retirada|retirado|se retira|se retiro",
    Result.TIED: "tied|tie|tie vote|empate|empatada|empatado|even",
    Result.UNKNOWN: "unknown|desconocido|desconocida|no se sabe|se desconoce|nd|none",
}
CHOICES: dict[Choice, str] = {
    Choice.FOR: "for|yea|yeas|yes|y|aye|ayes|si|s|favor|a favor|en favor|favorable|afirmativo|afirmativa|in favor"
    "|in favour|pro|positivo|approve|aprueba|supports|support",
    Choice.AGAINST: "against|nay|nays|no|n|noes|contra|en contra|negativo|negativa|opposed|oppose|opposes|rechaza"
    "|desfavorable|con",
    Choice.ABSTAIN: "abstain|abstains|abstained|abstention|abstaining|abstencion|abstenido|abstenida|se abstiene"
    "|se abstuvo|abstuvo|abstiene|en blanco|blanco|blank",
    Choice.RECUSED: "recused|recuse|recuses|recusal|inhibido|inhibida|se inhibe|se inhibio|inhibicion|impedido|impedida"
    "|conflict|conflict of interest|conflicto de interes|excusa de votar|declared interest",
    Choice.ABSENT: "absent|ausente|not present|no presente|no asistio|away|out of room|fuera de sala|fuera",
}


def _by_word(said: Mapping[E, str]) -> dict[str, E]:
    return {word: value for value, words in said.items() for word in words.split("|")}


_STATUSES, _METHODS = _by_word(STATUSES), _by_word(METHODS)
_RESULTS, _CHOICES = _by_word(RESULTS), _by_word(CHOICES)


def read_status(text: str) -> Status | None:
    return _STATUSES.get(fold(text))


def read_method(text: str) -> Method | None:
    return _METHODS.get(fold(text)) if text else Method.UNKNOWN


def read_choice(text: str) -> Choice | None:
    return _CHOICES.get(fold(text))


_AROUND_A_RESULT = re.compile(r"^(motion|mocion|la mocion|proposicion|the motion|item|punto)( was| fue| is)? ")
_HOW_MUCH = re.compile(
    r" (unanimously|unanimous|por unanimidad|unanime|unanimidad|por mayoria|by majority|on division)$"
)
_NUMBERS = re.compile(
    r"\(?\s*(\d{1,6})\s*(?:to|a|vs\.?|[-–:/])\s*(\d{1,6})(?:\s*(?:to|a|vs\.?|[-–:/])\s*(\d{1,6}))?\s*\)?"
)


def read_result(text: str) -> tuple[Result | None, Tally | None]:
    """The result, and the tally where it stands there in words: "Motion Passed (13 to 2)"."""
    if not text:
        return Result.UNKNOWN, None
    counted = _NUMBERS.search(text)
    words = fold(_NUMBERS.sub(" ", text))
    words = _HOW_MUCH.sub("", _AROUND_A_RESULT.sub("", words))
    tally = Tally(*(int(one) if one else None for one in counted.groups())) if counted else None
    return _RESULTS.get(words, Result.UNKNOWN if counted and not words else None), tally


def read_number(text: str) -> int | None:
    """A whole number, also below zero and written 13.0; at most a million either way."""
    found = re.fullmatch(r"([+-]?\d{1,7})(?:[.,]0+)?", text.strip())
    number = int(found.group(1)) if found else None
    return number if number is not None and abs(number) <= NUMBER_MAX else None


_HOUR = re.compile(
    r"(?:.*\d[T ])?(\d{1,2})(?:\s*[:.hH]\s*(\d{2}))?(?::\d{2}(?:\.\d+)?)?\s*"
    r"(?:h|hs|hrs|horas)?\.?\s*(?:([apAP])\s*\.?\s*[mM]\b\.?)?\s*(?:Z|[+-]\d{2}:?\d{2})?",
)


def read_hour(text: str) -> str | None:
    """HH:MM from 13:05, 13:05:00, 1:05 PM, 1.05 p. m., 13h05, a whole moment; a bare 9 is none."""
    found = _HOUR.fullmatch(text.strip())
    if found is None or (found.group(2) is None and found.group(3) is None):
        return None
    hour, minute, half = int(found.group(1)), int(found.group(2) or 0), (found.group(3) or "").lower()
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "p" else 0)
    return f"{hour:02}:{minute:02}" if hour < 24 and minute < 60 else None


_OF_NUMBERS = re.compile(r"\s*(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{4}|\d{2})\b")


def month_comes_first(texts: Iterable[str]) -> bool:
    """Whether a column of days is written months first, as only some of its days can be read: 06/24/2025."""
    day_first = month_first = False
    for text in texts:
        found = _OF_NUMBERS.match(text)
        if found:
            one, two = int(found.group(1)), int(found.group(2))
            day_first, month_first = day_first or one > 12, month_first or two > 12 >= one
    return month_first and not day_first


def is_ambiguous(text: str) -> bool:
    """03/04/2025: both readings are days."""
    found = _OF_NUMBERS.match(text)
    return (
        found is not None and found.group(1) != found.group(2) and max(int(found.group(1)), int(found.group(2))) <= 12
    )


def read_held_on(text: str, today: date, month_first: bool) -> date | None:
    """The day, also one some years ahead. None where there is none."""
    found = _OF_NUMBERS.match(text)
    if found and month_first:
        text = f"{found.group(2)}/{found.group(1)}/{found.group(3)}{text[found.end() :]}"
    return read_day(text, today) or read_day(text, date(today.year + AHEAD_YEARS, 12, 31))
