"""What goes from one book to another: one transfer, those of a book, what is under way."""

from __future__ import annotations

from collections.abc import Iterable
from typing import get_args
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _, ngettext

from comuna.acts.act import Act
from comuna.acts.proposals import open_proposals, proposed_act
from comuna.look.frame import Link
from comuna.look.page import Page, show
from comuna.look.parts import (
    Answer,
    Do,
    Empty,
    Fact,
    Facts,
    Line,
    Lines,
    Pages,
    Part,
    Section,
    Sign,
    Source,
    Status,
)
from comuna.look.words import day_words, number_words
from comuna.statutes import queries as statutes
from comuna.territory.pages.reader import Reader, reader_of
from comuna.treasury import queries
from comuna.treasury.acts import (
    ExchangeMoney,
    GiveAdvance,
    Move,
    Receive,
    ReceiveTransfer,
    Replenish,
    SendBackTransfer,
    SendTransfer,
    ShareSurplus,
    TakeBackReceived,
    TakeBackTransfer,
    TransferBetweenBooks,
)
from comuna.treasury.models import Book, Transfer
from comuna.treasury.pages.reader import address, book_or_404, may_in
from comuna.treasury.pages.words import book_name, words_of
from comuna.treasury.queries import amount_said
from comuna.treasury.queries.transfers import is_open, of_book, open_in

Leaving = TransferBetweenBooks | SendTransfer | ShareSurplus
Within = Receive | Move | ExchangeMoney | GiveAdvance | Replenish
WAITING = {act.verb for act in (*get_args(Leaving), *get_args(Within))}


def transfer_or_404(reader: Reader, id: UUID) -> Transfer:
    found: Transfer | None = (
        Transfer.objects.filter(pk=id, commune=reader.commune).select_related("out_of", "into", "entry").first()
    )
    if found is None:
        raise Http404
    return found


def transfer(request: HttpRequest, id: UUID) -> HttpResponse:
    reader = reader_of(request)
    here = transfer_or_404(reader, id)
    said = amount_said(here.amount, here.unit, here.commune)
    words = _("{amount} from “{out_of}” to “{into}”").format(
        amount=said, out_of=called(reader, here.out_of), into=called(reader, here.into)
    )
    page = Page(
        title=_("Transfer of {amount}").format(amount=said),
        room=_("Between books"),
        room_href=reverse("treasury:transfers", args=[here.out_of_id]),
        answer=Answer(words, words_of(here.entry)),
        next=_next(reader, here),
        facts=[Facts(_facts(reader, here))],
        source=Source(links=[Link(_("Thread of the transfer"), reverse("books:thread", args=[here.id]))]),
    )
    return show(request, page)


def _facts(reader: Reader, here: Transfer) -> list[Fact]:
    entry = Link(day_words(here.day), reverse("treasury:entry", args=[here.entry_id]))
    facts = [Fact(_("How it stands"), state_of(here)), Fact(_("Went out"), entry)]
    if here.received is not None:
        day = day_words(here.received.day)
        facts.append(Fact(_("Came in"), Link(day, reverse("treasury:entry", args=[here.received_id]))))
    if here.sent_back is not None:
        facts.append(Fact(_("Sent back"), here.sent_back))
    if here.taken_back is not None:
        facts.append(Fact(_("Taken back"), here.taken_back))
    for label, book in ((_("Out of the book"), here.out_of), (_("Into the book"), here.into)):
        facts.append(Fact(label, Link(called(reader, book), reverse("treasury:book", args=[book.id]))))
    if here.surplus is not None and here.begins and here.ends:
        time = _("from {begins} to {ends}").format(
            begins=day_words(here.begins, weekday=False), ends=day_words(here.ends, weekday=False)
        )
        facts.append(Fact(_("Left over"), f"{amount_said(here.surplus, here.unit, here.commune)}, {time}"))
        facts.append(Fact(_("Share of it"), f"{here.percent} %"))
    return facts


def _next(reader: Reader, here: Transfer) -> Do | None:
    found = []

    def offer(act: type[Act], name: str, organ: str) -> None:
        if may_in(reader, act, organ):
            found.append(Link(act.label, address(name, transfer=here.id)))

    if is_open(here):
        offer(ReceiveTransfer, "to-receive-transfer", here.into.organ)
        if here.sent_back is None:
            offer(SendBackTransfer, "to-send-back", here.into.organ)
    elif here.is_between_organs and here.taken_back is None:
        offer(TakeBackReceived, "to-take-back-received", here.into.organ)
    if here.taken_back is None and (is_open(here) or not here.is_between_organs):
        offer(TakeBackTransfer, "to-take-back-transfer", here.out_of.organ)
    return Do(found[0].words, found[0].href, tuple(found[1:])) if found else None


def state_of(one: Transfer) -> Status:
    if one.taken_back is not None:
        return Status(Sign.PLAIN, _("taken back"))
    if one.received_id is not None:
        return Status(Sign.DONE, _("received"))
    if one.sent_back is not None:
        return Status(Sign.REFUSED, _("sent back"))
    return Status(Sign.WAITING, _("under way"))


def called(reader: Reader, book: Book) -> str:
    """With its council, where there are several."""
    name = book_name(book, reader.day)
    council = next((one for one in statutes.councils_of(reader.commune, reader.day) if one.slug == book.council), None)
    return name if council is None or council.name in name else f"{name}, {council.name}"


def transfers(request: HttpRequest, id: UUID) -> HttpResponse:
    """Out of a book and into it."""
    reader = reader_of(request)
    here = book_or_404(reader, id)
    found = of_book(here.id)
    waiting = sum(is_open(one) for one in found)
    counted = ngettext("{n} transfer is under way", "{n} transfers are under way", waiting)
    pages = Pages.asked(request.GET.get("page", ""), len(found))
    shown = found[pages.lines.start : pages.lines.stop]
    page = Page(
        title=_("Between books"),
        room=book_name(here, reader.day),
        room_href=reverse("treasury:book", args=[here.id]),
        answer=counted.format(n=number_words(waiting)) if waiting else _("Nothing is under way"),
        next=next((Do(link.words, link.href) for link in next_links(reader, here)), None),
        facts=[Lines(list(_lines(reader, here, shown)), Empty(_("Nothing went to another book yet.")), pages=pages)],
    )
    return show(request, page)


def _lines(reader: Reader, here: Book, found: Iterable[Transfer]) -> Iterable[Line]:
    for one in found:
        out = one.out_of_id == here.id
        other = called(reader, one.into if out else one.out_of)
        words = (_("{amount} to “{book}”") if out else _("{amount} from “{book}”")).format(
            amount=amount_said(one.amount, one.unit, one.commune), book=other
        )
        yield Line(
            words,
            day_words(one.day, today=reader.day, weekday=False),
            words_of(one.entry),
            reverse("treasury:between", args=[one.id]),
            state_of(one),
        )


# On the page of a book


def under_way(reader: Reader, here: Book) -> list[Part]:
    """What waits for a signature to leave it, and what is under way to it or from it."""
    parts: list[Part] = []
    if waiting := _to_sign(reader, here):
        parts.append(Section(_("Waits for a signature"), [Lines(waiting)]))
    if found := open_in(here.id):
        parts.append(Section(_("Under way between books"), [Lines(list(_lines(reader, here, found)))]))
    return parts


def _to_sign(reader: Reader, here: Book) -> list[Line]:
    found = []
    for proposal in open_proposals(reader.commune, reader.day):
        if proposal.verb not in WAITING:
            continue
        act = proposed_act(proposal.id)
        assert isinstance(act, Leaving | Within)
        of_books = (act.out_of, act.into) if isinstance(act, Leaving) else (act.book,)
        if here.id not in of_books:
            continue
        until = day_words(proposal.expires_on, today=reader.day, weekday=False)
        what, words = _asks(act, here)
        found.append(
            Line(
                what,
                _("open until {day}").format(day=until),
                words,
                reverse("books:proposal", args=[proposal.id]),
            )
        )
    return found


def _asks(act: Leaving | Within, here: Book) -> tuple[str, str]:
    """How much, and what for."""
    if isinstance(act, ShareSurplus):
        return f"{act.percent} %", str(act.label)
    said = amount_said(int(act.amount), act.unit, here.commune)
    return said, str(act.label) if isinstance(act, Replenish) else f"{act.label}: {act.words}"


def next_links(reader: Reader, here: Book) -> list[Link]:
    """To what may go out of it into another book, where there is one."""
    if len(queries.books(reader.commune)) < 2 or not may_in(reader, TransferBetweenBooks, here.organ):
        return []
    return [Link(_("Move to another book"), address("to-transfer", book=here.id))]
