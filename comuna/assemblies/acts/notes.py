"""What was reported and said under an item of the agenda: the words of the minutes between the votes."""

from __future__ import annotations

from typing import Annotated, Any

from django.utils.translation import gettext_lazy as _

from comuna.acts.act import Act, ActFacts, Cite, GroundRole, Performed, Power, World
from comuna.acts.fields import Count, Hour, Id, Label, PublicLine, PublicText, Slug, To
from comuna.acts.refusal import Refused, refuse_if
from comuna.assemblies import queries, rules
from comuna.assemblies.acts.agenda import refuse_struck
from comuna.assemblies.acts.convening import open_session, refuse_ahead
from comuna.assemblies.acts.deciding import quorate_session
from comuna.assemblies.acts.sitting import moment_in
from comuna.assemblies.models import AgendaItem, Note, Session
from comuna.statutes import queries as statutes

SEAT = Label(_("Which seat reported"))
WHO = Label(_("Who reported, in words"), help=_("Everybody reads it: of a neighbour without a seat the initials"))
WORDS = Label(_("What was said"), help=_("Everybody reads it. An empty line begins a new paragraph"))


class WriteNote(Act):
    """Write down what was reported or said under an item of the agenda. It stands in the minutes, in the order in
    which it was written."""

    verb = "assemblies.write_note"
    power = Power.SEAT
    label = _("Write down what was said")
    said = _("{seat} wrote down what was said under item {item}")
    undo = "assemblies.undo_note"

    session: Annotated[Id, To(Session), Label(_("Session"))]
    item: Annotated[Count, Label(_("Item of the agenda"))]
    words: Annotated[PublicText, WORDS]
    hour: Annotated[Hour | None, Label(_("At what hour"))] = None
    seat: Annotated[Slug | None, SEAT] = None
    who: Annotated[PublicLine | None, WHO] = None

    class Facts(ActFacts):
        item_row: Id
        sitting: Count

    def in_organ(self) -> str | None:
        return queries.organ_of(self.session)

    def check(self, world: World) -> Facts:
        stands = quorate_session(world, self.session, "session")
        item = AgendaItem.objects.filter(session=stands.session, number=self.item).first()
        if item is None:
            raise Refused("assemblies.no-such-item", _("The agenda has no such item."), field="item")
        refuse_struck(item)
        known = {kind.id for kind in statutes.in_force(world.commune, world.day).seats}
        refuse_if(
            self.seat is not None and self.seat not in known,
            "assemblies.no-such-seat",
            _("The statute has no such seat."),
            field="seat",
        )
        if self.hour is not None:
            _refuse_outside(world, stands, self.hour)
        return self.Facts(item_row=item.id, sitting=stands.sitting)

    def cites(self, facts: Any) -> tuple[Cite, ...]:
        return (Cite(self.session, GroundRole.PART_OF),)

    def apply(self, record: Performed) -> None:
        record.create(
            Note,
            session_id=self.session,
            sitting=record.facts.sitting,
            item_id=record.facts.item_row,
            hour=self.hour or "",
            seat=self.seat or "",
            who=self.who or "",
            words=self.words,
        )


def _refuse_outside(world: World, stands: queries.Standing, hour: str) -> None:
    """An hour of the newest sitting that is past, and not before its quorum. Raises Refused."""
    refuse_ahead(world, *moment_in(stands, hour))
    quorate = stands.quorate
    begun = quorate.hour if quorate is not None and quorate.sitting == stands.sitting else stands.hour
    refuse_if(
        rules.minutes_into(stands.hour, hour) < rules.minutes_into(stands.hour, begun),
        "assemblies.said-before",
        _("The session began at {hour}: what was said before it is not in its minutes.").format(hour=begun),
        field="hour",
    )


class UndoNote(Act):
    """What was said was written down wrongly: take it back, and write it anew. Not after the session was closed."""

    verb = "assemblies.undo_note"
    power = Power.SEAT
    label = _("Take back what was written")
    said = _("{seat} took back what was written under item {item}")
    undo = None  # write it again

    note: Annotated[Id, To(Note), Label(_("What was said"))]

    class Facts(ActFacts):
        item: Count

    def in_organ(self) -> str | None:
        session = Note.objects.filter(pk=self.note).values_list("session_id", flat=True).first()
        return queries.organ_of(session) if session else None

    def check(self, world: World) -> Facts:
        note = world.get(Note, self.note, field="note")
        open_session(world, note.session_id, field="note")
        return self.Facts(item=AgendaItem.objects.values_list("number", flat=True).get(pk=note.item_id))

    def cites(self, facts: Any) -> tuple[Cite, ...]:
        return (Cite(self.note, GroundRole.CORRECTS),)

    def apply(self, record: Performed) -> None:
        record.remove(Note, self.note)
