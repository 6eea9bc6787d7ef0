"""What the first page says comes next, from the founding to the first election."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import Client

from comuna.acts.clock import frozen_at
from comuna.mandates.acts import RegisterCouncil
from comuna.statutes import builtin
from comuna.territory.acts import RegisterHousehold
from comuna.web import cache
from conftest import Books
from tests.town import FOUNDED, Town, founded

STEPS = ("Register the councils", "Bring in the list", "Hand out the printed", "Convene the first", "Elect, and write")


@pytest.fixture(autouse=True)
def nothing_kept() -> Iterator[None]:
    cache.forget_pages()
    yield
    cache.forget_pages()


def left(town: Town) -> list[str]:
    cache.forget_pages()
    with frozen_at(town.at):
        page = Client().get("/", headers={"Accept-Language": "en"}).content.decode()
    return [step for step in STEPS if step in page]


def test_the_first_page_says_what_comes_after_the_founding_and_less_each_time(books: Books) -> None:
    town = founded(builtin.text("venezuela-commune"))
    assert left(town) == list(STEPS)
    town.do(town.promoters[0], RegisterHousehold(house="4"))
    assert left(town) == list(STEPS[2:])
    town.neighbour(claims=True)
    assert left(town) == list(STEPS[3:])
    town.seated("cc.secretary")
    assert left(town) == [STEPS[3]]


def test_a_statute_without_councils_asks_for_none(books: Books) -> None:
    town = founded(builtin.text("worker-cooperative"))
    assert left(town) == list(STEPS[1:])


def test_once_councils_are_registered_the_list_comes_next(books: Books) -> None:
    town = founded(builtin.text("venezuela-commune"))
    town.enact(RegisterCouncil(name="El Mirador"))
    assert town.at == FOUNDED
    assert left(town) == list(STEPS[1:])
