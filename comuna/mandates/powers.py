"""Somebody's mandates as the door asks for them at every act: few statements, few values, no words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol, TypeVar
from uuid import UUID

from comuna.journal import sql
from comuna.mandates.rules import EndingKind, MandateFacts, MandateStatus, Span, has_place, status
from comuna.statutes.statute import AfterTerm, Statute
from comuna.territory.rules import Departure


class Giving(Protocol):
    """As much of a mandate as is asked for when its power is."""

    @property
    def kind(self) -> str: ...
    @property
    def number(self) -> int: ...
    @property
    def is_alternate(self) -> bool: ...
    @property
    def status(self) -> MandateStatus: ...


G = TypeVar("G", bound=Giving)


@dataclass(frozen=True)
class Held:
    """A mandate as the door asks for it at every act: who holds it is known, its words are not needed."""

    mandate: UUID
    kind: str
    number: int
    is_alternate: bool
    status: MandateStatus


def held_by(person: UUID, statute: Statute, day: date) -> list[Held]:
    """The same mandates as ``mandates_of``, by one or two short statements."""
    found = sql.rows(
        "SELECT m.id, s.kind, s.number, m.is_alternate, CAST(m.begins AS TEXT), CAST(m.ends AS TEXT), e.kind,"
        ' CAST(e."on" AS TEXT), CAST(p.left_on AS TEXT), p.left_because,'
        " EXISTS (SELECT 1 FROM mandates_suspension r WHERE r.mandate_id = m.id)"
        " FROM mandates_mandate m JOIN mandates_seat s ON s.id = m.seat_id JOIN territory_person p"
        " ON p.id = m.person_id LEFT JOIN mandates_ending e ON e.mandate_id = m.id WHERE m.person_id = %s"
        " ORDER BY m.begins DESC, m.born DESC",
        sql.uuid_value(person),
    )
    return [_held(row, statute, day) for row in found]


def _held(row: tuple[Any, ...], statute: Statute, day: date) -> Held:
    id, kind, number, is_alternate, begins, ends, end_kind, ended_on, left_on, because, rested = row
    ended = sql.day_of(ended_on)
    facts = plain_facts(
        statute,
        (kind, number, bool(is_alternate)),
        Span(date.fromisoformat(begins), sql.day_of(ends)),
        (end_kind, ended) if ended else None,
        (sql.day_of(left_on), because),
        _rests_of(id) if rested else (),
    )
    return Held(UUID(str(id)), kind, number, bool(is_alternate), status(facts, day))


def _rests_of(mandate: Any) -> tuple[Span, ...]:
    found = sql.rows(
        'SELECT CAST(r.begins AS TEXT), CAST(r.ends AS TEXT), CAST(l."on" AS TEXT) FROM mandates_suspension r'
        " LEFT JOIN mandates_lifting l ON l.suspension_id = r.id WHERE r.mandate_id = %s ORDER BY r.begins",
        mandate,
    )
    return tuple(rest(date.fromisoformat(row[0]), *map(sql.day_of, row[1:])) for row in found)


def plain_facts(
    statute: Statute,
    place: tuple[str, int, bool],
    term: Span,
    ending: tuple[str, date] | None,
    left: tuple[date | None, str],
    suspensions: tuple[Span, ...],
) -> MandateFacts:
    """From the seat's kind and number and whether it is an alternate's, the term, how it ended, when and why its
    person left, and when it rested."""
    kind = next((kind for kind in statute.seats if kind.id == place[0]), None)
    end = (EndingKind(ending[0]), ending[1]) if ending else (None, None)
    left_on, because = left
    if left_on is not None and (ending is None or ending[1] > left_on):
        end = (EndingKind.DIED if because == Departure.DIED else EndingKind.ENDED), left_on
    return MandateFacts(
        term=term,
        after=kind.term.after if kind else AfterTerm.LAPSES,
        in_statute=kind is not None and has_place(kind, *place[1:]),
        ending=end[0],
        ended_on=end[1],
        suspensions=suspensions,
    )


def rest(begins: date, ends: date | None, lifted_on: date | None) -> Span:
    if lifted_on is None:
        return Span(begins, ends)
    day_before = date.fromordinal(lifted_on.toordinal() - 1)
    return Span(begins, min(ends, day_before) if ends else day_before)
