"""Acts a second through the whole door, beside raw SQL that writes the same rows."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

from comuna.cli.bench import Figure, commune
from comuna.cli.start import loaded

if TYPE_CHECKING:
    from comuna.acts.act import Act

ACTS = 400
STRETCH = 20
RUNS = 9
SHARE_WANTED = 0.5

Acts = list[tuple[UUID, "Act"]]
Statement = tuple[str, Sequence[Any] | Sequence[Sequence[Any]], bool]
"""SQL, its parameters, and whether these are several rows."""


def measure(home: Path) -> list[Figure]:
    members = commune.found()
    loaded()  # as the server does
    commune.keep_database(home, "founded.db")
    acts = list(commune.everyday_acts(ACTS, UUID(members[0].person)))
    commune.use_database(home, "founded.db")
    written = [statements_of(lambda one=one: commune.perform_all([one], members[0])) for one in acts]  # type: ignore[misc]  # mypy cannot infer a lambda with a default
    runs = [_run(home, acts, written, members[0]) for _run_number in range(RUNS)]
    ours, raw, sync = sorted(runs, key=lambda run: run[0] / run[1])[RUNS // 2]  # the run of the middle share
    commune.use_database(home, "founded.db")
    split = _split_of(lambda: commune.perform_all(acts, members[0]))
    return [
        Figure(
            name="door",
            ours=ours,
            unit="acts/s",
            peer=raw,
            peer_is="raw SQL writing the same rows, one transaction an act, the same connection and syncing",
            target=f"at least {SHARE_WANTED:.0%} of the peer",
            met=ours >= raw * SHARE_WANTED,
            limit=(
                f"the disk and what the peer need not do. A commit of the peer took {sync * 1000:.2f} ms with its sync;"
                f" the slower that is, the higher the share. Of an act's time {split.written:.0%} is writing rows,"
                f" {split.kept:.0%} the commit and its sync, {split.asked:.0%} asking what stands there, and"
                f" {split.rest:.0%} Python: the rules, sealing, canonical bytes, hashes and the ways to the driver (one"
                " more run, with a clock around each statement)"
            ),
        )
    ]


def _run(home: Path, acts: Acts, written: list[list[Statement]], by: commune.Member) -> tuple[float, float, float]:
    """Acts a second through the door, and as raw SQL into a copy of the same file; the mean seconds of a commit of
    the latter. They take turns by short stretches, so that a disk or processor that is busy with something else for a
    while slows both."""
    commune.use_database(home, "founded.db")
    twin = commune.beside(home, "founded.db", "raw.db")
    ours = raw = commits = 0.0
    for start in range(0, ACTS, STRETCH):
        ours += seconds(lambda: commune.perform_all(acts[start : start + STRETCH], by))  # noqa: B023  called at once
        began = time.perf_counter()
        commits += write(twin.connection, written[start : start + STRETCH])
        raw += time.perf_counter() - began
    twin.close()
    return ACTS / ours, ACTS / raw, commits / ACTS


@dataclass
class _Split:
    """Seconds in the driver, by what for; then, of an act's time, the shares."""

    asked: float = 0.0
    written: float = 0.0
    kept: float = 0.0
    rest: float = 0.0


class _Timed:
    """The driver's connection with a clock around each short statement and each commit."""

    def __init__(self, driver: Any, spent: _Split) -> None:
        self._driver, self._spent = driver, spent

    def __getattr__(self, name: str) -> Any:
        return getattr(self._driver, name)

    def execute(self, sql: str, parameters: Sequence[Any] = ()) -> Any:
        began = time.perf_counter()
        found = self._driver.execute(sql, parameters)
        took = time.perf_counter() - began
        if sql.startswith(("SELECT", "PRAGMA")):
            self._spent.asked += took
        else:
            self._spent.written += took
        return found

    def commit(self) -> None:
        began = time.perf_counter()
        self._driver.commit()
        self._spent.kept += time.perf_counter() - began


def _split_of(work: Callable[[], None]) -> _Split:
    """Where the time of a run goes. What the object mapper asks by cursors of its own counts as the rest."""
    from django.db import connection

    spent = _Split()
    driver = connection.connection
    connection.connection = _Timed(driver, spent)
    try:
        whole = seconds(work)
    finally:
        connection.connection = driver
    asked, written, kept = spent.asked / whole, spent.written / whole, spent.kept / whole
    return _Split(asked, written, kept, 1 - asked - written - kept)


def statements_of(act: Callable[[], None]) -> list[Statement]:
    """What an act writes, in its order."""
    from django.db import connection

    found: list[Statement] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Mapping[str, Any]) -> Any:
        if sql.lstrip().startswith(("INSERT", "UPDATE", "DELETE")):
            plain = [[_plain(value) for value in row] for row in (params if many else [params])]
            found.append((sql.replace("%s", "?"), plain if many else plain[0], many))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        act()
    return found


def _plain(value: Any) -> Any:
    """As SQLite has it, so that the peer converts nothing."""
    if isinstance(value, UUID):
        return value.hex
    return value.isoformat() if isinstance(value, date) else value


def write(raw: Any, transactions: list[list[Statement]]) -> float:
    """The seconds that its commits took, with their syncs."""
    commits = 0.0
    for statements in transactions:
        raw.execute("BEGIN IMMEDIATE")
        for sql, params, many in statements:
            if many:
                raw.executemany(sql, params)
            else:
                raw.execute(sql, params)
        commits += seconds(lambda: raw.execute("COMMIT"))
    return commits


def seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began
