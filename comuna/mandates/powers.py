"""Somebody's mandates as the door asks for them at every act: few statements, few values, no words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any, NamedTuple, Protocol, TypeVar
from uuid import UUID

from comuna.journal import sql
from comuna.journal.lock import RowsOf, once
from comuna.mandates.models import Claim, Ending, Lifting, Mandate, Seat, Suspension
from comuna.mandates.rules import EndingKind, MandateFacts, MandateStatus, Span, has_place, status
from comuna.statutes import queries as statutes
from comuna.statutes.councils import AT
from comuna.statutes.statute import AfterTerm, Statute
from comuna.territory.models import Person, Return
from comuna.territory.rules import Departure

RESTS_ON = (*statutes.RESTS_ON, Seat, Mandate, Ending, Suspension, Lifting, Claim, Return, RowsOf(Person))
"""The tables that say what somebody may do on a day."""


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


class Held(NamedTuple):
    """A mandate as the door asks for it at every act: who holds it is known, its words are not needed."""

    mandate: UUID
    kind: str
    number: int
    is_alternate: bool
    status: MandateStatus


class InBooks(NamedTuple):
    """Somebody in a commune's books, and her mandates."""

    left_on: date | None
    has_account: bool
    held: list[Held]


def in_books(person: UUID, commune: UUID, statute: Statute, day: date) -> InBooks | None:
    """The same mandates as ``mandates_of``, by one short statement; None for whom these books do not know."""
    found = sql.rows(
        "SELECT m.id, s.kind, s.number, m.is_alternate, CAST(m.begins AS TEXT), CAST(m.ends AS TEXT), e.kind,"
        ' CAST(e."on" AS TEXT), CAST(p.left_on AS TEXT), p.left_because,'
        " EXISTS (SELECT 1 FROM mandates_suspension r WHERE r.mandate_id = m.id),"
        " EXISTS (SELECT 1 FROM mandates_claim c WHERE c.person_id = p.id), m.born,"
        " EXISTS (SELECT 1 FROM territory_return b WHERE b.person_id = p.id),"
        " EXISTS (SELECT 1 FROM mandates_seat h JOIN mandates_mandate t ON t.seat_id = h.id"
        " WHERE h.commune = p.commune AND h.kind = %s)"
        " FROM territory_person p LEFT JOIN mandates_mandate m ON m.person_id = p.id"
        " LEFT JOIN mandates_seat s ON s.id = m.seat_id LEFT JOIN mandates_ending e ON e.mandate_id = m.id"
        " WHERE p.id = %s AND p.commune = %s ORDER BY m.begins DESC, m.born DESC",
        statute.founding.until.seats[0] if statute.founding.until else "",  # without her nobody has taken over yet
        sql.uuid_value(person),
        sql.uuid_value(commune),
    )
    if not found:
        return None
    returns = _returns_of(person) if found[0][13] else ()
    return InBooks(
        sql.day_of(found[0][8]),
        bool(found[0][11]),
        [_held(row, returns, commune, statute, day) for row in found if row[0] is not None],
    )


def _held(
    row: tuple[Any, ...], returns: tuple[tuple[date, int], ...], commune: UUID, statute: Statute, day: date
) -> Held:
    id, kind, number, is_alternate, begins, ends, end_kind, ended_on, left_on, because, rested, _account = row[:12]
    born, _returned, taken_over = row[12:]
    ended, term = sql.day_of(ended_on), Span(date.fromisoformat(begins), sql.day_of(ends))
    facts = plain_facts(
        statute,
        (kind, number, bool(is_alternate)),
        term,
        (end_kind, ended) if ended else None,
        departure(term, born, (sql.day_of(left_on), because), returns),
        _rests_of(id) if rested else (),
        relieved_on(commune, statute) if taken_over and kind == statute.founding.seat else None,
    )
    return Held(sql.uuid_of(id), kind, number, bool(is_alternate), status(facts, day))


def _rests_of(mandate: Any) -> tuple[Span, ...]:
    found = sql.rows(
        'SELECT CAST(r.begins AS TEXT), CAST(r.ends AS TEXT), CAST(l."on" AS TEXT) FROM mandates_suspension r'
        " LEFT JOIN mandates_lifting l ON l.suspension_id = r.id WHERE r.mandate_id = %s ORDER BY r.begins",
        mandate,
    )
    return tuple(rest(date.fromisoformat(row[0]), *map(sql.day_of, row[1:])) for row in found)


def _returns_of(person: UUID) -> tuple[tuple[date, int], ...]:
    found = sql.rows(
        "SELECT CAST(left_on AS TEXT), born FROM territory_return WHERE person_id = %s", sql.uuid_value(person)
    )
    return tuple((date.fromisoformat(left_on), born) for left_on, born in found)


def relieved_on(commune: UUID, statute: Statute) -> date | None:
    """The first day on which the promoters are done: the day after each seat of the statute's handover had, for the
    first time, a principal in office with an account, and the books knew it. None before, and where the statute
    leaves the promoters their whole time.

    It follows from the mandates and claims themselves, so an election that is taken back gives them back their seats.
    An ending does not, however early a day it is written down for: they were in office as far as anybody knew.
    """
    if statute.founding.until is None:
        return None
    key = ("relieved", commune, statute.founding.until, statute.councils)
    return once(key, lambda: _relieved_on(commune, statute), RESTS_ON)


def _relieved_on(commune: UUID, statute: Statute) -> date | None:
    """With several councils: once those that there were had their seats, a council that comes later changes nothing."""
    handover = statute.founding.until
    assert handover is not None
    first = _first_days(commune, handover.seats)
    came = statutes.came_on(commune) if len(statute.councils) > 1 else ()
    for count in range(1, len(came) + 1):
        later = tuple(AT + slug for slug, _day in came[count:])
        heirs = [kind for kind in handover.seats if not kind.endswith(later)]
        done = _last_of(first, heirs)
        if done is not None and (count == len(came) or done <= came[count][1]):
            return done + timedelta(days=1)
    done = _last_of(first, handover.seats)
    return None if done is None else done + timedelta(days=1)


def _last_of(first: Mapping[str, str], kinds: Iterable[str]) -> date | None:
    """The day on which the last of them came; None while one is missing."""
    days = [first.get(kind) for kind in kinds]
    return None if None in days else date.fromisoformat(max(filter(None, days)))


def _first_days(commune: UUID, kinds: tuple[str, ...]) -> dict[str, str]:
    """The day on which each kind of seat had, for the first time, somebody in office with an account."""
    found = sql.rows(
        "SELECT s.kind, CAST(m.begins AS TEXT), CAST(w.day AS TEXT), CAST(r.day AS TEXT), e.kind,"
        ' CAST(e."on" AS TEXT), CAST(x.day AS TEXT), x.seq, w.seq, r.seq'
        " FROM mandates_mandate m JOIN mandates_seat s ON s.id = m.seat_id"
        " JOIN mandates_claim c ON c.person_id = m.person_id"
        " JOIN journal_record w ON w.commune = m.commune AND w.seq = m.born"
        " JOIN journal_record r ON r.commune = c.commune AND r.seq = c.born"
        " LEFT JOIN mandates_ending e ON e.mandate_id = m.id"
        " LEFT JOIN journal_record x ON x.commune = e.commune AND x.seq = e.born"
        f" WHERE m.commune = %s AND NOT m.is_alternate AND s.kind IN ({', '.join(['%s'] * len(kinds))})",
        sql.uuid_value(commune),
        *kinds,
    )
    first: dict[str, str] = {}
    for kind, begins, written, claimed, end_kind, ended, end_written, end_seq, *known_by in found:
        since = max(begins, written, claimed)  # days as text sort as days
        was = ended is None or ended > since or (end_written >= begins and end_seq > max(known_by))
        if was and end_kind != EndingKind.UNDONE:
            first[kind] = min(first.get(kind, since), since)
    return first


def departure(
    term: Span, born: int, left: tuple[date | None, str], returns: Iterable[tuple[date, int]]
) -> tuple[date | None, str]:
    """On which day a mandate ended because its person left, and why she did.

    ``born`` is the number of the mandate's record, ``left`` when she left if she is gone, ``returns`` the days on which
    she had left before she came back, each with the number of the record that says so. Who comes back is given nothing
    again that she had then; what she was given since is hers.
    """
    days = [left_on for left_on, back in returns if left_on > term.begins or born < back]
    return (min(days), "") if days else left


def plain_facts(
    statute: Statute,
    place: tuple[str, int, bool],
    term: Span,
    ending: tuple[str, date] | None,
    left: tuple[date | None, str],
    suspensions: tuple[Span, ...],
    relieved_on: date | None = None,
) -> MandateFacts:
    """From the seat's kind and number and whether it is an alternate's, the term, how it ended, when and why its
    person left, when it rested, and the day from which others do what the promoters did."""
    kind = statute.seats_by_id.get(place[0])
    end = (EndingKind(ending[0]), ending[1]) if ending else (None, None)
    left_on, because = left
    if relieved_on is not None and place[0] == statute.founding.seat and (ending is None or ending[1] > relieved_on):
        end = EndingKind.RELIEVED, relieved_on
    if left_on is not None and (end[1] is None or end[1] > left_on):
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
