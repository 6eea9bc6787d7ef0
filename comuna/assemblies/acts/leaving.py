"""Who leaves a session before it ends. From that hour on they neither vote nor count as present."""

from __future__ import annotations

from typing import Annotated, Any

from django.utils.translation import gettext_lazy as _

from comuna.acts.act import Act, ActFacts, Cite, GroundRole, Performed, Power, World
from comuna.acts.fields import Count, Hour, Id, Label, To
from comuna.acts.refusal import refuse_if
from comuna.assemblies import queries, rules
from comuna.assemblies.acts.convening import open_session
from comuna.assemblies.acts.sitting import ROWS_MAX, PresentRow, Private, refuse_counted, was_decided_in
from comuna.assemblies.models import Attendance, Leaving, Session, Sheet


class RecordLeaving(Act):
    """Write down who left, and at which hour. Whoever comes back is written on a further sheet. An alternate may sit
    from then on in the seat of a principal who left."""

    verb = "assemblies.record_leaving"
    power = Power.SEAT
    label = _("Record who left")
    said = _("{seat} recorded who left at {hour}: {count}")
    undo = "assemblies.undo_leaving"

    session: Annotated[Id, To(Session), Label(_("Session"))]
    hour: Annotated[Hour, Label(_("Left at"))]
    people: Annotated[tuple[PresentRow, ...], Private, Label(_("Who left"))]

    class Facts(ActFacts):
        count: Count
        sitting: Count
        stays: tuple[Id, ...]  # the rows of attendance that end

    def in_organ(self) -> str | None:
        return queries.organ_of(self.session)

    def check(self, world: World) -> Facts:
        stands = open_session(world, self.session)
        refuse_if(not self.people, "assemblies.empty-sheet", _("Nobody left yet."), field="people")
        refuse_if(len(self.people) > ROWS_MAX, "acts.too-large", _("Too many on one sheet."), field="people")
        refuse_counted(world, stands, self.hour)
        there = {row.person: row for row in queries.seated_now(stands.session.id)}
        return self.Facts(
            count=len(self.people),
            sitting=stands.sitting,
            stays=tuple(self._stay(place, there, stands).id for place in range(len(self.people))),
        )

    def _stay(self, place: int, there: dict[Any, Attendance], stands: queries.Standing) -> Attendance:
        """Taken out of ``there``, so that nobody leaves twice."""
        found = there.pop(self.people[place].person, None)
        refuse_if(
            found is None,
            "assemblies.not-there",
            _("Row {row}: this person is not there now.").format(row=place + 1),
            field=f"people.{place}.person",
        )
        assert found is not None
        refuse_if(
            not rules.was_there(stands.hour, found.came, "", self.hour),
            "assemblies.left-before-coming",
            _("Row {row}: this person came at {hour}.").format(row=place + 1, hour=found.came),
            field="hour",
        )
        return found

    def cites(self, facts: Any) -> tuple[Cite, ...]:
        return (Cite(self.session, GroundRole.PART_OF),)

    def apply(self, record: Performed) -> None:
        facts = record.facts
        record.create(Leaving, session_id=self.session, sitting=facts.sitting, people=facts.count, hour=self.hour)
        for stay in facts.stays:
            record.update(Attendance, stay, left=self.hour, leaving_id=record.id)


class UndoLeaving(Act):
    """It was typed wrongly who left: take it back. Not after somebody came, or who is there was counted."""

    verb = "assemblies.undo_leaving"
    power = Power.SEAT
    label = _("Take back who left")
    said = _("{seat} took back who left")
    undo = None  # record it again

    leaving: Annotated[Id, To(Leaving), Label(_("Who left"))]

    class Facts(ActFacts):
        stays: tuple[Id, ...]

    def in_organ(self) -> str | None:
        session = Leaving.objects.filter(pk=self.leaving).values_list("session_id", flat=True).first()
        return queries.organ_of(session) if session else None

    def check(self, world: World) -> Facts:
        leaving = world.get(Leaving, self.leaving, field="leaving")
        stands = open_session(world, leaving.session_id, field="leaving")
        counted = any(call.born > leaving.born for call in stands.calls)
        refuse_if(
            counted or was_decided_in(stands.session.id, since=leaving.born),
            "assemblies.voted-since",
            _("Who is there was counted since: this stays."),
            field="leaving",
        )
        refuse_if(
            Sheet.objects.filter(session=stands.session, born__gt=leaving.born).exists(),
            "assemblies.came-since",
            _("Somebody came since: take that sheet back first."),
            field="leaving",
        )
        stays = Attendance.objects.filter(leaving=leaving).order_by("born", "id").values_list("id", flat=True)
        return self.Facts(stays=tuple(stays))

    def cites(self, facts: Any) -> tuple[Cite, ...]:
        return (Cite(self.leaving, GroundRole.CORRECTS),)

    def apply(self, record: Performed) -> None:
        for stay in record.facts.stays:
            record.update(Attendance, stay, left="", leaving_id=None)
        record.remove(Leaving, self.leaving)
