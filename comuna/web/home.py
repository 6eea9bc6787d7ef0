"""The first page: what comes, what waits, what was decided and what became of it. No sign-in is needed."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import get_language, gettext as _, ngettext, pgettext

from comuna.acts.moment import day_now
from comuna.acts.proposals import open_proposals
from comuna.assemblies import queries as assemblies
from comuna.assemblies.models import Session
from comuna.assemblies.pages.words import erased_or, organ_words, responsible_words
from comuna.assemblies.queries import ResolutionStanding
from comuna.journal.home import home
from comuna.journal.queries import commune_here
from comuna.look.frame import Link
from comuna.look.page import Page, show
from comuna.look.parts import (
    Answer,
    Column,
    Do,
    Empty,
    Line,
    Lines,
    Part,
    Section,
    Sign,
    Source,
    Status,
    Table,
)
from comuna.look.words import day_words, hour_words, moment_words, number_words
from comuna.mandates.lapsing import over
from comuna.statutes import queries as statutes
from comuna.statutes.statute import Statute
from comuna.web import beginning

SHOWN = 5


@dataclass(frozen=True)
class _Board:
    """What the first page needs of the commune, on its local day."""

    commune: UUID
    day: date
    statute: Statute


def this_week(request: HttpRequest) -> HttpResponse:
    """The notice board of the commune; before there is one, the way to found it."""
    commune = commune_here()
    if commune is None:
        return show(request, _before_founding())
    day = day_now(commune)
    board = _Board(commune, day, statutes.in_force(commune, day))
    coming = [session for session in assemblies.coming(commune, day)[:SHOWN] if not _is_cancelled(session)]
    page = Page(
        title=_("This week"),
        answer=_answer(board, coming),
        next=_next(coming),
        facts=[
            *beginning.section(commune, board.statute, day),
            Section(_("What comes"), [_coming(board, coming)]),
            *_waiting(board),
            *_sign_ins(),
            Section(
                _("What was decided, and what became of it"),
                [_decided(board)],
                links=[Link(_("All decisions"), reverse("assemblies:resolutions"))],
            ),
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


def _is_cancelled(session: Session) -> bool:
    return bool(assemblies.ended([session])[1])


def _answer(board: _Board, coming: list[Session]) -> Answer:
    today = _("Today is {day}").format(day=day_words(board.day))
    if not coming:
        return Answer(_("No assembly is convened"), today)
    first = coming[0]
    words = _("Today, {hour}: {organ}") if first.day == board.day else _("{moment}: {organ}")
    said = words.format(
        hour=hour_words(first.hour),
        moment=_capital(moment_words(first.day, first.hour, today=board.day)),
        organ=organ_words(board.statute, first.organ),
    )
    return Answer(said, " · ".join(part for part in (first.place, today) if part))


def _next(coming: list[Session]) -> Part:
    others = (Link(_("Who decides what here"), reverse("mandates:who-decides")),)
    if coming:
        return Do(_("See what is on the agenda"), reverse("assemblies:session", args=[coming[0].id]), others)
    return Do(_("See the assemblies"), reverse("assemblies:sessions"), others)


def _coming(board: _Board, coming: list[Session]) -> Lines:
    lines = [
        Line(
            organ_words(board.statute, session.organ),
            _capital(moment_words(session.day, session.hour, today=board.day)),
            session.place,
            reverse("assemblies:session", args=[session.id]),
            _when(session.day, board.day),
        )
        for session in coming
    ]
    return Lines(
        lines, Empty(_("Nothing is convened. Whoever may convene does it, and everybody sees it here at once."))
    )


def _when(day: date, today: date) -> Status:
    days = (day - today).days
    if days == 0:
        return Status(Sign.WAITING, _("today"))
    if days == 1:
        return Status(Sign.WAITING, _("tomorrow"))
    return Status(Sign.WAITING, ngettext("in {n} day", "in {n} days", days).format(n=number_words(days)))


def _waiting(board: _Board) -> list[Section]:
    """Proposals that several seats must sign and mandates past their term; no section where none waits."""
    lines = []
    if count := len(open_proposals(board.commune, board.day)):
        words = ngettext("{n} proposal waits for signatures", "{n} proposals wait for signatures", count)
        lines.append(Line(words.format(n=number_words(count)), href=reverse("books:proposals")))
    if count := len(over(board.commune, board.day)):
        words = ngettext("{n} mandate is past its term", "{n} mandates are past their term", count)
        lines.append(Line(words.format(n=number_words(count)), href=reverse("mandates:renewal")))
    return [Section(_("What waits"), [Lines(lines)])] if lines else []


def _decided(board: _Board) -> Lines:
    found = assemblies.resolutions(board.commune, slice(SHOWN))
    lines = [
        Line(
            erased_or(one.text),
            _decided_words(board, one),
            _what_became(board, one),
            reverse("assemblies:resolution", args=[one.resolution.id]),
            _standing(board, one),
        )
        for one in found
    ]
    return Lines(
        lines, Empty(_("Nothing has been decided yet. What an assembly decides stands here with what became of it."))
    )


def _decided_words(board: _Board, one: ResolutionStanding) -> str:
    words = _("Decided on {day}").format(day=day_words(one.decided_on, today=board.day))
    return f"{words}, {pgettext('session', 'recorded from paper')}" if one.from_paper else words


def _what_became(board: _Board, one: ResolutionStanding) -> str:
    if one.said:
        return erased_or(one.said[-1].words)
    responsible = responsible_words(board.statute, one.resolution.responsible)
    if responsible is None:
        return ""
    if one.resolution.due_on is None:
        return _("{seat} answers for it").format(seat=responsible)
    due = day_words(one.resolution.due_on, today=board.day, weekday=False)
    return _("{seat} answers for it, until {day}").format(seat=responsible, day=due)


def _standing(board: _Board, one: ResolutionStanding) -> Status:
    if one.is_done:
        return Status(Sign.DONE, _("done"))
    if one.is_late(board.day):
        return Status(Sign.REFUSED, _("past its day"))
    return Status(Sign.WAITING, _("not yet"))


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


# The sample


@lru_cache(maxsize=1)
def _demonstration(path: str) -> list[dict[str, str]]:
    """Whom one can sign in as. Only the sample's home has this file."""
    with open(path, encoding="utf-8") as file:
        read: list[dict[str, str]] = json.load(file)
    return read


def _sign_ins() -> list[Section]:
    path = home() / "demo.json"
    if not path.exists():
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
        )
    ]
