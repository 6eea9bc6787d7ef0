"""How far these books had come, noted beside the database: a database put back by hand from an older copy is told.

``highest`` holds the epoch, the number and the digest of a record, written after its checkpoint: it may lag behind
the books by a day of acts and is never ahead of them. A copy of the whole home brings its own note along and is not
told; that takes paper.
"""

from __future__ import annotations

import json
import os
from contextlib import suppress
from uuid import UUID

from comuna.journal import chain
from comuna.journal.home import home, sync_folder
from comuna.journal.models import Record

NAME = "highest"


def note(commune: UUID) -> None:
    """Call after the commit, holding the lock."""
    head = chain.head(commune)
    fresh = home() / f"{NAME}.new"
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w") as file:
        json.dump({"epoch": head.epoch, "seq": head.seq, "digest": head.digest.hex()}, file)
        file.flush()
        os.fsync(file.fileno())
    os.replace(fresh, home() / NAME)
    sync_folder(home())


def forget() -> None:
    """Other books come into this home."""
    with suppress(FileNotFoundError):
        (home() / NAME).unlink()


def lost(commune: UUID) -> int:
    """The number of a record that these books once had and have no more, in the same epoch; 0 where none is missed."""
    try:
        noted = json.loads((home() / NAME).read_text())
        epoch, seq, digest = int(noted["epoch"]), int(noted["seq"]), bytes.fromhex(noted["digest"])
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        return 0
    if chain.head(commune).epoch > epoch:
        return 0
    there = Record.objects.filter(commune=commune, seq=seq).values_list("digest", flat=True).first()
    return 0 if there is not None and bytes(there) == digest else seq
