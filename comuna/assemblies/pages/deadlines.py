"""Last days that rooms above this one add to the calendar of sessions.

When the program starts such a room names a module of its own, with a function ``deadlines(commune, day, council)`` that
gives them: of one council by its slug, or of all the books.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from importlib import import_module
from uuid import UUID

_modules: list[str] = []


@dataclass(frozen=True)
class Deadline:
    """A whole day on which something has its last day."""

    id: str  # the same for as long as it is the same
    day: date
    words: str
    more: str
    href: str
    touched_at: datetime  # in UTC: when the books last said so


def add(module: str) -> None:
    """Called once by each such room, when it is ready. The module is loaded with the first calendar."""
    _modules.append(module)


def ahead(commune: UUID, day: date, council: str | None = None) -> Iterator[Deadline]:
    for name in _modules:
        yield from import_module(name).deadlines(commune, day, council)
