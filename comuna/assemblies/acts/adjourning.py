"""Going on another day, where the quorum was not reached."""

from __future__ import annotations

from typing import Annotated, Any

from django.utils.translation import gettext_lazy as _

from comuna.acts.act import Act, ActFacts, Cite, GroundRole, Performed, Power, World
from comuna.acts.fields import Count, Day, Hour, Id, Label, To
from comuna.acts.refusal import refuse_if
from comuna.assemblies import queries, rules
from comuna.assemblies.acts.calling import moment_of_last_call, too_soon_words
from comuna.assemblies.acts.convening import open_session
from comuna.assemblies.models import Call, Session, Sheet, Sitting


class Adjourn(Act):
    """The quorum was not reached: the next call is made on another day. Who is there is counted anew then; the roll
    stays the one that the first call froze."""

    verb = "assemblies.adjourn"
    power = Power.SEAT
    label = _("Adjourn to another day")
    said = _("{seat} adjourned the session to {day}, {hour}")
    undo = None  # adjourn it again, to yet another day

    session: Annotated[Id, To(Session), Label(_("Session"))]
    day: Annotated[Day, Label(_("Day"))]
    hour: Annotated[Hour, Label(_("Hour"))]

    class Facts(ActFacts):
        number: Count
        instead_of: Id | None  # a sitting that nobody has come to yet

    def in_organ(self) -> str | None:
        return queries.organ_of(self.session)

    def check(self, world: World) -> Facts:
        stands = open_session(world, self.session)
        refuse_if(
            stands.quorate is not None,
            "assemblies.quorate",
            _("The quorum was reached: close this session and convene another."),
        )
        refuse_if(not stands.calls, "assemblies.no-call", _("No call was made yet. Make it, or cancel the session."))
        ahead = stands.next_call
        refuse_if(
            ahead is None,
            "assemblies.no-more-calls",
            _("The statute allows no further call: this session has no quorum. Close it."),
            citation=stands.organ.calls[-1].quorum.rule.source,
        )
        assert ahead is not None
        last = moment_of_last_call(stands)
        refuse_if(
            self.day <= last[0], "assemblies.same-day", _("That is not after the day of the last call."), field="day"
        )
        refuse_if(
            rules.minutes_between(last, (self.day, self.hour)) < ahead.minutes_after_previous,
            "assemblies.too-soon",
            too_soon_words(last, ahead.minutes_after_previous),
            citation=ahead.quorum.rule.source,
            field="day",
        )
        refuse_if(
            self.day < world.day and not stands.session.from_paper,
            "assemblies.past",
            _("That day is past."),
            field="day",
        )
        unused = _unused(stands)
        return self.Facts(
            number=stands.sitting + (0 if unused else 1), instead_of=unused.id if unused is not None else None
        )

    def cites(self, facts: Any) -> tuple[Cite, ...]:
        return (Cite(self.session, GroundRole.PART_OF),)

    def apply(self, record: Performed) -> None:
        facts = record.facts
        if facts.instead_of is not None:
            record.remove(Sitting, facts.instead_of)
        record.create(Sitting, session_id=self.session, number=facts.number, day=self.day, hour=self.hour)
        record.update(Session, self.session, sits_on=self.day, sits_at=self.hour)


def _unused(stands: queries.Standing) -> Sitting | None:
    """The newest sitting, when nothing has happened in it."""
    if not stands.sittings:
        return None
    here = {"session": stands.session, "sitting": stands.sitting}
    used = Sheet.objects.filter(**here).exists() or Call.objects.filter(**here).exists()
    return None if used else stands.sittings[-1]
