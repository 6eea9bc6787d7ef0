"""Rows as plain text, the same on both engines, whatever somebody may have written into them.

``verify`` must be able to read a row that a database tool has spoilt, so nothing is converted to
Python values: each column is text, bytes or None. UUIDs are 32 hex digits, dates ISO, booleans
``true`` and ``false``. The digest of the state is taken over these rows.

SQLite keeps any kind of value in any column: the text '1' where a number belongs, or a UUID with hyphens,
means the same to a reader and yet no page finds it. Such a value is ``Odd``: equal to nothing that belongs there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db import connection, models

from comuna.journal import canonical
from comuna.journal.tables import State, columns_of, of_class

Text = str | bytes | None
RawRow = dict[str, Text]
Rows = Callable[[str], Iterator[tuple[Any, ...]]]
"""Runs one SELECT and gives its rows; ``live`` is the connection in use."""

_BATCH = 2_000


class Odd(str):
    """A value that this program would not have written so; the text says of what kind it is."""

    def __new__(cls, value: Any) -> Odd:
        return super().__new__(cls, f"({type(value).__name__} out of place) {value!r}")


def live(sql: str) -> Iterator[tuple[Any, ...]]:
    """Rows of the database in use, in batches."""
    with connection.chunked_cursor() as cursor:
        if connection.vendor == "sqlite":
            connection.connection.text_factory = _decoded  # for as long as this connection lives
        cursor.execute(sql)
        while batch := cursor.fetchmany(_BATCH):
            yield from batch


def _decoded(stored: bytes) -> str | bytes:
    """Text as SQLite keeps it; bytes that are no text stay bytes, so that they can be named."""
    try:
        return stored.decode()
    except UnicodeDecodeError:
        return stored


def rows(model: type[models.Model], run: Rows = live, vendor: str | None = None) -> Iterator[RawRow]:
    """All rows of a table in the order of their key."""
    names = columns_of(model)
    key = model._meta.pk
    assert key is not None
    table = model._meta.db_table
    # qualified, because PostgreSQL would sort by the cast column of the same name
    sql = f"SELECT {select_list(model, names, vendor)} FROM {table} ORDER BY {table}.{key.column}"
    tidy = [tidier(model, name, vendor) for name in names]
    for values in run(sql):
        yield {name: mend(value) for name, mend, value in zip(names, tidy, values, strict=True)}


def select_list(model: type[models.Model], names: Sequence[str], vendor: str | None = None, prefix: str = "") -> str:
    """Columns such that no engine converts them: cast to text on PostgreSQL, as stored on SQLite."""
    vendor = vendor or connection.vendor
    columns = [(_field(model, name), f'{prefix}"{_field(model, name).column}"') for name in names]
    if vendor == "sqlite":
        return ", ".join(f"+{column}" for _, column in columns)
    return ", ".join(
        column if isinstance(field, models.BinaryField) else f"CAST({column} AS TEXT)" for field, column in columns
    )


def tidier(model: type[models.Model], name: str, vendor: str | None = None) -> Callable[[Any], Text]:
    """How one column's raw value becomes the text both engines agree on, or ``Odd``."""
    field = _field(model, name)
    if (vendor or connection.vendor) == "sqlite":
        fits, plain = _sqlite_form(field)
        return lambda value: None if value is None else plain(value) if fits(value) else Odd(value)
    if isinstance(field, models.BinaryField):
        return lambda value: None if value is None else bytes(value)
    if isinstance(field, models.UUIDField) or _is_key_to_uuid(field):
        return lambda value: None if value is None else str(value).replace("-", "")
    return lambda value: None if value is None else str(value)


_HEX = re.compile("[0-9a-f]{32}")


def _sqlite_form(field: models.Field[Any, Any]) -> tuple[Callable[[Any], bool], Callable[[Any], Text]]:
    """Which stored values are written as this program writes them, and their text."""
    if isinstance(field, models.BinaryField):
        return (lambda value: type(value) is bytes), bytes
    if isinstance(field, models.UUIDField) or _is_key_to_uuid(field):
        return (lambda value: type(value) is str and _HEX.fullmatch(value) is not None), str
    if isinstance(field, models.BooleanField):
        return (lambda value: type(value) is int and value in (0, 1)), lambda value: "true" if value else "false"
    if isinstance(field, models.IntegerField):
        return (lambda value: type(value) is int), str
    if isinstance(field, models.DateField):
        return (lambda value: type(value) is str and len(value) == len("2026-02-07")), str
    return (lambda value: type(value) is str), str


def as_text(value: Any) -> Text:
    """A Python value as ``rows`` would show it."""
    if value is None or isinstance(value, bytes):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, UUID):
        return value.hex
    if isinstance(value, date):
        return value.isoformat()
    return str(value)


def state_digest() -> tuple[str, dict[str, str]]:
    """SHA-256 over every state table, and that of each table: equal books, equal digests, on any engine."""
    tables = {model._meta.db_table: table_digest(model) for model in of_class(State)}
    return digest_of([[name, digest] for name, digest in tables.items()]), tables


def digest_of(tables: list[list[str]]) -> str:
    """The digest of the whole state from (table, digest) in the order of the tables."""
    return sha256(canonical.encode(tables)).hexdigest()


def table_digest(model: type[models.Model], run: Rows = live, vendor: str | None = None) -> str:
    digest = TableDigest()
    for row in rows(model, run, vendor):
        digest.take(row)
    return digest.hex()


class TableDigest:
    """SHA-256 over rows as they pass by."""

    def __init__(self) -> None:
        self._digest = sha256()

    def take(self, row: RawRow) -> RawRow:
        plain = [value.hex() if isinstance(value, bytes) else value for value in row.values()]
        self._digest.update(canonical.write(plain) + b"\n")
        return row

    def hex(self) -> str:
        return self._digest.hexdigest()


def _field(model: type[models.Model], attname: str) -> models.Field[Any, Any]:
    return next(field for field in model._meta.concrete_fields if field.attname == attname)


def _is_key_to_uuid(field: models.Field[Any, Any]) -> bool:
    return isinstance(field, models.ForeignKey) and isinstance(field.target_field, models.UUIDField)
