"""How a motion is voted on: by name, with papers, and as those decided who sent the members. Through the door."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

import pytest

from comuna.acts.act import Act
from comuna.acts.refusal import Refused
from comuna.assemblies import queries
from comuna.assemblies.acts import (
    AddAgendaItem,
    AgendaRow,
    CloseSession,
    Convene,
    Instruct,
    MakeCall,
    PresentRow,
    PutMotion,
    RecordAttendance,
    RecordCount,
    RecordNames,
    RecordPapers,
    SeatVoteRow,
    UndoCount,
    UndoInstruction,
    Vote,
)
from comuna.assemblies.acts.instructing import InstructedVote
from comuna.assemblies.holding import changed_outside
from comuna.assemblies.models import AgendaItem, Instruction, Resolution, SeatVote, Tally
from comuna.journal.models import Commitment, PrivatePart, Record
from comuna.mandates.acts import RegisterCouncil
from comuna.statutes import builtin
from conftest import Books
from tests.cast import refused
from tests.test_councils import resident, seated
from tests.town import founded

TEXT = builtin.text("venezuela-commune")
ENFORCING = TEXT.replace('how = "recorded"', 'how = "enforced"')
BINDING_NOBODY = TEXT.replace(TEXT[TEXT.index("[organ.imperative]") : TEXT.index('how = "recorded"\n') + 17], "")
ASSEMBLIES, MEETING = date(2026, 1, 17), date(2026, 2, 7)


class Commune:
    """Councils, each with people and a spokesperson, and a parliament that is to meet on 7 February."""

    def __init__(self, councils: int = 3, text: str = TEXT) -> None:
        self.town = founded(text)
        self.slugs = [f"c{number}" for number in range(councils)]
        self.seats = [f"pc.council@{slug}" for slug in self.slugs]
        for slug in self.slugs:
            self.town.enact(RegisterCouncil(name=slug.upper()))
        self.sent = [seated(self.town, f"pc.council@{slug}", slug) for slug in self.slugs]
        self.people = {slug: [who, resident(self.town, slug)] for slug, who in zip(self.slugs, self.sent, strict=True)}
        self.parliament = self.convene("pc.parliament", "Presupuesto", MEETING)
        self.item = AgendaItem.objects.get(session=self.parliament).id

    def do(self, act: Act) -> UUID:
        """By a promoter; by the first spokesperson what only the parliament's own members do."""
        ours = act.in_organ() == "pc.parliament"
        return self.town.do(self.sent[0] if ours else self.town.promoters[0], act).id

    def convene(self, organ: str, about: str, day: date) -> UUID:
        return self.do(Convene(organ=organ, day=day, hour="08:00", place="Plaza", agenda=(AgendaRow(title=about),)))

    def come(self, session: UUID, people: Iterable[UUID]) -> None:
        self.do(RecordAttendance(session=session, present=tuple(PresentRow(person=one) for one in people)))
        self.do(MakeCall(session=session, number=1, hour="08:00"))

    def council_decides(self, slug: str, passes: bool = True) -> UUID:
        """The motion of a council's assembly about what its spokesperson is to do."""
        self.town.at = f"{ASSEMBLIES}T18:00:00Z"
        session = self.convene(f"cc.assembly@{slug}", "El presupuesto de la comuna", ASSEMBLIES)
        self.come(session, self.people[slug])
        motion = self.do(PutMotion(session=session, item=1, text="Que nuestra vocería apruebe el presupuesto"))
        one, two = self.people[slug]
        hands = (2, 0) if passes else (0, 2)
        votes = {"votes_for": hands[0], "against": hands[1], "abstain": 0}
        again = {f"{name}_two": count for name, count in votes.items()}
        act = {"motion": motion, "counter_one": one, "counter_two": two, **votes, **again}
        self.do(RecordCount.model_validate(act))
        return motion

    def instruct(self, slug: str, vote: InstructedVote) -> UUID:
        return self.do(Instruct(motion=self.council_decides(slug), item=self.item, vote=vote))

    def sits(self) -> UUID:
        """The parliament has met, and a motion is before it."""
        self.town.at = f"{MEETING}T18:00:00Z"
        self.come(self.parliament, self.sent)
        return self.do(PutMotion(session=self.parliament, item=1, text="Aprobar el presupuesto"))

    def by_name(self, motion: UUID, *votes: Vote | None) -> RecordNames:
        given = zip(self.seats, votes, strict=False)
        rows = [SeatVoteRow(seat=seat, number=1, vote=vote) for seat, vote in given if vote]
        return RecordNames(motion=motion, votes=tuple(rows), counter_one=self.sent[0], counter_two=self.sent[1])

    def papers(self, motion: UUID, **counted: int) -> RecordPapers:
        none = dict.fromkeys(("votes_for", "against", "blank", "spoiled", "returned"), 0)
        one, two = self.sent[:2]
        return RecordPapers.model_validate(
            {"motion": motion, "counter_one": one, "counter_two": two, **none, **counted}
        )

    def hands(self, motion: UUID, votes_for: int) -> RecordCount:
        one, two = self.sent[:2]
        return RecordCount(
            motion=motion,
            votes_for=votes_for,
            against=0,
            abstain=0,
            counter_one=one,
            votes_for_two=votes_for,
            against_two=0,
            abstain_two=0,
            counter_two=two,
        )


FOR, AGAINST, ABSTAIN = Vote.FOR, Vote.AGAINST, Vote.ABSTAIN


def test_a_vote_by_name_keeps_how_each_seat_voted_and_counts_them(books: Books) -> None:
    commune = Commune()
    motion = commune.sits()
    tally = Tally.objects.get(pk=commune.do(commune.by_name(motion, FOR, AGAINST, FOR)))
    assert (tally.method, tally.votes_for, tally.against, tally.abstain) == ("names", 2, 1, 0)
    assert (tally.present, tally.passed) == (3, True)
    votes = queries.seat_votes(commune.parliament)[tally.id]
    assert [(one.seat, one.vote, one.follows) for one in votes] == [
        (seat, vote, None) for seat, vote in zip(commune.seats, ("for", "against", "for"), strict=True)
    ]
    assert Resolution.objects.get(motion=motion).organ == "pc.parliament"
    assert changed_outside(commune.parliament) == []
    commune.do(UndoCount(tally=tally.id))
    assert not SeatVote.objects.exists()
    assert not Resolution.objects.filter(motion=motion).exists()
    commune.do(commune.by_name(motion, FOR, None, ABSTAIN))
    assert Tally.objects.get(motion=motion).passed is False, "one of three members is no majority of them"
    commune.do(CloseSession(session=commune.parliament, hour="10:00"))
    assert changed_outside(commune.parliament) == []


def test_only_seats_that_are_present_vote_by_name_and_each_once(books: Books) -> None:
    commune = Commune()
    motion = commune.sits()
    act = commune.by_name(motion, FOR, FOR)
    twice = (*act.votes, act.votes[0])
    nobody = (*act.votes, SeatVoteRow(seat="pc.bank", number=1, vote=FOR))
    for votes, rule, place in ((twice, "seat-votes-once", 2), (nobody, "seat-absent", 2)):
        with refused(f"assemblies.{rule}") as caught:
            commune.do(act.model_copy(update={"votes": votes}))
        assert caught.value.field == f"votes.{place}.seat"
    with refused("assemblies.no-votes"):
        commune.do(act.model_copy(update={"votes": ()}))
    with refused("assemblies.two-count"):
        commune.do(act.model_copy(update={"counter_two": None}))


def test_where_everybody_sits_no_vote_is_written_down_beside_a_name(books: Books) -> None:
    commune = Commune()
    commune.town.at = f"{ASSEMBLIES}T18:00:00Z"
    session = commune.convene("cc.assembly@c0", "Agua", ASSEMBLIES)
    commune.come(session, commune.people["c0"])
    motion = commune.do(PutMotion(session=session, item=1, text="Reparar la tubería"))
    with refused("assemblies.names-of-seats"):
        commune.do(commune.by_name(motion, FOR))


@pytest.mark.parametrize(
    ("counted", "rule"),
    [
        ({"issued": 3, "votes_for": 2, "against": 1}, None),
        ({"issued": 3, "votes_for": 1, "blank": 1, "spoiled": 1}, None),
        ({"issued": 3, "votes_for": 2, "returned": 1}, None),
        ({"issued": 3, "votes_for": 2}, "papers-do-not-add-up"),
        ({"issued": 2, "votes_for": 2, "against": 1}, "papers-do-not-add-up"),
        ({"issued": 4, "votes_for": 4}, "more-than-present"),
    ],
)
def test_every_paper_handed_out_is_counted_spoiled_or_came_back(
    books: Books, counted: dict[str, int], rule: str | None
) -> None:
    commune = Commune()
    act = commune.papers(commune.sits(), **counted)
    if rule is not None:
        with refused(f"assemblies.{rule}"):
            commune.do(act)
        return
    tally = Tally.objects.get(pk=commune.do(act))
    assert (tally.method, tally.issued) == ("papers", counted["issued"])
    assert (tally.abstain, tally.spoiled) == (counted.get("blank", 0), counted.get("spoiled", 0))
    assert tally.passed is (counted["votes_for"] > 1)
    assert not SeatVote.objects.exists()


def test_twenty_four_councils_decide_and_one_spokesperson_votes_otherwise_for_all_to_see(books: Books) -> None:
    commune = Commune(24)
    for slug in commune.slugs:
        commune.instruct(slug, InstructedVote.AGAINST if slug == "c7" else InstructedVote.FOR)
    motion = commune.sits()
    votes = [FOR] * 24
    votes[3] = AGAINST
    tally = commune.do(commune.by_name(motion, *votes))
    follows = {one.seat: one.follows for one in queries.seat_votes(commune.parliament)[tally]}
    assert {seat for seat, did in follows.items() if not did} == {"pc.council@c3", "pc.council@c7"}
    assert len(follows) == 24
    assert Tally.objects.get(pk=tally).passed, "recorded, the votes count all the same"
    assert changed_outside(commune.parliament) == []


def test_an_enforcing_statute_refuses_a_vote_against_the_decision_of_those_who_sent_the_member(books: Books) -> None:
    commune = Commune(text=ENFORCING)
    commune.instruct("c1", InstructedVote.AGAINST)
    commune.instruct("c2", InstructedVote.FREE)
    motion = commune.sits()
    with refused("assemblies.against-instruction") as caught:
        commune.do(commune.by_name(motion, FOR, FOR, FOR))
    assert (caught.value.citation, caught.value.field) == ("LOC art. 26", "votes.1.vote")
    tally = commune.do(commune.by_name(motion, FOR, AGAINST, FOR))
    assert [one.follows for one in queries.seat_votes(commune.parliament)[tally]] == [None, True, None]


def test_what_a_council_has_decided_on_is_voted_by_name(books: Books) -> None:
    commune = Commune()
    commune.instruct("c0", InstructedVote.FOR)
    motion = commune.sits()
    for act in (commune.hands(motion, 3), commune.papers(motion, issued=3, votes_for=3)):
        with refused("assemblies.by-name"):
            commune.do(act)
    commune.do(commune.by_name(motion, FOR, FOR, FOR))


def test_a_statute_that_binds_nobody_takes_no_instruction(books: Books) -> None:
    commune = Commune(text=BINDING_NOBODY)
    decided = commune.council_decides("c0")
    with refused("assemblies.bound-by-nobody"):
        commune.do(Instruct(motion=decided, item=commune.item, vote=InstructedVote.FOR))
    commune.do(commune.hands(commune.sits(), 3))


def test_an_instruction_rests_on_an_approved_motion_of_an_organ_that_sends_somebody(books: Books) -> None:
    commune = Commune()
    lost = commune.council_decides("c0", passes=False)
    with refused("assemblies.not-decided"):
        commune.do(Instruct(motion=lost, item=commune.item, vote=InstructedVote.FOR))
    decided = commune.council_decides("c1")
    act = Instruct(motion=decided, item=commune.item, vote=InstructedVote.FOR)
    given = commune.do(act)
    with refused("assemblies.instructed-once"):
        commune.do(act)
    with refused("assemblies.instructed"):
        commune.do(UndoCount(tally=Tally.objects.get(motion=decided).id))
    commune.do(UndoInstruction(instruction=given))
    assert not Instruction.objects.exists()
    commune.do(act)
    own = AgendaItem.objects.get(session__motion=decided)
    with refused("assemblies.bound-by-nobody"):
        commune.do(Instruct(motion=decided, item=own.id, vote=InstructedVote.FOR))
    executive = commune.town.statute.seat("ce.parliament")
    assert executive.chosen_by == "pc.parliament"


def test_an_organ_instructs_only_those_whom_it_sent(books: Books) -> None:
    commune = Commune()
    motion = commune.sits()
    commune.do(AddAgendaItem(session=commune.parliament, title="Otro punto"))
    commune.do(commune.by_name(motion, FOR, FOR, FOR))
    other = AgendaItem.objects.get(session=commune.parliament, number=2).id
    with refused("assemblies.sends-nobody"):
        commune.do(Instruct(motion=motion, item=other, vote=InstructedVote.FOR))


def test_after_the_vote_no_instruction_comes_or_goes(books: Books) -> None:
    commune = Commune()
    given = commune.instruct("c0", InstructedVote.AGAINST)
    late = commune.council_decides("c1")
    commune.do(commune.by_name(commune.sits(), FOR, FOR, FOR))
    with refused("assemblies.voted"):
        commune.do(Instruct(motion=late, item=commune.item, vote=InstructedVote.FOR))
    with refused("assemblies.voted"):
        commune.do(UndoInstruction(instruction=given))


def test_the_secretary_of_one_council_instructs_nobody_elses_spokesperson(books: Books) -> None:
    commune = Commune()
    secretary = seated(commune.town, "cc.secretary@c0", "c0")
    other, own = commune.council_decides("c1"), commune.council_decides("c0")
    act = Instruct(motion=other, item=commune.item, vote=InstructedVote.FOR)
    assert commune.town.outcome(secretary, act).startswith("mandates.")
    assert commune.town.outcome(secretary, act.model_copy(update={"motion": own})) == "done"


def test_no_record_of_a_secret_vote_names_anybody_who_voted(books: Books) -> None:
    commune = Commune(8)
    done = commune.do(commune.papers(commune.sits(), issued=8, votes_for=5, against=2, blank=1))
    record = Record.objects.get(pk=done)
    parts = Commitment.objects.filter(record=done)
    kept = [bytes(record.body), *(bytes(part.body) for part in PrivatePart.objects.filter(pk__in=parts.values("pk")))]
    assert not any(str(person).encode() in words for person in commune.sent[2:] for words in kept)
    assert all(any(str(person).encode() in words for words in kept) for person in commune.sent[:2]), "who counted"


def test_whoever_may_not_is_told_some_of_those_who_may_and_how_many_more_there_are(books: Books) -> None:
    commune = Commune(councils=9)
    secretary = seated(commune.town, "cc.secretary@c0", "c0")
    with pytest.raises(Refused) as caught:
        commune.town.do(secretary, AddAgendaItem(session=commune.parliament, title="Otro"))
    assert len(caught.value.who) == 5 and "5" in str(caught.value.who[-1])
