"""The form of an act gives the act back, and nothing that is typed into it breaks."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any
from uuid import UUID, uuid4

import pytest
from django.http import QueryDict
from django.template.loader import get_template
from hypothesis import given, settings, strategies as st

from comuna.acts.act import Act, all_acts
from comuna.acts.fields import Audience, Day, Id, Kind, PublicText, fields_of
from comuna.look.decode import decode, values_of
from comuna.look.forms import FormPart, can_be_typed, form_of
from comuna.look.parts import Choice
from comuna.look.tests.everything import Browser, Chair, Colour, Everything, EveryUnit, acts

EXAMPLE = Everything(
    line="Yelitza & «Márquez»",
    text="uno\n\n  dos\ttres",
    count=1250,
    day=date(2026, 2, 7),
    hour="09:05",
    flag=False,
    id=UUID("6f3f5b0e-5ad4-4d1a-9b53-0d8e51b2a1f0"),
    slug="cc.finance",
    colour=Colour.LIGHT_BLUE,
    names=("Ana", "Luis"),
    chairs=(Chair(person=UUID("6f3f5b0e-5ad4-4d1a-9b53-0d8e51b2a1f1"), name="de Ana", legs=3, broken=True),),
)


def drawn(act_class: type[Act], **given: Any) -> str:
    return get_template(FormPart.template).render({"part": FormPart(form_of(act_class, **given))})


def handed_in(act: Act, **given: Any) -> QueryDict:
    """What a browser hands in when the form shows this act and the button is pressed."""
    return Browser(drawn(type(act), initial=values_of(act), **given)).handed_in


@settings(max_examples=60, deadline=None)
@given(acts(Everything))
def test_the_form_of_an_act_gives_the_act_back(act: Everything) -> None:
    decoded = decode(Everything, handed_in(act))
    assert decoded.errors == []
    assert decoded.act == act


def with_forms() -> list[type[Act]]:
    """Acts of all rooms except those that hold another act."""
    return [act for act in all_acts().values() if all(field.kind is not Kind.ACT for field in fields_of(act))]


@pytest.mark.parametrize("act_class", with_forms(), ids=lambda act: act.verb)
def test_every_act_of_the_house_has_a_form_that_gives_it_back(act_class: type[Act]) -> None:
    @settings(max_examples=5, deadline=None, database=None)
    @given(acts(act_class))
    def check(act: Act) -> None:
        decoded = decode(act_class, handed_in(act, blank_rows=1, decimals=EveryUnit()), EveryUnit())
        assert decoded.errors == []
        assert decoded.act == act

    check()


def names() -> list[str]:
    plain = [field.name for field in fields_of(Everything)]
    rows = [f"chairs.{n}.{field.name}" for n in (0, 1, 9999) for field in fields_of(Chair)]
    odd = [
        "names.0",
        "names.00",
        "names.10000",
        "names.-1",
        "chairs.0",
        "chairs.0.x",
        "chairs..name",
        "line.0",
        "_id",
        "__class__",
        "verb",
        "model_fields",
    ]
    return [*plain, *rows, *odd]


TYPED = st.dictionaries(
    st.sampled_from(names()) | st.text(max_size=12),
    st.lists(
        st.sampled_from(["", " ", "yes", "red", "2026-02-30", "١٢", "9" * 30, "25:99", "\ud800", "\x00", "<b>", "a\nb"])
        | st.text(max_size=30),
        max_size=2,
    ),
    max_size=30,
)


@settings(max_examples=300, deadline=None)
@given(TYPED)
def test_whatever_is_typed_gives_field_errors_and_never_an_exception(typed: dict[str, list[str]]) -> None:
    data = QueryDict(mutable=True)
    for name, given_values in typed.items():
        data.setlist(name, given_values)
    decoded = decode(Everything, data)
    assert (decoded.act is None) == bool(decoded.errors)
    for error in decoded.errors:
        assert error.rule
        assert str(error.words)
    drawn(Everything, typed=data, errors=decoded.errors, blank_rows=1)


def typed_for(act: Act, **changes: str) -> QueryDict:
    data = handed_in(act)
    data.update({})
    for name, text in changes.items():
        data[name.replace("__", ".")] = text
    return data


@pytest.mark.parametrize(
    ("field", "text", "value"),
    [
        ("count", "1.250", 1250),
        ("count", "1,250", 1250),
        ("count", "1 250", 1250),
        ("number", "-1.000.000", -1_000_000),
        ("number", "−7", -7),
        ("count", "١٢", 12),
        ("day", "7/2/2026", date(2026, 2, 7)),
        ("day", "07-02-2026", date(2026, 2, 7)),
        ("day", "2026-02-07", date(2026, 2, 7)),
        ("hour", "9:00", "09:00"),
        ("hour", "9:00 a. m.", "09:00"),
        ("hour", "4:30 p.m.", "16:30"),
        ("hour", "12 m.", "12:00"),
        ("hour", "12:15 am", "00:15"),
        ("hour", "21:30:00", "21:30"),
        ("line", "  Jose\u0301  ", "José"),
    ],
)
def test_people_may_write_numbers_days_and_hours_as_they_are_used_to(field: str, text: str, value: object) -> None:
    decoded = decode(Everything, typed_for(EXAMPLE, **{field: text}))
    assert decoded.errors == []
    assert getattr(decoded.act, field) == value


@pytest.mark.parametrize(
    ("field", "text", "rule"),
    [
        ("count", "", "look.needed"),
        ("count", "1.25", "look.not-a-number"),
        ("count", "1,5", "look.not-a-number"),
        ("count", "1.250,000", "look.not-a-number"),
        ("count", "-3", "acts.greater-than-equal"),
        ("count", "9" * 25, "look.number-too-long"),
        ("day", "31/2/2026", "look.no-such-day"),
        ("day", "7/2/26", "look.not-a-day"),
        ("hour", "13:00 p. m.", "look.no-such-hour"),
        ("hour", "24:00", "look.no-such-hour"),
        ("hour", "temprano", "look.not-an-hour"),
        ("colour", "green", "look.not-a-choice"),
        ("flag", "on", "look.yes-or-no"),
        ("id", "42", "look.not-an-id"),
        ("slug", "Bad Slug", "acts.string-pattern-mismatch"),
        ("line", "x" * 201, "acts.string-too-long"),
        ("line", "a\x07b", "acts.control-character"),
        ("power", "all", "look.unknown-field"),
        ("chairs__0__weight", "3", "look.unknown-field"),
        ("chairs__1__legs", "three", "look.not-a-number"),
    ],
)
def test_what_cannot_be_read_is_said_beside_its_field(field: str, text: str, rule: str) -> None:
    decoded = decode(Everything, typed_for(EXAMPLE, **{field: text}))
    assert decoded.act is None
    assert (field.replace("__", "."), rule) in [(error.field, error.rule) for error in decoded.errors]


def test_a_value_that_comes_twice_is_an_error() -> None:
    data = typed_for(EXAMPLE)
    data.appendlist("count", "3")
    assert [error.rule for error in decode(Everything, data).errors] == ["look.said-twice"]


def test_an_empty_optional_field_is_nothing_and_an_empty_line_is_no_row() -> None:
    data = typed_for(EXAMPLE, number="", chairs__7__name="  ", chairs__0__legs="")
    act = decode(Everything, data).act
    assert act is not None
    assert act.number is None
    assert [chair.legs for chair in act.chairs] == [None]


def test_a_field_left_empty_that_has_a_value_of_its_own_keeps_it() -> None:
    act = decode(Everything, typed_for(EXAMPLE, limited="", zone="")).act
    assert act is not None
    assert (act.limited, act.zone) == (5, "America/Caracas")


def test_what_was_typed_stands_in_the_form_again_with_its_faults() -> None:
    data = typed_for(EXAMPLE, day="31/2/2026", count="muchos", chairs__0__legs="tres", line="Ana <Luisa>")
    errors = decode(Everything, data).errors
    html = drawn(Everything, typed=data, errors=errors)
    again = Browser(html).handed_in
    for name in ("day", "count", "chairs.0.legs", "line", "text", "chairs.0.name", "colour"):
        assert again[name] == data[name]
    for name in ("day", "count", "chairs.0.legs"):
        assert f'<a href="#f-{name}">' in html
        assert f'id="f-{name}-fault"' in html
    assert again["_id"] != data["_id"], "a form shown again carries a new id"


def test_what_was_typed_is_never_markup() -> None:
    evil = "</textarea></option>\"'><script>alert(1)</script>"
    data = typed_for(EXAMPLE, text=evil, line=evil, count=evil, day=evil, chairs__0__note=evil, colour=evil)
    data[evil] = evil
    html = drawn(Everything, typed=data, errors=decode(Everything, data).errors, fixed={"id": evil})
    assert "<script" not in html
    assert html.count("&lt;script&gt;") >= 7


def test_a_fixed_field_is_shown_in_words_and_handed_in_unseen() -> None:
    html = drawn(Everything, initial=values_of(EXAMPLE), fixed={"id": "Assembly of 4 October"})
    assert "Assembly of 4 October" in html
    assert f'<input type="hidden" name="id" value="{EXAMPLE.id}">' in html


def test_choices_come_from_the_caller_few_as_radios_many_as_a_select() -> None:
    few = [Choice(str(uuid4()), f"Seat {n}") for n in range(7)]
    many = [Choice(str(uuid4()), f"Person {n}") for n in range(8)]
    html = drawn(Everything, choices={"id": few, "chairs.person": many}, blank_rows=1)
    assert html.count('type="radio" name="id"') == 7
    assert '<select id="f-chairs.0.person"' in html
    assert html.count("Person ") == 8


def test_an_act_that_refers_to_other_rows_or_files_has_no_form_to_be_typed() -> None:
    class Plain(Act):
        words: PublicText
        day: Day | None = None
        thing: Id | None = None

    class OfAThing(Act):
        thing: Id

    class WithChairs(Act):
        chairs: Annotated[tuple[Chair, ...], Audience("household")] = ()

    assert [can_be_typed(act) for act in (Plain, OfAThing, WithChairs)] == [True, False, False]


def test_every_input_has_a_label_and_every_id_stands_once() -> None:
    html = drawn(Everything, typed=QueryDict(mutable=True), errors=decode(Everything, QueryDict()).errors, blank_rows=2)
    found = _Controls(html)
    assert found.named, "no inputs at all"
    assert found.unlabelled() == []
    assert len(found.ids) == len(set(found.ids))


class _Controls(Browser):
    def __init__(self, html: str) -> None:
        self.named: list[dict[str, str]] = []
        self.ids: list[str] = []
        self.labels: set[str] = set()
        self.inside_label = 0
        super().__init__(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if "id" in given:
            self.ids.append(given["id"])
        if tag == "label":
            self.inside_label += 1
            self.labels.add(given.get("for", ""))
        if tag in ("input", "select", "textarea") and given.get("type") != "hidden":
            self.named.append(given | ({"aria-label": "its own"} if self.inside_label else {}))
        super().handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        self.inside_label -= tag == "label"
        super().handle_endtag(tag)

    def unlabelled(self) -> list[str]:
        return [one["name"] for one in self.named if not one.get("aria-label") and one.get("id") not in self.labels]


def test_bytes_of_a_form_that_are_no_letters_are_refused_beside_their_field() -> None:
    typed = QueryDict(handed_in(EXAMPLE).urlencode().replace("Yelitza", "Yeli%ff%fe").replace("Luis", "%fe"))
    decoded = decode(Everything, typed)
    assert decoded.act is None
    assert [(error.field, error.rule) for error in decoded.errors] == [
        ("line", "acts.lost-letter"),
        ("names.1", "acts.lost-letter"),
    ]
