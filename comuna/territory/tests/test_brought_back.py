"""Who was taken out of the books on purpose, and a list that names her again."""

from __future__ import annotations

import re
from uuid import uuid4

from django.test import Client

from comuna.acts.erasing import ErasableAudience, ErasePrivate
from comuna.territory.acts import RegisterPerson, StrikePerson
from comuna.territory.models import Person
from comuna.territory.tests.by_hand import confirm, hand_in
from comuna.territory.tests.test_lists import Rows
from comuna.territory.tests.test_understood import shown, taken
from comuna.territory.tests.town import sheet
from tests.cast import Cast

LIST: Rows = [["Nombre", "Casa"], ["Ana Gil", "Calle 1 casa 2"], ["Luis Mora", "Calle 1 casa 3"], ["Eva Paz", None]]


def struck(cast: Cast, name: str) -> None:
    cast.does(cast.secretary, StrikePerson(person=Person.objects.get(full_name=name).id))


def test_who_was_struck_is_not_brought_back_by_any_list_without_a_word(founded: Cast, keeper: Client) -> None:
    taken(keeper, LIST)
    struck(founded, "Luis Mora")
    founded.does(founded.secretary, RegisterPerson(full_name="Omar Sosa"))
    struck(founded, "Omar Sosa")
    rows: Rows = [["Dirección", "Nombre"], ["Calle 1 casa 9", "MORA LUIS"], ["Calle 1 casa 9", "Omar Sosa"]]
    words = shown(keeper, [*rows, ["Calle 1 casa 9", "Iván Roa"]])
    assert words.count("se le sacó de los libros") + words.count("was struck from the books") == 2
    assert set(taken(keeper, [*rows, ["Calle 1 casa 9", "Iván Roa"]])) == {"Iván Roa"}


def test_a_struck_double_leaves_the_other_entry_of_that_name_known(founded: Cast, keeper: Client) -> None:
    taken(keeper, LIST)
    founded.does(founded.secretary, RegisterPerson(full_name="Ana Gil"))
    double = Person.objects.get(full_name="Ana Gil", household=None)
    founded.does(founded.secretary, StrikePerson(person=double.id))
    words = shown(keeper, LIST)
    assert "sacó de los libros" not in words
    assert "struck from the books" not in words


def test_who_was_erased_is_not_brought_back_by_the_same_file_without_a_word(founded: Cast, keeper: Client) -> None:
    data = sheet(LIST)
    confirm(keeper, hand_in(keeper, data))
    eva = Person.objects.get(full_name="Eva Paz")
    founded.signed(ErasePrivate(subject=eva.id, audiences=tuple(ErasableAudience)[:4], reason="lo pidió"))
    preview = hand_in(keeper, data)
    page = keeper.get(preview).content.decode()
    assert "se borraron de los libros" in page or "were erased from the books" in page
    confirm(keeper, preview)
    assert not Person.objects.filter(full_name="Eva Paz").exists()


def test_an_import_that_was_undone_keeps_nobody_out(founded: Cast, keeper: Client) -> None:
    imported = confirm(keeper, hand_in(keeper, sheet(LIST)))
    address = f"/people/imports/undo/?imported={imported.split('/')[-2]}"
    form = {"_id": str(uuid4()), "imported": imported.split("/")[-2]}
    page = keeper.get(address).content.decode()
    assert re.search(r"(personas|people): 3, (el|on) 10 (de )?[Ff]ebr", page)
    assert keeper.post(address, form).status_code == 302
    assert set(taken(keeper, LIST)) == {"Ana Gil", "Luis Mora", "Eva Paz"}


def test_the_choices_of_a_sector_name_what_is_left_out_once(imported: Cast, keeper: Client) -> None:
    page = keeper.get("/people/streets/add/").content.decode()
    assert "sin sector" in page or "no sector" in page
    assert "Ninguna de estas" not in page
    assert "None of these" not in page
    assert "Sin elegir" not in page
