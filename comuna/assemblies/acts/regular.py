"""A regular meeting on another day: a holiday, an election. The organ decides; whoever keeps its minutes writes it."""

from __future__ import annotations

from typing import Annotated, Any

from django.utils.translation import gettext_lazy as _

from comuna.acts.act import Act, ActFacts, Cite, GroundRole, Performed, Power, World
from comuna.acts.fields import Day, Id, Label, Slug, StatuteLine, To
from comuna.acts.refusal import refuse_if
from comuna.assemblies import queries, rules
from comuna.assemblies.acts.convening import organ_on
from comuna.assemblies.acts.resting import decided_by
from comuna.assemblies.models import MovedMeeting, Resolution
from comuna.statutes import queries as statutes
from comuna.statutes.statute import in_books

APART_MAX_DAYS = 62


class MoveMeeting(Act):
    """A day on which the organ meets by the statute falls on a holiday, or does not suit: by a decision of the organ
    it meets on another one. A session that was convened is moved itself."""

    verb = "assemblies.move_meeting"
    power = Power.SEAT
    label = _("Move a regular meeting")
    said = _("{seat} moved the regular meeting of “{organ_name}” from {from_day} to {day}, as decided")
    undo = None  # move it again

    resolution: Annotated[Id, To(Resolution), Label(_("Decision"))]
    organ: Annotated[Slug, Label(_("Which organ"))]
    from_day: Annotated[Day, Label(_("Day that the statute says"))]
    day: Annotated[Day, Label(_("Day instead"))]

    class Facts(ActFacts):
        organ_name: StatuteLine
        decided_by: Id
        instead_of: Id | None  # an earlier move of the same meeting

    def in_organ(self) -> str | None:
        return self.organ

    def check(self, world: World) -> Facts:
        decided = world.get(Resolution, self.resolution, field="resolution")
        tally = decided_by(decided, "resolution")
        refuse_if(self.day < world.day, "assemblies.past", _("That day is past."), field="day")
        before = MovedMeeting.objects.filter(commune=world.commune, organ=self.organ, from_day=self.from_day).first()
        refuse_if(
            (self.day == self.from_day and before is None) or abs((self.day - self.from_day).days) > APART_MAX_DAYS,
            "assemblies.moved-too-far",
            _("The day instead is another one, at most two months away."),
            field="day",
        )
        organ = organ_on(world, self.organ, self.from_day)
        highest = statutes.in_force(world.commune, self.from_day).highest()
        refuse_if(
            decided.organ not in (organ.id, highest.id),
            "assemblies.decided-elsewhere",
            _("This is no decision of the organ itself, nor of the highest one."),
            field="resolution",
        )
        refuse_if(
            organ.rhythm is None or not rules.meets_on(organ.rhythm, self.from_day),
            "assemblies.no-regular-meeting",
            _("By the statute the organ does not meet on that day."),
            citation=organ.rhythm.rule.source if organ.rhythm else None,
            field="from_day",
        )
        refuse_if(
            queries.is_convened(world.commune, organ.id, self.from_day),
            "assemblies.convened-already",
            _("The session of that day is convened: move the session."),
            field="from_day",
        )
        return self.Facts(
            organ_name=in_books(organ.name),
            decided_by=tally.id,
            instead_of=before.id if before else None,
        )

    def cites(self, facts: Any) -> tuple[Cite, ...]:
        return (Cite(facts.decided_by, GroundRole.DECIDED_BY),)

    def apply(self, record: Performed) -> None:
        if record.facts.instead_of is not None:
            record.remove(MovedMeeting, record.facts.instead_of)
        if self.day != self.from_day:  # else it goes back to the day that the statute says
            record.create(
                MovedMeeting, organ=self.organ, from_day=self.from_day, day=self.day, resolution_id=self.resolution
            )
