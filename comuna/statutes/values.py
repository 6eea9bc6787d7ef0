"""The values that rules are made of: where a rule comes from, shares, majorities, rhythms."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction


class Mark(StrEnum):
    """How well a rule is known."""

    FOUND = "F"  # seen in a source
    MEMORY = "M"  # believed right, not seen
    UNSURE = "U"  # to be confirmed by the commune
    DERIVED = "D"  # follows from others by arithmetic
    OWN = "O"  # the commune's own decision, no law behind it


@dataclass(frozen=True)
class Rule:
    """Where a rule comes from."""

    id: str  # "cc.quorum.call1"
    source: str  # "LOCC 2009, art. 22", shown to whoever is refused
    mark: Mark


Names = Mapping[str, str]
"""Language code to the words in that language; ``es`` and ``en`` are always there."""


class Base(StrEnum):
    """What a share is a share of."""

    ROLL = "roll"  # everybody entitled to sit in the organ, present or not
    MEMBERS = "members"  # the mandates that are held today in the organ
    SEATS = "seats"  # its seats, vacant ones included
    PRESENT = "present"  # who is in the room
    CAST = "cast"  # votes for and against; abstentions left out


@dataclass(frozen=True)
class Share:
    """A part of a base, rounded up to whole people, or a plain number of people.

    Exactly one of ``part`` and ``people`` is set. 30 % of 640 is 192; 30 % of 403 is 121.
    """

    rule: Rule
    part: Fraction | None = None  # 0 < part <= 1
    people: int | None = None
    base: Base = Base.ROLL


@dataclass(frozen=True)
class Call:
    """One call to a session and the attendance that makes it quorate.

    No quorum at all is ``people = 0``.
    """

    number: int  # 1, 2, ...
    quorum: Share
    minutes_after_previous: int = 0


class MajorityKind(StrEnum):
    SIMPLE = "simple"  # more than half of the base
    PLURALITY = "plurality"  # more for than against
    TWO_THIRDS = "two-thirds"  # at least two thirds of the base
    UNANIMOUS = "unanimous"  # the whole base


@dataclass(frozen=True)
class Majority:
    """What makes a motion pass. A tie never passes."""

    rule: Rule
    kind: MajorityKind
    base: Base = Base.PRESENT


class Every(StrEnum):
    WEEK = "week"
    FORTNIGHT = "fortnight"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


@dataclass(frozen=True)
class Rhythm:
    """When an organ meets by itself.

    ``weekday`` is ISO (Monday = 1); ``nth`` picks the nth such weekday of the month (1 to 4,
    or -1 for the last) for month, quarter and year; week and fortnight leave it None. Quarter
    and year meet in the period's first month.
    """

    rule: Rule
    every: Every
    weekday: int
    nth: int | None = None


class Succession(StrEnum):
    """Who comes when a principal goes, tried in order."""

    ALTERNATE = "alternate"
    NEXT_MOST_VOTED = "next-most-voted"
    BY_ELECTION = "by-election"


class Ballot(StrEnum):
    SECRET = "secret"  # noqa: S105  a ballot, no password
    HANDS = "hands"
    EITHER = "either"
