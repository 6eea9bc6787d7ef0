"""Questions about an organ's sessions: which come, which took place, where and under which number."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any
from uuid import UUID

from comuna.assemblies.models import Call, Closure, Notice, Session, Sitting
from comuna.assemblies.queries.decisions import limits
from comuna.journal import sql
from comuna.journal.lock import once_a_page
from comuna.journal.models import Checkpoint, Record


def last_place(commune: UUID, organ: str) -> str:
    """Where the organ met last; empty for its first session."""
    found = Session.objects.filter(commune=commune, organ=organ).order_by("-day", "-born")
    return found.values_list("place", flat=True).first() or ""


def coming(commune: UUID, day: date, *, organs: Collection[str] = ()) -> list[Session]:
    """Sessions of that day and later, of all organs or of these, the earliest first, and those adjourned to then;
    closed ones are not among them."""
    of, parameters = _of(commune, organs)
    return sql.state_rows(
        Session,
        f"{of} AND id IN (SELECT s.id FROM assemblies_session s WHERE s.commune = %s AND s.day >= %s"
        " UNION SELECT t.session_id FROM assemblies_sitting t WHERE t.commune = %s AND t.day >= %s)"
        f" AND NOT {_CLOSED} ORDER BY day, hour, born",
        *parameters,
        *(sql.uuid_value(commune), day) * 2,
    )


def past(commune: UUID, day: date, *, organs: Collection[str] = (), lines: slice) -> list[Session]:
    """Sessions before that day, and those of it that are closed, the newest first: two statements."""
    of, parameters = _of(commune, organs)
    go_on = _go_on(commune, day)
    others = f" AND id NOT IN ({sql.marks(go_on)})" if go_on else ""
    return sql.state_rows(
        Session,
        f"{of} AND day <= %s AND (day < %s OR {_CLOSED}){others}"
        " ORDER BY day DESC, hour DESC, born DESC LIMIT %s OFFSET %s",
        *parameters,
        day,
        day,
        *go_on,
        *limits(lines),
    )


def count_past(commune: UUID, day: date, *, organs: Collection[str] = ()) -> int:
    """How many these are: two statements."""
    of, parameters = _of(commune, organs)
    go_on = [key for key, organ in _go_on(commune, day).items() if not organs or organ in organs]
    found = sql.one(
        f"SELECT (SELECT COUNT(*) FROM assemblies_session WHERE {of} AND day < %s)"
        f" + (SELECT COUNT(*) FROM assemblies_session WHERE {of} AND day = %s AND {_CLOSED})",
        *parameters,
        day,
        *parameters,
        day,
    )
    assert found is not None
    return int(found[0]) - len(go_on)


def organs_that_met(commune: UUID) -> list[str]:
    """Organ ids with a session, convened or past."""
    found = sql.rows("SELECT DISTINCT organ FROM assemblies_session WHERE commune = %s", sql.uuid_value(commune))
    return sorted(organ for (organ,) in found)


_CLOSED = "EXISTS (SELECT 1 FROM assemblies_closure c WHERE c.session_id = assemblies_session.id)"


def _of(commune: UUID, organs: Collection[str]) -> tuple[str, list[Any]]:
    """What the sessions are of, as SQL with its parameters: all organs, or these."""
    key = sql.uuid_value(commune)
    return (f"commune = %s AND organ IN ({sql.marks(organs)})", [key, *organs]) if organs else ("commune = %s", [key])


def _go_on(commune: UUID, day: date) -> dict[Any, str]:
    """The organs of the sessions begun before that day that were adjourned to it or later and are not closed, by the
    session's id as the engine has it."""

    def ask() -> dict[Any, str]:
        return dict(
            sql.rows(
                "SELECT assemblies_session.id, organ FROM assemblies_sitting t"
                " JOIN assemblies_session ON assemblies_session.id = t.session_id"
                f" WHERE t.commune = %s AND t.day >= %s AND assemblies_session.day < %s AND NOT {_CLOSED}",
                sql.uuid_value(commune),
                day,
                day,
            )
        )

    return once_a_page(("sessions that go on", commune, day), ask)


def adjourned_to(of: Iterable[Session]) -> dict[UUID, Sitting]:
    """The newest sitting of each session that was adjourned."""
    keys = [sql.uuid_value(session.id) for session in of]
    if not keys:
        return {}
    rows = sql.state_rows(Sitting, f"session_id IN ({sql.marks(keys)}) ORDER BY number", *keys)
    return {row.session_id: row for row in rows}


def ended(of: Iterable[Session]) -> tuple[dict[UUID, Closure], set[UUID]]:
    """Closures by session, and the sessions that were cancelled."""
    keys = [sql.uuid_value(session.id) for session in of]
    if not keys:
        return {}, set()
    these = f"session_id IN ({sql.marks(keys)})"
    closures = {closure.session_id: closure for closure in sql.state_rows(Closure, these, *keys)}
    cancelled = sql.rows(f"SELECT session_id FROM assemblies_cancellation WHERE {these}", *keys)
    return closures, {sql.uuid_of(session) for (session,) in cancelled}


def quorate_among(sessions: Collection[UUID]) -> frozenset[UUID]:
    """Those of these sessions in which a call reached the quorum."""
    return frozenset(Call.objects.filter(session__in=sessions, reached=True).values_list("session", flat=True))


def next_session_number(commune: UUID, organ: str, year: int) -> int:
    """One more than the highest: a session that was moved to another year leaves a gap."""
    found = sql.one(
        "SELECT MAX(number) FROM assemblies_session WHERE commune = %s AND organ = %s AND day BETWEEN %s AND %s",
        sql.uuid_value(commune),
        organ,
        date(year, 1, 1),
        date(year, 12, 31),
    )
    return (found[0] or 0 if found else 0) + 1


def witness_of(closure: Closure) -> Checkpoint | None:
    """The first checkpoint that covers the closing of a session: the one its minutes carry."""
    return Checkpoint.objects.filter(commune=closure.commune, size__gte=closure.born).order_by("size").first()


def convened_on(session: Session) -> date:
    """The commune's day on which it was convened."""
    day: date = Record.objects.values_list("day", flat=True).get(pk=session.id)
    return day


def notices(session: UUID) -> list[Notice]:
    """How people were told of it, the earliest first."""
    return sql.state_rows(Notice, 'session_id = %s ORDER BY "on", born', sql.uuid_value(session))
