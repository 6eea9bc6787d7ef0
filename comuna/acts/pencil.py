"""Rows held against the records that made them, without replaying the whole journal.

A page that vouches for what it prints (minutes with the code of the books) asks here first whether its rows
are the ones that the records make: who changes a row with a database tool leaves the chain, and so the code,
as it was. ``comuna verify`` does the same for everything at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from heapq import merge
from typing import Any
from uuid import UUID

from comuna.acts.act import Performed
from comuna.acts.erasing import ErasePrivate
from comuna.acts.reading import ReadAct, read_all
from comuna.journal.models import Record
from comuna.journal.tables import State

Key = tuple[type[State], UUID]
Rows = dict[Key, dict[str, Any]]


class Pencil(Performed):
    """Notes the rows that acts would write; no row of the books is touched, and none is read by it."""

    __slots__ = ("rows",)

    rows: Rows

    def create(self, model: type[State], *, id: UUID | None = None, **columns: Any) -> None:
        self.create_many(model, [columns | {"id": id or self.id}])

    def create_many(self, model: type[State], rows: Iterable[Mapping[str, Any]]) -> None:
        for row in rows:
            self.rows[model, row["id"]] = dict(self._row(row))

    def create_rows(self, model: type[State], names: tuple[str, ...], rows: Sequence[tuple[Any, ...]]) -> None:
        said = [dict(zip(names, row, strict=True)) for row in rows]
        self.create_many(model, [{**one, "id": UUID(str(one["id"]))} for one in said])

    def update(self, model: type[State], id: UUID, **columns: Any) -> None:
        self.rows.setdefault((model, id), {}).update(columns, touched=self.seq)

    def remove(self, model: type[State], id: UUID) -> None:
        self.rows.pop((model, id), None)

    def remove_all(self, model: type[State], **which: Any) -> None:
        for key in self._with(model, which):
            del self.rows[key]

    def blank(self, model: type[State], columns: Mapping[str, Any], **about: Any) -> None:
        for key in self._with(model, about):
            self.rows[key].update(columns, **({} if about.keys() & columns.keys() else {"touched": self.seq}))

    def _with(self, model: type[State], values: Mapping[str, Any]) -> list[Key]:
        return [
            key
            for key, row in self.rows.items()
            if key[0] is model and all(row.get(name) == value for name, value in values.items())
        ]


def rows_made_by(reads: Iterable[ReadAct]) -> Rows:
    """What these acts, in the order of their numbers, leave of the rows that they make, and what has been erased of
    those since.

    For acts whose ``apply`` asks the books for nothing.
    """
    rows: Rows = {}
    for read in _and_erasures(list(reads)):
        pencil = Pencil.again(read.record, read.by, read.facts)
        pencil.rows = rows
        read.act.apply(pencil)
    return rows


def _and_erasures(reads: list[ReadAct]) -> Iterable[ReadAct]:
    if not reads:
        return reads
    first = reads[0].record
    later = Record.objects.filter(commune=first.commune, seq__gt=first.seq, verb=ErasePrivate.verb).order_by("seq")
    return merge(reads, read_all(later), key=lambda read: read.record.seq)


def misfits(standing: Iterable[State], made: Rows) -> list[str]:
    """Where the rows that stand in the books are not those that the records make: ``table.column``, each once.

    ``made`` holds rows of the same tables; columns that it does not name keep their default.
    """
    left, found = dict(made), []
    for row in standing:
        wanted = left.pop((type(row), row.pk), None)
        table = row._meta.db_table
        if wanted is None:
            found.append(table)
            continue
        found += [f"{table}.{name}" for name, value in wanted.items() if getattr(row, name) != value]
    found += [model._meta.db_table for model, _id in left]
    return sorted(set(found))
