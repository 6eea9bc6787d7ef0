"""One person at a time: into the books, set right, away and back, gone."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated, Any
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from comuna.acts.act import Act, ActFacts, Performed, Power, World
from comuna.acts.fields import (
    Audience,
    Count,
    Flag,
    HealthLine,
    HexDigest,
    HouseholdCount,
    HouseholdDay,
    HouseholdLine,
    Id,
    IdentityLine,
    Label,
    PublicLine,
    Slug,
    To,
)
from comuna.acts.refusal import refuse_if
from comuna.journal.sealing import fingerprint
from comuna.territory import effects, queries
from comuna.territory.acts.places import refuse_no_council
from comuna.territory.models import Household, Person
from comuna.territory.reading.identity import read_identity
from comuna.territory.rules import Residence, initials

AGE_MAX = 120
PRIVATE = Audience("household")
Fingerprint = Annotated[HexDigest, Audience("identity")]


class Where(StrEnum):
    """Whether somebody is here."""

    HERE = Residence.HERE.value
    AWAY = Residence.AWAY.value
    ABROAD = Residence.ABROAD.value

    @classmethod
    def labels(cls) -> dict[str, str | Promise]:
        return {
            cls.HERE: _("Lives here"),
            cls.AWAY: _("Away for work or study"),
            cls.ABROAD: _("Abroad"),
        }


FULL_NAME = Label(_("Full name"), help=_("As on the identity card. It is not public."))
IDENTITY = Label(_("Identity number"), help=_("V-12345678, E-80123456; empty where there is none"))
AGE = Label(_("Age"), help=_("In years, where the day of birth is not known"))
HEALTH = Label(_("Illness or treatment"), help=_("Sealed: only who holds a health mandate can read it"))
RELATION = Label(_("Relation to the head of the household"))


def identity_in_order(identity: str | None, world: World, person: UUID | None) -> tuple[str | None, str | None]:
    """An identity number in its one form, with its fingerprint. Raises Refused when it is none, or another's."""
    if identity is None:
        return None, None
    number = read_identity(identity).number
    refuse_if(
        number is None,
        "territory.not-an-identity-number",
        _("This is not an identity number. Write it as V-12345678 or E-80123456."),
        field="identity",
    )
    assert number is not None
    print_of_it = fingerprint(number)
    owner = queries.person_with_fingerprint(world.commune, print_of_it)
    refuse_if(
        owner is not None and owner != person,
        "territory.identity-known",
        _("Somebody in the books already has this identity number."),
        field="identity",
    )
    return number, print_of_it


def _check_birth(world: World, birth_day: date | None, age_years: int | None) -> None:
    refuse_if(
        (birth_day is not None and not 0 <= world.day.year - birth_day.year <= AGE_MAX)
        or (birth_day and birth_day > world.day),
        "territory.birth-day-impossible",
        _("Nobody can have been born on that day."),
        field="birth_day",
    )
    refuse_if(
        age_years is not None and age_years > AGE_MAX,
        "territory.age-impossible",
        _("Nobody is that old."),
        field="age_years",
    )
    refuse_if(
        birth_day is not None and age_years is not None,
        "territory.age-or-birth-day",
        _("Write the day of birth or the age, not both."),
        field="age_years",
    )


def refuse_not_come(day: date | None, world: World, field: str) -> None:
    refuse_if(day is not None and day > world.day, "territory.not-yet", _("That day has not come yet."), field=field)


class RegisterPerson(Act):
    """Write somebody into the books who lives here and is not in them: a child just born, a neighbour who
    moved in or was missed by the census."""

    verb = "territory.register_person"
    power = Power.SEAT
    label = _("Register a person")
    said = _("{seat} registered {initials}")
    undo = "territory.strike_person"

    full_name: Annotated[HouseholdLine, FULL_NAME]
    household: Annotated[Id | None, To(Household), PRIVATE, Label(_("Household"))] = None
    relation: Annotated[HouseholdLine | None, RELATION] = None
    birth_day: Annotated[HouseholdDay | None, Label(_("Day of birth"))] = None
    age_years: Annotated[HouseholdCount | None, AGE] = None
    identity: Annotated[IdentityLine | None, IDENTITY] = None
    residence: Annotated[Where, PRIVATE, Label(_("Where she is"))] = Where.HERE
    residence_since: Annotated[HouseholdDay | None, Label(_("Lives in the community since"))] = None
    health: Annotated[HealthLine | None, HEALTH] = None
    council: Annotated[
        Slug | None, PRIVATE, Label(_("Council"), help=_("Where the books have several; empty: her household's"))
    ] = None

    class Facts(ActFacts):
        initials: PublicLine
        identity: IdentityLine | None = None  # in its one form
        fingerprint: Fingerprint | None = None
        council: Annotated[Slug | None, PRIVATE] = None
        belongs: Flag = False  # to a council at all

    def in_council(self) -> str | None:
        return self.council or queries.council_of_household(self.household)

    def check(self, world: World) -> Facts:
        if self.household is not None:
            home = world.get(Household, self.household, field="household").council
            refuse_if(
                self.council is not None and home and home != self.council,
                "territory.other-council",
                _("This household lies in another council."),
                field="household",
            )
        refuse_no_council(world, self.in_council())
        _check_birth(world, self.birth_day, self.age_years)
        refuse_not_come(self.residence_since, world, "residence_since")
        letters = initials(self.full_name)
        refuse_if(not letters, "territory.not-a-name", _("This is not a name."), field="full_name")
        number, print_of_it = identity_in_order(self.identity, world, None)
        known = queries.same_in_household(world.commune, self.full_name, self.household)
        refuse_if(
            known,
            "territory.person-known",
            _("Somebody of this name is already in that household."),
            field="full_name",
        )
        where = self.in_council()
        return self.Facts(
            initials=letters, identity=number, fingerprint=print_of_it, council=where, belongs=bool(where)
        )

    def apply(self, record: Performed) -> None:
        effects.add_person(
            record,
            id=record.id,
            council=record.facts.council or "",
            belongs=record.facts.belongs,
            full_name=self.full_name,
            initials=record.facts.initials,
            household=self.household,
            relation=self.relation or "",
            birth_day=self.birth_day,
            age_years=self.age_years,
            age_noted_on=record.day,
            residence=self.residence or "",
            residence_since=self.residence_since,
            identity_sealed=record.facts.identity or "",
            identity_fingerprint=record.facts.fingerprint or "",
            health_sealed=self.health or "",
        )


class StrikePerson(Act):
    """Take somebody out of the books who was written into them by mistake. Who died or moved away is not
    struck: record the departure."""

    verb = "territory.strike_person"
    power = Power.SEAT
    label = _("Strike an entry made by mistake")
    said = _("{seat} struck an entry made by mistake")
    undo = None  # register her anew

    person: Annotated[Id, To(Person), Label(_("Person"))]

    def in_council(self) -> str | None:
        return queries.council_of_person(self.person)

    def check(self, world: World) -> ActFacts:
        person = world.get(Person, self.person, field="person")
        refuse_if(
            person.touched != person.born or queries.relied_on(person),
            "territory.person-relied-on",
            _("Other entries already rest on this one. Correct it, or record the departure."),
            field="person",
        )
        return self.Facts()

    def apply(self, record: Performed) -> None:
        effects.remove_person(record, self.person)


class Clearable(StrEnum):
    """What can be emptied because it was wrong."""

    BIRTH = "birth"
    IDENTITY = "identity"
    HOUSEHOLD = "household"
    HEALTH = "health"
    RELATION = "relation"
    SINCE = "since"

    @classmethod
    def labels(cls) -> dict[str, str | Promise]:
        return {
            cls.BIRTH: _("Day of birth and age"),
            cls.IDENTITY: _("Identity number"),
            cls.HOUSEHOLD: _("Household"),
            cls.HEALTH: _("Illness or treatment"),
            cls.RELATION: RELATION.words,
            cls.SINCE: _("Lives in the community since"),
        }


class CorrectPerson(Act):
    """Set right what the books say of somebody. Only what is changed is written."""

    verb = "territory.correct_person"
    power = Power.SEAT
    label = _("Correct a person's entry")
    said = _("{seat} corrected the entry of a person")
    undo = "territory.correct_person"
    about = "person"

    person: Annotated[Id, To(Person), Label(_("Person"))]
    full_name: Annotated[HouseholdLine | None, FULL_NAME] = None
    household: Annotated[Id | None, To(Household), PRIVATE, Label(_("Household"))] = None
    relation: Annotated[HouseholdLine | None, RELATION] = None
    birth_day: Annotated[HouseholdDay | None, Label(_("Day of birth"))] = None
    age_years: Annotated[HouseholdCount | None, AGE] = None
    identity: Annotated[IdentityLine | None, IDENTITY] = None
    residence_since: Annotated[HouseholdDay | None, Label(_("Lives in the community since"))] = None
    health: Annotated[HealthLine | None, HEALTH] = None
    clear: Annotated[tuple[Clearable, ...], Label(_("Empty because it was wrong"))] = ()
    as_of: Annotated[Count | None, Label(_("Number of the last change that was seen"))] = None

    class Facts(ActFacts):
        initials: PublicLine | None = None
        identity: IdentityLine | None = None
        fingerprint: Fingerprint | None = None
        counts_otherwise: Flag = False  # it says otherwise how old she is, or since when she lives here

    def in_council(self) -> str | None:
        return queries.council_of_person(self.person)

    def check(self, world: World) -> Facts:
        found = world.get(Person, self.person, field="person")
        refuse_if(
            self.as_of is not None and found.touched != self.as_of,
            "territory.changed-meanwhile",
            _("Somebody changed this entry while you had it open. Open it again, and see what is still wrong."),
        )
        if self.household is not None:
            home = world.get(Household, self.household, field="household").council
            refuse_if(
                bool(home) and bool(found.council) and home != found.council,
                "territory.other-council",
                _("This household lies in another council."),
                field="household",
            )
        _check_birth(world, self.birth_day, self.age_years)
        refuse_not_come(self.residence_since, world, "residence_since")
        letters = initials(self.full_name) if self.full_name else None
        refuse_if(letters == "", "territory.not-a-name", _("This is not a name."), field="full_name")
        new = {
            Clearable.BIRTH: (self.birth_day, self.age_years),
            Clearable.IDENTITY: (self.identity,),
            Clearable.HOUSEHOLD: (self.household,),
            Clearable.HEALTH: (self.health,),
            Clearable.RELATION: (self.relation,),
            Clearable.SINCE: (self.residence_since,),
        }
        written = [value for values in new.values() for value in values]
        refuse_if(
            not self.clear and all(value is None for value in [*written, self.full_name]),
            "territory.nothing-corrected",
            _("Write what is to be set right."),
        )
        refuse_if(
            any(value is not None for cleared in self.clear for value in new[cleared]),
            "territory.cleared-and-written",
            _("The same thing cannot be emptied and written at once."),
            field="clear",
        )
        number, print_of_it = identity_in_order(self.identity, world, self.person)
        otherwise = self._counts_otherwise(found)
        return self.Facts(initials=letters, identity=number, fingerprint=print_of_it, counts_otherwise=otherwise)

    def _counts_otherwise(self, found: Person) -> bool:
        """Whether a roll may be another by it: by her age, by since when she lives here, or as she has a name again."""
        return (
            self.age_years is not None
            or (self.birth_day is not None and self.birth_day != found.birth_day)
            or (Clearable.BIRTH in self.clear and (found.birth_day, found.age_years) != (None, None))
            or (self.residence_since is not None and self.residence_since != found.residence_since)
            or (Clearable.SINCE in self.clear and found.residence_since is not None)
            or (self.full_name is not None and not found.full_name)
        )

    def apply(self, record: Performed) -> None:
        columns: dict[str, Any] = {}
        for cleared in self.clear:
            columns |= _CLEARED[cleared]
        written = {
            "full_name": self.full_name,
            "initials": record.facts.initials,
            "household": self.household,
            "relation": self.relation,
            "residence_since": self.residence_since,
            "identity_sealed": record.facts.identity,
            "identity_fingerprint": record.facts.fingerprint,
            "health_sealed": self.health,
        }
        columns |= {name: value for name, value in written.items() if value is not None}
        if self.birth_day is not None or self.age_years is not None:
            columns |= {"birth_day": self.birth_day, "age_years": self.age_years, "age_noted_on": record.day}
        effects.change_person(record, self.person, **columns)


_CLEARED: dict[Clearable, dict[str, Any]] = {
    Clearable.BIRTH: {"birth_day": None, "age_years": None, "age_noted_on": None},
    Clearable.IDENTITY: {"identity_sealed": "", "identity_fingerprint": ""},
    Clearable.HOUSEHOLD: {"household": None},
    Clearable.HEALTH: {"health_sealed": ""},
    Clearable.RELATION: {"relation": ""},
    Clearable.SINCE: {"residence_since": None},
}
