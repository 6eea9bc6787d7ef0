"""The only writers of communes, sectors, streets, households, people and their stays."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from comuna.acts.act import Performed, row_key
from comuna.territory.models import Belonging, CensusImport, Commune, Household, Person, Return, Sector, Stay, Street
from comuna.territory.rules import GONE, Residence


def found(record: Performed, *, name: str, time_zone: str) -> None:
    """The commune of these books, under the id of its founding act."""
    record.create(Commune, name=name, time_zone=time_zone, founded_on=record.day)


def add_sectors(record: Performed, rows: Iterable[Mapping[str, Any]]) -> None:
    """Each row: id, name, council (a slug or "")."""
    record.create_many(Sector, rows)


def add_streets(record: Performed, rows: Iterable[Mapping[str, Any]]) -> None:
    """Each row: id, name, sector_id or None, council (a slug or "")."""
    record.create_many(Street, rows)


def add_households(record: Performed, rows: Iterable[Mapping[str, Any]]) -> None:
    """Each row: id, street_id, sector_id, house, people_said, council (a slug or "")."""
    record.create_many(Household, rows)


def add_person(
    record: Performed,
    *,
    id: UUID,
    full_name: str,
    initials: str = "",
    public_name: str = "",
    identity_sealed: str = "",
    identity_fingerprint: str = "",
    **known: Any,
) -> None:
    """Somebody comes into the books. ``known`` are further columns of Person.

    The words must come from parts of the record about this person: a row whose subject is her id.
    """
    row = {
        "id": id,
        "full_name": full_name,
        "initials": initials,
        "public_name": public_name,
        "identity_sealed": identity_sealed,
        "identity_fingerprint": identity_fingerprint,
    }
    add_people(record, [row | known])


def add_people(record: Performed, rows: Iterable[Mapping[str, Any]]) -> None:
    """Each row: an id and columns of Person; what is left out is unknown. ``belongs`` says that the books have
    councils: also where the council's own words are erased, it is kept that she belonged to one."""
    people = [{**_UNKNOWN, **row} for row in rows]
    belonging = [row for row in people if row.pop("belongs")]
    record.create_many(Person, people)
    record.create_many(
        Stay,
        [
            {
                "id": _first_stay(row["id"]),
                "person": row["id"],
                "residence": row["residence"],
                "begins": row["residence_since"],
            }
            for row in people
        ],
    )
    record.create_many(
        Belonging,
        [
            {
                "id": row_key(row["id"], "belonging"),
                "person": row["id"],
                "council": row["council"],
                "begins": row["residence_since"],
            }
            for row in belonging
        ],
    )


def join_council(record: Performed, person: UUID, council: str, begins: date | None) -> None:
    """She belongs to that council from that day on."""
    record.update(Person, person, council=council)
    record.create(Belonging, id=record.key("belonging", person), person=person, council=council, begins=begins)


def confirm_council(record: Performed, people: Iterable[tuple[UUID, str]], begins: date) -> None:
    """A list of one council names them: those whose council was not known belong to it from that day on. One row for
    each, whether or not it says something new, so that what is erased leaves it in its place."""
    record.create_many(
        Belonging,
        [
            {"id": record.key("belonging", person), "person": person, "council": council, "begins": begins}
            for person, council in people
        ],
    )


def _first_stay(person: UUID) -> UUID:
    """What was said of her when she came into the books; her own act's id need not be known to set it right."""
    return row_key(person, "stay")


_UNKNOWN: dict[str, Any] = {
    "full_name": "",
    "public_name": "",
    "initials": "",
    "household": None,
    "relation": "",
    "birth_day": None,
    "age_years": None,
    "age_noted_on": None,
    "council": "",
    "belongs": False,
    "residence": "here",
    "residence_since": None,
    "away_since": None,
    "left_on": None,
    "left_because": "",
    "identity_sealed": "",
    "identity_fingerprint": "",
    "health_sealed": "",
}


def change_person(record: Performed, person: UUID, **columns: Any) -> None:
    """Write columns of somebody's row, as a correcting act or what fills a gap does."""
    record.update(Person, person, **columns)
    if "residence_since" in columns:
        record.update(Stay, _first_stay(person), begins=columns["residence_since"])


def set_residence(
    record: Performed, person: UUID, residence: str, away_since: date | None, *, begins: date | None
) -> None:
    """Where she is from the day ``begins`` on; ``away_since`` is what her page says of it today."""
    record.update(Person, person, residence=residence, away_since=away_since)
    record.create(Stay, person=person, residence=residence, begins=begins)


def depart(record: Performed, person: UUID, left_on: date, because: str) -> None:
    """She no longer belongs here from that day on."""
    record.update(Person, person, left_on=left_on, left_because=because)
    record.create(Stay, person=person, residence=GONE, begins=left_on)


def come_back(record: Performed, person: UUID, begins: date | None, left_on: date | None) -> None:
    """She is here again from that day on, and was gone since ``left_on``; None where the record is of a time that did
    not note it."""
    record.update(Person, person, left_on=None, left_because="", residence=Residence.HERE.value, away_since=None)
    record.create(Stay, person=person, residence=Residence.HERE.value, begins=begins)
    if left_on is not None:
        record.create(Return, person_id=person, left_on=left_on)


def take_back_departure(record: Performed, person: UUID, left_on: date | None) -> None:
    """She never left on that day; None where the record is of a time that did not note it."""
    record.update(Person, person, left_on=None, left_because="")
    which = {"begins": left_on} if left_on is not None else {}
    record.remove_all(Stay, person=person, residence=GONE, **which)
    record.remove_all(Return, person_id=person, **({"left_on": left_on} if left_on is not None else {}))


def change_household(record: Performed, household: UUID, **columns: Any) -> None:
    record.update(Household, household, **columns)


def rename_sector(record: Performed, sector: UUID, name: str) -> None:
    record.update(Sector, sector, name=name)


def change_street(record: Performed, street: UUID, name: str, sector_id: UUID | None) -> None:
    record.update(Street, street, name=name, sector_id=sector_id)


def remove_person(record: Performed, person: UUID) -> None:
    record.remove_all(Stay, person=person)
    record.remove_all(Belonging, person=person)
    record.remove(Person, person)


def note_import(record: Performed, **figures: Any) -> None:
    """The import's own row, under the act's id: census_day, taken, matched, listed, day."""
    record.create(CensusImport, **figures)


def remove_all_born_in(record: Performed, seq: int) -> None:
    """Take away every row that the record with this number made, what stands on others first."""
    for model in (CensusImport, Stay, Belonging, Person, Household, Street, Sector):
        record.remove_all(model, commune=record.commune, born=seq)
