"""Ballots written down one by one: they give the counts, and they stand sorted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from random import Random

import pytest
from hypothesis import given, strategies as st

from comuna.acts.clock import frozen_at
from comuna.acts.reading import read_one
from comuna.assemblies.tests.test_pages import form_of, post, text
from comuna.assemblies.tests.test_session import MEETING
from comuna.elections.acts import BallotForm, RecordElection, SlipRow, UndoElection
from comuna.elections.models import Election, Slip
from comuna.elections.rules import in_order, marked, sums
from comuna.elections.tests.test_pages import ballot
from comuna.elections.tests.voting import Vote
from tests.cast import Cast, refused

SEAT = "cc.committee.water"


@pytest.fixture
def vote(founded: Cast) -> Iterator[Vote]:
    with frozen_at(MEETING):
        yield Vote(founded).open()


def rows(*slips: str) -> tuple[SlipRow, ...]:
    return tuple(SlipRow(marks=slip) for slip in slips)


def ballots(vote: Vote, named: Sequence[str]) -> list[str]:
    """These, and blank ones for everybody else."""
    return [*named, *["0"] * (len(vote.present) - len(named))]


def test_ballots_are_kept_sorted_in_whatever_order_they_were_typed(vote: Vote) -> None:
    typed = ballots(vote, ["2 1", "1", "1 2", "2", "1"])
    Random(5).shuffle(typed)
    done = vote.elect(SEAT, [4, 3], slips=rows(*typed))
    kept = list(Slip.objects.order_by("place").values_list("marks", flat=True))
    assert kept == ["0"] * (len(typed) - 5) + ["1", "1", "1 2", "1 2", "2"]
    act = read_one(done.id).act
    assert isinstance(act, RecordElection) and [row.marks for row in act.slips] == kept
    vote.does(UndoElection(election=done.id))
    assert not Slip.objects.exists()


def test_a_ballot_names_candidates_by_their_places_once_the_votes_are_counted(vote: Vote) -> None:
    """The second line of the act had more votes: on the kept ballots she is 1."""
    vote.elect(SEAT, [1, 3], slips=rows(*ballots(vote, ["2", "2", "1 2"])))
    assert list(Slip.objects.exclude(marks="0").order_by("place").values_list("marks", flat=True)) == ["1", "1", "1 2"]


def test_ballots_that_do_not_give_the_counts_are_refused_with_the_line(vote: Vote) -> None:
    with refused("elections.slips-differ") as no:
        vote.elect(SEAT, [4, 3], slips=rows(*ballots(vote, ["1", "1", "1", "2", "2", "2"])))
    assert no.value.field == "candidates.0.votes"
    with refused("elections.slips-do-not-add-up"):
        vote.elect(SEAT, [1, 1], slips=rows("1 2"))


@pytest.mark.parametrize(
    ("slip", "rule"),
    [("3", "slip-of-nobody"), ("1 1", "slip-names-twice"), ("1 2", "slip-names-too-many")],
)
def test_a_ballot_names_who_stands_once_and_no_more_than_it_may(vote: Vote, slip: str, rule: str) -> None:
    with refused(f"elections.{rule}"):
        vote.elect(SEAT, [2, 1], slips=rows(*ballots(vote, [slip, "1", "2"])), marks=1)


def test_hands_leave_no_ballots(vote: Vote) -> None:
    nothing = {"issued": None, "counted": None, "spoiled": None, "returned": None}
    with refused("elections.no-ballots"):
        vote.elect("cc.electoral", [1], slips=rows("1"), ballot=BallotForm.HANDS, marks=1, **nothing)


@given(st.lists(st.lists(st.integers(1, 6), unique=True).map(tuple), max_size=40), st.randoms())
def test_whatever_the_order_of_casting_the_kept_order_is_one(slips: list[tuple[int, ...]], chance: Random) -> None:
    cast = [tuple(chance.sample(slip, len(slip))) for slip in chance.sample(slips, len(slips))]
    assert in_order(cast) == in_order(slips)
    assert sums(in_order(cast), 6) == [sum(line in slip for slip in slips) for line in range(1, 7)]
    assert all(marked(" ".join(map(str, slip)) or "0") == slip for slip in slips)


def test_the_form_takes_one_ballot_a_line_and_counts_the_lines_that_are_filled_in(vote: Vote) -> None:
    page, address = vote.cast.browser(vote.cast.promoter), f"/elections/record/?session={vote.session}"
    typed = "1, 3\n3\n0\n" + "0\n" * (len(vote.present) - 3)
    assert post(page, address, **_on_the_first_and_third_line(vote), slips=typed) == 302
    kept = Slip.objects.exclude(marks="0").order_by("place").values_list("marks", flat=True)
    shown = text(page, f"/elections/{Election.objects.get().id}/")
    assert f"{len(vote.present)} ballots, which give these votes" in shown
    assert list(kept) == ["1", "1 2"], "whoever has two votes is the first of the candidates"


@pytest.mark.parametrize("slips", ["1 y 3", "2", "17"])
def test_a_line_that_is_no_ballot_is_named_and_nothing_typed_is_lost(vote: Vote, slips: str) -> None:
    page, address = vote.cast.browser(vote.cast.promoter), f"/elections/record/?session={vote.session}"
    fields = form_of(text(page, address)) | _on_the_first_and_third_line(vote) | {"slips": slips}
    answer = page.post(address, fields, headers={"accept-language": "en"})
    said = answer.content.decode()
    assert answer.status_code == 422
    assert f"{slips}</textarea>" in said and ("a ballot is" in said or "no candidate on line" in said)
    assert not Election.objects.exists()


def _on_the_first_and_third_line(vote: Vote) -> dict[str, str]:
    fields = ballot(vote, first=1, second=2) | {"marks": "2"}
    return {name.replace("candidates.1.", "candidates.2."): value for name, value in fields.items()}
