"""Pages of assemblies in books of 100,000 motions and 1,000,000 marks of attendance; memory with the whole sample."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from uuid import UUID

from comuna.cli import Failed
from comuna.cli.bench import Figure, commune, idle, many, pages, wire

MOTIONS, MARKS = 100_000, 1_000_000
RUNS = 7
LIST_MILLISECONDS_MAX = 15.0
LISTS = {
    "list of sessions": "/assemblies/",
    "its last page": "/assemblies/?page=999999",
    "list of decisions": "/assemblies/decisions/?show=all",
    "what waits": "/assemblies/decisions/",
}
PAGES = {
    "a session": "/assemblies/{session}/",
    "the projector": "/assemblies/{session}/screen/",
    "a year": "/assemblies/years/{year}/?organ=cc.assembly",
}


def measure(home: Path) -> list[Figure]:
    return [*pages_of(MOTIONS, MARKS), *_of_the_sample(home / "sample")]


def pages_of(motions: int, marks: int) -> list[Figure]:
    """In an empty home, with that many of each."""
    commune.found()
    many.write_motions(motions, marks)
    session, year = _newest()
    figures = [_page(name, address, LIST_MILLISECONDS_MAX) for name, address in LISTS.items()]
    return figures + [_page(name, address.format(session=session, year=year), None) for name, address in PAGES.items()]


def _newest() -> tuple[UUID, int]:
    from comuna.assemblies.models import Session

    found: tuple[UUID, int] = Session.objects.order_by("-day", "-number").values_list("id", "day__year")[0]
    return found


def _page(name: str, address: str, most: float | None) -> Figure:
    """Processor time of this process, which is all that works here, for a page that was not kept; beside it an empty
    view behind the same middleware."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from comuna.web import cache

    def asked(what: str) -> None:
        cache.forget_pages()
        answer = Client().get(what)
        if answer.status_code != 200:
            raise Failed(f"{what} was answered with {answer.status_code}")

    asked(address)  # reads the templates
    with CaptureQueriesContext(connection) as captured:
        asked(address)
        statements = len(captured)  # the next request empties the list
    ours = _milliseconds(lambda: asked(address))
    peer = _milliseconds(lambda: asked("/sign-in/"))
    return Figure(
        name,
        ours,
        "ms",
        peer,
        "a page that asks the books for next to nothing (/sign-in/)",
        f"at most {most:.0f} ms of processor" if most else "",
        ours <= most if most else None,
        f"{statements} statements and the mapper around them",
    )


def _milliseconds(do: Callable[[], None]) -> float:
    spent = []
    for _run in range(RUNS):
        began = time.process_time()
        do()
        spent.append(1000 * (time.process_time() - began))
    return median(spent)


def _of_the_sample(home: Path) -> list[Figure]:
    """A server over the whole sample: what a phone loads first, and memory at rest after a few dozen pages."""
    home.mkdir()
    made = subprocess.run(
        [sys.executable, "-m", "comuna.cli", "demo"],
        env=os.environ | {"COMUNA_HOME": str(home)},
        capture_output=True,
        text=True,
        check=False,
    )
    if made.returncode:
        raise Failed(f"the sample was not made: {made.stderr[-500:]}")
    with wire.serving(home, "comuna.cli", "serve") as server:
        phone = wire.Connection(server.port)
        first = phone.get("/", wire.PHONE)[0]
        for page in (*idle.PAGES, *LISTS.values()):
            phone.get(page, wire.PHONE)
        time.sleep(idle.IDLE_SECONDS)
        memory, of_files = idle.status(server.process)["VmRSS"] / 1024, idle.of_files(server.process)
        minutes = [phone.get(f"{session}minutes/")[1] for session in pages.sessions_on_the_list(phone)]
    return [
        Figure(
            "memory with the sample",
            memory,
            "MiB",
            None,
            "",
            f"at most {idle.MEMORY_MIB_MAX} MiB",
            memory <= idle.MEMORY_MIB_MAX,
            f"imported modules, templates, translations and kept pages; {of_files:.0f} MiB of it are pages of program"
            " files, which the system may drop; the books lie on the disk",
        ),
        _plain(
            "its minutes, slowest",
            1000 * max(minutes),
            "ms",
            f"holding the session against its records; the median of {len(minutes)} is {1000 * median(minutes):.0f} ms",
        ),
        _plain("its first page", first.wire_bytes, "bytes", "what it says; the style sheet comes on top (bench pages)"),
    ]


def _plain(name: str, ours: float, unit: str, limit: str) -> Figure:
    """A figure without a target of its own."""
    return Figure(name, ours, unit, None, "", "", None, limit)
