"""Observations: making one, reading what was asked and answered, answering and closing it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from comuna.look.act_page import act_page
from comuna.look.frame import Link, Words
from comuna.look.page import Page, show
from comuna.look.parts import (
    Answer,
    Do,
    Empty,
    Fact,
    Facts,
    Line,
    Lines,
    Pages,
    Part,
    Section,
    Sign,
    Source,
    Status,
    Text,
    Value,
    WhoCan,
)
from comuna.look.words import day_words
from comuna.mandates.queries import who_may
from comuna.territory.pages.reader import Reader, id_in, reader_of
from comuna.treasury.acts.observing import AnswerObservation, CloseObservation, Observe, WithdrawObservation
from comuna.treasury.models import Book, BudgetLine, Entry
from comuna.treasury.models.observations import Observation
from comuna.treasury.pages.reader import address, book_or_404, may_in
from comuna.treasury.pages.words import book_name, line_words, words_of
from comuna.treasury.queries.observations import ever_made, open_in

LETTERS_SHOWN = 90


def lines_of(reader: Reader, found: Iterable[Observation]) -> list[Line]:
    return [
        Line(
            _short(one.words) or _("Erased"),
            _when_words(one, reader),
            _about_words(one, reader),
            reverse("treasury:observation", args=[one.id]),
            state_of(one, reader),
        )
        for one in found
    ]


def _when_words(one: Observation, reader: Reader) -> str:
    """When it is to be answered, or was last."""
    answered = max((each.day for each in one.answers.all()), default=None)
    if answered is not None:
        return _("Answer of {day}").format(day=day_words(answered, today=reader.day, weekday=False))
    return _("answer due {day}").format(day=day_words(one.due, today=reader.day, weekday=False))


def open_section(reader: Reader, **which: object) -> list[Part]:
    """What waits, of the commune, a book, an entry or a line: for the organ, then for whoever asked; nothing where
    nothing waits."""
    found = open_in(reader.commune, **which)
    sides = {
        _("Open observations"): [one for one in found if not is_answered(one)],
        _("Answered observations"): [one for one in found if is_answered(one)],
    }
    return [Section(heading, [Lines(lines_of(reader, side))]) for heading, side in sides.items() if side]


def is_answered(one: Observation) -> bool:
    """Who asked, or a comptroller, closes it then, or it is answered again."""
    return bool(one.answers.all())


def _short(words: str) -> str:
    first = words.split("\n", 1)[0]
    return first if len(first) <= LETTERS_SHOWN else f"{first[:LETTERS_SHOWN].rstrip()}…"


def state_of(one: Observation, reader: Reader) -> Status:
    if one.closed_on is not None:
        return Status(Sign.DONE, _("closed"))
    if is_answered(one):
        return Status(Sign.PLAIN, _("answered, waits for who asked"))
    if one.due < reader.day:
        return Status(Sign.REFUSED, _("answer is late"))
    return Status(Sign.WAITING, _("waits for an answer"))


def _about_words(one: Observation, reader: Reader) -> str:
    if one.entry is not None:
        return _("Entry {folio}: {words}").format(folio=one.entry.folio, words=words_of(one.entry))
    if one.line is not None:
        return line_words(one.line)
    if one.rendering is not None:
        return _("Accounts until {day}").format(day=day_words(one.rendering.through, weekday=False))
    return book_name(one.book, reader.day)


def observations(request: HttpRequest, id: UUID) -> HttpResponse:
    """All that were made about a book, the newest first."""
    reader = reader_of(request)
    here = book_or_404(reader, id)
    found = ever_made(reader.commune, book=here)
    pages = Pages.asked(request.GET.get("page", ""), len(found))
    standing = [one for one in found if one.closed_on is None]
    answered = sum(is_answered(one) for one in standing)
    counted = [_("Open: {n}").format(n=len(standing) - answered)]
    if answered:
        counted.append(_("answered, wait for who asked: {n}").format(n=answered))
    page = Page(
        title=_("Observations"),
        room=book_name(here, reader.day),
        room_href=reverse("treasury:book", args=[here.id]),
        answer=Answer(
            _("Observations on this book: {n}").format(n=len(found)),
            "; ".join(counted) if found else "",
        ),
        next=Do(Observe.label, address("to-observe", book=here.id)),
        facts=[Lines(lines_of(reader, found[pages.lines]), Empty(_("Nobody asked anything yet.")), pages)],
    )
    return show(request, page)


def _or_404(reader: Reader, id: UUID) -> Observation:
    found = (
        Observation.objects.filter(pk=id, commune=reader.commune)
        .select_related("book", "entry", "line", "rendering")
        .first()
    )
    if not isinstance(found, Observation):
        raise Http404
    return found


def observation(request: HttpRequest, id: UUID) -> HttpResponse:
    reader = reader_of(request)
    here = _or_404(reader, id)
    answers = list(here.answers.order_by("born"))
    asked = Section(_("What was asked"), [Text(here.words or _("Erased"))])
    said = [
        Section(_("Answer of {day}").format(day=day_words(one.day, weekday=False)), [Text(one.words or _("Erased"))])
        for one in answers
    ]
    page = Page(
        title=_("Observation"),
        room=_("Observations"),
        room_href=reverse("treasury:observations", args=[here.book_id]),
        answer=Answer(
            _("Observation: {about}").format(about=_about_words(here, reader)), status=state_of(here, reader)
        ),
        next=_next(reader, here),
        facts=[asked, *said, Facts(_facts(reader, here))],
        source=Source(links=[Link(_("Thread of the observation"), reverse("books:thread", args=[here.id]))]),
    )
    return show(request, page)


def _facts(reader: Reader, here: Observation) -> list[Fact]:
    about: Value = Link(book_name(here.book, reader.day), reverse("treasury:book", args=[here.book_id]))
    if here.entry is not None:
        about = Link(_about_words(here, reader), reverse("treasury:entry", args=[here.entry_id]))
    elif here.line is not None:
        about = Link(_about_words(here, reader), reverse("treasury:line", args=[here.line_id]))
    elif here.rendering is not None:
        about = Link(_about_words(here, reader), reverse("treasury:rendering", args=[here.rendering_id]))
    facts = [Fact(_("About"), about), Fact(_("Asked on"), here.day), Fact(_("Answer due"), here.due)]
    return [*facts, Fact(_("Closed on"), here.closed_on)] if here.closed_on else facts


def _next(reader: Reader, here: Observation) -> Do | WhoCan | None:
    if here.closed_on is not None:
        return None
    links = []
    if may_in(reader, AnswerObservation, here.book.organ):
        links.append(Link(AnswerObservation.label, address("to-answer-observation", observation=here.id)))
    if here.observer is not None and reader.person == here.observer:
        links.append(Link(WithdrawObservation.label, address("to-withdraw-observation", observation=here.id)))
    if reader.may(CloseObservation, here.book):
        links.append(Link(CloseObservation.label, address("to-close-observation", observation=here.id)))
    if links:
        return Do(links[0].words, links[0].href, tuple(links[1:]))
    holders = who_may(reader.commune, AnswerObservation.verb, reader.day, organ=here.book.organ)
    return WhoCan(AnswerObservation.label, list(dict.fromkeys(one.words for one in holders)))


def observe(request: HttpRequest) -> HttpResponse:
    """``?entry=`` or ``?line=`` say about what of the book of ``?book=``."""
    reader = reader_of(request)
    book = book_or_404(reader, id_in(request, "book"))
    entry = _asked(request, "entry", Entry, book, "book")
    line = _asked(request, "line", BudgetLine, book, "budget__book")
    initial: dict[str, Any] = {"book": book.id}
    fixed: dict[str, Words] = {"book": book_name(book, reader.day), "entry": "", "line": ""}
    back = reverse("treasury:book", args=[book.id])
    if isinstance(entry, Entry):
        initial["entry"], fixed["entry"] = entry.id, f"{entry.folio}: {words_of(entry)}"
        back = reverse("treasury:entry", args=[entry.id])
    if isinstance(line, BudgetLine):
        initial["line"], fixed["line"] = line.id, line_words(line)
        back = reverse("treasury:line", args=[line.id])
    return act_page(
        request,
        Observe,
        room=book_name(book, reader.day),
        room_href=reverse("treasury:book", args=[book.id]),
        initial=initial,
        fixed=fixed,
        on_done=lambda done: HttpResponseRedirect(reverse("treasury:observation", args=[done.id])),
        cancel=back,
    )


def _asked(request: HttpRequest, name: str, model: type[Entry] | type[BudgetLine], book: Book, of: str) -> object:
    if not (request.GET.get(name) or request.POST.get(name)):
        return None
    return model.objects.filter(**{"pk": id_in(request, name), of: book}).first()


def answer(request: HttpRequest) -> HttpResponse:
    return _form(request, AnswerObservation, in_organ=True)


def close(request: HttpRequest) -> HttpResponse:
    return _form(request, CloseObservation)


def withdraw(request: HttpRequest) -> HttpResponse:
    return _form(request, WithdrawObservation)


Closing = type[AnswerObservation] | type[CloseObservation] | type[WithdrawObservation]


def _form(request: HttpRequest, act: Closing, *, in_organ: bool = False) -> HttpResponse:
    reader = reader_of(request)
    here = _or_404(reader, id_in(request, "observation"))
    back = reverse("treasury:observation", args=[here.id])
    return act_page(
        request,
        act,
        room=_("Observations"),
        room_href=reverse("treasury:observations", args=[here.book_id]),
        initial={"observation": here.id},
        fixed={"observation": _short(here.words) or _("Erased")},
        organ=here.book.organ if in_organ else None,
        on_done=lambda done: HttpResponseRedirect(back),
        cancel=back,
    )
