"""Stipends of brigades: sums for anybody, each her own, names for those who keep the book."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.dates import MONTHS
from django.utils.translation import gettext as _

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
    Notice,
    Part,
    Section,
    Sign,
    Source,
    Status,
    Table,
    Value,
)
from comuna.mandates import queries as mandates
from comuna.mandates.pages.offices import pick_person
from comuna.mandates.queries import named
from comuna.statutes import queries as statutes
from comuna.statutes.councils import council_in
from comuna.territory.models import Person
from comuna.territory.pages.reader import Reader, id_in, reader_of, unstored
from comuna.territory.queries import display_name
from comuna.treasury.acts.stipends import ListStipends, ReceiveStipends, StipendRow, WithdrawStipends
from comuna.treasury.models import Book
from comuna.treasury.models.stipends import StipendList
from comuna.treasury.pages.acting import units
from comuna.treasury.pages.reader import address, book_or_404, decimals, may_in
from comuna.treasury.pages.words import book_name
from comuna.treasury.queries import amount_said
from comuna.treasury.queries.stipends import lists_of, newest, stipends_of, stipends_to


def month_words(month: date) -> str:
    return _("{month} of {year}").format(month=MONTHS[month.month], year=month.year)


def organ_words(reader: Reader, organ: str) -> str:
    organs = statutes.in_force(reader.commune, reader.day).organs
    return next((named(one.name) for one in organs if one.id == organ), organ)


def stipends(request: HttpRequest, id: UUID) -> HttpResponse:
    """By month: what was promised to whose people and what came, in sums."""
    reader = reader_of(request)
    here = book_or_404(reader, id)
    found = lists_of(here.id)
    may = may_in(reader, ListStipends, here.organ)
    page = Page(
        title=_("Stipends"),
        room=book_name(here, reader.day),
        room_href=reverse("treasury:book", args=[here.id]),
        answer=Answer(
            _("Stipends that institutions pay for work that is organised here"),
            _("Who gets how much only each herself and those who keep the book read."),
        ),
        next=Do(ListStipends.label, reverse("treasury:to-list-stipends", args=[here.id])) if may else None,
        facts=[*_mine(reader, here), Section(_("By month"), [_table(reader, found)], wide=True)],
    )
    answer = show(request, page)
    return unstored(answer) if reader.person else answer


def _table(reader: Reader, found: list[StipendList]) -> Table:
    columns = [
        Column(_("Month"), head=True),
        Column(_("Whose work it is")),
        Column(_("Who pays")),
        Column(_("Number of people"), number=True),
        Column(_("Promised by it"), number=True),
        Column(_("Received"), number=True),
    ]
    rows: list[list[Value]] = [
        [
            Link(month_words(one.month), reverse("treasury:stipend-list", args=[one.id])),
            organ_words(reader, one.organ),
            one.payer or None,
            one.people,
            amount_said(one.promised, one.unit, one.commune),
            amount_said(one.received, one.unit, one.commune),
        ]
        for one in found
    ]
    return Table(_("By month"), columns, rows, Empty(_("No stipends were written down yet.")))


def _mine(reader: Reader, here: Book) -> list[Part]:
    found = stipends_to(reader.person, here.id) if reader.person else []
    rows: list[list[Value]] = [
        [
            month_words(one.list.month),
            one.list.payer or None,
            _said(one.promised, one.list),
            _said(one.received, one.list),
        ]
        for one in found
    ]
    columns = [
        Column(_("Month"), head=True),
        Column(_("Who pays")),
        Column(_("Promised by it"), number=True),
        Column(_("Received"), number=True),
    ]
    heading = _("My stipends")
    return [Section(heading, [Table(heading, columns, rows, Empty(_("Nothing.")))])] if rows else []


def _said(amount: int | None, of: StipendList) -> str | None:
    return None if amount is None else amount_said(amount, of.unit, of.commune)


def _or_404(reader: Reader, id: UUID) -> StipendList:
    known = StipendList.objects.select_related("book")
    found: StipendList | None = known.filter(pk=id, commune=reader.commune).first()
    if found is None:
        raise Http404
    return found


def stipend_list(request: HttpRequest, id: UUID) -> HttpResponse:
    """Its sums; for those who keep the book its people too."""
    reader = reader_of(request)
    here = _or_404(reader, id)
    missing = here.promised - here.received
    status = Status(Sign.DONE, _("all of it came"))
    if missing > 0:
        status = Status(Sign.WAITING, _("{amount} did not come").format(amount=_said(missing, here)))
    page = Page(
        title=month_words(here.month),
        room=_("Stipends"),
        room_href=reverse("treasury:stipends", args=[here.book_id]),
        answer=Answer(
            _("{month}: {organ}").format(month=month_words(here.month), organ=organ_words(reader, here.organ)),
            here.payer,
            status,
        ),
        next=_next(reader, here),
        facts=[
            Facts(
                [
                    Fact(_("Number of people"), here.people),
                    Fact(_("Promised by it"), _said(here.promised, here)),
                    Fact(_("Received"), _said(here.received, here)),
                ]
            ),
            *_people(reader, here),
        ],
        source=Source(links=[Link(_("Thread of the list"), reverse("books:thread", args=[here.id]))]),
    )
    answer = show(request, page)
    return unstored(answer) if reader.person else answer


def _next(reader: Reader, here: StipendList) -> Do | None:
    found = []
    if may_in(reader, ReceiveStipends, here.book.organ):
        found.append(Link(ReceiveStipends.label, address("to-receive-stipends", list=here.id)))
    if not here.received and may_in(reader, WithdrawStipends, here.book.organ):
        found.append(Link(WithdrawStipends.label, address("to-withdraw-stipends", list=here.id)))
    return Do(found[0].words, found[0].href, tuple(found[1:])) if found else None


def _people(reader: Reader, here: StipendList) -> list[Part]:
    if not may_in(reader, ReceiveStipends, here.book.organ):
        return []
    found = stipends_of(here.id)
    names = _names([one.person for one in found])
    rows: list[list[Value]] = [
        [words, _said(one.promised, here), _said(one.received, here)]
        for words, one in sorted(((names.get(one.person, "—"), one) for one in found), key=lambda pair: pair[0])
    ]
    columns = [
        Column(_("Who"), head=True),
        Column(_("Promised by it"), number=True),
        Column(_("Received"), number=True),
    ]
    return [Section(_("People"), [Table(_("People"), columns, rows, Empty(_("Nobody.")))], wide=True)]


def _names(people: list[UUID]) -> dict[UUID, str]:
    """For those who may know."""
    return {one.id: display_name(one, knows=True) for one in Person.objects.filter(pk__in=people)}


# Forms


def list_stipends(request: HttpRequest, id: UUID) -> HttpResponse:
    """Begins with the people and amounts of the newest list; ``?person=`` adds somebody who was looked for."""
    reader = reader_of(request)
    book = book_or_404(reader, id)
    here = reverse("treasury:to-list-stipends", args=[book.id])
    if "words" in request.POST or "look" in request.GET:
        return pick_person(request, ListStipends, here, Link(ListStipends.label, here))
    last = newest(book.id)
    rows = [
        StipendRow(person=one.person, amount=str(one.promised))
        for one in (stipends_of(last.id) if last else [])
        if one.promised
    ]
    people = {one.person: f"{one.name} ({one.words})" for one in mandates.holders(reader.commune, reader.day)}
    people |= _names([row.person for row in rows])
    initial: dict[str, Any] = {"book": book.id, "unit": last.unit if last else book.unit, "day": reader.day}
    if last is not None:
        initial |= {"organ": last.organ, "payer": last.payer} if last.payer else {"organ": last.organ}
    if request.GET.get("person"):
        people |= _names([id_in(request, "person")])
    if request.method == "POST":
        people |= _names(_typed_people(request))
    found = statutes.in_force(reader.commune, reader.day).organs
    organs = [one for one in found if (council_in(one.id) or "") == book.council]
    return act_page(
        request,
        ListStipends,
        room=_("Stipends"),
        room_href=reverse("treasury:stipends", args=[book.id]),
        choices={
            "organ": [Choice(organ.id, named(organ.name)) for organ in organs],
            "unit": units(reader),
            "rows.person": _choices(people),
        },
        initial={**initial, "rows": tuple(rows)},
        fixed={"book": book_name(book, reader.day)},
        before=[_look(here)],
        organ=book.organ,
        decimals=decimals(reader),
        on_done=lambda done: HttpResponseRedirect(reverse("treasury:stipend-list", args=[done.id])),
        cancel=reverse("treasury:stipends", args=[book.id]),
    )


def _look(here: str) -> Notice:
    words = _("Look for somebody who is not in the list")
    return Notice(Sign.PLAIN, _("Who holds a seat or stood on the newest list"), links=[Link(words, f"{here}?look=1")])


def _typed_people(request: HttpRequest) -> list[UUID]:
    """Whom a form that was sent names, so that it can be shown again."""
    found = []
    for name, value in request.POST.items():
        if name.endswith(".person"):
            try:
                found.append(UUID(str(value)))
            except ValueError:
                continue
    return found


def _choices(people: dict[UUID, str]) -> list[Choice]:
    return [Choice(str(person), words) for person, words in sorted(people.items(), key=lambda one: one[1])]


def receive(request: HttpRequest) -> HttpResponse:
    """Begins with what was promised to each of whom nothing is written down yet."""
    reader = reader_of(request)
    here = _or_404(reader, id_in(request, "list"))
    found = stipends_of(here.id)
    waiting = [one for one in found if one.received is None and one.promised]
    amounts = [(one.person, one.promised) for one in waiting] or [(one.person, one.received) for one in found]
    rows = tuple(StipendRow(person=person, amount=str(amount)) for person, amount in amounts if amount)
    return _form(
        request,
        ReceiveStipends,
        here,
        choices={"rows.person": _choices(_names([one.person for one in found]))},
        initial={"list": here.id, "unit": here.unit, "rows": rows},
        fixed={"list": _list_words(reader, here), "unit": here.unit},
        blank_rows=0 if rows else 1,
    )


def withdraw(request: HttpRequest) -> HttpResponse:
    reader = reader_of(request)
    here = _or_404(reader, id_in(request, "list"))
    back = reverse("treasury:stipends", args=[here.book_id])
    fixed = {"list": _list_words(reader, here)}
    return _form(request, WithdrawStipends, here, initial={"list": here.id}, fixed=fixed, done=back)


def _list_words(reader: Reader, here: StipendList) -> str:
    return f"{month_words(here.month)}, {organ_words(reader, here.organ)}"


def _form(request: HttpRequest, act: type[Act], here: StipendList, *, done: str = "", **form: Any) -> HttpResponse:
    back = reverse("treasury:stipend-list", args=[here.id])
    return act_page(
        request,
        act,
        room=_("Stipends"),
        room_href=reverse("treasury:stipends", args=[here.book_id]),
        organ=here.book.organ,
        decimals=decimals(reader_of(request)),
        on_done=lambda _done: HttpResponseRedirect(done or back),
        cancel=back,
        **form,
    )
