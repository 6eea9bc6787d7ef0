"""Places, households, people and a census: their part of ``every_act``."""

from __future__ import annotations

from datetime import date
from uuid import UUID, uuid4

from comuna.territory.acts import (
    AddSector,
    AddStreet,
    CorrectHousehold,
    CorrectPerson,
    CorrectSector,
    CorrectStreet,
    JoinCouncil,
    RecordDeparture,
    RecordResidence,
    RegisterHousehold,
    RegisterPerson,
    StrikePerson,
    UndoDeparture,
    UndoImport,
)
from comuna.territory.acts.drafting import import_of
from comuna.territory.acts.matching import plan
from comuna.territory.acts.people import Where
from comuna.territory.acts.whereabouts import Because
from comuna.territory.reading import Choices, open_table, read_census
from tests.town import Town

CENSUS = """Nombre y apellido;Cédula;Calle;Casa;Fecha de nacimiento
Zenobia Rivas;V-9.111.222;Calle Nueva;12;03/02/1971
Nicanor Rivas;V-9.111.333;Calle Nueva;12;05/06/1999
Petra Lugo;;Calle Bolívar;7;
"""


def places_and_people(town: Town, here: str, there: str) -> UUID:
    """Places, households and people written down, corrected, gone and back; returns whom an erasure is for later."""
    first = town.promoters[0]
    sector = town.do(first, AddSector(name="El Alto", council=here)).id
    street = town.do(first, AddStreet(name="Calle Nueva", sector=sector, council=here)).id
    town.do(first, CorrectSector(sector=sector, name="El Alto de la Cruz"))
    town.do(first, CorrectStreet(street=street, name="Calle Nueva", sector=sector))
    home = town.do(first, RegisterHousehold(street=street, house="12-B", council=here)).id
    town.do(first, CorrectHousehold(household=home, street=street, house="12-C"))
    person = town.do(
        first,
        RegisterPerson(
            full_name="Hermenegilda Cova",
            household=home,
            birth_day=date(1948, 8, 1),
            identity="V-2.345.678",
            health="asma",
        ),
    ).id
    town.do(first, CorrectPerson(person=person, relation="abuela"))
    town.do(first, RecordResidence(person=person, residence=Where.ABROAD))
    town.do(first, RecordDeparture(person=person, on=date(2026, 1, 9), because=Because.MOVED))
    town.do(first, UndoDeparture(person=person, since=date(2026, 1, 10)))
    gone = town.neighbour()
    town.do(first, RecordDeparture(person=gone, on=date(2026, 1, 9), because=Because.MOVED))
    town.do(first, StrikePerson(person=town.neighbour()))
    town.enact(JoinCouncil(person=town.neighbour(), council=there))
    return person


def census(town: Town, council: str) -> None:
    """A list taken and undone, and taken for good."""
    for kept in (False, True):
        act, today = uuid4(), date(2026, 1, 10)
        table = open_table(CENSUS.replace("Petra", "Petra" if kept else "Pedra").encode())
        planned = plan(read_census(table, Choices(today=today)), town.id, act, today, council)
        taken = import_of(planned, census_day=today, file_name="censo.csv", file_digest="ab" * 32)
        imported = town.do(town.promoters[0], taken, act).id
        if not kept:
            town.do(town.promoters[0], UndoImport(imported=imported))
