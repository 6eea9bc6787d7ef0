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
from comuna.assemblies.models import Notice
from comuna.assemblies.pages.reader import Reader, reader, standing_or_404
from comuna.assemblies.pages.recording import about_session
from comuna.assemblies.queries import Standing
from comuna.look.frame import Link, actor_of
from comuna.look.parts import Choice, Fact, Many, Value
from comuna.look.words import day_words, moment_words, number_words
from comuna.mandates.pages.reader import here, id_in
from comuna.mandates.queries import holders
from comuna.territory.queries import names


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


def _meant(stands: Standing, notice: Notice) -> str:
    """For when people were told to come, where that is another day or hour by now."""
    moved = next((move for move in stands.moves if move.born > notice.born), None)
    then = (moved.from_day, moved.from_hour) if moved else stands.moment
    return moment_words(*then) if then != stands.moment else ""


def notice_words(notice: Notice, by: str, meant: str = "") -> str:
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
    stands, one = standing_or_404(id), reader(request)
    seated = {held.person: f"{held.name}, {held.words}" for held in reversed(holders(one.commune, one.day))}
    person = actor_of(request).person
    initial: dict[str, Any] = {"on": min(one.day, stands.session.day)} | ({"by": person} if person in seated else {})
    people = [Choice(str(person), words) for person, words in sorted(seated.items(), key=lambda pair: pair[1])]
    return about_session(request, id, RecordNotice, stands=stands, initial=initial, choices={"by": people})


def undo(request: HttpRequest) -> HttpResponse:
    found = Notice.objects.filter(pk=id_in(request, "notice"), commune=here()).first()
    if found is None:
        raise Http404
    words = notice_words(found, names({found.by}).get(found.by, "—"))
    initial, fixed = {"notice": found.id}, {"notice": words}
    return about_session(request, found.session_id, UndoNotice, initial=initial, fixed=fixed)
