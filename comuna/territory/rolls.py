"""Who is on the roll of a day where everybody sits."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date
from typing import Any
from uuid import UUID

from comuna.journal import sql
from comuna.journal.lock import once
from comuna.statutes.statute import Roll
from comuna.territory.models import Belonging, Person, Stay
from comuna.territory.rules import Known, RollCount, RollRule, Said, count_roll


def roll(commune: UUID, day: date, rule: Roll) -> RollCount:
    """Who counted on that day where everybody sits, by where each was, to which council she belonged where it is one
    council's, and how old she was on it: three statements at most, of a council's people alone where it is one's."""
    council = rule.council
    if council is None:
        return count_roll(_known(commune, rule), day, _ruled(rule))
    # who counts in it belonged to it once; of whom nobody knows it any more is erased, and on no roll
    belonged = "SELECT person FROM territory_belonging WHERE commune = %s AND council = %s"

    def ask() -> tuple[Known, ...]:
        return tuple(_known(commune, rule, belonged, sql.uuid_value(commune), council))

    return count_roll(once(("belonged", commune, council), ask, _RESTS_ON), day, _ruled(rule))


def on_roll(
    commune: UUID, day: date, rule: Roll, people: Collection[UUID], known_at: int | None = None
) -> frozenset[UUID]:
    """Those of these people who are on the roll of that day: as many statements, without asking about anybody else,
    and none where nothing was written of anybody since they were asked about: each vote of a session asks again.
    With ``known_at`` by the councils to which that record knew them to belong."""
    if not people:
        return frozenset()
    these, ruled = frozenset(people), _ruled(rule)

    def ask() -> frozenset[UUID]:
        whose = ", ".join(["%s"] * len(these))
        known = _known(commune, rule, whose, *map(sql.uuid_value, these), known_at=known_at)
        return count_roll(known, day, ruled).entitled

    return once(("on roll", commune, day, ruled, these, known_at), ask, _RESTS_ON)


_RESTS_ON = (Person, Stay, Belonging)


def _ruled(rule: Roll) -> RollRule:
    return RollRule(rule.age_years, rule.unknown_age_counts, rule.away_counts, rule.council)


def _known(commune: UUID, rule: Roll, whose: str = "", *of: Any, known_at: int | None = None) -> Iterator[Known]:
    """By short statements. ``whose`` stands in an IN, and then the commune does not: as all rows are of it, its index
    would be taken, and every row be read."""
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
    return (
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
