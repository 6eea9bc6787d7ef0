"""The organ approved the accounts of a time: nothing is entered in it any more."""

from __future__ import annotations

from typing import Annotated, Any

from django.utils.translation import gettext_lazy as _

from comuna.acts.act import Act, ActFacts, Cite, GroundRole, Performed, Power, World
from comuna.acts.fields import Count, Day, Id, Label, To
from comuna.acts.refusal import refuse_if
from comuna.treasury import effects, queries
from comuna.treasury.acts.budgeting import Decision, rests_on_decision
from comuna.treasury.models import Book


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

    def in_organ(self) -> str | None:
        return queries.organ_of_book(self.book)

    def check(self, world: World) -> Facts:
        book = world.get(Book, self.book, field="book")
        resolution, tally = rests_on_decision(world, book, self.resolution)
        session = resolution.motion.session
        refuse_if(
            self.through > session.sits_on,
            "treasury.after-the-decision",
            _("The organ approved what had happened by then: until the day of its session at most."),
            field="through",
        )
        refuse_if(
            self.through < book.day, "treasury.before-the-book", _("The book begins after that day."), field="through"
        )
        closed = queries.closed_through(book.id)
        refuse_if(
            closed is not None and self.through <= closed,
            "treasury.closed-already",
            _("These accounts are closed already."),
            field="through",
        )
        refuse_if(
            queries.entered_since(book.id, self.through, tally.born),
            "treasury.entered-since",
            _("Entries of that time were made after the organ had decided: it approves them first."),
            field="through",
        )
        return self.Facts(number=resolution.number, year=resolution.year, decided_by=tally.id)

    def cites(self, facts: Any) -> tuple[Cite, ...]:
        return (Cite(facts.decided_by, GroundRole.DECIDED_BY),)

    def apply(self, record: Performed) -> None:
        effects.close_book(record, self.book, self.through)
