"""What may happen to the territory and its people."""

from comuna.territory.acts.census import ImportCensus, UndoImport
from comuna.territory.acts.people import (
    CorrectPerson,
    RecordDeparture,
    RecordResidence,
    RegisterPerson,
    StrikePerson,
    UndoDeparture,
)
from comuna.territory.acts.places import (
    AddSector,
    AddStreet,
    CorrectHousehold,
    CorrectSector,
    CorrectStreet,
    RegisterHousehold,
)

__all__ = [
    "AddSector",
    "AddStreet",
    "CorrectHousehold",
    "CorrectPerson",
    "CorrectSector",
    "CorrectStreet",
    "ImportCensus",
    "RecordDeparture",
    "RecordResidence",
    "RegisterHousehold",
    "RegisterPerson",
    "StrikePerson",
    "UndoDeparture",
    "UndoImport",
]
