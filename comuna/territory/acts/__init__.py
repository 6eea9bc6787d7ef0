"""What may happen to the territory and its people."""

from comuna.territory.acts.census import ImportCensus, UndoImport
from comuna.territory.acts.people import CorrectPerson, RegisterPerson, StrikePerson
from comuna.territory.acts.places import (
    AddSector,
    AddStreet,
    CorrectHousehold,
    CorrectSector,
    CorrectStreet,
    RegisterHousehold,
)
from comuna.territory.acts.whereabouts import JoinCouncil, RecordDeparture, RecordResidence, UndoDeparture

__all__ = [
    "AddSector",
    "AddStreet",
    "CorrectHousehold",
    "CorrectPerson",
    "CorrectSector",
    "CorrectStreet",
    "ImportCensus",
    "JoinCouncil",
    "RecordDeparture",
    "RecordResidence",
    "RegisterHousehold",
    "RegisterPerson",
    "StrikePerson",
    "UndoDeparture",
    "UndoImport",
]
