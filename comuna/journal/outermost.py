"""The outermost transaction of a thread, and by what one knows that nobody wrote since."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Any, NamedTuple

from django.db import transaction

from comuna.journal.sql import driver_of, here


def in_one_transaction() -> AbstractContextManager[Any]:
    """As the mapper's ``atomic``, by its outermost block's short way where the driver itself is spoken to."""
    at = here()
    if driver_of(at) is None or at.in_atomic_block or not at.autocommit:
        return transaction.atomic()
    return _Outermost(at)


def in_a_transaction() -> bool:
    """Whether what is written may still be taken back."""
    return bool(here().in_atomic_block)


class _Outermost:
    """One transaction on SQLite, begun and ended by the driver; inside it the mapper knows that it is in a block, as
    its own ``Atomic`` tells it, which takes some fifty steps more at every act (``comuna bench door``)."""

    _from_testcase = False  # asked by blocks inside that must be outermost

    def __init__(self, here: Any) -> None:
        self._here, self.driver = here, here.connection
        self.changes_kept: int | None = None  # the driver's count once all is kept, and no hook has run yet

    def __enter__(self) -> None:
        here = self._here
        try:
            self.driver.execute("BEGIN IMMEDIATE")
        except Exception:
            with here.wrap_database_errors:
                raise
        here.autocommit = here.commit_on_exit = False
        here.in_atomic_block = True
        here.savepoint_ids.append(None)
        here.atomic_blocks.append(self)

    def __exit__(self, *error: Any) -> None:
        here = self._here
        here.atomic_blocks.pop()
        here.savepoint_ids.pop()
        here.in_atomic_block = False
        if here.closed_in_transaction:
            here.connection = None
        failed = error[0] is not None or here.needs_rollback
        here.needs_rollback = False
        if here.connection is not self.driver:  # closed meanwhile: the engine has taken everything back
            return
        try:
            if failed:
                here.rollback()
            else:
                self._commit()
                self.changes_kept = self.driver.total_changes
        except BaseException:
            here.close()  # nothing that stands open in it is ever taken for kept
            raise
        here.autocommit = True
        if here.run_on_commit:
            here.run_and_clear_commit_hooks()

    def _commit(self) -> None:
        try:
            self.driver.commit()
        except Exception:
            with self._here.wrap_database_errors:
                raise


class Mark(NamedTuple):
    """What stays the same on a connection to SQLite as long as nobody writes anything."""

    driver: Any  # its connection: another one may be to another file
    by_others: int  # changes with each commit of another connection (PRAGMA data_version)
    own: int  # rows that this one ever inserted, changed or deleted, those taken back too


def mark(block: AbstractContextManager[Any]) -> Mark | None:
    """At the beginning of a transaction; None where it is not an outermost one that speaks to the driver itself."""
    if not isinstance(block, _Outermost):
        return None
    driver = block.driver
    return Mark(driver, driver.execute("PRAGMA data_version").fetchone()[0], driver.total_changes)


def mark_kept(block: AbstractContextManager[Any], begun: Mark) -> Mark | None:
    """The same after its end; None where it was taken back."""
    assert isinstance(block, _Outermost)
    return None if block.changes_kept is None else Mark(begun.driver, begun.by_others, block.changes_kept)
