"""Questions about sessions: what stands where, what was decided, what became of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from comuna.assemblies.models import (
    AgendaItem,
    Attendance,
    Call,
    Cancellation,
    Closure,
    FollowUp,
    Motion,
    Resolution,
    Session,
    Sheet,
    Tally,
)
from comuna.assemblies.rules import Sitter
from comuna.journal.models import Checkpoint
from comuna.mandates import queries as mandates
from comuna.statutes import queries as statutes
from comuna.statutes.rules import Counts
from comuna.statutes.statute import Members, Organ, Statute
from comuna.territory import queries as territory


@dataclass(frozen=True)
class Standing:
    """A session as it stands now."""

    session: Session
    statute: Statute  # in force on the session's day
    organ: Organ
    calls: tuple[Call, ...]
    sheets: tuple[Sheet, ...]
    present: int
    closure: Closure | None
    cancellation: Cancellation | None

    @property
    def quorate(self) -> Call | None:
        """The call that reached the quorum."""
        return next((call for call in self.calls if call.reached), None)

    @property
    def is_open(self) -> bool:
        return self.closure is None and self.cancellation is None

    @property
    def everyone_sits(self) -> bool:
        return self.organ.members is Members.EVERYONE


def standing(session: UUID) -> Standing:
    """Six statements. Raises Session.DoesNotExist."""
    row = Session.objects.get(pk=session)
    statute = statutes.in_force(row.commune, row.day)
    return Standing(
        session=row,
        statute=statute,
        organ=statute.organ(row.organ),
        calls=tuple(Call.objects.filter(session=row).order_by("number")),
        sheets=tuple(Sheet.objects.filter(session=row).order_by("born")),
        present=Attendance.objects.filter(session=row).count(),
        closure=Closure.objects.filter(session=row).first(),
        cancellation=Cancellation.objects.filter(session=row).first(),
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
    counts: Counts  # without those present
    size: int
    unknown_age: int
    away: int


def entitled(commune: UUID, organ: Organ, statute: Statute, day: date) -> Entitled:
    """By the roll of the day where everybody sits, else by the mandates of the day."""
    if organ.members is Members.EVERYONE:
        assert organ.roll is not None, "the loader asks for a roll"
        roll = territory.roll(commune, day, organ.roll)
        counted = len(roll.unknown_age & roll.entitled)
        return Entitled(roll.entitled, (), Counts(roll=roll.size), roll.size, counted, roll.away)
    kinds = {kind.id: kind for kind in statute.seats_in(organ.id)}
    holding = [one for one in mandates.holders(commune, day) if one.kind in kinds and one.status.has_power]
    sitters = tuple(Sitter(one.person, one.kind, one.number, one.is_alternate) for one in holding)
    members = len({(one.kind, one.number) for one in holding if not one.is_alternate})
    seats = sum(kind.count for kind in kinds.values())
    counts = Counts(roll=members, members=members, seats=seats)
    return Entitled(frozenset(one.person for one in holding), sitters, counts, members, 0, 0)


def counts_of(stands: Standing, present: int) -> Counts:
    """What shares are shares of, with the roll frozen at the first call."""
    rights = entitled(stands.session.commune, stands.organ, stands.statute, stands.session.day)
    roll = stands.calls[0].roll if stands.calls else rights.counts.roll
    return Counts(roll=roll, members=rights.counts.members, seats=rights.counts.seats, present=present)


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


def attendance(session: UUID) -> list[Attendance]:
    return list(Attendance.objects.filter(session_id=session).order_by("seat", "number", "born", "id"))


def sessions(commune: UUID, *, since: date | None = None, until: date | None = None, organ: str = "") -> list[Session]:
    """Newest day first."""
    found = Session.objects.filter(commune=commune).order_by("-day", "-hour", "-born")
    if since is not None:
        found = found.filter(day__gte=since)
    if until is not None:
        found = found.filter(day__lte=until)
    if organ:
        found = found.filter(organ=organ)
    return list(found)


def ended(of: Iterable[Session]) -> tuple[dict[UUID, Closure], set[UUID]]:
    """Closures by session, and the sessions that were cancelled."""
    ids = [session.id for session in of]
    closures = {closure.session_id: closure for closure in Closure.objects.filter(session__in=ids)}
    cancelled = set(Cancellation.objects.filter(session__in=ids).values_list("session_id", flat=True))
    return closures, cancelled


@dataclass(frozen=True)
class ResolutionStanding:
    """A resolution, what it says, and what became of it so far."""

    resolution: Resolution
    text: str
    decided_on: date
    session: UUID
    newest: FollowUp | None

    @property
    def is_done(self) -> bool:
        return self.newest is not None and self.newest.done

    def is_late(self, day: date) -> bool:
        return not self.is_done and self.resolution.due_on is not None and self.resolution.due_on < day


def resolutions(commune: UUID, *, limit: int | None = None, organ: str = "") -> list[ResolutionStanding]:
    """Newest first: two statements."""
    found = Resolution.objects.filter(commune=commune).select_related("motion__session").order_by("-born")
    if organ:
        found = found.filter(organ=organ)
    rows = list(found[:limit] if limit else found)
    newest: dict[UUID, FollowUp] = {}
    for follow_up in FollowUp.objects.filter(resolution__in=rows).order_by("born"):
        newest[follow_up.resolution_id] = follow_up
    return [
        ResolutionStanding(row, row.motion.text, row.motion.session.day, row.motion.session_id, newest.get(row.id))
        for row in rows
    ]


def open_resolutions(commune: UUID) -> list[ResolutionStanding]:
    """Not done yet, the earliest due first."""
    waiting = [one for one in resolutions(commune) if not one.is_done]
    return sorted(waiting, key=lambda one: (one.resolution.due_on or date.max, one.resolution.born))


def next_session_number(commune: UUID, organ: str, year: int) -> int:
    return Session.objects.filter(commune=commune, organ=organ, day__year=year).count() + 1


def next_resolution_number(commune: UUID, organ: str, year: int) -> int:
    return Resolution.objects.filter(commune=commune, organ=organ, year=year).count() + 1


def witness_of(closure: Closure) -> Checkpoint | None:
    """The first checkpoint that covers the closing of a session: the one its minutes carry."""
    return Checkpoint.objects.filter(commune=closure.commune, size__gte=closure.born).order_by("size").first()
