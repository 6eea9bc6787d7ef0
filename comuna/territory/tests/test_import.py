"""A census becomes one act: who is new, who is known, what the books learn, and taking it back."""

from __future__ import annotations

from datetime import date

import pytest

from comuna.acts.act import Cite, GroundRole
from comuna.acts.authority import Actor
from comuna.acts.door import perform
from comuna.acts.erasing import ErasableAudience, ErasePrivate
from comuna.acts.refusal import Refused
from comuna.journal.models import Record
from comuna.journal.sealing import open_sealed
from comuna.statutes.statute import Mark, Roll, Rule
from comuna.territory import queries
from comuna.territory.acts import (
    AddStreet,
    CorrectPerson,
    RecordDeparture,
    RegisterHousehold,
    RegisterPerson,
    UndoImport,
)
from comuna.territory.acts.known import Conflict, Learns
from comuna.territory.acts.matching import Outcome
from comuna.territory.acts.whereabouts import Because
from comuna.territory.models import CensusImport, Household, Person, Sector, Street
from comuna.territory.tests.town import CENSUS, HEADER, TODAY, Town, drafted, sheet

FIFTEEN = Roll(Rule("test.roll", "Test, art. 1", Mark.OWN), age_years=15)


def test_everybody_new_is_taken_with_household_street_and_sector(town: Town) -> None:
    _done, planned = town.imports(CENSUS)
    assert len(planned.of(Outcome.TAKEN)) == 4
    rosa, baby = town.person("Rosa Tovar"), town.person("Wilmer García")
    assert rosa.household == baby.household
    home = Household.objects.select_related("street").get(pk=rosa.household)
    assert (home.street.name, home.house) == ("Calle Bolívar", "45")
    lane = Street.objects.select_related("sector").get(name="Vereda 3")
    assert lane.sector.name == "El Tamarindo"
    assert (rosa.initials, baby.age_years, town.person("Yuleidy Pérez").age_years) == ("R. T.", 0, None)


def test_identity_number_and_illness_are_sealed_and_read_with_the_key_alone(town: Town) -> None:
    town.imports(CENSUS)
    rosa = town.person("Rosa Tovar")
    assert "8771539" not in rosa.identity_sealed + rosa.identity_fingerprint
    assert open_sealed(rosa.identity_sealed) == "V-8771539"
    assert open_sealed(rosa.health_sealed) == "diabetes"


def test_the_chain_itself_holds_no_name_address_or_number(town: Town) -> None:
    done, _planned = town.imports(CENSUS)
    body = bytes(Record.objects.get(pk=done.id).body).decode()
    assert not [word for word in ("Rosa", "Tovar", "8771539", "diabetes", "censo.xlsx", "Bolívar") if word in body]


def test_the_same_list_again_takes_nobody(town: Town) -> None:
    town.imports(CENSUS)
    _done, again = town.imports(CENSUS)
    assert [line.outcome for line in again.lines if line.read] == [Outcome.MATCHED] * 4
    assert not any(line.learns for line in again.lines)
    assert (Person.objects.count(), Household.objects.count(), Street.objects.count()) == (4, 2, 2)


def test_a_person_is_known_by_number_whatever_form_it_has_and_by_name_and_house_without_one(town: Town) -> None:
    town.imports(CENSUS)
    rows = [
        ["CALLE BOLIVAR # 45", "TOVAR ROSA", "v.8.771.539", None, None, None],
        ["c/ bolivar casa 45", "WILMER GARCIA", None, None, None, None],
    ]
    planned = town.plan(sheet([HEADER, *rows]))
    assert [line.outcome for line in planned.lines if line.read] == [Outcome.MATCHED] * 2
    assert planned.streets == ()
    assert planned.homes == ()


def test_a_number_that_belongs_to_somebody_else_in_the_books_is_listed(town: Town) -> None:
    town.imports(CENSUS)
    (line,) = [x for x in town.plan(sheet([HEADER, ["Calle 1 casa 2", "Omar Gil", "V-8771539"]])).lines if x.read]
    assert (line.outcome, line.conflict) == (Outcome.LISTED, Conflict.IDENTITY_OF_ANOTHER)


def test_the_books_learn_what_they_did_not_know_and_nothing_else_changes(town: Town) -> None:
    heads = sheet([["Jefe de familia", "Casa"], ["CALLE BOLÍVAR"], ["Rosa Tovar", 45]])
    town.imports(heads)
    rosa = town.person("Rosa Tovar")
    _done, planned = town.imports(CENSUS)
    (line,) = planned.of(Outcome.MATCHED)
    assert line.learns == {Learns.AGE, Learns.IDENTITY, Learns.HEALTH}
    after = town.person("Rosa Tovar")
    assert (after.id, after.household, after.age_years) == (rosa.id, rosa.household, 61)
    assert after.identity_fingerprint
    assert town.person("Wilmer García").household == rosa.household  # her family moved in with her


def test_somebody_founded_without_a_house_is_found_by_name_and_gets_her_house(town: Town) -> None:
    promoter = town.does(RegisterPerson(full_name="Rosa Tovar")).id
    town.imports(CENSUS)
    rosa = town.person("Rosa Tovar")
    assert rosa.id == promoter
    assert rosa.household is not None


def test_who_is_known_to_have_left_is_listed(town: Town) -> None:
    town.imports(CENSUS)
    rosa = town.person("Rosa Tovar")
    town.does(RecordDeparture(person=rosa.id, on=date(2026, 2, 1), because=Because.MOVED))
    line = next(line for line in town.plan(CENSUS).lines if line.at.row == 5)
    assert (line.outcome, line.conflict) == (Outcome.LISTED, Conflict.LEFT)


def test_two_families_in_one_row_make_two_households_once(town: Town) -> None:
    food = sheet([["Nombre", "Nro. personas", "Dirección"], ["Ñusta Rondón", "4 (2 familias)", "C/ La Línea casa 20"]])
    town.imports(food)
    assert Household.objects.count() == 2
    town.imports(food)
    assert Household.objects.count() == 2


def test_a_household_that_waits_for_names_is_filled_by_the_next_family_at_its_door(town: Town) -> None:
    town.imports(
        sheet([["Nombre", "Nro. personas", "Dirección"], ["Ñusta Rondón", "4 (2 familias)", "Calle 1 casa 20"]])
    )
    town.imports(sheet([HEADER, ["Calle 1 casa 20", "Omar Gil", None, 30, "Jefe(a)", None]]))
    assert Household.objects.count() == 2
    assert town.person("Omar Gil").household != town.person("Ñusta Rondón").household


def test_unknown_ages_are_on_the_roll_and_listed(town: Town) -> None:
    town.imports(CENSUS)
    count = queries.roll(town.commune, TODAY, FIFTEEN)
    names = queries.names(count.entitled, knows=True).values()
    assert sorted(names) == ["Rosa Tovar", "Yuleidy Pérez", "Ñusta Salazar"]
    assert count.unknown_age == {town.person("Yuleidy Pérez").id}


def test_an_import_is_undone_and_leaves_nothing(town: Town) -> None:
    done, _planned = town.imports(CENSUS)
    town.does(UndoImport(imported=done.id))
    assert not any(model.objects.exists() for model in (Person, Household, Street, Sector, CensusImport))
    again, planned = town.imports(CENSUS)
    assert len(planned.of(Outcome.TAKEN)) == 4
    assert again.id != done.id


def test_undoing_gives_back_the_gaps_that_the_list_had_filled(town: Town) -> None:
    promoter = town.does(RegisterPerson(full_name="Rosa Tovar")).id
    done, _planned = town.imports(CENSUS)
    town.does(UndoImport(imported=done.id))
    rosa = Person.objects.get(pk=promoter)
    assert (rosa.household, rosa.age_years, rosa.identity_sealed, rosa.health_sealed) == (None, None, "", "")


def test_an_import_somebody_of_whom_was_corrected_is_not_undone_and_the_words_say_who(town: Town) -> None:
    done, _planned = town.imports(CENSUS)
    town.does(CorrectPerson(person=town.person("Rosa Tovar").id, age_years=60))
    with pytest.raises(Refused) as refused:
        town.does(UndoImport(imported=done.id))
    assert refused.value.rule == "territory.import-relied-on"
    assert "R. T." in str(refused.value.words)
    assert "Rosa" not in str(refused.value.words)


@pytest.mark.parametrize("rests", ["a person in its house", "a household in its street", "an act that cites it"])
def test_an_import_on_which_something_rests_is_not_undone(town: Town, rests: str) -> None:
    done, _planned = town.imports(CENSUS)
    if rests == "a person in its house":
        town.does(RegisterPerson(full_name="Omar Gil", household=town.person("Rosa Tovar").household))
    elif rests == "a household in its street":
        town.does(RegisterHousehold(street=Street.objects.get(name="Calle Bolívar").id, house="9"))
    else:
        cite = Cite(done.id, GroundRole.ANSWERS)
        perform(AddStreet(name="Calle 9"), Actor(town.secretary), grounds=[cite])
    with pytest.raises(Refused) as refused:
        town.does(UndoImport(imported=done.id))
    assert refused.value.rule == "territory.import-relied-on"


def test_a_list_read_before_somebody_else_was_registered_is_refused(town: Town) -> None:
    planned = town.plan(CENSUS)
    town.does(RegisterPerson(full_name="Rosa Tovar", identity="8771539"))
    with pytest.raises(Refused) as refused:
        town.does(drafted(planned), planned.act)
    assert refused.value.rule == "territory.identity-known"


def test_erasing_one_person_of_an_import_leaves_the_others_and_replays_equal(town: Town) -> None:
    town.imports(CENSUS)
    rosa = town.person("Rosa Tovar")
    town.does(ErasePrivate(subject=rosa.id, audiences=tuple(ErasableAudience)[:4], reason="lo pidió"))
    gone = Person.objects.get(pk=rosa.id)
    blank = (gone.full_name, gone.household, gone.initials, gone.identity_sealed, gone.identity_fingerprint)
    assert blank == ("", None, "", "", "")
    assert town.person("Wilmer García").household is not None


def test_an_import_after_an_erasure_does_not_bring_the_person_back_under_her_old_id(town: Town) -> None:
    town.imports(CENSUS)
    rosa = town.person("Rosa Tovar")
    town.does(ErasePrivate(subject=rosa.id, audiences=tuple(ErasableAudience)[:4], reason="lo pidió"))
    _done, planned = town.imports(CENSUS)
    (line,) = planned.of(Outcome.TAKEN)
    assert line.person != rosa.id
