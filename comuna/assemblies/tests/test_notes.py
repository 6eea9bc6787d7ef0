"""What was reported and said stands in the minutes under its item, as whoever keeps them wrote it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from comuna.acts.clock import frozen_at
from comuna.assemblies import queries
from comuna.assemblies.acts import (
    AddAgendaItem,
    AgendaRow,
    CloseSession,
    Convene,
    MakeCall,
    UndoNote,
    WriteNote,
)
from comuna.assemblies.holding import changed_outside, taken_back
from comuna.assemblies.models import Note
from comuna.assemblies.pages.minutes import page_of
from comuna.assemblies.queries import NextStep
from comuna.assemblies.tests.test_found import erase, kinds
from comuna.assemblies.tests.test_session import MEETING, MEETING_DAY, Room
from comuna.look.parts import Text
from tests.cast import Cast, refused

SAID = "La bomba de la calle Sucre paró el lunes.\n\nFalta un tubo de dos pulgadas."


@pytest.fixture
def room(founded: Cast) -> Room:
    return Room(founded, neighbours=4)


def note(room: Room, **more: Any) -> WriteNote:
    return WriteNote.model_validate({"session": room.session, "item": 1, "words": SAID, **more})


def minutes(session: UUID) -> str:
    answer = Client().get(f"/assemblies/{session}/minutes/", headers={"accept-language": "en"})
    return answer.content.decode()


def in_order(text: str, *words: str) -> bool:
    places = [text.find(one) for one in words]
    return -1 not in places and places == sorted(places)


def test_notes_and_motions_stand_under_their_item_in_the_order_in_which_they_were_written(room: Room) -> None:
    with frozen_at(MEETING):
        whole = len(room.quorate())
        room.does(note(room, seat="cc.finance", who="Y. R.", hour="09:20"))
        room.count(room.motion(text="Comprar el tubo"), whole, 0)
        room.does(note(room, words="Se pidió cuidar el recibo.", hour="09:50"))
        room.does(note(room, item=2, words="Hay tres postes sin luz."))
        page = minutes(room.session)
        assert in_order(page, "9:20", "Y. R.", "bomba de la calle Sucre", "Falta un tubo", "Comprar el tubo", "recibo")
        assert in_order(page, "recibo", "Alumbrado", "tres postes", "No motion was put")
        assert "Motion 1: Comprar el tubo" in page
        room.does(CloseSession(session=room.session, hour="10:00"))
        for path in (f"/assemblies/{room.session}/", f"/assemblies/{room.session}/minutes/"):
            assert "bomba de la calle Sucre" in Client().get(path).content.decode()
    assert changed_outside(room.session) == []
    assert kinds("pulgadas") == ["session"]


def test_minutes_held_against_their_records_tell_a_note_that_was_changed_outside(room: Room) -> None:
    with frozen_at(MEETING):
        room.quorate()
        id = room.does(note(room)).id
        Note.objects.filter(pk=id).update(words="La bomba anda bien.")
        assert changed_outside(room.session) == ["assemblies_note.words"]
        Note.objects.filter(pk=id).update(words=SAID)


def test_a_note_is_taken_back_until_the_session_is_closed_and_the_minutes_say_so(room: Room) -> None:
    with frozen_at(MEETING):
        room.quorate()
        wrong, right = room.does(note(room, words="La bomba explotó")).id, room.does(note(room)).id
        undone = room.does(UndoNote(note=wrong)).id
        assert taken_back(room.session) == [undone]
        assert kinds("exploto") == [], "what is taken back is found no more"
        page = minutes(room.session)
        assert "explotó" not in page and "took back what was written under item 1" in page
        room.does(CloseSession(session=room.session, hour="10:00"))
        with refused("assemblies.closed"):
            room.does(UndoNote(note=right))
        with refused("assemblies.closed"):
            room.does(note(room))


def test_nothing_is_noted_where_there_is_no_quorum_and_no_item(room: Room) -> None:
    with frozen_at(MEETING):
        with refused("assemblies.no-quorum"):
            room.does(note(room))
        room.quorate()
        with refused("assemblies.no-such-item"):
            room.does(note(room, item=9))
        with refused("assemblies.no-such-seat"):
            room.does(note(room, seat="cc.king"))


def test_what_was_said_has_an_hour_of_the_session_that_is_past(room: Room) -> None:
    with frozen_at(MEETING):
        room.quorate()
        with refused("assemblies.hour-ahead"):
            room.does(note(room, hour="14:20"))
        with refused("assemblies.said-before"):
            room.does(note(room, hour="09:04"))
        room.does(note(room, hour="11:30"))
        with refused("assemblies.ended-before"):
            room.does(CloseSession(session=room.session, hour="11:29"))
        room.does(CloseSession(session=room.session, hour="11:30"))


def test_a_session_typed_from_paper_takes_notes_of_its_own_hours(founded: Cast) -> None:
    room = Room(founded)
    with frozen_at("2026-02-25T18:00:00Z"):
        paper = Convene(
            organ="cc.assembly",
            day=MEETING_DAY,
            hour="16:00",
            place="Escuela",
            agenda=(AgendaRow(title="Agua"),),
            from_paper=True,
        )
        room.session = room.does(paper).id
        room.come(room.roll())
        room.does(MakeCall(session=room.session, number=1, hour="16:05"))
        room.does(note(room, hour="17:30"))
    assert Note.objects.get().hour == "17:30"


def test_of_erased_words_the_minutes_say_that_they_were_erased(room: Room) -> None:
    with frozen_at(MEETING):
        room.quorate()
        id = room.does(note(room, who="Fulano de Tal", words="Fulano es un ladrón")).id
        erase(room, id)
        row = Note.objects.get(pk=id)
        assert (row.who, row.words) == ("", "")
        page = minutes(room.session)
        assert "Fulano" not in page and "these words were erased" in page and "Lo pidió" in page
        assert kinds("ladron") == []
        assert changed_outside(room.session) == []


def test_an_item_of_which_something_was_said_waits_for_no_motion_once_a_later_one_was_opened(room: Room) -> None:
    def coming() -> NextStep | None:
        return queries.next_step(queries.standing(room.session), queries.items(room.session), MEETING_DAY)

    with frozen_at(MEETING):
        whole = len(room.quorate())
        room.does(note(room))
        assert [one.waits for one in queries.items(room.session)] == [True, True], "a motion may still be put on it"
        room.does(note(room, item=2))
        assert [one.waits for one in queries.items(room.session)] == [False, True]
        assert coming() is NextStep.MOTION
        room.count(room.motion(item=2), whole, 0)
        assert coming() is NextStep.CLOSE
        room.does(AddAgendaItem(session=room.session, title="Varios"))
        assert coming() is NextStep.MOTION


def test_whoever_keeps_the_minutes_writes_under_each_item_and_gets_the_words_back_that_she_took_back(
    room: Room,
) -> None:
    with frozen_at(MEETING):
        room.quorate()
        stranger, secretary = Client(), room.cast.browser(room.cast.secretary)
        assert "/note/?item=" not in stranger.get(f"/assemblies/{room.session}/").content.decode()
        page = secretary.get(f"/assemblies/{room.session}/").content.decode()
        assert all(f"/assemblies/{room.session}/note/?item={number}" in page for number in (1, 2))
        id = room.does(note(room, item=2, words="Hay tres postes sin luz")).id
        page = secretary.get(f"/assemblies/{room.session}/").content.decode()
        assert f"/assemblies/take-back/note/?note={id}" in page
        room.does(UndoNote(note=id))
        again = secretary.get(f"/assemblies/{room.session}/note/?again={id}").content.decode()
        assert "Hay tres postes sin luz" in again


def test_every_paragraph_is_set_on_paper(room: Room) -> None:
    with frozen_at(MEETING):
        room.quorate()
        room.does(note(room, hour="09:20"))
        page = page_of(queries.standing(room.session))
        parts = [part for section in page.facts for part in getattr(section, "parts", ())]
        said = [str(part.words) for part in parts if isinstance(part, Text)]
        assert any(words.endswith(SAID) and words.startswith("9:20") for words in said)


def test_what_was_said_of_earlier_decisions_stands_above_them(room: Room) -> None:
    with frozen_at(MEETING):
        whole = len(room.quorate())
        room.count(room.motion(responsible="cc.finance"), whole, 0)
        later = Room(room.cast, hour="09:30")
        later.come(later.roll())
        later.call(1, "09:35")
        by_itself = next(held.item.number for held in queries.items(later.session) if held.item.kind)
        later.does(note(later, item=by_itself, words="El tanque llega el martes."))
        page = minutes(later.session)
        assert page.count(f"<h2>{by_itself}. ") == 1
        assert in_order(page, f"<h2>{by_itself}. ", "El tanque llega el martes.", "Comprar un tanque de 5.000 litros")
