"""Questions about sessions of earlier papers. Nothing that is counted today asks here."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from comuna.assemblies.models import (
    PastAttendance,
    PastFinding,
    PastImport,
    PastMotion,
    PastName,
    PastSession,
    PastVote,
    Session,
)
from comuna.assemblies.queries.decisions import limits
from comuna.assemblies.queries.sessions import of_organs, past, past_rows
from comuna.journal import sql
from comuna.statutes import queries as statutes
from comuna.territory.models import Person
from comuna.territory.queries import names
from comuna.territory.reading.text import fold

_AT_ONCE = 500


def organs_ever(commune: UUID) -> dict[str, frozenset[str]]:
    """Every organ that one of the commune's statutes had, with its names in all languages, folded."""
    found: dict[str, frozenset[str]] = {}
    for statute in statutes.ever_adopted(commune):
        for organ in statute.organs:
            spelled = {fold(words) for words in organ.name.values()} | {fold(organ.id)}
            found[organ.id] = found.get(organ.id, frozenset()) | spelled
    return found


def sessions_known(commune: UUID, keys: Collection[str]) -> set[tuple[str, date]]:
    """What an earlier import took, by what its tables called it and its day."""
    rows = PastSession.objects.filter(commune=commune).values_list("key", "day")
    wanted = set(keys)
    return {(key, day) for key, day in rows.iterator(_AT_ONCE) if key in wanted}


def days_held(commune: UUID) -> set[tuple[str, date]]:
    """The organs and days of the sessions that these books themselves convened or typed from paper."""
    return set(Session.objects.filter(commune=commune).values_list("organ", "day"))


def who_ever(commune: UUID, ids: Sequence[UUID]) -> set[UUID]:
    """Which of these ids earlier papers gave to somebody who is no person of the books."""
    found: set[UUID] = set()
    for start in range(0, len(ids), _AT_ONCE):
        chosen = PastName.objects.filter(commune=commune, linked=False, who__in=ids[start : start + _AT_ONCE])
        found |= set(chosen.values_list("who", flat=True))
    return found


def named_before(commune: UUID) -> list[tuple[UUID, str]]:
    """Those whom earlier papers name and who are no people of the books."""
    rows = PastName.objects.filter(commune=commune, linked=False).exclude(name="").order_by("born", "id")
    return list(rows.values_list("who", "name"))


def people_named(commune: UUID) -> list[tuple[UUID, str, str]]:
    """Everybody of the books with her full name and the one she is public under: one statement."""
    rows = Person.objects.filter(commune=commune).order_by("born", "id")
    return list(rows.values_list("id", "full_name", "public_name"))


# Pages


def past_sessions(commune: UUID, *, year: int | None = None, lines: slice = slice(None)) -> list[PastSession]:
    """The newest first."""
    found = PastSession.objects.filter(commune=commune)
    found = found if year is None else found.filter(day__year=year)
    return list(found.order_by("-day", "-hour", "id")[lines])


def held(
    commune: UUID, day: date, *, organs: Collection[str] = (), lines: slice, imported: bool
) -> list[Session | PastSession]:
    """What took place before that day or is closed, of the books and of earlier papers, by their days, the newest
    first."""
    if not imported:
        return [*past(commune, day, organs=organs, lines=lines)]
    own, key = past_rows(commune, day, organs)
    papers, of = of_organs(commune, organs)
    found = sql.rows(
        f"SELECT id, sits_on, sits_at, born FROM assemblies_session WHERE {own}"
        f" UNION ALL SELECT id, day, hour, born FROM assemblies_pastsession WHERE {papers}"
        " ORDER BY 2 DESC, 3 DESC, 4 DESC, 1 LIMIT %s OFFSET %s",
        *key,
        *of,
        *limits(lines),
    )
    order = [sql.uuid_of(row[0]) for row in found]
    rows: dict[UUID, Session | PastSession] = {**Session.objects.in_bulk(order), **PastSession.objects.in_bulk(order)}
    return [rows[id] for id in order]


def count_past_sessions(commune: UUID, year: int | None = None, organs: Collection[str] = ()) -> int:
    found = PastSession.objects.filter(commune=commune)
    found = found.filter(organ__in=organs) if organs else found
    return (found if year is None else found.filter(day__year=year)).count()


def years_of_past_sessions(commune: UUID) -> list[int]:
    days = PastSession.objects.filter(commune=commune).dates("day", "year", order="DESC")
    return [day.year for day in days]


def past_session(commune: UUID, id: UUID) -> PastSession | None:
    return PastSession.objects.filter(commune=commune, pk=id).select_related("imported").first()


def past_import(commune: UUID, id: UUID) -> PastImport | None:
    return PastImport.objects.filter(commune=commune, pk=id).first()


def past_imports(commune: UUID) -> list[PastImport]:
    return list(PastImport.objects.filter(commune=commune).order_by("-born"))


@dataclass(frozen=True)
class PastStanding:
    """A session of earlier papers with everything in it."""

    session: PastSession
    attendance: list[PastAttendance]
    motions: list[PastMotion]
    votes: dict[UUID, list[PastVote]]  # by motion
    findings: list[PastFinding]
    names: dict[UUID, str]  # by PastName, as this reader may read them
    told: dict[UUID, str]  # those of whom this reader may also read whether they were there


def past_standing(session: PastSession, *, knows: bool) -> PastStanding:
    """Six statements."""
    attendance = list(PastAttendance.objects.filter(session=session).order_by("id"))
    motions = list(PastMotion.objects.filter(session=session).order_by("number"))
    votes: dict[UUID, list[PastVote]] = {}
    for vote in PastVote.objects.filter(motion__session=session).order_by("place"):
        votes.setdefault(vote.motion_id, []).append(vote)
    findings = list(PastFinding.objects.filter(session=session).order_by("number"))
    ids = {row.name_id for row in attendance} | {one.name_id for many in votes.values() for one in many}
    ids |= {who for motion in motions for who in (motion.mover_id, motion.seconder_id) if who}
    ids |= {one.name_id for one in findings if one.name_id}
    rows = _rows(ids)
    names = _names(rows, knows=knows)
    told = {row.id: names[row.id] for row in rows if _is_told(row, knows=knows)}
    return PastStanding(session, attendance, motions, votes, findings, names, told)


def _rows(ids: Collection[UUID]) -> list[PastName]:
    every = list(ids)
    rows: list[PastName] = []
    for start in range(0, len(every), _AT_ONCE):
        rows += PastName.objects.filter(pk__in=every[start : start + _AT_ONCE])
    return rows


def _is_told(row: PastName, *, knows: bool) -> bool:
    """Who was there is nobody's business by name, unless the papers were public already."""
    return knows or bool(row.public_name)


def _names(rows: Sequence[PastName], *, knows: bool) -> dict[UUID, str]:
    """How each of these appears: as the papers have her name to those who may know it and where the papers were public
    already; as the books show her where she is one of their people; else by initials."""
    people = names([row.who for row in rows if row.linked])
    return {row.id: _shown(row, people, knows=knows) for row in rows}


def _shown(row: PastName, people: dict[UUID, str], *, knows: bool) -> str:
    if knows and row.name:
        return row.name
    return row.public_name or people.get(row.who, "") or row.initials or "—"


def past_findings(imported: PastImport, lines: slice, *, knows: bool) -> tuple[list[PastFinding], dict[UUID, str]]:
    """Some of what was found in an import, in the order of the tables, and the names that this reader may read."""
    rows = PastFinding.objects.filter(imported=imported).select_related("motion").order_by("number")
    found = list(rows[lines])
    named = [row for row in _rows({one.name_id for one in found if one.name_id}) if _is_told(row, knows=knows)]
    return found, _names(named, knows=knows)


# Everything, for programs of others


def past_motions_ever(commune: UUID) -> list[PastMotion]:
    return list(
        PastMotion.objects.filter(commune=commune).select_related("session").order_by("born", "session", "number")
    )


def past_votes_ever(commune: UUID) -> dict[UUID, list[PastVote]]:
    """By motion; who was absent only where the papers were public already."""
    found: dict[UUID, list[PastVote]] = {}
    given = PastVote.objects.filter(commune=commune).exclude(choice="absent", name__public_name="")
    for vote in given.order_by("born", "place"):
        found.setdefault(vote.motion_id, []).append(vote)
    return found


def past_names_ever(commune: UUID) -> dict[UUID, tuple[UUID, str]]:
    """Everybody whom papers name as moving or voting, by PastName: whose name it is, and how a stranger reads it."""
    rows = list(PastName.objects.filter(commune=commune).order_by("born", "id"))
    shown = _names(rows, knows=False)
    return {row.id: (row.who, shown[row.id]) for row in rows}
