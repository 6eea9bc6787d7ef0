"""All books: what each holds, and how to read on."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _, ngettext

from comuna.look.frame import Link
from comuna.look.page import Page, show
from comuna.look.parts import Answer, Do, Empty, Line, Lines, Part, Section, Source
from comuna.look.words import list_words, number_words
from comuna.statutes import queries as statutes
from comuna.territory.pages.reader import Reader, reader_of
from comuna.treasury import queries
from comuna.treasury.acts import OpenBook
from comuna.treasury.models import Book
from comuna.treasury.pages.reader import may_in
from comuna.treasury.pages.words import book_name, sums_words
from comuna.treasury.queries import Sum, amount_said, bank

Holdings = dict[UUID, list[Sum]]


def board(request: HttpRequest) -> HttpResponse:
    """What all books hold together, and each of them."""
    reader = reader_of(request)
    books, held = queries.books(reader.commune), queries.holdings(reader.commune)
    page = Page(
        title=_("Accounts"),
        answer=_answer(reader, books, held),
        next=_next(reader, books),
        facts=_sections(reader, books, held),
        source=Source(links=[*_bank(reader), Link(_("Powers and signatures"), reverse("statutes:powers"))]),
    )
    return show(request, page)


def _answer(reader: Reader, books: list[Book], held: Holdings) -> Answer:
    if not books:
        return Answer(_("No book is open yet"), _("Who keeps the money opens one; from then on everybody can read it."))
    totals: dict[str, int] = {}
    for sums in held.values():
        for one in sums:
            totals[one.unit] = totals.get(one.unit, 0) + one.amount
    said = [amount_said(amount, unit, reader.commune) for unit, amount in sorted(totals.items()) if amount]
    counted = ngettext("{n} book is open", "{n} books are open", len(books)).format(n=number_words(len(books)))
    if not said:
        return Answer(_("The books hold nothing yet"), counted)
    return Answer(_("The books hold {sums}").format(sums=list_words(said)), counted)


def _bank(reader: Reader) -> list[Link]:
    if not bank.banks(reader.commune, reader.day):
        return []
    return [Link(_("Communal bank: savings and credits"), reverse("treasury:bank"))]


def _next(reader: Reader, books: list[Book]) -> Do | None:
    opened = {book.kind for book in books}
    kinds = statutes.in_force(reader.commune, reader.day).money.books
    if any(kind.id not in opened and may_in(reader, OpenBook, kind.organ) for kind in kinds):
        return Do(OpenBook.label, reverse("treasury:open-book"))
    return None


def _sections(reader: Reader, books: list[Book], held: Holdings) -> list[Part]:
    if not books:
        return [Empty(_("The statute says which books there are and which organ keeps each."))]
    councils = {one.slug: one.name for one in statutes.councils_of(reader.commune, reader.day)}
    groups: dict[str, list[Book]] = {}
    for book in books:
        groups.setdefault(book.council, []).append(book)
    if list(groups) == [""]:
        return [Lines([_line(reader, book, held) for book in books])]
    return [
        Section(
            councils.get(council, council) if council else _("The whole commune"),
            [Lines([_line(reader, book, held) for book in groups[council]])],
        )
        for council in sorted(groups, key=lambda slug: councils.get(slug, slug))
    ]


def _line(reader: Reader, book: Book, held: Holdings) -> Line:
    entries = ngettext("{n} entry", "{n} entries", book.entries).format(n=number_words(book.entries))
    return Line(
        book_name(book, reader.day),
        sums_words(book, held.get(book.id, [])),
        entries,
        reverse("treasury:book", args=[book.id]),
    )
