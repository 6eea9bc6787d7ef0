"""A session whose next call is on another day, because the statute asks for days or people agree so."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from django.test import Client

from comuna.acts.clock import frozen_at
from comuna.assemblies import queries
from comuna.assemblies.acts import Adjourn, CloseSession, MakeCall, RecordNotice, UndoCall
from comuna.assemblies.acts.noticing import How
from comuna.assemblies.tests.test_pages import href, text
from comuna.assemblies.tests.test_session import MEETING, MEETING_DAY, Room, refused
from comuna.statutes import queries as statutes
from comuna.statutes.statute import Statute
from tests.cast import Cast

NEXT_DAY = date(2026, 2, 21)
NEXT_MORNING = "2026-02-21T14:00:00Z"


@pytest.fixture
def room(founded: Cast) -> Room:
    """The first call found two of thirty."""
    room = Room(founded, neighbours=20)
    with frozen_at(MEETING):
        room.come(room.roll()[:2])
        room.call(1, "09:00")
    return room


def adjourn(room: Room, day: date = NEXT_DAY, hour: str = "09:00") -> Adjourn:
    return Adjourn(session=room.session, day=day, hour=hour)


def test_attendance_is_taken_anew_on_the_other_day_and_the_roll_stays(room: Room) -> None:
    with frozen_at(MEETING):
        room.does(adjourn(room))
    stands = queries.standing(room.session)
    assert (stands.day, stands.present, stands.sitting) == (NEXT_DAY, 0, 2)
    before = stands.calls[0].roll
    with frozen_at(NEXT_MORNING):
        late = room._register(99)
        room.come([person for person in room.roll() if person != late][:8])
        room.call(2, "09:10")
    stands = queries.standing(room.session)
    assert (stands.calls[1].present, stands.calls[1].roll, stands.calls[1].reached) == (8, before, True)
    assert len(queries.present_people(room.session)) == 8, "who came the first day and not again is not counted"


def test_a_session_is_not_adjourned_to_the_same_day_or_back(room: Room) -> None:
    with frozen_at(MEETING):
        assert refused(room, adjourn(room, MEETING_DAY)).rule == "assemblies.same-day"
        assert refused(room, adjourn(room, date(2026, 2, 19))).rule == "assemblies.same-day"


def test_the_days_that_the_statute_asks_between_calls_are_kept(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    in_force = statutes.in_force

    def two_days(commune: object, day: date, **known: int) -> Statute:
        statute = in_force(commune, day)  # type: ignore[arg-type]  # as it was asked
        organs = tuple(
            replace(organ, calls=(organ.calls[0], replace(organ.calls[1], minutes_after_previous=2 * 24 * 60)))
            if organ.id == "cc.assembly"
            else organ
            for organ in statute.organs
        )
        return replace(statute, organs=organs)

    monkeypatch.setattr(statutes, "in_force", two_days)
    with frozen_at(MEETING):
        said = refused(room, adjourn(room))
        assert (said.rule, said.citation) == ("assemblies.too-soon", "LOCC art. 22")
        room.does(adjourn(room, date(2026, 2, 22), "09:00"))
    with frozen_at("2026-02-22T14:00:00Z"):
        room.come(room.roll()[:8])
        room.call(2, "09:00")
    assert queries.standing(room.session).quorate is not None


def test_nobody_is_called_before_the_day_it_was_adjourned_to(room: Room) -> None:
    with frozen_at(MEETING):
        room.does(adjourn(room))
        assert refused(room, MakeCall(session=room.session, number=2, hour="10:00")).rule == "assemblies.not-yet"


def test_a_call_after_which_it_was_adjourned_is_not_taken_back(room: Room) -> None:
    call = queries.standing(room.session).calls[0].id
    with frozen_at(MEETING):
        room.does(adjourn(room))
        assert refused(room, UndoCall(call=call)).rule == "assemblies.adjourned"


def test_it_is_adjourned_again_while_nobody_came_and_still_has_one_sitting_more(room: Room) -> None:
    with frozen_at(MEETING):
        room.does(adjourn(room))
        room.does(adjourn(room, date(2026, 2, 28)))
    stands = queries.standing(room.session)
    assert [(sitting.number, sitting.day) for sitting in stands.sittings] == [(2, date(2026, 2, 28))]


def test_after_the_last_call_or_with_a_quorum_there_is_nothing_to_adjourn(room: Room, founded: Cast) -> None:
    with frozen_at(MEETING):
        room.call(2, "09:30")
        assert refused(room, adjourn(room)).rule == "assemblies.no-more-calls"
        other = Room(founded, hour="08:00")
        other.quorate()
        assert refused(other, adjourn(other)).rule == "assemblies.quorate"


def test_an_adjourned_session_stands_among_what_comes_and_its_minutes_name_both_days(room: Room) -> None:
    with frozen_at(MEETING):
        room.does(adjourn(room))
    browser = room.cast.browser(None)
    assert [one.id for one in queries.coming(room.cast.commune, NEXT_DAY)] == [room.session]
    page = browser.get("/assemblies/", headers={"accept-language": "en"}).content.decode()
    assert "adjourned" in page and "21 February" in page
    with frozen_at(NEXT_MORNING):
        room.come(room.roll()[:8])
        room.call(2, "09:10")
        room.does(CloseSession(session=room.session, hour="10:00"))
    minutes = browser.get(f"/assemblies/{room.session}/minutes/", headers={"accept-language": "en"}).content.decode()
    assert "20 February 2026, 9:00" in minutes and "21 February 2026, 9:10" in minutes


def test_whoever_is_told_of_an_adjourned_session_is_told_its_new_day(room: Room, founded: Cast) -> None:
    """In the text to pass on, on the poster, on the first pages; and it can be written down how people were told."""
    with frozen_at(MEETING):
        room.does(adjourn(room, hour="10:30"))
        for page in ("notice/", "poster/", ""):
            assert "21 February" in text(Client(), href(room, page))
        assert "20 February" not in text(Client(), href(room, "notice/"))
        answer = text(Client(), "/assemblies/").partition("<h1")[2].partition("</header>")[0]
        assert "10:30" in answer and "20 February" not in answer
    with frozen_at("2026-02-21T16:00:00Z"):
        told = RecordNotice(session=room.session, how=How.DOORS, on=NEXT_DAY, by=founded.neighbour)
        room.does(told)
        people = room.roll()[:12]
        room.come(people)
        room.call(2, "10:30")
        room.count(room.motion(), len(people), 0)
        assert queries.resolutions(founded.commune, slice(0, 1))[0].decided_on == NEXT_DAY
