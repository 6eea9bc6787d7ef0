"""The forms of the bank. Each belongs to a book, an account, a request or a credit, which its address names."""

from __future__ import annotations

from collections.abc import Mapping
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
from comuna.treasury.acts import (
    ApproveCredit,
    AskCredit,
    Deposit,
    NoteVisit,
    OpenSavings,
    PayOutCredit,
    RecordCreditRequest,
    RecordSavings,
    RefuseCredit,
    Repay,
    Reschedule,
    TakeBackBank,
    Withdraw,
    WithdrawCreditRequest,
    WriteOff,
)
from comuna.treasury.models import Book, Entry
from comuna.treasury.pages.acting import accounts, decisions_over
from comuna.treasury.pages.banking import credit_or_404, kind_words, request_or_404, savings_or_404, turned_away, whose
from comuna.treasury.pages.credit import bank_address
from comuna.treasury.pages.reader import book_or_404, decimals
from comuna.treasury.pages.words import book_name
from comuna.treasury.queries import amount_said, bank
from comuna.treasury.queries.bank import standing


def open_savings(request: HttpRequest, id: UUID) -> HttpResponse:
    """First the person."""
    reader = reader_of(request)
    book = book_or_404(reader, id)
    if asks_for_a_person(request):
        return _pick(request, reader, book, OpenSavings, "to-open-savings")
    person = _person(reader, request)
    return _form(
        request,
        reader,
        book,
        OpenSavings,
        initial={"book": book.id, "person": person.id},
        fixed={"book": book_name(book, reader.day), "person": display_name(person, knows=True)},
        done="savings",
    )


def ask(request: HttpRequest) -> HttpResponse:
    """In one's own name."""
    reader = reader_of(request)
    if reader.person is None:
        return to_sign_in(request)
    book = book_or_404(reader, id_in(request, "book"))
    return _asking(request, reader, book, AskCredit, Person.objects.get(pk=reader.person))


def record_request(request: HttpRequest, id: UUID) -> HttpResponse:
    """First the person, then which credit."""
    reader = reader_of(request)
    book = book_or_404(reader, id)
    if asks_for_a_person(request):
        return _pick(request, reader, book, RecordCreditRequest, "to-record-request")
    return _asking(request, reader, book, RecordCreditRequest, _person(reader, request))


def _asking(
    request: HttpRequest, reader: Reader, book: Book, act: type[AskCredit | RecordCreditRequest], person: Person
) -> HttpResponse:
    kinds = bank.kinds_of(book, reader.day)
    if not kinds:
        raise Http404
    units = dict.fromkeys(kind.unit for kind in kinds)
    places = decimals(reader)
    choices = {
        "kind": [
            Choice(
                kind.id,
                _("{credit}: at most {amount}, {n} % a year").format(
                    credit=named(kind.name),
                    amount=amount_said(kind.amount_max * 10 ** places.get(kind.unit, 0), kind.unit, reader.commune),
                    n=kind.interest,
                ),
            )
            for kind in kinds
        ],
        "unit": [Choice(unit, unit) for unit in units],
    }
    fixed: dict[str, Words] = {"book": book_name(book, reader.day), "person": display_name(person, knows=True)}
    if len(units) == 1:
        fixed["unit"] = next(iter(units))
    initial = {"book": book.id, "person": person.id, "unit": next(iter(units)), "months": kinds[0].months_max}
    return _form(request, reader, book, act, initial=initial, fixed=fixed, choices=choices, done="credit-request")


def take_back_request(request: HttpRequest) -> HttpResponse:
    return _about_request(request, WithdrawCreditRequest, {})


def approve_credit(request: HttpRequest) -> HttpResponse:
    reader = reader_of(request)
    here = request_or_404(reader, id_in(request, "request"))
    kind = bank.kind_of_credit(reader.commune, here.kind, reader.day)
    more = {
        "unit": here.unit,
        "amount": str(here.amount or 0),
        "months": here.months or 1,
        "interest": kind.interest if kind else 0,
    }
    return _about_request(request, ApproveCredit, more, {"unit": here.unit})


def refuse_credit(request: HttpRequest) -> HttpResponse:
    return _about_request(request, RefuseCredit, {})


def _about_request(
    request: HttpRequest, act: type[Act], more: Mapping[str, Any], fixed: Mapping[str, Words] | None = None
) -> HttpResponse:
    reader = reader_of(request)
    here = request_or_404(reader, id_in(request, "request"))
    turned = turned_away(request, reader, here.book, here.person)
    if turned is not None:
        return turned
    asked = f"{kind_words(reader, here.kind)}, {amount_said(here.amount or 0, here.unit, here.commune)}"
    back = reverse("treasury:credit-request", args=[here.id])
    return _form(
        request,
        reader,
        here.book,
        act,
        initial={"request": here.id, "person": here.person, **more},
        fixed={"request": asked, "person": whose(here.person), **(fixed or {})},
        organ=bank.approving_organ_of(here.id) if act is not WithdrawCreditRequest else None,
        back=back,
        done="credit" if act is ApproveCredit else "",
    )


def deposit(request: HttpRequest) -> HttpResponse:
    return _about_savings(request, Deposit, "into")


def withdraw(request: HttpRequest) -> HttpResponse:
    return _about_savings(request, Withdraw, "out_of")


def record_savings(request: HttpRequest) -> HttpResponse:
    return _about_savings(request, RecordSavings)


def _about_savings(request: HttpRequest, act: type[Act], place: str = "") -> HttpResponse:
    reader = reader_of(request)
    here = savings_or_404(reader, id_in(request, "savings"))
    turned = turned_away(request, reader, here.book, here.person)
    if turned is not None:
        return turned
    said = _("{number}: {name}, {amount}").format(
        number=here.number,
        name=whose(here.person),
        amount=amount_said(here.balance, here.book.unit, here.commune),
    )
    return _form(
        request,
        reader,
        here.book,
        act,
        initial={"savings": here.id, "unit": here.book.unit, **({"day": reader.day} if place else {})},
        fixed={"savings": said, "unit": here.book.unit},
        choices={place: accounts(reader, here.book, (AccountKind.ASSET,))} if place else {},
        back=reverse("treasury:savings", args=[here.id]),
    )


def pay_out(request: HttpRequest) -> HttpResponse:
    return _about_credit(request, PayOutCredit, place="out_of")


def repay(request: HttpRequest) -> HttpResponse:
    return _about_credit(request, Repay, place="into")


def reschedule(request: HttpRequest) -> HttpResponse:
    return _about_credit(request, Reschedule)


def write_off(request: HttpRequest) -> HttpResponse:
    return _about_credit(request, WriteOff)


def note_visit(request: HttpRequest) -> HttpResponse:
    return _about_credit(request, NoteVisit)


def _about_credit(request: HttpRequest, act: type[Act], place: str = "") -> HttpResponse:
    reader = reader_of(request)
    here = credit_or_404(reader, id_in(request, "credit"))
    turned = turned_away(request, reader, here.book, here.person)
    if turned is not None:
        return turned
    owed = amount_said(standing(here, reader.day).owed or here.amount, here.unit, here.commune)
    said = _("{number}: {name}, {amount}").format(number=here.number, name=whose(here.person), amount=owed)
    fields = act.model_fields
    initial: dict[str, Any] = {"credit": here.id}
    fixed: dict[str, Words] = {"credit": said}
    if "unit" in fields:
        initial["unit"], fixed["unit"] = here.unit, here.unit
    if "person" in fields:
        initial["person"], fixed["person"] = here.person, whose(here.person)
    initial |= {name: reader.day for name in ("day", "begins") if name in fields}
    choices: dict[str, list[Choice]] = {}
    if place:
        choices[place] = accounts(reader, here.book, (AccountKind.ASSET,))
    if "resolution" in fields:
        choices["resolution"] = decisions_over(reader, here.book, act)
    organs = {Reschedule: bank.organ_of_approval(here.id), NoteVisit: bank.organ_of_follow_up(here.id)}
    return _form(
        request,
        reader,
        here.book,
        act,
        initial=initial,
        fixed=fixed,
        choices=choices,
        organ=organs.get(act, here.book.organ),
        back=reverse("treasury:credit", args=[here.id]),
    )


def take_back(request: HttpRequest) -> HttpResponse:
    reader = reader_of(request)
    entry = Entry.objects.filter(pk=id_in(request, "entry"), commune=reader.commune).select_related("book").first()
    if entry is None:
        raise Http404
    return _form(
        request,
        reader,
        entry.book,
        TakeBackBank,
        initial={"entry": entry.id, "day": reader.day},
        fixed={"entry": _("Entry {folio}").format(folio=entry.folio)},
        back=reverse("treasury:entry", args=[entry.id]),
    )


def _person(reader: Reader, request: HttpRequest) -> Person:
    found: Person | None = Person.objects.filter(pk=id_in(request, "person"), commune=reader.commune).first()
    if found is None:
        raise Http404
    return found


def _pick(request: HttpRequest, reader: Reader, book: Book, act: type[Act], name: str) -> HttpResponse:
    room = Link(book_name(book, reader.day), bank_address(book.id))
    return pick_person(request, act, reverse(f"treasury:{name}", args=[book.id]), room)


def _form(
    request: HttpRequest,
    reader: Reader,
    book: Book,
    act: type[Act],
    *,
    initial: Mapping[str, Any],
    fixed: Mapping[str, Words],
    choices: Mapping[str, list[Choice]] | None = None,
    organ: str | None = "",
    back: str = "",
    done: str = "",
) -> HttpResponse:
    """``done`` names the page of what came of it; else one goes back. An organ that is not named is the book's."""
    here = back or bank_address(book.id)

    def on_done(made: Done) -> HttpResponse:
        return HttpResponseRedirect(reverse(f"treasury:{done}", args=[made.id]) if done else here)

    return act_page(
        request,
        act,
        room=book_name(book, reader.day),
        room_href=bank_address(book.id),
        choices=choices,
        initial=initial,
        fixed=fixed,
        organ=book.organ if organ == "" else organ,
        decimals=decimals(reader),
        on_done=on_done,
        cancel=here,
    )
