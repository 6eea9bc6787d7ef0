"""Judging one counted vote: who stood, whether the ballots add up, what became of everybody."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import takewhile
from typing import TYPE_CHECKING, NoReturn
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from comuna.acts.act import World
from comuna.acts.fields import Count, Flag, Id, Row
from comuna.acts.refusal import Refused, refuse_if
from comuna.assemblies.queries import Standing
from comuna.elections import queries
from comuna.elections.acts import slips
from comuna.elections.queries import ElectionStanding
from comuna.elections.rules import Outcome, Papers, Places, by_votes, outcome, votes_fit
from comuna.mandates.places import is_gone
from comuna.mandates.seating import Seating, Wanted, plan
from comuna.statutes.statute import Ballot, SeatKind
from comuna.territory import queries as territory

if TYPE_CHECKING:
    from comuna.elections.acts.electing import RecordElection

CANDIDATES_MAX = 150
AHEAD_MAX = timedelta(days=366)  # from the session to the first day in office


class Placing(Row):
    """What became of somebody who stood."""

    person: Id
    votes: Count
    carried: Flag
    outcome: Outcome


def in_line(placed: Sequence[Placing]) -> tuple[UUID, ...]:
    """Who was not elected, most votes first, up to the first who have equal votes: no statute ranks those."""
    behind = [(one.person, one.votes) for one in placed if one.outcome is Outcome.NOT_ELECTED and one.votes]
    return tuple(group[0] for group in takewhile(lambda group: len(group) == 1, by_votes(behind)))


@dataclass
class Vote:
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
        day = self.first.election.begins if self.first else self.stands.day
        self.begins: date = self.act.begins or day
        refuse_if(
            self.first is not None and self.begins != day,
            "elections.begins-with-the-others",
            _("Whoever wins the tie takes office with the others, on {day}.").format(day=f"{day:%d/%m/%Y}"),
            field="begins",
        )
        refuse_if(
            self.begins < self.stands.day and self.first is None,
            "elections.begins-before",
            _("Nobody takes office before the session that elects them."),
            field="begins",
        )
        refuse_if(
            self.begins > self.stands.day + AHEAD_MAX and self.first is None,
            "elections.begins-late",
            _("Nobody is elected more than a year ahead."),
            field="begins",
        )
        self._refuse_while_tied()
        self.held = queries.held_on(self.world.commune, self.kind.id, self.begins, self.stands.statute)
        self.places = self.first.left if self.first else self.held.open(self.kind)

    def _refuse_while_tied(self) -> None:
        """Else a vote among others would fill the place between those who were tied."""
        waits = None if self.first else queries.waiting_tie(self.world.commune, self.kind.id, self.begins)
        if waits is not None:
            words = _("A tie for this seat waits for its further vote among {names}: that comes first.")
            raise Refused(
                "elections.tie-waits",
                words.format(names=self._names(one.person_id for one in waits.tied)),
                citation=self.kind.rule.source,
                field="kind",
            )

    # Who stood

    def judge_candidates(self) -> None:
        people = [row.person for row in self.act.candidates]
        refuse_if(not people, "elections.no-candidates", _("Nobody stands yet."), field="candidates")
        refuse_if(len(people) > CANDIDATES_MAX, "acts.too-large", _("Too many candidates."), field="candidates")
        refuse_if(
            self.world.person in people,
            "elections.own-election",
            _("You stand in this election yourself: somebody else writes it down."),
            citation=self.kind.rule.source,
            field="candidates",
        )
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
            tied = {one.person_id: one.person for one in self.first.tied}
            still_here = {person for person, row in tied.items() if not is_gone(row, self.begins)}
            refuse_if(
                not still_here <= set(people) <= set(tied),
                "elections.runoff-among-tied",
                _("The further vote is among those who were tied: {names}.").format(names=self._names(tied)),
                field="candidates",
            )

    def _names(self, people: Iterable[UUID]) -> str:
        """Candidates by the names they stand under, else by their initials."""
        wanted = list(people)
        names = territory.names(wanted)
        if self.first is not None:
            names |= {row.person_id: row.public_name for row in self.first.candidacies if row.public_name}
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
            _("There are more votes than can be given: voters {voters}, names on a ballot {marks}.").format(
                voters=voters, marks=act.marks
            ),
            field="candidates",
        )
        if act.slips:
            slips.judge(act.slips, [row.votes for row in act.candidates], voters, act.marks)

    def _hands(self) -> int:
        act = self.act
        refuse_if(
            any(one is not None for one in (act.issued, act.counted, act.spoiled, act.returned)) or bool(act.slips),
            "elections.no-ballots",
            _("A show of hands has no ballots to count."),
            field="slips" if act.slips else "issued",
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
            _("Ballots handed out: {issued}; but {counted} + {spoiled} + {returned} came back.").format(**given),
            field="issued",
        )
        refuse_if(
            papers.issued > self.stands.present,
            "elections.more-ballots-than-present",
            _("More ballots were handed out ({issued}) than people are present ({present}).").format(
                issued=papers.issued, present=self.stands.present
            ),
            field="issued",
        )
        return papers.counted

    def _refuse_held(self) -> NoReturn:
        """Naming the day from which somebody else may have the seat."""
        words: str | Promise = _("Every seat of this kind is held, and its term still runs.")
        free = queries.free_from(self.world.commune, self.kind.id, self.begins, self.stands.statute)
        if free is not None:
            words = _(
                "Every seat of this kind is held until its term is over. Whoever follows is elected today with {day} as"
                " her first day in office: write that day."
            ).format(day=f"{free:%d/%m/%Y}")
        source = self.kind.term.rule.source
        raise Refused("elections.no-place", words, citation=source, field="begins" if free else "kind")

    # What came of it

    def placed(self) -> tuple[Placing, ...]:
        """Everybody in the order of their votes, with what became of them."""
        if self.places.principals + self.places.alternates < 1:
            self._refuse_held()
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
                "{names} have as many votes as each other ({votes}), and not all of them fit. Hold a further vote among"
                " them: say that the tie is right, and record the further vote afterwards."
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
            return plan(self.world, self.stands.statute, *wanted)
        except Refused as refused:
            who = self._stumbled(wanted)
            words = f"{self._names([who])}: {refused.words}"
            field = f"candidates.{rows[who]}.person" if who in rows else "candidates"
            raise Refused(refused.rule, words, citation=refused.citation, field=field) from refused

    def _stumbled(self, wanted: Sequence[Wanted]) -> UUID:
        """Whom the first refusal is about."""
        for count in range(1, len(wanted)):
            try:
                plan(self.world, self.stands.statute, *wanted[:count])
            except Refused:
                return wanted[count - 1].person
        return wanted[-1].person
