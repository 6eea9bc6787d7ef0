"""A year on one page: every organ in figures; one organ's sessions as a chart of who came, and what it decided."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _, ngettext, pgettext

from comuna.assemblies import queries
from comuna.assemblies.pages.decisions import state_of
from comuna.assemblies.pages.reader import Reader, reader
from comuna.assemblies.pages.words import erased_or, organ_words, resolution_words, responsible_words
from comuna.assemblies.queries import ResolutionStanding
from comuna.assemblies.queries.year import Met, OrganYear
from comuna.look.frame import Link, Words
from comuna.look.page import Page, show
from comuna.look.parts import (
    Answer,
    Bar,
    BarLine,
    Bars,
    Column,
    Empty,
    Figure,
    Figures,
    Filters,
    Line,
    Lines,
    Pages,
    Part,
    Section,
    Sign,
    Source,
    Status,
    Table,
    Text,
    Value,
)
from comuna.look.words import day_words, number_words, share_words
from comuna.statutes.councils import Council, council_in

DECISIONS = 40  # on one page, which a commune decides in a year


def year(request: HttpRequest, year: int) -> HttpResponse:
    """All organs, or the one asked for. A commune in which one organ met shows that one; of several councils each has
    a line, and its organs a page."""
    one = reader(request)
    known = queries.years(one.commune)
    if year not in known and year != one.day.year:
        raise Http404
    organs = queries.organ_years(one.commune, year)
    organ = request.GET.get("organ", "")[:80] or (organs[0].organ if len(organs) == 1 else "")
    chosen = next((each for each in organs if each.organ == organ), None)
    if organ and chosen is None and organ not in queries.organs_that_met(one.commune):
        raise Http404
    council = next((each for each in one.statute.councils if each.slug == request.GET.get("council")), None)
    if "council" in request.GET and council is None:
        raise Http404
    if council is not None:
        organs = [each for each in organs if council_in(each.organ) == council.slug]
    whose = organ_words(one.statute, organ) if organ else council.name if council else ""
    page = Page(
        title=_("The year {year}").format(year=year),
        room=_("Assemblies"),
        room_href=reverse("assemblies:sessions"),
        answer=_answer(year, organs, organ, whose),
        facts=[
            *_filters(known, year, organ, council.slug if council else ""),
            *(_one_organ(request, one, year, organ, chosen) if organ else _organs(one, year, organs, council)),
        ],
        source=Source(
            words=_("Counted from the calls, votes and reports in the books."),
            links=[Link(_("What was decided, and what became of it"), reverse("assemblies:resolutions"))],
        ),
    )
    return show(request, page)


def _answer(year: int, organs: Sequence[OrganYear], organ: str, whose: Words) -> Answer:
    counted = [each for each in organs if not organ or each.organ == organ]
    sessions, decisions = sum(each.sessions for each in counted), sum(each.decisions for each in counted)
    words = _("{year}: {sessions}, {decisions}").format(
        year=year,
        sessions=ngettext("{n} session", "{n} sessions", sessions).format(n=number_words(sessions)),
        decisions=ngettext("{n} decision", "{n} decisions", decisions).format(n=number_words(decisions)),
    )
    return Answer(words, whose)


def _filters(known: Sequence[int], year: int, organ: str, council: str) -> list[Part]:
    asked = f"?organ={organ}" if organ else f"?council={council}" if council else ""
    links = [Link(str(each), f"{_href(each)}{asked}", current=each == year) for each in known]
    return [Filters(_("Year"), links)] if len(known) > 1 else []


def _href(year: int) -> str:
    return reverse("assemblies:year", args=[year])


# Every organ


def _organs(one: Reader, year: int, organs: Sequence[OrganYear], council: Council | None) -> list[Part]:
    """The commune's own organs; then its councils, each in one line. Of a council that was asked for its organs."""
    own = [each for each in organs if council or council_in(each.organ) is None]
    rows = [
        _row(Link(organ_words(one.statute, each.organ), f"{_href(year)}?organ={each.organ}"), [each]) for each in own
    ]
    words = Text(_("Done: of the decisions for which a seat answers, or which have a day."))
    links = [Link(_("The whole commune"), _href(year))] if council else []
    found: list[Part] = [_table(_("Each organ"), _("Organ"), rows, links)]
    if one.statute.councils and council is None:
        found.append(_table(_("Each council"), _("Council"), list(_councils(one, year, organs)), []))
    return [*found, words]


def _councils(one: Reader, year: int, organs: Sequence[OrganYear]) -> Iterator[list[Value]]:
    """With the organs of each counted together, in the order of their names."""
    for council in sorted(one.statute.councils, key=lambda each: each.name.casefold()):
        link = Link(council.name, f"{_href(year)}?council={council.slug}")
        yield _row(link, [each for each in organs if council_in(each.organ) == council.slug])


def _row(link: Link, organs: Sequence[OrganYear]) -> list[Value]:
    done, tasks = sum(each.done for each in organs), sum(each.tasks for each in organs)
    of_which = _("{done} of {tasks}").format(done=number_words(done), tasks=number_words(tasks)) if tasks else "–"
    return [
        link,
        sum(each.sessions for each in organs),
        sum(each.quorate for each in organs),
        sum(each.decisions for each in organs),
        of_which,
    ]


def _table(heading: str, first: str, rows: list[list[Value]], links: list[Link]) -> Section:
    columns = [
        Column(first, head=True),
        Column(_("Sessions"), number=True),
        Column(capfirst(_("with quorum")), number=True),
        Column(_("Decisions"), number=True),
        Column(capfirst(_("of which done")), number=True),
    ]
    nothing = Empty(_("No organ was called together this year."))
    return Section(heading, [Table(heading, columns, rows, empty=nothing)], links=links, wide=True)


# One organ


def _one_organ(request: HttpRequest, one: Reader, year: int, organ: str, figures: OrganYear | None) -> list[Part]:
    met = queries.met(one.commune, year, organ)
    total = figures.decisions if figures else 0
    pages = Pages.asked(request.GET.get("page", ""), total, f"?organ={organ}&page={{page}}", per_page=DECISIONS)
    decided = queries.decided(one.commune, year, organ, pages.lines)
    facts: list[Part] = []
    if figures is not None:
        facts.append(
            Figures(
                [
                    Figure(_("Sessions with quorum"), share_words(figures.quorate, figures.sessions)),
                    Figure(_("Came, on average"), _average(met)),
                    Figure(_("Decisions done"), share_words(figures.done, figures.tasks) if figures.tasks else "–"),
                ]
            )
        )
    nothing = Empty(_("This organ was not called together this year."))
    bars = Bars(
        caption=_("Who came to each session, and how many the quorum asked for"),
        heads=(_("Day"), _("Present"), _("Quorum")),
        lines=[_bar(one, each) for each in met],
        empty=nothing,
    )
    lines = [_line(one, each) for each in decided]
    none = Empty(_("Nothing was decided this year."))
    return [
        *facts,
        Section(_("Attendance and quorum"), [bars], wide=True),
        Section(_("What was decided, and what became of it"), [Lines(lines, none, pages)]),
    ]


def _average(met: Sequence[Met]) -> str:
    """Of those entitled, over the sessions that were called."""
    shares = [(each.call.present, each.call.roll) for each in met if each.call and each.call.roll]
    if not shares:
        return "–"
    return _("{share} %").format(share=number_words(round(100 * sum(p / r for p, r in shares) / len(shares))))


def _bar(one: Reader, each: Met) -> BarLine:
    day = day_words(each.day, weekday=False, today=one.day)
    href = reverse("assemblies:session", args=[each.session])
    if each.call is None:
        words = pgettext("session", "cancelled") if each.cancelled else _("nobody was counted")
        return BarLine(day, href, None, Status(Sign.PLAIN, words))
    call = each.call
    return BarLine(day, href, Bar(_("Present"), call.present, max(call.roll, call.needed), call.needed, _("Quorum")))


def _line(one: Reader, each: ResolutionStanding) -> Line:
    answers = responsible_words(one.statute, each.resolution.responsible)
    return Line(
        erased_or(each.text)[:160],
        when=day_words(each.decided_on, weekday=False, today=one.day),
        more=", ".join(filter(None, [resolution_words(each.resolution), answers])),
        href=reverse("assemblies:resolution", args=[each.resolution.id]),
        status=state_of(each, one.day),
    )
