"""The sample commune: 24 councils, about 5,000 households, and what its books say of three years."""

from __future__ import annotations

from comuna.acts.clock import frozen_at
from comuna.cli.sample.commune import people
from comuna.statutes import queries as statutes
from comuna.territory.models import Household, Person
from conftest import Books

NOW = "2026-11-28T15:00:00Z"


def test_the_commune_begins_with_24_councils_and_5000_households(books: Books) -> None:
    with frozen_at(NOW):
        found = people.found(1, lambda _done, _all: None)
    assert len(found.councils) == len(statutes.councils(found.commune)) == 24
    assert 4_800 <= Household.objects.count() <= 5_200
    assert not Person.objects.filter(council="").exists(), "everybody belongs to a council, the promoters too"
    assert all(150 <= Household.objects.filter(council=one.slug).count() <= 400 for one in found.councils)
