"""An act from its form through the door: done once, refused in words, proposed where several sign."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.http import HttpResponse, HttpResponseRedirect
from django.test import Client, RequestFactory, override_settings

from comuna.acts.act import Act
from comuna.acts.authority import Actor, authority, plug
from comuna.acts.door import Done, perform
from comuna.acts.models import Proposal
from comuna.acts.tests.toy import Found, Grand, Note, seat
from comuna.journal.models import Record
from comuna.look.act_page import act_page
from comuna.look.tests.everything import Browser
from conftest import Books

ANA, LUIS, STRANGER = uuid4(), uuid4(), uuid4()


@pytest.fixture
def toy(books: Books) -> Iterator[None]:
    """Empty books in which Ana and Luis sit."""
    before = authority()
    seat(ANA, LUIS)
    yield
    plug(before)


@pytest.fixture
def founded(toy: None) -> None:
    perform(Found(name="El Mirador"), Actor(ANA))


class Visit:
    """Somebody at the page of an act."""

    def __init__(self, act: type[Act], person: UUID | None = ANA, **given: Any) -> None:
        self.act, self.person, self.given = act, person, given
        self.done: list[Done] = []

    def __call__(self, data: Any = None) -> HttpResponse:
        request = RequestFactory().get("/do/") if data is None else RequestFactory().post("/do/", data)
        request.person = self.person  # type: ignore[attr-defined]  # as the sign-in puts it there
        return act_page(request, self.act, on_done=self.after, **self.given)

    def after(self, done: Done) -> HttpResponse:
        self.done.append(done)
        return HttpResponseRedirect("/done/")

    def form(self, response: HttpResponse | None = None, **typed: str) -> dict[str, str]:
        data = Browser((response or self()).content.decode()).handed_in.dict()
        return {name: str(text) for name, text in data.items()} | typed


def test_a_form_is_drawn_with_a_fresh_id_and_never_stored(founded: None) -> None:
    visit = Visit(Note)
    one, other = visit.form(), visit.form()
    assert one["_id"] != other["_id"]
    assert visit()["Cache-Control"] == "no-store"


def test_a_form_handed_in_is_done_once_however_often_it_is_sent(founded: None) -> None:
    visit = Visit(Note)
    form = visit.form(words="The pump is mended.")
    assert visit(form).status_code == 302
    assert visit(form).status_code == 302
    assert visit.done[0].id == visit.done[1].id == UUID(form["_id"])
    assert (visit.done[0].repeated, visit.done[1].repeated) == (False, True)
    assert Record.objects.filter(verb="toy.note").count() == 1


def test_the_same_form_with_other_words_is_offered_to_be_recorded_anew(founded: None) -> None:
    visit = Visit(Note)
    form = visit.form(words="Twelve litres.")
    visit(form)
    changed = visit(form | {"words": "Twenty litres."})
    assert changed.status_code == 409
    anew = visit.form(changed)
    assert anew["words"] == "Twenty litres."
    assert anew["_id"] != form["_id"]
    assert visit(anew).status_code == 302
    assert Record.objects.filter(verb="toy.note").count() == 2


def test_a_refusal_says_what_was_asked_which_rule_and_keeps_the_words(founded: None) -> None:
    visit = Visit(Note)
    refused = visit(visit.form(words="Thirteen.", number="13"))
    page = refused.content.decode()
    assert refused.status_code == 422
    for said in ("Thirteen is not noted.", "toy, art. 13", "toy.not-thirteen"):
        assert said in page
    again = visit.form(refused)
    assert again["words"] == "Thirteen."
    assert visit(again | {"number": "14"}).status_code == 302, "the new form carries a new id"


def test_wrong_fields_write_nothing_and_burn_no_id(founded: None) -> None:
    visit = Visit(Note)
    form = visit.form(number="many")
    wrong = visit(form)
    assert wrong.status_code == 422
    assert 'href="#f-number"' in wrong.content.decode()
    assert Record.objects.count() == 1
    assert visit(form | {"number": "3", "words": "Now right."}).status_code == 302


def test_who_may_not_gets_no_form_but_who_can(founded: None) -> None:
    response = Visit(Grand, STRANGER)()
    page = response.content.decode()
    assert response.status_code == 403
    assert "<form" not in page
    for said in ("You hold no seat.", "toy, art. 1", "the council"):
        assert said in page


@override_settings(LOGIN_URL="/sign-in/")
def test_a_stranger_is_led_to_the_sign_in_and_back(founded: None) -> None:
    assert 'href="/sign-in/?next=%2Fdo%2F"' in Visit(Grand, None)().content.decode()


def test_what_two_must_sign_is_proposed(founded: None) -> None:
    visit = Visit(Grand)
    response = visit()
    assert "toy, art. 2" in response.content.decode()
    form = visit.form(response, words="A bridge", refused="no", _propose="1")
    assert visit(form).status_code == 302
    assert Proposal.objects.get().verb == "toy.grand"


def test_a_form_from_before_two_had_to_sign_proposes_on_the_second_try(founded: None) -> None:
    visit = Visit(Grand)
    response = visit(visit.form(words="A bridge", refused="no"))
    assert response.status_code == 422
    assert 'name="_propose"' in response.content.decode()
    assert Proposal.objects.count() == 0


@pytest.mark.parametrize("id", ["", "42", "6f3f5b0e-5ad4-1d1a-9b53-0d8e51b2a1f0"])
def test_a_form_without_its_number_writes_nothing(founded: None, id: str) -> None:
    visit = Visit(Note)
    assert visit(visit.form(words="Lost.", _id=id)).status_code == 400
    assert Record.objects.count() == 1


def test_a_founding_act_has_its_form_before_there_is_anything(toy: None) -> None:
    visit = Visit(Found, None)
    assert visit(visit.form(name="El Mirador")).status_code == 302


@pytest.mark.parametrize("name", ["", "session/", "form/", "faults/", "refused/", "minutes/", "empty/"])
def test_the_pattern_pages_stand_from_both_sides(books: Books, name: str) -> None:
    page = Client().get(f"/look/{name}")
    turned = Client().get(f"/look/{name}?dir=rtl").content.decode()
    assert page.status_code == 200
    assert 'dir="rtl"' in turned
    assert page.content.decode().count("<") == turned.count("<")


def test_there_is_no_other_pattern_page(books: Books) -> None:
    assert Client().get("/look/nothing/").status_code == 404
