"""The calendar of the sample commune, and who holds which seat: kept beside the books, so that nobody need ask them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from uuid import UUID

from comuna.acts.act import Act
from comuna.acts.acts import Propose, Sign
from comuna.acts.authority import Actor
from comuna.acts.door import Done, perform
from comuna.cli.sample.commune.people import Council, People, code, new_id
from comuna.cli.sample.year import Year
from comuna.journal.compiled import Compiled
from comuna.mandates import codes
from comuna.mandates.acts import ClaimAccount, IssueCode
from comuna.mandates.councils import council_of_account
from comuna.mandates.models import Mandate
from comuna.statutes import queries as statutes
from comuna.statutes.statute import SeatKind, Statute

Seat = tuple[str, int]  # kind and number


_SEATED_BY = Compiled[tuple[UUID, UUID, str, int, bool]](
    lambda act: (
        Mandate.objects.filter(act=act)
        .order_by("is_alternate", "seat__number")
        .values_list("id", "person_id", "seat__kind", "seat__number", "is_alternate")
    ),
    UUID,
)


@dataclass(frozen=True)
class Held:
    """A mandate as it was given."""

    person: UUID
    mandate: UUID


class Life(Year):
    """Three years, with everybody's seats."""

    def __init__(self, people: People, seed: int, progress: Callable[[int, int], None]) -> None:
        super().__init__(people, seed, progress)
        self.random = Random(f"{seed}.life")
        self.commune, self.promoters, self.councils = people.commune, people.promoters, people.councils
        self.names = people.names
        self.principals: dict[Seat, Held] = {}
        self.numbers: defaultdict[str, set[int]] = defaultdict(set)  # of the seats of a kind that ever had a principal
        self.alternates: dict[Seat, Held] = {}
        self.accounts: set[UUID] = set(people.promoters)
        self.council_of = {person: one for one in people.councils for person in one.roll}
        self.standing: dict[str, Iterator[UUID]] = {one.slug: iter(one.standing) for one in people.councils}

    # Acts

    def new_id(self) -> UUID:
        return new_id(self.random)

    def do(self, person: UUID, act: Act) -> Done:
        return perform(act, Actor(person), id=self.new_id())

    def says(self, person: UUID, act: Act) -> Done:
        """One act whose id leaves those of the others as they are."""
        return perform(act, Actor(person), id=new_id(self.speaking))

    def do_together(self, first: UUID, second: UUID, act: Act) -> Done:
        """What two sign."""
        return self.do(second, Sign(proposal=self.do(first, Propose(act=act)).id))

    def opens_account(self, person: UUID) -> None:
        """A printed code, claimed."""
        if person in self.accounts:
            return
        proof = code(self.random)
        self.do(self.hands_out(person), IssueCode(person=person, digest=codes.digest_of(proof)))
        perform(ClaimAccount(proof=proof), Actor(), id=self.new_id())
        self.accounts.add(person)

    def hands_out(self, person: UUID) -> UUID:
        """Who prints codes where she has her seats: in one council, else in the commune."""
        where = council_of_account(person)
        return self.keeper(f"cc.electoral@{where}") if where else self.keeper("ce.parliament", "comptroller.member")

    # Seats

    def statute(self, day: date) -> Statute:
        return statutes.in_force(self.commune, day)

    def seat_kinds(self, organ: str) -> tuple[SeatKind, ...]:
        return tuple(self.statute(self.today).seats_in(organ))

    def holder(self, kind: str, number: int = 1) -> UUID | None:
        held = self.principals.get((kind, number))
        return held.person if held else None

    def holders(self, *kinds: str) -> list[UUID]:
        """The principals of these kinds, in order."""
        places = ((kind, number) for kind in sorted({*kinds}) for number in sorted(self.numbers[kind]))
        return [self.principals[place].person for place in places if place in self.principals]

    def note_seats(self, act: UUID) -> list[UUID]:
        """Who was seated by an act: written beside the books; the principals."""
        came: list[UUID] = []
        for mandate, person, kind, number, is_alternate in _SEATED_BY.rows(act):
            places = self.alternates if is_alternate else self.principals
            places[kind, number] = Held(person, mandate)
            if not is_alternate:
                self.numbers[kind].add(number)
                came.append(person)
        return came

    def steps_in(self, kind: str, number: int, act: UUID) -> None:
        """A seat whose holder is gone: the alternate that the act put there, or nobody."""
        self.principals.pop((kind, number), None)
        waiting = {seat: held.person for seat, held in self.alternates.items() if seat[0] == kind}
        came = self.note_seats(act)
        for seat, person in waiting.items():
            if person in came:
                del self.alternates[seat]

    def keeper(self, *kinds: str) -> UUID:
        """Who of these seats keeps an organ's minutes: the first with an account; before there is one a promoter."""
        found = next((person for kind in kinds for person in self.holders(kind) if person in self.accounts), None)
        return found or self.promoters[0]

    def next_standing(self, council: Council, count: int) -> list[UUID]:
        """Whoever stands next in a council; each person for one seat."""
        people = self.standing[council.slug]
        return [next(people) for _ in range(count)]

    def anywhere(self, count: int) -> list[UUID]:
        """Whoever stands next, from as many councils as there are."""
        councils = self.random.sample(self.councils, len(self.councils)) * 2
        return [self.next_standing(one, 1)[0] for one in councils[:count]]

    def weekend(self, day: date, sunday: bool = False) -> date:
        """The first Saturday, or Sunday, from that day on."""
        return day + timedelta(days=((6 if sunday else 5) - day.weekday()) % 7)

    def first_saturdays(self, since: date) -> Sequence[date]:
        """Of every month from that day to today, a later first Saturday too if it is less than a month ahead."""
        found = []
        day = self.weekend(since)
        while day <= self.today + timedelta(days=31):
            if day.day <= 7:
                found.append(day)
            day += timedelta(days=7)
        return found
