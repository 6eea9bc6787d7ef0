"""The forms of what goes from one book to another. Which book is asked first, since its accounts are offered then."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from comuna.acts.act import Act
from comuna.acts.door import Done
from comuna.look.act_page import act_page
from comuna.look.frame import Link, Words
from comuna.look.page import Page, show
from comuna.look.parts import Answer, Choice, Empty, Line, Lines, Part, Section
from comuna.statutes.bookkeeping import AccountKind
from comuna.territory.pages.reader import Reader, id_in, reader_of
from comuna.treasury import queries
from comuna.treasury.acts import (
    ReceiveTransfer,
    SendBackTransfer,
    SendTransfer,
    ShareSurplus,
    TakeBackReceived,
    TakeBackTransfer,
    TransferBetweenBooks,
)
from comuna.treasury.models import Book
from comuna.treasury.pages.acting import accounts, by_amount, decisions_over, units
from comuna.treasury.pages.reader import address, book_or_404, decimals, may_in
from comuna.treasury.pages.transfer import called, transfer_or_404
from comuna.treasury.pages.words import words_of
from comuna.treasury.queries import amount_said

ASSETS = (AccountKind.ASSET,)


def transfer(request: HttpRequest) -> HttpResponse:
    """``?book=`` alone asks into which other one."""
    reader, here, there = _books(request)
    if there is None:
        return _which(reader, here)
    choices = {"into_account": accounts(reader, there, ASSETS)}
    return _leaving(reader, here, there, TransferBetweenBooks, choices)


def send(request: HttpRequest) -> HttpResponse:
    reader, here, there = _books(request)
    if there is None:
        return _which(reader, here)
    return _leaving(
        reader, here, there, SendTransfer, {"resolution": decisions_over(reader, here, SendTransfer, into=there.id)}
    )


def share(request: HttpRequest) -> HttpResponse:
    """Of the months of the last quarter, unless others are typed."""
    reader, here, there = _books(request)
    if there is None:
        return _which(reader, here)
    last = reader.day.replace(day=1) - timedelta(days=1)
    first = last.replace(day=1, month=(last.month - 1) // 3 * 3 + 1)
    decisions = decisions_over(reader, here, ShareSurplus, into=there.id)
    choices = {"resolution": decisions, "into_account": accounts(reader, there, ASSETS)}
    return _leaving(reader, here, there, ShareSurplus, choices, {"begins": first, "ends": last})


def _books(request: HttpRequest) -> tuple[Reader, Book, Book | None]:
    """Out of which and into which; the form that is sent names them as the act does."""
    reader = reader_of(request)
    here = book_or_404(reader, id_in(request, "out_of" if request.method == "POST" else "book"))
    asked = request.GET.get("into") or request.POST.get("into", "")
    return reader, here, next((one for one in queries.books(reader.commune) if str(one.id) == asked), None)


def _which(reader: Reader, here: Book) -> HttpResponse:
    """The other books: those of the same organ, and those of others."""
    others = [one for one in queries.books(reader.commune) if one.id != here.id]
    own = [one for one in others if one.organ == here.organ]
    foreign = [one for one in others if one.organ != here.organ]

    def lines(books: list[Book], name: str) -> Lines:
        return Lines(
            [Line(called(reader, one), href=address(name, book=here.id, into=one.id)) for one in books],
            Empty(_("There is none.")),
        )

    facts: list[Part] = [Section(_("Another book of ours"), [lines(own, "to-transfer")])]
    if own and may_in(reader, ShareSurplus, here.organ):
        facts.append(Section(ShareSurplus.label, [lines(own, "to-share-surplus")], folded=True))
    if may_in(reader, SendTransfer, here.organ):
        facts.append(Section(_("A book of another organ, which receives it"), [lines(foreign, "to-send")]))
    page = Page(
        title=_("Move to another book"),
        room=called(reader, here),
        room_href=reverse("treasury:book", args=[here.id]),
        answer=Answer(_("Into which book?")),
        facts=facts,
    )
    return show(reader.request, page)


def _leaving(
    reader: Reader,
    here: Book,
    there: Book,
    act: type[Act],
    choices: Mapping[str, list[Choice]],
    more: Mapping[str, Any] | None = None,
) -> HttpResponse:
    known = {"out_of": here.id, "into": there.id, "unit": here.unit, "day": reader.day, **(more or {})}
    offered = {"from_account": accounts(reader, here, ASSETS), "unit": units(reader, here), **choices}
    fixed: dict[str, Words] = {"out_of": called(reader, here), "into": called(reader, there)}
    back = reverse("treasury:book", args=[here.id])
    return _form(reader, act, here, offered, known, fixed, Link(called(reader, here), back))


def receive(request: HttpRequest) -> HttpResponse:
    return _about(request, ReceiveTransfer)


def send_back(request: HttpRequest) -> HttpResponse:
    return _about(request, SendBackTransfer)


def take_back_received(request: HttpRequest) -> HttpResponse:
    return _about(request, TakeBackReceived)


def take_back(request: HttpRequest) -> HttpResponse:
    return _about(request, TakeBackTransfer)


def _about(request: HttpRequest, act: type[Act]) -> HttpResponse:
    """The form of an act about one transfer, done by the organ whose book it changes."""
    reader = reader_of(request)
    one = transfer_or_404(reader, id_in(request, "transfer"))
    book = one.out_of if act is TakeBackTransfer else one.into
    choices = {"into_account": accounts(reader, book, ASSETS)} if act is ReceiveTransfer else {}
    said = f"{amount_said(one.amount, one.unit, one.commune)} · {words_of(one.entry)}"
    back = Link(_("Transfer"), reverse("treasury:between", args=[one.id]))
    return _form(reader, act, book, choices, {"transfer": one.id, "day": reader.day}, {"transfer": said}, back)


def _form(
    reader: Reader,
    act: type[Act],
    book: Book,
    choices: Mapping[str, list[Choice]],
    initial: Mapping[str, Any],
    fixed: Mapping[str, Words],
    back: Link,
) -> HttpResponse:
    def on_done(done: Done) -> HttpResponse:
        return HttpResponseRedirect(reverse("treasury:between", args=[initial.get("transfer", done.id)]))

    return act_page(
        reader.request,
        act,
        room=back.words,
        room_href=back.href,
        choices=choices,
        initial=initial,
        fixed=fixed,
        organ=book.organ,
        decimals=decimals(reader),
        before=by_amount(reader, act),
        on_done=on_done,
        cancel=back.href,
    )
