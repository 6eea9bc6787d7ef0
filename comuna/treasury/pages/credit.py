"""A savings account, a request for a credit, and a credit with its schedule: for the member and the bank's seats."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from comuna.acts.act import Act
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
    Line,
    Lines,
    Pages,
    Part,
    Section,
    Sign,
    Source,
    Status,
    Step,
    Table,
    Thread,
    Value,
    WhoCan,
)
from comuna.look.words import day_words
from comuna.mandates.queries import holdings, who_may
from comuna.territory.pages.reader import Reader, reader_of, unstored
from comuna.treasury.acts import (
    ApproveCredit,
    Deposit,
    NoteVisit,
    PayOutCredit,
    RecordSavings,
    RefuseCredit,
    Repay,
    Reschedule,
    Withdraw,
    WithdrawCreditRequest,
    WriteOff,
)
from comuna.treasury.models.bank import Credit, CreditAnswer, CreditRequest, Savings
from comuna.treasury.pages.banking import (
    credit_or_404,
    kind_words,
    months_words,
    request_or_404,
    savings_or_404,
    status_of,
    turned_away,
    whose,
)
from comuna.treasury.pages.reader import address, may_in
from comuna.treasury.pages.redenomination import of_one_thing
from comuna.treasury.pages.words import book_name
from comuna.treasury.queries import amount_said, bank
from comuna.treasury.queries.bank import Standing


def bank_address(book: UUID) -> str:
    return address("bank", book=book)


def savings(request: HttpRequest, id: UUID) -> HttpResponse:
    """What came and went, with what the account held then."""
    reader = reader_of(request)
    here = savings_or_404(reader, id)
    turned = turned_away(request, reader, here.book, here.person)
    if turned is not None:
        return turned
    held = amount_said(here.balance, here.book.unit, here.commune)
    said = _("Savings account {number}: {amount}").format(number=here.number, amount=held)
    page = Page(
        title=_("Savings account {number}").format(number=here.number),
        room=book_name(here.book, reader.day),
        room_href=bank_address(here.book_id),
        answer=Answer(said, whose(here.person)),
        next=_next_of_savings(reader, here),
        facts=[_moves(request, here), *of_one_thing(here.id, here.commune)],
    )
    return unstored(show(request, page))


def _next_of_savings(reader: Reader, here: Savings) -> Do | None:
    if not may_in(reader, Deposit, here.book.organ):
        return None
    others = [Link(Withdraw.label, address("to-withdraw", savings=here.id))] if here.balance else []
    if not bank.has_moved(here.id) and may_in(reader, RecordSavings, here.book.organ):
        others.append(Link(RecordSavings.label, address("to-record-savings", savings=here.id)))
    return Do(Deposit.label, address("to-deposit", savings=here.id), tuple(others))


def _moves(request: HttpRequest, here: Savings) -> Table:
    found = here.moves.select_related("entry").order_by("-entry__folio")
    pages = Pages.asked(request.GET.get("page", ""), found.count())
    columns = [
        Column(_("Day"), head=True),
        Column(_("In"), number=True),
        Column(_("Out"), number=True),
        Column(_("Then held"), number=True),
    ]

    def said(amount: int, unit: str) -> str:
        return amount_said(amount, unit, here.commune)

    rows: list[list[Value]] = [
        [
            Link(day_words(one.entry.day, weekday=False), reverse("treasury:entry", args=[one.entry_id])),
            said(one.amount, one.unit) if one.amount > 0 else "",
            said(-one.amount, one.unit) if one.amount < 0 else "",
            said(one.after, one.unit),
        ]
        for one in found[pages.lines]
    ]
    empty = Empty(_("Nothing has been entered yet."))
    return Table(_("Movements of the account"), columns, rows, empty=empty, pages=pages)


def credit_request(request: HttpRequest, id: UUID) -> HttpResponse:
    reader = reader_of(request)
    here = request_or_404(reader, id)
    turned = turned_away(request, reader, here.book, here.person)
    if turned is not None:
        return turned
    answer = bank.answer_to(here.id)
    facts = [
        Fact(_("Who asks"), whose(here.person)),
        Fact(_("Amount"), amount_said(here.amount or 0, here.unit, here.commune)),
        Fact(_("Time"), months_words(here.months or 0)),
        Fact(_("What for"), here.purpose or None),
        Fact(_("Asked for on"), here.day),
    ]
    if isinstance(answer, CreditAnswer) and answer.is_refusal:
        facts.append(Fact(_("Why it was refused"), answer.words or None))
    if isinstance(answer, Credit):
        said = _("Credit {number}").format(number=answer.number)
        facts.append(Fact(_("What came of it"), Link(said, reverse("treasury:credit", args=[answer.id]))))
    page = Page(
        title=kind_words(reader, here.kind),
        room=book_name(here.book, reader.day),
        room_href=bank_address(here.book_id),
        answer=Answer(f"{kind_words(reader, here.kind)}: {whose(here.person)}", status=_status_of_request(answer)),
        next=_next_of_request(reader, here) if answer is None else None,
        facts=[Facts(facts)],
    )
    return unstored(show(request, page))


def _status_of_request(answer: CreditAnswer | Credit | None) -> Status:
    if answer is None:
        return Status(Sign.WAITING, _("waits for the approval committee"))
    if isinstance(answer, Credit):
        return Status(Sign.DONE, _("approved"))
    return Status(Sign.REFUSED, _("refused")) if answer.is_refusal else Status(Sign.PLAIN, _("taken back"))


def _next_of_request(reader: Reader, here: CreditRequest) -> Part | None:
    organ = bank.approving_organ_of(here.id) or ""
    if reader.person != here.person and may_in(reader, ApproveCredit, organ):
        no = Link(RefuseCredit.label, address("to-refuse-credit", request=here.id))
        return Do(ApproveCredit.label, address("to-approve-credit", request=here.id), (no,))
    if reader.person == here.person:
        return Do(WithdrawCreditRequest.label, address("to-take-back-request", request=here.id))
    holders = who_may(reader.commune, ApproveCredit.verb, reader.day, organ=organ)
    return WhoCan(ApproveCredit.label, list(dict.fromkeys(one.words for one in holders)))


def credit(request: HttpRequest, id: UUID) -> HttpResponse:
    """What is paid, due and late, what was visited, and everything that was done with it."""
    reader = reader_of(request)
    here = credit_or_404(reader, id)
    turned = turned_away(request, reader, here.book, here.person)
    if turned is not None:
        return turned
    stands = bank.standing(here, reader.day)
    owed = amount_said(stands.owed, here.unit, here.commune)
    heading = _("Credit {number}: {amount} owed").format(number=here.number, amount=owed)
    if not stands.is_open:
        heading = _("Credit {number}: {amount}").format(
            number=here.number, amount=amount_said(here.amount, here.unit, here.commune)
        )
    page = Page(
        title=_("Credit {number}").format(number=here.number),
        room=book_name(here.book, reader.day),
        room_href=bank_address(here.book_id),
        answer=Answer(heading, f"{kind_words(reader, here.kind)} · {whose(here.person)}", status=status_of(stands)),
        next=_next(reader, stands),
        facts=[
            Section(_("Schedule"), [schedule_table(stands)], wide=True),
            Facts(facts_of(reader, stands)),
            *of_one_thing(here.id, here.commune),
            *_repayments(here),
            *_visits(reader, here),
        ],
        source=Source(
            thread=_thread(here),
            links=[Link(_("Print contract and receipts"), reverse("treasury:credit-paper", args=[here.id]))],
        ),
    )
    return unstored(show(request, page))


def _next(reader: Reader, stands: Standing) -> Do | None:
    here = stands.credit
    approving, following = bank.organ_of_approval(here.id) or "", bank.organ_of_follow_up(here.id) or ""
    offered: list[tuple[type[Act], str, str, bool]] = [
        (PayOutCredit, "to-pay-out", here.book.organ, here.paid_out_on is None),
        (Repay, "to-repay", here.book.organ, stands.is_open),
        (NoteVisit, "to-note-visit", following, stands.is_open),
        (Reschedule, "to-reschedule", approving, stands.is_open),
        (WriteOff, "to-write-off", here.book.organ, stands.is_open and here.owed_principal > 0),
    ]
    links = [
        Link(act.label, address(name, credit=here.id))
        for act, name, organ, fits in offered
        if fits and may_in(reader, act, organ)
    ]
    return Do(links[0].words, links[0].href, tuple(links[1:])) if links else None


def schedule_table(stands: Standing) -> Table:
    here = stands.credit

    def said(amount: int) -> str:
        return amount_said(amount, here.unit, here.commune)

    columns = [
        Column(_("Due on"), head=True),
        Column(_("Amount"), number=True),
        Column(_("Of it interest"), number=True),
        Column(_("Paid"), number=True),
        Column(_("Where it stands")),
    ]
    rows: list[list[Value]] = []
    for one in stands.laid:
        status = Status(Sign.WAITING, _("due"))
        if one.paid == one.part.amount:
            status = Status(Sign.DONE, _("paid"))
        elif one.is_late:
            status = Status(Sign.REFUSED, _("late"))
        rows.append([one.part.due, said(one.part.amount), said(one.part.interest), said(one.paid), status])
    empty = _("It begins on the day on which the credit is paid out.")
    if here.written_off:
        empty = _("Nothing is due any more: {amount} were written off.").format(amount=said(here.written_off))
    return Table(_("What is due when"), columns, rows, empty=Empty(empty))


def facts_of(reader: Reader, stands: Standing) -> list[Fact]:
    here = stands.credit
    request = CreditRequest.objects.filter(pk=here.request).first() if here.request else None
    interest = amount_said(here.interest, here.unit, here.commune)
    facts = [
        Fact(_("Amount"), amount_said(here.amount, here.unit, here.commune)),
        Fact(_("Interest"), _("{percent} % a year: {amount}").format(percent=here.percent, amount=interest)),
        Fact(_("Time"), months_words(here.months)),
        Fact(_("What for"), request.purpose if request else None),
        Fact(_("Approved on"), here.day),
        Fact(_("Paid out on"), here.paid_out_on),
    ]
    if here.begins != here.paid_out_on:
        facts.append(Fact(_("Laid out anew from"), here.begins))
    return facts


def _repayments(here: Credit) -> list[Part]:
    found = here.repayments.select_related("entry").order_by("-born")
    lines = [
        Line(
            amount_said(one.principal + one.interest, one.unit, here.commune),
            day_words(one.entry.day, weekday=False),
            _("of it interest {amount}").format(amount=amount_said(one.interest, one.unit, here.commune)),
            reverse("treasury:entry", args=[one.entry_id]),
        )
        for one in found
    ]
    return [Section(_("Repayments"), [Lines(lines)])] if lines else []


def _visits(reader: Reader, here: Credit) -> list[Part]:
    visits = list(here.visits.order_by("-day", "-born"))
    held = holdings([one.mandate for one in visits if one.mandate], reader.day)
    lines = [
        Line(
            one.words or _("erased"),
            day_words(one.day, weekday=False),
            held[one.mandate].words if one.mandate else "",
        )
        for one in visits
    ]
    return [Section(_("Visits"), [Lines(lines)])] if lines else []


def _thread(here: Credit) -> Thread:
    return Thread(
        [
            Step(
                day_words(step.day, weekday=False),
                step.said,
                step.signed_as,
                reverse("books:thread", args=[step.id]),
                current=step.id == here.id,
            )
            for step in thread(here.id).steps
        ]
    )
