"""A book to take away: for hledger and beancount as it is read, for spreadsheets as one table."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from comuna.look import spreadsheet
from comuna.look.frame import Link
from comuna.look.parts import Column, Table, Value
from comuna.territory.pages.reader import reader_of
from comuna.treasury import plaintext
from comuna.treasury.models import Book
from comuna.treasury.pages.reader import book_or_404
from comuna.treasury.pages.words import account_name, book_name
from comuna.treasury.queries import kind_of
from comuna.treasury.queries.ledger import Ledger, ledger

SPREADSHEETS = ("xlsx", "csv")
ENTRIES_MAX = 50_000  # of a spreadsheet, which is made in memory; the other files have no end


def export(request: HttpRequest, id: UUID, kind: str) -> HttpResponseBase:
    reader = reader_of(request)
    here = book_or_404(reader, id)
    name = re.sub(r"[^a-z0-9]+", "-", here.kind).strip("-")
    if kind in plaintext.ENDINGS:
        response = StreamingHttpResponse(plaintext.lines([here], kind), content_type="text/plain; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="{name}.{plaintext.ENDINGS[kind]}"'
        return response
    if kind not in SPREADSHEETS or here.entries > ENTRIES_MAX:
        raise Http404
    said = kind_of(here, reader.day)
    written = ledger(here)
    names = {one.code: account_name(one, said) for one in written.accounts}
    columns = [
        Column(_("Folio"), number=True),
        Column(_("Day")),
        Column(_("Code")),
        Column(_("Account"), head=True),
        Column(_("Debit"), number=True),
        Column(_("Credit"), number=True),
        Column(_("Counted in")),
        Column(_("What for")),
        Column(_("Reference")),
        Column(_("Takes back folio"), number=True),
    ]
    return spreadsheet.answer(Table(book_name(here, reader.day), columns, list(_rows(written, names))), kind, name)


def _rows(written: Ledger, names: dict[str, str]) -> Iterator[list[Value]]:
    for one in written.entries():
        for code, unit, amount in one.moved:
            exact = Decimal(abs(amount)).scaleb(-written.decimals[unit])
            sides: list[Value] = [exact, None] if amount > 0 else [None, exact]
            said: list[Value] = [one.words, one.reference, one.reverses]
            yield [one.folio, one.day, code, names[code], *sides, unit, *said]


def links(here: Book) -> list[Link]:
    """To every file that there is of a book with entries."""
    if not here.entries:
        return []
    kinds = [*(SPREADSHEETS if here.entries <= ENTRIES_MAX else ()), *plaintext.ENDINGS]
    words = {"xlsx": _("Spreadsheet (xlsx)"), "csv": _("Spreadsheet (CSV)")}
    words |= {"hledger": _("File for hledger"), "beancount": _("File for beancount")}
    return [Link(words[kind], reverse("treasury:export", args=[here.id, kind])) for kind in kinds]
