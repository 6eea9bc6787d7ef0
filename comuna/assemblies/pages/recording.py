"""The forms of a session's acts, each already knowing which session it is about."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _, pgettext

from comuna.acts.act import Act
from comuna.acts.door import Done
from comuna.acts.queries import said
from comuna.acts.reading import read_one
from comuna.assemblies import queries, rules
from comuna.assemblies.acts import (
    Adjourn,
    CancelSession,
    CloseSession,
    Convene,
    MakeCall,
    MoveSession,
    PutMotion,
    UndoAttendance,
    UndoCall,
    UndoCount,
    UndoLeaving,
    UndoMotion,
    VoteFirst,
    WithdrawMotion,
)
from comuna.assemblies.models import Call, Leaving, Motion, Session, Sheet, Tally
from comuna.assemblies.pages.reader import Reader, hour_now, reader, standing_or_404
from comuna.assemblies.pages.words import (
    call_words,
    erased_or,
    item_words,
    left_words,
    organ_words,
    present_words,
    quorum_words,
    resolution_words,
    session_words,
    tally_words,
)
from comuna.assemblies.queries import ItemStanding, Standing
from comuna.look.act_page import act_page
from comuna.look.frame import Link, Words
from comuna.look.parts import Bar, Choice, Fact, Facts, Many, Part, Section, Text
from comuna.look.words import moment_words
from comuna.mandates.pages.reader import here, id_in, today_in
from comuna.mandates.queries import holders, named
from comuna.statutes import rules as counting
from comuna.statutes.councils import council_in
from comuna.statutes.statute import Organ, SeatKind
from comuna.statutes.words import call as call_rule, call_name
from comuna.territory.queries import names

AGENDA_LINES = 8
WEEK = timedelta(days=7)


def convene(request: HttpRequest) -> HttpResponse:
    """A new session; the day that the statute's rhythm says stands there already."""
    one = reader(request)
    organs = [organ for organ in one.statute.organs if organ.calls]
    mine = [organ for organ in organs if one.may(Convene, organ.id)] or organs
    wanted = next((organ for organ in mine if organ.id == request.GET.get("organ")), mine[0])
    last = queries.last_place(one.commune, wanted.id)
    initial: dict[str, Any] = {"organ": wanted.id, "day": _suggested_day(one.commune, wanted, one.day), "hour": "09:00"}
    if last:
        initial["place"] = last
    return act_page(
        request,
        Convene,
        room=_("Assemblies"),
        room_href=reverse("assemblies:sessions"),
        choices={"organ": [Choice(organ.id, named(organ.name)) for organ in mine]},
        initial=initial,
        before=[_rules_of(mine)],
        on_done=_to_session,
        cancel=reverse("assemblies:sessions"),
        blank_rows=AGENDA_LINES,
    )


def _suggested_day(commune: UUID, organ: Organ, today: date) -> date:
    """The next regular day for which there is still time to tell people."""
    earliest = today + timedelta(days=organ.notice_days)
    regular = queries.regular_meetings(commune, organ, earliest - timedelta(days=1))
    return regular[0][0] if regular else earliest


def _rules_of(organs: Sequence[Organ]) -> Part:
    """What each organ's calls ask for, so that nobody convenes one that cannot meet."""
    facts = [
        Fact(named(organ.name), Many([f"{call_name(call.number)}: {call_rule(call)}" for call in organ.calls]))
        for organ in organs[:6]
    ]
    return Section(_("What the statute asks for"), [Facts(facts)])


def _to_session(done: Done) -> HttpResponse:
    """To the session's page; to the proposal's where several seats must sign first."""
    if Session.objects.filter(pk=done.id).exists():
        return HttpResponseRedirect(reverse("assemblies:session", args=[done.id]))
    return HttpResponseRedirect(reverse("books:thread", args=[done.id]))


def move(request: HttpRequest, id: UUID) -> HttpResponse:
    """Another day, hour or place; those it has stand there already."""
    stands = standing_or_404(id)
    now = stands.session
    initial: dict[str, Any] = {"day": now.day, "hour": now.hour} | ({"place": now.place} if now.place else {})
    before = [_whose(stands), _rules_of([stands.organ])]
    return about_session(request, id, MoveSession, stands=stands, initial=initial, before=before)


def cancel(request: HttpRequest, id: UUID) -> HttpResponse:
    stands = standing_or_404(id)
    return about_session(request, id, CancelSession, stands=stands, before=[_whose(stands)])


def _whose(stands: Standing) -> Part:
    """Whose session it is, and who convened it for when: nobody moves or cancels that of others without seeing so."""
    session = stands.session
    convened = Link(said(read_one(session.id)), reverse("books:thread", args=[session.id]))
    return Facts(
        [
            Fact(_("Whose session"), organ_words(stands.statute, session.organ)),
            Fact(pgettext("session", "Convened"), convened),
            Fact(pgettext("session", "Day"), moment_words(session.day, session.hour)),
        ]
    )


def call(request: HttpRequest, id: UUID) -> HttpResponse:
    """The next call, with what it needs and who is there."""
    stands = standing_or_404(id)
    number = len(stands.calls) + 1
    before: list[Part] = []
    if number <= len(stands.organ.calls):
        rule = stands.organ.calls[number - 1]
        counts = queries.counts_of(stands, stands.present)
        needed = max(1, counting.needed(rule.quorum, counts))
        words = _("Quorum, {call}").format(call=call_words(number))
        bar = Bar(_("Present"), stands.present, max(counts.roll or 0, needed), needed, words, large=True, ahead=True)
        before = [bar, Text(f"{call_rule(rule)}. {rule.quorum.rule.source}")]
    return about_session(
        request,
        id,
        MakeCall,
        stands=stands,
        initial={"number": number, "hour": _call_now(stands)},
        fixed={"number": call_words(number)},
        before=before,
    )


def _call_now(stands: Standing) -> str:
    """The hour on the clock; for a session of another day the earliest that the statute allows after the last call."""
    now, ahead = hour_now(stands), stands.next_call
    if stands.day == today_in(stands.session.commune) or ahead is None or not stands.calls:
        return now
    last = (stands.day_of(stands.calls[-1].sitting), stands.calls[-1].hour)
    day, earliest = rules.moment_after(last, ahead.minutes_after_previous)
    return earliest if day == stands.day else now


def adjourn(request: HttpRequest, id: UUID) -> HttpResponse:
    """Another day for the next call: the earliest that the statute allows stands there already."""
    stands = standing_or_404(id)
    initial: dict[str, Any] = {}
    if stands.next_call is not None and stands.calls:
        last = (stands.day_of(stands.calls[-1].sitting), stands.calls[-1].hour)
        day, hour = rules.moment_after(last, stands.next_call.minutes_after_previous)
        initial = {"day": day, "hour": hour} if day > last[0] else {"day": last[0] + WEEK, "hour": stands.session.hour}
    return about_session(request, id, Adjourn, stands=stands, initial=initial)


def motion(request: HttpRequest, id: UUID) -> HttpResponse:
    """A motion under the item on which one waits for the vote, else under the first that has none."""
    stands, one = standing_or_404(id), reader(request)
    agenda = queries.items(id)
    waits = next((held for held in agenda if any(motion.is_open for motion in held.motions)), None)
    untouched = waits or next((held for held in agenda if held.waits), agenda[-1] if agenda else None)
    initial: dict[str, Any] = {"item": untouched.item.number} if untouched else {}
    seats = seat_choices(stands, one, every=request.GET.get("seats") == EVERY)
    are_all = len(seats) == sum(not kind.founding for kind in one.statute.seats)
    waiting = [
        Choice(str(one.resolution.id), f"{resolution_words(one.resolution)}: {erased_or(one.text)[:100]}")
        for one in queries.to_ratify(one.commune, stands.session.organ)
    ]
    amendable = [
        Choice(str(one.motion.id), f"{one.motion.number}. {erased_or(one.text)[:100]}")
        for held in agenda
        for one in held.main
        if one.is_open
    ]
    return about_session(
        request,
        id,
        PutMotion,
        stands=stands,
        initial=initial,
        fixed={name: "" for name, found in (("amends", amendable), ("ratifies", waiting)) if not found},
        choices={
            "amends": amendable,
            "ratifies": waiting,
            "item": item_choices(agenda),
            "responsible": seats,
        },
        before=[] if are_all else [_other_seats(stands)],
    )


EVERY = "every"


def belongs(stands: Standing, kind: str) -> bool:
    """Whether a seat is one of the session's organ, of its council or of the whole commune."""
    own = {seat.id for seat in stands.statute.seats_in(stands.session.organ)}
    return kind in own or council_in(kind) in (None, council_in(stands.session.organ))


def _how_near(stands: Standing, kind: SeatKind) -> tuple[bool, bool]:
    """Those of the organ come first, then those of its council, then the others."""
    return kind.organ != stands.session.organ, council_in(kind.id) != council_in(stands.session.organ)


def _other_seats(stands: Standing) -> Part:
    href = f"{reverse('assemblies:motion', args=[stands.session.id])}?seats={EVERY}"
    return Facts([Fact(_("Seats of other councils"), Link(_("List them too"), href))])


def seat_choices(stands: Standing, one: Reader, *, every: bool = False) -> list[Choice]:
    """The seats of the session's organ first, then those of its council; with ``every`` those of other councils too."""
    taken = {held.kind for held in holders(one.commune, one.day) if not held.is_alternate}
    kinds = [kind for kind in one.statute.seats if not kind.founding and (every or belongs(stands, kind.id))]
    return [
        Choice(kind.id, named(kind.name) if kind.id in taken else _("{seat} (vacant)").format(seat=named(kind.name)))
        for kind in sorted(kinds, key=lambda kind: _how_near(stands, kind))
    ]


def item_choices(agenda: Sequence[ItemStanding]) -> list[Choice]:
    return [Choice(str(held.item.number), item_words(held)) for held in agenda if not held.struck]


def close(request: HttpRequest, id: UUID) -> HttpResponse:
    """The end; then the minutes, which carry the code of the books as they stand."""
    stands = standing_or_404(id)
    here_now = names(queries.present_people(id), knows=True)
    people = [Choice(str(person), name) for person, name in sorted(here_now.items(), key=lambda pair: pair[1])]
    return about_session(
        request,
        id,
        CloseSession,
        stands=stands,
        initial={"hour": _end_now(stands)},
        choices={"chaired_by": people} if people else {},
        on_done=lambda done: _to_minutes(id),
    )


def _end_now(stands: Standing) -> str:
    """The hour on the clock, unless something is written down of a later one."""
    now, last = hour_now(stands), queries.last_hour(stands)
    return last if last and rules.minutes_into(stands.hour, last) > rules.minutes_into(stands.hour, now) else now


def _to_minutes(id: UUID) -> HttpResponse:
    return HttpResponseRedirect(reverse("assemblies:minutes", args=[id]))


def about_session(
    request: HttpRequest,
    id: UUID,
    act: type[Act],
    *,
    stands: Standing | None = None,
    initial: Mapping[str, Any] | None = None,
    fixed: Mapping[str, Words] | None = None,
    choices: Mapping[str, Sequence[Choice]] | None = None,
    before: Sequence[Part | Words] = (),
    title: Words = "",
    on_done: Callable[[Done], HttpResponse] | None = None,
) -> HttpResponse:
    stands = stands or standing_or_404(id)
    words = session_words(stands.statute, stands.session)
    href = reverse("assemblies:session", args=[id])
    about = {"session": id} if "session" in act.model_fields else {}
    return act_page(
        request,
        act,
        room=words,
        room_href=href,
        initial={**about, **(initial or {})},
        fixed={**({"session": words} if about else {}), **(fixed or {})},
        choices=choices or {},
        before=before,
        title=title,
        on_done=on_done or (lambda done: _back(href, done)),
        cancel=href,
        organ=stands.session.organ,
    )


def _back(href: str, done: Done) -> HttpResponse:
    return HttpResponseRedirect(href)


# Taking back


def undo_attendance(request: HttpRequest) -> HttpResponse:
    sheet = _row(request, Sheet, "sheet")
    return _undo(request, UndoAttendance, "sheet", sheet.id, sheet.session_id, present_words(sheet.people))


def undo_leaving(request: HttpRequest) -> HttpResponse:
    gone = _row(request, Leaving, "leaving")
    return _undo(request, UndoLeaving, "leaving", gone.id, gone.session_id, left_words(gone.people, gone.hour))


def undo_call(request: HttpRequest) -> HttpResponse:
    made = _row(request, Call, "call")
    return _undo(request, UndoCall, "call", made.id, made.session_id, quorum_words(made))


def undo_motion(request: HttpRequest) -> HttpResponse:
    put = _row(request, Motion, "motion")
    return _undo(request, UndoMotion, "motion", put.id, put.session_id, erased_or(put.text)[:200])


def undo_count(request: HttpRequest) -> HttpResponse:
    tally = _row(request, Tally, "tally")
    session = Motion.objects.values_list("session_id", flat=True).get(pk=tally.motion_id)
    return _undo(request, UndoCount, "tally", tally.id, session, tally_words(tally))


def withdraw(request: HttpRequest) -> HttpResponse:
    put = _row(request, Motion, "motion")
    return _undo(request, WithdrawMotion, "motion", put.id, put.session_id, erased_or(put.text)[:200])


def vote_first(request: HttpRequest) -> HttpResponse:
    put = _row(request, Motion, "motion")
    return _undo(request, VoteFirst, "motion", put.id, put.session_id, erased_or(put.text)[:200])


def _row(request: HttpRequest, model: type[Model], field: str) -> Any:
    found = model._default_manager.filter(pk=id_in(request, field), commune=here()).first()
    if found is None:
        raise Http404
    return found


def _undo(request: HttpRequest, act: type[Act], field: str, id: UUID, session: UUID, words: str) -> HttpResponse:
    return about_session(request, session, act, initial={field: id}, fixed={field: words})
