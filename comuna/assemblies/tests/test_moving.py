"""A session gets another day, hour or place before it is called; everybody sees it and from when."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from comuna.acts.clock import frozen_at
from comuna.acts.erasing import ErasableAudience, ErasePrivate
from comuna.assemblies import queries
from comuna.assemblies.acts import AgendaRow, CancelSession, Convene, MakeCall, MoveSession
from comuna.assemblies.holding import changed_outside
from comuna.assemblies.models import Session
from comuna.assemblies.tests.test_pages import href, post, text
from comuna.assemblies.tests.test_session import MEETING, MEETING_DAY, Room, refused
from comuna.statutes import queries as statutes
from comuna.statutes.statute import Statute
from tests.cast import TODAY, Cast

NEXT_DAY = date(2026, 2, 27)


@pytest.fixture
def room(founded: Cast) -> Room:
    return Room(founded, neighbours=6)


def move(room: Room, day: date = NEXT_DAY, hour: str = "10:00", place: str = "Escuela") -> MoveSession:
    return MoveSession(session=room.session, day=day, hour=hour, place=place)


def test_a_session_moves_with_its_number_agenda_and_address(room: Room) -> None:
    room.does(move(room))
    stands = queries.standing(room.session)
    now = stands.session
    assert (now.day, now.hour, now.place, now.number) == (NEXT_DAY, "10:00", "Escuela", 1)
    assert stands.called_for_first == (MEETING_DAY, "09:00")
    assert [held.item.title for held in queries.items(room.session)] == ["Tanque de agua", "Alumbrado"]
    assert [one.id for one in queries.coming(room.cast.commune, NEXT_DAY)] == [room.session]
    assert changed_outside(room.session) == [], "its rows are what its records make"


def test_its_pages_say_that_it_was_moved_and_from_when(room: Room) -> None:
    secretary = room.cast.browser(room.cast.secretary)
    assert "Move the session" in text(secretary, href(room))
    assert post(secretary, href(room, "move/"), day="2026-02-27", hour="10:00") == 302
    stranger = room.cast.browser(None)
    for page in ("", "notice/", "poster/"):
        said = text(stranger, href(room, page))
        assert "Friday 27 February" in said and "10:00" in said, page
        assert "on 10 February, from Friday 20 February, 9:00" in said, page
    assert "10 days before, for Friday 20 February 2026, 9:00" in text(stranger, href(room))
    with frozen_at("2026-02-27T15:00:00Z"):
        room.come(room.roll())
        room.call(1, "10:00")
    assert "on 10 February, from Friday 20 February, 9:00" in text(stranger, href(room, "minutes/"))


def test_another_day_or_hour_asks_for_the_notice_anew_and_another_place_does_not(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_force = statutes.in_force

    def a_week(commune: UUID, day: date, **known: int) -> Statute:
        statute = in_force(commune, day, **known)
        return replace(statute, organs=tuple(replace(organ, notice_days=7) for organ in statute.organs))

    monkeypatch.setattr(statutes, "in_force", a_week)
    with frozen_at("2026-02-19T14:00:00Z"):
        said = refused(room, move(room, date(2026, 2, 21)))
        assert (said.rule, said.field, bool(said.citation)) == ("assemblies.notice", "day", True)
        assert refused(room, move(room, MEETING_DAY, "08:00")).rule == "assemblies.notice"
        assert refused(room, move(room, date(2026, 2, 25))).rule == "assemblies.notice"
        room.does(move(room, MEETING_DAY, "09:00", "Escuela"))
    stranger = room.cast.browser(None)
    assert "on 19 February, to another place" in text(stranger, href(room))
    assert queries.standing(room.session).session.place == "Escuela"


def test_what_is_past_or_the_same_is_no_move(room: Room) -> None:
    assert refused(room, move(room, date(2026, 2, 9))).rule == "assemblies.past"
    assert refused(room, move(room, MEETING_DAY, "09:00", "Cancha techada")).rule == "assemblies.not-moved"


def test_a_session_that_has_begun_is_adjourned_not_moved(room: Room) -> None:
    with frozen_at(MEETING):
        sheet = room.come(room.roll()[:1])
        assert refused(room, move(room, date(2026, 3, 6))).rule == "assemblies.begun"
        room.call(1, "09:00")
        assert refused(room, move(room, date(2026, 3, 6))).rule == "assemblies.begun"
    assert sheet.id


def test_a_session_that_is_off_or_was_typed_from_paper_is_not_moved(room: Room) -> None:
    room.does(CancelSession(session=room.session, reason="Lluvia"))
    assert refused(room, move(room)).rule == "assemblies.cancelled"
    agenda = (AgendaRow(title="Agua"),)
    act = Convene(organ="cc.assembly", day=TODAY, hour="08:00", place="Cancha", agenda=agenda, from_paper=True)
    room.session = room.does(act).id
    assert refused(room, move(room)).rule == "assemblies.took-place"


def test_nobody_is_called_before_the_day_to_which_it_was_moved(room: Room) -> None:
    room.does(move(room))
    with frozen_at(MEETING):
        assert refused(room, MakeCall(session=room.session, number=1, hour="10:00")).rule == "assemblies.not-yet"


def test_moved_to_another_year_it_is_numbered_there_and_its_old_number_is_not_given_to_two(room: Room) -> None:
    first, later = room.session, Room(room.cast, hour="08:00").session
    room.does(move(room, date(2027, 1, 9)))
    third = Room(room.cast).session
    numbers = {id: (row.day.year, row.number) for id, row in Session.objects.in_bulk([first, later, third]).items()}
    assert numbers == {first: (2027, 1), later: (2026, 2), third: (2026, 3)}
    to_the_next_week = MoveSession(session=third, day=date(2027, 1, 16), hour="10:00", place="Otra")
    room.does(to_the_next_week)
    moved = Session.objects.get(pk=third)
    assert (moved.day.year, moved.number) == (2027, 2), "the second of that year, not the third"


def test_whoever_holds_no_seat_moves_nothing(room: Room) -> None:
    neighbour = room.cast.browser(room.cast.neighbour)
    assert "Move the session" not in text(neighbour, href(room))
    assert "Who can" in text(neighbour, href(room, "move/"), status=403)


def test_the_words_of_a_place_are_erased_with_the_act_that_said_them(room: Room) -> None:
    moved = room.does(move(room, place="Casa de Petra, Vereda 9")).id
    which = (ErasableAudience.PUBLIC,)
    room.cast.signed(ErasePrivate(subject=moved, audiences=which, reason="Dirección de una persona"))
    assert Session.objects.get(pk=room.session).place == ""
    assert "Vereda 9" not in text(room.cast.browser(None), href(room))
