"""The bank: what all of it comes to, for anybody; my account and my credits; for its seats, everybody's."""

from __future__ import annotations

from collections.abc import Sequence
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
    Fact,
    Facts,
    Filters,
    Line,
    Lines,
    Pages,
    Part,
    Section,
    Source,
    Table,
    Value,
)
from comuna.look.words import day_words, number_words
from comuna.statutes.bookkeeping import AccountUse
from comuna.territory import queries as territory
from comuna.territory.pages.reader import Reader, reader_of, unstored
from comuna.treasury import queries
from comuna.treasury.acts import ApproveCredit, AskCredit, OpenSavings, RecordCreditRequest
from comuna.treasury.models import Book
from comuna.treasury.models.bank import Savings
from comuna.treasury.pages.banking import kind_words, sees_all, status_of, whose
from comuna.treasury.pages.reader import address, may_in
from comuna.treasury.pages.words import book_name
from comuna.treasury.queries import amount_said, bank
from comuna.treasury.queries.bank import Standing, Totals


def overview(request: HttpRequest) -> HttpResponse:
    """``?book=`` says which bank, where there are several."""
    reader = reader_of(request)
    banks = bank.banks(reader.commune, reader.day)
    book = next((one for one in banks if str(one.id) == request.GET.get("book")), banks[0] if banks else None)
    if book is None:
        return show(request, _none())
    credits = bank.credits(book.id, reader.day)
    found, all_of_it = bank.totals(credits), sees_all(reader, book)
    page = Page(
        title=book_name(book, reader.day),
        room=_("Accounts"),
        room_href=reverse("treasury:board"),
        answer=_answer(reader, book, found),
        next=_next(reader, book),
        facts=[
            *_others(reader, banks, book),
            *_mine(reader, book, credits),
            *(_for_the_seats(request, reader, book, credits) if all_of_it else []),
            Section(_("Credits by what they are for"), [_by_kind(reader, book, found)], wide=True),
            Section(_("Savings and risk"), [Facts(_figures(book, found))]),
        ],
        source=Source(
            links=[
                Link(_("The bank's book"), reverse("treasury:book", args=[book.id])),
                Link(_("Powers and signatures"), reverse("statutes:powers")),
            ]
        ),
    )
    answer = show(request, page)
    return unstored(answer) if reader.person else answer


def _none() -> Page:
    return Page(
        title=_("Communal bank"),
        room=_("Accounts"),
        room_href=reverse("treasury:board"),
        answer=Answer(_("No bank is open yet")),
        facts=[Empty(_("The statute says which book gives credits; who keeps it opens it."))],
    )


def _saved(book: Book) -> int:
    account = queries.account_for_use(book.id, AccountUse.SAVINGS.value)
    return -queries.balance(account.id, book.unit) if account else 0


def _answer(reader: Reader, book: Book, found: list[Totals]) -> Answer:
    members = Savings.objects.filter(book=book).count()
    counted = ngettext("{n} savings account", "{n} savings accounts", members).format(n=number_words(members))
    open_credits = sum(one.open for one in found)
    lent = ngettext("{n} open credit", "{n} open credits", open_credits).format(n=number_words(open_credits))
    saved = amount_said(_saved(book), book.unit, reader.commune)
    outstanding = amount_said(sum(one.outstanding for one in found if one.unit == book.unit), book.unit, reader.commune)
    said = _("Savings {saved}, lent {lent}").format(saved=saved, lent=outstanding)
    return Answer(said, f"{counted} · {lent}")


def _next(reader: Reader, book: Book) -> Do | None:
    def link(act: type[Act], name: str) -> list[Link]:
        href = reverse(f"treasury:{name}", args=[book.id])
        return [Link(act.label, href)] if may_in(reader, act, book.organ) else []

    found = [
        *link(OpenSavings, "to-open-savings"),
        *link(RecordCreditRequest, "to-record-request"),
    ]
    if bank.kinds_of(book, reader.day) and reader.person is not None:
        found.append(Link(AskCredit.label, address("ask-credit", book=book.id)))
    return Do(found[0].words, found[0].href, tuple(found[1:])) if found else None


def _others(reader: Reader, banks: Sequence[Book], book: Book) -> list[Part]:
    if len(banks) < 2:
        return []
    links = [Link(book_name(one, reader.day), f"?book={one.id}", current=one.id == book.id) for one in banks]
    return [Filters(_("Which bank"), links)]


def _by_kind(reader: Reader, book: Book, found: list[Totals]) -> Part:
    columns = [
        Column(_("Kind of credit"), head=True),
        Column(_("Open"), number=True),
        Column(_("To come back"), number=True),
        Column(_("Late"), number=True),
        Column(_("Written off"), number=True),
    ]
    rows: list[list[Value]] = [
        [
            kind_words(reader, one.kind),
            one.open,
            amount_said(one.outstanding, one.unit, book.commune),
            amount_said(one.late, one.unit, book.commune),
            amount_said(one.written_off, one.unit, book.commune),
        ]
        for one in found
    ]
    return Table(_("Credits"), columns, rows, empty=Empty(_("No credit has been paid out yet.")))


def _figures(book: Book, found: list[Totals]) -> list[Fact]:
    own = [one for one in found if one.unit == book.unit]
    late, owed = sum(one.late for one in own), sum(one.owed for one in own)
    in_arrears = amount_said(late, book.unit, book.commune)
    if owed:
        percent = (200 * late + owed) // (2 * owed)
        in_arrears = _("{amount}: {percent} % of what is owed").format(amount=in_arrears, percent=percent)
    return [
        Fact(_("Savings of members"), amount_said(_saved(book), book.unit, book.commune)),
        Fact(_("Owed with interest"), amount_said(owed, book.unit, book.commune)),
        Fact(_("Late"), in_arrears),
        Fact(_("Credits that are late"), sum(one.late_credits for one in own)),
        Fact(_("Written off"), amount_said(sum(one.written_off for one in own), book.unit, book.commune)),
    ]


def _mine(reader: Reader, book: Book, credits: list[Standing]) -> list[Part]:
    if reader.person is None:
        return []
    lines = []
    savings = bank.savings_of(book.id, reader.person)
    if savings is not None:
        held = amount_said(savings.balance, book.unit, book.commune)
        lines.append(
            Line(
                _("My savings: {amount}").format(amount=held),
                _("Account {number}").format(number=savings.number),
                href=reverse("treasury:savings", args=[savings.id]),
            )
        )
    lines += [
        Line(
            kind_words(reader, one.kind),
            _("asked for on {day}").format(day=day_words(one.day, today=reader.day, weekday=False)),
            amount_said(one.amount or 0, one.unit, book.commune),
            reverse("treasury:credit-request", args=[one.id]),
        )
        for one in bank.waiting(book.id)
        if one.person == reader.person
    ]
    lines += [credit_line(reader, one) for one in credits if one.credit.person == reader.person]
    if not lines:
        return []
    return [Section(_("Yours"), [Lines(lines)], _("Only you and the bank see this."))]


def credit_line(reader: Reader, one: Standing, name: str = "") -> Line:
    credit = one.credit
    owed = _("{amount} owed").format(amount=amount_said(one.owed, credit.unit, credit.commune))
    return Line(
        name or kind_words(reader, credit.kind),
        _("Credit {number}").format(number=credit.number),
        owed if one.is_open else amount_said(credit.amount, credit.unit, credit.commune),
        reverse("treasury:credit", args=[credit.id]),
        status_of(one),
    )


def _for_the_seats(request: HttpRequest, reader: Reader, book: Book, credits: list[Standing]) -> list[Part]:
    pages = Pages.asked(request.GET.get("page", ""), len(credits), f"?book={book.id}&page={{page}}")
    ordered = sorted(credits, key=lambda one: (one.late == 0, not one.owed, -one.credit.number))[pages.lines]
    saving = Savings.objects.filter(book=book).order_by("number")
    count = saving.count()
    turned = Pages.asked(request.GET.get("accounts", ""), count, f"?book={book.id}&accounts={{page}}")
    members, asking = list(saving[turned.lines]), bank.waiting(book.id)
    people = [*(one.person for one in (*members, *asking)), *(one.credit.person for one in ordered)]
    names = territory.names({person for person in people if person}, knows=True)

    def whose_of(person: UUID | None) -> str:
        return names.get(person, _("erased")) if person else _("erased")

    waiting = [
        Line(
            f"{whose_of(one.person)}: {amount_said(one.amount or 0, one.unit, book.commune)}",
            kind_words(reader, one.kind),
            _("asked for on {day}").format(day=day_words(one.day, today=reader.day, weekday=False)),
            reverse("treasury:credit-request", args=[one.id]),
        )
        for one in asking
    ]
    signing = []
    for proposal in open_proposals(reader.commune, reader.day):
        act = proposed_act(proposal.id) if proposal.verb == ApproveCredit.verb else None
        if isinstance(act, ApproveCredit) and act.person is not None and bank.book_of_request(act.request) == book.id:
            signing.append(
                Line(
                    f"{whose(act.person)}: {amount_said(int(act.amount), act.unit, book.commune)}",
                    _("open until {day}").format(day=day_words(proposal.expires_on, today=reader.day, weekday=False)),
                    href=reverse("books:proposal", args=[proposal.id]),
                )
            )
    lines = [credit_line(reader, one, whose_of(one.credit.person)) for one in ordered]
    accounts = [
        Line(
            whose_of(one.person),
            _("Account {number}").format(number=one.number),
            amount_said(one.balance, book.unit, book.commune),
            reverse("treasury:savings", args=[one.id]),
        )
        for one in members
    ]
    private = _("With names: for those who sit in the bank alone.")
    parts: list[Part] = [Section(_("Requests that wait"), [Lines(waiting, Empty(_("Nothing waits.")))], private)]
    if signing:
        parts.append(Section(_("Approvals that wait for signatures"), [Lines(signing)]))
    parts.append(Section(_("Credits, the late ones first"), [Lines(lines, Empty(_("None yet.")), pages)], private))
    heading = _("Savings accounts")
    parts.append(Section(heading, [Lines(accounts, Empty(_("None yet.")), turned)], private, folded=count > 10))
    return parts
