"""Whether the database has the tables, indexes, views and triggers that this program makes, and no others.

A view under a table's name, a rule, an index with another order or a trigger of somebody's own changes what
pages read without changing a row. So a blank database is made beside (in memory on SQLite, of temporary
tables on PostgreSQL) and the engine's own catalogue of both is compared, object by object.

It cannot find what leaves no trace in the catalogue: a changed engine, or another program's lies.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

from django.core.management import call_command
from django.db import connection, connections

from comuna.journal import scrub, triggers

Schema = dict[tuple[str, str], str]
"""(kind, name) of every object, and how it was made, in the engine's own words."""

_BLANK = "blank"


def faults() -> list[str]:
    """In words: every object that is missing, that reads differently, or that this program never made."""
    read = _read_postgresql if connection.vendor == "postgresql" else _read_sqlite
    with connection.cursor() as cursor:
        here = read(cursor, _HERE)
        found = _beyond(cursor) if connection.vendor == "postgresql" else []
    return sorted(found + list(_compared(here, _wanted(connection.vendor))))


@cache
def _wanted(vendor: str) -> Schema:
    """What this program makes; it stays the same as long as the process lives."""
    with _blank() as cursor:
        made = _read_postgresql(cursor, _TEMPORARY) if vendor == "postgresql" else _read_sqlite(cursor)
    return made | _wanted_triggers()


def _compared(here: Schema, wanted: Schema) -> Iterator[str]:
    for (kind, name), text in wanted.items():
        now = here.get((kind, name))
        if now is None:
            yield f"the {kind} {name} is missing"
        elif now != text:
            yield f"the {kind} {name} was altered"
    for kind, name in here:
        if (kind, name) not in wanted:
            yield f"the {kind} {name} was added: this program does not make it"


@contextmanager
def _blank() -> Iterator[Any]:
    """A cursor on newly made tables that nobody else sees and that are gone afterwards."""
    settings = {**connection.settings_dict, "OPTIONS": dict(connection.settings_dict.get("OPTIONS", {}))}
    if connection.vendor == "postgresql":
        settings["OPTIONS"]["options"] = "-c search_path=pg_temp"
    else:
        settings |= {"NAME": ":memory:", "OPTIONS": {}}
    connections.databases[_BLANK] = settings
    try:
        call_command("migrate", database=_BLANK, verbosity=0, interactive=False)
        with connections[_BLANK].cursor() as cursor:
            yield cursor
    finally:
        connections[_BLANK].close()
        del connections[_BLANK]
        del connections.databases[_BLANK]


def _wanted_triggers() -> Schema:
    if connection.vendor == "sqlite":
        return {("trigger", trigger.name): trigger.sql[-1] for trigger in triggers.wanted()}
    wanted: Schema = {}
    for trigger in triggers.wanted():
        wanted["trigger", f"{trigger.table}.{trigger.name}"] = f"O {trigger.sql[-1]}"
        wanted["function", f"{trigger.name}()"] = f"{triggers.body_of(trigger.sql[0])} as its caller"
    wanted["function", "journal_rewrite()"] = f"{triggers.body_of(scrub.rewriting_function())} as its owner"
    return wanted


def _read_sqlite(cursor: Any, _where: str = "") -> Schema:
    cursor.execute(
        "SELECT type, name, coalesce(sql, tbl_name) FROM sqlite_master WHERE name NOT LIKE 'sqlite!_stat%' ESCAPE '!'"
    )
    return {(kind, name): text for kind, name, text in cursor.fetchall()}


_HERE = "n.nspname = current_schema()"
_TEMPORARY = "n.oid = pg_my_temp_schema()"
_POSTGRESQL = {
    "table": "SELECT c.relname, c.relkind::text || CASE c.relpersistence WHEN 'u' THEN ' unlogged' ELSE '' END"
    " || CASE WHEN c.relrowsecurity THEN ' row security' ELSE '' END"
    " FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind NOT IN ('i', 't') AND ({mine})",
    "column": "SELECT c.relname || '.' || a.attname, a.attnum::text || ' ' || format_type(a.atttypid, a.atttypmod)"
    " || ' ' || a.attnotnull::text || ' ' || a.attidentity::text || ' '"
    " || coalesce(pg_get_expr(d.adbin, d.adrelid), '') || ' ' || a.attcollation::text"
    " FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace"
    " LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum"
    " WHERE a.attnum > 0 AND NOT a.attisdropped AND c.relkind IN ('r', 'v', 'm', 'f', 'p') AND ({mine})",
    "constraint": "SELECT c.relname || '.' || k.conname, pg_get_constraintdef(k.oid) || ' ' || k.convalidated::text"
    " FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace"
    " WHERE {mine}",
    "index": "SELECT c.relname, pg_get_indexdef(c.oid) || ' ' || i.indisvalid::text FROM pg_index i"
    " JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_namespace n ON n.oid = c.relnamespace WHERE {mine}",
    "trigger": "SELECT c.relname || '.' || t.tgname, t.tgenabled::text || ' ' || pg_get_triggerdef(t.oid)"
    " FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace"
    " WHERE NOT t.tgisinternal AND ({mine})",
    "rule": "SELECT c.relname || '.' || r.rulename, pg_get_ruledef(r.oid) FROM pg_rewrite r"
    " JOIN pg_class c ON c.oid = r.ev_class JOIN pg_namespace n ON n.oid = c.relnamespace WHERE {mine}",
    "function": "SELECT p.oid::regprocedure::text, p.prosrc"
    " || CASE WHEN p.prosecdef THEN ' as its owner' ELSE ' as its caller' END"
    " || CASE WHEN p.proconfig = ARRAY[format('search_path=%I, pg_temp', current_schema())] THEN '' ELSE ' astray' END"
    " FROM pg_proc p"
    " JOIN pg_namespace n ON n.oid = p.pronamespace"
    " LEFT JOIN pg_depend e ON e.objid = p.oid AND e.deptype = 'e' WHERE e.objid IS NULL AND ({mine})",
}


def _read_postgresql(cursor: Any, where: str) -> Schema:
    found: Schema = {}
    for kind, sql in _POSTGRESQL.items():
        cursor.execute(sql.replace("{mine}", where))
        for name, text in cursor.fetchall():
            said = _RELATIONS.get(text[:1], kind) if kind == "table" else kind
            found[said, _plain(name)] = _plain(text)
    return found


_RELATIONS = {"v": "view", "m": "materialized view", "S": "sequence", "f": "foreign table", "p": "partitioned table"}


def _plain(text: str) -> str:
    """Without the name of the schema, which differs between the books and the blank beside them."""
    return re.sub(r"\b(pg_temp(_\d+)?|public)\.", "", text)


def _beyond(cursor: Any) -> list[str]:
    """Tables outside the schema in use: the search path may lead to them first."""
    cursor.execute(
        "SELECT n.nspname || '.' || c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
        " WHERE c.relkind IN ('r', 'v', 'm', 'f', 'p') AND n.nspname <> current_schema()"
        " AND n.nspname !~ '^(pg_|information_schema$)'"
    )
    return [f"the table {name} was added: this program makes none outside its schema" for (name,) in cursor.fetchall()]
