"""Who is elected in the sample, who signs in, who resigns."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from uuid import UUID

from comuna.acts.acts import Propose, Sign
from comuna.acts.authority import Actor
from comuna.acts.door import perform
from comuna.assemblies.queries import present_people
from comuna.cli.sample import matters
from comuna.cli.sample.sitting import Sitting
from comuna.cli.sample.year import Year, does
from comuna.elections.acts import AskRecall, BallotForm, CandidateRow, DecideRecall, RecordElection, ReportRecall
from comuna.elections.models import Petition
from comuna.mandates import codes, queries
from comuna.mandates.acts import ClaimAccount, EnterMandate, IssueCode, Resign
from comuna.statutes import queries as statutes
from comuna.statutes.rules import months_later
from comuna.territory.models import Person
from comuna.territory.queries import age_on

COMMITTEES = (
    "water",
    "energy",
    "health",
    "food",
    "education",
    "housing",
    "land",
    "sport",
    "children",
    "disability",
    "family",
    "economy",
)
AGE = range(22, 71)
OTHERS = 6


@dataclass
class Officers:
    """Those whom the sample signs in as."""

    secretary: UUID
    finance: UUID
    finance_too: UUID
    electoral: UUID
    comptroller: UUID
    spokesperson: UUID
    health: UUID
    neighbour: UUID

    def by_name(self) -> dict[str, UUID]:
        """By the names to sign in with."""
        return {
            "vecina": self.neighbour,
            "vocera": self.spokesperson,
            "salud": self.health,
            "secretaria": self.secretary,
            "finanzas": self.finance,
            "otrafirma": self.finance_too,
            "comision": self.electoral,
            "contraloria": self.comptroller,
        }


@dataclass
class Seats:
    """Whoever stands, by turns; each person for one seat."""

    year: Year
    standing: Iterator[UUID] = field(init=False)
    others: list[UUID] = field(init=False)  # who never stand for a seat
    accounts: set[UUID] = field(init=False)
    petition: UUID | None = None

    def __post_init__(self) -> None:
        people = self.year.people
        self.accounts = set(people.promoters)
        fit = self._fit()
        self.standing, self.others = iter(fit[:-OTHERS]), fit[-OTHERS:]

    def _fit(self) -> list[UUID]:
        """Grown-ups of known age who live here and are no promoters, in an order of the seed's."""
        day, promoters = self.year.began, set(self.year.people.promoters)
        rows = Person.objects.filter(pk__in=self.year.people.adults, residence="here").order_by("born", "id")
        fit = [row.id for row in rows if row.id not in promoters and (age_on(row, day) or 0) in AGE]
        self.year.random.shuffle(fit)
        return fit

    def holder(self, kind: str, number: int = 1) -> UUID | None:
        """Who holds a seat now."""
        held = queries.holders(self.year.people.commune, self.year.day_now())
        return next(
            (one.person for one in held if one.kind == kind and one.number == number and not one.is_alternate), None
        )

    def keeper(self) -> UUID:
        """Who keeps the minutes now: the secretary, before there is one a promoter."""
        return self.holder("cc.secretary") or self.year.people.promoters[0]

    def commissioner(self) -> UUID:
        """Who writes elections and recalls down."""
        return self.holder("cc.electoral") or self.year.people.promoters[0]

    def elects(self, kind: str, standing: int, *, by_hands: bool = False) -> Callable[[Sitting], None]:
        """A step of a session: that many stand for a kind of seat."""
        return lambda sitting: self._elect(sitting, kind, standing, by_hands)

    def _elect(self, sitting: Sitting, kind: str, standing: int, by_hands: bool) -> None:
        commune = self.year.people.commune
        count = statutes.in_force(commune, sitting.day).seat(kind).count
        present = len(present_people(sitting.session))
        spoiled, returned = (0, 0) if by_hands else (self.year.random.randrange(3), self.year.random.randrange(2))
        voters = present - spoiled - returned
        votes = self._votes(standing, voters, count)
        names = self.year.people.names
        rows = tuple(
            CandidateRow(person=person, votes=number, public_name=names[person])
            for person, number in zip(self.standing, votes, strict=False)
        )
        one, two = self._counters(sitting, [row.person for row in rows])
        act = RecordElection(
            session=sitting.session,
            kind=kind,
            ballot=BallotForm.HANDS if by_hands else BallotForm.SECRET,
            candidates=rows,
            marks=count,
            counter_one=one,
            counter_two=two,
            issued=None if by_hands else present,
            counted=None if by_hands else voters,
            spoiled=None if by_hands else spoiled,
            returned=None if by_hands else returned,
        )
        does(self.commissioner(), act)
        for number in range(1, count + 1):
            self.opens_account(self.holder(kind, number))

    def _votes(self, standing: int, voters: int, marks: int) -> list[int]:
        """Falling, no two alike, and no more than the voters can give."""
        weights = range(standing + 1, 1, -1)
        whole = voters * marks * 9 // 10
        votes = [min(voters - place, whole * weight // sum(weights)) for place, weight in enumerate(weights)]
        gap = max(1, min(above - below for above, below in pairwise(votes)))
        return [max(1, one - self.year.random.randrange(gap)) for one in votes]

    def opens_account(self, person: UUID | None) -> None:
        """A printed code, claimed."""
        if person is None or person in self.accounts:
            return
        proof = codes.proof(codes.new())
        hands_out = self.holder("cc.electoral")
        if hands_out not in self.accounts:  # the promoters still do, on the day itself
            hands_out = self.year.people.promoters[0]
        assert hands_out is not None
        does(hands_out, IssueCode(person=person, digest=codes.digest_of(proof)))
        perform(ClaimAccount(proof=proof), Actor())
        self.accounts.add(person)

    def from_before(self, kind: str) -> None:
        """A mandate of the time before the books, whose term is over: expired, and acting."""
        person = next(self.standing)
        began = months_later(self.year.began, -38)
        words = "Acta de la asamblea de renovación, libro viejo de asambleas, folio 41"
        name = self.year.people.names[person]
        act = EnterMandate(person=person, public_name=name, kind=kind, begins=began, origin_words=words)
        promoters = self.year.people.promoters
        first, second = self.holder("cc.electoral") or promoters[0], self.holder("cc.secretary") or promoters[1]
        does(second, Sign(proposal=does(first, Propose(act=act)).id))

    # A recall

    def asks_to_recall(self, kind: str, number: int) -> None:
        """The comptroller unit asks; as it is the usual desk itself, the secretary reports."""
        commune, day = self.year.people.commune, self.year.day_now()
        held = next(
            one
            for one in queries.holders(commune, day)
            if (one.kind, one.number, one.is_alternate) == (kind, number, False)
        )
        comptroller = self.holder("cc.comptroller")
        assert comptroller is not None
        act = AskRecall(mandate=held.mandate, ground="no-account", words=matters.RECALL_ASKED)
        self.petition = does(comptroller, act).id

    def reports(self) -> None:
        assert self.petition is not None
        act = ReportRecall(petition=self.petition, words=matters.RECALL_FOUND, defence=matters.RECALL_DEFENCE)
        does(self.keeper(), act)

    def decides_recall(self, sitting: Sitting) -> None:
        """A step of a session."""
        assert self.petition is not None
        present = len(present_people(sitting.session))
        votes_for, against = present * 71 // 100, present * 18 // 100
        one, two = self._counters(sitting, [Petition.objects.get(pk=self.petition).mandate.person_id])
        act = DecideRecall(
            petition=self.petition,
            session=sitting.session,
            votes_for=votes_for,
            against=against,
            abstain=present - votes_for - against,
            counter_one=one,
            counter_two=two,
        )
        does(self.commissioner(), act)

    def _counters(self, sitting: Sitting, about: Sequence[UUID]) -> tuple[UUID, UUID]:
        """Two of those present, whom the vote is not about."""
        one, two = self.year.random.sample(sorted(present_people(sitting.session) - set(about)), 2)
        return one, two

    def resigns(self, kind: str) -> None:
        person = self.holder(kind)
        assert person is not None
        mine = next(one for one in queries.mandates_of(person, self.year.day_now()) if one.kind == kind)
        does(person, Resign(mandate=mine.mandate))
        self.opens_account(self.holder(kind))
