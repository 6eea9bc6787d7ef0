"""Asking for a letter, and typing a request for somebody who asks in person."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from comuna.letters.acts import AskLetter, RecordRequest
from comuna.look.act_page import act_page
from comuna.look.frame import Link
from comuna.look.page import Page, show
from comuna.look.parts import Answer, Choice, Empty, Line, Lines
from comuna.mandates.pages.offices import asks_for_a_person, pick_person
from comuna.mandates.queries import named
from comuna.statutes import queries as statutes
from comuna.territory.models import Person
from comuna.territory.pages.reader import Reader, id_in, reader_of, to_sign_in
from comuna.territory.queries import display_name


def ask(request: HttpRequest) -> HttpResponse:
    """In one's own name."""
    reader = reader_of(request)
    if reader.person is None:
        return to_sign_in(request)
    return _asking(request, reader, AskLetter, Person.objects.get(pk=reader.person))


def record_request(request: HttpRequest) -> HttpResponse:
    """First the person, then which letter."""
    reader = reader_of(request)
    if asks_for_a_person(request):
        room = Link(_("Letters"), reverse("letters:board"))
        return pick_person(request, RecordRequest, reverse("letters:record-request"), room)
    person = Person.objects.filter(pk=id_in(request, "person"), commune=reader.commune).first()
    if person is None or not reader.may(RecordRequest, person):
        raise Http404
    return _asking(request, reader, RecordRequest, person)


def _asking(request: HttpRequest, reader: Reader, act: type[AskLetter | RecordRequest], person: Person) -> HttpResponse:
    kinds = statutes.in_force(reader.commune, reader.day).letters_in(person.council or None)
    if not kinds:
        return show(request, _no_letters())
    return act_page(
        request,
        act,
        room=_("Letters"),
        room_href=reverse("letters:board"),
        choices={"kind": [Choice(one.id, f"{named(one.name)}: {named(one.attests)}") for one in kinds]},
        initial={"person": person.id},
        fixed={"person": display_name(person, knows=True)},
        before=[Lines([Line(_("Which letters there are, and who signs them"), href=reverse("letters:board"))])],
        on_done=lambda done: HttpResponseRedirect(reverse("letters:letter", args=[done.id])),
        cancel=reverse("letters:board"),
    )


def _no_letters() -> Page:
    return Page(
        title=AskLetter.label,
        room=_("Letters"),
        room_href=reverse("letters:board"),
        answer=Answer(_("There is no letter to ask for")),
        facts=[Empty(_("The statute in force names no letters. An amended one may."))],
    )
