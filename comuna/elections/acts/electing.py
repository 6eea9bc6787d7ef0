"""Elections typed from counted papers or hands, and taking one back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated, Any, ClassVar
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from comuna.acts.act import Act, ActFacts, Cite, GroundRole, Performed, Power, World
from comuna.acts.fields import Count, Day, Flag, Id, Label, PublicLine, Row, Slug, To
from comuna.acts.refusal import Refused, refuse_if
from comuna.assemblies import queries as assemblies
from comuna.assemblies.acts.deciding import quorate_session
from comuna.assemblies.models import Session
from comuna.assemblies.queries import Standing
from comuna.elections import queries
from comuna.elections.models import Candidacy, Election
from comuna.elections.queries import ElectionStanding
from comuna.elections.rules import Outcome, Papers, Places, by_votes, outcome, votes_fit
from comuna.mandates import effects
from comuna.mandates.models import Origin
from comuna.mandates.queries import named
from comuna.mandates.rules import last_day
from comuna.mandates.seating import Seating, Wanted, plan
from comuna.statutes.statute import Ballot, SeatKind
from comuna.territory import queries as territory
from comuna.territory.models import Person

CANDIDATES_MAX = 150


class BallotForm(StrEnum):
    """How the votes were given."""

    SECRET = "secret"  # noqa: S105  of a vote, not a password
    HANDS = "hands"

    @classmethod
    def labels(cls) -> dict[str, Any]:
        return {cls.SECRET: _("Secret, on paper"), cls.HANDS: _("By show of hands")}


class CandidateRow(Row):
    """Somebody who stands."""

    subject: ClassVar[str] = "person"

    person: Annotated[Id, To(Person), Label(_("Who stands"))]
    votes: Annotated[Count, Label(_("Votes"))]
    public_name: Annotated[
        PublicLine | None,
        Label(_("Public name"), help=_("Whoever stands accepts that everybody reads it; empty: initials")),
    ] = None


class Placing(Row):
    """What became of somebody who stood."""

    person: Id
    votes: Count
    carried: Flag
    outcome: Outcome


class RecordElection(Act):
    """Write down a counted vote for one kind of seat: who stood, how many votes each had, and the ballot papers.
    The most voted take their seats, the next ones become alternates."""

    verb = "elections.record_election"
    power = Power.SEAT
    label = _("Record an election")
    said = _("{seat} recorded the election for “{seat_words}”: {elected} elected of {standing} who stood")
    undo = "elections.undo_election"

    session: Annotated[Id, To(Session), Label(_("Session"))]
    kind: Annotated[Slug, Label(_("Seat"))]
    ballot: Annotated[BallotForm, Label(_("How they voted"))]
    candidates: Annotated[tuple[CandidateRow, ...], Label(_("Candidates"))]
    marks: Annotated[
        Count, Label(_("Names on a ballot"), help=_("How many different people each voter could choose"))
    ] = 1
    issued: Annotated[Count | None, Label(_("Ballots handed out"), help=_("Only for a secret vote"))] = None
    counted: Annotated[Count | None, Label(_("Valid ballots"), help=_("Blank ones too"))] = None
    spoiled: Annotated[Count | None, Label(_("Spoiled ballots"))] = None
    returned: Annotated[Count | None, Label(_("Ballots given back unused"))] = None
    begins: Annotated[Day | None, Label(_("First day in office"), help=_("Empty: the day of the session"))] = None
    runoff_of: Annotated[
        Id | None, To(Election), Label(_("Further vote after the tie in"), help=_("Empty: this is a first vote"))
    ] = None
    tie_stands: Annotated[
        Flag,
        Label(_("The tie is right"), help=_("Then the others take their seats, and a further vote decides the tie")),
    ] = False

    class Facts(ActFacts):
        seat_words: PublicLine
        standing: Count
        elected: Count
        present: Count
        principals: Count
        alternates: Count
        begins: Day
        ends: Day | None
        placed: tuple[Placing, ...]
        seated: tuple[Seating, ...]

    def in_organ(self) -> str | None:
        return assemblies.organ_of(self.session)

    def check(self, world: World) -> Facts:
        stands = quorate_session(world, self.session, "session")
        first = _awaiting(world, self.runoff_of) if self.runoff_of else None
        vote = _Vote(self, world, stands, _kind_chosen(world, stands, self.kind), first)
        vote.judge_candidates()
        vote.judge_ballots()
        placed = vote.placed()
        if not self.tie_stands:
            vote.refuse_tie(placed)
        refuse_if(
            not any(one.outcome in (Outcome.PRINCIPAL, Outcome.ALTERNATE, Outcome.TIED) for one in placed),
            "elections.no-votes",
            _("Nobody who stood had a vote."),
            field="candidates",
        )
        seated = vote.seated(placed)
        return self.Facts(
            seat_words=named(vote.kind.name),
            standing=len(self.candidates),
            elected=len(seated),
            present=stands.present,
            principals=vote.places.principals,
            alternates=vote.places.alternates,
            begins=vote.begins,
            ends=last_day(vote.begins, vote.kind.term),
            placed=placed,
            seated=seated,
        )

    def cites(self, facts: Any) -> tuple[Cite, ...]:
        session = Cite(self.session, GroundRole.DECIDED_BY)
        return (session, Cite(self.runoff_of, GroundRole.ANSWERS)) if self.runoff_of else (session,)

    def apply(self, record: Performed) -> None:
        facts = record.facts
        before = Candidacy.objects.filter(election=self.runoff_of).values_list("person", "public_name")
        names = dict(before) | {row.person: row.public_name for row in self.candidates if row.public_name}
        for seating in facts.seated:
            effects.seat(record, seating, Origin.ELECTED, public_name=names.get(seating.person, ""))
        record.create(
            Election,
            session_id=self.session,
            kind=self.kind,
            ballot=self.ballot.value,
            marks=self.marks,
            present=facts.present,
            issued=self.issued,
            counted=self.counted,
            spoiled=self.spoiled,
            returned=self.returned,
            begins=facts.begins,
            ends=facts.ends,
            principals=facts.principals,
            alternates=facts.alternates,
            runoff_of_id=self.runoff_of,
        )
        mandates = {seating.person: seating.mandate for seating in facts.seated}
        record.create_many(
            Candidacy,
            [
                {
                    "id": record.key("candidacy", place),
                    "election_id": record.id,
                    "person_id": one.person,
                    "place": place,
                    "votes": one.votes,
                    "carried": one.carried,
                    "outcome": one.outcome.value,
                    "mandate_id": mandates.get(one.person),
                    "public_name": names.get(one.person, ""),
                }
                for place, one in enumerate(facts.placed, start=1)
            ],
        )


def _awaiting(world: World, runoff_of: UUID) -> ElectionStanding:
    """The election whose tie a further vote decides."""
    first = queries.election(world.get(Election, runoff_of, field="runoff_of").id)
    refuse_if(not first.tied, "elections.no-tie", _("No tie waits for a further vote there."), field="runoff_of")
    return first


def _kind_chosen(world: World, stands: Standing, wanted: str) -> SeatKind:
    """The seat kind, which sessions of this organ fill."""
    kind = next((kind for kind in stands.statute.seats if kind.id == wanted), None)
    if kind is None:
        raise Refused("mandates.no-such-seat", _("The statute has no such seat."), field="kind")
    held = bool(queries.held_on(world.commune, kind.id, stands.session.day).principals)
    organ = stands.statute.organ(queries.choosing_organ(stands.statute, kind, held=held))
    refuse_if(
        organ.id != stands.organ.id,
        "elections.other-organ",
        _("This seat is filled by another organ: {organ}.").format(organ=named(organ.name)),
        citation=kind.rule.source,
        field="kind",
    )
    return kind


@dataclass
class _Vote:
    """One act of recording, judged step by step."""

    act: RecordElection
    world: World
    stands: Standing
    kind: SeatKind
    first: ElectionStanding | None  # whose tie this vote decides

    def __post_init__(self) -> None:
        refuse_if(
            self.first is not None and self.first.election.kind != self.kind.id,
            "elections.other-seat",
            _("The tie is about another seat."),
            field="kind",
        )
        day = self.first.election.begins if self.first else self.stands.session.day
        self.begins: date = self.act.begins or day
        refuse_if(
            self.begins < self.stands.session.day and self.first is None,
            "elections.begins-before",
            _("Nobody takes office before the session that elects them."),
            field="begins",
        )
        self.held = queries.held_on(self.world.commune, self.kind.id, self.begins)
        self.places = self.first.left if self.first else self.held.open(self.kind)

    # Who stood

    def judge_candidates(self) -> None:
        people = [row.person for row in self.act.candidates]
        refuse_if(not people, "elections.no-candidates", _("Nobody stands yet."), field="candidates")
        refuse_if(len(people) > CANDIDATES_MAX, "acts.too-large", _("Too many candidates."), field="candidates")
        known = territory.people_by_id(self.world.commune, people)
        for place, person in enumerate(people):
            field = f"candidates.{place}.person"
            refuse_if(
                person not in known, "acts.no-such-row", _("What this refers to is not in the books."), field=field
            )
            refuse_if(
                person in people[:place],
                "elections.stands-twice",
                _("Row {row}: this person is on the list already.").format(row=place + 1),
                field=field,
            )
        if self.first is not None:
            tied = {one.person_id for one in self.first.tied}
            refuse_if(
                set(people) != tied,
                "elections.runoff-among-tied",
                _("The further vote is among those who were tied: {names}.").format(names=self._names(tied)),
                field="candidates",
            )

    def _names(self, people: Iterable[UUID]) -> str:
        """Candidates by the names they stand under, else by their initials."""
        wanted = list(people)
        names = territory.names(wanted)
        names |= {row.person: row.public_name for row in self.act.candidates if row.public_name}
        return ", ".join(sorted(names[person] for person in wanted))

    # How they voted

    def judge_ballots(self) -> None:
        act, form = self.act, Ballot(self.act.ballot.value)
        refuse_if(
            self.kind.ballot not in (Ballot.EITHER, form),
            "elections.ballot-form",
            _("The statute asks for a secret vote on this seat.")
            if self.kind.ballot is Ballot.SECRET
            else _("The statute asks for a show of hands on this seat."),
            citation=self.kind.rule.source,
            field="ballot",
        )
        refuse_if(act.marks < 1, "elections.marks", _("A ballot names at least one person."), field="marks")
        voters = self._papers() if form is Ballot.SECRET else self._hands()
        refuse_if(
            not votes_fit((row.votes for row in act.candidates), voters, act.marks),
            "elections.too-many-votes",
            _("There are more votes than {voters} voters with {marks} names each can give.").format(
                voters=voters, marks=act.marks
            ),
            field="candidates",
        )

    def _hands(self) -> int:
        act = self.act
        refuse_if(
            any(one is not None for one in (act.issued, act.counted, act.spoiled, act.returned)),
            "elections.no-ballots",
            _("A show of hands has no ballots to count."),
            field="issued",
        )
        return self.stands.present

    def _papers(self) -> int:
        act = self.act
        given = {"issued": act.issued, "counted": act.counted, "spoiled": act.spoiled, "returned": act.returned}
        missing = next((field for field, count in given.items() if count is None), None)
        refuse_if(
            missing is not None,
            "elections.ballots-missing",
            _("A secret vote counts its ballots: handed out, valid, spoiled and given back."),
            field=missing,
        )
        papers = Papers(act.issued or 0, act.counted or 0, act.spoiled or 0, act.returned or 0)
        refuse_if(
            not papers.add_up,
            "elections.ballots",
            _("{issued} ballots were handed out, but {counted} + {spoiled} + {returned} came back.").format(**given),
            field="issued",
        )
        refuse_if(
            papers.issued > self.stands.present,
            "elections.more-ballots-than-present",
            _("{issued} ballots were handed out, but {present} people are present.").format(
                issued=papers.issued, present=self.stands.present
            ),
            field="issued",
        )
        return papers.counted

    # What came of it

    def placed(self) -> tuple[Placing, ...]:
        """Everybody in the order of their votes, with what became of them."""
        refuse_if(
            self.places.principals + self.places.alternates < 1,
            "elections.no-place",
            _("Every seat of this kind is held, and its term still runs."),
            citation=self.kind.term.rule.source,
            field="kind",
        )
        votes = [(row.person, row.votes) for row in self.act.candidates]
        standing = votes if self.first else [one for one in votes if one[1]]
        without = () if self.first else tuple(person for person, count in votes if not count)
        carried = [(one.person_id, one.votes) for one in self.first.of(Outcome.WAITING)] if self.first else []
        groups = by_votes(standing) + by_votes(carried)
        self.places = self._with_freed(groups)
        ranked = outcome(groups, self.places, frozenset(self.held.alternates))
        ranked += [(person, Outcome.NOT_ELECTED) for person in without]
        counted, before = dict(votes), dict(carried)
        return tuple(
            Placing(
                person=person,
                votes=counted[person] if person in counted else before[person],
                carried=person not in counted,
                outcome=became,
            )
            for person, became in ranked
        )

    def _with_freed(self, groups: Sequence[tuple[UUID, ...]]) -> Places:
        """The places, with those of alternates who rise to principal here."""
        ranked = outcome(groups, self.places, frozenset(self.held.alternates))
        rising = [person for person, became in ranked if became is Outcome.PRINCIPAL and person in self.held.alternates]
        freed = 0 if self.first else len(rising)
        return Places(self.places.principals, self.places.alternates + freed)

    def refuse_tie(self, placed: Sequence[Placing]) -> None:
        tied = [one for one in placed if one.outcome is Outcome.TIED]
        if tied:
            words = _(
                "{names} have {votes} votes each, and not all of them fit. Hold a further vote among them: say that the"
                " tie is right, and record the further vote afterwards."
            )
            raise Refused(
                "elections.tie",
                words.format(names=self._names(one.person for one in tied), votes=tied[0].votes),
                citation=self.kind.rule.source,
                field="tie_stands",
            )

    def seated(self, placed: Sequence[Placing]) -> tuple[Seating, ...]:
        """Their seats. Raises Refused with the name of whoever may not take one, and why."""
        rows = {row.person: place for place, row in enumerate(self.act.candidates)}
        wanted = [
            Wanted(
                mandate=self.world.key("mandate", place),
                kind=self.kind.id,
                person=one.person,
                begins=self.begins,
                is_alternate=one.outcome is Outcome.ALTERNATE,
            )
            for place, one in enumerate(placed, start=1)
            if one.outcome in (Outcome.PRINCIPAL, Outcome.ALTERNATE)
        ]
        try:
            return plan(self.world, *wanted)
        except Refused as refused:
            who = self._stumbled(wanted)
            words = f"{self._names([who])}: {refused.words}"
            field = f"candidates.{rows[who]}.person" if who in rows else "candidates"
            raise Refused(refused.rule, words, citation=refused.citation, field=field) from refused

    def _stumbled(self, wanted: Sequence[Wanted]) -> UUID:
        """Whom the first refusal is about."""
        for count in range(1, len(wanted)):
            try:
                plan(self.world, *wanted[:count])
            except Refused:
                return wanted[count - 1].person
        return wanted[-1].person
