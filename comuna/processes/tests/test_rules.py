"""Turnout and majority of a vote, and the days of steps, on plain values."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given, strategies as st

from comuna.processes.rules import Poll, counted_from, due_on, first_day, outcome, total
from comuna.statutes.processes import Begins, Process, ProcessStep, StepVote
from comuna.statutes.values import Base, Majority, MajorityKind, Mark, Rule, Share

RULE = Rule("test", "Art. 14", Mark.FOUND)
VOTE = StepVote(Majority(RULE, MajorityKind.PLURALITY), Share(RULE, part=Fraction(15, 100), base=Base.ROLL))
NAMES = {"es": "Paso", "en": "Step"}
DAY = date(2026, 3, 1)
piles = st.integers(0, 5_000)
polls = st.builds(
    lambda kept, votes_for, against, blank, spoiled: Poll(
        kept + votes_for + against + blank + spoiled, votes_for, against, blank, spoiled
    ),
    *[piles] * 5,
)


def step(id: str = "one", **words: object) -> ProcessStep:
    return ProcessStep(RULE, id, NAMES, ("secretary",), **{"days": 30, **words})  # type: ignore[arg-type]  # its words


def process(begins: Begins, *steps: ProcessStep) -> Process:
    return Process(RULE, "test", NAMES, begins, steps)


@given(st.lists(polls, min_size=1, max_size=24), piles)
def test_a_vote_is_the_sum_of_its_polling_places_in_whatever_order(places: list[Poll], more: int) -> None:
    whole = total(places)
    found = outcome(VOTE, whole.issued + more, whole)
    assert found == outcome(VOTE, whole.issued + more, total(reversed(places)))
    assert found.turnout == sum(one.counted for one in places)


@given(polls, piles)
def test_enough_took_part_where_the_papers_are_the_asked_part_of_the_roll_or_more(poll: Poll, more: int) -> None:
    roll = poll.issued + more
    found = outcome(VOTE, roll, poll)
    assert found.reached == (100 * poll.counted >= 15 * roll and poll.counted > 0)
    assert found.needed * 100 >= 15 * roll > (found.needed - 1) * 100 or roll == 0


@given(st.integers(1, 50_000))
def test_as_many_as_are_needed_are_enough_and_one_fewer_is_not(roll: int) -> None:
    needed = -(-15 * roll // 100)
    assert outcome(VOTE, roll, Poll(needed, needed, 0, 0, 0)).reached
    assert not outcome(VOTE, roll, Poll(needed, needed - 1, 0, 0, 0)).reached


@given(polls, piles)
def test_a_plurality_approves_where_more_vote_for_than_against_whoever_else_came(poll: Poll, more: int) -> None:
    assert outcome(VOTE, poll.issued + more, poll).passed == (poll.votes_for > poll.against)


@given(polls)
def test_another_paper_for_it_never_turns_an_approval_into_a_loss(poll: Poll) -> None:
    more = Poll(poll.issued + 1, poll.votes_for + 1, poll.against, poll.blank, poll.spoiled)
    before, after = outcome(VOTE, more.issued, poll), outcome(VOTE, more.issued, more)
    assert (after.reached, after.passed) >= (before.reached, before.passed)


@given(polls, st.integers(1, 100))
def test_papers_that_nobody_was_given_are_no_vote(poll: Poll, more: int) -> None:
    roll = poll.issued + more
    with pytest.raises(ValueError, match="issued"):
        outcome(VOTE, poll.issued - 1, poll)
    with pytest.raises(ValueError, match="issued"):
        outcome(VOTE, roll + more, Poll(poll.counted - 1, poll.votes_for, poll.against, poll.blank, poll.spoiled))


def test_nobody_at_all_is_never_enough() -> None:
    nobody = StepVote(VOTE.majority, Share(RULE, people=0))
    assert not outcome(nobody, 100, Poll(0, 0, 0, 0, 0)).reached


def test_days_of_a_founding_are_counted_on_and_of_a_renewal_back() -> None:
    founding, renewal = process(Begins.FOUNDING, step()), process(Begins.LAPSE, step())
    assert due_on(founding, step(), DAY, {}) == date(2026, 3, 31)
    assert due_on(renewal, step(), DAY, {}) == date(2026, 1, 30)


def test_a_renewal_begun_when_the_first_mandate_was_over_has_the_days_of_its_longest_step_before_it() -> None:
    renewal = process(Begins.LAPSE, step(days=30), step("two", days=90))
    assert counted_from(renewal, DAY, DAY) == DAY
    assert counted_from(renewal, DAY, DAY - timedelta(days=1)) == DAY + timedelta(days=90)


def test_a_step_due_after_another_is_due_that_many_days_after_it_once_that_is_done() -> None:
    later = step("two", days=60, after=("one",), within_days=10)
    founding = process(Begins.FOUNDING, step(), later)
    assert due_on(founding, later, DAY, {}) == DAY + timedelta(days=60)
    assert due_on(founding, later, DAY, {"one": DAY + timedelta(days=5)}) == DAY + timedelta(days=15)


def test_a_step_comes_no_earlier_than_the_process_and_than_what_it_waits_for() -> None:
    later = step("two", after=("one",), wait_days=15)
    assert first_day(step(), DAY, {}) == DAY
    assert first_day(later, DAY, {"one": DAY + timedelta(days=5)}) == DAY + timedelta(days=20)
