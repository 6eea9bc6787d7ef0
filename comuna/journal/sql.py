"""Short ways to the database for what happens at every act.

The object mapper costs several times what SQLite does for a row (``comuna bench door`` measures it), so
the door and the pens use these: one prepared INSERT a table, one row by one SELECT. On SQLite they go to
the driver itself, inside the mapper's transaction and with its errors, except where somebody counts or
logs statements.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from functools import cache, lru_cache, partial
from operator import attrgetter, itemgetter
from typing import Any, NamedTuple, TypeVar
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connection, connections, models
from django.db.models.base import ModelState

M = TypeVar("M", bound=models.Model)

_ROWS_AT_ONCE = 500
_MANY_ROWS = 10_000
_CACHE_OF_MANY_KIB = 65_536
"""While so many rows go in at once: their keys stand all over the indexes, whose pages would be written and read anew
again and again."""


class _OfThread(threading.local):
    """The connection of each thread, looked up once: the mapper's own table of them costs more than a row."""

    def __init__(self) -> None:
        here: Any = connections[DEFAULT_DB_ALIAS]
        self.here = here
        if here.vendor == "sqlite":
            here.Database.register_adapter(UUID, attrgetter("hex"))  # as the mapper writes them
            for kind, as_it_is in ((bytes, bytes), (bool, int), (type(None), lambda nothing: nothing)):
                here.Database.register_adapter(kind, as_it_is)  # else the driver looks for one at each value


_of_thread = _OfThread()


def here() -> Any:
    """This thread's connection of the mapper's."""
    return _of_thread.here


def insert_row(model: type[models.Model], row: Mapping[str, Any]) -> None:
    """Insert a row given as attribute name to value; missing columns take their default. Constraints hold as ever."""
    here = _of_thread.here
    sql, marked, defaults, in_order, prepared = _insert_into(model, here.vendor)
    values = in_order(row if len(row) == len(defaults) else {**defaults, **row})
    _run(here, sql, marked, _prepared_values(values, prepared, here) if prepared else values)


def insert(model: type[models.Model], rows: Sequence[Mapping[str, Any]]) -> None:
    """The same for several rows, or none."""
    if len(rows) < 2:
        for row in rows:
            insert_row(model, row)
        return
    here = _of_thread.here
    sql, _text, defaults, in_order, prepared = _insert_into(model, here.vendor)
    values: list[Sequence[Any]] = [in_order(row if len(row) == len(defaults) else {**defaults, **row}) for row in rows]
    if prepared:
        values = [_prepared_values(row, prepared, here) for row in values]
    _many(here, sql, values)


def insert_rows(
    model: type[models.Model], names: tuple[str, ...], of_all: Mapping[str, Any], rows: Sequence[tuple[Any, ...]]
) -> None:
    """Many rows, each the values of ``names``, with those columns that all of them have alike. Values go to the driver
    as they are."""
    here = _of_thread.here
    fields = [_field_of(model, name) for name in (*of_all, *names)]
    assert len(fields) == len(model._meta.concrete_fields) and all(_prepared(one) is _as_it_is for one in fields)
    columns, marks = ", ".join(f'"{one.column}"' for one in fields), ", ".join(["%s"] * len(fields))
    alike = tuple([uuid_value(one) if isinstance(one, UUID) else one for one in of_all.values()])
    _many(here, f'INSERT INTO "{model._meta.db_table}" ({columns}) VALUES ({marks})', [(*alike, *row) for row in rows])


def _many(here: Any, sql: str, values: Sequence[Sequence[Any]]) -> None:
    driver = driver_of(here)
    if driver is not None:
        try:
            with _room_for(driver, len(values)):
                driver.executemany(_marked(sql), values)
        except Exception:
            with here.wrap_database_errors:
                raise
        return
    with here.cursor() as cursor:
        for start in range(0, len(values), _ROWS_AT_ONCE):
            cursor.executemany(sql, values[start : start + _ROWS_AT_ONCE])


@contextmanager
def _room_for(driver: Any, rows: int) -> Iterator[None]:
    if rows < _MANY_ROWS:
        yield
        return
    (before,) = driver.execute("PRAGMA cache_size").fetchone()
    driver.execute(f"PRAGMA cache_size=-{_CACHE_OF_MANY_KIB:d}")
    try:
        yield
    finally:
        driver.execute(f"PRAGMA cache_size={before:d}")


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
    driver = driver_of(here)
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
    driver = driver_of(here)
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


def driver_of(here: Any) -> Any:
    """The driver's own connection; None where a statement has to go the mapper's way: another engine, statements
    noted, or nothing open yet."""
    if here.vendor != "sqlite" or here.force_debug_cursor or here.needs_rollback or here.execute_wrappers:
        return None
    return here.connection


@lru_cache(maxsize=1024)
def _marked(sql: str) -> str:
    """With the driver's own mark for a parameter."""
    return sql.replace("%s", "?")


class _Insert(NamedTuple):
    sql: str  # with the mapper's marks
    marked: str  # with the driver's
    defaults: dict[str, Any]
    in_order: Callable[[Mapping[str, Any]], tuple[Any, ...]]  # the values of a row
    prepared: list[tuple[int, Any]]  # the places whose values are prepared for the engine


@cache
def _insert_into(model: type[models.Model], vendor: str) -> _Insert:
    fields = model._meta.concrete_fields
    assert not any(field.has_default() and callable(field.default) for field in fields), "no default is made anew"
    names = ", ".join(f'"{field.column}"' for field in fields)
    marks = ", ".join(["%s"] * len(fields))
    sql = f'INSERT INTO "{model._meta.db_table}" ({names}) VALUES ({marks})'
    defaults = {field.attname: field.get_default() for field in fields}
    in_order = itemgetter(*[field.attname for field in fields])
    places = [(place, _prepared(field)) for place, field in enumerate(fields)]
    return _Insert(sql, _marked(sql), defaults, in_order, [one for one in places if one[1] is not _as_it_is])


def _prepared_values(values: Sequence[Any], prepared: list[tuple[int, Any]], here: Any) -> list[Any]:
    given = list(values)
    for place, prepare in prepared:
        given[place] = prepare(given[place], here)
    return given


def _prepared(field: models.Field[Any, Any]) -> Any:
    """Value to parameter. Text, whole numbers, yes and no, ids and days go as they are; the rest asks the field."""
    if isinstance(field, models.ForeignKey):
        return _prepared(field.target_field)
    return _as_it_is if type(field) in _AS_THEY_ARE else field.get_db_prep_save


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
    models.UUIDField,
    models.DateField,
)


def _as_it_is(value: Any, _connection: Any) -> Any:
    return value


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


def joined_rows(model: type[M], others: str, joins: str, where: str, *parameters: Any) -> list[tuple[Any, ...]]:
    """The same, each followed by columns of other tables as the driver gives them: one statement."""
    here = _of_thread.here
    sql, names, converters = _select_from(model, here.vendor)
    columns, of, table = sql.rpartition(" FROM ")
    found = rows(f"{columns}, {others}{of}{table} {joins} WHERE {where}", *parameters)
    count = len(names)
    return [(_as_object(model, names, converters, row[:count]), *row[count:]) for row in found]


def marks(values: Collection[Any]) -> str:
    """For ``IN (...)``: a mark for each of these parameters, of which there is one at least."""
    return ", ".join(["%s"] * len(values))


def count_of(model: type[models.Model], commune: UUID) -> int:
    """How many rows of a table are a commune's. SQLite counts all rows of a table by its pages, and those with a value
    one by one: so those of other communes, of which there are none or few, are taken away."""
    table, key = f'"{model._meta.db_table}"', uuid_value(commune)
    found = one(
        f"SELECT (SELECT COUNT(*) FROM {table}) - (SELECT COUNT(*) FROM {table} WHERE commune < %s)"
        f" - (SELECT COUNT(*) FROM {table} WHERE commune > %s)",
        key,
        key,
    )
    assert found is not None
    return int(found[0])


def _as_object(model: type[M], names: list[str], converters: list[tuple[int, Callable[[Any], Any]]], row: Any) -> M:
    """Made as a pickled one is made again: without defaults, and without signals, for which nothing here waits."""
    values = list(row)
    for place, convert in converters:
        if values[place] is not None:
            values[place] = convert(values[place])
    found = model.__new__(model)
    found.__dict__.update(zip(names, values, strict=True), _state=ModelState())
    found._state.db, found._state.adding = DEFAULT_DB_ALIAS, False
    return found


@cache
def _select_from(model: type[models.Model], vendor: str) -> tuple[str, list[str], list[tuple[int, Any]]]:
    """The SELECT, its columns' attributes, and for each place that needs it how the engine's value is converted."""
    fields = model._meta.concrete_fields
    converters = [(place, convert) for place, field in enumerate(fields) for convert in _converters(field)]
    table = f'"{model._meta.db_table}"'
    names = ", ".join(f'{table}."{field.column}"' for field in fields)
    sql = f"SELECT {names} FROM {table}"
    return sql, [field.attname for field in fields], converters


def _converters(field: models.Field[Any, Any]) -> list[Callable[[Any], Any]]:
    """Turn the engine's value into the mapper's, one after the other. Ids go the short way."""
    if isinstance(field, models.ForeignKey):
        return _converters(field.target_field)
    column, here = field.get_col(field.model._meta.db_table), _of_thread.here
    theirs = [*here.ops.get_db_converters(column), *column.get_db_converters(here)]
    if theirs and type(field) is models.UUIDField:
        return [uuid_of]
    return [partial(_converted, convert, column) for convert in theirs]


def _converted(convert: Callable[[Any, Any, Any], Any], column: Any, value: Any) -> Any:
    return convert(value, column, _of_thread.here)


def rows(sql: str, *parameters: Any) -> list[tuple[Any, ...]]:
    """All rows of a SELECT."""
    found: list[tuple[Any, ...]] = _found(_of_thread.here, sql, parameters, all_rows=True)
    return found


def day_of(value: str | None) -> date | None:
    """A day that was selected as ``CAST(... AS TEXT)``, the same on both engines."""
    return date.fromisoformat(value) if value else None
