"""A statute spread over the councils that the books have.

A file describes one council: its assembly, its units, its seats (``each = true``), and the organs of the commune.
Books of one council alone live by it as it stands; what only several councils have, such as the assembly of the whole
commune, is then the council's own (``before_councils``). Once councils are registered, each has organs, seats, powers
and recalls of its own, whose ids carry its slug behind an @, so that every room above goes on reading organs and seats
as if the file had named them.

What belongs to one council stays inside it: its seats act in its own matters, its assembly counts its own people.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any, TypeVar

from comuna.statutes.bookkeeping import AidKind, BookKind, CreditKind
from comuna.statutes.councils import AT, BETWEEN, Council
from comuna.statutes.processes import Begins, Process
from comuna.statutes.statute import Founding, LetterKind, Names, Organ, Power, Recall, SeatKind, Signatures, Statute

K = TypeVar("K", AidKind, CreditKind)


def spread(statute: Statute, councils: tuple[Council, ...]) -> Statute:
    """The statute of books with these councils, in their order."""
    if statute.level is None:
        return statute
    if not councils:
        return _alone(statute)
    over = _Over(statute, councils)
    return replace(
        statute,
        councils=councils,
        founding=over.founding(),
        organs=tuple(over.organs()),
        seats=tuple(over.seats()),
        powers=tuple(over.powers()),
        recalls=tuple(over.recalls()),
        signatures=tuple(over.signatures()),
        letters=tuple(over.letters()),
        processes=tuple(over.processes()),
        money=replace(statute.money, books=tuple(over.books()), credits=tuple(over.credits()), aids=tuple(over.aids())),
    )


def _alone(statute: Statute) -> Statute:
    """For the books of one council: its own organs stand for those that only several councils have."""
    instead = {organ.id: organ.before_councils for organ in statute.organs if organ.before_councils}
    highest = instead.get(statute.highest().id, statute.highest().id)

    def of(ids: Iterable[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(instead.get(id, id) for id in ids))

    gone = {book.id for book in statute.money.books if book.organ in instead}
    return replace(
        statute,
        organs=tuple(
            replace(organ, highest=organ.id == highest, made_of=of(organ.made_of))
            for organ in statute.organs
            if organ.id not in instead
        ),
        seats=tuple(
            replace(seat, chosen_by=instead.get(seat.chosen_by, seat.chosen_by))
            for seat in statute.seats
            if seat.organ not in instead
        ),
        powers=tuple(replace(one, organs=of(one.organs)) for one in statute.powers if not one.with_councils),
        recalls=tuple(
            replace(recall, decided_by=instead.get(recall.decided_by, recall.decided_by)) for recall in statute.recalls
        ),
        money=replace(
            statute.money,
            books=tuple(
                replace(book, decides=instead.get(book.decides, book.decides))
                for book in statute.money.books
                if book.organ not in instead
            ),
            credits=tuple(
                one for one in statute.money.credits if instead.keys().isdisjoint((one.approved_by, one.followed_by))
            ),
            aids=tuple(one for one in statute.money.aids if one.decided_by not in instead and one.book not in gone),
        ),
    )


class _Over:
    def __init__(self, statute: Statute, councils: tuple[Council, ...]) -> None:
        self.statute, self.councils = statute, councils
        self.each = statute.of_each

    def at(self, id: str, council: Council) -> str:
        """The id in a council, of what every council has; else the id as it is."""
        return f"{id}{AT}{council.slug}" if id in self.each else id

    def here(self, ids: Iterable[str], council: Council) -> tuple[str, ...]:
        return tuple(self.at(id, council) for id in ids)

    def everywhere(self, ids: Iterable[str]) -> tuple[str, ...]:
        found = (self.at(id, council) for id in ids for council in self.councils)
        return tuple(dict.fromkeys(found))

    def founding(self) -> Founding:
        founding = self.statute.founding
        if founding.until is None:
            return founding
        seats = (*founding.until.seats, *founding.until.with_councils)
        return replace(founding, until=replace(founding.until, seats=self.everywhere(seats)))

    def organs(self) -> Iterable[Organ]:
        for organ in self.statute.organs:
            if not organ.each:
                yield replace(organ, made_of=self.everywhere(organ.made_of))
                continue
            for council in self.councils:
                yield replace(
                    organ,
                    id=self.at(organ.id, council),
                    name=named(organ.name, council),
                    council=council.slug,
                    roll=replace(organ.roll, council=council.slug) if organ.roll else None,
                    made_of=self.here(organ.made_of, council),
                    ratification=replace(organ.ratification, by=self.at(organ.ratification.by, council))
                    if organ.ratification
                    else None,
                )

    def seats(self) -> Iterable[SeatKind]:
        for seat in self.statute.seats:
            never_with = self.everywhere(seat.incompatible_with)
            if not seat.each:
                yield replace(seat, incompatible_with=never_with)
                continue
            for council in self.councils:
                yield replace(
                    seat,
                    id=self.at(seat.id, council),
                    organ=self.at(seat.organ, council),
                    name=named(seat.name, council),
                    council=council.slug,
                    chosen_by=self.at(seat.chosen_by, council),
                    incompatible_with=never_with,
                    portfolio_of=f"{seat.portfolio_of}{AT}{council.slug}" if seat.portfolio_of else None,
                )

    def powers(self) -> Iterable[Power]:
        for power in self.statute.powers:
            common = tuple(seat for seat in power.seats if seat not in self.each)
            own = tuple(seat for seat in power.seats if seat in self.each)
            if common:
                yield replace(power, seats=common, organs=self.everywhere(power.organs))
            for council in self.councils if own else ():
                organs = self.here(power.organs, council)
                yield replace(power, seats=self.here(own, council), organs=organs, council=council.slug)

    def recalls(self) -> Iterable[Recall]:
        for recall in self.statute.recalls:
            common = tuple(seat for seat in recall.seats if seat not in self.each)
            own = tuple(seat for seat in recall.seats if seat in self.each)
            if common:
                yield replace(recall, seats=common, asked_by=self.everywhere(recall.asked_by))
            for council in self.councils if own else ():
                yield replace(
                    recall,
                    seats=self.here(own, council),
                    asked_by=self.here(recall.asked_by, council),
                    desk=self.at(recall.desk, council),
                    desk_when_own=self.at(recall.desk_when_own, council),
                    decided_by=self.at(recall.decided_by, council),
                )

    def signatures(self) -> Iterable[Signatures]:
        return (replace(rule, seats=self.everywhere(rule.seats)) for rule in self.statute.signatures)

    def letters(self) -> Iterable[LetterKind]:
        """One that seats of a council sign is each council's own, for its people."""
        for letter in self.statute.letters:
            if self.each.isdisjoint(letter.seats):
                yield letter
                continue
            for council in self.councils:
                yield replace(letter, seats=self.here(letter.seats, council), council=council.slug)

    def processes(self) -> Iterable[Process]:
        """A founding is the whole commune's; a renewal that seats of a council record is each council's own."""
        for one in self.statute.processes:
            if one.begins is Begins.FOUNDING or all(self.each.isdisjoint(step.by) for step in one.steps):
                yield replace(one, steps=tuple(replace(step, by=self.everywhere(step.by)) for step in one.steps))
                continue
            for council in self.councils:
                steps = tuple(replace(step, by=self.here(step.by, council)) for step in one.steps)
                yield replace(one, steps=steps, council=council.slug)

    def books(self) -> Iterable[BookKind]:
        """One that an organ of a council keeps is each council's own."""
        for book in self.statute.money.books:
            if book.organ not in self.each:
                yield book
                continue
            for council in self.councils:
                yield replace(
                    book,
                    id=f"{book.id}{AT}{council.slug}",
                    organ=self.at(book.organ, council),
                    decides=self.at(book.decides, council),
                    name=named(book.name, council),
                    council=council.slug,
                )

    def credits(self) -> Iterable[CreditKind]:
        return self._out_of_books(self.statute.money.credits, ("approved_by", "followed_by"))

    def aids(self) -> Iterable[AidKind]:
        return self._out_of_books(self.statute.money.aids, ("decided_by",))

    def _out_of_books(self, kinds: Iterable[K], organs: tuple[str, ...]) -> Iterable[K]:
        """What is given out of a council's own book, once for each council; ``organs`` are the fields that name one."""
        own = {book.id for book in self.statute.money.books if book.organ in self.each}
        for one in kinds:
            if one.book not in own:
                yield one
                continue
            for council in self.councils:
                there: dict[str, Any] = {name: self.at(getattr(one, name), council) for name in organs}
                yield replace(one, id=f"{one.id}{AT}{council.slug}", book=f"{one.book}{AT}{council.slug}", **there)


def named(names: Names, council: Council) -> Names:
    """``Finance unit · El Mirador``; without the council where it goes without a name, on its own pages."""
    if not council.name:
        return names
    return {language: f"{words}{BETWEEN}{council.name}" for language, words in names.items()}
