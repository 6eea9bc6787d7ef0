"""The comptroller's room: what does not add up, each with the acts it rests on. Anybody may look."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from itertools import groupby
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _, ngettext

from comuna.look.frame import Link
from comuna.look.page import Page, show
from comuna.look.parts import Answer, Column, Empty, Filters, Many, Part, Section, Table, Value
from comuna.look.words import day_words, number_words
from comuna.territory.pages.reader import Reader, reader_of
from comuna.treasury import queries
from comuna.treasury.control import LIMITS, Doubt, Finding, in_order
from comuna.treasury.models import BankStatement, Entry, EntryImport, Posting, ReceiptBook
from comuna.treasury.models.counts import Count
from comuna.treasury.models.receipts import Receipt
from comuna.treasury.pages.bankfile import bank_address
from comuna.treasury.pages.words import book_name, words_of
from comuna.treasury.queries import amount_said
from comuna.treasury.queries.control import doubts, still_open
from comuna.treasury.queries.decided import Use, used_by

DAYS = 400  # looked at unless a year is asked for
SHOWN = 50  # of one kind


def control(request: HttpRequest) -> HttpResponse:
    """Of the last 400 days, with what is open for longer; or of ``?year=``."""
    reader = reader_of(request)
    years = _years(reader)
    asked = next((year for year in years if str(year) == request.GET.get("year")), None)
    first = date(asked, 1, 1) if asked else reader.day - timedelta(days=DAYS)
    last = date(asked, 12, 31) if asked else reader.day
    found = doubts(reader.commune, first, last, reader.day)
    if not asked:
        found = in_order([*found, *still_open(reader.commune, first, reader.day)])
    counted = ngettext("{n} thing to ask about", "{n} things to ask about", len(found))
    since = _("From {first} to {last}").format(
        first=day_words(first, weekday=False), last=day_words(min(last, reader.day), weekday=False)
    )
    answer = counted.format(n=number_words(len(found))) if found else _("Nothing was found that does not add up")
    page = Page(
        title=_("What does not add up"),
        room=_("Accounts"),
        room_href=reverse("treasury:board"),
        answer=Answer(answer, since),
        facts=[
            *_filter(years, asked),
            *(_sections(reader, found) if found else [Empty(_("Every payment has its receipt and its signatures."))]),
            Section(_("What is looked at"), [_rules()], folded=True, wide=True),
        ],
    )
    return show(request, page)


def _years(reader: Reader) -> list[int]:
    days = [book.day.year for book in queries.books(reader.commune)]
    return list(range(reader.day.year, min(days, default=reader.day.year) - 1, -1))


def _filter(years: list[int], asked: int | None) -> list[Part]:
    if len(years) < 2:
        return []
    links = [Link(str(year), f"?year={year}", current=year == asked) for year in years]
    return [Filters(_("Year"), [Link(_("Lately"), "?", current=asked is None), *links])]


def _sections(reader: Reader, found: list[Finding]) -> list[Part]:
    entries = _entries(found)
    debits = queries.moved_by(list(entries))
    counts = {one.id: one for one in _counts(found)}
    papers, uses = _papers(found), _uses(found, entries)
    names = {book.id: book_name(book, reader.day) for book in queries.books(reader.commune)}
    sections: list[Part] = []
    for doubt, group in groupby(found, key=lambda one: one.doubt):
        same = list(group)
        rows = [_row(one, entries, debits, counts, papers, uses, names, reader.commune) for one in same[:SHOWN]]
        columns = [
            Column(_("Day")),
            Column(_("It rests on"), head=True),
            Column(_("Amount"), number=True),
            Column(_("Book")),
        ]
        parts: list[Part] = [Table(why_words(doubt), columns, rows)]
        if len(same) > SHOWN:
            parts.append(Empty(_("And others: {n}. Choose a year to see fewer.").format(n=len(same) - SHOWN)))
        heading = f"{doubt_words(doubt)}: {number_words(len(same))}"
        sections.append(Section(heading, parts, wide=True))
    return sections


def _entries(found: list[Finding]) -> Mapping[UUID, Entry]:
    return queries.entries_with(list({act for one in found for act in one.acts}))


def _counts(found: list[Finding]) -> list[Count]:
    ids = [act for one in found if one.doubt is Doubt.COUNT_DIFFERS for act in one.acts]
    return list(Count.objects.filter(pk__in=ids).select_related("account"))


def _papers(found: list[Finding]) -> dict[UUID, tuple[Link, UUID]]:
    """Of the findings that rest on a receipt, a receipt book, a file or a statement of the bank: a link to it, and
    whose book it is."""
    receipts = [act for one in found if one.doubt is Doubt.RECEIPT_MISSING for act in one.acts]
    statements = [act for one in found if one.doubt is Doubt.BANK_DIFFERS for act in one.acts]
    differ = [act for one in found if one.doubt is Doubt.RECEIPT_DIFFERS for act in one.acts]
    files = [act for one in found if one.doubt is Doubt.IMPORT_SPENDS for act in one.acts]
    said: dict[UUID, tuple[Link, UUID]] = {}
    for book in ReceiptBook.objects.filter(pk__in=receipts):
        words = _("Receipts {first} to {last}").format(first=book.first, last=book.last)
        said[book.id] = (Link(words, reverse("treasury:receipt-book", args=[book.id])), book.book_id)
    for one in BankStatement.objects.filter(pk__in=statements).select_related("account"):
        said[one.id] = (Link(_("Statement of the bank"), bank_address(one.account_id, one.unit)), one.account.book_id)
    for paper in Receipt.objects.filter(pk__in=differ).select_related("entry"):
        words = _("A receipt of {amount}").format(amount=amount_said(paper.amount, paper.unit, paper.commune))
        said[paper.id] = (Link(words, reverse("treasury:entry", args=[paper.entry_id])), paper.entry.book_id)
    for one in EntryImport.objects.filter(pk__in=files):
        words = _("Entries from a file")
        said[one.id] = (Link(words, reverse("treasury:imported", args=[one.id])), one.book_id)
    return said


def _uses(found: list[Finding], entries: Mapping[UUID, Entry]) -> dict[UUID, Use]:
    """What rests on a decision with other things and is no entry."""
    shared = {act for one in found if one.doubt is Doubt.DECISION_SHARED for act in one.acts} - entries.keys()
    return used_by(shared) if shared else {}


def _row(
    one: Finding,
    entries: Mapping[UUID, Entry],
    debits: Mapping[UUID, list[Posting]],
    counts: Mapping[UUID, Count],
    papers: Mapping[UUID, tuple[Link, UUID]],
    uses: Mapping[UUID, Use],
    names: Mapping[UUID, str],
    commune: UUID,
) -> list[Value]:
    links: list[Value] = []
    amounts: list[Value] = []
    books: list[UUID] = []
    for act in one.acts:
        entry = entries.get(act)
        if act in papers:
            link, book = papers[act]
            links.append(link)
            books.append(book)
        elif act in uses:
            use = uses[act]
            links.append(Link(use.said, reverse("books:thread", args=[act])))
            amounts += [amount_said(amount, unit, commune) for unit, amount in use.sums]
            books += [use.book] if use.book else []
        elif entry is not None:
            said = _("{folio}: {words}").format(folio=entry.folio, words=words_of(entry))
            links.append(Link(said, reverse("treasury:entry", args=[entry.id])))
            amounts += [amount_said(posting.amount, posting.unit, entry.commune) for posting in debits[act]]
            books.append(entry.book_id)
        else:
            if act in counts:
                held = counts[act]
                amounts.append(amount_said(held.counted - held.in_books, held.unit, held.commune))
            words = counts[act].account.name if act in counts else _("The act")
            links.append(Link(words or _("The act"), reverse("books:thread", args=[act])))
            books += [counts[act].account.book_id] if act in counts else []
    return [one.day, Many(links), Many(amounts), names.get(books[0], "") if books else ""]


def doubt_words(doubt: Doubt) -> str:
    return {
        Doubt.SINGLE_SIGNATURE: _("Payments with too few signatures"),
        Doubt.OUTSIDE_MANDATE: _("Signed outside a mandate"),
        Doubt.SIGNER_PAID: _("Paid to who signed"),
        Doubt.CLOSED_UNSEEN: _("Closed without having been seen"),
        Doubt.DECISION_SHARED: _("One decision for several things"),
        Doubt.INVOICE_TWICE: _("One invoice, several payments"),
        Doubt.PAID_TWICE: _("The same sum to the same payee"),
        Doubt.RECEIPT_DIFFERS: _("Receipts over another sum"),
        Doubt.OTHER_PAYEE: _("Promised to one, paid to another"),
        Doubt.RATE_BESIDE: _("Exchanged beside the rate"),
        Doubt.IMPORT_SPENDS: _("Spent by a file"),
        Doubt.NO_RECEIPT: _("Payments without a receipt"),
        Doubt.SPLIT: _("Perhaps one purchase in pieces"),
        Doubt.ROUND_SUM: _("Round sums"),
        Doubt.RECEIPT_MISSING: _("Receipts that are missing"),
        Doubt.BANK_DIFFERS: _("The bank and the books differ"),
        Doubt.COUNT_DIFFERS: _("Counts that differ"),
        Doubt.ADVANCE_LATE: _("Advances that are late"),
        Doubt.TRANSFER_LATE: _("Under way for long"),
        Doubt.ENTERED_LATE: _("Entered late"),
    }[doubt]


def why_words(doubt: Doubt) -> str:
    """Why it is asked about, with the limit it goes by."""
    repeat, receipt, entered = LIMITS.repeat_days, LIMITS.receipt_days, LIMITS.entered_days
    return {
        Doubt.SINGLE_SIGNATURE: _("Fewer signed than the statute of that day asks for."),
        Doubt.OUTSIDE_MANDATE: _("The day of the payment lies before or after the mandate of somebody who signed."),
        Doubt.SIGNER_PAID: _("The name of somebody who signed is that of the payee or of the supplier."),
        Doubt.CLOSED_UNSEEN: _("The accounts were closed without having been put before the session that decided."),
        Doubt.DECISION_SHARED: _("Several things rest on one decision: compare each with the words of the vote."),
        Doubt.INVOICE_TWICE: _("Receipts of one supplier with one number stand with several payments."),
        Doubt.PAID_TWICE: ngettext("Within {n} day of each other.", "Within {n} days of each other.", repeat).format(
            n=repeat
        ),
        Doubt.RECEIPT_DIFFERS: _("The receipts of a payment add up to another sum than was paid."),
        Doubt.OTHER_PAYEE: _("The promise out of which it was paid names another payee."),
        Doubt.RATE_BESIDE: _("More than {n} % beside the rate of that day, or without any rate.").format(
            n=LIMITS.rate_percent
        ),
        Doubt.IMPORT_SPENDS: _("Entries of a file spend money, though the book had entries of its own already."),
        Doubt.NO_RECEIPT: ngettext(
            "Paid more than {n} day ago, and no receipt came.",
            "Paid more than {n} days ago, and no receipt came.",
            receipt,
        ).format(n=receipt),
        Doubt.SPLIT: ngettext(
            "{payments} payments or more to one payee out of one line within {n} day.",
            "{payments} payments or more to one payee out of one line within {n} days.",
            LIMITS.split_days,
        ).format(payments=LIMITS.split_payments, n=LIMITS.split_days),
        Doubt.ROUND_SUM: _("Whole thousands, and no receipts over that very sum."),
        Doubt.RECEIPT_MISSING: _("A number was not typed, though a later one of the same receipt book was."),
        Doubt.BANK_DIFFERS: ngettext(
            "For more than {n} day it stands in the bank's statement alone, or in the books alone.",
            "For more than {n} days it stands in the bank's statement alone, or in the books alone.",
            LIMITS.bank_days,
        ).format(n=LIMITS.bank_days),
        Doubt.COUNT_DIFFERS: _("Two people counted another amount than the books said."),
        Doubt.ADVANCE_LATE: _("The day until which they were to be accounted for is over."),
        Doubt.TRANSFER_LATE: ngettext(
            "Sent to another organ more than {n} day ago, neither received nor taken back.",
            "Sent to another organ more than {n} days ago, neither received nor taken back.",
            LIMITS.transfer_days,
        ).format(n=LIMITS.transfer_days),
        Doubt.ENTERED_LATE: ngettext(
            "Entered more than {n} day after it happened.", "Entered more than {n} days after it happened.", entered
        ).format(n=entered),
    }[doubt]


def _rules() -> Table:
    columns = [Column(_("What is asked about"), head=True), Column(_("Why"))]
    rows: list[list[Value]] = [[doubt_words(doubt), why_words(doubt)] for doubt in Doubt]
    return Table(_("Each is a question, and no proof of anything"), columns, rows)
