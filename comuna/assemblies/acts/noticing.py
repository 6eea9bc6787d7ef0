"""The proof that people were told of a session: how, when and by whom."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any

from django.utils.translation import gettext_lazy as _

from comuna.acts.act import Act, ActFacts, Cite, GroundRole, Performed, Power, World
from comuna.acts.fields import Count, Day, Id, Label, PublicLine, To
from comuna.acts.refusal import refuse_if
from comuna.assemblies import queries
from comuna.assemblies.acts.convening import open_session
from comuna.assemblies.models import Notice, Session
from comuna.territory.models import Person


class How(StrEnum):
    """How people were told."""

    POSTER = "poster"
    DOORS = "doors"
    LOUDSPEAKER = "loudspeaker"
    MESSAGE = "message"
    WRITING = "writing"
    MEETING = "meeting"

    @classmethod
    def labels(cls) -> dict[str, Any]:
        return {
            cls.POSTER: _("on a poster"),
            cls.DOORS: _("from door to door"),
            cls.LOUDSPEAKER: _("by loudspeaker"),
            cls.MESSAGE: _("by message to phones"),
            cls.WRITING: _("in writing"),
            cls.MEETING: _("aloud, in a meeting"),
        }


class RecordNotice(Act):
    """Write down how people were told of this session, on which day and by whom. The minutes carry it: it is the proof
    that everybody could know."""

    verb = "assemblies.record_notice"
    power = Power.SEAT
    label = _("Record how people were told")
    said = _("{seat} recorded how people were told; days before the session: {days_before}")
    undo = "assemblies.undo_notice"

    session: Annotated[Id, To(Session), Label(_("Session"))]
    how: Annotated[How, Label(_("How"))]
    on: Annotated[Day, Label(_("Day"))]
    by: Annotated[Id, To(Person), Label(_("By whom"))]
    where: Annotated[PublicLine | None, Label(_("Where"), help=_("Streets, walls, or the name of the group"))] = None

    class Facts(ActFacts):
        days_before: Count

    def in_organ(self) -> str | None:
        return queries.organ_of(self.session)

    def check(self, world: World) -> Facts:
        stands = open_session(world, self.session)
        world.get(Person, self.by, field="by")
        told_of = stands.day
        refuse_if(self.on > world.day, "assemblies.notice-ahead", _("That day has not come yet."), field="on")
        refuse_if(
            self.on > told_of, "assemblies.notice-late", _("People are told before the session, not after."), field="on"
        )
        convened = queries.convened_on(stands.session)
        refuse_if(
            not stands.session.from_paper and self.on < convened,
            "assemblies.notice-before",
            _("The session was convened on {day}: nobody was told before.").format(day=f"{convened:%d/%m/%Y}"),
            field="on",
        )
        return self.Facts(days_before=(told_of - self.on).days)

    def cites(self, facts: Any) -> tuple[Cite, ...]:
        return (Cite(self.session, GroundRole.PART_OF),)

    def apply(self, record: Performed) -> None:
        record.create(
            Notice,
            session_id=self.session,
            how=self.how.value,
            on=self.on,
            days_before=record.facts.days_before,
            by=self.by,
            where=self.where or "",
        )


class UndoNotice(Act):
    """It was written down wrongly how people were told: take it back while the session is not over."""

    verb = "assemblies.undo_notice"
    power = Power.SEAT
    label = _("Take back how people were told")
    said = _("{seat} took back how people were told of the session")
    undo = None  # record it again

    notice: Annotated[Id, To(Notice), Label(_("How people were told"))]

    def in_organ(self) -> str | None:
        session = Notice.objects.filter(pk=self.notice).values_list("session_id", flat=True).first()
        return queries.organ_of(session) if session else None

    def check(self, world: World) -> ActFacts:
        notice = world.get(Notice, self.notice, field="notice")
        open_session(world, notice.session_id, field="notice")
        return self.Facts()

    def cites(self, facts: Any) -> tuple[Cite, ...]:
        return (Cite(self.notice, GroundRole.CORRECTS),)

    def apply(self, record: Performed) -> None:
        record.remove(Notice, self.notice)
