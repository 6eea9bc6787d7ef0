"""How sessions, calls and votes are said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.utils.translation import gettext as _, gettext_lazy, ngettext, pgettext

from comuna.acts.queries import erased_by
from comuna.assemblies import queries
from comuna.assemblies.acts.by_name import SILENT
from comuna.assemblies.acts.voting import Method
from comuna.assemblies.models import AgendaItem, Call, Differing, Move, Note, Resolution, Session, Struck, Tally
from comuna.assemblies.queries import ItemStanding, MotionStanding, ResolutionStanding, Standing
from comuna.assemblies.queries.motions import FOLLOW_UP, RATIFY
from comuna.assemblies.rules import minutes_into
from comuna.look.parts import Notice, Sign, Status
from comuna.look.words import day_words, hour_words, list_words, moment_words, number_words, share_words
from comuna.mandates.queries import named, seat_words
from comuna.statutes.statute import Statute

_CHANGED = {  # what the rows of a table are to a neighbour
    "assemblies_session": gettext_lazy("the day, the place or the organ of the session"),
    "assemblies_notice": gettext_lazy("how people were told"),
    "assemblies_sitting": gettext_lazy("the day to which it was adjourned"),
    "assemblies_agendaitem": gettext_lazy("the agenda"),
    "assemblies_struck": gettext_lazy("what was struck from the agenda"),
    "assemblies_sheet": gettext_lazy("the sheets with who was present"),
    "assemblies_leaving": gettext_lazy("who left"),
    "assemblies_attendance": gettext_lazy("who was present"),
    "assemblies_carried": gettext_lazy("earlier decisions on the agenda"),
    "assemblies_ratified": gettext_lazy("whether a decision was ratified"),
    "assemblies_call": gettext_lazy("the calls and the quorum"),
    "assemblies_motion": gettext_lazy("a motion"),
    "assemblies_note": gettext_lazy("what was said"),
    "assemblies_withdrawal": gettext_lazy("that a motion was withdrawn"),
    "assemblies_differing": gettext_lazy("counts of hands that differ"),
    "assemblies_tally": gettext_lazy("the counted votes"),
    "assemblies_resolution": gettext_lazy("a decision"),
    "assemblies_closure": gettext_lazy("how the session ended"),
    "assemblies_cancellation": gettext_lazy("that it was cancelled"),
    "elections_election": gettext_lazy("an election"),
    "elections_candidacy": gettext_lazy("the votes of an election"),
    "elections_decision": gettext_lazy("the vote on a recall"),
}


def altered(changed: Sequence[str]) -> Notice:
    """Said wherever something about a session is not what its records say; ``changed`` as ``misfits`` gives it."""
    tables = dict.fromkeys(one.partition(".")[0] for one in changed)
    what = list_words([str(_CHANGED.get(table, table)) for table in tables])
    return Notice(
        Sign.REFUSED,
        _("What stands here was changed outside the books"),
        [
            _("No record says so: {what}.").format(what=what),
            _(
                "Do not sign it. Whoever keeps the computer runs “comuna verify”, which names every row ({rows})."
            ).format(rows=", ".join(changed)),
        ],
    )


def organ_words(statute: Statute, organ: str) -> str:
    """An organ in the language of the reader; its bare id where the statute no longer has it."""
    return next((named(one.name) for one in statute.organs if one.id == organ), organ)


def session_words(statute: Statute, session: Session) -> str:
    """``Assembly of citizens, session 3 of 2026``."""
    return _("{organ}, session {number} of {year}").format(
        organ=organ_words(statute, session.organ), number=number_words(session.number), year=session.day.year
    )


def from_paper_words(session: Session) -> str:
    """Whether it was written down afterwards; "" for a session that was recorded while it sat."""
    return pgettext("session", "recorded from paper") if session.from_paper else ""


def moves_words(moves: Sequence[Move], session: Session) -> list[str]:
    """``on 12 February, from Friday 20 February, 9:00``: each move, the oldest first."""
    became = [*((one.from_day, one.from_hour) for one in moves[1:]), (session.day, session.hour)]
    said = []
    for move, after in zip(moves, became, strict=False):
        day = day_words(move.on, today=session.day, weekday=False)
        if (move.from_day, move.from_hour) == after:
            said.append(_("on {day}, to another place").format(day=day))
        else:
            was = moment_words(move.from_day, move.from_hour, today=session.day)
            said.append(_("on {day}, from {moment}").format(day=day, moment=was))
    return said


def call_words(number: int) -> str:
    """``first call``."""
    words = {1: _("first call"), 2: _("second call"), 3: _("third call")}
    return words.get(number) or _("call {number}").format(number=number)


def people_words(count: int) -> str:
    return ngettext("{n} person", "{n} people", count).format(n=number_words(count))


def present_words(present: int) -> str:
    return ngettext("{n} person present", "{n} people present", present).format(n=number_words(present))


def left_words(people: int, hour: str) -> str:
    """``3 people left at 10:40``."""
    words = ngettext("{n} person left at {hour}", "{n} people left at {hour}", people)
    return words.format(n=number_words(people), hour=hour_words(hour))


def came_words(people: int, hour: str) -> str:
    """``3 people came at 10:10``."""
    words = ngettext("{n} person came at {hour}", "{n} people came at {hour}", people)
    return words.format(n=number_words(people), hour=hour_words(hour))


def movements(stands: Standing) -> list[str]:
    """Who came later and who left, how many at which hour, in the order of the hours."""
    said = [(one.hour, 0, came_words(one.people, one.hour)) for one in stands.sheets if one.hour]
    said += [(one.hour, 1, left_words(one.people, one.hour)) for one in stands.leavings]
    return [words for hour, _kind, words in sorted(said, key=lambda one: (minutes_into(stands.hour, one[0]), one[1]))]


def voted_at_words(tally: Tally) -> str:
    """When it was voted and how many were there of those entitled; "" where neither is in the books."""
    said = [_("at {hour}").format(hour=hour_words(tally.hour))] if tally.hour else []
    if tally.entitled:
        of = share_words(tally.present, tally.entitled)
        said.append(_("present, of all entitled: {share}").format(share=of))
    if tally.acting:
        words = ngettext("{n} seat with its term over", "{n} seats with their terms over", tally.acting)
        said.append(words.format(n=number_words(tally.acting)))
    return ", ".join(said)


def quorum_words(call: Call) -> str:
    """``Quorum reached: 61 of 196 (31 %), first call``."""
    if call.reached:
        share = share_words(call.present, call.roll) if call.roll else number_words(call.present)
        return _("Quorum reached: {share}, {call}").format(share=share, call=call_words(call.number))
    return _("No quorum: {present} of the {needed} needed, {call}").format(
        present=number_words(call.present), needed=number_words(max(call.needed, 1)), call=call_words(call.number)
    )


def tally_words(tally: Tally) -> str:
    """``34 for, 5 against, 2 abstentions, of 61 present``."""
    hands = ngettext("{n} abstention", "{n} abstentions", tally.abstain).format(n=number_words(tally.abstain))
    return _("{votes_for} for, {against} against, {abstain}, of {present} present").format(
        votes_for=number_words(tally.votes_for),
        against=number_words(tally.against),
        abstain=hands,
        present=number_words(tally.present),
    )


def differing_words(one: Differing) -> str:
    """``Counted at 10:40, and the counts differ: 34, 5, 2 and 33, 5, 3. Counted again``."""
    counts = [(one.votes_for, one.against, one.abstain), (one.votes_for_two, one.against_two, one.abstain_two)]
    said = [
        _("for {votes_for}, against {against}, abstaining {abstain}").format(
            votes_for=number_words(each[0]), against=number_words(each[1]), abstain=number_words(each[2])
        )
        for each in counts
    ]
    words = _("Counted twice, and the counts differ: {first}; {second}. It is counted again.")
    return words.format(first=said[0], second=said[1])


def vote_words(vote: str) -> str:
    """How somebody voted, or is to vote; empty: as she thinks best."""
    said = {"for": _("in favour"), "against": _("against"), "abstain": _("abstaining"), SILENT: _("did not vote")}
    return said.get(vote) or _("as the spokesperson thinks best")


def method_words(tally: Tally) -> str:
    """How it was voted; of papers, what became of each; of hands, whether each of the two counted by herself."""
    if tally.each_counted:
        return _("each of the two counted by herself and came to the same")
    if tally.method == Method.NAMES:
        return _("by name")
    if tally.method != Method.PAPERS or tally.issued is None:
        return ""
    return _("secret vote: papers handed out {issued}, spoiled {spoiled}, given back {returned}").format(
        issued=number_words(tally.issued),
        spoiled=number_words(tally.spoiled or 0),
        returned=number_words(tally.returned or 0),
    )


def vote_status(tally: Tally | None) -> Status:
    if tally is None:
        return Status(Sign.WAITING, pgettext("motion", "to be voted on"))
    return (
        Status(Sign.DONE, pgettext("motion", "approved"))
        if tally.passed
        else Status(Sign.REFUSED, pgettext("motion", "not approved"))
    )


def motion_status(held: MotionStanding) -> Status:
    if held.withdrawn:
        return Status(Sign.PLAIN, pgettext("motion", "withdrawn"))
    return vote_status(held.tally)


def motion_words(held: MotionStanding, known: Mapping[UUID, int]) -> str:
    """The words of a motion as they are voted on; of an amendment, to which motion; ``known`` are the numbers."""
    text = erased_or(held.text, held.motion.id)
    if held.motion.amends_id is None:
        return text
    return _("Amendment to motion {number}: {text}").format(
        number=number_words(known.get(held.motion.amends_id, 0)), text=text
    )


def overtaken_words(held: MotionStanding) -> str:
    """Why an amendment is not voted on any more; empty where it still is."""
    if held.overtaken_by is None:
        return ""
    words = _(
        "The motion reads otherwise since amendment {number} was carried: withdraw this one, and put it again as the"
        " motion would read now."
    )
    return words.format(number=number_words(held.overtaken_by.number))


def task_words(stands: Standing, held: MotionStanding) -> str:
    """Which seat answers for it and by when, as the decision has it; before the vote, as the motion does."""
    task = held.resolution or held.motion
    responsible = responsible_words(stands.statute, task.responsible)
    words = [_("answers for it: {seat}").format(seat=responsible)] if responsible else []
    if task.due_on:
        words.append(_("by {day}").format(day=day_words(task.due_on)))
    return ", ".join(words)


def numbers_of(items: Sequence[ItemStanding]) -> dict[UUID, int]:
    """The number of each motion of a session."""
    return {held.motion.id: held.motion.number for item in items for held in item.motions}


def resolution_words(resolution: Resolution) -> str:
    """``Decision 4 of 2026``."""
    return _("Decision {number} of {year}").format(number=number_words(resolution.number), year=resolution.year)


def responsible_words(statute: Statute, responsible: str) -> str | None:
    return seat_words(statute, responsible) if responsible else None


def title_of(item: AgendaItem) -> str:
    """An item of an agenda: its title, or what stands there by itself."""
    if item.kind == FOLLOW_UP:
        return _("What became of what we decided")
    if item.kind == RATIFY:
        return _("To ratify or reject: decisions of seats whose terms were over")
    return erased_or(item.title)


def item_words(held: ItemStanding) -> str:
    """``3. Street lights``; that it was struck, where it was."""
    return f"{held.item.number}. {title_words(held)}"


def title_words(held: ItemStanding) -> str:
    """The same without its number."""
    return titled(held.item, bool(held.struck))


def titled(item: AgendaItem, is_struck: bool) -> str:
    words = title_of(item)
    return _("{item} (struck from the agenda)").format(item=words) if is_struck else words


def struck_words(struck: Struck) -> str:
    day = day_words(struck.on, weekday=False)
    return _("Struck from the agenda on {day}: {reason}").format(day=day, reason=erased_or(struck.reason, struck.id))


def said_by_words(stands: Standing, note: Note) -> str:
    """``10:20, Water spokesperson (Y. R.)``: when and by whom something was said, as far as it was written down; with
    the day in a session of several."""
    when = [hour_words(note.hour)] if note.hour else []
    if stands.sittings:
        day = stands.day_of(note.sitting)
        when = [moment_words(day, note.hour) if note.hour else day_words(day)]
    seat = responsible_words(stands.statute, note.seat)
    who = f"{seat} ({note.who})" if seat and note.who else seat or note.who
    return ", ".join([*when, *([who] if who else [])])


def added_words(stands: Standing, item: AgendaItem) -> str:
    """That an item stood in no convocation; and, where a vote there carries a mandate, that it could carry none."""
    if item.added_on is None or stands.session.from_paper:
        return ""
    if stands.calls and item.born > stands.calls[0].born:
        said = _("Added in the session.")
    elif item.born == stands.session.born:
        said = _("In these words since {day}, after the convocation.").format(
            day=day_words(item.added_on, weekday=False)
        )
    else:
        said = _("Added on {day}, after the convocation.").format(day=day_words(item.added_on, weekday=False))
    if stands.organ.imperative is None or queries.was_announced(stands, item):
        return said
    return said + " " + _("Those who sent the members could not decide on it beforehand.")


def changed_words() -> str:
    """Said of a motion that reads otherwise than when those who sent the members decided."""
    return _("The words were changed after those who sent the members had decided.")


def ratified_status(each: ResolutionStanding) -> Status | None:
    """Whether a decision of seats whose terms were over was ratified; None where nobody is asked to."""
    if not each.resolution.ratified_by:
        return None
    if each.ratified is None:
        return Status(Sign.WAITING, pgettext("decision", "to be ratified"))
    if each.ratified.accepted:
        return Status(Sign.DONE, pgettext("decision", "ratified"))
    return Status(Sign.REFUSED, pgettext("decision", "rejected"))


def erased_or(words: str, about: UUID | None = None) -> str:
    """Somebody's words, or that they were erased; where it is said about what, also on which day, by whom and why."""
    erased = erased_by(about) if about and not words else None
    if erased is None:
        return words or _("(these words were erased)")
    said = _("(these words were erased on {day} by {seats}, because: {reason})")
    return said.format(day=day_words(erased.day), seats=list_words(list(erased.by)), reason=erased.reason or "—")


def status_words(stands: Standing) -> Status:
    """Where the session is, at a glance."""
    if stands.cancellation is not None:
        return Status(Sign.REFUSED, pgettext("session", "cancelled"))
    if stands.closure is not None:
        return (
            Status(Sign.DONE, pgettext("session", "closed"))
            if stands.closure.quorate
            else Status(Sign.PLAIN, pgettext("session", "without quorum"))
        )
    if stands.quorate is not None:
        return Status(Sign.DONE, pgettext("session", "in session"))
    return Status(
        Sign.WAITING, pgettext("session", "open") if stands.calls or stands.present else pgettext("session", "convened")
    )
