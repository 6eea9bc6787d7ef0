"""Taking books over into this release on PostgreSQL: one transaction of the owner, whole or not at all.

What is true and what is local is set aside, every table of ours is dropped and made anew, and the state is
replayed and verified before the commit. Readers wait meanwhile; a blackout leaves the old tables.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.apps import apps
from django.db import DatabaseError, OperationalError, connection, models
from psycopg.errors import LockNotAvailable

from comuna.acts import rebuild
from comuna.journal import roles, verify
from comuna.journal.lock import one_writer, writing
from comuna.journal.prepare import make_on_postgresql
from comuna.journal.tables import Truth, carried, of_class

Progress = Callable[[int, int], None]

LOCK_WAIT_SECONDS = 10
_ASIDE = "aside_"


class NotUpgraded(Exception):
    """The books could not be taken over; they stand as they were. The message says why."""


def upgrade(progress: Progress) -> int:
    """Take the open books over; returns how many records. Raises NotUpgraded."""
    role = roles.running_role()
    with one_writer(), roles.as_owner():
        check_owner()
        try:
            with writing():
                _set_aside()
                make_on_postgresql(role)
                _bring_back()
                records = rebuild.replay(progress)
                with connection.cursor() as cursor:
                    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
                found = next(verify.findings(), None)
                if found is not None:
                    raise NotUpgraded(f"the new copy does not verify: {found}")
        except OperationalError as error:
            if isinstance(error.__cause__, LockNotAvailable):
                raise NotUpgraded("another program has the books open; stop it and try again") from error
            raise
        except DatabaseError as error:
            raise NotUpgraded(str(error).strip()) from error
    return records


def check_owner() -> None:
    """Raises NotUpgraded, with what an administrator types, where the connected role may not drop the tables."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT quote_ident(pg_get_userbyid(c.relowner)), quote_ident(current_user) FROM pg_class c"
            " WHERE c.oid = ANY(SELECT to_regclass(name) FROM unnest(%s::text[]) AS name)"
            " AND NOT pg_has_role(c.relowner, 'MEMBER')",
            [_tables(cursor)],
        )
        others = cursor.fetchall()
    if others and roles.has_owner():
        raise NotUpgraded(
            f"the tables belong to {others[0][0]}. As an administrator of PostgreSQL type, in this database:"
            f" REASSIGN OWNED BY {others[0][0]} TO {others[0][1]};"
        )
    if others:
        raise NotUpgraded(f"the tables belong to {others[0][0]}: set DATABASE_OWNER_URL to that role, this once")


def _tables(cursor: Any) -> list[str]:
    """Every table of ours that stands in the schema, also those that only another release knew."""
    labels = [config.label for config in apps.get_app_configs() if config.name.startswith("comuna.")]
    cursor.execute(
        "SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
        " WHERE n.nspname = current_schema() AND c.relkind = 'r'"
        " AND (c.relname = 'django_migrations' OR split_part(c.relname, '_', 1) = ANY(%s))",
        [labels],
    )
    return [name for (name,) in cursor.fetchall()]


def _set_aside() -> None:
    """Truth and local rows into temporary tables; then nothing of the other release is left."""
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL lock_timeout = '{LOCK_WAIT_SECONDS}s'")
        standing = _tables(cursor)
        for model in _kept():
            if model._meta.db_table in standing:
                table = model._meta.db_table
                cursor.execute(f"CREATE TEMPORARY TABLE {_ASIDE}{table} ON COMMIT DROP AS SELECT * FROM {table}")
        for table in standing:
            cursor.execute(f'DROP TABLE "{table}" CASCADE')
        cursor.execute(
            "SELECT p.oid::regprocedure::text FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace"
            " WHERE n.nspname = current_schema() AND p.proname LIKE 'journal!_%' ESCAPE '!'"
        )
        for (function,) in cursor.fetchall():
            cursor.execute(f"DROP FUNCTION {function}")


def _bring_back() -> None:
    """Every row that was set aside, column by column that both releases have, in the journal's order."""
    with connection.cursor() as cursor:
        for model in _kept():
            table, aside = model._meta.db_table, _ASIDE + model._meta.db_table
            cursor.execute(
                "SELECT attname FROM pg_attribute WHERE attrelid = to_regclass(%s) AND attnum > 0", [f"pg_temp.{aside}"]
            )
            known = {name for (name,) in cursor.fetchall()}
            if not known:
                continue
            columns = ", ".join(f'"{field.column}"' for field in model._meta.concrete_fields if field.column in known)
            order = " ORDER BY commune, seq" if {"commune", "seq"} <= known else ""
            cursor.execute(f"INSERT INTO {table} ({columns}) SELECT {columns} FROM pg_temp.{aside}{order}")
            cursor.execute(f"DROP TABLE pg_temp.{aside}")


def _kept() -> list[type[models.Model]]:
    return [*of_class(Truth), *carried()]
