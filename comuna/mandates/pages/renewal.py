"""Rolling renewal: which mandates are over while their holders act on, and which end when, month by month."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.dates import MONTHS
from django.utils.http import urlencode
from django.utils.translation import gettext as _, ngettext

from comuna.look.frame import Link
from comuna.look.page import Page, show
from comuna.look.parts import Answer, Do, Empty, Line, Lines, Pages, Part, Section, Sign, Source, Status
from comuna.look.words import day_words, in_spanish, number_words
from comuna.mandates import queries
from comuna.mandates.lapsing import Ends, EndsTogether, by_council, ends
from comuna.mandates.pages.reader import here, status_of, today_in, until_words
from comuna.mandates.rules import MandateStatus
from comuna.statutes import queries as statutes
from comuna.statutes.statute import Statute

LINES = 40  # on one page
COMMON = "-"  # stands in an address for the seats of the whole commune


@dataclass(frozen=True)
class _Entry:
    """A line of the page with the month it stands under; "" for what is over."""

    month: str
    line: Line


def renewal(request: HttpRequest) -> HttpResponse:
    """In a commune of councils a line for each council and month; in a single council, and of one council, for each
    seat."""
    commune = here()
    day = today_in(commune)
    statute = statutes.in_force(commune, day)
    found, council = ends(commune, day), request.GET.get("council")
    if council is not None:
        if council != COMMON and council not in {one.slug for one in statute.councils}:
            raise Http404
        found = [one for one in found if (one.council or COMMON) == council]
    in_groups = bool(statute.councils) and council is None
    named = statutes.on_its_own_page(commune, day, council) if council not in (None, COMMON) else statute
    to_fill = [one for one in found if not one.follows]
    entries = list(_grouped(to_fill, statute, day) if in_groups else _seats(found, named, day))
    kept = f"?{urlencode({'council': council})}&page={{page}}" if council is not None else "?page={page}"
    pages = Pages.asked(request.GET.get("page", ""), len(entries), kept, LINES)
    title = _council_words(statute, None if council == COMMON else council) if council is not None else _("Renewal")
    who_decides = Link(_("Who decides what here"), reverse("mandates:who-decides"))
    page = Page(
        title=title,
        room=_("Renewal") if council is not None else who_decides.words,
        room_href=reverse("mandates:renewal") if council is not None else who_decides.href,
        answer=_answer(to_fill, day),
        next=Do(_("Steps and days of a renewal"), reverse("processes:board")),
        facts=_sections(entries[pages.lines], pages),
        source=Source(words=queries.named(statute.title), links=[who_decides]),
    )
    return show(request, page)


def _answer(found: Sequence[Ends], day: date) -> Answer:
    over = [one for one in found if one.is_over(day)]
    coming = next((one for one in found if not one.is_over(day)), None)
    following = _("The next mandate ends on {day}.").format(day=day_words(coming.on, weekday=False)) if coming else ""
    if not over:
        return Answer(following or _("No mandate ends on a day"))
    words = ngettext("{n} mandate is past its term", "{n} mandates are past their term", len(over))
    if all(one.holding.status is MandateStatus.LAPSED for one in over):
        said = _("Nobody acts for them until they are elected anew.")
    else:
        said = _("Who holds one acts on until somebody is elected.")
    return Answer(words.format(n=number_words(len(over))), " ".join(filter(None, [said, following])))


def _sections(entries: Sequence[_Entry], pages: Pages) -> list[Part]:
    if not entries:
        return [Empty(_("Nobody has been elected yet. Each election says until when, and it stands here."))]
    months = [(month, [one.line for one in group]) for month, group in groupby(entries, key=lambda one: one.month)]
    last = len(months) - 1
    return [
        Section(
            month or _("Past their term"),
            [Lines(lines, pages=pages if number == last else None, by_day=True)],
            wide=True,
        )
        for number, (month, lines) in enumerate(months)
    ]


def _month(one: Ends, day: date) -> str:
    if one.is_over(day):
        return ""
    name = str(MONTHS[one.on.month])
    words = name[:1].upper() + name[1:]
    return f"{words} {'de ' if in_spanish() else ''}{one.on.year}"


def _seats(found: Sequence[Ends], statute: Statute, day: date) -> Iterator[_Entry]:
    for one in found:
        held = one.holding
        words = queries.seat_words(statute, held.kind, held.number)
        seat = _("{seat} (alternate)").format(seat=words) if held.is_alternate else words
        status = status_of(held) if one.is_over(day) else None
        if one.follows:
            words_of = _("{name} follows on {day}")
            begins = day_words(one.follows.term.begins, weekday=False)
            status = Status(Sign.DONE, words_of.format(name=one.follows.name, day=begins))
        href = reverse("mandates:seat", args=[held.kind, held.number])
        yield _Entry(_month(one, day), Line(seat, until_words(held, day), held.name, href, status))


def _grouped(found: Sequence[Ends], statute: Statute, day: date) -> Iterator[_Entry]:
    for month, group in groupby(found, key=lambda one: _month(one, day)):
        for together in by_council(group):
            yield _Entry(month, _together(together, statute, is_over=not month))


def _together(one: EndsTogether, statute: Statute, *, is_over: bool) -> Line:
    count = ngettext("{n} mandate", "{n} mandates", one.count).format(n=number_words(one.count))
    if is_over:
        when = _("it ended on {day}") if one.count == 1 else _("the first ended on {day}")
    else:
        when = _("until {day}") if one.first == one.last else _("the first until {day}")
    href = f"{reverse('mandates:renewal')}?{urlencode({'council': one.council or COMMON})}"
    words = _council_words(statute, one.council)
    return Line(words, when.format(day=day_words(one.first, weekday=False)), count, href)


def _council_words(statute: Statute, slug: str | None) -> str:
    known = next((one for one in statute.councils if one.slug == slug), None)
    return known.name if known else _("The whole commune")
