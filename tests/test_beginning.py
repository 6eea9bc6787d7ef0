"""What the first page says comes next, from the founding to the first election."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

import pytest
from django.test import Client

from comuna.acts.authority import Actor
from comuna.acts.clock import frozen_at
from comuna.acts.door import perform
from comuna.assemblies.acts import AgendaRow, Convene
from comuna.mandates import codes
from comuna.mandates.acts import ClaimAccount, RegisterCouncil
from comuna.mandates.tests.test_founding_pages import founding_form, printed
from comuna.statutes import builtin
from comuna.territory.acts import RegisterHousehold
from comuna.web import cache
from conftest import Books
from tests.town import FOUNDED, Town, founded

STEPS = (
    "Make your account",
    "Register the councils",
    "Bring in the list",
    "Hand out the printed",
    "Convene the first",
    "Elect, and write",
)


@pytest.fixture(autouse=True)
def nothing_kept() -> Iterator[None]:
    cache.forget_pages()
    yield
    cache.forget_pages()


def front(town: Town) -> str:
    cache.forget_pages()
    with frozen_at(town.at):
        return Client().get("/", headers={"Accept-Language": "en"}).content.decode()


def left(town: Town) -> list[str]:
    page = front(town)
    return [step for step in STEPS if step in page]


def test_the_first_page_says_what_comes_after_the_founding_and_less_each_time(books: Books) -> None:
    town = founded(builtin.text("venezuela-commune"))
    assert left(town) == list(STEPS[1:])
    town.do(town.promoters[0], RegisterHousehold(house="4"))
    assert left(town) == list(STEPS[3:])
    town.neighbour(claims=True)
    assert left(town) == list(STEPS[4:])
    town.seated("cc.secretary")
    assert left(town) == list(STEPS[4:]), "one election is not all"
    assert "Still without anybody:" in front(town)
    town.seated("cc.electoral")
    town.seated("cc.comptroller")
    assert left(town) == [STEPS[4]]


def test_before_anything_else_the_promoters_make_their_accounts(books: Books) -> None:
    with frozen_at(FOUNDED):
        given = printed(Client().post("/found/", founding_form()))
        page = Client().get("/", headers={"Accept-Language": "en"}).content.decode()
        assert [step for step in STEPS if step in page] == [STEPS[0], *STEPS[2:]]
        for code in given:
            perform(ClaimAccount(proof=codes.proof(code)), Actor())
        cache.forget_pages()
        assert STEPS[0] not in Client().get("/", headers={"Accept-Language": "en"}).content.decode()


def test_registering_councils_is_never_the_next_thing_since_one_council_skips_it(books: Books) -> None:
    page = front(founded(builtin.text("venezuela-commune")))
    waits = re.search(r"\bnext</", page)
    assert waits is not None
    assert page.index("Bring in the list") < waits.start() < page.index("Hand out the printed")


def test_the_way_to_elect_leads_to_the_session_in_which_it_is_done(books: Books) -> None:
    town = founded(builtin.text("venezuela-commune"))
    assert 'href="/assemblies/"' in _link_of(front(town), "Elect, and write")
    agenda = (AgendaRow(title="Elecciones"),)
    act = Convene(organ="cc.assembly", day=date(2026, 1, 17), hour="09:00", place="Cancha", agenda=agenda)
    session = town.do(town.promoters[0], act).id
    assert f'href="/assemblies/{session}/"' in _link_of(front(town), "Elect, and write")


def _link_of(page: str, words: str) -> str:
    """The start of the line of the page that says this."""
    return page[page.rindex("<a ", 0, page.index(words)) : page.index(words)]


def test_a_statute_without_councils_asks_for_none(books: Books) -> None:
    town = founded(builtin.text("worker-cooperative"))
    assert left(town) == list(STEPS[2:])


def test_once_councils_are_registered_the_list_comes_next(books: Books) -> None:
    town = founded(builtin.text("venezuela-commune"))
    town.enact(RegisterCouncil(name="El Mirador"))
    assert town.at == FOUNDED
    assert left(town) == list(STEPS[2:])
