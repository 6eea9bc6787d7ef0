"""The desk's report, and the session that decides a recall."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, Any

from django.utils.translation import gettext_lazy as _

from comuna.acts.act import Act, ActFacts, Cite, GroundRole, Performed, Power, World
from comuna.acts.fields import Count, Day, Flag, Id, Label, PublicLine, PublicText, To
from comuna.acts.refusal import Refused, refuse_if
from comuna.assemblies import queries as assemblies
from comuna.assemblies.acts.deciding import quorate_session
from comuna.assemblies.models import Session
from comuna.elections import queries, rules
from comuna.elections.acts.asking import open_recall
from comuna.elections.models import Decision, Petition, Report
from comuna.mandates import effects, queries as mandates
from comuna.mandates.models import Ending, Succession
from comuna.mandates.rules import EndingKind
from comuna.mandates.seating import Leaving, leave
from comuna.statutes.rules import bar_ends, needed, passes, votes_needed


class ReportRecall(Act):
    """The desk reports on a recall: what it found, and what the person says in her defence. Late is shown as late."""

    verb = "elections.report_recall"
    power = Power.SEAT
    label = _("Report on the recall")
    said = _("{seat} reported on a recall, {days_late} days late")
    undo = None  # the person was heard and everybody read it; a correction is said in the assembly

    petition: Annotated[Id, To(Petition), Label(_("Recall"))]
    words: Annotated[PublicText, Label(_("What was found"))]
    defence: Annotated[
        PublicText, Label(_("Defence"), help=_("What the person says, or that she was asked and said nothing"))
    ]

    class Facts(ActFacts):
        due_on: Day
        days_late: Count

    def check(self, world: World) -> Facts:
        stands = open_recall(world, self.petition)
        if stands.due_on is None:
            raise Refused(
                "elections.signatures-missing",
                _("{signed} of {needed} signatures are there; the desk reports when they are complete.").format(
                    signed=stands.signed, needed=stands.petition.needed
                ),
                citation=stands.recall.petition.rule.source,
                field="petition",
            )
        refuse_if(stands.report is not None, "elections.reported", _("The desk has already reported on it."))
        own = mandates.holding(world.by.mandate, world.day) if world.by.mandate else None
        desk = stands.petition.desk
        refuse_if(
            own is None or own.kind != desk,
            "elections.other-desk",
            _("Another seat reports on this recall: {seat}.").format(seat=mandates.seat_words(stands.statute, desk)),
            citation=stands.recall.rule.source,
        )
        return self.Facts(due_on=stands.due_on, days_late=rules.days_late(world.day, stands.due_on))

    def cites(self, facts: Any) -> tuple[Cite, ...]:
        return (Cite(self.petition, GroundRole.ANSWERS),)

    def apply(self, record: Performed) -> None:
        record.create(
            Report,
            petition_id=self.petition,
            words=self.words,
            defence=self.defence,
            day=record.day,
            due_on=record.facts.due_on,
            days_late=record.facts.days_late,
        )


class DecideRecall(Act):
    """Record the vote on a recall. When it passes the mandate ends at once, and the alternate steps in."""

    verb = "elections.decide_recall"
    power = Power.SEAT
    label = _("Record the vote on the recall")
    said = _("{seat} recorded the vote on the recall: {votes_for} for, {against} against, {present} present")
    undo = "elections.undo_decision"

    petition: Annotated[Id, To(Petition), Label(_("Recall"))]
    session: Annotated[Id, To(Session), Label(_("Session"))]
    votes_for: Annotated[Count, Label(_("For the recall"))]
    against: Annotated[Count, Label(_("Against"))]
    abstain: Annotated[Count, Label(_("Abstentions"))]

    class Facts(ActFacts):
        seat_words: PublicLine
        present: Count
        whole: Count | None
        quorum: Count
        needed: Count | None
        passed: Flag
        barred_until: Day | None
        leaving: Leaving | None
        rests_on: Id

    def in_organ(self) -> str | None:
        return assemblies.organ_of(self.session)

    def check(self, world: World) -> Facts:
        stands = open_recall(world, self.petition)
        refuse_if(
            not stands.stage.can_be_decided,
            "elections.not-before-report",
            _("The assembly decides after the desk's report, or when its days are over."),
            citation=stands.recall.rule.source,
            field="petition",
        )
        session = quorate_session(world, self.session, "session")
        recall = stands.recall
        refuse_if(
            session.organ.id != recall.decided_by,
            "elections.other-organ",
            _("Another organ decides on this recall: {organ}.").format(
                organ=mandates.named(session.statute.organ(recall.decided_by).name)
            ),
            citation=recall.rule.source,
            field="session",
        )
        counts = assemblies.counts_of(session, session.present)
        quorum = needed(recall.quorum, counts)
        refuse_if(
            session.present < quorum,
            "elections.recall-quorum",
            _("{present} people are present; a recall needs {quorum}.").format(present=session.present, quorum=quorum),
            citation=recall.quorum.rule.source,
            field="session",
        )
        cast = self.votes_for + self.against + self.abstain
        refuse_if(
            cast > session.present,
            "assemblies.more-than-present",
            _("{cast} hands were counted, but {present} people are present.").format(
                cast=cast, present=session.present
            ),
            field="votes_for",
        )
        passed = passes(recall.majority, self.votes_for, self.against, self.abstain, counts)
        leaving = self._leaving(world, stands) if passed else None
        return self.Facts(
            seat_words=mandates.seat_words(stands.statute, stands.holding.kind, stands.holding.number),
            present=session.present,
            whole=counts.roll if recall.quorum.part is not None else None,
            quorum=quorum,
            needed=votes_needed(recall.majority, counts),
            passed=passed,
            barred_until=leaving.barred_until if leaving else None,
            leaving=leaving,
            rests_on=stands.report.id if stands.report else self.petition,
        )

    def _leaving(self, world: World, stands: queries.RecallStanding) -> Leaving:
        held = stands.holding
        term = stands.statute.seat(held.kind).term
        expires_on = held.term.ends + timedelta(days=1) if held.term.ends else None
        barred = bar_ends(stands.recall, term, expires_on, world.day)
        return leave(world, held.mandate, EndingKind.RECALLED, world.day, barred_until=barred)

    def cites(self, facts: Any) -> tuple[Cite, ...]:
        return (Cite(self.session, GroundRole.DECIDED_BY), Cite(facts.rests_on, GroundRole.ANSWERS))

    def apply(self, record: Performed) -> None:
        facts = record.facts
        record.create(
            Decision,
            petition_id=self.petition,
            session_id=self.session,
            present=facts.present,
            whole=facts.whole,
            quorum=facts.quorum,
            votes_for=self.votes_for,
            against=self.against,
            abstain=self.abstain,
            needed=facts.needed,
            passed=facts.passed,
            barred_until=facts.barred_until,
        )
        if facts.leaving is not None:
            effects.end(record, facts.leaving)


class UndoDecision(Act):
    """The vote on a recall was typed wrongly: take it back while the session lasts. Whoever stepped in steps back."""

    verb = "elections.undo_decision"
    power = Power.SEAT
    label = _("Take the vote on the recall back")
    said = _("{seat} took the vote on a recall back")
    undo = None  # record the vote again

    decision: Annotated[Id, To(Decision), Label(_("Vote"))]

    class Facts(ActFacts):
        ending: Id | None = None

    def in_organ(self) -> str | None:
        session = Decision.objects.filter(pk=self.decision).values_list("session_id", flat=True).first()
        return assemblies.organ_of(session) if session else None

    def check(self, world: World) -> Facts:
        row = world.get(Decision, self.decision, field="decision")
        quorate_session(world, row.session_id, "decision")
        ending = Ending.objects.filter(act=row.id, mandate=row.petition.mandate_id).first()
        changed = ending is not None and (ending.touched != ending.born or _moved_on(row))
        refuse_if(
            changed, "elections.moved-on", _("Something has happened to this seat since; it stands."), field="decision"
        )
        return self.Facts(ending=ending.id if ending else None)

    def cites(self, facts: Any) -> tuple[Cite, ...]:
        return (Cite(self.decision, GroundRole.CORRECTS),)

    def apply(self, record: Performed) -> None:
        if record.facts.ending is not None:
            effects.undo_end(record, Ending.objects.get(pk=record.facts.ending))
        record.remove(Decision, self.decision)


def _moved_on(row: Decision) -> bool:
    """Whether whoever stepped in has acted by the seat."""
    after = Succession.objects.filter(after=row.petition.mandate_id).values_list("mandate_id", flat=True).first()
    return after is not None and queries.has_acted(row.commune, [after], row.born)
