"""Books of another release are taken over whole, or stay as they were."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from django.db import connection

from comuna.acts import upgrade
from comuna.cli import main
from comuna.journal import rawrows, triggers
from comuna.journal.models import Record
from comuna.mandates.models import Account
from tests.cast import Cast

pytestmark = pytest.mark.sqlite_only


def made_by_another_release() -> None:
    """The same books with a column less in a state table, and another mark."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE territory_person DROP COLUMN relation")
        cursor.execute("PRAGMA user_version = 7")


def test_older_books_are_not_opened_but_said_to_be_older(founded: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    made_by_another_release()
    assert main(["journal", "export", "unused.zip"]) == 1
    assert "comuna upgrade" in capsys.readouterr().err
    assert main(["upgrade"]) == 0


def test_upgraded_books_have_the_same_records_and_state_and_everybody_keeps_the_password(founded: Cast) -> None:
    browser = founded.browser(founded.neighbour)
    before, records, accounts = rawrows.state_digest(), Record.objects.count(), Account.objects.count()
    made_by_another_release()
    assert main(["upgrade"]) == 0
    assert rawrows.state_digest() == before
    assert (Record.objects.count(), Account.objects.count()) == (records, accounts)
    assert triggers.faults() == []
    assert browser.get("/my-mandate/").status_code == 200


def test_books_that_do_not_verify_are_left_as_they_were(founded: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    path = Path(str(connection.settings_dict["NAME"]))
    made_by_another_release()
    triggers.remove()
    with connection.cursor() as cursor:
        cursor.execute("SELECT at FROM journal_record WHERE seq = 3")
        (at,) = cursor.fetchone()
        cursor.execute("UPDATE journal_record SET at = '2001-01-01T00:00:00Z' WHERE seq = 3")
    assert main(["upgrade"]) == 1
    assert "Nothing was changed" in capsys.readouterr().err
    assert str(connection.settings_dict["NAME"]) == str(path)
    assert not path.with_name(path.name + ".upgrade").exists()
    with connection.cursor() as cursor:
        cursor.execute("SELECT at FROM journal_record WHERE seq = 3")
        assert cursor.fetchone()[0].startswith("2001")
        cursor.execute("UPDATE journal_record SET at = %s WHERE seq = 3", [at])
    assert upgrade.upgrade() == Record.objects.count()


@pytest.mark.long
def test_books_that_another_program_reads_are_not_upgraded_and_lose_nothing(
    founded: Cast, capsys: pytest.CaptureFixture[str]
) -> None:
    made_by_another_release()
    path, records = str(connection.settings_dict["NAME"]), Record.objects.count()
    reader = sqlite3.connect(path)
    try:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM journal_record").fetchone()
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA user_version = 6")
        assert main(["upgrade"]) == 1
    finally:
        reader.close()
    assert "another program" in capsys.readouterr().err
    assert Record.objects.count() == records
    assert main(["upgrade"]) == 0
