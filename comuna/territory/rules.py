"""Ages, residence and the roll, on plain values."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from comuna.territory.reading.text import fold, initials

__all__ = [
    "GONE",
    "Departure",
    "Known",
    "Residence",
    "RollCount",
    "RollRule",
    "Said",
    "age_on",
    "count_roll",
    "fold",
    "here_since",
    "initials",
    "where_on",
]

GONE = "gone"  # where somebody is who died or moved away

Said = tuple[date | None, str]
"""A day, and where somebody is from that day on: a Residence or GONE. Without a day: as far back as anybody knows."""


class Residence(StrEnum):
    HERE = "here"
    AWAY = "away"  # for work or study, inside the country
    ABROAD = "abroad"


class Departure(StrEnum):
    DIED = "died"
    MOVED = "moved"


@dataclass(frozen=True)
class RollRule:
    """Who counts where everybody sits (a statute's ``Roll``)."""

    age_years: int
    unknown_age_counts: bool
    away_counts: bool
    council: str | None = None  # only who belongs to it; None: everybody of the commune


@dataclass(frozen=True)
class Known:
    """What the roll asks of one person."""

    person: UUID
    birth_day: date | None = None
    age_years: int | None = None
    age_noted_on: date | None = None
    left_on: date | None = None
    erased: bool = False  # who she was: her name, her age and where she lives are nowhere any more
    stays: tuple[Said, ...] = ()  # in the order in which they were said
    belongs: tuple[Said, ...] = ()  # the same of her council, by its slug


@dataclass(frozen=True)
class RollCount:
    """The roll of a day. Somebody of unknown age is in ``unknown_age`` whether or not she is entitled."""

    entitled: frozenset[UUID]
    unknown_age: frozenset[UUID]
    away: int  # old enough or of unknown age, and not counted because they are away or abroad

    @property
    def size(self) -> int:
        return len(self.entitled)


def alphabetical(name: str) -> tuple[str, str]:
    """The place of a name in a Spanish list: capitals and accents aside, ñ after n."""
    marked = unicodedata.normalize("NFC", name).casefold().replace("ñ", "n\uffff")
    return " ".join("\uffff".join(map(fold, word.split("\uffff"))) for word in marked.split()), name


def years_between(begin: date, end: date) -> int:
    """Whole years from one day to another; who is born on 29 February has her birthday on 1 March."""
    return end.year - begin.year - ((end.month, end.day) < (begin.month, begin.day))


def age_on(day: date, birth_day: date | None, age_years: int | None, noted_on: date | None) -> int | None:
    """The age on a day in whole years; None when nobody wrote it down.

    From an age alone it is the least that it can be: the age as noted and the whole years since. Before the
    day on which it was noted it is the age as noted less the years begun.
    """
    if birth_day is not None:
        return max(0, years_between(birth_day, day))
    if age_years is None or noted_on is None:
        return None
    return max(0, age_years + years_between(noted_on, day))


def where_on(day: date, stays: Sequence[Said]) -> str | None:
    """What was said last of all that holds on that day; None before she came. Of whom nothing is said is here.

    "Away since March", said after "here since June", holds in July too: what is said later sets right what was
    said before, from its own day on.
    """
    if not stays:
        return Residence.HERE
    return next((where for begins, where in reversed(stays) if begins is None or begins <= day), None)


def here_since(day: date, stays: Sequence[Said], *, through_absence: bool) -> date | None:
    """Since when somebody has lived here without a break up to that day: she was not gone and, where absence breaks it,
    neither away nor abroad. None where she does not live here that day, and where nobody wrote down since when."""
    lives = {Residence.HERE.value, ""} | ({Residence.AWAY.value, Residence.ABROAD.value} if through_absence else set())
    since: date | None = None
    for begins in sorted({said for said, _where in stays if said is not None and said <= day}, reverse=True):
        if where_on(begins, stays) not in lives:
            return since
        since = begins
    return None if where_on(date.min, stays) in lives else since


def council_on(day: date, belongs: Sequence[Said]) -> str | None:
    """The slug of the council that somebody belonged to on a day, by what was said last of all that holds on it; what
    names none says nothing."""
    said = (council for begins, council in reversed(belongs) if begins is None or begins <= day)
    return next((council for council in said if council), None)


def count_roll(people: Iterable[Known], day: date, rule: RollRule) -> RollCount:
    """Everybody who belongs here on that day and is old enough, with those whose age is unknown.

    Whoever's words were erased is on no roll, of whatever day: a roll is a list of people whom neighbours can name and
    check, and what said that she was too young, or away, went with her name. Her seats stand by their mandates. Who
    still lives here and wants to count is registered anew."""
    entitled: set[UUID] = set()
    unknown: set[UUID] = set()
    away = 0
    for known in people:
        if known.erased:
            continue
        where = where_on(day, known.stays)
        if where is None or where == GONE or (known.left_on is not None and known.left_on <= day):
            continue
        if rule.council is not None and council_on(day, known.belongs) != rule.council:
            continue
        age = age_on(day, known.birth_day, known.age_years, known.age_noted_on)
        if age is not None and age < rule.age_years:
            continue
        if where in (Residence.AWAY, Residence.ABROAD) and not rule.away_counts:
            away += 1
            continue
        if age is None:
            unknown.add(known.person)
            if not rule.unknown_age_counts:
                continue
        entitled.add(known.person)
    return RollCount(frozenset(entitled), frozenset(unknown), away)
