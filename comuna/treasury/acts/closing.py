"""The organ approved the accounts of a time: nothing is entered in it any more.

Under the item of the accounts a session may decide other things too. So a motion says by a mark of its own, before it
is voted on, that it approves what was put before the session; where an amendment was adopted, the amendment says it.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from django.utils.translation import gettext_lazy as _

from comuna.acts.act import Act, ActFacts, Cite, GroundRole, Performed, Power, World
from comuna.acts.fields import Count, Day, Id, Label, To
from comuna.acts.refusal import Refused, refuse_if
from comuna.assemblies import queries as assemblies
from comuna.treasury import effects, queries
from comuna.treasury.acts.budgeting import Decision, rests_on_decision
from comuna.treasury.acts.rendering import days_that_may_be_approved
from comuna.treasury.models import Book, Rendering
from comuna.treasury.queries import rendering as rendered

FOLIOS_SAID = 20


class ApproveAccounts(Act):
    """Write down that the organ approved the accounts until a day. They are closed then: what was forgotten is entered
    on a later day. A code of the books is made at once, for the minutes and the public board."""

    verb = "treasury.approve_accounts"
    power = Power.SEAT
    label = _("Close the approved accounts")
    said = _("{seat} closed the accounts until {through}, approved by decision {number}/{year}")
    undo = None  # what was approved stays; a correction is a later entry
    witnessed = True

    book: Annotated[Id, To(Book), Label(_("Book"))]
    through: Annotated[Day, Label(_("Until"), help=_("The last day that is approved"))]
    resolution: Decision

    class Facts(ActFacts):
        number: Count
        year: Count
        decided_by: Id
        rendering: Id | None = None  # the accounts that stood under the item under which this was decided

    def in_organ(self) -> str | None:
        return queries.organ_of_book(self.book)

    def check(self, world: World) -> Facts:
        book = world.get(Book, self.book, field="book")
        resolution, tally = rests_on_decision(world, book, self.resolution, self)
        session = resolution.motion.session
        days_that_may_be_approved(book, self.through, session.sits_on)
        rendering = rendered.under(resolution.motion.item_id, book.id)
        if rendering is not None:
            as_rendered(rendering, self.through)
        refuse_if(
            rendering is None and rendered.was_ever(book.id),
            "treasury.not-before-the-session",
            _("No accounts of this book stood under the item of this decision: it approved none."),
            field="resolution",
        )
        refuse_if(
            not assemblies.approves(resolution),
            "treasury.not-the-approval",
            _("This motion was not put as the approval of accounts: it decided something else under its item."),
            field="resolution",
        )
        refuse_if(
            queries.entered_since(book.id, self.through, tally.born),
            "treasury.entered-since",
            _("Entries of that time were made after the organ had decided: it approves them first."),
            field="through",
        )
        return self.Facts(
            number=resolution.number,
            year=resolution.year,
            decided_by=tally.id,
            rendering=rendering.id if rendering else None,
        )

    def cites(self, facts: Any) -> tuple[Cite, ...]:
        shown = (Cite(facts.rendering, GroundRole.ANSWERS),) if facts.rendering else ()
        return (Cite(facts.decided_by, GroundRole.DECIDED_BY), *shown)

    def apply(self, record: Performed) -> None:
        effects.close_book(record, self.book, self.through, record.facts.rendering)


def as_rendered(rendering: Rendering, through: date) -> None:
    """Refuses to close other accounts than those that the session had before it."""
    if through != rendering.through:
        raise Refused(
            "treasury.not-as-rendered",
            _("Accounts until {day} stood before the session: these are closed, no others.").format(
                day=f"{rendering.through:%d/%m/%Y}"
            ),
            field="through",
        )
    since = rendered.folios_since(rendering)
    if since:
        words = _(
            "Of these days entries were made since the accounts were put before the session, and change them: folio"
            " {folios}. Put the accounts before a session again."
        )
        folios = ", ".join(map(str, since[:FOLIOS_SAID]))
        raise Refused("treasury.entered-since-rendered", words.format(folios=folios), field="through")
