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
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any, TypeVar

from comuna.journal import sql
from comuna.journal.home import home

T = TypeVar("T")

_threads = threading.RLock()
_PG_LOCK = 0x636F6D756E61  # "comuna"


class _OneWriter:
    """The writing lock; the threads' lock guards ``depth`` and ``handle``."""

    depth = 0
    handle = -1
    began = 0.0
    longest_hold_seconds = 0.0

    def __enter__(self) -> None:
        _threads.acquire()
        if not self.depth:
            try:
                self._take()
            except BaseException:
                _threads.release()
                raise
        self.depth += 1

    def _take(self) -> None:
        handle = os.open(f"{home()}/lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
        except BaseException:
            os.close(handle)
            raise
        self.handle, self.began = handle, time.monotonic()

    def __exit__(self, *_error: object) -> None:
        self.depth -= 1
        try:
            if not self.depth:
                self.longest_hold_seconds = max(self.longest_hold_seconds, time.monotonic() - self.began)
                os.close(self.handle)
        finally:
            _threads.release()


_one_writer = _OneWriter()


def one_writer() -> AbstractContextManager[None]:
    """Hold the home's writing lock; may be nested by the thread that holds it."""
    return _one_writer


def longest_hold_seconds() -> float:
    """For how long this process has held it at most."""
    return _one_writer.longest_hold_seconds


class writing:  # noqa: N801  used as a function, "with writing():"; a generator costs more than a short statement
    """The lock and one transaction inside it: what is done in it is there whole, or not at all."""

    def __enter__(self) -> None:
        _one_writer.__enter__()
        try:
            self._atomic = sql.in_one_transaction()
            self._atomic.__enter__()
        except BaseException:
            _one_writer.__exit__()
            raise
        self._is_inner = _transaction.known is not None
        _transaction.known = {}
        if sql.is_postgresql():
            try:
                sql.one("SELECT pg_advisory_xact_lock(%s)", _PG_LOCK)
            except BaseException as error:
                self.__exit__(type(error), error, error.__traceback__)
                raise

    def __exit__(self, *error: Any) -> None:
        _transaction.known = {} if self._is_inner else None
        try:
            self._atomic.__exit__(*error)
        finally:
            _one_writer.__exit__()


class _Transaction(threading.local):
    """What this thread was told in the transaction in which it writes, and for the page that it reads; None outside."""

    known: dict[Any, Any] | None = None
    read: dict[Any, Any] | None = None


_transaction = _Transaction()


class reading:  # noqa: N801  used as a function, "with reading():"
    """While a page is read, which changes nothing: what ``once`` and ``once_a_page`` asked is not asked again."""

    def __enter__(self) -> None:
        _transaction.read = {}

    def __exit__(self, *_error: object) -> None:
        _transaction.read = None


def once_a_page(key: Any, ask: Callable[[], T]) -> T:
    """The answer to a question, asked once while a page is read; and each time everywhere else, since acts change it
    without a word."""
    if _transaction.known is not None or _transaction.read is None:
        return ask()
    return _remembered(_transaction.read, key, ask)


def once(key: Any, ask: Callable[[], T]) -> T:
    """The answer to a question, asked once in a transaction that writes, where nobody else can change it, and once
    while a page is read; each time outside of both. Whoever changes it says ``changed``."""
    known = _transaction.known if _transaction.known is not None else _transaction.read
    return ask() if known is None else _remembered(known, key, ask)


def _remembered(known: dict[Any, Any], key: Any, ask: Callable[[], T]) -> T:
    if key not in known:
        known[key] = ask()
    answer: T = known[key]
    return answer


def is_writing() -> bool:
    """Whether this thread is in a transaction that may still be taken back."""
    return _transaction.known is not None


def changed() -> None:
    """What was answered in this transaction may be otherwise now."""
    if _transaction.known is not None:
        _transaction.known = {}
