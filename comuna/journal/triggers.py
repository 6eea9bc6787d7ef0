"""Triggers that make the database itself refuse to change the truth, and what a table of state guards, on both engines.

They stop bugs and slips, not the owner of the file: only paper and other witnesses do that. They are
installed again after every migration, because Django's table remake on SQLite drops them silently,
and a start fails when one is missing or reads differently. On PostgreSQL they belong to the role that
made the tables (``roles``), and their functions look for tables in our schema first: a temporary table
under one of our names cannot stand in for it.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.db import connection, models, transaction

from comuna.journal.models import PrivatePart, Record
from comuna.journal.tables import State, Truth, of_class


@dataclass(frozen=True)
class Trigger:
    name: str
    table: str
    sql: tuple[str, ...]  # statements that make it, the last one the trigger itself


def wanted() -> list[Trigger]:
    """Every trigger that the tables must have on the engine in use."""
    made = _postgresql if connection.vendor == "postgresql" else _sqlite
    return [trigger for model in [*of_class(Truth), *_guarded()] for trigger in made(model)]


def _guarded() -> list[type[models.Model]]:
    return [model for model in of_class(State) if model.guards]  # type: ignore[attr-defined]  # a State


def install() -> None:
    """Put every trigger in place, replacing what stands under its name."""
    with transaction.atomic(), connection.cursor() as cursor:
        pin_search_path(cursor)
        for trigger in wanted():
            if connection.vendor == "postgresql":
                cursor.execute(f"DROP TRIGGER IF EXISTS {trigger.name} ON {trigger.table}")
            else:
                cursor.execute(f"DROP TRIGGER IF EXISTS {trigger.name}")
            for statement in trigger.sql:
                cursor.execute(statement)


def pin_search_path(cursor: Any) -> None:
    """Functions made until the end of this transaction with ``SET search_path FROM CURRENT`` look in our schema first
    and among temporary tables last, whatever path their caller has."""
    if connection.vendor == "postgresql":
        cursor.execute("SELECT set_config('search_path', format('%I, pg_temp', current_schema()), true)")


def remove() -> None:
    """Take them away, for a migration only; ``install`` follows."""
    with connection.cursor() as cursor:
        for trigger in wanted():
            where = f" ON {trigger.table}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER IF EXISTS {trigger.name}{where}")


def faults() -> list[str]:
    """In words: every trigger that is missing, switched off, or not the one we made."""
    standing = _standing_postgresql() if connection.vendor == "postgresql" else _standing_sqlite()
    found = []
    for trigger in wanted():
        now = standing.get((trigger.table, trigger.name))
        if now is None:
            found.append(f"table {trigger.table}: the trigger {trigger.name} is missing")
        elif now != _expected(trigger):
            found.append(f"table {trigger.table}: the trigger {trigger.name} was altered or switched off")
    return found


def _expected(trigger: Trigger) -> str:
    if connection.vendor == "postgresql":
        return f"O {_mark(trigger)}"
    return trigger.sql[-1]


def _mark(trigger: Trigger) -> str:
    """PostgreSQL keeps a function's source as text: what we compare is a digest of ours."""
    return sha256(body_of(trigger.sql[0]).encode()).hexdigest()[:16]


def body_of(function: str) -> str:
    """What stands between the dollar signs of a CREATE FUNCTION, which is what PostgreSQL keeps."""
    return function.split("$$")[1]


def _standing_sqlite() -> dict[tuple[str, str], str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT tbl_name, name, sql FROM sqlite_master WHERE type = 'trigger'")
        return {(table, name): sql for table, name, sql in cursor.fetchall()}


def _standing_postgresql() -> dict[tuple[str, str], str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname, t.tgname, t.tgenabled::text || CASE WHEN"
            " p.proconfig = ARRAY[format('search_path=%I, pg_temp', current_schema())] THEN '' ELSE ' astray' END,"
            " p.prosrc FROM pg_trigger t"
            " JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid"
            " JOIN pg_namespace n ON n.oid = c.relnamespace"
            " WHERE NOT t.tgisinternal AND n.nspname = current_schema()"
        )
        rows = cursor.fetchall()
    return {
        (table, name): f"{enabled} {sha256(source.encode()).hexdigest()[:16]}" for table, name, enabled, source in rows
    }


# What each table refuses, as conditions over the rows OLD and NEW. A Record's number follows the last
# one; a private part goes only when an Erasure names it; nothing else is ever updated or deleted.

_PART_MAY_GO = "EXISTS (SELECT 1 FROM journal_erasure WHERE id = OLD.id)"
_NUMBER_FOLLOWS = "NEW.seq = COALESCE((SELECT MAX(seq) FROM journal_record WHERE commune = NEW.commune), 0) + 1"


def _rules(model: type[models.Model]) -> list[tuple[str, str, str, str]]:
    """(name, event, condition that must hold or "", words)."""
    table = model._meta.db_table
    if issubclass(model, State):
        return [(one.name, one.event, one.holds, one.words) for one in model.guards]
    rules = [
        ("never_changed", "UPDATE", "", f"{table} is append-only: rows are never changed"),
        (
            "never_deleted",
            "DELETE",
            _PART_MAY_GO if model is PrivatePart else "",
            f"{table} is append-only: rows are never deleted",
        ),
    ]
    if model is Record:
        rules.append(("in_order", "INSERT", _NUMBER_FOLLOWS, "a record takes the number after the last one"))
    return rules


def _sqlite(model: type[models.Model]) -> list[Trigger]:
    table = model._meta.db_table
    return [
        Trigger(
            f"{table}_{name}",
            table,
            (
                f"CREATE TRIGGER {table}_{name} BEFORE {event} ON {table}"
                + (f" WHEN NOT ({condition})" if condition else "")
                + f" BEGIN SELECT RAISE(ABORT, '{words}'); END",
            ),
        )
        for name, event, condition, words in _rules(model)
    ]


def _postgresql(model: type[models.Model]) -> list[Trigger]:
    table = model._meta.db_table
    triggers = []
    for name, event, condition, words in [
        *_rules(model),
        ("never_emptied", "TRUNCATE", "", f"{table} is append-only: it is never emptied"),
    ]:
        full = f"{table}_{name}"
        row = "NULL" if event == "TRUNCATE" else ("OLD" if event == "DELETE" else "NEW")
        guard = f"IF {condition} THEN RETURN {row}; END IF; " if condition else ""
        function = (
            f"CREATE OR REPLACE FUNCTION {full}() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS"
            f" $$ BEGIN {guard}RAISE EXCEPTION '{words}'; END $$"
        )
        each = "STATEMENT" if event == "TRUNCATE" else "ROW"
        trigger = f"CREATE TRIGGER {full} BEFORE {event} ON {table} FOR EACH {each} EXECUTE FUNCTION {full}()"
        triggers.append(Trigger(full, table, (function, trigger)))
    return triggers
