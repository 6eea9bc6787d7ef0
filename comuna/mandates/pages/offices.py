"""The forms of acts about other people's mandates, each reached from the seat it is about."""

from __future__ import annotations

from uuid import UUID, uuid4

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from comuna.acts.act import Act
from comuna.acts.door import Done
from comuna.acts.refusal import Refused
from comuna.look.act_page import act_page, refusal_part
from comuna.look.forms import Control, Form, FormPart
from comuna.look.frame import Link
from comuna.look.page import Page, show
from comuna.look.parts import Choice, Empty, Line, Lines, Part
from comuna.mandates import queries
from comuna.mandates.acts import EndMandate, EnterMandate, LiftSuspension, Suspend, UndoEnding, UndoEntry
from comuna.mandates.models import Mandate, Suspension
from comuna.mandates.pages.reader import here, id_in, refused, scope_of, today_in
from comuna.mandates.queries import Holding
from comuna.statutes import queries as statutes
from comuna.statutes.statute import SeatKind, Statute
from comuna.territory.models import Person
from comuna.territory.queries import display_name, search_people

FOUND_MAX = 20


def enter(request: HttpRequest) -> HttpResponse:
    """A mandate from before the books: first the person, then the rest."""
    commune = here()
    if asks_for_a_person(request):
        return pick_person(request, EnterMandate, reverse("mandates:enter-mandate"))
    person = _person(commune, id_in(request, "person"))
    statute = statutes.in_force(commune, today_in(commune))
    return act_page(
        request,
        EnterMandate,
        room=_("Who decides what here"),
        room_href=reverse("mandates:who-decides"),
        choices={"kind": [Choice(one.id, queries.named(one.name)) for one in _open_to(statute, person)]},
        initial={"person": person.id},
        fixed={"person": display_name(person, knows=True)},
        on_done=to_seat,
        cancel=reverse("mandates:who-decides"),
    )


def _open_to(statute: Statute, person: Person) -> list[SeatKind]:
    """The kinds of seats that somebody could hold: of her council and of the whole commune."""
    return [one for one in statute.seats if not one.founding and one.council in (None, person.council)]


def asks_for_a_person(request: HttpRequest) -> bool:
    """Whether the reader has still to say whom the act is about."""
    return "words" in request.POST or (request.method != "POST" and "person" not in request.GET)


def pick_person(request: HttpRequest, act: type[Act], href: str, room: Link | None = None) -> HttpResponse:
    """Whom an act is about: look for a name, choose. Only for whoever may do the act; names are not public,
    and none ever stands in an address."""
    commune = here()
    day = today_in(commune)
    refusal = refused(request, act, commune, day)
    if refusal is not None:
        return refused_page(request, act, refusal)
    wanted = request.POST.get("words", "").strip()[:100]
    council = scope_of(request, act, commune, day)
    found = search_people(commune, day, wanted, council)[:FOUND_MAX] if wanted else []
    form = Form(
        id=uuid4(),
        button=_("Look"),
        controls=(Control("words", "line", _("Whose name holds"), _("Or an identity number"), values=(wanted,)),),
    )
    parts: list[Part] = [FormPart(form)]
    if wanted:
        lines = [Line(display_name(one, knows=True), href=f"{href}?person={one.id}") for one in found]
        parts.append(Lines(lines, Empty(_("Nobody here has such a name."))))
    back = room or Link(_("Who decides what here"), reverse("mandates:who-decides"))
    page = Page(title=act.label, room=back.words, room_href=back.href, facts=parts)
    response = show(request, page)
    response["Cache-Control"] = "no-store"
    return response


def refused_page(request: HttpRequest, act: type[Act], refusal: Refused) -> HttpResponse:
    return show(request, Page(act.label, next=refusal_part(request, act.label, refusal)), status=403)


def end(request: HttpRequest) -> HttpResponse:
    return _about_mandate(request, EndMandate)


def suspend(request: HttpRequest) -> HttpResponse:
    return _about_mandate(request, Suspend)


def undo_entry(request: HttpRequest) -> HttpResponse:
    return _about_mandate(request, UndoEntry)


def undo_ending(request: HttpRequest) -> HttpResponse:
    return _about_mandate(request, UndoEnding)


def lift(request: HttpRequest) -> HttpResponse:
    commune = here()
    if not _is_about(request, "suspension"):
        return _choose_a_seat()
    resting = Suspension.objects.filter(pk=id_in(request, "suspension"), commune=commune).first()
    if resting is None:
        raise Http404
    one = queries.holding(resting.mandate_id, today_in(commune))
    return _seat_act(request, LiftSuspension, one, "suspension", resting.pk)


def _is_about(request: HttpRequest, name: str) -> bool:
    return name in request.GET or request.method == "POST"


def _choose_a_seat() -> HttpResponse:
    """Whoever comes without saying which mandate chooses the seat first; the seat's page leads back."""
    return HttpResponseRedirect(reverse("mandates:who-decides"))


def _about_mandate(request: HttpRequest, act: type[Act]) -> HttpResponse:
    if not _is_about(request, "mandate"):
        return _choose_a_seat()
    commune, id = here(), id_in(request, "mandate")
    if not Mandate.objects.filter(pk=id, commune=commune).exists():
        raise Http404
    return _seat_act(request, act, queries.holding(id, today_in(commune)), "mandate", id)


def _seat_act(request: HttpRequest, act: type[Act], one: Holding, field: str, id: UUID) -> HttpResponse:
    href = reverse("mandates:seat", args=[one.kind, one.number])
    return act_page(
        request,
        act,
        room=one.words,
        room_href=href,
        initial={field: id},
        fixed={field: f"{one.words}: {one.name}"},
        on_done=lambda done: HttpResponseRedirect(href),
        cancel=href,
    )


def to_seat(done: Done) -> HttpResponse:
    """After a seat was filled: its page."""
    row = Mandate.objects.select_related("seat").get(act=done.id)
    return HttpResponseRedirect(reverse("mandates:seat", args=[row.seat.kind, row.seat.number]))


def _person(commune: UUID, id: UUID) -> Person:
    found: Person | None = Person.objects.filter(pk=id, commune=commune).first()
    if found is None:
        raise Http404
    return found
