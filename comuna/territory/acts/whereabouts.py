"""Who is here, who is away or abroad, who left for ever."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from comuna.acts.act import Act, ActFacts, Performed, Power, Signing, World
from comuna.acts.fields import Day, Flag, HouseholdDay, Id, Label, Slug, To
from comuna.acts.refusal import refuse_if
from comuna.territory import effects, queries
from comuna.territory.acts.people import PRIVATE, Where, refuse_not_come
from comuna.territory.acts.places import refuse_no_council
from comuna.territory.models import Household, Person
from comuna.territory.rules import Departure


class Because(StrEnum):
    """Why somebody no longer belongs here."""

    DIED = Departure.DIED.value
    MOVED = Departure.MOVED.value

    @classmethod
    def labels(cls) -> dict[str, str | Promise]:
        return {cls.DIED: _("Died"), cls.MOVED: _("Moved away")}


class RecordResidence(Act):
    """Record that somebody is away for work or study, abroad, or here again. She still belongs here; the
    statute says whether she counts for a quorum meanwhile."""

    verb = "territory.record_residence"
    power = Power.SEAT
    label = _("Record that somebody is away, or back")
    said = _("{seat} recorded who is here and who is away")
    undo = "territory.record_residence"
    about = "person"

    person: Annotated[Id, To(Person), Label(_("Person"))]
    residence: Annotated[Where, PRIVATE, Label(_("Where she is"))]
    since: Annotated[
        HouseholdDay | None,
        Label(_("Since"), help=_("It holds from this day on, on the roll of past sessions too. Empty: from today")),
    ] = None

    def in_council(self) -> str | None:
        return queries.council_of_person(self.person)

    def check(self, world: World) -> ActFacts:
        person = world.get(Person, self.person, field="person")
        _refuse_gone(person, world.day)
        refuse_if(
            person.residence == self.residence and self.since in (None, person.away_since),
            "territory.residence-known",
            _("The books already say so."),
            field="residence",
        )
        refuse_not_come(self.since, world, "since")
        return self.Facts()

    def apply(self, record: Performed) -> None:
        away = self.residence in (Where.AWAY, Where.ABROAD)
        effects.set_residence(
            record, self.person, self.residence or "", self.since if away else None, begins=self.since or record.day
        )


def ends_seats_of(person: UUID) -> Signing:
    return Signing(like="mandates.end_mandate", council=queries.council_of_person(person), if_seated=person)


class RecordDeparture(Act):
    """Record that somebody died or moved away. She is on the roll up to the day before. Where she holds a seat, it ends
    with it: then as many sign as sign the end of a mandate."""

    verb = "territory.record_departure"
    power = Power.SEAT
    label = _("Record a death or a move")
    said = _("{seat} recorded that somebody left the community, from {on}")
    undo = "territory.undo_departure"
    about = "person"

    person: Annotated[Id, To(Person), Label(_("Person"))]
    on: Annotated[Day, Label(_("Day"), help=_("Of the death or of the move"))]
    because: Annotated[Because, PRIVATE, Label(_("Why"))]

    def in_council(self) -> str | None:
        return queries.council_of_person(self.person)

    def signing(self) -> Signing:
        return ends_seats_of(self.person)

    def check(self, world: World) -> ActFacts:
        person = world.get(Person, self.person, field="person")
        refuse_if(
            person.left_on is not None,
            "territory.left-already",
            _("The books already say that this person left."),
            field="person",
        )
        refuse_not_come(self.on, world, "on")
        refuse_if(
            person.birth_day is not None and self.on < person.birth_day,
            "territory.left-before-born",
            _("That is before this person was born."),
            field="on",
        )
        return self.Facts()

    def apply(self, record: Performed) -> None:
        effects.depart(record, self.person, self.on, self.because or "")


class UndoDeparture(Act):
    """Take back that somebody left: it was a mistake, and she has her seats as if nothing had been; or, with the day
    since when she is here again, she came back and was gone in between. What she held when she left stays ended."""

    verb = "territory.undo_departure"
    power = Power.SEAT
    label = _("Take back a departure")
    said = _("{seat} took back that somebody had left")
    undo = "territory.record_departure"
    about = "person"

    person: Annotated[Id, To(Person), Label(_("Person"))]
    since: Annotated[
        HouseholdDay | None, Label(_("Here again since"), help=_("Empty where she never left: it was a mistake"))
    ] = None

    class Facts(ActFacts):
        left_on: Day | None = None  # what is taken back
        came_back: Flag = False

    def in_council(self) -> str | None:
        return queries.council_of_person(self.person)

    def check(self, world: World) -> Facts:
        person = world.get(Person, self.person, field="person")
        refuse_if(
            person.left_on is None,
            "territory.never-left",
            _("The books do not say that this person left."),
            field="person",
        )
        assert person.left_on is not None
        refuse_if(
            self.since is not None and self.since < person.left_on,
            "territory.back-before-leaving",
            _("That is before the day on which she left."),
            field="since",
        )
        refuse_not_come(self.since, world, "since")
        return self.Facts(left_on=person.left_on, came_back=self.since is not None)

    def apply(self, record: Performed) -> None:
        if record.facts.came_back:
            effects.come_back(record, self.person, self.since, record.facts.left_on)
        else:
            effects.take_back_departure(record, self.person, record.facts.left_on)


class JoinCouncil(Act):
    """Record that somebody moved to another council of the commune, or to which one she belongs where nobody has said
    so yet. From that day on she is on its roll and on no other's; her seats in the council she leaves go on until
    somebody records their end. Where she belonged to another one, a seat of each of the two signs."""

    verb = "territory.join_council"
    power = Power.SEAT
    label = _("Record to which council somebody belongs")
    said = _("{seat} recorded to which council somebody belongs")
    undo = "territory.join_council"
    about = "person"

    person: Annotated[Id, To(Person), Label(_("Person"))]
    council: Annotated[Slug, PRIVATE, Label(_("Council"))]
    since: Annotated[HouseholdDay | None, Label(_("Since"), help=_("Empty: from today"))] = None
    household: Annotated[
        Id | None, To(Household), PRIVATE, Label(_("Household"), help=_("Where she lives there, if it is known"))
    ] = None

    def in_council(self) -> str | None:
        """Of the council that takes her in: who keeps its roll knows who came."""
        return self.council

    def signing(self) -> Signing | None:
        """Nobody is taken off a council's roll without a seat of it."""
        leaves = queries.council_of_person(self.person)
        return Signing(each=(leaves, self.council)) if leaves and self.council not in (None, leaves) else None

    def check(self, world: World) -> ActFacts:
        person = world.get(Person, self.person, field="person")
        _refuse_gone(person, world.day)
        refuse_no_council(world, self.council)
        refuse_if(
            person.council == self.council, "territory.council-known", _("The books already say so."), field="council"
        )
        home = world.get(Household, self.household, field="household").council if self.household else ""
        refuse_if(
            home and home != self.council,
            "territory.other-council",
            _("This household lies in another council."),
            field="household",
        )
        refuse_not_come(self.since, world, "since")
        return self.Facts()

    def apply(self, record: Performed) -> None:
        effects.join_council(record, self.person, self.council or "", self.since or record.day)
        effects.change_person(record, self.person, household=self.household)


def _refuse_gone(person: Person, day: date) -> None:
    refuse_if(
        person.left_on is not None and person.left_on <= day,
        "territory.left-already",
        _("The books already say that this person left."),
        field="person",
    )
