"""Questions about sessions: what stands where, what was decided, what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from django.db.models import QuerySet

from comuna.acts.act import GroundRole
from comuna.acts.models import Ground
from comuna.assemblies.models import (
    AgendaItem,
    Attendance,
    Closure,
    Sitting,
)
from comuna.assemblies.queries.carried import (
    CARRIED_MAX as CARRIED_MAX,
    agenda as agenda,
    came_since as came_since,
    carried_onto as carried_onto,
)
from comuna.assemblies.queries.decisions import (
    ResolutionStanding as ResolutionStanding,
    approvals as approvals,
    approves as approves,
    count_resolutions as count_resolutions,
    motions_ever as motions_ever,
    next_resolution_number as next_resolution_number,
    open_resolutions as open_resolutions,
    resolution as resolution,
    resolutions as resolutions,
    resolutions_of as resolutions_of,
    stands as stands,
    tally_of as tally_of,
    to_ratify as to_ratify,
)
from comuna.assemblies.queries.motions import (
    ItemStanding as ItemStanding,
    MotionStanding as MotionStanding,
    is_told_of as is_told_of,
    is_touched as is_touched,
    items as items,
    next_to_vote as next_to_vote,
)
from comuna.assemblies.queries.regular import (
    is_convened as is_convened,
    moved_meetings as moved_meetings,
    not_convened as not_convened,
    regular_meetings as regular_meetings,
)
from comuna.assemblies.queries.sessions import (
    called_on as called_on,
    coming as coming,
    convened_on as convened_on,
    count_past as count_past,
    ended as ended,
    last_place as last_place,
    next_session_number as next_session_number,
    notices as notices,
    organs_that_met as organs_that_met,
    past as past,
    quorate_among as quorate_among,
    still_open as still_open,
    witness_of as witness_of,
)
from comuna.assemblies.queries.standing import (
    Entitled as Entitled,
    Standing as Standing,
    Stay as Stay,
    counts_of as counts_of,
    entitled as entitled,
    is_from_paper as is_from_paper,
    organ_of as organ_of,
    standing as standing,
    still_entitled as still_entitled,
)
from comuna.assemblies.queries.voting import (
    carried_amendment as carried_amendment,
    first_amendment as first_amendment,
    first_open_motion as first_open_motion,
    instruction as instruction,
    instructions_ahead as instructions_ahead,
    instructions_by as instructions_by,
    instructions_in as instructions_in,
    instructions_on as instructions_on,
    is_instructed as is_instructed,
    is_voted as is_voted,
    is_voted_by_name as is_voted_by_name,
    is_withdrawn as is_withdrawn,
    last_count as last_count,
    last_hour as last_hour,
    open_amendments as open_amendments,
    open_motions as open_motions,
    seat_votes as seat_votes,
    seat_votes_ever as seat_votes_ever,
    seats_taken as seats_taken,
    session_of_motion as session_of_motion,
    vote_on as vote_on,
    was_announced as was_announced,
    was_voted as was_voted,
)
from comuna.assemblies.queries.year import (
    decided as decided,
    met as met,
    organ_years as organ_years,
    years as years,
)
from comuna.journal import queries as journal
from comuna.journal.compiled import Compiled
from comuna.mandates.models import Ending, Mandate
from comuna.mandates.rules import EndingKind
from comuna.statutes import queries as statutes

# What else came of a session


@dataclass(frozen=True)
class CameOf:
    """What else was done in a session besides its motions: an act, and the mandates it began and ended."""

    act: UUID
    begun: tuple[Mandate, ...]
    ended: tuple[Mandate, ...]


def came_of(session: UUID) -> list[CameOf]:
    """Elections, recalls and whatever else says that this session decided it, in the order recorded, up to its
    closing. What was taken back is not among them. Four statements."""
    edges = Ground.objects.filter(ground=session, role=GroundRole.DECIDED_BY.value)
    closing = Closure.objects.filter(session=session).values_list("born", flat=True).first()
    if closing is not None:
        edges = edges.filter(born__lte=closing)
    acts = list(edges.order_by("born").values_list("act", flat=True))
    undone = EndingKind.UNDONE.value
    follows = (undone, EndingKind.REPLACED.value, EndingKind.STEPPED_IN.value)  # said by who comes instead
    begun = (
        Mandate.objects.filter(act__in=acts).select_related("seat", "person").order_by("is_alternate", "seat__number")
    )
    ended = (
        Ending.objects.filter(act__in=acts).exclude(kind__in=follows).select_related("mandate__seat", "mandate__person")
    )
    by_act: dict[UUID, list[Mandate]] = {}
    for mandate in begun.exclude(ending__kind=undone):
        by_act.setdefault(mandate.act, []).append(mandate)
    gone: dict[UUID, list[Mandate]] = {}
    for ending in ended:
        gone.setdefault(ending.act, []).append(ending.mandate)
    found = [CameOf(act, tuple(by_act.get(act, ())), tuple(gone.get(act, ()))) for act in acts]
    return [one for one in found if one.begun or one.ended]


def present_people(session: UUID) -> frozenset[UUID]:
    """Everybody recorded as present in the newest sitting, whoever left since too."""
    return frozenset(_PEOPLE.rows(session, _newest(session)))


def _present(session: UUID, newest: int) -> QuerySet[Attendance]:
    return Attendance.objects.filter(session_id=session, sitting=newest)


def _newest(session: UUID) -> int:
    return len(_ADJOURNED.rows(session)) + 1


_ADJOURNED = Compiled[UUID](
    lambda session: Sitting.objects.filter(session_id=session).values_list("pk", flat=True), UUID
)
_PEOPLE = Compiled[UUID](lambda session, newest: _present(session, newest).values_list("person", flat=True), UUID, int)
_SEATED = Compiled[Attendance](
    lambda session, newest: _present(session, newest).filter(left="").order_by("seat", "number", "born", "id"),
    UUID,
    int,
)


_COME_BY = (  # the acts by which people come into the books, and where each says who
    ("mandates.found_commune", "fields.promoters."),
    ("territory.register_person", "fields"),
    ("territory.import_census", "fields.taken."),
)


def sheet_numbers(commune: UUID) -> dict[UUID, int]:
    """Everybody's number for sign-in sheets: the order in which people came into the books, whoever was struck or
    erased since counted too, so that nobody ever gets a number that was somebody else's and a sheet printed before
    stays good. It follows from the journal, whose commitments outlive the rows they made; so it is the same in books
    imported, restored or rebuilt. Three statements.

    A stronger check letter would only have made a wrong person less likely. A number kept in the person's row would
    be free again once the row is struck."""
    came = {found for verb, slot in _COME_BY for found in journal.subjects(commune, verb, slot, "household")}
    return {person: number for number, (_seq, person) in enumerate(sorted(came), start=1)}


class NextStep(StrEnum):
    """What a session waits for."""

    ATTENDANCE = "attendance"
    CALL = "call"
    MOTION = "motion"
    COUNT = "count"
    WITHDRAW = "withdraw"  # an amendment that can be voted on no more
    CLOSE = "close"


def next_step(stands: Standing, agenda: Sequence[ItemStanding], today: date) -> NextStep | None:
    """What comes next in the order of a session; None before its day and once it is over."""
    if not stands.is_open or stands.day > today:
        return None
    if stands.quorate is None:
        if not stands.present:
            return NextStep.ATTENDANCE
        return NextStep.CALL if len(stands.calls) < len(stands.organ.calls) else NextStep.CLOSE
    waits = next_to_vote(agenda)
    if waits is not None:
        return NextStep.WITHDRAW if waits.overtaken_by else NextStep.COUNT
    return NextStep.MOTION if any(item.waits for item in agenda) else NextStep.CLOSE


def attendance(session: UUID) -> list[Attendance]:
    """Who was there in the newest sitting, each time that somebody came."""
    return list(_present(session, _newest(session)).order_by("seat", "number", "born", "id"))


def seated_now(session: UUID) -> list[Attendance]:
    """Who has not left."""
    return _SEATED.rows(session, _newest(session))


def items_open_to(commune: UUID, organ: str, day: date) -> list[tuple[Standing, AgendaItem]]:
    """The items of coming sessions in which somebody sits whom this organ sent and may bind, not yet voted on."""
    statute = statutes.in_force(commune, day)
    receive = {
        one.id
        for one in statute.organs
        if one.imperative and any(kind.chosen_by == organ for kind in statute.seats_in(one.id))
    }
    found = []
    for session in coming(commune, day) if receive else ():
        if session.organ not in receive:
            continue
        stands = standing(session.id)
        untouched = AgendaItem.objects.filter(session=session, struck=None, recounted=False)  # as ``was_voted`` asks
        untouched = untouched.exclude(motion__tally__isnull=False).exclude(motion__differing__isnull=False)
        found += [(stands, item) for item in untouched.order_by("number")] if stands.is_open else []
    return found
