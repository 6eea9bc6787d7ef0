"""Which database, and with which settings: SQLite in the home, or PostgreSQL where an address says so."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

SQLITE_SAFE_SINCE = (3, 51, 3)
"""SQLite 3.7.0 to 3.51.2 can corrupt a database when a WAL reset meets a writer in another process."""

_PRAGMAS = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON; PRAGMA recursive_triggers=ON;"
    " PRAGMA foreign_keys=ON; PRAGMA mmap_size=0; PRAGMA trusted_schema=OFF;"
    " PRAGMA cache_size=-512;"  # KiB for each thread of the server; the system keeps the file's pages for all of them
)

_STATEMENTS_KEPT = 512
"""Compiled ones, for each connection. The driver gives up the one that came last, not the one that is used least: once
there are too many, as after the making of all tables, what acts ask again and again would be compiled each time."""


def use_newer_sqlite() -> None:
    """Put pysqlite3's newer SQLite in the place of Python's own, before Django loads either."""
    try:
        import pysqlite3
    except ImportError:
        return
    if pysqlite3.sqlite_version_info > _sqlite_version():
        sys.modules["sqlite3"] = pysqlite3
        sys.modules["sqlite3.dbapi2"] = pysqlite3.dbapi2


def _sqlite_version() -> tuple[int, ...]:
    import sqlite3

    return tuple(sqlite3.sqlite_version_info)


def database_settings(address: str, home: Path, owner: str = "") -> dict[str, Any]:
    """Django's settings for an address like ``postgres://user:word@host:port/name``; empty: SQLite in the home.

    ``owner`` is the address under which the same database's tables are made. Raises ValueError for an address of
    another kind, and for an owner of another database.
    """
    if not address:
        if owner:
            raise ValueError("DATABASE_OWNER_URL goes with DATABASE_URL: the role that runs, and the one that owns")
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": str(home / "comuna.db"),
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 30,
                "init_command": _PRAGMAS,
                "cached_statements": _STATEMENTS_KEPT,
            },
        }
    settings: dict[str, Any] = {"ENGINE": "django.db.backends.postgresql", **_postgresql("DATABASE_URL", address)}
    if owner:
        owns = _postgresql("DATABASE_OWNER_URL", owner)
        if owns.pop("NAME") != settings["NAME"]:
            raise ValueError("DATABASE_OWNER_URL must name the same database as DATABASE_URL")
        settings["OWNER"] = owns  # read by journal/roles.py alone
    return settings


def _postgresql(name: str, address: str) -> dict[str, Any]:
    parts = urlsplit(address)
    if parts.scheme not in ("postgres", "postgresql") or not parts.path.strip("/"):
        raise ValueError(f"{name} must look like postgres://user:password@host:port/name")
    return {
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
    }
