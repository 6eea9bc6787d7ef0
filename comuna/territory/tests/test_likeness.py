"""One person under two names, and two people under one number: who is counted once, who twice, and who says so."""

from __future__ import annotations

import pytest
from django.test import Client

from comuna.territory.acts import RegisterPerson
from comuna.territory.models import Person
from comuna.territory.reading.namesakes import adds_a_husband, may_be_one
from comuna.territory.tests.by_hand import confirm, filled, hand_in
from comuna.territory.tests.test_lists import Rows
from comuna.territory.tests.test_understood import shown, taken
from comuna.territory.tests.town import sheet
from tests.cast import Cast

HEADS: Rows = [["Apellidos y nombres", "Cédula", "Edad", "Parentesco", "Casa"]]
MARRIED = "COLMENARES DE RONDON YUSMARY DEL CARMEN"


def registered(cast: Cast, name: str) -> Person:
    found: Person = Person.objects.get(pk=cast.does(cast.secretary, RegisterPerson(full_name=name)).id)
    return found


def test_a_promoter_whom_the_list_gives_her_husband_s_name_is_counted_once(founded: Cast, keeper: Client) -> None:
    promoter = registered(founded, "Yusmary del Carmen Colmenares")
    rows: Rows = [*HEADS, [MARRIED, "V11999888", 48, "CONYUGE", "Calle 1 casa 2"]]
    words = shown(keeper, rows)
    assert "Yusmary del Carmen Colmenares: " in words, "the doubt is said, with her name"
    assert not taken(keeper, rows)
    after = Person.objects.get(pk=promoter.id)
    assert (after.age_years, after.relation) == (48, "CONYUGE")
    assert after.household
    assert after.identity_fingerprint


def test_whoever_brings_the_list_says_that_two_names_are_two_people(founded: Cast, keeper: Client) -> None:
    promoter = registered(founded, "Yusmary del Carmen Colmenares")
    rows: Rows = [*HEADS, [MARRIED, "V11999888", 48, "CONYUGE", "Calle 1 casa 2"]]
    preview = hand_in(keeper, sheet(rows))
    form = filled(keeper.get(preview).content.decode())
    assert form["same.0.2.0"] == "same"
    assert keeper.post(preview + "same/", {"same.0.2.0": "another"}).status_code == 303
    assert filled(keeper.get(preview).content.decode())["same.0.2.0"] == "another"
    confirm(keeper, preview)
    assert Person.objects.filter(full_name__contains="Yusmary").count() == 2
    assert Person.objects.get(pk=promoter.id).household is None


def test_a_name_that_is_only_a_part_of_another_is_two_people_until_somebody_says_so(
    founded: Cast, keeper: Client
) -> None:
    promoter = registered(founded, "Ana Gil")
    rows: Rows = [*HEADS, ["Gil Mora Ana Luisa", None, 48, "JEFA", "Calle 1 casa 2"]]
    preview = hand_in(keeper, sheet(rows))
    page = keeper.get(preview).content.decode()
    assert filled(page)["same.0.2.0"] == "another"
    assert "Ana Gil" in page
    keeper.post(preview + "same/", {"same.0.2.0": "same"})
    keeper.post(preview + "columns/", {"header.0": "1"})
    confirm(keeper, preview)
    assert Person.objects.get(pk=promoter.id).relation == "JEFA"


def test_who_has_her_very_own_row_is_not_taken_for_a_namesake_above_it(founded: Cast, keeper: Client) -> None:
    promoter = registered(founded, "Ana Gil")
    rows: Rows = [*HEADS, ["Ana Gil de Mora", None, 70, "JEFA", "Calle 1 casa 2"]]
    rows += [["Ana Gil", None, 30, "JEFA", "Calle 1 casa 9"]]
    assert set(taken(keeper, rows)) == {"Ana Gil de Mora"}
    assert Person.objects.get(pk=promoter.id).age_years == 30


def test_the_books_learn_the_kinship_that_they_did_not_know_and_forget_it_with_the_import(
    founded: Cast, keeper: Client
) -> None:
    promoter = registered(founded, "Ana Gil")
    imported = confirm(keeper, hand_in(keeper, sheet([*HEADS, ["Ana Gil", None, 30, "JEFA", "Calle 1 casa 9"]])))
    assert Person.objects.get(pk=promoter.id).relation == "JEFA"
    address = f"/people/imports/undo/?imported={imported.split('/')[-2]}"
    assert keeper.post(address, filled(keeper.get(address).content.decode())).status_code == 302
    assert Person.objects.get(pk=promoter.id).relation == ""


def test_who_has_a_number_that_is_somebody_else_s_is_taken_without_it_and_both_are_said(
    founded: Cast, keeper: Client
) -> None:
    rows: Rows = [["Nombre", "Cédula", "Edad", "Parentesco", "Casa"]]
    rows += [["Luis Quintero", "4.321.098", 76, "Jefe", "Calle 1 casa 2"]]
    rows += [["Luisa Elena Quintero Paz", "4321098", 40, "Hija", None], ["Omar Sosa", 4321098, 30, "Yerno", None]]
    words = shown(keeper, rows)
    assert "Está dos veces" not in words
    people = taken(keeper, rows)
    assert {name: bool(one.identity_fingerprint) for name, one in people.items()} == {
        "Luis Quintero": True,
        "Luisa Elena Quintero Paz": False,
        "Omar Sosa": False,
    }
    assert words.count("tiene la misma cédula y otro nombre") + words.count("same identity number and another") == 2
    assert not taken(keeper, rows), "the same list again takes nobody"


def test_who_is_in_the_books_without_a_number_is_found_by_her_name_beside_a_number_that_is_another_s(
    founded: Cast, keeper: Client
) -> None:
    taken(
        keeper, [["Nombre", "Cédula", "Casa"], ["Luis Gil", "4.321.098", "Calle 1 casa 2"], ["Luisa Gil", None, None]]
    )
    assert not taken(keeper, [["Nombre", "Cédula", "Casa"], ["Luisa Gil", "4.321.098", "Calle 1 casa 2"]])
    assert not Person.objects.get(full_name="Luisa Gil").identity_fingerprint


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Ramón Antonio Blanco", "Ramón A. Blanco", True),
        ("Dayana Parra Oropeza", "PARRA DAYANA", True),
        ("Fredy Araujo", "Freddy Araujo", True),
        ("Carmen Giménez", "Carmen Rosa Gimenes Vda. de Silva", True),
        ("Ana Gil", "Ana de Mora", True),
        ("Luis Quintero", "Luisa Elena Quintero Paz", False),
        ("Yorlenis Martínez Escalona", "Yorbelys Martínez", False),
        ("María José Gil", "María Luisa Gil", False),
        ("Ángel Méndez", "Ángela Méndez", False),
        ("Ana Gil", "Omar Sosa", False),
    ],
)
def test_one_name_written_twice_is_told_from_the_names_of_brother_and_sister(one: str, other: str, same: bool) -> None:
    assert may_be_one(one, other) is may_be_one(other, one) is same


@pytest.mark.parametrize(
    ("one", "other", "added"),
    [
        ("Ana Gil", "Ana Gil de Mora", True),
        ("Carmen Giménez", "Gimenez Vda. de Silva Carmen", True),
        ("Ana Gil", "Ana Gil Mora", False),
        ("Ana Gil", "Ana Paz de Mora", False),
        ("Ana", "Ana de Mora", False),
    ],
)
def test_a_husband_s_name_is_known_by_its_de(one: str, other: str, added: bool) -> None:
    assert adds_a_husband(one, other) is added
