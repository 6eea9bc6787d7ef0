"""Receipt books: blanks to print, what was typed back of them, and the numbers that are missing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _, ngettext

from comuna.look.act_page import act_page
from comuna.look.cutting import CutApart
from comuna.look.decode import Decoded, decode
from comuna.look.frame import Link
from comuna.look.page import Page, show
from comuna.look.parts import (
    Answer,
    Choice,
    Column,
    Do,
    Empty,
    Fact,
    Facts,
    Line,
    Lines,
    Section,
    Sign,
    Signatures,
    Source,
    Status,
    Table,
    Value,
)
from comuna.look.reading import tidy
from comuna.look.words import day_words, list_words, number_words
from comuna.statutes.bookkeeping import AccountKind
from comuna.territory.pages.reader import Reader, id_in, reader_of
from comuna.treasury import sheetcodes
from comuna.treasury.acts import BeginReceipts, TakeBackReceipts, TypeReceipts
from comuna.treasury.acts.moving import SOURCES
from comuna.treasury.acts.receiving import TypedReceipt
from comuna.treasury.models import Book, NumberedReceipt, ReceiptBook, ReceiptsTyped
from comuna.treasury.pages.acting import accounts, units
from comuna.treasury.pages.reader import address, book_or_404, decimals, may_in
from comuna.treasury.pages.words import book_name
from comuna.treasury.queries.receiving import Standing, is_blank, standing

BOOKS_LANGUAGE = "es"
PROPOSED = 30  # receipts of a book: ten sheets
TYPED_AT_ONCE = 6  # lines of the form that begin with a number
MISSING_SHOWN = 20


def receipt_books(request: HttpRequest, id: UUID) -> HttpResponse:
    """Of a book of accounts."""
    reader = reader_of(request)
    here = book_or_404(reader, id)
    found = standing([here.id])
    missing = [number for one in found for number in one.missing]
    counted = ngettext("{n} receipt book", "{n} receipt books", len(found)).format(n=number_words(len(found)))
    page = Page(
        title=_("Receipt books"),
        room=book_name(here, reader.day),
        room_href=reverse("treasury:book", args=[here.id]),
        answer=Answer(counted if found else _("No receipt book was begun"), missing_words(missing)),
        next=_next(reader, here, found),
        facts=[
            Lines(
                [_line(reader, one) for one in reversed(found)],
                Empty(_("Who keeps the book begins one, prints its receipts and types back those that were given.")),
            )
        ],
    )
    return show(request, page)


def missing_words(missing: Sequence[int]) -> str:
    """``Not typed, though later ones were: 17 and 18``; nothing where none is."""
    if not missing:
        return ""
    shown = [number_words(one) for one in missing[:MISSING_SHOWN]]
    more = len(missing) - len(shown)
    said = list_words([*shown, _("others: {n}").format(n=number_words(more))] if more else shown)
    return _("Not typed, though later ones were: {numbers}").format(numbers=said)


def _next(reader: Reader, here: Book, found: Sequence[Standing]) -> Do | None:
    links = []
    if any(one.blank for one in found) and may_in(reader, TypeReceipts, here.organ):
        links.append(Link(TypeReceipts.label, address("to-type-receipts", book=here.id)))
    if may_in(reader, BeginReceipts, here.organ):
        links.append(Link(BeginReceipts.label, address("to-begin-receipts", book=here.id)))
    return Do(links[0].words, links[0].href, tuple(links[1:])) if links else None


def _line(reader: Reader, one: Standing) -> Line:
    given = sum(row.entry is not None and not is_blank(row) for row in one.numbers)
    status = Status(Sign.DONE, _("all typed"))
    if one.missing:
        status = Status(Sign.REFUSED, _("numbers are missing"))
    elif one.blank:
        status = Status(Sign.PLAIN, ngettext("{n} blank", "{n} blank", len(one.blank)).format(n=len(one.blank)))
    return Line(
        _("Receipts {first} to {last}").format(first=one.receipts.first, last=one.receipts.last),
        day_words(one.receipts.day, today=reader.day, weekday=False),
        ngettext("{n} receipt given", "{n} receipts given", given).format(n=number_words(given)),
        reverse("treasury:receipt-book", args=[one.receipts.id]),
        status,
    )


def _of(reader: Reader, id: UUID) -> Standing:
    found = ReceiptBook.objects.filter(pk=id, commune=reader.commune).select_related("book").first()
    if found is None:
        raise Http404
    return next(one for one in standing([found.book_id]) if one.receipts.id == id)


def receipt_book(request: HttpRequest, id: UUID) -> HttpResponse:
    """Each number, and what became of it."""
    reader = reader_of(request)
    here = _of(reader, id)
    book = Book.objects.get(pk=here.receipts.book_id)
    title = _("Receipts {first} to {last}").format(first=here.receipts.first, last=here.receipts.last)
    columns = [Column(_("Number"), number=True), Column(_("What for"), head=True), Column(_("Day"))]
    page = Page(
        title=title,
        room=_("Receipt books"),
        room_href=reverse("treasury:receipt-books", args=[book.id]),
        answer=Answer(title, missing_words(here.missing)),
        next=_next(reader, book, [here]),
        facts=[Table(_("Each number"), columns, [_row(here, one) for one in here.numbers], empty=Empty(""))],
        source=Source(
            links=[
                Link(_("Print the receipts"), reverse("treasury:receipt-sheets", args=[here.receipts.id])),
                Link(_("In the books"), reverse("books:thread", args=[here.receipts.id])),
            ]
        ),
    )
    return show(request, page)


def _row(here: Standing, one: NumberedReceipt) -> list[Value]:
    if one.number in here.missing:
        return [one.number, Status(Sign.REFUSED, _("not typed, though later ones were")), ""]
    if is_blank(one):
        return [one.number, Status(Sign.PLAIN, _("blank")), ""]
    if one.entry is None:
        return [one.number, _("spoilt: {words}").format(words=one.spoilt or "—"), ""]
    return [one.number, Link(one.entry.words or "—", reverse("treasury:entry", args=[one.entry_id])), one.entry.day]


def sheets(request: HttpRequest, id: UUID) -> HttpResponse:
    """The blanks, to be cut apart; in the commune's own language whoever prints them."""
    reader = reader_of(request)
    here = _of(reader, id)
    book = Book.objects.get(pk=here.receipts.book_id)
    with translation.override(BOOKS_LANGUAGE):
        name = book_name(book, reader.day)
        title = _("Receipts {first} to {last}").format(first=here.receipts.first, last=here.receipts.last)
        page = Page(
            title=title,
            room=name,
            room_href=reverse("treasury:receipt-book", args=[here.receipts.id]),
            answer=Answer(title, _("The payer gets the receipt. A copy or the counterfoil stays, to be typed.")),
            facts=[CutApart([_blank(name, one) for one in here.numbers])],
            paper=True,
        )
        return show(request, page)


def _blank(name: str, one: NumberedReceipt) -> Section:
    asked = [_("Received from"), _("Amount"), _("What for"), _("Day")]
    return Section(
        _("Receipt No. {number} · {book} · {code}").format(
            number=one.number, book=name, code=sheetcodes.code_of(one.id)
        ),
        [Facts([Fact(words, "") for words in asked]), Signatures([_("Who received it"), _("Who paid")])],
    )


def begin(request: HttpRequest) -> HttpResponse:
    reader = reader_of(request)
    here = book_or_404(reader, id_in(request, "book"))
    return act_page(
        request,
        BeginReceipts,
        room=book_name(here, reader.day),
        room_href=reverse("treasury:receipt-books", args=[here.id]),
        initial={"book": here.id, "receipts": PROPOSED},
        fixed={"book": book_name(here, reader.day)},
        organ=here.organ,
        on_done=lambda done: HttpResponseRedirect(reverse("treasury:receipt-book", args=[done.id])),
        cancel=reverse("treasury:receipt-books", args=[here.id]),
    )


def type_back(request: HttpRequest) -> HttpResponse:
    """Lines begin with the next blank numbers, or from ``?number=`` on; a line with nothing but these is left out."""
    reader = reader_of(request)
    here = book_or_404(reader, id_in(request, "book"))
    places, sources = accounts(reader, here, (AccountKind.ASSET,)), accounts(reader, here, SOURCES)
    given: dict[str, Any] = {
        "source": _the_only(sources),
        "into": _the_only(places),
    }
    rows = tuple(
        TypedReceipt.model_construct(number=number, day=None, amount=None, words=None, **given)
        for number in _numbers(request, here)
    )
    initial: dict[str, Any] = {"book": here.id, "unit": here.unit, "rows": rows}
    back = reverse("treasury:receipt-books", args=[here.id])
    places_of = decimals(reader)

    def read(typed: QueryDict) -> Decoded[Any]:
        return decode(TypeReceipts, without_untouched(typed, "rows", ("amount", "words", "day")), places_of)

    return act_page(
        request,
        TypeReceipts,
        room=book_name(here, reader.day),
        room_href=back,
        choices={"unit": units(reader), "rows.source": sources, "rows.into": places},
        initial=initial,
        fixed={"book": book_name(here, reader.day)},
        organ=here.organ,
        decimals=places_of,
        read=read,
        channel="paper",
        blank_rows=0 if rows else 5,
        on_done=lambda done: HttpResponseRedirect(back),
        cancel=back,
    )


def _the_only(offered: Sequence[Choice]) -> UUID | None:
    """Filled in where there is but one; else whoever types says which."""
    return UUID(offered[0].value) if len(offered) == 1 else None


def _numbers(request: HttpRequest, here: Book) -> list[int]:
    asked = request.GET.get("number", "")
    first = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 9 else 0
    blank = [number for one in standing([here.id]) for number in one.blank]
    return [number for number in blank if number >= first][:TYPED_AT_ONCE]


def without_untouched(typed: QueryDict, name: str, written: Sequence[str]) -> QueryDict:
    """The form without those lines of a list in which nothing was written by hand."""
    kept = typed.copy()
    lines = {key.split(".")[1] for key in typed if key.startswith(f"{name}.") and key.count(".") == 2}
    for line in lines:
        if not any(tidy(typed.get(f"{name}.{line}.{column}", "")) for column in written):
            for key in [key for key in typed if key.startswith(f"{name}.{line}.")]:
                del kept[key]
    return kept


def take_back(request: HttpRequest) -> HttpResponse:
    reader = reader_of(request)
    typed = ReceiptsTyped.objects.filter(pk=id_in(request, "typed"), commune=reader.commune).first()
    if typed is None:
        raise Http404
    book, numbers = typed.book, list(typed.numbers.order_by("number").values_list("number", flat=True))
    back = reverse("treasury:receipt-books", args=[book.id])
    said = _("{first} to {last}, typed on {day}").format(
        first=min(numbers, default=0), last=max(numbers, default=0), day=day_words(typed.day, weekday=False)
    )
    return act_page(
        request,
        TakeBackReceipts,
        room=book_name(book, reader.day),
        room_href=back,
        initial={"typed": typed.id, "day": reader.day},
        fixed={"typed": said},
        organ=book.organ,
        on_done=lambda done: HttpResponseRedirect(back),
        cancel=back,
    )


def number_of(entry: UUID) -> NumberedReceipt | None:
    """The receipt by which an entry came in."""
    found: NumberedReceipt | None = NumberedReceipt.objects.filter(entry=entry).first()
    return found


def address_of_number(one: NumberedReceipt) -> str:
    """Where a receipt with this code is read, or typed back."""
    if is_blank(one):
        return address("to-type-receipts", book=one.book_id, number=one.number)
    return reverse("treasury:receipt-book", args=[one.receipts_id])


def receipts_of(reader: Reader, here: Book) -> list[Link]:
    """For the page of a book of accounts."""
    if not may_in(reader, BeginReceipts, here.organ) and not standing([here.id]):
        return []
    return [Link(_("Receipt books"), reverse("treasury:receipt-books", args=[here.id]))]
