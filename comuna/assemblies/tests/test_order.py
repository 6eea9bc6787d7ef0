"""What comes first in a session: the statute of the call, the hour, the roll, the witness; the last goes first."""

from __future__ import annotations

import re
from datetime import date
from uuid import uuid4

import pytest

from comuna.acts import door
from comuna.acts.authority import Actor
from comuna.acts.clock import frozen_at
from comuna.acts.door import perform
from comuna.assemblies import queries
from comuna.assemblies.acts import (
    AddAgendaItem,
    AgendaRow,
    CloseSession,
    Convene,
    MakeCall,
    PresentRow,
    RecordAttendance,
    RecordLeaving,
    UndoCount,
    UndoLeaving,
    UndoMotion,
)
from comuna.assemblies.tests.test_session import MEETING, MEETING_DAY, Room, refused
from comuna.journal import checkpoint, files
from comuna.journal.lock import one_writer
from comuna.journal.models import Checkpoint, Record
from comuna.statutes import builtin, queries as statutes
from comuna.statutes.acts import AdoptStatute
from comuna.territory.acts import RegisterPerson
from tests.cast import Cast


def test_a_statute_adopted_after_the_convocation_changes_nothing_in_its_session(founded: Cast) -> None:
    """Who was called by one rule is not counted by another: not even where it is in force on that very day."""
    room = Room(founded, neighbours=20)
    text = builtin.text("venezuela-commune")
    changed = text.replace('part = "30 %"\nbase = "roll"', 'part = "90 %"\nbase = "roll"', 1)
    assert changed != text
    changed = re.sub(r'^version = ".*"$', 'version = "99"', changed, count=1, flags=re.MULTILINE)
    changed = changed.replace('id = "cc.assembly"', 'id = "cc.gathering"').replace('"cc.assembly"', '"cc.gathering"')
    with frozen_at(MEETING):
        file = files.store(changed.encode(), statutes.MEDIA_TYPE)
        founded.signed(AdoptStatute(file=file, first_day=MEETING_DAY))
        assert statutes.in_force(founded.commune, MEETING_DAY).version == "99"
        stands = queries.standing(room.session)
        assert (stands.statute.version != "99", stands.organ.id) == (True, "cc.assembly")
        people = room.roll()[:10]
        room.come(people)
        room.call(1, "09:00")
    call = queries.standing(room.session).calls[0]
    assert (call.reached, call.needed) == (True, -(-30 * call.roll // 100))


def test_no_call_is_made_before_the_hour_for_which_people_were_called(founded: Cast) -> None:
    room = Room(founded)
    with frozen_at(MEETING):
        room.come(room.roll())
        refusal = refused(room, MakeCall(session=room.session, number=1, hour="08:59"))
        assert (refusal.rule, refusal.field) == ("assemblies.called-early", "hour")
        room.call(1, "09:00")


def test_whoever_came_into_the_books_after_the_first_call_is_not_counted_against_its_roll(founded: Cast) -> None:
    room = Room(founded, neighbours=30)
    with frozen_at(MEETING):
        room.come(room.roll()[:3])
        room.call(1, "09:00")
        late = room.does(RegisterPerson(full_name="Vecina Tardía", birth_day=date(1990, 1, 1))).id
        refusal = refused(
            room, RecordAttendance(session=room.session, present=(PresentRow(person=late),), hour="09:10")
        )
        assert (refusal.rule, refusal.field) == ("assemblies.after-the-roll", "present.0.person")


def test_a_session_ends_after_its_last_call_and_may_end_after_midnight(founded: Cast) -> None:
    room = Room(founded)
    with frozen_at("2026-02-21T05:00:00Z"):  # one at night in Caracas
        room.come(room.roll())
        room.call(1, "23:10")
        refusal = refused(room, CloseSession(session=room.session, hour="22:59"))
        assert (refusal.rule, refusal.field) == ("assemblies.ended-before", "hour")
        people = sorted(queries.standing(room.session).here)
        leaving = RecordLeaving(session=room.session, hour="00:20", people=(PresentRow(person=people[0]),))
        undone = room.does(leaving).id
        for early in ("23:30", "00:10"):
            assert refused(room, CloseSession(session=room.session, hour=early)).rule == "assemblies.ended-before"
        room.does(UndoLeaving(leaving=undone))
        assert refused(room, CloseSession(session=room.session, hour="03:00")).rule == "assemblies.hour-ahead"
        room.does(CloseSession(session=room.session, hour="00:30"))


@pytest.mark.parametrize("then", ["it is sent again", "the server starts"])
def test_a_closing_whose_checkpoint_was_lost_gets_it_when(
    founded: Cast, monkeypatch: pytest.MonkeyPatch, then: str
) -> None:
    room, id = Room(founded), uuid4()
    act = CloseSession(session=room.session, hour="10:00")
    with frozen_at(MEETING):
        room.come(room.roll())
        room.call(1, "09:10")
        with monkeypatch.context() as broken:
            broken.setattr(checkpoint, "make", disk_full)
            with pytest.raises(OSError, match="no space left"):
                perform(act, Actor(founded.secretary), id=id)
        closing = Record.objects.get(pk=id).seq
        assert not Checkpoint.objects.filter(size__gte=closing).exists()
        if then == "it is sent again":
            assert perform(act, Actor(founded.secretary), id=id).repeated
        else:
            with one_writer():
                door.witness_if_due()
        assert Checkpoint.objects.get(size__gte=closing).size == closing


def disk_full(*_given: object) -> None:
    raise OSError("no space left on device")


def test_only_the_last_motion_and_the_last_decision_are_taken_back(founded: Cast) -> None:
    """So that no number is left out or given twice."""
    room = Room(founded)
    with frozen_at(MEETING):
        people = room.quorate()
        first, second = room.motion(), room.motion(item=2)
        assert refused(room, UndoMotion(motion=first)).rule == "assemblies.last-motion"
        tallies = [room.count(motion, len(people), 0).id for motion in (first, second)]
        assert refused(room, UndoCount(tally=tallies[0])).rule == "assemblies.later-resolution"
        for tally in reversed(tallies):
            room.does(UndoCount(tally=tally))


def test_an_agenda_of_60_items_takes_no_further_one(founded: Cast) -> None:
    room = Room(founded)
    agenda = tuple(AgendaRow(title=f"Punto {number}") for number in range(59))
    act = Convene(organ="cc.assembly", day=MEETING_DAY, hour="15:00", place="x", agenda=agenda)
    room.session = room.does(act).id
    more = AddAgendaItem(session=room.session, title="Uno más")
    room.does(more)
    assert refused(room, more).rule == "assemblies.agenda"
