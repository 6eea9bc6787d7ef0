"""Minutes say what was taken back of their own session, and of no other, whatever an act says that it answers."""

from __future__ import annotations

from comuna.acts.act import Cite, GroundRole
from comuna.acts.authority import Actor
from comuna.acts.clock import frozen_at
from comuna.acts.door import perform
from comuna.assemblies import holding
from comuna.assemblies.acts import AgendaRow, Convene, PresentRow, RecordAttendance, UndoAttendance
from comuna.assemblies.models import Sheet
from comuna.assemblies.tests.test_session import MEETING, MEETING_DAY, Room
from tests.cast import Cast


def test_what_only_says_that_it_answers_a_session_is_not_taken_back_in_its_minutes(founded: Cast) -> None:
    room, agenda = Room(founded), (AgendaRow(title="Otra cosa"),)
    other = room.does(Convene(organ="cc.assembly", day=MEETING_DAY, hour="10:00", place="Plaza", agenda=agenda)).id
    with frozen_at(MEETING):
        people = room.roll()
        own = room.come(people[:2]).id
        taken = room.does(UndoAttendance(sheet=own)).id
        room.quorate()
        sheet = RecordAttendance(session=other, present=tuple(PresentRow(person=one) for one in people[:2]))
        answers = (Cite(room.session, GroundRole.ANSWERS),)
        strange = perform(sheet, Actor(founded.secretary), grounds=answers).id
        room.does(UndoAttendance(sheet=strange))
        assert not Sheet.objects.filter(pk=strange).exists()
        assert holding.taken_back(room.session) == [taken]
