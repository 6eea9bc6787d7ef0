"""The places of a statute as they fill up while an act is being decided: who fits into which, and who goes."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from comuna.acts.act import World
from comuna.acts.fields import Count, Day, Flag, Id, Row, Slug
from comuna.acts.refusal import Refused, refuse_if
from comuna.mandates import queries
from comuna.mandates.models import Ending
from comuna.mandates.queries.rows import End, Row as Mandate
from comuna.mandates.rules import (
    EndingKind,
    Occupation,
    Placed,
    Span,
    Taken,
    consecutive_terms,
    has_place,
    last_day,
    placed,
    seat_id,
)
from comuna.statutes.rules import Bar, Candidate, Ineligible, ineligible
from comuna.statutes.statute import SeatKind, Statute
from comuna.territory import queries as territory
from comuna.territory.models import Person


class Ended(Row):
    """An ending as it was written down before another one came first."""

    kind: EndingKind
    on: Day
    barred_until: Day | None = None
    act: Id

    @classmethod
    def of(cls, ending: Ending | End) -> Ended:
        return cls(kind=EndingKind(ending.kind), on=ending.on, barred_until=ending.barred_until, act=ending.act)


class Sooner(Row):
    """A mandate that is replaced before the day on which, as was already written down, it ended; and that ending."""

    mandate: Id
    ending: Id
    earlier: Ended


class Seating(Row):
    """A place taken: the mandate that begins and those that it ends."""

    mandate: Id
    seat: Id
    kind: Slug
    organ: Slug
    number: Count
    is_alternate: Flag
    person: Id
    begins: Day
    ends: Day | None = None
    replaces: tuple[Id, ...] = ()
    replaced_on: Day | None = None  # where a later mandate is already in the place
    sooner: tuple[Sooner, ...] = ()  # those of the replaced that had ended, though later


@dataclass(frozen=True)
class Wanted:
    """A mandate that an act would like to begin."""

    mandate: UUID  # the id it will have: world.id or world.key(...)
    kind: str
    person: UUID
    begins: date
    number: int | None = None  # None: the first that is free
    is_alternate: bool = False
    ends: date | None = None  # None: as the statute's term says
    elected: bool = True  # judge age, residence, bars and terms; False for what paper decided before the books


class Board:
    """The places of these kinds of seats as they fill up while an act is being decided, and whatever else these people
    hold."""

    def __init__(self, world: World, statute: Statute, kinds: Collection[str], people: Collection[UUID] = ()) -> None:
        self.world, self.statute = world, statute
        concerned = {row.id: row for row in queries.ever(world.commune, kinds=kinds)}
        if people:  # asked apart: each by its own index
            concerned |= {row.id: row for row in queries.ever(world.commune, people=people)}
        self.held = [_Held.of(row) for row in sorted(concerned.values(), key=lambda row: (row.born, row.id))]

    def take(self, wanted: Wanted) -> Seating:
        kind = self._kind(wanted)
        person = self._person(wanted, kind)
        own = [held for held in self.held if held.person == wanted.person and held.stands_on(wanted.begins)]
        superseded = self._superseded(wanted, kind, own)
        if wanted.elected:
            self._refuse_ineligible(wanted, kind, person)
        others = [held for held in own if held.mandate not in superseded and not held.was_left_by(wanted.begins)]
        self._refuse_incompatible(wanted, kind, others)
        term = Span(wanted.begins, wanted.ends or last_day(wanted.begins, kind.term))
        number, fits = self._place(wanted, kind, term, superseded)
        until = self._own_next(wanted, kind, term)
        seating = Seating(
            mandate=wanted.mandate,
            seat=seat_id(self.world.commune, kind.id, number),
            kind=kind.id,
            organ=kind.organ,
            number=number,
            is_alternate=wanted.is_alternate,
            person=wanted.person,
            begins=wanted.begins,
            ends=term.ends,
            replaces=tuple(dict.fromkeys([*fits.replaces, *superseded])),
            replaced_on=min(filter(None, [fits.ended_on, until]), default=None),
            sooner=tuple(held.later for held in own if held.later and held.mandate in superseded),
        )
        self._sit(seating)
        return seating

    def suits(self, kind: SeatKind, person: UUID, on: date) -> bool:
        """Whether somebody who comes next might be elected to a seat of this kind that day: of its council, still
        here, of age, not barred."""
        wanted = Wanted(mandate=self.world.id, kind=kind.id, person=person, begins=on)
        try:
            self._refuse_ineligible(wanted, kind, self._person(wanted, kind))
        except Refused:
            return False
        return True

    def _kind(self, wanted: Wanted) -> SeatKind:
        kind = next((kind for kind in self.statute.seats if kind.id == wanted.kind), None)
        if kind is None:
            raise Refused("mandates.no-such-seat", _("The statute has no such seat."), field="kind")
        refuse_if(
            wanted.number is not None and not has_place(kind, wanted.number, wanted.is_alternate),
            "mandates.no-such-place",
            _("The statute has fewer seats of this kind."),
            citation=kind.rule.source,
            field="number",
        )
        return kind

    def _person(self, wanted: Wanted, kind: SeatKind) -> Person:
        person = self.world.get(Person, wanted.person, field="person")
        refuse_if(
            kind.council is not None and person.council != kind.council,
            "mandates.other-council",
            _("This seat is of a council to which this person does not belong."),
            citation=kind.rule.source,
            field="person",
        )
        refuse_if(
            is_gone(person, wanted.begins),
            "mandates.has-left",
            _("This person no longer lives here."),
            field="person",
        )
        return person

    def _superseded(self, wanted: Wanted, kind: SeatKind, own: Sequence[_Held]) -> list[UUID]:
        """The person's older mandates in seats of this kind, which the new one ends: expired ones, and the
        alternate's where an alternate becomes principal. Refuses a second seat of one kind."""
        same = [held for held in own if held.kind == kind.id]
        for held in same:
            rises = held.is_alternate and not wanted.is_alternate
            refuse_if(
                not rises and held.runs_on(wanted.begins),
                "mandates.holds-already",
                _("This person already holds a seat of this kind."),
                citation=kind.rule.source,
                field="person",
            )
        return [held.mandate for held in same]

    def _own_next(self, wanted: Wanted, kind: SeatKind, term: Span) -> date | None:
        """When the person's next mandate of this kind begins, where an earlier one is written down after it."""
        later = [
            held.term.begins
            for held in self.held
            if (held.person, held.kind) == (wanted.person, kind.id)
            and held.term.begins > wanted.begins
            and held.ended_on != held.term.begins
        ]
        refuse_if(
            any(term.covers(day) for day in later),
            "mandates.holds-already",
            _("This person already holds a seat of this kind."),
            citation=kind.rule.source,
            field="person",
        )
        return min(later, default=None)

    def _refuse_ineligible(self, wanted: Wanted, kind: SeatKind, person: Person) -> None:
        # waiting for a seat is no term in it
        own = (held for held in self.held if held.person == wanted.person and not held.is_alternate)
        earlier = [held for held in own if held.kind == kind.id]
        served = consecutive_terms([held.span for held in earlier], wanted.begins, kind.term.months)
        candidate = Candidate(
            age_years=territory.age_on(person, wanted.begins),
            resident_since=person.residence_since,
            barred_until=queries.barred_until(wanted.person),
            consecutive_terms=served,
        )
        since = territory.commune_since(self.world.commune)
        for reason in ineligible(self.statute, kind, candidate, wanted.begins, since):
            if reason.bar not in (Bar.AGE_UNKNOWN, Bar.RESIDENCE_UNKNOWN):  # left to those who elect
                raise Refused(f"mandates.{reason.bar.value}", _why(reason), citation=reason.rule.source, field="person")

    def _refuse_incompatible(self, wanted: Wanted, kind: SeatKind, own: Sequence[_Held]) -> None:
        if wanted.is_alternate:
            return
        other = next((held for held in own if not held.is_alternate and self._clash(kind.id, held.kind)), None)
        if other is not None:
            words = _("Nobody holds this seat together with {seat}, which this person holds.")
            raise Refused(
                "mandates.incompatible",
                str(words).format(seat=queries.seat_words(self.statute, other.kind)),
                citation=kind.rule.source,
                field="person",
            )

    def _clash(self, one: str, other: str) -> bool:
        return one != other and self.statute.incompatible(one, other)

    def _place(self, wanted: Wanted, kind: SeatKind, term: Span, superseded: Sequence[UUID]) -> tuple[int, Placed]:
        places: dict[int, list[Occupation]] = {}
        for held in self.held:
            if (held.kind, held.is_alternate) == (kind.id, wanted.is_alternate):
                occupied = [] if held.mandate in superseded else [held.occupation]
                places.setdefault(held.number, []).extend(occupied)
        numbers = [wanted.number] if wanted.number else self._preferred(wanted, kind, superseded)
        taken: Taken | None = None
        for number in numbers:
            fits = placed(term, places.get(number, []))
            if isinstance(fits, Placed):
                return number, fits
            taken = taken or fits
        raise self._refused_place(wanted, kind, taken)

    def _preferred(self, wanted: Wanted, kind: SeatKind, superseded: Sequence[UUID]) -> list[int]:
        """The person's own number first, then numbers that nobody holds, then those of expired holders."""
        of_kind = [held for held in self.held if held.kind == kind.id and held.is_alternate == wanted.is_alternate]
        own = {held.number for held in of_kind if held.mandate in superseded}
        standing = {held.number for held in of_kind if held.stands_on(wanted.begins)}
        count = kind.alternates if wanted.is_alternate else kind.count
        return sorted(range(1, count + 1), key=lambda number: (number not in own, number in standing, number))

    def _refused_place(self, wanted: Wanted, kind: SeatKind, taken: Taken | None) -> Refused:
        if taken is None:
            return Refused(
                "mandates.no-such-place",
                _("The statute has no alternates for this seat."),
                citation=kind.rule.source,
                field="is_alternate",
            )
        holder = next(held for held in self.held if held.mandate == taken.by)
        words = _("The seat is held until {day}.") if holder.term.ends else _("The seat is held.")
        return Refused(
            "mandates.seat-held",
            str(words).format(day=f"{holder.term.ends:%d/%m/%Y}" if holder.term.ends else ""),
            citation=kind.term.rule.source,
            field="number" if wanted.number else "kind",
        )

    def _sit(self, seating: Seating) -> None:
        self.held = [held.ended(seating.begins) if held.mandate in seating.replaces else held for held in self.held]
        term = Span(seating.begins, seating.ends)
        place = (seating.kind, seating.number, seating.is_alternate)
        self.held.append(_Held(seating.mandate, *place, seating.person, term, seating.replaced_on))


@dataclass(frozen=True)
class _Held:
    """A mandate on the board."""

    mandate: UUID
    kind: str
    number: int
    is_alternate: bool
    person: UUID
    term: Span
    ended_on: date | None
    left_on: date | None = None  # its person left that day, though she may be back
    later: Sooner | None = None  # what is written down of its end

    @classmethod
    def of(cls, row: Mandate) -> _Held:
        ending, term, (left_on, _because) = row.ending, row.term, row.departure
        place = row.kind, row.number, row.is_alternate
        if ending is not None:
            later = Sooner(mandate=row.id, ending=ending.id, earlier=Ended.of(ending))
            return cls(row.id, *place, row.person, term, ending.on, left_on, later)
        if left_on is not None:  # the place is free, and whoever takes it replaces the departed
            term = Span(term.begins, min(term.ends or date.max, left_on - timedelta(days=1)))
        return cls(row.id, *place, row.person, term, None, left_on)

    def ended(self, on: date) -> _Held:
        return replace(self, ended_on=on)

    def stands_on(self, day: date) -> bool:
        """Begun and not ended, whether or not its term is over."""
        return self.term.begins <= day and (self.ended_on is None or self.ended_on > day)

    def was_left_by(self, day: date) -> bool:
        return self.left_on is not None and self.left_on <= day

    def runs_on(self, day: date) -> bool:
        return self.stands_on(day) and self.term.covers(day)

    @property
    def occupation(self) -> Occupation:
        return Occupation(self.mandate, self.term, self.ended_on)

    @property
    def span(self) -> Span:
        """When it was held, its acting time included."""
        return Span(self.term.begins, self.ended_on - timedelta(days=1) if self.ended_on else None)


def _why(reason: Ineligible) -> str:
    words = {
        Bar.TOO_YOUNG: _("This seat asks for an age of {asked} years."),
        Bar.RESIDENCE: _("Months of living here that this seat asks for: {asked}."),
        Bar.RECALLED: _("This person was recalled and may take a seat again from {asked} on."),
        Bar.TERMS: _("Terms in a row for which one person may hold this seat, at most: {asked}."),
    }[reason.bar]
    asked = f"{reason.asked:%d/%m/%Y}" if isinstance(reason.asked, date) else reason.asked
    return str(words).format(asked=asked)


def is_gone(person: Person, on: date) -> bool:
    """Whether somebody died or moved away by that day."""
    return person.left_on is not None and person.left_on <= on
