"""The first call fixes the roll: nobody comes onto it or goes off it by what is written afterwards, and the minutes say
how much was written around it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from django.test import Client

from comuna.acts.clock import frozen_at
from comuna.acts.erasing import ErasableAudience, ErasePrivate
from comuna.assemblies import queries
from comuna.assemblies.acts import Adjourn, PresentRow, RecordAttendance
from comuna.assemblies.tests.test_session import MEETING, MEETING_DAY, Room
from comuna.territory.acts import CorrectPerson, RecordDeparture, RecordResidence, RegisterPerson, UndoDeparture
from comuna.territory.acts.people import Clearable, Where
from comuna.territory.acts.whereabouts import Because
from comuna.territory.tests.by_hand import confirm, hand_in
from comuna.territory.tests.town import CENSUS
from tests.cast import Cast, refused

CHILD, GROWN = date(2020, 1, 1), date(1990, 1, 1)


@pytest.fixture
def room(founded: Cast) -> Iterator[Room]:
    room = Room(founded, neighbours=6)
    with frozen_at(MEETING):
        yield room


def minutes(room: Room) -> str:
    address = f"/assemblies/{room.session}/minutes/"
    return Client().get(address, headers={"accept-language": "en"}).content.decode()


def present(room: Room) -> int:
    return queries.standing(room.session).present


def test_minutes_tell_of_people_who_came_off_the_roll_by_their_age_and_onto_it_again(room: Room) -> None:
    whole = room.roll()
    for person in room.neighbours:
        room.does(CorrectPerson(person=person, birth_day=CHILD))
    few = room.roll()
    assert len(few) == len(whole) - 6
    room.come(few)
    room.call(1, "09:05")
    for person in room.neighbours:
        room.does(CorrectPerson(person=person, clear=(Clearable.BIRTH,)))
    said = "age, or since when they live here, corrected: 6"
    assert (
        f"Before the first call: people registered: 6; {said}. After it, when the roll was fixed: {said}."
        in minutes(room)
    )


def test_minutes_tell_of_what_was_written_some_days_before_the_convening(founded: Cast) -> None:
    gone = founded.does(founded.secretary, RegisterPerson(full_name="Vecina Que Se Va", birth_day=GROWN)).id
    with frozen_at("2026-02-12T14:00:00Z"):
        founded.does(founded.secretary, RecordDeparture(person=gone, on=date(2026, 2, 12), because=Because.MOVED))
    with frozen_at("2026-02-19T14:00:00Z"):
        room = Room(founded)
    with frozen_at(MEETING):
        room.quorate()
        page = minutes(room)
    assert "Before the first call: died or moved away: 1. After it, when the roll was fixed: none." in page


def test_minutes_tell_how_many_people_a_list_brought_and_took_away_and_who_was_erased(room: Room) -> None:
    keeper = room.cast.browser(room.cast.secretary)
    confirm(keeper, hand_in(keeper, CENSUS))
    room.cast.signed(ErasePrivate(subject=room.neighbours[0], audiences=tuple(ErasableAudience), reason="Lo pidió"))
    room.quorate()
    assert "people registered: 6; people of imported lists: 4; people erased: 1." in minutes(room)


def test_a_name_set_right_is_not_told_as_a_change_of_the_roll(room: Room) -> None:
    room.quorate()
    room.does(CorrectPerson(person=room.neighbours[0], full_name="Vecina Otra", birth_day=GROWN))
    assert "After it, when the roll was fixed: none." in minutes(room)


def test_a_child_who_is_old_enough_since_the_first_call_is_not_counted(room: Room) -> None:
    child = room.does(RegisterPerson(full_name="Nina Chica", birth_day=CHILD)).id
    room.quorate()
    room.does(CorrectPerson(person=child, clear=(Clearable.BIRTH,)))
    with refused("assemblies.after-the-roll"):
        room.come([child])


def test_whoever_had_left_until_the_first_call_is_not_counted_after_it(room: Room) -> None:
    left = room.neighbours[0]
    room.does(RecordDeparture(person=left, on=MEETING_DAY, because=Because.MOVED))
    room.quorate()
    room.does(UndoDeparture(person=left))
    with refused("assemblies.after-the-roll"):
        room.come([left])


def test_whoever_the_books_call_a_child_since_the_first_call_still_counts(room: Room) -> None:
    whole = len(room.quorate())
    for person in room.neighbours:
        room.does(CorrectPerson(person=person, birth_day=CHILD))
    assert present(room) == whole
    room.count(room.motion(), whole, 0)
    room.does(RecordDeparture(person=room.neighbours[0], on=MEETING_DAY, because=Because.DIED))
    room.does(RecordResidence(person=room.neighbours[1], residence=Where.ABROAD))
    assert present(room) == whole - 2


def test_present_is_never_more_than_the_roll_that_was_fixed(room: Room) -> None:
    """Off the roll between the sheet and the call, and back afterwards."""
    people = room.roll()
    room.come(people)
    for person in room.neighbours:
        room.does(CorrectPerson(person=person, birth_day=CHILD))
    room.call(1, "09:05")
    for person in room.neighbours:
        room.does(CorrectPerson(person=person, birth_day=GROWN))
    first = queries.standing(room.session).calls[0]
    assert (present(room), first.roll) == (len(people) - 6, len(people) - 6)


def test_whoever_comes_of_age_before_a_resumed_session_is_not_on_its_roll(founded: Cast) -> None:
    room = Room(founded)
    young = room.does(RegisterPerson(full_name="Casi Grande", birth_day=date(2011, 2, 25))).id
    with frozen_at(MEETING):
        room.come(room.roll()[:1])
        room.call(1, "09:05")
        room.does(Adjourn(session=room.session, day=date(2026, 2, 27), hour="09:00"))
    with frozen_at("2026-02-27T18:00:00Z"):
        with refused("assemblies.after-the-roll"):
            room.does(RecordAttendance(session=room.session, present=(PresentRow(person=young),)))
        room.come([founded.neighbour])
