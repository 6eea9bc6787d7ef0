"""The first page: what happens this week, what waits for me, what was decided and what became of it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import get_language, gettext as _, ngettext, pgettext

from comuna.acts.moment import day_now
from comuna.acts.proposals import open_proposals
from comuna.assemblies import queries as assemblies
from comuna.assemblies.models import Session
from comuna.assemblies.pages import week as assemblies_week
from comuna.assemblies.pages.decisions import state_of
from comuna.assemblies.pages.words import erased_or, organ_words, responsible_words
from comuna.assemblies.queries import ResolutionStanding
from comuna.elections.pages import week as elections_week
from comuna.journal.home import home
from comuna.journal.queries import commune_here
from comuna.look.days import Days, Happening, Week, in_order
from comuna.look.frame import Link, actor_of
from comuna.look.page import Page, show
from comuna.look.parts import (
    Answer,
    Beside,
    Column,
    Do,
    Empty,
    Line,
    Lines,
    Part,
    Section,
    Source,
    Table,
)
from comuna.look.words import day_words, hour_words, moment_words, number_words
from comuna.mandates.lapsing import over
from comuna.processes.pages import week as processes_week
from comuna.statutes import queries as statutes
from comuna.statutes.statute import Statute
from comuna.territory.models import Street
from comuna.territory.queries import council_of_person, streets
from comuna.web import awaiting, beginning

SHOWN = 5
HAPPENS_MAX = 12  # lines of the week: more are behind their rooms
AWAITS_MAX = 3

# Which rooms say what happens; one that is added puts its function here.
ROOMS: tuple[Callable[[Week], Iterable[Happening]], ...] = (
    assemblies_week.happens,
    elections_week.happens,
    processes_week.happens,
)


@dataclass(frozen=True)
class _Board:
    """What the first page needs of the commune, on its local day; ``street`` is the reader's, where she picked one."""

    week: Week
    statute: Statute
    street: Street | None = None


def this_week(request: HttpRequest) -> HttpResponse:
    """The notice board of the commune; before there is one, the way to found it."""
    return notice_board(request)


def notice_board(request: HttpRequest, street: Street | None = None) -> HttpResponse:
    """What happens in the commune, or what of it concerns a street."""
    commune, person = commune_here(), actor_of(request).person
    if commune is None:
        return show(request, _before_founding())
    day = day_now(commune)
    council = (street.council if street else None) or council_of_person(person)
    board = _Board(Week(commune, day, council), statutes.in_force(commune, day), street)
    coming = assemblies_week.sessions(board.week)
    begins = beginning.section(commune, board.statute, day)
    page = Page(
        title=_("This week in {street}").format(street=street.name) if street else _("This week"),
        answer=_answer(board, coming),
        next=_next(board, coming, is_signed_in=person is not None),
        facts=[
            *(_awaits(board, awaiting.lines(commune, person, day)) if person else []),
            *(begins if not coming else []),
            Beside([_happens(board, coming), _decisions(board)]),
            *(begins if coming else []),
            *_sign_ins(),
        ],
        source=Source(
            words=_("Everything here comes from the books, which nobody can change unseen."),
            links=[
                Link(_("What was recorded"), reverse("books:latest")),
                Link(_("Check a code from paper"), reverse("books:verification")),
                Link(_("Check a letter"), reverse("letters:check")),
            ],
        ),
    )
    return show(request, page)


def _before_founding() -> Page:
    return Page(
        title="Comuna",
        answer=Answer(
            _("Nothing has been founded here yet"),
            _("These books are empty. Whoever founds the commune names its promoters; then everything is recorded."),
        ),
        next=Do(_("Found the commune"), reverse("mandates:found")),
    )


def _answer(board: _Board, coming: list[Session]) -> Answer:
    today = board.week.today
    date_of_today = day_words(today, today=today)
    said_today = _("Today is {day}").format(day=date_of_today)
    if not coming:
        return Answer(_("No assembly is convened"), said_today)
    first, organ = coming[0], organ_words(board.statute, coming[0].organ)
    if first.sits_on == today:
        said = _("Today, {hour}: {organ}").format(hour=hour_words(first.sits_at), organ=organ)
        more = [_capital(date_of_today), first.place]
    else:
        moment = _capital(moment_words(first.sits_on, first.sits_at, today=today))
        said = _("{moment}: {organ}").format(moment=moment, organ=organ)
        more = [first.place, said_today]
    return Answer(said, " · ".join(part for part in more if part), assemblies_week.called_status(board.week, first))


def _next(board: _Board, coming: list[Session], *, is_signed_in: bool) -> Part:
    others: tuple[Link, ...] = ()
    if board.street or len(streets(board.week.commune)) > 1:
        others = (Link(_("Another street") if board.street else _("Choose my street"), reverse("streets")),)
    if _is_sample() and not is_signed_in:
        others = (*others, Link(_("Sign in to try it"), "#sample"))
    if coming:
        return Do(_("See what is on the agenda"), reverse("assemblies:session", args=[coming[0].id]), others)
    return Do(_("See the assemblies"), reverse("assemblies:sessions"), others)


def _awaits(board: _Board, lines: list[Line]) -> list[Section]:
    """What waits for whoever is signed in, the first few."""
    if not lines:
        return []
    mine = Link(_("Everything that waits for me"), reverse("mandates:my-mandate"))
    return [
        Section(
            _("What waits for me"),
            [Lines(lines[:AWAITS_MAX])],
            links=[mine] if len(lines) > AWAITS_MAX else [],
        )
    ]


def _happens(board: _Board, coming: list[Session]) -> Section:
    """Everything of the week but the session of which the heading speaks."""
    every = in_order([one for happens in ROOMS for one in happens(board.week)])
    first = reverse("assemblies:session", args=[coming[0].id]) if coming else ""
    found = [one for one in every if one.href != first]
    if coming:
        nothing = Empty(_("Nothing else this week."))
        words, words_of = _("Also this week"), _("Also this week in {street}")
    else:
        nothing = Empty(_("Nothing is convened. Whoever may convene does it, and everybody sees it here at once."))
        words, words_of = _("This week"), _("This week in {street}")
    all_of_them = [Line(_("All sessions"), href=reverse("assemblies:sessions"))]
    every_one = [Lines(all_of_them)] if len(found) > HAPPENS_MAX else []
    return Section(
        words_of.format(street=board.street.name) if board.street else words,
        [Days(found[:HAPPENS_MAX], nothing), *every_one, *_waiting(board)],
    )


def _waiting(board: _Board) -> list[Section]:
    """Proposals that several seats must sign and mandates past their term; no section where none waits."""
    lines = []
    if count := len(open_proposals(board.week.commune, board.week.today)):
        words = ngettext("{n} proposal waits for signatures", "{n} proposals wait for signatures", count)
        lines.append(Line(words.format(n=number_words(count)), href=reverse("books:proposals")))
    if count := len(over(board.week.commune, board.week.today)):
        words = ngettext("{n} mandate is past its term", "{n} mandates are past their term", count)
        lines.append(Line(words.format(n=number_words(count)), href=reverse("mandates:renewal")))
    return [Section(_("What waits"), [Lines(lines)])] if lines else []


def _decisions(board: _Board) -> Section:
    return Section(
        _("What was decided, and what became of it"),
        [_decided(board)],
        links=[Link(_("All decisions"), reverse("assemblies:resolutions"))],
    )


def _decided(board: _Board) -> Lines:
    lines = [
        Line(
            erased_or(one.text),
            _decided_words(board, one),
            _what_became(board, one),
            reverse("assemblies:resolution", args=[one.resolution.id]),
            state_of(one, board.week.today),
        )
        for one in _newest(board)
    ]
    return Lines(
        lines, Empty(_("Nothing has been decided yet. What an assembly decides stands here with what became of it."))
    )


def _newest(board: _Board) -> list[ResolutionStanding]:
    """The newest decisions, before them two that are past their day."""
    found = assemblies.resolutions(board.week.commune, slice(SHOWN))
    known = {one.resolution.id for one in found}
    late = [one for one in assemblies.open_resolutions(board.week.commune) if one.is_late(board.week.today)]
    return [*[one for one in late[-2:] if one.resolution.id not in known], *found][:SHOWN]


def _decided_words(board: _Board, one: ResolutionStanding) -> str:
    words = _("Decided on {day}").format(day=day_words(one.decided_on, today=board.week.today))
    return f"{words}, {pgettext('session', 'recorded from paper')}" if one.from_paper else words


def _what_became(board: _Board, one: ResolutionStanding) -> str:
    if one.said:
        return erased_or(one.said[-1].words)
    responsible = responsible_words(board.statute, one.resolution.responsible)
    if responsible is None:
        return ""
    if one.resolution.due_on is None:
        return _("{seat} answers for it").format(seat=responsible)
    due = day_words(one.resolution.due_on, today=board.week.today, weekday=False)
    return _("{seat} answers for it, until {day}").format(seat=responsible, day=due)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


# The sample


@lru_cache(maxsize=1)
def _demonstration(path: str) -> list[dict[str, str]]:
    """Whom one can sign in as. Only the sample's home has this file."""
    with open(path, encoding="utf-8") as file:
        read: list[dict[str, str]] = json.load(file)
    return read


def _is_sample() -> bool:
    return (home() / "demo.json").exists()


def _sign_ins() -> list[Section]:
    path = home() / "demo.json"
    if not _is_sample():
        return []
    language = "es" if (get_language() or "es").startswith("es") else "en"
    table = Table(
        _("Sign in as"),
        [Column(_("Who"), head=True), Column(_("Name")), Column(_("Password"))],
        [[_capital(one[f"who_{language}"]), one["name"], one["password"]] for one in _demonstration(str(path))],
    )
    return [
        Section(
            _("This is a sample: invented people in an invented commune"),
            [table],
            intro=_("Look around, or sign in as one of them and do what they may do."),
            links=[Link(_("Sign in"), reverse("mandates:sign-in"))],
            id="sample",
        )
    ]
