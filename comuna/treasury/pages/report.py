"""The accounts of a quarter, as the organ that keeps a book renders them: a page, and the same as a PDF to be read out,
signed and hung up."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _, ngettext

from comuna.journal import checkpoint
from comuna.look import pdf
from comuna.look.frame import Link
from comuna.look.page import Page, show
from comuna.look.parts import (
    Answer,
    Code,
    Column,
    Empty,
    Fact,
    Facts,
    Notice,
    Part,
    Section,
    Sign,
    Signatures,
    Source,
    Table,
    Text,
    Value,
)
from comuna.look.words import day_words, list_words, number_words
from comuna.mandates.queries import holders
from comuna.statutes import queries as statutes
from comuna.territory.pages.reader import Reader, reader_of
from comuna.territory.queries import commune
from comuna.treasury import queries
from comuna.treasury.models import Book
from comuna.treasury.pages.reader import book_or_404
from comuna.treasury.pages.words import book_name, flow_name, paid_words, source_or_use
from comuna.treasury.queries import amount_said
from comuna.treasury.queries.flows import Flow, by_code, changes
from comuna.treasury.queries.periods import (
    Period,
    assets_at,
    entries_beside,
    newest_over,
    payments_in,
    quarter_before,
    quarter_of,
)

FIRST_YEAR = 1900


def report(request: HttpRequest, id: UUID) -> HttpResponse:
    """``?from=2026-04-01`` says which quarter; without it the last that is over, if the book was open by then."""
    reader = reader_of(request)
    here = book_or_404(reader, id)
    period = _asked(request, here, reader.day)
    links = [*_beside(here, period), Link(_("Back to the book"), reverse("treasury:book", args=[here.id]))]
    if pdf.is_there():
        href = f"{reverse('treasury:report-pdf', args=[id])}?from={period.first.isoformat()}"
        links.insert(0, Link(_("As PDF"), href))
    return show(request, replace(_page(reader, here, period), source=Source(links=links)))


def _beside(here: Book, period: Period) -> list[Link]:
    """To the quarters before and after, where there are entries on that side."""
    before, after = entries_beside(here.id, period)
    links = []
    if before:
        links.append(Link(_("The quarter before"), f"?from={quarter_before(period.first).first.isoformat()}"))
    if after:
        links.append(Link(_("The quarter after"), f"?from={period.after.isoformat()}"))
    return links


def file(request: HttpRequest, id: UUID) -> HttpResponse:
    reader = reader_of(request)
    here = book_or_404(reader, id)
    period = _asked(request, here, reader.day)
    title = _title(here, reader, period)
    sheet = pdf.Sheet(commune(here.commune).name, period.last, title)
    try:
        content = pdf.kept(_page(reader, here, period), sheet)
    except pdf.NotSet:
        words = _("This computer can make no PDF now. The accounts can be printed from their page.")
        page = Page(title=title, room=_("Accounts"), room_href=reverse("treasury:board"))
        return show(request, replace(page, next=Notice(Sign.WAITING, words)), status=503)
    return pdf.answer(content, title)


def _asked(request: HttpRequest, here: Book, today: date) -> Period:
    asked = request.GET.get("from", "")
    if not asked:
        return newest_over(here.day, today)
    try:
        day = date.fromisoformat(asked)
    except ValueError:
        raise Http404 from None
    if not FIRST_YEAR <= day.year <= today.year:
        raise Http404
    return quarter_of(day)


def _title(here: Book, reader: Reader, period: Period) -> str:
    said = _("{book}: accounts from {first} to {last}")
    first, last = (day_words(day, weekday=False) for day in (period.first, period.last))
    return said.format(book=book_name(here, reader.day), first=first, last=last)


def _page(reader: Reader, here: Book, period: Period) -> Page:
    before, after = assets_at(here.id, period.first), assets_at(here.id, period.after)
    changed = changes(here.commune, period.first, period.last, here.id)
    found = changed.flows
    units = sorted({*before, *after, *changed.units}) or [here.unit]

    def said(sums: dict[str, int]) -> str:
        own = units if len(units) == 1 else [unit for unit in units if sums.get(unit) or unit == here.unit]
        return list_words([amount_said(sums.get(unit, 0), unit, here.commune) for unit in own])

    moved = {unit: changed.in_unit(unit) for unit in units}
    facts = [
        Fact(_("There was"), said({unit: before.get(unit, 0) + changed.opened.get(unit, 0) for unit in units})),
        Fact(_("Came in"), said({unit: one.came for unit, one in moved.items()})),
        Fact(_("Went out"), said({unit: one.went for unit, one in moved.items()})),
        *([Fact(_("Written in another currency"), said(changed.rewritten))] if changed.rewritten else []),
        Fact(_("There is"), said(after)),
    ]
    parts: list[Part] = [Facts(facts)]
    for unit in units:
        sides = {one.is_income for one in found if one.unit == unit}
        parts += [_purposes(here, unit, found, is_income=side) for side in (True, False) if side in sides]
    parts += [_budget(here, period), _payments(here, period), *_foot(reader, here, period)]
    return Page(
        title=_title(here, reader, period),
        room=_("Accounts"),
        room_href=reverse("treasury:board"),
        answer=Answer(_title(here, reader, period)),
        facts=parts,
        paper=True,
    )


def _purposes(here: Book, unit: str, found: list[Flow], *, is_income: bool) -> Section:
    heading = _("What came in, in {unit}") if is_income else _("What went out, in {unit}")
    rows: list[list[Value]] = [
        [flow_name(one, here.commune), amount_said(one.amount, unit, here.commune)]
        for one in by_code(found, unit)
        if one.is_income == is_income
    ]
    columns = [Column(source_or_use(is_income=is_income), head=True), Column(_("Amount"), number=True)]
    said = heading.format(unit=unit)
    return Section(said, [Table(said, columns, rows, Empty(_("Nothing.")))])


def _budget(here: Book, period: Period) -> Section:
    """As it stands today: what was set aside for days of the period."""
    lines = [
        one
        for one in queries.budget_lines(here.id)
        if one.budget.begins <= period.last and one.budget.ends >= period.first
    ]
    columns = [
        Column(_("What for"), head=True),
        Column(_("Set aside"), number=True),
        Column(_("Spent"), number=True),
        Column(_("Remains"), number=True),
    ]
    rows: list[list[Value]] = [
        [
            one.words or one.account.name,
            amount_said(one.amount, one.unit, here.commune),
            amount_said(one.spent, one.unit, here.commune),
            amount_said(one.amount - one.spent - one.committed, one.unit, here.commune),
        ]
        for one in lines
    ]
    heading = _("Budget, as it stands today")
    return Section(heading, [Table(heading, columns, rows, Empty(_("Nothing.")))])


def _payments(here: Book, period: Period) -> Section:
    columns = [
        Column(_("Day")),
        Column(_("What for"), head=True),
        Column(_("Paid to")),
        Column(_("Folio"), number=True),
        Column(_("Amount"), number=True),
    ]
    rows: list[list[Value]] = []
    found = payments_in(here.id, period)
    paid = queries.paid_by([one.entry_id for one in found])
    words = paid_words([one.entry for one in found])
    for one in found:
        said = amount_said(paid[one.entry_id], one.line.unit, here.commune)
        if getattr(one.entry, "reversal", None):
            words[one.entry_id] = _("{words} (taken back)").format(words=words[one.entry_id])
        rows.append([one.entry.day, words[one.entry_id], one.payee or None, one.entry.folio, said])
    heading = _("Payments")
    return Section(heading, [Table(heading, columns, rows, Empty(_("Nothing.")))])


def _foot(reader: Reader, here: Book, period: Period) -> list[Part]:
    """The newest code of the books, and lines for those who keep the book."""
    parts: list[Part] = []
    witness = checkpoint.newest(here.commune)
    if witness is not None:
        words = _("The code of the books, acts until now: {size}. Whoever keeps this paper can check them.")
        code = checkpoint.paper_code(witness)
        parts.append(Code(code, words.format(size=number_words(witness.size)), witness.note))
        since = queries.entered_after(here.id, period.first, period.last, witness.size)
        if since:
            said = ngettext(
                "The code is older than {n} entry of this quarter and does not cover it; the minutes of the next"
                " session carry one that does.",
                "The code is older than {n} entries of this quarter and does not cover them; the minutes of the next"
                " session carry one that does.",
                since,
            )
            parts.append(Text(said.format(n=number_words(since))))
    kinds = [seat.id for seat in statutes.in_force(here.commune, reader.day).seats if seat.organ == here.organ]
    held = holders(here.commune, reader.day, kinds=kinds) if kinds else []
    under = [one.words for one in held if not one.is_alternate]
    if under:
        parts.append(Section(_("Signed by"), [Signatures(under)]))
    return parts
