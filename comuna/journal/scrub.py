"""After an erasure: no old page of the database keeps the words.

On SQLite deleted bytes are overwritten (``secure_delete``) and a truncating checkpoint empties the
write-ahead log. On PostgreSQL dead rows are rewritten away by VACUUM FULL of the tables that can hold
private words; its own write-ahead log is recycled by the server in its time, which the docs say.
"""

from __future__ import annotations

from django.db import connection, models

from comuna.journal.models import PrivatePart
from comuna.journal.tables import State, of_class

_due = False


def mark_due() -> None:
    global _due
    _due = True


def scrub_if_due() -> None:
    """Call after the commit, still holding the lock."""
    global _due
    if not _due or connection.in_atomic_block:
        return
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        else:
            tables: list[type[models.Model]] = [PrivatePart, *filter(_erasable, of_class(State))]
            for model in tables:
                cursor.execute(f"VACUUM FULL {model._meta.db_table}")
    _due = False


def _erasable(model: type[models.Model]) -> bool:
    return issubclass(model, State) and model.erasable is not None
