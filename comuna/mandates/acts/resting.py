"""Suspending a mandate and lifting the suspension."""

from __future__ import annotations

from typing import Annotated, Any

from django.utils.translation import gettext_lazy as _

from comuna.acts.act import Act, ActFacts, Cite, GroundRole, Performed, Power, World
from comuna.acts.fields import Day, Id, Label, PublicText, To
from comuna.acts.refusal import refuse_if
from comuna.mandates import councils, queries
from comuna.mandates.models import Lifting, Mandate, Suspension
from comuna.mandates.rules import MandateStatus


class Suspend(Act):
    """Let a mandate rest from today on: its holder keeps the seat and may not act."""

    verb = "mandates.suspend"
    power = Power.SEAT
    label = _("Suspend a mandate")
    said = _("{seat} suspended a mandate from {begins} on: {reason}")
    undo = "mandates.lift_suspension"
    deadline = True

    mandate: Annotated[Id, To(Mandate), Label(_("Mandate"))]
    ends: Annotated[Day | None, Label(_("Last day"), help=_("Empty: until it is lifted"))] = None
    reason: Annotated[PublicText, Label(_("Reason"), help=_("Who decided it and why. Everybody can read this."))]

    class Facts(ActFacts):
        begins: Day

    def in_council(self) -> str | None:
        return councils.council_of_mandate(self.mandate)

    def check(self, world: World) -> Facts:
        row = world.get(Mandate, self.mandate, field="mandate")
        status = queries.status_of(row.id, world.day)
        refuse_if(
            status is MandateStatus.SUSPENDED,
            "mandates.suspended-already",
            _("This mandate is suspended already."),
            field="mandate",
        )
        refuse_if(
            not status.has_power, "mandates.not-in-office", _("This mandate is not in force today."), field="mandate"
        )
        refuse_if(
            self.ends is not None and self.ends < world.day,
            "mandates.ends-too-early",
            _("This day is past."),
            field="ends",
        )
        return self.Facts(begins=world.day)

    def apply(self, record: Performed) -> None:
        record.create(
            Suspension, mandate_id=self.mandate, begins=record.facts.begins, ends=self.ends, reason=self.reason
        )


class LiftSuspension(Act):
    """End a suspension today: the mandate gives its power again."""

    verb = "mandates.lift_suspension"
    power = Power.SEAT
    label = _("Lift a suspension")
    said = _("{seat} lifted the suspension of a mandate")
    undo = "mandates.suspend"

    suspension: Annotated[Id, To(Suspension), Label(_("Suspension"))]

    class Facts(ActFacts):
        on: Day

    def in_council(self) -> str | None:
        return councils.council_of_suspension(self.suspension)

    def check(self, world: World) -> Facts:
        row = world.get(Suspension, self.suspension, field="suspension")
        over = row.ends is not None and row.ends < world.day
        refuse_if(
            over or Lifting.objects.filter(suspension=row).exists(),
            "mandates.not-suspended",
            _("This suspension is over already."),
            field="suspension",
        )
        return self.Facts(on=world.day)

    def cites(self, facts: Any) -> tuple[Cite, ...]:
        return (Cite(self.suspension, GroundRole.ANSWERS),)

    def apply(self, record: Performed) -> None:
        record.create(Lifting, suspension_id=self.suspension, on=record.facts.on)
