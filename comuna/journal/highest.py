"""How far these books had come, noted beside the database: a database put back by hand from an older copy is told.

``highest`` holds the epoch, the number and the digest of a record, written after its checkpoint: it may lag behind
the books by a day of acts and is never ahead of them. A process that writes knows besides how far it came itself, so
that a copy put under a running server is told at the next act. A copy of the whole home brings its own note along and
is not told at a start; that takes paper.
"""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

from comuna.journal import chain, outermost, sql
from comuna.journal.home import home, sync_folder
from comuna.journal.lock import writing
from comuna.journal.models import Writer

NAME = "highest"

_NOTHING = (0, 0)
_written: dict[tuple[Path, UUID], tuple[int, int]] = {}
"""Epoch and number of the newest record that this process committed, for each home and its commune."""
_read: dict[str, tuple[tuple[int, int, int], _Noted | None]] = {}
"""The note of a home as it was last read, with the file's identity, time and size: it is asked for at every act."""


_put_off = False


class OlderCopy(Exception):
    """The books had record ``seq`` once and have it no more."""

    def __init__(self, seq: int) -> None:
        super().__init__(f"record {seq} was there and is not")
        self.seq = seq


class _Noted(NamedTuple):
    epoch: int
    seq: int
    digest: bytes
    commune: UUID | None  # None in notes of a time that did not say it


def words(seq: int) -> str:
    """What a command says of books that are behind their note."""
    return f"these books had record {seq} once and have it no more: an older copy was put back"


def note(commune: UUID) -> None:
    """Call after the commit, holding the lock. Books that are behind the note are closed, and the note stays."""
    if _put_off:
        return
    missed = lost(commune)
    if missed:
        close(missed)
        return
    head = chain.head(commune)
    fresh = home() / f"{NAME}.new"
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w") as file:
        noted = {"commune": str(commune), "epoch": head.epoch, "seq": head.seq, "digest": head.digest.hex()}
        json.dump(noted, file)
        file.flush()
        os.fsync(file.fileno())
    os.replace(fresh, home() / NAME)
    sync_folder(home())


@contextmanager
def put_off() -> Iterator[None]:
    """Where nothing is on disk yet, as while a sample is made, nothing is noted either: whoever calls this does so at
    the end (``note``)."""
    global _put_off
    _put_off = True
    try:
        yield
    finally:
        _put_off = False


def written(commune: UUID, epoch: int, seq: int) -> None:
    """This process did an act. Call holding the lock; what may still be taken back is not counted."""
    if not outermost.in_a_transaction():
        _written[home(), commune] = epoch, seq


def check(commune: UUID, head: chain.Head) -> None:
    """Before an act: the head is not behind what was noted or written here. Raises OlderCopy."""
    noted, own = _noted(commune), _written.get((home(), commune), _NOTHING)
    far = own if noted is None else max(noted[:2], own)
    if (head.epoch, head.seq) < far:
        raise OlderCopy(far[1])
    if noted and (head.epoch, head.seq) == noted[:2] and head.digest != noted.digest:
        raise OlderCopy(noted.seq)


def lost(commune: UUID) -> int:
    """The number of a record that these books once had and have no more, in the same epoch; 0 where none is missed."""
    noted = _noted(commune)
    if noted is None or chain.head(commune).epoch > noted.epoch:
        return 0
    asked = "SELECT digest FROM journal_record WHERE commune = %s AND seq = %s"
    there = sql.one(asked, sql.uuid_value(commune), noted.seq)
    return 0 if there is not None and bytes(there[0]) == noted.digest else noted.seq


def close(missed: int) -> None:
    """Nobody writes these books until an epoch is begun, as after a restore."""
    with writing():
        Writer.objects.all().delete()
    logging.getLogger(__name__).warning("%s; they can be read, not written, until an epoch is begun", words(missed))


def forget() -> None:
    """Another database is put in place on purpose, as a bench does: nothing is known of it yet."""
    _written.clear()
    _read.clear()
    (home() / NAME).unlink(missing_ok=True)


def _noted(commune: UUID) -> _Noted | None:
    """None where nothing is noted that can be read, or it is of other books."""
    place = f"{home()}/{NAME}"
    try:
        found = os.stat(place)  # noqa: PTH116  at every act, at a third of the cost
        now = found.st_ino, found.st_mtime_ns, found.st_size
        known = _read.get(place)
        if known is None or known[0] != now:
            known = _read[place] = now, _said_in(Path(place).read_bytes())
    except FileNotFoundError:
        return None
    noted = known[1]
    if noted is None or noted.commune is None:
        return noted
    return noted if noted.commune == commune else None


def _said_in(note: bytes) -> _Noted | None:
    try:
        said = json.loads(note)
        named = UUID(said["commune"]) if "commune" in said else None
        return _Noted(int(said["epoch"]), int(said["seq"]), bytes.fromhex(said["digest"]), named)
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return None
