"""What happens on which day: the part that draws it, and what rooms are asked so that the first page can."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.utils.dates import MONTHS_3, WEEKDAYS_ABBR

from comuna.look.frame import Words
from comuna.look.parts import Empty, Part, Status
from comuna.look.words import day_words, hour_words, in_spanish

DAYS = 7


@dataclass(frozen=True)
class Week:
    """What the first page asks each room: what happens from today on, for seven days. ``council`` is the reader's own,
    where the books have several and she is signed in."""

    commune: UUID
    today: date
    council: str | None = None

    @property
    def last(self) -> date:
        return self.today + timedelta(days=DAYS - 1)

    def has(self, day: date | None) -> bool:
        return day is not None and self.today <= day <= self.last

    def concerns(self, council: str | None) -> bool:
        """Whether what is this council's, or nobody's, is this reader's."""
        return self.council is None or council in (None, self.council)


@dataclass(frozen=True)
class Happening:
    """A line of the days: a session, a day by which something must be done."""

    day: date
    what: Words
    hour: str = ""  # ``09:00``; empty where the whole day counts
    more: Words = ""
    href: str = ""
    status: Status | None = None

    @property
    def said(self) -> str:
        """Day and hour for whoever does not see the page."""
        return f"{day_words(self.day)}, {hour_words(self.hour)}" if self.hour else day_words(self.day)

    @property
    def weekday(self) -> str:
        return str(WEEKDAYS_ABBR[self.day.weekday()])

    @property
    def month(self) -> str:
        month = str(MONTHS_3[self.day.month])
        return month if in_spanish() else month.capitalize()

    @property
    def hour_words(self) -> str:
        return hour_words(self.hour)


@dataclass(frozen=True)
class Days(Part):
    """What happens, a line each with its day at the edge, the earliest first."""

    template = "look/parts/days.html"
    happenings: Sequence[Happening]
    empty: Empty | None = None


def in_order(found: Sequence[Happening]) -> list[Happening]:
    """The earliest first; what counts all day comes after what has an hour."""
    return sorted(found, key=lambda one: (one.day, one.hour or "99"))
