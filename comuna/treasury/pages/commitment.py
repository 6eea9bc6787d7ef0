"""Money promised out of a line of the budget: what is open, to whom, until when, what was paid of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _, ngettext

from comuna.acts.act import Act
from comuna.look.act_page import act_page
from comuna.look.frame import Link
from comuna.look.page import Page, show
from comuna.look.parts import (
    Answer,
    Choice,
    Column,
    Do,
    Empty,
    Fact,
    Facts,
    Line,
    Lines,
    Notice,
    Part,
    Section,
    Sign,
    Source,
    Status,
    Table,
    Value,
)
from comuna.look.words import day_words, number_words
from comuna.territory.pages.reader import Reader, id_in, reader_of
from comuna.treasury.acts.committing import Commit, Release
from comuna.treasury.acts.paying import Pay
from comuna.treasury.models import Book, BudgetLine
from comuna.treasury.models.commitments import Commitment
from comuna.treasury.pages.reader import address, decimals, may_in
from comuna.treasury.pages.words import book_name, line_words
from comuna.treasury.queries import amount_said, moved_by
from comuna.treasury.queries.commitments import of_book, of_line, open_of_line, overdue


def commitment(request: HttpRequest, id: UUID) -> HttpResponse:
    reader = reader_of(request)
    here = _or_404(reader, id)
    book, said = here.line.budget.book, amount_said(here.amount, here.line.unit, here.commune)
    page = Page(
        title=_("Promise of {amount}").format(amount=said),
        room=book_name(book, reader.day),
        room_href=reverse("treasury:book", args=[book.id]),
        answer=Answer(
            _("Promise of {amount}: {payee}").format(amount=said, payee=here.payee or _("Erased")), here.words
        ),
        next=_next(reader, here),
        facts=[
            Facts(
                [
                    Fact(_("How it stands"), state_of(here, reader.day)),
                    Fact(
                        _("Line of the budget"),
                        Link(line_words(here.line), reverse("treasury:line", args=[here.line_id])),
                    ),
                    Fact(_("Promised on"), here.day),
                    Fact(_("Until"), here.due),
                    *([Fact(_("Given back on"), here.released_on)] if here.released_on else []),
                ]
            ),
            _payments(here),
        ],
        source=Source(links=[Link(_("Thread of the promise"), reverse("books:thread", args=[here.id]))]),
    )
    return show(request, page)


def _or_404(reader: Reader, id: UUID) -> Commitment:
    known = Commitment.objects.select_related("line__budget__book", "line__account")
    found = known.filter(pk=id, commune=reader.commune).first()
    if not isinstance(found, Commitment):
        raise Http404
    return found


def state_of(here: Commitment, today: date) -> Status:
    if here.released_on is not None:
        return Status(Sign.PLAIN, _("given back"))
    if not here.open:
        return Status(Sign.DONE, _("paid"))
    left = _("{amount} to be paid").format(amount=amount_said(here.open, here.line.unit, here.commune))
    if here.due < today:
        return Status(Sign.REFUSED, _("{left}, late").format(left=left))
    return Status(Sign.WAITING, left)


def _next(reader: Reader, here: Commitment) -> Do | None:
    book = here.line.budget.book
    if not here.open:
        return None
    found = []
    if may_in(reader, Pay, book.organ):
        found.append(Link(Pay.label, address("to-pay", book=book.id, line=here.line_id, commitment=here.id)))
    if may_in(reader, Release, book.organ):
        found.append(Link(Release.label, address("to-release", commitment=here.id)))
    return Do(found[0].words, found[0].href, tuple(found[1:])) if found else None


def _payments(here: Commitment) -> Section:
    columns = [Column(_("Day")), Column(_("What for"), head=True), Column(_("Of the promise"), number=True)]
    rows: list[list[Value]] = []
    drawings = list(here.drawings.select_related("entry", "entry__reversal").order_by("born"))
    debits = moved_by([one.entry_id for one in drawings])  # in the unit in which each was paid
    for one in drawings:
        said = amount_said(one.amount, debits[one.entry_id][0].unit, here.commune)
        if hasattr(one.entry, "reversal"):
            said = _("{amount}, taken back").format(amount=said)
        rows.append([one.entry.day, Link(one.entry.words or "—", reverse("treasury:entry", args=[one.entry_id])), said])
    table = Table(_("Payments"), columns, rows, empty=Empty(_("Nothing of it has been paid yet.")))
    return Section(_("Payments"), [table], wide=True)


# On the pages of the book and of the line


def late(reader: Reader, here: Book) -> list[Notice]:
    """Promises whose last day is over."""
    found = overdue(here.id, reader.day)
    if not found:
        return []
    words = ngettext(
        "{n} promise was neither paid nor given back in time",
        "{n} promises were neither paid nor given back in time",
        found,
    )
    return [Notice(Sign.WAITING, words.format(n=number_words(found)), [_("They stand below, the earliest first.")])]


def of_the_book(reader: Reader, here: Book) -> list[Part]:
    """What is promised and not paid."""
    return _section(reader, of_book(here.id), with_line=True)


def of_the_line(reader: Reader, here: BudgetLine) -> list[Part]:
    return _section(reader, of_line(here.id), with_line=False)


def _section(reader: Reader, found: Sequence[Commitment], *, with_line: bool) -> list[Part]:
    lines = [
        Line(
            f"{amount_said(one.amount, one.line.unit, one.commune)} · {one.payee or _('Erased')}",
            _("until {day}").format(day=day_words(one.due, today=reader.day, weekday=False)),
            f"{one.words} ({line_words(one.line)})" if with_line else one.words,
            reverse("treasury:commitment", args=[one.id]),
            state_of(one, reader.day),
        )
        for one in found
    ]
    return [Section(_("Promised"), [Lines(lines)])] if lines else []


# Forms


def commit(request: HttpRequest) -> HttpResponse:
    """``?line=`` says out of which line."""
    reader = reader_of(request)
    line = (
        BudgetLine.objects.filter(pk=id_in(request, "line"), commune=reader.commune)
        .select_related("budget__book")
        .first()
    )
    if line is None:
        raise Http404
    left = amount_said(line.amount - line.spent - line.committed, line.unit, line.commune)
    return _form(
        request,
        Commit,
        line.budget.book,
        back=reverse("treasury:line", args=[line.id]),
        initial={"line": line.id, "unit": line.unit, "due": line.budget.ends},
        fixed={"line": _("{line} ({left} left)").format(line=line_words(line), left=left), "unit": line.unit},
    )


def release(request: HttpRequest) -> HttpResponse:
    reader = reader_of(request)
    here = _or_404(reader, id_in(request, "commitment"))
    return _form(
        request,
        Release,
        here.line.budget.book,
        back=reverse("treasury:commitment", args=[here.id]),
        initial={"commitment": here.id},
        fixed={"commitment": promise_words(here)},
    )


def promise_words(here: Commitment) -> str:
    left = _("{amount} to be paid").format(amount=amount_said(here.open, here.line.unit, here.commune))
    return f"{here.payee or _('Erased')}: {left}"


def choices_of(line: BudgetLine) -> list[Choice]:
    """What a payment out of the line may draw on."""
    return [Choice(str(one.id), promise_words(one)) for one in open_of_line(line.id)]


def _form(request: HttpRequest, act: type[Act], book: Book, *, back: str, **form: Any) -> HttpResponse:
    reader = reader_of(request)
    return act_page(
        request,
        act,
        room=book_name(book, reader.day),
        room_href=reverse("treasury:book", args=[book.id]),
        organ=book.organ,
        decimals=decimals(reader),
        on_done=lambda done: HttpResponseRedirect(back),
        cancel=back,
        **form,
    )
