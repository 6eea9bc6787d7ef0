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
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from django.db import transaction

from comuna.journal import sql
from comuna.journal.home import home

T = TypeVar("T")

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
        handle = os.open(f"{home()}/lock", os.O_RDWR | os.O_CREAT, 0o600)
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
        if sql.is_postgresql():
            sql.one("SELECT pg_advisory_xact_lock(%s)", _PG_LOCK)
        is_inner = _transaction.known is not None
        _transaction.known = {}
        try:
            yield
        finally:
            _transaction.known = {} if is_inner else None


class _Transaction(threading.local):
    """What this thread was told in the transaction in which it writes; None outside of one."""

    known: dict[Any, Any] | None = None


_transaction = _Transaction()


def once(key: Any, ask: Callable[[], T]) -> T:
    """The answer to a question, asked once in a transaction that writes, where nobody else can change it; and each
    time outside of one. Whoever changes it says ``changed``."""
    known = _transaction.known
    if known is None:
        return ask()
    if key not in known:
        known[key] = ask()
    answer: T = known[key]
    return answer


def changed() -> None:
    """What was answered in this transaction may be otherwise now."""
    if _transaction.known is not None:
        _transaction.known = {}
