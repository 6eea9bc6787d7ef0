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
from django.utils.translation import gettext as _

from comuna.acts.acts import Sign
from comuna.assemblies.models import Resolution
from comuna.look.act_page import act_page
from comuna.look.frame import Link
from comuna.look.page import Page, show
from comuna.look.paper import address_of, host_of
from comuna.look.parts import Answer, Code, Fact, Facts, Part, Signatures, Source
from comuna.look.words import day_words, list_words, number_words
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
        answer=Answer(_("Payment order: {amount}").format(amount=said), _until(reader, here)),
        facts=[
            Facts(_facts(reader, here)),
            _signing(reader, here),
            _code(request, here, code),
        ],
        source=Source(links=links) if links else None,
        paper=True,
        every_sheet=_("Payment order · {book} · code {code}").format(book=book_name(book, reader.day), code=code),
    )


def _until(reader: Reader, here: Order) -> str:
    name = book_name(here.line.budget.book, reader.day)
    if here.open_until is None:
        return name
    return _("{book}; can be signed until {day}").format(book=name, day=day_words(here.open_until, weekday=False))


def _facts(reader: Reader, here: Order) -> list[Fact]:
    kind = queries.kind_of(here.line.budget.book, reader.day)
    place = queries.account(here.out_of)
    facts = [
        Fact(_("Paid to"), here.payee or None),
        Fact(_("What for"), here.words or None),
        Fact(_("Day"), day_words(here.day, weekday=False)),
        Fact(_("Out of the line"), _line(here)),
        Fact(_("Out of"), f"{place.code} {account_name(place, kind)}"),
        Fact(_("Number of the transfer, or cash"), here.reference),
    ]
    if here.entry is not None:
        facts.append(Fact(_("Paid, in folio"), number_words(here.entry.folio)))
    if here.signed:
        names = list_words([_named(one) for one in here.signed])
        facts.append(Fact(_("Signed in the books"), _("{names} (needed: {n})").format(names=names, n=here.needed)))
    return facts


def _line(here: Order) -> str:
    """With what is left of it, and the decision that set it aside."""
    left = amount_said(here.line.amount - here.line.spent - here.line.committed, here.line.unit, here.line.commune)
    decided = Resolution.objects.filter(pk=here.line.budget.resolution).first()
    if decided is None:
        return _("{line} ({left} left)").format(line=line_words(here.line), left=left)
    return _("{line} ({left} left), decision {number} of {year}").format(
        line=line_words(here.line), left=left, number=decided.number, year=decided.year
    )


def _signing(reader: Reader, here: Order) -> Part:
    """A line for everybody who may sign and has not in the books, and for whoever is paid."""
    signed = {one.person for one in here.signed}
    organ = here.line.budget.book.organ
    may = [
        one
        for one in who_may(reader.commune, Pay.verb, reader.day, organ, here.seats)
        if one.kind in here.seats and one.person not in signed
    ]
    lines = [_named(one) for one in may] or [_named(one) for one in here.signed]
    return Signatures([*lines, _("Received: {payee}").format(payee=here.payee or "—")])


def _named(one: Holding) -> str:
    return f"{one.words}: {one.name}"


def _code(request: HttpRequest, here: Order, code: str) -> Part:
    where = address_of(request, reverse("treasury:order", args=[here.id]))
    return Code(code, where_typed(request), where if where.startswith("http") else "")


def where_typed(request: HttpRequest) -> str:
    """Where the code of a sheet is typed: short, since it stands beside the picture of the code."""
    page, host = _("Type a sheet back"), host_of(request)
    if host is None:
        return _("Typed with this code in the accounts, under “{page}”").format(page=page)
    return _("Typed with this code at {host}, in the accounts, under “{page}”").format(host=host, page=page)


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
