"""The folder that holds everything of one commune: database, files, keys, lock.

``web`` names the folder once at start (``use``); nothing below it reads settings.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

_home: Path | None = None


def use(folder: Path) -> None:
    """Name the home and make its folders. Keys are readable by their owner alone."""
    global _home
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "files").mkdir(exist_ok=True)
    (folder / "keys").mkdir(mode=0o700, exist_ok=True)
    sync_folder(folder)
    sync_folder(folder.parent)
    _home = folder


def home() -> Path:
    """Raises RuntimeError before ``use``."""
    if _home is None:
        raise RuntimeError("no home folder has been named: comuna.journal.home.use(folder) comes first")
    return _home


def key_file(name: str) -> Path:
    return home() / "keys" / name


class NoKey(Exception):
    """A key file that is there and holds no key: something was lost, and no new key may take its place."""


def kept_key(path: Path, make: Callable[[], bytes]) -> bytes:
    """The bytes of a key file, made at first use: on disk whole, by its name, before anybody uses them.

    Whoever comes second, another thread or process, gets the first one's. Raises NoKey.
    """
    if not path.exists():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        fresh = path.with_name(f".{path.name}.{uuid4().hex}")
        handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(make())
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileExistsError):  # unlike a rename, a link never takes the place of another's key
            os.link(fresh, path)
        fresh.unlink()
        sync_folder(path.parent)
        sync_folder(path.parent.parent)
    content = path.read_bytes()
    if not content:
        raise NoKey(f"keys/{path.name} is empty")
    return content


def sync_folder(folder: Path) -> None:
    """Names in a folder outlive a power cut only once the folder itself is on disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
