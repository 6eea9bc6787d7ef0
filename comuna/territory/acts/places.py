"""Sectors, streets and households, one at a time."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from comuna.acts.act import Act, ActFacts, Performed, Power, World
from comuna.acts.fields import Audience, HouseholdCount, HouseholdLine, Id, Label, PublicLine, Slug, To
from comuna.acts.refusal import refuse_if
from comuna.statutes import queries as statutes
from comuna.territory import effects, queries
from comuna.territory.models import Household, Sector, Street

NAME_OF_SECTOR = Label(_("Name"), help=_("As people call it, without the word sector"))
NAME_OF_STREET = Label(_("Name"), help=_("With its kind: Calle Bolívar, Vereda 3"))
HOUSE = Label(_("House"), help=_("Number, or words where there is none: opposite the shop"))
PRIVATE = Audience("household")
COUNCIL = Label(_("Council"), help=_("Where the books have several"))


def refuse_unknown_council(world: World, council: str | None) -> None:
    if council is not None:
        _refuse_unless_known(council, {one.slug for one in statutes.councils_of(world.commune, world.day)})


def refuse_no_council(world: World, council: str | None) -> None:
    """Whoever comes into books with councils belongs to one of them."""
    known = {one.slug for one in statutes.councils_of(world.commune, world.day)}
    if council is not None:
        _refuse_unless_known(council, known)
    refuse_if(
        council is None and bool(known),
        "territory.which-council",
        _("Say to which council: the books have several."),
        field="council",
    )


def _refuse_unless_known(council: str, known: set[str]) -> None:
    refuse_if(council not in known, "territory.no-such-council", _("The books have no such council."), field="council")


def _refuse_known_sector(world: World, name: str, council: str, but: UUID | None = None) -> None:
    known = queries.sector_called(world.commune, name, council)
    refuse_if(
        known is not None and known != but,
        "territory.sector-known",
        _("A sector of this name is already in the books."),
        field="name",
    )


def _refuse_known_street(world: World, name: str, sector: UUID | None, council: str, but: UUID | None = None) -> None:
    if sector is not None:
        lies_in = world.get(Sector, sector, field="sector").council
        refuse_if(
            lies_in and council and lies_in != council,
            "territory.other-council",
            _("This sector lies in another council."),
            field="sector",
        )
    known = queries.street_called(world.commune, name, sector, council)
    refuse_if(
        known is not None and known != but,
        "territory.street-known",
        _("A street of this name is already in the books, in the same sector."),
        field="name",
    )


class AddSector(Act):
    """Write a sector of the community into the books."""

    verb = "territory.add_sector"
    power = Power.SEAT
    label = _("Add a sector")
    said = _("{seat} added the sector {name}")
    undo = "territory.correct_sector"

    name: Annotated[PublicLine, NAME_OF_SECTOR]
    council: Annotated[Slug | None, COUNCIL] = None

    def in_council(self) -> str | None:
        return self.council

    def check(self, world: World) -> ActFacts:
        refuse_unknown_council(world, self.council)
        _refuse_known_sector(world, self.name, self.council or "")
        return self.Facts()

    def apply(self, record: Performed) -> None:
        effects.add_sectors(record, [{"id": record.id, "name": self.name, "council": self.council or ""}])


class CorrectSector(Act):
    """Set right the name of a sector."""

    verb = "territory.correct_sector"
    power = Power.SEAT
    label = _("Correct a sector")
    said = _("{seat} set right the name of a sector: {name}")
    undo = "territory.correct_sector"
    about = "sector"

    sector: Annotated[Id, To(Sector), Label(_("Sector"))]
    name: Annotated[PublicLine, NAME_OF_SECTOR]

    def in_council(self) -> str | None:
        return queries.council_of_place(Sector, self.sector)

    def check(self, world: World) -> ActFacts:
        sector = world.get(Sector, self.sector, field="sector")
        _refuse_known_sector(world, self.name, sector.council, but=self.sector)
        return self.Facts()

    def apply(self, record: Performed) -> None:
        effects.rename_sector(record, self.sector, self.name)


class AddStreet(Act):
    """Write a street, lane or stairway of the community into the books."""

    verb = "territory.add_street"
    power = Power.SEAT
    label = _("Add a street")
    said = _("{seat} added the street {name}")
    undo = "territory.correct_street"

    name: Annotated[PublicLine, NAME_OF_STREET]
    sector: Annotated[Id | None, To(Sector), Label(_("Sector"))] = None
    council: Annotated[Slug | None, COUNCIL] = None

    def in_council(self) -> str | None:
        return self.council

    def check(self, world: World) -> ActFacts:
        refuse_unknown_council(world, self.council)
        _refuse_known_street(world, self.name, self.sector, self.council or "")
        return self.Facts()

    def apply(self, record: Performed) -> None:
        row = {"id": record.id, "name": self.name, "sector_id": self.sector, "council": self.council or ""}
        effects.add_streets(record, [row])


class CorrectStreet(Act):
    """Set right a street's name, or the sector it lies in."""

    verb = "territory.correct_street"
    power = Power.SEAT
    label = _("Correct a street")
    said = _("{seat} set right a street: {name}")
    undo = "territory.correct_street"
    about = "street"

    street: Annotated[Id, To(Street), Label(_("Street"))]
    name: Annotated[PublicLine, NAME_OF_STREET]
    sector: Annotated[Id | None, To(Sector), Label(_("Sector"))] = None

    def in_council(self) -> str | None:
        return queries.council_of_place(Street, self.street)

    def check(self, world: World) -> ActFacts:
        street = world.get(Street, self.street, field="street")
        _refuse_known_street(world, self.name, self.sector, street.council, but=self.street)
        return self.Facts()

    def apply(self, record: Performed) -> None:
        effects.change_street(record, self.street, self.name, self.sector)


class RegisterHousehold(Act):
    """Write a household into the books: the people of one kitchen. Where it lies is not public."""

    verb = "territory.register_household"
    power = Power.SEAT
    label = _("Register a household")
    said = _("{seat} registered a household")
    undo = "territory.correct_household"

    street: Annotated[Id | None, To(Street), PRIVATE, Label(_("Street"))] = None
    sector: Annotated[Id | None, To(Sector), PRIVATE, Label(_("Sector"), help=_("Where there is no street"))] = None
    house: Annotated[HouseholdLine | None, HOUSE] = None
    council: Annotated[Slug | None, PRIVATE, COUNCIL] = None

    def in_council(self) -> str | None:
        return self.council

    def check(self, world: World) -> ActFacts:
        refuse_no_council(world, self.council)
        _check_place(world, self.street, self.sector, self.house)
        return self.Facts()

    def apply(self, record: Performed) -> None:
        row = {"street_id": self.street, "sector_id": self.sector, "house": self.house or "", "people_said": None}
        effects.add_households(record, [{"id": record.id, "council": self.council or ""} | row])


class CorrectHousehold(Act):
    """Set right where a household lies. What is written here replaces what the books say."""

    verb = "territory.correct_household"
    power = Power.SEAT
    label = _("Correct a household")
    said = _("{seat} set right where a household lies")
    undo = "territory.correct_household"
    about = "household"

    household: Annotated[Id, To(Household), Label(_("Household"))]
    street: Annotated[Id | None, To(Street), PRIVATE, Label(_("Street"))] = None
    sector: Annotated[Id | None, To(Sector), PRIVATE, Label(_("Sector"), help=_("Where there is no street"))] = None
    house: Annotated[HouseholdLine | None, HOUSE] = None
    people_said: Annotated[
        HouseholdCount | None, Label(_("How many live there"), help=_("Where not all of them are named"))
    ] = None

    def in_council(self) -> str | None:
        return queries.council_of_household(self.household)

    def check(self, world: World) -> ActFacts:
        world.get(Household, self.household, field="household")
        _check_place(world, self.street, self.sector, self.house)
        return self.Facts()

    def apply(self, record: Performed) -> None:
        effects.change_household(
            record,
            self.household,
            street_id=self.street,
            sector_id=self.sector,
            house=self.house or "",
            people_said=self.people_said,
        )


def _check_place(world: World, street: UUID | None, sector: UUID | None, house: str | None) -> None:
    if street is not None:
        world.get(Street, street, field="street")
    if sector is not None:
        world.get(Sector, sector, field="sector")
    refuse_if(
        street is None and sector is None and house is None,
        "territory.household-nowhere",
        _("Say where the household lies: its street, its sector, or the house."),
        field="street",
    )
