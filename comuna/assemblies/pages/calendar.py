"""The sessions as a calendar that phones subscribe to (iCalendar: RFC 5545, RFC 7986)."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from comuna.assemblies.pages import deadlines
from comuna.assemblies.queries.announced import announced, moved_ahead
from comuna.look.frame import Link
from comuna.look.page import Page, show
from comuna.look.paper import url_of
from comuna.look.parts import Answer, Fact, Facts, Many, Section, Text
from comuna.mandates.pages.reader import here, today_in
from comuna.statutes import queries as statutes
from comuna.territory.queries import commune as commune_of

KEPT = timedelta(days=365)  # of what took place: a phone fetches the whole file every few hours


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
            _("What is convened, moved or cancelled later comes too, and the last days of a founding or a renewal."),
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
    """The sessions of these books, those to come and of a year before today, and what has its last day."""
    commune = here()
    return _file_of(request, commune, commune_of(commune).name)


def of_council(request: HttpRequest, council: str) -> HttpResponse:
    """The sessions of one council's organs."""
    commune = here()
    name = next((one.name or one.slug for one in statutes.councils(commune) if one.slug == council), None)
    if name is None:
        raise Http404
    return _file_of(request, commune, f"{commune_of(commune).name} · {name}", council)


def _file_of(request: HttpRequest, commune: UUID, name: str, council: str | None = None) -> HttpResponse:
    from comuna.assemblies.pages import ical  # here, because its library costs an idle server seven megabytes

    today = today_in(commune)
    sessions = announced(commune, council, since=today - KEPT)
    due = [*deadlines.ahead(commune, today, council)]
    content = ical.written(request, commune, name, sessions, moved_ahead(commune, today, council), due)
    return HttpResponse(content, content_type="text/calendar; charset=utf-8")
