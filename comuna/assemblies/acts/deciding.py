"""Motions, counted hands, resolutions and what becomes of them."""

from __future__ import annotations

from collections.abc import Collection
from typing import Annotated, Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from comuna.acts.act import Act, ActFacts, Cite, GroundRole, Performed, Power, World
from comuna.acts.fields import Count, Day, Flag, Id, Label, PublicText, Slug, StatuteLine, To
from comuna.acts.refusal import Refused, refuse_if
from comuna.assemblies import queries
from comuna.assemblies.acts.convening import open_session
from comuna.assemblies.models import AgendaItem, FollowUp, Motion, Resolution, Session, Tally
from comuna.statutes import queries as statutes, rules as counting
from comuna.territory.models import Person


def quorate_session(world: World, id: UUID, field: str) -> queries.Standing:
    """The open session, which must have reached its quorum."""
    stands = open_session(world, id, field)
    if stands.quorate is None:
        last = stands.calls[-1] if stands.calls else None
        share = stands.organ.calls[0].quorum if last is None else None
        words = (
            _("No call has reached the quorum yet.")
            if last is None
            else _("The quorum was not reached: {present} present, {needed} needed.").format(
                present=last.present, needed=last.needed
            )
        )
        citation = last.citation if last is not None else (share.rule.source if share else None)
        raise Refused("assemblies.no-quorum", words, citation=citation, field=field)
    return stands


SECOND_COUNTER = Label(_("and by"), help=_("Somebody else who is there; empty only where one person sits alone"))


def judge_counters(stands: queries.Standing, one: UUID, two: UUID | None, about: Collection[UUID] = ()) -> None:
    """Two different people who are present count, and nobody ``about`` whom the vote is. Raises Refused."""
    here = stands.here
    for name, person in (("counter_one", one), ("counter_two", two)):
        refuse_if(
            person is not None and person not in here,
            "assemblies.counter-absent",
            _("Who counts is present."),
            field=name,
        )
        refuse_if(
            person in about, "assemblies.counts-own-vote", _("Nobody counts a vote about themselves."), field=name
        )
    refuse_if(
        len(here) > 1 and two in (None, one),
        "assemblies.two-count",
        _("Two different people count the hands."),
        field="counter_two",
    )


class PutMotion(Act):
    """Put a motion to the session, under an item of its agenda. When it carries a task, say which seat answers
    for it and by when."""

    verb = "assemblies.put_motion"
    power = Power.SEAT
    label = _("Put a motion")
    said = _("{seat} put to the vote: {text}")
    undo = "assemblies.undo_motion"

    session: Annotated[Id, To(Session), Label(_("Session"))]
    item: Annotated[Count, Label(_("Item of the agenda"))]
    text: Annotated[PublicText, Label(_("The motion"), help=_("As it is read out before the vote"))]
    responsible: Annotated[Slug | None, Label(_("Which seat answers for it"))] = None
    due_on: Annotated[Day | None, Label(_("By when"))] = None

    class Facts(ActFacts):
        item_row: Id
        number: Count

    def in_organ(self) -> str | None:
        return queries.organ_of(self.session)

    def check(self, world: World) -> Facts:
        stands = quorate_session(world, self.session, "session")
        item = AgendaItem.objects.filter(session=stands.session, number=self.item).first()
        if item is None:
            raise Refused("assemblies.no-such-item", _("The agenda has no such item."), field="item")
        if self.responsible is not None:
            known = {kind.id for kind in statutes.in_force(world.commune, world.day).seats}
            refuse_if(
                self.responsible not in known,
                "assemblies.no-such-seat",
                _("The statute has no such seat."),
                field="responsible",
            )
        refuse_if(
            self.due_on is not None and self.due_on < stands.day,
            "assemblies.due-before",
            _("The day is before the session."),
            field="due_on",
        )
        held = Motion.objects.filter(session=stands.session).count()
        return self.Facts(item_row=item.id, number=held + 1)

    def cites(self, facts: Any) -> tuple[Cite, ...]:
        return (Cite(self.session, GroundRole.PART_OF),)

    def apply(self, record: Performed) -> None:
        record.create(
            Motion,
            session_id=self.session,
            item_id=record.facts.item_row,
            number=record.facts.number,
            text=self.text,
            responsible=self.responsible or "",
            due_on=self.due_on,
        )


class UndoMotion(Act):
    """The last motion was put by mistake: take it back before it is voted on."""

    verb = "assemblies.undo_motion"
    power = Power.SEAT
    label = _("Take the motion back")
    said = _("{seat} took a motion back")
    undo = None  # put it again

    motion: Annotated[Id, To(Motion), Label(_("Motion"))]

    def in_organ(self) -> str | None:
        return _organ_of_motion(self.motion)

    def check(self, world: World) -> ActFacts:
        motion = world.get(Motion, self.motion, field="motion")
        open_session(world, motion.session_id, "motion")
        refuse_if(
            Tally.objects.filter(motion=motion).exists(),
            "assemblies.voted",
            _("This motion was voted on; take the count back first."),
            field="motion",
        )
        later = Motion.objects.filter(session_id=motion.session_id, number__gt=motion.number).exists()
        refuse_if(later, "assemblies.last-motion", _("Only the last motion can be taken back."), field="motion")
        return self.Facts()

    def cites(self, facts: Any) -> tuple[Cite, ...]:
        return (Cite(self.motion, GroundRole.CORRECTS),)

    def apply(self, record: Performed) -> None:
        record.remove(Motion, self.motion)


def _organ_of_motion(motion: UUID) -> str | None:
    session = Motion.objects.filter(pk=motion).values_list("session_id", flat=True).first()
    return queries.organ_of(session) if session else None


class RecordCount(Act):
    """Record the hands counted on a motion. Two people count; a tie does not pass."""

    verb = "assemblies.record_count"
    power = Power.SEAT
    label = _("Record the vote")
    said = _("{seat} recorded the votes: for {votes_for}, against {against}, abstaining {abstain}, present {present}")
    undo = "assemblies.undo_count"

    motion: Annotated[Id, To(Motion), Label(_("Motion"))]
    votes_for: Annotated[Count, Label(_("Votes in favour"))]
    against: Annotated[Count, Label(_("Against"))]
    abstain: Annotated[Count, Label(_("Abstentions"))]
    counter_one: Annotated[Id, To(Person), Label(_("Counted by"))]
    counter_two: Annotated[Id | None, To(Person), SECOND_COUNTER] = None

    class Facts(ActFacts):
        present: Count
        needed: Count | None
        passed: Flag
        rule: Slug
        citation: StatuteLine
        organ: Slug
        year: Count
        resolution_number: Count
        responsible: Slug | None = None
        due_on: Day | None = None

    def in_organ(self) -> str | None:
        return _organ_of_motion(self.motion)

    def check(self, world: World) -> Facts:
        motion = world.get(Motion, self.motion, field="motion")
        stands = quorate_session(world, motion.session_id, "motion")
        refuse_if(
            Tally.objects.filter(motion=motion).exists(),
            "assemblies.voted",
            _("This motion was already voted on."),
            field="motion",
        )
        cast = self.votes_for + self.against + self.abstain
        refuse_if(
            cast > stands.present,
            "assemblies.more-than-present",
            _("More hands were counted ({cast}) than people are present ({present}).").format(
                cast=cast, present=stands.present
            ),
            field="votes_for",
        )
        judge_counters(stands, self.counter_one, self.counter_two)
        majority = stands.organ.decision
        if majority is None:
            raise Refused("assemblies.decides-nothing", _("The statute gives this organ no way of deciding."))
        counts = queries.counts_of(stands, stands.present)
        year = stands.day.year
        return self.Facts(
            present=stands.present,
            needed=counting.votes_needed(majority, counts),
            passed=counting.passes(majority, self.votes_for, self.against, self.abstain, counts),
            rule=majority.rule.id,
            citation=majority.rule.source,
            organ=stands.organ.id,
            year=year,
            resolution_number=queries.next_resolution_number(world.commune, stands.organ.id, year),
            responsible=motion.responsible or None,
            due_on=motion.due_on,
        )

    def cites(self, facts: Any) -> tuple[Cite, ...]:
        return (Cite(self.motion, GroundRole.ANSWERS),)

    def apply(self, record: Performed) -> None:
        facts = record.facts
        record.create(
            Tally,
            motion_id=self.motion,
            votes_for=self.votes_for,
            against=self.against,
            abstain=self.abstain,
            present=facts.present,
            needed=facts.needed,
            passed=facts.passed,
            rule=facts.rule,
            citation=facts.citation,
            counter_one=self.counter_one,
            counter_two=self.counter_two,
        )
        if facts.passed:
            record.create(
                Resolution,
                id=record.key("resolution"),
                motion_id=self.motion,
                organ=facts.organ,
                year=facts.year,
                number=facts.resolution_number,
                responsible=facts.responsible or "",
                due_on=facts.due_on,
            )


class UndoCount(Act):
    """The hands were typed wrongly: take the count back while the session lasts."""

    verb = "assemblies.undo_count"
    power = Power.SEAT
    label = _("Take the count back")
    said = _("{seat} took a count back")
    undo = None  # record the count again

    tally: Annotated[Id, To(Tally), Label(_("Count"))]

    def in_organ(self) -> str | None:
        motion = Tally.objects.filter(pk=self.tally).values_list("motion_id", flat=True).first()
        return _organ_of_motion(motion) if motion else None

    class Facts(ActFacts):
        resolution: Id | None = None

    def check(self, world: World) -> Facts:
        tally = world.get(Tally, self.tally, field="tally")
        motion = Motion.objects.get(pk=tally.motion_id)
        open_session(world, motion.session_id, "tally")
        resolution = Resolution.objects.filter(motion=motion).first()
        if resolution is not None:
            refuse_if(
                FollowUp.objects.filter(resolution=resolution).exists(),
                "assemblies.followed-up",
                _("Somebody already answered for this decision."),
                field="tally",
            )
            later = Resolution.objects.filter(
                commune=world.commune, organ=resolution.organ, year=resolution.year, number__gt=resolution.number
            )
            refuse_if(
                later.exists(),
                "assemblies.later-resolution",
                _("A later decision is already numbered after this one; take that count back first."),
                field="tally",
            )
        return self.Facts(resolution=resolution.id if resolution else None)

    def cites(self, facts: Any) -> tuple[Cite, ...]:
        return (Cite(self.tally, GroundRole.CORRECTS),)

    def apply(self, record: Performed) -> None:
        if record.facts.resolution is not None:
            record.remove(Resolution, record.facts.resolution)
        record.remove(Tally, self.tally)


class FollowUpResolution(Act):
    """Say what became of a decision: done, or why not yet."""

    verb = "assemblies.follow_up"
    power = Power.SEAT
    label = _("Say what became of it")
    said = _("{seat} said of decision {number}/{year}: {words}")
    undo = None  # a later word answers an earlier one

    resolution: Annotated[Id, To(Resolution), Label(_("Decision"))]
    done: Annotated[Flag, Label(_("It is done"))]
    words: Annotated[PublicText, Label(_("What was done, or why not yet"))]

    class Facts(ActFacts):
        number: Count
        year: Count
        decided_by: Id

    def in_organ(self) -> str | None:
        found: str | None = Resolution.objects.filter(pk=self.resolution).values_list("organ", flat=True).first()
        return found

    def given_to(self) -> tuple[str, ...]:
        """Who answers for the decision: the assembly itself said so."""
        found = Resolution.objects.filter(pk=self.resolution).values_list("responsible", flat=True).first()
        return (found,) if found else ()

    def check(self, world: World) -> Facts:
        resolution = world.get(Resolution, self.resolution, field="resolution")
        tally = Tally.objects.get(motion_id=resolution.motion_id)
        return self.Facts(number=resolution.number, year=resolution.year, decided_by=tally.id)

    def cites(self, facts: Any) -> tuple[Cite, ...]:
        return (Cite(facts.decided_by, GroundRole.ANSWERS),)

    def apply(self, record: Performed) -> None:
        record.create(FollowUp, resolution_id=self.resolution, done=self.done, words=self.words, on=record.day)
