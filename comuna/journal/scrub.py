"""After an erasure: no old page of the database keeps the words.

On SQLite deleted bytes are overwritten (``secure_delete``) and a truncating checkpoint empties the
write-ahead log. On PostgreSQL dead rows are rewritten away by VACUUM FULL of the tables that can hold
private words; its own write-ahead log is recycled by the server in its time, which the docs say.
"""

from __future__ import annotations

from pathlib import Path

from django.db import connection, models

from comuna.journal.home import home, sync_folder
from comuna.journal.models import PrivatePart
from comuna.journal.tables import State, of_class

BUSY_WAIT_MILLISECONDS = 2_000
"""How long one try waits for those who still read the old pages; what is left over is tried after the next act."""


def mark_due() -> None:
    """Call before the commit: what is owed is written down, so that a kill in between does not forget it."""
    _debt().touch(mode=0o600)
    sync_folder(home())


def is_due() -> bool:
    return _debt().exists()


def scrub_after_act() -> None:
    """Call after the commit, still holding the lock: what this process owes, or another one."""
    if is_due():
        scrub_if_due()


def scrub_if_due() -> bool:
    """Call holding the lock, also when a server starts. False where old pages still stand, because somebody reads
    them; then the debt stays."""
    if not is_due():
        return True
    if connection.in_atomic_block:
        return False
    done = _scrub_sqlite() if connection.vendor == "sqlite" else _scrub_postgresql()
    if done:
        _debt().unlink()
    return done


def _debt() -> Path:
    return home() / "scrub.due"


def _scrub_sqlite() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout")
        before = cursor.fetchone()[0]
        cursor.execute(f"PRAGMA busy_timeout = {BUSY_WAIT_MILLISECONDS}")
        try:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            busy, _pages, _moved = cursor.fetchone()
        finally:
            cursor.execute(f"PRAGMA busy_timeout = {before}")
    return not busy


def _scrub_postgresql() -> bool:
    tables: list[type[models.Model]] = [PrivatePart, *filter(_erasable, of_class(State))]
    with connection.cursor() as cursor:
        for model in tables:
            cursor.execute(f"VACUUM FULL {model._meta.db_table}")
    return True


def _erasable(model: type[models.Model]) -> bool:
    return issubclass(model, State) and model.erasable is not None
