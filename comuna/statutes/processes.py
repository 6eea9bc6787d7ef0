"""What a statute says of processes: the dated steps of a founding, or of a renewal before mandates end.

``days`` are running days after the process began; of a renewal, before the day on which the first mandate of the
council ends. The last of them still counts.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from comuna.statutes.values import Majority, Names, Rule, Share


class Begins(StrEnum):
    """From where the days of a process are counted."""

    FOUNDING = "founding"  # on from its first day
    LAPSE = "lapse"  # back from the day on which the first mandate of a council ends


@dataclass(frozen=True)
class StepVote:
    """A step that is a vote of everybody on the roll: how many must take part, and what approves it."""

    majority: Majority
    share: Share  # of the roll


@dataclass(frozen=True)
class ProcessStep:
    rule: Rule
    id: str  # "referendum"
    name: Names
    by: tuple[str, ...]  # seat kind ids that record it
    days: int  # until when it is due
    after: tuple[str, ...] = ()  # steps of the same process that come before it
    wait_days: int = 0  # so many running days must lie between those and it
    within_days: int | None = None  # once those are done it is due so many running days later
    vote: StepVote | None = None


@dataclass(frozen=True)
class Process:
    rule: Rule
    id: str  # "renewal"
    name: Names
    begins: Begins
    steps: tuple[ProcessStep, ...]
    council: str | None = None  # whose it is, once there are councils (``spread``)

    @property
    def longest(self) -> int:
        """Days from its first step that is due to its end."""
        return max(step.days for step in self.steps)

    def step(self, id: str) -> ProcessStep | None:
        return next((one for one in self.steps if one.id == id), None)


def process_of(processes: tuple[Process, ...], id: str, council: str | None) -> Process | None:
    """The process with this id of a council; of the whole commune for None."""
    return next((one for one in processes if (one.id, one.council) == (id, council)), None)
