"""What was asked in one transaction of acts is known to the next one, as long as nobody has written anything."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import suppress
from threading import Thread

import pytest
from django.db import connection, transaction

from comuna.journal.lock import RowsOf, changed, once, writing
from comuna.journal.models import Upload, Writer
from conftest import Books

pytestmark = pytest.mark.sqlite_only


def asks_again() -> bool:
    """Whether a transaction of acts asks the question, or knows the answer."""
    connection.ensure_connection()
    asked: list[int] = []
    with writing(acts=True):
        once("question", lambda: asked.append(1), (Writer,))
    return bool(asked)


def test_one_question_is_asked_once_until_somebody_writes(books: Books) -> None:
    assert asks_again()
    assert not asks_again()
    assert not asks_again()


def _this_connection_writes() -> None:
    Upload.objects.all().delete()
    Upload.objects.create(digest="0" * 64, size=1, media_type="a/b", at="2027-01-04T12:00:00Z")


def _another_connection_writes() -> None:
    other = sqlite3.connect(connection.settings_dict["NAME"])
    other.execute("INSERT INTO journal_writer VALUES ('00000000000000000000000000000001', 1)")
    other.execute("DELETE FROM journal_writer")
    other.commit()
    other.close()


def _a_hook_writes_after_the_commit() -> None:
    with writing(acts=True):
        transaction.on_commit(_this_connection_writes)


def _it_is_taken_back() -> None:
    with suppress(ZeroDivisionError), writing(acts=True):
        once("question", lambda: None, (Writer,))
        raise ZeroDivisionError


def _it_is_taken_back_without_a_word() -> None:
    with writing(acts=True):
        once("question", lambda: None, (Writer,))
        connection.needs_rollback = True


def _it_is_part_of_what_may_be_taken_back() -> None:
    with transaction.atomic(), writing(acts=True):
        once("question", lambda: None, (Writer,))


def _something_else_than_acts_writes() -> None:
    with writing():
        pass


def _another_file_is_opened() -> None:
    connection.close()


def _an_act_changes_what_it_rests_on() -> None:
    with writing(acts=True):
        changed(Writer, only_new=True)


@pytest.mark.parametrize(
    "happens",
    [
        _this_connection_writes,
        _another_connection_writes,
        _a_hook_writes_after_the_commit,
        _it_is_taken_back,
        _it_is_taken_back_without_a_word,
        _it_is_part_of_what_may_be_taken_back,
        _something_else_than_acts_writes,
        _another_file_is_opened,
        _an_act_changes_what_it_rests_on,
    ],
)
def test_it_is_asked_anew_once(books: Books, happens: Callable[[], None]) -> None:
    asks_again()
    assert not asks_again()
    happens()
    assert asks_again()


def test_another_thread_knows_nothing_of_it(books: Books) -> None:
    asks_again()
    said: list[bool] = []

    def ask() -> None:
        said.append(asks_again())
        connection.close()

    other = Thread(target=ask)
    other.start()
    other.join()
    assert said == [True]


def test_new_rows_are_no_news_to_what_rests_on_those_that_stand(books: Books) -> None:
    connection.ensure_connection()
    asked: list[int] = []

    def ask() -> int:
        with writing(acts=True):
            once("rows", lambda: asked.append(1), (RowsOf(Writer),))
        return len(asked)

    assert ask() == 1
    with writing(acts=True):
        changed(Writer, only_new=True)
    assert ask() == 1
    with writing(acts=True):
        changed(Writer)
    assert ask() == 2
