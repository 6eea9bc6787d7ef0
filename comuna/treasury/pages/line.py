"""One line of a budget: what a decision set aside, what was paid out of it, what is left."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from comuna.assemblies import queries as assemblies
from comuna.look.act_page import act_page
from comuna.look.frame import Link
from comuna.look.page import Page, show
from comuna.look.parts import (
    Answer,
    Column,
    Do,
    Empty,
    Fact,
    Facts,
    Pages,
    Part,
    Section,
    Sign,
    Source,
    Status,
    Table,
    Value,
)
from comuna.look.words import day_words
from comuna.territory.pages.reader import Reader, id_in, reader_of
from comuna.treasury import queries
from comuna.treasury.acts import Commit, Observe, Pay, WithdrawBudget
from comuna.treasury.acts.budgeting import is_as_written
from comuna.treasury.models import Budget, BudgetLine
from comuna.treasury.pages.commitment import of_the_line
from comuna.treasury.pages.observation import open_section
from comuna.treasury.pages.reader import address, may_in
from comuna.treasury.pages.redenomination import of_one_thing
from comuna.treasury.pages.words import account_name, book_name, line_words, paid_words
from comuna.treasury.queries import amount_said


def line(request: HttpRequest, id: UUID) -> HttpResponse:
    reader = reader_of(request)
    here = BudgetLine.objects.filter(pk=id, commune=reader.commune).select_related("budget__book", "account").first()
    if here is None:
        raise Http404
    book = here.budget.book
    left = here.amount - here.spent - here.committed

    def said(amount: int) -> str:
        return amount_said(amount, here.unit, here.commune)

    page = Page(
        title=line_words(here),
        room=book_name(book, reader.day),
        room_href=reverse("treasury:book", args=[book.id]),
        answer=Answer(
            _("{line}: {left} left of {amount}").format(
                line=line_words(here), left=said(left), amount=said(here.amount)
            )
            if here.budget.withdrawn_on is None
            else _("{line}: this budget was taken back on {day}").format(
                line=line_words(here), day=day_words(here.budget.withdrawn_on, today=reader.day, weekday=False)
            ),
            _("from {begins} to {ends}").format(
                begins=day_words(here.budget.begins, weekday=False), ends=day_words(here.budget.ends, weekday=False)
            ),
        ),
        next=_next(reader, here, left),
        facts=[
            Facts(_facts(reader, here)),
            *of_one_thing(here.id, here.commune),
            *of_the_line(reader, here),
            Section(_("Payments"), [_payments(request, here)], wide=True),
            *open_section(reader, line=here),
        ],
        source=Source(
            links=[
                *_taking_back(reader, here.budget),
                Link(Observe.label, address("to-observe", book=book.id, line=here.id)),
            ]
        ),
    )
    return show(request, page)


def _taking_back(reader: Reader, budget: Budget) -> list[Link]:
    """For whoever may, while it is as it was written down."""
    if (
        budget.withdrawn_on is not None
        or not may_in(reader, WithdrawBudget, budget.book.organ)
        or not is_as_written(budget.id)
    ):
        return []
    return [Link(WithdrawBudget.label, address("to-withdraw-budget", budget=budget.id))]


def _next(reader: Reader, here: BudgetLine, left: int) -> Do | None:
    book = here.budget.book
    found = []
    if (left > 0 or here.committed) and may_in(reader, Pay, book.organ):
        found.append(Link(Pay.label, address("to-pay", book=book.id, line=here.id)))
    if left > 0 and may_in(reader, Commit, book.organ):
        found.append(Link(Commit.label, address("to-commit", line=here.id)))
    return Do(found[0].words, found[0].href, tuple(found[1:])) if found else None


def _facts(reader: Reader, here: BudgetLine) -> list[Fact]:
    kind = queries.kind_of(here.budget.book, reader.day)
    found = assemblies.resolution(here.budget.resolution, reader.commune)
    facts = [Fact(_("Kind of expense"), account_name(here.account, kind))]
    if found is not None:
        number = f"{found.resolution.number}/{found.resolution.year}"
        href = reverse("assemblies:resolution", args=[found.resolution.id])
        facts.append(Fact(_("Set aside by"), Link(_("Decision {number}").format(number=number), href)))
    facts += [
        Fact(_("Set aside"), amount_said(here.amount, here.unit, here.commune)),
        Fact(_("Spent"), amount_said(here.spent, here.unit, here.commune)),
    ]
    if here.committed:
        facts.append(Fact(_("Promised"), amount_said(here.committed, here.unit, here.commune)))
    return facts


def _payments(request: HttpRequest, here: BudgetLine) -> Part:
    columns = [
        Column(_("Day")),
        Column(_("What for"), head=True),
        Column(_("Paid to")),
        Column(_("Amount"), number=True),
        Column(_("Where it stands")),
    ]
    rows: list[list[Value]] = []
    ever = queries.payments_of(here.id)
    pages = Pages.asked(request.GET.get("page", ""), ever.count())
    found = list(ever[pages.lines])
    paid = queries.paid_by([one.entry_id for one in found])
    said = paid_words([one.entry for one in found])
    for one in found:
        back = getattr(one.entry, "reversal", None)
        status = Status(Sign.REFUSED, _("taken back")) if back else Status(Sign.DONE, _("paid"))
        rows.append(
            [
                one.entry.day,
                Link(said[one.entry_id], reverse("treasury:entry", args=[one.entry_id])),
                one.payee or None,
                amount_said(paid[one.entry_id], here.unit, here.commune),
                status,
            ]
        )
    empty = Empty(_("Nothing has been paid out of this line yet."))
    return Table(_("Payments"), columns, rows, empty=empty, pages=pages)


def withdraw_budget(request: HttpRequest) -> HttpResponse:
    """``?budget=`` says which."""
    reader = reader_of(request)
    here = Budget.objects.filter(pk=id_in(request, "budget"), commune=reader.commune).select_related("book").first()
    if here is None:
        raise Http404
    lines = list(here.lines.order_by("number"))
    back = reverse("treasury:line", args=[lines[0].id])
    said = [f"{line_words(one)}: {amount_said(one.amount, one.unit, one.commune)}" for one in lines]
    return act_page(
        request,
        WithdrawBudget,
        room=book_name(here.book, reader.day),
        room_href=reverse("treasury:book", args=[here.book_id]),
        initial={"budget": here.id},
        fixed={"budget": "; ".join(said)},
        organ=here.book.organ,
        on_done=lambda _done: HttpResponseRedirect(back),
        cancel=back,
    )
