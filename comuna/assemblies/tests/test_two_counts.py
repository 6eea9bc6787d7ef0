"""Two people count the hands, each by herself: both counts are kept, and only counts that agree decide."""

from __future__ import annotations

from uuid import UUID

from django.test import Client

from comuna.acts.clock import frozen_at
from comuna.assemblies import queries
from comuna.assemblies.acts import CloseSession, RecordCount, RecordDiffering, UndoMotion
from comuna.assemblies.holding import changed_outside
from comuna.assemblies.models import Differing, Resolution, Tally
from comuna.assemblies.tests.test_pages import form_of, href, text
from comuna.assemblies.tests.test_session import MEETING, Room
from tests.cast import Cast, refused

COUNTS = ("votes_for", "against", "abstain")


def counted(motion: UUID, people: list[UUID], first: tuple[int, ...], second: tuple[int, ...]) -> dict[str, object]:
    """Both counts as the fields of the act."""
    two = dict(zip((f"{name}_two" for name in COUNTS), second, strict=True))
    counters = {"counter_one": people[0], "counter_two": people[1]}
    return {"motion": motion, **dict(zip(COUNTS, first, strict=True)), **two, **counters}


def test_counts_that_differ_decide_nothing_and_both_are_kept(founded: Cast) -> None:
    room, reader = Room(founded, neighbours=10), Client()
    with frozen_at(MEETING):
        people = room.quorate()
        motion = room.motion()
        differ = counted(motion, people, (8, 3, 1), (9, 3, 0))
        with refused("assemblies.counts-differ"):
            room.does(RecordCount.model_validate(differ))
        room.does(RecordDiffering.model_validate(differ))
        assert not Tally.objects.exists() and not Resolution.objects.exists()
        top = text(room.cast.browser(room.cast.secretary), href(room))
        assert "Recorded last: Counted twice, and the counts differ: for 8, against 3" in top
        with refused("assemblies.uncounted"):
            room.does(CloseSession(session=room.session, hour="11:00"))
        room.does(RecordCount.model_validate(counted(motion, people, (9, 3, 0), (9, 3, 0))))
        room.does(CloseSession(session=room.session, hour="11:00"))
        page = text(reader, href(room, "minutes/"))
    assert queries.tally_of(motion).each_counted
    assert "for 8, against 3, abstaining 1; for 9, against 3, abstaining 0" in page
    assert "each of the two counted by herself and came to the same" in page
    assert changed_outside(room.session) == []


def test_each_of_two_who_count_says_what_she_came_to(founded: Cast) -> None:
    room = Room(founded, neighbours=10)
    with frozen_at(MEETING):
        people = room.quorate()
        act = RecordCount(
            motion=room.motion(), votes_for=9, against=0, abstain=0, counter_one=people[0], counter_two=people[1]
        )
        with refused("assemblies.second-count"):
            room.does(act)


def test_counts_that_agree_are_the_vote(founded: Cast) -> None:
    room = Room(founded, neighbours=10)
    with frozen_at(MEETING):
        people = room.quorate()
        agree = counted(room.motion(), people, (9, 3, 0), (9, 3, 0))
        with refused("assemblies.counts-agree"):
            room.does(RecordDiffering.model_validate(agree))


def test_no_count_has_more_hands_than_people_present(founded: Cast) -> None:
    room = Room(founded, neighbours=10)
    with frozen_at(MEETING):
        people = room.quorate()
        motion = room.motion()
        for first, second in (((1, 0, 0), (9999, 0, 0)), ((9999, 0, 0), (1, 0, 0))):
            with refused("assemblies.more-than-present"):
                room.does(RecordDiffering.model_validate(counted(motion, people, first, second)))


def test_a_motion_on_which_hands_were_counted_is_not_taken_back(founded: Cast) -> None:
    room = Room(founded, neighbours=10)
    with frozen_at(MEETING):
        people = room.quorate()
        motion = room.motion()
        room.does(RecordDiffering.model_validate(counted(motion, people, (8, 3, 1), (9, 3, 0))))
        with refused("assemblies.counted-once"):
            room.does(UndoMotion(motion=motion))


def test_the_form_keeps_both_counts_by_itself_and_asks_to_count_again(founded: Cast) -> None:
    room = Room(founded, neighbours=10)
    with frozen_at(MEETING):
        secretary, people = founded.browser(founded.secretary), room.quorate()
        motion = room.motion()
        page = text(secretary, href(room, "vote/"))
        assert "Where their counts differ nothing is decided" in page
        typed = {name: str(value) for name, value in counted(motion, people, (8, 3, 1), (9, 3, 0)).items()}
        answer = secretary.post(href(room, "vote/"), {**form_of(page), **typed})
        assert answer.status_code == 302, answer.content.decode()
        assert Differing.objects.get().motion_id == motion
        again = text(secretary, href(room, "vote/"))
        assert "Counted twice, and the counts differ" in again
