"""No act names a day that nothing could be counted from: such days broke pages and seatings for everybody."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from comuna.acts.act import Act
from comuna.acts.acts import Propose
from comuna.mandates.acts import EnterMandate, Suspend
from comuna.territory.acts import RecordDeparture, RecordResidence, RegisterPerson
from comuna.territory.acts.people import Where
from comuna.territory.acts.whereabouts import Because
from tests.cast import Cast, refused

FAR = [date(1, 1, 1), date(1899, 12, 31), date(2201, 1, 1), date.max]


@pytest.mark.parametrize("day", FAR)
def test_a_day_far_away_is_refused_by_the_name_of_its_field(founded: Cast, day: date) -> None:
    who = founded.neighbour
    acts: list[tuple[Act, str]] = [
        (RecordDeparture(person=who, on=day, because=Because.MOVED), "on"),
        (RecordResidence(person=who, residence=Where.AWAY, since=day), "since"),
        (RegisterPerson(full_name="Rosa Gil", birth_day=day), "birth_day"),
        (Propose(act=EnterMandate(person=who, kind="cc.finance", begins=day, origin_words="Acta")), "act.begins"),
        (Propose(act=Suspend(mandate=founded.mandate(founded.signer), reason="x", ends=day)), "act.ends"),
    ]
    for act, field in acts:
        with refused("acts.day-out-of-range") as no:
            founded.does(founded.promoter, act)
        assert no.value.field == field
        assert "1900" in str(no.value) and "2200" in str(no.value)


def test_the_first_year_that_may_be_named_breaks_no_page(founded: Cast) -> None:
    gone = founded.does(founded.secretary, RegisterPerson(full_name="Sin Fecha De Nacer")).id
    act = EnterMandate(
        person=gone, kind="cc.electoral", begins=date(1900, 1, 1), ends=date(1900, 1, 2), origin_words="Acta 1"
    )
    founded.signed(act)
    founded.signed(RecordDeparture(person=gone, on=date(1900, 1, 1), because=Because.MOVED))
    for reader in (Client(), founded.browser(founded.promoter)):
        for address in ("/", "/processes/", "/who-decides/", "/popolo.json", "/renewal/"):
            assert reader.get(address).status_code == 200, address
    founded.signed(
        EnterMandate(person=founded.neighbour, kind="cc.electoral", begins=date(2025, 6, 1), origin_words="2")
    )
