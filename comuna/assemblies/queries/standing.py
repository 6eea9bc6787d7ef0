"""How a session stands: who is there, which calls were made; and who may sit in it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any, TypeVar
from uuid import UUID

from comuna.assemblies.models import Attendance, Call, Cancellation, Closure, Leaving, Move, Session, Sheet, Sitting
from comuna.assemblies.rules import Seat, Sitter, seats_of, was_there
from comuna.journal import sql
from comuna.journal.lock import once
from comuna.journal.tables import State
from comuna.mandates import queries as mandates
from comuna.mandates.rules import MandateStatus
from comuna.statutes import queries as statutes
from comuna.statutes.rules import Counts
from comuna.statutes.statute import Call as CallRule, Members, Organ, Statute
from comuna.territory import queries as territory

S = TypeVar("S", bound=State)


@dataclass(frozen=True)
class Stay:
    """Somebody in the newest sitting, from an hour to an hour; ``left`` is empty while she is there."""

    person: UUID
    came: str
    left: str
    seat: str
    number: int | None
    since: int  # the record that says so


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
    recorded: tuple[Stay, ...]  # in it
    closure: Closure | None
    cancellation: Cancellation | None
    counted: tuple[Stay, ...] | None = None  # those of the recorded who count; None where that is still to be asked

    @cached_property
    def stays(self) -> tuple[Stay, ...]:
        """Of those recorded who, while the session runs, as the books stand now, are entitled to be there. Asked only
        where it matters: it reads the roll again."""
        if self.counted is not None or not self.recorded or not self.is_open:
            return self.recorded if self.counted is None else self.counted
        if not self.everyone_sits:
            return tuple(stay for stay in self.recorded if self._sits(stay))
        there = still_entitled(self, frozenset(self.came))
        return tuple(stay for stay in self.recorded if stay.person in there)

    def _sits(self, stay: Stay) -> bool:
        """Whether she may still sit in that very seat: by her own mandate, or as an alternate of its kind."""
        rights = self._rights
        own = [one for one in rights.sitters if one.person == stay.person and one.kind == stay.seat]
        return any(
            (stay.seat, stay.number) in rights.seats if one.is_alternate else one.number == stay.number for one in own
        )

    @property
    def came(self) -> dict[UUID, int]:
        """By which record each person was written down as present."""
        return {stay.person: stay.since for stay in self.recorded}

    @cached_property
    def _rights(self) -> Entitled:
        return entitled(self.session.commune, self.organ, self.statute, self.day)

    @cached_property
    def acting(self) -> frozenset[tuple[UUID, str]]:
        """Who sits by a mandate whose term is over, with the kind of seat; asked while the session runs."""
        if self.everyone_sits or not self.recorded or not self.is_open:
            return frozenset()
        return frozenset((one.person, one.kind) for one in self._rights.sitters if one.acting)

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
        return replace(self, counted=tuple(replace(one, left="") for one in there))

    @property
    def acting_here(self) -> int:
        """Of those present, how many sit by a mandate whose term is over."""
        return sum((stay.person, stay.seat) in self.acting for stay in self.stays if not stay.left)

    @property
    def quorate(self) -> Call | None:
        """The call that reached the quorum."""
        return next((call for call in self.calls if call.reached), None)

    @property
    def moment(self) -> tuple[date, str]:
        """Day and hour for which people are called to its first sitting."""
        return self.session.day, self.session.hour

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
    runs; none where nothing was written of sessions since. Raises Session.DoesNotExist."""
    known = once(("session", session), lambda: _standing(session), _RESTS_ON)
    return replace(known)  # who is there is asked anew: it rests on people and mandates too


_RESTS_ON = (
    *statutes.RESTS_ON,
    *(Session, Move, Call, Sitting, Sheet, Leaving, Attendance, Closure, Cancellation),
)


def _standing(session: UUID) -> Standing:
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
    recorded = (
        'SELECT person, came, "left", seat, number, born FROM assemblies_attendance'
        " WHERE session_id = %s AND sitting = %s ORDER BY born, id"
    )
    return Standing(
        session=row,
        statute=statute,
        # an organ that no statute has stands in an altered row only, whose pages are read all the same and say so
        organ=next((one for one in statute.organs if one.id == row.organ), replace(statute.highest(), id=row.organ)),
        moves=moves,
        calls=tuple(of(Call, "ORDER BY number")),
        sittings=sittings,
        sheets=tuple(of(Sheet, "AND sitting = %s ORDER BY born", newest)),
        leavings=tuple(of(Leaving, "AND sitting = %s ORDER BY born", newest)),
        recorded=tuple(Stay(sql.uuid_of(person), *rest) for person, *rest in sql.rows(recorded, key, newest)),
        closure=next(iter(of(Closure)), None),
        cancellation=next(iter(of(Cancellation)), None),
    )


def organ_of(session: UUID) -> str | None:
    """The organ that meets; None for no such session."""
    found = sql.one("SELECT organ FROM assemblies_session WHERE id = %s", sql.uuid_value(session))
    return found[0] if found else None


def is_from_paper(session: UUID) -> bool:
    """Whether the session was written down afterwards."""
    return Session.objects.filter(pk=session, from_paper=True).exists()


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
    sitters = tuple(
        Sitter(one.person, one.kind, one.number, one.is_alternate, one.status is MandateStatus.EXPIRED_ACTING)
        for one in holding
    )
    seats = seats_of(sitters, {id: kind.count for id, kind in kinds.items()})
    return Entitled(frozenset(one.person for one in holding), sitters, seats, len(seats), 0, 0)


def still_entitled(stands: Standing, people: frozenset[UUID]) -> frozenset[UUID]:
    """Those of these people who are entitled to sit in a session, on the day of its newest sitting. Its first call
    fixes the roll: nobody comes onto it afterwards, and of those who are present nobody goes off it but who died, moved
    away or went away."""
    commune, organ = stands.session.commune, stands.organ
    if organ.members is not Members.EVERYONE:
        return people & entitled(commune, organ, stands.statute, stands.day).people
    assert organ.roll is not None, "the loader asks for a roll"
    if not stands.calls:
        return territory.on_roll(commune, stands.day, organ.roll, people)
    first, came = stands.calls[0], stands.came
    found = territory.on_fixed_roll(commune, stands.day, organ.roll, people, first.born, came)
    fixed_on = stands.day_of(first.sitting)
    if fixed_on == stands.day:
        return found
    new = found - came.keys()  # on the roll of a later day, and of the one on which it was fixed
    return (found - new) | territory.on_fixed_roll(commune, fixed_on, organ.roll, new, first.born, {})


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
