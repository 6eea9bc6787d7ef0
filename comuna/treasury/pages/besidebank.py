"""An account beside its bank: the two balances, what may be the same, and what stands on one side alone."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import uuid4

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _, ngettext

from comuna.look.act_page import NotDone, hand_in
from comuna.look.decode import decode, encode
from comuna.look.forms import Control, Form, FormPart
from comuna.look.frame import Link
from comuna.look.page import Page, show
from comuna.look.parts import (
    Answer,
    Column,
    Do,
    Empty,
    Fact,
    Facts,
    Filters,
    Line,
    Lines,
    Many,
    Part,
    Section,
    Source,
    Table,
    Value,
)
from comuna.look.words import day_words, number_words
from comuna.statutes.bookkeeping import AccountKind
from comuna.territory.pages.reader import Reader, unstored
from comuna.treasury import queries
from comuna.treasury.acts import MatchBankLines, Pay, Receive, TakeBankStatement
from comuna.treasury.acts.bankfiles import PAIRS_MAX, MatchedRow
from comuna.treasury.models import Account, BankLine, BankStatement, Book, Posting
from comuna.treasury.pages.bankfile import asked_account, bank_address, named
from comuna.treasury.pages.reader import account_address, address, may_in
from comuna.treasury.pages.words import account_name, entry_words
from comuna.treasury.queries import amount_said
from comuna.treasury.queries.bankfiles import Differences, balance_on, differences, statements

SHOWN = 100  # lines of each side


def beside(request: HttpRequest) -> HttpResponse:
    """GET shows; POST matches what was proposed."""
    reader, here, unit = asked_account(request)
    not_done: Part | None = None
    status = 200
    if request.method == "POST":
        act, _errors = decode(MatchBankLines, request.POST)
        if act is not None:
            answer = hand_in(request, act)
            if not isinstance(answer, NotDone):
                return unstored(HttpResponseRedirect(bank_address(here.id, unit), status=303))
            not_done, status = answer.part, answer.status
        else:
            status = 422
    page = _page(reader, here, unit, not_done)
    answer_page = show(request, page, status=status)
    return unstored(answer_page) if reader.person is not None else answer_page


def _page(reader: Reader, here: Account, unit: str, not_done: Part | None) -> Page:
    taken, found = statements(here.id, unit), differences(here.id, unit)
    knows = may_in(reader, TakeBankStatement, here.book.organ)
    paired = {id for pair in found.proposed for id in pair}
    lines = [one for one in found.lines if one.id not in paired]
    postings = [one for one in found.postings if one.entry_id not in paired]
    take = Do(TakeBankStatement.label, address("to-take-bank-statement", account=here.id, unit=unit))
    name = named(reader, here)
    return Page(
        title=_("Beside the bank: {account}").format(account=name),
        room=name,
        room_href=account_address(here.id, unit),
        answer=Answer(_answer(len(lines), len(postings)) if taken else _("No statement of the bank was taken"), ""),
        next=not_done or (take if knows else None),
        facts=[
            *_other_accounts(reader, here, unit),
            *_balances(here, unit, taken),
            *(_proposed(here, unit, found, knows)),
            *(_lines(reader, here, lines, knows) if taken else []),
            *(_postings(here, postings) if taken else []),
            *_statements(taken),
        ],
        source=Source(links=[Link(_("Movements of the account"), account_address(here.id, unit))]),
    )


def links_of(reader: Reader, book: Book) -> list[Link]:
    """From the book's page to the account of which a statement was taken last; for who may take one, to the first where
    one could be. That page leads to the others."""
    taken = BankStatement.objects.filter(account__book=book).order_by("-born").first()
    if taken is None:
        places = _places(book) if may_in(reader, TakeBankStatement, book.organ) else []
        if not places:
            return []
    account, unit = (taken.account_id, taken.unit) if taken else (places[0].id, book.unit)
    return [Link(_("Beside the bank's statement"), bank_address(account, unit))]


def _places(book: Book) -> list[Account]:
    """The accounts of which a bank may say something."""
    return [one for one in queries.accounts(book.id, [AccountKind.ASSET.value]) if not one.use]


def _other_accounts(reader: Reader, here: Account, unit: str) -> list[Part]:
    kind = queries.kind_of(here.book, reader.day)
    links = [
        Link(account_name(one, kind), bank_address(one.id, unit), current=one.id == here.id)
        for one in _places(here.book)
    ]
    return [Filters(_("Account"), links, folded=True)] if len(links) > 1 else []


def _answer(lines: int, postings: int) -> str:
    if not lines and not postings:
        return _("The bank and the books say the same")
    missing = ngettext(
        "{n} line of the bank is not in the books", "{n} lines of the bank are not in the books", lines
    ).format(n=number_words(lines))
    more = ngettext("{n} entry is not in the bank", "{n} entries are not in the bank", postings).format(
        n=number_words(postings)
    )
    return f"{missing}; {more}" if lines and postings else missing if lines else more


def _balances(here: Account, unit: str, taken: Sequence[BankStatement]) -> list[Part]:
    """What the bank said last, beside what the books said that day."""
    newest = next((one for one in taken if one.balance is not None), None)
    if newest is None or newest.balance is None:
        return []
    books = balance_on(here, unit, newest.last)

    def said(amount: int) -> str:
        return amount_said(amount, unit, here.commune)

    day = day_words(newest.last, weekday=False)
    return [
        Facts(
            [
                Fact(_("The bank on {day}").format(day=day), said(newest.balance)),
                Fact(_("The books on {day}").format(day=day), said(books)),
                Fact(_("Difference"), said(newest.balance - books)),
            ]
        )
    ]


def _proposed(here: Account, unit: str, found: Differences, knows: bool) -> list[Part]:
    """What can be but one and the same, to be confirmed at once."""
    pairs = found.proposed[:PAIRS_MAX]
    if not pairs:
        return []
    lines, entries = {one.id: one for one in found.lines}, {one.entry_id: one for one in found.postings}
    words = entry_words([entries[pair.entry].entry for pair in pairs])
    rows: list[list[Value]] = [
        [
            lines[pair.line].day,
            Link(words[pair.entry], reverse("treasury:entry", args=[pair.entry])),
            amount_said(lines[pair.line].amount, unit, here.commune),
            lines[pair.line].reference or "—",
        ]
        for pair in pairs
    ]
    columns = [
        Column(_("Day of the bank")),
        Column(_("Entry"), head=True),
        Column(_("Amount"), number=True),
        Column(_("Reference")),
    ]
    parts: list[Part] = [Table(_("Can be but one and the same"), columns, rows, empty=Empty(""))]
    if knows:
        given = {"account": here.id, "rows": tuple(MatchedRow(line=one.line, entry=one.entry) for one in pairs)}
        texts = encode(MatchBankLines, given)
        controls = tuple(Control(name, "hidden", "", values=tuple(values)) for name, values in texts.items())
        button = ngettext("Confirm {n} match", "Confirm {n} matches", len(pairs)).format(n=number_words(len(pairs)))
        parts.append(FormPart(Form(uuid4(), button, controls, action=bank_address(here.id, unit), quiet=True)))
    return [Section(_("What may be the same"), parts, wide=True)]


def _lines(reader: Reader, here: Account, lines: Sequence[BankLine], knows: bool) -> list[Part]:
    columns = [Column(_("Day")), Column(_("What the bank says"), head=True), Column(_("Amount"), number=True)]
    if knows:
        columns.append(Column(_("Enter it")))
    rows: list[list[Value]] = []
    for one in lines[:SHOWN]:
        said = " · ".join(words for words in (one.reference, one.words if knows else "") if words)
        row: list[Value] = [one.day, said or "—", amount_said(one.amount, one.unit, here.commune)]
        rows.append([*row, _enter(here, one)] if knows else row)
    table = Table(_("In the bank and not in the books"), columns, rows, empty=Empty(_("Nothing.")))
    return [Section(_("In the bank and not in the books"), [table], wide=True)]


def _enter(here: Account, one: BankLine) -> Value:
    """The forms that would enter it, filled in."""
    place = "into" if one.amount > 0 else "out_of"
    asked = {
        "book": here.book_id, "day": one.day, "unit": one.unit, "amount": abs(one.amount), place: here.id,
        "reference": one.reference,
    }  # fmt: skip
    first = (Receive, "to-receive") if one.amount > 0 else (Pay, "to-pay")
    links: list[Value] = [Link(first[0].label, address(first[1], **asked))]
    return Many([*links, Link(_("Between accounts"), address("to-move", **asked))])


def _postings(here: Account, postings: Sequence[Posting]) -> list[Part]:
    words = entry_words([one.entry for one in postings[:SHOWN]])
    columns = [Column(_("Day")), Column(_("Entry"), head=True), Column(_("Amount"), number=True)]
    rows: list[list[Value]] = [
        [
            one.entry.day,
            Link(words[one.entry_id], reverse("treasury:entry", args=[one.entry_id])),
            amount_said(one.amount, one.unit, here.commune),
        ]
        for one in postings[:SHOWN]
    ]
    table = Table(_("In the books and not in the bank"), columns, rows, empty=Empty(_("Nothing.")))
    return [Section(_("In the books and not in the bank"), [table], wide=True)]


def _statements(taken: Sequence[BankStatement]) -> list[Part]:
    if not taken:
        return []
    lines = [
        Line(
            _("From {first} to {last}").format(
                first=day_words(one.first, weekday=False), last=day_words(one.last, weekday=False)
            ),
            href=reverse("treasury:bank-statement", args=[one.id]),
        )
        for one in taken
    ]
    return [Section(_("Statements that were taken"), [Lines(lines)])]
