"""Who comes when somebody goes: nobody who could not be elected, and nobody who signs her own election."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from uuid import UUID

import pytest

from comuna.acts.acts import Propose, Sign
from comuna.acts.clock import frozen_at
from comuna.assemblies.tests.test_session import MEETING, MEETING_DAY
from comuna.elections.acts import AskRecall, DecideRecall, ReportRecall
from comuna.elections.tests.voting import Vote
from comuna.journal import files
from comuna.mandates import queries as mandates
from comuna.mandates.acts import EndMandate, EnterMandate, WhyEnded
from comuna.statutes import builtin, queries as statutes
from comuna.statutes.acts import AdoptStatute
from comuna.territory.acts import RegisterPerson
from tests.cast import TODAY, Cast, refused

WATER = "cc.committee.water"
BOTH_SIGN = """
[[signatures]]
rule = "cc.sign.elections"
source = "Decisión de la asamblea"
mark = "O"
act = "elections.record_election"
needed = 2
seats = ["cc.promoter"]
"""


@pytest.fixture
def vote(founded: Cast) -> Iterator[Vote]:
    prepared = Vote(founded)
    with frozen_at(MEETING):
        yield prepared.open()


def vacate(cast: Cast, *people: UUID) -> None:
    for person in people:
        held = next(one for one in mandates.mandates_of(person, MEETING_DAY) if one.kind == WATER)
        cast.signed(EndMandate(mandate=held.mandate, on=MEETING_DAY, why=WhyEnded.RESIGNED))


def holds(person: UUID) -> list[str]:
    return [one.kind for one in mandates.mandates_of(person, MEETING_DAY) if one.status.in_office]


def recalled(vote: Vote, person: UUID) -> None:
    """She is recalled from another seat and barred for two terms."""
    cast = vote.cast
    finance = next(one for one in mandates.mandates_of(person, MEETING_DAY) if one.kind == "cc.finance")
    asked = AskRecall(mandate=finance.mandate, ground="no-account", words="No rindió cuentas")
    petition = cast.does(cast.comptroller, asked).id
    cast.does(cast.secretary, ReportRecall(petition=petition, words="No hay cuentas", defence="Fue oída"))
    hands, two = len(vote.present), vote.counters([person])
    act = DecideRecall(petition=petition, session=vote.session, votes_for=hands, against=0, abstain=0, **two)
    vote.does(act)
    until = mandates.barred_until(person)
    assert until is not None and until > MEETING_DAY


def test_a_child_who_came_third_does_not_come_into_the_seat(founded: Cast, vote: Vote) -> None:
    child = RegisterPerson(full_name="Niño Chico", birth_day=date(2021, 1, 1), residence_since=date(2021, 1, 1))
    young = founded.does(founded.secretary, child).id
    first, second, fourth = vote.neighbours[:3]
    vote.elect(WATER, {first: 9, second: 8, young: 7, fourth: 6})
    vacate(founded, second, first)
    assert holds(young) == []
    assert holds(fourth) == [WATER], "the next who may"


def test_whoever_is_barred_comes_into_no_seat_as_alternate_or_by_her_votes(founded: Cast, vote: Vote) -> None:
    first, second = vote.neighbours[:2]
    vote.elect(WATER, {first: 9, second: 8, founded.signer: 7})
    recalled(vote, founded.signer)
    vacate(founded, second, first)
    assert holds(founded.signer) == []


def test_an_alternate_barred_meanwhile_does_not_step_in(founded: Cast, vote: Vote) -> None:
    first, third = vote.neighbours[:2]
    vote.elect(WATER, {first: 9, founded.signer: 8, third: 7})
    recalled(vote, founded.signer)
    vacate(founded, first)
    assert WATER not in [one.kind for one in mandates.mandates_of(founded.signer, MEETING_DAY) if not one.is_alternate]
    assert holds(third) == [WATER]


@pytest.mark.parametrize("begins", [date(2025, 1, 1), date(2034, 6, 1), date(2199, 1, 1)])
def test_who_wins_a_tie_takes_office_with_the_others(vote: Vote, begins: date) -> None:
    first = vote.elect(WATER, [9, 9, 4], tie_stands=True).id
    wins, loses = vote.neighbours[:2]
    with refused("elections.begins-with-the-others") as caught:
        vote.elect(WATER, {wins: 12, loses: 3}, runoff_of=first, marks=1, begins=begins)
    assert caught.value.field == "begins"
    vote.elect(WATER, {wins: 12, loses: 3}, runoff_of=first, marks=1, begins=MEETING_DAY)


def test_nobody_signs_the_election_in_which_she_stands(founded: Cast) -> None:
    text = builtin.text("venezuela-commune").replace('version = "2026.1"', 'version = "2026.2"') + BOTH_SIGN
    founded.signed(AdoptStatute(file=files.store(text.encode(), statutes.MEDIA_TYPE), first_day=TODAY))
    candidate, other = founded.other_promoters
    vote = Vote(founded)
    with frozen_at(MEETING):
        vote.open()
        proposal = vote.does(Propose(act=vote.act(WATER, {candidate: 9, vote.neighbours[0]: 3}))).id
        with refused("elections.own-election"):
            founded.does(candidate, Sign(proposal=proposal))
        assert founded.does(other, Sign(proposal=proposal)).performed is not None


def test_a_statute_that_asks_for_more_signatures_asks_it_of_open_proposals_too(founded: Cast) -> None:
    act = EnterMandate(
        person=founded.neighbour, kind="cc.electoral", begins=date(2025, 6, 1), origin_words="Libro de actas"
    )
    proposal = founded.does(founded.promoter, Propose(act=act)).id
    text = builtin.text("venezuela-commune").replace('version = "2026.1"', 'version = "2026.2"')
    more = text.replace('act = "mandates.enter_mandate"\nneeded = 2', 'act = "mandates.enter_mandate"\nneeded = 3')
    assert more != text
    founded.signed(AdoptStatute(file=files.store(more.encode(), statutes.MEDIA_TYPE), first_day=TODAY))
    one, two = founded.other_promoters
    assert founded.does(one, Sign(proposal=proposal)).performed is None
    assert founded.does(two, Sign(proposal=proposal)).performed is not None
