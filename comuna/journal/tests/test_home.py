"""Keys are whole before anybody uses them, and one for all."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from comuna.journal.home import NoKey, kept_key


def test_whoever_comes_at_once_gets_the_same_key(tmp_path: Path) -> None:
    for number in range(20):
        path = tmp_path / "keys" / str(number)

        def ask(_thread: int, path: Path = path) -> bytes:
            return kept_key(path, lambda: os.urandom(32))

        with ThreadPoolExecutor(8) as pool:
            assert set(pool.map(ask, range(8))) == {path.read_bytes()}


def test_a_key_that_was_lost_is_never_replaced_by_a_new_one(tmp_path: Path) -> None:
    path = tmp_path / "keys" / "sealing"
    kept_key(path, lambda: os.urandom(32))
    path.write_bytes(b"")
    with pytest.raises(NoKey):
        kept_key(path, lambda: os.urandom(32))
    assert path.read_bytes() == b""


def test_a_making_that_was_cut_short_leaves_no_key(tmp_path: Path) -> None:
    def cut() -> bytes:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        kept_key(tmp_path / "keys" / "sealing", cut)
    assert not (tmp_path / "keys" / "sealing").exists()
    assert len(kept_key(tmp_path / "keys" / "sealing", lambda: os.urandom(32))) == 32
