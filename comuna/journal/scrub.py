"""After an erasure: no old page of the database keeps the words.

On SQLite deleted bytes are overwritten (``secure_delete``) and a truncating checkpoint empties the
write-ahead log. On PostgreSQL the tables that can hold private words are written anew without their dead
rows, by a function that the owner of the tables made: the running role may call it and owns nothing. The
server's own write-ahead log is recycled in its time, which the docs say.
"""

from __future__ import annotations

import os
import time
from pathlib import Path

from django.db import OperationalError, connection, models, transaction

from comuna.journal import triggers
from comuna.journal.home import home, sync_folder
from comuna.journal.models import PrivatePart
from comuna.journal.tables import Local, State, of_class

_DEBT = "scrub.due"
_LOCK_NOT_AVAILABLE = "55P03"  # by its code: on SQLite the start does not wait for PostgreSQL's driver
BUSY_WAIT_MILLISECONDS = 2_000
"""How long one try waits for those who still read the old pages; what is left over is tried after the next act."""


def mark_due() -> None:
    """Call before the commit: what is owed is written down, so that a kill in between does not forget it."""
    _debt().touch(mode=0o600)
    sync_folder(home())


def is_due() -> bool:
    return os.access(f"{home()}/{_DEBT}", os.F_OK)  # asked after every act


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
    return home() / _DEBT


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
    deadline = time.monotonic() + BUSY_WAIT_MILLISECONDS / 1000
    while _is_read_by_others():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL lock_timeout = {BUSY_WAIT_MILLISECONDS}")
            cursor.execute("SELECT journal_rewrite()")
    except OperationalError as error:
        if getattr(error.__cause__, "sqlstate", "") == _LOCK_NOT_AVAILABLE:
            return False
        raise
    return True


def _is_read_by_others() -> bool:
    """Whether a transaction that began before the erasure may still read what it took away: then the rows would be
    carried over. Of other roles' sessions PostgreSQL says only that they write."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_snapshot_xmin(now) <> pg_snapshot_xmax(now) OR EXISTS (SELECT 1 FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
            " AND age(backend_xmin) > (SELECT age(backend_xmin) FROM pg_stat_activity WHERE pid = pg_backend_pid()))"
            " FROM pg_current_snapshot() AS now"
        )
        return bool(cursor.fetchone()[0])


def install() -> None:
    """Put the function in place that writes the tables anew; nothing on SQLite."""
    if connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            triggers.pin_search_path(cursor)
            cursor.execute(rewriting_function())


def rewriting_function() -> str:
    """CLUSTER writes a table anew as VACUUM FULL does, and unlike it may stand in a function."""
    tables: list[type[models.Model]] = [PrivatePart, *filter(_holds_words, [*of_class(State), *of_class(Local)])]
    each = " ".join(f"CLUSTER {model._meta.db_table} USING {model._meta.db_table}_pkey;" for model in tables)
    return (
        "CREATE OR REPLACE FUNCTION journal_rewrite() RETURNS void LANGUAGE plpgsql SECURITY DEFINER"
        f" SET search_path FROM CURRENT AS $$ BEGIN {each} END $$"
    )


def _holds_words(model: type[models.Model]) -> bool:
    if issubclass(model, Local):
        return model.derived or model.forget_words.__func__ is not Local.forget_words.__func__  # type: ignore[attr-defined]  # a classmethod's own function
    return issubclass(model, State) and model.erasable is not None
