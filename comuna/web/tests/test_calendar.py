"""The calendar of sessions, as programs of others read it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from io import StringIO
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import pytest
from dateutil.tz import tzical
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from ical.calendar_stream import IcsCalendarStream
from ical.event import Event

from comuna.acts.clock import frozen_at
from comuna.assemblies.acts import AddAgendaItem, Adjourn, AgendaRow, CancelSession, Convene, MoveSession
from comuna.assemblies.rules import clock_changes
from comuna.assemblies.tests.test_session import MEETING, MEETING_DAY, Room
from comuna.look import paper
from comuna.mandates import authority
from comuna.mandates.acts import RegisterCouncil
from comuna.statutes import queries as statutes
from comuna.statutes.statute import Statute
from comuna.web import cache
from conftest import Books
from tests.cast import TODAY, Cast
from tests.test_councils import TEXT
from tests.town import founded as town_under

ADDRESS = "http://example.org:8000"
CARACAS = timedelta(hours=-4)


@pytest.fixture(autouse=True)
def nothing_kept() -> Iterator[None]:
    cache.forget_pages()
    yield
    cache.forget_pages()


@pytest.fixture
def room(founded: Cast) -> Room:
    return Room(founded, neighbours=6)


def feed(path: str = "/agenda.ics", language: str = "en") -> str:
    answer = Client().get(path, headers={"accept-language": language})
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    return answer.content.decode()


def events(text: str) -> list[Any]:
    calendar: Any = icalendar.Calendar.from_ical(text)
    return list(calendar.walk("VEVENT"))


def only(text: str) -> Any:
    (event,) = events(text)
    return event


def as_others_read_it(text: str) -> Event:
    """By a reader that is not of the library that wrote it."""
    (event,) = IcsCalendarStream.calendar_from_ics(text).events
    return event


def test_two_programs_read_what_was_convened(room: Room) -> None:
    paper.keep(ADDRESS)
    text = feed()
    event, other = only(text), as_others_read_it(text)
    assert event["UID"] == other.uid == str(room.session)
    assert event["SUMMARY"] == other.summary == "Assembly of citizens, session 1 of 2026"
    assert event["LOCATION"] == other.location == "Cancha techada"
    assert event.decoded("DTSTART") == other.dtstart == datetime(2026, 2, 20, 13, 0, tzinfo=UTC)
    assert event["DTSTART"].params["TZID"] == "America/Caracas"
    assert (event["STATUS"], event["SEQUENCE"]) == ("CONFIRMED", 0)
    assert event["URL"] == f"{ADDRESS}/assemblies/{room.session}/"
    described = str(event["DESCRIPTION"])
    assert "1. Tanque de agua\n2. Alumbrado" in described
    assert "First call: 30\u00a0% of everybody entitled." in described
    assert "Second call: 20\u00a0% of everybody entitled" in described
    assert described == other.description


def test_it_speaks_the_readers_language_and_never_a_private_name(room: Room) -> None:
    spanish = feed(language="es")
    assert "Asamblea de ciudadanas y ciudadanos, sesión 1 de 2026" in str(only(spanish)["SUMMARY"])
    assert "Marisol" not in spanish and "Vecina" not in spanish


def test_a_moved_session_is_the_same_entry_with_a_higher_sequence(room: Room) -> None:
    before = only(feed())
    with frozen_at("2026-02-12T14:00:00Z"):
        room.does(MoveSession(session=room.session, day=date(2026, 2, 27), hour="10:30", place="Escuela"))
        after = only(feed())
    assert after["UID"] == before["UID"]
    assert after["SEQUENCE"] > before["SEQUENCE"]
    assert after.decoded("LAST-MODIFIED") == datetime(2026, 2, 12, 14, 0, tzinfo=UTC)
    assert f"{after.decoded('DTSTART'):%Y-%m-%d %H:%M}" == "2026-02-27 10:30"
    assert "Moved on 12 February, from Friday 20 February, 9:00" in str(after["DESCRIPTION"])


def test_each_record_that_touches_a_session_raises_its_sequence_and_no_other_does(room: Room) -> None:
    said = [int(only(feed())["SEQUENCE"])]
    room.does(AddAgendaItem(session=room.session, title="Varios"))
    said.append(int(only(feed())["SEQUENCE"]))
    room._register(99)
    assert int(only(feed())["SEQUENCE"]) == said[-1]
    room.does(CancelSession(session=room.session, reason="Lluvia"))
    said.append(int(only(feed())["SEQUENCE"]))
    assert said == sorted(set(said))


def test_a_cancelled_session_stays_and_says_so(room: Room) -> None:
    room.does(CancelSession(session=room.session, reason="Lluvia"))
    event = only(feed())
    assert event["STATUS"] == "CANCELLED"
    assert event["SUMMARY"] == "Cancelled: Assembly of citizens, session 1 of 2026"
    assert str(event["DESCRIPTION"]).startswith("Cancelled: Lluvia")
    assert as_others_read_it(feed()).status == "CANCELLED"


def test_an_adjourned_session_has_an_entry_for_each_day_and_only_the_coming_one_is_cancelled(room: Room) -> None:
    with frozen_at(MEETING):
        room.come(room.roll()[:1])
        room.call(1, "09:00")
        room.does(Adjourn(session=room.session, day=date(2026, 2, 21), hour="09:00"))
        first, second = events(feed())
        assert (first["UID"], second["UID"]) == (str(room.session), f"{room.session}-2")
        room.does(Adjourn(session=room.session, day=date(2026, 2, 28), hour="09:00"))
        _first, again = events(feed())
        assert (again["UID"], again["SEQUENCE"] > second["SEQUENCE"]) == (second["UID"], True)
        assert again.decoded("DTSTART").date() == date(2026, 2, 28)
        room.does(CancelSession(session=room.session, reason="Nadie puede"))
    assert [event["STATUS"] for event in events(feed())] == ["CONFIRMED", "CANCELLED"]


ODD = 'Coma, punto; "comillas" \\ barra: ñandú 💧 ' + "larguísimo " * 12


def test_what_took_place_leaves_it_after_a_year(room: Room) -> None:
    for at, there in (("2027-02-20T14:00:00Z", 1), ("2027-02-21T14:00:00Z", 0)):
        cache.forget_pages()
        with frozen_at(at):
            assert len(events(feed())) == there


def test_odd_characters_and_long_lines_come_back_as_they_were_typed(room: Room) -> None:
    room.does(MoveSession(session=room.session, day=MEETING_DAY, hour="09:00", place=ODD.strip()))
    room.does(AddAgendaItem(session=room.session, title="Línea\u00a0uno, dos; BEGIN:VEVENT"))
    text = feed()
    lines = text.encode().split(b"\r\n")
    assert max(map(len, lines)) <= 75 and b"\n" not in b"".join(lines), "RFC 5545, 3.1"
    for line in lines:
        line.decode()  # no letter is cut in two
    event, other = only(text), as_others_read_it(text)
    assert event["LOCATION"] == other.location == ODD.strip()
    assert "3. Línea\u00a0uno, dos; BEGIN:VEVENT" in str(event["DESCRIPTION"])


SANTIAGO, HAVANA = ZoneInfo("America/Santiago"), ZoneInfo("America/Havana")


def in_zone(monkeypatch: pytest.MonkeyPatch, room: Room, zone: ZoneInfo) -> None:
    monkeypatch.setitem(authority._zones, room.cast.commune, zone)


@pytest.mark.parametrize("zone", [SANTIAGO, HAVANA], ids=str)
def test_the_rules_of_the_clock_that_the_calendar_brings_are_those_of_the_zone(
    room: Room, monkeypatch: pytest.MonkeyPatch, zone: ZoneInfo
) -> None:
    """Every hour around both changes of the year, read by the rules in the file alone."""
    in_zone(monkeypatch, room, zone)
    changes = clock_changes(zone, date(2026, 2, 20), date(2026, 12, 31))[1:]
    assert len(changes) == 2
    for change in changes:
        moment = (change.at - change.before).replace(tzinfo=UTC)
        assert moment.astimezone(zone).utcoffset() == change.after
        assert (moment - timedelta(seconds=1)).astimezone(zone).utcoffset() == change.before
        for hours in (-2, 0, 1, 2):
            wall = (change.at + timedelta(hours=hours)).replace(tzinfo=zone)
            if wall.astimezone(UTC).astimezone(zone) != wall:
                continue  # the clock never shows this hour
            room.does(MoveSession(session=room.session, day=wall.date(), hour=f"{wall:%H:%M}", place="Escuela"))
            text = feed()
            by_the_file = tzical(StringIO(text)).get(zone.key)
            start = only(text).decoded("DTSTART").replace(tzinfo=by_the_file)
            assert start.astimezone(UTC) == wall.astimezone(UTC), wall


def test_a_zone_without_changes_has_its_one_offset() -> None:
    (only_one,) = clock_changes(ZoneInfo("America/Caracas"), date(2026, 1, 1), date(2036, 1, 1))
    assert (only_one.before, only_one.after, only_one.is_summer) == (CARACAS, CARACAS, False)


def test_it_is_kept_like_every_public_page_until_the_next_act(room: Room) -> None:
    first = Client().get("/agenda.ics")
    again = Client().get("/agenda.ics", headers={"if-none-match": first["ETag"]})
    assert (again.status_code, first["Cache-Control"]) == (304, "no-cache")
    room.does(CancelSession(session=room.session, reason="Lluvia"))
    assert Client().get("/agenda.ics", headers={"if-none-match": first["ETag"]}).status_code == 200


def test_it_asks_the_database_a_fixed_number_of_times(room: Room) -> None:
    def asked() -> int:
        cache.forget_pages()
        with CaptureQueriesContext(connection) as few:
            feed()
        return len(few)

    feed()
    one = asked()
    for hour in range(10, 15):
        Room(room.cast, hour=f"{hour}:00")
    assert asked() == one <= 24


def test_the_statute_of_each_session_is_the_one_in_force_on_its_day(room: Room) -> None:
    at = statutes.texts(room.cast.commune).on
    for day in (date(2020, 1, 1), TODAY, date(2030, 1, 1)):
        for known_at in (1, 5, 10**6):
            wanted: Statute = statutes.in_force(room.cast.commune, day, known_at=known_at)
            assert at(day, known_at) == wanted


def test_each_council_has_a_calendar_of_its_own(books: Books) -> None:
    town = town_under(TEXT)
    for name in ("El Mirador", "La Ceiba"):
        town.enact(RegisterCouncil(name=name))
    for organ in ("cc.assembly@el-mirador", "cc.assembly@la-ceiba", "commune.assembly"):
        agenda = (AgendaRow(title="Agua"),)
        town.do(town.promoters[0], Convene(organ=organ, day=date(2026, 3, 7), hour="09:00", place="x", agenda=agenda))
    with frozen_at(town.at):
        assert len(events(feed())) == 3
        own = only(feed("/agenda/el-mirador.ics"))
    assert "El Mirador" in str(own["SUMMARY"])
    assert Client().get("/agenda/el-otro.ics").status_code == 404
    paper.keep(ADDRESS)
    page = Client().get("/assemblies/calendar/", headers={"accept-language": "en"}).content.decode()
    for path in ("/agenda.ics", "/agenda/el-mirador.ics", "/agenda/la-ceiba.ics"):
        assert f"{ADDRESS}{path}" in page


def test_the_page_of_sessions_leads_to_it(room: Room) -> None:
    page = Client().get("/assemblies/", headers={"accept-language": "en"}).content.decode()
    assert "Put these in your phone" in page and "/assemblies/calendar/" in page


def test_a_commune_without_sessions_has_an_empty_calendar(founded: Cast) -> None:
    assert events(feed()) == []


def test_books_without_a_commune_have_no_calendar(books: Books) -> None:
    assert Client().get("/agenda.ics").status_code == 404
