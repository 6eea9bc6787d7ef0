"""The questions about mandates: who holds what on a day and why, what somebody may do, who can instead.

Every answer takes a bounded number of statements, however many mandates there are.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.utils.translation import get_language

from comuna.acts.reach import ANYWHERE
from comuna.journal import sql
from comuna.journal.lock import once, once_a_page
from comuna.mandates.models import Mandate, Origin
from comuna.mandates.powers import RESTS_ON, G, plain_facts, relieved_on
from comuna.mandates.queries.codes import (
    code_with as code_with,
    is_known_code as is_known_code,
    newest_code as newest_code,
)
from comuna.mandates.queries.endings import (
    barred_until as barred_until,
    ended_on as ended_on,
    next_by_votes as next_by_votes,
)
from comuna.mandates.queries.rows import IN_ORDER, Row, ever as ever, of_kinds, rows_where
from comuna.mandates.queries.words import (
    named as named,
    seat_in_books as seat_in_books,
    seat_words as seat_words,
    some_seats as some_seats,
)
from comuna.mandates.rules import EndingKind, MandateStatus, Span, status
from comuna.statutes import queries as statutes
from comuna.statutes.councils import Matters
from comuna.statutes.statute import Organ, SeatKind, Statute


@dataclass(frozen=True)
class Holding:
    """A mandate as it is on one day."""

    mandate: UUID
    words: str  # the seat in the reader's language: "Finance unit 2"
    kind: str  # seat kind id
    organ: str
    number: int
    is_alternate: bool
    person: UUID
    name: str  # the name they accepted to be public under, else their initials
    term: Span
    status: MandateStatus
    origin: Origin
    act: UUID  # the record that made it
    suspended_until: date | None = None
    relieved_on: date | None = None  # a promoter's: the first day on which others do what promoters did
    ended_on: date | None = None  # the first day without it, where something ended it

    @property
    def last_day(self) -> date | None:
        """On which it was in force, once it is over; a mandate that ended on its first day has that one."""
        if self.status.in_office:
            return None
        gone = self.ended_on or self.relieved_on
        return max(self.term.begins, gone - timedelta(days=1)) if gone else self.term.ends


def holders(
    commune: UUID, day: date, statute: Statute | None = None, kinds: Collection[str] | None = None
) -> list[Holding]:
    """Everybody in office on that day, or in seats of these kinds, alternates included, in the statute's order of
    seats; by the statute in force that day unless another is given, as where a session goes by the one it was called
    by."""
    text = statute or statutes.in_force(commune, day)
    key = ("holders", commune, day, id(text), None if kinds is None else frozenset(kinds), get_language())
    # kept with the answer, the text keeps its id
    _text, found = once(key, lambda: (text, _holders(commune, day, text, kinds)), RESTS_ON)
    return list(found)


def _holders(commune: UUID, day: date, statute: Statute, kinds: Collection[str] | None = None) -> list[Holding]:
    order = {kind.id: number for number, kind in enumerate(statute.seats)}
    held = [one for one in _holdings(_begun(commune, day, kinds), statute, day) if one.status.in_office]
    return sorted(held, key=lambda one: (order[one.kind], one.is_alternate, one.number))


def begun(commune: UUID, day: date, statute: Statute, *, over: bool = False) -> list[Holding]:
    """Every mandate begun and not ended on that day, alternates too; also those whose term is over, or these alone."""
    return _holdings(_begun(commune, day, over=over), statute, day)


SeatPlace = tuple[str, int, bool]
"""A kind of seat, a number, and whether it is the alternate's."""


def elected_ahead(commune: UUID, day: date) -> dict[SeatPlace, Holding]:
    """Who takes a seat on a later day, by its place; of several the first."""
    here = sql.uuid_value(commune)
    rows = rows_where("m.commune = %s AND m.begins > %s AND e.id IS NULL ORDER BY m.begins DESC", here, day)
    held = _holdings(rows, statutes.in_force(commune, day), day)
    return {(one.kind, one.number, one.is_alternate): one for one in held if one.status is MandateStatus.NOT_YET}


def in_organ(commune: UUID, organ: str, day: date) -> list[Holding]:
    """The principals in office in an organ and in those it is made of, suspended ones included: its members
    on that day. Raises KeyError for an organ that the statute does not have."""
    kinds = {kind.id for kind in statutes.in_force(commune, day).seats_in(organ)}
    return [one for one in holders(commune, day, kinds=kinds) if not one.is_alternate]


def ever_held(commune: UUID, day: date) -> list[Holding]:
    """Every mandate that had begun by that day, ended ones too, the oldest first; none that was entered by mistake, and
    none of a seat that the statute no longer has."""
    begun = rows_where(
        "m.commune = %s AND m.begins <= %s AND (e.kind IS NULL OR e.kind <> %s) ORDER BY m.begins, m.born, m.id",
        sql.uuid_value(commune),
        day,
        EndingKind.UNDONE.value,
    )
    held = _holdings(begun, statutes.in_force(commune, day), day)
    return [one for one in held if one.status is not MandateStatus.ABOLISHED]


def seats_to_lose(person: UUID, day: date) -> list[Holding]:
    """What somebody holds, or will, as principal or alternate: what her departure would end."""
    return [one for one in mandates_of(person, day) if one.status.in_office or one.status is MandateStatus.NOT_YET]


def holding(mandate: UUID, day: date, *, departed: bool = True) -> Holding:
    """One mandate as it is on that day. Raises LookupError.

    ``departed`` False asks what it was to somebody who died or moved away and whose seat is now settled.
    """
    row = next(iter(rows_where("m.id = %s", sql.uuid_value(mandate))), None)
    if row is None:
        raise LookupError(f"no mandate has the id {mandate}")
    statute = statutes.in_force(row.commune, day)
    return _holding(row, statute, day, _relieved([row], statute), departed=departed)


def holdings(ids: Iterable[UUID], day: date) -> dict[UUID, Holding]:
    """Several mandates of one commune as they are on that day."""
    keys = [sql.uuid_value(id) for id in ids]
    rows = rows_where(f"m.id IN ({sql.marks(keys)})", *keys) if keys else []
    if not rows:
        return {}
    return {one.mandate: one for one in _holdings(rows, statutes.in_force(rows[0].commune, day), day)}


def kinds_of(mandates: Collection[UUID]) -> dict[UUID, str]:
    """The kind of seat of each of these mandates."""
    return dict(Mandate.objects.filter(pk__in=mandates).values_list("id", "seat__kind"))


def status_of(mandate: UUID, day: date) -> MandateStatus:
    """Raises LookupError."""
    return holding(mandate, day).status


def mandates_of(person: UUID, day: date) -> list[Holding]:
    """All mandates somebody ever had, as they are on that day, the newest first."""
    return list(once_a_page(("mandates", person, day), lambda: _mandates_of(person, day)))


def _mandates_of(person: UUID, day: date) -> list[Holding]:
    rows = rows_where("m.person_id = %s ORDER BY m.begins DESC, m.born DESC", sql.uuid_value(person))
    if not rows:
        return []
    return _holdings(rows, statutes.in_force(rows[0].commune, day), day)


# Who decides what


@dataclass(frozen=True)
class Place:
    """A seat's number and who holds it; nobody where it is vacant. ``lapsed`` is who held it last, if that
    mandate only ran out, or was a promoter's."""

    number: int
    holding: Holding | None
    lapsed: Holding | None = None


@dataclass(frozen=True)
class SeatsOfKind:
    kind: SeatKind
    principals: tuple[Place, ...]
    alternates: tuple[Place, ...]

    @property
    def vacant(self) -> int:
        return sum(place.holding is None for place in self.principals)


@dataclass(frozen=True)
class OrganSeats:
    organ: Organ
    seats: tuple[SeatsOfKind, ...]


def who_decides(
    commune: UUID, day: date, council: str | None = None, statute: Statute | None = None
) -> list[OrganSeats]:
    """Every organ of the commune, or of one council by its slug, with its seats and their holders on that day. Seats
    of councils in an organ of the commune are with the organ."""
    statute = statute or statutes.in_force(commune, day)
    found: dict[tuple[str, bool, int], Place] = {}
    organs = {organ.id for organ in statute.organs if organ.council == council}
    kinds = {kind.id for kind in statute.seats if kind.organ in organs}
    for one in _holdings(_begun(commune, day, kinds), statute, day):
        place = (one.kind, one.is_alternate, one.number)
        if one.status.in_office:
            found[place] = Place(one.number, one)
        elif one.status in (MandateStatus.LAPSED, MandateStatus.RELIEVED):
            found.setdefault(place, Place(one.number, None, one))

    def places(kind: SeatKind, is_alternate: bool) -> tuple[Place, ...]:
        numbers = range(1, (kind.alternates if is_alternate else kind.count) + 1)
        return tuple(found.get((kind.id, is_alternate, number), Place(number, None)) for number in numbers)

    return [
        OrganSeats(
            organ,
            tuple(
                SeatsOfKind(kind, places(kind, False), places(kind, True))
                for kind in statute.seats
                if kind.organ == organ.id
            ),
        )
        for organ in statute.organs
        if organ.council == council
    ]


def who_may(
    commune: UUID,
    verb: str,
    day: date,
    organ: str | None = None,
    given: Iterable[str] = (),
    council: str | None = ANYWHERE,
) -> list[Holding]:
    """The principals who may perform an act on that day, in an organ's sessions where one is named, else in the
    matters of a council, of the whole commune (None) or anywhere."""
    statute, given = statutes.in_force(commune, day), tuple(given)
    kinds = {*statute.seats_with_power(verb, organ, matters_of(council)), *given}
    held = holders(commune, day, kinds=kinds)
    return with_power(statute, verb, held, organ=organ, given=given, council=council)


def with_power(
    statute: Statute,
    verb: str,
    held: Iterable[G],
    *,
    seats: Iterable[str] = (),
    organ: str | None = None,
    given: Iterable[str] = (),
    council: str | None = ANYWHERE,
) -> list[G]:
    """Those of ``held`` that give the act, active ones first, then in the order in which the statute names seats.

    With ``seats`` (who signs, as ``Authority.signatures`` says) only these count. ``given`` are seats that
    have it besides, from what the act rests on, for as long as their holder has any power.
    """
    given = tuple(given)
    named = tuple(seats) or (*statute.seats_with_power(verb, organ, matters_of(council)), *given)
    only_active = statute.seats_when_active(verb).difference(given)
    found = [
        one
        for one in held
        if one.kind in named
        and not one.is_alternate
        and one.status.has_power
        and (one.status is MandateStatus.ACTIVE or one.kind not in only_active)
    ]
    return sorted(found, key=lambda one: (one.status is not MandateStatus.ACTIVE, named.index(one.kind), one.number))


def matters_of(council: str | None) -> Matters:
    """What the door calls a council, ANYWHERE included, as a statute asks for it."""
    return None if council == ANYWHERE else (council,)


# A seat's history


@dataclass(frozen=True)
class SeatStep:
    """One thing that befell a seat, and the act behind it; none where a term simply ran out."""

    day: date
    what: str  # "began" | "expired" | "suspended" | "resumed" | an EndingKind
    holding: Holding
    act: UUID | None
    origin_words: str = ""


def history_of_seat(commune: UUID, kind: str, number: int, day: date) -> list[SeatStep]:
    """Who held a seat, as principal or alternate, since when and why, oldest first, up to that day."""
    rows = rows_where(
        f"m.commune = %s AND s.kind = %s AND s.number = %s{IN_ORDER}",
        sql.uuid_value(commune),
        kind,
        number,
    )
    statute = statutes.in_force(commune, day)
    steps: list[SeatStep] = []
    for row, one in zip(rows, _holdings(rows, statute, day), strict=True):
        begins, ends = row.term.begins, row.term.ends
        steps.append(SeatStep(begins, "began", one, row.act, row.origin_words))
        last = row.ending.on if row.ending else one.relieved_on
        if ends is not None and begins <= ends < (last - timedelta(days=1) if last else day):
            steps.append(SeatStep(ends, "expired", one, None))
        for resting in row.rests:
            steps.append(SeatStep(resting.begins, "suspended", one, resting.id))
            if resting.lifted_on is not None:
                steps.append(SeatStep(resting.lifted_on, "resumed", one, resting.lifting))
        if row.ending:
            steps.append(SeatStep(row.ending.on, row.ending.kind, one, row.ending.act))
        elif one.relieved_on:
            steps.append(SeatStep(one.relieved_on, EndingKind.RELIEVED, one, None))
    return sorted((step for step in steps if step.day <= day), key=_in_order)


def _in_order(step: SeatStep) -> tuple[date, int]:
    """On one day: a term runs out, somebody goes, somebody comes, and then what befalls who has just come."""
    if step.what == "expired":
        return step.day, 0
    if step.what == "began":
        return step.day, 2
    return step.day, 1 if step.holding.term.begins < step.day else 3


# What the rest is made of


def _begun(commune: UUID, day: date, kinds: Collection[str] | None = None, *, over: bool = False) -> list[Row]:
    """Mandates begun and not ended on that day; with ``over`` only those whose term is over."""
    where, values = of_kinds(commune, kinds)
    found = rows_where(
        f"{where} AND m.begins <= %s{' AND m.ends < %s' if over else ''}"
        f" AND (e.kind IS NULL OR (e.\"on\" > %s AND e.kind <> '{EndingKind.UNDONE.value}')){IN_ORDER}",
        *values,
        day,
        *([day] if over else []),
        day,
    )
    return [one for one in found if one.commune == commune]


def _holdings(rows: Iterable[Row], statute: Statute, day: date) -> list[Holding]:
    """Of one commune."""
    rows = list(rows)
    relieved = _relieved(rows, statute)
    return [_holding(row, statute, day, relieved) for row in rows]


def _relieved(rows: Sequence[Row], statute: Statute) -> date | None:
    """When the promoters among these are done; asked only where there is one."""
    founder = next((row for row in rows if row.kind == statute.founding.seat), None)
    return relieved_on(founder.commune, statute) if founder else None


def _holding(row: Row, statute: Statute, day: date, relieved: date | None, *, departed: bool = True) -> Holding:
    """Who died or moved away holds nothing any more, even before somebody records what becomes of the seat;
    ``departed`` False leaves that out of sight. ``relieved`` is the day from which the promoters are done."""
    facts = plain_facts(
        statute,
        (row.kind, row.number, row.is_alternate),
        row.term,
        (row.ending.kind, row.ending.on) if row.ending else None,
        row.departure if departed else (None, ""),
        tuple(one.span for one in row.rests),
        relieved,
    )
    resting = next((span for span in facts.suspensions if span.covers(day)), None)
    return Holding(
        mandate=row.id,
        words=seat_words(statute, row.kind, row.number),
        kind=row.kind,
        organ=row.organ,
        number=row.number,
        is_alternate=row.is_alternate,
        person=row.person,
        name=row.name,
        term=facts.term,
        status=status(facts, day),
        origin=Origin(row.origin),
        act=row.act,
        suspended_until=resting.ends if resting else None,
        relieved_on=relieved if row.kind == statute.founding.seat else None,
        ended_on=facts.ended_on if facts.ended_on is not None and facts.ended_on <= day else None,
    )
