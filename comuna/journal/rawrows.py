"""Rows as plain text, the same on both engines, whatever somebody may have written into them.

``verify`` must be able to read a row that a database tool has spoilt, so nothing is converted to
Python values: each column is text, bytes or None. UUIDs are 32 hex digits, dates ISO, booleans
``true`` and ``false``. The digest of the state is taken over these rows.
"""

from __future__ import annotations

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


def live(sql: str) -> Iterator[tuple[Any, ...]]:
    """Rows of the database in use, in batches."""
    with connection.chunked_cursor() as cursor:
        cursor.execute(sql)
        while batch := cursor.fetchmany(_BATCH):
            yield from batch


def rows(model: type[models.Model], run: Rows = live, vendor: str | None = None) -> Iterator[RawRow]:
    """All rows of a table in the order of their key."""
    names = columns_of(model)
    key = model._meta.pk
    assert key is not None
    table = model._meta.db_table
    # qualified, because PostgreSQL would sort by the cast column of the same name
    sql = f"SELECT {select_list(model, names, vendor)} FROM {table} ORDER BY {table}.{key.column}"
    tidy = [tidier(model, name) for name in names]
    for values in run(sql):
        yield {name: mend(value) for name, mend, value in zip(names, tidy, values, strict=True)}


def select_list(model: type[models.Model], names: Sequence[str], vendor: str | None = None, prefix: str = "") -> str:
    """Columns cast so that no engine converts them."""
    vendor = vendor or connection.vendor
    casts = []
    for name in names:
        field = _field(model, name)
        column = f'{prefix}"{field.column}"'
        if isinstance(field, models.BinaryField):
            casts.append(column if vendor == "postgresql" else f"CAST({column} AS BLOB)")
        else:
            casts.append(f"CAST({column} AS TEXT)")
    return ", ".join(casts)


def tidier(model: type[models.Model], name: str) -> Callable[[Any], Text]:
    """How one column's raw value becomes the text both engines agree on."""
    field = _field(model, name)
    if isinstance(field, models.BinaryField):
        return lambda value: None if value is None else bytes(value)
    if isinstance(field, models.UUIDField) or _is_key_to_uuid(field):
        return lambda value: None if value is None else str(value).replace("-", "")
    if isinstance(field, models.BooleanField):
        return lambda value: {"1": "true", "0": "false"}.get(value, value)
    return lambda value: None if value is None else str(value)


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
    digest = sha256()
    for row in rows(model, run, vendor):
        plain = [value.hex() if isinstance(value, bytes) else value for value in row.values()]
        digest.update(canonical.write(plain) + b"\n")
    return digest.hexdigest()


def _field(model: type[models.Model], attname: str) -> models.Field[Any, Any]:
    return next(field for field in model._meta.concrete_fields if field.attname == attname)


def _is_key_to_uuid(field: models.Field[Any, Any]) -> bool:
    return isinstance(field, models.ForeignKey) and isinstance(field.target_field, models.UUIDField)
