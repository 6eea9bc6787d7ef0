"""Petty cash on the page of its account: its limit, what is to be replenished, and the form that does it."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from comuna.look.act_page import act_page
from comuna.look.frame import Link
from comuna.look.parts import Column, Empty, Fact, Facts, Part, Section, Sign, Status, Table, Value
from comuna.statutes.bookkeeping import AccountKind
from comuna.territory.pages.reader import Reader, id_in, reader_of
from comuna.treasury import queries
from comuna.treasury.acts import Replenish
from comuna.treasury.models import Account, Book
from comuna.treasury.pages.acting import accounts, by_amount
from comuna.treasury.pages.reader import account_address, account_or_404, address, decimals, may_in
from comuna.treasury.pages.words import account_name, book_name, entry_words
from comuna.treasury.queries import amount_said
from comuna.treasury.queries.petty import Spent, to_replenish


def section(reader: Reader, here: Account) -> list[Part]:
    """Nothing where the statute gives the account no limit."""
    unit = here.book.unit
    limit = queries.limit_of(here.book, here, reader.day)
    if limit is None:
        return []
    spent, held = to_replenish(here.id, unit), queries.balance(here.id, unit)
    said = amount_said(limit, unit, here.commune)
    more = amount_said(held - limit, unit, here.commune)
    over = Status(Sign.REFUSED, _("{limit}; {more} too much").format(limit=said, more=more))
    together = amount_said(sum(one.amount for one in spent), unit, here.commune)
    facts = [Fact(_("Holds at most"), over if held > limit else said), Fact(_("To be replenished"), together)]
    links = []
    if spent and may_in(reader, Replenish, here.book.organ):
        links.append(Link(Replenish.label, address("to-replenish", account=here.id)))
    return [Section(_("Petty cash"), [Facts(facts), *_spent(here, spent)], links=links)]


def next_links(reader: Reader, here: Book) -> list[Link]:
    """To replenish what was spent out of places with a limit."""
    kind = queries.kind_of(here, reader.day)
    if kind is None or not may_in(reader, Replenish, here.organ):
        return []
    codes = [one.code for one in kind.chart.accounts if one.limit is not None]
    places = [one for code in codes if (one := queries.account_with_code(here.id, code)) is not None]
    return [
        Link(Replenish.label, address("to-replenish", account=one.id))
        for one in places
        if to_replenish(one.id, here.unit)
    ]


def _spent(here: Account, spent: Sequence[Spent]) -> list[Part]:
    if not spent:
        return []
    words = entry_words([one.entry for one in spent])
    rows: list[list[Value]] = [
        [
            one.entry.day,
            Link(words[one.entry.id], reverse("treasury:entry", args=[one.entry.id])),
            amount_said(one.amount, here.book.unit, here.commune),
        ]
        for one in spent
    ]
    columns = [Column(_("Day")), Column(_("What for"), head=True), Column(_("Amount"), number=True)]
    return [Table(_("Spent with receipts since it was replenished last"), columns, rows, empty=Empty(""))]


def replenish(request: HttpRequest) -> HttpResponse:
    reader = reader_of(request)
    here = account_or_404(reader, id_in(request, "into" if request.method == "POST" else "account"))
    book, unit = here.book, here.book.unit
    sum_spent = sum(one.amount for one in to_replenish(here.id, unit))
    kind = queries.kind_of(book, reader.day)
    back = account_address(here.id, unit)
    places = [one for one in accounts(reader, book, (AccountKind.ASSET,)) if one.value != str(here.id)]
    return act_page(
        request,
        Replenish,
        room=book_name(book, reader.day),
        room_href=back,
        choices={"out_of": places},
        initial={"book": book.id, "into": here.id, "unit": unit, "amount": str(sum_spent), "day": reader.day},
        fixed={
            "book": book_name(book, reader.day),
            "into": account_name(here, kind),
            "unit": unit,
            "amount": amount_said(sum_spent, unit, here.commune),
        },
        organ=book.organ,
        decimals=decimals(reader),
        before=by_amount(reader, Replenish),
        on_done=lambda done: HttpResponseRedirect(back),
        cancel=back,
    )
