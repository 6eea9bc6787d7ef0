"""A currency that lost its zeros: what every book became, and what rounding left."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _, ngettext

from comuna.assemblies import queries as assemblies
from comuna.look.act_page import act_page
from comuna.look.frame import Link
from comuna.look.page import Page, show
from comuna.look.parts import (
    Answer,
    Choice,
    Column,
    Empty,
    Fact,
    Facts,
    Line,
    Lines,
    Part,
    Section,
    Small,
    Source,
    Table,
    Value,
)
from comuna.look.words import day_words, number_words
from comuna.statutes import queries as statutes
from comuna.territory.pages.reader import Reader, reader_of
from comuna.treasury.acts import Redenominate
from comuna.treasury.models import (
    Advance,
    AidCase,
    Book,
    BudgetLine,
    Commitment,
    Credit,
    RedenominatedBook,
    RedenominatedThing,
    Redenomination,
    Savings,
    Transfer,
)
from comuna.treasury.pages.acting import SHORT_LIST, currencies
from comuna.treasury.pages.reader import barred_in
from comuna.treasury.pages.words import aid_words, book_name, line_words
from comuna.treasury.queries import amount_said
from comuna.treasury.queries.redenomination import all_of, of_book, of_thing
from comuna.treasury.redenominating import What

THINGS_SHOWN = 500  # of one kind; the file that the act cites has all


def redenominate(request: HttpRequest) -> HttpResponse:
    reader = reader_of(request)
    back = reverse("treasury:rates")
    units = currencies(reader)
    highest = statutes.in_force(reader.commune, reader.day).highest()
    decisions = [
        Choice(str(one.resolution.id), f"{one.resolution.number}/{one.resolution.year}: {one.text[:90]}")
        for one in assemblies.resolutions_of(reader.commune, highest.id, slice(0, SHORT_LIST))
    ]
    return act_page(
        request,
        Redenominate,
        room=_("Rates"),
        room_href=back,
        choices={"unit": units, "in_unit": units, "resolution": decisions},
        on_done=lambda done: HttpResponseRedirect(reverse("treasury:redenomination", args=[done.id])),
        cancel=back,
    )


def redenomination(request: HttpRequest, id: UUID) -> HttpResponse:
    reader = reader_of(request)
    here = Redenomination.objects.filter(pk=id, commune=reader.commune).first()
    if here is None:
        raise Http404
    books = list(here.books.select_related("book", "entry").order_by("book__born"))
    counted = ngettext("{n} book went over", "{n} books went over", len(books)).format(n=number_words(len(books)))
    decided = assemblies.resolution(here.resolution, reader.commune)
    facts = [Fact(_("From this day on"), here.day), Fact(_("Zeros"), here.zeros)]
    if decided is not None:
        number = f"{decided.resolution.number}/{decided.resolution.year}"
        href = reverse("assemblies:resolution", args=[decided.resolution.id])
        facts.append(Fact(_("Decided by"), Link(_("Decision {number}").format(number=number), href)))
    page = Page(
        title=_("{unit} became {in_unit}").format(unit=here.unit, in_unit=here.in_unit),
        room=_("Rates"),
        room_href=reverse("treasury:rates"),
        answer=Answer(said_of(here), counted),
        facts=[Facts(facts), _books(reader, here, books), *_things(reader, here)],
        source=Source(links=[Link(_("Thread"), reverse("books:thread", args=[here.id]))]),
    )
    return show(request, page)


def said_of(here: Redenomination) -> str:
    return _("{many} {unit} became one {in_unit}").format(
        many=number_words(10**here.zeros), unit=here.unit, in_unit=here.in_unit
    )


def _books(reader: Reader, here: Redenomination, books: list[RedenominatedBook]) -> Part:
    rows: list[list[Value]] = [
        [
            Link(book_name(one.book, reader.day), reverse("treasury:entry", args=[one.entry_id])),
            amount_said(one.rounding, here.in_unit, here.commune),
        ]
        for one in books
    ]
    columns = [Column(_("Book"), head=True), Column(_("Left by rounding"), number=True)]
    table = Table(_("Books"), columns, rows, empty=Empty(_("No book held anything in it.")))
    return Section(_("Books"), [table], intro=_("What rounding left stands in the account of differences."))


def _things(reader: Reader, here: Redenomination) -> list[Part]:
    found: dict[What, list[RedenominatedThing]] = {}
    for one in here.things.order_by("what", "id"):
        found.setdefault(What(one.what), []).append(one)
    columns = [Column(_("Which"), head=True), Column(here.unit, number=True), Column(here.in_unit, number=True)]
    sections: list[Part] = []
    for what, things in found.items():
        names = _names(reader, what, [one.thing for one in things])
        rows: list[list[Value]] = [
            [
                names.get(one.thing, "—"),
                amount_said(one.old, here.unit, here.commune),
                amount_said(one.now, here.in_unit, here.commune),
            ]
            for one in things[:THINGS_SHOWN]
        ]
        sums = sum(one.old for one in things), sum(one.now for one in things)
        total: list[Value] = [
            _("Together"),
            amount_said(sums[0], here.unit, here.commune),
            amount_said(sums[1], here.in_unit, here.commune),
        ]
        table = Table(what_words(what), columns, rows, empty=Empty(""), total=total)
        sections.append(Section(what_words(what), [table], folded=len(things) > 5))
    return sections


def what_words(what: What) -> str:
    return {
        What.LINE: _("What was left of lines of the budget"),
        What.ADVANCE: _("Advances to be accounted for"),
        What.SAVINGS: _("Savings"),
        What.CREDIT: _("What is owed of credits"),
        What.TRANSFER: _("Under way between books"),
        What.PROMISE: _("Promised"),
        What.AID: _("Aid granted and not paid"),
    }[what]


def _names(reader: Reader, what: What, ids: list[UUID]) -> dict[UUID, str]:
    """By number or purpose: whose something is stands nowhere here."""
    if what is What.LINE:
        return {one.id: line_words(one) for one in BudgetLine.objects.filter(pk__in=ids)}
    if what is What.ADVANCE:
        return {one.id: one.entry.words for one in Advance.objects.filter(pk__in=ids).select_related("entry")}
    if what is What.PROMISE:
        return {one.id: one.words or one.payee for one in Commitment.objects.filter(pk__in=ids)}
    if what is What.AID:
        return {one.id: aid_words(one.number) for one in AidCase.objects.filter(pk__in=ids)}
    if what is What.TRANSFER:
        return {one.id: one.entry.words for one in Transfer.objects.filter(pk__in=ids).select_related("entry")}
    if what is What.SAVINGS:
        words, rows = _("Savings account {number}"), Savings.objects.filter(pk__in=ids).values_list("id", "number")
    else:
        words, rows = _("Credit {number}"), Credit.objects.filter(pk__in=ids).values_list("id", "number")
    return {id: words.format(number=number) for id, number in rows}


# On other pages


def listed(reader: Reader) -> list[Part]:
    """Of the commune, on the page of rates."""
    found = all_of(reader.commune)
    if not found:
        return []
    lines = [
        Line(
            said_of(one),
            day_words(one.day, today=reader.day, weekday=False),
            href=reverse("treasury:redenomination", args=[one.id]),
        )
        for one in found
    ]
    return [Section(_("Currencies that lost zeros"), [Lines(lines)])]


def may(reader: Reader) -> bool:
    return reader.person is not None and barred_in(reader, Redenominate, None, None) is None


def of_a_book(here: Book, reader: Reader) -> list[Part]:
    """Since when it is counted in another unit."""
    found = of_book(here.id)
    facts = [
        Fact(
            day_words(one.redenomination.day, today=reader.day, weekday=False),
            Link(said_of(one.redenomination), reverse("treasury:redenomination", args=[one.redenomination_id])),
        )
        for one in found
    ]
    return [Facts(facts)] if facts else []


def of_one_thing(thing: UUID, commune: UUID) -> list[Part]:
    """How savings, a credit or a line went over."""
    facts = [
        Fact(
            said_of(one.redenomination),
            Small(
                _("{old} became {now}").format(
                    old=amount_said(one.old, one.redenomination.unit, commune),
                    now=amount_said(one.now, one.redenomination.in_unit, commune),
                )
            ),
        )
        for one in of_thing(thing)
    ]
    return [Facts(facts)] if facts else []
