"""A first Saturday that is moved to the other side of a change of the clock, as programs of others read it.

Two libraries that share no code read the file, and a third goes by the rules of the clock that stand in it: each must
give the instant that zoneinfo gives for the hour on the commune's own clock."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from io import StringIO
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import icalendar
import pytest
from dateutil.tz import tzical
from django.test import Client
from ical.calendar_stream import IcsCalendarStream

from comuna.acts.authority import Actor
from comuna.acts.clock import frozen_at
from comuna.acts.door import perform
from comuna.assemblies.acts import AgendaRow, CancelSession, Convene, MoveSession
from comuna.mandates.acts import ClaimAccount
from comuna.statutes import builtin
from comuna.web import cache
from conftest import Books
from tests.town import Town, founding


@dataclass(frozen=True)
class Case:
    """Two first Saturdays with a change of the clock between them, and the hours from UTC on each."""

    zone: ZoneInfo
    first: date
    first_hours: float
    moved: date
    moved_hours: float


CASES = {
    "autumn in Santiago": Case(ZoneInfo("America/Santiago"), date(2026, 3, 7), -3, date(2026, 5, 2), -4),
    "spring in Santiago": Case(ZoneInfo("America/Santiago"), date(2026, 9, 5), -4, date(2026, 10, 3), -3),
    "spring in Havana": Case(ZoneInfo("America/Havana"), date(2026, 3, 7), -5, date(2026, 4, 4), -4),
    "spring in Madrid": Case(ZoneInfo("Europe/Madrid"), date(2026, 3, 7), 1, date(2026, 4, 4), 2),
    "autumn in Madrid": Case(ZoneInfo("Europe/Madrid"), date(2026, 10, 3), 2, date(2026, 11, 7), 1),
    "half an hour in Caracas": Case(ZoneInfo("America/Caracas"), date(2016, 4, 2), -4.5, date(2016, 5, 7), -4),
}


@pytest.fixture(autouse=True)
def nothing_kept() -> Iterator[None]:
    cache.forget_pages()
    yield
    cache.forget_pages()


def town_of(case: Case) -> Town:
    """Founded two months before, under the clock of the case."""
    act, people, proofs = founding(builtin.text("venezuela-commune"))
    at = f"{case.first - timedelta(days=60)}T13:00:00Z"
    with frozen_at(at):
        commune = perform(act.model_copy(update={"time_zone": case.zone.key}), Actor()).id
        for proof in proofs:
            perform(ClaimAccount(proof=proof), Actor())
    return Town(commune, people, at=at)


@dataclass(frozen=True)
class Entry:
    """What a reader makes of an entry."""

    sequence: int
    status: str
    starts: datetime


def entries(zone: ZoneInfo) -> list[dict[str, Entry]]:
    """By UID: as ``icalendar`` and ``ical`` read them, and ``dateutil`` by the clock's rules in the file alone."""
    answer = Client().get("/agenda.ics", headers={"accept-language": "en"})
    assert answer.status_code == 200
    text = answer.content.decode()
    calendar: Any = icalendar.Calendar.from_ical(text)
    rules = tzical(StringIO(text)).get(zone.key)
    one, other, by_the_file = {}, {}, {}
    for event in calendar.walk("VEVENT"):
        start, uid = event.decoded("DTSTART"), str(event["UID"])
        assert event["DTSTART"].params["TZID"] == zone.key
        said = (int(event["SEQUENCE"]), str(event["STATUS"]))
        one[uid], by_the_file[uid] = Entry(*said, start), Entry(*said, start.replace(tzinfo=rules))
    for found in IcsCalendarStream.calendar_from_ics(text).events:
        assert isinstance(found.dtstart, datetime) and found.uid and found.status and found.sequence is not None
        other[found.uid] = Entry(found.sequence, found.status.value, found.dtstart)
    return [one, other, by_the_file]


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_a_first_saturday_moved_across_a_change_of_the_clock_keeps_its_hour_on_the_wall(
    books: Books, case: Case
) -> None:
    assert {case.first.weekday(), case.moved.weekday()} == {5} and max(case.first.day, case.moved.day) <= 7
    town = town_of(case)

    def convene(hour: str) -> str:
        agenda = (AgendaRow(title="Agua"),)
        act = Convene(organ="cc.assembly", day=case.first, hour=hour, place="Plaza", agenda=agenda)
        return str(town.do(town.promoters[0], act).id)

    session, stays = convene("09:00"), convene("15:30")  # the second one keeps both sides of the change in the file

    def read(day: date, hours: float, status: str = "CONFIRMED") -> int:
        """The entry's sequence. All readers agree on it and on all else, also for the session that stays."""
        wanted = {
            session: (status, datetime.combine(day, time(9), case.zone), hours),
            stays: ("CONFIRMED", datetime.combine(case.first, time(15, 30), case.zone), case.first_hours),
        }
        with frozen_at(town.at):  # of what is older than a year the calendar tells nothing
            readers = entries(case.zone)
        for found in readers:
            assert found.keys() == wanted.keys()
            for uid, (state, wall, offset) in wanted.items():
                starts = found[uid].starts
                assert found[uid].status == state
                assert starts.replace(tzinfo=None) == wall.replace(tzinfo=None), "the hour on the wall"
                assert starts.astimezone(UTC) == wall.astimezone(UTC), "the same instant"
                assert starts.utcoffset() == wall.utcoffset() == timedelta(hours=offset)
        (sequence,) = {found[session].sequence for found in readers}
        return sequence

    convened = read(case.first, case.first_hours)
    town.do(town.promoters[0], MoveSession(session=UUID(session), day=case.moved, hour="09:00", place="Plaza"))
    moved = read(case.moved, case.moved_hours)
    town.do(town.promoters[0], CancelSession(session=UUID(session), reason="Lluvia"))
    cancelled = read(case.moved, case.moved_hours, "CANCELLED")
    assert convened < moved < cancelled
