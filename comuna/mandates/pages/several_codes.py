"""Printing the claim codes of a household, or of a street, in one go."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from uuid import UUID, uuid4, uuid5

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from comuna.acts.door import Request, perform_all
from comuna.acts.refusal import IdTaken, Refused
from comuna.look.act_page import refusal_part
from comuna.look.forms import Control, Form, FormPart
from comuna.look.frame import actor_of
from comuna.look.page import Page, show
from comuna.look.parts import Answer, Choice, Empty, Fact, Part
from comuna.mandates import codes, queries
from comuna.mandates.acts import IssueCode
from comuna.mandates.pages.codes import has_good_code, next_code, sheets
from comuna.mandates.pages.offices import refused_page
from comuna.mandates.pages.reader import here, id_in, refused, scope_of, today_in
from comuna.statutes import queries as statutes
from comuna.statutes.statute import Roll
from comuna.territory.models import Household, Person
from comuna.territory.queries import address_words, age_on, display_name, households_by_id, living_in

_FIGURES = re.compile(r"([0-9]{1,9})")
AT_ONCE = 200  # people whose codes one page prints


@never_cache
def issue(request: HttpRequest) -> HttpResponse:
    """Who gets one, ticked where she is old enough to sit and has neither account nor code; then the sheets."""
    commune = here()
    refusal = refused(request, IssueCode, commune, today_in(commune))
    if refusal is not None:
        return refused_page(request, IssueCode, refusal)
    homes = _homes(request)
    people = _people(request, homes)
    if request.method != "POST":
        return _choose(request, homes, people)
    chosen = set(request.POST.getlist("people"))
    wanted = [person for person in people if str(person.id) in chosen][:AT_ONCE]
    if not wanted:
        return _choose(request, homes, people, fault=_("Choose one of the answers."))
    return _printed(request, wanted)


def _homes(request: HttpRequest) -> list[Household]:
    """The household named in the address or the form, or all of a street. Raises Http404 for no such place."""
    by = "street" if "street" in request.GET or "street" in request.POST else "pk"
    place = id_in(request, "street" if by == "street" else "household")
    ids = list(Household.objects.filter(**{by: place}, commune=here()).values_list("id", flat=True))
    if not ids:
        raise Http404
    return sorted(households_by_id(ids).values(), key=lambda home: (_by_number(address_words(home)), str(home.id)))


def _by_number(address: str) -> list[tuple[int, str]]:
    """House 9 before house 12."""
    return [(int(part), "") if part.isascii() and part.isdigit() else (0, part) for part in _FIGURES.split(address)]


def _people(request: HttpRequest, homes: Sequence[Household]) -> list[Person]:
    """Who lives there and is of the council in which this reader prints codes."""
    day = today_in(here())
    council = scope_of(request, IssueCode, here(), day)
    living = living_in([home.id for home in homes], day)
    return [
        person for home in homes for person in living.get(home.id, []) if council is None or person.council == council
    ]


def _choose(
    request: HttpRequest, homes: Sequence[Household], people: Sequence[Person], fault: str = ""
) -> HttpResponse:
    where = {home.id: _house(home) for home in homes}
    street = homes[0].street if homes[0].street_id else None
    place = "street" if "street" in request.GET or "street" in request.POST else "household"
    several, day = len(homes) > 1, today_in(here())
    roll = statutes.in_force(here(), day).highest().roll
    controls = (
        Control(place, "hidden", "", values=(str(id_in(request, place)),)),
        Control(
            "people",
            "checks",
            _("For whom"),
            _("Ticked: who is old enough to sit in the assembly and has neither an account nor a code that is good."),
            values=tuple(str(person.id) for person in people if _lacks_one(person, day, roll)),
            choices=tuple(
                Choice(str(person.id), _line(person, where[person.household] if several and person.household else ""))
                for person in people
            ),
            fault=fault,
        ),
    )
    back = reverse("territory:overview")
    there = (Fact(_("Street"), street.name),) if several and street else ()
    form = Form(id=uuid4(), button=_("Print these codes"), controls=controls, fixed=there, cancel=back)
    parts: list[Part] = [FormPart(form)] if people else [Empty(_("Nobody is named in this household yet."))]
    more = _("Each opens an account in one person's name. Hand it over in person, to nobody else.")
    page = Page(
        title=_("Print claim codes"),
        room=_("Who decides what here"),
        room_href=reverse("mandates:who-decides"),
        answer=Answer(_("Print claim codes"), more),
        facts=parts,
    )
    return show(request, page, status=422 if fault else 200)


def _house(home: Household) -> str:
    return _("House {number}").format(number=home.house) if home.house[:1].isdigit() else home.house


def _line(person: Person, where: str) -> str:
    return ", ".join(filter(None, [display_name(person, knows=True), where]))


def _lacks_one(person: Person, day: date, roll: Roll | None) -> bool:
    age, newest = age_on(person, day), queries.newest_code(person.id)
    if newest is not None and (hasattr(newest, "claim") or has_good_code(newest, day)):
        return False
    return roll is None or age is None or age >= roll.age_years


def _printed(request: HttpRequest, people: Sequence[Person]) -> HttpResponse:
    """All of them or none. The form sent again prints the same codes, for whoever sent it first."""
    try:
        form = UUID(request.POST.get("_id", ""))
    except ValueError:
        raise Http404 from None
    given = [(person, codes.of_act(uuid5(form, str(person.id)))) for person in people]
    asked = [
        Request(IssueCode(person=person.id, digest=codes.digest_of(codes.proof(code))), id=uuid5(form, str(person.id)))
        for person, code in given
    ]
    try:
        perform_all(asked, actor_of(request))
    except IdTaken:
        raise Http404 from None
    except Refused as refusal:
        part = refusal_part(request, IssueCode.label, refusal)
        return show(request, Page(_("Print claim codes"), next=part), status=422)
    newest = queries.newest_code(people[0].id)
    assert newest is not None
    printed = [(display_name(person, knows=True), code) for person, code in given]
    return sheets(request, printed, newest.expires_on, links=[next_code()])
