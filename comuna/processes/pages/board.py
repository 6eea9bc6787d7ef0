"""The processes of the commune: which run and what is due next, and which the statute has."""

from __future__ import annotations

from collections import Counter

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _, ngettext

from comuna.look.frame import Link
from comuna.look.page import Page, show
from comuna.look.parts import (
    Answer,
    Do,
    Empty,
    Line,
    Lines,
    Pages,
    Part,
    Section,
    Source,
)
from comuna.look.words import day_words, list_words, number_words
from comuna.mandates.queries import named
from comuna.processes import queries
from comuna.processes.acts import BeginProcess
from comuna.processes.pages.words import next_words, process_words, run_status
from comuna.processes.queries import Standing
from comuna.statutes import queries as statutes, words
from comuna.statutes.pages.rules import seat_names
from comuna.statutes.processes import Begins, Process, ProcessStep
from comuna.statutes.statute import Statute
from comuna.territory.pages.reader import Reader, reader_of


def board(request: HttpRequest) -> HttpResponse:
    """Every process, the newest first; then those of the statute with their steps and days."""
    reader = reader_of(request)
    running = queries.open_runs(reader.commune, reader.day)
    may = reader.person is not None and reader.may(BeginProcess)
    page = Page(
        title=_("Processes"),
        room=_("Renewal"),
        room_href=reverse("mandates:renewal"),
        answer=_answer(running, reader),
        next=Do(BeginProcess.label, reverse("processes:begin")) if may else None,
        facts=[Section(_("Which have begun"), [_lines(request, reader)], wide=True), *_known(reader)],
        source=Source(links=[Link(_("Which mandates end when"), reverse("mandates:renewal"))]),
    )
    return show(request, page)


def _answer(running: list[Standing], reader: Reader) -> Answer:
    if not running:
        return Answer(_("No process runs"))
    first = min(running, key=lambda one: one.next.due_on if one.next else reader.day)
    words = ngettext("{n} process runs", "{n} processes run", len(running))
    return Answer(words.format(n=number_words(len(running))), next_words(first, reader.day))


def _lines(request: HttpRequest, reader: Reader) -> Lines:
    rows = queries.runs(reader.commune)
    pages = Pages.asked(request.GET.get("page", ""), rows.count())
    lines = [_line(one, reader) for one in queries.standings(rows[pages.lines], reader.day)]
    empty = Empty(_("None has begun. A seat that may begins one, and its steps stand here with their last days."))
    return Lines(lines, empty, pages)


def _line(one: Standing, reader: Reader) -> Line:
    councils = statutes.councils_of(reader.commune, reader.day)
    return Line(
        process_words(one.process, one.run.council, councils),
        _("begun on {day}").format(day=day_words(one.run.day, today=reader.day, weekday=False)),
        next_words(one, reader.day),
        reverse("processes:process", args=[one.run.id]),
        run_status(one),
    )


def _known(reader: Reader) -> list[Part]:
    """As the statute's file has them, not once for each council."""
    text = statutes.text_of(statutes.adoption_on(reader.commune, reader.day).digest)
    if not text.processes:
        empty = Empty(_("The statute in force describes no process. An amended one may."))
        return [Section(_("Which the statute describes"), [empty])]
    return [_described(text, one) for one in text.processes]


def _described(text: Statute, process: Process) -> Section:
    steps = Lines([_step(text, process, step) for step in process.steps])
    return Section(named(process.name), [steps], _intro(text, process), wide=True, folded=True)


def _intro(text: Statute, process: Process) -> str:
    """From where the days are counted, and who records most of the steps."""
    if process.begins is Begins.FOUNDING:
        said = _("Days are counted from its first day on.")
    else:
        said = _("Days are counted back from the day on which the first mandate of a council ends.")
    seats = list_words(seat_names(text, _usual(process)))
    once = {step.by for step in process.steps}
    who = _("Recorded by: {seats}.") if len(once) == 1 else _("Where nothing else is said, recorded by: {seats}.")
    return f"{said} {who.format(seats=seats)} {words.source(process.rule)}"


def _usual(process: Process) -> tuple[str, ...]:
    """The seats that record most of its steps."""
    return Counter(step.by for step in process.steps).most_common(1)[0][0]


def _step(text: Statute, process: Process, step: ProcessStep) -> Line:
    said = []
    if step.vote:
        turnout, majority = words.share(step.vote.share), words.majority(step.vote.majority)
        said.append(capfirst(_("a vote: {turnout} take part; {majority}").format(turnout=turnout, majority=majority)))
    if step.by != _usual(process):
        said.append(_("Recorded by: {seats}").format(seats=list_words(seat_names(text, step.by))))
    if step.rule != process.rule:
        said.append(words.source(step.rule))
    return Line(named(step.name), words.step_days(process, step), ". ".join(said))
