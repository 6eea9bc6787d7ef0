"""A session while it runs: who is there against the quorum, the item under discussion, the next thing to do."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _, ngettext, pgettext

from comuna.acts.act import Act
from comuna.assemblies import queries
from comuna.assemblies.acts import (
    AddAgendaItem,
    CancelSession,
    CloseSession,
    MakeCall,
    PutMotion,
    RecordAttendance,
    RecordCount,
    UndoAttendance,
    UndoCall,
    UndoCount,
    UndoMotion,
)
from comuna.assemblies.pages.reader import Reader, reader, standing_or_404, who_can
from comuna.assemblies.pages.words import (
    call_words,
    erased_or,
    present_words,
    quorum_words,
    resolution_words,
    responsible_words,
    session_words,
    status_words,
    tally_words,
    vote_status,
)
from comuna.assemblies.queries import ItemStanding, MotionStanding, Standing
from comuna.look.frame import Link
from comuna.look.page import Page, show
from comuna.look.parts import (
    Answer,
    Bar,
    Column,
    Do,
    Empty,
    Fact,
    Facts,
    Many,
    Notice,
    Part,
    Section,
    Sign,
    Small,
    Source,
    Status,
    Table,
    Value,
    WhoCan,
)
from comuna.look.words import day_words, hour_words, moment_words, number_words
from comuna.statutes import rules as counting
from comuna.statutes.words import call as call_rule


def session(request: HttpRequest, id: UUID) -> HttpResponse:
    stands = standing_or_404(id)
    one = reader(request)
    items = queries.items(id)
    coming = queries.next_step(stands, items, one.day)
    page = Page(
        title=session_words(stands.statute, stands.session),
        room=_("Assemblies"),
        room_href=reverse("assemblies:sessions"),
        answer=_answer(stands, items, one),
        notices=_last_thing(stands, items, one),
        next=_next(stands, one, coming),
        facts=[
            *_attendance(stands, one),
            Section(_("Agenda"), [_agenda(stands, items, one)], wide=True),
            Section(_("The session"), [_facts(stands)]),
        ],
        source=Source(links=_links(stands, one)),
    )
    return show(request, page)


def _answer(stands: Standing, items: Sequence[ItemStanding], one: Reader) -> Answer:
    session = stands.session
    when = moment_words(session.day, session.hour, today=one.day)
    title = session_words(stands.statute, session)
    status = status_words(stands)
    if stands.cancellation is not None:
        return Answer(_("Cancelled: {reason}").format(reason=erased_or(stands.cancellation.reason)), title, status)
    if stands.closure is not None and stands.quorate is not None:
        decided = sum(motion.resolution is not None for item in items for motion in item.motions)
        words = ngettext("{n} decision taken", "{n} decisions taken", decided).format(n=number_words(decided))
        return Answer(f"{words}. {quorum_words(stands.quorate)}", f"{title}, {when}", status)
    if stands.calls:
        return Answer(quorum_words(stands.calls[-1]), f"{title}, {when}", status)
    if session.day > one.day or not stands.present:
        place = erased_or(session.place)
        return Answer(_("{moment}, {place}").format(moment=when, place=place), title, status)
    return Answer(present_words(stands.present), f"{title}, {when}", status)


# The next thing to do

_PAGES: dict[type[Act], str] = {
    RecordAttendance: "assemblies:attendance",
    MakeCall: "assemblies:call",
    PutMotion: "assemblies:motion",
    CloseSession: "assemblies:close",
    AddAgendaItem: "assemblies:item",
    CancelSession: "assemblies:cancel",
}


def _next(stands: Standing, one: Reader, coming: queries.NextStep | None) -> Part | None:
    if stands.closure is not None:
        return Do(_("Read the minutes"), reverse("assemblies:minutes", args=[stands.session.id]))
    if coming is None and stands.cancellation is not None:
        return None
    organ = stands.session.organ
    others = _others(stands, one, coming)
    if coming is None:
        if one.may(RecordAttendance, organ):
            return Do(_("Print the sign-in sheet"), reverse("assemblies:sheet", args=[stands.session.id]), others)
        return None
    if not one.may(_ACTS[coming], organ):
        return WhoCan(_ACTS[coming].label, who_can(one, _ACTS[coming], organ), others)
    return Do(_label(stands, coming), _href(stands, coming), others)


_ACTS: dict[queries.NextStep, type[Act]] = {
    queries.NextStep.ATTENDANCE: RecordAttendance,
    queries.NextStep.CALL: MakeCall,
    queries.NextStep.MOTION: PutMotion,
    queries.NextStep.COUNT: RecordCount,
    queries.NextStep.CLOSE: CloseSession,
}


def _label(stands: Standing, coming: queries.NextStep) -> str:
    if coming is queries.NextStep.CALL:
        return _("Make the {call}").format(call=call_words(len(stands.calls) + 1))
    return str(_ACTS[coming].label)


def _href(stands: Standing, coming: queries.NextStep) -> str:
    if coming is queries.NextStep.COUNT:
        return reverse("assemblies:vote", args=[stands.session.id])
    return reverse(_PAGES[_ACTS[coming]], args=[stands.session.id])


def _others(stands: Standing, one: Reader, coming: queries.NextStep | None) -> tuple[Link, ...]:
    """What else this reader may do now, in the order of a session."""
    today, quorate = stands.session.day <= one.day, stands.quorate is not None
    fitting: list[tuple[type[Act], bool]] = [
        (RecordAttendance, today),
        (PutMotion, today and quorate),
        (AddAgendaItem, True),
        (CloseSession, today and bool(stands.calls)),
        (CancelSession, not quorate),
    ]
    first = _ACTS[coming] if coming else None
    return tuple(
        Link(act.label, reverse(_PAGES[act], args=[stands.session.id]))
        for act, fits in fitting
        if fits and stands.is_open and act is not first and one.may(act, stands.session.organ)
    )


# Attendance against the quorum


def _attendance(stands: Standing, one: Reader) -> list[Part]:
    if stands.cancellation is not None or stands.session.day > one.day:
        return []
    parts: list[Part] = [bar_of(stands)]
    rows: list[list[Value]] = [
        [
            call_words(call.number),
            hour_words(call.hour),
            call.present,
            call.needed,
            call.roll,
            Many([_reached(call.reached), Small(call.citation)]),
            *([_undo(UndoCall, "call", call.id, one, stands)] if _may_undo(stands, one, UndoCall) else []),
        ]
        for call in stands.calls
    ]
    columns = [
        Column(_("Call"), head=True),
        Column(_("Hour")),
        Column(_("Present"), number=True),
        Column(_("Needed"), number=True),
        Column(_("On the roll"), number=True),
        Column(_("Quorum")),
        *([Column("")] if _may_undo(stands, one, UndoCall) else []),
    ]
    if rows:
        parts.append(Table(_("Calls"), columns, rows))
    return [Section(_("Who is there"), parts, _roll_words(stands), _sheet_links(stands, one))]


def _may_undo(stands: Standing, one: Reader, act: type[Act]) -> bool:
    return stands.is_open and one.may(act, stands.session.organ)


def _reached(reached: bool) -> Status:
    return (
        Status(Sign.DONE, pgettext("quorum", "reached"))
        if reached
        else Status(Sign.REFUSED, pgettext("quorum", "not reached"))
    )


def bar_of(stands: Standing) -> Bar:
    """Against the call that reached it, else the next one, else the last."""
    counts = queries.counts_of(stands, stands.present)
    last = stands.calls[-1] if stands.calls else None
    ahead = stands.organ.calls[len(stands.calls) : len(stands.calls) + 1]
    if stands.quorate is not None:
        line, number = stands.quorate.needed, stands.quorate.number
    elif ahead and stands.is_open:
        line, number = counting.needed(ahead[0].quorum, counts), ahead[0].number
    else:
        line, number = (last.needed, last.number) if last else (0, 1)
    words = _("Quorum, {call}").format(call=call_words(number))
    present = stands.quorate.present if stands.quorate and not stands.is_open else stands.present
    return Bar(_("Present"), present, max(counts.roll or 0, line, 1), max(line, 1), words, large=True)


def _roll_words(stands: Standing) -> str:
    if not stands.calls:
        return ""
    first = stands.calls[0]
    said = [_("On the roll that day: {n}").format(n=number_words(first.roll))]
    if first.unknown_age:
        said.append(_("of these of unknown age: {n}").format(n=number_words(first.unknown_age)))
    if first.away:
        said.append(_("not counted, because they live elsewhere: {n}").format(n=number_words(first.away)))
    return "; ".join(said) + "."


def _sheet_links(stands: Standing, one: Reader) -> list[Link]:
    if not _may_undo(stands, one, UndoAttendance):
        return []
    return [
        Link(
            _("Take back the sheet of {people}").format(people=present_words(sheet.people)),
            f"{reverse('assemblies:undo-attendance')}?sheet={sheet.id}",
        )
        for sheet in stands.sheets
        if not any(call.born > sheet.born for call in stands.calls)
    ]


def _undo(act: type[Act], field: str, id: UUID, one: Reader, stands: Standing) -> Value:
    if not _may_undo(stands, one, act):
        return ""
    return Link(act.label, f"{reverse(_UNDO[act])}?{field}={id}")


_UNDO: dict[type[Act], str] = {
    UndoAttendance: "assemblies:undo-attendance",
    UndoCall: "assemblies:undo-call",
    UndoMotion: "assemblies:undo-motion",
    UndoCount: "assemblies:undo-count",
}


def _last_thing(stands: Standing, items: Sequence[ItemStanding], one: Reader) -> list[Notice]:
    """What was recorded last, with the way to take it back, for whoever keeps the minutes."""
    if not stands.is_open:
        return []
    found: list[tuple[int, type[Act], str, UUID, str]] = [
        (sheet.born, UndoAttendance, "sheet", sheet.id, present_words(sheet.people)) for sheet in stands.sheets
    ]
    found += [(call.born, UndoCall, "call", call.id, quorum_words(call)) for call in stands.calls]
    for held in (motion for item in items for motion in item.motions):
        found.append((held.motion.born, UndoMotion, "motion", held.motion.id, _("a motion was put")))
        if held.tally is not None:
            found.append((held.tally.born, UndoCount, "tally", held.tally.id, tally_words(held.tally)))
    if not found:
        return []
    _born, act, field, id, words = max(found)
    if not one.may(act, stands.session.organ):
        return []
    link = Link(act.label, f"{reverse(_UNDO[act])}?{field}={id}")
    return [Notice(Sign.DONE, _("Recorded last: {what}").format(what=words), links=[link])]


# The agenda with its motions


def _agenda(stands: Standing, items: Sequence[ItemStanding], one: Reader) -> Part:
    if not items:
        return Empty(_("The agenda is empty."))
    current = current_item(stands, items)
    rows: list[list[Value]] = []
    for item in items:
        title = erased_or(item.item.title)
        here: Value = Many([title, Status(Sign.WAITING, _("under discussion"))]) if item is current else title
        if not item.motions:
            rows.append([item.item.number, here, None, ""])
        for place, motion in enumerate(item.motions):
            rows.append([item.item.number, "" if place else here, _motion(stands, motion), _vote(stands, motion, one)])
    columns = [Column(_("Item")), Column(_("What it is about"), head=True), Column(_("Motion")), Column(_("Vote"))]
    return Table(_("Agenda"), columns, rows)


def current_item(stands: Standing, items: Sequence[ItemStanding]) -> ItemStanding | None:
    """The item that is being talked about: the one to be voted on, else the first without a motion."""
    if not stands.is_open or stands.quorate is None:
        return None
    waiting = next((one for one in items if any(motion.tally is None for motion in one.motions)), None)
    return waiting or next((one for one in items if not one.motions), None)


def _motion(stands: Standing, held: MotionStanding) -> Value:
    values: list[Value] = [erased_or(held.motion.text)]
    responsible = responsible_words(stands.statute, held.motion.responsible)
    if responsible:
        values.append(Small(_("answers for it: {seat}").format(seat=responsible)))
    if held.motion.due_on:
        values.append(Small(_("by {day}").format(day=day_words(held.motion.due_on))))
    return Many(values)


def _vote(stands: Standing, held: MotionStanding, one: Reader) -> Value:
    values: list[Value] = [vote_status(held.tally)]
    if held.tally is None:
        if _may_undo(stands, one, RecordCount):
            href = f"{reverse('assemblies:vote', args=[stands.session.id])}?motion={held.motion.id}"
            values.append(Link(RecordCount.label, href))
        if _may_undo(stands, one, UndoMotion):
            values.append(Link(UndoMotion.label, f"{reverse('assemblies:undo-motion')}?motion={held.motion.id}"))
        return Many(values)
    values += [tally_words(held.tally), Small(held.tally.citation)]
    if held.resolution is not None:
        href = reverse("assemblies:resolution", args=[held.resolution.id])
        values.append(Link(resolution_words(held.resolution), href))
    if _may_undo(stands, one, UndoCount):
        values.append(Link(UndoCount.label, f"{reverse('assemblies:undo-count')}?tally={held.tally.id}"))
    return Many(values)


# What else there is to know


def _facts(stands: Standing) -> Facts:
    session = stands.session
    facts = [
        Fact(_("Day"), moment_words(session.day, session.hour)),
        Fact(_("Place"), erased_or(session.place)),
        Fact(_("Convened"), _notice(stands), Link(_("the act"), reverse("books:thread", args=[session.id]))),
    ]
    facts += [
        Fact(call_words(call.number), Many([call_rule(call), Small(call.quorum.rule.source)]))
        for call in stands.organ.calls
    ]
    if stands.closure is not None:
        facts.append(Fact(_("Ended"), hour_words(stands.closure.hour)))
    return Facts(facts)


def _notice(stands: Standing) -> str:
    if stands.session.from_paper:
        return _("recorded afterwards, from paper")
    days = stands.session.notice_days
    return ngettext("{n} day before", "{n} days before", days).format(n=number_words(days))


def _links(stands: Standing, one: Reader) -> list[Link]:
    id = [stands.session.id]
    links = [
        Link(_("Text to pass on"), reverse("assemblies:notice", args=id)),
        Link(_("Poster"), reverse("assemblies:poster", args=id)),
        Link(_("For the projector"), reverse("assemblies:screen", args=id)),
    ]
    if stands.calls and stands.closure is None:
        links.insert(0, Link(_("Minutes so far"), reverse("assemblies:minutes", args=id)))
    if stands.is_open and one.may(RecordAttendance, stands.session.organ):
        links.insert(0, Link(_("Sign-in sheet"), reverse("assemblies:sheet", args=id)))
    return links
