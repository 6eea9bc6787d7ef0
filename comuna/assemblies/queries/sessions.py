"""Questions about an organ's sessions: which come, which took place, where and under which number."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any
from uuid import UUID

from comuna.assemblies.models import Call, Closure, Notice, Session
from comuna.assemblies.queries.decisions import limits
from comuna.journal import sql
from comuna.journal.lock import once_a_page
from comuna.journal.models import Checkpoint, Record


def last_place(commune: UUID, organ: str) -> str:
    """Where the organ met last; empty for its first session."""
    found = Session.objects.filter(commune=commune, organ=organ).order_by("-day", "-born")
    return found.values_list("place", flat=True).first() or ""


def coming(commune: UUID, day: date, *, organs: Collection[str] = ()) -> list[Session]:
    """Sessions that sit on that day or later, of all organs or of these, the earliest first; closed ones are not among
    them."""
    of, parameters = of_organs(commune, organs)
    where = f"{of} AND sits_on >= %s AND NOT {_CLOSED} ORDER BY sits_on, sits_at, born"
    return sql.state_rows(Session, where, *parameters, day)


def past(commune: UUID, day: date, *, organs: Collection[str] = (), lines: slice) -> list[Session]:
    """Sessions before that day, and those of it that are closed, the newest first."""
    where, parameters = past_rows(commune, day, organs)
    order = "ORDER BY sits_on DESC, sits_at DESC, born DESC LIMIT %s OFFSET %s"
    return sql.state_rows(Session, f"{where} {order}", *parameters, *limits(lines))


def past_rows(commune: UUID, day: date, organs: Collection[str] = ()) -> tuple[str, list[Any]]:
    """Which of the sessions these are, as SQL with its parameters."""
    of, parameters = of_organs(commune, organs)
    return f"{of} AND sits_on <= %s AND (sits_on < %s OR {_CLOSED})", [*parameters, day, day]


def count_past(commune: UUID, day: date, *, organs: Collection[str] = ()) -> int:
    """How many these are."""
    of, parameters = of_organs(commune, organs)
    found = sql.one(
        f"SELECT (SELECT COUNT(*) FROM assemblies_session WHERE {of} AND sits_on < %s)"
        f" + (SELECT COUNT(*) FROM assemblies_session WHERE {of} AND sits_on = %s AND {_CLOSED})",
        *parameters,
        day,
        *parameters,
        day,
    )
    assert found is not None
    return int(found[0])


def organs_that_met(commune: UUID) -> list[str]:
    """Organ ids with a session, convened or past."""
    found = sql.rows("SELECT DISTINCT organ FROM assemblies_session WHERE commune = %s", sql.uuid_value(commune))
    return sorted(organ for (organ,) in found)


_CLOSED = "EXISTS (SELECT 1 FROM assemblies_closure c WHERE c.session_id = assemblies_session.id)"


def of_organs(commune: UUID, organs: Collection[str]) -> tuple[str, list[Any]]:
    """What the sessions are of, as SQL with its parameters: all organs, or these."""
    key = sql.uuid_value(commune)
    return (f"commune = %s AND organ IN ({sql.marks(organs)})", [key, *organs]) if organs else ("commune = %s", [key])


def ended(of: Iterable[Session]) -> tuple[dict[UUID, Closure], set[UUID]]:
    """Closures by session, and the sessions that were cancelled."""
    keys = [sql.uuid_value(session.id) for session in of]
    if not keys:
        return {}, set()
    these = f"session_id IN ({sql.marks(keys)})"
    closures = {closure.session_id: closure for closure in sql.state_rows(Closure, these, *keys)}
    cancelled = sql.rows(f"SELECT session_id FROM assemblies_cancellation WHERE {these}", *keys)
    return closures, {sql.uuid_of(session) for (session,) in cancelled}


def still_open(sessions: Collection[UUID]) -> frozenset[UUID]:
    """Those of these sessions that are neither closed nor cancelled."""
    found = Session.objects.filter(pk__in=sessions, closure=None, cancellation=None)
    return frozenset(found.values_list("id", flat=True)) if sessions else frozenset()


def called_on(commune: UUID, day: date) -> dict[UUID, bool]:
    """Of the sessions that sit on that day and were called, whether a call reached the quorum: asked once a page."""

    def ask() -> dict[UUID, bool]:
        found = sql.rows(
            "SELECT c.session_id, MAX(CASE WHEN c.reached THEN 1 ELSE 0 END) FROM assemblies_call c"
            " JOIN assemblies_session s ON s.id = c.session_id WHERE s.commune = %s AND s.sits_on = %s"
            " GROUP BY c.session_id",
            sql.uuid_value(commune),
            day,
        )
        return {sql.uuid_of(session): bool(reached) for session, reached in found}

    return once_a_page(("called on", commune, day), ask)


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
