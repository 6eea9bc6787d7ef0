"""Whoever's words were erased is on no roll and on no sheet: nobody could name or check her."""

from __future__ import annotations

import re
from datetime import date
from uuid import UUID

import pytest

from comuna.acts.clock import frozen_at
from comuna.acts.erasing import ErasableAudience, ErasePrivate
from comuna.acts.models import Proposal
from comuna.assemblies.tests.test_pages import href, post, text
from comuna.assemblies.tests.test_session import MEETING, Room
from comuna.territory.acts import RegisterPerson
from comuna.territory.models import Person
from tests.cast import Cast


def erase(cast: Cast, person: UUID) -> None:
    cast.signed(ErasePrivate(subject=person, audiences=tuple(ErasableAudience), reason="Lo pidió"))


@pytest.mark.parametrize(("born", "fewer"), [(date(2014, 3, 1), 0), (date(1980, 3, 1), 1)])
def test_a_child_does_not_begin_to_count_and_nobody_without_a_name_counts(
    founded: Cast, born: date, fewer: int
) -> None:
    room = Room(founded, neighbours=2)
    act = RegisterPerson(full_name="Katiuska Andreína Rojas Paz", birth_day=born)
    person = founded.does(founded.secretary, act).id
    with frozen_at(MEETING):
        before = len(room.roll())
        erase(founded, person)
        assert len(room.roll()) == before - fewer and person not in room.roll()
        page = text(founded.browser(founded.secretary), href(room, "sheet/"))
    assert not re.search(r"<td[^>]*>—</td>", page), "nobody signs beside a dash"


def test_the_form_says_whom_it_is_about_chooses_nothing_and_proposes(founded: Cast) -> None:
    browser, address = founded.browser(founded.promoter), f"/people/erase/?person={founded.neighbour}"
    name = Person.objects.get(pk=founded.neighbour).full_name
    page = text(browser, address)
    assert name in page and "checked" not in page.partition("<form")[2]
    assert "Propose: erase private words</button>" in page
    assert post(browser, address, audiences="household", reason="Lo pidió", _propose="1") == 302
    assert Proposal.objects.filter(verb="acts.erase_private").exists()
    assert Person.objects.get(pk=founded.neighbour).full_name == name, "it is only proposed"
