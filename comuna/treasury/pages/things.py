"""The register of things: what there is, which organ has what, what is late, and what became of each."""

from __future__ import annotations

from datetime import timedelta
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
from comuna.mandates.pages.offices import asks_for_a_person, pick_person
from comuna.mandates.queries import named
from comuna.statutes import queries as statutes
from comuna.territory.models import Person
from comuna.territory.pages.reader import Reader, id_in, reader_of, unstored
from comuna.territory.queries import display_name
from comuna.treasury.acts.things import LendAsset, LendToNeighbour, Origin, RegisterAsset, RemoveAsset, ReturnAsset
from comuna.treasury.models import Book, Entry
from comuna.treasury.models.assets import Asset, AssetLoan
from comuna.treasury.pages.acting import decisions_over
from comuna.treasury.pages.reader import address, book_or_404, may_in
from comuna.treasury.pages.words import book_name, words_of
from comuna.treasury.queries.assets import assets_of, loan_of, out, overdue, taken_out

LENT_DAYS = 15  # that the form proposes
ENTRIES_OFFERED = 50


def things(request: HttpRequest, id: UUID) -> HttpResponse:
    """What is lent, by who has it; what is here; what was taken out."""
    reader = reader_of(request)
    here = book_or_404(reader, id)
    found, lent, gone = assets_of(here.id), out(here.id), taken_out(here.id)
    away = {one.asset_id for one in lent}
    counted = ngettext("{n} thing in the register", "{n} things in the register", len(found))
    said = ngettext("{n} is lent", "{n} are lent", len(lent)).format(n=number_words(len(lent))) if lent else ""
    may = may_in(reader, RegisterAsset, here.organ)
    parts: list[Part] = [
        Section(_("Lent"), [Lines([_lent_line(reader, one) for one in lent], Empty(_("Nothing is lent.")))]),
        Section(
            _("Here"),
            [Lines([_line(one) for one in found if one.id not in away], Empty(_("Nothing is here.")))],
        ),
    ]
    if gone:
        parts.append(Section(_("Taken out"), [Lines([_line(one) for one in gone])], folded=True))
    page = Page(
        title=_("Things"),
        room=book_name(here, reader.day),
        room_href=reverse("treasury:book", args=[here.id]),
        answer=Answer(counted.format(n=number_words(len(found))), said),
        next=Do(RegisterAsset.label, address("to-register-asset", book=here.id)) if may else None,
        facts=parts,
    )
    answer = show(request, page)
    return unstored(answer) if reader.person else answer


def _line(one: Asset) -> Line:
    return Line(name_of(one), more=origin_words(one), href=reverse("treasury:thing", args=[one.id]))


def _lent_line(reader: Reader, one: AssetLoan) -> Line:
    return Line(
        name_of(one.asset),
        _("until {day}").format(day=day_words(one.due, today=reader.day, weekday=False)),
        who_has(reader, one),
        reverse("treasury:thing", args=[one.asset_id]),
        _late(reader, one),
    )


def _late(reader: Reader, one: AssetLoan) -> Status:
    if one.due < reader.day:
        return Status(Sign.REFUSED, _("not back in time"))
    return Status(Sign.WAITING, _("lent"))


def name_of(one: Asset) -> str:
    return f"{one.number}. {one.name or _('Erased')}"


def origin_words(one: Asset) -> str:
    words = str(Origin.labels()[Origin(one.origin)])
    return f"{words}: {one.source}" if one.source else words


def who_has(reader: Reader, one: AssetLoan) -> str:
    """An organ by its name; a neighbour by hers for those who keep the book and for herself alone."""
    if one.organ:
        organs = statutes.in_force(reader.commune, reader.day).organs
        return next((named(organ.name) for organ in organs if organ.id == one.organ), one.organ)
    knows = reader.person is not None and (
        reader.person == one.person or may_in(reader, LendToNeighbour, one.asset.book.organ)
    )
    person = Person.objects.filter(pk=one.person).first() if one.person and knows else None
    return display_name(person, knows=True) if person else _("a neighbour")


def thing(request: HttpRequest, id: UUID) -> HttpResponse:
    reader = reader_of(request)
    here = _or_404(reader, id)
    loan = loan_of(here.id)
    answer = show(
        request,
        Page(
            title=name_of(here),
            room=_("Things"),
            room_href=reverse("treasury:things", args=[here.book_id]),
            answer=Answer(name_of(here), _where(reader, here, loan), _status(reader, here, loan)),
            next=_next(reader, here, loan),
            facts=[Facts(_facts(here)), _loans(reader, here)],
            source=Source(links=[Link(_("Thread of this thing"), reverse("books:thread", args=[here.id]))]),
        ),
    )
    return unstored(answer) if reader.person else answer


def _or_404(reader: Reader, id: UUID) -> Asset:
    known = Asset.objects.select_related("book", "entry")
    found: Asset | None = known.filter(pk=id, commune=reader.commune).first()
    if found is None:
        raise Http404
    return found


def _where(reader: Reader, here: Asset, loan: AssetLoan | None) -> str:
    if here.removed_on is not None:
        return _("taken out of the register on {day}").format(day=day_words(here.removed_on, weekday=False))
    if loan is None:
        return _("It is here.")
    return _("{who} has it until {day}").format(
        who=who_has(reader, loan), day=day_words(loan.due, today=reader.day, weekday=False)
    )


def _status(reader: Reader, here: Asset, loan: AssetLoan | None) -> Status | None:
    if here.removed_on is not None:
        return Status(Sign.PLAIN, _("taken out"))
    return _late(reader, loan) if loan is not None else None


def _next(reader: Reader, here: Asset, loan: AssetLoan | None) -> Do | None:
    organ, found = here.book.organ, []
    if here.removed_on is not None:
        return None
    if loan is not None:
        if may_in(reader, ReturnAsset, organ):
            found.append(Link(ReturnAsset.label, address("to-return-asset", loan=loan.id)))
    else:
        if may_in(reader, LendAsset, organ):
            found.append(Link(LendAsset.label, address("to-lend-asset", asset=here.id)))
        if may_in(reader, LendToNeighbour, organ):
            found.append(Link(LendToNeighbour.label, reverse("treasury:to-lend-to-neighbour", args=[here.id])))
        if may_in(reader, RemoveAsset, organ):
            found.append(Link(RemoveAsset.label, address("to-remove-asset", asset=here.id)))
    return Do(found[0].words, found[0].href, tuple(found[1:])) if found else None


def _facts(here: Asset) -> list[Fact]:
    facts = [
        Fact(_("Where it is from"), origin_words(here)),
        Fact(_("Since"), here.since),
        Fact(_("State in which it came"), here.state or None),
    ]
    if here.entry is not None:
        facts.append(Fact(_("Bought by"), Link(words_of(here.entry), reverse("treasury:entry", args=[here.entry_id]))))
    if here.until is not None:
        facts.append(Fact(_("Back to its owner"), here.until))
    return facts


def _loans(reader: Reader, here: Asset) -> Section:
    columns = [Column(_("Lent on"), head=True), Column(_("Who")), Column(_("Came back on")), Column(_("Its state"))]
    rows: list[list[Value]] = []
    for one in here.loans.select_related("back", "asset__book").order_by("-day", "-born"):
        back = getattr(one, "back", None)
        rows.append([one.day, who_has(reader, one), back.day if back else None, (back.words or None) if back else None])
    heading = _("Who had it")
    return Section(heading, [Table(heading, columns, rows, Empty(_("It was never lent.")))], wide=True)


def late(reader: Reader, here: Book) -> list[Notice]:
    """On the book's page."""
    found = overdue(here.id, reader.day)
    if not found:
        return []
    words = ngettext("{n} thing did not come back in time", "{n} things did not come back in time", found)
    href = reverse("treasury:things", args=[here.id])
    return [Notice(Sign.WAITING, words.format(n=number_words(found)), links=[Link(_("Things"), href)])]


# Forms


def register(request: HttpRequest) -> HttpResponse:
    reader = reader_of(request)
    book = book_or_404(reader, id_in(request, "book"))
    entries = Entry.objects.filter(book=book, reverses=None, reversal=None).order_by("-folio")[:ENTRIES_OFFERED]
    return _form(
        request,
        RegisterAsset,
        book,
        back=reverse("treasury:things", args=[book.id]),
        to_thing=True,
        choices={"entry": [Choice(str(one.id), f"{one.folio}: {words_of(one)}") for one in entries]},
        initial={"book": book.id, "since": reader.day},
        fixed={"book": book_name(book, reader.day)},
    )


def lend(request: HttpRequest) -> HttpResponse:
    reader = reader_of(request)
    here = _or_404(reader, id_in(request, "asset"))
    organs = statutes.in_force(reader.commune, reader.day).organs
    choices = {"organ": [Choice(organ.id, named(organ.name)) for organ in organs]}
    return _form(request, LendAsset, here.book, **_about(reader, here), choices=choices)


def lend_to_neighbour(request: HttpRequest, id: UUID) -> HttpResponse:
    """First the person."""
    reader = reader_of(request)
    here = _or_404(reader, id)
    if asks_for_a_person(request):
        room = Link(name_of(here), reverse("treasury:thing", args=[here.id]))
        return pick_person(request, LendToNeighbour, reverse("treasury:to-lend-to-neighbour", args=[here.id]), room)
    person = Person.objects.filter(pk=id_in(request, "person"), commune=reader.commune).first()
    if person is None:
        raise Http404
    form = _about(reader, here)
    form["initial"]["person"], form["fixed"]["person"] = person.id, display_name(person, knows=True)
    return _form(request, LendToNeighbour, here.book, **form)


def _about(reader: Reader, here: Asset) -> dict[str, Any]:
    due = reader.day + timedelta(days=LENT_DAYS)
    return {
        "back": reverse("treasury:thing", args=[here.id]),
        "initial": {"asset": here.id, "day": reader.day, "due": min(due, here.until) if here.until else due},
        "fixed": {"asset": name_of(here)},
    }


def bring_back(request: HttpRequest) -> HttpResponse:
    reader = reader_of(request)
    known = AssetLoan.objects.select_related("asset__book")
    here = known.filter(pk=id_in(request, "loan"), commune=reader.commune).first()
    if here is None:
        raise Http404
    return _form(
        request,
        ReturnAsset,
        here.asset.book,
        back=reverse("treasury:thing", args=[here.asset_id]),
        initial={"loan": here.id, "day": reader.day},
        fixed={"loan": f"{name_of(here.asset)} ({who_has(reader, here)})"},
    )


def remove(request: HttpRequest) -> HttpResponse:
    reader = reader_of(request)
    here = _or_404(reader, id_in(request, "asset"))
    return _form(
        request,
        RemoveAsset,
        here.book,
        back=reverse("treasury:thing", args=[here.id]),
        choices={"resolution": decisions_over(reader, here.book, RemoveAsset)},
        initial={"asset": here.id},
        fixed={"asset": name_of(here)},
    )


def _form(
    request: HttpRequest, act: type[Act], book: Book, *, back: str, to_thing: bool = False, **form: Any
) -> HttpResponse:
    def on_done(done: Any) -> HttpResponse:
        return HttpResponseRedirect(reverse("treasury:thing", args=[done.id]) if to_thing else back)

    return act_page(
        request,
        act,
        room=_("Things"),
        room_href=reverse("treasury:things", args=[book.id]),
        organ=book.organ,
        on_done=on_done,
        cancel=back,
        **form,
    )
