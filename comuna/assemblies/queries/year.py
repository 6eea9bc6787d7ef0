"""Questions about a year: which sessions an organ held, who came, what was decided and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from comuna.assemblies.queries.decisions import ResolutionStanding, found_where, limits
from comuna.journal import sql


class Counted(NamedTuple):
    """A call: who was there, of how many entitled, and how many were needed."""

    present: int
    roll: int
    needed: int


@dataclass(frozen=True)
class Met:
    """A session of the year, with the count that decided whether it could."""

    session: UUID
    day: date
    call: Counted | None  # the newest; None where nobody was counted
    cancelled: bool


@dataclass(frozen=True)
class OrganYear:
    """An organ's year in figures."""

    organ: str
    sessions: int  # that were called
    quorate: int  # of them
    decisions: int
    done: int  # of the decisions that somebody answers for
    tasks: int


def years(commune: UUID) -> list[int]:
    """Those with a session, the newest first."""
    found = sql.rows(
        "SELECT DISTINCT SUBSTR(CAST(day AS TEXT), 1, 4) FROM assemblies_session WHERE commune = %s",
        sql.uuid_value(commune),
    )
    return sorted((int(year) for (year,) in found), reverse=True)


def met(commune: UUID, year: int, organ: str) -> list[Met]:
    """The organ's sessions of that year, in their order: one statement."""
    found = sql.rows(
        "SELECT s.id, CAST(s.day AS TEXT), gone.id, c.present, c.roll, c.needed FROM assemblies_session s"
        " LEFT JOIN assemblies_cancellation gone ON gone.session_id = s.id"
        " LEFT JOIN assemblies_call c ON c.session_id = s.id"
        " WHERE s.commune = %s AND s.organ = %s AND s.day BETWEEN %s AND %s"
        " ORDER BY s.day, s.hour, s.born, c.number",
        sql.uuid_value(commune),
        organ,
        *_ends(year),
    )
    newest = {id: (day, gone, call) for id, day, gone, *call in found}  # the later call of a session comes later
    return [
        Met(sql.uuid_of(id), date.fromisoformat(day), None if call[0] is None else Counted(*call), gone is not None)
        for id, (day, gone, call) in newest.items()
    ]


def _ends(year: int) -> tuple[date, date]:
    return date(year, 1, 1), date(year, 12, 31)


def organ_years(commune: UUID, year: int) -> list[OrganYear]:
    """Every organ that was called together that year: two statements."""
    key = sql.uuid_value(commune)
    called = sql.rows(
        "SELECT s.organ, COUNT(DISTINCT s.id), COUNT(DISTINCT CASE WHEN c.reached THEN s.id END)"
        " FROM assemblies_session s JOIN assemblies_call c ON c.session_id = s.id"
        " WHERE s.commune = %s AND s.day BETWEEN %s AND %s GROUP BY s.organ ORDER BY s.organ",
        key,
        *_ends(year),
    )
    organs = [organ for organ, *_counted in called]
    decided = _decided(key, year, organs) if organs else {}
    return [OrganYear(organ, sessions, quorate, *decided.get(organ, (0, 0, 0))) for organ, sessions, quorate in called]


def _decided(commune: Any, year: int, organs: list[str]) -> dict[str, tuple[int, int, int]]:
    """By organ: its decisions of the year, those done of the ones that are tasks, and all that are."""
    found = sql.rows(
        "SELECT organ, COUNT(*), COUNT(CASE WHEN is_task AND NOT waits THEN 1 END), COUNT(CASE WHEN is_task THEN 1 END)"
        " FROM (SELECT r.organ, NOT (r.responsible = '') OR r.due_on IS NOT NULL AS is_task,"
        " EXISTS (SELECT 1 FROM assemblies_pending p WHERE p.resolution_id = r.id) AS waits"
        " FROM assemblies_resolution r"
        f" WHERE r.commune = %s AND r.organ IN ({sql.marks(organs)}) AND r.year = %s) decided GROUP BY organ",
        commune,
        *organs,
        year,
    )
    return {organ: (decisions, done, tasks) for organ, decisions, done, tasks in found}


def decided(commune: UUID, year: int, organ: str, lines: slice) -> list[ResolutionStanding]:
    """Those lines of what the organ decided that year, in order: three statements."""
    where = (
        "assemblies_resolution.commune = %s AND assemblies_resolution.organ = %s AND assemblies_resolution.year = %s"
    )
    return found_where(
        f"{where} ORDER BY assemblies_resolution.number LIMIT %s OFFSET %s",
        sql.uuid_value(commune),
        organ,
        year,
        *limits(lines),
    )
