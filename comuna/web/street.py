"""My street: a neighbour picks it once, and from then on the first page leads to what happens there this week.

A cookie keeps which, on this one device; nobody else learns of it. It only leads to the street's own address, so that
what a page says depends on its address alone and the page may be kept for everybody.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from comuna.acts.moment import day_now
from comuna.journal.queries import commune_here
from comuna.look.frame import Link
from comuna.look.page import Page, show
from comuna.look.parts import Answer, Empty, Line, Lines, Part, Section
from comuna.statutes.queries import councils_of
from comuna.territory.models import Street
from comuna.territory.queries import streets
from comuna.web import home

COOKIE = "street"
_YEAR = 365 * 24 * 3600


class MyStreetMiddleware:
    """Leads from the first page to the street that this device remembers; before anything that keeps pages."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        mine = remembered(request) if request.path == reverse("home") and request.method in ("GET", "HEAD") else None
        if mine is None:
            return self.get_response(request)
        asked = request.META.get("QUERY_STRING", "")
        answer = HttpResponseRedirect(reverse("street", args=[mine]) + (f"?{asked}" if asked else ""))
        answer.headers["Cache-Control"] = "no-store"
        return answer


def remembered(request: HttpRequest) -> UUID | None:
    try:
        return UUID(request.COOKIES.get(COOKIE, ""))
    except ValueError:
        return None


def week(request: HttpRequest, id: UUID) -> HttpResponse:
    """The first page as it concerns one street. Whoever remembers one that is gone gets the first page itself."""
    found = Street.objects.filter(pk=id, commune=commune_here()).first()
    if found is not None:
        return home.notice_board(request, found)
    if remembered(request) == id:
        return forget(request)
    raise Http404


def pick(request: HttpRequest) -> HttpResponse:
    """Every street by its sector; where there are several councils, one council after the other."""
    commune = commune_here()
    if commune is None:
        raise Http404
    councils = councils_of(commune, day_now(commune))
    chosen = next((one for one in councils if one.slug == request.GET.get("council")), None)
    own = [one for one in streets(commune) if not councils or one.council == (chosen.slug if chosen else "")]
    facts: list[Part] = list(_by_sector(own))
    if councils and chosen is None:
        lines = [Line(one.name, href=f"{reverse('streets')}?council={one.slug}") for one in councils]
        facts.insert(0, Section(_("Councils"), [Lines(lines)], wide=True))
    if not facts:
        facts.append(Empty(_("No sectors or streets yet. A census import brings them along.")))
    facts.append(Section(_("No street"), [], links=[Link(_("Show the whole commune"), reverse("forget-street"))]))
    page = Page(
        title=_("My street"),
        room=chosen.name if chosen else "",
        room_href=reverse("streets") if chosen else "",
        answer=Answer(
            _("Which street is yours?"),
            _("This device remembers it and opens what concerns your street. Nobody else learns of it."),
        ),
        facts=facts,
    )
    return show(request, page)


def _by_sector(own: list[Street]) -> Iterator[Section]:
    sectors: dict[str, list[Line]] = {}
    for one in own:
        href = reverse("remember-street", args=[one.id])
        sectors.setdefault(one.sector.name if one.sector else "", []).append(Line(one.name or "—", href=href))
    for name, lines in sorted(sectors.items(), key=lambda item: (not item[0], item[0])):
        yield Section(name or _("Streets"), [Lines(lines)], wide=True)


def remember(request: HttpRequest, id: UUID) -> HttpResponse:
    """``/streets/…/mine/``: keep it on this device and show its week."""
    if not Street.objects.filter(pk=id, commune=commune_here()).exists():
        raise Http404
    answer = HttpResponseRedirect(reverse("street", args=[id]))
    answer.set_cookie(COOKIE, str(id), max_age=_YEAR, samesite="Lax", httponly=True)
    return answer


def forget(request: HttpRequest) -> HttpResponse:
    answer = HttpResponseRedirect(reverse("home"))
    answer.delete_cookie(COOKIE, samesite="Lax")
    return answer
