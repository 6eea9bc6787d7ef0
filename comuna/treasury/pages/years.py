"""A year of the accounts: what came in and went out by month, by council and by purpose; each purpose opens into the
accounts behind it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from comuna.look.frame import Link
from comuna.look.page import Page, show
from comuna.look.parts import (
    Answer,
    Beside,
    Column,
    Empty,
    Fact,
    Facts,
    Filters,
    Many,
    Part,
    Section,
    Small,
    Table,
    Value,
)
from comuna.statutes import queries as statutes
from comuna.territory.pages.reader import Reader, reader_of
from comuna.treasury import queries
from comuna.treasury.pages import charts, rates
from comuna.treasury.pages.reader import account_address
from comuna.treasury.pages.words import book_name, code_name, flow_name, source_or_use
from comuna.treasury.queries import amount_said
from comuna.treasury.queries.flows import (
    Flow,
    InOut,
    PurposeSum,
    between_books,
    by_code,
    by_council,
    by_month,
    flows,
    from_outside,
    units_in,
)


def year(request: HttpRequest, year: int) -> HttpResponse:
    """``?unit=`` says in which currency or good."""
    reader = reader_of(request)
    found = _of_year(reader, year)
    units = units_in(found)
    if not units:
        return _nothing(request, year)
    asked = request.GET.get("unit", "")
    unit = asked if asked in units else units[0]
    between, found = between_books(found, unit), from_outside(found)
    whole = InOut()
    for flow in found:
        if flow.unit == unit:
            whole.add(flow)
    names = council_names(reader)
    sums = by_council(found, unit)
    came, went = (amount_said(amount, unit, reader.commune) for amount in (whole.came, whole.went))
    own = _own_unit(reader)
    facts: list[Part] = [
        *_units(units, unit),
        *(rates.in_unit((whole.came, whole.went), unit, own, reader.commune, min(reader.day, date(year, 12, 31)))),
        *_between(reader, unit, between),
        Section(_("By month"), [charts.months(by_month(found, unit), unit, reader.commune)]),
    ]
    facts.append(by_purpose(reader, year, unit, by_code(found, unit)))
    if len(sums) > 1:
        facts.append(Section(_("By council"), [charts.councils(sums, names, unit, reader.commune)], wide=True))
    page = Page(
        title=_("Accounts of {year}").format(year=year),
        room=_("Accounts"),
        room_href=reverse("treasury:board"),
        answer=Answer(_("In {year} {came} came in and {went} went out").format(year=year, came=came, went=went)),
        facts=facts,
    )
    return show(request, page)


def purpose(request: HttpRequest, year: int, code: str) -> HttpResponse:
    """The accounts of one code in that year, in whichever books they are."""
    reader = reader_of(request)
    found = [flow for flow in _of_year(reader, year) if flow.code == code]
    if not found:
        raise Http404
    books = {book.id: book for book in queries.books(reader.commune)}
    names = council_names(reader)
    sums: dict[tuple[str, str, str, bool], tuple[int, Flow]] = {}
    for flow in found:
        key = (names.get(flow.council, ""), str(flow.account), flow.unit, not flow.is_income)
        sums[key] = (sums.get(key, (0, flow))[0] + flow.amount, flow)
    rows: list[list[Value]] = [
        [
            Many(
                [
                    Link(book_name(books[flow.book], reader.day), account_address(flow.account, flow.unit)),
                    *([] if flow.is_purpose else [Small(_("Came in") if flow.is_income else _("Went out"))]),
                ]
            ),
            amount_said(amount, flow.unit, reader.commune),
        ]
        for _key, (amount, flow) in sorted(sums.items())
    ]
    columns = [Column(_("Book"), head=True), Column(_("Amount"), number=True)]
    name = code_name(reader.commune, code, found[0].name)
    page = Page(
        title=_("{purpose}, {year}").format(purpose=name, year=year),
        room=_("Accounts of {year}").format(year=year),
        room_href=reverse("treasury:year", args=[year]),
        answer=_("{purpose}, {year}").format(purpose=name, year=year),
        facts=[Table(_("In which books"), columns, rows)],
    )
    return show(request, page)


def by_purpose(reader: Reader, year: int, unit: str, sums: Sequence[PurposeSum]) -> Part:
    """Two lists side by side, each figure a link to the accounts behind it."""
    sections = [
        Section(heading, [_purposes(reader, year, unit, sums, heading, is_income=is_income)])
        for heading, is_income in ((_("What came in"), True), (_("What went out"), False))
    ]
    return Beside(sections)


def _purposes(
    reader: Reader, year: int, unit: str, sums: Sequence[PurposeSum], caption: str, *, is_income: bool
) -> Part:
    columns = [Column(source_or_use(is_income=is_income), head=True), Column(_("Amount"), number=True)]
    rows: list[list[Value]] = [
        [
            Link(flow_name(one, reader.commune), reverse("treasury:purpose", args=[year, one.code])),
            amount_said(one.amount, unit, reader.commune),
        ]
        for one in sorted(sums, key=lambda one: -one.amount)
        if one.is_income == is_income
    ]
    return Table(caption, columns, rows, empty=Empty(_("Nothing.")))


def council_names(reader: Reader) -> dict[str, str]:
    """By slug; the whole commune's own books have the empty one."""
    return {one.slug: one.name for one in statutes.councils_of(reader.commune, reader.day)}


def _of_year(reader: Reader, year: int) -> list[Flow]:
    if not 1900 <= year <= 2200:
        raise Http404
    return flows(reader.commune, date(year, 1, 1), date(year, 12, 31))


def _between(reader: Reader, unit: str, sums: InOut) -> list[Part]:
    """What went from one book to another neither came in nor went out; what was sent and not received is under way."""
    if not sums.came and not sums.went:
        return []
    facts = [
        Fact(words, amount_said(amount, unit, reader.commune))
        for words, amount in ((_("Sent to other books of the commune"), sums.went), (_("Received there"), sums.came))
    ]
    return [Section(_("Between its own books"), [Facts(facts)])]


def _own_unit(reader: Reader) -> str:
    """In which most books are kept."""
    kept = Counter(book.unit for book in queries.books(reader.commune))
    return kept.most_common(1)[0][0]


def _units(units: list[str], shown: str) -> list[Part]:
    if len(units) < 2:
        return []
    links = [Link(unit, f"?{urlencode({'unit': unit})}", current=unit == shown) for unit in units]
    return [Filters(_("Counted in"), links)]


def _nothing(request: HttpRequest, year: int) -> HttpResponse:
    title = _("Accounts of {year}").format(year=year)
    page = Page(
        title=title,
        room=_("Accounts"),
        room_href=reverse("treasury:board"),
        answer=Answer(title, _("Nothing came in or went out in that year.")),
    )
    return show(request, page)
