"""Searching in 100,000 motions: processor time for a page that nobody kept."""

from __future__ import annotations

import time
from pathlib import Path
from statistics import median
from typing import Any

from comuna.cli import Failed
from comuna.cli.bench import Figure, commune, many

MOTIONS = 100_000
RUNS = 5
SEARCH_MILLISECONDS_MAX = 50.0
ASKED = {
    "a rare word": "q=turpial4711",
    "a word of every second motion": "q=comunidad",
    "three letters that begin many words": "q=com",
    "two words": "q=tuberia+escuela",
    "a word of every motion": "q=de",
    "many words, of one kind and year": "q=de+la+comunidad+reparar&kind=decision&year=2010",
    "the last page": "q=comunidad&page=50",
    "nothing": "q=xilofono",
}


def measure(home: Path) -> list[Figure]:
    del home
    commune.found()
    many.write_motions(MOTIONS)
    from django.db import connection

    from comuna.acts import finding
    from comuna.journal.lock import writing

    began = time.perf_counter()
    with writing():
        documents = finding.build()
    building = time.perf_counter() - began
    figures = [_page(name, f"/search/?{query}", SEARCH_MILLISECONDS_MAX) for name, query in ASKED.items()]
    size = sum(_pages_of(connection, name) for name in ("acts_entry", "acts_entry_words_data"))
    built = Figure(
        "making the index anew",
        building,
        "seconds",
        None,
        "",
        "",
        None,
        f"Python: reading and folding {documents:,} documents; the index takes {size / 1_048_576:.0f} MiB",
    )
    return [*figures, built]


def _page(name: str, address: str, most: float) -> Figure:
    """Processor time of this process, which is all that works here, for a page that was not kept."""
    from django.test import Client

    from comuna.web import cache

    spent, peer = [], []
    for _run in range(RUNS + 1):  # the first reads the templates
        cache.forget_pages()
        began = time.process_time()
        answer = Client().get(address)
        spent.append(1000 * (time.process_time() - began))
        if answer.status_code != 200:
            raise Failed(f"{address} was answered with {answer.status_code}")
        began = time.process_time()
        _by_reading()
        peer.append(1000 * (time.process_time() - began))
    ours = median(spent[1:])
    return Figure(
        name,
        ours,
        "ms",
        median(peer[1:]),
        "reading every motion for one word (LIKE), without its page",
        f"at most {most:.0f} ms of processor",
        ours <= most,
        "Django around the page, and its dozen or two of short statements; then how many entries have the words",
    )


def _by_reading() -> None:
    from comuna.journal import sql

    sql.one("SELECT COUNT(*) FROM assemblies_motion WHERE text LIKE %s", "%turpial4711%")


def _pages_of(connection: Any, table: str) -> int:
    """Bytes of a table's own rows, roughly: SQLite's size of pages is of another library than ours everywhere."""
    column = "block" if table.endswith("_data") else "words"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT SUM(LENGTH(CAST({column} AS BLOB))) FROM {table}")
        return int(cursor.fetchone()[0] or 0)
