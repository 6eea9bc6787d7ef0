"""What the tables say, once they are read: plain values. Numbers refer to places in the lists of ``Papers``."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from comuna.assemblies.papers.findings import Finding


class Status(StrEnum):
    """Whether somebody was there."""

    PRESENT = "present"
    REMOTE = "remote"
    ABSENT = "absent"
    UNKNOWN = "unknown"


class Method(StrEnum):
    HANDS = "hands"
    NAMES = "names"
    SECRET = "secret"  # noqa: S105 a secret vote, no password
    UNKNOWN = "unknown"


class Result(StrEnum):
    PASSED = "passed"
    FAILED = "failed"
    WITHDRAWN = "withdrawn"
    TIED = "tied"
    UNKNOWN = "unknown"


class Choice(StrEnum):
    FOR = "for"
    AGAINST = "against"
    ABSTAIN = "abstain"
    RECUSED = "recused"
    ABSENT = "absent"


class Tally(NamedTuple):
    """Votes; None where the paper has no number."""

    votes_for: int | None = None
    against: int | None = None
    abstain: int | None = None

    @property
    def is_empty(self) -> bool:
        return self == NO_TALLY

    @property
    def total(self) -> int:
        return sum(number or 0 for number in self)


NO_TALLY = Tally()


@dataclass(frozen=True)
class PastSession:
    row: int
    key: str  # what the tables call it
    organ: str  # as written
    title: str
    day: date
    hour: str  # HH:MM, or ""
    place: str


@dataclass(frozen=True)
class PastName:
    text: str  # as first written
    key: str  # folded, without a title: the same for every way in which the tables write it


@dataclass(frozen=True)
class Attended:
    row: int
    session: int
    name: int
    status: Status
    arrived: str
    left: str


@dataclass(frozen=True)
class PastMotion:
    row: int
    key: str
    session: int
    item: str
    text: str
    mover: int | None
    seconder: int | None
    method: Method
    result: Result
    recorded: Tally
    amends: int | None = None


@dataclass(frozen=True)
class NamedVote:
    row: int
    motion: int
    name: int
    choice: Choice


@dataclass(frozen=True)
class Papers:
    """All that was read. ``rows`` counts the rows of each table that hold anything, headers not counted."""

    sessions: tuple[PastSession, ...]
    names: tuple[PastName, ...]
    attendance: tuple[Attended, ...]
    motions: tuple[PastMotion, ...]
    votes: tuple[NamedVote, ...]
    findings: tuple[Finding, ...]
    rows: dict[str, int]
