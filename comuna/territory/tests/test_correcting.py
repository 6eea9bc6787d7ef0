"""The form of a correction: what stands in it, and what it writes."""

from __future__ import annotations

from django.test import Client

from comuna.acts.reading import read_one
from comuna.journal.models import Record
from comuna.territory.models import Person
from comuna.territory.tests.by_hand import filled, head
from tests.cast import Cast


def test_the_form_of_a_correction_holds_what_the_books_hold(imported: Cast, keeper: Client) -> None:
    rosa = Person.objects.get(full_name="Rosa Tovar")
    page = keeper.get(f"/people/correct/?person={rosa.id}").content.decode()
    known = filled(page)
    assert known["full_name"] == "Rosa Tovar"
    assert known["identity"] == "V-8771539"
    assert known["household"] == str(rosa.household)
    assert (known["age_years"], known["birth_day"]) == ("61", "")
    assert "diabetes" not in page


def test_a_correction_writes_only_what_was_changed_in_its_form(imported: Cast, keeper: Client) -> None:
    rosa = Person.objects.get(full_name="Rosa Tovar")
    address = f"/people/correct/?person={rosa.id}"
    form = filled(keeper.get(address).content.decode()) | {"full_name": "Rosa Elena Tovar"}
    assert keeper.post(address, form).status_code == 302
    act = read_one(Record.objects.get(seq=head()).id).act
    assert act.model_dump(exclude_none=True, exclude_defaults=True) == {
        "person": rosa.id,
        "full_name": "Rosa Elena Tovar",
        "as_of": rosa.touched,
    }
    after = Person.objects.get(pk=rosa.id)
    assert (after.age_years, after.age_noted_on) == (rosa.age_years, rosa.age_noted_on), "an age is not noted anew"


def test_what_is_struck_out_of_the_form_of_a_correction_goes_from_the_books(imported: Cast, keeper: Client) -> None:
    rosa = Person.objects.get(full_name="Rosa Tovar")
    address = f"/people/correct/?person={rosa.id}"
    empty = dict.fromkeys(("identity", "relation", "age_years", "household"), "")
    form = filled(keeper.get(address).content.decode()) | empty
    assert keeper.post(address, form).status_code == 302
    after = Person.objects.get(pk=rosa.id)
    assert (after.identity_sealed, after.identity_fingerprint, after.relation) == ("", "", "")
    assert (after.age_years, after.household, after.full_name) == (None, None, "Rosa Tovar")
    assert after.health_sealed == rosa.health_sealed


def test_a_name_struck_out_is_asked_for_and_what_else_was_typed_stays(imported: Cast, keeper: Client) -> None:
    rosa = Person.objects.get(full_name="Rosa Tovar")
    address = f"/people/correct/?person={rosa.id}"
    form = filled(keeper.get(address).content.decode()) | {"full_name": "", "relation": "tía"}
    answer = keeper.post(address, form)
    assert answer.status_code == 422
    assert filled(answer.content.decode())["relation"] == "tía"
    assert filled(answer.content.decode())["identity"] == "V-8771539"


def test_a_form_of_a_correction_sent_back_as_it_came_is_told_that_nothing_changed(
    imported: Cast, keeper: Client
) -> None:
    rosa = Person.objects.get(full_name="Rosa Tovar")
    address, before = f"/people/correct/?person={rosa.id}", head()
    answer = keeper.post(address, filled(keeper.get(address).content.decode()))
    assert answer.status_code == 422
    assert "territory.nothing-corrected" in answer.content.decode()
    assert head() == before


def test_of_two_who_correct_one_entry_at_once_the_second_is_told_and_overwrites_nothing(
    imported: Cast, keeper: Client
) -> None:
    rosa = Person.objects.get(full_name="Rosa Tovar")
    address = f"/people/correct/?person={rosa.id}"
    one, other = (filled(keeper.get(address).content.decode()) for _keeper in range(2))
    assert keeper.post(address, one | {"relation": "tía"}).status_code == 302
    answer = keeper.post(address, other | {"full_name": "Rosa Elena Tovar"})
    assert answer.status_code == 422
    assert "territory.changed-meanwhile" in answer.content.decode()
    after = Person.objects.get(pk=rosa.id)
    assert (after.full_name, after.relation) == ("Rosa Tovar", "tía")
