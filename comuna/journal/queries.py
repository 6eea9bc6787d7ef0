"""Questions about the journal as such."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from comuna.journal import sql


def commune_here() -> UUID | None:
    """The commune whose books this home holds: the one it writes, else the first it was given; None before founding."""
    found = sql.one("SELECT commune FROM journal_writer") or sql.one("SELECT commune FROM journal_record WHERE seq = 1")
    return UUID(str(found[0])) if found else None


def is_read_only() -> bool:
    """Restored or imported books that nobody has opened for writing yet."""
    return sql.one("SELECT 1 FROM journal_writer") is None and sql.one("SELECT 1 FROM journal_record") is not None


def day_of(commune: UUID, seq: int) -> date:
    """The commune's day of a record. Raises LookupError."""
    found = sql.one(
        "SELECT CAST(day AS TEXT) FROM journal_record WHERE commune = %s AND seq = %s", sql.uuid_value(commune), seq
    )
    if found is None:
        raise LookupError(f"no record has the number {seq}")
    return date.fromisoformat(found[0])


def subjects(commune: UUID, verb: str, slot: str, audience: str) -> list[tuple[int, UUID]]:
    """Whom the records of a verb are about in that slot and its rows, with the record's number: what stays of them in
    the books whatever is erased, struck or taken back since. One statement."""
    found = sql.rows(
        "SELECT record.seq, part.subject FROM journal_record record"
        " JOIN journal_commitment part ON part.record = record.id"
        " WHERE record.commune = %s AND record.verb = %s AND part.audience = %s AND part.slot LIKE %s",
        sql.uuid_value(commune),
        verb,
        audience,
        f"{slot}%",
    )
    return [(seq, UUID(str(subject))) for seq, subject in found]
