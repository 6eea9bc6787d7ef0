"""A commune founded under any statute's text, in which a test does one thing and sees what comes of it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID, uuid4

from comuna.acts.act import Act
from comuna.acts.acts import Propose, Sign
from comuna.acts.authority import Actor
from comuna.acts.clock import frozen_at
from comuna.acts.door import Done, perform
from comuna.acts.proposals import need_of
from comuna.acts.refusal import Refused
from comuna.assemblies import queries as assemblies
from comuna.assemblies.acts import (
    AgendaRow,
    CloseSession,
    Convene,
    MakeCall,
    PresentRow,
    PutMotion,
    RecordAttendance,
    RecordCount,
)
from comuna.assemblies.models import Resolution
from comuna.elections.acts import (
    AskRecall,
    BallotForm,
    CandidateRow,
    DecideRecall,
    PetitionRecall,
    RecordElection,
    RecordSignatures,
    ReportRecall,
    SignerRow,
    SlipRow,
)
from comuna.elections.models import Petition
from comuna.journal import files
from comuna.mandates import codes, queries as mandates
from comuna.mandates.acts import ClaimAccount, EnterMandate, FoundCommune, IssueCode, Promoter
from comuna.mandates.queries import Holding
from comuna.statutes import queries as statutes
from comuna.statutes.statute import Ballot, Recall, Statute
from comuna.territory.acts import RegisterPerson
from comuna.territory.acts.people import Where

FOUNDED, TODAY = "2026-01-10T13:00:00Z", date(2026, 1, 10)
LONG_AGO = date(2000, 1, 1)
HOURS = ("08:00", "10:00", "12:00")  # of the calls; further apart than a random statute asks for
Watch = Callable[[UUID | None, Act], None]


@dataclass
class Town:
    """Three promoters, and whoever else the test needs. ``at`` is the moment at which things are done."""

    id: UUID
    promoters: tuple[UUID, ...]
    at: str = FOUNDED
    neighbours: int = 0
    council: str | None = None  # to which neighbours belong, in books with councils
    watch: Watch | None = None  # sees every act before it is done, at the moment at which it is

    @property
    def statute(self) -> Statute:
        return statutes.in_force(self.id, TODAY)

    def do(self, person: UUID, act: Act, id: UUID | None = None) -> Done:
        return self._done(person, act, id)

    def _done(self, person: UUID | None, act: Act, id: UUID | None = None) -> Done:
        with frozen_at(self.at):
            if self.watch is not None:
                self.watch(person, act)
            return perform(act, Actor(person), id=id)

    def enact(self, act: Act) -> UUID:
        """The id of what promoters do: one alone where the statute lets one, else as many as must sign."""
        need = need_of(act, self.id, TODAY)
        if need is None or need.needed < 2:
            return self.do(self.promoters[0], act).id
        proposal = self.do(self.promoters[0], Propose(act=act)).id
        for signer in self.promoters[1:]:
            performed = self.do(signer, Sign(proposal=proposal)).performed
            if performed is not None:
                return performed
        raise AssertionError(f"{act.verb}: {need.needed} must sign")

    def outcome(self, person: UUID, act: Act) -> str:
        """``done``, or the rule that refuses it."""
        return outcome_of(lambda: self.do(person, act))

    def holder(self, kind: str) -> UUID:
        """Who holds the first seat of a kind."""
        return next(one.person for one in mandates.holders(self.id, TODAY) if one.kind == kind)

    def neighbour(
        self, birth_day: date | None = date(1980, 5, 17), residence: Where = Where.HERE, claims: bool = False
    ) -> UUID:
        """Somebody on the roll since long ago; with an account where she claims it."""
        self.neighbours += 1
        act = RegisterPerson(
            full_name=f"Marisol Guerra {self.neighbours}",
            birth_day=birth_day,
            residence=residence,
            residence_since=LONG_AGO,
            council=self.council,
        )
        person = self.do(self.promoters[0], act).id
        if claims:
            self.claim(person)
        return person

    def claim(self, person: UUID) -> None:
        proof = codes.proof(codes.new())
        self.do(self.promoters[0], IssueCode(person=person, digest=codes.digest_of(proof)))
        self._done(None, ClaimAccount(proof=proof))

    def entry(
        self,
        person: UUID,
        kind: str,
        begins: date = date(2025, 6, 1),
        ends: date | None = None,
        alternate: bool = False,
    ) -> EnterMandate:
        """A mandate from before the books, as an act to perform."""
        return EnterMandate(
            person=person,
            kind=kind,
            begins=begins,
            ends=ends,
            is_alternate=alternate,
            number=1 if alternate else None,
            origin_words="Libro de actas, folio 3",
        )

    def seated(self, kind: str, ends: date | None = None) -> UUID:
        """Somebody who holds a seat of the kind since before the books, with an account."""
        person = self.neighbour(claims=True)
        self.enact(self.entry(person, kind, ends=ends))
        return person

    # Sessions of everybody's organ

    def entitled(self) -> frozenset[UUID]:
        """Who may sit in it today."""
        return assemblies.entitled(self.id, self.statute.highest(), self.statute, TODAY).people

    def convene(self, on: date, by: UUID | None = None) -> UUID:
        """A session convened in time for that day, on which it then is."""
        organ = self.statute.highest()
        self.at = morning(on - timedelta(days=organ.notice_days))
        agenda = (AgendaRow(title="Agua"), AgendaRow(title="Elecciones"))
        act = Convene(organ=organ.id, day=on, hour="08:00", place="Cancha", agenda=agenda)
        session = self.do(by or self.promoters[0], act).id
        self.at = morning(on)
        return session

    def attend(self, session: UUID, people: Collection[UUID]) -> bool:
        """Whether those who came are a quorum, after as many calls as that takes."""
        by, rows = self.promoters[0], tuple(PresentRow(person=person) for person in sorted(people))
        self.do(by, RecordAttendance(session=session, present=rows))
        for number, _call in enumerate(self.statute.highest().calls):
            self.do(by, MakeCall(session=session, number=number + 1, hour=HOURS[number]))
            if assemblies.standing(session).quorate:
                return True
        return False

    def vote(self, session: UUID, votes_for: int, against: int = 0, *, approves: bool = False) -> bool:
        """Whether a motion passes with these hands."""
        by, text = self.promoters[0], "Reparar la tubería"
        motion = self.do(by, PutMotion(session=session, item=1, text=text, approves=approves)).id
        one, other = (row.person for row in assemblies.attendance(session)[:2])
        self.do(
            by,
            RecordCount(
                motion=motion,
                votes_for=votes_for,
                against=against,
                abstain=0,
                counter_one=one,
                votes_for_two=votes_for,
                against_two=against,
                abstain_two=0,
                counter_two=other,
            ),
        )
        return Resolution.objects.filter(motion=motion).exists()

    def elect(self, session: UUID, kind: str, people: Sequence[UUID], form: BallotForm | None = None) -> Done:
        """The people take the places of a seat kind in this order, by as many votes as that takes."""
        seat = self.statute.seat(kind)
        secret = form or (BallotForm.HANDS if seat.ballot is Ballot.HANDS else BallotForm.SECRET)
        papers = assemblies.standing(session).present if secret is BallotForm.SECRET else None
        one, two = self.counters(session, people)
        act = RecordElection(
            session=session,
            kind=kind,
            ballot=secret,
            candidates=tuple(
                CandidateRow(person=person, votes=len(people) - place) for place, person in enumerate(people)
            ),
            marks=len(people),
            counter_one=one,
            counter_two=two,
            issued=papers,
            counted=papers,
            spoiled=None if papers is None else 0,
            returned=None if papers is None else 0,
            slips=() if papers is None else _slips(len(people), papers),
        )
        return self.do(self.promoters[0], act)

    def counters(self, session: UUID, about: Collection[UUID]) -> tuple[UUID, UUID]:
        """The first two of those present whom the vote is not about."""
        here = [row.person for row in assemblies.attendance(session) if row.person not in about]
        return here[0], here[1]

    def mandate(self, person: UUID, kind: str, day: date) -> Holding:
        """Somebody's newest mandate in a seat kind, as it is on that day."""
        return next(one for one in mandates.mandates_of(person, day) if one.kind == kind)

    # Recall

    def petition(self, mandate: UUID, by: UUID, signers: Sequence[UUID]) -> UUID:
        """A recall that somebody asked for, with the signatures of as many of these as are needed."""
        ground = next(iter(self.recall_of(mandate).grounds))
        id = self.do(by, PetitionRecall(mandate=mandate, ground=ground, words="No rindió cuentas")).id
        self.sign(id, signers)
        return id

    def sign(self, petition: UUID, signers: Sequence[UUID]) -> UUID:
        """A sheet typed with as many of these as the request needs."""
        needed = Petition.objects.get(pk=petition).needed
        rows = tuple(SignerRow(person=person) for person in signers[:needed])
        return self.do(self.promoters[0], RecordSignatures(petition=petition, signed=rows)).id

    def ask(self, mandate: UUID) -> AskRecall:
        """A recall without signatures, as an act to perform."""
        ground = next(iter(self.recall_of(mandate).grounds))
        return AskRecall(mandate=mandate, ground=ground, words="No rindió cuentas")

    def recall_of(self, mandate: UUID) -> Recall:
        found = self.statute.recall_of(mandates.holding(mandate, TODAY).kind)
        assert found is not None
        return found

    def report(self, petition: UUID) -> ReportRecall:
        """What the desk says, as an act to perform."""
        return ReportRecall(petition=petition, words="No hay cuentas", defence="Fue oída")

    def decision(self, petition: UUID, session: UUID, votes_for: int, against: int = 0) -> DecideRecall:
        about = mandates.holding(Petition.objects.get(pk=petition).mandate_id, TODAY).person
        one, two = self.counters(session, [about])
        return DecideRecall(
            petition=petition,
            session=session,
            votes_for=votes_for,
            against=against,
            abstain=0,
            counter_one=one,
            counter_two=two,
        )

    def close(self, session: UUID) -> None:
        self.do(self.promoters[0], CloseSession(session=session, hour="12:30"))


def outcome_of(deed: Callable[[], object]) -> str:
    """``done``, or the rule that refuses it."""
    try:
        deed()
    except Refused as refused:
        return refused.rule
    return "done"


def morning(day: date) -> str:
    """When an assembly of that morning is typed: two in the afternoon in Caracas."""
    return f"{day}T18:00:00Z"


def founding(text: str) -> tuple[FoundCommune, tuple[UUID, ...], list[str]]:
    """The founding act under a statute's text, its three promoters and their claim codes."""
    people, proofs = tuple(uuid4() for _ in range(3)), [codes.proof(codes.new()) for _ in range(3)]
    act = FoundCommune(
        name="Consejo Comunal La Ceiba",
        statute=files.store(text.encode(), statutes.MEDIA_TYPE),
        promoters=tuple(
            Promoter(person=person, full_name=name, public_name=name, code=codes.digest_of(proof))
            for person, proof, name in zip(people, proofs, ("Ana Pérez", "Luis Gil", "Rosa Mora"), strict=True)
        ),
    )
    return act, people, proofs


def founded(text: str, watch: Watch | None = None) -> Town:
    """Found a commune under a statute's text; its promoters claim their accounts. Raises Refused."""
    act, people, proofs = founding(text)
    with frozen_at(FOUNDED):
        if watch is not None:
            watch(None, act)
        commune = perform(act, Actor()).id
        for proof in proofs:
            perform(ClaimAccount(proof=proof), Actor())
    return Town(commune, people, watch=watch)


def _slips(candidates: int, papers: int) -> tuple[SlipRow, ...]:
    """Ballots that give the first candidate as many votes as there are candidates, each next one fewer."""
    named = [
        " ".join(str(line + 1) for line in range(candidates) if candidates - line > paper) for paper in range(papers)
    ]
    return tuple(SlipRow(marks=marks or "0") for marks in named)


def hands(votes_for: int) -> dict[str, int]:
    """The same hands in both counts."""
    counted = {"votes_for": votes_for, "against": 0, "abstain": 0}
    return counted | {f"{name}_two": count for name, count in counted.items()}
