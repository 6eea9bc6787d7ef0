"""The clock that the door reads. Only the sample's generator and tests ever set it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime

_frozen: ContextVar[datetime | None] = ContextVar("frozen", default=None)


def now() -> datetime:
    """UTC, whole seconds."""
    frozen = _frozen.get()
    if frozen is None:
        return datetime.fromtimestamp(int(time.time()), UTC)
    return frozen.astimezone(UTC).replace(microsecond=0)


def stamp(moment: datetime) -> str:
    """``2026-02-07T14:00:00Z``, of a moment in UTC."""
    return moment.isoformat()[:19] + "Z"


def read_stamp(text: str) -> datetime:
    """The moment of a stamp. Raises ValueError."""
    return datetime.fromisoformat(text).astimezone(UTC)


@contextmanager
def frozen_at(moment: str | datetime) -> Iterator[None]:
    """Let the door believe it is this moment (``2026-02-07T14:00:00Z``)."""
    token = _frozen.set(read_stamp(moment) if isinstance(moment, str) else moment)
    try:
        yield
    finally:
        _frozen.reset(token)
