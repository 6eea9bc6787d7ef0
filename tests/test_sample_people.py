"""The sample's list is as untidy as real ones, and nobody in it is lost or made up."""

from __future__ import annotations

from collections import Counter
from datetime import date
from random import Random

import pytest

from comuna.cli.sample.families import HOUSEHOLDS, families
from comuna.cli.sample.listing import spreadsheet
from comuna.territory.reading import Choices, Reason, open_table, read_census

DAY = date(2025, 11, 8)
HEADS = (("Milagros Ysabel Coa", True), ("Argenis Rafael Sifontes", False))


@pytest.mark.parametrize("seed", range(4))
def test_everybody_of_the_families_is_read_from_their_list_in_their_own_household(seed: int) -> None:
    random = Random(seed)
    made = families(random, HEADS)
    census = read_census(open_table(spreadsheet(random, made, DAY)), Choices(today=DAY))
    assert Counter(p.full_name for p in census.people) == Counter(one.name for family in made for one in family)
    living = [sorted(p.full_name for p in census.people if p.household == n) for n in range(len(census.households))]
    assert sorted(living) == sorted(sorted(one.name for one in family) for family in made)
    assert census.day == DAY
    numbers = {one.name: one.identity for family in made for one in family}
    assert all(p.identity == (f"V-{numbers[p.full_name]}" if numbers[p.full_name] else None) for p in census.people)


def test_the_families_have_the_proportions_of_a_neighbourhood() -> None:
    ages = [one.age for seed in range(8) for family in families(Random(seed)) for one in family]
    people = len(ages) / 8
    assert 480 < people < 600
    assert 0.2 < sum(age < 15 for age in ages) / len(ages) < 0.32
    assert 0.08 < sum(age >= 65 for age in ages) / len(ages) < 0.16
    assert len(families(Random(1))) == HOUSEHOLDS


def test_the_list_is_untidy() -> None:
    census = read_census(open_table(spreadsheet(Random(2), families(Random(2)), DAY)), Choices(today=DAY))
    reasons = {one.reason for one in census.listed}
    assert {Reason.PLACE, Reason.TOTAL, Reason.HEADER, Reason.DIED} <= reasons
    assert any(person.age_years is None for person in census.people)
    assert {person.residence.value for person in census.people} == {"here", "away", "abroad"}
