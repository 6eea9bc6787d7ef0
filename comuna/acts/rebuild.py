"""Replay: the journal alone gives the whole state again.

``replay`` writes state into an empty database; ``check`` does so in a fresh process, from an exported
bundle, without this home's keys, and holds every row against the books in use.
"""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from comuna.acts import finding
from comuna.acts.act import Performed
from comuna.acts.door import write_grounds
from comuna.acts.reading import ReadAct, read_all
from comuna.journal import bundle, rawrows
from comuna.journal.lock import one_writer, writing
from comuna.journal.models import Record
from comuna.journal.rawrows import RawRow
from comuna.journal.tables import State, of_class
from comuna.journal.verify import Finding

Progress = Callable[[int, int], None]


class StateNotEmpty(Exception):
    """Replay writes into empty state tables only."""


class ReplayFailed(Exception):
    """The journal could not be replayed; the message says why, or what the replaying process said."""


def replay(progress: Progress = lambda done, total: None) -> int:
    """Apply every record in order, in one transaction, and make what is derived from it; returns how many. Raises
    ReplayFailed, naming the record."""
    for model in of_class(State):
        if model._default_manager.exists():
            raise StateNotEmpty(model._meta.db_table)
    with writing():
        total, number = Record.objects.count(), 1
        try:
            for read in read_all(Record.objects.order_by("commune", "seq").iterator(500)):
                apply_again(read)
                progress(number, total)
                number += 1
        except Exception as error:  # whatever a foreign record may say, to whichever act
            said = str(error).split("\n")[0] or type(error).__name__
            raise ReplayFailed(f"record {number} cannot be done again: {said}") from error
        finding.build()
    return total


def apply_again(read: ReadAct) -> None:
    """One record's effects, from what it says alone."""
    performed = Performed.again(read.record, read.by, read.facts)
    write_grounds(performed, read.cites)
    read.act.apply(performed)


@dataclass(frozen=True)
class Comparison:
    """The books in use held against a replay."""

    records: int
    digest: str  # of the state in use
    replayed: str
    findings: tuple[Finding, ...]

    @property
    def equal(self) -> bool:
        return not self.findings and self.digest == self.replayed


def check(progress: Progress = lambda done, total: None) -> Comparison:
    """Export, replay in a fresh process into a blank home, compare. Raises ReplayFailed."""
    with tempfile.TemporaryDirectory(prefix="comuna-rebuild-") as folder:
        target = Path(folder) / "journal.zip"
        with one_writer():
            records = bundle.export(target, progress)
            database = _replayed_elsewhere(target, Path(folder) / "home")
            with _rows_of(database) as run:
                return compare(records, run, "sqlite")


def _replayed_elsewhere(source: Path, home: Path) -> Path:
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("DATABASE", "COMUNA_"))}
    environment |= {"COMUNA_HOME": str(home), "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    command = [sys.executable, "-m", "comuna.acts.blank", str(source)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise ReplayFailed(done.stderr.strip().splitlines()[-1] if done.stderr.strip() else "the replay stopped")
    return home / "comuna.db"


@contextmanager
def _rows_of(database: Path) -> Iterator[rawrows.Rows]:
    other = sqlite3.connect(f"file:{database}?mode=ro", uri=True)

    def run(sql: str) -> Iterator[tuple[Any, ...]]:
        yield from other.execute(sql)

    try:
        yield run
    finally:
        other.close()


def compare(records: int, run: rawrows.Rows, vendor: str) -> Comparison:
    """The state in use held, row by row, against another database of some engine."""
    found: list[Finding] = []
    ours, theirs = [], []
    for model in of_class(State):
        here, there = rawrows.TableDigest(), rawrows.TableDigest()
        left, right = map(here.take, rawrows.rows(model)), map(there.take, rawrows.rows(model, run, vendor))
        found.extend(_differences(model._meta.db_table, left, right))
        ours.append([model._meta.db_table, here.hex()])
        theirs.append([model._meta.db_table, there.hex()])
    return Comparison(records, rawrows.digest_of(ours), rawrows.digest_of(theirs), tuple(found))


def _differences(table: str, ours: Iterator[RawRow], theirs: Iterator[RawRow]) -> Iterator[Finding]:
    """Walk both tables in key order, side by side, each to its end."""
    left, right = next(ours, None), next(theirs, None)
    while left is not None or right is not None:
        if left is not None and isinstance(left["id"], rawrows.Odd | None):
            yield Finding(table, str(left["id"]), "column id: not a key as this program writes it")
            left = next(ours, None)
        elif right is None or (left is not None and str(left["id"]) < str(right["id"])):
            assert left is not None
            yield Finding(table, str(left["id"]), "no act of the journal makes this row")
            left = next(ours, None)
        elif left is None or str(left["id"]) > str(right["id"]):
            yield Finding(table, str(right["id"]), "the row is missing although the journal makes it")
            right = next(theirs, None)
        else:
            yield from _columns(table, left, right)
            left, right = next(ours, None), next(theirs, None)


def _columns(table: str, ours: RawRow, theirs: RawRow) -> Iterator[Finding]:
    for name, value in ours.items():
        if value != theirs[name]:
            yield Finding(table, str(ours["id"]), f"column {name}: differs from what the journal makes")
