"""The statement of one account in one unit: every posting with what it held afterwards."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _, ngettext

from comuna.look.frame import Link
from comuna.look.page import Page, show
from comuna.look.parts import Answer, Column, Empty, Filters, Pages, Part, Source, Table, Value
from comuna.look.words import number_words
from comuna.statutes.bookkeeping import AccountKind
from comuna.territory.pages.reader import reader_of
from comuna.treasury import queries
from comuna.treasury.models import Account
from comuna.treasury.pages import petty
from comuna.treasury.pages.count import counting, counts_table
from comuna.treasury.pages.reader import account_or_404, address
from comuna.treasury.pages.words import account_name, book_name, entry_words, natural
from comuna.treasury.queries import Held, amount_said


def account(request: HttpRequest, id: UUID) -> HttpResponse:
    """The newest first; ``?unit=`` says which currency or good."""
    reader = reader_of(request)
    here = account_or_404(reader, id)
    kind = queries.kind_of(here.book, reader.day)
    held = queries.balances_of(here.id)
    asked = request.GET.get("unit", here.book.unit)
    shown = next((one for one in held if one.unit == asked), held[0] if held else None)
    name = account_name(here, kind)
    if shown is None:
        answer = Answer(name, _("Nothing was ever entered in this account."))
        facts: list[Part] = []
    else:
        holds = amount_said(natural(here, shown.amount), shown.unit, here.commune)
        counted = ngettext("{n} entry", "{n} entries", shown.postings).format(n=number_words(shown.postings))
        answer = Answer(_("{account}: {amount}").format(account=name, amount=holds), counted)
        facts = [*_units(held, shown.unit), _statement(request, shown), *counts_table(here, shown.unit)]
    facts = [*petty.section(reader, here), *facts]
    page = Page(
        title=f"{here.code} {name}",
        room=book_name(here.book, reader.day),
        room_href=reverse("treasury:book", args=[here.book_id]),
        answer=answer,
        next=counting(reader, here, shown.unit if shown else here.book.unit),
        facts=facts,
        source=_beside_the_bank(here, shown.unit if shown else here.book.unit),
    )
    return show(request, page)


def _beside_the_bank(here: Account, unit: str) -> Source | None:
    if here.kind != AccountKind.ASSET.value or here.use:
        return None
    return Source(
        links=[Link(_("Beside the bank's statement"), address("beside-the-bank", account=here.id, unit=unit))]
    )


def _units(held: list[Held], shown: str) -> list[Part]:
    if len(held) < 2:
        return []
    links = [Link(one.unit, f"?{urlencode({'unit': one.unit})}", current=one.unit == shown) for one in held]
    return [Filters(_("Counted in"), links)]


def _statement(request: HttpRequest, shown: Held) -> Table:
    pages = Pages.asked(
        request.GET.get("page", ""), shown.postings, f"?{urlencode({'unit': shown.unit})}&page={{page}}"
    )
    last = shown.postings - pages.lines.start
    found = queries.statement(shown.account.id, shown.unit, max(1, last - pages.per_page + 1), last)
    columns = [
        Column(_("Day")),
        Column(_("What for"), head=True),
        Column(_("In"), number=True),
        Column(_("Out"), number=True),
        Column(_("Then held"), number=True),
    ]
    account, commune = shown.account, shown.account.commune

    def said(amount: int) -> str:
        return amount_said(amount, shown.unit, commune)

    words = entry_words([one.entry for one in found])
    rows: list[list[Value]] = []
    for one in reversed(found):
        moved = natural(account, one.posting.amount)
        rows.append(
            [
                one.entry.day,
                Link(words[one.entry.id], reverse("treasury:entry", args=[one.entry.id])),
                said(moved) if moved > 0 else "",
                said(-moved) if moved < 0 else "",
                said(natural(account, one.posting.after)),
            ]
        )
    return Table(
        _("Movements of the account"), columns, rows, empty=Empty(_("Nothing has been entered yet.")), pages=pages
    )
