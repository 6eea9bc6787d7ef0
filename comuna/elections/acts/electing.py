"""Elections typed from counted papers or hands."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any, ClassVar
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from pydantic import AfterValidator

from comuna.acts.act import Act, ActFacts, Cite, GroundRole, Performed, Power, Signing, World
from comuna.acts.fields import Count, Day, Flag, Id, Label, PublicLine, Row, Slug, StatuteLine, To
from comuna.acts.refusal import Refused, refuse_if
from comuna.assemblies import queries as assemblies
from comuna.assemblies.acts.deciding import quorate_session, refuse_quorum_lost
from comuna.assemblies.acts.voting import SECOND_COUNTER, judge_counters
from comuna.assemblies.models import Session
from comuna.assemblies.queries import Standing
from comuna.elections import queries
from comuna.elections.acts import slips
from comuna.elections.acts.slips import SlipRow, sorted_rows
from comuna.elections.acts.voting import Placing, Vote, in_line
from comuna.elections.models import Candidacy, Election
from comuna.elections.queries import ElectionStanding
from comuna.elections.rules import Outcome
from comuna.mandates import effects
from comuna.mandates.models import Origin
from comuna.mandates.queries import named
from comuna.mandates.rules import last_day
from comuna.mandates.seating import Seating
from comuna.statutes.councils import council_in
from comuna.statutes.statute import SeatKind, in_books
from comuna.territory.models import Person


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


class RecordElection(Act):
    """Write down a counted vote for one kind of seat: who stood, how many votes each had, and the ballot papers.
    The most voted take their seats, the next ones become alternates. Of a session recorded from paper as many sign as
    sign the entry of a mandate."""

    verb = "elections.record_election"
    power = Power.SEAT
    label = _("Record an election")
    said = _("{seat} recorded the election for “{seat_words}”: {elected} elected of {standing} who stood")
    undo = "elections.undo_election"
    deadline = True

    session: Annotated[Id, To(Session), Label(_("Session"))]
    kind: Annotated[Slug, Label(_("Seat"))]
    ballot: Annotated[BallotForm, Label(_("How they voted"))]
    candidates: Annotated[tuple[CandidateRow, ...], Label(_("Candidates"))]
    counter_one: Annotated[Id, To(Person), Label(_("Counted by"))]
    counter_two: Annotated[Id | None, To(Person), SECOND_COUNTER] = None
    marks: Annotated[
        Count, Label(_("Names on a ballot"), help=_("How many different people each voter could choose"))
    ] = 1
    issued: Annotated[Count | None, Label(_("Ballots handed out"), help=_("Only for a secret vote"))] = None
    counted: Annotated[Count | None, Label(_("Valid ballots"), help=_("Blank ones too"))] = None
    spoiled: Annotated[Count | None, Label(_("Spoiled ballots"))] = None
    returned: Annotated[Count | None, Label(_("Ballots given back unused"))] = None
    slips: Annotated[
        tuple[SlipRow, ...],
        AfterValidator(sorted_rows),
        Label(
            _("Ballots one by one"),
            help=_("Each valid ballot: the lines of the candidates named on it, such as 1 3; 0 when blank"),
        ),
    ] = ()
    begins: Annotated[Day | None, Label(_("First day in office"), help=_("Empty: the day of the session"))] = None
    runoff_of: Annotated[
        Id | None, To(Election), Label(_("Further vote after the tie in"), help=_("Empty: this is a first vote"))
    ] = None
    tie_stands: Annotated[
        Flag,
        Label(_("The tie is right"), help=_("Then the others take their seats, and a further vote decides the tie")),
    ] = False

    class Facts(ActFacts):
        seat_words: StatuteLine
        standing: Count
        elected: Count
        present: Count
        principals: Count
        alternates: Count
        begins: Day
        ends: Day | None
        placed: tuple[Placing, ...]
        seated: tuple[Seating, ...]
        in_line: tuple[Id, ...] = ()  # who comes next by votes, up to the first tie

    def in_organ(self) -> str | None:
        return assemblies.organ_of(self.session)

    def signing(self) -> Signing | None:
        return gives_as_paper_does(self.session)

    def check(self, world: World) -> Facts:
        stands = quorate_session(world, self.session, "session")
        refuse_quorum_lost(stands, "session")
        first = _awaiting(world, self.runoff_of) if self.runoff_of else None
        vote = Vote(self, world, stands, _kind_chosen(world, stands, self.kind), first)
        vote.judge_candidates()
        vote.judge_ballots()
        judge_counters(stands, self.counter_one, self.counter_two, [row.person for row in self.candidates])
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
            seat_words=in_books(vote.kind.name),
            standing=len(self.candidates),
            elected=len(seated),
            present=stands.present,
            principals=vote.places.principals,
            alternates=vote.places.alternates,
            begins=vote.begins,
            ends=last_day(vote.begins, vote.kind.term),
            placed=placed,
            seated=seated,
            in_line=in_line(placed),
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
        effects.line_up(record, self.kind, [(person, names.get(person, "")) for person in facts.in_line])
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
            counter_one=self.counter_one,
            counter_two=self.counter_two,
        )
        lines = [row.person for row in self.candidates]
        slips.write(record, self.slips, lines, {one.person: place for place, one in enumerate(facts.placed, start=1)})
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


def gives_as_paper_does(session: UUID) -> Signing | None:
    """Of a session that was written down afterwards only its paper tells, as of a mandate from before the books: as
    many sign as sign the entry of one."""
    organ = assemblies.organ_of(session)
    if organ is None or not assemblies.is_from_paper(session):
        return None
    return Signing(like="mandates.enter_mandate", council=council_in(organ))


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
    held = bool(queries.held_on(world.commune, kind.id, stands.day, stands.statute).principals)
    organ = stands.statute.organ(queries.choosing_organ(stands.statute, kind, held=held))
    refuse_if(
        organ.id != stands.organ.id,
        "elections.other-organ",
        _("This seat is filled by another organ: {organ}.").format(organ=named(organ.name)),
        citation=kind.rule.source,
        field="kind",
    )
    return kind
