"""The books of accounts as one file, from the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from comuna.acts.clock import frozen_at
from comuna.cli import main
from comuna.treasury import plaintext
from comuna.treasury.models import Book
from comuna.treasury.tests.cash import LATER, Cash
from tests.cast import Cast


@pytest.mark.parametrize("kind", ["hledger", "beancount"])
def test_the_command_writes_every_book_into_one_file_once(
    founded: Cast, tmp_path: Path, kind: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with frozen_at(LATER):
        Cash.opened(founded).receive("125050")
    file = tmp_path / "all"
    assert main(["accounts", "export", str(file), "--format", kind]) == 0
    assert "Books: 1, entries: 1" in capsys.readouterr().out
    assert file.read_text() == "".join(plaintext.lines(Book.objects.all(), kind))
    assert main(["accounts", "export", str(file)]) == 1
    assert "exists already" in capsys.readouterr().err
