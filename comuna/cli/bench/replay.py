"""Replaying the journal into a blank state, beside performing the same acts."""

from __future__ import annotations

import time
from pathlib import Path
from statistics import median
from uuid import UUID

from comuna.cli.bench import Figure, commune

ACTS = 1200
RUNS = 3
ACTS_PER_SECOND_WANTED = 2000


def measure(home: Path) -> list[Figure]:
    from comuna.cli.start import ready_books

    ready_books()
    commune.keep_database(home, "blank.db")
    members = commune.found()
    acts = list(commune.everyday_acts(ACTS, UUID(members[0].person)))
    began = time.perf_counter()
    commune.perform_all(acts, members[0])
    performing = ACTS / (time.perf_counter() - began)
    rates = _replayed(home)
    ours = median(rates)
    return [
        Figure(
            name="replay",
            ours=ours,
            unit="acts/s",
            peer=performing,
            peer_is="performing the same acts",
            target=f"at least {ACTS_PER_SECOND_WANTED:,} acts/s, and faster than performing",
            met=ours >= ACTS_PER_SECOND_WANTED and ours > performing,
            limit="Python, on one core: reading the record, putting the act together again, preparing its rows;"
            " nothing is checked, sealed or synced, and all is one transaction",
        )
    ]


def _replayed(home: Path) -> list[float]:
    from comuna.acts import rebuild
    from comuna.journal import bundle

    bundle.export(home / "journal.zip")
    rates = []
    for _run in range(RUNS):
        commune.use_database(home, "blank.db")
        bundle.load(home / "journal.zip")
        began = time.perf_counter()
        records = rebuild.replay()
        rates.append(records / (time.perf_counter() - began))
    return rates
