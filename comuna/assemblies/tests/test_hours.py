"""Hours and days hold together: nobody counts in two places at once, nothing is put where it could not have been."""

from __future__ import annotations

import re
from datetime import date
from uuid import UUID

from django.test import Client

from comuna.acts.clock import frozen_at
from comuna.assemblies import queries
from comuna.assemblies.acts import (
    Adjourn,
    AgendaRow,
    CloseSession,
    Convene,
    MakeCall,
    MoveSession,
    PresentRow,
    PublishStatement,
    PutMotion,
    RecordAttendance,
    RecordCount,
    RecordLeaving,
    RecordNotice,
    UndoAttendance,
    UndoCount,
)
from comuna.assemblies.acts.noticing import How
from comuna.assemblies.models import Session, Tally
from comuna.assemblies.tests.test_pages import href, text
from comuna.assemblies.tests.test_ratifying import finance_decides, hands
from comuna.assemblies.tests.test_session import MEETING, MEETING_DAY, Room
from comuna.mandates.acts import EnterMandate
from comuna.mandates.tests.toy import Recall
from tests.cast import TODAY, Cast, refused


def test_an_organ_is_not_convened_twice_for_one_hour(founded: Cast) -> None:
    room = Room(founded)
    with refused("assemblies.two-at-once"):
        Room(founded)
    other = Room(founded, hour="16:00")
    with refused("assemblies.two-at-once"):
        other.does(MoveSession(session=other.session, day=MEETING_DAY, hour="09:00", place="Otra"))
    assert Session.objects.filter(pk__in=(room.session, other.session)).count() == 2


def test_who_comes_after_a_call_says_when(founded: Cast) -> None:
    """Else the sheet would have them there when the call counted fewer."""
    room = Room(founded, neighbours=10)
    with frozen_at(MEETING):
        people = room.roll()
        room.come(people[:3])
        room.call(1, "09:00")
        rows = tuple(PresentRow(person=person) for person in people[3:])
        with refused("assemblies.came-when") as caught:
            room.does(RecordAttendance(session=room.session, present=rows))
        assert caught.value.field == "hour"
        room.does(RecordAttendance(session=room.session, present=rows, hour="09:20"))


def test_a_motion_is_voted_on_after_its_amendments(founded: Cast) -> None:
    room = Room(founded)
    with frozen_at(MEETING):
        whole = room.quorate()
        motion = room.motion()
        amendment = room.motion(amends=motion, text="Comprar dos")
        _count(room, amendment, "12:00", whole)
        with refused("assemblies.voted-before-amendment"):
            _count(room, motion, "11:59", whole)
        _count(room, motion, "12:00", whole)


def test_minutes_say_when_a_vote_was_typed_long_after_its_hour(founded: Cast) -> None:
    """Most have left: who types the vote at an hour before that is believed, and everybody sees when it was typed."""
    room = Room(founded, neighbours=6)
    with frozen_at("2026-02-20T14:00:00Z"):
        people = room.quorate()
        rows = tuple(PresentRow(person=person) for person in people[2:])
        _count(room, room.motion(), "09:50", people)
        room.does(RecordLeaving(session=room.session, hour="10:00", people=rows))
    with frozen_at("2026-02-20T22:00:00Z"):
        late = room.motion(text="Vender el tanque")
        _count(room, late, "09:55", people)
        room.does(CloseSession(session=room.session, hour="18:00"))
        minutes = text(Client(), href(room, "minutes/"))
    assert minutes.count("typed Friday 20 February") == 1
    assert minutes.index("Vender el tanque") < minutes.index("typed Friday 20 February")


def test_a_session_ends_after_the_last_hour_that_is_written_down(founded: Cast) -> None:
    room = Room(founded)
    with frozen_at(MEETING):
        whole = room.quorate()
        _count(room, room.motion(), "12:00", whole)
        with refused("assemblies.ended-before"):
            room.does(CloseSession(session=room.session, hour="11:59"))
        room.does(CloseSession(session=room.session, hour="12:00"))


def test_the_form_that_closes_a_session_offers_no_hour_before_the_last_one(founded: Cast) -> None:
    room = Room(founded)
    with frozen_at(MEETING):  # two in the afternoon; a wrist watch goes ten minutes before the clock
        whole = room.quorate()
        _count(room, room.motion(), "14:10", whole)
        assert 'value="14:10"' in text(founded.browser(founded.secretary), href(room, "close/"))


def test_a_session_that_nobody_closed_is_no_way_to_change_an_old_count(founded: Cast) -> None:
    room = Room(founded)
    with frozen_at(MEETING):
        whole = len(room.quorate())
        room.count(room.motion(), whole, 0)
    tally = Tally.objects.get()
    with frozen_at("2026-02-22T18:00:00Z"), refused("assemblies.counted-long-ago"):
        room.does(UndoCount(tally=tally.id))
    with frozen_at("2026-02-21T18:00:00Z"):
        room.does(UndoCount(tally=tally.id))


def test_nobody_is_called_to_a_further_sitting_on_a_day_that_is_past(founded: Cast) -> None:
    room = Room(founded, neighbours=10)
    with frozen_at(MEETING):
        room.come(room.roll()[:1])
        room.call(1, "09:00")
    with frozen_at("2026-03-05T18:00:00Z"), refused("assemblies.past"):
        room.does(Adjourn(session=room.session, day=date(2026, 2, 27), hour="09:00"))


def test_a_notice_says_for_which_day_it_was_once_the_session_is_moved(founded: Cast) -> None:
    room = Room(founded)
    room.does(RecordNotice(session=room.session, how=How.POSTER, on=TODAY, by=founded.neighbour))
    page = text(Client(), href(room))
    assert "10 days before" in page and "before it was moved" not in page
    room.does(MoveSession(session=room.session, day=date(2026, 2, 27), hour="09:15", place="Otra"))
    assert "for Friday 20 February 2026, 9:00" in text(Client(), href(room, "minutes/"))
    assert "before it was moved" in text(Client(), href(room, "minutes/"))


def test_minutes_say_at_what_hour_of_the_same_day_a_session_was_convened(founded: Cast) -> None:
    session = _finance_meets(founded)
    assert "the same day at 12:00" in text(Client(), f"/assemblies/{session}/minutes/")


# Seats


def _finance_meets(cast: Cast) -> UUID:
    """The finance unit at noon of the cast's day, two principals of it there from ten on."""
    by = cast.substitute
    with frozen_at("2026-02-10T16:00:00Z"):
        agenda = (AgendaRow(title="Pagos"),)
        act = Convene(organ="cc.unit.finance", day=TODAY, hour="10:00", place="Casa", agenda=agenda)
        session = cast.does(by, act).id
        rows = tuple(PresentRow(person=person) for person in (cast.signer, by))
        cast.does(by, RecordAttendance(session=session, present=rows))
        cast.does(by, MakeCall(session=session, number=1, hour="10:05"))
    return session


def test_an_alternate_comes_into_a_seat_when_its_principal_has_left_it(founded: Cast) -> None:
    stands_in = EnterMandate(
        person=founded.neighbour,
        kind="cc.finance",
        number=1,
        is_alternate=True,
        begins=date(2025, 6, 1),
        origin_words="Acta",
    )
    founded.signed(stands_in)
    by, session = founded.substitute, _finance_meets(founded)
    with frozen_at("2026-02-10T16:00:00Z"):
        gone = (PresentRow(person=founded.signer),)
        founded.does(by, RecordLeaving(session=session, hour="10:30", people=gone))
        came = {"session": session, "present": (PresentRow(person=founded.neighbour),)}
        for hour, number in (("10:20", 2), ("10:30", 1)):  # before, another one that nobody sat in
            sheet = founded.does(by, RecordAttendance.model_validate({**came, "hour": hour})).id
            sat = next(stay for stay in queries.standing(session).recorded if stay.person == founded.neighbour)
            assert (sat.seat, sat.number) == ("cc.finance", number)
            founded.does(by, UndoAttendance(sheet=sheet))


def test_whoever_is_recalled_from_the_seat_in_which_she_sits_sits_in_it_no_more(founded: Cast) -> None:
    """Not by being an alternate of another seat of the same organ either."""
    seat = founded.mandate(founded.signer)
    other = EnterMandate(
        person=founded.signer,
        kind="cc.comptroller",
        number=1,
        is_alternate=True,
        begins=date(2025, 6, 1),
        origin_words="Acta",
    )
    founded.signed(other)
    agenda = (AgendaRow(title="Cuentas"),)
    with frozen_at("2026-02-10T16:00:00Z"):
        act = Convene(organ="cc.collective", day=TODAY, hour="10:00", place="Casa", agenda=agenda)
        session = founded.does(founded.secretary, act).id
        came = [founded.signer, founded.acting_signer, founded.comptroller]
        rows = tuple(PresentRow(person=person) for person in came)
        founded.does(founded.secretary, RecordAttendance(session=session, present=rows))
        assert queries.standing(session).present == 3
        founded.does(None, Recall(mandate=seat))
        assert founded.signer not in queries.standing(session).here
        assert queries.standing(session).present == 2


# What rests on a decision


def test_a_decision_is_ratified_by_a_later_session_as_it_is_and_once(founded: Cast) -> None:
    decided = finance_decides(founded)  # on the 10th
    room = Room(founded)
    other = Room(founded, hour="16:00")
    with frozen_at("2026-02-12T15:00:00Z"):
        agenda = (AgendaRow(title="Varios"),)
        act = Convene(
            organ="cc.assembly", day=date(2026, 2, 8), hour="09:00", place="Cancha", agenda=agenda, from_paper=True
        )
        early = room.does(act).id
        rows = tuple(PresentRow(person=person) for person in room.roll())
        room.does(RecordAttendance(session=early, present=rows))
        room.does(MakeCall(session=early, number=1, hour="09:00"))
        with refused("assemblies.ratified-before"):
            room.does(PutMotion(session=early, item=1, text="Ratificar", ratifies=decided.id))
    with frozen_at("2026-02-20T23:00:00Z"):
        whole = len(room.quorate())
        motion = room.motion(item=3, text="Ratificar el pago", ratifies=decided.id)
        with refused("assemblies.ratifies-whole"):
            room.motion(item=3, text="Rechazar el pago", amends=motion)
        other.come(other.roll())
        other.call(1, "16:05")
        again = other.motion(item=3, text="Rechazarlo", ratifies=decided.id)
        first = room.count(motion, whole, 0).id
        with refused("assemblies.ratified-once"):
            other.count(again, 0, whole)
        founded.does(founded.substitute, PublishStatement(resolution=decided.id, title="Pagamos", text="El techo."))
        with refused("assemblies.stated"):
            room.does(UndoCount(tally=first))


def _count(room: Room, motion: UUID, hour: str, people: list[UUID]) -> None:
    room.does(RecordCount.model_validate({"motion": motion, "hour": hour, **hands(people, len(people))}))


def test_a_session_typed_from_paper_is_proposed_at_the_hours_that_its_paper_can_have(founded: Cast) -> None:
    room = Room(founded, neighbours=10)
    with frozen_at("2026-02-21T17:00:00Z"):
        browser = founded.browser(founded.secretary)

    def proposed(page: str) -> str:
        said = browser.get(f"/assemblies/{room.session}/{page}").content.decode()
        return str(re.findall(r'<input[^>]*name="hour"[^>]*value="([0-9:]*)"', said)[-1])

    with frozen_at("2026-02-21T18:00:00Z"):
        people = room.roll()
        room.come(people[:2])
        assert proposed("call/") == "09:00"
        room.call(1, "09:00")
        assert proposed("call/") == "09:30", "the statute asks for half an hour between the calls"
        rows = tuple(PresentRow(person=person) for person in people[2:])
        room.does(RecordAttendance(session=room.session, present=rows, hour="10:10"))
        room.call(2, "10:15")
        motion = room.motion()
        assert proposed("vote/") == proposed("close/") == "10:15"
        room.does(RecordLeaving(session=room.session, hour="11:20", people=rows[:1]))
        assert proposed("vote/") == proposed("close/") == "11:20"
        assert motion
