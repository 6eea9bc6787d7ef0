"""Who counts as present, on plain values."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from hashlib import sha256
from uuid import UUID

from comuna.statutes.rules import next_meeting
from comuna.statutes.values import Every, Rhythm

HALF_A_DAY = 12 * 60  # minutes


@dataclass(frozen=True)
class Sitter:
    """Somebody who holds a seat of the organ on the session's day and may act by it."""

    person: UUID
    kind: str
    number: int
    is_alternate: bool
    acting: bool = False  # the term is over, and the statute lets it go on


@dataclass(frozen=True)
class Placed:
    """A person who came, and the seat she sits in."""

    person: UUID
    kind: str
    number: int
    stands_in: bool


Seat = tuple[str, int]
"""Kind and number."""


def seats_of(sitters: Iterable[Sitter], counts: Mapping[str, int]) -> frozenset[Seat]:
    """The seats that somebody may fill: a principal's, and an alternate's own where the statute has that number."""
    return frozenset((s.kind, s.number) for s in sitters if not s.is_alternate or s.number <= counts.get(s.kind, 0))


def seated(
    came: Iterable[UUID], sitters: Sequence[Sitter], seats: Collection[Seat], taken: Iterable[Seat] = ()
) -> list[Placed]:
    """Who sits where among those who came: principals first, then alternates in seats whose principal is absent.

    A person sits in one seat, a seat has one person, and nobody sits outside ``seats``. An alternate takes the seat
    of her own number, or the first free seat of her kind. Who finds no seat is not in the answer.
    """
    here = list(dict.fromkeys(came))
    filled = set(taken)
    placed: list[Placed] = []
    for person in here:
        seat = next((s for s in sitters if s.person == person and not s.is_alternate and _free(s, filled)), None)
        if seat is not None:
            filled.add((seat.kind, seat.number))
            placed.append(Placed(person, seat.kind, seat.number, False))
    seated_people = {one.person for one in placed}
    for person in here:
        if person in seated_people:
            continue
        place = _place_for(person, sitters, seats, filled)
        if place is not None:
            filled.add(place)
            placed.append(Placed(person, place[0], place[1], True))
    return placed


def _free(seat: Sitter, filled: set[Seat]) -> bool:
    return (seat.kind, seat.number) not in filled


def _place_for(
    person: UUID, sitters: Sequence[Sitter], seats: Collection[Seat], filled: Collection[Seat]
) -> Seat | None:
    for own in (s for s in sitters if s.person == person and s.is_alternate):
        of_kind = sorted(
            (seat for seat in seats if seat[0] == own.kind), key=lambda seat: (seat[1] != own.number, seat[1])
        )
        free = next((seat for seat in of_kind if seat not in filled), None)
        if free is not None:
            return free
    return None


def minutes_between(earlier: tuple[date, str], later: tuple[date, str]) -> int:
    """Minutes from one day and hour ("09:00") to another."""
    return (later[0] - earlier[0]).days * 24 * 60 + _minutes(later[1]) - _minutes(earlier[1])


def moment_after(earlier: tuple[date, str], minutes: int) -> tuple[date, str]:
    """The day and hour that many minutes later."""
    total = _minutes(earlier[1]) + minutes
    return earlier[0] + timedelta(days=total // (24 * 60)), f"{total // 60 % 24:02d}:{total % 60:02d}"


def minutes_into(start: str, hour: str) -> int:
    """Minutes from the hour for which people were called to another hour of the same sitting, which lasts less than
    half a day: 00:30 comes after 21:00, and 20:45 before it."""
    return (_minutes(hour) - _minutes(start) + HALF_A_DAY) % (2 * HALF_A_DAY) - HALF_A_DAY


def was_there(start: str, came: str, left: str, hour: str) -> bool:
    """Whether somebody who came and left at these hours, either of them empty, was there at that hour."""
    at = minutes_into(start, hour)
    return (not came or minutes_into(start, came) <= at) and (not left or at < minutes_into(start, left))


def regular_days(
    rhythm: Rhythm, after: date, moved: Mapping[date, date], count: int, last: date | None = None
) -> list[tuple[date, date]]:
    """The next days after one on which an organ meets by itself, each with the day that the statute says; ``moved``
    are those put on another day by decision. A fortnight is counted from ``last``, the day on which the organ met
    last, else from ``after``."""
    fortnight = rhythm.every is Every.FORTNIGHT
    found = [(day, by_statute) for by_statute, day in moved.items() if day > after]
    near = 7 if fortnight else 0  # of a meeting that was moved the day by the statute may be counted otherwise by now
    by_statute, wanted = (last or after) if fortnight else after, count + len(found)
    while len(found) < wanted:
        by_statute = next_meeting(rhythm, by_statute)
        apart = [(by_statute - one).days for one in moved]
        if by_statute > after and not any(days == 0 or -near < days <= near for days in apart):
            found.append((by_statute, by_statute))
    return sorted(found)[:count]


def meets_on(rhythm: Rhythm, day: date) -> bool:
    if rhythm.every is Every.FORTNIGHT:  # which of two weeks it is depends on when the organ met last
        return day.isoweekday() == rhythm.weekday
    """Whether that is a day of the rhythm; of weeks, whether it is the weekday."""
    if rhythm.nth is None:
        return day.isoweekday() == rhythm.weekday
    return next_meeting(rhythm, day - timedelta(days=1)) == day


def _minutes(hour: str) -> int:
    hours, minutes = hour.split(":")
    return int(hours) * 60 + int(minutes)


# The clock of the place


@dataclass(frozen=True)
class ClockChange:
    """From this moment on the clock of a place is set otherwise."""

    at: datetime  # what the clock shows then, by the offset before; without a zone
    before: timedelta  # from UTC
    after: timedelta
    name: str  # "CST"
    is_summer: bool


def clock_changes(zone: tzinfo, first: date, last: date) -> list[ClockChange]:
    """How the clock stands as the first day begins, and each change up to the last, as RFC 5545, 3.6.5 wants them."""
    here = datetime.combine(first, time(), UTC) - timedelta(days=1)
    offset = _offset(zone, here)
    changes = [_change(zone, here, offset)]
    while here.date() <= last:
        here += timedelta(days=1)
        if _offset(zone, here) != offset:
            changes.append(_change(zone, _moment_of_change(zone, here), offset))
            offset = changes[-1].after
    return changes


def _moment_of_change(zone: tzinfo, after: datetime) -> datetime:
    """The second at which the offset of that moment began, within the day before it."""
    low, high, offset = 0, 24 * 60 * 60, _offset(zone, after)  # seconds back: it holds at low, no longer at high
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if _offset(zone, after - timedelta(seconds=middle)) == offset else (low, middle)
    return after - timedelta(seconds=low)


def _change(zone: tzinfo, at: datetime, before: timedelta) -> ClockChange:
    local = at.astimezone(zone)
    shown = (at + before).replace(tzinfo=None)
    return ClockChange(shown, before, _offset(zone, at), local.tzname() or "", bool(local.dst()))


def _offset(zone: tzinfo, at: datetime) -> timedelta:
    return at.astimezone(zone).utcoffset() or timedelta()


# The codes on a sign-in sheet

LETTERS = "ABCDEFGHJKMNPQRSTVWXYZ"  # none that looks like a figure
_CODE = re.compile(r"(\d{1,6})\s*([A-Za-z])(?![A-Za-z])")


def sheet_code(number: int, person: UUID) -> str:
    """``17K``: somebody's number in the books with a letter that only fits this person.

    The letter finds a wrong figure in 21 of 22 cases. The number itself is never given twice.
    """
    return f"{number}{letter_of(person)}"


def letter_of(person: UUID) -> str:
    return LETTERS[sha256(person.bytes).digest()[0] % len(LETTERS)]


@dataclass(frozen=True)
class TypedCode:
    text: str
    number: int | None  # None where it is no code at all
    letter: str


def typed_codes(text: str) -> list[TypedCode]:
    """The codes in a text typed from a sheet, in order; between them anything but letters and figures."""
    found: list[TypedCode] = []
    end = 0
    for match in _CODE.finditer(text):
        found += _not_codes(text[end : match.start()])
        found.append(TypedCode(match[0], int(match[1]), match[2].upper()))
        end = match.end()
    return found + _not_codes(text[end:])


def _not_codes(text: str) -> list[TypedCode]:
    return [TypedCode(word, None, "") for word in re.findall(r"\w+", text)]
