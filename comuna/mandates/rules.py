"""The rules of mandates on plain values: what one is on a day, who fits into a place, who comes next.

Who may stand, how long a term lasts and for how long a recall bars is the arithmetic of ``statutes.rules``.
Days: ``begins`` is the first day of a mandate, ``ends`` the last day of its term, an ending's ``on``
the first day without it. So a mandate ended on the day it began was never in force.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID, uuid5

from comuna.statutes.rules import months_later, term_ends
from comuna.statutes.statute import AfterTerm, SeatKind, Succession, Term


class MandateStatus(StrEnum):
    """What a mandate is on one day."""

    NOT_YET = "not yet"  # begins later
    ACTIVE = "active"
    EXPIRED_ACTING = "expired and acting"  # its term is over, the statute lets it go on
    LAPSED = "lapsed"  # its term is over and its power with it
    SUSPENDED = "suspended"
    RESIGNED = "resigned"
    RECALLED = "recalled"
    REPLACED = "replaced"  # somebody else took the place
    RELIEVED = "relieved"  # a promoter's, when those who were elected took over
    DIED = "died"
    ENDED = "ended"  # moved away, or any other end that was written down
    STEPPED_IN = "stepped in"  # an alternate who is a principal now
    ABOLISHED = "abolished"  # the statute in force no longer has the seat
    UNDONE = "undone"  # had been entered by mistake

    @property
    def has_power(self) -> bool:
        return self in (MandateStatus.ACTIVE, MandateStatus.EXPIRED_ACTING)

    @property
    def in_office(self) -> bool:
        """Whether the seat is taken: a suspended holder still holds it."""
        return self.has_power or self is MandateStatus.SUSPENDED


class EndingKind(StrEnum):
    """How a mandate ended before or after its term."""

    RESIGNED = "resigned"
    RECALLED = "recalled"
    REPLACED = "replaced"
    RELIEVED = "relieved"  # follows from other mandates (``powers.relieved_on``) and is never written down
    DIED = "died"
    ENDED = "ended"
    STEPPED_IN = "stepped in"
    UNDONE = "undone"


@dataclass(frozen=True)
class Span:
    """First and last day; no last day where it is open."""

    begins: date
    ends: date | None

    def covers(self, day: date) -> bool:
        return self.begins <= day and (self.ends is None or day <= self.ends)


class MandateFacts(NamedTuple):
    """All that a mandate's status hangs on."""

    term: Span
    after: AfterTerm = AfterTerm.ACTS
    in_statute: bool = True
    ending: EndingKind | None = None
    ended_on: date | None = None
    suspensions: tuple[Span, ...] = ()


def status(mandate: MandateFacts, day: date) -> MandateStatus:
    """What the mandate is on that day. An ending stands above everything that comes after it."""
    if mandate.ending is EndingKind.UNDONE:
        return MandateStatus.UNDONE
    if day < mandate.term.begins:
        return MandateStatus.NOT_YET
    if mandate.ending is not None and mandate.ended_on is not None and mandate.ended_on <= day:
        return MandateStatus(mandate.ending.value)
    if not mandate.in_statute:
        return MandateStatus.ABOLISHED
    if any(suspension.covers(day) for suspension in mandate.suspensions):
        return MandateStatus.SUSPENDED
    if mandate.term.covers(day):
        return MandateStatus.ACTIVE
    return MandateStatus.EXPIRED_ACTING if mandate.after is AfterTerm.ACTS else MandateStatus.LAPSED


# Terms


def last_day(begins: date, term: Term) -> date | None:
    """The last day of a term; None where the statute sets no end. 36 months from 15 March end on a 14 March."""
    expired = term_ends(begins, term)
    return None if expired is None else expired - timedelta(days=1)


def consecutive_terms(held: Iterable[Span], begins: date, months: int | None) -> int:
    """How many terms in a row somebody would have served before one that begins on this day.

    ``held`` are the earlier mandates in seats of this kind, open ones ending when the new one begins.
    The row is broken by sitting out one whole term.
    """
    row, since = 0, begins
    for span in sorted(held, key=lambda span: span.begins, reverse=True):
        if span.begins >= begins:
            continue
        until = min(span.ends or begins, begins)
        if months_later(until, months or 12) < since:
            break
        row, since = row + 1, span.begins
    return row


# Places: a seat and a number, as principal or as alternate


@dataclass(frozen=True)
class Occupation:
    """One mandate in a place, as ``placed`` sees it."""

    mandate: UUID
    term: Span
    ended_on: date | None = None

    def follows(self, begins: date) -> bool:
        return self.term.begins > begins


@dataclass(frozen=True)
class Placed:
    """A new mandate fits into its place: these older ones end on the day it begins, and it ends itself
    on ``ended_on`` where a later one is already there."""

    replaces: tuple[UUID, ...] = ()
    ended_on: date | None = None


@dataclass(frozen=True)
class Taken:
    """It does not fit: this mandate holds the place."""

    by: UUID


def placed(term: Span, standing: Sequence[Occupation]) -> Placed | Taken:
    """Whether a mandate of this term fits among those of the same place, so that no two hold it on one day.

    An expired holder goes when the new one comes; one whose term still runs does not.
    """
    replaces: list[UUID] = []
    ended_on: date | None = None
    for other in sorted(standing, key=lambda other: other.term.begins):
        if other.ended_on is not None and other.ended_on <= max(other.term.begins, term.begins):
            continue
        if other.follows(term.begins):
            if term.ends is None or term.ends >= other.term.begins:
                return Taken(other.mandate)
            ended_on = ended_on or other.term.begins
        elif other.ended_on is not None or other.term.ends is None or other.term.ends >= term.begins:
            return Taken(other.mandate)
        else:
            replaces.append(other.mandate)
    return Placed(tuple(replaces), ended_on)


def has_place(kind: SeatKind, number: int, is_alternate: bool) -> bool:
    return 1 <= number <= (kind.alternates if is_alternate else kind.count)


def seat_id(commune: UUID, kind: str, number: int) -> UUID:
    """A seat's row has the same id on every replay, whichever act fills it first."""
    return uuid5(commune, f"seat.{kind}.{number}")


# Who comes next


@dataclass(frozen=True)
class Alternate:
    mandate: UUID
    number: int


def next_in_line(
    order: Sequence[Succession], number: int, alternates: Sequence[Alternate], next_most_voted: UUID | None
) -> Alternate | UUID | None:
    """Who takes over a principal's place: an alternate, whoever had the next most votes, or nobody.

    The alternate of the same number comes first, then the others in order. ``alternates`` are those
    in office; None leaves the seat vacant until a by-election.
    """
    for step in order:
        if step is Succession.ALTERNATE and alternates:
            return min(alternates, key=lambda one: (one.number != number, one.number))
        if step is Succession.NEXT_MOST_VOTED and next_most_voted is not None:
            return next_most_voted
        if step is Succession.BY_ELECTION:
            return None
    return None
