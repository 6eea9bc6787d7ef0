"""Which decisions wait: those with a task, until somebody says that it is done."""

from __future__ import annotations

from datetime import date

from comuna.acts.clock import frozen_at
from comuna.assemblies import queries
from comuna.assemblies.acts import FollowUpResolution, UndoCount
from comuna.assemblies.models import Resolution
from comuna.assemblies.tests.test_session import MEETING, Room
from tests.cast import Cast


def test_a_task_waits_again_when_somebody_says_that_it_is_not_done_after_all(founded: Cast) -> None:
    room = Room(founded)
    with frozen_at(MEETING):
        people = room.quorate()
        room.count(room.motion(responsible="cc.finance", due_on=date(2026, 2, 25)), len(people), 0)
        decided = Resolution.objects.get().id

        def waits_after(*, done: bool) -> bool:
            room.does(FollowUpResolution(resolution=decided, done=done, words="x"))
            return bool(queries.open_resolutions(founded.commune, "cc.assembly"))

        waited = [waits_after(done=done) for done in (True, False, False, True, True)]
        assert waited == [False, True, True, False, False]
        assert queries.organ_years(founded.commune, 2026)[0].done == 1


def test_a_word_on_a_decision_without_a_task_makes_none_of_it(founded: Cast) -> None:
    room = Room(founded)
    with frozen_at(MEETING):
        people = room.quorate()
        room.count(room.motion(), len(people), 0)
        room.does(FollowUpResolution(resolution=Resolution.objects.get().id, done=False, words="Falta"))
    assert queries.open_resolutions(founded.commune) == []


def test_a_task_whose_count_is_taken_back_waits_no_more(founded: Cast) -> None:
    room = Room(founded)
    with frozen_at(MEETING):
        people = room.quorate()
        motion = room.motion(responsible="cc.finance")
        room.count(motion, len(people), 0)
        assert len(queries.open_resolutions(founded.commune)) == 1
        room.does(UndoCount(tally=queries.tally_of(motion).id))
        assert queries.open_resolutions(founded.commune) == []
