"""Questions about sessions: what stands where, what was decided, what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import QuerySet

from comuna.acts.act import GroundRole
from comuna.acts.models import Ground
from comuna.assemblies.models import (
    AgendaItem,
    Attendance,
    Call,
    Cancellation,
    Closure,
    Motion,
    Move,
    Resolution,
    Session,
    Sheet,
    Sitting,
    Tally,
)
from comuna.assemblies.queries.decisions import (
    ResolutionStanding as ResolutionStanding,
    count_resolutions as count_resolutions,
    motions_ever as motions_ever,
    next_resolution_number as next_resolution_number,
    open_resolutions as open_resolutions,
    resolution as resolution,
    resolutions as resolutions,
    tally_of as tally_of,
)
from comuna.assemblies.queries.sessions import (
    adjourned_to as adjourned_to,
    coming as coming,
    count_past as count_past,
    ended as ended,
    last_place as last_place,
    next_session_number as next_session_number,
    organs_that_met as organs_that_met,
    past as past,
    witness_of as witness_of,
)
from comuna.assemblies.queries.voting import (
    instruction as instruction,
    instructions_by as instructions_by,
    instructions_in as instructions_in,
    instructions_on as instructions_on,
    seat_votes as seat_votes,
    seat_votes_ever as seat_votes_ever,
    seats_taken as seats_taken,
)
from comuna.assemblies.rules import Seat, Sitter, seats_of
from comuna.journal import queries as journal, sql
from comuna.journal.tables import State
from comuna.mandates import queries as mandates
from comuna.mandates.models import Ending, Mandate
from comuna.mandates.rules import EndingKind
from comuna.statutes import queries as statutes
from comuna.statutes.rules import Counts
from comuna.statutes.statute import Call as CallRule, Members, Organ, Statute
from comuna.territory import queries as territory

S = TypeVar("S", bound=State)


@dataclass(frozen=True)
class Standing:
    """A session as it stands now."""

    session: Session
    statute: Statute  # for the session's day, as the books knew it when people were called to that day
    organ: Organ
    moves: tuple[Move, ...]  # oldest first
    calls: tuple[Call, ...]
    sittings: tuple[Sitting, ...]  # after the first, when the session was adjourned
    sheets: tuple[Sheet, ...]  # of the newest sitting
    recorded: frozenset[UUID]  # as present in the newest sitting
    closure: Closure | None
    cancellation: Cancellation | None

    @cached_property
    def here(self) -> frozenset[UUID]:
        """Recorded as present and, while the session runs, as the books stand now, entitled to be. Asked only where it
        matters: it reads the roll again."""
        return still_entitled(self, self.recorded) if self.recorded and self.is_open else self.recorded

    @property
    def present(self) -> int:
        """How many count as present: whoever died, left or was suspended meanwhile does not."""
        return len(self.here)

    @property
    def quorate(self) -> Call | None:
        """The call that reached the quorum."""
        return next((call for call in self.calls if call.reached), None)

    @property
    def called_for_first(self) -> tuple[date, str]:
        """Day and hour for which it was convened, before anybody moved it."""
        if self.moves:
            return self.moves[0].from_day, self.moves[0].from_hour
        return self.session.day, self.session.hour

    @property
    def sitting(self) -> int:
        """The number of the newest sitting."""
        return len(self.sittings) + 1

    def day_of(self, sitting: int) -> date:
        return self.sittings[sitting - 2].day if sitting > 1 else self.session.day

    @property
    def day(self) -> date:
        """Of the newest sitting."""
        return self.day_of(self.sitting)

    @property
    def hour(self) -> str:
        return self.sittings[-1].hour if self.sittings else self.session.hour

    @property
    def next_call(self) -> CallRule | None:
        """The call that comes next; None once the quorum is reached or the statute has no more."""
        ahead = self.organ.calls[len(self.calls) :]
        return ahead[0] if ahead and self.quorate is None else None

    @property
    def is_open(self) -> bool:
        return self.closure is None and self.cancellation is None

    @property
    def everyone_sits(self) -> bool:
        return self.organ.members is Members.EVERYONE


def standing(session: UUID) -> Standing:
    """Nine statements, ten in books with councils, and those of ``entitled`` once it is asked who is there while it
    runs. Raises Session.DoesNotExist."""
    key = sql.uuid_value(session)
    row = next(iter(sql.state_rows(Session, "id = %s", key)), None)
    if row is None:
        raise Session.DoesNotExist

    def of(model: type[S], more: str = "ORDER BY born", *values: Any) -> list[S]:
        return sql.state_rows(model, f"session_id = %s {more}", key, *values)

    moves = tuple(of(Move))
    statute = statutes.in_force(row.commune, row.day, known_at=moves[-1].born if moves else row.born)
    sittings = tuple(of(Sitting, "ORDER BY number"))
    newest = len(sittings) + 1
    recorded = "SELECT person FROM assemblies_attendance WHERE session_id = %s AND sitting = %s"
    return Standing(
        session=row,
        statute=statute,
        # an organ that no statute has stands in an altered row only, whose pages are read all the same and say so
        organ=next((one for one in statute.organs if one.id == row.organ), replace(statute.highest(), id=row.organ)),
        moves=moves,
        calls=tuple(of(Call, "ORDER BY number")),
        sittings=sittings,
        sheets=tuple(of(Sheet, "AND sitting = %s ORDER BY born", newest)),
        recorded=frozenset(sql.uuid_of(found[0]) for found in sql.rows(recorded, key, newest)),
        closure=next(iter(of(Closure)), None),
        cancellation=next(iter(of(Cancellation)), None),
    )


def organ_of(session: UUID) -> str | None:
    """The organ that meets; None for no such session."""
    found: str | None = Session.objects.filter(pk=session).values_list("organ", flat=True).first()
    return found


# Who may sit


@dataclass(frozen=True)
class Entitled:
    """Everybody entitled to sit in a session, and what the quorum is a share of."""

    people: frozenset[UUID]
    sitters: tuple[Sitter, ...]  # empty where everybody sits
    seats: frozenset[Seat]  # that somebody may fill; empty where everybody sits
    size: int  # of the roll; in an organ of seats, of those seats
    unknown_age: int
    away: int


def entitled(commune: UUID, organ: Organ, statute: Statute, day: date) -> Entitled:
    """By the roll of the day where everybody sits, else by the mandates of the day, both as this statute has them."""
    if organ.members is Members.EVERYONE:
        assert organ.roll is not None, "the loader asks for a roll"
        roll = territory.roll(commune, day, organ.roll)
        counted = len(roll.unknown_age & roll.entitled)
        return Entitled(roll.entitled, (), frozenset(), roll.size, counted, roll.away)
    kinds = {kind.id: kind for kind in statute.seats_in(organ.id)}
    holding = [one for one in mandates.holders(commune, day, statute, kinds) if one.status.has_power]
    sitters = tuple(Sitter(one.person, one.kind, one.number, one.is_alternate) for one in holding)
    seats = seats_of(sitters, {id: kind.count for id, kind in kinds.items()})
    return Entitled(frozenset(one.person for one in holding), sitters, seats, len(seats), 0, 0)


def still_entitled(stands: Standing, people: frozenset[UUID]) -> frozenset[UUID]:
    """Those of these people who are entitled to sit in a session, on the day of its newest sitting."""
    commune, organ = stands.session.commune, stands.organ
    if organ.members is Members.EVERYONE:
        assert organ.roll is not None, "the loader asks for a roll"
        return territory.on_roll(commune, stands.day, organ.roll, people)
    return people & entitled(commune, organ, stands.statute, stands.day).people


def counts_of(stands: Standing, present: int, rights: Entitled | None = None) -> Counts:
    """What shares are shares of; from the first call on with the roll, or the members, that it froze."""
    if stands.calls:
        frozen = stands.calls[0].roll
    else:
        rights = rights or entitled(stands.session.commune, stands.organ, stands.statute, stands.day)
        frozen = rights.size
    if stands.everyone_sits:
        return Counts(roll=frozen, present=present)
    seats = sum(kind.count for kind in stands.statute.seats_in(stands.organ.id))
    return Counts(roll=frozen, members=frozen, seats=seats, present=present)


# Reading a session


@dataclass(frozen=True)
class MotionStanding:
    motion: Motion
    tally: Tally | None
    resolution: Resolution | None


@dataclass(frozen=True)
class ItemStanding:
    item: AgendaItem
    motions: tuple[MotionStanding, ...]


def items(session: UUID) -> list[ItemStanding]:
    """The agenda with its motions, tallies and resolutions: four statements."""
    motions = list(Motion.objects.filter(session_id=session).order_by("number"))
    tallies = {tally.motion_id: tally for tally in Tally.objects.filter(motion__in=motions)}
    resolutions = {one.motion_id: one for one in Resolution.objects.filter(motion__in=motions)}
    return [
        ItemStanding(
            item,
            tuple(
                MotionStanding(motion, tallies.get(motion.id), resolutions.get(motion.id))
                for motion in motions
                if motion.item_id == item.id
            ),
        )
        for item in AgendaItem.objects.filter(session_id=session).order_by("number")
    ]


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
    """Everybody recorded as present in the newest sitting."""
    return frozenset(_present(session).values_list("person", flat=True))


def _present(session: UUID) -> QuerySet[Attendance]:
    newest = Sitting.objects.filter(session_id=session).count() + 1
    return Attendance.objects.filter(session_id=session, sitting=newest)


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
    CLOSE = "close"


def next_step(stands: Standing, agenda: Sequence[ItemStanding], today: date) -> NextStep | None:
    """What comes next in the order of a session; None before its day and once it is over."""
    if not stands.is_open or stands.day > today:
        return None
    if stands.quorate is None:
        if not stands.present:
            return NextStep.ATTENDANCE
        return NextStep.CALL if len(stands.calls) < len(stands.organ.calls) else NextStep.CLOSE
    motions = [motion for item in agenda for motion in item.motions]
    if any(motion.tally is None for motion in motions):
        return NextStep.COUNT
    return NextStep.MOTION if any(not item.motions for item in agenda) else NextStep.CLOSE


def attendance(session: UUID) -> list[Attendance]:
    """Who is there in the newest sitting."""
    return list(_present(session).order_by("seat", "number", "born", "id"))


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
        untouched = AgendaItem.objects.filter(session=session).exclude(motion__tally__isnull=False)
        found += [(stands, item) for item in untouched.order_by("number")] if stands.is_open else []
    return found
