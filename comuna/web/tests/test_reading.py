"""What a page asks several times is asked once, and never stands in for what is true at the next act or page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from comuna.acts.clock import frozen_at
from comuna.journal.lock import once, once_a_page, reading, writing
from comuna.mandates import queries
from comuna.mandates.acts import Resign
from comuna.mandates.rules import MandateStatus
from conftest import Books
from tests.cast import NOW, TODAY, Cast

Ask = Callable[[str, Callable[[], int]], int]


def status_of(person: UUID, day: date = TODAY) -> MandateStatus:
    return queries.mandates_of(person, day)[0].status


def test_a_signed_in_page_asks_no_question_five_times(founded: Cast) -> None:
    browser = founded.browser(founded.secretary)
    browser.get("/my-mandate/")
    with CaptureQueriesContext(connection) as asked:
        assert browser.get("/my-mandate/").status_code == 200
    said = [query["sql"] for query in asked.captured_queries]
    assert max(map(said.count, said)) <= 3
    assert len(said) <= 40


def test_the_next_page_and_the_next_act_know_what_was_done_meanwhile(founded: Cast) -> None:
    browser = founded.browser(founded.signer)
    assert "in office" in browser.get("/my-mandate/", headers={"accept-language": "en"}).content.decode()
    with reading():
        assert status_of(founded.signer) is MandateStatus.ACTIVE
        founded.does(founded.signer, Resign(mandate=founded.mandate(founded.signer)))
        with writing():
            assert status_of(founded.signer) is MandateStatus.RESIGNED, "an act never goes by what a page was told"
    assert status_of(founded.signer) is MandateStatus.RESIGNED
    with frozen_at(NOW):
        page = browser.get("/my-mandate/", headers={"accept-language": "en"}).content.decode()
    assert "resigned" in page


def _once(key: str, ask: Callable[[], int]) -> int:
    return once(key, ask, ())


@pytest.mark.parametrize("ask", [_once, once_a_page])
def test_nothing_is_remembered_outside_of_a_page(books: Books, ask: Ask) -> None:
    answers = iter(range(9))
    assert [ask("key", lambda: next(answers)) for _time in range(2)] == [0, 1]
    with reading():
        assert [ask("key", lambda: next(answers)) for _time in range(2)] == [2, 2]
        with writing():
            assert ask("key", lambda: next(answers)) == 3
    assert ask("key", lambda: next(answers)) == 4
