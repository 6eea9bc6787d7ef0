"""Who is on the roll of a day where everybody sits."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any
from uuid import UUID

from comuna.journal import sql
from comuna.statutes.statute import Roll
from comuna.territory.rules import Known, RollCount, RollRule, Said, count_roll


def roll(commune: UUID, day: date, rule: Roll) -> RollCount:
    """Who counted on that day where everybody sits, by where each was, to which council she belonged where it is one
    council's, and how old she was on it: three statements at most, of a council's people alone where it is one's."""
    if rule.council is None:
        return _roll(commune, day, rule)
    # who counts in it belonged to it once; of whom nobody knows it any more is erased, and on no roll
    belonged = "SELECT person FROM territory_belonging WHERE commune = %s AND council = %s"
    return _roll(commune, day, rule, belonged, sql.uuid_value(commune), rule.council)


def on_roll(
    commune: UUID, day: date, rule: Roll, people: Collection[UUID], known_at: int | None = None
) -> frozenset[UUID]:
    """Those of these people who are on the roll of that day: as many statements, without asking about anybody else.
    With ``known_at`` by the councils to which that record knew them to belong."""
    if not people:
        return frozenset()
    whose = ", ".join(["%s"] * len(people))
    return _roll(commune, day, rule, whose, *map(sql.uuid_value, people), known_at=known_at).entitled


def _roll(commune: UUID, day: date, rule: Roll, whose: str = "", *of: Any, known_at: int | None = None) -> RollCount:
    """By short statements: it is asked at every vote of a session. ``whose`` stands in an IN, and then the commune does
    not: as all rows are of it, its index would be taken, and every row be read."""
    here = sql.uuid_value(commune)

    def asked(columns: str, table: str, id: str) -> list[tuple[Any, ...]]:
        only, values = (f"{id} IN ({whose})", of) if whose else ("commune = %s", (here,))
        return sql.rows(f"SELECT {id}, commune, {columns} FROM {table} WHERE {only}", *values)

    def said(table: str, what: str, up_to: int | None = None) -> dict[Any, list[Said]]:
        found: dict[Any, list[Said]] = {}
        rows = asked(f"born, id, CAST(begins AS TEXT), {what}", table, "person")
        known_then = (row for row in rows if up_to is None or row[2] <= up_to)
        for person, _commune, _born, _id, begins, words in sorted(known_then, key=lambda row: row[2:4]):
            found.setdefault(person, []).append((sql.day_of(begins), words))
        return found

    stays = said("territory_stay", "residence")
    belongs = said("territory_belonging", "council", known_at) if rule.council is not None else {}
    columns = "CAST(birth_day AS TEXT), age_years, CAST(age_noted_on AS TEXT), CAST(left_on AS TEXT), full_name = ''"
    known = (
        Known(
            sql.uuid_of(id),
            sql.day_of(born_on),
            age,
            sql.day_of(noted_on),
            sql.day_of(left_on),
            bool(nameless),
            tuple(stays.get(id, ())),
            tuple(belongs.get(id, ())),
        )
        for id, of_commune, born_on, age, noted_on, left_on, nameless in asked(columns, "territory_person", "id")
        if of_commune == here
    )
    return count_roll(known, day, RollRule(rule.age_years, rule.unknown_age_counts, rule.away_counts, rule.council))
