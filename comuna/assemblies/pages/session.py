"""A session while it runs: who is there against the quorum, the item under discussion, the next thing to do."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _, gettext_lazy, ngettext

from comuna.acts.act import Act
from comuna.assemblies import queries
from comuna.assemblies.acts import (
    AddAgendaItem,
    Adjourn,
    CancelSession,
    CloseSession,
    CorrectItem,
    MakeCall,
    MoveSession,
    PutMotion,
    RecordAttendance,
    RecordCount,
    RecordLeaving,
    RecordNotice,
    StrikeItem,
    WithdrawMotion,
)
from comuna.assemblies.holding import changed_outside
from comuna.assemblies.pages import also
from comuna.assemblies.pages.agenda import changeable
from comuna.assemblies.pages.carried import carried
from comuna.assemblies.pages.named import by_name, instructions
from comuna.assemblies.pages.notes import written
from comuna.assemblies.pages.nothing_to_vote import withdraw_href
from comuna.assemblies.pages.noticing import told
from comuna.assemblies.pages.reader import Reader, reader, standing_or_404, who_can
from comuna.assemblies.pages.states import (
    agenda,
    last_thing,
    seats_changed,
    under_discussion,
    votes,
    who_is_there,
)
from comuna.assemblies.pages.words import (
    altered,
    call_words,
    erased_or,
    moves_words,
    present_words,
    quorum_words,
    session_words,
    status_words,
)
from comuna.assemblies.queries import ItemStanding, Standing
from comuna.look import pdf
from comuna.look.frame import Link, actor_of
from comuna.look.page import Page, show
from comuna.look.parts import (
    Answer,
    Beside,
    Do,
    Fact,
    Facts,
    Many,
    Part,
    Section,
    Small,
    Source,
    Status,
    WhoCan,
)
from comuna.look.words import hour_words, moment_words, number_words
from comuna.statutes import rules as counting
from comuna.statutes.words import call as call_rule


def session(request: HttpRequest, id: UUID) -> HttpResponse:
    stands = standing_or_404(id)
    one = reader(request)
    items = queries.agenda(stands)
    coming = queries.next_step(stands, items, one.day)
    changed = [] if stands.is_open else changed_outside(id)  # while it runs, every phone asks anew
    page = Page(
        title=session_words(stands.statute, stands.session),
        room=_("Assemblies"),
        room_href=reverse("assemblies:sessions"),
        answer=_answer(stands, items, one),
        notices=[*([altered(changed)] if changed else []), *last_thing(stands, items, one)],
        next=_next(stands, items, one, coming),
        facts=[
            *_states(stands, items, one),
            *written(stands, items, one),
            *votes(stands, items, one),
            Section(_("The session"), [_facts(stands, actor_of(request).person, told(stands, one))]),
            *carried(stands, items, wide=True),
            *by_name(stands, items),
            *instructions(stands, items, one),
            *also.parts_of(stands),
            *seats_changed(stands, also.told_by(stands)),
        ],
        source=Source(links=_links(stands, one)),
    )
    return show(request, page)


def _states(stands: Standing, items: Sequence[ItemStanding], one: Reader) -> list[Part]:
    """Side by side while it runs; before its day only the agenda."""
    if stands.cancellation is not None or (stands.day > one.day and not stands.calls):
        return [agenda(stands, items)]
    if not stands.is_open:
        return [Beside([who_is_there(stands, one), agenda(stands, items)])]
    return [Beside([who_is_there(stands, one), under_discussion(stands, items, one), agenda(stands, items)])]


def _answer(stands: Standing, items: Sequence[ItemStanding], one: Reader) -> Answer:
    session = stands.session
    when = moment_words(stands.day, stands.hour, today=one.day)
    title = session_words(stands.statute, session)
    status = status_words(stands)
    if stands.cancellation is not None:
        return Answer(_("Cancelled: {reason}").format(reason=erased_or(stands.cancellation.reason)), title, status)
    if stands.closure is not None and stands.quorate is not None:
        decided = sum(motion.resolution is not None for item in items for motion in item.motions)
        words = ngettext("{n} decision taken", "{n} decisions taken", decided).format(n=number_words(decided))
        return Answer(words, f"{title}, {when}. {quorum_words(stands.quorate)}", status)
    if stands.calls:
        return _answer_after_call(stands, f"{title}, {when}", status)
    if stands.day > one.day or not stands.present:
        place = erased_or(session.place)
        return Answer(_("{moment}, {place}").format(moment=when, place=place), title, status)
    return Answer(present_words(stands.present), f"{title}, {when}", status)


def _answer_after_call(stands: Standing, more: str, status: Status) -> Answer:
    """The quorum, or what the next call asks for."""
    said, ahead = quorum_words(stands.calls[-1]), stands.next_call
    if stands.quorate is not None or ahead is None:
        return Answer(said, more, status)
    if stands.sittings:
        words = _("Adjourned: {call} on {moment}").format(
            call=call_words(ahead.number), moment=moment_words(stands.day, stands.hour)
        )
        return Answer(words, f"{said}. {more}", status)
    needed = max(1, counting.needed(ahead.quorum, queries.counts_of(stands, stands.present)))
    words = _("{present}; the {call} asks for {needed}").format(
        present=present_words(stands.present), call=call_words(ahead.number), needed=number_words(needed)
    )
    return Answer(words, f"{said}. {more}", status)


# The next thing to do

_PAGES: dict[type[Act], str] = {
    RecordAttendance: "assemblies:attendance",
    RecordLeaving: "assemblies:leaving",
    RecordNotice: "assemblies:record-notice",
    MakeCall: "assemblies:call",
    PutMotion: "assemblies:motion",
    CloseSession: "assemblies:close",
    AddAgendaItem: "assemblies:item",
    StrikeItem: "assemblies:strike-item",
    CorrectItem: "assemblies:correct-item",
    Adjourn: "assemblies:adjourn",
    MoveSession: "assemblies:move",
    CancelSession: "assemblies:cancel",
}


# Acts of rooms above that are done in a session, by their verbs: their pages are only linked.
_ABOVE = (
    ("elections.record_election", "elections:record", gettext_lazy("Record an election")),
    ("elections.decide_recall", "elections:board", gettext_lazy("Record the vote on a recall")),
)


def _next(stands: Standing, items: Sequence[ItemStanding], one: Reader, coming: queries.NextStep | None) -> Part | None:
    if stands.closure is not None:
        return Do(_("Read the minutes"), reverse("assemblies:minutes", args=[stands.session.id]))
    if coming is None and stands.cancellation is not None:
        return None
    organ = stands.session.organ
    others = _others(stands, items, one, coming)
    waits = queries.next_to_vote(items)
    if coming is queries.NextStep.WITHDRAW and waits is not None and one.may(WithdrawMotion, organ):
        words = _("Withdraw motion {number}").format(number=number_words(waits.motion.number))
        return Do(words, withdraw_href(waits), others)
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
    queries.NextStep.WITHDRAW: WithdrawMotion,
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


def _any_to(act: type[Act], stands: Standing, items: Sequence[ItemStanding]) -> bool:
    return stands.is_open and bool(changeable(stands, items, act))


def _others(
    stands: Standing, items: Sequence[ItemStanding], one: Reader, coming: queries.NextStep | None
) -> tuple[Link, ...]:
    """What else this reader may do now, in the order of a session."""
    today, quorate = stands.day <= one.day, stands.quorate is not None
    fitting: list[tuple[type[Act], bool]] = [
        (RecordAttendance, today),
        (RecordLeaving, today and bool(stands.here)),
        (PutMotion, today and quorate),
        (Adjourn, bool(stands.calls) and stands.next_call is not None),
        (RecordNotice, not stands.calls),
        (AddAgendaItem, True),
        (CorrectItem, _any_to(CorrectItem, stands, items)),
        (StrikeItem, _any_to(StrikeItem, stands, items)),
        (CloseSession, today and bool(stands.calls)),
        (MoveSession, not stands.calls and not stands.sheets),
        (CancelSession, not quorate),
    ]
    first = _ACTS[coming] if coming else None
    links = [
        Link(act.label, reverse(_PAGES[act], args=[stands.session.id]))
        for act, fits in fitting
        if fits and stands.is_open and act is not first and one.may(act, stands.session.organ)
    ]
    if today and quorate and stands.is_open:
        links += [
            Link(words, f"{reverse(page)}?session={stands.session.id}")
            for verb, page, words in _ABOVE
            if one.may_do(verb, stands.session.organ)
        ]
    return tuple(links)


# What else there is to know


def _facts(stands: Standing, person: UUID | None, notices: Sequence[Fact]) -> Facts:
    """Whoever is signed in reads whether she herself was recorded; nobody reads it of another."""
    session = stands.session
    facts = [
        Fact(_("Day"), moment_words(session.day, session.hour)),
        Fact(_("Place"), erased_or(session.place)),
        Fact(_("Convened"), _notice(stands), Link(_("the act"), reverse("books:thread", args=[session.id]))),
    ]
    facts += notices
    if stands.moves:
        facts.append(Fact(_("Moved"), Many(moves_words(stands.moves, stands.session))))
    facts += [
        Fact(call_words(call.number), Many([call_rule(call), Small(call.quorum.rule.source)]))
        for call in stands.organ.calls
    ]
    facts += [Fact(_("Adjourned to"), moment_words(sitting.day, sitting.hour)) for sitting in stands.sittings]
    if person is not None and stands.sheets:
        was_here = person in queries.present_people(session.id)
        facts.append(Fact(_("You"), _("recorded as present") if was_here else _("not recorded as present")))
    if stands.closure is not None:
        facts.append(Fact(_("Ended"), hour_words(stands.closure.hour)))
    return Facts(facts)


def _notice(stands: Standing) -> str:
    if stands.session.from_paper:
        return _("recorded afterwards, from paper")
    days = stands.session.notice_days
    said = ngettext("{n} day before", "{n} days before", days).format(n=number_words(days))
    if not stands.moves:
        return said
    return _("{days}, for {moment}").format(days=said, moment=moment_words(*stands.called_for_first))


def _links(stands: Standing, one: Reader) -> list[Link]:
    id = [stands.session.id]
    links = [
        Link(_("Text to pass on"), reverse("assemblies:notice", args=id)),
        Link(_("Poster"), reverse("assemblies:poster", args=id)),
        Link(_("For the projector"), reverse("assemblies:screen", args=id)),
    ]
    if stands.calls and stands.closure is None:
        links.insert(0, Link(_("Minutes so far"), reverse("assemblies:minutes", args=id)))
    if stands.closure is not None and pdf.is_there():
        links.insert(0, Link(_("Minutes as PDF"), reverse("assemblies:minutes-pdf", args=id)))
    if stands.is_open and one.may(RecordAttendance, stands.session.organ):
        links.insert(0, Link(_("Sign-in sheet"), reverse("assemblies:sheet", args=id)))
    return links
