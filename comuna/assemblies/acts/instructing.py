"""The imperative mandate: how a spokesperson is to vote, as those decided who sent them.

An organ decides by a motion of its own; this writes down for which item of another organ's agenda that is, and which
vote follows from it. Where the statute says so, the vote there is then taken by name, and everybody sees who voted
otherwise (LOC art. 26; the word ``imperative`` of a statute).
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any

from django.utils.translation import gettext_lazy as _

from comuna.acts.act import Act, ActFacts, Cite, GroundRole, Performed, Power, World
from comuna.acts.fields import Id, Label, Slug, StatuteLine, To
from comuna.acts.refusal import refuse_if
from comuna.assemblies import queries
from comuna.assemblies.acts.agenda import refuse_struck
from comuna.assemblies.acts.convening import open_session
from comuna.assemblies.acts.deciding import organ_of_motion
from comuna.assemblies.acts.resting import decided_by
from comuna.assemblies.models import AgendaItem, Instruction, Motion, Resolution
from comuna.statutes.statute import in_books


class InstructedVote(StrEnum):
    """How a spokesperson is to vote."""

    FOR = "for"
    AGAINST = "against"
    ABSTAIN = "abstain"
    FREE = "free"

    @classmethod
    def labels(cls) -> dict[str, Any]:
        return {
            cls.FOR: _("in favour"),
            cls.AGAINST: _("against"),
            cls.ABSTAIN: _("abstaining"),
            cls.FREE: _("as the spokesperson thinks best"),
        }


class Instruct(Act):
    """Write down how your spokesperson is to vote in another organ, as your own organ has decided."""

    verb = "assemblies.instruct"
    power = Power.SEAT
    label = _("Say how our spokesperson votes")
    said = _("{seat} wrote down how the spokesperson of “{organ_name}” votes: {vote}")
    undo = "assemblies.undo_instruction"

    motion: Annotated[Id, To(Motion), Label(_("What was decided"))]
    item: Annotated[Id, To(AgendaItem), Label(_("For which item"))]
    vote: Annotated[InstructedVote, Label(_("How the spokesperson votes"))]

    class Facts(ActFacts):
        organ: Slug
        organ_name: StatuteLine
        decided_by: Id
        session: Id

    def in_organ(self) -> str | None:
        return organ_of_motion(self.motion)

    def check(self, world: World) -> Facts:
        motion = world.get(Motion, self.motion, field="motion")
        tally = decided_by(Resolution.objects.filter(motion=motion).first(), "motion")
        sender = queries.standing(motion.session_id).organ
        item = world.get(AgendaItem, self.item, field="item")
        stands = open_session(world, item.session_id, "item")
        refuse_if(
            stands.organ.imperative is None,
            "assemblies.bound-by-nobody",
            _("The statute binds nobody in that organ: everybody votes as they think best."),
            field="item",
        )
        refuse_if(
            all(kind.chosen_by != sender.id for kind in stands.statute.seats_in(stands.organ.id)),
            "assemblies.sends-nobody",
            _("This organ sends nobody there."),
            field="item",
        )
        refuse_struck(item)
        _refuse_voted(item, "item")
        refuse_if(
            Instruction.objects.filter(item=item, organ=sender.id).exists(),
            "assemblies.instructed-once",
            _("It is already written down how this spokesperson votes; take that back first."),
            field="item",
        )
        return self.Facts(
            organ=sender.id, organ_name=in_books(sender.name), decided_by=tally.id, session=stands.session.id
        )

    def cites(self, facts: Any) -> tuple[Cite, ...]:
        return (Cite(facts.decided_by, GroundRole.DECIDED_BY), Cite(facts.session, GroundRole.PART_OF))

    def apply(self, record: Performed) -> None:
        record.create(
            Instruction,
            item_id=self.item,
            motion_id=self.motion,
            organ=record.facts.organ,
            vote="" if self.vote is InstructedVote.FREE else self.vote.value,
        )


def _refuse_voted(item: AgendaItem, field: str) -> None:
    """Who has seen how a vote came out neither instructs nor takes back, also where the count itself was a mistake."""
    refuse_if(
        queries.was_voted(item),
        "assemblies.voted",
        _("That item was already voted on; taking the count back changes no instruction."),
        field=field,
    )


class UndoInstruction(Act):
    """It was written down wrongly how a spokesperson votes: take it back before the vote."""

    verb = "assemblies.undo_instruction"
    power = Power.SEAT
    label = _("Take the instruction back")
    said = _("{seat} took back how a spokesperson votes")
    undo = None  # write it down again

    instruction: Annotated[Id, To(Instruction), Label(_("Instruction"))]

    def in_organ(self) -> str | None:
        found: str | None = Instruction.objects.filter(pk=self.instruction).values_list("organ", flat=True).first()
        return found

    def check(self, world: World) -> ActFacts:
        instruction = world.get(Instruction, self.instruction, field="instruction")
        item = AgendaItem.objects.get(pk=instruction.item_id)
        open_session(world, item.session_id, "instruction")
        _refuse_voted(item, "instruction")
        return self.Facts()

    def cites(self, facts: Any) -> tuple[Cite, ...]:
        return (Cite(self.instruction, GroundRole.CORRECTS),)

    def apply(self, record: Performed) -> None:
        record.remove(Instruction, self.instruction)
