"""Names stand in the order of a Spanish list: capitals and accents aside, ñ after n."""

from __future__ import annotations

import re

from hypothesis import given, strategies as st

from comuna.territory.acts import RegisterPerson
from comuna.territory.rules import alphabetical
from tests.cast import Cast

IN_ORDER = ["ana Paz", "Ángela Gil", "José Mora", "Jose Paz", "María Mora", "Martinez Gil", "Nuria Gil", "Ñusta Gil"]
IN_ORDER += ["Omar Gil", "Zoila Gil"]


def test_accents_and_capitals_do_not_move_a_name_and_enye_follows_n() -> None:
    assert sorted(IN_ORDER[5:] + IN_ORDER[:5], key=alphabetical) == IN_ORDER


@given(st.text(max_size=12), st.text(max_size=12))
def test_two_names_never_stand_in_one_place(one: str, other: str) -> None:
    assert (alphabetical(one) == alphabetical(other)) == (one == other)


def test_the_list_of_people_is_in_that_order(founded: Cast) -> None:
    for name in reversed(IN_ORDER):
        founded.does(founded.secretary, RegisterPerson(full_name=name))
    page = founded.browser(founded.secretary).get("/people/list/").content.decode()
    shown = [name for name in re.findall(r">([^<>]+)</", page) if name in IN_ORDER]
    assert list(dict.fromkeys(shown)) == IN_ORDER
