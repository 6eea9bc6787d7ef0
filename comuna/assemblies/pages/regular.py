"""On which days organs meet by the statute, and which of these a decision moved."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from comuna.assemblies import queries
from comuna.assemblies.acts import MoveMeeting
from comuna.assemblies.models import MovedMeeting
from comuna.assemblies.pages.reader import Reader, reader
from comuna.assemblies.pages.words import erased_or, resolution_words
from comuna.look.act_page import act_page
from comuna.look.page import Page, show
from comuna.look.parts import Answer, Choice, Empty, Line, Lines, Part, Section, Sign, Status, Text
from comuna.look.words import day_words
from comuna.mandates.pages.reader import here
from comuna.mandates.queries import named
from comuna.statutes.statute import Organ
from comuna.statutes.words import rhythm

AHEAD = 6  # meetings of each organ


def days(request: HttpRequest) -> HttpResponse:
    """The next regular days of each organ, as moved."""
    one = reader(request)
    sections: list[Part] = [_of_organ(one, organ) for organ in _regular(one)]
    page = Page(
        title=_("On which days we meet by the statute"),
        room=_("Assemblies"),
        room_href=reverse("assemblies:sessions"),
        answer=Answer(
            _("On which days we meet by the statute"),
            _("A session is convened for each; a decision may put it on another day."),
        ),
        facts=sections or [Empty(_("By the statute no organ meets by itself: each session is convened."))],
    )
    return show(request, page)


def _regular(one: Reader) -> list[Organ]:
    return [organ for organ in one.statute.organs if organ.rhythm is not None and organ.calls]


def _of_organ(one: Reader, organ: Organ) -> Section:
    moved = {each.from_day: each for each in queries.moved_meetings(one.commune, organ.id)}
    lines = [
        _line(one, day, by_statute, moved)
        for day, by_statute in queries.regular_meetings(one.commune, organ, one.day, AHEAD)
    ]
    said = f"{capfirst(rhythm(organ.rhythm))}. {organ.rhythm.rule.source}" if organ.rhythm else ""
    return Section(named(organ.name), [Lines(lines)], said)


def _line(one: Reader, day: date, by_statute: date, moved: Mapping[date, MovedMeeting]) -> Line:
    words = capfirst(day_words(day, today=one.day))
    if day == by_statute:
        return Line(words)
    decided = moved[by_statute].resolution
    return Line(
        words,
        more=_("instead of {day}: {decision}").format(
            day=day_words(by_statute, today=one.day), decision=resolution_words(decided)
        ),
        href=reverse("assemblies:resolution", args=[decided.id]),
        status=Status(Sign.WAITING, _("moved")),
    )


def move(request: HttpRequest, id: UUID) -> HttpResponse:
    """From the page of a decision: which regular meeting it puts on which day."""
    decided, one = queries.resolution(id, here()), reader(request)
    if decided is None:
        raise Http404
    row = decided.resolution
    organs = [organ for organ in _regular(one) if row.organ in (organ.id, one.statute.highest().id)]
    href = reverse("assemblies:resolution", args=[id])
    first = queries.regular_meetings(one.commune, organs[0], one.day) if organs else []
    initial = {"resolution": id} | ({"organ": organs[0].id, "from_day": first[0][1]} if organs else {})
    return act_page(
        request,
        MoveMeeting,
        room=resolution_words(row),
        room_href=href,
        initial=initial,
        fixed={"resolution": resolution_words(row)} | ({"organ": named(organs[0].name)} if len(organs) == 1 else {}),
        choices={"organ": [Choice(organ.id, named(organ.name)) for organ in organs]},
        before=[Text(erased_or(decided.text)), *(_of_organ(one, organ) for organ in organs[:3])],
        on_done=lambda done: HttpResponseRedirect(reverse("assemblies:regular")),
        cancel=href,
        organ=organs[0].id if organs else row.organ,
    )
