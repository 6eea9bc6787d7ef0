"""What rooms above this one add to the minutes of a session that decided something of theirs, and to its decisions.

Minutes are printed here; what an election was, with its votes and its papers, is known above. When the program
starts such a room names a module of its own, which has six functions:

* ``parts(stands, full_names)`` gives what stands on the minutes of that session;
* ``counters(stands)`` the people who counted in it;
* ``acts(stands)`` the acts that those parts tell of in full;
* ``papers(stands)`` gives what lies before the session under an item of its agenda, on the agenda's page and paper too;
* ``of_decision(resolution, day)`` gives what stands on the page of a decision, as it is on that day;
* ``changed_outside(session)`` says, as ``assemblies.holding`` does, which of its own rows no record says so.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID

if TYPE_CHECKING:
    from comuna.assemblies.queries import Standing
    from comuna.look.frame import Words
    from comuna.look.parts import Part


class Paper(NamedTuple):
    """What lies before a session under an item: what it is, and the path of its page."""

    item: UUID
    words: Words
    path: str


_modules: list[str] = []


def add(module: str) -> None:
    """Called once by each such room, when it is ready. The module is loaded with the first minutes."""
    _modules.append(module)


def _loaded() -> list[Any]:
    return [import_module(name) for name in _modules]


def parts_of(stands: Standing, full_names: bool = False) -> list[Part]:
    return [part for module in _loaded() for part in module.parts(stands, full_names)]


def counters_of(stands: Standing) -> list[UUID]:
    return [person for module in _loaded() for person in module.counters(stands)]


def told_by(stands: Standing) -> set[UUID]:
    return {act for module in _loaded() for act in module.acts(stands)}


def papers_under(stands: Standing) -> dict[UUID, list[Paper]]:
    """By item, in the order in which they were put there."""
    found: dict[UUID, list[Paper]] = {}
    for module in _loaded():
        papers: Iterable[Paper] = module.papers(stands)
        for paper in papers:
            found.setdefault(paper.item, []).append(paper)
    return found


def of_decision(resolution: UUID, day: date) -> list[Part]:
    """What came of a decision elsewhere."""
    return [part for module in _loaded() for part in module.of_decision(resolution, day)]


def changed_in(session: UUID) -> list[str]:
    return [words for module in _loaded() for words in module.changed_outside(session)]
