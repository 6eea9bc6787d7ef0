"""Motions, and what becomes of what was decided."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from comuna.acts.act import Act, ActFacts, Cite, GroundRole, Performed, Power, World
from comuna.acts.fields import Count, Day, Flag, Id, Label, PublicText, Slug, To
from comuna.acts.refusal import Refused, refuse_if
from comuna.assemblies import queries
from comuna.assemblies.acts.agenda import refuse_struck
from comuna.assemblies.acts.convening import open_session
from comuna.assemblies.models import (
    AgendaItem,
    Differing,
    FollowUp,
    Motion,
    Pending,
    Ratified,
    Resolution,
    Session,
    Tally,
    Withdrawal,
)
from comuna.journal.compiled import Compiled
from comuna.statutes import queries as statutes


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


def refuse_quorum_lost(stands: queries.Standing, field: str) -> None:
    """Where the statute asks for the quorum at each vote, it is still there. Raises Refused."""
    quorate = stands.quorate
    refuse_if(
        stands.organ.quorum_at_votes and quorate is not None and stands.present < quorate.needed,
        "assemblies.quorum-lost",
        _("The statute asks for the quorum at each vote. Present: {present}; needed: {needed}.").format(
            present=stands.present, needed=quorate.needed if quorate else 0
        ),
        citation=quorate.citation if quorate else None,
        field=field,
    )


RATIFIES = Label(_("Ratifies"), help=_("Decided by seats whose terms were over; if this does not pass, it is rejected"))
APPROVES = Label(
    _("Approves what was put before the session"),
    help=_("Accounts under this item, as they were shown: only a motion that says so approves them"),
)
AMENDS = Label(_("Amends"), help=_("Then write the whole motion as it would read"))


_ITEM = Compiled[AgendaItem](
    lambda session, number: AgendaItem.objects.filter(session_id=session, number=number), UUID, int
)
_MOTIONS = Compiled[UUID](lambda session: Motion.objects.filter(session_id=session).values_list("pk", flat=True), UUID)


class PutMotion(Act):
    """Put a motion to the session, under an item of its agenda. When it carries a task, say which seat answers
    for it and by when. An amendment is a motion too: it says how another one would read, and is voted on before it."""

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
    amends: Annotated[Id | None, To(Motion), AMENDS] = None
    ratifies: Annotated[Id | None, To(Resolution), RATIFIES] = None
    approves: Annotated[Flag, APPROVES] = False

    class Facts(ActFacts):
        item_row: Id
        number: Count
        ratified: Id | None = None  # the count by which it was decided

    def in_organ(self) -> str | None:
        return queries.organ_of(self.session)

    def check(self, world: World) -> Facts:
        stands = quorate_session(world, self.session, "session")
        item = _ITEM.first(stands.session.id, self.item)
        if item is None:
            raise Refused("assemblies.no-such-item", _("The agenda has no such item."), field="item")
        refuse_struck(item)
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
        if self.amends is not None:
            _refuse_no_amendment(world.get(Motion, self.amends, field="amends"), item)
        if self.ratifies is not None:
            self._judge_ratifying(world.get(Resolution, self.ratifies, field="ratifies"), stands)
        held = len(_MOTIONS.rows(stands.session.id))
        ratified = Tally.objects.filter(motion__resolution=self.ratifies).first() if self.ratifies else None
        return self.Facts(item_row=item.id, number=held + 1, ratified=ratified.id if ratified else None)

    def _judge_ratifying(self, decided: Resolution, stands: queries.Standing) -> None:
        """What is ratified waits for this very organ, once. Raises Refused."""
        refuse_if(
            decided.ratified_by != stands.organ.id,
            "assemblies.ratified-elsewhere",
            _("This decision does not wait to be ratified by this organ."),
            field="ratifies",
        )
        refuse_if(
            queries.standing(decided.motion.session_id).day > stands.day,
            "assemblies.ratified-before",
            _("This decision was taken after the day of the session: a later one ratifies it."),
            field="ratifies",
        )
        again = queries.open_motions(stands.session.id).filter(ratifies=decided).exists()
        refuse_if(
            again or Ratified.objects.filter(resolution=decided).exists(),
            "assemblies.ratified-once",
            _("This decision was already put to be ratified."),
            field="ratifies",
        )
        refuse_if(
            self.amends is not None,
            "assemblies.ratifies-whole",
            _("A decision is ratified or rejected as it is: no amendment ratifies it."),
            field="ratifies",
        )

    def cites(self, facts: Any) -> tuple[Cite, ...]:
        part = Cite(self.session, GroundRole.PART_OF)
        return (part, Cite(facts.ratified, GroundRole.ANSWERS)) if facts.ratified else (part,)

    def apply(self, record: Performed) -> None:
        record.create(
            Motion,
            session_id=self.session,
            item_id=record.facts.item_row,
            number=record.facts.number,
            text=self.text,
            responsible=self.responsible or "",
            due_on=self.due_on,
            amends_id=self.amends,
            ratifies_id=self.ratifies,
            approves=self.approves,
            turn=record.facts.number,
        )


def _refuse_no_amendment(amended: Motion, item: AgendaItem) -> None:
    """What an amendment amends is a motion of the same item that is still to be voted on. Raises Refused."""
    refuse_if(
        amended.ratifies_id is not None,
        "assemblies.ratifies-whole",
        _("A decision is ratified or rejected as it is: no amendment ratifies it."),
        field="amends",
    )
    refuse_if(
        amended.item_id != item.id,
        "assemblies.amends-elsewhere",
        _("An amendment belongs to the same item of the agenda as the motion."),
        field="amends",
    )
    refuse_if(
        amended.amends_id is not None,
        "assemblies.amends-amendment",
        _("An amendment is not amended: put another one to the motion itself."),
        field="amends",
    )
    refuse_if(
        not queries.open_motions(amended.session_id).filter(pk=amended.id).exists(),
        "assemblies.voted",
        _("This motion was already voted on."),
        field="amends",
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
        return organ_of_motion(self.motion)

    def check(self, world: World) -> ActFacts:
        motion = world.get(Motion, self.motion, field="motion")
        open_session(world, motion.session_id, "motion")
        refuse_if(
            Tally.objects.filter(motion=motion).exists(),
            "assemblies.voted",
            _("This motion was voted on; take the count back first."),
            field="motion",
        )
        refuse_if(
            Differing.objects.filter(motion=motion).exists(),
            "assemblies.counted-once",
            _("Hands were counted on this motion already: it stays."),
            field="motion",
        )
        refuse_if(
            Withdrawal.objects.filter(motion=motion).exists(),
            "assemblies.withdrawn",
            _("This motion was withdrawn."),
            field="motion",
        )
        later = Motion.objects.filter(session_id=motion.session_id, number__gt=motion.number).exists()
        refuse_if(later, "assemblies.last-motion", _("Only the last motion can be taken back."), field="motion")
        return self.Facts()

    def cites(self, facts: Any) -> tuple[Cite, ...]:
        return (Cite(self.motion, GroundRole.CORRECTS),)

    def apply(self, record: Performed) -> None:
        record.remove(Motion, self.motion)


def organ_of_motion(motion: UUID) -> str | None:
    session = queries.session_of_motion(motion)
    return queries.organ_of(session) if session else None


_ORGAN = Compiled[str](lambda key: Resolution.objects.filter(pk=key).values_list("organ", flat=True), UUID)
_RESPONSIBLE = Compiled[str](lambda key: Resolution.objects.filter(pk=key).values_list("responsible", flat=True), UUID)


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
        return _ORGAN.first(self.resolution)

    def given_to(self) -> tuple[str, ...]:
        """Who answers for the decision: the assembly itself said so."""
        found = _RESPONSIBLE.first(self.resolution)
        return (found,) if found else ()

    def check(self, world: World) -> Facts:
        resolution = world.get(Resolution, self.resolution, field="resolution")
        tally = queries.tally_of(resolution.motion_id)
        return self.Facts(number=resolution.number, year=resolution.year, decided_by=tally.id)

    def cites(self, facts: Any) -> tuple[Cite, ...]:
        return (Cite(facts.decided_by, GroundRole.ANSWERS),)

    def apply(self, record: Performed) -> None:
        record.create(FollowUp, resolution_id=self.resolution, done=self.done, words=self.words, on=record.day)
        record.remove_all(Pending, resolution_id=self.resolution)
        if not self.done:
            record.create(Pending, resolution_id=self.resolution)
