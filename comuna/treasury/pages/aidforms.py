"""The forms of aid. Each belongs to a book, a request or a case, which its address names."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from comuna.acts.act import Act
from comuna.acts.door import Done
from comuna.look.act_page import act_page
from comuna.look.frame import Link, Words
from comuna.look.parts import Choice
from comuna.mandates.pages.offices import asks_for_a_person, pick_person
from comuna.mandates.queries import named
from comuna.statutes.bookkeeping import AccountKind
from comuna.territory.models import Person
from comuna.territory.pages.reader import Reader, id_in, reader_of, to_sign_in
from comuna.territory.queries import display_name
from comuna.treasury.acts.aiding import ApproveAid, AskAid, PayAid, RecordAidRequest, RefuseAid, WithdrawAidRequest
from comuna.treasury.models import Book, Entry
from comuna.treasury.models.aid import AidCase
from comuna.treasury.pages.acting import accounts, line_choices, units
from comuna.treasury.pages.aid import kind_words, request_or_404, turned_away, whose
from comuna.treasury.pages.reader import address, book_or_404, decimals
from comuna.treasury.pages.words import book_name
from comuna.treasury.queries import aid, amount_said


def ask(request: HttpRequest) -> HttpResponse:
    """In one's own name."""
    reader = reader_of(request)
    if reader.person is None:
        return to_sign_in(request)
    book = book_or_404(reader, id_in(request, "book"))
    return _asking(request, reader, book, AskAid, Person.objects.get(pk=reader.person))


def record_request(request: HttpRequest, id: UUID) -> HttpResponse:
    """First the person, then what for."""
    reader = reader_of(request)
    book = book_or_404(reader, id)
    if asks_for_a_person(request):
        room = Link(_("Aid"), address("aid", book=book.id))
        return pick_person(request, RecordAidRequest, reverse("treasury:to-record-aid", args=[book.id]), room)
    person = Person.objects.filter(pk=id_in(request, "person"), commune=reader.commune).first()
    if person is None:
        raise Http404
    return _asking(request, reader, book, RecordAidRequest, person)


def _asking(
    request: HttpRequest, reader: Reader, book: Book, act: type[AskAid | RecordAidRequest], person: Person
) -> HttpResponse:
    kinds = aid.kinds_of(book, reader.day)
    if not kinds:
        raise Http404
    choices = {"kind": [Choice(kind.id, named(kind.name)) for kind in kinds], "unit": units(reader)}
    fixed: dict[str, Words] = {"book": book_name(book, reader.day), "person": display_name(person, knows=True)}
    initial = {"book": book.id, "person": person.id, "unit": book.unit}
    organ = aid.deciding_organ(book.id) if act is RecordAidRequest else None
    return _form(
        request, reader, book, act, initial=initial, fixed=fixed, choices=choices, organ=organ, done="aid-request"
    )


def take_back(request: HttpRequest) -> HttpResponse:
    return _about_request(request, WithdrawAidRequest)


def grant(request: HttpRequest) -> HttpResponse:
    return _about_request(request, ApproveAid)


def refuse(request: HttpRequest) -> HttpResponse:
    return _about_request(request, RefuseAid)


def _about_request(request: HttpRequest, act: type[Act]) -> HttpResponse:
    reader = reader_of(request)
    here = request_or_404(reader, id_in(request, "request"))
    turned = turned_away(request, reader, here)
    if turned is not None:
        return turned
    asked = f"{kind_words(here)}, {amount_said(here.amount or 0, here.unit, here.commune)}"
    initial: dict[str, Any] = {"request": here.id, "person": here.person}
    fixed: dict[str, Words] = {"request": asked, "person": whose(here.person)}
    if act is ApproveAid:
        initial |= {"unit": here.unit, "amount": str(here.amount or 0)}
        fixed["unit"] = here.unit
    organ = None if act is WithdrawAidRequest else aid.deciding_organ(here.book_id)
    back = reverse("treasury:aid-request", args=[here.id])
    return _form(request, reader, here.book, act, initial=initial, fixed=fixed, organ=organ, back=back)


def pay(request: HttpRequest) -> HttpResponse:
    reader = reader_of(request)
    here = AidCase.objects.filter(pk=id_in(request, "case"), commune=reader.commune).select_related("book").first()
    if here is None:
        raise Http404
    said = _("Aid, case {number}").format(number=here.number)
    choices = {
        "line": line_choices(reader, here.book, here.unit, for_aid=True),
        "out_of": accounts(reader, here.book, (AccountKind.ASSET,)),
    }
    return _form(
        request,
        reader,
        here.book,
        PayAid,
        initial={"case": here.id, "day": reader.day},
        fixed={"case": f"{said}: {amount_said(here.amount, here.unit, here.commune)}"},
        choices=choices,
        organ=here.book.organ,
    )


def _form(
    request: HttpRequest,
    reader: Reader,
    book: Book,
    act: type[Act],
    *,
    initial: dict[str, Any],
    fixed: dict[str, Words],
    organ: str | None,
    choices: dict[str, list[Choice]] | None = None,
    back: str = "",
    done: str = "",
) -> HttpResponse:
    """``done`` names the page of what came of it; else one goes to the entry that was made, or back."""
    here = back or address("aid", book=book.id)

    def on_done(made: Done) -> HttpResponse:
        if done:
            return HttpResponseRedirect(reverse(f"treasury:{done}", args=[made.id]))
        entry = Entry.objects.filter(act=made.id).first()
        return HttpResponseRedirect(reverse("treasury:entry", args=[entry.id]) if entry else here)

    return act_page(
        request,
        act,
        room=_("Aid"),
        room_href=address("aid", book=book.id),
        choices=choices,
        initial=initial,
        fixed=fixed,
        organ=organ,
        decimals=decimals(reader),
        on_done=on_done,
        cancel=here,
    )
