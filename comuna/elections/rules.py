"""Winners from counts, the arithmetic of ballots, and where a recall stands, on plain values."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import groupby
from typing import TypeVar

P = TypeVar("P")

# Winners


class Outcome(StrEnum):
    """What became of somebody who stood."""

    PRINCIPAL = "principal"
    ALTERNATE = "alternate"
    TIED = "tied"  # a further vote among those tied decides
    WAITING = "waiting"  # behind the tied: their place hangs on the further vote
    NOT_ELECTED = "not elected"


@dataclass(frozen=True)
class Places:
    """How many are to be filled."""

    principals: int
    alternates: int


def by_votes(votes: Iterable[tuple[P, int]]) -> list[tuple[P, ...]]:
    """Candidates in groups of equal votes, the most voted first."""
    ordered = sorted(votes, key=lambda one: -one[1])
    return [tuple(person for person, _ in group) for _, group in groupby(ordered, key=lambda one: one[1])]


def outcome(
    groups: Sequence[tuple[P, ...]], places: Places, keeping: frozenset[P] = frozenset()
) -> list[tuple[P, Outcome]]:
    """What becomes of everybody, the most voted first: principals are filled, then alternates.

    Who has equal votes across the last place of either is tied, and whoever stands behind waits with them. A tie
    among people who all get the same kind of place decides nothing and is none. ``keeping`` are those who hold an
    alternate's place already: they can rise to principal, else they keep what they have.
    """
    found: list[tuple[P, Outcome]] = []
    principals, alternates = places.principals, places.alternates
    for place, group in enumerate(groups):
        standing = group if principals else tuple(person for person in group if person not in keeping)
        found += [(person, Outcome.NOT_ELECTED) for person in group if person not in standing]
        left = principals or alternates
        if left and len(standing) > left:
            found += [(person, Outcome.TIED) for person in standing]
            return found + [(person, Outcome.WAITING) for later in groups[place + 1 :] for person in later]
        if principals:
            found += [(person, Outcome.PRINCIPAL) for person in standing]
            principals -= len(standing)
        elif alternates:
            found += [(person, Outcome.ALTERNATE) for person in standing]
            alternates -= len(standing)
        else:
            found += [(person, Outcome.NOT_ELECTED) for person in standing]
    return found


# Ballots


@dataclass(frozen=True)
class Papers:
    """Ballot papers: handed out, valid in the box (blank ones too), spoiled, and given back unused."""

    issued: int
    counted: int
    spoiled: int
    returned: int

    @property
    def add_up(self) -> bool:
        return self.issued == self.counted + self.spoiled + self.returned


Marks = tuple[int, ...]  # the lines of those named on one ballot; none on a blank one


def marked(text: str) -> Marks:
    """Of ``3 1``; none of ``0``, which is a blank ballot. Raises ValueError."""
    return tuple(line for line in map(int, text.split()) if line)


def in_order(slips: Iterable[Marks]) -> list[Marks]:
    """Sorted, and each sorted within: nothing is left of the order in which they were cast or written on."""
    return sorted(tuple(sorted(slip)) for slip in slips)


def sums(slips: Iterable[Marks], candidates: int) -> list[int]:
    """How many ballots name each candidate."""
    found = [0] * candidates
    for slip in slips:
        for line in slip:
            found[line - 1] += 1
    return found


def votes_fit(votes: Iterable[int], voters: int, marks: int) -> bool:
    """Whether that many voters, each naming at most ``marks`` different people, can have given these votes."""
    counted = list(votes)
    return all(one <= voters for one in counted) and sum(counted) <= voters * marks


# Recall


class Stage(StrEnum):
    """Where a recall stands."""

    COLLECTING = "collecting"  # signatures are missing
    LAPSED = "lapsed"  # they were not found in time
    AT_DESK = "at the desk"  # the report is awaited, in time
    REPORT_LATE = "report late"  # its days are over: the assembly may decide without it
    BEFORE_ASSEMBLY = "before the assembly"
    RECALLED = "recalled"
    KEPT = "kept"  # the assembly did not recall
    WITHDRAWN = "withdrawn"
    SETTLED = "settled"  # by the vote on another request about the same mandate
    OVER = "over"  # the mandate ended otherwise

    @property
    def is_open(self) -> bool:
        return self in (Stage.COLLECTING, Stage.AT_DESK, Stage.REPORT_LATE, Stage.BEFORE_ASSEMBLY)

    @property
    def can_be_decided(self) -> bool:
        return self in (Stage.REPORT_LATE, Stage.BEFORE_ASSEMBLY)


@dataclass(frozen=True)
class RecallFacts:
    """All that the stage of a recall hangs on."""

    reached_on: date | None  # when it had its signatures, or needed none
    due_on: date | None  # last day of the report
    lapses_on: date | None = None  # last day for signatures; None where none are needed, or no end is set
    reported: bool = False
    recalled: bool | None = None  # None: not decided
    withdrawn: bool = False
    settled: bool = False
    in_office: bool = True


def stage(recall: RecallFacts, day: date) -> Stage:
    if recall.recalled is not None:
        return Stage.RECALLED if recall.recalled else Stage.KEPT
    if recall.withdrawn:
        return Stage.WITHDRAWN
    if recall.settled:
        return Stage.SETTLED
    if not recall.in_office:
        return Stage.OVER
    if recall.reached_on is None or recall.due_on is None:
        return Stage.LAPSED if recall.lapses_on is not None and day > recall.lapses_on else Stage.COLLECTING
    if recall.reported:
        return Stage.BEFORE_ASSEMBLY
    return Stage.AT_DESK if day <= recall.due_on else Stage.REPORT_LATE


def lapses_on(asked_on: date, days: int) -> date:
    """The last day for signatures: running days, the day after the request being the first."""
    return asked_on + timedelta(days=days)


def report_due(reached_on: date, days: int) -> date:
    """The last day of the report: running days, the day after the petition is complete being the first."""
    return reached_on + timedelta(days=days)


def days_late(reported_on: date, due_on: date) -> int:
    return max(0, (reported_on - due_on).days)
