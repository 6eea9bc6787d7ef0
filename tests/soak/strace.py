"""A record of every write of a process below one folder, from what ``strace`` saw of its system calls."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from tests.soak.disk import FOLDER, Acknowledged, Event, Name, Sync, Truncate, Write

CALLS = (
    "pwrite64,pwritev,write,writev,lseek,fsync,fdatasync,sync_file_range,ftruncate,truncate,fallocate,copy_file_range,"
    "open,openat,creat,unlink,unlinkat,rename,renameat,renameat2,link,linkat,mkdir,mkdirat,sendto"
)
STRING_BYTES_MAX = 40 * 1024 * 1024  # of one write; more would be cut off, which the reading refuses

_LINE = re.compile(r"(\d+) +(.*)")
_CALL = re.compile(r"(\w+)\((.*)\) += (-?\d+)(.*)", re.DOTALL)
_RESUMED = re.compile(r"<\.\.\. (\w+) resumed>(.*)", re.DOTALL)
_UNFINISHED = " <unfinished ...>"
_FD = re.compile(r"(\d+)<((?:\\x[0-9a-f]{2})*)>")
_STRING = re.compile(r'"((?:\\x[0-9a-f]{2})*)"(\.\.\.)?')
_DONE = re.compile(rb'"id": "([0-9a-f-]{36})", "seq": \d+')
_DONE_FORM = re.compile(rb"\r\nLocation: /acts/([0-9a-f-]{36})/")
_UNREAD = {"pwritev", "writev", "truncate", "sync_file_range", "copy_file_range", "fallocate", "creat", "open"}


class CannotTrace(Exception):
    """No strace here, or a call that the record does not understand."""


def command(record: Path) -> list[str]:
    """What to put before a command so that its system calls are recorded. Raises CannotTrace."""
    program = shutil.which("strace")
    if program is None:
        raise CannotTrace("power cuts need strace: apt-get install strace")
    return [program, "-f", "-y", "-xx", "-s", str(STRING_BYTES_MAX), "-e", f"trace={CALLS}", "-o", str(record)]


@dataclass(frozen=True)
class Call:
    name: str
    arguments: str
    result: int
    after: str  # what strace says behind the result: the path of a new descriptor
    began: int  # line numbers: the order in which things happened
    ended: int


def calls(record: Path) -> Iterator[Call]:
    """Every call that succeeded, in the order of their ends."""
    begun: dict[str, tuple[int, str]] = {}
    with record.open("r", encoding="ascii") as lines:
        for number, line in enumerate(lines):
            found = _LINE.match(line.rstrip("\n"))
            if found is None:
                continue
            thread, text = found.groups()
            began = number
            if text.endswith(_UNFINISHED):
                begun[thread] = (number, text.removesuffix(_UNFINISHED))
                continue
            if resumed := _RESUMED.match(text):
                began, head = begun.pop(thread)
                text = head + resumed.group(2)
            if (call := _CALL.match(text)) and int(call.group(3)) >= 0:
                yield Call(call.group(1), call.group(2), int(call.group(3)), call.group(4), began, number)


@dataclass
class Reading:
    """Calls to events. Files are numbered as they are opened under a name that stood for nothing."""

    home: Path
    known: dict[PurePosixPath, int] = field(default_factory=dict)  # what each name stands for now
    opened: dict[int, int] = field(default_factory=dict)  # descriptor to file
    places: dict[int, int] = field(default_factory=dict)  # descriptor to where it writes next
    count: int = 0

    def file(self, path: PurePosixPath) -> int:
        """The number of the file that a name stands for."""
        if path not in self.known:
            self.count += 1
            self.known[path] = self.count
        return self.known[path]

    def events(self, record: Path) -> list[Event]:
        """In the order in which they begin to matter is for the caller to sort. Raises CannotTrace."""
        return [event for call in calls(record) for event in self._events(call)]

    def _events(self, call: Call) -> list[Event]:
        if call.name == "sendto":
            return self._answers(call)
        if call.name in ("openat", "open", "creat", "link", "linkat", "mkdir", "mkdirat", "rename", "renameat"):
            return self._names(call)
        if call.name in ("renameat2", "unlink", "unlinkat"):
            return self._names(call)
        descriptor = _FD.match(call.arguments)
        path = self._below(descriptor.group(2)) if descriptor else None
        if descriptor is None or path is None:
            return []
        return self._of_descriptor(call, int(descriptor.group(1)), path)

    def _of_descriptor(self, call: Call, number: int, path: PurePosixPath) -> list[Event]:
        if call.name in _UNREAD:
            raise CannotTrace(f"{call.name} of {path}: the simulation does not know this call")
        if call.name in ("fsync", "fdatasync"):
            folder = (self.home / path).is_dir() or path == PurePosixPath()
            return [Sync(path if folder else self.opened.get(number, 0), call.began, call.ended)]
        file = self.opened.get(number)
        if file is None:
            return []
        if call.name == "lseek":
            self.places[number] = call.result
        elif call.name == "ftruncate":
            return [Truncate(file, int(call.arguments.rsplit(", ", 1)[1]), call.began, call.ended)]
        elif call.name == "pwrite64":
            data, offset = _text(call), int(call.arguments.rsplit(", ", 1)[1])
            return [Write(file, offset, data[: call.result], call.began, call.ended)]
        elif call.name == "write":
            place = self.places.get(number, 0)
            self.places[number] = place + call.result
            return [Write(file, place, _text(call)[: call.result], call.began, call.ended)]
        return []

    def _names(self, call: Call) -> list[Event]:
        paths = [self._below(found.group(1)) for found in _STRING.finditer(call.arguments)]
        if not paths or paths[0] is None or (len(paths) > 1 and paths[1] is None):
            return []
        path = paths[0]
        if call.name in ("open", "creat"):
            raise CannotTrace(f"{call.name} of {path}: the simulation does not know this call")
        if call.name == "openat":
            return self._opened(call, path)
        if call.name.startswith("mkdir"):
            self.known[path] = FOLDER
            return [Name(path, FOLDER, call.began, call.ended)]
        if call.name.startswith("unlink"):
            self.known.pop(path, None)
            return [Name(path, None, call.began, call.ended)]
        target = paths[1]
        assert target is not None
        file = self.known[target] = self.file(path)
        linked = Name(target, file, call.began, call.ended)
        if call.name.startswith("link"):
            return [linked]
        self.known.pop(path, None)
        return [linked, Name(path, None, call.began, call.ended)]

    def _opened(self, call: Call, path: PurePosixPath) -> list[Event]:
        if (self.home / path).is_dir() or path == PurePosixPath():
            return []
        is_new = path not in self.known
        file = self.opened[call.result] = self.file(path)
        self.places[call.result] = 0
        events: list[Event] = (
            [Name(path, file, call.began, call.ended)] if is_new and "O_CREAT" in call.arguments else []
        )
        if "O_TRUNC" in call.arguments and not is_new:
            events.append(Truncate(file, 0, call.began, call.ended))
        return events

    def _below(self, quoted: str) -> PurePosixPath | None:
        """A path relative to the home; None for any other, and for what SQLite keeps in shared memory."""
        path = PurePosixPath(_bytes(quoted).decode("utf-8", "replace"))
        if not path.is_relative_to(self.home) or path.name.endswith("-shm"):
            return None
        return path.relative_to(self.home)

    def _answers(self, call: Call) -> list[Event]:
        data = _text(call)
        ids = [found.group(1).decode() for found in _DONE.finditer(data)]
        if data.startswith(b"HTTP/1.1 30"):
            ids += [found.group(1).decode() for found in _DONE_FORM.finditer(data)]
        return [Acknowledged(id, call.began, call.ended) for id in ids]


def _text(call: Call) -> bytes:
    """The bytes of a call's string. Raises CannotTrace when strace cut them off."""
    found = _STRING.search(call.arguments)
    if found is None or found.group(2):
        raise CannotTrace(f"{call.name}: the record holds only a part of what was written")
    return _bytes(found.group(1))


def _bytes(quoted: str) -> bytes:
    return bytes.fromhex(quoted.replace("\\x", ""))
