"""Databases on PostgreSQL for tests that each begin with empty books.

Making one costs half a second, emptying one some milliseconds: so a database that a test is done with is emptied by
its owner and used again, unless the test changed its tables or triggers. Books that are kept between tests are kept
as rows in memory.
"""

from __future__ import annotations

import os
from typing import Any

from django.db import connection

from comuna.journal import roles
from comuna.journal.prepare import prepare

Rows = dict[str, bytes]
"""Table to its rows, as PostgreSQL copies them."""

_SHAPE = """
    SELECT md5(string_agg(line, ' ' ORDER BY line)) FROM (
        SELECT 'c' || relname || relkind::text || coalesce(relacl::text, '')
            || coalesce(obj_description(oid, 'pg_class'), '') AS line
            FROM pg_class WHERE relnamespace = current_schema()::regnamespace
        UNION ALL SELECT 'a' || attrelid::regclass::text || attname || atttypid::text || attnotnull::text
            FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
            WHERE relnamespace = current_schema()::regnamespace AND attnum > 0
        UNION ALL SELECT 't' || tgrelid::regclass::text || tgname || tgenabled::text
            FROM pg_trigger WHERE NOT tgisinternal
        UNION ALL SELECT 'k' || conrelid::regclass::text || conname || pg_get_constraintdef(oid)
            FROM pg_constraint WHERE connamespace = current_schema()::regnamespace
        UNION ALL SELECT 'r' || ev_class::regclass::text || rulename
            FROM pg_rewrite JOIN pg_class ON pg_class.oid = ev_class
            WHERE relnamespace = current_schema()::regnamespace
        UNION ALL SELECT 'p' || proname || prosrc || prosecdef::text || coalesce(proconfig::text, '')
            FROM pg_proc WHERE pronamespace = current_schema()::regnamespace
    ) AS lines
"""


class Pool:
    """Empty databases with this release's tables. Works as the owner, who is a superuser."""

    def __init__(self) -> None:
        self.count = 0
        self.idle: list[str] = []
        self.kept: dict[str, Rows] = {}
        self.template = self._named("template")
        self._create(self.template, None)
        self._enter(self.template)
        prepare()
        self.shape = self._asked(_SHAPE)
        self._leave()

    def take(self) -> str:
        """A database with empty books."""
        if self.idle:
            return self.idle.pop()
        self.count += 1
        name = self._named(str(self.count))
        self._create(name, self.template)
        return name

    def give_back(self, name: str) -> None:
        """Done with: emptied for the next one, or dropped where more than rows was changed."""
        self._enter(name)
        same = self._asked(_SHAPE) == self.shape
        if same:
            self._empty()
            self.idle.append(name)
        self._leave()
        if not same:
            self._drop(name)

    def copy(self, source: str, target: str) -> None:
        """Rows of a database, or rows that were kept, into a database or to be kept under that name."""
        rows = self.kept[source] if source in self.kept else self._rows_of(source)
        if target.startswith("kept "):
            self.kept[target] = rows
            return
        self._enter(target)
        self._empty()
        with roles.as_owner(), connection.cursor() as cursor:
            cursor.execute("SET session_replication_role = replica")
            for table, content in rows.items():
                with cursor.copy(f"COPY {table} FROM STDIN (FORMAT binary)") as sink:
                    sink.write(content)
            cursor.execute("SET session_replication_role = DEFAULT")
        self._leave()

    def close(self) -> None:
        for name in [*self.idle, self.template]:
            self._drop(name)

    def _rows_of(self, name: str) -> Rows:
        self._enter(name)
        found: Rows = {}
        with roles.as_owner(), connection.cursor() as cursor:
            for table in roles.rights():
                cursor.execute(f"SELECT EXISTS (SELECT 1 FROM {table})")
                if cursor.fetchone()[0]:
                    with cursor.copy(f"COPY {table} TO STDOUT (FORMAT binary)") as source:
                        found[table] = b"".join(bytes(part) for part in source)
        self._leave()
        return found

    def _empty(self) -> None:
        statements = [f"DELETE FROM {table};" for table in roles.rights()]
        with roles.as_owner(), connection.cursor() as cursor:
            cursor.execute(
                "SET session_replication_role = replica;"
                + "".join(statements)
                + "SET session_replication_role = DEFAULT"
            )

    def _asked(self, sql: str) -> Any:
        with connection.cursor() as cursor:
            cursor.execute(sql)
            return cursor.fetchone()[0]

    def _named(self, what: str) -> str:
        return f"comuna_test_{os.getpid()}_{what}"

    def _enter(self, name: str) -> None:
        self._leave()
        connection.settings_dict["NAME"] = name

    def _leave(self) -> None:
        connection.close()

    def _create(self, name: str, template: str | None) -> None:
        self._drop(name)
        self._outside(f"CREATE DATABASE {name}" + (f" TEMPLATE {template}" if template else ""))

    def _drop(self, name: str) -> None:
        self._outside(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")

    def _outside(self, statement: str) -> None:
        self._leave()
        with roles.as_owner(), connection._nodb_cursor() as cursor:
            cursor.execute(statement)
