"""The sample commune's books through the command line: export, import, rebuild, backup, restore, verify."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house import ROOT
from tests.programs import comuna, digest_in, done, second_engine

pytestmark = pytest.mark.long


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with the sample commune, made once."""
    home = tmp_path_factory.mktemp("sample") / "home"
    done(home, "demo", "--council")
    return home


@pytest.fixture(scope="module")
def exported(sample: Path) -> Path:
    target = sample.parent / "journal.zip"
    done(sample, "journal", "export", str(target))
    return target


@pytest.fixture
def postgresql() -> Iterator[str]:
    with second_engine() as address:
        yield address


def test_the_sample_verifies_and_replays(sample: Path) -> None:
    assert "Yes:" in done(sample, "verify")
    assert done(sample, "rebuild", "--check").strip().endswith("equal")


def test_both_engines_read_the_same_state_out_of_one_journal(
    sample: Path, exported: Path, tmp_path: Path, postgresql: str
) -> None:
    own = digest_in(done(sample, "verify"))
    on_sqlite = digest_in(done(tmp_path / "one", "journal", "import", str(exported)))
    on_postgresql = digest_in(done(tmp_path / "two", "journal", "import", str(exported), database=postgresql))
    print(f"state digests: {own} (in use), {on_sqlite} (SQLite), {on_postgresql} (PostgreSQL)")  # noqa: T201  the figures are asked for
    assert own == on_sqlite == on_postgresql
    assert digest_in(done(tmp_path / "two", "verify", database=postgresql)) == own


def test_the_independent_checker_agrees(exported: Path) -> None:
    answer = subprocess.run(
        [sys.executable, str(ROOT / "script" / "check-journal"), str(exported)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert answer.returncode == 0, answer.stdout
    assert answer.stdout.startswith("Yes:")


def test_an_encrypted_backup_opens_with_its_key_alone_and_is_proven_on_restore(sample: Path, tmp_path: Path) -> None:
    archive, key = tmp_path / "backup.age", tmp_path / "key.txt"
    done(sample, "backup", str(archive), "--new-key", str(key))
    assert b"Araguaneyes" not in archive.read_bytes()
    assert comuna(tmp_path / "without", "restore", str(archive)).returncode == 1
    restored = tmp_path / "restored"
    assert digest_in(done(restored, "restore", str(archive), "--key", str(key))) == digest_in(done(sample, "verify"))
    again = comuna(restored, "restore", str(archive), "--key", str(key))
    assert (again.returncode, "not empty" in again.stderr) == (1, True)


def test_a_copy_whose_last_ten_records_were_cut_off_is_found_out_by_paper(sample: Path, tmp_path: Path) -> None:
    archive = tmp_path / "backup.tar"
    done(sample, "backup", str(archive))
    home = tmp_path / "home"
    done(home, "restore", str(archive))
    with sqlite3.connect(home / "comuna.db") as books:
        size, note = books.execute("SELECT size, note FROM journal_checkpoint ORDER BY size DESC LIMIT 1").fetchone()
        code = _paper(home)
        for (name,) in books.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            books.execute(f"DROP TRIGGER {name}")
        books.execute("DELETE FROM journal_record WHERE seq > ?", [size - 10])
        books.execute("DELETE FROM journal_checkpoint WHERE size > ?", [size - 10])
    assert note
    said = comuna(home, "verify", "--fast", "--checkpoint", code)
    assert said.returncode == 1
    assert f"records after {size - 10:,} are missing" in said.stdout
    wrong = code[:8] + ("A" if code[8] != "A" else "B") + code[9:]
    assert "typing error" in comuna(sample, "verify", "--fast", "--checkpoint", wrong).stdout
    size, *groups = code.split(" ")
    swapped = " ".join([size, groups[0], groups[2], groups[1], groups[3]])
    assert "in another order" in comuna(sample, "verify", "--fast", "--checkpoint", swapped).stdout
    assert "Yes: the first" in done(sample, "verify", "--fast", "--checkpoint", code)


def _paper(home: Path) -> str:
    """The newest code as a page prints it."""
    program = (
        "import django; django.setup()\n"
        "from comuna.journal import checkpoint\n"
        "from comuna.journal.queries import commune_here\n"
        "print(checkpoint.paper_code(checkpoint.newest(commune_here())))"
    )
    environment = {
        **os.environ,
        "COMUNA_HOME": str(home),
        "DATABASE_URL": "",
        "DJANGO_SETTINGS_MODULE": "comuna.web.settings",
    }
    answer = subprocess.run(
        [sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True
    )
    return answer.stdout.strip()


def test_a_damaged_bundle_is_refused_whole_and_in_words(exported: Path, tmp_path: Path) -> None:
    for name, content in (
        ("text.zip", b"not a zip"),
        ("short.zip", exported.read_bytes()[: exported.stat().st_size // 2]),
    ):
        broken = tmp_path / name
        broken.write_bytes(content)
        answer = comuna(tmp_path / f"home-{name}", "journal", "import", str(broken))
        assert answer.returncode == 1
        assert "Nothing was read" in answer.stderr
        assert "Traceback" not in answer.stderr
