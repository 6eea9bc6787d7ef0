"""A file that is no journal, or a spoilt one, is refused by ``journal import`` in words, and leaves nothing behind."""

from __future__ import annotations

import json
import shutil
import struct
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from comuna.acts import rebuild
from comuna.journal import bundle, canonical, files, home
from comuna.journal.models import Commitment, Record, StoredFile
from conftest import Engine
from tests.cast import Cast
from tests.house import ROOT
from tests.programs import comuna

Members = dict[str, bytes]


@pytest.fixture
def exported(founded: Cast, tmp_path: Path) -> Path:
    bundle.export(tmp_path / "whole.zip")
    return tmp_path / "whole.zip"


@pytest.fixture
def empty(exported: Path, engine: Engine, tmp_path: Path) -> Iterator[Path]:
    """An empty home, entered, after the export."""
    here, name = home.home(), str(connection.settings_dict["NAME"])
    home.use(tmp_path / "empty")
    other = engine.fresh()
    try:
        yield tmp_path / "empty"
    finally:
        engine.drop(other)
        engine.enter(name)
        home.use(here)


def members(file: Path) -> Members:
    with zipfile.ZipFile(file) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def zipped(content: Members, target: Path, method: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(target, "w", method) as made:
        for name, data in content.items():
            made.writestr(name, data)
    return target


def lines(*values: Any) -> bytes:
    return b"".join(json.dumps(value).encode() + b"\n" for value in values)


def checkpoint(**changes: Any) -> Callable[[Members], None]:
    def change(content: Members) -> None:
        [first, *_] = content["checkpoints.jsonl"].splitlines()
        content["checkpoints.jsonl"] = lines({**json.loads(first), **changes})

    return change


def part(**changes: Any) -> Callable[[Members], None]:
    def change(content: Members) -> None:
        [first, *_] = content["parts.jsonl"].splitlines()
        content["parts.jsonl"] = lines({**json.loads(first), **changes})

    return change


def record(**changes: Any) -> Callable[[Members], None]:
    """The last record otherwise: it still follows the one before."""

    def change(content: Members) -> None:
        *others, last = content["records.jsonl"].splitlines()
        body = {**json.loads(last), **changes}
        content["records.jsonl"] = b"".join(one + b"\n" for one in [*others, canonical.encode(body)])

    return change


def member(name: str, data: bytes) -> Callable[[Members], None]:
    return lambda content: content.update({name: data})


def without(name: str) -> Callable[[Members], None]:
    def change(content: Members) -> None:
        del content[name]

    return change


NOBODY = "00000000-0000-4000-8000-000000000000"
ODD: list[tuple[Callable[[Members], None], str]] = [
    (member("format.json", b"5"), "format.json"),
    (member("format.json", b"[" * 9_000), "format.json"),
    (member("format.json", b"[]"), "another format"),
    (without("format.json"), "format.json"),
    (without("records.jsonl"), "records.jsonl"),
    (without("parts.jsonl"), "parts.jsonl"),
    (checkpoint(commune="nobody"), "checkpoints.jsonl, line 1"),
    (checkpoint(size=2**70), "checkpoints.jsonl, line 1"),
    (checkpoint(size="3"), "checkpoints.jsonl, line 1"),
    (checkpoint(note=[1]), "checkpoints.jsonl, line 1"),
    (checkpoint(made_at=None), "checkpoints.jsonl, line 1"),
    (member("checkpoints.jsonl", lines([])), "checkpoints.jsonl, line 1"),
    (part(number=2**70), "parts.jsonl, line 1"),
    (part(number=True), "parts.jsonl, line 1"),
    (part(audience=["x"]), "parts.jsonl, line 1"),
    (part(record=7), "parts.jsonl, line 1"),
    (part(body="no base64!"), "parts.jsonl, line 1"),
    (member("parts.jsonl", b"[" * 200_000 + b"\n"), "parts.jsonl, line 1"),
    (record(epoch="x"), "records.jsonl, line"),
    (record(epoch=2**40), "records.jsonl, line"),
    (record(verb=7), "records.jsonl, line"),
    (record(day="yesterday"), "records.jsonl, line"),
    (record(id=None), "records.jsonl, line"),
    (record(files=[{"digest": "ab"}]), "record "),
    (record(files={"x": 1}), "record "),
    (record(erases=["x"]), "record "),
    (record(erases=["00" * 32]), "the records order 1 parts erased"),
    (part(erased_by=NOBODY, erasure_salt="00" * 16), "no record ordered it erased"),
    (part(erased_by=NOBODY), "parts.jsonl, line 1"),
    (member("records.jsonl", b"\n"), "records.jsonl, line 1"),
    (member("records.jsonl", b"[1]\n"), "records.jsonl, line 1"),
    (member("records.jsonl", b"x" * (bundle.LINE_BYTES_MAX + 5)), "records.jsonl, line 1"),
]


@pytest.mark.parametrize(("spoil", "named"), ODD, ids=lambda value: str(value) if isinstance(value, str) else "")
def test_what_cannot_be_read_is_named_by_member_and_line(
    exported: Path, empty: Path, tmp_path: Path, spoil: Callable[[Members], None], named: str
) -> None:
    content = members(exported)
    spoil(content)
    with pytest.raises(bundle.BadBundle) as refused:
        bundle.load(zipped(content, tmp_path / "odd.zip"))
    assert named in str(refused.value)
    assert not Record.objects.exists() and not Commitment.objects.exists()
    assert files_in(empty) == []


def files_in(folder: Path) -> list[Path]:
    return [path for path in (folder / "files").rglob("*") if path.is_file()]


@pytest.mark.parametrize(
    ("place", "bits", "named"),
    [(8, 1, "encrypted"), (10, 97, "packed as no export packs"), (10, 9, "packed as no export packs")],
)
def test_what_is_encrypted_or_packed_otherwise_is_named(
    exported: Path, empty: Path, tmp_path: Path, place: int, bits: int, named: str
) -> None:
    """Bits of a member's entry in the directory at the end of the zip, those of its first member."""
    data = bytearray(exported.read_bytes())
    entry = data.index(b"PK\x01\x02")
    struct.pack_into("<H", data, entry + place, bits)
    (tmp_path / "odd.zip").write_bytes(data)
    with pytest.raises(bundle.BadBundle, match=named):
        bundle.load(tmp_path / "odd.zip")


def test_damaged_bytes_anywhere_in_the_file_are_refused_in_words(exported: Path, empty: Path, tmp_path: Path) -> None:
    whole = exported.read_bytes()
    for place in range(50, len(whole), len(whole) // 60):
        data = bytearray(whole)
        data[place : place + 6] = bytes(one ^ 0xFF for one in data[place : place + 6])
        (tmp_path / "odd.zip").write_bytes(data)
        try:
            bundle.load(tmp_path / "odd.zip", then=fail)
        except (bundle.BadBundle, NotNow):
            assert files_in(empty) == [], place
    for size in range(0, len(whole), len(whole) // 20):
        (tmp_path / "odd.zip").write_bytes(whole[:size])
        with pytest.raises(bundle.BadBundle):
            bundle.load(tmp_path / "odd.zip")


class NotNow(Exception):
    """What comes after reading fails."""


def fail() -> None:
    raise NotNow


def test_files_that_no_record_cites_are_not_unpacked(exported: Path, empty: Path, tmp_path: Path) -> None:
    content = members(exported)
    for number in range(3):
        blank = bytes([number]) * 1_000_000
        content[f"files/{sha256(blank).hexdigest()}"] = blank
    bundle.load(zipped(content, tmp_path / "more.zip"))
    assert {path.name for path in files_in(empty)} == set(StoredFile.objects.values_list("digest", flat=True))


def test_what_fails_after_reading_leaves_no_file(exported: Path, empty: Path) -> None:
    with pytest.raises(NotNow):
        bundle.load(exported, then=fail)
    assert files_in(empty) == [] and not Record.objects.exists()
    bundle.load(exported)
    assert files_in(empty) != []


def test_a_cited_file_that_is_missing_or_another_is_named(exported: Path, empty: Path, tmp_path: Path) -> None:
    name = next(name for name in members(exported) if name.startswith("files/"))
    for data in (None, b"otra cosa", members(exported)[name].replace(b"a", b"e", 1)):
        content = members(exported)
        content.pop(name) if data is None else content.update({name: data})
        with pytest.raises(bundle.BadBundle, match=name):
            bundle.load(zipped(content, tmp_path / "odd.zip"))
        assert files_in(empty) == []


def test_a_record_that_cannot_be_done_again_is_named(exported: Path, empty: Path, tmp_path: Path) -> None:
    content = members(exported)
    last = len(content["records.jsonl"].splitlines())
    record(verb="territory.no_such_verb")(content)
    with pytest.raises(rebuild.ReplayFailed, match=f"record {last} "):
        bundle.load(zipped(content, tmp_path / "odd.zip"), then=rebuild.replay)
    assert not Record.objects.exists()


@pytest.mark.long
@pytest.mark.sqlite_only
def test_the_command_says_so_without_a_trace(exported: Path, tmp_path: Path) -> None:
    content = members(exported)
    record(verb="territory.no_such_verb")(content)
    odd = zipped(content, tmp_path / "verb.zip")
    (tmp_path / "text.zip").write_text("no es un diario")
    nothing = dict.fromkeys(("records.jsonl", "parts.jsonl", "checkpoints.jsonl"), b"")
    none = zipped(members(exported) | nothing, tmp_path / "none.zip")
    for file in (odd, tmp_path / "text.zip", none, tmp_path / "missing.zip"):
        answer = comuna(tmp_path / "new", "journal", "import", str(file))
        assert answer.returncode == 1, file
        assert "Traceback" not in answer.stderr and "Nothing was read" in answer.stderr, answer.stderr
        assert file.name in answer.stderr
        assert files_in(tmp_path / "new") == []


def test_an_export_that_fails_leaves_no_file_in_the_way_of_the_next(founded: Cast, tmp_path: Path) -> None:
    path = files.path_of(StoredFile.objects.values_list("digest", flat=True)[0])
    shutil.move(path, tmp_path / "elsewhere")
    with pytest.raises(files.NoSuchFile):
        bundle.export(tmp_path / "journal.zip")
    assert [one.name for one in tmp_path.iterdir() if one.name.startswith("journal")] == []
    shutil.move(tmp_path / "elsewhere", path)
    bundle.export(tmp_path / "journal.zip")
    with pytest.raises(FileExistsError):
        bundle.export(tmp_path / "journal.zip")


def test_the_checker_without_this_program_leaves_no_trace_either(exported: Path, tmp_path: Path) -> None:
    whole = exported.read_bytes()
    spoilt = []
    for number, (spoil, _named) in enumerate(ODD):
        content = members(exported)
        spoil(content)
        spoilt.append(zipped(content, tmp_path / f"odd-{number}.zip"))
    for number, place in enumerate(range(50, len(whole), len(whole) // 10)):
        spoilt.append(tmp_path / f"damaged-{number}.zip")
        spoilt[-1].write_bytes(whole[:place] + b"\xff\x00\xff" + whole[place + 3 :])
    for file in spoilt:
        words = [sys.executable, str(ROOT / "script/check-journal"), str(file)]
        answer = subprocess.run(words, capture_output=True, text=True, check=False)
        assert "Traceback" not in answer.stderr, (file.name, answer.stderr)
