"""A recall from the petition to the vote: who asks, how many sign, who reports by when, and what a yes does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from comuna.acts.act import Act
from comuna.acts.clock import frozen_at
from comuna.acts.door import Done
from comuna.acts.queries import latest, thread
from comuna.assemblies import queries as assemblies
from comuna.assemblies.acts import AgendaRow, CloseSession, Convene
from comuna.assemblies.tests.test_session import MEETING, MEETING_DAY, Room
from comuna.elections import queries
from comuna.elections.acts import (
    AskRecall,
    DecideRecall,
    PetitionRecall,
    RecordSignatures,
    ReportRecall,
    SignerRow,
    UndoDecision,
    UndoSignatures,
    WithdrawRecall,
)
from comuna.elections.models import Petition
from comuna.elections.rules import Stage
from comuna.elections.tests.voting import Vote
from comuna.journal.canonical import INTEGER_MAX
from comuna.mandates import queries as mandates
from comuna.mandates.acts import EnterMandate
from comuna.mandates.rules import MandateStatus
from comuna.statutes import queries as statutes
from comuna.statutes.statute import Mark, Rule, Share, Statute
from tests.cast import TODAY, Cast, refused

GROUND, WORDS = "no-account", "No rindió cuentas en tres asambleas."


class Recalling:
    """The way of a recall of the signer, finance spokesperson 1."""

    def __init__(self, cast: Cast, neighbours: int = 20) -> None:
        self.cast = cast
        self.room = Room(cast, neighbours)
        self.mandate = cast.mandate(cast.signer)

    def does(self, person: UUID, act: Act) -> Done:
        return self.cast.does(person, act)

    def petition(self) -> UUID:
        act = PetitionRecall(mandate=self.mandate, ground=GROUND, words=WORDS)
        return self.does(self.cast.neighbour, act).id

    def asked(self) -> UUID:
        """By the comptroller unit, without signatures."""
        return self.does(self.cast.comptroller, AskRecall(mandate=self.mandate, ground=GROUND, words=WORDS)).id

    def sign(self, petition: UUID, people: Sequence[UUID]) -> Done:
        rows = tuple(SignerRow(person=person) for person in people)
        return self.does(self.cast.promoter, RecordSignatures(petition=petition, signed=rows))

    def report(self, petition: UUID, by: UUID | None = None) -> Done:
        act = ReportRecall(petition=petition, words="Faltan dos recibos.", defence="Dice que los entregó.")
        return self.does(by or self.cast.secretary, act)

    def decide(self, petition: UUID, votes_for: int, against: int = 0, session: UUID | None = None) -> Done:
        about = Petition.objects.get(pk=petition).mandate.person_id
        here = [row.person for row in assemblies.attendance(session or self.room.session) if row.person != about]
        act = DecideRecall(
            petition=petition,
            session=session or self.room.session,
            votes_for=votes_for,
            against=against,
            abstain=0,
            counter_one=here[0],
            counter_two=here[1],
        )
        return self.does(self.cast.promoter, act)

    def stage(self, petition: UUID, day: date = TODAY) -> Stage:
        return queries.recall(petition, day).stage


@pytest.mark.parametrize(("roll", "signatures", "present"), [(640, 64, 128), (403, 41, 81)])
def test_a_tenth_of_the_roll_asks_and_a_fifth_decides_rounded_up(
    founded: Cast, roll: int, signatures: int, present: int
) -> None:
    """law: 10 % of the residents of 15 or more ask; an assembly with 20 % of them decides."""
    way = Recalling(founded, neighbours=0)
    for number in range(roll - len(way.room.roll())):
        way.room._register(number)
    people = way.room.roll()
    petition = way.petition()
    stands = queries.recall(petition, TODAY)
    assert (stands.petition.needed, stands.petition.whole) == (signatures, roll)
    way.sign(petition, people[: signatures - 1])
    assert way.stage(petition) is Stage.COLLECTING
    way.sign(petition, people[signatures - 1 : signatures])
    assert way.stage(petition) is Stage.AT_DESK
    way.report(petition, by=founded.comptroller)
    with frozen_at(MEETING):
        way.room.come(people[:present])
        way.room.call(1, "09:00")
        way.room.call(2, "09:30")
        way.decide(petition, votes_for=present // 2 + 1, against=present - present // 2 - 1)
    decision = queries.recall(petition, MEETING_DAY).decision
    assert decision is not None
    assert (decision.quorum, decision.whole, decision.needed, decision.passed) == (
        present,
        roll,
        present // 2 + 1,
        True,
    )


def test_a_recall_ends_power_at_once_lets_the_alternate_in_and_bars_for_two_terms(founded: Cast) -> None:
    """law: recalled in 2025-2028, barred 2028-31 and 2031-34, free for 2034."""
    way = Recalling(founded)
    petition = way.asked()
    way.report(petition)
    with frozen_at(MEETING):
        people = way.room.quorate()
        way.decide(petition, votes_for=len(people))
        held = mandates.mandates_of(founded.signer, MEETING_DAY)[0]
        assert held.status is MandateStatus.RECALLED
        assert not held.status.has_power
        assert mandates.barred_until(founded.signer) == date(2034, 6, 1)
        vote = Vote(founded, neighbours=0, hour="08:00").open()
        with refused("mandates.recalled"):
            vote.elect("cc.committee.water", {founded.signer: 5})
        older_paper = EnterMandate(
            person=founded.signer,
            public_name="Otra vez",
            kind="cc.committee.water",
            begins=date(2024, 6, 1),
            ends=None,
            origin_words="Un papel de antes",
        )
        with refused("mandates.barred-from-return"):
            founded.signed(older_paper)


def test_the_alternate_of_the_recalled_steps_in(founded: Cast) -> None:
    vote, way = Vote(founded, hour="08:00"), Recalling(founded, neighbours=0)
    with frozen_at(MEETING):
        vote.open()
        vote.elect("cc.committee.water", [12, 9])
        vote.room.does(CloseSession(session=vote.session, hour="12:00"))
    way.mandate = mandates.mandates_of(vote.neighbours[0], MEETING_DAY)[0].mandate
    with frozen_at("2026-03-02T14:00:00Z"):
        petition = way.asked()
        way.report(petition)
    with frozen_at("2026-03-20T14:00:00Z"):
        way.room.session = _convened(way, "cc.assembly", date(2026, 3, 20))
        people = way.room.quorate()
        way.decide(petition, votes_for=len(people))
        today = date(2026, 3, 20)
        (principal,) = [one for one in mandates.holders(founded.commune, today) if one.kind == "cc.committee.water"]
        assert (principal.person, principal.is_alternate, principal.name) == (vote.neighbours[1], False, "Vecina 9")
        assert principal.term.ends == date(2029, 2, 19), "the rest of the term, not a new one"


def _convened(way: Recalling, organ: str, day: date) -> UUID:
    act = Convene(organ=organ, day=day, hour="09:00", place="Cancha", agenda=(AgendaRow(title="Revocatoria"),))
    return way.does(way.cast.secretary, act).id


# Who asks


def test_the_comptroller_unit_asks_without_signatures_and_then_another_desk_reports(founded: Cast) -> None:
    way = Recalling(founded)
    petition = way.asked()
    stands = queries.recall(petition, TODAY)
    assert (stands.petition.needed, stands.stage, stands.petition.desk) == (0, Stage.AT_DESK, "cc.secretary")
    with refused("elections.other-desk") as no:
        way.report(petition, by=founded.comptroller)
    assert no.value.citation == "LOCC arts. 39-41"
    way.report(petition)


def test_only_a_ground_that_the_statute_names_is_taken(founded: Cast) -> None:
    with refused("elections.no-such-ground"):
        Recalling(founded).does(
            founded.neighbour, PetitionRecall(mandate=founded.mandate(founded.signer), ground="ugly", words=WORDS)
        )


def test_a_mandate_that_is_over_is_not_recalled_again(founded: Cast) -> None:
    act = PetitionRecall(mandate=founded.mandate(founded.recalled), ground=GROUND, words=WORDS)
    with refused("elections.not-in-office"):
        founded.does(founded.neighbour, act)


def test_an_expired_mandate_that_goes_on_acting_can_be_recalled(founded: Cast) -> None:
    act = PetitionRecall(mandate=founded.mandate(founded.acting_signer), ground=GROUND, words=WORDS)
    assert founded.does(founded.neighbour, act).seq


def test_only_who_asked_takes_the_request_back(founded: Cast) -> None:
    way = Recalling(founded)
    petition = way.petition()
    with refused("elections.own-request"):
        way.does(founded.secretary, WithdrawRecall(petition=petition))
    way.does(founded.neighbour, WithdrawRecall(petition=petition))
    assert way.stage(petition) is Stage.WITHDRAWN
    with refused("elections.recall-over"):
        way.sign(petition, way.room.roll()[:1])


# Signatures


def test_a_signature_counts_once_and_only_of_people_on_the_roll(founded: Cast) -> None:
    way = Recalling(founded)
    petition, people = way.petition(), way.room.roll()
    way.sign(petition, people[:1])
    with refused("elections.signed-twice") as no:
        way.sign(petition, [people[1], people[0]])
    assert no.value.field == "signed.1.person"
    with refused("elections.signed-twice"):
        way.sign(petition, [people[1], people[1]])
    with refused("elections.signer-not-on-roll"):
        way.sign(petition, [founded.stranger])
    assert queries.recall(petition, TODAY).signed == 1


def test_a_sheet_of_signatures_is_taken_back_until_the_report(founded: Cast) -> None:
    way = Recalling(founded)
    petition, people = way.petition(), way.room.roll()
    sheet = way.sign(petition, people[:10]).id
    assert way.stage(petition) is Stage.AT_DESK
    way.does(founded.promoter, UndoSignatures(sheet=sheet))
    assert (way.stage(petition), queries.recall(petition, TODAY).signed) == (Stage.COLLECTING, 0)
    sheet = way.sign(petition, people[:10]).id
    way.report(petition, by=founded.comptroller)
    with refused("elections.reported"):
        way.does(founded.promoter, UndoSignatures(sheet=sheet))


def test_without_its_signatures_a_petition_has_no_report(founded: Cast) -> None:
    way = Recalling(founded)
    with refused("elections.signatures-missing") as no:
        way.report(way.petition(), by=founded.comptroller)
    assert no.value.citation == "LOCC art. 39"


# Report and vote


def test_a_late_report_is_shown_late_and_the_assembly_need_not_wait_for_it(founded: Cast) -> None:
    way = Recalling(founded)
    petition = way.asked()
    assert queries.recall(petition, TODAY).due_on == date(2026, 2, 25)
    assert way.stage(petition, date(2026, 2, 25)) is Stage.AT_DESK
    assert way.stage(petition, date(2026, 2, 26)) is Stage.REPORT_LATE
    with frozen_at("2026-03-01T14:00:00Z"):
        way.report(petition)
    report = queries.recall(petition, date(2026, 3, 1)).report
    assert report is not None
    assert report.days_late == 4


def test_before_the_report_is_in_or_overdue_nobody_decides(founded: Cast) -> None:
    way = Recalling(founded)
    petition = way.asked()
    with frozen_at(MEETING):
        people = way.room.quorate()
        with refused("elections.not-before-report"):
            way.decide(petition, votes_for=len(people))


def test_only_the_organ_that_the_statute_names_recalls(founded: Cast) -> None:
    way = Recalling(founded)
    petition = way.asked()
    way.report(petition)
    way.room.session = _convened(way, "cc.collective", TODAY)
    members = [one.person for one in mandates.in_organ(founded.commune, "cc.collective", TODAY)]
    way.room.come(list(dict.fromkeys(members)))
    way.room.call(1, "09:05")
    with refused("elections.other-organ") as no:
        way.decide(petition, votes_for=1)
    assert no.value.citation == "LOCC arts. 39-41"


def test_a_recall_has_a_quorum_of_its_own_besides_that_of_the_session(
    founded: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A statute may let few people meet and ask for many to recall."""
    way = Recalling(founded)
    petition = way.asked()
    way.report(petition)
    on = statutes.Texts.on

    def many(texts: statutes.Texts, day: date, known_at: int = INTEGER_MAX) -> Statute:
        statute = on(texts, day, known_at)
        quorum = Share(Rule("x", "Estatuto, 9.9", Mark.OWN), people=20)
        return replace(statute, recalls=tuple(replace(one, quorum=quorum) for one in statute.recalls))

    with frozen_at(MEETING):
        way.room.come(way.room.roll()[:12])
        way.room.call(1, "09:00")
        monkeypatch.setattr(statutes.Texts, "on", many)
        with refused("elections.recall-quorum") as no:
            way.decide(petition, votes_for=12)
    assert no.value.citation == "Estatuto, 9.9"


def test_a_tie_recalls_nobody(founded: Cast) -> None:
    way = Recalling(founded)
    petition = way.asked()
    way.report(petition)
    with frozen_at(MEETING):
        people = way.room.quorate()
        way.decide(petition, votes_for=len(people) // 2, against=len(people) // 2)
        assert way.stage(petition, MEETING_DAY) is Stage.KEPT
        assert mandates.mandates_of(founded.signer, MEETING_DAY)[0].status is MandateStatus.ACTIVE


def test_a_vote_typed_wrongly_is_taken_back_and_the_mandate_stands_again(founded: Cast) -> None:
    way = Recalling(founded)
    petition = way.asked()
    way.report(petition)
    with frozen_at(MEETING):
        people = way.room.quorate()
        decided = way.decide(petition, votes_for=len(people)).id
        way.does(founded.promoter, UndoDecision(decision=decided))
        assert mandates.mandates_of(founded.signer, MEETING_DAY)[0].status is MandateStatus.ACTIVE
        assert mandates.barred_until(founded.signer) is None
        assert way.stage(petition, MEETING_DAY) is Stage.BEFORE_ASSEMBLY
        way.decide(petition, votes_for=0, against=len(people))
        assert way.stage(petition, MEETING_DAY) is Stage.KEPT


def test_the_vote_rests_on_the_session_the_request_the_report_and_the_mandate(founded: Cast) -> None:
    way = Recalling(founded)
    petition = way.asked()
    report = way.report(petition).id
    with frozen_at(MEETING):
        people = way.room.quorate()
        decided = way.decide(petition, votes_for=len(people)).id
    entered = founded.holding(founded.signer).act
    rests_on = {act for _role, act in next(one for one in thread(decided).steps if one.id == decided).rests_on}
    assert rests_on == {way.room.session, petition, report, entered}
    assert {petition, report, way.room.session, entered, decided} <= {step.id for step in thread(decided).steps}


def test_every_step_of_a_recall_says_in_a_sentence_whose_seat_it_is_about(founded: Cast) -> None:
    way = Recalling(founded)
    petition = way.petition()
    sheet = way.sign(petition, way.room.roll()[:10]).id
    report = way.report(petition, by=founded.comptroller).id
    with frozen_at(MEETING):
        people = way.room.quorate()
        decided = way.decide(petition, votes_for=len(people)).id
        back = way.does(founded.promoter, UndoDecision(decision=decided)).id
    seat = mandates.holding(way.mandate, TODAY).words
    said = {step.id: step.said for step in latest(founded.commune, slice(0, 50))}
    for act in (petition, sheet, report, decided, back):
        assert seat in said[act], said[act]
        assert "—" not in said[act], "no word of the sentence is missing"
    assert said[report].startswith(mandates.holding(founded.mandate(founded.comptroller), TODAY).words)


def test_the_built_in_rule_is_the_one_of_the_law(founded: Cast) -> None:
    rule = statutes.in_force(founded.commune, TODAY).recall_of("cc.finance")
    assert rule is not None
    assert (rule.report_days, rule.bar_terms, rule.asked_by) == (15, 2, ("cc.comptroller",))
