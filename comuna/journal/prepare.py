"""Making a database ready: tables, then triggers, in that order every time; and whether it is of this release.

State is rebuilt, never migrated: a release whose tables differ takes the books over into a new file
(``acts.upgrade``). The *mark* of a database, kept in it, says by which tables it was made.
"""

from __future__ import annotations

from zlib import crc32

from django.core.management import call_command
from django.db import connection

from comuna.journal import triggers
from comuna.journal.tables import Local, State, Truth, of_class


def prepare() -> None:
    """Make this release's tables in an empty database, put every trigger in place, and mark it."""
    call_command("migrate", verbosity=0, interactive=False)
    triggers.install()
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA user_version = {mark_of_release()}")


def mark_of_release() -> int:
    """A number that changes when any table of ours gains, loses or changes a column."""
    lines = [
        f"{model._meta.db_table}.{field.column} {field.db_type(connection)} {field.null}"
        for kind in (Truth, State, Local)
        for model in of_class(kind)
        for field in model._meta.concrete_fields
    ]
    return crc32("\n".join(sorted(lines)).encode()) & 0x7FFFFFFF


def is_of_this_release() -> bool:
    """Whether the open SQLite database was made with the tables of this release; always true elsewhere."""
    if connection.vendor != "sqlite":
        return True
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA user_version")
        mark: int = cursor.fetchone()[0]
    return mark == mark_of_release()
