"""The agenda of a session after its convocation: items that come onto it, are struck from it, or are worded anew."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from comuna.acts.act import Act, ActFacts, Cite, GroundRole, Performed, Power, World
from comuna.acts.fields import Count, Day, Flag, Id, Label, PublicLine, To
from comuna.acts.refusal import Refused, refuse_if
from comuna.assemblies import queries
from comuna.assemblies.acts.convening import AGENDA_MAX, open_session
from comuna.assemblies.models import AgendaItem, Session, Struck


class AddAgendaItem(Act):
    """Put a further item on the agenda of a session that is not over."""

    verb = "assemblies.add_item"
    power = Power.SEAT
    label = _("Add to the agenda")
    said = _("{seat} added to the agenda: {title}")
    undo = "assemblies.strike_item"

    session: Annotated[Id, To(Session), Label(_("Session"))]
    title: Annotated[PublicLine, Label(_("What it is about"))]

    class Facts(ActFacts):
        number: Count

    def in_organ(self) -> str | None:
        return queries.organ_of(self.session)

    def check(self, world: World) -> Facts:
        stands = open_session(world, self.session)
        held = AgendaItem.objects.filter(session=stands.session).count()
        refuse_if(held >= AGENDA_MAX, "assemblies.agenda", _("An agenda has at most 60 items."))
        return self.Facts(number=held + 1)

    def cites(self, facts: Any) -> tuple[Cite, ...]:
        return (Cite(self.session, GroundRole.PART_OF),)

    def apply(self, record: Performed) -> None:
        record.create(
            AgendaItem,
            session_id=self.session,
            number=record.facts.number,
            title=self.title,
            act=record.id,
            added_on=record.day,
        )


class StrikeItem(Act):
    """An item of the agenda was typed wrongly, or will not be dealt with: strike it while nothing was said, put or
    voted under it. Where people were told of it already, it stays in the convocation and in the minutes, as struck."""

    verb = "assemblies.strike_item"
    power = Power.SEAT
    label = _("Strike from the agenda")
    said = _("{seat} struck item {number} from the agenda: {reason}")
    undo = None  # add it again

    item: Annotated[Id, To(AgendaItem), Label(_("Item of the agenda"))]
    reason: Annotated[PublicLine, Label(_("Reason"))]

    class Facts(ActFacts):
        session: Id
        number: Count
        told_of: Flag
        after: tuple[Id, ...]  # where nobody was told of it: the items behind it, which each move up by one

    def in_organ(self) -> str | None:
        return _organ_of_item(self.item)

    def check(self, world: World) -> Facts:
        stands, item = _untouched(world, self.item)
        others = AgendaItem.objects.filter(session=stands.session).exclude(pk=item.id)
        refuse_if(
            not others.filter(kind="", struck=None).exists(),
            "assemblies.last-item",
            _("This is the only item: add another one first, or cancel the session."),
            field="item",
        )
        told_of = queries.is_told_of(stands, item)
        behind = others.filter(number__gt=item.number).order_by("number").values_list("id", flat=True)
        return self.Facts(
            session=stands.session.id,
            number=item.number,
            told_of=told_of,
            after=() if told_of else tuple(behind),
        )

    def cites(self, facts: Any) -> tuple[Cite, ...]:
        return (Cite(facts.session, GroundRole.PART_OF),)

    def apply(self, record: Performed) -> None:
        facts = record.facts
        if facts.told_of:
            record.create(Struck, item_id=self.item, on=record.day, reason=self.reason)
            return
        record.remove(AgendaItem, self.item)
        for number, behind in enumerate(facts.after, start=facts.number):
            record.update(AgendaItem, behind, number=number)


class CorrectItem(Act):
    """An item of the agenda was worded wrongly: write it as it should read, before people are told of it and while
    nothing was said, put or voted under it."""

    verb = "assemblies.correct_item"
    power = Power.SEAT
    label = _("Correct the agenda")
    said = _("{seat} corrected an item of the agenda: {title}")
    undo = None  # correct it again

    item: Annotated[Id, To(AgendaItem), Label(_("Item of the agenda"))]
    title: Annotated[PublicLine, Label(_("What it is about"))]

    class Facts(ActFacts):
        session: Id
        added_on: Day | None  # None: in these words since the day of the convocation

    def in_organ(self) -> str | None:
        return _organ_of_item(self.item)

    def check(self, world: World) -> Facts:
        stands, item = _untouched(world, self.item)
        refuse_if(
            queries.is_told_of(stands, item),
            "assemblies.told-of",
            _("People were told of this item in the words that it has: strike it, and add it anew."),
            field="item",
        )
        as_convened = item.added_on is None and world.day == queries.convened_on(stands.session)
        return self.Facts(session=stands.session.id, added_on=None if as_convened else world.day)

    def cites(self, facts: Any) -> tuple[Cite, ...]:
        return (Cite(facts.session, GroundRole.PART_OF),)

    def apply(self, record: Performed) -> None:
        record.update(AgendaItem, self.item, title=self.title, act=record.id, added_on=record.facts.added_on)


def refuse_struck(item: AgendaItem, field: str = "item") -> None:
    """Nothing comes under an item that was struck. Raises Refused."""
    refuse_if(
        Struck.objects.filter(item=item).exists(),
        "assemblies.struck",
        _("This item was struck from the agenda."),
        field=field,
    )


def _untouched(world: World, id: UUID) -> tuple[queries.Standing, AgendaItem]:
    """An item of a session that is not over, under which nothing has happened. Raises Refused."""
    item = world.get(AgendaItem, id, field="item")
    stands = open_session(world, item.session_id, field="item")
    refuse_struck(item)
    refuse_if(
        bool(item.kind),
        "assemblies.stands-by-itself",
        _("This item stands on the agenda by itself, for as long as earlier decisions wait."),
        field="item",
    )
    if queries.is_touched(item):
        raise Refused(
            "assemblies.item-used",
            _("Something was said, put, voted or decided beforehand under this item: it stays."),
            field="item",
        )
    return stands, item


def _organ_of_item(item: UUID) -> str | None:
    session = AgendaItem.objects.filter(pk=item).values_list("session_id", flat=True).first()
    return queries.organ_of(session) if session else None
