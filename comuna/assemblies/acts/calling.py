"""Counting who is present against the quorum, as often as the statute allows."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Annotated, Any

from django.utils.translation import gettext_lazy as _, ngettext

from comuna.acts.act import Act, ActFacts, Cite, GroundRole, Performed, Power, World
from comuna.acts.fields import Count, Flag, Hour, Id, Label, Row, Slug, StatuteLine, To
from comuna.acts.refusal import refuse_if
from comuna.assemblies import queries, rules
from comuna.assemblies.acts.convening import open_session, refuse_ahead
from comuna.assemblies.acts.sitting import was_decided_in
from comuna.assemblies.models import AgendaItem, Call, Carried, Motion, Session
from comuna.look.words import hour_words
from comuna.statutes import rules as counting


class CarriedRow(Row):
    """An earlier decision that came to wait after the session was convened, and stands on its agenda too."""

    resolution: Id
    kind: Slug  # of the item
    number: Count  # of the item
    item: Id | None  # None: it comes onto the agenda with this
    place: Count  # in the item, from 0


class MakeCall(Act):
    """Count who is present against the quorum. When it is not reached, the next call follows as the statute says."""

    verb = "assemblies.make_call"
    power = Power.SEAT
    label = _("Make the call")
    said = _("{seat} made call {number}: {present} present, {needed} needed")
    undo = "assemblies.undo_call"

    session: Annotated[Id, To(Session), Label(_("Session"))]
    number: Annotated[Count, Label(_("Which call"))]
    hour: Annotated[Hour, Label(_("Hour"))]

    class Facts(ActFacts):
        sitting: Count
        present: Count
        whole: Count | None
        roll: Count
        unknown_age: Count
        away: Count
        needed: Count
        reached: Flag
        rule: Slug
        citation: StatuteLine
        carried: tuple[CarriedRow, ...] = ()  # at the first call; they stay where it is taken back

    def in_organ(self) -> str | None:
        return queries.organ_of(self.session)

    def check(self, world: World) -> Facts:
        stands = open_session(world, self.session)
        call = self._call(stands)
        refuse_if(
            stands.day > world.day,
            "assemblies.not-yet",
            _("The day of this session has not come."),
            field="session",
        )
        refuse_ahead(world, stands.day, self.hour)
        rights = queries.entitled(world.commune, stands.organ, stands.statute, stands.day)
        first = stands.calls[0] if stands.calls else None
        present = stands.at(self.hour).present
        counts = queries.counts_of(stands, present, rights)
        quorum = counting.quorum(call, counts)
        return self.Facts(
            sitting=stands.sitting,
            present=present,
            whole=quorum.whole,
            roll=first.roll if first else rights.size,
            unknown_age=first.unknown_age if first else rights.unknown_age,
            away=first.away if first else rights.away,
            needed=quorum.needed,
            reached=quorum.reached,
            rule=quorum.rule.id,
            citation=quorum.rule.source,
            carried=tuple(_carried(stands)),
        )

    def _call(self, stands: queries.Standing) -> Any:
        refuse_if(
            stands.quorate is not None, "assemblies.quorate", _("The quorum has already been reached."), field="number"
        )
        expected = len(stands.calls) + 1
        refuse_if(
            expected > len(stands.organ.calls),
            "assemblies.no-more-calls",
            _("The statute allows no further call: this session has no quorum. Close it."),
            citation=stands.organ.calls[-1].quorum.rule.source,
            field="number",
        )
        refuse_if(
            self.number != expected,
            "assemblies.call-order",
            _("The next call is number {number}.").format(number=expected),
            field="number",
        )
        call = stands.organ.calls[expected - 1]
        refuse_if(
            self.hour < stands.hour,
            "assemblies.called-early",
            _("People were called for {hour}: no call is made before it.").format(hour=hour_words(stands.hour)),
            field="hour",
        )
        if stands.calls:
            last = moment_of_last_call(stands)
            refuse_if(
                rules.minutes_between(last, (stands.day, self.hour)) < call.minutes_after_previous,
                "assemblies.too-soon",
                too_soon_words(last, call.minutes_after_previous),
                citation=call.quorum.rule.source,
                field="hour",
            )
        return call

    def cites(self, facts: Any) -> tuple[Cite, ...]:
        return (Cite(self.session, GroundRole.PART_OF),)

    def apply(self, record: Performed) -> None:
        facts = record.facts
        record.create(
            Call,
            session_id=self.session,
            sitting=facts.sitting,
            number=self.number,
            hour=self.hour,
            present=facts.present,
            whole=facts.whole,
            roll=facts.roll,
            unknown_age=facts.unknown_age,
            away=facts.away,
            needed=facts.needed,
            reached=facts.reached,
            rule=facts.rule,
            citation=facts.citation,
        )
        new = {row.number: row.kind for row in facts.carried if row.item is None}
        columns = {"session_id": self.session, "title": "", "act": record.id, "added_on": record.day}
        record.create_many(
            AgendaItem,
            [
                {"id": record.key("item", number), "number": number, "kind": kind, **columns}
                for number, kind in new.items()
            ],
        )
        record.create_many(
            Carried,
            [
                {
                    "id": record.key("carried", row.number, row.place),
                    "item_id": row.item or record.key("item", row.number),
                    "resolution_id": row.resolution,
                    "place": row.place,
                }
                for row in facts.carried
            ],
        )


def _carried(stands: queries.Standing) -> Iterable[CarriedRow]:
    """What came to wait since it was convened, the items in the order in which the page shows them."""
    since = queries.came_since(stands)
    there = {item.kind: item.id for item in AgendaItem.objects.filter(session=stands.session)}
    for held in queries.agenda(stands, since) if since else ():
        kind = held.item.kind
        place = Carried.objects.filter(item=held.item.id).count()
        for further, one in enumerate(since.get(kind, ()), start=place):
            yield CarriedRow(
                resolution=one.resolution.id, kind=kind, number=held.item.number, item=there.get(kind), place=further
            )


def too_soon_words(last: tuple[date, str], minutes: int) -> str:
    """From when on the next call may be made, that many minutes after the last."""
    day, hour = rules.moment_after(last, minutes)
    moment = hour_words(hour) if day == last[0] else f"{day:%d/%m/%Y}, {hour_words(hour)}"
    words = ngettext(
        "Not before {moment}: the statute asks for {minutes} minute after the call before.",
        "Not before {moment}: the statute asks for {minutes} minutes after the call before.",
        minutes,
    )
    return words.format(moment=moment, minutes=minutes)


def moment_of_last_call(stands: queries.Standing) -> tuple[date, str]:
    last = stands.calls[-1]
    return stands.day_of(last.sitting), last.hour


class UndoCall(Act):
    """The last call was recorded wrongly: take it back. Not after a motion was put."""

    verb = "assemblies.undo_call"
    power = Power.SEAT
    label = _("Take the call back")
    said = _("{seat} took a call back")
    undo = None  # make the call again

    call: Annotated[Id, To(Call), Label(_("Call"))]

    def in_organ(self) -> str | None:
        session = Call.objects.filter(pk=self.call).values_list("session_id", flat=True).first()
        return queries.organ_of(session) if session else None

    def check(self, world: World) -> ActFacts:
        call = world.get(Call, self.call, field="call")
        stands = open_session(world, call.session_id, field="call")
        refuse_if(stands.calls[-1].id != call.id, "assemblies.last-call", _("Only the last call can be taken back."))
        refuse_if(
            stands.sitting > call.sitting,
            "assemblies.adjourned",
            _("The session was adjourned after this call."),
        )
        refuse_if(
            Motion.objects.filter(session=stands.session).exists(),
            "assemblies.motion-put",
            _("A motion already rests on this call."),
        )
        refuse_if(
            was_decided_in(stands.session.id),
            "assemblies.decided-in",
            _("An election or a recall already rests on this call."),
        )
        return self.Facts()

    def cites(self, facts: Any) -> tuple[Cite, ...]:
        return (Cite(self.call, GroundRole.CORRECTS),)

    def apply(self, record: Performed) -> None:
        record.remove(Call, self.call)
