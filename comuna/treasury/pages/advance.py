"""Advances: who has money to account for, until when, and what became of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _, ngettext

from comuna.acts.act import Act
from comuna.look.act_page import act_page
from comuna.look.frame import Link, Words
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
    Pages,
    Part,
    Section,
    Sign,
    Source,
    Status,
    Table,
    Value,
)
from comuna.look.words import day_words, number_words
from comuna.mandates import queries as mandates
from comuna.statutes.bookkeeping import AccountKind, AccountUse
from comuna.territory import queries as territory
from comuna.territory.pages.reader import Reader, id_in, reader_of
from comuna.treasury import queries
from comuna.treasury.acts.advancing import GiveAdvance, ReturnAdvance, SettleAdvance
from comuna.treasury.models import Book
from comuna.treasury.models.advances import Advance
from comuna.treasury.pages.acting import accounts, line_choices, units
from comuna.treasury.pages.reader import address, book_or_404, decimals, may_in
from comuna.treasury.pages.words import book_name
from comuna.treasury.queries import amount_said
from comuna.treasury.queries.advances import advances_of

DAYS = 15  # that the form proposes until an advance is to be accounted for
OFFERED = "1.1.05"  # of charts that have an account for advances and do not say that it is


def advances(request: HttpRequest, id: UUID) -> HttpResponse:
    """Those of a book: what is open first."""
    reader = reader_of(request)
    here = book_or_404(reader, id)
    found = advances_of(here.id)
    waiting = [one for one in found if one.open]
    late = sum(one.due < reader.day for one in waiting)
    pages = Pages.asked(request.GET.get("page", ""), len(found))
    shown = found[pages.lines]
    names = names_of(reader, here, shown)
    counted = ngettext("{n} advance is to be accounted for", "{n} advances are to be accounted for", len(waiting))
    more = ngettext("{n} is late", "{n} are late", late).format(n=number_words(late)) if late else ""
    give = may_in(reader, GiveAdvance, here.organ)
    page = Page(
        title=_("Advances"),
        room=book_name(here, reader.day),
        room_href=reverse("treasury:book", args=[here.id]),
        answer=Answer(counted.format(n=number_words(len(waiting))), more),
        next=Do(GiveAdvance.label, address("to-give-advance", book=here.id)) if give else None,
        facts=[Lines([_line(reader, one, names) for one in shown], Empty(_("No advance was ever given.")), pages)],
    )
    return show(request, page)


def names_of(reader: Reader, here: Book, found: Iterable[Advance]) -> Mapping[UUID, str]:
    """In full for those who keep the book; else the name somebody is public under, or initials."""
    return territory.names({one.person for one in found}, knows=may_in(reader, GiveAdvance, here.organ))


def _line(reader: Reader, one: Advance, names: Mapping[UUID, str]) -> Line:
    return Line(
        f"{amount_said(one.amount, one.unit, one.commune)} · {names.get(one.person, '—')}",
        _("due {day}").format(day=day_words(one.due, today=reader.day, weekday=False)),
        one.entry.words,
        reverse("treasury:advance", args=[one.id]),
        state_of(one, reader),
    )


def state_of(one: Advance, reader: Reader) -> Status:
    if hasattr(one.entry, "reversal"):
        return Status(Sign.PLAIN, _("taken back"))
    if not one.open:
        return Status(Sign.DONE, _("accounted for"))
    left = open_words(one)
    if one.due < reader.day:
        return Status(Sign.REFUSED, _("{left}, late").format(left=left))
    return Status(Sign.WAITING, left)


def open_words(one: Advance) -> str:
    return _("{amount} open").format(amount=amount_said(one.open, one.unit, one.commune))


def advance_or_404(reader: Reader, id: UUID) -> Advance:
    found: Advance | None = Advance.objects.filter(pk=id, commune=reader.commune).select_related("entry__book").first()
    if found is None:
        raise Http404
    return found


def advance(request: HttpRequest, id: UUID) -> HttpResponse:
    reader = reader_of(request)
    here = advance_or_404(reader, id)
    book = here.entry.book
    name = names_of(reader, book, [here]).get(here.person, "—")
    said = amount_said(here.amount, here.unit, here.commune)
    page = Page(
        title=_("Advance of {amount}").format(amount=said),
        room=_("Advances"),
        room_href=reverse("treasury:advances", args=[book.id]),
        answer=Answer(_("Advance of {amount} to {name}").format(amount=said, name=name), here.entry.words),
        next=_next(reader, here),
        facts=[
            Facts(
                [
                    Fact(_("How it stands"), state_of(here, reader)),
                    Fact(_("Given"), Link(day_words(here.entry.day), reverse("treasury:entry", args=[here.entry_id]))),
                    Fact(_("To be accounted for until"), here.due),
                ]
            ),
            *_steps(here),
        ],
        source=Source(links=[Link(_("Thread of the advance"), reverse("books:thread", args=[here.id]))]),
    )
    return show(request, page)


def _next(reader: Reader, here: Advance) -> Do | None:
    organ = here.entry.book.organ
    if not here.open or not may_in(reader, SettleAdvance, organ):
        return None
    back = Link(ReturnAdvance.label, address("to-return-advance", advance=here.id))
    return Do(SettleAdvance.label, address("to-settle-advance", advance=here.id), (back,))


def _steps(here: Advance) -> list[Part]:
    found = list(here.steps.select_related("entry", "entry__payment", "entry__reversal").order_by("born"))
    rows: list[list[Value]] = [
        [
            one.entry.day,
            Link(one.entry.words or _("Brought back"), reverse("treasury:entry", args=[one.entry_id])),
            amount_said(one.amount, one.unit, here.commune),
            _("taken back") if hasattr(one.entry, "reversal") else "",
        ]
        for one in found
    ]
    columns = [Column(_("Day")), Column(_("What for"), head=True), Column(_("Amount"), number=True), Column(_("Note"))]
    table = Table(
        _("Purchases and what was brought back"),
        columns,
        rows,
        empty=Empty(_("Nothing of it has been accounted for yet.")),
    )
    return [Section(_("What was accounted for"), [table], wide=True)]


def give(request: HttpRequest) -> HttpResponse:
    reader = reader_of(request)
    book = book_or_404(reader, id_in(request, "book"))
    places = accounts(reader, book, (AccountKind.ASSET,))
    own = queries.account_for_use(book.id, AccountUse.ADVANCES.value)
    offered = queries.account_with_code(book.id, OFFERED)
    initial: dict[str, Any] = {
        "book": book.id,
        "day": reader.day,
        "due": reader.day + timedelta(days=DAYS),
        "unit": book.unit,
    }
    if own is None and offered is not None:
        initial["into"] = offered.id
    choices = {"person": in_office(reader), "out_of": places, "into": places, "unit": units(reader, book)}
    fixed: dict[str, Words] = {"book": book_name(book, reader.day)}
    if own is not None:
        fixed["into"] = ""
    back = reverse("treasury:advances", args=[book.id])
    return _form(request, reader, book, GiveAdvance, choices, initial, fixed, back)


def in_office(reader: Reader) -> list[Choice]:
    """Whoever holds a seat, each once; others by the API."""
    found: dict[UUID, str] = {}
    for one in mandates.holders(reader.commune, reader.day):
        found.setdefault(one.person, f"{one.name} ({one.words})")
    return [Choice(str(person), words) for person, words in sorted(found.items(), key=lambda one: one[1])]


def settle(request: HttpRequest) -> HttpResponse:
    reader = reader_of(request)
    here = advance_or_404(reader, id_in(request, "advance"))
    book = here.entry.book
    choices = {"line": line_choices(reader, book, here.unit)}
    return _form(request, reader, book, SettleAdvance, choices, *_about(reader, here))


def bring_back(request: HttpRequest) -> HttpResponse:
    reader = reader_of(request)
    here = advance_or_404(reader, id_in(request, "advance"))
    book = here.entry.book
    choices = {"into": accounts(reader, book, (AccountKind.ASSET,))}
    initial, fixed, back = _about(reader, here)
    return _form(request, reader, book, ReturnAdvance, choices, {**initial, "amount": str(here.open)}, fixed, back)


def _about(reader: Reader, here: Advance) -> tuple[dict[str, Any], dict[str, Words], str]:
    left = open_words(here)
    name = names_of(reader, here.entry.book, [here]).get(here.person, "—")
    initial = {"advance": here.id, "day": reader.day, "unit": here.unit}
    fixed: dict[str, Words] = {"advance": f"{name}: {left}", "unit": here.unit}
    return initial, fixed, reverse("treasury:advance", args=[here.id])


def _form(
    request: HttpRequest,
    reader: Reader,
    book: Book,
    act: type[Act],
    choices: Mapping[str, list[Choice]],
    initial: Mapping[str, Any],
    fixed: Mapping[str, Words],
    back: str,
) -> HttpResponse:
    return act_page(
        request,
        act,
        room=_("Advances"),
        room_href=reverse("treasury:advances", args=[book.id]),
        choices=choices,
        initial=initial,
        fixed=fixed,
        organ=book.organ,
        decimals=decimals(reader),
        on_done=lambda done: HttpResponseRedirect(back),
        cancel=back,
    )
