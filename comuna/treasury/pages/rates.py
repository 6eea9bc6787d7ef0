"""What currencies are worth in each other: the rates written down, and what a foreign sum is by the newest one."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _, ngettext

from comuna.look.act_page import act_page
from comuna.look.frame import Link
from comuna.look.page import Page, show
from comuna.look.parts import (
    Answer,
    Column,
    Do,
    Empty,
    Fact,
    Facts,
    Many,
    Pages,
    Part,
    Small,
    Table,
    Value,
)
from comuna.look.words import amount_words, day_words, number_words
from comuna.statutes import queries as statutes
from comuna.statutes.bookkeeping import AccountKind, AccountUse
from comuna.territory.pages.reader import Reader, id_in, reader_of
from comuna.treasury import queries
from comuna.treasury.acts import ExchangeMoney, Redenominate, SetRate, UndoRate
from comuna.treasury.models import Book, Exchange, Rate
from comuna.treasury.pages import redenomination
from comuna.treasury.pages.acting import accounts, by_amount, currencies
from comuna.treasury.pages.reader import address, barred_in, book_or_404, decimals, may_in
from comuna.treasury.pages.words import book_name
from comuna.treasury.queries import Sum, amount_said
from comuna.treasury.queries.rates import exchange_by, quote, rates as newest, rates_count
from comuna.treasury.rules import PRICE_PLACES, price


def rates(request: HttpRequest) -> HttpResponse:
    """The newest first."""
    reader = reader_of(request)
    count = rates_count(reader.commune)
    pages = Pages.asked(request.GET.get("page", ""), count)
    found = newest(reader.commune, pages.lines.start, pages.lines.stop)
    may = _may(reader)
    columns = [Column(_("Day")), Column(_("Rate"), head=True), Column(_("Source"))]
    rows: list[list[Value]] = [[one.day, _said(one, may), one.source or None] for one in found]
    empty = Empty(_("No rate was written down yet. With one, sums in other currencies say what they are about."))
    counted = ngettext("{n} rate was written down", "{n} rates were written down", count)
    page = Page(
        title=_("Rates"),
        room=_("Accounts"),
        room_href=reverse("treasury:board"),
        answer=Answer(_("What currencies are worth in each other"), counted.format(n=number_words(count))),
        next=_next(reader, may),
        facts=[
            Table(_("The newest first"), columns, rows, empty=empty, pages=pages),
            *redenomination.listed(reader),
        ],
    )
    return show(request, page)


def _next(reader: Reader, may: bool) -> Do | None:
    found = [Link(SetRate.label, reverse("treasury:set-rate"))] if may else []
    found += [Link(Redenominate.label, reverse("treasury:redenominate"))] if redenomination.may(reader) else []
    return Do(found[0].words, found[0].href, tuple(found[1:])) if found else None


def _may(reader: Reader) -> bool:
    return reader.person is not None and barred_in(reader, SetRate, None, None) is None


def _said(one: Rate, may: bool) -> Value:
    said = Link(
        _("{amount} = {in_amount}").format(
            amount=amount_said(one.amount, one.unit, one.commune),
            in_amount=amount_said(one.in_amount, one.in_unit, one.commune),
        ),
        reverse("books:thread", args=[one.id]),
    )
    return Many([said, Link(UndoRate.label, address("to-undo-rate", rate=one.id))]) if may else said


def set_rate(request: HttpRequest) -> HttpResponse:
    reader = reader_of(request)
    choices = currencies(reader)
    back = reverse("treasury:rates")
    return act_page(
        request,
        SetRate,
        room=_("Rates"),
        room_href=back,
        choices={"unit": choices, "in_unit": choices},
        initial={"day": reader.day},
        decimals=decimals(reader),
        on_done=lambda done: HttpResponseRedirect(back),
        cancel=back,
    )


def undo_rate(request: HttpRequest) -> HttpResponse:
    reader = reader_of(request)
    one = Rate.objects.filter(pk=id_in(request, "rate"), commune=reader.commune).first()
    if one is None:
        raise Http404
    back = reverse("treasury:rates")
    return act_page(
        request,
        UndoRate,
        room=_("Rates"),
        room_href=back,
        initial={"rate": one.id},
        fixed={"rate": f"{_words(one)}, {day_words(one.day, weekday=False)}"},
        on_done=lambda done: HttpResponseRedirect(back),
        cancel=back,
    )


def _words(one: Rate) -> str:
    amounts = (amount_said(one.amount, one.unit, one.commune), amount_said(one.in_amount, one.in_unit, one.commune))
    return " = ".join(amounts)


def exchange(request: HttpRequest) -> HttpResponse:
    reader = reader_of(request)
    here = book_or_404(reader, id_in(request, "book"))
    places = accounts(reader, here, (AccountKind.ASSET,))
    back = reverse("treasury:book", args=[here.id])
    return act_page(
        request,
        ExchangeMoney,
        room=book_name(here, reader.day),
        room_href=back,
        choices={"out_of": places, "into": places, "unit": currencies(reader, here), "in_unit": currencies(reader)},
        initial={"book": here.id, "day": reader.day},
        fixed={"book": book_name(here, reader.day)},
        organ=here.organ,
        decimals=decimals(reader),
        before=by_amount(reader, ExchangeMoney),
        on_done=lambda done: HttpResponseRedirect(reverse("treasury:entry", args=[done.id])),
        cancel=back,
    )


# On other pages


def next_links(reader: Reader, here: Book) -> list[Link]:
    """To an exchange, where two currencies and an account for it are there."""
    if len(currencies(reader, here)) < 2 or not may_in(reader, ExchangeMoney, here.organ):
        return []
    kind = queries.kind_of(here, reader.day)
    known = queries.account_for_use(here.id, AccountUse.EXCHANGE.value) is not None
    if not known and (kind is None or kind.chart.for_use(AccountUse.EXCHANGE) is None):
        return []
    return [Link(ExchangeMoney.label, address("to-exchange", book=here.id))]


def in_own_unit(here: Book, held: Iterable[Sum], day: date) -> list[Part]:
    """What the foreign sums of a book are in its own currency, by the newest rate."""
    return _facts([(one.amount, one.unit) for one in held if one.amount], here.unit, here.commune, day)


def in_unit(sums: Iterable[int], unit: str, own: str, commune: UUID, day: date) -> list[Part]:
    return _facts([(amount, unit) for amount in sums if amount], own, commune, day)


def _facts(sums: Iterable[tuple[int, str]], own: str, commune: UUID, day: date) -> list[Part]:
    facts = [
        Fact(amount_said(amount, unit, commune), Small(words))
        for amount, unit in sums
        if unit != own and (words := about_words(amount, unit, own, commune, day))
    ]
    return [Facts(facts)] if facts else []


def about_words(amount: int, unit: str, own: str, commune: UUID, day: date) -> str:
    """``about 1.234,00 VES by the rate of 3 March (BCV)``; nothing where there is no rate."""
    found = quote(commune, unit, own, day)
    if found is None:
        return ""
    said = amount_said(found.of(amount), own, commune)
    words = (
        _("about {amount} by the rate of {day} ({source})")
        if found.source
        else _("about {amount} by the rate of {day}")
    )
    return words.format(amount=said, day=day_words(found.day, today=day, weekday=False), source=found.source)


def exchange_facts(entry: UUID, commune: UUID) -> list[Fact]:
    """Of an entry that exchanged money: the rate it came to, and that of the day."""
    one = exchange_by(entry)
    if one is None:
        return []
    facts = [Fact(_("Rate it came to"), _price(one, one.amount, one.in_amount, commune))]
    if one.rate is None or one.rate_day is None or one.rate_amount is None or one.rate_in_amount is None:
        return [*facts, Fact(_("Rate of the day"), _("none was written down"))]
    words = _price(one, one.rate_amount, one.rate_in_amount, commune)
    said = f"{words}, {day_words(one.rate_day, weekday=False)}"
    return [*facts, Fact(_("Rate of the day"), Link(said, reverse("books:thread", args=[one.rate])))]


def _price(one: Exchange, amount: int, in_amount: int, commune: UUID) -> str:
    """``1 USD = 45,2300 VES``: of the two the one that is worth more."""
    first, second = (statutes.unit(commune, unit) for unit in (one.unit, one.in_unit))
    assert first is not None and second is not None, "what was exchanged is known"
    found = price((amount, first.decimals), (in_amount, second.decimals))
    whole, other = (one.in_unit, one.unit) if found.is_of_the_second else (one.unit, one.in_unit)
    return f"1 {whole} = {amount_words(found.value, PRICE_PLACES)} {other}"
