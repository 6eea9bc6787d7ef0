"""A home whose first start was cut short is finished by the next one."""

from __future__ import annotations

import sqlite3
import time
from pathlib import Path
from random import Random

import pytest

from tests.soak.founding import found
from tests.soak.server import Server, comuna

STARTS = 4
SECONDS_MAX = 2.5


@pytest.mark.long
@pytest.mark.sqlite_only
def test_a_first_start_killed_at_any_moment_is_finished_by_the_next(tmp_path: Path) -> None:
    random = Random()
    for number in range(STARTS):
        home = tmp_path / str(number)
        home.mkdir()
        server = Server(home)
        time.sleep(random.uniform(0, SECONDS_MAX))
        server.kill()
        answering = Server(home)
        answering.wait_until_it_answers()
        answering.kill()
        said = comuna(home, "verify")
        assert said.code == 0, said.words


def started_once(home: Path) -> None:
    server = Server(home)
    server.wait_until_it_answers()
    server.stop()


@pytest.mark.long
def test_a_trigger_missing_from_an_unmarked_empty_home_is_put_in_place(tmp_path: Path) -> None:
    started_once(tmp_path)
    assert comuna(tmp_path, "doctor").code == 0
    books = sqlite3.connect(tmp_path / "comuna.db")
    (name,) = books.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' LIMIT 1").fetchone()
    books.execute(f"DROP TRIGGER {name}")
    books.execute("PRAGMA user_version = 0")
    books.commit()
    books.close()
    assert comuna(tmp_path, "journal", "export", str(tmp_path / "again.zip")).code == 0
    assert comuna(tmp_path, "verify", "--fast").code == 0


@pytest.mark.long
def test_new_books_have_their_keys_before_their_first_record(tmp_path: Path) -> None:
    started_once(tmp_path)
    assert {key.name for key in (tmp_path / "keys").iterdir()} >= {"sealing", "node"}


def test_no_key_is_made_in_place_of_one_that_was_lost(tmp_path: Path) -> None:
    home = tmp_path / "home"
    found(home)
    key = home / "keys" / "sealing"
    kept = key.read_bytes()
    key.unlink()
    said = comuna(home, "journal", "export", str(tmp_path / "books.zip"))
    assert said.code != 0 and "keys/sealing" in said.words, said.words
    assert not key.exists()
    key.write_bytes(kept)
    assert comuna(home, "journal", "export", str(tmp_path / "books.zip")).code == 0
