"""Typing the sign-in sheet: by codes, by names, by two people at once, over a bad line."""

from __future__ import annotations

import pytest
from django.test import Client

from comuna.assemblies import queries
from comuna.assemblies.pages.attendance import entitled
from comuna.assemblies.tests.test_pages import form_of, href, meeting, post, room, secretary, text
from comuna.assemblies.tests.test_session import Room

__all__ = ["meeting", "room", "secretary"]


def test_a_code_with_a_wrong_letter_is_named_and_nothing_is_recorded(
    room: Room, meeting: None, secretary: Client
) -> None:
    good, other = entitled(queries.standing(room.session))[:2]
    wrong = good.code[:-1] + ("A" if good.code[-1] != "A" else "B")
    form = form_of(text(secretary, href(room, "attendance/")))
    answer = secretary.post(href(room, "attendance/"), {**form, "codes": f"{other.code} {wrong}, banana"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert wrong in page and "banana" in page and other.code in page
    assert queries.present_people(room.session) == frozenset()


def test_all_codes_that_come_twice_are_named_at_once(room: Room, meeting: None, secretary: Client) -> None:
    one, two = entitled(queries.standing(room.session))[:2]
    form = form_of(text(secretary, href(room, "attendance/")))
    codes = f"{one.code} {one.code.lower()} {two.code}, {two.code}"
    answer = secretary.post(href(room, "attendance/"), {**form, "codes": codes}, headers={"accept-language": "en"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert f"{one.code.lower()}: stands on this sheet twice" in page
    assert f"{two.code}: stands on this sheet twice" in page
    assert queries.present_people(room.session) == frozenset()


def test_the_form_comes_back_without_those_who_were_recorded_before_and_then_records_the_rest(
    room: Room, meeting: None, secretary: Client
) -> None:
    one, two, ticked, three, four = entitled(queries.standing(room.session))[:5]
    address, english = href(room, "attendance/"), {"accept-language": "en"}
    form = form_of(text(secretary, address))
    assert post(secretary, address, codes=f"{one.code} {two.code}", also=ticked.person) == 302
    typed = {"codes": f"{three.code}, {two.code}, {one.code.lower()}\n{four.code}", "also": str(ticked.person)}
    answer = secretary.post(address, {**form, **typed}, headers=english)
    page = answer.content.decode()
    assert answer.status_code in (409, 422)
    named = ", ".join(f"{each.code} {each.name}" for each in (one, two, ticked))
    assert f"Already recorded, and taken out here: {named}." in page
    assert f">\n{three.code} {four.code}</textarea>" in page
    again = secretary.post(address, {**form_of(page), "codes": f"{three.code} {four.code}"})
    assert again.status_code == 302
    assert queries.present_people(room.session) == {each.person for each in (one, two, ticked, three, four)}


def test_a_mistyped_code_stays_in_the_form_from_which_those_recorded_before_were_taken(
    room: Room, meeting: None, secretary: Client
) -> None:
    one, two = entitled(queries.standing(room.session))[:2]
    address = href(room, "attendance/")
    form = form_of(text(secretary, address))
    assert post(secretary, address, codes=one.code) == 302
    codes = f"{one.code} banana {two.code}"
    answer = secretary.post(address, {**form, "codes": codes}, headers={"accept-language": "en"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert f"Already recorded, and taken out here: {one.code} {one.name}." in page and "“banana” is no code" in page
    assert f">\nbanana {two.code}</textarea>" in page


def test_a_sheet_sent_twice_over_a_bad_line_is_recorded_once(room: Room, meeting: None, secretary: Client) -> None:
    one = entitled(queries.standing(room.session))[0]
    form = {**form_of(text(secretary, href(room, "attendance/"))), "codes": one.code}
    for _time in range(2):
        assert secretary.post(href(room, "attendance/"), form).status_code == 302
    assert queries.present_people(room.session) == {one.person}


def test_whoever_is_not_on_the_sheet_is_found_by_name_or_ticked(room: Room, meeting: None, secretary: Client) -> None:
    one = next(person for person in entitled(queries.standing(room.session)) if "Marisol" in person.name)
    assert post(secretary, href(room, "attendance/"), also=one.person) == 302
    assert queries.present_people(room.session) == {one.person}


def test_a_large_roll_is_looked_through_by_name(
    room: Room, meeting: None, secretary: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("comuna.assemblies.pages.codes.TICKED_UP_TO", 3)
    page = text(secretary, href(room, "attendance/"))
    assert "Marisol" not in page
    form = form_of(page)
    looked = secretary.post(href(room, "attendance/"), {**form, "codes": "1A", "wanted": "marisol", "look": "1"})
    page = looked.content.decode()
    assert "Marisol" in page and ">\n1A</textarea>" in page
    assert queries.present_people(room.session) == frozenset()
