"""``comuna bench [NAME] [--json]``: how fast the program is, each figure beside a peer measured in the same run.

A figure alone says more about the computer than about the program; a ratio travels. Everything happens in a
throw-away home beside the home in use, on the same disk, which is removed at the end.
"""

from __future__ import annotations

import argparse
import json
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from importlib import import_module
from pathlib import Path
from typing import Protocol, cast

HELP = "measure how fast the program is, beside a peer"
NAMES: tuple[str, ...] = ()


@dataclass(frozen=True)
class Figure:
    """One thing measured. Figures are medians of several runs."""

    name: str
    ours: float
    unit: str
    peer: float | None  # in the same unit
    peer_is: str
    target: str
    met: bool | None  # None where the project set no target
    limit: str  # what limits it, in words

    @property
    def ratio(self) -> float | None:
        return self.ours / self.peer if self.peer else None


class Bench(Protocol):
    """What each bench's module offers: one part of the whole, in a home of its own."""

    def measure(self, home: Path) -> list[Figure]: ...


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", nargs="?", choices=NAMES or None, help="one of them; all when left out")
    parser.add_argument("--json", action="store_true", help="machine-readable")


def run(options: argparse.Namespace) -> int:
    figures: list[Figure] = []
    for name in [options.name] if options.name else NAMES:
        with throw_away_home() as home:
            found = cast(Bench, import_module(f"comuna.cli.bench.{name}")).measure(home)
        figures.extend(found)
        if not options.json:
            for figure in found:
                print(table_lines(figure), flush=True)
    if options.json:
        print(json.dumps([asdict(figure) | {"ratio": figure.ratio} for figure in figures], indent=1))
    return 0 if all(figure.met is not False for figure in figures) else 1


@contextmanager
def throw_away_home() -> Iterator[Path]:
    """A folder on the disk where the home in use lies: a memory disk would make syncing look free."""
    beside = Path(os.environ.get("COMUNA_HOME") or Path.home() / ".comuna").parent
    with tempfile.TemporaryDirectory(prefix="comuna-bench-", dir=beside if beside.is_dir() else None) as folder:
        yield Path(folder)


def table_lines(figure: Figure) -> str:
    """A figure for people: what, beside what, against which target, and what limits it."""
    said = {True: "met", False: "MISSED", None: ""}[figure.met]
    lines = [f"{figure.name:<28}{_number(figure.ours):>10} {figure.unit}"]
    if figure.peer is not None:
        lines.append(f"    {figure.peer_is}: {_number(figure.peer)} {figure.unit}, ours is {figure.ratio:.0%} of it")
    if figure.target:
        lines.append(f"    target: {figure.target}: {said}")
    lines.append(f"    limited by: {figure.limit}")
    return "\n".join(lines)


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:,.1f}"
