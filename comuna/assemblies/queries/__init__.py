"""Questions about sessions: what stands where, what was decided, what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import cached_property
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
    Leaving,
    Move,
    Session,
    Sheet,
    Sitting,
)
from comuna.assemblies.queries.decisions import (
    ResolutionStanding as ResolutionStanding,
    carried_onto as carried_onto,
    count_resolutions as count_resolutions,
    motions_ever as motions_ever,
    next_resolution_number as next_resolution_number,
    open_resolutions as open_resolutions,
    resolution as resolution,
    resolutions as resolutions,
    tally_of as tally_of,
    to_ratify as to_ratify,
)
from comuna.assemblies.queries.motions import (
    ItemStanding as ItemStanding,
    MotionStanding as MotionStanding,
    items as items,
    next_to_vote as next_to_vote,
)
from comuna.assemblies.queries.regular import (
    is_convened as is_convened,
    moved_meetings as moved_meetings,
    regular_meetings as regular_meetings,
)
from comuna.assemblies.queries.sessions import (
    adjourned_to as adjourned_to,
    coming as coming,
    convened_on as convened_on,
    count_past as count_past,
    ended as ended,
    last_place as last_place,
    next_session_number as next_session_number,
    notices as notices,
    organs_that_met as organs_that_met,
    past as past,
    witness_of as witness_of,
)
from comuna.assemblies.queries.voting import (
    carried_amendment as carried_amendment,
    instruction as instruction,
    instructions_by as instructions_by,
    instructions_in as instructions_in,
    instructions_on as instructions_on,
    open_amendments as open_amendments,
    open_motions as open_motions,
    seat_votes as seat_votes,
    seat_votes_ever as seat_votes_ever,
    seats_taken as seats_taken,
)
from comuna.assemblies.queries.year import (
    decided as decided,
    met as met,
    organ_years as organ_years,
    years as years,
)
from comuna.assemblies.rules import Seat, Sitter, seats_of, was_there
from comuna.journal import queries as journal
from comuna.mandates import queries as mandates
from comuna.mandates.models import Ending, Mandate
from comuna.mandates.rules import EndingKind, MandateStatus
from comuna.statutes import queries as statutes
from comuna.statutes.rules import Counts
from comuna.statutes.statute import Call as CallRule, Members, Organ, Statute
from comuna.territory import queries as territory


@dataclass(frozen=True)
class Stay:
    """Somebody in the newest sitting, from an hour to an hour; ``left`` is empty while she is there."""

    person: UUID
    came: str
    left: str
    seat: str
    number: int | None


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
    leavings: tuple[Leaving, ...]  # from it, in the order recorded
    stays: tuple[Stay, ...]  # in it, of those who as the books stand now are entitled to be there
    closure: Closure | None
    cancellation: Cancellation | None
    acting: frozenset[tuple[UUID, str]] = frozenset()  # who sits by a mandate whose term is over, with the kind of seat

    @cached_property
    def here(self) -> frozenset[UUID]:
        """Who is present and entitled to be."""
        return frozenset(stay.person for stay in self.stays if not stay.left)

    @property
    def present(self) -> int:
        """How many count as present: whoever died, left or was suspended meanwhile does not."""
        return len(self.here)

    def at(self, hour: str) -> Standing:
        """The same with those present who were there at that hour of the newest sitting."""
        there = (one for one in self.stays if was_there(self.hour, one.came, one.left, hour))
        return replace(self, stays=tuple(replace(one, left="") for one in there))

    @property
    def acting_here(self) -> int:
        """Of those present, how many sit by a mandate whose term is over."""
        return sum((stay.person, stay.seat) in self.acting for stay in self.stays if not stay.left)

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
    """Ten statements, eleven in books with councils, and while it runs those of ``entitled``. Raises
    Session.DoesNotExist."""
    row = Session.objects.get(pk=session)
    moves = tuple(Move.objects.filter(session=row).order_by("born"))
    statute = statutes.in_force(row.commune, row.day, known_at=moves[-1].born if moves else row.born)
    sittings = tuple(Sitting.objects.filter(session=row).order_by("number"))
    newest = len(sittings) + 1
    stands = Standing(
        session=row,
        statute=statute,
        # an organ that no statute has stands in an altered row only, whose pages are read all the same and say so
        organ=next((one for one in statute.organs if one.id == row.organ), replace(statute.highest(), id=row.organ)),
        moves=moves,
        calls=tuple(Call.objects.filter(session=row).order_by("number")),
        sittings=sittings,
        sheets=tuple(Sheet.objects.filter(session=row, sitting=newest).order_by("born")),
        leavings=tuple(Leaving.objects.filter(session=row, sitting=newest).order_by("born")),
        stays=tuple(
            Stay(*stay)
            for stay in Attendance.objects.filter(session=row, sitting=newest)
            .order_by("born", "id")
            .values_list("person", "came", "left", "seat", "number")
        ),
        closure=Closure.objects.filter(session=row).first(),
        cancellation=Cancellation.objects.filter(session=row).first(),
    )
    if not stands.stays or not stands.is_open:
        return stands
    rights = entitled(row.commune, stands.organ, statute, stands.day)
    acting = frozenset((one.person, one.kind) for one in rights.sitters if one.acting)
    return replace(stands, stays=tuple(one for one in stands.stays if one.person in rights.people), acting=acting)


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
    holding = [one for one in mandates.holders(commune, day, statute) if one.kind in kinds and one.status.has_power]
    sitters = tuple(
        Sitter(one.person, one.kind, one.number, one.is_alternate, one.status is MandateStatus.EXPIRED_ACTING)
        for one in holding
    )
    seats = seats_of(sitters, {id: kind.count for id, kind in kinds.items()})
    return Entitled(frozenset(one.person for one in holding), sitters, seats, len(seats), 0, 0)


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
    if next_to_vote(agenda) is not None:
        return NextStep.COUNT
    return NextStep.MOTION if any(item.waits for item in agenda) else NextStep.CLOSE


def attendance(session: UUID) -> list[Attendance]:
    """Who was there in the newest sitting, each time that somebody came."""
    return list(_present(session).order_by("seat", "number", "born", "id"))


def seated_now(session: UUID) -> list[Attendance]:
    """Who has not left."""
    return list(_present(session).filter(left="").order_by("seat", "number", "born", "id"))


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
