"""Another day, hour or place for a session that was not called yet."""

from __future__ import annotations

from typing import Annotated, Any

from django.utils.translation import gettext_lazy as _

from comuna.acts.act import Act, ActFacts, Cite, GroundRole, Performed, Power, World
from comuna.acts.fields import Count, Day, Hour, Id, Label, PublicLine, To
from comuna.acts.refusal import refuse_if
from comuna.assemblies import queries
from comuna.assemblies.acts.convening import open_session, organ_on, refuse_at_once, refuse_short_notice
from comuna.assemblies.models import Move, Session


class MoveSession(Act):
    """A convened session gets another day, hour or place before it is called. Everybody sees that it was moved, and
    from when. Another day or hour asks for the statute's days of notice anew; another place alone does not."""

    verb = "assemblies.move_session"
    power = Power.SEAT
    label = _("Move the session")
    said = _("{seat} moved the session of {from_day}, {from_hour} to {day}, {hour}")
    undo = None  # move it again: people were told
    deadline = True

    session: Annotated[Id, To(Session), Label(_("Session"))]
    day: Annotated[Day, Label(_("Day"))]
    hour: Annotated[Hour, Label(_("Hour of the first call"))]
    place: Annotated[PublicLine, Label(_("Place"))]

    class Facts(ActFacts):
        from_day: Day
        from_hour: Hour
        number: Count  # a new one where the year is another

    def in_organ(self) -> str | None:
        return queries.organ_of(self.session)

    def check(self, world: World) -> Facts:
        stands = open_session(world, self.session)
        session = stands.session
        refuse_if(
            session.from_paper,
            "assemblies.took-place",
            _("This session was recorded from paper: it took place on its day."),
        )
        refuse_if(
            bool(stands.calls or stands.sheets),
            "assemblies.begun",
            _("This session has begun. Without quorum it is adjourned, not moved."),
        )
        refuse_if(
            (self.day, self.hour, self.place) == (session.day, session.hour, session.place),
            "assemblies.not-moved",
            _("That is the day, hour and place that it has."),
            field="day",
        )
        refuse_if(self.day < world.day, "assemblies.past", _("That day is past."), field="day")
        organ = organ_on(world, session.organ, self.day, field="day")
        if (self.day, self.hour) != (session.day, session.hour):
            refuse_at_once(world, session.organ, self.day, self.hour, but=session.id)
            refuse_short_notice(world, organ, self.day)
        number = session.number
        if self.day.year != session.day.year:
            number = queries.next_session_number(world.commune, session.organ, self.day.year)
        return self.Facts(from_day=session.day, from_hour=session.hour, number=number)

    def cites(self, facts: Any) -> tuple[Cite, ...]:
        return (Cite(self.session, GroundRole.PART_OF),)

    def apply(self, record: Performed) -> None:
        facts = record.facts
        record.update(
            Session,
            self.session,
            day=self.day,
            hour=self.hour,
            sits_on=self.day,
            sits_at=self.hour,
            place=self.place,
            number=facts.number,
            act=record.id,
        )
        record.create(Move, session_id=self.session, from_day=facts.from_day, from_hour=facts.from_hour, on=record.day)
