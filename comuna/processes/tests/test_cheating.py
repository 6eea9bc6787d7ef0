"""What somebody tried who wanted a process to say otherwise than it went: empty sessions, invented rolls, lost votes
taken back."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest
from django.test import Client

from comuna.acts.clock import frozen_at
from comuna.assemblies.tests.test_session import MEETING, Room
from comuna.processes import queries
from comuna.processes.acts import StopProcess, UndoStep
from comuna.processes.models import StepDone
from comuna.processes.tests.running import NOT_REGISTERED, begin, record, step, to_referendum, vote
from comuna.territory.acts import RegisterPerson
from tests.cast import Cast, refused

TOMORROW = "2026-02-11T14:00:00Z"


def page(run: UUID) -> str:
    said = Client().get(f"/processes/{run}/", headers={"accept-language": "en"}).content.decode()
    return " ".join(said.split())


def referendum(run: UUID) -> StepDone:
    found: StepDone = StepDone.objects.get(run=run, step="referendum")
    return found


# Sessions


def test_nothing_rests_on_a_session_that_nobody_attended(founded: Cast) -> None:
    run, room = begin(founded), Room(founded)
    act = step(run, "promoters", 49, session=room.session, words=None)
    with frozen_at(MEETING), refused("processes.session-without-quorum") as no:
        founded.does(founded.promoter, act)
    assert no.value.citation
    with frozen_at(MEETING):
        assert f'value="{room.session}"' not in _form(founded, run)
        room.come(room.roll()[:1])
        room.call(1, "09:05")
        with refused("processes.session-without-quorum"):
            founded.does(founded.promoter, act)


def test_a_step_rests_on_a_session_that_had_its_quorum(founded: Cast) -> None:
    run, room = begin(founded), Room(founded)
    with frozen_at(MEETING):
        room.quorate()
        assert f'value="{room.session}"' in _form(founded, run)
        founded.does(founded.promoter, step(run, "promoters", 49, session=room.session, words=None))
    assert StepDone.objects.get().session == room.session


def test_a_vote_rests_on_a_session_in_which_something_was_voted_on(founded: Cast) -> None:
    run, room = to_referendum(founded), Room(founded)
    act = vote(run, 100, 50, day=date(2026, 2, 20), session=room.session)
    with frozen_at(MEETING):
        whole = len(room.quorate())
        with refused("processes.nothing-decided"):
            founded.does(founded.promoter, act)
        room.count(room.motion(), whole, 0)
        founded.does(founded.promoter, act)
    assert referendum(run).session == room.session


def _form(cast: Cast, run: UUID) -> str:
    address = f"/processes/step/?run={run}&step=promoters"
    return cast.browser(cast.promoter).get(address).content.decode()


# The roll


def test_a_vote_goes_by_the_roll_that_the_books_have(founded: Cast) -> None:
    run = to_referendum(founded)
    for number in range(20):
        founded.does(founded.secretary, RegisterPerson(full_name=f"Vecina Número {number}"))
    books = queries.roll_of(founded.commune, None, date(2026, 2, 1))
    assert books > 20
    founded.does(founded.promoter, vote(run, 2, 0, roll=None, roll_reason=None))
    done = referendum(run)
    assert (done.roll, done.books_roll, done.reached) == (books, books, False)
    assert "Another roll was used" not in page(run)


@pytest.mark.parametrize("roll", [2, 1000])
def test_another_roll_than_the_books_needs_a_reason_that_everybody_reads(founded: Cast, roll: int) -> None:
    run = to_referendum(founded)
    with refused("processes.other-roll") as no:
        founded.does(founded.promoter, vote(run, 2, 0, roll=roll, roll_reason=None))
    books = queries.roll_of(founded.commune, None, date(2026, 2, 1))
    assert str(books) in str(no.value)
    founded.does(founded.promoter, vote(run, 2, 0, roll=roll))
    done = referendum(run)
    assert (done.roll, done.books_roll) == (roll, books)
    assert f"the books&#x27; roll of that day were {books}. Another roll was used, because: {NOT_REGISTERED}" in page(
        run
    )


# Taking back


def test_a_lost_vote_is_not_taken_back_on_a_later_day(founded: Cast) -> None:
    run = to_referendum(founded)
    done = founded.does(founded.promoter, vote(run, 10, 200)).id
    with frozen_at(TOMORROW):
        with refused("processes.vote-stands"):
            founded.does(founded.promoter, UndoStep(done=done))
        browser = founded.browser(founded.promoter)
        assert "/processes/step/undo/" not in browser.get(f"/processes/{run}/").content.decode()
        founded.does(founded.promoter, StopProcess(run=run, reason="Se contó mal"))
        assert "10 for, 200 against" in page(run)


def test_a_vote_taken_back_the_same_day_stays_on_the_page_with_its_figures(founded: Cast) -> None:
    run = to_referendum(founded)
    done = founded.does(founded.promoter, vote(run, 10, 200)).id
    founded.does(founded.promoter, UndoStep(done=done))
    founded.does(founded.promoter, vote(run, 900, 10))
    said = page(run)
    assert "Taken back" in said
    assert "10 for, 200 against" in said
    assert f"/acts/{done}/" in said
    [back] = queries.taken_back(run)
    assert back.recorded.record.id == done


def test_a_step_that_is_no_vote_is_taken_back_on_a_later_day_and_stays_on_the_page(founded: Cast) -> None:
    run = begin(founded)
    done = record(founded, run, ("promoters", 0))
    with frozen_at(TOMORROW):
        founded.does(founded.promoter, UndoStep(done=done))
        assert "recorded on 10 February, taken back on" in page(run)
