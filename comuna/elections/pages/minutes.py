"""What stands on the minutes of a session that voted for people: who stood, the votes, the papers, who counted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from comuna.acts.act import GroundRole
from comuna.acts.models import Ground
from comuna.acts.pencil import misfits, rows_made_by
from comuna.acts.reading import read_all
from comuna.assemblies.pages.also import Paper
from comuna.assemblies.queries import Standing
from comuna.elections import queries
from comuna.elections.models import Candidacy, Decision, Election, Settlement, Slip
from comuna.elections.pages.words import (
    counted_words,
    outcome_status,
    papers_words,
    places_words,
    quorum_words,
    recall_words,
    vote_words,
)
from comuna.elections.queries import ElectionStanding
from comuna.elections.rules import Outcome
from comuna.journal.models import Record
from comuna.journal.tables import State
from comuna.look.parts import Column, Fact, Facts, Part, Section, Table, Value
from comuna.territory.queries import names


def parts(stands: Standing, full_names: bool) -> list[Part]:
    """The elections in two tables, then each vote on a recall, up to the closing."""
    elections = queries.elections_among(_until(stands, Election.objects.all()))
    found: list[Part] = [_elections(elections, full_names)] if elections else []
    return [*found, *(_recall(row, stands, full_names) for row in _until(stands, Decision.objects.all()))]


def acts(stands: Standing) -> set[UUID]:
    """What ``parts`` tells of the session, so that it is not told twice."""
    return set(_until(stands, Election.objects.all()).values_list("id", flat=True))


def papers(stands: Standing) -> list[Paper]:
    """Nothing lies before a session that elects."""
    return []


def counters(stands: Standing) -> list[UUID]:
    """Who counted the papers and the hands, in the order in which they did."""
    rows = [*_until(stands, Election.objects.all()), *_until(stands, Decision.objects.all())]
    return [one for row in rows for one in (row.counter_one, row.counter_two) if one]


def _until(stands: Standing, rows: QuerySet[Any]) -> QuerySet[Any]:
    ours = rows.filter(session=stands.session.id).order_by("born")
    return ours.filter(born__lte=stands.closure.born) if stands.closure else ours


def _elections(elections: Sequence[ElectionStanding], full_names: bool) -> Section:
    """Who stood for what and with how many votes; then the papers and who counted them."""
    known = names({row.person_id for one in elections for row in one.candidacies})
    stood: list[list[Value]] = [
        [one.kind_words if place == 0 else "", *_candidate(row, known)]
        for one in elections
        for place, row in enumerate(one.candidacies)
    ]
    counted: list[list[Value]] = [
        [
            one.kind_words,
            places_words(one.election),
            papers_words(one.election),
            counted_words(one.election.counter_one, one.election.counter_two, knows=full_names),
        ]
        for one in elections
    ]
    who = [Column(_("Seat"), head=True), Column(_("Who")), Column(_("Votes"), number=True)]
    how = [Column(_("Seat"), head=True), Column(_("Places to fill")), Column(_("Ballots")), Column(_("Who counted"))]
    return Section(
        _("Elections"),
        [
            Table(_("Who stood, and with how many votes"), [*who, Column(_("What came of it"))], stood),
            Table(_("How it was counted"), how, counted),
        ],
        wide=True,
    )


def _candidate(row: Candidacy, known: dict[UUID, str]) -> list[Value]:
    return [row.public_name or known.get(row.person_id, "—"), row.votes, outcome_status(Outcome(row.outcome))]


def votes_table(candidacies: Iterable[Candidacy]) -> Table:
    """Who stood, as everybody may read it, and what came of it."""
    candidacies = list(candidacies)
    known = names([row.person_id for row in candidacies])
    rows = [_candidate(row, known) for row in candidacies]
    columns = [Column(_("Who stood"), head=True), Column(_("Votes"), number=True), Column(_("What came of it"))]
    return Table(_("Votes"), columns, rows)


def _recall(row: Decision, stands: Standing, full_names: bool) -> Section:
    one = queries.recall(row.petition_id, stands.day)
    facts = [
        Fact(_("Vote"), vote_words(row)),
        Fact(_("Quorum of the vote"), quorum_words(row, one.recall)),
        Fact(_("Outcome"), _("recalled") if row.passed else _("not recalled")),
        Fact(_("Who counted"), counted_words(row.counter_one, row.counter_two, knows=full_names)),
    ]
    return Section(_("Vote on a recall: {who}").format(who=recall_words(one)), [Facts(facts)])


def of_decision(resolution: UUID, day: date) -> list[Part]:
    """Nothing is voted here by a decision."""
    return []


def changed_outside(session: UUID) -> list[str]:
    """``table.column`` of every election and recall of the session that is not as its record says, and the table of
    what the records made and is not there: they are asked first, so that what was taken away is missed."""
    undone = Ground.objects.filter(role=GroundRole.CORRECTS.value).values("ground")
    decided = Ground.objects.filter(ground=session, role=GroundRole.DECIDED_BY.value).exclude(act__in=undone)
    records = Record.objects.filter(pk__in=decided.values("act"), verb__startswith="elections.")
    made = rows_made_by(read_all(records.order_by("seq")))
    rows = [row for model, of in _OF_SESSION.items() for row in model._default_manager.filter(**{of: session})]
    return misfits(rows, {key: row for key, row in made.items() if key[0] in _OF_SESSION})


_OF_SESSION: dict[type[State], str] = {
    Election: "session",
    Candidacy: "election__session",
    Slip: "election__session",
    Decision: "session",
    Settlement: "decision__session",
}
