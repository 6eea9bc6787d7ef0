"""The rows of a census import, and the columns of state that each becomes."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from comuna.acts.act import row_key
from comuna.acts.fields import Count, Day, Flag, HealthLine, HexDigest, Id, IdentityLine, Line, PublicLine, Row, Slug
from comuna.territory.acts.people import Where
from comuna.territory.reading.grids import Place


class NewSector(Row):
    subject: ClassVar[str] = "sector"

    sector: Id
    name: PublicLine


class NewStreet(Row):
    subject: ClassVar[str] = "street"

    street: Id
    name: PublicLine
    sector: Id | None = None


class NewHome(Row):
    """A household that is not in the books yet."""

    subject: ClassVar[str] = "household"

    household: Id
    street: Id | None = None
    sector: Id | None = None
    house: Line | None = None
    people_said: Count | None = None
    council: Slug | None = None  # whose list it is


class Taken(Row):
    """Somebody new. Her id is derived from the act's and from where in the list she stands."""

    subject: ClassVar[str] = "person"

    person: Id
    sheet: Count
    row: Count
    part: Count
    full_name: Line
    initials: PublicLine
    household: Id
    relation: Line | None = None
    birth_day: Day | None = None
    age_years: Count | None = None
    residence: Where = Where.HERE
    identity: IdentityLine | None = None
    health: HealthLine | None = None
    council: Slug | None = None  # whose list it is


class Matched(Row):
    """Somebody in the books already, whom the list only confirms."""

    subject: ClassVar[str] = "person"

    person: Id
    sheet: Count
    row: Count
    part: Count


class Learned(Row):
    """Somebody in the books already, of whom the list says what they did not know. Empty is nothing new."""

    subject: ClassVar[str] = "person"

    person: Id
    sheet: Count
    row: Count
    part: Count
    initials: PublicLine | None = None
    household: Id | None = None
    relation: Line | None = None
    birth_day: Day | None = None
    age_years: Count | None = None
    identity: IdentityLine | None = None
    health: HealthLine | None = None
    council: Slug | None = None  # whose list it is, where the books knew of none for her


class Print(Row):
    """The fingerprint of somebody's identity number."""

    subject: ClassVar[str] = "person"

    person: Id
    fingerprint: HexDigest


class Forgotten(Row):
    """What undoing an import takes away again from somebody who was in the books before it."""

    subject: ClassVar[str] = "person"

    person: Id
    age: Flag
    identity: Flag
    household: Flag
    health: Flag
    initials: Flag
    council: Flag = False
    relation: Flag = False


def person_key(act: UUID, at: Place) -> UUID:
    """The id of somebody whom an import takes from this place of the list."""
    return row_key(act, "person", at.sheet, at.row, at.part)


def home_columns(row: NewHome) -> dict[str, Any]:
    return {
        "id": row.household,
        "street_id": row.street,
        "sector_id": row.sector,
        "house": row.house or "",
        "people_said": row.people_said,
        "council": row.council or "",
    }


def person_columns(row: Taken, fingerprint: str | None, noted_on: date) -> dict[str, Any]:
    return {
        "id": row.person,
        "full_name": row.full_name,
        "initials": row.initials,
        "household": row.household,
        "council": row.council or "",
        "relation": row.relation or "",
        "birth_day": row.birth_day,
        "age_years": row.age_years,
        "age_noted_on": noted_on,
        "residence": row.residence or "",
        "identity_sealed": row.identity or "",
        "identity_fingerprint": fingerprint or "",
        "health_sealed": row.health or "",
    }


def learned_columns(row: Learned, fingerprint: str | None, noted_on: date) -> dict[str, Any]:
    columns: dict[str, Any] = {
        "initials": row.initials or None,
        "household": row.household,
        "relation": row.relation,
        "council": row.council,
        "birth_day": row.birth_day,
        "age_years": row.age_years,
        "age_noted_on": None if row.age_years is None else noted_on,
        "identity_sealed": row.identity,
        "identity_fingerprint": fingerprint,
        "health_sealed": row.health,
    }
    return {name: value for name, value in columns.items() if value is not None}


def forgotten_columns(row: Forgotten) -> dict[str, Any]:
    columns: dict[str, Any] = {}
    if row.age:
        columns |= {"birth_day": None, "age_years": None, "age_noted_on": None}
    if row.identity:
        columns |= {"identity_sealed": "", "identity_fingerprint": ""}
    if row.household:
        columns |= {"household": None}
    if row.health:
        columns |= {"health_sealed": ""}
    if row.initials:
        columns |= {"initials": ""}
    if row.council:
        columns |= {"council": ""}
    if row.relation:
        columns |= {"relation": ""}
    return columns
