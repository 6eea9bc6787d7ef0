"""The first act of the books."""

from __future__ import annotations

from datetime import date

import pytest

from comuna.acts.authority import Actor
from comuna.acts.clock import frozen_at
from comuna.acts.door import perform
from comuna.journal.models import Record
from comuna.mandates import queries
from comuna.mandates.rules import MandateStatus
from comuna.mandates.tests import small
from comuna.statutes import queries as statutes
from comuna.territory import queries as territory
from comuna.territory.models import Person
from conftest import Books
from tests.cast import Cast, refused

THREE = ("Ana Pérez", "Luis Gil", "Rosa Mora")


def test_founding_begins_the_books_with_a_statute_and_seated_promoters(books: Books) -> None:
    with frozen_at("2026-01-10T13:00:00Z"):
        done = perform(small.founding(small.text()), Actor())
    commune = territory.commune(done.id)
    assert (commune.name, commune.time_zone, commune.founded_on) == ("Los Araguaneyes", "America/Caracas", done.day)
    assert statutes.in_force(done.id, done.day).id == "small"
    held = queries.holders(done.id, done.day)
    assert [(one.kind, one.number, one.name) for one in held] == [
        ("promoter", 1, "Ana Pérez"),
        ("promoter", 2, "Luis Gil"),
        ("promoter", 3, "Rosa Mora"),
    ]


def test_promoters_stay_for_as_long_as_the_statute_gives_them(books: Books) -> None:
    with frozen_at("2026-01-10T13:00:00Z"):
        done = perform(small.founding(small.text({"months = 6": "months = 4"})), Actor())
    promoter = queries.holders(done.id, done.day)[0]
    assert promoter.term.ends == date(2026, 5, 9)
    assert queries.status_of(promoter.mandate, date(2026, 5, 10)) is MandateStatus.EXPIRED_ACTING


def test_the_day_is_that_of_the_time_zone_in_the_founding_act(books: Books) -> None:
    with frozen_at("2026-01-11T02:00:00Z"):
        assert perform(small.founding(small.text()), Actor()).day == date(2026, 1, 10)


def test_what_has_begun_is_not_founded_again(founded: Cast) -> None:
    before = Record.objects.count()
    with refused("acts.already-founded"):
        perform(small.founding(small.text()), Actor(founded.promoter))
    assert Record.objects.count() == before


@pytest.mark.parametrize(
    ("names", "rule"),
    [(THREE[:2], "mandates.too-few-promoters"), (tuple("ABCDEF"), "mandates.too-many-promoters")],
)
def test_the_statute_says_how_many_promoters_there_are(books: Books, names: tuple[str, ...], rule: str) -> None:
    with refused(rule) as no:
        perform(small.founding(small.text(), names), Actor())
    assert no.value.citation == "By-laws, art. 1"
    assert not Record.objects.exists()


def test_nobody_is_two_promoters(books: Books) -> None:
    act = small.founding(small.text())
    twice = act.model_copy(update={"promoters": (*act.promoters[:2], act.promoters[0])})
    with refused("mandates.promoter-twice"):
        perform(twice, Actor())


def test_one_name_in_two_spellings_is_one_promoter(books: Books) -> None:
    with refused("mandates.promoter-twice") as no:
        perform(small.founding(small.text(), ("Ana Pérez", "Luis Gil", "ana  perez")), Actor())
    assert no.value.field == "promoters.2.full_name"
    assert not Record.objects.exists()


def test_a_faulty_statute_founds_nothing_and_every_fault_is_named(books: Books) -> None:
    with refused("statutes.faulty"):
        perform(small.founding(small.text({'seat = "promoter"': 'seat = "nobody"'})), Actor())
    assert not Record.objects.exists()


def test_a_promoters_full_name_is_kept_private_and_her_public_name_belongs_to_the_seat(books: Books) -> None:
    done = perform(small.founding(small.text()), Actor())
    body = bytes(Record.objects.get(pk=done.id).body).decode()
    assert "Pérez" not in body
    ana = Person.objects.get(full_name="Ana Pérez")
    assert (ana.public_name, territory.display_name(ana)) == ("", "A. P.")
