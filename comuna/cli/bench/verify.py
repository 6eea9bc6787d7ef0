"""``comuna verify --fast``, beside reading the same bytes from the database and hashing them, and no more."""

from __future__ import annotations

import time
from hashlib import sha256
from pathlib import Path
from statistics import median
from uuid import UUID

from comuna.cli import Failed
from comuna.cli.bench import Figure, commune

ACTS = 1000
RUNS = 5


def measure(home: Path) -> list[Figure]:
    del home
    members = commune.found()
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous=OFF")  # only to make the journal sooner; writing is not measured here
    commune.perform_all(list(commune.everyday_acts(ACTS, UUID(members[0].person))), members[0])
    from comuna.journal import verify
    from comuna.journal.models import Record

    records = Record.objects.count()
    ours, bare = [], []
    for _run in range(RUNS):
        began = time.perf_counter()
        found = list(verify.findings())
        ours.append(records / (time.perf_counter() - began))
        if found:
            raise Failed(f"the books of the bench do not verify: {found[0]}")
        began = time.perf_counter()
        _hash_everything()
        bare.append(records / (time.perf_counter() - began))
    return [
        Figure(
            name="verify --fast",
            ours=median(ours),
            unit="records/s",
            peer=median(bare),
            peer_is="bare SHA-256 over the same records and private parts, read by one SELECT each",
            target="",
            met=None,
            limit="Python, on one core: every record is parsed, written canonically again and held against each of its"
            " columns and parts; hashing alone is a small share of it",
        )
    ]


def _hash_everything() -> bytes:
    from django.db import connection

    digest = b""
    with connection.chunked_cursor() as cursor:
        cursor.execute("SELECT body FROM journal_record ORDER BY seq")
        for (body,) in cursor:
            digest = sha256(body).digest()
        cursor.execute("SELECT salt, body FROM journal_privatepart")
        for salt, body in cursor:
            digest = sha256(salt + body).digest()
    return digest
