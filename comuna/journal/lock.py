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
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from typing import Any, NamedTuple, TypeVar

from django.db import models

from comuna.journal import outermost, sql
from comuna.journal.home import home

T = TypeVar("T")

_threads = threading.RLock()
_PG_LOCK = 0x636F6D756E61  # "comuna"
_ANSWERS_MAX = 1_000
_UNKNOWN: Any = object()


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
    """The lock and one transaction inside it: what is done in it is there whole, or not at all.

    ``acts`` says that nothing but acts, or a checkpoint, writes here: then what ``once`` was told is known to the next
    such transaction of the same connection, if nobody, this one or another, has written anything in between.
    """

    def __init__(self, *, acts: bool = False) -> None:
        self._acts = acts

    def __enter__(self) -> None:
        _one_writer.__enter__()
        try:
            self._atomic = outermost.in_one_transaction()
            self._atomic.__enter__()
        except BaseException:
            _one_writer.__exit__()
            raise
        self._is_inner = _transaction.known is not None
        try:
            self._known = self._still_known() if self._acts and not self._is_inner else _Known()
            _transaction.known = self._known
            if sql.is_postgresql():
                sql.one("SELECT pg_advisory_xact_lock(%s)", _PG_LOCK)
        except BaseException as error:
            self.__exit__(type(error), error, error.__traceback__)
            raise

    def _still_known(self) -> _Known:
        kept, mark = _transaction.kept, outermost.mark(self._atomic)
        known = kept if kept is not None and mark is not None and kept.mark == mark else _Known()
        known.mark = mark
        return known

    def __exit__(self, *error: Any) -> None:
        _transaction.known = _Known() if self._is_inner else None
        _transaction.kept = None
        try:
            self._atomic.__exit__(*error)
        finally:
            _one_writer.__exit__()
        if self._known.mark is not None:
            self._known.mark = outermost.mark_kept(self._atomic, self._known.mark)
            _transaction.kept = self._known


class _Known:
    """What was asked, by its key; and the keys of the answers that rest on a table."""

    __slots__ = ("answers", "mark", "resting")

    def __init__(self) -> None:
        self.answers: dict[Any, Any] = {}
        self.resting: dict[Any, list[Any]] = {}
        self.mark: outermost.Mark | None = None

    def asked(self, key: Any, ask: Callable[[], T], rests_on: Iterable[Any]) -> T:
        known: T = self.answers.get(key, _UNKNOWN)
        if known is not _UNKNOWN:
            return known
        answer = ask()
        if len(self.answers) >= _ANSWERS_MAX:
            self.answers, self.resting = {}, {}
        self.answers[key] = answer
        for table in rests_on:
            self.resting.setdefault(table, []).append(key)
        return answer

    def forget(self, table: Any) -> None:
        for key in self.resting.pop(table, ()):
            self.answers.pop(key, None)


class _Transaction(threading.local):
    """What this thread was told in the transaction in which it writes, and for the page that it reads; None outside.
    ``kept``: what it was told in its last transaction of acts."""

    known: _Known | None = None
    kept: _Known | None = None
    read: _Known | None = None


_transaction = _Transaction()


class reading:  # noqa: N801  used as a function, "with reading():"
    """While a page is read, which changes nothing: what ``once`` and ``once_a_page`` asked is not asked again."""

    def __enter__(self) -> None:
        _transaction.read = _Known()

    def __exit__(self, *_error: object) -> None:
        _transaction.read = None


def once_a_page(key: Any, ask: Callable[[], T]) -> T:
    """The answer to a question, asked once while a page is read; and each time everywhere else, since acts change it
    without a word."""
    if _transaction.known is not None or _transaction.read is None:
        return ask()
    return _transaction.read.asked(key, ask, ())


class RowsOf(NamedTuple):
    """The rows that stand in a table, where new ones make no difference."""

    table: type[models.Model]


def once(key: Any, ask: Callable[[], T], rests_on: Iterable[type[models.Model] | RowsOf]) -> T:
    """The answer to a question, asked once in transactions that write, where nobody else can change it, and once
    while a page is read; each time outside of both.

    ``rests_on`` names every table of the state that is asked, also by questions that this one asks: when an act writes
    into one of them, the answer is forgotten (``changed``). The journal's own rows never change.
    """
    known = _transaction.known or _transaction.read
    return ask() if known is None else known.asked(key, ask, rests_on)


def tell(key: Any, what: Any) -> None:
    """Say what an act has just made so: nobody need ask for it as long as ``once`` would not ask again."""
    if _transaction.known is not None:
        _transaction.known.answers[key] = what


def told(key: Any) -> Any:
    """What ``tell`` said; None where it is not known."""
    return None if _transaction.known is None else _transaction.known.answers.get(key)


def is_writing() -> bool:
    """Whether this thread is in a transaction that may still be taken back."""
    return _transaction.known is not None


def changed(table: type[models.Model], *, only_new: bool = False) -> None:
    """Rows of this table are otherwise now, or there are new ones."""
    if _transaction.known is not None:
        _transaction.known.forget(table)
        if not only_new:
            _transaction.known.forget(RowsOf(table))
