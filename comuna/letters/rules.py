"""Whether the books bear a letter out, until when it is good, and where a request stands; on plain values."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import astuple, dataclass
from datetime import date, timedelta
from enum import StrEnum
from hashlib import sha256


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


class Lapse(StrEnum):
    """Why a signature does not count any more."""

    SEAT = "seat"  # the seat was recalled, suspended, ended, or signs such letters no longer
    WORDS = "words"  # the letter says something else since


@dataclass(frozen=True)
class Saying:
    """All that a letter would say today, but what its request says of its purpose: it is this that is signed."""

    title: str
    attests: str
    days: int  # for which it is good
    full_name: str
    address: str
    since: date | None

    @property
    def digest(self) -> str:
        """SHA-256 in hex of what it says."""
        return sha256(json.dumps(astuple(self), default=str).encode()).hexdigest()


def lapse(signed: str, says: str | None, holds: bool) -> Lapse | None:
    """Why a signature given on these words does not count; None where it does. ``says`` is the digest of the letter
    today."""
    if not holds:
        return Lapse.SEAT
    return None if signed and signed == says else Lapse.WORDS


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
