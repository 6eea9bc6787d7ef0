"""One machine, one writer.

Every writer, server or command line, holds an operating-system lock on the home for the length of
its transaction. SQLite would serialise writers by itself, but its WAL-reset race (3.7.0 to 3.51.2)
needs checkpoints and writers never to meet; on PostgreSQL the lock keeps the chain's head still.
"""

from __future__ import annotations

import fcntl
import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

from comuna.journal.home import home

_threads = threading.RLock()
_depth = 0
_PG_LOCK = 0x636F6D756E61  # "comuna"

longest_hold_seconds = 0.0


@contextmanager
def one_writer() -> Iterator[None]:
    """Hold the home's writing lock; may be nested by the thread that holds it."""
    global _depth, longest_hold_seconds
    with _threads:
        if _depth:
            _depth += 1
            try:
                yield
            finally:
                _depth -= 1
            return
        handle = os.open(home() / "lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            began = time.monotonic()
            _depth = 1
            try:
                yield
            finally:
                _depth = 0
                longest_hold_seconds = max(longest_hold_seconds, time.monotonic() - began)
        finally:
            os.close(handle)


@contextmanager
def writing() -> Iterator[None]:
    """The lock and one transaction inside it: what is done in it is there whole, or not at all."""
    with one_writer(), transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_PG_LOCK])
        yield
