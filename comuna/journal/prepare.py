"""Making a database ready: tables, then triggers, in that order every time; and whether it is of this release.

State is rebuilt, never migrated: a release whose tables differ takes the books over into a new file
(``acts.upgrade``). The *mark* of a database, kept in it, says by which tables it was made.
"""

from __future__ import annotations

from zlib import crc32

from django.core.management import call_command
from django.db import connection, transaction

from comuna.journal import roles, scrub, sql, triggers
from comuna.journal.tables import Local, State, Truth, of_class


def prepare() -> None:
    """Make this release's tables in an empty database, put every trigger in place, and mark it.

    On PostgreSQL all of it at once, as the owner where one is named, with grants for the role that runs.
    """
    if connection.vendor == "sqlite":
        _make()
        return
    role = roles.running_role()
    with roles.as_owner(), transaction.atomic():
        make_on_postgresql(role)


def make_on_postgresql(role: str) -> None:
    """Everything in the open transaction, as whoever is connected, for the role that runs."""
    _make()
    roles.grant(role)


def _make() -> None:
    call_command("migrate", verbosity=0, interactive=False)
    triggers.install()
    scrub.install()
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"PRAGMA user_version = {mark_of_release()}")
        else:
            cursor.execute(f"COMMENT ON TABLE journal_record IS '{mark_of_release()}'")


def mark_of_release() -> int:
    """A number that changes when any table of ours gains, loses or changes a column, an index or a rule, and on
    PostgreSQL also when a function of ours does."""
    tables = [model for kind in (Truth, State, Local) for model in of_class(kind)]
    lines = [
        f"{model._meta.db_table}.{field.column} {field.db_type(connection)}"
        f" {field.null} {field.unique} {field.deconstruct()[3].get('db_index')}"
        for model in tables
        for field in model._meta.concrete_fields
    ]
    lines += [
        f"{model._meta.db_table} {made.deconstruct()!r}"
        for model in tables
        for made in (*model._meta.indexes, *model._meta.constraints)
    ]
    if connection.vendor == "postgresql":  # their functions say more than the tables do
        lines += [statement for trigger in triggers.wanted() for statement in trigger.sql]
        lines.append(scrub.rewriting_function())
    return crc32("\n".join(sorted(lines)).encode()) & 0x7FFFFFFF


def is_of_this_release() -> bool:
    """Whether the open database was made with the tables of this release."""
    return _mark() == mark_of_release()


def is_unfinished() -> bool:
    """Whether the making of this database was cut short: the mark, which comes last, is not there, and no record
    was ever written. ``prepare`` goes on where it stopped."""
    return sql.one("SELECT 1 FROM journal_record LIMIT 1") is None and _mark() == 0


def _mark() -> int:
    """The mark that is kept in the open database; 0 where there is none, or where it is no number of ours."""
    if connection.vendor == "sqlite":
        found = sql.one("PRAGMA user_version")
    else:
        found = sql.one("SELECT obj_description('journal_record'::regclass, 'pg_class')")
    assert found is not None
    words = str(found[0])
    return int(words) if words.isdecimal() else 0
