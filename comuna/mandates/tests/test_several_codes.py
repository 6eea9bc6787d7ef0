"""The codes of a household or a street are printed in one go."""

from __future__ import annotations

import re
from datetime import date
from uuid import UUID, uuid4

import pytest
from django.test import Client

from comuna.journal.models import Record
from comuna.mandates.tests.test_founding_pages import printed
from comuna.territory.acts import AddStreet, RegisterHousehold, RegisterPerson
from tests.cast import Cast


@pytest.fixture
def home(founded: Cast) -> tuple[UUID, UUID, list[UUID]]:
    """A street, a household on it, and its people: two grown up, one of six."""
    street = founded.does(founded.secretary, AddStreet(name="Vereda 9")).id
    household = founded.does(founded.secretary, RegisterHousehold(street=street, house="4")).id
    people = [
        founded.does(
            founded.secretary, RegisterPerson(full_name=name, household=household, birth_day=date(born, 1, 1))
        ).id
        for name, born in (("Ana Mora", 1980), ("Luis Mora", 1979), ("Niña Mora", 2020))
    ]
    return street, household, people


def ticked(page: str) -> list[str]:
    return re.findall(r'value="([0-9a-f-]{36})"[^>]*\bchecked', page)


@pytest.mark.parametrize("by", ["household", "street"])
def test_several_codes_are_printed_at_once_and_each_opens_its_own_account(
    founded: Cast, home: tuple[UUID, UUID, list[UUID]], by: str
) -> None:
    street, household, people = home
    place = {"household": household, "street": street}[by]
    keeper = founded.browser(founded.secretary)
    room = f"/people/households/{household}/" if by == "household" else f"/people/streets/{street}/"
    address = f"/codes/several/?{by}={place}"
    assert address in keeper.get(room).content.decode()
    page = keeper.get(address, headers={"accept-language": "en"}).content.decode()
    assert ticked(page) == [str(one) for one in people[:2]], "a child needs none"
    form = {"_id": str(uuid4()), by: str(place), "people": [str(one) for one in people[:2]]}
    sheet = keeper.post(address, form, headers={"accept-language": "en"})
    given = printed(sheet)
    assert len(given) == 2 and "Print the next code" in sheet.content.decode()
    records = Record.objects.count()
    assert printed(keeper.post(address, form)) == given and Record.objects.count() == records, "sent twice"
    for number, code in enumerate(given):
        assert Client().post("/claim/", Cast.claim_form(code, f"cuenta{number}")).status_code == 302
    assert ticked(keeper.get(address).content.decode()) == [], "whoever has an account needs none"


def test_only_who_prints_codes_may(founded: Cast, home: tuple[UUID, UUID, list[UUID]]) -> None:
    _street, household, people = home
    address = f"/codes/several/?household={household}"
    form = {"_id": str(uuid4()), "household": str(household), "people": str(people[0])}
    for reader in (founded.browser(None), founded.browser(founded.neighbour)):
        assert reader.get(address).status_code == 403
        answer = reader.post(address, form)
        assert answer.status_code == 403 and printed(answer) == [] and "Ana Mora" not in answer.content.decode()


def test_nobody_chosen_is_said_and_nothing_is_printed(founded: Cast, home: tuple[UUID, UUID, list[UUID]]) -> None:
    keeper = founded.browser(founded.secretary)
    answer = keeper.post("/codes/several/", {"_id": str(uuid4()), "household": str(home[1])})
    assert answer.status_code == 422 and printed(answer) == []
