"""What every page of this room asks first: which commune, which day, who reads and what they may know."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.utils.http import urlencode

from comuna.acts import clock
from comuna.acts.act import Act
from comuna.acts.authority import authority
from comuna.acts.refusal import Refused
from comuna.journal.queries import commune_here
from comuna.look.act_page import refusal_part
from comuna.look.frame import actor_of
from comuna.look.page import Page, show
from comuna.territory.acts import CorrectPerson, ImportCensus


@dataclass(frozen=True)
class Reader:
    """Who reads a page. A *keeper* of the roll holds a seat that may correct the entries of people."""

    request: HttpRequest
    commune: UUID
    day: date
    person: UUID | None

    def barred(self, act: type[Act]) -> Refused | None:
        """Why she may not do the act today; None when she may."""
        need = authority().signatures(act, self.commune, self.day)
        seats = need.seats if need and need.needed > 1 else ()
        try:
            authority().standing(act, actor_of(self.request), self.commune, self.day, seats)
        except Refused as refusal:
            return refusal
        return None

    def may(self, act: type[Act]) -> bool:
        return self.barred(act) is None

    @property
    def is_keeper(self) -> bool:
        return self.may(CorrectPerson)

    @property
    def may_import(self) -> bool:
        return self.may(ImportCensus)


def reader_of(request: HttpRequest) -> Reader:
    """Raises Http404 before anything was founded."""
    commune = commune_here()
    if commune is None:
        raise Http404
    day = clock.now().astimezone(authority().time_zone(commune)).date()
    return Reader(request, commune, day, actor_of(request).person)


def refused_page(request: HttpRequest, act: type[Act], refusal: Refused, *, status: int = 403) -> HttpResponse:
    """Instead of a page that this reader may not see: the rule, and who may."""
    part = refusal_part(request, act.label, refusal)
    return unstored(show(request, Page(title=act.label, next=part), status=status))


def to_sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in, then come back here."""
    back = urlencode({"next": request.get_full_path()})
    return HttpResponseRedirect(f"{resolve_url(settings.LOGIN_URL)}?{back}")


def id_in(request: HttpRequest, name: str) -> UUID:
    """The id that the address, or the form that was sent, is about. Raises Http404."""
    try:
        return UUID(request.GET.get(name) or request.POST.get(name, ""))
    except ValueError:
        raise Http404 from None


def unstored(response: HttpResponse) -> HttpResponse:
    """Nothing on it is for a cache."""
    response["Cache-Control"] = "no-store"
    return response
