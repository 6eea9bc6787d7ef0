"""One book: what it holds, what came and went this year and for what, its budget, its newest entries."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _, ngettext

from comuna.acts.act import Act
from comuna.acts.proposals import open_proposals, proposed_act
from comuna.look.frame import Link
from comuna.look.page import Page, show
from comuna.look.parts import (
    Answer,
    Column,
    Do,
    Empty,
    Line,
    Lines,
    Many,
    Pages,
    Part,
    Section,
    Small,
    Table,
    Value,
    WhoCan,
)
from comuna.look.words import day_words, number_words
from comuna.mandates.queries import who_may
from comuna.statutes.bookkeeping import AccountKind, BookKind
from comuna.territory.pages.reader import Reader, reader_of
from comuna.treasury import queries
from comuna.treasury.acts import (
    AdoptBudget,
    ApproveAccounts,
    Move,
    MoveBudget,
    OpenAccount,
    Pay,
    Receive,
    RecordOpening,
)
from comuna.treasury.models import Book, BudgetLine
from comuna.treasury.pages.reader import account_address, address, book_or_404, may_in
from comuna.treasury.pages.words import account_name, book_name, entry_words, kind_words, natural, sums_words
from comuna.treasury.queries import EntryLine, Held, amount_said

NEWEST = 10


def book(request: HttpRequest, id: UUID) -> HttpResponse:
    reader = reader_of(request)
    here = book_or_404(reader, id)
    kind = queries.kind_of(here, reader.day)
    trial = queries.trial_balance(here.id)
    held = queries.holdings(reader.commune).get(here.id, [])
    lines = queries.budget_lines(here.id)
    entries = ngettext("{n} entry", "{n} entries", here.entries).format(n=number_words(here.entries))
    since = _("{entries} since {day}").format(entries=entries, day=day_words(here.day, today=reader.day, weekday=False))
    closed = queries.closed_through(here.id)
    if closed is not None:
        until = _("approved and closed until {day}").format(day=day_words(closed, today=reader.day, weekday=False))
        since = f"{since}; {until}"
    page = Page(
        title=book_name(here, reader.day),
        room=_("Accounts"),
        room_href=reverse("treasury:board"),
        answer=Answer(_("{book}: {sums}").format(book=book_name(here, reader.day), sums=sums_words(here, held)), since),
        next=_next(reader, here, lines),
        facts=[
            *_waiting(reader, here, lines),
            *_purposes(reader, here, kind),
            *_budget(reader, here, lines),
            Section(_("Newest entries"), [newest(reader, here, kind)], wide=True),
            Section(_("Accounts of this book"), [accounts_table(here, kind, trial)], wide=True),
        ],
    )
    return show(request, page)


def _next(reader: Reader, here: Book, lines: list[BudgetLine]) -> Part:
    def link(act: type[Act], name: str) -> list[Link]:
        return [Link(act.label, address(name, book=here.id))] if may_in(reader, act, here.organ) else []

    found = [*link(Receive, "to-receive"), *(link(Pay, "to-pay") if lines else [])]
    found += [*link(AdoptBudget, "to-adopt-budget"), *(link(MoveBudget, "to-move-budget") if len(lines) > 1 else [])]
    found += [*link(Move, "to-move"), *(link(RecordOpening, "opening") if not here.entries else [])]
    found += [*link(ApproveAccounts, "approve"), *link(OpenAccount, "to-open-account")]
    if found:
        return Do(found[0].words, found[0].href, tuple(found[1:]))
    holders = who_may(reader.commune, Receive.verb, reader.day, organ=here.organ)
    return WhoCan(Receive.label, list(dict.fromkeys(one.words for one in holders)))


def _waiting(reader: Reader, here: Book, lines: list[BudgetLine]) -> list[Part]:
    """Payments that wait for a signature: everybody sees them."""
    found, of_this_book = [], {line.id for line in lines}
    for proposal in open_proposals(reader.commune, reader.day):
        if proposal.verb != Pay.verb:
            continue
        act = proposed_act(proposal.id)
        assert isinstance(act, Pay)
        if act.line not in of_this_book:
            continue
        found.append(
            Line(
                f"{amount_said(int(act.amount), act.unit, here.commune)} · {act.payee}",
                _("open until {day}").format(day=day_words(proposal.expires_on, today=reader.day, weekday=False)),
                act.words,
                reverse("books:proposal", args=[proposal.id]),
            )
        )
    return [Section(_("Payments that wait for a signature"), [Lines(found)])] if found else []


def _purposes(reader: Reader, here: Book, kind: BookKind | None) -> list[Part]:
    first = date(reader.day.year, 1, 1)
    found = queries.by_purpose(here.id, first, reader.day)
    if not found:
        return []
    parts: list[Part] = []
    for side in (AccountKind.INCOME.value, AccountKind.EXPENSE.value):
        rows: list[list[Value]] = [
            [
                Link(account_name(one.account, kind), account_address(one.account.id, one.unit)),
                amount_said(one.amount, one.unit, here.commune),
            ]
            for one in found
            if one.account.kind == side and one.amount
        ]
        if rows:
            caption = _("{what} in {year}").format(what=kind_words(side), year=reader.day.year)
            parts.append(Table(caption, [Column(_("Purpose"), head=True), Column(_("Amount"), number=True)], rows))
    return [Section(_("In and out by purpose"), parts)] if parts else []


def _budget(reader: Reader, here: Book, lines: list[BudgetLine]) -> list[Part]:
    if not lines:
        return [
            Section(
                _("Budget"),
                [
                    Empty(
                        _("Nothing is set aside yet: a decision of the organ sets money aside, and payments follow it.")
                    )
                ],
            )
        ]
    columns = [
        Column(_("What for"), head=True),
        Column(_("Set aside"), number=True),
        Column(_("Spent"), number=True),
        Column(_("Remains"), number=True),
    ]
    rows: list[list[Value]] = [
        [
            Many(
                [
                    Link(one.words or one.account.name, reverse("treasury:line", args=[one.id])),
                    Small(_until(one, reader.day)),
                ]
            ),
            amount_said(one.amount, one.unit, here.commune),
            amount_said(one.spent, one.unit, here.commune),
            amount_said(one.amount - one.spent - one.committed, one.unit, here.commune),
        ]
        for one in lines
    ]
    return [Section(_("Budget"), [Table(_("Lines of the budget"), columns, rows)], wide=True)]


def _until(line: BudgetLine, today: date) -> str:
    return _("until {day}").format(day=day_words(line.budget.ends, today=today, weekday=False))


def newest(reader: Reader, here: Book, kind: BookKind | None, pages: Pages | None = None) -> Table:
    last = here.entries - (pages.lines.start if pages else 0)
    first = max(1, last - (pages.per_page if pages else NEWEST) + 1)
    found = queries.entries(here.id, first, last)
    columns = [
        Column(_("Folio"), number=True),
        Column(_("Day")),
        Column(_("What for"), head=True),
        Column(_("Out of, into")),
        Column(_("Amount"), number=True),
    ]
    names = {one.id: account_name(one, kind) for one in queries.accounts(here.id)}
    words = entry_words([one.entry for one in found])
    rows = [_entry_row(here, one, names, words[one.entry.id]) for one in found]
    return Table(_("Entries"), columns, rows, empty=Empty(_("Nothing has been entered yet.")), pages=pages)


def _entry_row(here: Book, one: EntryLine, names: dict[UUID, str], what: str) -> list[Value]:
    debits = [posting for posting in one.postings if posting.amount > 0]
    credits = [posting for posting in one.postings if posting.amount < 0]
    sides = [
        " + ".join(dict.fromkeys(names.get(posting.account_id, "—") for posting in side)) for side in (credits, debits)
    ]
    units = dict.fromkeys(posting.unit for posting in debits)
    sums = [amount_said(sum(p.amount for p in debits if p.unit == unit), unit, here.commune) for unit in units]
    return [
        one.entry.folio,
        one.entry.day,
        Link(what, reverse("treasury:entry", args=[one.entry.id])),
        f"{sides[0]} → {sides[1]}",
        Many(sums),
    ]


def accounts_table(here: Book, kind: BookKind | None, trial: list[Held]) -> Table:
    columns = [Column(_("Code")), Column(_("Account"), head=True), Column(_("Kind")), Column(_("Holds"), number=True)]
    rows: list[list[Value]] = [
        [
            one.account.code,
            Link(account_name(one.account, kind), account_address(one.account.id, one.unit)),
            kind_words(one.account.kind),
            amount_said(natural(one.account, one.amount), one.unit, here.commune),
        ]
        for one in trial
    ]
    return Table(_("Accounts"), columns, rows, empty=Empty(_("No account holds anything yet.")))
