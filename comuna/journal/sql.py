"""Short ways to the database for what happens at every act.

The object mapper costs several times what SQLite does for a row (``comuna bench door`` measures it), so
the door and the pens use these: one prepared INSERT a table, one row by one SELECT. On SQLite they go to
the driver itself, inside the mapper's transaction and with its errors, except where somebody counts or
logs statements.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import date
from functools import cache, lru_cache
from typing import Any, TypeVar
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connection, connections, models, transaction

M = TypeVar("M", bound=models.Model)

_ROWS_AT_ONCE = 500


class _OfThread(threading.local):
    """The connection of each thread, looked up once: the mapper's own table of them costs more than a row."""

    def __init__(self) -> None:
        self.here: Any = connections[DEFAULT_DB_ALIAS]


_of_thread = _OfThread()


def in_one_transaction() -> AbstractContextManager[Any]:
    """As the mapper's ``atomic``, by its outermost block's short way where the driver itself is spoken to."""
    here = _of_thread.here
    if _driver(here) is None or here.in_atomic_block or not here.autocommit:
        return transaction.atomic()
    return _Outermost(here)


class _Outermost:
    """One transaction on SQLite, begun and ended by the driver; inside it the mapper knows that it is in a block. Its
    own outermost block takes some fifty steps more, at every act (``comuna bench door``)."""

    def __init__(self, here: Any) -> None:
        self._here, self._driver = here, here.connection
        self._block = transaction.atomic(savepoint=False)

    def __enter__(self) -> None:
        here = self._here
        try:
            self._driver.execute("BEGIN IMMEDIATE")
        except Exception:
            with here.wrap_database_errors:
                raise
        here.autocommit = False
        self._block.__enter__()

    def __exit__(self, *error: Any) -> None:
        here = self._here
        self._block.__exit__(*error)
        failed = error[0] is not None or here.needs_rollback
        here.needs_rollback = False
        if here.connection is not self._driver:  # closed meanwhile: the engine has taken everything back
            return
        try:
            if failed:
                here.rollback()
            else:
                self._commit()
        except BaseException:
            here.close()  # nothing that stands open in it is ever taken for kept
            raise
        here.autocommit = True
        if here.run_on_commit:
            here.run_and_clear_commit_hooks()

    def _commit(self) -> None:
        try:
            self._driver.commit()
        except Exception:
            with self._here.wrap_database_errors:
                raise


def insert(model: type[models.Model], rows: Iterable[Mapping[str, Any]]) -> None:
    """Insert rows given as attribute name to value; missing columns take their default. Constraints hold as ever."""
    here = _of_thread.here
    sql, marked, columns, prepared = _insert_into(model, here.vendor)
    values = []
    for row in rows:
        given = [row[name] if name in row else default() for name, default in columns]
        for place, prepare in prepared:
            given[place] = prepare(given[place], here)
        values.append(given)
    if not values:
        return
    if len(values) == 1:
        _run(here, sql, marked, values[0])
        return
    driver = _driver(here)
    if driver is not None:
        try:
            driver.executemany(marked, values)
        except Exception:
            with here.wrap_database_errors:
                raise
        return
    with here.cursor() as cursor:
        for start in range(0, len(values), _ROWS_AT_ONCE):
            cursor.executemany(sql, values[start : start + _ROWS_AT_ONCE])


def update(model: type[models.Model], id: UUID, changed: Mapping[str, Any]) -> int:
    """Change columns, given as attribute name to value, of the row with that id. How many rows there were."""
    here = _of_thread.here
    sql, marked, prepares = _update_of(model, tuple(changed), here.vendor)
    values = [prepare(value, here) for prepare, value in zip(prepares, changed.values(), strict=True)]
    return _run(here, sql, marked, [*values, uuid_value(id)])


@cache
def _update_of(model: type[models.Model], names: tuple[str, ...], vendor: str) -> tuple[str, str, list[Any]]:
    fields = [_field_of(model, name) for name in names]
    marks = ", ".join(f'"{field.column}" = %s' for field in fields)
    sql = f'UPDATE "{model._meta.db_table}" SET {marks} WHERE "id" = %s'
    return sql, _marked(sql), [_prepared(field) for field in fields]


def _field_of(model: type[models.Model], name: str) -> Any:
    """The field with that name or attribute. Raises KeyError."""
    return {field.attname: field for field in model._meta.concrete_fields}[name]


def _run(here: Any, sql: str, marked: str, parameters: Sequence[Any]) -> int:
    """One statement that gives no rows. How many rows it touched."""
    driver = _driver(here)
    if driver is None:
        with here.cursor() as cursor:
            cursor.execute(sql, parameters)
            return int(cursor.rowcount)
    try:
        touched: int = driver.execute(marked, parameters).rowcount
        return touched
    except Exception:
        with here.wrap_database_errors:  # entered only for an error: it costs as much as a short statement
            raise


def _found(here: Any, sql: str, parameters: Sequence[Any], *, all_rows: bool) -> Any:
    driver = _driver(here)
    if driver is None:
        with here.cursor() as cursor:
            cursor.execute(sql, parameters)
            return cursor.fetchall() if all_rows else cursor.fetchone()
    try:
        found = driver.execute(_marked(sql), parameters)
        if all_rows:
            return found.fetchall()
        row = found.fetchone()
        found.close()  # a statement that still stands open keeps its snapshot
        return row
    except Exception:
        with here.wrap_database_errors:
            raise


def _driver(here: Any) -> Any:
    """The driver's own connection; None where a statement has to go the mapper's way: another engine, statements
    noted, or nothing open yet."""
    if here.vendor != "sqlite" or here.force_debug_cursor or here.needs_rollback or here.execute_wrappers:
        return None
    return here.connection


@lru_cache(maxsize=1024)
def _marked(sql: str) -> str:
    """With the driver's own mark for a parameter."""
    return sql.replace("%s", "?")


@cache
def _insert_into(model: type[models.Model], vendor: str) -> tuple[str, str, list[Any], list[tuple[int, Any]]]:
    """The INSERT with the mapper's marks and with the driver's, each column's attribute with its default, and the
    places whose values are prepared for the engine."""
    fields = model._meta.concrete_fields
    names = ", ".join(f'"{field.column}"' for field in fields)
    marks = ", ".join(["%s"] * len(fields))
    columns = [(field.attname, field.get_default) for field in fields]
    prepared = [
        (place, prepare) for place, field in enumerate(fields) if (prepare := _prepared(field)) is not _as_it_is
    ]
    sql = f'INSERT INTO "{model._meta.db_table}" ({names}) VALUES ({marks})'
    return sql, _marked(sql), columns, prepared


def _prepared(field: models.Field[Any, Any]) -> Any:
    """Value to parameter. Text, whole numbers, yes and no go as they are; the rest asks the field."""
    if type(field) in _AS_THEY_ARE:
        return _as_it_is
    if type(field) is models.DateField and connection.vendor == "sqlite":
        return _iso
    if isinstance(field, models.UUIDField):
        return _as_it_is if connection.features.has_native_uuid_field else _hex
    return field.get_db_prep_save


_AS_THEY_ARE = (
    models.CharField,
    models.TextField,
    models.BooleanField,
    models.IntegerField,
    models.SmallIntegerField,
    models.BigIntegerField,
    models.PositiveIntegerField,
    models.PositiveSmallIntegerField,
    models.BinaryField,
)


def _as_it_is(value: Any, _connection: Any) -> Any:
    return value


def _hex(value: UUID | None, _connection: Any) -> str | None:
    return None if value is None else value.hex


def _iso(value: date | None, _connection: Any) -> str | None:
    return None if value is None else value.isoformat()


def uuid_value(value: UUID) -> UUID | str:
    """A UUID as the engine in use takes it."""
    return value if _takes_uuids() else value.hex


@lru_cache(maxsize=4096)
def uuid_of(value: UUID | str) -> UUID:
    """The reverse: a UUID as either engine gives it. The same few are read at every act."""
    return value if isinstance(value, UUID) else UUID(value)


@cache
def _takes_uuids() -> bool:
    """Whether the engine has a type for them; it stays the same as long as the process lives."""
    return bool(connection.features.has_native_uuid_field)


def is_postgresql() -> bool:
    return bool(_of_thread.here.vendor == "postgresql")


def one(sql: str, *parameters: Any) -> tuple[Any, ...] | None:
    """The first row of a SELECT."""
    row: tuple[Any, ...] | None = _found(_of_thread.here, sql, parameters, all_rows=False)
    return row


def state_row(model: type[M], id: UUID, commune: UUID) -> M | None:
    """A row of a state table, as the object mapper gives it, at a tenth of its cost."""
    found = state_rows(model, '"id" = %s AND "commune" = %s', uuid_value(id), uuid_value(commune))
    return found[0] if found else None


def state_rows(model: type[M], where: str, *parameters: Any) -> list[M]:
    """Several rows likewise; ``where`` may go on with an order."""
    here = _of_thread.here
    sql, names, converters = _select_from(model, here.vendor)
    return [_as_object(model, names, converters, row) for row in rows(f"{sql} WHERE {where}", *parameters)]


def _as_object(model: type[M], names: list[str], converters: list[tuple[int, Any, list[Any]]], row: Any) -> M:
    values, here = list(row), _of_thread.here
    for place, column, several in converters:
        for convert in several:
            values[place] = convert(values[place], column, here)
    return model.from_db(DEFAULT_DB_ALIAS, names, values)


@cache
def _select_from(model: type[models.Model], vendor: str) -> tuple[str, list[str], list[tuple[int, Any, list[Any]]]]:
    """The SELECT, its columns' attributes, and for each place that needs it how the engine's value is converted."""
    fields = model._meta.concrete_fields
    columns = [field.get_col(model._meta.db_table) for field in fields]
    converters = [
        (place, column, [*connection.ops.get_db_converters(column), *column.get_db_converters(connection)])
        for place, column in enumerate(columns)
    ]
    names = ", ".join(f'"{field.column}"' for field in fields)
    sql = f'SELECT {names} FROM "{model._meta.db_table}"'
    return sql, [field.attname for field in fields], [one for one in converters if one[2]]


def rows(sql: str, *parameters: Any) -> list[tuple[Any, ...]]:
    """All rows of a SELECT."""
    found: list[tuple[Any, ...]] = _found(_of_thread.here, sql, parameters, all_rows=True)
    return found


def day_of(value: str | None) -> date | None:
    """A day that was selected as ``CAST(... AS TEXT)``, the same on both engines."""
    return date.fromisoformat(value) if value else None
