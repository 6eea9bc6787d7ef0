"""``comuna bench [NAME] [--json]``: how fast the program is, each figure beside a peer measured in the same run.

A figure alone says more about the computer than about the program; a ratio travels. Every bench runs in a process
and a throw-away home of its own, beside the home in use, on the same disk.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from importlib import import_module
from pathlib import Path
from typing import Protocol, cast

from comuna.cli import Failed

HELP = "measure how fast the program is, beside a peer"
NAMES = ("door", "replay", "verify", "pages", "search", "assemblies", "treasury", "idle")


@dataclass(frozen=True)
class Figure:
    """One thing measured: the median of several runs."""

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
    """What each bench's module offers. The home is empty, and nothing of Django has been set up."""

    def measure(self, home: Path) -> list[Figure]: ...


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", nargs="?", choices=NAMES, help="one of them; all when left out")
    parser.add_argument("--json", action="store_true", help="for machines")


def run(options: argparse.Namespace) -> int:
    figures: list[Figure] = []
    for name in [options.name] if options.name else NAMES:
        found = _measured(name) if options.name else _in_a_process_of_its_own(name)
        figures.extend(found)
        if not options.json:
            print("\n".join(table_lines(figure) for figure in found), flush=True)
    if options.json:
        print(json.dumps([asdict(figure) | {"ratio": figure.ratio} for figure in figures], indent=1))
    return 0 if all(figure.met is not False for figure in figures) else 1


def _measured(name: str) -> list[Figure]:
    bench = cast(Bench, import_module(f"comuna.cli.bench.{name}"))
    with throw_away_home() as home:
        os.environ["COMUNA_HOME"] = str(home)
        os.environ.pop("DATABASE_URL", None)
        return bench.measure(home)


def _in_a_process_of_its_own(name: str) -> list[Figure]:
    """Raises Failed with what the process said."""
    command = [sys.executable, "-m", "comuna.cli", "bench", name, "--json"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    try:
        said = json.loads(done.stdout)
    except ValueError:
        raise Failed(f"bench {name}: {done.stderr.strip()}") from None
    return [Figure(**{key: value for key, value in one.items() if key != "ratio"}) for one in said]


@contextmanager
def throw_away_home() -> Iterator[Path]:
    """A folder on the disk where the home in use lies: a disk in memory would make syncing look free."""
    beside = Path(os.environ.get("COMUNA_HOME") or Path.home() / ".comuna").absolute().parent
    with tempfile.TemporaryDirectory(prefix="comuna-bench-", dir=beside if beside.is_dir() else None) as folder:
        yield Path(folder)


def table_lines(figure: Figure) -> str:
    """A figure for people: what, beside what, against which target, and what limits it."""
    lines = [f"{figure.name:<24}{_number(figure.ours):>12} {figure.unit}"]
    if figure.peer is not None:
        lines.append(f"{'':4}{figure.peer_is}: {_number(figure.peer)} {figure.unit}; ours is {figure.ratio:.0%} of it")
    if figure.target:
        said = {True: "met", False: "MISSED", None: "not judged"}[figure.met]
        lines.append(f"{'':4}target {figure.target}: {said}")
    lines.append(f"{'':4}limited by {figure.limit}")
    return "\n".join(lines)


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 or value == int(value) else f"{value:,.1f}"
