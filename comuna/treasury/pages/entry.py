"""One entry: what moved from where to where, why, and by whose decision."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from comuna.acts.queries import thread
from comuna.look.frame import Link
from comuna.look.page import Page, show
from comuna.look.parts import (
    Answer,
    Column,
    Do,
    Empty,
    Fact,
    Facts,
    Notice,
    Part,
    Sign,
    Source,
    Step,
    Table,
    Thread,
    Value,
)
from comuna.look.words import day_words
from comuna.territory.pages.reader import Reader, reader_of
from comuna.treasury import queries
from comuna.treasury.acts import Pay, Reverse, TakeBackBank, TakeBackReceipts, UndoImport
from comuna.treasury.acts.observing import Observe
from comuna.treasury.acts.receipts import FileReceipt
from comuna.treasury.models import Entry, EntryImport, Payment, Posting, ReceiptsTyped
from comuna.treasury.models.receipts import Receipt
from comuna.treasury.pages.observation import open_section
from comuna.treasury.pages.rates import exchange_facts
from comuna.treasury.pages.reader import account_address, address, may_in
from comuna.treasury.pages.receipt import receipts_table
from comuna.treasury.pages.receiptbook import number_of
from comuna.treasury.pages.words import account_name, book_name, line_words, words_of
from comuna.treasury.queries import amount_said, bank
from comuna.treasury.queries.orders import was_done_as
from comuna.treasury.queries.transfers import by_entry


def entry(request: HttpRequest, id: UUID) -> HttpResponse:
    reader = reader_of(request)
    here = Entry.objects.filter(pk=id, commune=reader.commune).select_related("book").first()
    if here is None:
        raise Http404
    (found,) = queries.entries(here.book_id, here.folio, here.folio)
    sums = " + ".join(
        amount_said(posting.amount, posting.unit, here.commune) for posting in found.postings if posting.amount > 0
    )
    payment = Payment.objects.filter(entry=here).select_related("line__budget").first()
    page = Page(
        title=_("Entry {folio}").format(folio=here.folio),
        room=book_name(here.book, reader.day),
        room_href=reverse("treasury:book", args=[here.book_id]),
        answer=Answer(f"{words_of(here)}: {sums}", day_words(here.day)),
        notices=[*_notices(here), *_no_receipt(here, payment)],
        next=_next(reader, here),
        facts=[
            Facts(_facts(reader, here, payment)),
            *receipts_table(reader, here),
            *open_section(reader, entry=here),
            _postings(reader, here, found.postings),
        ],
        source=Source(thread=_thread(here), links=[Link(Observe.label, _observe(here)), *_paper(here, payment)]),
    )
    return show(request, page)


def _observe(here: Entry) -> str:
    return address("to-observe", book=here.book_id, entry=here.id)


def _paper(here: Entry, payment: Payment | None) -> list[Link]:
    if payment is None or not was_done_as(here.act, Pay.verb):
        return []
    return [Link(_("Print the payment order"), reverse("treasury:order", args=[here.id]))]


def _notices(here: Entry) -> list[Notice]:
    if here.reverses_id is not None:
        href = reverse("treasury:entry", args=[here.reverses_id])
        return [Notice(Sign.PLAIN, _("This entry takes another one back"), links=[Link(_("The other one"), href)])]
    back = Entry.objects.filter(reverses=here).first()
    if back is None:
        return []
    href = reverse("treasury:entry", args=[back.id])
    return [Notice(Sign.REFUSED, _("This entry was taken back"), links=[Link(_("By which one"), href)])]


def _next(reader: Reader, here: Entry) -> Do | None:
    found = []
    if here.reverses_id is None and not queries.is_reversed(here.id):
        if may_in(reader, FileReceipt, here.book.organ):
            found.append(Link(FileReceipt.label, address("hand-in-receipt", entry=here.id)))
        if bank.is_kept_one_by_one(here.id):
            if bank.organ_of_bank_entry(here.id) and may_in(reader, TakeBackBank, here.book.organ):
                found.append(Link(TakeBackBank.label, address("to-take-back-bank", entry=here.id)))
        elif by_entry(here.id) is None and may_in(reader, Reverse, here.book.organ):
            found += [Link(Reverse.label, address("reverse", entry=here.id)), *_whole_import(reader, here)]
            found += _all_receipts(reader, here)
    return Do(found[0].words, found[0].href, tuple(found[1:])) if found else None


def _no_receipt(here: Entry, payment: Payment | None) -> list[Notice]:
    if (
        payment is None
        or hasattr(here, "aid")
        or queries.is_reversed(here.id)
        or Receipt.objects.filter(entry=here).exists()
    ):
        return []
    return [Notice(Sign.WAITING, _("No receipt of this payment has been filed yet"))]


def _whole_import(reader: Reader, here: Entry) -> tuple[Link, ...]:
    """To take back everything that came from a file with this entry."""
    if not may_in(reader, UndoImport, here.book.organ) or not EntryImport.objects.filter(pk=here.act).exists():
        return ()
    return (Link(_("Take back all that came from the same file"), address("to-undo-import", imported=here.act)),)


def _all_receipts(reader: Reader, here: Entry) -> tuple[Link, ...]:
    """To take back every receipt that was typed with this one."""
    if not may_in(reader, TakeBackReceipts, here.book.organ) or not ReceiptsTyped.objects.filter(pk=here.act).exists():
        return ()
    return (Link(_("Take back all receipts typed with it"), address("to-take-back-receipts", typed=here.act)),)


def _facts(reader: Reader, here: Entry, payment: Payment | None) -> list[Fact]:
    facts = [
        Fact(_("Book"), Link(book_name(here.book, reader.day), reverse("treasury:book", args=[here.book_id]))),
        Fact(_("Folio"), here.folio),
        Fact(_("Day"), here.day),
    ]
    if payment is not None:
        facts += [
            Fact(_("Paid to"), payment.payee or None),
            Fact(
                _("Line of the budget"),
                Link(line_words(payment.line), reverse("treasury:line", args=[payment.line_id])),
            ),
        ]
    facts += exchange_facts(here.id, here.commune)
    between = by_entry(here.id)
    if between is not None:
        facts.append(Fact(_("Between books"), Link(_("Transfer"), reverse("treasury:between", args=[between.id]))))
    receipt = number_of(here.id)
    if receipt is not None:
        said = _("No. {n}").format(n=receipt.number)
        facts.append(Fact(_("Receipt given"), Link(said, reverse("treasury:receipt-book", args=[receipt.receipts_id]))))
    if here.reference:
        facts.append(Fact(_("Reference"), here.reference))
    return facts


def _postings(reader: Reader, here: Entry, postings: tuple[Posting, ...]) -> Part:
    kind = queries.kind_of(here.book, reader.day)
    accounts = {one.id: one for one in queries.accounts(here.book_id)}
    columns = [Column(_("Account"), head=True), Column(_("Debit"), number=True), Column(_("Credit"), number=True)]
    rows: list[list[Value]] = []
    for one in postings:
        account = accounts[one.account_id]
        said = amount_said(abs(one.amount), one.unit, here.commune)
        name = f"{account.code} {account_name(account, kind)}"
        rows.append(
            [
                Link(name, account_address(account.id, one.unit)),
                said if one.amount > 0 else "",
                said if one.amount < 0 else "",
            ]
        )
    return Table(_("From where to where"), columns, rows, empty=Empty(""))


def _thread(here: Entry) -> Thread:
    return Thread(
        [
            Step(
                day_words(step.day, weekday=False),
                step.said,
                step.signed_as,
                reverse("books:thread", args=[step.id]),
                current=step.id == here.act,
            )
            for step in thread(here.act).steps
        ]
    )
