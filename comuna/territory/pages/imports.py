"""What has been imported: figures for everybody, the way back for whoever may take it."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _, ngettext

from comuna.look.frame import Link
from comuna.look.page import Page, show
from comuna.look.parts import Answer, Do, Empty, Fact, Facts, Line, Lines, Small, Source
from comuna.look.words import day_words, number_words
from comuna.territory import waiting
from comuna.territory.acts import ImportCensus, UndoImport
from comuna.territory.models import CensusImport
from comuna.territory.pages.reader import reader_of, unstored
from comuna.territory.pages.understood import sheet_of_left


def imports(request: HttpRequest) -> HttpResponse:
    """Every census import that stands, newest first."""
    reader = reader_of(request)
    standing = CensusImport.objects.filter(commune=reader.commune).order_by("-born")[:50]
    lines = [
        Line(_taken_words(one), when=day_words(one.day), href=reverse("territory:imported", args=[one.id]))
        for one in standing
    ]
    page = Page(
        title=_("Census imports"),
        room=_("People"),
        room_href=reverse("territory:overview"),
        next=Do(ImportCensus.label, reverse("territory:import")) if reader.may_import else None,
        facts=[Lines(lines, empty=Empty(_("No list has been imported, or every import was undone.")))],
    )
    return show(request, page)


def imported(request: HttpRequest, id: UUID) -> HttpResponse:
    """One import: what was taken, and undoing it."""
    reader = reader_of(request)
    one = CensusImport.objects.filter(pk=id, commune=reader.commune).first()
    if one is None:
        raise Http404
    undo = Link(UndoImport.label, f"{reverse('territory:undo-import')}?imported={one.id}")
    others = (undo,) if reader.may(UndoImport) else ()
    people = Do(_("List of people"), reverse("territory:people"), others) if reader.is_keeper else None
    when = day_words(one.day)
    facts = [
        Fact(_("Day of the census"), one.census_day),
        Fact(_("People taken"), one.taken),
        Fact(_("Known before"), one.matched),
        Fact(_("Rows from which nobody was taken"), one.listed),
    ]
    left = waiting.left_of(one.id, reader.person)
    links = [Link(_("In the books"), reverse("books:thread", args=[one.id]))]
    if left and left[1]:
        links.append(
            Link(_("Print the rows from which nobody was taken"), reverse("territory:left-out", args=[one.id]))
        )
        facts.append(Fact(_("These rows can be printed"), Small(_("by you, until a day after the list came"))))
    page = Page(
        title=_("Census import"),
        room=_("People"),
        room_href=reverse("territory:overview"),
        answer=Answer(_taken_words(one), _("Imported on {day}; the list itself was deleted").format(day=when)),
        next=people,
        facts=[Facts(facts)],
        source=Source(links=links),
    )
    return show(request, page)


def left_out(request: HttpRequest, id: UUID) -> HttpResponse:
    """The rows from which nobody was taken, for whoever imported the list, while they are kept."""
    found = waiting.left_of(id, reader_of(request).person)
    if found is None:
        raise Http404
    return unstored(show(request, sheet_of_left(*found)))


def _taken_words(one: CensusImport) -> str:
    return ngettext("{n} person taken from a list", "{n} people taken from a list", one.taken).format(
        n=number_words(one.taken)
    )
