"""All books: what each holds, and how to read on."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _, ngettext

from comuna.look.frame import Link
from comuna.look.page import Page, show
from comuna.look.parts import Answer, Column, Do, Empty, Line, Lines, Many, Part, Section, Source, Table, Value
from comuna.look.words import list_words, number_words
from comuna.statutes import queries as statutes
from comuna.territory.pages.reader import Reader, reader_of
from comuna.treasury import queries
from comuna.treasury.acts import OpenBook
from comuna.treasury.models import Book
from comuna.treasury.pages import charts
from comuna.treasury.pages.observation import open_section
from comuna.treasury.pages.reader import may_in
from comuna.treasury.pages.words import book_name, own_name, sums_words
from comuna.treasury.queries import Sum, amount_said, bank
from comuna.treasury.queries.flows import by_month, flows, from_outside, units_in, years_with_entries

Holdings = dict[UUID, list[Sum]]


def board(request: HttpRequest) -> HttpResponse:
    """What all books hold together, and each of them."""
    reader = reader_of(request)
    books, held = queries.books(reader.commune), queries.holdings(reader.commune)
    page = Page(
        title=_("Accounts"),
        answer=_answer(reader, books, held),
        next=_next(reader, books),
        facts=[*open_section(reader), *_lately(reader), *_sections(reader, books, held)],
        source=Source(
            links=[
                *_bank(reader),
                *_control(books),
                Link(_("Rates"), reverse("treasury:rates")),
                Link(_("Powers and signatures"), reverse("statutes:powers")),
            ]
        ),
    )
    return show(request, page)


def _control(books: list[Book]) -> list[Link]:
    if not books:
        return []
    paper = Link(_("Type a sheet back"), reverse("treasury:paper"))
    return [Link(_("What does not add up"), reverse("treasury:control")), paper]


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
    columns = [Column(_("Council"), head=True), Column(_("Book")), Column(_("Holds"), number=True)]
    rows: list[list[Value]] = [
        [
            councils.get(council, council) if council else _("The whole commune"),
            Many(
                [Link(own_name(book, reader.day), reverse("treasury:book", args=[book.id])) for book in groups[council]]
            ),
            Many([sums_words(book, held.get(book.id, [])) for book in groups[council]]),
        ]
        for council in sorted(groups, key=lambda slug: (slug != "", councils.get(slug, slug)))
    ]
    return [Section(_("Books"), [Table(_("Books"), columns, rows)], wide=True)]


def _named(reader: Reader, book: Book) -> Link:
    return Link(own_name(book, reader.day), reverse("treasury:book", args=[book.id]))


def _lately(reader: Reader) -> list[Part]:
    """The last months of all books together, in the unit in which most happens."""
    first = (reader.day.replace(day=1) - timedelta(days=150)).replace(day=1)
    found = from_outside(flows(reader.commune, first, reader.day))
    units, years = units_in(found), years_with_entries(reader.commune)
    links = [
        Link(_("Accounts of {year}").format(year=year), reverse("treasury:year", args=[year])) for year in years[:5]
    ]
    if not units:
        return [Section(_("Earlier"), [], links=links)] if links else []
    chart = charts.months(by_month(found, units[0]), units[0], reader.commune)
    return [Section(_("What came in and went out lately"), [chart], links=links)]


def _line(reader: Reader, book: Book, held: Holdings) -> Line:
    entries = ngettext("{n} entry", "{n} entries", book.entries).format(n=number_words(book.entries))
    return Line(
        book_name(book, reader.day),
        entries,
        sums_words(book, held.get(book.id, [])),
        reverse("treasury:book", args=[book.id]),
    )
