"""The councils of a commune: their list, and the forms that register, correct and strike one."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _, ngettext

from comuna.acts.act import Act
from comuna.acts.door import Done
from comuna.look.act_page import act_page
from comuna.look.frame import Link
from comuna.look.parts import Empty, Line, Lines, Section, Sign, Status
from comuna.look.words import number_words
from comuna.mandates import queries
from comuna.mandates.acts import CorrectCouncil, RegisterCouncil, StrikeCouncil
from comuna.mandates.councils import CouncilCount, council_counts
from comuna.mandates.pages.reader import here, id_in, refused
from comuna.statutes import queries as statutes
from comuna.statutes.models import Council
from comuna.statutes.statute import Statute


def section(request: HttpRequest, commune: UUID, statute: Statute, day: date) -> Section:
    """Every council with how many of its seats are filled."""
    assert statute.level is not None
    lines = [_line(one) for one in council_counts(commune, day)]
    may = refused(request, RegisterCouncil, commune, day) is None
    links = [Link(RegisterCouncil.label, reverse("mandates:register-council"))] if may else []
    empty = Empty(_("These are the books of a single council until the first one is registered."))
    return Section(queries.named(statute.level.many), [Lines(lines, empty)], links=links, wide=True)


def _line(one: CouncilCount) -> Line:
    words = ngettext("{held} of {n} seat filled", "{held} of {n} seats filled", one.seats)
    filled = words.format(held=number_words(one.held), n=number_words(one.seats))
    status = None if one.held else Status(Sign.REFUSED, _("vacant"))
    return Line(one.council.name, more=filled, href=reverse("mandates:council", args=[one.council.slug]), status=status)


def links(request: HttpRequest, row: Council, commune: UUID, day: date) -> list[Link]:
    """What a reader of a council's page may do about it."""
    acts: list[tuple[type[Act], str]] = [(CorrectCouncil, "correct-council"), (StrikeCouncil, "strike-council")]
    return [
        Link(act.label, f"{reverse(f'mandates:{name}')}?council={row.id}")
        for act, name in acts
        if refused(request, act, commune, day) is None
    ]


def register(request: HttpRequest) -> HttpResponse:
    def to_council(done: Done) -> HttpResponse:
        row = next((one for one in statutes.councils(here()) if one.id == done.id), None)
        if row is None:
            return HttpResponseRedirect(reverse("mandates:who-decides"))
        return HttpResponseRedirect(reverse("mandates:council", args=[row.slug]))

    return act_page(
        request,
        RegisterCouncil,
        room=_("Who decides what here"),
        room_href=reverse("mandates:who-decides"),
        on_done=to_council,
        cancel=reverse("mandates:who-decides"),
    )


def correct(request: HttpRequest) -> HttpResponse:
    row = _asked(request)
    known = {"council": row.id, "name": row.name, "register_code": row.register_code or None}
    return _about(request, CorrectCouncil, row, known, reverse("mandates:council", args=[row.slug]))


def strike(request: HttpRequest) -> HttpResponse:
    row = _asked(request)
    return _about(request, StrikeCouncil, row, {"council": row.id}, reverse("mandates:who-decides"))


def _about(request: HttpRequest, act: type[Act], row: Council, known: dict[str, object], then: str) -> HttpResponse:
    href = reverse("mandates:council", args=[row.slug])
    return act_page(
        request,
        act,
        room=row.name,
        room_href=href,
        initial=known,
        fixed={"council": row.name},
        on_done=lambda done: HttpResponseRedirect(then),
        cancel=href,
    )


def _asked(request: HttpRequest) -> Council:
    found = next((one for one in statutes.councils(here()) if one.id == id_in(request, "council")), None)
    if found is None:
        raise Http404
    return found
