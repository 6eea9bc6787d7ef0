"""The desk's report, and the session that decides a recall.

The session decides, and whoever writes its vote down only records it. So everything is judged on the session's
day: whether the request was ready, whether the mandate still ran, from when on the mandate is over and the bar
counts. A session written down afterwards from paper cannot rest on a report that came after it, and somebody who
resigned in between is recalled all the same. What the person did between the session and the record stands: the
books gave her the power then, and the next request after the record no longer does.

The vote is about the mandate, not about one request. A vote that recalls settles every other open request; a vote
that keeps somebody in office settles those that were ready to be voted on that day. Those that still wait for
signatures or for the desk were not before the session, and go on.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated, Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from comuna.acts.act import Act, ActFacts, Cite, GroundRole, Performed, Power, World
from comuna.acts.fields import Count, Day, Flag, Id, Label, PublicText, StatuteLine, To
from comuna.acts.reading import read_one
from comuna.acts.refusal import Refused, Words, refuse_if
from comuna.assemblies import queries as assemblies
from comuna.assemblies.acts.deciding import quorate_session, refuse_quorum_lost
from comuna.assemblies.acts.voting import SECOND_COUNTER, judge_counters
from comuna.assemblies.models import Session
from comuna.elections import queries, rules
from comuna.elections.acts.asking import open_recall, refuse_over
from comuna.elections.acts.own import refuse_own_recall
from comuna.elections.models import Decision, Petition, Report, Settlement
from comuna.mandates import effects, queries as mandates, undoing
from comuna.mandates.models import Ending, Succession
from comuna.mandates.own import own_seat
from comuna.mandates.rules import EndingKind
from comuna.mandates.seating import Ended, Leaving, leave
from comuna.statutes.rules import bar_ends, needed, passes, votes_needed
from comuna.territory.models import Person


class ReportRecall(Act):
    """The desk reports on a recall: what it found, and what the person says in her defence. Late is shown as late."""

    verb = "elections.report_recall"
    power = Power.SEAT
    label = _("Report on the recall")
    said = _("{desk_words} reported on a recall ({seat_words}); the report was due on {due_on}")
    undo = None  # the person was heard and everybody read it; a correction is said in the assembly
    deadline = True

    petition: Annotated[Id, To(Petition), Label(_("Recall"))]
    words: Annotated[PublicText, Label(_("What was found"))]
    defence: Annotated[
        PublicText, Label(_("Defence"), help=_("What the person says, or that she was asked and said nothing"))
    ]

    class Facts(ActFacts):
        seat_words: StatuteLine
        desk_words: StatuteLine
        elected_by: Id
        due_on: Day
        days_late: Count

    def in_council(self) -> str | None:
        return queries.council_of_petition(self.petition)

    def check(self, world: World) -> Facts:
        stands = open_recall(world, self.petition)
        if stands.due_on is None:
            raise Refused(
                "elections.signatures-missing",
                _("Signatures: {signed} of {needed}; the desk reports when they are complete.").format(
                    signed=stands.signed, needed=stands.petition.needed
                ),
                citation=stands.recall.petition.rule.source,
                field="petition",
            )
        refuse_if(stands.report is not None, "elections.reported", _("The desk has already reported on it."))
        refuse_own_recall(world, stands)
        desk = stands.petition.desk
        own = own_seat(world, self.verb, (desk,))
        if own is None:
            words = _("Another seat reports on this recall: {seat}.")
            raise Refused(
                "elections.other-desk",
                words.format(seat=mandates.seat_words(stands.statute, desk)),
                citation=stands.recall.rule.source,
            )
        return self.Facts(
            seat_words=_seat_words(stands),
            desk_words=mandates.seat_in_books(stands.statute, own.kind, own.number),
            elected_by=stands.holding.act,
            due_on=stands.due_on,
            days_late=rules.days_late(world.day, stands.due_on),
        )

    def cites(self, facts: Any) -> tuple[Cite, ...]:
        return (Cite(self.petition, GroundRole.ANSWERS), Cite(facts.elected_by, GroundRole.PART_OF))

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
    """Record the vote on a recall. When it passes, the mandate is over from the day of the session on, and the
    alternate steps in."""

    verb = "elections.decide_recall"
    power = Power.SEAT
    label = _("Record the vote on the recall")
    said = _(
        "{seat} recorded the vote on a recall ({seat_words}): {votes_for} for, {against} against, {present} present"
    )
    undo = "elections.undo_decision"
    deadline = True

    petition: Annotated[Id, To(Petition), Label(_("Recall"))]
    session: Annotated[Id, To(Session), Label(_("Session"))]
    votes_for: Annotated[Count, Label(_("For the recall"))]
    against: Annotated[Count, Label(_("Against"))]
    abstain: Annotated[Count, Label(_("Abstentions"))]
    counter_one: Annotated[Id, To(Person), Label(_("Counted by"))]
    counter_two: Annotated[Id | None, To(Person), SECOND_COUNTER] = None

    class Facts(ActFacts):
        seat_words: StatuteLine
        present: Count
        whole: Count | None
        quorum: Count
        needed: Count | None
        passed: Flag
        barred_until: Day | None
        leaving: Leaving | None
        elected_by: Id
        report: Id | None
        settles: tuple[Id, ...] = ()  # other requests about the mandate

    def in_organ(self) -> str | None:
        return assemblies.organ_of(self.session)

    def check(self, world: World) -> Facts:
        petition = world.get(Petition, self.petition, field="petition")
        session = quorate_session(world, self.session, "session")
        refuse_quorum_lost(session, "session")
        stands = queries.recall(petition.id, session.day)
        _refuse_early(world, stands, session.day)
        recall = stands.recall
        refuse_if(
            session.organ.id != recall.decided_by,
            "elections.other-organ",
            _("Another organ decides on this recall: {organ}.").format(
                organ=mandates.named(stands.statute.organ(recall.decided_by).name)
            ),
            citation=recall.rule.source,
            field="session",
        )
        counts = assemblies.counts_of(session, session.present)
        quorum = needed(recall.quorum, counts)
        refuse_if(
            session.present < quorum,
            "elections.recall-quorum",
            _("A recall needs {quorum}; present: {present}.").format(present=session.present, quorum=quorum),
            citation=recall.quorum.rule.source,
            field="session",
        )
        cast = self.votes_for + self.against + self.abstain
        refuse_if(
            cast > session.present,
            "assemblies.more-than-present",
            _("More hands were counted ({cast}) than people are present ({present}).").format(
                cast=cast, present=session.present
            ),
            field="votes_for",
        )
        judge_counters(session, self.counter_one, self.counter_two, [stands.holding.person])
        passed = passes(recall.majority, self.votes_for, self.against, self.abstain, counts)
        leaving = _leaving(world, stands, session.day) if passed else None
        return self.Facts(
            seat_words=_seat_words(stands),
            present=session.present,
            whole=counts.of(recall.quorum.base) if recall.quorum.part is not None else None,
            quorum=quorum,
            needed=votes_needed(recall.majority, counts),
            passed=passed,
            barred_until=leaving.barred_until if leaving else None,
            leaving=leaving,
            elected_by=stands.holding.act,
            report=stands.report.id if stands.report else None,
            settles=_settled(stands, session.day, passed=passed),
        )

    def cites(self, facts: Any) -> tuple[Cite, ...]:
        answered = [self.petition, *([facts.report] if facts.report else []), *facts.settles]
        return (
            Cite(self.session, GroundRole.DECIDED_BY),
            *(Cite(act, GroundRole.ANSWERS) for act in answered),
            Cite(facts.elected_by, GroundRole.PART_OF),
        )

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
            counter_one=self.counter_one,
            counter_two=self.counter_two,
            needed=facts.needed,
            passed=facts.passed,
            barred_until=facts.barred_until,
        )
        for other in facts.settles:
            record.create(Settlement, id=record.key("settlement", other), petition_id=other, decision_id=record.id)
        if facts.leaving is not None:
            effects.end(record, facts.leaving)


def _refuse_early(world: World, stands: queries.RecallStanding, day: date) -> None:
    """Refuse a vote on what is over, or was not before the session on its day."""
    refuse_over(stands)
    refuse_own_recall(world, stands)
    refuse_if(
        not stands.stage.can_be_decided,
        "elections.not-before-report",
        _("The assembly decides after the desk's report, or when its days are over. On {day} neither was so.").format(
            day=f"{day:%d/%m/%Y}"
        ),
        citation=stands.recall.rule.source,
        field="petition",
    )


def _leaving(world: World, stands: queries.RecallStanding, day: date) -> Leaving:
    """How the mandate ends on the day of the session."""
    held = stands.holding
    term = stands.statute.seat(held.kind).term
    expires_on = held.term.ends + timedelta(days=1) if held.term.ends else None
    barred = bar_ends(stands.recall, term, expires_on, day)
    return leave(world, held.mandate, EndingKind.RECALLED, day, barred_until=barred)


def _settled(stands: queries.RecallStanding, day: date, *, passed: bool) -> tuple[UUID, ...]:
    """The other requests about the mandate that this vote settles, the oldest first."""
    petition = stands.petition
    others = queries.recalls_of(petition.mandate_id, day)
    return tuple(
        one.petition.id
        for one in others
        if one.petition.id != petition.id and (one.stage.is_open if passed else one.stage.can_be_decided)
    )


def _seat_words(stands: queries.RecallStanding) -> str:
    return mandates.seat_in_books(stands.statute, stands.holding.kind, stands.holding.number)


class UndoDecision(Act):
    """The vote on a recall was typed wrongly: take it back while the session lasts. Whoever stepped in steps back."""

    verb = "elections.undo_decision"
    power = Power.SEAT
    label = _("Take the vote on the recall back")
    said = _("{seat} took the vote on a recall back: {seat_words}")
    undo = None  # record the vote again

    decision: Annotated[Id, To(Decision), Label(_("Vote"))]

    class Facts(ActFacts):
        seat_words: StatuteLine
        ending: Id | None = None
        earlier: Ended | None = None  # how the mandate had ended before the vote, where it had

    def in_organ(self) -> str | None:
        session = Decision.objects.filter(pk=self.decision).values_list("session_id", flat=True).first()
        return assemblies.organ_of(session) if session else None

    def check(self, world: World) -> Facts:
        row = world.get(Decision, self.decision, field="decision")
        quorate_session(world, row.session_id, "decision")
        stands = queries.recall(row.petition_id, world.day)
        refuse_own_recall(world, stands)
        ending = Ending.objects.filter(act=row.id, mandate=row.petition.mandate_id).first()
        refuse_if(
            row.passed and ending is None,
            "elections.moved-on",
            _("Something has happened to this seat since; it stands."),
            field="decision",
        )
        earlier: Ended | None = None
        if ending is not None:
            why = undoing.why_the_end_stands(world, ending, row.born) or _asked_since(row)
            refuse_if(why, "elections.moved-on", why or "", field="decision")
            earlier = read_one(row.id).facts.leaving.earlier
        return self.Facts(seat_words=_seat_words(stands), ending=ending.id if ending else None, earlier=earlier)

    def cites(self, facts: Any) -> tuple[Cite, ...]:
        return (Cite(self.decision, GroundRole.CORRECTS),)

    def apply(self, record: Performed) -> None:
        facts = record.facts
        if facts.ending is not None:
            effects.undo_end(record, Ending.objects.get(pk=facts.ending), facts.earlier)
        record.remove_all(Settlement, decision_id=self.decision)
        record.remove(Decision, self.decision)


def _asked_since(row: Decision) -> Words | None:
    """Why the vote stands where whoever stepped in is to be recalled herself."""
    after = Succession.objects.filter(after=row.petition.mandate_id).values_list("mandate_id", flat=True).first()
    if after is not None and queries.is_asked_about([after]):
        return _("A recall of whoever stepped in was asked for since.")
    return None
