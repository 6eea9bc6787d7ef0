"""Change one thing at a time with a database tool, and see whether ``comuna verify`` names it.

Support for ``test_tampering``: every column of every truth and state table, every row missing or added,
every trigger, every file.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db import connection, models

from comuna.journal import triggers
from comuna.journal.tables import State, Truth, of_class


@dataclass(frozen=True)
class Change:
    """One column of one row."""

    model: type[models.Model]
    column: models.Field[Any, Any]

    def __str__(self) -> str:
        return f"{self.model._meta.db_table}.{self.column.attname}"


def every_column() -> list[Change]:
    """Of every truth and state table that has a row."""
    tables = [*of_class(Truth), *of_class(State)]
    return [
        Change(model, column)
        for model in tables
        if model._default_manager.exists()
        for column in model._meta.concrete_fields
    ]


@contextmanager
def without_guards() -> Iterator[Any]:
    """A cursor with triggers and foreign keys out of the way, as whoever owns the file can have it."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET session_replication_role = replica")
            try:
                yield cursor
            finally:
                cursor.execute("SET session_replication_role = DEFAULT")
            return
        cursor.execute("PRAGMA foreign_keys=OFF")
        cursor.execute("PRAGMA ignore_check_constraints=ON")
        triggers.remove()
        try:
            yield cursor
        finally:
            cursor.execute("PRAGMA ignore_check_constraints=OFF")
            cursor.execute("PRAGMA foreign_keys=ON")
            triggers.install()


def odd_forms(change: Change) -> Iterator[tuple[str, str]]:
    """SQLite keeps any kind of value anywhere: the last row's value stands there in another form, one at a time.

    Gives the row's key and the form while it stands there; afterwards it is as before.
    """
    table, column = change.model._meta.db_table, f'"{change.column.column}"'
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT rowid, +id, +{column}, CAST({column} AS BLOB) FROM {table}"
            f" WHERE {column} IS NOT NULL ORDER BY id DESC LIMIT 1"
        )
        row = cursor.fetchone()
    if row is None:
        return
    rowid, key, stored, plain = row
    for expression in _forms_of(change.column, bytes(plain)):
        with without_guards() as cursor:
            cursor.execute(f"UPDATE {table} SET {column} = {expression} WHERE rowid = %s", [rowid])
        yield key, expression
        with without_guards() as cursor:
            cursor.execute(f"UPDATE {table} SET {column} = %s WHERE rowid = %s", [stored, rowid])


def _forms_of(column: models.Field[Any, Any], plain: bytes) -> list[str]:
    """SQL for a value that reads much the same and is not what this program writes."""
    if isinstance(column, models.BinaryField):
        return [f"'{plain.hex()}'"]
    forms = [f"x'{plain.hex()}'"]
    if isinstance(column, models.UUIDField | models.ForeignKey):
        text = plain.decode()
        return [*forms, f"'{UUID(text)}'", f"'{text.upper()}'"]
    if isinstance(column, models.IntegerField | models.BooleanField):
        return [*forms, f"{plain.decode()} + 0.5", f"'{plain.decode()} x'"]
    if isinstance(column, models.DateField):
        return [*forms, f"'{plain.decode()} 00:00:00'"]
    return [
        *forms,
        f"CAST(x'{plain.hex()}ff' AS TEXT)",
        f"'{plain.decode()}' || char(0)" if b"'" not in plain else "''",
    ]


@contextmanager
def changed(change: Change) -> Iterator[str]:
    """The last row's column holds something else; afterwards it is as before. Gives the row's key."""
    table, column = change.model._meta.db_table, f'"{change.column.column}"'
    key, before = _last_row(change)
    after = _another(change.column, before)
    if change.column.primary_key:
        with without_guards() as cursor:
            cursor.execute(f"UPDATE {table} SET {column} = %s WHERE id = %s", [after, key])
        yield str(key)
        with without_guards() as cursor:
            cursor.execute(f"UPDATE {table} SET {column} = %s WHERE id = %s", [before, after])
        return
    with without_guards() as cursor:
        cursor.execute(f"UPDATE {table} SET {column} = %s WHERE id = %s", [after, key])
        assert cursor.rowcount == 1
    yield str(key)
    with without_guards() as cursor:
        cursor.execute(f"UPDATE {table} SET {column} = %s WHERE id = %s", [before, key])


@contextmanager
def swapped(model: type[models.Model]) -> Iterator[str]:
    """The last two rows have changed their keys; afterwards each has its own."""
    table, swap = model._meta.db_table, "UPDATE {table} SET id = %s WHERE id = %s"
    one, other = (_value(key) for key in model._default_manager.order_by("-pk").values_list("pk", flat=True)[:2])
    spare = _value(uuid4())
    with without_guards() as cursor:
        cursor.executemany(swap.format(table=table), [(spare, one), (one, other), (other, spare)])
    yield str(one)
    with without_guards() as cursor:
        cursor.executemany(swap.format(table=table), [(spare, one), (one, other), (other, spare)])


@contextmanager
def removed(model: type[models.Model]) -> Iterator[str]:
    """The last row of a table is gone; afterwards it is back."""
    table = model._meta.db_table
    row = model._default_manager.order_by("-pk").first()
    assert row is not None
    with without_guards() as cursor:
        cursor.execute(f"DELETE FROM {table} WHERE id = %s", [_value(row.pk)])
    yield str(row.pk)
    with without_guards():
        row.save(force_insert=True)


@contextmanager
def added(model: type[models.Model]) -> Iterator[str]:
    """A row too many, a copy of the last under another key; afterwards it is gone."""
    row = model._default_manager.order_by("-pk").first()
    assert row is not None
    row.pk = uuid4()
    for column in model._meta.concrete_fields:
        if _is_unique(model, column) and not column.primary_key:
            setattr(row, column.attname, _python_another(getattr(row, column.attname)))
    with without_guards():
        row.save(force_insert=True)
    yield str(row.pk)
    with without_guards() as cursor:
        cursor.execute(f"DELETE FROM {model._meta.db_table} WHERE id = %s", [_value(row.pk)])


def _is_unique(model: type[models.Model], column: models.Field[Any, Any]) -> bool:
    constraints = [c for c in model._meta.constraints if isinstance(c, models.UniqueConstraint)]
    return column.unique or any(c.fields and c.fields[-1] == column.name for c in constraints)


def _python_another(value: Any) -> Any:
    if isinstance(value, UUID) or value is None:
        return uuid4()
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + 1_000_000
    if isinstance(value, date):
        return value + timedelta(days=400)
    if isinstance(value, str):
        return value + "x"
    return bytes(value) + b"x"


def _last_row(change: Change) -> tuple[Any, Any]:
    """Key and raw value of the row that sorts last, one with a value where there is one."""
    table, column = change.model._meta.db_table, f'"{change.column.column}"'
    cast = (
        column
        if isinstance(change.column, models.BinaryField) or connection.vendor != "sqlite"
        else f"CAST({column} AS TEXT)"
    )
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id, {cast} FROM {table} ORDER BY {column} IS NULL, id DESC LIMIT 1")
        key, value = cursor.fetchone()
    return key, value


def _another(column: models.Field[Any, Any], value: Any) -> Any:
    """A value of the same kind that is not the one that stands there."""
    if isinstance(column, models.BinaryField):
        raw = bytes(value or b"")
        return bytes([raw[0] ^ 1]) + raw[1:] if raw else b"x"
    if isinstance(column, models.UUIDField | models.ForeignKey):
        return _value(uuid4())
    if isinstance(column, models.BooleanField):
        return value in (False, 0, "0") if connection.vendor == "postgresql" else int(value in (False, 0, "0", None))
    if isinstance(column, models.IntegerField):
        return int(value or 0) + 1_000_000
    if isinstance(column, models.DateField):
        day = date.fromisoformat(str(value)) if value else date(2020, 1, 1)
        return (day + timedelta(days=1)).isoformat()
    text = str(value or "")
    return ("y" if text[:1] != "y" else "z") + text[1:]


def _value(key: UUID) -> Any:
    return key if connection.vendor == "postgresql" else key.hex
