"""Every session as a calendar has it: when, where, about what, and by which record it was touched last."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from comuna.acts.clock import read_stamp
from comuna.assemblies.models import AgendaItem, Cancellation, Move, MovedMeeting, Session, Sitting, Struck
from comuna.journal.models import Record
from comuna.statutes import queries as statutes
from comuna.statutes.councils import council_in
from comuna.statutes.statute import Organ, Statute


@dataclass(frozen=True)
class Announced:
    """A session as everybody was told of it, and of what came after."""

    session: Session
    statute: Statute
    organ: Organ | None  # None where no statute of its day has it: an altered row
    agenda: tuple[AgendaItem, ...]
    struck: frozenset[UUID]  # items of it
    moves: tuple[Move, ...]  # oldest first
    sittings: tuple[Sitting, ...]  # after the first
    cancellation: Cancellation | None
    touched: int  # the number of the newest record that changed any of this
    touched_at: datetime  # in UTC

    @property
    def times(self) -> list[tuple[int, date, str]]:
        """Number, day and hour of each sitting."""
        first = (1, self.session.day, self.session.hour)
        return [first, *((one.number, one.day, one.hour) for one in self.sittings)]


def announced(commune: UUID, council: str | None = None, since: date = date.min) -> list[Announced]:
    """Every session of the commune, or of one council by its slug, whose last day is not before ``since``, in the
    order of days. Nine statements."""
    rows = Session.objects.filter(commune=commune).order_by("day", "hour", "born")
    sessions = [row for row in rows if council is None or council_in(row.organ) == council]
    items = _by_session(AgendaItem.objects.filter(commune=commune).order_by("number"))
    moves = _by_session(Move.objects.filter(commune=commune).order_by("born"))
    sittings = _by_session(Sitting.objects.filter(commune=commune).order_by("number"))
    sessions = [one for one in sessions if max([one.day, *(each.day for each in sittings.get(one.id, ()))]) >= since]
    cancelled = _by_session(Cancellation.objects.filter(commune=commune))
    told = [items, moves, sittings, cancelled]
    struck = {one.item_id: one for one in Struck.objects.filter(commune=commune)}
    touched = {
        one.id: max(
            one.touched,
            *(row.touched for kind in told for row in kind.get(one.id, ())),
            *(struck[item.id].born for item in items.get(one.id, ()) if item.id in struck),
        )
        for one in sessions
    }
    at = dict(Record.objects.filter(commune=commune, seq__in=set(touched.values())).values_list("seq", "at"))
    statute_of = statutes.texts(commune).on
    found = []
    for one in sessions:
        known_at = moves[one.id][-1].born if one.id in moves else one.born
        statute = statute_of(one.day, known_at)
        found.append(
            Announced(
                session=one,
                statute=statute,
                organ=next((organ for organ in statute.organs if organ.id == one.organ), None),
                agenda=tuple(items.get(one.id, ())),
                struck=frozenset(item.id for item in items.get(one.id, ()) if item.id in struck),
                moves=tuple(moves.get(one.id, ())),
                sittings=tuple(sittings.get(one.id, ())),
                cancellation=next(iter(cancelled.get(one.id, ())), None),
                touched=touched[one.id],
                touched_at=read_stamp(at[touched[one.id]]),
            )
        )
    return found


@dataclass(frozen=True)
class Regular:
    """A regular meeting that a decision put on another day, and that nobody has convened."""

    moved: MovedMeeting
    organ: Organ
    touched_at: datetime  # in UTC


def moved_ahead(commune: UUID, day: date, council: str | None = None) -> list[Regular]:
    """Those of that day and later. Three statements."""
    rows = list(MovedMeeting.objects.filter(commune=commune, day__gte=day).order_by("day", "born"))
    convened = set(Session.objects.filter(commune=commune, day__gte=day).values_list("organ", "day"))
    at = dict(Record.objects.filter(commune=commune, seq__in={one.born for one in rows}).values_list("seq", "at"))
    organs = {one.id: one for one in statutes.in_force(commune, day).organs} if rows else {}
    return [
        Regular(one, organs[one.organ], read_stamp(at[one.born]))
        for one in rows
        if one.organ in organs
        and (one.organ, one.day) not in convened
        and (council is None or council_in(one.organ) == council)
    ]


def last_called(sessions: Collection[Session]) -> dict[UUID, int]:
    """The number of the record by which people were last told of each session, its convening or its last move: it goes
    by its day's statute as the books knew it then. One statement."""
    moved = Move.objects.filter(session__in=sessions).order_by("born").values_list("session", "born")
    return {one.id: one.born for one in sessions} | dict(moved)


def _by_session(rows: Iterable[Any]) -> dict[UUID, list[Any]]:
    found: dict[UUID, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.session_id].append(row)
    return found
