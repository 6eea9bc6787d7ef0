"""Several requests about one mandate: nobody's request shields anybody, none stays open for ever, and whoever
signed is heard."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from comuna.acts.clock import frozen_at
from comuna.assemblies.tests.test_session import MEETING, MEETING_DAY
from comuna.elections import queries
from comuna.elections.acts import (
    AskRecall,
    PetitionRecall,
    RecordSignatures,
    SignerRow,
    UndoDecision,
    UndoSignatures,
    WithdrawRecall,
)
from comuna.elections.rules import Stage
from comuna.elections.tests.test_recall import GROUND, WORDS, Recalling
from comuna.mandates import codes, queries as mandates
from comuna.mandates.acts import ClaimAccount, EnterMandate
from comuna.territory.acts import RegisterPerson
from tests.cast import TODAY, Cast, refused


def petition_of(way: Recalling, person: UUID, ground: str = GROUND) -> UUID:
    return way.does(person, PetitionRecall(mandate=way.mandate, ground=ground, words=WORDS)).id


def holds_too(way: Recalling, person: UUID, kind: str) -> None:
    """Give somebody a second seat, from before the books."""
    act = EnterMandate(person=person, kind=kind, begins=date(2025, 7, 1), origin_words="Acta, folio 14")
    way.cast.signed(act)


def test_a_friends_petition_blocks_nobody_elses_request(founded: Cast) -> None:
    way = Recalling(founded)
    friends = petition_of(way, founded.neighbour)
    others = petition_of(way, founded.secretary)
    seats = way.asked()
    assert [way.stage(one) for one in (friends, others, seats)] == [Stage.COLLECTING, Stage.COLLECTING, Stage.AT_DESK]


def test_the_same_person_asks_once_as_long_as_the_request_is_open(founded: Cast) -> None:
    way = Recalling(founded)
    petition = way.petition()
    with refused("elections.asked-already"):
        petition_of(way, founded.neighbour, "absence")
    way.does(founded.neighbour, WithdrawRecall(petition=petition))
    petition_of(way, founded.neighbour, "absence")
    way.asked()
    with refused("elections.asked-already"):
        way.asked()


def test_nobody_fills_the_journal_with_petitions_taken_back(founded: Cast) -> None:
    way = Recalling(founded)
    for _time in range(5):
        way.does(founded.neighbour, WithdrawRecall(petition=way.petition()))
    with refused("elections.asked-often"):
        way.petition()
    with frozen_at("2026-02-11T14:00:00Z"):
        way.petition()


def test_a_petition_lapses_after_the_days_of_the_statute_and_another_may_begin(founded: Cast) -> None:
    """60 days, asked for on 10 February: 11 April is the last."""
    way = Recalling(founded)
    petition = way.petition()
    people = way.room.roll()
    assert queries.recall(petition, TODAY).lapses_on == date(2026, 4, 11)
    assert way.stage(petition, date(2026, 4, 11)) is Stage.COLLECTING
    assert way.stage(petition, date(2026, 4, 12)) is Stage.LAPSED
    under_way = [
        [one.petition.id for one in queries.open_recalls(founded.commune, day)] for day in (TODAY, date(2026, 4, 12))
    ]
    assert under_way == [[petition], []]
    with frozen_at("2026-04-12T14:00:00Z"):
        with refused("elections.lapsed") as no:
            way.sign(petition, people[:1])
        assert no.value.citation == "Estatuto, 3.7"
        petition_of(way, founded.neighbour)


def test_a_petition_that_is_complete_in_time_does_not_lapse(founded: Cast) -> None:
    way = Recalling(founded)
    petition = way.petition()
    with frozen_at("2026-04-11T14:00:00Z"):
        sheet = way.sign(petition, way.room.roll()[:10]).id
    assert way.stage(petition, date(2026, 4, 20)) is Stage.AT_DESK
    with frozen_at("2026-04-12T14:00:00Z"), refused("elections.too-late-to-sign-again"):
        way.does(founded.promoter, UndoSignatures(sheet=sheet))
    assert way.stage(way.asked(), date(2026, 12, 1)) is Stage.REPORT_LATE, "a seat's own request has nothing to collect"


def test_a_petition_with_its_signatures_belongs_to_those_who_signed(founded: Cast) -> None:
    way = Recalling(founded)
    petition, people = way.petition(), way.room.roll()
    needed = queries.recall(petition, TODAY).petition.needed
    way.sign(petition, people[: needed - 1])
    way.sign(petition, people[needed - 1 : needed])
    with refused("elections.belongs-to-signers") as no:
        way.does(founded.neighbour, WithdrawRecall(petition=petition))
    assert no.value.citation == "LOCC art. 39"
    assert way.stage(petition) is Stage.AT_DESK


def test_a_vote_that_recalls_settles_every_other_request(founded: Cast) -> None:
    way = Recalling(founded)
    collecting, petition = way.petition(), way.asked()
    way.report(petition)
    with frozen_at(MEETING):
        people = way.room.quorate()
        decided = way.decide(petition, votes_for=len(people)).id
        assert way.stage(collecting, MEETING_DAY) is Stage.SETTLED
        with refused("elections.recall-over"):
            way.sign(collecting, people[:1])
        way.does(founded.promoter, UndoDecision(decision=decided))
        assert way.stage(collecting, MEETING_DAY) is Stage.COLLECTING


def test_a_vote_that_keeps_somebody_settles_only_what_was_ready_for_it(founded: Cast) -> None:
    """A friend in a seat that needs no signatures cannot make those of the neighbours vanish."""
    way = Recalling(founded)
    collecting = petition_of(way, founded.secretary)
    ready, petition = way.petition(), way.asked()
    way.sign(ready, way.room.roll()[:10])
    way.report(ready, by=founded.comptroller)
    way.report(petition)
    with frozen_at(MEETING):
        people = way.room.quorate()
        way.decide(petition, votes_for=0, against=len(people))
        assert [way.stage(one, MEETING_DAY) for one in (petition, ready, collecting)] == [
            Stage.KEPT,
            Stage.SETTLED,
            Stage.COLLECTING,
        ]


# Who asks, who keeps the gate


def test_only_who_would_decide_asks_for_a_recall(founded: Cast) -> None:
    way = Recalling(founded)
    act = RegisterPerson(full_name="Muchacho", birth_day=date(2014, 1, 1), residence_since=date(2014, 1, 1))
    young = way.does(founded.secretary, act).id
    founded.does(None, ClaimAccount(proof=codes.proof(founded.code_for(young))))
    with refused("elections.asker-not-on-roll") as no:
        petition_of(way, young)
    assert no.value.citation == "LOCC art. 39"


@pytest.mark.parametrize("by", ["secretary", "comptroller", "promoter"])
def test_signatures_can_be_typed_without_an_electoral_commission(founded: Cast, by: str) -> None:
    way = Recalling(founded)
    rows = (SignerRow(person=way.room.roll()[0]),)
    assert way.does(getattr(founded, by), RecordSignatures(petition=way.petition(), signed=rows)).seq


def test_nobody_keeps_the_gate_of_their_own_recall(founded: Cast) -> None:
    way = Recalling(founded)
    way.mandate = founded.mandate(founded.secretary)
    petition, people = way.petition(), way.room.roll()
    rows = tuple(SignerRow(person=person) for person in people[:10])
    with refused("elections.own-recall") as no:
        way.does(founded.secretary, RecordSignatures(petition=petition, signed=rows))
    assert no.value.citation == "LOCC arts. 39-41"
    sheet = way.does(founded.comptroller, RecordSignatures(petition=petition, signed=rows)).id
    with refused("elections.own-recall"):
        way.does(founded.secretary, UndoSignatures(sheet=sheet))


def test_nobody_reports_on_their_own_recall_even_by_another_seat(founded: Cast) -> None:
    """The comptroller holds a committee too; about that seat his own unit would be the desk."""
    way = Recalling(founded)
    holds_too(way, founded.comptroller, "cc.committee.water")
    held = mandates.mandates_of(founded.comptroller, TODAY)
    way.mandate = next(one.mandate for one in held if one.kind == "cc.committee.water")
    petition = way.petition()
    way.sign(petition, way.room.roll()[:10])
    assert queries.recall(petition, TODAY).petition.desk == "cc.comptroller"
    with refused("elections.own-recall"):
        way.report(petition, by=founded.comptroller)


def test_whoever_is_asked_about_is_never_the_desk(founded: Cast) -> None:
    """The comptroller asks about the secretary, who would report for him: then he reports himself."""
    way = Recalling(founded)
    way.mandate = founded.mandate(founded.secretary)
    petition = way.asked()
    assert queries.recall(petition, TODAY).petition.desk == "cc.comptroller"
    way.report(petition, by=founded.comptroller)


def test_who_holds_two_seats_reports_and_asks_by_the_one_that_may(founded: Cast) -> None:
    """The secretary is in the comptroller unit too; the door names one of the two."""
    way = Recalling(founded)
    holds_too(way, founded.secretary, "cc.comptroller")
    act = AskRecall(mandate=way.mandate, ground=GROUND, words=WORDS)
    asked = way.does(founded.secretary, act).id
    way.report(asked)
    petition = way.petition()
    way.sign(petition, way.room.roll()[:10])
    way.report(petition, by=founded.secretary)
    assert queries.recall(petition, TODAY).stage is Stage.BEFORE_ASSEMBLY
