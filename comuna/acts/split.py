"""An act to bytes and back: what is public stays in the record, what is private goes into parts.

``split`` gives the public values and the private parts of fields or facts; ``join`` puts them together
again. Joining checks nothing: the past was checked when it happened, and a field type that has become
stricter must not make it unreadable. Erased words come back blank.

A slot says where a part belongs: ``fields``, ``facts``, ``fields.rows.12``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from typing import Any, NamedTuple, TypeVar
from uuid import UUID

from pydantic import BaseModel

from comuna.acts.act import Act, act_of, performed_key
from comuna.acts.fields import Field, Kind, Row, fields_of
from comuna.journal import canonical, sealing
from comuna.journal.chain import Part

B = TypeVar("B", bound=BaseModel)

Words = Mapping[str, Mapping[str, Any]]
"""Slot to the private values that belong there, of all audiences together."""
Subjects = Mapping[str, UUID]
"""Slot to whom its parts are about."""


def split(values: BaseModel, slot: str, subject: UUID) -> tuple[dict[str, Any], list[Part]]:
    """Public values and private parts of an act's fields or facts. ``subject`` is whom they are about
    where neither they nor a row say otherwise: the act itself."""
    if not fields_of(type(values)):
        return {}, []
    parts: list[Part] = []
    public = _split(values, slot, about(values, subject), None, parts)
    return public, parts


def _split(values: BaseModel, slot: str, subject: UUID, inherited: str | None, parts: list[Part]) -> dict[str, Any]:
    given, plan = values.__dict__, _plan(type(values), inherited)
    public = {name: plain(given[name]) if plain else given[name] for name, plain in plan.public}
    for name, kind, many, audience in plan.inside:
        value = given[name]
        if kind is Kind.ROW:
            rows = value if many else (() if value is None else (value,))
            inside = [
                _split(row, f"{slot}.{name}.{n}", about(row, subject), audience, parts) for n, row in enumerate(rows)
            ]
            public[name] = inside if audience is None else len(inside)
        else:
            # about what the act will be about once it is done, so that erasing its words reaches those of its proposal
            inside_act = _split(value, f"{slot}.{name}", about(value, performed_key(subject)), None, parts)
            public[name] = {"verb": value.verb, "version": value.version, "fields": inside_act}
    for audience, fields in plan.private.items():
        words = {
            name: plain(value) if plain else value
            for name, plain in fields
            if (value := given[name]) is not None and value != ()
        }
        if words or audience == inherited:
            parts.append(Part(audience, subject, slot, canonical.write(words)))
    return public


_Plain = tuple[str, Callable[[Any], Any] | None]
"""A field's name, and how its value becomes one that canonical JSON has; None where it is one, or an id."""


class _Plan(NamedTuple):
    """How values of a model are taken apart."""

    public: list[_Plain]
    private: dict[str, list[_Plain]]  # by audience, the inherited one first
    inside: list[tuple[str, Kind, bool, str | None]]  # rows and acts: name, kind, whether a list, audience


@cache
def _plan(model: type[BaseModel], inherited: str | None) -> _Plan:
    plan = _Plan([], {} if inherited is None else {inherited: []}, [])
    for field in fields_of(model):
        audience = field.audience or inherited
        if field.kind in (Kind.ROW, Kind.ACT):
            plan.inside.append((field.name, field.kind, field.many, audience))
        elif audience is None:
            plan.public.append((field.name, _plain(field)))
        else:
            plan.private.setdefault(audience, []).append((field.name, _plain(field)))
    return plan


def about(values: BaseModel, subject: UUID) -> UUID:
    """Whom an act or a row says its private words are about; ``subject`` where it does not say."""
    name = _says_about(type(values))
    return getattr(values, name) if name else subject


@cache
def _says_about(model: type[BaseModel]) -> str | None:
    """The field that says whom its words are about."""
    return model.about if issubclass(model, Act) else getattr(model, "subject", None)


def _plain(field: Field) -> Callable[[Any], Any] | None:
    """The reverse of ``_reader``, for what canonical JSON does not write by itself."""
    one = _PLAIN.get(field.kind)
    if one is None:
        return None
    if field.many:
        return lambda values: [one(value) for value in values]
    return lambda value: None if value is None else one(value)


_PLAIN: dict[Kind, Callable[[Any], Any]] = {Kind.DAY: date.isoformat, Kind.CHOICE: str}


def seal_all(values: B, act: UUID, slot: str) -> B:
    """A copy in which every Sealed word is ciphertext. ``act`` and ``slot`` are where the words belong."""
    sealed: dict[str, Any] = {}
    for field in _to_seal(type(values)):
        value = getattr(values, field.name)
        if value is None:
            continue
        place = f"{slot}.{field.name}"
        if field.kind is Kind.ROW:
            rows = value if field.many else (value,)
            done = tuple(seal_all(row, act, f"{place}.{n}") for n, row in enumerate(rows))
            sealed[field.name] = done if field.many else done[0]
        elif field.kind is Kind.ACT:
            sealed[field.name] = seal_all(value, act, place)
        else:
            sealed[field.name] = sealing.seal(value, f"{act}.{place}")
    return values.model_copy(update=sealed) if sealed else values


@cache
def _to_seal(model: type[BaseModel]) -> list[Field]:
    """The fields in which something may be sealed."""
    return [f for f in fields_of(model) if f.sealed or f.kind is Kind.ACT or (f.row is not None and _to_seal(f.row))]


def join(model: type[B], public: Mapping[str, Any], slot: str, words: Words, subjects: Subjects) -> B:
    """The act or facts again, unchecked."""
    values: dict[str, Any] = {}
    here = words.get(slot, {})
    for name, field, read in _readers(model):
        if field.kind is Kind.ROW:
            values[name] = _join_rows(field, public.get(name), f"{slot}.{name}", words, subjects)
        elif field.kind is Kind.ACT:
            inside = public[name]
            values[name] = join(act_of(inside["verb"]), inside["fields"], f"{slot}.{name}", words, subjects)
        elif name in here:
            values[name] = read(here[name])
        elif name in public:
            values[name] = read(public[name])
        else:
            values[name] = field.blank
    return model.model_construct(**values)


def _join_rows(field: Field, public: Any, slot: str, words: Words, subjects: Subjects) -> Any:
    assert field.row is not None
    lines = [{}] * public if isinstance(public, int) else list(public or ())
    rows = tuple(_join_row(field.row, line, f"{slot}.{n}", words, subjects) for n, line in enumerate(lines))
    if field.many:
        return rows
    return rows[0] if rows else None


def _join_row(model: type[Row], line: Mapping[str, Any], slot: str, words: Words, subjects: Subjects) -> Row:
    row = join(model, line, slot, words, subjects)
    if model.subject and getattr(row, model.subject) is None and slot in subjects:
        return row.model_copy(update={model.subject: subjects[slot]})
    return row


@cache
def _readers(model: type[BaseModel]) -> list[tuple[str, Field, Callable[[Any], Any]]]:
    return [(field.name, field, _reader(field)) for field in fields_of(model)]


def _reader(field: Field) -> Callable[[Any], Any]:
    one: Callable[[Any], Any] = _identity
    if field.kind is Kind.ID:
        one = UUID
    elif field.kind is Kind.DAY:
        one = date.fromisoformat
    elif field.kind is Kind.CHOICE and field.choices is not None:
        one = field.choices
    if field.many:
        return lambda values: tuple(one(value) for value in values)
    return lambda value: None if value is None else one(value)


def _identity(value: Any) -> Any:
    return value


def unseal_all(values: B) -> B:
    """The reverse of ``seal_all``. Raises sealing.Unreadable without the home's key."""
    opened: dict[str, Any] = {}
    for field in _to_seal(type(values)):
        value = getattr(values, field.name)
        if value is None:
            continue
        if field.kind is Kind.ROW:
            done = tuple(unseal_all(row) for row in (value if field.many else (value,)))
            opened[field.name] = done if field.many else done[0]
        elif field.kind is Kind.ACT:
            opened[field.name] = unseal_all(value)
        else:
            opened[field.name] = sealing.open_sealed(value)
    return values.model_copy(update=opened) if opened else values
