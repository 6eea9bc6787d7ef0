"""A neighbour picks her street once; from then on the first page says what happens there."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID, uuid4

import pytest
from django.test import Client

from comuna.acts.clock import frozen_at
from comuna.assemblies.acts import AgendaRow, Convene
from comuna.assemblies.tests.test_session import Room
from comuna.mandates.acts import RegisterCouncil
from comuna.statutes import builtin
from comuna.territory.acts import AddStreet
from comuna.web import cache
from conftest import Books
from tests.cast import Cast
from tests.town import FOUNDED, TODAY, Town, founded as town_under

ENGLISH = {"accept-language": "en"}
NORTH, SOUTH = "el-mirador", "la-ceiba"


@pytest.fixture(autouse=True)
def nothing_kept() -> Iterator[None]:
    cache.forget_pages()
    yield
    cache.forget_pages()


def neighbour(street: UUID) -> Client:
    """A phone on which this street was picked."""
    browser = Client(headers=ENGLISH)
    assert browser.get(f"/streets/{street}/mine/")["Location"] == f"/streets/{street}/"
    return browser


def street_in(town: Town, name: str, council: str) -> UUID:
    return town.do(town.promoters[0], AddStreet(name=name, council=council or None)).id


@pytest.fixture
def town(books: Books) -> Town:
    """Two councils, each with its assembly this week."""
    town = town_under(builtin.text("venezuela-commune"))
    for name in ("El Mirador", "La Ceiba"):
        town.enact(RegisterCouncil(name=name))
    for slug in (NORTH, SOUTH):
        town.at = FOUNDED
        agenda = (AgendaRow(title="Agua"),)
        town.do(
            town.promoters[0],
            Convene(organ=f"cc.assembly@{slug}", day=TODAY, hour="08:00", place=f"Cancha {slug}", agenda=agenda),
        )
    return town


def test_the_first_page_leads_to_the_street_that_was_picked_and_names_it(founded: Cast) -> None:
    Room(founded)
    street = _street(founded)
    stranger = Client(headers=ENGLISH)
    assert stranger.get("/").status_code == 200
    browser = neighbour(street)
    answer = browser.get("/?lang=es")
    assert (answer.status_code, answer["Location"]) == (302, f"/streets/{street}/?lang=es")
    assert "no-store" in answer["Cache-Control"]
    said = browser.get(f"/streets/{street}/").content.decode()
    assert "<title>This week in Calle Nueva" in said
    assert "Friday 20 February, 9:00" in said
    assert stranger.get("/").status_code == 200, "what one phone remembers is not kept for others"


def test_a_street_shows_what_concerns_its_own_council(town: Town) -> None:
    north, shared = street_in(town, "Calle Norte", NORTH), street_in(town, "Avenida", "")
    with frozen_at(FOUNDED):
        own = neighbour(north).get(f"/streets/{north}/").content.decode()
        all_of_it = neighbour(shared).get(f"/streets/{shared}/").content.decode()
    assert f"Cancha {NORTH}" in own and f"Cancha {SOUTH}" not in own
    assert f"Cancha {NORTH}" in all_of_it and f"Cancha {SOUTH}" in all_of_it


def test_streets_are_picked_by_council_where_there_are_several(town: Town) -> None:
    north, south = street_in(town, "Calle Norte", NORTH), street_in(town, "Calle Sur", SOUTH)
    every, own = (
        Client(headers=ENGLISH).get(f"/streets/{asked}").content.decode() for asked in ("", f"?council={NORTH}")
    )
    assert f"?council={NORTH}" in every and f"/streets/{north}/mine/" not in every
    assert f"/streets/{north}/mine/" in own and f"/streets/{south}/mine/" not in own


def test_a_street_can_be_forgotten_and_one_that_is_gone_leads_home(founded: Cast) -> None:
    street = _street(founded)
    browser = neighbour(street)
    assert "/streets/none/" in browser.get("/streets/").content.decode()
    assert browser.get("/streets/none/")["Location"] == "/"
    assert browser.get("/").status_code == 200
    gone = uuid4()
    assert browser.get(f"/streets/{gone}/mine/").status_code == 404
    assert browser.get(f"/streets/{gone}/").status_code == 404
    browser.cookies["street"] = str(gone)
    assert browser.get("/", follow=True).status_code == 200
    assert browser.cookies["street"].value == ""


def _street(founded: Cast) -> UUID:
    return founded.does(founded.secretary, AddStreet(name="Calle Nueva")).id
