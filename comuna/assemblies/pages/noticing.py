"""How people were told of a session: the proof on its page and in its minutes, and the form."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _, ngettext

from comuna.assemblies import queries
from comuna.assemblies.acts import RecordNotice, UndoNotice
from comuna.assemblies.acts.noticing import How
from comuna.assemblies.models import Notice as Told
from comuna.assemblies.pages.codes import OnSheet, on_sheet, whom
from comuna.assemblies.pages.reader import Reader, reader, standing_or_404
from comuna.assemblies.pages.recording import about_session, belongs
from comuna.assemblies.queries import Standing
from comuna.look.frame import Link, actor_of
from comuna.look.parts import Choice, Fact, Many, Notice, Part, Search, Sign, Value
from comuna.look.words import day_words, moment_words, number_words
from comuna.mandates.pages.reader import here, id_in
from comuna.mandates.queries import holders
from comuna.statutes.councils import council_in
from comuna.territory.queries import names, people_here
from comuna.territory.rules import alphabetical


def told(stands: Standing, one: Reader | None = None) -> list[Fact]:
    """Each way in which people were told, with the way to take it back for whoever keeps the minutes."""
    found = queries.notices(stands.session.id)
    known = names({notice.by for notice in found})
    undo = stands.is_open and one is not None and one.may(UndoNotice, stands.session.organ)
    values: list[Value] = []
    for notice in found:
        values.append(notice_words(notice, known.get(notice.by, "—"), _meant(stands, notice)))
        if undo:
            values.append(Link(UndoNotice.label, f"{reverse('assemblies:undo-notice')}?notice={notice.id}"))
    return [Fact(_("How people were told"), Many(values))] if values else []


def _meant(stands: Standing, notice: Told) -> str:
    """For when people were told to come, where that is another day or hour by now."""
    moved = next((move for move in stands.moves if move.born > notice.born), None)
    then = (moved.from_day, moved.from_hour) if moved else stands.moment
    return moment_words(*then) if then != stands.moment else ""


def notice_words(notice: Told, by: str, meant: str = "") -> str:
    """``On a poster, Friday 6 February, 14 days before, by Y. R. (En la bodega)``. ``meant`` is for when people were
    told to come, where the session was moved since."""
    how = str(How.labels()[How(notice.how)])
    before = ngettext("{n} day before", "{n} days before", notice.days_before)
    said = [
        how,
        day_words(notice.on, weekday=False),
        before.format(n=number_words(notice.days_before)),
        *([_("for {moment}, before it was moved").format(moment=meant)] if meant else []),
        _("by {name}").format(name=by),
    ]
    where = f" ({notice.where})" if notice.where else ""
    return ", ".join(said) + where


def record(request: HttpRequest, id: UUID) -> HttpResponse:
    """Those who hold a seat of the session's council or of the whole commune, whoever sits in the organ first; a
    neighbour besides, by her code or name."""
    stands, one = standing_or_404(id), reader(request)
    organ, asked = stands.session.organ, request.GET.get("who", "").strip()[:80]
    held = [each for each in holders(one.commune, one.day) if belongs(stands, each.kind)]
    sits = {each.person for each in held if each.kind in {kind.id for kind in stands.statute.seats_in(organ)}}
    seated = {each.person: f"{each.name}, {each.words}" for each in reversed(held)}
    order = sorted(seated, key=lambda person: (person not in sits, alphabetical(seated[person])))
    person = actor_of(request).person
    told: Any = person if person in seated else None
    before: list[Part] = []
    if one.may(RecordNotice, organ):
        found, fault = _neighbour(one, organ, asked) if asked else (None, "")
        if found is not None and found.person not in seated:
            seated, order = {**seated, found.person: found.name}, [found.person, *order]
        told = found.person if found else told
        words = _("Who told people, if it was a neighbour without a seat: code of the sheet, or name")
        before = [Search(words, "who", asked, button=_("Look for her"))]
        before += [Notice(Sign.REFUSED, fault)] if fault else []
    initial: dict[str, Any] = {"on": min(one.day, stands.session.day)} | ({"by": told} if told else {})
    people = [Choice(str(each), seated[each]) for each in order]
    return about_session(
        request, id, RecordNotice, stands=stands, initial=initial, choices={"by": people}, before=before
    )


def _neighbour(one: Reader, organ: str, asked: str) -> tuple[OnSheet | None, str]:
    """Whom a code or a name means among those who live where the organ meets, or why nobody."""
    here_now = people_here(one.commune, one.day, council_in(organ))
    people = on_sheet(one.commune, list(here_now.values_list("id", flat=True)))
    found, fault = whom(asked, people)
    return next((each for each in people if each.person == found), None), fault


def undo(request: HttpRequest) -> HttpResponse:
    found = Told.objects.filter(pk=id_in(request, "notice"), commune=here()).first()
    if found is None:
        raise Http404
    words = notice_words(found, names({found.by}).get(found.by, "—"))
    initial, fixed = {"notice": found.id}, {"notice": words}
    return about_session(request, found.session_id, UndoNotice, initial=initial, fixed=fixed)
