"""The sessions as a calendar that phones subscribe to (iCalendar: RFC 5545, RFC 7986)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import get_language, gettext as _
from icalendar import Calendar, Component, Event, Timezone, TimezoneDaylight, TimezoneStandard

import comuna
from comuna.acts.authority import authority
from comuna.assemblies.pages.words import call_words, erased_or, moves_words, session_words
from comuna.assemblies.queries.announced import Announced, announced
from comuna.assemblies.rules import clock_changes
from comuna.look.frame import Link
from comuna.look.page import Page, show
from comuna.look.paper import url_of
from comuna.look.parts import Answer, Fact, Facts, Many, Section, Text
from comuna.mandates.pages.reader import here, today_in
from comuna.statutes import queries as statutes
from comuna.statutes.words import call as call_rule
from comuna.territory.queries import commune as commune_of

ASKED_AGAIN = timedelta(hours=6)
AHEAD = timedelta(days=5 * 365)  # nobody knows the rules of a clock for longer


def how(request: HttpRequest) -> HttpResponse:
    """What to do so that a phone shows the sessions."""
    commune = here()
    places = [(commune_of(commune).name, reverse("agenda"))]
    places += [(one.name or one.slug, reverse("agenda-of", args=[one.slug])) for one in statutes.councils(commune)]
    page = Page(
        title=_("The sessions in your phone's calendar"),
        room=_("Assemblies"),
        room_href=reverse("assemblies:sessions"),
        answer=Answer(
            _("Your phone's calendar can show every session by itself"),
            _("What is convened, moved or cancelled later comes too, without you doing anything."),
        ),
        facts=[
            Section(
                _("The address of the calendar"),
                [Facts([Fact(name, Many([url_of(request, path), Link(_file(name), path)])) for name, path in places])],
                _("In the calendar's settings choose “add by address” or “subscribe”, and paste the address."),
            ),
            Text(_("Whoever opens the file has the sessions convened so far: later ones do not come by themselves.")),
        ],
    )
    return show(request, page)


def _file(name: str) -> str:
    return _("{name}, as a file").format(name=name)


def of_all(request: HttpRequest) -> HttpResponse:
    """Every session of these books."""
    commune = here()
    return _answer(request, commune, commune_of(commune).name, announced(commune))


def of_council(request: HttpRequest, council: str) -> HttpResponse:
    """The sessions of one council's organs."""
    commune = here()
    name = next((one.name or one.slug for one in statutes.councils(commune) if one.slug == council), None)
    if name is None:
        raise Http404
    return _answer(request, commune, f"{commune_of(commune).name} · {name}", announced(commune, council))


def _answer(request: HttpRequest, commune: UUID, name: str, sessions: Sequence[Announced]) -> HttpResponse:
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
    return HttpResponse(calendar.to_ical(), content_type="text/calendar; charset=utf-8")


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
    lines += [f"{item.number}. {erased_or(item.title)}" for item in one.agenda]
    if one.organ is not None and one.organ.calls:
        said = (f"{call_words(call.number)}: {call_rule(call)}" for call in one.organ.calls)
        lines += ["", *(f"{words[:1].upper()}{words[1:]}." for words in said)]
    if one.moves:
        moved = moves_words(one.moves, one.session)
        lines += ["", *(_("Moved {when}").format(when=words) for words in moved)]
    return lines
