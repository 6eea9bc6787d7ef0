"""The mark of a database: by which release's tables it was made, on both engines."""

from __future__ import annotations

from django.db import connection

from comuna.journal.prepare import is_of_this_release, is_unfinished, prepare
from conftest import Books


def _mark_as(mark: int) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"PRAGMA user_version = {mark}")
        else:
            cursor.execute(f"COMMENT ON TABLE journal_record IS '{mark}'")


def test_a_database_of_another_release_is_told_apart(books: Books) -> None:
    assert is_of_this_release()
    _mark_as(12345)
    assert not is_of_this_release()
    assert not is_unfinished()


def test_a_database_whose_making_was_cut_short_is_finished(books: Books) -> None:
    _mark_as(0)
    assert is_unfinished()
    assert not is_of_this_release()
    prepare()
    assert is_of_this_release()
    assert not is_unfinished()
