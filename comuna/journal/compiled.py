"""Questions to the object mapper that acts ask again and again: written as a queryset, compiled once.

Making a queryset and its SQL costs the mapper five to ten times what SQLite needs for the answer; with other values
the SQL is the same. So a question is given as a function that makes the queryset, and the types of its values: it is
called once, with values that stand for others, and from then on only the SQL is run.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, Generic, NamedTuple, TypeVar
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS
from django.db.models import QuerySet
from django.db.models.query import FlatValuesListIterable, ModelIterable, ValuesListIterable, get_related_populators

from comuna.journal import sql

T = TypeVar("T")

_STAND_FOR: dict[type, Callable[[int], Any]] = {
    UUID: lambda place: UUID(int=(0xC0_4D_BA_5E << 96) + place),
    str: lambda place: f"\N{SYMBOL FOR SUBSTITUTE}{place}",
    int: lambda place: 1_987_654_321 + place,
    date: lambda place: date(1, 1, 1 + place),
}
"""Values that no question holds by itself."""


class _Text(NamedTuple):
    """SQL, where which value goes in it, and how a row becomes what the queryset would give."""

    sql: str
    places: list[tuple[int | None, Any]]  # the number of a value, or None and what stands there always
    converters: list[tuple[int, list[Any], Any]]
    read: Callable[[list[Any]], Any]


class Compiled(Generic[T]):
    """A question with values of these types, none of them None. It may end in ``values_list`` and use
    ``select_related``, not ``prefetch_related``, nor an ``__in`` of a list."""

    def __init__(self, build: Callable[..., QuerySet[Any, T]], *types: type) -> None:
        self._build, self._types = build, types
        self._texts: dict[tuple[str, bool], _Text] = {}

    def rows(self, *values: Any) -> list[T]:
        """Everything that is found, in the queryset's order."""
        return self._asked(values, only_whether=False)

    def first(self, *values: Any) -> T | None:
        """The first that is found; of a queryset without an order any."""
        found = self.rows(*values)
        return found[0] if found else None

    def exists(self, *values: Any) -> bool:
        return bool(self._asked(values, only_whether=True))

    def _asked(self, values: tuple[Any, ...], *, only_whether: bool) -> list[Any]:
        """What the queryset would give, or rows of which only matters whether there is one."""
        here = sql.here()
        text = self._texts.get((here.vendor, only_whether))
        if text is None:
            text = self._texts[here.vendor, only_whether] = self._compile(only_whether=only_whether)
        given = [_given(values[number]) if number is not None else fixed for number, fixed in text.places]
        found: list[Any] = sql.rows(text.sql, *given)
        if text.converters and not only_whether:
            found = [_converted(row, text.converters, here) for row in found]
        return found if only_whether else [text.read(row) for row in found]

    def _compile(self, *, only_whether: bool) -> _Text:
        stand = [_STAND_FOR[one](place) for place, one in enumerate(self._types)]
        found: Any = self._build(*stand)
        assert not found._prefetch_related_lookups, "a second statement is a question of its own"
        query = found.query.exists() if only_whether else found.query
        compiler = query.get_compiler(DEFAULT_DB_ALIAS)
        text, parameters = compiler.as_sql()
        assert "%%" not in text, "the driver's marks are put in by replacing"
        known = {_plain(one): number for number, one in enumerate(stand)}
        places = [(known.get(_plain(one)), one) for one in parameters]
        assert {number for number, _ in places} >= set(range(len(stand))), "every value is asked for"
        converters = compiler.get_converters([one[0] for one in compiler.select])
        return _Text(
            text,
            places,
            [(place, convert, column) for place, (convert, column) in converters.items()],
            tuple if only_whether else _reader(found, compiler),
        )


def _given(value: Any) -> Any:
    return sql.uuid_value(value) if isinstance(value, UUID) else value


def _plain(value: Any) -> Any:
    """The same for a value and for what an engine's field makes of it."""
    if isinstance(value, UUID):
        return value.hex
    return value.isoformat() if isinstance(value, date) else value


def _converted(row: tuple[Any, ...], converters: list[tuple[int, list[Any], Any]], here: Any) -> list[Any]:
    values = list(row)
    for place, several, column in converters:
        for convert in several:
            values[place] = convert(values[place], column, here)
    return values


def _reader(found: QuerySet[Any, Any], compiler: Any) -> Callable[[list[Any]], Any]:
    """As the queryset's own iterators do it."""
    if found._iterable_class is FlatValuesListIterable:
        return lambda row: row[0]
    if found._iterable_class is ValuesListIterable:
        return tuple
    assert found._iterable_class is ModelIterable, "rows or values"
    select, info = compiler.select, compiler.klass_info
    first, last = info["select_fields"][0], info["select_fields"][-1] + 1
    names = [one[0].target.attname for one in select[first:last]]
    populators: Any = get_related_populators  # its types are those of a later release
    related = populators(info, select, DEFAULT_DB_ALIAS)

    def read(row: list[Any]) -> Any:
        made = info["model"].from_db(DEFAULT_DB_ALIAS, names, row[first:last])
        for one in related:
            one.populate(row, made)
        return made

    return read
