"""The questions about mandates: who holds what on a day and why, what somebody may do, who can instead.

Every answer takes a bounded number of statements, however many mandates there are.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Prefetch, QuerySet
from django.utils.translation import get_language

from comuna.acts.reach import ANYWHERE
from comuna.journal.lock import once, once_a_page
from comuna.mandates.models import Ending, Mandate, Origin, Suspension
from comuna.mandates.powers import RESTS_ON, G, departure_of, plain_facts, relieved_on, rest
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
from comuna.mandates.queries.words import (
    named as named,
    seat_in_books as seat_in_books,
    seat_words as seat_words,
)
from comuna.mandates.rules import EndingKind, MandateFacts, MandateStatus, Span, status
from comuna.statutes import queries as statutes
from comuna.statutes.councils import Matters
from comuna.statutes.statute import Organ, SeatKind, Statute
from comuna.territory.queries import display_name


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
    held = [one for one in _holdings(_on(commune, day, kinds), statute, day) if one.status.in_office]
    return sorted(held, key=lambda one: (order[one.kind], one.is_alternate, one.number))


def begun(commune: UUID, day: date, statute: Statute, *, over: bool = False) -> list[Holding]:
    """Every mandate begun and not ended on that day, alternates too; also those whose term is over, or these alone."""
    return _holdings(_on(commune, day, over=over), statute, day)


def in_organ(commune: UUID, organ: str, day: date) -> list[Holding]:
    """The principals in office in an organ and in those it is made of, suspended ones included: its members
    on that day. Raises KeyError for an organ that the statute does not have."""
    kinds = {kind.id for kind in statutes.in_force(commune, day).seats_in(organ)}
    return [one for one in holders(commune, day, kinds=kinds) if not one.is_alternate]


def ever_held(commune: UUID, day: date) -> list[Holding]:
    """Every mandate that had begun by that day, ended ones too, the oldest first; none that was entered by mistake, and
    none of a seat that the statute no longer has. Five statements."""
    begun = _with_history().filter(commune=commune, begins__lte=day).exclude(ending__kind=EndingKind.UNDONE.value)
    held = _holdings(begun.order_by("begins", "born", "id"), statutes.in_force(commune, day), day)
    return [one for one in held if one.status is not MandateStatus.ABOLISHED]


def seats_to_lose(person: UUID, day: date) -> list[Holding]:
    """What somebody holds, or will, as principal or alternate: what her departure would end."""
    return [one for one in mandates_of(person, day) if one.status.in_office or one.status is MandateStatus.NOT_YET]


def holding(mandate: UUID, day: date, *, departed: bool = True) -> Holding:
    """One mandate as it is on that day. Raises LookupError.

    ``departed`` False asks what it was to somebody who died or moved away and whose seat is now settled.
    """
    row = _with_history().filter(pk=mandate).first()
    if row is None:
        raise LookupError(f"no mandate has the id {mandate}")
    statute = statutes.in_force(row.commune, day)
    return _holding(row, statute, day, _relieved([row], statute), departed=departed)


def holdings(ids: Iterable[UUID], day: date) -> dict[UUID, Holding]:
    """Several mandates of one commune as they are on that day."""
    rows = list(_with_history().filter(pk__in=list(ids)))
    if not rows:
        return {}
    return {one.mandate: one for one in _holdings(rows, statutes.in_force(rows[0].commune, day), day)}


def status_of(mandate: UUID, day: date) -> MandateStatus:
    """Raises LookupError."""
    return holding(mandate, day).status


def mandates_of(person: UUID, day: date) -> list[Holding]:
    """All mandates somebody ever had, as they are on that day, the newest first."""
    return list(once_a_page(("mandates", person, day), lambda: _mandates_of(person, day)))


def _mandates_of(person: UUID, day: date) -> list[Holding]:
    rows = list(_with_history().filter(person=person).order_by("-begins", "-born"))
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
    for one in _holdings(_on(commune, day, kinds), statute, day):
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
    rows = list(_with_history().filter(commune=commune, seat__kind=kind, seat__number=number))
    statute = statutes.in_force(commune, day)
    steps: list[SeatStep] = []
    for row, one in zip(rows, _holdings(rows, statute, day), strict=True):
        steps.append(SeatStep(row.begins, "began", one, row.act, row.origin_words))
        ending = _ending(row)
        last = ending.on if ending else one.relieved_on
        if row.ends is not None and row.begins <= row.ends < (last - timedelta(days=1) if last else day):
            steps.append(SeatStep(row.ends, "expired", one, None))
        for suspension in row.suspensions.all():
            steps.append(SeatStep(suspension.begins, "suspended", one, suspension.id))
            if lifting := getattr(suspension, "lifting", None):
                steps.append(SeatStep(lifting.on, "resumed", one, lifting.id))
        if ending:
            steps.append(SeatStep(ending.on, ending.kind, one, ending.act))
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


def _with_history() -> QuerySet[Mandate]:
    """Mandates with all that their status hangs on: three statements."""
    suspensions = Suspension.objects.select_related("lifting").order_by("begins")
    return Mandate._default_manager.select_related("seat", "person", "ending").prefetch_related(
        Prefetch("suspensions", queryset=suspensions), "person__returns"
    )


def _on(commune: UUID, day: date, kinds: Collection[str] | None = None, *, over: bool = False) -> list[Mandate]:
    """Mandates begun and not ended on that day; with ``over`` only those whose term is over."""
    begun = _with_history().filter(commune=commune, begins__lte=day)
    if over:
        begun = begun.filter(ends__lt=day)
    if kinds is not None:
        begun = begun.filter(seat__kind__in=kinds)
    return list(begun.exclude(ending__on__lte=day).exclude(ending__kind=EndingKind.UNDONE.value))


def _holdings(rows: Iterable[Mandate], statute: Statute, day: date) -> list[Holding]:
    """Of one commune."""
    rows = list(rows)
    relieved = _relieved(rows, statute)
    return [_holding(row, statute, day, relieved) for row in rows]


def _relieved(rows: Sequence[Mandate], statute: Statute) -> date | None:
    """When the promoters among these are done; asked only where there is one."""
    founder = next((row for row in rows if row.seat.kind == statute.founding.seat), None)
    return relieved_on(founder.commune, statute) if founder else None


def _holding(row: Mandate, statute: Statute, day: date, relieved: date | None, *, departed: bool = True) -> Holding:
    facts = facts_of(row, statute, relieved, departed=departed)
    resting = next((span for span in facts.suspensions if span.covers(day)), None)
    return Holding(
        mandate=row.id,
        words=seat_words(statute, row.seat.kind, row.seat.number),
        kind=row.seat.kind,
        organ=row.seat.organ,
        number=row.seat.number,
        is_alternate=row.is_alternate,
        person=row.person_id,
        name=row.public_name or display_name(row.person),
        term=facts.term,
        status=status(facts, day),
        origin=Origin(row.origin),
        act=row.act,
        suspended_until=resting.ends if resting else None,
        relieved_on=relieved if row.seat.kind == statute.founding.seat else None,
        ended_on=facts.ended_on if facts.ended_on is not None and facts.ended_on <= day else None,
    )


def facts_of(row: Mandate, statute: Statute, relieved: date | None, *, departed: bool = True) -> MandateFacts:
    """A mandate's row as the plain values that ``rules.status`` judges, under this statute. ``relieved`` is the day
    from which the promoters are done.

    Who died or moved away holds nothing any more, even before somebody records what becomes of the seat;
    ``departed`` False leaves that out of sight.
    """
    ending = _ending(row)
    return plain_facts(
        statute,
        (row.seat.kind, row.seat.number, row.is_alternate),
        Span(row.begins, row.ends),
        (ending.kind, ending.on) if ending else None,
        departure_of(row) if departed else (None, ""),
        tuple(_suspended(one) for one in row.suspensions.all()),
        relieved,
    )


def _ending(row: Mandate) -> Ending | None:
    return getattr(row, "ending", None)


def _suspended(suspension: Suspension) -> Span:
    lifting = getattr(suspension, "lifting", None)
    return rest(suspension.begins, suspension.ends, lifting.on if lifting else None)
