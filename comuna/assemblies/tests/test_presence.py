"""Who counts as present: whoever is entitled as the books stand at the count, not when the sheet was typed."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from comuna.acts.acts import Propose, Sign
from comuna.acts.clock import frozen_at
from comuna.acts.erasing import ErasableAudience, ErasePrivate
from comuna.assemblies import queries
from comuna.assemblies.acts import (
    AgendaRow,
    CloseSession,
    Convene,
    MakeCall,
    PresentRow,
    RecordAttendance,
    RecordCount,
)
from comuna.assemblies.tests.test_session import MEETING, MEETING_DAY, Room
from comuna.journal import files
from comuna.journal.models import PrivatePart
from comuna.mandates.acts import Suspend
from comuna.statutes import builtin, queries as statutes
from comuna.statutes.acts import AdoptStatute
from comuna.territory.acts import RecordDeparture, RecordResidence, RegisterPerson, UndoDeparture
from comuna.territory.acts.people import Where
from comuna.territory.acts.whereabouts import Because
from tests.cast import TODAY, Cast, refused

EVERYTHING = tuple(ErasableAudience)


def test_whoever_died_or_left_after_the_sheet_was_typed_is_not_counted(founded: Cast) -> None:
    room = Room(founded, neighbours=10)
    with frozen_at(MEETING):
        people = room.roll()
        room.come(people)
        for person in room.neighbours[:4]:
            room.does(RecordDeparture(person=person, on=MEETING_DAY, because=Because.DIED))
        room.call(1, "09:05")
        call = queries.standing(room.session).calls[0]
        assert (call.present, call.roll) == (len(people) - 4, len(people) - 4)
        motion, dead = room.motion(), room.neighbours[0]
        with refused("assemblies.counter-absent"):
            two = next(person for person in people if person not in room.neighbours)
            act = RecordCount(motion=motion, votes_for=1, against=0, abstain=0, counter_one=dead, counter_two=two)
            room.does(act)


def test_whoever_was_suspended_after_the_sheet_was_typed_does_not_make_a_quorum(founded: Cast) -> None:
    with frozen_at("2026-02-10T15:00:00Z"):
        convening = Convene(
            organ="cc.unit.finance", day=TODAY, hour="10:50", place="Casa", agenda=(AgendaRow(title="Pagos"),)
        )
        session = founded.does(founded.substitute, convening).id
        stands = queries.standing(session)
        people = sorted(queries.entitled(founded.commune, stands.organ, stands.statute, TODAY).people)
        rows = tuple(PresentRow(person=person) for person in people)
        founded.does(founded.substitute, RecordAttendance(session=session, present=rows))
        founded.signed(Suspend(mandate=founded.mandate(founded.signer), reason="Se investiga"))
        founded.does(founded.substitute, MakeCall(session=session, number=1, hour="10:55"))
        call = queries.standing(session).calls[0]
        assert (call.present, call.roll) == (len(people) - 1, len(people) - 1)


def test_whoever_is_put_onto_the_roll_after_the_first_call_is_not_counted(founded: Cast) -> None:
    room = Room(founded)
    away = room.does(RegisterPerson(full_name="Vecina Ausente", birth_day=date(1990, 1, 1), residence=Where.ABROAD)).id
    with frozen_at(MEETING):
        room.come(room.roll()[:2])
        room.call(1, "09:05")
        room.does(RecordResidence(person=away, residence=Where.HERE))
        with refused("assemblies.after-the-roll"):
            room.come([away])


def test_minutes_say_that_people_were_taken_off_the_roll_while_the_session_sat(founded: Cast) -> None:
    room, reader = Room(founded, neighbours=10), Client()
    with frozen_at(MEETING):
        for person in room.neighbours[:6]:
            room.does(RecordDeparture(person=person, on=MEETING_DAY, because=Because.MOVED))
        room.come(room.roll())
        room.call(1, "09:05")
        for person in room.neighbours[:6]:
            room.does(UndoDeparture(person=person))
        page = reader.get(f"/assemblies/{room.session}/minutes/", headers={"accept-language": "en"}).content.decode()
    assert "Acts that took people off the roll or put them onto it, from 7 days before it was convened." in page

    assert "Before the first call: died or moved away: 6" in page
    assert "After it, when the roll was fixed: departures taken back: 6." in page


def test_where_notice_is_asked_for_no_session_of_today_comes_from_paper(founded: Cast) -> None:
    text = builtin.text("venezuela-commune").replace('version = "2026.1"', 'version = "2026.2"')
    asks = text.replace('id = "cc.assembly"\n', 'id = "cc.assembly"\nnotice_days = 3\n', 1)
    founded.signed(AdoptStatute(file=files.store(asks.encode(), statutes.MEDIA_TYPE), first_day=TODAY))
    act = Convene(
        organ="cc.assembly",
        day=TODAY,
        hour="08:00",
        place="Cancha",
        agenda=(AgendaRow(title="Agua"),),
        from_paper=True,
    )
    with refused("assemblies.from-paper-tomorrow"):
        founded.does(founded.secretary, act)
    with frozen_at("2026-02-11T14:00:00Z"):
        founded.does(founded.secretary, act)


@pytest.mark.parametrize("when", ["before the vote", "before the end", "afterwards"])
@pytest.mark.parametrize("what", ["person", "motion"])
def test_minutes_of_which_something_was_erased_are_still_the_minutes(founded: Cast, what: str, when: str) -> None:
    room, reader = Room(founded, neighbours=4), Client()
    with frozen_at(MEETING):
        room.quorate()
        motion = room.motion(text="Palabra que se borra")
        erasing = ErasePrivate(
            subject=room.neighbours[0] if what == "person" else motion, audiences=EVERYTHING, reason="Lo pidió"
        )
        if when == "before the vote":
            founded.signed(erasing)
        room.count(motion, len(queries.standing(room.session).here), 0)
        if when == "before the end":
            founded.signed(erasing)
        room.does(CloseSession(session=room.session, hour="13:00"))
        if when == "afterwards":
            founded.signed(erasing)
        answer = reader.get(f"/assemblies/{room.session}/minutes/")
    assert answer.status_code == 200, answer.content.decode()[:3000]
    assert "Palabra que se borra" not in answer.content.decode() or what == "person"


def test_erasing_reaches_the_words_in_the_proposal_that_brought_them(founded: Cast) -> None:
    act = Suspend(mandate=founded.mandate(founded.signer), reason="Padece del corazón")
    proposal = founded.does(founded.promoter, Propose(act=act)).id
    suspension = founded.does(founded.other_promoters[0], Sign(proposal=proposal)).performed
    assert suspension is not None
    assert sum("corazón" in bytes(part.body).decode() for part in PrivatePart.objects.all()) == 2
    founded.signed(ErasePrivate(subject=suspension, audiences=EVERYTHING, reason="Lo pidió"))
    assert not any("corazón" in bytes(part.body).decode() for part in PrivatePart.objects.all())


def test_the_words_of_a_proposal_that_came_to_nothing_are_erased_by_its_id(founded: Cast) -> None:
    act = Suspend(mandate=founded.mandate(founded.signer), reason="Padece del corazón")
    proposal = founded.does(founded.promoter, Propose(act=act)).id
    founded.signed(ErasePrivate(subject=proposal, audiences=EVERYTHING, reason="Lo pidió"))
    assert not any("corazón" in bytes(part.body).decode() for part in PrivatePart.objects.all())
