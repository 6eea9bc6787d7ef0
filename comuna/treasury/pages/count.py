"""Counting by hand: the form, the sheet to take along, and the counts of an account."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from comuna.look.act_page import act_page
from comuna.look.frame import Link
from comuna.look.page import Page, show
from comuna.look.parts import (
    Answer,
    Column,
    Do,
    Fact,
    Facts,
    Filters,
    Notice,
    Part,
    Section,
    Sign,
    Signatures,
    Source,
    Status,
    Table,
    Value,
)
from comuna.look.words import day_words
from comuna.statutes import queries as statutes
from comuna.statutes.bookkeeping import AccountKind
from comuna.territory.pages.reader import Reader, id_in, reader_of
from comuna.treasury import queries
from comuna.treasury.acts.counting import CountCash
from comuna.treasury.models import Account
from comuna.treasury.models.counts import Count
from comuna.treasury.pages.reader import account_address, account_or_404, address, decimals, may_in
from comuna.treasury.pages.words import account_name, book_name
from comuna.treasury.queries import amount_said

DENOMINATIONS = 9  # lines of the sheet; notes and coins change, so that their worth is written by hand
COUNTS_SHOWN = 10


def count(request: HttpRequest) -> HttpResponse:
    """``?account=`` and ``?unit=``. Who counts does not read there what the books say: it goes along hidden, as it was
    when the form was opened, and is said with the difference."""
    reader = reader_of(request)
    here = account_or_404(reader, id_in(request, "account"))
    unit = _unit(request, reader, here)
    held = queries.balance(here.id, unit)
    kind = queries.kind_of(here.book, reader.day)
    name = f"{here.code} {account_name(here, kind)}"
    initial: dict[str, Any] = {"account": here.id, "unit": unit, "day": reader.day, "in_books": str(held)}
    return act_page(
        request,
        CountCash,
        room=book_name(here.book, reader.day),
        room_href=account_address(here.id, unit),
        initial=initial,
        fixed={"account": name, "unit": unit, "in_books": _("It is said when you have typed what you counted")},
        before=_before(reader, here, unit),
        organ=here.book.organ,
        decimals=decimals(reader),
        on_done=lambda done: HttpResponseRedirect(account_address(here.id, unit)),
        cancel=account_address(here.id, unit),
    )


def _before(reader: Reader, here: Account, unit: str) -> list[Part]:
    """The other accounts that can be counted, and the sheet."""
    kind = queries.kind_of(here.book, reader.day)
    others = [one for one in queries.accounts(here.book_id, [AccountKind.ASSET.value]) if not one.use]
    links = [Link(account_name(one, kind), _form(one, unit), current=one.id == here.id) for one in others]
    paper = Link(_("Print the counting sheet"), _sheet(here, unit))
    return [Filters(_("Account"), links, folded=True), Notice(Sign.PLAIN, _("Count on paper first"), links=[paper])]


def _sheet(here: Account, unit: str) -> str:
    return f"{reverse('treasury:sheet', args=[here.id])}?unit={unit}"


def _unit(request: HttpRequest, reader: Reader, here: Account) -> str:
    asked = request.GET.get("unit") or request.POST.get("unit") or here.book.unit
    if statutes.in_force(reader.commune, reader.day).money.unit(asked) is None:
        raise Http404
    return asked


def sheet(request: HttpRequest, id: UUID) -> HttpResponse:
    """To be filled in by hand by the two who count, and typed afterwards. It does not say what the books say."""
    reader = reader_of(request)
    here = account_or_404(reader, id)
    unit = _unit(request, reader, here)
    kind = queries.kind_of(here.book, reader.day)
    columns = [
        Column(_("Note, coin or package"), write=True),
        Column(_("How many"), write=True),
        Column(_("Together"), write=True),
    ]
    rows: list[list[Value]] = [["", "", ""] for _line in range(DENOMINATIONS)]
    rows.append([_("Counted in all"), "", ""])
    name = f"{here.code} {account_name(here, kind)}"
    page = Page(
        title=_("Counting sheet"),
        room=book_name(here.book, reader.day),
        room_href=account_address(here.id, unit),
        answer=Answer(_("Counting sheet: {account}").format(account=name), book_name(here.book, reader.day)),
        facts=[
            Facts(
                [
                    Fact(_("Counted in"), unit),
                    Fact(_("Day and hour"), ""),
                ]
            ),
            Section(
                _("What is there"), [Table(_("One kind of note, coin or package a line"), columns, rows)], wide=True
            ),
            Facts([Fact(_("What was noticed"), "")]),
            Signatures([_("Who counted first"), _("Who counted after")]),
        ],
        source=Source(links=[Link(_("Type what was counted"), _form(here, unit))]),
        paper=True,
    )
    return show(request, page)


def _form(here: Account, unit: str) -> str:
    return address("to-count-cash", account=here.id, unit=unit)


def counting(reader: Reader, here: Account, unit: str) -> Do | None:
    """The next thing to do with an account of money or goods, for those who count."""
    if here.kind != AccountKind.ASSET.value or here.use or not may_in(reader, CountCash, here.book.organ):
        return None
    paper = Link(_("Print the counting sheet"), _sheet(here, unit))
    return Do(CountCash.label, _form(here, unit), (paper,))


def counts_table(here: Account, unit: str) -> list[Part]:
    found = list(Count.objects.filter(account=here, unit=unit).order_by("-day", "-born")[:COUNTS_SHOWN])
    if not found:
        return []
    columns = [Column(_("Day"), head=True), Column(_("Counted"), number=True), Column(_("The books said"), number=True)]
    columns.append(Column(_("Difference")))
    rows: list[list[Value]] = [
        [
            Link(day_words(one.day, weekday=False), reverse("books:thread", args=[one.id])),
            amount_said(one.counted, unit, here.commune),
            amount_said(one.in_books, unit, here.commune),
            _difference(one, here),
        ]
        for one in found
    ]
    return [Section(_("Counts by hand"), [Table(_("The newest first"), columns, rows)], wide=True)]


def _difference(one: Count, here: Account) -> Value:
    if one.entry_id is None:
        return Status(Sign.DONE, _("none"))
    said = amount_said(one.counted - one.in_books, one.unit, here.commune)
    return Link(said, reverse("treasury:entry", args=[one.entry_id]))
