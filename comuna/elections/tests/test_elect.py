"""Elections: who may stand, what the count must be, who takes which seat, and how a tie is broken."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from django.test import Client

from comuna.acts.clock import frozen_at
from comuna.assemblies.acts import CloseSession
from comuna.assemblies.tests.test_session import MEETING, MEETING_DAY
from comuna.elections import queries
from comuna.elections.acts import BallotForm, UndoElection
from comuna.elections.rules import Outcome
from comuna.elections.tests.voting import Vote
from comuna.mandates import queries as mandates
from comuna.mandates.lapsing import over
from comuna.mandates.rules import MandateStatus
from comuna.territory.acts import RecordDeparture, RegisterPerson
from comuna.territory.acts.whereabouts import Because
from tests.cast import Cast, refused


@pytest.fixture
def vote(founded: Cast) -> Iterator[Vote]:
    """Twenty-odd people, all present, on 20 February."""
    prepared = Vote(founded)
    with frozen_at(MEETING):
        yield prepared.open()


def seats(cast: Cast, kind: str) -> list[tuple[int, bool, str]]:
    """Number, whether alternate, public name."""
    held = mandates.holders(cast.commune, MEETING_DAY)
    return [(one.number, one.is_alternate, one.name) for one in held if one.kind == kind]


def test_the_most_voted_takes_the_seat_and_the_next_is_the_alternate(founded: Cast, vote: Vote) -> None:
    vote.elect("cc.committee.water", [12, 9, 3])
    assert seats(founded, "cc.committee.water") == [(1, False, "Vecina 12"), (1, True, "Vecina 9")]
    elected = mandates.mandates_of(vote.neighbours[0], MEETING_DAY)[0]
    assert (elected.term.begins, elected.term.ends) == (MEETING_DAY, date(2029, 2, 19))


def test_running_mandates_are_left_alone_and_expired_ones_are_relieved(founded: Cast, vote: Vote) -> None:
    """Five finance seats: two terms run, one has run out and two are vacant: three are filled."""
    vote.elect("cc.finance", [20, 19, 18, 17])
    held = {number: name for number, alternate, name in seats(founded, "cc.finance") if not alternate}
    assert sorted(held) == [1, 2, 3, 4, 5]
    assert held[1] == "Carmen Teresa Blanco"
    assert {held[2], held[4], held[5]} == {"Vecina 20", "Vecina 19", "Vecina 18"}
    assert mandates.mandates_of(founded.acting_signer, MEETING_DAY)[0].status is MandateStatus.REPLACED


def test_nothing_is_elected_without_a_quorum(founded: Cast) -> None:
    prepared = Vote(founded)
    with frozen_at(MEETING):
        prepared.present = prepared.room.roll()[:2]
        prepared.room.come(prepared.present)
        prepared.room.call(1, "09:00")
        with refused("assemblies.no-quorum") as no:
            prepared.elect("cc.committee.water", [1])
        assert no.value.citation == "LOCC arts. 11 y 22"


def test_the_ballots_handed_out_must_all_come_back(vote: Vote) -> None:
    with refused("elections.ballots"):
        vote.elect("cc.committee.water", [5], spoiled=1)
    with refused("elections.ballots-missing"):
        vote.elect("cc.committee.water", [5], returned=None)
    with refused("elections.more-ballots-than-present"):
        more = len(vote.present) + 1
        vote.elect("cc.committee.water", [5], issued=more, counted=more)
    with refused("elections.too-many-votes"):
        vote.elect("cc.committee.water", [len(vote.present) + 1])


def test_a_seat_that_the_statute_elects_secretly_is_not_elected_by_hands(vote: Vote) -> None:
    with refused("elections.ballot-form") as no:
        nothing = {"issued": None, "counted": None, "spoiled": None, "returned": None}
        vote.elect("cc.finance", [5], ballot=BallotForm.HANDS, **nothing)
    assert no.value.citation == "LOCC arts. 30-32"


def test_a_seat_of_either_form_is_elected_by_hands_with_no_more_votes_than_people(founded: Cast, vote: Vote) -> None:
    hands = {"ballot": BallotForm.HANDS, "issued": None, "counted": None, "spoiled": None, "returned": None, "marks": 1}
    with refused("elections.too-many-votes"):
        vote.elect("cc.electoral", [len(vote.present), 1], **hands)
    vote.elect("cc.electoral", [8, 7], **hands)
    assert len(seats(founded, "cc.electoral")) == 2


def test_a_minor_cannot_stand_for_a_finance_seat(founded: Cast, vote: Vote) -> None:
    act = RegisterPerson(full_name="Muchacho", birth_day=date(2010, 1, 1), residence_since=date(2010, 1, 1))
    young = founded.does(founded.secretary, act).id
    with refused("mandates.too-young") as no:
        vote.elect("cc.finance", {young: 9})
    assert no.value.citation == "LOCC art. 15"


def test_finance_and_comptroller_are_never_the_same_person(founded: Cast, vote: Vote) -> None:
    with refused("mandates.incompatible"):
        vote.elect("cc.finance", {founded.comptroller: 9})


def test_a_seat_is_filled_only_by_the_organ_that_chooses_it(founded: Cast, vote: Vote) -> None:
    with refused("elections.other-organ"):
        vote.elect("ce.parliament", [5])


def test_nobody_writes_down_an_election_in_which_they_stand(founded: Cast, vote: Vote) -> None:
    with refused("elections.own-election"):
        vote.elect("cc.committee.water", {founded.promoter: 9})


@pytest.mark.parametrize("begins", [date(2027, 2, 22), date(2200, 12, 31)])
def test_nobody_is_elected_more_than_a_year_ahead(vote: Vote, begins: date) -> None:
    with refused("elections.begins-late") as no:
        vote.elect("cc.committee.water", [9], begins=begins)
    assert no.value.field == "begins"
    vote.elect("cc.committee.water", [9], begins=date(2027, 2, 21))


def test_nobody_stands_twice(vote: Vote) -> None:
    act = vote.act("cc.committee.water", [5])
    with refused("elections.stands-twice") as no:
        vote.does(act.model_copy(update={"candidates": act.candidates * 2}))
    assert no.value.field == "candidates.1.person"


# Ties


def test_a_tie_across_the_line_is_refused_until_somebody_says_it_is_right(founded: Cast, vote: Vote) -> None:
    with refused("elections.tie") as no:
        vote.elect("cc.committee.water", [9, 9, 4])
    assert "9" in str(no.value)
    assert seats(founded, "cc.committee.water") == []


def test_no_other_vote_fills_the_place_between_those_who_are_tied(founded: Cast, vote: Vote) -> None:
    first = vote.elect("cc.committee.water", [9, 9, 4], tie_stands=True).id
    one, two, third = vote.neighbours[0], vote.neighbours[1], vote.neighbours[5]
    with refused("elections.tie-waits"):
        vote.elect("cc.committee.water", {third: 12})
    assert seats(founded, "cc.committee.water") == []
    vote.elect("cc.committee.energy", {third: 12})
    vote.elect("cc.committee.water", {one: 8, two: 11}, runoff_of=first, marks=1)


def test_the_further_vote_is_among_those_tied_and_then_all_places_are_filled(founded: Cast, vote: Vote) -> None:
    first = vote.elect("cc.committee.water", [9, 9, 4], tie_stands=True).id
    assert queries.election(first).tied
    one, two, three = vote.neighbours[:3]
    with refused("elections.runoff-among-tied"):
        vote.elect("cc.committee.water", {one: 5, three: 4}, runoff_of=first, marks=1)
    second = vote.elect("cc.committee.water", {one: 8, two: 11}, runoff_of=first, marks=1).id
    assert seats(founded, "cc.committee.water") == [(1, False, "Vecina 11"), (1, True, "Vecina 8")]
    assert queries.election(first).tied == ()
    assert [row.outcome for row in queries.election(second).candidacies][:2] == [Outcome.PRINCIPAL, Outcome.ALTERNATE]


def test_whoever_tied_and_moved_away_leaves_the_further_vote_to_the_others(founded: Cast, vote: Vote) -> None:
    first = vote.elect("cc.committee.water", [9, 9, 4], tie_stands=True).id
    gone, stays, third = vote.neighbours[:3]
    with refused("elections.runoff-among-tied") as no:
        vote.elect("cc.committee.water", {stays: 12}, runoff_of=first, marks=1)
    assert "Vecina 9" in str(no.value), "by the name under which she stood"
    founded.does(founded.secretary, RecordDeparture(person=gone, on=MEETING_DAY, because=Because.MOVED))
    papers = len(vote.present) - 1
    vote.elect("cc.committee.water", {stays: 12}, runoff_of=first, marks=1, issued=papers, counted=papers)
    held = [one.person for one in mandates.holders(founded.commune, MEETING_DAY) if one.kind == "cc.committee.water"]
    assert held == [stays, third]


def test_a_tie_for_equal_places_needs_no_further_vote(founded: Cast, vote: Vote) -> None:
    vote.elect("cc.electoral", [9, 9, 9, 9, 9, 5])
    principals = [row for row in seats(founded, "cc.electoral") if not row[1]]
    assert len(principals) == 5


# Taking back


def test_an_election_typed_wrongly_is_taken_back_while_the_session_lasts(founded: Cast, vote: Vote) -> None:
    wrong = vote.elect("cc.finance", [20, 19, 18, 17]).id
    vote.does(UndoElection(election=wrong))
    assert [row[2] for row in seats(founded, "cc.finance") if row[0] == 2] == ["Pedro José Salas"], "acting again"
    vote.elect("cc.finance", [17, 18, 19, 20])
    held = [name for _number, alternate, name in seats(founded, "cc.finance") if not alternate]
    assert "Vecina 20" in held and "Vecina 17" not in held


def test_after_the_session_an_election_stands(vote: Vote) -> None:
    done = vote.elect("cc.committee.water", [12, 9]).id
    vote.room.does(CloseSession(session=vote.session, hour="12:00"))
    with refused("assemblies.closed"):
        vote.does(UndoElection(election=done))


def test_only_who_the_statute_names_writes_elections_down(founded: Cast, vote: Vote) -> None:
    act = vote.act("cc.committee.water", [12])
    with refused("mandates.other-seat") as no:
        founded.does(founded.secretary, act)
    assert no.value.who


def test_two_who_are_present_and_do_not_stand_count_an_election(founded: Cast) -> None:
    vote = Vote(founded)
    with frozen_at(MEETING):
        vote.open()
        fine = vote.act("cc.committee.water", [9, 6])
        stands, absent = vote.neighbours[0], founded.stranger
        for more, rule in (
            ({"counter_one": stands}, "assemblies.counts-own-vote"),
            ({"counter_two": absent}, "assemblies.counter-absent"),
            ({"counter_two": fine.counter_one}, "assemblies.two-count"),
            ({"counter_two": None}, "assemblies.two-count"),
        ):
            with refused(rule):
                vote.does(vote.act("cc.committee.water", [9, 6], **more))
        id = vote.does(fine).id
        page = Client().get(f"/elections/{id}/", headers={"accept-language": "en"}).content.decode()
        assert "Who counted" in page


def test_where_every_seat_is_held_the_refusal_names_the_first_day_of_whoever_follows(vote: Vote) -> None:
    vote.elect("cc.committee.water", [12, 9])
    with refused("elections.no-place") as caught:
        vote.elect("cc.committee.water", {vote.neighbours[9]: 5})
    assert caught.value.field == "begins"
    assert "20/02/2029" in str(caught.value.words)  # three years later


def test_whom_somebody_was_elected_to_follow_is_not_to_be_renewed_and_the_page_says_who_follows(vote: Vote) -> None:
    late = next(one for one in over(vote.cast.commune, MEETING_DAY) if not one.holding.is_alternate)
    assert late.follows is None
    begins = MEETING_DAY.replace(day=27)
    vote.elect(late.holding.kind, [9, 8, 7, 6, 5], begins=begins)
    again = {one.holding.mandate: one for one in over(vote.cast.commune, MEETING_DAY)}[late.holding.mandate]
    assert again.follows is not None and again.follows.term.begins == begins
    page = Client().get("/renewal/", headers={"accept-language": "en"}).content.decode()
    assert "follows on 27 February" in page
