"""Taking books over into this release: a new file, the truth copied, the state replayed, then one rename.

The old file is not touched until everything in the new one has been verified, so a blackout costs nothing
but time. On PostgreSQL the same is one transaction of the tables' owner (``upgrade_postgresql``).
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from django.db import connection, models

from comuna.acts import rebuild, upgrade_postgresql
from comuna.acts.upgrade_postgresql import NotUpgraded
from comuna.journal import verify
from comuna.journal.home import sync_folder
from comuna.journal.lock import one_writer, writing
from comuna.journal.prepare import prepare
from comuna.journal.tables import Truth, carried, of_class

Progress = Callable[[int, int], None]


def upgrade(progress: Progress = lambda done, total: None) -> int:
    """Take the open books over into this release's tables; returns how many records. Raises NotUpgraded."""
    if connection.vendor != "sqlite":
        return upgrade_postgresql.upgrade(progress)
    old = Path(str(connection.settings_dict["NAME"]))
    fresh = old.with_name(old.name + ".upgrade")
    with one_writer():
        _remove(fresh)
        connection.close()
        connection.settings_dict["NAME"] = str(fresh)
        try:
            prepare()
            _copy(old)
            records = rebuild.replay(progress)
            found = next(verify.findings(), None)
            if found is not None:
                raise NotUpgraded(f"the new copy does not verify: {found}")
            _settle()
            connection.close()
            connection.settings_dict["NAME"] = str(old)
            _settle()
        except BaseException:
            connection.close()
            connection.settings_dict["NAME"] = str(old)
            _remove(fresh)
            raise
        connection.close()
        os.replace(fresh, old)
        sync_folder(old.parent)
        for suffix in ("-wal", "-shm"):  # emptied above: beside the new file they say nothing
            old.with_name(old.name + suffix).unlink(missing_ok=True)
    return records


def _copy(old: Path) -> None:
    """Every row of truth and of what is local and not derived, column by column that both releases have."""
    with connection.cursor() as cursor:
        cursor.execute("ATTACH DATABASE %s AS old", [str(old)])
        cursor.execute("SELECT name FROM old.sqlite_master WHERE type = 'table'")
        tables = {name for (name,) in cursor.fetchall()}
    try:
        with writing(), connection.cursor() as cursor:
            for model in [*of_class(Truth), *carried()]:
                if model._meta.db_table in tables:
                    cursor.execute(_statement(model, _columns_in_old(model._meta.db_table)))
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DETACH DATABASE old")


def _columns_in_old(table: str) -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA old.table_info({table})")
        return {row[1] for row in cursor.fetchall()}


def _statement(model: type[models.Model], known: set[str]) -> str:
    table = model._meta.db_table
    columns = ", ".join(f'"{field.column}"' for field in model._meta.concrete_fields if field.column in known)
    order = " ORDER BY commune, seq" if "seq" in known and "commune" in known else ""
    return f"INSERT INTO main.{table} ({columns}) SELECT {columns} FROM old.{table}{order}"


def _settle() -> None:
    """All of the open books in their one file, on disk. The old ones too: whenever the power goes, before or
    after the rename, the file that bears their name is whole without its log. Raises NotUpgraded."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        (busy, *_pages) = cursor.fetchone()
    if busy:
        raise NotUpgraded("another program has the books open; stop it and try again")
    path = str(connection.settings_dict["NAME"])
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _remove(path: Path) -> None:
    for suffix in ("", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
