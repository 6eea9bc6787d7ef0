"""What a cut leaves is what was synced; of the rest, none or some."""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from random import Random

import pytest

from tests.soak import strace
from tests.soak.disk import FOLDER, Disk, Lost, Name, Sync, Truncate, Write

ROOT, BOOK = PurePosixPath(), PurePosixPath("book")


def played(*events: Write | Truncate | Name | Sync) -> Disk:
    disk = Disk()
    for event in events:
        disk.play(event)
    return disk


def named(path: PurePosixPath = BOOK, file: int | None = 1, at: int = 0) -> tuple[Name, Sync]:
    """A name that is on disk."""
    return Name(path, file, at, at), Sync(path.parent, at + 1, at + 1)


def contents(disk: Disk, lost: Lost = Lost.ALL, path: PurePosixPath = BOOK) -> set[bytes | None]:
    """What a hundred cuts at this moment may leave of a file."""
    return {disk.after_cut(lost, Random(seed)).get(path) for seed in range(100)}


def test_what_was_synced_is_there_and_nothing_else() -> None:
    disk = played(*named(), Write(1, 0, b"one", 2, 2), Sync(1, 3, 3), Write(1, 3, b"two", 4, 4))
    assert contents(disk) == {b"one"}
    assert contents(disk, Lost.WRITES) == {b"one", b"onetwo"}


def test_a_sync_covers_only_what_was_written_before_it_began() -> None:
    disk = played(*named(), Write(1, 0, b"one", 2, 5), Sync(1, 4, 6))
    assert contents(disk) == {b""}


def test_of_a_long_write_any_sector_may_be_missing() -> None:
    disk = played(*named(), Write(1, 512, b"a" * 512 + b"b" * 512, 2, 2))
    gap = bytes(512)
    assert contents(disk, Lost.SECTORS) == {
        b"",
        gap + b"a" * 512,
        gap + gap + b"b" * 512,
        gap + b"a" * 512 + b"b" * 512,
    }


def test_later_writes_may_stay_while_earlier_ones_are_lost() -> None:
    disk = played(*named(), Write(1, 0, b"1", 2, 2), Write(1, 1, b"2", 3, 3))
    assert b"\0" + b"2" in contents(disk, Lost.WRITES)


def test_a_name_is_lost_until_its_folder_is_synced_even_when_the_file_was() -> None:
    disk = played(Name(BOOK, 1, 0, 0), Write(1, 0, b"one", 1, 1), Sync(1, 2, 2))
    assert contents(disk) == {None}
    disk.play(Sync(ROOT, 3, 3))
    assert contents(disk) == {b"one"}


def test_a_file_is_lost_with_its_folder() -> None:
    inside = PurePosixPath("files/ab")
    disk = played(Name(inside.parent, FOLDER, 0, 0), *named(inside, at=1), Write(1, 0, b"x", 3, 3), Sync(1, 4, 4))
    assert contents(disk, path=inside) == {None}
    disk.play(Sync(ROOT, 5, 5))
    assert contents(disk, path=inside) == {b"x"}


def test_a_deletion_or_a_shortening_that_was_not_synced_may_not_have_happened() -> None:
    disk = played(*named(), Write(1, 0, b"one", 2, 2), Sync(1, 3, 3), Truncate(1, 0, 4, 4), Name(BOOK, None, 5, 5))
    assert contents(disk) == {b"one"}
    assert contents(disk, Lost.WRITES) == {b"one", b"", None}


RECORD = r"""
7 openat(AT_FDCWD</>, "/home/book", O_RDWR|O_CREAT|O_CLOEXEC, 0644) = 3</home/book>
7 pwrite64(3</home/book>, "one", 3, 0 <unfinished ...>
8 fsync(3</home/book> <unfinished ...>
7 <... pwrite64 resumed>) = 3
8 <... fsync resumed>) = 0
7 write(3</home/book>, "two", 3) = 3
7 ftruncate(3</home/book>, 2) = 0
7 openat(AT_FDCWD</>, "/elsewhere", O_RDWR|O_CREAT, 0644) = 4</elsewhere>
7 write(4</elsewhere>, "x", 1) = 1
7 unlink("/home/gone") = -1 ENOENT (No such file or directory)
7 rename("/home/book", "/home/tome") = 0
"""


def as_strace_writes(text: str) -> str:
    """Names and strings as hex, which is how the record has them."""
    quoted = {"/home/book", "/home/tome", "/home/gone", "/elsewhere", "one", "two", "x"}
    for words in sorted(quoted, key=len, reverse=True):
        plain = "".join(f"\\x{byte:02x}" for byte in words.encode())
        text = text.replace(f'"{words}"', f'"{plain}"').replace(f"<{words}>", f"<{plain}>")
    return text.replace("<\\x2f>", "<>").lstrip()


def test_a_record_of_calls_is_read_in_the_order_of_their_ends(tmp_path: Path) -> None:
    record = tmp_path / "record"
    record.write_text(as_strace_writes(RECORD))
    assert strace.Reading(Path("/home")).events(record) == [
        Name(BOOK, 1, 0, 0),
        Write(1, 0, b"one", 1, 3),
        Sync(1, 2, 4),
        Write(1, 0, b"two", 5, 5),
        Truncate(1, 2, 6, 6),
        Name(PurePosixPath("tome"), 1, 10, 10),
        Name(BOOK, None, 10, 10),
    ]


def test_a_call_that_the_record_does_not_understand_stops_the_reading(tmp_path: Path) -> None:
    record = tmp_path / "record"
    record.write_text(as_strace_writes("7 fallocate(3</home/book>, 0, 0, 9) = 0\n"))
    with pytest.raises(strace.CannotTrace, match="fallocate"):
        strace.Reading(Path("/home")).events(record)
