"""The three states of a session: who is there, what is talked about, the agenda; and the votes with their undo."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from uuid import UUID

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _, pgettext

from comuna.acts.act import Act
from comuna.acts.queries import said
from comuna.acts.reading import read_one
from comuna.assemblies import queries
from comuna.assemblies.acts import (
    RecordCount,
    UndoAttendance,
    UndoCall,
    UndoCount,
    UndoInstruction,
    UndoLeaving,
    UndoMotion,
    UndoNote,
    VoteFirst,
    WithdrawMotion,
    WriteNote,
)
from comuna.assemblies.models import Call
from comuna.assemblies.pages import also
from comuna.assemblies.pages.reader import Reader
from comuna.assemblies.pages.words import (
    added_words,
    call_words,
    differing_words,
    left_words,
    method_words,
    motion_status,
    motion_words,
    movements,
    numbers_of,
    overtaken_words,
    present_words,
    quorum_words,
    resolution_words,
    responsible_words,
    struck_words,
    tally_words,
    task_words,
    title_of,
    voted_at_words,
)
from comuna.assemblies.queries import ItemStanding, MotionStanding, Standing
from comuna.look.frame import Link, Words
from comuna.look.parts import (
    Bar,
    Column,
    Empty,
    Fact,
    Facts,
    Line,
    Lines,
    Many,
    Notice,
    Part,
    Section,
    Sign,
    Small,
    Status,
    Table,
    Text,
    Value,
)
from comuna.look.words import hour_words, moment_words, number_words
from comuna.mandates.models import Mandate
from comuna.mandates.queries import seat_words
from comuna.statutes import rules as counting
from comuna.statutes.words import call_name
from comuna.territory.queries import display_name

UNDO: dict[type[Act], str] = {
    UndoAttendance: "assemblies:undo-attendance",
    UndoLeaving: "assemblies:undo-leaving",
    UndoCall: "assemblies:undo-call",
    UndoMotion: "assemblies:undo-motion",
    UndoNote: "assemblies:undo-note",
    UndoCount: "assemblies:undo-count",
    UndoInstruction: "assemblies:undo-instruction",
}


def may_undo(stands: Standing, one: Reader, act: type[Act]) -> bool:
    return stands.is_open and one.may(act, stands.session.organ)


def undo_link(act: type[Act], field: str, id: UUID) -> Link:
    return Link(act.label, f"{reverse(UNDO[act])}?{field}={id}")


# Who is there


def who_is_there(stands: Standing, one: Reader) -> Section:
    """Attendance against the quorum as a bar, and each call."""
    lines = [
        Line(
            _("{call}: {present}, {needed} needed").format(
                call=call_name(call.number),
                present=number_words(call.present),
                needed=number_words(max(call.needed, 1)),
            ),
            when=call_moment(stands, call),
            more=call.citation,
            status=reached_status(call.reached),
        )
        for call in stands.calls
    ]
    parts: list[Part] = [bar_of(stands)]
    lines += [Line(words) for words in movements(stands)]
    if lines:
        parts.append(Lines(lines))
    heading = _("Who is there") if stands.is_open else _("Who was there")
    return Section(heading, parts, _roll_words(stands), _attendance_undo(stands, one))


def call_moment(stands: Standing, call: Call) -> str:
    """Its hour; with its day, where the session was adjourned."""
    return moment_words(stands.day_of(call.sitting), call.hour) if stands.sittings else hour_words(call.hour)


def reached_status(reached: bool) -> Status:
    if reached:
        return Status(Sign.DONE, pgettext("quorum", "reached"))
    return Status(Sign.REFUSED, pgettext("quorum", "not reached"))


def bar_of(stands: Standing) -> Bar:
    """Against the call that reached it, else the next one, else the last."""
    counts = queries.counts_of(stands, stands.present)
    last = stands.calls[-1] if stands.calls else None
    ahead = stands.next_call
    if stands.quorate is not None:
        line, number = stands.quorate.needed, stands.quorate.number
    elif ahead is not None and stands.is_open:
        line, number = counting.needed(ahead.quorum, counts), ahead.number
    else:
        line, number = (last.needed, last.number) if last else (0, 1)
    words = _("Quorum, {call}").format(call=call_words(number))
    present = stands.quorate.present if stands.quorate and not stands.is_open else stands.present
    whole, waits = max(counts.roll or 0, line, 1), stands.quorate is None and ahead is not None and stands.is_open
    return Bar(_("Present"), present, whole, max(line, 1), words, large=True, ahead=waits)


def _roll_words(stands: Standing) -> str:
    if not stands.calls:
        return ""
    first = stands.calls[0]
    words = [_("On the roll that day: {n}").format(n=number_words(first.roll))]
    if first.unknown_age:
        words.append(_("of these of unknown age: {n}").format(n=number_words(first.unknown_age)))
    if first.away:
        words.append(_("not counted, because they live elsewhere: {n}").format(n=number_words(first.away)))
    return "; ".join(words) + "."


def _attendance_undo(stands: Standing, one: Reader) -> list[Link]:
    """The last call, and each sheet that no call has counted."""
    links = []
    if stands.calls and may_undo(stands, one, UndoCall):
        links.append(undo_link(UndoCall, "call", stands.calls[-1].id))
    if may_undo(stands, one, UndoAttendance):
        links += [
            Link(
                _("Take back the sheet of {people}").format(people=present_words(sheet.people)),
                f"{reverse(UNDO[UndoAttendance])}?sheet={sheet.id}",
            )
            for sheet in stands.sheets
            if not any(call.born > sheet.born for call in stands.calls)
        ]
    if stands.leavings and may_undo(stands, one, UndoLeaving):
        links.append(undo_link(UndoLeaving, "leaving", stands.leavings[-1].id))
    return links


# What is talked about


def current_item(stands: Standing, items: Sequence[ItemStanding]) -> ItemStanding | None:
    """The item that is being talked about: the one to be voted on, else the first without a motion."""
    if not stands.is_open or stands.quorate is None:
        return None
    waiting = next((one for one in items if any(motion.is_open for motion in one.motions)), None)
    return waiting or next((one for one in items if one.waits), None)


def under_discussion(stands: Standing, items: Sequence[ItemStanding], one: Reader) -> Section:
    """The item and its motion, with what may be done about it."""
    current = current_item(stands, items)
    heading = _("Under discussion")
    if current is None:
        nothing = (
            _("Every item has been dealt with.") if stands.quorate else _("Without a quorum nothing is discussed.")
        )
        return Section(heading, [Empty(nothing)])
    held = queries.next_to_vote([current])
    title = f"{current.item.number}. {title_of(current.item)}"
    links = [write_link(stands, current)] if may_undo(stands, one, WriteNote) else []
    if held is None:
        return Section(heading, [Text(title), Empty(_("No motion has been put yet."))], links=links)
    parts: list[Part] = [Text(f"{title}\n\n{motion_words(held, numbers_of(items))}"), *_task_facts(stands, held)]
    if held.overtaken_by is not None:
        parts.append(Notice(Sign.WAITING, overtaken_words(held)))
    if may_undo(stands, one, RecordCount) and held.overtaken_by is None:
        links.append(Link(RecordCount.label, _vote_href(stands, held)))
    if may_undo(stands, one, UndoMotion):
        links.append(undo_link(UndoMotion, "motion", held.motion.id))
    if may_undo(stands, one, WithdrawMotion):
        links += [
            Link(
                _("Withdraw motion {number}").format(number=number_words(each.motion.number)),
                f"{reverse('assemblies:withdraw')}?motion={each.motion.id}",
            )
            for each in current.motions
            if each.is_open
        ]
    if may_undo(stands, one, VoteFirst):
        links += [
            Link(
                _("Vote on motion {number} first").format(number=number_words(each.motion.number)),
                f"{reverse('assemblies:first')}?motion={each.motion.id}",
            )
            for each in current.motions
            if each.is_open and each.motion.amends_id and each is not held
        ]
    return Section(heading, parts, links=links)


def write_link(stands: Standing, item: ItemStanding, words: Words = WriteNote.label) -> Link:
    """To write down what was said under an item."""
    return Link(words, f"{reverse('assemblies:note', args=[stands.session.id])}?item={item.item.number}")


def _vote_href(stands: Standing, held: MotionStanding) -> str:
    return f"{reverse('assemblies:vote', args=[stands.session.id])}?motion={held.motion.id}"


def _task_facts(stands: Standing, held: MotionStanding) -> list[Part]:
    facts = []
    responsible = responsible_words(stands.statute, held.motion.responsible)
    if responsible:
        facts.append(Fact(_("Answers for it"), responsible))
    if held.motion.due_on:
        facts.append(Fact(pgettext("decision", "By"), held.motion.due_on))
    return [Facts(facts)] if facts else []


# The agenda and the votes


def agenda(stands: Standing, items: Sequence[ItemStanding]) -> Section:
    """The items, each with where it is; under it what lies before the session."""
    current, papers = current_item(stands, items), also.papers_under(stands)
    lines = []
    for item in items:
        lines.append(
            Line(
                f"{item.item.number}. {title_of(item.item)}",
                more=struck_words(item.struck) if item.struck else added_words(stands, item.item),
                status=_item_status(item, item is current),
            )
        )
        lines += [Line(paper.words, href=paper.path) for paper in papers.get(item.item.id, [])]
    return Section(_("Agenda"), [Lines(lines, Empty(_("The agenda is empty.")))])


def _item_status(item: ItemStanding, is_current: bool) -> Status | None:
    if item.struck:
        return Status(Sign.PLAIN, pgettext("agenda", "struck"))
    if item.motions:
        return motion_status(item.main[-1])
    if item.item.kind:
        return None
    return Status(Sign.WAITING, _("under discussion")) if is_current else None


def votes(stands: Standing, items: Sequence[ItemStanding], one: Reader) -> list[Part]:
    """Every motion with its count; nothing before the first."""
    known = numbers_of(items)
    rows: list[list[Value]] = [
        [
            item.item.number,
            Many([motion_words(held, known), *_task_words(stands, held)]),
            Many(_vote(stands, held, one)),
        ]
        for item in items
        for held in item.motions
    ]
    columns = [Column(_("Item")), Column(_("Motion"), head=True), Column(_("Vote"))]
    return [Section(_("Motions and votes"), [Table(_("Motions and votes"), columns, rows)], wide=True)] if rows else []


def _task_words(stands: Standing, held: MotionStanding) -> list[Value]:
    words = task_words(stands, held)
    return [Small(words)] if words else []


def _vote(stands: Standing, held: MotionStanding, one: Reader) -> list[Value]:
    values: list[Value] = [motion_status(held), *(Small(differing_words(one)) for one in held.differing)]
    if held.tally is None:
        return values
    more = [method_words(held.tally), voted_at_words(held.tally), held.tally.citation]
    values += [tally_words(held.tally), *(Small(capfirst(words)) for words in more if words)]
    if held.resolution is not None:
        href = reverse("assemblies:resolution", args=[held.resolution.id])
        values.append(Link(resolution_words(held.resolution), href))
    if may_undo(stands, one, UndoCount):
        values.append(undo_link(UndoCount, "tally", held.tally.id))
    return values


def seats_changed(stands: Standing, told: Collection[UUID] = ()) -> list[Part]:
    """Elections and recalls of this session: who was seated, whose mandate ended, and the act behind it; without
    those that are told elsewhere on the page."""
    tables: list[Part] = []
    columns = [Column(_("Seat"), head=True), Column(_("Who")), Column(_("As"))]
    for came in queries.came_of(stands.session.id):
        if came.act in told:
            continue
        rows: list[list[Value]] = [[_seat(stands, one), _who(one), _as(one)] for one in came.begun]
        ended = Status(Sign.REFUSED, _("mandate ended"))
        rows += [[_seat(stands, one), _who(one), ended] for one in came.ended]
        tables.append(Table(said(read_one(came.act)), columns, rows))
    return [Section(_("Seats and mandates"), tables, wide=True)] if tables else []


def _seat(stands: Standing, one: Mandate) -> str:
    return seat_words(stands.statute, one.seat.kind, one.seat.number)


def _who(one: Mandate) -> str:
    return one.public_name or display_name(one.person)


def _as(one: Mandate) -> str:
    return pgettext("seat", "alternate") if one.is_alternate else pgettext("seat", "principal")


def last_thing(stands: Standing, items: Sequence[ItemStanding], one: Reader) -> list[Notice]:
    """What was recorded last, with the way to take it back, for whoever keeps the minutes."""
    if not stands.is_open:
        return []
    found: list[tuple[int, type[Act], str, UUID, str]] = [
        (sheet.born, UndoAttendance, "sheet", sheet.id, present_words(sheet.people)) for sheet in stands.sheets
    ]
    found += [(one.born, UndoLeaving, "leaving", one.id, left_words(one.people, one.hour)) for one in stands.leavings]
    found += [(call.born, UndoCall, "call", call.id, quorum_words(call)) for call in stands.calls]
    counted_again: list[tuple[int, str]] = []
    for held in (motion for item in items for motion in item.motions):
        found.append((held.motion.born, UndoMotion, "motion", held.motion.id, _("a motion was put")))
        counted_again += [(each.born, differing_words(each)) for each in held.differing]
        if held.tally is not None:
            found.append((held.tally.born, UndoCount, "tally", held.tally.id, tally_words(held.tally)))
    for note in (each for item in items for each in item.notes):
        found.append((note.born, UndoNote, "note", note.id, _("what was said")))
    if not found:
        return []
    last_differing = max(counted_again, default=(0, ""))
    if last_differing > (max(found)[0], "") and one.may(RecordCount, stands.session.organ):
        return [Notice(Sign.WAITING, _("Recorded last: {what}").format(what=last_differing[1]))]  # nothing to take back
    _born, act, field, id, words = max(found)
    if not one.may(act, stands.session.organ):
        return []
    return [Notice(Sign.DONE, _("Recorded last: {what}").format(what=words), links=[undo_link(act, field, id)])]
