"""What a disk holds after a power cut, from a record of everything that was asked of it.

Contents and names are two things. A file's contents outlive a cut from the moment an ``fsync`` of the file,
begun after the write was done, has come back; its name only once the folder was synced too. Whatever was not
synced may be there or not, each write for itself, and of a write any of its sectors: no order is promised.

Stricter than ext4, which writes names in order; not as bad as a disk that lies about having synced.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path, PurePosixPath
from random import Random

SECTOR_BYTES = 512
FOLDER = -1
"""What a name stands for that is a folder."""


class Lost(StrEnum):
    """What becomes of what was not yet synced."""

    ALL = "all of it is lost"
    WRITES = "a random half of the writes is lost"
    SECTORS = "a random half of the sectors is lost"


@dataclass(frozen=True)
class Write:
    file: int  # which file was opened under that name, not the name
    offset: int
    data: bytes
    began: int
    ended: int


@dataclass(frozen=True)
class Truncate:
    file: int
    size: int
    began: int
    ended: int


@dataclass(frozen=True)
class Name:
    """A name now stands for a file, or (None) for nothing."""

    path: PurePosixPath
    file: int | None
    began: int
    ended: int


@dataclass(frozen=True)
class Sync:
    """Of a file, or (by its path) of a folder's names."""

    file: int | PurePosixPath
    began: int
    ended: int


@dataclass(frozen=True)
class Acknowledged:
    """From here on somebody may have been told that this is done."""

    id: str
    began: int
    ended: int


Event = Write | Truncate | Name | Sync | Acknowledged


def moment(event: Event) -> int:
    """When an event begins to matter: a write may reach the disk, and an answer the reader, before the call
    returns; a sync promises nothing until it has."""
    return event.ended if isinstance(event, Sync) else event.began


@dataclass
class Disk:
    """``contents`` and ``names`` are what is certain to be there; the rest is still in memory."""

    contents: dict[int, bytearray] = field(default_factory=dict)
    names: dict[PurePosixPath, int] = field(default_factory=dict)
    unsynced: dict[int, list[Write | Truncate]] = field(default_factory=lambda: defaultdict(list))
    unsynced_names: list[Name] = field(default_factory=list)

    def play(self, event: Event) -> None:
        if isinstance(event, Write | Truncate):
            self.unsynced[event.file].append(event)
        elif isinstance(event, Name):
            self.unsynced_names.append(event)
        elif isinstance(event, Sync):
            self._sync(event)

    def _sync(self, sync: Sync) -> None:
        if isinstance(sync.file, PurePosixPath):
            for name in list(self.unsynced_names):
                if name.path.parent == sync.file and name.ended < sync.began:
                    self.unsynced_names.remove(name)
                    _rename(self.names, name)
            return
        waiting = self.unsynced.pop(sync.file, [])
        for change in waiting:
            if change.ended < sync.began:
                _change(self.contents.setdefault(sync.file, bytearray()), change)
            else:
                self.unsynced[sync.file].append(change)

    def after_cut(self, lost: Lost, random: Random) -> dict[PurePosixPath, bytes]:
        """What is read back when the power returns: path (below the home) to bytes. A file whose folder has
        lost its own name is lost with it."""
        names = dict(self.names)
        for name in self.unsynced_names:
            if lost is not Lost.ALL and random.random() < 0.5:
                _rename(names, name)
        found = {}
        for path, file in names.items():
            if file == FOLDER or not all(names.get(folder) == FOLDER for folder in path.parents[:-1]):
                continue
            content = bytearray(self.contents.get(file, b""))
            for change in self.unsynced.get(file, ()):
                for kept in _kept(change, lost, random):
                    _change(content, kept)
            found[path] = bytes(content)
        return found


def _kept(change: Write | Truncate, lost: Lost, random: Random) -> list[Write | Truncate]:
    if lost is Lost.ALL:
        return []
    if lost is Lost.WRITES or isinstance(change, Truncate):
        return [change] if random.random() < 0.5 else []
    kept: list[Write | Truncate] = []
    start, end = change.offset, change.offset + len(change.data)
    while start < end:
        stop = min(end, (start // SECTOR_BYTES + 1) * SECTOR_BYTES)
        if random.random() < 0.5:
            data = change.data[start - change.offset : stop - change.offset]
            kept.append(Write(change.file, start, data, change.began, change.ended))
        start = stop
    return kept


def _change(content: bytearray, change: Write | Truncate) -> None:
    size = change.size if isinstance(change, Truncate) else change.offset + len(change.data)
    if len(content) < size:
        content.extend(bytes(size - len(content)))
    if isinstance(change, Truncate):
        del content[size:]
    else:
        content[change.offset : size] = change.data


def _rename(names: dict[PurePosixPath, int], name: Name) -> None:
    if name.file is None:
        names.pop(name.path, None)
    else:
        names[name.path] = name.file


def write_out(found: dict[PurePosixPath, bytes], home: Path) -> None:
    """Lay a disk's contents out as a home."""
    home.mkdir(parents=True)
    for path, content in found.items():
        place = home / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)


def as_synced(home: Path) -> dict[PurePosixPath, bytes | None]:
    """A home that lies on disk whole: path to bytes, folders to None."""
    found = sorted(home.rglob("*"))
    return {PurePosixPath(path.relative_to(home)): None if path.is_dir() else path.read_bytes() for path in found}
