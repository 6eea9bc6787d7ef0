"""The questions about elections and recalls, each in a bounded number of statements."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet

from comuna.assemblies.models import Session
from comuna.assemblies.queries.announced import last_called
from comuna.elections.models import (
    Candidacy,
    Decision,
    Election,
    Petition,
    Report,
    Settlement,
    Signature,
    SignatureSheet,
    Withdrawal,
)
from comuna.elections.rules import Outcome, Places, RecallFacts, Stage, lapses_on, report_due, stage
from comuna.mandates import queries as mandates
from comuna.mandates.models import Ending, Mandate
from comuna.mandates.places import is_gone
from comuna.mandates.queries import Holding
from comuna.statutes import queries as statutes
from comuna.statutes.councils import council_in
from comuna.statutes.statute import Recall, SeatKind, Statute

# In whose matters something is done: the slug of a council, None for the whole commune and for what is not there


def council_of_petition(petition: UUID) -> str | None:
    return _council(Petition.objects.filter(pk=petition).values_list("mandate__seat__kind", flat=True).first())


def council_of_sheet(sheet: UUID) -> str | None:
    kinds = SignatureSheet.objects.filter(pk=sheet).values_list("petition__mandate__seat__kind", flat=True)
    return _council(kinds.first())


def _council(kind: str | None) -> str | None:
    return council_in(kind) if kind else None


# Who chooses whom


def choosing_organ(statute: Statute, kind: SeatKind, *, held: bool) -> str:
    """The organ in whose session a seat is filled.

    Where those who hold seats of the kind name their own successors it is the organ they sit in, and while
    nobody holds one (``held`` False) the highest.
    """
    if kind.chosen_by != kind.id:
        return kind.chosen_by
    return kind.organ if held else statute.highest().id


def kinds_chosen_in(statute: Statute, organ: str) -> list[SeatKind]:
    """The seat kinds that sessions of an organ fill, in the statute's order."""
    return [
        kind for kind in statute.seats if organ in (choosing_organ(statute, kind, held=held) for held in (True, False))
    ]


@dataclass(frozen=True)
class Held:
    """The numbers of a seat kind whose term still runs on a day."""

    principals: frozenset[int]
    alternates: dict[UUID, int]  # person to number

    def open(self, kind: SeatKind) -> Places:
        """How many places a new mandate could take."""
        return Places(kind.count - len(self.principals), kind.alternates - len(self.alternates))


def held_on(commune: UUID, kind: str, day: date, statute: Statute) -> Held:
    """As this statute has the seats. An expired holder, though acting, leaves the place open."""
    running = [one for one in mandates.holders(commune, day, statute, (kind,)) if one.term.covers(day)]
    return Held(
        frozenset(one.number for one in running if not one.is_alternate),
        {one.person: one.number for one in running if one.is_alternate},
    )


def free_from(commune: UUID, kind: str, day: date, statute: Statute) -> date | None:
    """The day after the first of the terms that run on that day ends; None where none has an end."""
    ends = [
        one.term.ends
        for one in mandates.holders(commune, day, statute, (kind,))
        if one.term.covers(day) and one.term.ends is not None and not one.is_alternate
    ]
    return min(ends) + timedelta(days=1) if ends else None


# Elections


@dataclass(frozen=True)
class ElectionStanding:
    """An election with those who stood, in the order of their votes."""

    election: Election
    session: Session
    kind_words: str
    candidacies: tuple[Candidacy, ...]
    runoff: Election | None

    def of(self, *outcomes: Outcome) -> tuple[Candidacy, ...]:
        return tuple(one for one in self.candidacies if one.outcome in outcomes)

    @property
    def tied(self) -> tuple[Candidacy, ...]:
        """Between whom a further vote is still due; nobody once it was recorded."""
        return () if self.runoff is not None else self.of(Outcome.TIED)

    @property
    def left(self) -> Places:
        """The places that the tie left open."""
        filled = Places(len(self.of(Outcome.PRINCIPAL)), len(self.of(Outcome.ALTERNATE)))
        election = self.election
        return Places(election.principals - filled.principals, election.alternates - filled.alternates)


def election(id: UUID) -> ElectionStanding:
    """Raises Election.DoesNotExist."""
    row = Election.objects.select_related("session").get(pk=id)
    return _standings([row])[0]


def elections_among(rows: QuerySet[Election]) -> list[ElectionStanding]:
    """Those, in their order: a few statements, however many."""
    return _standings(list(rows.select_related("session")))


def waiting_tie(commune: UUID, kind: str, day: date) -> ElectionStanding | None:
    """The newest election for a kind of seat whose tie waits for its further vote on that day: its places run still,
    and somebody who was tied is still here."""
    running = Q(ends=None) | Q(ends__gte=day)
    rows = Election.objects.filter(running, commune=commune, kind=kind, candidacies__outcome=Outcome.TIED.value)
    found = _standings(list(rows.select_related("session").distinct().order_by("-born")))
    return next((one for one in found if any(not is_gone(row.person, day) for row in one.tied)), None)


def elections(commune: UUID, *, session: UUID | None = None, limit: int = 50) -> list[ElectionStanding]:
    """The newest first."""
    rows = Election.objects.filter(commune=commune).select_related("session").order_by("-born")
    if session is not None:
        rows = rows.filter(session=session)
    return _standings(list(rows[:limit]))


def sessions_that_elect(commune: UUID, day: date) -> list[Session]:
    """Sessions of that day, and any recorded from paper, that go on with their quorum: in them votes are written
    down."""
    going_on = Session.objects.filter(commune=commune, closure__isnull=True, cancellation__isnull=True)
    quorate = going_on.filter(Q(sits_on=day) | Q(from_paper=True), call__reached=True)
    return list(quorate.distinct().order_by("-day", "-born"))


def _standings(rows: list[Election]) -> list[ElectionStanding]:
    stood: dict[UUID, list[Candidacy]] = {row.id: [] for row in rows}
    candidacies = Candidacy.objects.filter(election__in=rows).select_related("person")
    for candidacy in candidacies.order_by("place"):
        stood[candidacy.election_id].append(candidacy)
    runoffs = {row.runoff_of_id: row for row in Election.objects.filter(runoff_of__in=rows)}
    if not rows:
        return []
    in_force, called = statutes.texts(rows[0].commune), last_called([row.session for row in rows])
    return [
        ElectionStanding(
            election=row,
            session=row.session,
            kind_words=mandates.seat_words(in_force.on(row.session.day, called[row.session_id]), row.kind),
            candidacies=tuple(stood[row.id]),
            runoff=runoffs.get(row.id),
        )
        for row in rows
    ]


# Recalls


@dataclass(frozen=True)
class Barred:
    """A recall that keeps somebody from taking a seat until a day, that day not included."""

    mandate: Mandate
    until: date
    act: UUID


def barred(commune: UUID, day: date) -> list[Barred]:
    """Whom a recall bars on that day, the longest last: one statement."""
    rows = Ending.objects.filter(commune=commune, barred_until__gt=day).order_by("barred_until", "born")
    return [
        Barred(row.mandate, row.barred_until, row.act)
        for row in rows.select_related("mandate__seat", "mandate__person")
    ]


@dataclass(frozen=True)
class RecallStanding:
    """A recall as it stands on a day."""

    petition: Petition
    recall: Recall  # the statute's rule on the day of the petition
    statute: Statute  # of that day, as the books knew it when the recall was asked for
    holding: Holding  # the mandate, on the day asked
    sheets: tuple[SignatureSheet, ...]
    withdrawal: Withdrawal | None
    report: Report | None
    decision: Decision | None
    settlement: Settlement | None  # by the vote on another request
    lapses_on: date | None  # last day for signatures; None where none are needed, or the statute sets no end
    reached_on: date | None
    due_on: date | None  # of the report
    stage: Stage

    @property
    def signed(self) -> int:
        return self.sheets[-1].total if self.sheets else 0

    @property
    def ground_words(self) -> str:
        names = self.recall.grounds.get(self.petition.ground)
        return mandates.named(names) if names else self.petition.ground


def recall(petition: UUID, day: date) -> RecallStanding:
    """As it stood at the end of that day by its signatures, its report and the mandate; a vote or a withdrawal closes
    it on every day. Raises Petition.DoesNotExist."""
    found = _recalls(Petition.objects.filter(pk=petition), day)
    if not found:
        raise Petition.DoesNotExist
    return found[0]


def open_recalls(commune: UUID, day: date) -> list[RecallStanding]:
    """All that are under way, the newest first: however many were asked for since and closed, none is out of sight."""
    closed = Q(withdrawal__isnull=False) | Q(decision__isnull=False) | Q(settlement__isnull=False)
    found = _recalls(Petition.objects.filter(commune=commune).exclude(closed).order_by("-born"), day)
    return [one for one in found if one.stage.is_open]


def closed_recalls(commune: UUID, day: date, limit: int = 50) -> list[RecallStanding]:
    """Of the newest so many that were asked for, those that are not under way any more."""
    newest = _recalls(Petition.objects.filter(commune=commune).order_by("-born")[:limit], day)
    return [one for one in newest if not one.stage.is_open]


def recalls_of(mandate: UUID, day: date) -> list[RecallStanding]:
    """Every request about one mandate, the oldest first."""
    return _recalls(Petition.objects.filter(mandate=mandate).order_by("born"), day)


def is_asked_about(given: Iterable[UUID]) -> bool:
    """Whether a recall of one of these mandates was asked for and not taken back."""
    return bool(Petition.objects.filter(mandate__in=list(given), withdrawal__isnull=True).exists())


def signers(petition: UUID) -> set[UUID]:
    """Who signed, for whoever types the sheets; never shown."""
    return set(Signature.objects.filter(petition=petition).values_list("person_id", flat=True))


def _recalls(found: QuerySet[Petition], day: date) -> list[RecallStanding]:
    rows = list(
        found.select_related("withdrawal", "report", "decision", "settlement__decision__session", "decision__session")
    )
    if not rows:
        return []
    sheets: dict[UUID, list[SignatureSheet]] = {row.id: [] for row in rows}
    for sheet in SignatureSheet.objects.filter(petition__in=rows).order_by("born"):
        sheets[sheet.petition_id].append(sheet)
    in_force = statutes.texts(rows[0].commune)
    held = mandates.holdings([row.mandate_id for row in rows], day)
    asked = [(row, held[row.mandate_id], in_force.on(row.day, row.born)) for row in rows]
    return [
        _recall(row, statute, rule, one, sheets[row.id], day)
        for row, one, statute in asked
        if (rule := statute.recall_of(one.kind)) is not None  # none stands in an altered row only
    ]


def _recall(
    row: Petition, statute: Statute, rule: Recall, held: Holding, sheets: list[SignatureSheet], day: date
) -> RecallStanding:
    withdrawal, report = getattr(row, "withdrawal", None), getattr(row, "report", None)
    decision, settlement = getattr(row, "decision", None), getattr(row, "settlement", None)
    reached = [row.day] if row.needed == 0 else [sheet.day for sheet in sheets if sheet.reached]
    reached_on = next((one for one in reached if one <= day), None)
    last = lapses_on(row.day, rule.lapse.days) if rule.lapse and row.needed else None
    due_on = report_due(reached_on, rule.report_days) if reached_on else None
    facts = RecallFacts(
        reached_on=reached_on,
        due_on=due_on,
        lapses_on=last,
        reported=report is not None and report.day <= day,
        recalled=decision.passed if decision else None,
        withdrawn=withdrawal is not None,
        settled=settlement is not None,
        in_office=held.status.in_office,
    )
    return RecallStanding(
        petition=row,
        recall=rule,
        statute=statute,
        holding=held,
        sheets=tuple(sheets),
        withdrawal=withdrawal,
        report=report,
        decision=decision,
        settlement=settlement,
        lapses_on=last,
        reached_on=reached_on,
        due_on=due_on,
        stage=stage(facts, day),
    )
