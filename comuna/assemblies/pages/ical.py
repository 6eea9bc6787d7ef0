"""The file that a calendar reads (iCalendar: RFC 5545, RFC 7986)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language, gettext as _
from icalendar import Calendar, Component, Event, Timezone, TimezoneDaylight, TimezoneStandard

import comuna
from comuna.acts.authority import authority
from comuna.assemblies.pages.deadlines import Deadline
from comuna.assemblies.pages.words import call_words, erased_or, moves_words, session_words, titled
from comuna.assemblies.queries.announced import Announced, Regular
from comuna.assemblies.rules import clock_changes
from comuna.look.paper import url_of
from comuna.mandates.pages.reader import today_in
from comuna.mandates.queries import named
from comuna.statutes.words import call as call_rule

ASKED_AGAIN = timedelta(hours=6)
AHEAD = timedelta(days=5 * 365)  # nobody knows the rules of a clock for longer


def written(
    request: HttpRequest,
    commune: UUID,
    name: str,
    sessions: Sequence[Announced],
    moved: Sequence[Regular] = (),
    due: Sequence[Deadline] = (),
) -> bytes:
    """These sessions under a name, each sitting an event; regular meetings that a decision moved, as long as nobody
    has convened them; and last days."""
    zone = authority().time_zone(commune)
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", f"-//Comuna//Comuna {comuna.__version__}//{(get_language() or 'es').upper()}")
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)  # what phones show
    calendar.add("x-wr-timezone", zone.key)
    calendar.add("refresh-interval", ASKED_AGAIN, parameters={"VALUE": "DURATION"})
    days = [day for one in sessions for _number, day, _hour in one.times]
    if days:
        calendar.add_component(_clock(zone, min(days), min(max(days), today_in(commune) + AHEAD)))
    for one in sessions:
        url = url_of(request, reverse("assemblies:session", args=[one.session.id]))
        for number, day, hour in one.times:
            calendar.add_component(_event(one, number, datetime.combine(day, time.fromisoformat(hour), zone), url))
    for meeting in moved:
        calendar.add_component(_moved(request, meeting))
    for last in due:
        calendar.add_component(_due(request, last))
    content: bytes = calendar.to_ical()
    return content


def _clock(zone: ZoneInfo, first: date, last: date) -> Component:
    """The zone's own rules for these days, for whoever does not know the zone by its name."""
    clock = Timezone()
    clock.add("tzid", zone.key)
    for change in clock_changes(zone, first, last):
        part = TimezoneDaylight() if change.is_summer else TimezoneStandard()
        part.add("dtstart", change.at)
        part.add("tzoffsetfrom", change.before)
        part.add("tzoffsetto", change.after)
        part.add("tzname", change.name)
        clock.add_component(part)
    return clock


def _moved(request: HttpRequest, meeting: Regular) -> Component:
    """A whole day, not yet certain."""
    event = Event()
    event.add("uid", str(meeting.moved.id))
    event.add("dtstamp", meeting.touched_at)
    words = _("Regular meeting, not convened yet: {organ}").format(organ=named(meeting.organ.name))
    event.add("summary", words)
    event.add("status", "TENTATIVE")
    event.add("dtstart", meeting.moved.day)
    event.add("url", url_of(request, reverse("assemblies:regular")))
    return event


def _due(request: HttpRequest, one: Deadline) -> Component:
    """A whole day, on which nobody is busy because of it."""
    event = Event()
    event.add("uid", one.id)
    event.add("dtstamp", one.touched_at)
    event.add("last-modified", one.touched_at)
    event.add("summary", one.words)
    event.add("description", one.more)
    event.add("status", "CONFIRMED")
    event.add("transp", "TRANSPARENT")
    event.add("dtstart", one.day)
    event.add("url", url_of(request, one.href))
    return event


def _event(one: Announced, sitting: int, starts: datetime, url: str) -> Component:
    """One sitting. Nobody knows when it will end, so no end is said."""
    session, event = one.session, Event()
    event.add("uid", str(session.id) if sitting == 1 else f"{session.id}-{sitting}")
    event.add("dtstamp", one.touched_at)
    event.add("last-modified", one.touched_at)
    event.add("sequence", one.touched - session.born)
    off = one.cancellation is not None and sitting == len(one.times)  # of an adjourned one the first sitting took place
    words = session_words(one.statute, session)
    event.add("summary", _("Cancelled: {session}").format(session=words) if off else words)
    event.add("status", "CANCELLED" if off else "CONFIRMED")
    event.add("dtstart", starts)
    event.add("location", erased_or(session.place))
    event.add("description", "\n".join(_description(one, off)))
    event.add("url", url)
    return event


def _description(one: Announced, off: bool) -> list[str]:
    lines = []
    if off and one.cancellation is not None:
        lines += [_("Cancelled: {reason}").format(reason=erased_or(one.cancellation.reason)), ""]
    lines += [f"{item.number}. {titled(item, item.id in one.struck)}" for item in one.agenda]
    if one.organ is not None and one.organ.calls:
        said = (f"{call_words(call.number)}: {call_rule(call)}" for call in one.organ.calls)
        lines += ["", *(f"{words[:1].upper()}{words[1:]}." for words in said)]
    if one.moves:
        moved = moves_words(one.moves, one.session)
        lines += ["", *(_("Moved {when}").format(when=words) for words in moved)]
    return lines
