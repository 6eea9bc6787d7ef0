"""Printing claim codes, and taking them back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID, uuid4

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from comuna.acts.door import Done
from comuna.acts.reading import read_one
from comuna.look.act_page import NotDone, act_page, hand_in
from comuna.look.cutting import CutApart
from comuna.look.forms import Control, Form, FormPart
from comuna.look.frame import Link
from comuna.look.page import Page, show
from comuna.look.paper import address_of
from comuna.look.parts import Answer, Code, Fact, Facts, Part, Section, Source, Text
from comuna.look.words import day_words
from comuna.mandates import codes, queries
from comuna.mandates.acts import IssueCode, VoidCode
from comuna.mandates.models import ClaimCode, Mandate
from comuna.mandates.pages.offices import asks_for_a_person, pick_person, refused_page
from comuna.mandates.pages.reader import here, id_in, person_or_none, refused, today_in
from comuna.territory.models import Person
from comuna.territory.queries import display_name


@never_cache
def issue(request: HttpRequest) -> HttpResponse:
    """Choose a person, confirm, print the sheet. The code is shown this once."""
    commune = here()
    if asks_for_a_person(request):
        return pick_person(request, IssueCode, reverse("mandates:issue-code"))
    person = Person.objects.filter(pk=id_in(request, "person"), commune=commune).first()
    if person is None:
        raise Http404
    if request.method != "POST":
        refusal = refused(request, IssueCode, commune, today_in(commune))
        return refused_page(request, IssueCode, refusal) if refusal else _confirm(request, person)
    id = id_in(request, "_id")
    code = codes.of_act(id)
    answer = hand_in(request, IssueCode(person=person.id, digest=codes.digest_of(codes.proof(code))))
    if isinstance(answer, NotDone):
        page = Page(IssueCode.label, next=answer.part, facts=[])
        return show(request, page, status=answer.status)
    if answer.repeated and not _issued_by(answer, person_or_none(request)):
        raise Http404
    issued = queries.newest_code(person.id)
    assert issued is not None
    return sheets(request, [(display_name(person, knows=True), code)], issued.expires_on, links=[next_code()])


def next_code() -> Link:
    return Link(_("Print the next code"), reverse("mandates:issue-code"))


def _confirm(request: HttpRequest, person: Person) -> HttpResponse:
    name, standing = display_name(person, knows=True), queries.newest_code(person.id)
    form = Form(
        id=uuid4(),
        button=IssueCode.label,
        controls=(Control("person", "hidden", "", values=(str(person.id),)),),
        cancel=reverse("mandates:who-decides"),
    )
    facts: list[Part] = [Facts([Fact(_("For"), name), *_standing_facts(standing, today_in(here()))]), FormPart(form)]
    more = _("It opens an account in this person's name. Hand it over in person, to nobody else.")
    page = Page(
        title=IssueCode.label,
        room=_("Who decides what here"),
        room_href=reverse("mandates:who-decides"),
        answer=Answer(_("Print a claim code for {name}").format(name=name), more),
        facts=facts,
    )
    return show(request, page)


def _standing_facts(standing: ClaimCode | None, day: date) -> list[Fact]:
    """The code that is still good, if there is one; printing another makes it worthless."""
    if standing is None or not has_good_code(standing, day):
        return []
    link = Link(VoidCode.label, f"{reverse('mandates:void-code')}?code={standing.pk}")
    return [Fact(_("An earlier code is good until"), standing.expires_on, link)]


def has_good_code(newest: ClaimCode, day: date) -> bool:
    """Whether somebody's newest code still opens an account."""
    return newest.expires_on >= day and not hasattr(newest, "claim") and not hasattr(newest, "voided")


def _issued_by(done: Done, person: UUID | None) -> bool:
    """Whether the reader is who issued this code: anybody may know the id of the act."""
    mandate = read_one(done.id).by.mandate
    return person is not None and Mandate.objects.filter(pk=mandate, person=person).exists()


def sheets(
    request: HttpRequest,
    codes_of: Sequence[tuple[str, str]],
    expires_on: date,
    *,
    words: str = "",
    before: Sequence[Part] = (),
    links: Sequence[Link] = (),
) -> HttpResponse:
    """A page for the printer: one code a person, how to use it, until when. Never stored. ``words`` say whether
    it can be had again."""
    where = address_of(request, reverse("mandates:claim"))
    until = day_words(expires_on)
    pieces = [
        Section(
            name,
            [
                Code(code, _("Good once, until {day}").format(day=until)),
                Text(_("Open {where}, type the code, choose a name and a password.").format(where=where)),
            ],
        )
        for name, code in codes_of
    ]
    title = _("Claim codes")
    answer = Answer(title, words or _("Print this page now: it is not shown again."))
    source = Source(links=links) if links else None
    page = Page(title, answer=answer, facts=[*before, CutApart(pieces)], paper=True, source=source)
    response = show(request, page)
    response["Cache-Control"] = "no-store"
    return response


def void(request: HttpRequest) -> HttpResponse:
    """Take back a code that nobody has used; which one, the page of the person's next code tells."""
    if "code" not in request.GET and request.method != "POST":
        return HttpResponseRedirect(reverse("mandates:issue-code"))
    code = ClaimCode.objects.filter(pk=id_in(request, "code"), commune=here()).select_related("person").first()
    if code is None:
        raise Http404
    return act_page(
        request,
        VoidCode,
        room=_("Who decides what here"),
        room_href=reverse("mandates:who-decides"),
        initial={"code": code.pk},
        fixed={"code": _("of {name}").format(name=display_name(code.person))},
        on_done=lambda done: HttpResponseRedirect(reverse("books:thread", args=[done.id])),
    )
