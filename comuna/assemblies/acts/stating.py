"""What an organ says in public: each statement rests on a decision that this very organ has recorded."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from comuna.acts.act import Act, ActFacts, Cite, GroundRole, Performed, Power, World
from comuna.acts.fields import Count, Id, Label, PublicLine, PublicText, StatuteLine, To
from comuna.acts.refusal import refuse_if
from comuna.assemblies.acts.resting import decided_by
from comuna.assemblies.models import Resolution, Statement
from comuna.statutes import queries as statutes
from comuna.statutes.statute import in_books


class PublishStatement(Act):
    """Publish what your organ decided to say, in its name. It stands on the organ's own decision, which everybody can
    read beside it."""

    verb = "assemblies.publish_statement"
    power = Power.SEAT
    label = _("Publish a statement")
    said = _("{seat} published a statement of “{organ_name}” by its decision {number}/{year}: {title}")
    undo = "assemblies.withdraw_statement"

    resolution: Annotated[Id, To(Resolution), Label(_("Decision"))]
    title: Annotated[PublicLine, Label(_("Title"))]
    text: Annotated[PublicText, Label(_("The statement"))]

    class Facts(ActFacts):
        organ_name: StatuteLine
        number: Count
        year: Count
        decided_by: Id

    def in_organ(self) -> str | None:
        found: str | None = Resolution.objects.filter(pk=self.resolution).values_list("organ", flat=True).first()
        return found

    def check(self, world: World) -> Facts:
        resolution = world.get(Resolution, self.resolution, field="resolution")
        tally = decided_by(resolution, "resolution")
        session = resolution.motion.session
        statute = statutes.in_force(world.commune, session.day, known_at=tally.born)
        names = {organ.id: organ.name for organ in statute.organs}
        return self.Facts(
            organ_name=in_books(names[resolution.organ]) if resolution.organ in names else resolution.organ,
            number=resolution.number,
            year=resolution.year,
            decided_by=tally.id,
        )

    def cites(self, facts: Any) -> tuple[Cite, ...]:
        return (Cite(facts.decided_by, GroundRole.DECIDED_BY),)

    def apply(self, record: Performed) -> None:
        record.create(Statement, resolution_id=self.resolution, on=record.day, title=self.title, text=self.text)


class WithdrawStatement(Act):
    """The organ does not say this any more. The statement stays to be read, with the day on which it was withdrawn."""

    verb = "assemblies.withdraw_statement"
    power = Power.SEAT
    label = _("Withdraw the statement")
    said = _("{seat} withdrew a statement")
    undo = None  # publish it again

    statement: Annotated[Id, To(Statement), Label(_("Statement"))]

    def in_organ(self) -> str | None:
        return organ_of_statement(self.statement)

    def check(self, world: World) -> ActFacts:
        statement = world.get(Statement, self.statement, field="statement")
        refuse_if(
            statement.withdrawn_on is not None,
            "assemblies.statement-withdrawn",
            _("This statement was withdrawn already."),
            field="statement",
        )
        return self.Facts()

    def cites(self, facts: Any) -> tuple[Cite, ...]:
        return (Cite(self.statement, GroundRole.WITHDRAWS),)

    def apply(self, record: Performed) -> None:
        record.update(Statement, self.statement, withdrawn_on=record.day)


def organ_of_statement(statement: UUID) -> str | None:
    found: str | None = Statement.objects.filter(pk=statement).values_list("resolution__organ", flat=True).first()
    return found
