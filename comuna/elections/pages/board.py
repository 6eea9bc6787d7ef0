"""What was voted for seats, and where each recall stands."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _, ngettext

from comuna.assemblies.pages.reader import Reader, reader
from comuna.elections import queries
from comuna.elections.acts import AskRecall, PetitionRecall, RecordElection
from comuna.elections.pages.words import next_words, recall_words, stage_status
from comuna.elections.rules import Outcome
from comuna.look.frame import Link, actor_of
from comuna.look.page import Page, show
from comuna.look.parts import Answer, Do, Empty, Line, Lines, Part, Section, Sign, Status
from comuna.look.words import day_words, number_words
from comuna.mandates import queries as mandates
from comuna.territory.queries import display_name

NAMES_MAX = 2  # of principals, on one line


def board(request: HttpRequest) -> HttpResponse:
    """Recalls under way, elections, and who may not stand for now."""
    one = reader(request)
    under_way_now = queries.open_recalls(one.commune, one.day)
    waiting, recalls = len(under_way_now), [*under_way_now, *queries.closed_recalls(one.commune, one.day)]
    under_way = ngettext("{n} recall is under way", "{n} recalls are under way", waiting)
    page = Page(
        title=_("Elections and recalls"),
        answer=Answer(under_way.format(n=number_words(waiting)) if waiting else _("No recall is under way")),
        next=_next(request, one),
        facts=[
            Section(_("Recalls"), [_recall_lines(recalls, one)], wide=True),
            Section(_("Elections"), [_election_lines(queries.elections(one.commune))], wide=True),
            *_barred(one),
        ],
    )
    return show(request, page)


def _next(request: HttpRequest, one: Reader) -> Part | None:
    if actor_of(request).person is None:
        return None
    asking = AskRecall if one.may(AskRecall, None) else PetitionRecall
    ask = Link(asking.label, reverse("elections:ask" if asking is AskRecall else "elections:petition"))
    running = queries.sessions_that_elect(one.commune, one.day)
    if running and one.may(RecordElection, running[0].organ):
        return Do(RecordElection.label, f"{reverse('elections:record')}?session={running[0].id}", (ask,))
    return Do(ask.words, ask.href)


def _recall_lines(recalls: Sequence[queries.RecallStanding], one: Reader) -> Lines:
    lines = [
        Line(
            recall_words(recall),
            when=day_words(recall.petition.day, today=one.day),
            more=". ".join(filter(None, [recall.ground_words, next_words(recall, one.day)])),
            href=reverse("elections:recall", args=[recall.petition.id]),
            status=stage_status(recall.stage),
        )
        for recall in recalls
    ]
    return Lines(lines, Empty(_("Nobody has asked for a recall. Any neighbour with an account may begin one.")))


def _election_lines(held: Sequence[queries.ElectionStanding]) -> Lines:
    lines = [
        Line(
            one.kind_words,
            when=day_words(one.session.sits_on),
            more=_elected(one),
            href=reverse("elections:election", args=[one.election.id]),
            status=Status(Sign.WAITING, _("a tie waits for a further vote")) if one.tied else None,
        )
        for one in held
    ]
    empty = Empty(_("No election was recorded yet. It is written down in the session that votes."))
    return Lines(lines, empty, by_day=True)


def _elected(one: queries.ElectionStanding) -> str:
    """``Ana Paredes; 2 people elected``; of many principals only the number."""
    count = len(one.of(Outcome.PRINCIPAL, Outcome.ALTERNATE))
    words = ngettext("{n} person elected", "{n} people elected", count).format(n=number_words(count))
    principals = one.of(Outcome.PRINCIPAL)
    if len(principals) > NAMES_MAX:
        return words
    return "; ".join([*(row.public_name or display_name(row.person) for row in principals), words])


def _barred(one: Reader) -> list[Section]:
    """Who was recalled and may not take a seat yet; nothing where nobody is."""
    rows = queries.barred(one.commune, one.day)
    if not rows:
        return []
    lines = [
        Line(
            row.mandate.public_name or row.mandate.person.initials or "—",
            when=_("until {day}").format(day=day_words(row.until)),
            more=mandates.seat_words(one.statute, row.mandate.seat.kind, row.mandate.seat.number),
            href=reverse("books:thread", args=[row.act]),
        )
        for row in rows
    ]
    return [Section(_("Who may not take a seat for now"), [Lines(lines)], wide=True)]
