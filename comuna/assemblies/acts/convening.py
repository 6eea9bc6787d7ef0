"""Convening a session: day, hour, place and agenda; adding to the agenda; cancelling."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated, Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from comuna.acts.act import Act, ActFacts, Cite, GroundRole, Performed, Power, World
from comuna.acts.authority import authority
from comuna.acts.clock import read_stamp
from comuna.acts.fields import Audience, Count, Day, Flag, Hour, Id, Label, Line, PublicLine, Row, Slug, StatuteLine, To
from comuna.acts.refusal import Refused, refuse_if
from comuna.assemblies import queries
from comuna.assemblies.models import AgendaItem, Cancellation, Carried, Session
from comuna.assemblies.queries.motions import FOLLOW_UP, RATIFY
from comuna.statutes import queries as statutes
from comuna.statutes.statute import Organ, in_books
from comuna.territory.queries import commune_since


class AgendaRow(Row):
    """One item of an agenda."""

    title: Annotated[Line, Audience("public"), Label(_("What it is about"))]


AGENDA_MAX = 60


class Convene(Act):
    """Call an organ together, with its agenda. Everybody sees it from then on. A session that already took
    place and is on paper is recorded with its own day."""

    verb = "assemblies.convene"
    power = Power.SEAT
    label = _("Convene a session")
    said = _("{seat} convened {organ_name} for {day}, {hour}")
    undo = "assemblies.cancel_session"
    deadline = True

    organ: Annotated[Slug, Label(_("Which organ"))]
    day: Annotated[Day, Label(_("Day"))]
    hour: Annotated[Hour, Label(_("Hour of the first call"))]
    place: Annotated[PublicLine, Label(_("Place"))]
    agenda: Annotated[tuple[AgendaRow, ...], Label(_("Agenda"))]
    from_paper: Annotated[
        Flag, Label(_("It already took place"), help=_("Recorded from paper: on that day the deciders had their seats"))
    ] = False

    class Facts(ActFacts):
        organ_name: StatuteLine
        number: Count
        notice_days: Count
        not_done: tuple[Id, ...] = ()  # earlier decisions of the organ, which stand on its agenda by themselves
        to_ratify: tuple[Id, ...] = ()  # those of other organs that it ratifies or rejects

    def in_organ(self) -> str | None:
        return self.organ

    def check(self, world: World) -> Facts:
        organ = organ_on(world, self.organ, self.day)
        refuse_if(not self.agenda, "assemblies.agenda", _("A session is convened with an agenda."), field="agenda")
        refuse_if(
            len(self.agenda) > AGENDA_MAX, "assemblies.agenda", _("An agenda has at most 60 items."), field="agenda"
        )
        refuse_if(
            self.day < world.day and not self.from_paper,
            "assemblies.past",
            _("That day is past. Say that it already took place, if it did."),
            field="day",
        )
        refuse_if(
            self.day < commune_since(world.commune),
            "assemblies.before-the-books",
            _("These books had not begun that day: nobody can say who was on the roll. Keep its minutes on paper."),
            field="day",
        )
        refuse_if(
            self.day > world.day and self.from_paper,
            "assemblies.not-yet",
            _("A session that already took place is not on a day to come."),
            field="day",
        )
        refuse_at_once(world, self.organ, self.day, self.hour)
        if self.from_paper:
            refuse_ahead(world, self.day, self.hour)
            refuse_if(
                self.day == world.day and organ.notice_days > 0,
                "assemblies.from-paper-tomorrow",
                _("The statute asks for notice: a session of today that was not convened here is recorded tomorrow."),
                citation=organ.rule.source,
                field="from_paper",
            )
        if not self.from_paper:
            refuse_short_notice(world, organ, self.day)
        return self.Facts(
            organ_name=in_books(organ.name),
            number=queries.next_session_number(world.commune, organ.id, self.day.year),
            notice_days=max(0, (self.day - world.day).days),
            not_done=() if self.from_paper else self._not_done(world),
            to_ratify=()
            if self.from_paper
            else tuple(one.resolution.id for one in queries.to_ratify(world.commune, organ.id)[: queries.CARRIED_MAX]),
        )

    def _not_done(self, world: World) -> tuple[Id, ...]:
        """What this organ decided and nobody has done, the earliest due first."""
        waiting = queries.open_resolutions(world.commune, self.organ)
        return tuple(one.resolution.id for one in waiting[: queries.CARRIED_MAX])

    def apply(self, record: Performed) -> None:
        record.create(
            Session,
            organ=self.organ,
            day=self.day,
            hour=self.hour,
            sits_on=self.day,
            sits_at=self.hour,
            place=self.place,
            number=record.facts.number,
            notice_days=record.facts.notice_days,
            from_paper=self.from_paper,
            act=record.id,
        )
        record.create_many(
            AgendaItem,
            [
                {
                    "id": record.key("item", place),
                    "session_id": record.id,
                    "number": place,
                    "title": row.title,
                    "act": record.id,
                }
                for place, row in enumerate(self.agenda, start=1)
            ],
        )
        number = len(self.agenda)
        for kind, carried in ((RATIFY, record.facts.to_ratify), (FOLLOW_UP, record.facts.not_done)):
            if carried:
                number += 1
                _carry(record, kind, number, carried)


def _carry(record: Performed, kind: str, number: int, carried: tuple[Id, ...]) -> None:
    """An item of the agenda with earlier decisions."""
    item = record.key("item", number)
    record.create(AgendaItem, id=item, session_id=record.id, number=number, kind=kind, title="", act=record.id)
    record.create_many(
        Carried,
        [
            {"id": record.key("carried", number, place), "item_id": item, "resolution_id": resolution, "place": place}
            for place, resolution in enumerate(carried)
        ],
    )


def organ_on(world: World, id: str, day: date, field: str = "organ") -> Organ:
    """The organ as the statute has it on that day, which must hold sessions."""
    try:
        organ = statutes.in_force(world.commune, day).organ(id)
    except KeyError:
        raise Refused("assemblies.no-such-organ", _("The statute has no such organ."), field=field) from None
    refuse_if(not organ.calls, "assemblies.holds-none", _("This organ holds no sessions."), field=field)
    return organ


def refuse_short_notice(world: World, organ: Organ, day: date) -> None:
    """People are told as many days before as the statute asks."""
    refuse_if(
        (day - world.day).days < organ.notice_days,
        "assemblies.notice",
        _("The statute asks for more days between convening and meeting."),
        citation=organ.rule.source,
        field="day",
    )


def refuse_at_once(world: World, organ: str, day: date, hour: str, but: UUID | None = None) -> None:
    """Nobody is in two sessions of one organ that begin together. Raises Refused."""
    there = Session.objects.filter(commune=world.commune, organ=organ, day=day, hour=hour, cancellation=None)
    refuse_if(
        there.exclude(pk=but).exists(),
        "assemblies.two-at-once",
        _("This organ already meets on that day at that hour."),
        field="hour",
    )


CLOCKS_DIFFER = timedelta(minutes=15)


def refuse_ahead(world: World, day: date, hour: str, field: str = "hour") -> None:
    """What is recorded has happened: no hour of today that is still to come, give or take a wrist watch."""
    latest = read_stamp(world.at).astimezone(authority().time_zone(world.commune)) + CLOCKS_DIFFER
    refuse_if(
        (day, hour) > (latest.date(), f"{latest:%H:%M}"),
        "assemblies.hour-ahead",
        _("That hour has not come yet."),
        field=field,
    )


def open_session(world: World, id: Id, field: str = "session") -> queries.Standing:
    """The session, which must be neither closed nor cancelled."""
    session = world.get(Session, id, field=field)
    stands = queries.standing(session.id)
    refuse_if(stands.closure is not None, "assemblies.closed", _("This session is closed."), field=field)
    refuse_if(stands.cancellation is not None, "assemblies.cancelled", _("This session was cancelled."), field=field)
    return stands


class CancelSession(Act):
    """A convened session will not take place. Everybody sees the reason."""

    verb = "assemblies.cancel_session"
    power = Power.SEAT
    label = _("Cancel the session")
    said = _("{seat} cancelled the session: {reason}")
    undo = None  # convene it anew: people were told that it is off

    session: Annotated[Id, To(Session), Label(_("Session"))]
    reason: Annotated[PublicLine, Label(_("Reason"))]

    def in_organ(self) -> str | None:
        return queries.organ_of(self.session)

    def check(self, world: World) -> ActFacts:
        stands = open_session(world, self.session)
        refuse_if(
            stands.quorate is not None,
            "assemblies.under-way",
            _("This session reached its quorum: it is closed, not cancelled."),
        )
        return self.Facts()

    def cites(self, facts: Any) -> tuple[Cite, ...]:
        return (Cite(self.session, GroundRole.WITHDRAWS),)

    def apply(self, record: Performed) -> None:
        record.create(Cancellation, session_id=self.session, reason=self.reason)
