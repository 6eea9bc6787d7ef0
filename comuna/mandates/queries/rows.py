"""Mandates with all that their status hangs on, as plain values: one statement, two more where somebody was suspended
or came back. The mapper makes four objects of each, on every page that names who holds a seat."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from comuna.journal import sql
from comuna.mandates.powers import departure, rest
from comuna.mandates.rules import EndingKind, Span
from comuna.territory.queries import shown_as


class Rest(NamedTuple):
    """A suspension, and the day from which it was lifted before its end, with the record that did."""

    id: UUID
    begins: date
    ends: date | None
    lifting: UUID | None
    lifted_on: date | None

    @property
    def span(self) -> Span:
        return rest(self.begins, self.ends, self.lifted_on)


class End(NamedTuple):
    """What ended a mandate, as ``Ending`` has it; ``on`` is the first day without it."""

    id: UUID
    kind: str
    on: date
    barred_until: date | None
    act: UUID


class Row(NamedTuple):
    """A mandate."""

    id: UUID
    commune: UUID
    born: int
    act: UUID
    kind: str
    organ: str
    number: int
    is_alternate: bool
    person: UUID
    name: str  # how its holder appears in public
    term: Span
    origin: str
    origin_words: str
    ending: End | None
    left: tuple[date | None, str]  # when and why its person left
    returns: tuple[tuple[date, int], ...]  # the days on which she had left before she came back, with their records
    rests: tuple[Rest, ...]  # in their order

    @property
    def departure(self) -> tuple[date | None, str]:
        """On which day it ended because its person left, and why she did."""
        return departure(self.term, self.born, self.left, self.returns)


_SELECT = (
    "SELECT m.id, m.commune, m.born, m.act, s.kind, s.organ, s.number, m.is_alternate, m.person_id, m.public_name,"
    " p.public_name, p.initials, CAST(m.begins AS TEXT), CAST(m.ends AS TEXT), m.origin, m.origin_words, e.kind,"
    ' CAST(e."on" AS TEXT), e.act, e.id, CAST(e.barred_until AS TEXT), CAST(p.left_on AS TEXT), p.left_because,'
    " EXISTS (SELECT 1 FROM territory_return b WHERE b.person_id = p.id),"
    " EXISTS (SELECT 1 FROM mandates_suspension r WHERE r.mandate_id = m.id)"
    " FROM mandates_mandate m JOIN mandates_seat s ON s.id = m.seat_id JOIN territory_person p ON p.id = m.person_id"
    " LEFT JOIN mandates_ending e ON e.mandate_id = m.id WHERE "
)


def rows_where(where: str, *parameters: Any) -> list[Row]:
    """Those that SQL names: ``m`` is the mandate, ``s`` its seat, ``p`` its person, ``e`` what ended it."""
    found = sql.rows(_SELECT + where, *parameters)
    returns = _returns({row[8] for row in found if row[23]})
    rests = _rests({row[0] for row in found if row[24]})
    return [_row(row, tuple(returns.get(row[8], ())), tuple(rests.get(row[0], ()))) for row in found]


def ever(commune: UUID, *, kinds: Collection[str] = (), people: Collection[UUID] = ()) -> list[Row]:
    """Every mandate in seats of these kinds, or else of these people, but none that was entered by mistake."""
    if people:
        where, values = f"m.person_id IN ({sql.marks(people)})", [sql.uuid_value(one) for one in people]
    else:
        where, values = of_kinds(commune, kinds)
    found = rows_where(f"{where} AND (e.id IS NULL OR e.kind <> %s){IN_ORDER}", *values, EndingKind.UNDONE.value)
    return [one for one in found if one.commune == commune]


def of_kinds(commune: UUID, kinds: Collection[str] | None) -> tuple[str, list[Any]]:
    """SQL and its values; by the index of the seats, where some are asked about: a large commune has a thousand
    mandates."""
    if kinds is None:
        return "m.commune = %s", [sql.uuid_value(commune)]
    if not kinds:
        return "1 = 0", []
    return f"s.commune = %s AND s.kind IN ({sql.marks(kinds)})", [sql.uuid_value(commune), *sorted(kinds)]


IN_ORDER = " ORDER BY m.born, m.is_alternate, m.id"  # what one act made: principals before alternates


def _row(row: tuple[Any, ...], returns: tuple[tuple[date, int], ...], rests: tuple[Rest, ...]) -> Row:
    id, commune, born, act, kind, organ, number, is_alternate, person, with_the_seat, public_name, initials = row[:12]
    begins, ends, origin, origin_words, end_kind, ended_on, end_act, end, barred, left_on, because = row[12:23]
    return Row(
        id=sql.uuid_of(id),
        commune=sql.uuid_of(commune),
        born=born,
        act=sql.uuid_of(act),
        kind=kind,
        organ=organ,
        number=number,
        is_alternate=bool(is_alternate),
        person=sql.uuid_of(person),
        name=with_the_seat or shown_as(public_name, initials),
        term=Span(date.fromisoformat(begins), sql.day_of(ends)),
        origin=origin,
        origin_words=origin_words,
        ending=End(sql.uuid_of(end), end_kind, date.fromisoformat(ended_on), sql.day_of(barred), sql.uuid_of(end_act))
        if ended_on
        else None,
        left=(sql.day_of(left_on), because),
        returns=returns,
        rests=rests,
    )


def _returns(people: set[Any]) -> dict[Any, list[tuple[date, int]]]:
    found: dict[Any, list[tuple[date, int]]] = {}
    for person, left_on, born in _of(
        "SELECT person_id, CAST(left_on AS TEXT), born FROM territory_return WHERE person_id", people
    ):
        found.setdefault(person, []).append((date.fromisoformat(left_on), born))
    return found


def _rests(mandates: set[Any]) -> dict[Any, list[Rest]]:
    found: dict[Any, list[Rest]] = {}
    for mandate, id, begins, ends, lifting, lifted_on in _of(
        'SELECT r.mandate_id, r.id, CAST(r.begins AS TEXT), CAST(r.ends AS TEXT), l.id, CAST(l."on" AS TEXT)'
        " FROM mandates_suspension r LEFT JOIN mandates_lifting l ON l.suspension_id = r.id WHERE r.mandate_id",
        mandates,
        " ORDER BY r.begins",
    ):
        one = Rest(
            sql.uuid_of(id),
            date.fromisoformat(begins),
            sql.day_of(ends),
            sql.uuid_of(lifting) if lifting else None,
            sql.day_of(lifted_on),
        )
        found.setdefault(mandate, []).append(one)
    return found


def _of(select: str, keys: set[Any], more: str = "") -> list[tuple[Any, ...]]:
    return sql.rows(f"{select} IN ({sql.marks(keys)}){more}", *sorted(keys)) if keys else []
