"""Acts that only tests perform, because the real ones belong to rooms above this one."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from comuna.acts.act import Act, ActFacts, Performed, Power, World
from comuna.acts.fields import Count, Day, Flag, Id, PublicLine, Row, Slug, To
from comuna.mandates import effects
from comuna.mandates.models import Mandate, Origin
from comuna.mandates.rules import EndingKind
from comuna.mandates.seating import Leaving, Seating, Wanted, leave, plan
from comuna.statutes import queries as statutes
from comuna.statutes.statute import Statute
from comuna.territory.models import Person


def _statute(world: World) -> Statute:
    return statutes.in_force(world.commune, world.day)


class Recall(Act):
    """Recall somebody without further ado."""

    verb = "toy.recall_mandate"
    power = Power.ANYONE
    label = "Recall"
    said = "{seat} recalled"
    undo = None

    mandate: Annotated[Id, To(Mandate)]
    barred_until: Day | None = None

    class Facts(ActFacts):
        leaving: Leaving

    def check(self, world: World) -> Facts:
        leaving = leave(world, self.mandate, EndingKind.RECALLED, world.day, barred_until=self.barred_until)
        return self.Facts(leaving=leaving)

    def apply(self, record: Performed) -> None:
        effects.end(record, record.facts.leaving)


class GoOn(Act):
    """Something happens, so that nobody wonders at the time that has passed."""

    verb = "toy.go_on"
    power = Power.ANYONE
    label = "Go on"
    said = "{seat} went on"
    undo = None

    def apply(self, record: Performed) -> None:
        """Nothing but the record itself."""


class Elect(Act):
    """Elect somebody without asking anybody."""

    verb = "toy.elect"
    power = Power.ANYONE
    label = "Elect"
    said = "{seat} elected"
    undo = None
    about = "person"

    person: Annotated[Id, To(Person)]
    kind: Slug
    begins: Day | None = None  # today
    number: Count | None = None
    is_alternate: Flag = False
    public_name: PublicLine = "somebody"

    class Facts(ActFacts):
        seating: Seating

    def check(self, world: World) -> Facts:
        (seating,) = plan(world, _statute(world), self._wanted(world, self.begins or world.day))
        return self.Facts(seating=seating)

    def _wanted(self, world: World, begins: date) -> Wanted:
        return Wanted(
            mandate=world.id,
            kind=self.kind,
            person=self.person,
            begins=begins,
            number=self.number,
            is_alternate=self.is_alternate,
        )

    def apply(self, record: Performed) -> None:
        effects.seat(record, record.facts.seating, Origin.ELECTED, public_name=self.public_name)


class Runner(Row):
    subject = "person"

    person: Id
    public_name: PublicLine


class LineUp(Act):
    """Say who comes next by votes."""

    verb = "toy.line_up"
    power = Power.ANYONE
    label = "Line up"
    said = "{seat} counted the votes"
    undo = None

    kind: Slug
    runners: tuple[Runner, ...]

    def apply(self, record: Performed) -> None:
        effects.line_up(record, self.kind, [(one.person, one.public_name) for one in self.runners])


class ElectBoard(Act):
    """Elect several people to seats of one kind at once."""

    verb = "toy.elect_board"
    power = Power.ANYONE
    label = "Elect"
    said = "{seat} elected {people}"
    undo = None

    people: tuple[Id, ...]
    kind: Slug

    class Facts(ActFacts):
        seatings: tuple[Seating, ...]

    def check(self, world: World) -> Facts:
        wanted = [
            Wanted(mandate=world.key("mandate", n), kind=self.kind, person=person, begins=world.day)
            for n, person in enumerate(self.people)
        ]
        return self.Facts(seatings=plan(world, _statute(world), *wanted))

    def apply(self, record: Performed) -> None:
        for seating in record.facts.seatings:
            effects.seat(record, seating, Origin.ELECTED)
