"""The agenda of a session: the forms by which an item comes onto it, is struck from it or is worded anew."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.http import HttpRequest, HttpResponse

from comuna.acts.act import Act
from comuna.assemblies import queries
from comuna.assemblies.acts import AddAgendaItem, CorrectItem, StrikeItem
from comuna.assemblies.pages.reader import standing_or_404
from comuna.assemblies.pages.recording import about_session
from comuna.assemblies.pages.words import item_words
from comuna.assemblies.queries import ItemStanding, Standing
from comuna.look.parts import Choice


def add(request: HttpRequest, id: UUID) -> HttpResponse:
    return about_session(request, id, AddAgendaItem)


def strike(request: HttpRequest, id: UUID) -> HttpResponse:
    return _about_an_item(request, id, StrikeItem)


def correct(request: HttpRequest, id: UUID) -> HttpResponse:
    return _about_an_item(request, id, CorrectItem)


def changeable(stands: Standing, items: Sequence[ItemStanding], act: type[Act]) -> list[ItemStanding]:
    """The items that may still be struck, or worded anew."""
    untouched = [held for held in items if not (held.item.kind or held.struck or held.motions or held.notes)]
    if act is CorrectItem:
        untouched = [held for held in untouched if not queries.is_told_of(stands, held.item)]
    return untouched


def _about_an_item(request: HttpRequest, id: UUID, act: type[Act]) -> HttpResponse:
    """The one added last stands chosen: that is the one typed just now."""
    stands = standing_or_404(id)
    found = changeable(stands, queries.items(id), act)
    return about_session(
        request,
        id,
        act,
        stands=stands,
        initial={"item": found[-1].item.id} if found else {},
        choices={"item": [Choice(str(held.item.id), item_words(held)) for held in found]},
    )
