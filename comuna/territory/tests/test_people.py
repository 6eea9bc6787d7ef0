"""One person at a time: into the books, set right, away and back, gone; and who is on the roll."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import given, strategies as some

from comuna.acts.authority import Actor
from comuna.acts.door import perform
from comuna.acts.erasing import ErasableAudience, ErasePrivate
from comuna.acts.refusal import Refused
from comuna.journal.sealing import open_sealed
from comuna.statutes.statute import Mark, Roll, Rule
from comuna.territory import queries, rules
from comuna.territory.acts import (
    AddSector,
    AddStreet,
    CorrectHousehold,
    CorrectPerson,
    CorrectSector,
    CorrectStreet,
    RecordDeparture,
    RecordResidence,
    RegisterHousehold,
    RegisterPerson,
    StrikePerson,
    UndoDeparture,
)
from comuna.territory.acts.people import Clearable, Where
from comuna.territory.acts.whereabouts import Because
from comuna.territory.models import Household, Person, Sector, Stay, Street
from comuna.territory.rules import Known, RollRule
from comuna.territory.tests.town import TODAY, Town

ASSEMBLY = Roll(Rule("test.roll", "Test, art. 1", Mark.OWN), age_years=15)


def registered(town: Town, name: str = "Ana Gil", **known: Any) -> UUID:
    return town.does(RegisterPerson(full_name=name, **known)).id


def refusal(town: Town, act: Any) -> str:
    with pytest.raises(Refused) as refused:
        town.does(act)
    return refused.value.rule


def on_the_roll(town: Town, day: date = TODAY, rule: Roll = ASSEMBLY) -> frozenset[UUID]:
    return queries.roll(town.commune, day, rule).entitled


def test_somebody_registered_is_known_by_initials_in_public(town: Town) -> None:
    ana = Person.objects.get(pk=registered(town, "Ana María del Valle Gil", identity="v.1.234.567"))
    assert queries.display_name(ana) == "A. M. V. G."
    assert queries.display_name(ana, knows=True) == "Ana María del Valle Gil"
    assert open_sealed(ana.identity_sealed) == "V-1234567"


def test_nobody_is_registered_under_a_number_that_is_another_s_or_is_none(town: Town) -> None:
    registered(town, identity="V-1234567")
    assert refusal(town, RegisterPerson(full_name="Eva Gil", identity="1.234.567")) == "territory.identity-known"
    assert refusal(town, RegisterPerson(full_name="Eva Gil", identity="12")) == "territory.not-an-identity-number"


def test_nobody_is_registered_twice_in_one_household(town: Town) -> None:
    home = town.does(RegisterHousehold(house="3")).id
    registered(town, household=home)
    assert refusal(town, RegisterPerson(full_name="ANA GIL", household=home)) == "territory.person-known"


@pytest.mark.parametrize(
    ("known", "rule"),
    [
        ({"birth_day": date(2026, 2, 11)}, "territory.birth-day-impossible"),
        ({"birth_day": date(1900, 1, 1)}, "territory.birth-day-impossible"),
        ({"age_years": 130}, "territory.age-impossible"),
        ({"age_years": 30, "birth_day": date(1996, 1, 1)}, "territory.age-or-birth-day"),
        ({"full_name": "..."}, "territory.not-a-name"),
        ({"household": UUID(int=5)}, "acts.no-such-row"),
    ],
)
def test_what_cannot_be_is_refused(town: Town, known: dict[str, Any], rule: str) -> None:
    assert refusal(town, RegisterPerson(**({"full_name": "Ana Gil"} | known))) == rule


def test_only_a_seat_of_the_roll_writes_in_it(town: Town) -> None:
    with pytest.raises(Refused):
        perform(RegisterPerson(full_name="Ana Gil"), Actor(uuid4()))


def test_an_entry_is_struck_while_nothing_rests_on_it(town: Town) -> None:
    ana = registered(town)
    town.does(StrikePerson(person=ana))
    assert not Person.objects.exists()
    eva = registered(town, "Eva Gil")
    town.does(CorrectPerson(person=eva, age_years=30))
    assert refusal(town, StrikePerson(person=eva)) == "territory.person-relied-on"


def test_a_correction_changes_what_it_says_and_nothing_else(town: Town) -> None:
    ana = registered(town, age_years=14, identity="V-1234567", health="asma")
    town.does(CorrectPerson(person=ana, full_name="Ana Luisa Gil", birth_day=date(2010, 5, 1)))
    after = Person.objects.get(pk=ana)
    assert (after.full_name, after.initials) == ("Ana Luisa Gil", "A. L. G.")
    assert (after.birth_day, after.age_years) == (date(2010, 5, 1), None)
    assert open_sealed(after.health_sealed) == "asma"


def test_what_was_wrong_is_emptied(town: Town) -> None:
    ana = registered(town, age_years=14, identity="V-1234567", health="asma")
    town.does(CorrectPerson(person=ana, clear=tuple(Clearable)))
    after = Person.objects.get(pk=ana)
    assert (after.age_years, after.identity_sealed, after.identity_fingerprint, after.health_sealed) == (
        None,
        "",
        "",
        "",
    )
    assert refusal(town, CorrectPerson(person=ana)) == "territory.nothing-corrected"
    both = CorrectPerson(person=ana, clear=(Clearable.HEALTH,), health="asma")
    assert refusal(town, both) == "territory.cleared-and-written"


def test_who_is_away_leaves_the_roll_unless_the_statute_counts_her(town: Town) -> None:
    ana = registered(town, age_years=30)
    town.does(RecordResidence(person=ana, residence=Where.ABROAD, since=date(2025, 3, 1)))
    count = queries.roll(town.commune, TODAY, ASSEMBLY)
    assert (count.size, count.away) == (0, 1)
    assert on_the_roll(town, rule=replace(ASSEMBLY, away_counts=True)) == {ana}
    town.does(RecordResidence(person=ana, residence=Where.HERE))
    assert on_the_roll(town) == {ana}
    assert refusal(town, RecordResidence(person=ana, residence=Where.HERE)) == "territory.residence-known"


def test_who_died_or_moved_is_on_the_roll_up_to_the_day_before(town: Town) -> None:
    ana = registered(town, age_years=30)
    town.does(RecordDeparture(person=ana, on=date(2026, 2, 1), because=Because.DIED))
    assert on_the_roll(town, date(2026, 1, 31)) == {ana}
    assert on_the_roll(town, date(2026, 2, 1)) == frozenset()
    again = RecordDeparture(person=ana, on=date(2026, 2, 2), because=Because.MOVED)
    assert refusal(town, again) == "territory.left-already"
    town.does(UndoDeparture(person=ana))
    assert on_the_roll(town) == {ana}
    assert refusal(town, UndoDeparture(person=ana)) == "territory.never-left"


def test_the_roll_of_a_past_day_goes_by_where_somebody_was_then(town: Town) -> None:
    ana = registered(town, age_years=30)
    town.does(RecordResidence(person=ana, residence=Where.ABROAD, since=date(2025, 3, 1)))
    town.does(RecordResidence(person=ana, residence=Where.HERE, since=date(2025, 6, 1)))
    assert on_the_roll(town, date(2025, 2, 28)) == {ana}
    assert on_the_roll(town, date(2025, 3, 1)) == frozenset()
    assert on_the_roll(town, date(2025, 5, 31)) == frozenset()
    assert on_the_roll(town, date(2025, 6, 1)) == {ana}
    assert on_the_roll(town, date(2025, 4, 1), replace(ASSEMBLY, away_counts=True)) == {ana}


def test_who_is_away_without_a_day_said_is_away_from_the_day_on_which_it_is_recorded(town: Town) -> None:
    ana = registered(town, age_years=30)
    town.does(RecordResidence(person=ana, residence=Where.AWAY))
    assert on_the_roll(town, date(2026, 2, 9)) == {ana}
    assert on_the_roll(town) == frozenset()


def test_what_is_said_later_sets_right_what_was_said_before_from_its_own_day_on(town: Town) -> None:
    ana = registered(town, age_years=30)
    town.does(RecordResidence(person=ana, residence=Where.AWAY, since=date(2025, 3, 1)))
    town.does(RecordResidence(person=ana, residence=Where.HERE, since=date(2025, 6, 1)))
    town.does(RecordResidence(person=ana, residence=Where.AWAY, since=date(2025, 1, 1)))
    assert on_the_roll(town, date(2024, 12, 31)) == {ana}
    assert [on_the_roll(town, day) for day in (date(2025, 2, 1), date(2025, 7, 1), TODAY)] == [frozenset()] * 3
    town.does(RecordResidence(person=ana, residence=Where.HERE, since=date(2024, 1, 1)))
    assert on_the_roll(town, date(2025, 4, 1)) == {ana}


def test_who_moved_in_later_is_not_on_the_roll_of_a_day_before(town: Town) -> None:
    ana = registered(town, age_years=30, residence_since=date(2025, 8, 1))
    assert on_the_roll(town, date(2025, 7, 31)) == frozenset()
    assert on_the_roll(town, date(2025, 8, 1)) == {ana}
    town.does(CorrectPerson(person=ana, residence_since=date(2025, 5, 1)))
    assert on_the_roll(town, date(2025, 7, 31)) == {ana}
    town.does(CorrectPerson(person=ana, clear=(Clearable.SINCE,)))
    assert on_the_roll(town, date(2020, 1, 1)) == {ana}, "nobody knows since when: as far back as anybody asks"
    tomorrow = date(2026, 2, 11)
    assert refusal(town, CorrectPerson(person=ana, residence_since=tomorrow)) == "territory.not-yet"
    assert refusal(town, RegisterPerson(full_name="Eva Gil", residence_since=tomorrow)) == "territory.not-yet"


def test_who_was_a_child_on_the_day_is_not_on_its_roll(town: Town) -> None:
    ana = registered(town, birth_day=date(2010, 9, 1))
    assert on_the_roll(town, date(2025, 8, 31)) == frozenset()
    assert on_the_roll(town, date(2025, 9, 1)) == {ana}


def test_who_came_back_was_gone_in_between_and_who_never_left_was_not(town: Town) -> None:
    ana = registered(town, age_years=30)
    town.does(RecordDeparture(person=ana, on=date(2025, 3, 1), because=Because.MOVED))
    assert refusal(town, UndoDeparture(person=ana, since=date(2025, 2, 28))) == "territory.back-before-leaving"
    assert refusal(town, UndoDeparture(person=ana, since=date(2026, 2, 11))) == "territory.not-yet"
    town.does(UndoDeparture(person=ana, since=date(2025, 9, 1)))
    town.does(RecordDeparture(person=ana, on=date(2026, 1, 1), because=Because.DIED))
    town.does(UndoDeparture(person=ana))
    days = {date(2025, 2, 28): True, date(2025, 3, 1): False, date(2025, 8, 31): False, date(2025, 9, 1): True}
    assert {day: bool(on_the_roll(town, day)) for day in days} == days
    assert on_the_roll(town) == {ana}, "the second departure was a mistake, the first one stands"


def test_an_entry_made_by_mistake_goes_with_where_she_was(town: Town) -> None:
    ana = registered(town)
    town.does(StrikePerson(person=ana))
    assert not Stay.objects.exists()


def test_nobody_leaves_tomorrow_or_before_birth(town: Town) -> None:
    ana = registered(town, birth_day=date(2020, 1, 1))
    for day in (date(2026, 2, 11), date(2019, 1, 1)):
        assert refusal(town, RecordDeparture(person=ana, on=day, because=Because.DIED)) in (
            "territory.not-yet",
            "territory.left-before-born",
        )


def test_erasing_somebody_reaches_every_correction_and_replays_equal(town: Town) -> None:
    home = town.does(RegisterHousehold(house="Zzyzx 3")).id
    ana = registered(town, "Ana Zzyzx", household=home, identity="V-1234567", health="asma")
    town.does(CorrectPerson(person=ana, full_name="Ana Luisa Zzyzx", health="diabetes"))
    town.does(RecordResidence(person=ana, residence=Where.AWAY, since=date(2025, 1, 1)))
    town.does(RecordDeparture(person=ana, on=date(2025, 6, 1), because=Because.MOVED))
    town.does(UndoDeparture(person=ana, since=date(2025, 9, 1)))
    town.does(RecordDeparture(person=ana, on=date(2026, 2, 1), because=Because.MOVED))
    town.does(ErasePrivate(subject=ana, audiences=tuple(ErasableAudience)[:4], reason="lo pidió"))
    assert {(stay.residence, stay.begins) for stay in queries.stays_of(ana)} == {("", None)}
    gone = Person.objects.get(pk=ana)
    assert (gone.full_name, gone.initials, gone.household, gone.residence, gone.left_because) == ("", "", None, "", "")
    assert gone.left_on == date(2026, 2, 1)
    town.does(ErasePrivate(subject=home, audiences=(ErasableAudience.HOUSEHOLD,), reason="nadie más vive allí"))
    assert Household.objects.get(pk=home).house == ""


def test_streets_sectors_and_households_are_written_and_set_right(town: Town) -> None:
    sector = town.does(AddSector(name="La Cruz")).id
    street = town.does(AddStreet(name="Calle Sucre", sector=sector)).id
    home = town.does(RegisterHousehold(street=street, house="3")).id
    assert refusal(town, AddSector(name="LA CRÚZ")) == "territory.sector-known"
    assert refusal(town, AddStreet(name="calle sucre", sector=sector)) == "territory.street-known"
    assert refusal(town, RegisterHousehold()) == "territory.household-nowhere"
    town.does(CorrectSector(sector=sector, name="La Santa Cruz"))
    town.does(CorrectStreet(street=street, name="Calle Antonio José de Sucre"))
    town.does(CorrectHousehold(household=home, street=street, house="3-A", people_said=4))
    assert Sector.objects.get().name == "La Santa Cruz"
    assert (Street.objects.get().name, Street.objects.get().sector) == ("Calle Antonio José de Sucre", None)
    assert queries.address_words(queries.households(town.commune)[0]) == "Calle Antonio José de Sucre 3-A"


# The rules on plain values


@given(some.dates(date(1910, 1, 1), date(2026, 2, 10)), some.dates(date(2026, 2, 10), date(2040, 1, 1)))
def test_an_age_noted_is_never_above_the_true_age_and_at_most_a_year_below(birth: date, day: date) -> None:
    noted_on = date(2026, 2, 10)
    noted = rules.age_on(noted_on, birth, None, None)
    true, least = rules.age_on(day, birth, None, None), rules.age_on(day, None, noted, noted_on)
    assert true is not None
    assert least is not None
    assert true - 1 <= least <= true


@given(some.dates(date(1910, 1, 1), date(2026, 2, 10)), some.dates(date(2026, 2, 10), date(2040, 1, 1)))
def test_nobody_grows_younger(birth: date, day: date) -> None:
    ages = [rules.age_on(d, birth, None, None) for d in (date(2026, 2, 10), day)]
    assert ages[0] is not None
    assert ages[1] is not None
    assert ages[0] <= ages[1]


def test_a_birthday_on_29_february_is_the_first_of_march() -> None:
    assert rules.age_on(date(2026, 2, 28), date(2008, 2, 29), None, None) == 17
    assert rules.age_on(date(2026, 3, 1), date(2008, 2, 29), None, None) == 18


known = some.builds(
    Known,
    person=some.uuids(),
    birth_day=some.none() | some.dates(date(1930, 1, 1), date(2026, 1, 1)),
    age_years=some.none() | some.integers(0, 100),
    age_noted_on=some.just(date(2026, 1, 1)),
    left_on=some.none() | some.dates(date(2020, 1, 1), date(2030, 1, 1)),
    stays=some.lists(
        some.tuples(
            some.none() | some.dates(date(2020, 1, 1), date(2030, 1, 1)),
            some.sampled_from(["here", "away", "abroad", "gone", ""]),
        ),
        max_size=4,
    ).map(tuple),
)


@given(some.lists(known, unique_by=lambda one: one.person), some.booleans(), some.booleans(), some.integers(0, 30))
def test_everybody_who_has_not_left_is_counted_once_or_for_one_reason_not(
    people: list[Known], unknown_counts: bool, away_counts: bool, age: int
) -> None:
    count = rules.count_roll(people, TODAY, RollRule(age, unknown_counts, away_counts))
    here = [
        one
        for one in people
        if (one.left_on is None or one.left_on > TODAY) and rules.where_on(TODAY, one.stays) not in (None, rules.GONE)
    ]
    ages = {one.person: rules.age_on(TODAY, one.birth_day, one.age_years, one.age_noted_on) for one in here}
    young = sum(found is not None and found < age for found in ages.values())
    left_out = 0 if unknown_counts else len(count.unknown_age)
    assert count.size + young + count.away + left_out == len(here)
    assert (count.unknown_age <= count.entitled) == (unknown_counts or not count.unknown_age)
