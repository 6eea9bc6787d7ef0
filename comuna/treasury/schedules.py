"""Small credits in plain values: what is due when, how a repayment is split, what is late. Pure.

Interest is simple and flat: so many per cent a year of the whole credit, for all of its time, whenever it is repaid.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import accumulate
from typing import NamedTuple

from comuna.statutes.bookkeeping import Schedule
from comuna.statutes.rules import months_later


class Part(NamedTuple):
    """What is to be repaid on a day, in the smallest part of the unit."""

    due: date
    principal: int
    interest: int

    @property
    def amount(self) -> int:
        return self.principal + self.interest


class Split(NamedTuple):
    principal: int
    interest: int


def flat_interest(principal: int, percent: int, months: int) -> int:
    """For all of the time, to the nearest smallest part; a half goes up."""
    return (principal * percent * months * 2 + 1200) // 2400


def laid_out(begins: date, months: int, schedule: Schedule, principal: int, interest: int) -> tuple[Part, ...]:
    """The parts, the first first; what does not divide falls to the last one."""
    if schedule is Schedule.HARVEST:
        return (Part(months_later(begins, months), principal, interest),)
    parts = []
    for number in range(1, months + 1):
        is_last = number == months
        parts.append(
            Part(
                months_later(begins, number),
                principal - principal // months * (months - 1) if is_last else principal // months,
                interest - interest // months * (months - 1) if is_last else interest // months,
            )
        )
    return tuple(parts)


def split(parts: Sequence[Part], paid: int, amount: int) -> Split:
    """An amount after ``paid`` was repaid already: the oldest part first, of each the interest first."""
    principal = interest = 0
    for part in parts:
        for owed, is_interest in ((part.interest, True), (part.principal, False)):
            taken = min(paid, owed)
            paid -= taken
            now = min(amount, owed - taken)
            amount -= now
            if is_interest:
                interest += now
            else:
                principal += now
    assert amount == 0, "more than is owed"
    return Split(principal, interest)


def late(parts: Sequence[Part], paid: int, day: date) -> int:
    """What was due before that day and is not repaid."""
    return max(0, sum(part.amount for part in parts if part.due < day) - paid)


def late_since(parts: Sequence[Part], paid: int, day: date) -> date | None:
    """The day on which the oldest part that is late was due."""
    sums = accumulate(part.amount for part in parts)
    return next((part.due for part, due in zip(parts, sums, strict=True) if part.due < day and due > paid), None)


class Laid(NamedTuple):
    """A part with how much of it is repaid."""

    part: Part
    paid: int
    is_late: bool


def standing(parts: Sequence[Part], paid: int, day: date) -> tuple[Laid, ...]:
    """Each part as it is on that day."""
    found = []
    for part in parts:
        taken = min(paid, part.amount)
        paid -= taken
        found.append(Laid(part, taken, taken < part.amount and part.due < day))
    return tuple(found)
