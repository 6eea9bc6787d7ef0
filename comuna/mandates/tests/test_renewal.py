"""Rolling renewal: the page says which mandates are over and which end when."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from comuna.acts.clock import frozen_at
from comuna.mandates.acts import RegisterCouncil
from comuna.mandates.lapsing import ends, over
from comuna.statutes import builtin
from comuna.territory.acts import RegisterPerson
from conftest import Books
from tests.cast import TODAY, Cast
from tests.town import LONG_AGO, founded as founded_town


def page(**asked: str) -> str:
    answer = Client().get("/renewal/", asked, headers={"accept-language": "en"})
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_a_mandate_past_its_term_stands_first_with_who_acts_on(founded: Cast) -> None:
    said = page()
    assert "1 mandate is past its term" in said
    assert "Who holds one acts on until somebody is elected. The next mandate ends on 31 May 2028." in said
    assert said.index("Pedro José Salas") < said.index("May 2028</h2>") < said.index("Yelitza Carolina Rondón")


def test_whoever_the_founding_named_is_not_renewed(founded: Cast) -> None:
    assert "Ana Isabel Pérez" not in page()


def test_a_mandate_is_past_its_term_on_the_day_after_its_last_and_not_before(founded: Cast) -> None:
    with frozen_at("2028-05-31T14:00:00Z"):
        assert "1 mandate is past its term" in page()
    with frozen_at("2028-06-01T14:00:00Z"):
        assert f"{len(ends(founded.commune, TODAY))} mandates are past their term" in page()


def test_whoever_was_recalled_or_stepped_in_is_counted_once(founded: Cast) -> None:
    said = page()
    assert "José Gregorio Landaeta" not in said
    assert said.count("Nelly Margarita Tovar") == 1


def test_a_page_that_is_not_there_shows_the_nearest(founded: Cast) -> None:
    assert page(page="999").count("/seats/") == page().count("/seats/") > 0


def test_no_other_council_than_those_of_the_books_has_a_page(founded: Cast) -> None:
    assert Client().get("/renewal/", {"council": "no-such"}).status_code == 404


def test_who_decides_and_the_first_page_lead_to_it(founded: Cast) -> None:
    for path in ("/who-decides/", "/"):
        assert 'href="/renewal/"' in Client().get(path).content.decode()
    first = Client().get("/", headers={"accept-language": "en"}).content.decode()
    assert "1 mandate is past its term" in first


@pytest.mark.parametrize("day", [date(2026, 2, 10), date(2031, 1, 1)])
def test_it_is_asked_in_seven_statements_at_most(founded: Cast, day: date) -> None:
    with CaptureQueriesContext(connection) as asked:
        assert ends(founded.commune, day)
    assert len(asked) <= 7
    assert over(founded.commune, day) == [one for one in ends(founded.commune, day) if one.is_over(day)]


def test_a_commune_of_councils_has_a_line_for_each_council_and_month_and_names_behind_it(books: Books) -> None:
    town = founded_town(builtin.text("venezuela-commune"))
    for name in ("El Mirador", "La Ceiba"):
        town.enact(RegisterCouncil(name=name))
    for council, kinds in (("el-mirador", ("cc.secretary", "cc.electoral")), ("la-ceiba", ("cc.secretary",))):
        for kind in kinds:
            name = f"Marisol {council[-4:].title()} {kind[3:].title()}"
            act = RegisterPerson(full_name=name, birth_day=date(1980, 5, 17), residence_since=LONG_AGO, council=council)
            town.enact(town.entry(town.do(town.promoters[0], act).id, f"{kind}@{council}", ends=date(2027, 5, 3)))
    with frozen_at(town.at):
        said = page()
        assert "May 2027</h2>" in said
        assert said.count("until 3 May 2027") == 2
        assert "2 mandates" in said
        assert "1 mandate<" in said
        assert "/seats/" not in said
        own = page(council="la-ceiba")
        assert own.count("/seats/") == 1
        assert "@el-mirador" not in own
    with frozen_at("2027-05-04T14:00:00Z"):
        said = page()
        assert "3 mandates are past their term" in said
        assert "the first ended on 3 May 2027" in said
