"""One book: what it holds, what came and went this year and for what, its budget, its newest entries."""

from __future__ import annotations

from datetime import date, timedelta
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
    Beside,
    Column,
    Do,
    Empty,
    Fact,
    Facts,
    Line,
    Lines,
    Many,
    Notice,
    Pages,
    Part,
    Section,
    Sign,
    Small,
    Source,
    Table,
    Value,
)
from comuna.look.words import day_words, number_words
from comuna.mandates.queries import named
from comuna.statutes import queries as statutes
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
    PayAid,
    Receive,
    RecordOpening,
)
from comuna.treasury.acts.advancing import GiveAdvance
from comuna.treasury.acts.counting import CountCash
from comuna.treasury.acts.observing import Observe
from comuna.treasury.acts.rendering import RenderAccounts
from comuna.treasury.models import AidCase, Book, BudgetLine
from comuna.treasury.pages import besidebank, charts, commitment, export, petty, rates, redenomination, things, transfer
from comuna.treasury.pages.imported import import_links
from comuna.treasury.pages.observation import open_section
from comuna.treasury.pages.reader import account_address, address, book_or_404, may_in
from comuna.treasury.pages.receiptbook import missing_words, receipts_of
from comuna.treasury.pages.rendering import before_sessions
from comuna.treasury.pages.words import (
    account_name,
    aid_words,
    between_words,
    book_name,
    entry_words,
    kind_words,
    natural,
    source_or_use,
    sums_words,
)
from comuna.treasury.queries import EntryLine, Held, aid, amount_said
from comuna.treasury.queries.advances import overdue
from comuna.treasury.queries.flows import Flow, by_month, flows, units_in
from comuna.treasury.queries.periods import newest_over
from comuna.treasury.queries.receiving import standing
from comuna.treasury.queries.redenomination import retired

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
        notices=[
            *_late(reader, here),
            *commitment.late(reader, here),
            *things.late(reader, here),
            *_receipts(here),
        ],
        next=_next(reader, here, lines),
        facts=[
            *_waiting(reader, here, lines),
            *before_sessions(reader, here),
            *rates.in_own_unit(here, held, reader.day),
            *redenomination.of_a_book(here, reader),
            *transfer.under_way(reader, here),
            *open_section(reader, book=here),
            *_lately(reader, here, kind),
            *_budget(reader, here, lines),
            *commitment.of_the_book(reader, here),
            Section(
                _("Newest entries"),
                [entry_lines(reader, here, kind, max(1, here.entries - NEWEST + 1), here.entries)],
                links=[Link(_("All entries"), reverse("treasury:entries", args=[here.id]))] if here.entries else [],
                wide=True,
            ),
            *_accounts(here, kind, trial),
            _kept_by(reader, here, kind),
        ],
        source=Source(
            links=[
                *_links(here, reader.day),
                *besidebank.links_of(reader, here),
                *receipts_of(reader, here),
                *import_links(reader, here),
                *export.links(here),
            ]
        ),
    )
    return show(request, page)


def _links(here: Book, day: date) -> list[Link]:
    return [
        Link(Observe.label, address("to-observe", book=here.id)),
        Link(_("Observations"), reverse("treasury:observations", args=[here.id])),
        Link(_("Advances"), reverse("treasury:advances", args=[here.id])),
        Link(_("Between books"), reverse("treasury:transfers", args=[here.id])),
        Link(_("Sheets on paper"), reverse("treasury:sheets", args=[here.id])),
        Link(_("Things"), reverse("treasury:things", args=[here.id])),
        Link(_("Stipends"), reverse("treasury:stipends", args=[here.id])),
        *([Link(_("Aid"), address("aid", book=here.id))] if aid.kinds_of(here, day) else []),
        Link(_("What does not add up"), reverse("treasury:control")),
    ]


def _late(reader: Reader, here: Book) -> list[Notice]:
    late = len(overdue(here.id, reader.day))
    if not late:
        return []
    words = ngettext("{n} advance was not accounted for in time", "{n} advances were not accounted for in time", late)
    href = reverse("treasury:advances", args=[here.id])
    return [Notice(Sign.WAITING, words.format(n=number_words(late)), links=[Link(_("Advances"), href)])]


def _receipts(here: Book) -> list[Notice]:
    """The numbers of receipts that are missing."""
    missing = [number for one in standing([here.id]) for number in one.missing]
    if not missing:
        return []
    link = Link(_("Receipt books"), reverse("treasury:receipt-books", args=[here.id]))
    return [Notice(Sign.WAITING, _("Receipts are missing"), [missing_words(missing)], links=[link])]


def _next(reader: Reader, here: Book, lines: list[BudgetLine]) -> Do | None:
    def link(act: type[Act], name: str) -> list[Link]:
        return [Link(act.label, address(name, book=here.id))] if may_in(reader, act, here.organ) else []

    found = [*link(Receive, "to-receive"), *(link(Pay, "to-pay") if lines else [])]
    found += [*link(AdoptBudget, "to-adopt-budget"), *(link(MoveBudget, "to-move-budget") if len(lines) > 1 else [])]
    found += [*link(Move, "to-move"), *(link(RecordOpening, "opening") if not here.entries else [])]
    found += [*link(GiveAdvance, "to-give-advance"), *_count(reader, here), *transfer.next_links(reader, here)]
    found += [*rates.next_links(reader, here), *petty.next_links(reader, here)]
    found += [*link(RenderAccounts, "to-render-accounts"), *link(ApproveAccounts, "approve")]
    found += link(OpenAccount, "to-open-account")
    if found:
        return Do(found[0].words, found[0].href, tuple(found[1:]))
    return None


def _count(reader: Reader, here: Book) -> list[Link]:
    """Of the first place where something can be; the form leads to the others."""
    places = [one for one in queries.accounts(here.id, [AccountKind.ASSET.value]) if not one.use]
    if not places or not may_in(reader, CountCash, here.organ):
        return []
    return [Link(CountCash.label, address("to-count-cash", account=places[0].id, unit=here.unit))]


def _waiting(reader: Reader, here: Book, lines: list[BudgetLine]) -> list[Part]:
    """Payments that wait for a signature: everybody sees them."""
    found, of_this_book = [], {line.id for line in lines}
    for proposal in open_proposals(reader.commune, reader.day):
        if proposal.verb not in (Pay.verb, PayAid.verb):
            continue
        act = proposed_act(proposal.id)
        assert isinstance(act, Pay | PayAid)
        if act.line not in of_this_book:
            continue
        found.append(
            Line(
                _waits_words(act, here),
                _("open until {day}").format(day=day_words(proposal.expires_on, today=reader.day, weekday=False)),
                act.words if isinstance(act, Pay) else "",
                reverse("books:proposal", args=[proposal.id]),
            )
        )
    return [Section(_("Payments that wait for a signature"), [Lines(found)])] if found else []


def _waits_words(act: Pay | PayAid, here: Book) -> str:
    if isinstance(act, Pay):
        return f"{amount_said(int(act.amount), act.unit, here.commune)} · {act.payee}"
    case = AidCase.objects.get(pk=act.case)
    return f"{amount_said(case.amount, case.unit, here.commune)} · {aid_words(case.number)}"


def _lately(reader: Reader, here: Book, kind: BookKind | None) -> list[Part]:
    """By month, and this year by purpose, in the book's own unit or the one in which most happens."""
    first = min(date(reader.day.year, 1, 1), (reader.day.replace(day=1) - timedelta(days=150)).replace(day=1))
    found = flows(reader.commune, first, reader.day, here.id)
    if not found:
        return []
    units = units_in(found)
    unit = here.unit if here.unit in units else units[0]
    chart = charts.months(by_month(found, unit), unit, here.commune)
    this_year = [one for one in found if one.month.year == reader.day.year]
    headings = {True: _("What came in, {year}"), False: _("What went out, {year}")}
    sides = [
        Section(said, [_purposes(here, kind, this_year, said, is_income=is_income)])
        for is_income, said in ((side, words.format(year=reader.day.year)) for side, words in headings.items())
    ]
    return [Section(_("By month"), [chart]), Beside(sides)]


def _purposes(here: Book, kind: BookKind | None, found: list[Flow], caption: str, *, is_income: bool) -> Part:
    sums: dict[tuple[str, UUID, str], int] = {}
    names = {one.id: account_name(one, kind) for one in queries.accounts(here.id)}
    for one in found:
        if one.is_income != is_income:
            continue
        key = (one.code, one.account, one.unit)
        sums[key] = sums.get(key, 0) + one.amount
        if one.is_between_books:
            names[one.account] = between_words(is_income=is_income)
    rows: list[list[Value]] = [
        [Link(names[account], account_address(account, unit)), amount_said(amount, unit, here.commune)]
        for (_code, account, unit), amount in sorted(sums.items(), key=lambda one: -one[1])
        if amount
    ]
    return amounts(caption, source_or_use(is_income=is_income), rows)


def amounts(caption: str, head: str, rows: list[list[Value]]) -> Table:
    """Names with their amounts."""
    return Table(caption, [Column(head, head=True), Column(_("Amount"), number=True)], rows, empty=Empty(_("Nothing.")))


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
    return [Section(_("Budget"), [Table(_("Budget"), columns, rows)], wide=True)]


def _until(line: BudgetLine, today: date) -> str:
    return _("until {day}").format(day=day_words(line.budget.ends, today=today, weekday=False))


def entries(request: HttpRequest, id: UUID) -> HttpResponse:
    """Every entry of a book, the newest first."""
    reader = reader_of(request)
    here = book_or_404(reader, id)
    pages = Pages.asked(request.GET.get("page", ""), here.entries)
    last = here.entries - pages.lines.start
    first = max(1, last - pages.per_page + 1)
    counted = ngettext("{n} entry", "{n} entries", here.entries).format(n=number_words(here.entries))
    page = Page(
        title=_("All entries"),
        room=book_name(here, reader.day),
        room_href=reverse("treasury:book", args=[here.id]),
        answer=f"{book_name(here, reader.day)}: {counted}",
        facts=[entry_lines(reader, here, queries.kind_of(here, reader.day), first, last, pages)],
    )
    return show(request, page)


def entry_lines(
    reader: Reader, here: Book, kind: BookKind | None, first: int, last: int, pages: Pages | None = None
) -> Lines:
    """Those with these folios: what for and how much, then the day, from where to where, and the folio."""
    names = {one.id: account_name(one, kind) for one in queries.accounts(here.id)}
    found = queries.entries(here.id, first, last)
    words = entry_words([one.entry for one in found])
    lines = [_entry_line(reader, here, one, names, words[one.entry.id]) for one in found]
    return Lines(lines, Empty(_("Nothing has been entered yet.")), pages=pages)


def _entry_line(reader: Reader, here: Book, one: EntryLine, names: dict[UUID, str], what: str) -> Line:
    debits = [posting for posting in one.postings if posting.amount > 0]
    credits = [posting for posting in one.postings if posting.amount < 0]
    out_of, into = (
        " + ".join(dict.fromkeys(names.get(posting.account_id, "—") for posting in side)) for side in (credits, debits)
    )
    units = dict.fromkeys(posting.unit for posting in debits)
    sums = [amount_said(sum(p.amount for p in debits if p.unit == unit), unit, here.commune) for unit in units]
    day = day_words(one.entry.day, today=reader.day, weekday=False)
    more = _("{amount} · from {out_of} to {into} · folio {folio}")
    return Line(
        what,
        day,
        more.format(amount=" + ".join(sums), out_of=out_of, into=into, folio=number_words(one.entry.folio)),
        reverse("treasury:entry", args=[one.entry.id]),
    )


def _accounts(here: Book, kind: BookKind | None, trial: list[Held]) -> list[Part]:
    """What there is and what is owed; the other accounts, which add up what came and went ever since, folded."""
    sections, gone = [], retired(here.commune)
    for side in AccountKind:
        rows: list[list[Value]] = [
            [
                Link(
                    f"{one.account.code} {account_name(one.account, kind)}", account_address(one.account.id, one.unit)
                ),
                amount_said(natural(one.account, one.amount), one.unit, here.commune),
            ]
            for one in trial
            if one.account.kind == side.value and (one.amount or one.unit not in gone)
        ]
        held = side in (AccountKind.ASSET, AccountKind.LIABILITY)
        if rows:
            heading = kind_words(side.value) if held else _("{what}, ever since").format(what=kind_words(side.value))
            sections.append(Section(heading, [amounts(heading, _("Account"), rows)], folded=not held))
    return list(sections)


def _kept_by(reader: Reader, here: Book, kind: BookKind | None) -> Section:
    statute = statutes.in_force(reader.commune, reader.day)
    called = {organ.id: named(organ.name) for organ in statute.organs}
    facts = [Fact(_("Kept by"), called.get(here.organ, here.organ))]
    if kind is not None:
        facts.append(Fact(_("Decided over by"), called.get(kind.decides, kind.decides)))
        facts.append(Fact(_("By which rule"), kind.rule.source))
    runs = newest_over(here.day, reader.day).last >= reader.day
    words = _("Accounts of this quarter") if runs else _("Accounts of the last quarter")
    links = [Link(words, reverse("treasury:report", args=[here.id]))]
    return Section(_("Whose book it is"), [Facts(facts)], links=links)
