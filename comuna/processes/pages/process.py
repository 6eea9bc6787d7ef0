"""One process: its steps with their last days, what was done and when, the votes, and the acts behind all of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from comuna.acts.act import Act
from comuna.acts.authority import authority
from comuna.acts.reading import read_one
from comuna.assemblies.models import Session
from comuna.assemblies.pages.words import session_words
from comuna.look.frame import Link
from comuna.look.page import Page, show
from comuna.look.parts import (
    Answer,
    Bar,
    Column,
    Do,
    Fact,
    Facts,
    Line,
    Lines,
    Part,
    Section,
    Source,
    Step,
    Table,
    Text,
    Thread,
    Value,
    WhoCan,
)
from comuna.look.words import day_words
from comuna.mandates import queries as mandates
from comuna.mandates.queries import named
from comuna.processes import queries
from comuna.processes.acts import RecordStep, StopProcess, UndoStep
from comuna.processes.models import StepDone
from comuna.processes.pages.words import (
    ERASED,
    counted_once_words,
    counted_words,
    next_words,
    process_words,
    roll_words,
    run_status,
    step_status,
    step_when,
    turnout_words,
    vote_words,
)
from comuna.processes.queries import Standing, StepStanding, TakenBack
from comuna.processes.rules import Stage
from comuna.statutes import queries as statutes
from comuna.statutes.councils import Council
from comuna.statutes.processes import Begins
from comuna.territory.pages.reader import Reader, reader_of


def process(request: HttpRequest, id: UUID) -> HttpResponse:
    reader = reader_of(request)
    stands = stands_or_404(reader, id)
    undone = queries.taken_back(id)
    councils = statutes.councils_of(reader.commune, reader.day)
    page = Page(
        title=process_words(stands.process, stands.run.council, councils),
        room=_("Processes"),
        room_href=reverse("processes:board"),
        answer=Answer(
            process_words(stands.process, stands.run.council, councils),
            next_words(stands, reader.day),
            run_status(stands),
        ),
        next=_next(reader, stands),
        facts=[
            Section(_("Steps"), [Lines(_lines(reader, stands))], wide=True),
            *[
                _vote(named(one.step.name), one.done, councils)
                for one in stands.steps
                if one.done and _is_vote(one.done)
            ],
            *_taken_back(undone, reader.day),
            Facts(_facts(reader, stands)),
        ],
        source=Source(
            thread=Thread(_thread(stands, undone)), words=stands.process.rule.source, links=_links(reader, stands)
        ),
    )
    return show(request, page)


def stands_or_404(reader: Reader, id: UUID) -> Standing:
    """Raises Http404."""
    try:
        found = queries.standing(id, reader.day)
    except LookupError:
        raise Http404 from None
    if found.run.commune != reader.commune:
        raise Http404
    return found


def may_record(reader: Reader, stands: Standing, one: StepStanding, act: type[Act] = RecordStep) -> bool:
    """Whether a seat of this reader records the step."""
    if reader.person is None or not reader.may(act, stands.run):
        return False
    held = mandates.mandates_of(reader.person, reader.day)
    may = mandates.with_power(statutes.in_force(reader.commune, reader.day), act.verb, held)
    return any(seat.kind in one.step.by for seat in may)


def _next(reader: Reader, stands: Standing) -> Part | None:
    nearest = stands.next
    if nearest is None:
        return None
    what = _("Record: {step}").format(step=named(nearest.step.name))
    if may_record(reader, stands, nearest):
        return Do(what, step_href("record-a-step", stands, nearest))
    statute = statutes.in_force(reader.commune, reader.day)
    return WhoCan(what, [mandates.seat_words(statute, seat) for seat in nearest.step.by[:6]])


def step_href(name: str, stands: Standing, one: StepStanding) -> str:
    asked = {"run": str(stands.run.id), "step": one.step.id}
    return f"{reverse(f'processes:{name}')}?{urlencode(asked)}"


def _lines(reader: Reader, stands: Standing) -> list[Line]:
    statute = statutes.in_force(reader.commune, reader.day)
    rows = Session.objects.filter(pk__in=[one.done.session for one in stands.steps if one.done and one.done.session])
    sessions = {row.id: session_words(statute, row) for row in rows}
    return [_line(reader, stands, one, sessions) for one in stands.steps]


def _line(reader: Reader, stands: Standing, one: StepStanding, sessions: Mapping[UUID, str]) -> Line:
    return Line(
        named(one.step.name),
        step_when(one, reader.day),
        _more(one, sessions),
        reverse("books:thread", args=[one.done.id]) if one.done else "",
        step_status(one) if stands.stop is None or one.done else None,
    )


def _more(one: StepStanding, sessions: Mapping[UUID, str]) -> str:
    """What it rests on, and what a vote decided."""
    if one.done is None:
        return ""
    said = [vote_words(one.done)] if _is_vote(one.done) else []
    if one.done.session:
        said.append(sessions.get(one.done.session, ""))
    return " · ".join(filter(None, [*said, one.done.words])) or ERASED


# Votes


def _is_vote(done: StepDone) -> bool:
    return done.turnout is not None


def _vote(name: str, done: StepDone, councils: tuple[Council, ...]) -> Section:
    assert done.turnout is not None and done.roll is not None
    bar = Bar(_("Took part"), done.turnout, done.roll, line=done.needed, line_words=_("needed"), large=True)
    said = [Text(f"{turnout_words(done)}. {vote_words(done)}"), *map(Text, roll_words(done))]
    return Section(name, [bar, *said, _polls(done, councils)], wide=True)


def _polls(done: StepDone, councils: tuple[Council, ...]) -> Table:
    called = {one.slug: one.name for one in councils}
    columns = [
        Column(_("Polling place"), head=True),
        *(
            Column(words, number=True)
            for words in (_("Papers handed out"), _("Votes in favour"), _("Votes against"), _("Blank"), _("Spoiled"))
        ),
    ]
    polls = sorted(done.polls.all(), key=lambda poll: called.get(poll.council, poll.council))
    rows: list[list[Value]] = [
        [
            called.get(poll.council, poll.council) or _("The one polling place"),
            poll.issued,
            poll.votes_for,
            poll.against,
            poll.blank,
            poll.spoiled,
        ]
        for poll in polls
    ]
    total: list[Value] = [_("All"), done.issued, done.votes_for, done.against, done.blank, done.spoiled]
    return Table(_("Ballot papers"), columns, rows, total=total if len(rows) > 1 else None)


# The rest


def _taken_back(undone: list[TakenBack], day: date) -> list[Section]:
    """What was recorded and taken back, with the figures of a vote: it stays to be seen."""
    lines = [
        Line(
            one.recorded.facts.name or ERASED,
            _("recorded on {day}, taken back on {back}").format(
                day=day_words(one.recorded.record.day, today=day, weekday=False),
                back=day_words(one.undone.record.day, today=day, weekday=False),
            ),
            counted_once_words(one.recorded.facts),
            reverse("books:thread", args=[one.recorded.record.id]),
        )
        for one in undone
    ]
    return [Section(_("Taken back"), [Lines(lines)], wide=True)] if lines else []


def _facts(reader: Reader, stands: Standing) -> list[Fact]:
    run = stands.run
    facts = [Fact(_("Begun on"), run.day), Fact(_("Days are counted"), counted_words(stands, reader.day))]
    if stands.process.begins is Begins.LAPSE:
        facts.append(Fact(_("Last day of the first mandate"), run.ends_first))
    if run.origin_words:
        facts.append(Fact(_("From which paper"), run.origin_words))
    if stands.stop is not None:
        facts.append(Fact(_("Stopped because"), stands.stop.reason or ERASED))
    return facts


def _thread(stands: Standing, undone: list[TakenBack]) -> list[Step]:
    acts: list[tuple[UUID, int, str]] = [(stands.run.id, stands.run.born, _("begun"))]
    acts += [(one.done.id, one.done.born, named(one.step.name)) for one in stands.steps if one.done]
    for one in undone:
        name = one.recorded.facts.name or ERASED
        acts.append((one.recorded.record.id, one.recorded.record.seq, name))
        acts.append((one.undone.record.id, one.undone.record.seq, _("taken back: {step}").format(step=name)))
    if stands.stop is not None:
        acts.append((stands.stop.id, stands.stop.born, _("stopped")))
    return [_step(id, words) for id, _born, words in sorted(acts, key=lambda act: act[1])]


def _step(act: UUID, words: str) -> Step:
    read = read_one(act)
    return Step(day_words(read.record.day), words, authority().signs_as(read.by), reverse("books:thread", args=[act]))


def _links(reader: Reader, stands: Standing) -> list[Link]:
    links: list[Link] = []
    if reader.person is None:
        return links
    for one in stands.steps:
        rests = any(other.done and one.step.id in other.step.after for other in stands.steps)
        if (
            one.done
            and stands.stop is None
            and not rests
            and _is_of_today(reader, one.done)
            and may_record(reader, stands, one, UndoStep)
        ):
            words = _("Take back: {step}").format(step=named(one.step.name))
            links.append(Link(words, f"{reverse('processes:undo-a-step')}?done={one.done.id}"))
    others = (one for one in stands.steps if one is not stands.next and one.done is None and _is_free(stands, one))
    for one in others:
        if may_record(reader, stands, one):
            words = _("Record: {step}").format(step=named(one.step.name))
            links.append(Link(words, step_href("record-a-step", stands, one)))
    if stands.is_open and reader.may(StopProcess, stands.run):
        links.append(Link(StopProcess.label, f"{reverse('processes:stop-a-process')}?run={stands.run.id}"))
    return links


def _is_of_today(reader: Reader, done: StepDone) -> bool:
    """Whether it may be taken back for its day: a vote only on that on which it was recorded."""
    return not _is_vote(done) or read_one(done.id).record.day >= reader.day


def _is_free(stands: Standing, one: StepStanding) -> bool:
    """Whether all that comes before it is done and approved."""
    before = [stands.find(id) for id in one.step.after]
    return stands.is_open and all(found is not None and found.stage is Stage.DONE for found in before)
