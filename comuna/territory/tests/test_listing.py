"""The list of people, the streets and their households, and who may see them."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from comuna.territory.acts import RegisterHousehold, RegisterPerson
from comuna.territory.models import Household, Street
from comuna.territory.queries import address_words
from comuna.territory.tests.by_hand import SECRETS
from tests.cast import Cast


@pytest.mark.parametrize(
    "words", ["nusta", "NUSTA SALAZAR", "salazar ñusta", "8771539", "v-8.771.539", "garcia", "García Wilm"]
)
def test_somebody_is_found_without_accents_capitals_or_order(imported: Cast, keeper: Client, words: str) -> None:
    page = keeper.post("/people/list/", {"words": words}).content.decode()
    wanted = "Rosa Tovar" if "771" in words else "Wilmer García" if "arc" in words else "Ñusta Salazar"
    assert wanted in page
    assert len(re.findall(r'href="/people/households/[0-9a-f-]{36}/', page)) == 1


def test_a_search_that_finds_nobody_says_what_to_try(imported: Cast, keeper: Client) -> None:
    page = keeper.post("/people/list/", {"words": "xyzzy"}).content.decode()
    assert re.search(r'class="[^"]*empty', page)
    assert "Rosa Tovar" not in page


def test_the_list_of_people_has_twenty_a_page(imported: Cast, keeper: Client) -> None:
    for number in range(30):
        imported.does(imported.secretary, RegisterPerson(full_name=f"Aaron Paz {number:02}"))
    first, second = (keeper.get(f"/people/list/?page={page}").content.decode() for page in (1, 2))
    assert first.count("Aaron Paz") == 20
    assert second.count("Aaron Paz") == 10


def test_a_street_shows_its_households_in_order_with_who_lives_there(imported: Cast, keeper: Client) -> None:
    street = Street.objects.get(name="Calle Bolívar")
    for house in ("112", "9", "S/N"):
        imported.does(imported.secretary, RegisterHousehold(street=street.id, house=house))
    assert f'href="/people/streets/{street.id}/"' in keeper.get("/people/").content.decode()
    page = keeper.get(f"/people/streets/{street.id}/").content.decode()
    places = [page.index(f"{house}<") for house in (" 9", " 45", " 112", ">S/N")]
    assert places == sorted(places)
    assert "Rosa Tovar" in page


def test_a_street_s_households_are_nobody_else_s_business(imported: Cast) -> None:
    address = f"/people/streets/{Street.objects.get(name='Calle Bolívar').id}/"
    for browser, status in ((Client(), 302), (imported.browser(imported.neighbour), 403)):
        answer = browser.get(address)
        assert answer.status_code == status
        assert not [word for word in SECRETS if word in answer.content.decode()]


def test_a_house_is_told_apart_from_a_street_that_is_a_number(imported: Cast) -> None:
    lane = Street.objects.get(name="Vereda 3")
    home = Household.objects.filter(street=lane).select_related("street__sector").first()
    assert home is not None
    assert address_words(home).startswith(f"Vereda 3 # {home.house}")
