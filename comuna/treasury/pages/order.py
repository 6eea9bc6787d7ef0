"""A payment order on one sheet: what, to whom, out of which line, and lines to sign; and the way back from paper.

A proposed payment is printed, carried to those who sign, and signed by hand. The sheet is no signature of the books:
each of those who signed types hers herself, led by the code (channel *paper*), since the rule that nobody pays alone
would hold nothing if one person could type two names. So the paper and the books never say two different things.
"""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _, ngettext

from comuna.acts.acts import Sign
from comuna.assemblies.models import Resolution
from comuna.look.act_page import act_page
from comuna.look.frame import Link
from comuna.look.page import Page, show
from comuna.look.paper import address_of
from comuna.look.parts import Answer, Code, Column, Empty, Fact, Facts, Part, Signatures, Source, Table, Value
from comuna.look.words import day_words, number_words
from comuna.mandates.queries import Holding, who_may
from comuna.territory.pages.reader import Reader, id_in, reader_of
from comuna.treasury import queries, sheetcodes
from comuna.treasury.acts import Pay
from comuna.treasury.pages.reader import address
from comuna.treasury.pages.words import account_name, book_name, line_words
from comuna.treasury.queries import amount_said
from comuna.treasury.queries.orders import Order, order

BOOKS_LANGUAGE = "es"


def _order_or_404(reader: Reader, id: UUID) -> Order:
    found = order(reader.commune, id, reader.day, Pay.verb)
    if found is None:
        raise Http404
    return found


def sheet(request: HttpRequest, id: UUID) -> HttpResponse:
    """In the commune's own language whoever prints it."""
    reader = reader_of(request)
    here = _order_or_404(reader, id)
    with translation.override(BOOKS_LANGUAGE):
        return show(request, _page(request, reader, here))


def _page(request: HttpRequest, reader: Reader, here: Order) -> Page:
    book, code = here.line.budget.book, sheetcodes.code_of(here.id)
    said = amount_said(here.amount, here.line.unit, here.line.commune)
    links = []
    if here.entry is None:
        links = [Link(_("Type back who signed"), address("to-sign-order", proposal=here.id))]
    return Page(
        title=_("Payment order"),
        room=book_name(book, reader.day),
        room_href=reverse("treasury:book", args=[book.id]),
        answer=Answer(_("Payment order: {amount}").format(amount=said), book_name(book, reader.day)),
        facts=[
            Facts(_facts(reader, here)),
            *_signing(reader, here),
            _code(request, here, code),
        ],
        source=Source(links=links),
        paper=True,
        every_sheet=_("Payment order · {book} · code {code}").format(book=book_name(book, reader.day), code=code),
    )


def _facts(reader: Reader, here: Order) -> list[Fact]:
    kind = queries.kind_of(here.line.budget.book, reader.day)
    left = amount_said(here.line.amount - here.line.spent - here.line.committed, here.line.unit, here.line.commune)
    decided = Resolution.objects.filter(pk=here.line.budget.resolution).first()
    place = queries.account(here.out_of)
    facts = [
        Fact(_("Paid to"), here.payee or None),
        Fact(_("What for"), here.words or None),
        Fact(_("Day"), day_words(here.day, weekday=False)),
        Fact(_("Out of the line"), _("{line} ({left} left)").format(line=line_words(here.line), left=left)),
    ]
    if decided is not None:
        said = _("decision {number} of {year}").format(number=decided.number, year=decided.year)
        facts.append(Fact(_("Set aside by"), said))
    facts += [
        Fact(_("Out of"), f"{place.code} {account_name(place, kind)}"),
        Fact(_("Number of the transfer, or cash"), here.reference),
    ]
    if here.entry is not None:
        facts.append(Fact(_("Paid, in folio"), number_words(here.entry.folio)))
    else:
        assert here.open_until is not None
        facts.append(Fact(_("Can be signed until"), day_words(here.open_until, weekday=False)))
    return facts


def _signing(reader: Reader, here: Order) -> list[Part]:
    """Who signed in the books, and a line for everybody else who may, and for whoever is paid."""
    parts: list[Part] = []
    rows: list[list[Value]] = [[_named(one), _("signed in the books")] for one in here.signed]
    if rows:
        needed = ngettext("{n} signature is needed", "{n} signatures are needed", here.needed)
        columns = [Column(_("Seat"), head=True), Column(_("Signature"))]
        parts.append(Table(needed.format(n=number_words(here.needed)), columns, rows, empty=Empty("")))
    signed = {one.person for one in here.signed}
    organ = here.line.budget.book.organ
    may = [
        one
        for one in who_may(reader.commune, Pay.verb, reader.day, organ, here.seats)
        if one.kind in here.seats and one.person not in signed
    ]
    lines = [_named(one) for one in may] or [_named(one) for one in here.signed]
    return [*parts, Signatures([*lines, _("Received: {payee}").format(payee=here.payee or "—")])]


def _named(one: Holding) -> str:
    return f"{one.words}: {one.name}"


def _code(request: HttpRequest, here: Order, code: str) -> Part:
    where = address_of(request, reverse("treasury:order", args=[here.id]))
    words = _("Whoever signed types it under this code: {where}").format(
        where=address_of(request, reverse("treasury:paper"))
    )
    return Code(code, words, where if where.startswith("http") else "")


def sign(request: HttpRequest) -> HttpResponse:
    """What somebody signed by hand, typed by herself."""
    reader = reader_of(request)
    here = _order_or_404(reader, id_in(request, "proposal"))
    back = reverse("treasury:order", args=[here.id])
    if here.entry is not None:
        return HttpResponseRedirect(reverse("treasury:entry", args=[here.entry.id]))
    said = amount_said(here.amount, here.line.unit, here.line.commune)
    return act_page(
        request,
        Sign,
        title=_("Type your signature on a payment order"),
        room=book_name(here.line.budget.book, reader.day),
        room_href=back,
        before=[Facts(_facts(reader, here))],
        initial={"proposal": here.id},
        fixed={
            "proposal": _("{amount} to {payee}, code {code}").format(
                amount=said, payee=here.payee, code=sheetcodes.code_of(here.id)
            )
        },
        channel="paper",
        on_done=lambda done: HttpResponseRedirect(
            reverse("treasury:entry", args=[done.performed]) if done.performed else back
        ),
        cancel=back,
    )
