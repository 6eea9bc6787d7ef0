"""Winners, ties, ballots and the stages of a recall, on plain values."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, strategies as st

from comuna.elections.rules import (
    Outcome,
    Papers,
    Places,
    RecallFacts,
    Stage,
    by_votes,
    days_late,
    outcome,
    report_due,
    stage,
    votes_fit,
)

votes = st.lists(st.integers(0, 6), max_size=12).map(lambda counts: list(enumerate(counts)))
places = st.builds(Places, st.integers(0, 5), st.integers(0, 5))


def became(counts: list[int], principals: int, alternates: int) -> list[Outcome]:
    """What becomes of candidates 0, 1, 2… with these votes."""
    found = dict(outcome(by_votes(enumerate(counts)), Places(principals, alternates)))
    return [found[number] for number in range(len(counts))]


P, A, T, W, N = Outcome.PRINCIPAL, Outcome.ALTERNATE, Outcome.TIED, Outcome.WAITING, Outcome.NOT_ELECTED


@pytest.mark.parametrize(
    ("counts", "principals", "alternates", "expected"),
    [
        ([50, 40, 30, 20], 1, 1, [P, A, N, N]),
        ([20, 30, 40, 50], 2, 1, [N, A, P, P]),
        ([40, 40, 30], 2, 1, [P, P, A]),  # equal votes for equal places decide nothing and are no tie
        ([50, 40, 40, 30], 2, 1, [P, T, T, W]),  # who is principal, who alternate?
        ([50, 30, 30], 1, 1, [P, T, T]),
        ([50, 30, 30], 1, 0, [P, N, N]),
        ([], 3, 3, []),
        ([7], 3, 3, [P]),
    ],
)
def test_the_most_voted_are_principals_then_alternates_and_a_tie_across_a_line_waits(
    counts: list[int], principals: int, alternates: int, expected: list[Outcome]
) -> None:
    assert became(counts, principals, alternates) == expected


@given(votes, places)
def test_nobody_with_fewer_votes_gets_a_better_place(counts: list[tuple[int, int]], open_places: Places) -> None:
    rank = {P: 0, A: 1, T: 1, W: 2, N: 2}
    given_votes = dict(counts)
    found = outcome(by_votes(counts), open_places)
    for one, its in found:
        for other, others in found:
            if given_votes[one] > given_votes[other]:
                assert rank[its] <= rank[others]


@given(votes, places)
def test_no_more_are_elected_than_there_are_places_and_none_is_left_open_without_need(
    counts: list[tuple[int, int]], open_places: Places
) -> None:
    found = outcome(by_votes(counts), open_places)
    elected = [its for _one, its in found if its in (P, A)]
    assert elected.count(P) <= open_places.principals
    assert elected.count(A) <= open_places.alternates
    if not any(its is T for _one, its in found):
        assert len(elected) == min(len(counts), open_places.principals + open_places.alternates)


@given(votes, places)
def test_everybody_who_stood_hears_what_became_of_them_once(counts: list[tuple[int, int]], open_places: Places) -> None:
    assert sorted(one for one, _its in outcome(by_votes(counts), open_places)) == [one for one, _ in counts]


def test_ballots_handed_out_come_back_valid_spoiled_or_unused() -> None:
    assert Papers(145, 140, 3, 2).add_up
    assert not Papers(145, 140, 3, 1).add_up


@pytest.mark.parametrize(
    ("counts", "voters", "marks", "fits"),
    [([60, 40], 100, 1, True), ([60, 41], 100, 1, False), ([101], 100, 5, False), ([100, 100], 100, 2, True)],
)
def test_votes_are_no_more_than_the_voters_could_give(counts: list[int], voters: int, marks: int, fits: bool) -> None:
    assert votes_fit(counts, voters, marks) is fits


DUE = date(2026, 3, 16)
COMPLETE = RecallFacts(reached_on=date(2026, 3, 1), due_on=DUE)


def test_the_report_is_due_after_running_days_and_a_late_one_is_counted() -> None:
    assert report_due(date(2026, 3, 1), 15) == DUE
    assert [days_late(day, DUE) for day in (date(2026, 3, 10), DUE, date(2026, 3, 19))] == [0, 0, 3]


@pytest.mark.parametrize(
    ("facts", "day", "expected"),
    [
        (RecallFacts(None, None), DUE, Stage.COLLECTING),
        (COMPLETE, DUE, Stage.AT_DESK),
        (COMPLETE, date(2026, 3, 17), Stage.REPORT_LATE),
        (RecallFacts(COMPLETE.reached_on, DUE, reported=True), DUE, Stage.BEFORE_ASSEMBLY),
        (RecallFacts(COMPLETE.reached_on, DUE, recalled=True), DUE, Stage.RECALLED),
        (RecallFacts(COMPLETE.reached_on, DUE, recalled=False), DUE, Stage.KEPT),
        (RecallFacts(COMPLETE.reached_on, DUE, withdrawn=True), DUE, Stage.WITHDRAWN),
        (RecallFacts(COMPLETE.reached_on, DUE, in_office=False), DUE, Stage.OVER),
    ],
)
def test_where_a_recall_stands_follows_from_what_was_done_and_the_day(
    facts: RecallFacts, day: date, expected: Stage
) -> None:
    assert stage(facts, day) is expected
