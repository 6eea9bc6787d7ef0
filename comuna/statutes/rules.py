"""The arithmetic of a statute: quorums, majorities, meeting days, terms, who may stand.

Plain values in and out: no clock, no database, no words of a language. Shares are exact fractions and
round up to whole people, so 30 % of 403 is 121, and half of the room is never more than half.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from math import ceil

from comuna.statutes.statute import (
    Base,
    Call,
    Every,
    Majority,
    MajorityKind,
    Recall,
    Rhythm,
    Rule,
    SeatKind,
    Share,
    Statute,
    Term,
)

# Counting heads


@dataclass(frozen=True)
class Counts:
    """How many there are of whatever a share may be a share of; None where nobody counted."""

    roll: int | None = None
    members: int | None = None
    seats: int | None = None
    present: int | None = None

    def of(self, base: Base) -> int:
        """Raises ValueError when that was not counted, or is only known from a vote."""
        found = {
            Base.ROLL: self.roll,
            Base.MEMBERS: self.members,
            Base.SEATS: self.seats,
            Base.PRESENT: self.present,
        }
        count = found.get(base)
        if count is None:
            raise ValueError(f"a share of {base.value} was asked for, which was not counted")
        return count


@dataclass(frozen=True)
class Quorum:
    """The quorum of one call as it is printed: ``present`` of ``whole`` people, ``needed`` by ``rule``."""

    needed: int
    present: int
    whole: int | None  # the denominator; None where the statute asks for a plain number of people
    reached: bool
    share: Share
    call: int

    @property
    def rule(self) -> Rule:
        return self.share.rule


def needed(share: Share, counts: Counts) -> int:
    """How many people a share comes to, rounded up. Raises ValueError when its base was not counted."""
    if share.part is None:
        return share.people or 0
    return ceil(share.part * counts.of(share.base))


def quorum(call: Call, counts: Counts) -> Quorum:
    """Whether a call is quorate with those present. Nobody at all is never a quorum."""
    present, wanted = counts.of(Base.PRESENT), needed(call.quorum, counts)
    return Quorum(
        needed=wanted,
        present=present,
        whole=None if call.quorum.part is None else counts.of(call.quorum.base),
        reached=present >= max(wanted, 1),
        share=call.quorum,
        call=call.number,
    )


def passes(majority: Majority, votes_for: int, against: int, abstain: int, counts: Counts) -> bool:
    """Whether a motion passes. A tie never does, nor does a motion that nobody voted for.

    Raises ValueError when more voted than were present, or when the base was not counted.
    """
    if counts.present is not None and votes_for + against + abstain > counts.present:
        raise ValueError(f"{votes_for} + {against} + {abstain} votes, but {counts.present} present")
    if votes_for <= against:
        return False
    if majority.kind is MajorityKind.PLURALITY:
        return True
    whole = votes_for + against if majority.base is Base.CAST else counts.of(majority.base)
    if majority.kind is MajorityKind.SIMPLE:
        return 2 * votes_for > whole
    if majority.kind is MajorityKind.TWO_THIRDS:
        return 3 * votes_for >= 2 * whole
    return against == 0 and votes_for >= whole


def votes_needed(majority: Majority, counts: Counts) -> int | None:
    """The fewest votes for with which a motion passes when nobody votes against it.

    None where that depends on the votes cast.
    """
    if majority.kind is MajorityKind.PLURALITY or majority.base is Base.CAST:
        return None
    whole = counts.of(majority.base)
    if majority.kind is MajorityKind.SIMPLE:
        return whole // 2 + 1
    return max(1, -(-2 * whole // 3) if majority.kind is MajorityKind.TWO_THIRDS else whole)


# Days


def next_meeting(rhythm: Rhythm, after: date) -> date:
    """The first day after ``after`` on which the organ meets by itself.

    A fortnight is counted from ``after``, which is then the last meeting: the day comes in the second
    week from it. Quarter and year meet in the period's first month.
    """
    if rhythm.nth is None:
        weeks = 1 if rhythm.every is Every.FORTNIGHT else 0
        ahead = (rhythm.weekday - 1 - after.weekday() - 1) % 7 + 1
        return after + timedelta(days=ahead, weeks=weeks)
    return next(day for day in _nth_weekdays(rhythm, after) if day > after)


def _nth_weekdays(rhythm: Rhythm, start: date) -> Iterator[date]:
    """The nth weekday of each month of the rhythm, from the month of ``start`` on."""
    step = {Every.QUARTER: 3, Every.YEAR: 12}.get(rhythm.every, 1)
    year, month = start.year, start.month
    while True:
        if (month - 1) % step == 0:
            days = [day for week in calendar.monthcalendar(year, month) if (day := week[rhythm.weekday - 1])]
            nth = rhythm.nth or 1
            yield date(year, month, days[nth if nth < 0 else nth - 1])
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)


def months_later(day: date, months: int) -> date:
    """The same day of a later month, or that month's last day where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def term_ends(begins: date, term: Term) -> date | None:
    """The first day on which a mandate begun that day has expired; None when its term has no end."""
    return None if term.months is None else months_later(begins, term.months)


def bar_ends(recall: Recall, term: Term, expires_on: date | None, recalled_on: date) -> date | None:
    """The first day on which a recalled person may stand again; None when nothing bars them.

    ``expires_on`` is the first day after the term they were recalled in, as ``term_ends`` gives it. The bar is the
    rest of that term and ``bar_terms`` whole terms after it: recalled from a mandate of 2025 to 2028, barred 2028-31
    and 2031-34, free in 2034.
    """
    if not recall.bar_terms or term.months is None:
        return None
    return months_later(max(expires_on or recalled_on, recalled_on), term.months * recall.bar_terms)


# Standing for a seat


class Bar(StrEnum):
    """Why somebody may not stand for a seat."""

    TOO_YOUNG = "too-young"
    AGE_UNKNOWN = "age-unknown"
    RESIDENCE = "residence"
    RESIDENCE_UNKNOWN = "residence-unknown"
    INCOMPATIBLE = "incompatible"
    RECALLED = "recalled"
    TERMS = "terms"


@dataclass(frozen=True)
class Candidate:
    """What is known on the day of the election of somebody who stands."""

    age_years: int | None
    resident_since: date | None
    holds: frozenset[str] = frozenset()  # seat kinds of mandates that go on
    barred_until: date | None = None  # first free day after a recall
    consecutive_terms: int = 0  # of this kind of seat, up to today


@dataclass(frozen=True)
class Ineligible:
    """One reason, with the rule behind it and what it asks for: years, months, a day, a seat kind."""

    bar: Bar
    rule: Rule
    asked: int | date | str | None = None


def ineligible(
    statute: Statute, seat: SeatKind, candidate: Candidate, day: date, commune_since: date
) -> tuple[Ineligible, ...]:
    """Every reason why somebody may not take the seat that day; empty when they may."""
    return tuple(_reasons(statute, seat, candidate, day, commune_since))


def _reasons(
    statute: Statute, seat: SeatKind, candidate: Candidate, day: date, commune_since: date
) -> Iterator[Ineligible]:
    asked, term = seat.eligibility, seat.term
    if asked.age_years and (candidate.age_years is None or candidate.age_years < asked.age_years):
        bar = Bar.AGE_UNKNOWN if candidate.age_years is None else Bar.TOO_YOUNG
        yield Ineligible(bar, asked.rule, asked.age_years)
    is_new = asked.waived_when_new and months_later(commune_since, asked.residence_months) > day
    if asked.residence_months and not is_new:
        if candidate.resident_since is None:
            yield Ineligible(Bar.RESIDENCE_UNKNOWN, asked.rule, asked.residence_months)
        elif months_later(candidate.resident_since, asked.residence_months) > day:
            yield Ineligible(Bar.RESIDENCE, asked.rule, asked.residence_months)
    for held in sorted(candidate.holds):
        if held != seat.id and _known(statute, held) and statute.incompatible(seat.id, held):
            yield Ineligible(Bar.INCOMPATIBLE, seat.rule, held)
    recall = statute.recall_of(seat.id)
    if candidate.barred_until is not None and day < candidate.barred_until:
        yield Ineligible(Bar.RECALLED, recall.rule if recall else seat.rule, candidate.barred_until)
    if term.consecutive_terms_max is not None and candidate.consecutive_terms >= term.consecutive_terms_max:
        yield Ineligible(Bar.TERMS, term.rule, term.consecutive_terms_max)


def _known(statute: Statute, kind: str) -> bool:
    """Whether this statute has the seat kind; mandates of an earlier statute may be of others."""
    return any(seat.id == kind for seat in statute.seats)


# From one statute to the next


def carried_over(before: Statute, after: Statute, verb: str) -> tuple[str, ...]:
    """The seat kinds that may perform an act under both statutes."""
    may = set(after.seats_with_power(verb))
    return tuple(seat for seat in before.seats_with_power(verb) if seat in may)
