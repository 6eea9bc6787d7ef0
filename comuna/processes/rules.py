"""The arithmetic of a process: until when a step is due, when it may come, what a vote with turnout decides."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from comuna.statutes.processes import Begins, Process, ProcessStep, StepVote
from comuna.statutes.rules import Counts, needed, passes


class Stage(StrEnum):
    """What a step is on a day."""

    DONE = "done"
    LOST = "lost"  # a vote that did not reach its turnout or its majority
    LATE = "late"  # not done, and its day is over
    NEXT = "next"  # not done, and all that comes before it is
    WAITING = "waiting"  # for what comes before it


def counted_from(process: Process, began: date, ends_first: date | None) -> date:
    """From which day, or back from which, the days are counted. Where the first mandate had ended before the process
    began, they are counted as if it ended so many days later as the longest step asks for."""
    if process.begins is Begins.FOUNDING or ends_first is None:
        return began
    return ends_first if ends_first >= began else began + timedelta(days=process.longest)


def due_on(process: Process, step: ProcessStep, start: date, done: Mapping[str, date]) -> date:
    """The last day of a step. ``start`` is ``counted_from``, ``done`` the day of each step that was done."""
    if step.within_days is not None and all(other in done for other in step.after):
        return max(done[other] for other in step.after) + timedelta(days=step.within_days)
    days = timedelta(days=step.days)
    return start + days if process.begins is Begins.FOUNDING else start - days


def first_day(step: ProcessStep, began: date, done: Mapping[str, date]) -> date:
    """Before which it cannot have been done: the process had not begun, or what it comes after was not done."""
    last = max((done[other] for other in step.after if other in done), default=None)
    return began if last is None else max(began, last + timedelta(days=step.wait_days))


def missing(step: ProcessStep, done: Mapping[str, date]) -> list[str]:
    """The steps it comes after that are not done."""
    return [other for other in step.after if other not in done]


# Votes


@dataclass(frozen=True)
class Poll:
    """Ballot papers of one polling place, or of all."""

    issued: int
    votes_for: int
    against: int
    blank: int
    spoiled: int

    @property
    def counted(self) -> int:
        """Those that were in the box."""
        return self.votes_for + self.against + self.blank + self.spoiled


def total(polls: Iterable[Poll]) -> Poll:
    rows = list(polls)
    return Poll(
        issued=sum(one.issued for one in rows),
        votes_for=sum(one.votes_for for one in rows),
        against=sum(one.against for one in rows),
        blank=sum(one.blank for one in rows),
        spoiled=sum(one.spoiled for one in rows),
    )


@dataclass(frozen=True)
class Outcome:
    """What a vote came to. It approves only when both are true."""

    turnout: int
    needed: int
    reached: bool
    passed: bool


def outcome(vote: StepVote, roll: int, poll: Poll) -> Outcome:
    """Whether enough of the roll took part, and whether the majority approved. Raises ValueError where more papers were
    counted than issued, or issued than there are on the roll."""
    if not poll.counted <= poll.issued <= roll:
        raise ValueError(f"{poll.counted} counted of {poll.issued} issued to a roll of {roll}")
    wanted = needed(vote.share, Counts(roll=roll))
    counts = Counts(roll=roll, present=poll.counted)
    return Outcome(
        turnout=poll.counted,
        needed=wanted,
        reached=poll.counted >= max(wanted, 1),
        passed=passes(vote.majority, poll.votes_for, poll.against, poll.blank + poll.spoiled, counts),
    )
