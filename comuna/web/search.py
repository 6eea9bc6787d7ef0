"""Looking for words in what assemblies did: ``/search/?q=...``. No sign-in is needed, nothing private is looked at.

Each kind of what is found has one line in ``KINDS``; the words come from each room's ``found.py``.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext as _, gettext_lazy, ngettext, pgettext

from comuna.acts import finding
from comuna.acts.rules import QUERY_LETTERS_MAX, snippet, terms_of
from comuna.assemblies import found as assemblies
from comuna.assemblies.models import Motion, PastMotion, PastSession, Resolution, Session, Statement
from comuna.assemblies.pages.past import past_motion_href
from comuna.assemblies.pages.past_words import (
    FROM_PAPERS,
    past_organ_words,
    past_session_words,
    result_status,
)
from comuna.assemblies.pages.reader import Reader, reader
from comuna.assemblies.pages.stating import withdrawn_status
from comuna.assemblies.pages.words import erased_or, organ_words, resolution_words, session_words, vote_status
from comuna.elections import found as elections
from comuna.elections.models import Election, Petition
from comuna.look.frame import Link
from comuna.look.page import Page, show
from comuna.look.parts import Answer, Empty, Filters, Line, Lines, Pages, Part, Search, Sign, Status, Text
from comuna.look.words import day_words, number_words
from comuna.mandates.queries import named, seat_words
from comuna.processes import found as processes, queries as runs
from comuna.processes.pages.words import process_words, run_status
from comuna.statutes import queries as statutes
from comuna.territory.rules import alphabetical

COUNTED_MAX = 1_000  # of more nobody reads the last page; the search says "more than"
YEARS_MAX = 30  # as links, the newest


@dataclass(frozen=True)
class _Shown:
    """How one of what is found is called."""

    title: str
    href: str
    organ: str = ""
    status: Status | None = None


def _decisions(one: Reader, ids: Collection[UUID]) -> dict[UUID, _Shown]:
    rows = Resolution.objects.filter(motion__in=ids)
    return {
        row.motion_id: _Shown(
            resolution_words(row),
            reverse("assemblies:resolution", args=[row.id]),
            organ_words(one.statute, row.organ),
        )
        for row in rows
    }


def _motions(one: Reader, ids: Collection[UUID]) -> dict[UUID, _Shown]:
    rows = Motion.objects.filter(pk__in=ids).select_related("session", "tally")
    return {
        row.id: _Shown(
            _("Motion {number}").format(number=number_words(row.number)),
            reverse("assemblies:session", args=[row.session_id]),
            session_words(one.statute, row.session),
            vote_status(getattr(row, "tally", None)),
        )
        for row in rows
    }


def _statements(one: Reader, ids: Collection[UUID]) -> dict[UUID, _Shown]:
    rows = Statement.objects.filter(pk__in=ids).select_related("resolution")
    return {
        row.id: _Shown(
            erased_or(row.title),
            reverse("assemblies:statement", args=[row.id]),
            organ_words(one.statute, row.resolution.organ),
            withdrawn_status(row),
        )
        for row in rows
    }


def _sessions(one: Reader, ids: Collection[UUID]) -> dict[UUID, _Shown]:
    rows = Session.objects.filter(pk__in=ids)
    return {
        row.id: _Shown(session_words(one.statute, row), reverse("assemblies:session", args=[row.id])) for row in rows
    }


def _past_sessions(one: Reader, ids: Collection[UUID]) -> dict[UUID, _Shown]:
    rows = PastSession.objects.filter(pk__in=ids)
    return {
        row.id: _Shown(
            past_session_words(one.statute, row),
            reverse("assemblies:past-session", args=[row.id]),
            past_organ_words(one.statute, row),
            Status(Sign.PLAIN, FROM_PAPERS),
        )
        for row in rows
    }


def _past_motions(one: Reader, ids: Collection[UUID]) -> dict[UUID, _Shown]:
    rows = PastMotion.objects.filter(pk__in=ids).select_related("session")
    return {
        row.id: _Shown(
            _("Motion {number}").format(number=number_words(row.number)),
            past_motion_href(row),
            past_session_words(one.statute, row.session),
            result_status(row),
        )
        for row in rows
    }


def _elections(one: Reader, ids: Collection[UUID]) -> dict[UUID, _Shown]:
    rows = Election.objects.filter(pk__in=ids).select_related("session")
    return {
        row.id: _Shown(
            _("Election: {seat}").format(seat=seat_words(one.statute, row.kind)),
            reverse("elections:election", args=[row.id]),
            session_words(one.statute, row.session),
        )
        for row in rows
    }


def _recalls(one: Reader, ids: Collection[UUID]) -> dict[UUID, _Shown]:
    rows = Petition.objects.filter(pk__in=ids).select_related("mandate__seat")
    return {
        row.id: _Shown(
            _("Recall: {seat}").format(seat=seat_words(one.statute, row.mandate.seat.kind, row.mandate.seat.number)),
            reverse("elections:recall", args=[row.id]),
        )
        for row in rows
    }


def _processes(one: Reader, ids: Collection[UUID]) -> dict[UUID, _Shown]:
    councils = statutes.councils_of(one.commune, one.day)
    return {
        each.run.id: _Shown(
            process_words(each.process, each.run.council, councils),
            reverse("processes:process", args=[each.run.id]),
            status=run_status(each),
        )
        for each in runs.standings(runs.runs(one.commune).filter(pk__in=ids), one.day)
    }


@dataclass(frozen=True)
class _Kind:
    words: str | Promise
    shown: Callable[[Reader, Collection[UUID]], dict[UUID, _Shown]]


KINDS = {
    assemblies.DECISION: _Kind(gettext_lazy("decisions"), _decisions),
    assemblies.MOTION: _Kind(gettext_lazy("other motions"), _motions),
    assemblies.STATEMENT: _Kind(gettext_lazy("statements"), _statements),
    assemblies.SESSION: _Kind(gettext_lazy("sessions"), _sessions),
    assemblies.PAST_SESSION: _Kind(gettext_lazy("sessions from earlier papers"), _past_sessions),
    assemblies.PAST_MOTION: _Kind(gettext_lazy("motions from earlier papers"), _past_motions),
    elections.ELECTION: _Kind(gettext_lazy("elections"), _elections),
    elections.RECALL: _Kind(gettext_lazy("recalls"), _recalls),
    processes.PROCESS: _Kind(gettext_lazy("processes"), _processes),
}


def search(request: HttpRequest) -> HttpResponse:
    """What is found, the newest day first; what to type, where nothing was typed."""
    one = reader(request)
    query = " ".join(request.GET.get("q", "")[:QUERY_LETTERS_MAX].split())
    years = finding.years()[-YEARS_MAX:]
    kind, year = request.GET.get("kind", ""), request.GET.get("year", "")
    known_year = next((each for each in years if str(each) == year), None)
    council = next((each.slug for each in one.statute.councils if each.slug == request.GET.get("council")), "")
    asked = finding.Asked(terms_of(query), kind if kind in KINDS else "", known_year, council)
    keys = finding.found(asked, COUNTED_MAX + 1)
    count = len(keys)
    pages = Pages.asked(request.GET.get("page", ""), min(count, COUNTED_MAX), f"{_href(query, asked)}&page={{page}}")
    facts: list[Part] = [Search(_("What to look for"), value=query, keep=_kept(asked))]
    if asked.terms:
        facts += [
            *_filters(one, query, asked, years),
            Lines(_lines(one, asked, keys[pages.lines]), _nothing(query, asked), pages),
        ]
    else:
        facts.append(Text(EXPLAINED))
    page = Page(
        title=_("Search"),
        answer=_answer(asked, count),
        facts=facts,
    )
    response = show(request, page)
    response.is_one_of_many = True  # type: ignore[attr-defined]  # read by web.cache
    return response


EXPLAINED = gettext_lazy(
    "Sessions with their agenda, motions, decisions and what became of them, statements, elections, recalls and"
    " processes: whatever anybody may read.\n\nAccents and capitals make no difference, and the beginning of a word is"
    " enough: “tuber” finds “tubería”. All the words must be there."
)


def _answer(asked: finding.Asked, count: int) -> Answer:
    if not asked.terms:
        return Answer(_("Search what was decided"))
    if not count:
        return Answer(_("Nothing was found"))
    if count > COUNTED_MAX:
        return Answer(
            _("Results: more than {n}").format(n=number_words(COUNTED_MAX)), _("One more word, or a year, finds fewer.")
        )
    return Answer(ngettext("{n} result", "{n} results", count).format(n=number_words(count)))


def _nothing(query: str, asked: finding.Asked) -> Empty:
    words = _("All the words must be there. Fewer or shorter words find more.")
    if asked.kind or asked.year or asked.council:
        return Empty(words, Link(_("Search in everything"), _href(query, finding.Asked(asked.terms))))
    return Empty(words, Link(_("All decisions"), f"{reverse('assemblies:resolutions')}?show=all"))


def _kept(asked: finding.Asked) -> tuple[tuple[str, str], ...]:
    chosen = (("kind", asked.kind), ("year", str(asked.year or "")), ("council", asked.council))
    return tuple((name, value) for name, value in chosen if value)


def _href(query: str, asked: finding.Asked) -> str:
    chosen = {"q": query, "kind": asked.kind, "year": asked.year or "", "council": asked.council}
    return f"?{urlencode({name: value for name, value in chosen.items() if value})}".replace("{", "%7B")


def _filters(one: Reader, query: str, asked: finding.Asked, years: Iterable[int]) -> list[Part]:
    def link(words: str | Promise, current: bool, **other: Any) -> Link:
        return Link(words, _href(query, asked._replace(**other)), current=current)

    kinds = [link(pgettext("found", "everything"), not asked.kind, kind="")]
    kinds += [link(each.words, name == asked.kind, kind=name) for name, each in KINDS.items()]
    found: list[Part] = [Filters(_("Show"), kinds, folded=True)]
    if one.statute.level is not None and one.statute.councils:
        councils = [link(pgettext("council", "all"), not asked.council, council="")]
        councils += [
            link(each.name, each.slug == asked.council, council=each.slug)
            for each in sorted(one.statute.councils, key=lambda each: alphabetical(each.name))
        ]
        found.append(Filters(named(one.statute.level.many), councils, folded=True))
    several = sorted(years, reverse=True)
    if len(several) > 1:
        links = [link(pgettext("years", "all"), asked.year is None, year=None)]
        links += [link(str(each), each == asked.year, year=each) for each in several]
        found.append(Filters(_("Year"), links, folded=True))
    return found


def _lines(one: Reader, asked: finding.Asked, keys: Sequence[int]) -> Sequence[Line]:
    """About a dozen statements, whatever is found."""
    hits = finding.kinds(keys)
    of_kind: dict[str, list[UUID]] = {}
    for id, kind in hits:
        of_kind.setdefault(kind, []).append(id)
    shown = {id: each for kind, ids in of_kind.items() for id, each in KINDS[kind].shown(one, ids).items()}
    documents = finding.documents(of_kind)
    return [
        Line(
            shown[id].title,
            when=day_words(documents[id].day, today=one.day, weekday=False),
            more=shown[id].organ,
            href=shown[id].href,
            status=shown[id].status,
            piece=snippet(" · ".join(filter(None, documents[id].words)), asked.terms),
        )
        for id, _kind in hits
        if id in shown and id in documents  # a row that somebody took away beside the books is no error here
    ]
