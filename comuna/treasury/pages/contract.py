"""A credit on paper, to be signed: the contract with its schedule, and the receipt of what was repaid."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from comuna.look.page import Page, show
from comuna.look.paper import address_of
from comuna.look.parts import Answer, Code, Column, Empty, Facts, Part, Section, Signatures, Table, Text, Value
from comuna.look.words import day_words
from comuna.territory.pages.reader import Reader, reader_of, unstored
from comuna.treasury.models.bank import Credit
from comuna.treasury.pages.banking import credit_or_404, kind_words, months_words, turned_away, whose
from comuna.treasury.pages.credit import facts_of, schedule_table
from comuna.treasury.pages.words import book_name
from comuna.treasury.queries import amount_said, bank

BOOKS_LANGUAGE = "es"


def paper(request: HttpRequest, id: UUID) -> HttpResponse:
    """In the commune's own language whoever prints it."""
    reader = reader_of(request)
    here = credit_or_404(reader, id)
    turned = turned_away(request, reader, here.book, here.person)
    if turned is not None:
        return turned
    with translation.override(BOOKS_LANGUAGE):
        return unstored(show(request, _page(request, reader, here)))


def _page(request: HttpRequest, reader: Reader, here: Credit) -> Page:
    stands = bank.standing(here, reader.day)
    name, book = whose(here.person), book_name(here.book, reader.day)
    code = str(here.id)[:8].upper()
    sheet = _("Credit {number} · {book} · code {code}").format(number=here.number, book=book, code=code)
    words = _(
        "{book} gives {name} the {credit} of {amount} for {time}, at {percent} % a year of the whole credit and no"
        " more. {name} repays it on the days that stand below. Whoever cannot, says so in time: the approval"
        " committee may lay out anew what is owed."
    ).format(
        book=book,
        name=name,
        credit=kind_words(reader, here.kind),
        amount=amount_said(here.amount, here.unit, here.commune),
        time=months_words(here.months),
        percent=here.percent,
    )
    title = _("Contract of credit {number}").format(number=here.number)
    return Page(
        title=title,
        room=book,
        room_href=reverse("treasury:credit", args=[here.id]),
        answer=Answer(title, f"{kind_words(reader, here.kind)} · {name}"),
        facts=[
            Text(words),
            Facts(facts_of(reader, stands)),
            schedule_table(stands),
            Signatures([name, _("Administration of the bank"), _("Approval committee")]),
            Section(_("Receipts"), [_receipts(here)], wide=True),
            _code(request, here, code),
        ],
        paper=True,
        every_sheet=sheet,
    )


def _code(request: HttpRequest, here: Credit, code: str) -> Part:
    """Leads to the public record of the approval, which names nobody."""
    where = address_of(request, reverse("books:thread", args=[here.id]))
    words = _("The approval in the public record, without names: {where}").format(where=where)
    return Code(code, words, where if where.startswith("http") else "")


def _receipts(here: Credit) -> Part:
    """What came back, with a line to sign for each; empty lines for what comes."""
    columns = [
        Column(_("Folio"), number=True),
        Column(_("Day"), head=True),
        Column(_("Amount"), number=True),
        Column(_("Of it interest"), number=True),
        Column(_("Received by"), write=True),
    ]
    rows: list[list[Value]] = [
        [
            one.entry.folio,
            day_words(one.entry.day, weekday=False),
            amount_said(one.principal + one.interest, one.unit, here.commune),
            amount_said(one.interest, one.unit, here.commune),
            "",
        ]
        for one in here.repayments.select_related("entry").order_by("born")
    ]
    rows += [["", "", "", "", ""] for _line in range(3)]
    return Table(_("What was repaid"), columns, rows, empty=Empty(""))
