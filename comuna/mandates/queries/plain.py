"""Mandates as plain values with all that their status hangs on."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from comuna.journal import sql
from comuna.mandates.models import Ending, Mandate, Suspension
from comuna.mandates.powers import departure, plain_facts, rest
from comuna.mandates.rules import EndingKind, MandateFacts, Span
from comuna.statutes.statute import Statute
from comuna.territory.queries import display_name, shown_name


class End(NamedTuple):
    """How a mandate ended, as ``Ending`` has it."""

    id: UUID
    kind: str
    on: date
    barred_until: date | None
    act: UUID


class Plain(NamedTuple):
    """A mandate's row, with its seat, its person, its ending and when it rested."""

    id: UUID
    kind: str
    organ: str
    number: int
    is_alternate: bool
    person: UUID
    name: str  # the name they accepted to be public under, else their initials
    term: Span
    origin: str
    act: UUID
    born: int
    ending: End | None
    left: tuple[date | None, str]  # when its person left, and why
    suspensions: tuple[Span, ...]
    returns: tuple[tuple[date, int], ...]  # the days on which she had left before, each with the number of its record

    @property
    def departure(self) -> tuple[date | None, str]:
        """On which day it ended because its person left, and why she did."""
        return departure(self.term, self.born, self.left, self.returns)

    def facts(self, statute: Statute, relieved: date | None, *, departed: bool = True) -> MandateFacts:
        """What ``rules.status`` judges, under this statute. ``relieved`` is the day from which the promoters are done.

        Who died or moved away holds nothing any more, even before somebody records what becomes of the seat;
        ``departed`` False leaves that out of sight.
        """
        return plain_facts(
            statute,
            (self.kind, self.number, self.is_alternate),
            self.term,
            (self.ending.kind, self.ending.on) if self.ending else None,
            self.departure if departed else (None, ""),
            self.suspensions,
            relieved,
        )


def with_history() -> QuerySet[Mandate]:
    """Mandates with all that their status hangs on: three statements."""
    suspensions = Suspension.objects.select_related("lifting").order_by("begins")
    return Mandate._default_manager.select_related("seat", "person", "ending").prefetch_related(
        Prefetch("suspensions", queryset=suspensions), "person__returns"
    )


def plain(rows: Iterable[Mandate]) -> list[Plain]:
    """Of rows read ``with_history``."""
    return [
        Plain(
            id=row.id,
            kind=row.seat.kind,
            organ=row.seat.organ,
            number=row.seat.number,
            is_alternate=row.is_alternate,
            person=row.person_id,
            name=row.public_name or display_name(row.person),
            term=Span(row.begins, row.ends),
            origin=row.origin,
            act=row.act,
            born=row.born,
            ending=End(end.id, end.kind, end.on, end.barred_until, end.act) if (end := ending_of(row)) else None,
            left=(row.person.left_on, row.person.left_because),
            suspensions=tuple(_suspended(one) for one in row.suspensions.all()),
            returns=tuple((one.left_on, one.born) for one in row.person.returns.all()),
        )
        for row in rows
    ]


def ending_of(row: Mandate) -> Ending | None:
    return getattr(row, "ending", None)


def _suspended(suspension: Suspension) -> Span:
    lifting = getattr(suspension, "lifting", None)
    return rest(suspension.begins, suspension.ends, lifting.on if lifting else None)


_SELECT = (
    "SELECT m.commune, m.id, s.kind, s.organ, s.number, m.is_alternate, m.person_id, m.public_name, p.public_name,"
    " p.initials, CAST(m.begins AS TEXT), CAST(m.ends AS TEXT), m.origin, m.act, m.born, e.id, e.kind,"
    ' CAST(e."on" AS TEXT), CAST(e.barred_until AS TEXT), e.act, CAST(p.left_on AS TEXT), p.left_because,'
    " EXISTS (SELECT 1 FROM mandates_suspension r WHERE r.mandate_id = m.id),"
    " EXISTS (SELECT 1 FROM territory_return b WHERE b.person_id = m.person_id)"
    " FROM mandates_mandate m JOIN mandates_seat s ON s.id = m.seat_id JOIN territory_person p ON p.id = m.person_id"
    " LEFT JOIN mandates_ending e ON e.mandate_id = m.id"
)


def on(commune: UUID, day: date, kinds: Collection[str] | None = None, *, over: bool = False) -> list[Plain]:
    """Mandates begun and not ended on that day, in the order in which they were written; with ``over`` only those
    whose term is over. By short statements, three at most: it is asked at every act of an organ of seats."""
    where, values = _of_kinds(commune, kinds)
    where = f'{where} AND m.begins <= %s AND (e.id IS NULL OR (e."on" > %s AND e.kind <> %s))'
    values += [day, day, EndingKind.UNDONE.value]
    if over:
        where, values = f"{where} AND m.ends < %s", [*values, day]
    return _found(commune, where, values)


def ever(commune: UUID, *, kinds: Collection[str] = (), people: Collection[UUID] = ()) -> list[Plain]:
    """Every mandate in seats of these kinds, or else of these people, but none that was entered by mistake."""
    if people:
        where, values = f"m.person_id IN ({_marks(people)})", [sql.uuid_value(one) for one in people]
    else:
        where, values = _of_kinds(commune, kinds)
    return _found(commune, f"{where} AND (e.id IS NULL OR e.kind <> %s)", [*values, EndingKind.UNDONE.value])


def _of_kinds(commune: UUID, kinds: Collection[str] | None) -> tuple[str, list[Any]]:
    """By the index of the seats, where some are asked about: a large commune has a thousand mandates."""
    if kinds is None:
        return "m.commune = %s", [sql.uuid_value(commune)]
    if not kinds:
        return "1 = 0", []
    return f"s.commune = %s AND s.kind IN ({_marks(kinds)})", [sql.uuid_value(commune), *kinds]


def _found(commune: UUID, where: str, values: list[Any]) -> list[Plain]:
    here = sql.uuid_value(commune)
    rows = [row for row in sql.rows(f"{_SELECT} WHERE {where} ORDER BY m.born, m.id", *values) if row[0] == here]
    rests = _rests_of([row[1] for row in rows if row[-2]])
    returns = _returns_of([row[6] for row in rows if row[-1]])
    return [_read(row[1:], rests.get(row[1], ()), returns.get(row[6], ())) for row in rows]


def _read(row: tuple[Any, ...], rests: Iterable[Span], returns: Iterable[tuple[date, int]]) -> Plain:
    id, kind, organ, number, is_alternate, person, name, public_name, initials, begins, ends, origin = row[:12]
    act, born, end, end_kind, ended_on, barred_until, end_act, left_on, because = row[12:21]
    ended = sql.day_of(ended_on)
    return Plain(
        id=sql.uuid_of(id),
        kind=kind,
        organ=organ,
        number=number,
        is_alternate=bool(is_alternate),
        person=sql.uuid_of(person),
        name=name or shown_name(public_name, initials),
        term=Span(date.fromisoformat(begins), sql.day_of(ends)),
        origin=origin,
        act=sql.uuid_of(act),
        born=born,
        ending=None
        if ended is None
        else End(sql.uuid_of(end), end_kind, ended, sql.day_of(barred_until), sql.uuid_of(end_act)),
        left=(sql.day_of(left_on), because),
        suspensions=tuple(rests),
        returns=tuple(returns),
    )


def _marks(values: Collection[Any]) -> str:
    return ", ".join(["%s"] * len(values))


def _rests_of(mandates: list[Any]) -> dict[Any, list[Span]]:
    found: dict[Any, list[Span]] = {}
    if mandates:
        for mandate, begins, ends, lifted_on in sql.rows(
            'SELECT r.mandate_id, CAST(r.begins AS TEXT), CAST(r.ends AS TEXT), CAST(l."on" AS TEXT)'
            " FROM mandates_suspension r LEFT JOIN mandates_lifting l ON l.suspension_id = r.id"
            f" WHERE r.mandate_id IN ({_marks(mandates)}) ORDER BY r.begins",
            *mandates,
        ):
            span = rest(date.fromisoformat(begins), sql.day_of(ends), sql.day_of(lifted_on))
            found.setdefault(mandate, []).append(span)
    return found


def _returns_of(people: list[Any]) -> dict[Any, list[tuple[date, int]]]:
    found: dict[Any, list[tuple[date, int]]] = {}
    if people:
        for person, left_on, born in sql.rows(
            "SELECT person_id, CAST(left_on AS TEXT), born FROM territory_return"
            f" WHERE person_id IN ({_marks(people)})",
            *people,
        ):
            found.setdefault(person, []).append((date.fromisoformat(left_on), born))
    return found
