"""Whether the books bear a letter out, until when it is good, and where a request stands; on plain values."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum


class Stage(StrEnum):
    """Where a request stands on a day."""

    WAITING = "waiting"  # for signatures
    WITHDRAWN = "withdrawn"
    REFUSED = "refused"
    GOOD = "good"
    EXPIRED = "expired"
    REVOKED = "revoked"

    @property
    def is_issued(self) -> bool:
        return self in (Stage.GOOD, Stage.EXPIRED, Stage.REVOKED)


class Closing(StrEnum):
    """How a request or a letter came to its end before its time."""

    WITHDRAWN = "withdrawn"
    REFUSED = "refused"
    REVOKED = "revoked"


class Bar(StrEnum):
    """Why the books do not bear a letter out."""

    LEFT = "left"
    AWAY = "away"
    SINCE_UNKNOWN = "since-unknown"
    TOO_SHORT = "too-short"


@dataclass(frozen=True)
class Resident:
    """What the books say of where somebody is today."""

    is_gone: bool
    is_away: bool  # for work or study, or abroad
    since: date | None  # lives here since; None where nobody wrote it down


def bar(resident: Resident, *, away_counts: bool, lived_here_by: date | None) -> Bar | None:
    """Why somebody may not have a letter; None when she may. ``lived_here_by`` is the last day on which she may have
    come; None where the statute asks for no time."""
    if resident.is_gone:
        return Bar.LEFT
    if resident.is_away and not away_counts:
        return Bar.AWAY
    if lived_here_by is None:
        return None
    if resident.since is None:
        return Bar.SINCE_UNKNOWN
    return Bar.TOO_SHORT if resident.since > lived_here_by else None


def last_good_day(issued: date, days: int) -> date:
    """Running days after the day of issue; the last of them still counts."""
    return issued + timedelta(days=days)


def next_number(taken: Iterable[int]) -> int:
    """In the register of a year, counted from 1; a revoked letter keeps its number."""
    return max(taken, default=0) + 1


def stage(closing: Closing | None, last_day: date | None, day: date) -> Stage:
    """``last_day`` of a letter that was issued, else None."""
    if closing is not None:
        return Stage(closing.value)
    if last_day is None:
        return Stage.WAITING
    return Stage.GOOD if day <= last_day else Stage.EXPIRED
