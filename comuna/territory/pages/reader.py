"""What every page of this room asks first: which commune, which day, who reads and what they may know."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, Protocol
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from comuna.acts.act import Act, act_of
from comuna.acts.authority import Standing, authority
from comuna.acts.moment import day_now
from comuna.acts.reach import ANYWHERE
from comuna.acts.refusal import Refused
from comuna.journal.queries import commune_here
from comuna.journal.sealing import Unreadable, open_sealed
from comuna.look.act_page import refusal_part
from comuna.look.frame import Link, actor_of
from comuna.look.page import Page, show
from comuna.statutes import queries as statutes
from comuna.statutes.councils import Council, council_in
from comuna.territory.acts import CorrectPerson, ImportCensus


class Place(Protocol):
    """What lies in a council or belongs to it."""

    council: Any  # its slug; "" for none


@dataclass(frozen=True)
class Reader:
    """Who reads a page. A *keeper* of the roll holds a seat that may correct the entries of people: of the whole
    commune, or of her council."""

    request: HttpRequest
    commune: UUID
    day: date
    person: UUID | None

    def barred(self, act: type[Act], about: Place | None = None) -> Refused | None:
        """Why she may not do the act today, about somebody or something of a council where one is given; None when
        she may."""
        council = ANYWHERE if about is None else about.council or None
        need = authority().signatures(act, self.commune, self.day, None, council)
        seats = need.seats if need and need.needed > 1 else ()
        try:
            self._standing(act, seats, council)
        except Refused as refusal:
            return refusal
        return None

    def _standing(self, act: type[Act], seats: Sequence[str], council: str | None) -> Standing:
        actor = actor_of(self.request)
        return authority().standing(act, actor, self.commune, self.day, seats, None, (), council)

    def may(self, act: type[Act], about: Place | None = None) -> bool:
        return self.barred(act, about) is None

    @cached_property
    def council(self) -> str | None:
        """The slug of the council whose roll she keeps; None for who keeps the whole commune's. Ask it of keepers."""
        seat = self._standing(CorrectPerson, (), ANYWHERE).seat
        return council_in(seat) if seat else None

    def keeps(self, about: Place) -> bool:
        """Whether the roll on which somebody or something stands is hers to keep."""
        return self.is_keeper and self.may(CorrectPerson, about)

    def keeps_places_of(self, place: Place) -> bool:
        """As ``keeps``, for a street or sector; one that several councils share is each of theirs."""
        return self.is_keeper and (self.council is None or place.council in ("", self.council))

    def councils(self, act: type[Act]) -> list[Council]:
        """Those in which she may do the act; none where the books have no councils."""
        found = statutes.councils_of(self.commune, self.day)
        return [one for one in found if self._may_in(act, one.slug)]

    def _may_in(self, act: type[Act], council: str) -> bool:
        try:
            self._standing(act, (), council)
        except Refused:
            return False
        return True

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
    day = day_now(commune)
    return Reader(request, commune, day, actor_of(request).person)


def codes_link(reader: Reader, about: Place, name: str, id: UUID) -> tuple[Link, ...]:
    """To the page that prints the codes of a place, for whoever prints codes: a page of a room above."""
    if not reader.may(act_of("mandates.issue_code"), about):
        return ()
    return (Link(_("Print claim codes"), f"{reverse('mandates:issue-codes')}?{name}={id}"),)


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


def opened(sealed: str) -> str | None:
    """Sealed words for whoever may read them; None where there are none."""
    try:
        return open_sealed(sealed) or None
    except Unreadable:
        return _("sealed with another key")
