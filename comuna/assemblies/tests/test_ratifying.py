"""What seats decide whose terms are over waits until the organ that the statute names ratifies or rejects it; what is
not done stands on the next agenda by itself."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import pytest
from django.test import Client

from comuna.acts.clock import frozen_at
from comuna.assemblies import queries
from comuna.assemblies.acts import (
    AgendaRow,
    CloseSession,
    Convene,
    FollowUpResolution,
    MakeCall,
    PresentRow,
    PutMotion,
    RecordAttendance,
    RecordCount,
    UndoCall,
    UndoCount,
)
from comuna.assemblies.holding import changed_outside
from comuna.assemblies.models import AgendaItem, Ratified, Resolution, Tally
from comuna.assemblies.tests.test_pages import text
from comuna.assemblies.tests.test_session import MEETING, Room
from tests.cast import TODAY, Cast, refused

PAY = "Pagar el techo de la escuela"


def finance_decides(cast: Cast, but: frozenset[UUID] = frozenset()) -> Resolution:
    """The finance unit, in which the acting signer sits, decides on a payment."""
    by = cast.substitute
    with frozen_at("2026-02-10T15:00:00Z"):
        agenda = (AgendaRow(title="Pagos"),)
        act = Convene(organ="cc.unit.finance", day=TODAY, hour="10:00", place="Casa", agenda=agenda)
        session = cast.does(by, act).id
        stands = queries.standing(session)
        people = sorted(queries.entitled(cast.commune, stands.organ, stands.statute, TODAY).people - but)
        rows = tuple(PresentRow(person=person) for person in people)
        cast.does(by, RecordAttendance(session=session, present=rows))
        cast.does(by, MakeCall(session=session, number=1, hour="10:05"))
        motion = cast.does(by, PutMotion(session=session, item=1, text=PAY)).id
        cast.does(by, RecordCount.model_validate({"motion": motion, **hands(people, len(people))}))
    found: Resolution = Resolution.objects.get(motion=motion)
    return found


def hands(people: list[UUID], votes_for: int, against: int = 0) -> dict[str, object]:
    counted = {"votes_for": votes_for, "against": against, "abstain": 0}
    again = {f"{name}_two": count for name, count in counted.items()}
    return {**counted, **again, "counter_one": people[0], "counter_two": people[1]}


def test_what_an_acting_seat_helped_decide_is_marked_and_waits_on_a_list_for_everybody(founded: Cast) -> None:
    decided = finance_decides(founded)
    assert decided.ratified_by == "cc.assembly"
    assert Tally.objects.get().acting == 1
    assert [one.resolution for one in queries.to_ratify(founded.commune, "cc.assembly")] == [decided]
    page = text(Client(), "/assemblies/decisions/")
    assert "To be ratified" in page and PAY in page
    assert "to be ratified" in text(Client(), f"/assemblies/decisions/{decided.id}/")


def test_what_seats_in_their_term_decide_stands_by_itself(founded: Cast) -> None:
    decided = finance_decides(founded, but=frozenset({founded.acting_signer}))
    assert (decided.ratified_by, Tally.objects.get().acting) == ("", 0)


@pytest.mark.parametrize(("votes_for", "accepted"), [(True, True), (False, False)])
def test_the_assembly_ratifies_or_rejects_it_by_a_vote_on_its_next_agenda(
    founded: Cast, votes_for: bool, accepted: bool
) -> None:
    decided = finance_decides(founded)
    room = Room(founded)
    item = AgendaItem.objects.get(session=room.session, kind="ratify")
    assert item.number == 3
    assert PAY in text(Client(), f"/assemblies/{room.session}/")
    with frozen_at(MEETING):
        whole = len(room.quorate())
        motion = room.motion(item=3, text="Ratificar el pago", ratifies=decided.id)
        with refused("assemblies.ratified-once"):
            room.motion(item=3, text="Ratificar el pago otra vez", ratifies=decided.id)
        first = room.count(motion, whole if votes_for else 0, 0 if votes_for else whole).id
        room.does(UndoCount(tally=first))
        assert not Ratified.objects.exists()
        room.count(motion, whole if votes_for else 0, 0 if votes_for else whole)
        room.does(CloseSession(session=room.session, hour="11:00"))
        minutes = text(Client(), f"/assemblies/{room.session}/minutes/")
    assert Ratified.objects.get(resolution=decided).accepted is accepted
    assert queries.to_ratify(founded.commune) == []
    assert ("ratified" if accepted else "rejected") in text(Client(), f"/assemblies/decisions/{decided.id}/")
    assert PAY in minutes
    assert changed_outside(room.session) == []


def test_only_the_organ_that_the_statute_names_ratifies(founded: Cast) -> None:
    decided = finance_decides(founded)
    with frozen_at("2026-02-10T15:00:00Z"):
        again = PutMotion(session=decided.motion.session_id, item=1, text="Ratificarlo", ratifies=decided.id)
        with refused("assemblies.ratified-elsewhere"):
            founded.does(founded.substitute, again)


def test_what_is_not_done_stands_on_the_next_agenda_until_it_is(founded: Cast) -> None:
    room = Room(founded)
    with frozen_at(MEETING):
        whole = len(room.quorate())
        room.count(room.motion(responsible="cc.finance", due_on=date(2026, 3, 1)), whole, 0)
        room.does(CloseSession(session=room.session, hour="11:00"))
        decided = Resolution.objects.get()
        second = _next(room, date(2026, 3, 20))
        assert [one.resolution for one in _followed(second)] == [decided]
        page = text(Client(), f"/assemblies/{second}/")
        assert "What became of what we decided" in page and "past its day" not in page and "not yet" in page
    with frozen_at("2026-03-02T18:00:00Z"):
        assert "past its day" in text(Client(), f"/assemblies/{second}/"), "late once its day is past, not before"
    with frozen_at("2026-03-02T18:01:00Z"):
        room.does(FollowUpResolution(resolution=decided.id, done=True, words="Ya está el tanque"))
        assert "Ya está el tanque" in text(Client(), f"/assemblies/{second}/")
        third = _next(room, date(2026, 4, 20))
    assert _followed(third) == []
    assert changed_outside(second) == []


def test_what_was_decided_after_a_session_was_convened_stands_on_its_agenda_and_stays_there(founded: Cast) -> None:
    room = Room(founded)
    second = _next(room, date(2026, 3, 20))
    with frozen_at(MEETING):
        whole = len(room.quorate())
        room.count(room.motion(responsible="cc.finance", due_on=date(2026, 3, 1)), whole, 0)
        room.does(CloseSession(session=room.session, hour="11:00"))
        decided = Resolution.objects.get()
    assert [one.resolution for one in _followed(second)] == [decided]
    for page in ("", "notice/", "poster/"):
        assert "What became of what we decided" in text(Client(), f"/assemblies/{second}/{page}"), page
    assert "Comprar un tanque" in text(Client(), f"/assemblies/{second}/")
    assert list(AgendaItem.objects.filter(session=second).values_list("number", flat=True)) == [1]
    with frozen_at("2026-03-20T18:00:00Z"):
        rows = tuple(PresentRow(person=person) for person in room.roll())
        room.does(RecordAttendance(session=second, present=rows))
        call = room.does(MakeCall(session=second, number=1, hour="09:00")).id
        room.does(UndoCall(call=call))
        room.does(MakeCall(session=second, number=1, hour="09:01"))
        room.does(FollowUpResolution(resolution=decided.id, done=True, words="Ya está el tanque"))
        room.does(PutMotion(session=second, item=1, text="Pintar la cancha", responsible="cc.finance"))
        assert [one.resolution for one in _followed(second)] == [decided]
        assert "Ya está el tanque" in text(Client(), f"/assemblies/{second}/minutes/")
    assert list(AgendaItem.objects.filter(session=second).values_list("number", "kind")) == [(1, ""), (2, "follow-up")]
    assert changed_outside(second) == []


def test_what_was_decided_later_than_the_session_is_not_on_its_agenda(founded: Cast) -> None:
    room = Room(founded)
    before = _next(room, date(2026, 2, 19))
    with frozen_at(MEETING):
        whole = len(room.quorate())
        room.count(room.motion(responsible="cc.finance"), whole, 0)
    assert _followed(before) == []


def _next(room: Room, day: date) -> UUID:
    agenda = (AgendaRow(title="Varios"),)
    act = Convene(organ="cc.assembly", day=day, hour="09:00", place="Cancha", agenda=agenda)
    return room.does(act).id


def _followed(session: UUID) -> list[queries.ResolutionStanding]:
    return [one for several in queries.carried_onto(queries.standing(session)).values() for one in several]


def test_a_session_that_is_only_waiting_for_reports_may_be_closed(founded: Cast) -> None:
    room = Room(founded)
    with frozen_at(MEETING):
        whole = len(room.quorate())
        room.count(room.motion(responsible="cc.finance"), whole, 0)
        room.does(CloseSession(session=room.session, hour="11:00"))
        second = _next(room, date(2026, 3, 20))
    with frozen_at("2026-03-20T18:00:00Z"):
        people = room.roll()
        rows = tuple(PresentRow(person=person) for person in people)
        room.does(RecordAttendance(session=second, present=rows))
        room.does(MakeCall(session=second, number=1, hour="09:00"))
        motion = room.does(PutMotion(session=second, item=1, text="Pintar la cancha")).id
        room.does(RecordCount.model_validate({"motion": motion, **hands(people, whole)}))
        stands = queries.standing(second)
        step = queries.next_step(stands, queries.items(second), stands.day)
        assert step is queries.NextStep.CLOSE
        room.does(CloseSession(session=second, hour="11:00"))
        before = text(Client(), f"/assemblies/{second}/minutes/")
        decided = Resolution.objects.get(number=1)
    with frozen_at("2026-03-21T18:00:00Z"):
        room.does(FollowUpResolution(resolution=decided.id, done=True, words="Ya está el tanque"))
        after = text(Client(), f"/assemblies/{second}/minutes/")
    assert "Ya está el tanque" not in after, "minutes say what was said by the end of the session"
    assert "not yet" in before and "not yet" in after
    assert stands.day + timedelta(days=1) == date(2026, 3, 21)
