"""What the server takes when nobody asks for anything: memory and threads."""

from __future__ import annotations

import re
import time
from pathlib import Path

from comuna.cli.bench import Figure, commune, wire

MEMORY_MIB_MAX, THREADS_MAX = 90, 20
PAGES = ("/", "/acts/", "/who-decides/", "/sign-in/", "/statute/")
IDLE_SECONDS = 2.0


def measure(home: Path) -> list[Figure]:
    commune.found()
    from django.db import connection

    connection.close()
    with wire.serving(home, "comuna.cli", "serve") as server:
        fresh = status(server.process)
        for page in PAGES * 4:
            wire.Connection(server.port).get(page, wire.PHONE)
        time.sleep(IDLE_SECONDS)
        used = status(server.process)
    return [
        Figure(
            name="idle memory",
            ours=used["VmRSS"] / 1024,
            unit="MiB",
            peer=None,
            peer_is="",
            target=f"at most {MEMORY_MIB_MAX} MiB",
            met=used["VmRSS"] / 1024 <= MEMORY_MIB_MAX,
            limit=f"imported modules: {fresh['VmRSS'] / 1024:.0f} MiB before the first page, the rest are templates,"
            " translations and kept pages",
        ),
        Figure(
            name="idle threads",
            ours=used["Threads"],
            unit="threads",
            peer=None,
            peer_is="",
            target=f"at most {THREADS_MAX} threads",
            met=used["Threads"] <= THREADS_MAX,
            limit="one for each request answered at the same time, and the one that listens",
        ),
    ]


def of_files(process: int) -> float:
    """How much of its resident memory, in MiB, are pages of files (programs, libraries), which the system may drop and
    read again; the rest is the process's alone."""
    rollup = Path(f"/proc/{process}/smaps_rollup").read_text()
    found = {name: int(value) for name, value in re.findall(r"^(Rss|Anonymous):\s+(\d+)", rollup, re.MULTILINE)}
    return (found["Rss"] - found["Anonymous"]) / 1024


def status(process: int) -> dict[str, int]:
    """Memory in KiB and the count of threads."""
    text = Path(f"/proc/{process}/status").read_text()
    return {name: int(value) for name, value in re.findall(r"^(VmRSS|Threads):\s+(\d+)", text, re.MULTILINE)}
