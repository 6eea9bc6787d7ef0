"""Where the code of a printed sheet is typed: it leads to what the sheet is about, where it is typed back."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from comuna.journal.papercode import Mistyped
from comuna.look.page import Page, show
from comuna.look.parts import Answer, Empty, Line, Lines, Notice, Part, Search, Sign
from comuna.territory.pages.reader import Reader, reader_of
from comuna.treasury import sheetcodes
from comuna.treasury.acts import Pay
from comuna.treasury.models import NumberedReceipt
from comuna.treasury.pages.receiptbook import address_of_number
from comuna.treasury.pages.sheets import sheets_between
from comuna.treasury.pages.words import book_name
from comuna.treasury.queries import amount_said, books
from comuna.treasury.queries.orders import orders_between


def paper(request: HttpRequest) -> HttpResponse:
    """``?code=`` of a payment order, a receipt or a blank sheet."""
    reader = reader_of(request)
    typed = request.GET.get("code", "").strip()[:40]
    parts: list[Part] = []
    if typed:
        try:
            found = _found(reader, *sheetcodes.ids_of(typed))
        except Mistyped:
            words = _("Typing error: the code of a sheet has nine letters and digits.")
            parts.append(Notice(Sign.REFUSED, words))
        else:
            if len(found) == 1:
                return HttpResponseRedirect(found[0].href)
            words = _("The code is typed without a slip, yet no sheet of these books has it.")
            parts.append(Lines(found, Empty(words)))
    page = Page(
        title=_("Type a sheet back"),
        room=_("Accounts"),
        room_href=reverse("treasury:board"),
        answer=Answer(
            _("Type a sheet back"),
            _("Payment orders, receipts and sheets of the accounts have a code of nine letters."),
        ),
        facts=[*parts, Search(_("Code on the sheet"), "code", typed, button=_("Find"))],
    )
    return show(request, page)


def _found(reader: Reader, first: UUID, last: UUID) -> list[Line]:
    orders = [
        Line(
            _("Payment order: {amount}").format(amount=amount_said(one.amount, one.line.unit, reader.commune)),
            more=one.words,
            href=reverse("treasury:order", args=[one.id]),
        )
        for one in orders_between(reader.commune, first, last, reader.day, Pay.verb)
    ]
    receipts = [
        Line(_("Receipt {number}").format(number=one.number), href=address_of_number(one))
        for one in NumberedReceipt.objects.filter(commune=reader.commune, pk__gte=first, pk__lte=last)
    ]
    blanks = [
        Line(
            _("Type the sheet: {name}").format(name=kind.name),
            more=book_name(book, reader.day),
            href=reverse("treasury:type-sheet", args=[book.id, kind.slug]),
        )
        for book, kind in sheets_between(books(reader.commune), first, last)
    ]
    return [*orders, *receipts, *blanks]
