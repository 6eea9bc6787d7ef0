"""Who comes later and who leaves: every vote knows how many were there at its hour, and who was not."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.test import Client

from comuna.acts.clock import frozen_at
from comuna.acts.door import Done
from comuna.assemblies import queries
from comuna.assemblies.acts import (
    AgendaRow,
    CloseSession,
    Convene,
    MakeCall,
    PresentRow,
    PutMotion,
    RecordAttendance,
    RecordCount,
    RecordLeaving,
    RecordNames,
    SeatVoteRow,
    UndoAttendance,
    UndoLeaving,
    Vote,
)
from comuna.assemblies.holding import changed_outside
from comuna.assemblies.models import Tally
from comuna.assemblies.rules import minutes_into, was_there
from comuna.assemblies.tests.test_session import MEETING, Room
from tests.cast import Cast, refused

BOARD = "cc.unit.finance"


def leave(room: Room, hour: str, people: Sequence[UUID]) -> Done:
    return room.does(
        RecordLeaving(session=room.session, hour=hour, people=tuple(PresentRow(person=one) for one in people))
    )


def come(room: Room, hour: str, people: Sequence[UUID]) -> Done:
    rows = tuple(PresentRow(person=one) for one in people)
    return room.does(RecordAttendance(session=room.session, present=rows, hour=hour))


def test_every_vote_keeps_how_many_were_there_at_its_hour_and_how_many_were_entitled(founded: Cast) -> None:
    room = Room(founded, neighbours=10)
    with frozen_at(MEETING):
        people = room.roll()
        room.come(people[:-2])
        room.call(1, "09:05")
        come(room, "09:30", people[-2:])
        leave(room, "10:00", people[:3])
        counters = people[5:7]
        tallies = [_tally(room, hour, counters) for hour in ("09:10", "09:30", "09:59", "10:00", "11:00")]
    whole = len(people)
    assert [tally.present for tally in tallies] == [whole - 2, whole, whole, whole - 3, whole - 3]
    assert {tally.entitled for tally in tallies} == {whole}
    assert [tally.hour for tally in tallies] == ["09:10", "09:30", "09:59", "10:00", "11:00"]
    assert changed_outside(room.session) == []


def _tally(room: Room, hour: str, counters: Sequence[UUID]) -> Tally:
    one, two = counters
    act = RecordCount(
        motion=room.motion(),
        votes_for=1,
        against=0,
        abstain=0,
        counter_one=one,
        votes_for_two=1,
        against_two=0,
        abstain_two=0,
        counter_two=two,
        hour=hour,
    )
    room.does(act)
    return queries.tally_of(act.motion)


def test_more_hands_than_were_there_at_that_hour_are_refused(founded: Cast) -> None:
    room = Room(founded, neighbours=10)
    with frozen_at(MEETING):
        people = room.quorate()
        leave(room, "10:00", people[:3])
        one, two = people[5:7]
        act = RecordCount(
            motion=room.motion(),
            votes_for=len(people),
            against=0,
            abstain=0,
            counter_one=one,
            votes_for_two=len(people),
            against_two=0,
            abstain_two=0,
            counter_two=two,
            hour="10:05",
        )
        with refused("assemblies.more-than-present"):
            room.does(act)
        room.does(act.model_copy(update={"hour": "09:55"}))


def test_whoever_left_counts_no_votes(founded: Cast) -> None:
    room = Room(founded, neighbours=10)
    with frozen_at(MEETING):
        people = room.quorate()
        leave(room, "10:00", people[:1])
        with refused("assemblies.counter-absent"):
            _tally(room, "10:30", people[:2])


def test_a_vote_of_an_assembly_that_lost_its_quorum_is_refused_with_the_article(founded: Cast) -> None:
    """LOCC art. 22: it decides while it has its quorum."""
    room = Room(founded, neighbours=10)
    with frozen_at(MEETING):
        people = room.quorate()
        leave(room, "10:00", people[2:])
        with refused("assemblies.quorum-lost") as caught:
            _tally(room, "10:30", people[:2])
        assert caught.value.citation == queries.standing(room.session).calls[0].citation
        _tally(room, "09:30", people[:2])


def test_whoever_left_comes_back_at_an_hour_after_it(founded: Cast) -> None:
    room = Room(founded, neighbours=10)
    with frozen_at(MEETING):
        people = room.quorate()
        leave(room, "10:00", people[:1])
        rows = (PresentRow(person=people[0]),)
        for hour, rule in ((None, "assemblies.came-when"), ("09:40", "assemblies.came-back-when")):
            with refused(rule):
                room.does(RecordAttendance(session=room.session, present=rows, hour=hour))
        come(room, "10:20", people[:1])
        stands = queries.standing(room.session)
    whole = len(people)
    assert [len(stands.at(hour).here) for hour in ("09:59", "10:10", "10:20")] == [whole, whole - 1, whole]
    assert len(queries.present_people(room.session)) == len(people), "whoever came twice is one person"


def test_nobody_leaves_before_she_came_nor_before_she_was_counted_nor_twice(founded: Cast) -> None:
    room = Room(founded, neighbours=10)
    with frozen_at(MEETING):
        people = room.roll()
        room.come(people[:-1])
        room.call(1, "09:05")
        come(room, "09:30", people[-1:])
        with refused("assemblies.left-before-coming"):
            leave(room, "09:20", people[-1:])
        with refused("assemblies.counted-there"):
            leave(room, "09:01", people[:1])
        _tally(room, "10:00", people[:2])
        with refused("assemblies.counted-there"):
            leave(room, "09:50", people[:1])
        with refused("assemblies.not-there"):
            leave(room, "10:10", [people[0], people[0]])
        with refused("assemblies.hour-ahead"):
            leave(room, "15:00", people[:1])


def test_an_alternate_sits_where_the_principal_left_and_the_empty_seat_has_no_vote(founded: Cast) -> None:
    with frozen_at("2026-02-10T15:00:00Z"):
        act = Convene(
            organ=BOARD, day=date(2026, 2, 10), hour="10:00", place="Casa", agenda=(AgendaRow(title="Pagos"),)
        )
        session = founded.does(founded.substitute, act).id
        stands = queries.standing(session)
        sitters = queries.entitled(founded.commune, stands.organ, stands.statute, stands.day).sitters
        people = sorted({one.person for one in sitters})
        rows = tuple(PresentRow(person=person) for person in people)
        founded.does(founded.substitute, RecordAttendance(session=session, present=rows))
        founded.does(founded.substitute, MakeCall(session=session, number=1, hour="10:00"))
        gone = next(row for row in queries.seated_now(session) if row.person != founded.substitute)
        founded.does(
            founded.substitute,
            RecordLeaving(session=session, hour="10:30", people=(PresentRow(person=gone.person),)),
        )
        motion = founded.does(founded.substitute, PutMotion(session=session, item=1, text="Pagar el techo")).id
        votes = (SeatVoteRow(seat=gone.seat, number=gone.number or 0, vote=Vote.FOR),)
        one, two = [row.person for row in queries.attendance(session) if row.person != gone.person][:2]
        by_name = RecordNames(motion=motion, votes=votes, counter_one=one, counter_two=two, hour="10:40")
        with refused("assemblies.seat-absent"):
            founded.does(founded.substitute, by_name)
        founded.does(founded.substitute, by_name.model_copy(update={"hour": "10:29"}))


def test_who_left_is_taken_back_until_somebody_was_counted_or_came(founded: Cast) -> None:
    room = Room(founded, neighbours=10)
    with frozen_at(MEETING):
        people = room.quorate()
        wrong = leave(room, "10:00", people[:4]).id
        sheet = queries.standing(room.session).sheets[0].id
        with refused("assemblies.counted"):
            room.does(UndoAttendance(sheet=sheet))
        room.does(UndoLeaving(leaving=wrong))
        assert queries.standing(room.session).here == frozenset(people)
        right = leave(room, "10:00", people[:3]).id
        back = come(room, "10:10", people[:1]).id
        with refused("assemblies.came-since"):
            room.does(UndoLeaving(leaving=right))
        room.does(UndoAttendance(sheet=back))
        _tally(room, "10:20", people[5:7])
        with refused("assemblies.voted-since"):
            room.does(UndoLeaving(leaving=right))
    assert changed_outside(room.session) == []


def test_after_midnight_is_later_than_the_evening_before() -> None:
    assert [minutes_into("21:00", hour) for hour in ("20:45", "21:00", "23:59", "00:30")] == [-15, 0, 179, 210]
    assert was_there("21:00", "22:00", "00:30", "00:10")
    assert not was_there("21:00", "22:00", "00:30", "00:30"), "from that hour on"


def test_minutes_say_who_came_and_left_and_how_many_were_there_at_each_vote(founded: Cast) -> None:
    room, reader = Room(founded, neighbours=10), Client()
    with frozen_at(MEETING):
        people = room.roll()
        room.come(people[:-2])
        room.call(1, "09:05")
        come(room, "09:30", people[-2:])
        leave(room, "10:00", people[:1])
        _tally(room, "10:30", people[5:7])
        room.does(CloseSession(session=room.session, hour="11:00"))
        page = reader.get(f"/assemblies/{room.session}/minutes/", headers={"accept-language": "en"}).content.decode()
        popolo = reader.get("/popolo.json").json()
    whole, there = len(people), len(people) - 1
    assert "2 people came at 9:30" in page and "1 person left at 10:00" in page
    assert f"at 10:30, present, of all entitled: {there} of {whole}" in page
    assert popolo["vote_events"][0]["start_date"].startswith("2026-02-20T10:30")


def test_who_left_is_typed_by_code_or_ticked(founded: Cast) -> None:
    room = Room(founded, neighbours=3)
    with frozen_at(MEETING):
        browser, people = founded.browser(founded.secretary), room.quorate()
        href = f"/assemblies/{room.session}/leaving/"
        page = browser.get(href, headers={"accept-language": "en"}).content.decode()
        assert "Or tick who left" in page
        form = {"_id": "7d9f7a3e-3b5b-4a35-9a1a-0f2a7f1c9b11", "codes": "", "also": [str(people[0]), str(people[1])]}
        assert browser.post(href, form).status_code == 422, "without an hour"
        answer = browser.post(href, form | {"hour": "10:00"})
        assert answer.status_code == 302, answer.content.decode()
        assert queries.standing(room.session).here == frozenset(people[2:])
        assert browser.post(href, form | {"hour": "10:00"}).status_code == 302, "sent twice over a bad line"
    assert Client().get(href).status_code == 403
