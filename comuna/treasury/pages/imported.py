"""What came into a book from files: figures for everybody, the way back for whoever may take it."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _, ngettext

from comuna.look.frame import Link
from comuna.look.page import Page, show
from comuna.look.parts import Answer, Column, Do, Empty, Fact, Facts, Line, Lines, Part, Section, Source, Table, Value
from comuna.look.words import day_words, number_words
from comuna.territory import waiting
from comuna.territory.pages.reader import Reader, reader_of, unstored
from comuna.treasury.acts import ImportEntries, UndoImport
from comuna.treasury.models import Book, Entry, EntryImport
from comuna.treasury.pages.reader import address, book_or_404, may_in
from comuna.treasury.pages.words import book_name

LEFT_SHOWN = 200
FOLDED_FROM = 50


def imports(request: HttpRequest, id: UUID) -> HttpResponse:
    """Those of a book, newest first."""
    reader = reader_of(request)
    here = book_or_404(reader, id)
    found = EntryImport.objects.filter(book=here).order_by("-born")[:50]
    lines = [
        Line(_taken_words(one), day_words(one.day), href=reverse("treasury:imported", args=[one.id])) for one in found
    ]
    may = may_in(reader, ImportEntries, here.organ)
    page = Page(
        title=_("Entries from files"),
        room=book_name(here, reader.day),
        room_href=reverse("treasury:book", args=[here.id]),
        next=Do(ImportEntries.label, address("import", book=here.id)) if may else None,
        facts=[Lines(lines, Empty(_("No entries were taken from a file.")))],
    )
    return show(request, page)


def _taken_words(one: EntryImport) -> str:
    return ngettext("{n} entry taken from a file", "{n} entries taken from a file", one.entries).format(
        n=number_words(one.entries)
    )


def imported(request: HttpRequest, id: UUID) -> HttpResponse:
    """One import: what was taken, the rows that were not for whoever brought them, and taking it back."""
    reader = reader_of(request)
    one = EntryImport.objects.filter(pk=id, commune=reader.commune).select_related("book").first()
    if one is None:
        raise Http404
    here, left = one.book, waiting.left_of(one.id, reader.person)
    stands = Entry.objects.filter(act=one.id, reverses=None, reversal=None).exists()
    back = Do(UndoImport.label, address("to-undo-import", imported=one.id))
    page = Page(
        title=_("Entries from a file"),
        room=_("Entries from files"),
        room_href=reverse("treasury:imports", args=[here.id]),
        answer=Answer(_taken_words(one), day_words(one.day) if stands else _("All of them were taken back")),
        next=back if stands and may_in(reader, UndoImport, here.organ) else None,
        facts=[
            Facts([Fact(_("Book"), Link(book_name(here, reader.day), reverse("treasury:book", args=[here.id])))]),
            *([left_table([(where, why) for where, _who, why in left[1]])] if left else []),
        ],
        source=Source(links=[Link(_("In the books"), reverse("books:thread", args=[one.id]))]),
    )
    return unstored(show(request, page)) if left else show(request, page)


def import_links(reader: Reader, here: Book) -> list[Link]:
    """For the page of a book."""
    if not EntryImport.objects.filter(book=here).exists() and not may_in(reader, ImportEntries, here.organ):
        return []
    return [Link(_("Entries from files"), reverse("treasury:imports", args=[here.id]))]


def left_table(left: list[tuple[str, str]]) -> Part:
    columns = [Column(_("Row of the file"), head=True), Column(_("Why"))]
    rows: list[list[Value]] = [[where, why] for where, why in left[:LEFT_SHOWN]]
    counted = ngettext("{n} row is not taken", "{n} rows are not taken", len(left)).format(n=number_words(len(left)))
    return Section(counted, [Table(_("Rows"), columns, rows, empty=Empty(""))], folded=len(left) > FOLDED_FROM)
