"""Homes that are missing, broken, older or robbed: every command says so in words and leaves them as they are."""

from __future__ import annotations

import io
import json
import os
import shutil
import sqlite3
import stat
import subprocess
import sys
import tarfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from uuid import uuid4

import pytest

from tests.programs import comuna, done

pytestmark = [pytest.mark.long, pytest.mark.sqlite_only]

NEED_BOOKS = (
    ["verify"],
    ["verify", "--fast"],
    ["rebuild", "--check"],
    ["doctor"],
    ["codes"],
    ["upgrade"],
    ["backup", "{out}"],
    ["journal", "export", "{out}"],
    ["act", "territory.add_sector", "--json", "{fields}", "--as", "secretaria"],
)


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("sample") / "home"
    done(home, "demo", "--council")
    return home


@pytest.fixture
def home(sample: Path, tmp_path: Path) -> Path:
    """A copy of the sample's home, to be spoilt."""
    return Path(shutil.copytree(sample, tmp_path / "home"))


def words(command: list[str], folder: Path) -> list[str]:
    (folder / "fields.json").write_text(json.dumps({"name": "Sector Nuevo"}))
    (folder / "password").write_text("luna-sobre-la-cancha")
    given = [one.format(out=folder / f"{uuid4()}.out", fields=folder / "fields.json") for one in command]
    return [*given, "--password-file", str(folder / "password")] if command[0] == "act" else given


def listed(home: Path) -> dict[str, bytes]:
    if not home.exists():
        return {}
    left_out = {"comuna.lock", "comuna.db-wal", "comuna.db-shm"}
    return {str(p.relative_to(home)): p.read_bytes() for p in home.rglob("*") if p.is_file() and p.name not in left_out}


@pytest.mark.parametrize("command", NEED_BOOKS, ids=" ".join)
def test_a_mistyped_home_is_not_made(command: list[str], tmp_path: Path) -> None:
    answer = comuna(tmp_path / "mistyped", *words(command, tmp_path))
    assert answer.returncode == 1
    assert "There are no books in" in answer.stderr and "mistyped" in answer.stderr
    assert not (tmp_path / "mistyped").exists()


def no_bytes(home: Path) -> None:
    for one in home.glob("comuna.db*"):
        one.unlink()
    (home / "comuna.db").touch()


def text_as_database(home: Path) -> None:
    for one in home.glob("comuna.db*"):
        one.unlink()
    (home / "comuna.db").write_text("Esto no es una base de datos.\n" * 200)


def cut_off(home: Path) -> None:
    content = (home / "comuna.db").read_bytes()
    (home / "comuna.db").write_bytes(content[: len(content) // 2 // 4096 * 4096])


def no_sealing_key(home: Path) -> None:
    (home / "keys" / "sealing").unlink()


def no_node_key(home: Path) -> None:
    (home / "keys" / "node").unlink()


def another_node_key(home: Path) -> None:
    (home / "keys" / "node").write_bytes(b"k" * 32)


def empty_node_key(home: Path) -> None:
    (home / "keys" / "node").write_bytes(b"")


def short_node_key(home: Path) -> None:
    (home / "keys" / "node").write_bytes(b"corta")


def another_sealing_key(home: Path) -> None:
    (home / "keys" / "sealing").write_bytes(b"s" * 32)


def web_key_of_bytes(home: Path) -> None:
    (home / "keys" / "web").write_bytes(b"\xff\xfe" * 30)


BROKEN: tuple[Callable[[Path], None], ...] = (no_bytes, text_as_database, cut_off)
ROBBED: tuple[Callable[[Path], None], ...] = (
    no_sealing_key,
    another_sealing_key,
    no_node_key,
    another_node_key,
    empty_node_key,
    short_node_key,
    web_key_of_bytes,
)


@pytest.mark.parametrize("spoil", BROKEN)
def test_of_a_broken_database_every_command_says_so_and_changes_nothing(
    home: Path, tmp_path: Path, spoil: Callable[[Path], None]
) -> None:
    spoil(home)
    before = listed(home)
    for command in (NEED_BOOKS[0], NEED_BOOKS[3], NEED_BOOKS[6], NEED_BOOKS[8]):
        answer = comuna(home, *words(command, tmp_path))
        assert answer.returncode != 0, command
        assert "Traceback" not in answer.stderr + answer.stdout, (command, answer.stderr[-1500:])
        assert (answer.stderr + answer.stdout).strip(), command
        assert listed(home) == before, command


@pytest.mark.parametrize("spoil", ROBBED)
def test_without_its_own_keys_nothing_is_written_and_no_key_is_made_in_their_place(
    home: Path, tmp_path: Path, spoil: Callable[[Path], None]
) -> None:
    spoil(home)
    before = listed(home)
    for command in (["act", "territory.add_sector", "--json", "{fields}", "--as", "secretaria"], ["backup", "{out}"]):
        answer = comuna(home, *words(command, tmp_path))
        assert answer.returncode == 1
        assert "keys/" in answer.stderr and "Traceback" not in answer.stderr, answer.stderr
        assert listed(home) == before
    for command in (["verify", "--fast"], ["doctor"]):
        answer = comuna(home, *command)
        assert answer.returncode == 1
        assert "keys/" in answer.stdout + answer.stderr, answer.stdout
        assert listed(home) == before


def test_an_older_database_put_back_by_hand_is_read_and_not_written(home: Path, tmp_path: Path) -> None:
    older = (home / "comuna.db").read_bytes()
    act = ["act", "territory.add_sector", "--json", "{fields}", "--as", "secretaria"]
    assert "There are no" not in done(home, *words(act, tmp_path))
    noted = json.loads((home / "highest").read_text())
    assert noted["seq"] > 200
    for one in home.glob("comuna.db*"):
        one.unlink()
    (home / "comuna.db").write_bytes(older)
    (home / "highest").write_text(json.dumps({**noted, "seq": noted["seq"] + 9, "digest": "ab" * 32}))
    answer = comuna(home, *words(act, tmp_path))
    assert answer.returncode == 1
    assert "an older copy was put back" in answer.stdout and "acts.read-only" in answer.stderr
    assert comuna(home, *words(act, tmp_path)).returncode == 1, "also at the next start"


def test_an_older_database_is_told_before_anybody_starts_or_acts(home: Path) -> None:
    noted = json.loads((home / "highest").read_text())
    (home / "highest").write_text(json.dumps({**noted, "seq": noted["seq"] + 2, "digest": "ab" * 32}))
    for command in (["verify"], ["verify", "--fast"], ["doctor"]):
        answer = comuna(home, *command)
        assert answer.returncode == 1, command
        assert f"had record {noted['seq'] + 2} once and have it no more" in answer.stdout, answer.stdout


def test_a_statute_that_was_altered_on_disk_stops_the_start_and_is_named(home: Path, tmp_path: Path) -> None:
    file = next(path for path in (home / "files").rglob("*") if path.is_file() and b"[[seat]]" in path.read_bytes())
    file.write_bytes(file.read_bytes() + b"\n")
    answer = comuna(home, *words(list(NEED_BOOKS[-1]), tmp_path))
    assert answer.returncode == 1
    assert "was altered: files/" in answer.stderr and file.name in answer.stderr
    assert "Traceback" not in answer.stderr


def test_everything_in_a_home_is_its_owner_s_alone(sample: Path, tmp_path: Path) -> None:
    done(sample, "backup", str(tmp_path / "backup.tar"))
    for path in [sample, *sample.rglob("*"), tmp_path / "backup.tar"]:
        assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0, path


def test_a_backup_is_opened_with_a_key_or_refused_in_words_and_leaves_no_half_home(
    sample: Path, tmp_path: Path
) -> None:
    archive, key = tmp_path / "backup.age", tmp_path / "key.txt"
    done(sample, "backup", str(archive), "--new-key", str(key))
    (tmp_path / "shopping.txt").write_text("harina, café\n")
    for wrong in ("missing.txt", "shopping.txt"):
        answer = comuna(tmp_path / "new", "restore", str(archive), "--key", str(tmp_path / wrong))
        assert answer.returncode == 1
        assert wrong in answer.stderr and "Traceback" not in answer.stderr
        assert not (tmp_path / "new").exists()
    cut = tmp_path / "cut.tar"
    done(sample, "backup", str(tmp_path / "open.tar"))
    cut.write_bytes((tmp_path / "open.tar").read_bytes()[:400_000])
    answer = comuna(tmp_path / "new", "restore", str(cut))
    assert answer.returncode == 1
    assert "not a whole backup" in answer.stderr and not (tmp_path / "new").exists()
    assert [one.name for one in tmp_path.iterdir() if one.name.startswith("comuna-restore")] == []
    done(tmp_path / "new", "restore", str(archive), "--key", str(key))
    assert comuna(tmp_path / "new", *words(list(NEED_BOOKS[-1]), tmp_path)).returncode == 1, "read only"


def changed(archive: Path, target: Path, otherwise: dict[str, bytes | None]) -> Path:
    """A copy of an open backup with other members, or without those that are None."""
    with tarfile.open(archive) as source, tarfile.open(target, "w") as sink:
        there = {member.name: source.extractfile(member) for member in source if member.isfile()}
        content = {name: file.read() for name, file in there.items() if file is not None}
        for name, data in {**content, **otherwise}.items():
            if data is not None:
                entry = tarfile.TarInfo(name)
                entry.size = len(data)
                sink.addfile(entry, io.BytesIO(data))
    return target


def with_sql(database: Path, target: Path, sql: str) -> bytes:
    shutil.copyfile(database, target)
    with closing(sqlite3.connect(target)) as opened:
        opened.executescript(sql)
    return target.read_bytes()


KEEPS = "CREATE TRIGGER mine BEFORE DELETE ON journal_writer BEGIN SELECT RAISE(IGNORE); END;"
VIEW = "DROP TABLE journal_writer; CREATE VIEW journal_writer AS SELECT 1 AS commune, 1 AS epoch;"


def test_a_backup_that_is_none_is_refused_in_words_and_leaves_no_home(sample: Path, tmp_path: Path) -> None:
    done(sample, "backup", str(tmp_path / "open.tar"))
    with tarfile.open(tmp_path / "open.tar") as tar:
        tar.extract("comuna.db", tmp_path / "out")
    books, spoilt = tmp_path / "out" / "comuna.db", tmp_path / "spoilt.db"
    odd: list[tuple[dict[str, bytes | None], str]] = [
        ({"comuna.db": b"basura" * 999}, "comuna.db"),
        ({"comuna.db": b""}, "comuna.db"),
        ({"comuna.db": None}, "no books in it"),
        ({"comuna.db": books.read_bytes()[:200_000]}, "comuna.db"),
        ({"comuna.db": with_sql(books, spoilt, "DROP TABLE journal_writer;")}, "no books of Comuna"),
        ({"comuna.db": with_sql(books, spoilt, VIEW)}, "no books of Comuna"),
        ({"comuna.db": with_sql(books, spoilt, KEEPS)}, "a trigger of somebody's own"),
        ({"format.json": b"[]"}, "not a backup of Comuna"),
        ({"format.json": b"[" * 1000}, "not a"),
        ({"format.json": None}, "not a whole backup"),
        ({"comuna.db": None, "journal.zip": b"x", "local.jsonl": b""}, "Nothing was restored"),
        ({"keys": b"x"}, "no backup of ours"),
    ]
    for number, (otherwise, words) in enumerate(odd):
        archive = changed(tmp_path / "open.tar", tmp_path / f"odd-{number}.tar", otherwise)
        answer = comuna(tmp_path / "new", "restore", str(archive))
        assert answer.returncode == 1, otherwise.keys()
        assert words in answer.stderr and "Traceback" not in answer.stderr, answer.stderr
        assert not (tmp_path / "new").exists() or not any((tmp_path / "new").iterdir())
    done(tmp_path / "new", "restore", str(tmp_path / "open.tar"))


def test_a_backup_that_fails_leaves_neither_file_nor_key(sample: Path, tmp_path: Path) -> None:
    for words in (["--to", "age1nobody"], ["--new-key", str(tmp_path / "key.txt")]):
        target = tmp_path / "backup.age"
        if words[0] == "--new-key":
            target.touch()
        answer = comuna(sample, "backup", str(target), *words)
        assert answer.returncode == 1 and "Traceback" not in answer.stderr
        assert [one.name for one in tmp_path.iterdir() if one != target] == []


def write_protected(home: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """A command over a home that is mounted so that nobody writes in it, also not root."""
    mounted = 'mount --bind "$0" "$0" && mount -o remount,ro,bind "$0" && shift 0 && exec "$@"'
    command = ["unshare", "-rm", "sh", "-c", mounted, str(home), sys.executable, "-m", "comuna.cli", *words]
    environment = {**os.environ, "COMUNA_HOME": str(home)}
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=600)


def test_a_copy_on_a_write_protected_stick_is_verified(home: Path) -> None:
    try:
        allowed = subprocess.run(["unshare", "-rm", "true"], check=False, capture_output=True).returncode == 0
    except FileNotFoundError:
        allowed = False
    if not allowed:
        pytest.skip("this computer lets nobody mount a folder for one command")
    before = listed(home)
    answer = write_protected(home, "verify")
    assert answer.returncode == 0, answer.stdout + answer.stderr
    assert "takes no writing" in answer.stdout and "Yes: " in answer.stdout
    changed_name = "UPDATE territory_street SET name = 'otra'"
    with closing(sqlite3.connect(home / "comuna.db")) as opened:
        opened.execute(changed_name)
        opened.commit()
    assert "territory_street" in write_protected(home, "verify").stdout
    answer = write_protected(home, *words(list(NEED_BOOKS[-1]), home.parent))
    assert answer.returncode == 1 and "Traceback" not in answer.stderr
    assert before.keys() == listed(home).keys()
