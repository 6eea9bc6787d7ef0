"""Minutes with full names, on paper."""

from __future__ import annotations

from typing import Annotated, Any

from django.utils.translation import gettext_lazy as _

from comuna.acts.act import Act, ActFacts, Cite, GroundRole, Performed, Power, World
from comuna.acts.fields import HexDigest, Id, Label, To
from comuna.acts.refusal import refuse_if
from comuna.assemblies import queries
from comuna.assemblies.models import Closure, Session


class PrintCertified(Act):
    """Print the minutes with full names and with lines for those who sign them. The books keep who printed them and
    when, and the digest of the file; never the file."""

    verb = "assemblies.print_certified"
    power = Power.SEAT
    label = _("Print certified minutes")
    said = _("{seat} printed certified minutes")
    undo = None  # paper does not come back

    session: Annotated[Id, To(Session), Label(_("Session"))]
    digest: Annotated[HexDigest, Label(_("SHA-256 of the file"))]

    def in_organ(self) -> str | None:
        return queries.organ_of(self.session)

    def check(self, world: World) -> ActFacts:
        session = world.get(Session, self.session, field="session")
        refuse_if(
            not Closure.objects.filter(session=session).exists(),
            "assemblies.not-closed",
            _("This session is not closed: its minutes are not finished."),
            field="session",
        )
        return self.Facts()

    def cites(self, facts: Any) -> tuple[Cite, ...]:
        return (Cite(self.session, GroundRole.PART_OF),)

    def apply(self, record: Performed) -> None:
        """Nothing in the books is otherwise: the record alone says it."""
