"""The folder that holds everything of one commune: database, files, keys, lock.

``web`` names the folder once at start (``use``); nothing below it reads settings.
"""

from __future__ import annotations

from pathlib import Path

_home: Path | None = None


def use(folder: Path) -> None:
    """Name the home and make its folders. Keys are readable by their owner alone."""
    global _home
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "files").mkdir(exist_ok=True)
    (folder / "keys").mkdir(mode=0o700, exist_ok=True)
    _home = folder


def home() -> Path:
    """Raises RuntimeError before ``use``."""
    if _home is None:
        raise RuntimeError("no home folder has been named: comuna.journal.home.use(folder) comes first")
    return _home


def key_file(name: str) -> Path:
    return home() / "keys" / name
