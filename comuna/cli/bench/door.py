"""Acts a second through the whole door, beside raw SQL that writes the same rows."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from statistics import median
from typing import Any
from uuid import UUID

from comuna.cli.bench import Figure, commune

ACTS = 400
RUNS = 5
SHARE_WANTED = 0.5

Statement = tuple[str, Sequence[Any] | Sequence[Sequence[Any]], bool]
"""SQL, its parameters, and whether these are several rows."""


def measure(home: Path) -> list[Figure]:
    members = commune.found()
    commune.keep_database(home, "founded.db")
    acts = list(commune.everyday_acts(ACTS, UUID(members[0].person)))
    commune.use_database(home, "founded.db")
    written = [_statements_of(lambda one=one: commune.perform_all([one], members[0])) for one in acts]  # type: ignore[misc]  # mypy cannot infer a lambda with a default
    ours, raw = [], []
    for _run in range(RUNS):
        commune.use_database(home, "founded.db")
        ours.append(ACTS / _seconds(lambda: commune.perform_all(acts, members[0])))
        commune.use_database(home, "founded.db")
        raw.append(ACTS / _seconds(lambda: _write(written)))
    share = median(ours) / median(raw)
    return [
        Figure(
            name="door",
            ours=median(ours),
            unit="acts/s",
            peer=median(raw),
            peer_is="raw SQL writing the same rows, one transaction an act, the same connection and syncing",
            target=f"at least {SHARE_WANTED:.0%} of the peer",
            met=share >= SHARE_WANTED,
            limit=(
                f"Python: {share:.0%} of an act's time is the SQL and the sync that the peer does too; the rest is the"
                " question of the mandate, check, sealing, canonical bytes and their hashes"
            ),
        )
    ]


def _statements_of(act: Callable[[], None]) -> list[Statement]:
    """What an act writes, in its order."""
    from django.db import connection

    found: list[Statement] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Mapping[str, Any]) -> Any:
        if sql.lstrip().startswith(("INSERT", "UPDATE", "DELETE")):
            found.append((sql.replace("%s", "?"), params, many))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        act()
    return found


def _write(transactions: list[list[Statement]]) -> None:
    from django.db import connection

    raw = connection.connection
    for statements in transactions:
        raw.execute("BEGIN IMMEDIATE")
        for sql, params, many in statements:
            if many:
                raw.executemany(sql, params)
            else:
                raw.execute(sql, params)
        raw.execute("COMMIT")


def _seconds(work: Callable[[], None]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began
