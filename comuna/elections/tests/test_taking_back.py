"""Taking an election or a vote back: not where it would contradict something later; else all is as before."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from uuid import UUID

import pytest
from django.utils.translation import override

from comuna.acts.clock import frozen_at
from comuna.assemblies.acts import CancelSession, UndoCall
from comuna.assemblies.models import Call
from comuna.assemblies.tests.test_session import MEETING, MEETING_DAY
from comuna.elections.acts import AskRecall, RecordElection, UndoDecision, UndoElection
from comuna.elections.tests.test_recall import GROUND, WORDS, Recalling
from comuna.elections.tests.voting import Vote
from comuna.mandates import queries as mandates
from comuna.mandates.acts import EndMandate, EnterMandate, Suspend, WhyEnded
from comuna.mandates.rules import MandateStatus
from tests.cast import Cast, refused


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    """The reasons are read in English, whichever catalogues are compiled here."""
    with override("en"):
        yield


@pytest.fixture
def vote(founded: Cast) -> Iterator[Vote]:
    prepared = Vote(founded)
    with frozen_at(MEETING):
        yield prepared.open()


def mandate_of(person: UUID, kind: str) -> UUID:
    return next(one.mandate for one in mandates.mandates_of(person, MEETING_DAY) if one.kind == kind)


def holders(cast: Cast, kind: str) -> set[tuple[int, bool, UUID]]:
    held = mandates.holders(cast.commune, MEETING_DAY)
    return {(one.number, one.is_alternate, one.person) for one in held if one.kind == kind}


def stands(vote: Vote, election: UUID, words: str) -> None:
    with refused("elections.moved-on") as no:
        vote.does(UndoElection(election=election))
    assert words in str(no.value)


# Elections


def test_an_election_stands_where_somebody_elected_was_suspended_since(founded: Cast, vote: Vote) -> None:
    election = vote.elect("cc.committee.water", [9, 5]).id
    held = mandate_of(vote.neighbours[0], "cc.committee.water")
    founded.signed(Suspend(mandate=held, reason="Una revisión"))
    stands(vote, election, "suspended")


def test_an_election_stands_where_a_recall_of_somebody_elected_was_asked_for(founded: Cast, vote: Vote) -> None:
    election = vote.elect("cc.committee.water", [9, 5]).id
    held = mandate_of(vote.neighbours[0], "cc.committee.water")
    founded.does(founded.comptroller, AskRecall(mandate=held, ground=GROUND, words=WORDS))
    stands(vote, election, "recall")


def test_an_election_stands_where_somebody_elected_has_left_the_seat(founded: Cast, vote: Vote) -> None:
    election = vote.elect("cc.committee.water", [9, 5]).id
    held = mandate_of(vote.neighbours[0], "cc.committee.water")
    founded.signed(EndMandate(mandate=held, why=WhyEnded.LEFT, on=MEETING_DAY))
    stands(vote, election, "left the seat")


def test_an_election_stands_where_whom_it_relieved_has_taken_a_seat_that_goes_ill_with_the_old(
    founded: Cast, vote: Vote
) -> None:
    """The acting signer is relieved, and elected comptroller: he cannot be both."""
    election = vote.elect("cc.finance", [20, 19, 18]).id
    vote.elect("cc.comptroller", {founded.acting_signer: 9})
    stands(vote, election, "another seat")


def test_an_election_of_somebody_relieved_is_taken_back_where_nothing_happened_since(founded: Cast, vote: Vote) -> None:
    before = holders(founded, "cc.finance")
    election = vote.elect("cc.finance", [20, 19, 18]).id
    vote.elect("cc.committee.water", {founded.acting_signer: 9})
    vote.does(UndoElection(election=election))
    assert holders(founded, "cc.finance") == before


# Votes on recalls


class Recalled(Recalling):
    """The signer was recalled today, and her alternate stepped in."""

    def __init__(self, cast: Cast) -> None:
        super().__init__(cast)
        self.alternate = self.room.neighbours[0]
        entry = EnterMandate(
            person=self.alternate,
            kind="cc.finance",
            number=1,
            is_alternate=True,
            begins=date(2025, 6, 1),
            origin_words="Acta, folio 12",
        )
        cast.signed(entry)
        self.petition_id = self.asked()
        self.report(self.petition_id)

    def recall(self) -> None:
        self.before = holders(self.cast, "cc.finance")
        people = self.room.quorate()
        self.decision = self.decide(self.petition_id, votes_for=len(people)).id
        assert (1, False, self.alternate) in holders(self.cast, "cc.finance")

    @property
    def successor(self) -> UUID:
        return mandate_of(self.alternate, "cc.finance")

    def undo(self) -> None:
        self.does(self.cast.promoter, UndoDecision(decision=self.decision))

    def stands(self, words: str) -> None:
        with refused("elections.moved-on") as no:
            self.undo()
        assert words in str(no.value)


@pytest.fixture
def recalled(founded: Cast) -> Iterator[Recalled]:
    way = Recalled(founded)
    with frozen_at(MEETING):
        way.recall()
        yield way


def test_a_vote_taken_back_leaves_everything_as_it_was(founded: Cast, recalled: Recalled) -> None:
    recalled.undo()
    assert holders(founded, "cc.finance") == recalled.before
    assert mandates.barred_until(founded.signer) is None


def test_a_vote_stands_where_whoever_stepped_in_has_left_the_seat(founded: Cast, recalled: Recalled) -> None:
    founded.signed(EndMandate(mandate=recalled.successor, why=WhyEnded.LEFT, on=MEETING_DAY))
    recalled.stands("left the seat")


def test_a_vote_stands_where_whoever_stepped_in_was_suspended(founded: Cast, recalled: Recalled) -> None:
    founded.signed(Suspend(mandate=recalled.successor, reason="Una revisión"))
    recalled.stands("suspended")


def test_a_vote_stands_where_a_recall_of_whoever_stepped_in_was_asked_for(founded: Cast, recalled: Recalled) -> None:
    founded.does(founded.comptroller, AskRecall(mandate=recalled.successor, ground=GROUND, words=WORDS))
    recalled.stands("recall")


def test_a_vote_stands_where_the_alternates_place_was_filled_again(founded: Cast, recalled: Recalled) -> None:
    elect(recalled, "cc.finance", recalled.room.neighbours[1:10])
    recalled.stands("alternate")


def test_a_vote_stands_where_the_vacant_seat_was_filled_by_an_election(founded: Cast) -> None:
    way = Recalling(founded)
    way.mandate = founded.mandate(founded.comptroller)
    petition = way.petition()
    way.sign(petition, way.room.roll()[:10])
    way.report(petition)
    with frozen_at(MEETING):
        people = way.room.quorate()
        decision = way.decide(petition, votes_for=len(people)).id
        elect(way, "cc.comptroller", way.room.neighbours[:10])
        with refused("elections.moved-on") as no:
            way.does(founded.promoter, UndoDecision(decision=decision))
    assert "taken the seat" in str(no.value)


def elect(way: Recalling, kind: str, people: list[UUID]) -> None:
    """In the same session, the first with most votes."""
    vote = Vote.__new__(Vote)
    vote.cast, vote.room, vote.present = way.cast, way.room, way.room.roll()
    act: RecordElection = vote.act(kind, {person: 20 - place for place, person in enumerate(people)}, marks=10)
    vote.does(act)


def test_a_suspended_person_recalled_by_mistake_is_suspended_again(founded: Cast) -> None:
    way = Recalling(founded)
    founded.signed(Suspend(mandate=way.mandate, reason="Una revisión"))
    petition = way.asked()
    way.report(petition)
    with frozen_at(MEETING):
        people = way.room.quorate()
        decision = way.decide(petition, votes_for=len(people)).id
        way.does(founded.promoter, UndoDecision(decision=decision))
        assert mandates.status_of(way.mandate, MEETING_DAY) is MandateStatus.SUSPENDED


def test_the_call_on_which_an_election_rests_is_not_taken_back(vote: Vote) -> None:
    vote.elect("cc.committee.water", [12, 9])
    call = Call.objects.get(session=vote.session)
    with refused("assemblies.decided-in"):
        vote.cast.does(vote.cast.secretary, UndoCall(call=call.id))
    with refused("assemblies.under-way"):
        vote.cast.does(vote.cast.secretary, CancelSession(session=vote.session, reason="Nadie vino"))
