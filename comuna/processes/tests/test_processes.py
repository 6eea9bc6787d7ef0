"""Processes through the door: begun, recorded step by step, voted on, taken back, stopped; and what is refused."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import pytest

from comuna.mandates.acts import EndMandate, WhyEnded
from comuna.processes.acts import BeginProcess, StopProcess, UndoStep
from comuna.processes.models import PollCount, StepDone
from comuna.processes.rules import Stage
from comuna.processes.tests.running import BEGAN, begin, record, stands, step, to_referendum, vote
from tests.cast import TODAY, Cast, refused


def stages(run: UUID, day: date = TODAY) -> dict[str, Stage]:
    return {one.step.id: one.stage for one in stands(run, day).steps}


def referendum(run: UUID) -> StepDone:
    found: StepDone = StepDone.objects.get(run=run, step="referendum")
    return found


# Beginning


def test_a_founding_runs_from_its_certificate_on_with_the_days_of_the_statute(founded: Cast) -> None:
    found = stands(begin(founded))
    due = {one.step.id: (one.due_on - BEGAN).days for one in found.steps}
    assert (due["charter"], due["publicity"], due["referendum"]) == (30, 45, 59)
    assert found.next is not None and found.next.step.id == "promoters"


def test_a_renewal_runs_back_from_the_day_on_which_the_first_mandate_ends(founded: Cast) -> None:
    acting = founded.mandate(founded.acting_signer)
    founded.signed(EndMandate(mandate=acting, why=WhyEnded.LEFT, on=TODAY))
    found = stands(begin(founded, "renewal", TODAY))
    assert found.run.ends_first == found.run.counted_from == date(2028, 5, 31)
    assert found.steps[0].due_on == date(2028, 5, 31) - timedelta(days=90)


def test_where_the_first_mandate_is_over_already_the_days_are_counted_from_the_beginning(founded: Cast) -> None:
    found = stands(begin(founded, "renewal", TODAY))
    assert found.run.ends_first == date(2025, 10, 31)
    assert [one.due_on for one in found.steps[:2]] == [TODAY, TODAY + timedelta(days=10)]


def test_what_began_before_today_says_on_which_paper_that_stands(founded: Cast) -> None:
    with refused("processes.no-origin"):
        founded.does(founded.promoter, BeginProcess(process="founding", day=BEGAN))


def test_nothing_begins_tomorrow_nor_what_the_statute_does_not_know(founded: Cast) -> None:
    with refused("processes.future"):
        begin(founded, day=TODAY + timedelta(days=1))
    with refused("processes.no-such-process"):
        begin(founded, "wedding")


@pytest.mark.parametrize("process", ["founding", "renewal"])
def test_a_process_that_runs_is_not_begun_a_second_time_until_it_is_stopped(founded: Cast, process: str) -> None:
    run = begin(founded, process)
    with refused("processes.runs-already"):
        begin(founded, process)
    founded.does(founded.promoter, StopProcess(run=run, reason="Se empieza de nuevo"))
    assert begin(founded, process) != run


def test_a_neighbour_begins_nothing(founded: Cast) -> None:
    with refused("mandates.no-seat"):
        begin(founded, by=founded.neighbour)


# Steps


def test_a_step_in_its_time_is_done_and_the_next_one_is_next(founded: Cast) -> None:
    run = begin(founded)
    record(founded, run, ("promoters", 0))
    found = stages(run)
    assert (found["promoters"], found["charter"], found["commission"]) == (Stage.DONE, Stage.LATE, Stage.NEXT)
    assert stages(run, BEGAN)["charter"] is Stage.NEXT


def test_a_step_past_its_day_is_recorded_all_the_same_and_stays_late(founded: Cast) -> None:
    run = begin(founded)
    record(founded, run, ("promoters", 0), ("charter", 35))
    done = StepDone.objects.get(run=run, step="charter")
    assert (done.day - done.due_on).days == 5


def test_a_step_waits_for_those_before_it(founded: Cast) -> None:
    run = begin(founded)
    with refused("processes.out-of-order") as caught:
        record(founded, run, ("charter", 5))
    assert "Comisión promotora" in str(caught.value)
    assert caught.value.citation == "Procedimiento de registro 2011"


@pytest.mark.parametrize(("day", "rule"), [(-1, "processes.too-early"), (19, None), (40, "processes.future")])
def test_a_step_is_of_a_day_between_what_comes_before_it_and_today(founded: Cast, day: int, rule: str | None) -> None:
    run = begin(founded)
    record(founded, run, ("promoters", 0))
    if rule is None:
        record(founded, run, ("charter", day))
        return
    with refused(rule):
        record(founded, run, ("charter", day))


def test_the_charter_is_publicised_for_fifteen_days(founded: Cast) -> None:
    run = begin(founded)
    record(founded, run, ("promoters", 0), ("charter", 5))
    with refused("processes.too-early"):
        record(founded, run, ("publicity", 19))
    record(founded, run, ("publicity", 20))


def test_a_step_is_recorded_once(founded: Cast) -> None:
    run = begin(founded)
    record(founded, run, ("promoters", 0))
    with refused("processes.done-already"):
        record(founded, run, ("promoters", 1))


def test_a_seat_that_the_step_does_not_name_records_it_not(founded: Cast) -> None:
    run = begin(founded)
    with refused("processes.other-seat"):
        record(founded, run, ("promoters", 0), by=founded.secretary)
    renewal = begin(founded, "renewal")
    founded.does(founded.secretary, step(renewal, "convene"))
    with refused("processes.other-seat"):
        founded.does(founded.promoter, step(renewal, "commission", 11))


def test_a_step_rests_on_a_session_or_on_paper(founded: Cast) -> None:
    run = begin(founded)
    with refused("processes.no-ground"):
        founded.does(founded.promoter, step(run, "promoters", words=None))


def test_a_step_taken_back_is_open_again_and_what_rests_on_it_goes_first(founded: Cast) -> None:
    run = begin(founded)
    first = record(founded, run, ("promoters", 0))
    second = record(founded, run, ("charter", 5))
    with refused("processes.rests-on-it"):
        founded.does(founded.promoter, UndoStep(done=first))
    founded.does(founded.promoter, UndoStep(done=second))
    assert stands(run).find("charter").done is None  # type: ignore[union-attr]  # the statute has it


def test_a_stopped_process_takes_no_step(founded: Cast) -> None:
    run = begin(founded)
    founded.does(founded.promoter, StopProcess(run=run, reason="Nadie sigue"))
    with refused("processes.stopped"):
        record(founded, run, ("promoters", 0))
    with refused("processes.over"):
        founded.does(founded.promoter, StopProcess(run=run, reason="Otra vez"))


# The vote


@pytest.mark.parametrize(
    ("votes_for", "against", "reached", "passed"),
    [(100, 50, True, True), (100, 49, False, True), (75, 75, True, False), (60, 100, True, False)],
)
def test_a_charter_is_approved_by_fifteen_of_a_hundred_and_more_for_than_against(
    founded: Cast, votes_for: int, against: int, reached: bool, passed: bool
) -> None:
    run = to_referendum(founded)
    founded.does(founded.promoter, vote(run, votes_for, against))
    done = referendum(run)
    assert (done.needed, done.reached, done.passed) == (150, reached, passed)
    later = step(run, "informative", 31)
    if reached and passed:
        founded.does(founded.promoter, later)
        return
    assert stages(run)["referendum"] is Stage.LOST
    assert stands(run).next is None
    with refused("processes.not-approved"):
        founded.does(founded.promoter, later)


@pytest.mark.parametrize(
    ("changed", "rule"),
    [
        ({"roll": 0}, "processes.no-roll"),
        ({"roll_reason": None}, "processes.other-roll"),
        ({"roll": None}, "processes.more-papers-than-people"),
        ({"polls": ()}, "processes.no-papers"),
        ({"roll": 149}, "processes.more-papers-than-people"),
    ],
)
def test_figures_that_cannot_be_are_no_vote(founded: Cast, changed: dict[str, object], rule: str) -> None:
    run = to_referendum(founded)
    with refused(rule):
        founded.does(founded.promoter, vote(run, 100, 50, **changed))


@pytest.mark.parametrize(
    ("poll", "rule"),
    [
        ({"issued": 5, "votes_for": 4, "against": 1, "blank": 1, "spoiled": 0}, "processes.papers-do-not-add-up"),
        (
            {"council": "la-ceiba", "issued": 5, "votes_for": 4, "against": 1, "blank": 0, "spoiled": 0},
            "processes.no-such-council",
        ),
    ],
)
def test_papers_of_a_place_add_up_and_the_place_is_there(founded: Cast, poll: dict[str, object], rule: str) -> None:
    run = to_referendum(founded)
    with refused(rule):
        founded.does(founded.promoter, step(run, "referendum", 30, roll=100, polls=(poll,)))


def test_a_place_is_counted_once(founded: Cast) -> None:
    run = to_referendum(founded)
    poll = {"issued": 5, "votes_for": 4, "against": 1, "blank": 0, "spoiled": 0}
    with refused("processes.place-twice"):
        founded.does(founded.promoter, step(run, "referendum", 30, roll=100, polls=(poll, poll)))


def test_a_step_that_is_no_vote_has_no_roll(founded: Cast) -> None:
    run = begin(founded)
    with refused("processes.no-vote"):
        founded.does(founded.promoter, step(run, "promoters", roll=100))


def test_a_vote_taken_back_leaves_no_papers(founded: Cast) -> None:
    run = to_referendum(founded)
    done = founded.does(founded.promoter, vote(run, 100, 50)).id
    assert PollCount.objects.count() == 1
    founded.does(founded.promoter, UndoStep(done=done))
    assert PollCount.objects.count() == 0
