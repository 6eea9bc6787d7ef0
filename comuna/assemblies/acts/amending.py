"""Amendments: in which order they are voted on, and motions that are withdrawn.

An amendment is a motion of its own that says how another one reads then. All amendments are voted on before the motion
that they amend; one that is carried changes the words on which that vote is taken.
"""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from comuna.acts.act import Act, ActFacts, Cite, GroundRole, Performed, Power, World
from comuna.acts.fields import Id, Label, Number, To
from comuna.acts.refusal import Refused, refuse_if
from comuna.assemblies import queries
from comuna.assemblies.acts.convening import open_session
from comuna.assemblies.acts.deciding import organ_of_motion
from comuna.assemblies.models import Motion, Withdrawal


def refuse_out_of_turn(motion: Motion) -> None:
    """Amendments are voted on first, in their order, each against the words that the motion has by then. Raises
    Refused."""
    refuse_if(
        queries.is_withdrawn(motion.id),
        "assemblies.withdrawn",
        _("This motion was withdrawn."),
        field="motion",
    )
    first = queries.first_amendment(motion.amends_id or motion.id)
    if first is not None and first.id != motion.id:
        words = (
            _("Amendments are voted on before the motion: motion {number} comes first.")
            if motion.amends_id is None
            else _("By the order of voting motion {number} comes first.")
        )
        raise Refused("assemblies.amendment-first", words.format(number=first.number), field="motion")
    carried = queries.carried_amendment(motion.amends_id) if motion.amends_id else None
    refuse_if(
        carried is not None and carried.number > motion.number,
        "assemblies.overtaken",
        _overtaken(carried),
        field="motion",
    )
    tally = queries.vote_on(carried.id) if carried else None
    refuse_if(
        tally is not None and tally.born > motion.born,
        "assemblies.overtaken",
        _overtaken(carried),
        field="motion",
    )


def _overtaken(carried: Motion | None) -> Any:
    words = _(
        "The motion reads otherwise since amendment {number} was carried: withdraw this one, and put it again as the"
        " motion would read now."
    )
    return words.format(number=carried.number if carried else 0)


class VoteFirst(Act):
    """The chair puts this amendment before the others of the same motion: by custom the one that changes most."""

    verb = "assemblies.vote_first"
    power = Power.SEAT
    label = _("Put this amendment first")
    said = _("{seat} put an amendment first in the order of voting")
    undo = None  # put another one first

    motion: Annotated[Id, To(Motion), Label(_("Amendment"))]

    class Facts(ActFacts):
        turn: Number

    def in_organ(self) -> str | None:
        return organ_of_motion(self.motion)

    def check(self, world: World) -> Facts:
        motion = _open_motion(world, self.motion)
        refuse_if(
            motion.amends_id is None, "assemblies.no-amendment", _("This motion amends no other one."), field="motion"
        )
        first = queries.first_amendment(motion.amends_id or motion.id)
        refuse_if(
            first is not None and first.id == motion.id,
            "assemblies.first-already",
            _("This amendment is the first already."),
            field="motion",
        )
        return self.Facts(turn=(first.turn if first else motion.turn) - 1)

    def cites(self, facts: Any) -> tuple[Cite, ...]:
        return (Cite(self.motion, GroundRole.PART_OF),)

    def apply(self, record: Performed) -> None:
        record.update(Motion, self.motion, turn=record.facts.turn)


class WithdrawMotion(Act):
    """Whoever put the motion takes it back before the session: it is not voted on. Its amendments go with it."""

    verb = "assemblies.withdraw_motion"
    power = Power.SEAT
    label = _("Withdraw the motion")
    said = _("{seat} wrote down that a motion was withdrawn")
    undo = None  # put it again

    motion: Annotated[Id, To(Motion), Label(_("Motion"))]

    class Facts(ActFacts):
        withdrawn: tuple[Id, ...]  # with its amendments

    def in_organ(self) -> str | None:
        return organ_of_motion(self.motion)

    def check(self, world: World) -> Facts:
        motion = _open_motion(world, self.motion)
        with_it = queries.open_amendments(motion.id).values_list("id", flat=True)
        return self.Facts(withdrawn=(motion.id, *with_it))

    def cites(self, facts: Any) -> tuple[Cite, ...]:
        return (Cite(self.motion, GroundRole.WITHDRAWS),)

    def apply(self, record: Performed) -> None:
        for motion in record.facts.withdrawn:
            record.create(Withdrawal, id=record.key("withdrawn", motion), motion_id=motion)


def _open_motion(world: World, id: UUID) -> Motion:
    """A motion that was neither voted on nor withdrawn, of a session that goes on. Raises Refused."""
    motion = world.get(Motion, id, field="motion")
    open_session(world, motion.session_id, "motion")
    refuse_if(
        queries.is_voted(motion.id),
        "assemblies.voted",
        _("This motion was already voted on."),
        field="motion",
    )
    refuse_if(
        queries.is_withdrawn(motion.id),
        "assemblies.withdrawn",
        _("This motion was withdrawn."),
        field="motion",
    )
    return motion
