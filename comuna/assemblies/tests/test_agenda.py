"""An item of the agenda is struck or worded anew while nothing came under it; what people were told of is seen."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from comuna.acts.clock import frozen_at
from comuna.assemblies import queries
from comuna.assemblies.acts import (
    AddAgendaItem,
    CloseSession,
    CorrectItem,
    PutMotion,
    RecordNotice,
    StrikeItem,
    UndoMotion,
    UndoNote,
    WriteNote,
)
from comuna.assemblies.acts.noticing import How
from comuna.assemblies.holding import changed_outside
from comuna.assemblies.models import AgendaItem
from comuna.assemblies.tests.test_found import kinds
from comuna.assemblies.tests.test_session import MEETING, Room
from tests.cast import TODAY, Cast, refused

ENGLISH = {"accept-language": "en"}


@pytest.fixture
def room(founded: Cast) -> Room:
    return Room(founded, neighbours=4)


def item(room: Room, number: int) -> AgendaItem:
    found: AgendaItem = AgendaItem.objects.get(session=room.session, number=number)
    return found


def titles(room: Room) -> list[str]:
    return [f"{held.item.number}. {held.item.title}" for held in queries.items(room.session)]


def told(room: Room) -> None:
    by = room.cast.secretary
    room.does(RecordNotice(session=room.session, how=How.POSTER, on=TODAY, by=by))


def text(room: Room, page: str = "") -> str:
    return Client().get(f"/assemblies/{room.session}/{page}", headers=ENGLISH).content.decode()


def test_an_item_of_which_nobody_was_told_goes_and_those_behind_it_move_up(room: Room) -> None:
    room.does(AddAgendaItem(session=room.session, title="Varios"))
    room.does(StrikeItem(item=item(room, 2).id, reason="Está dos veces"))
    assert titles(room) == ["1. Tanque de agua", "2. Varios"]
    assert kinds("alumbrado") == []
    assert "Alumbrado" not in text(room) + text(room, "notice/") + text(room, "poster/")
    room.does(AddAgendaItem(session=room.session, title="Cancha"))
    assert titles(room)[-1] == "3. Cancha"
    assert changed_outside(room.session) == []


def test_an_item_of_which_people_were_told_stays_as_struck_in_convocation_and_minutes(room: Room) -> None:
    told(room)
    room.does(StrikeItem(item=item(room, 2).id, reason="La empresa no viene"))
    assert titles(room) == ["1. Tanque de agua", "2. Alumbrado"]
    for page in ("notice/", "poster/"):
        assert "Alumbrado (struck from the agenda)" in text(room, page)
    with frozen_at(MEETING):
        room.quorate()
        page = text(room, "minutes/")
        assert "Struck from the agenda on" in page and "La empresa no viene" in page
        for act in (
            PutMotion(session=room.session, item=2, text="Comprar bombillos"),
            WriteNote(session=room.session, item=2, words="Faltan bombillos"),
            StrikeItem(item=item(room, 2).id, reason="Otra vez"),
        ):
            with refused("assemblies.struck"):
                room.does(act)
        room.does(PutMotion(session=room.session, item=1, text="Comprar un tanque"))
        assert not any(held.waits for held in queries.items(room.session)), "nothing is expected of a struck item"
    assert changed_outside(room.session) == []
    answer = Client().get("/agenda.ics", headers=ENGLISH).content.decode().replace("\r\n ", "")
    assert "Alumbrado (struck from the agenda)" in answer


def test_an_item_added_after_people_were_told_goes_and_what_was_told_of_stays(room: Room) -> None:
    told(room)
    added = room.does(AddAgendaItem(session=room.session, title="Barios")).id
    room.does(CorrectItem(item=added, title="Varios"))
    assert titles(room)[-1] == "3. Varios"
    with refused("assemblies.told-of"):
        room.does(CorrectItem(item=item(room, 1).id, title="Tanque nuevo"))
    room.does(StrikeItem(item=added, reason="No hace falta"))
    assert len(titles(room)) == 2


def test_words_corrected_after_the_day_of_the_convocation_are_not_those_of_the_convocation(room: Room) -> None:
    room.does(CorrectItem(item=item(room, 1).id, title="Tanques"))
    assert item(room, 1).added_on is None, "the same day"
    with frozen_at("2026-02-18T16:00:00Z"):
        room.does(CorrectItem(item=item(room, 1).id, title="Presupuesto"))
        assert item(room, 1).added_on == date(2026, 2, 18)
        assert "In these words since 18 February" in text(room)
    assert kinds("tanques") == [] and kinds("presupuesto") == ["session"]


def test_an_item_under_which_something_came_stays_until_that_is_taken_back(room: Room) -> None:
    with frozen_at(MEETING):
        room.quorate()
        motion = room.motion()
        with refused("assemblies.item-used"):
            room.does(StrikeItem(item=item(room, 1).id, reason="x"))
        room.does(UndoMotion(motion=motion))
        note = room.does(WriteNote(session=room.session, item=1, words="Se rajó")).id
        with refused("assemblies.item-used"):
            room.does(CorrectItem(item=item(room, 1).id, title="x"))
        room.does(UndoNote(note=note))
        room.does(StrikeItem(item=item(room, 1).id, reason="No está el presupuesto"))
        with refused("assemblies.last-item"):
            room.does(StrikeItem(item=item(room, 2).id, reason="x"))
        room.does(CloseSession(session=room.session, hour="10:00"))
        with refused("assemblies.closed"):
            room.does(StrikeItem(item=item(room, 2).id, reason="x"))


def test_earlier_decisions_stand_on_an_agenda_by_themselves_and_are_not_struck(founded: Cast) -> None:
    room = Room(founded)
    with frozen_at(MEETING):
        whole = len(room.quorate())
        room.count(room.motion(responsible="cc.finance"), whole, 0)
        later = Room(founded, hour="18:00")
        by_itself = AgendaItem.objects.get(session=later.session, kind="follow-up").id
        with refused("assemblies.stands-by-itself"):
            later.does(StrikeItem(item=by_itself, reason="x"))


def test_whoever_keeps_the_minutes_is_led_to_strike_and_to_correct_and_nobody_else(room: Room) -> None:
    secretary = room.cast.browser(room.cast.secretary)
    ways = [f"/assemblies/{room.session}/item/{way}/" for way in ("strike", "correct")]
    page = secretary.get(f"/assemblies/{room.session}/").content.decode()
    assert all(way in page for way in ways)
    assert not any(way in text(room) for way in ways)
    told(room)
    page = secretary.get(f"/assemblies/{room.session}/").content.decode()
    assert [way in page for way in ways] == [True, False]
    assert "Alumbrado" in secretary.get(ways[0]).content.decode()
