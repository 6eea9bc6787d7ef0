"""Acts over HTTP: strict, idempotent, and an answer in words to whatever is sent."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from hypothesis import HealthCheck, given, settings, strategies as st

from comuna.acts import api, authority
from comuna.acts.authority import Actor
from comuna.acts.clock import frozen_at
from comuna.acts.door import perform
from comuna.acts.tests.toy import Found, seat
from comuna.journal import chain
from comuna.journal.models import Record
from conftest import Books

ana = uuid4()


@pytest.fixture
def founded(books: Books) -> Iterator[None]:
    before = authority._plugged
    seat(ana)
    with frozen_at("2027-01-04T12:00:00Z"):
        perform(Found(name="Los Araguaneyes"), Actor(ana))
        yield
    authority._plugged = before


def post(body: Any, view: Any = api.post_envelope, **more: Any) -> HttpResponse:
    data = body if isinstance(body, bytes | str) else json.dumps(body)
    request = RequestFactory().post("/api/acts/", data, content_type=more.pop("content_type", "application/json"))
    request.person = ana  # type: ignore[attr-defined]  # what the sign-in middleware sets
    response: HttpResponse = view(request, **more)
    return response


def errors(response: HttpResponse) -> list[tuple[str, str]]:
    return [(error["field"], error["rule"]) for error in json.loads(response.content)["errors"]]


def a_note(**fields: Any) -> dict[str, Any]:
    return {"verb": "toy.note", "id": str(uuid4()), "fields": {"words": "hay agua", **fields}}


def test_an_act_is_done_once_and_answered_again(founded: None) -> None:
    note = a_note()
    first, second = post(note), post(note)
    assert (first.status_code, second.status_code) == (201, 200)
    assert json.loads(first.content)["seq"] == json.loads(second.content)["seq"] == 2


def test_the_same_id_with_other_words_is_a_conflict(founded: None) -> None:
    note = a_note()
    post(note)
    assert post(note | {"fields": {"words": "otra"}}).status_code == 409


def test_the_same_id_on_other_grounds_or_for_somebody_else_is_a_conflict(founded: None) -> None:
    """What was never recorded is not said to be done."""
    first, note = a_note(), a_note()
    post(first)
    cited = {**note, "grounds": [{"act": first["id"], "role": "answers"}]}
    assert post(cited).status_code == 201
    assert post(cited).status_code == 200
    assert post(note).status_code == 409
    assert post({**cited, "grounds": [{**cited["grounds"][0], "row": 3}]}).status_code == 409
    assert post({**cited, "on_behalf_of": str(ana)}).status_code == 409
    assert post({**first, "on_behalf_of": str(ana)}).status_code == 409


def test_a_stranger_does_not_learn_whether_somebody_is_in_the_books(founded: None) -> None:
    told = []
    for person in (ana, uuid4()):
        data = json.dumps({**a_note(), "on_behalf_of": str(person)})
        answer = api.post_envelope(RequestFactory().post("/api/acts/", data, content_type="application/json"))
        told.append((answer.status_code, errors(answer)))
    assert told == [(422, [("on_behalf_of", "acts.sign-in-first")])] * 2


@pytest.mark.parametrize("role", ["decided by", "corrects", "withdraws", "paid from", "receipt for", "part of"])
def test_only_what_an_act_answers_is_said_by_whoever_hands_it_in(founded: None, role: str) -> None:
    first = a_note()
    assert post(first).status_code == 201
    answer = {**a_note(), "grounds": [{"act": first["id"], "role": role}]}
    assert errors(post(answer)) == [("grounds", "acts.role-not-free")]
    answer["grounds"] = [{"act": first["id"], "role": "answers"}]
    assert post(answer).status_code == 201


def test_a_path_of_its_own_takes_the_act_without_its_verb(founded: None) -> None:
    note = a_note()
    del note["verb"]
    assert post(note, api.post_act, verb="toy.note").status_code == 201


def test_a_batch_is_all_or_nothing(founded: None) -> None:
    refused = post({"acts": [a_note(), a_note(number=13)]}, api.post_batch)
    assert (refused.status_code, errors(refused)) == (422, [("", "toy.not-thirteen")])
    assert post({"acts": [a_note(), a_note()]}, api.post_batch).status_code == 201
    assert Record.objects.count() == 3


@pytest.mark.parametrize(
    ("change", "status", "field", "rule"),
    [
        ({"verb": "toy.nothing"}, 404, "verb", "acts.no-such-verb"),
        ({"version": 2}, 422, "version", "acts.other-version"),
        ({"id": "00000000-0000-0000-0000-000000000000"}, 422, "id", "acts.not-random"),
        ({"id": 7}, 422, "id", "acts.uuid-type"),
        ({"surprise": 1}, 422, "surprise", "acts.extra-forbidden"),
        ({"fields": {}}, 422, "fields.words", "acts.missing"),
        ({"fields": {"words": "x", "number": "12"}}, 422, "fields.number", "acts.int-type"),
        ({"fields": {"words": "x", "number": 12.0}}, 422, "fields.number", "acts.int-type"),
        ({"fields": {"words": "x", "number": True}}, 422, "fields.number", "acts.int-type"),
        ({"fields": {"words": "x", "number": 2**53}}, 422, "fields.number", "acts.less-than-equal"),
        ({"fields": {"words": "x\u0000"}}, 422, "fields.words", "acts.control-character"),
        ({"fields": {"words": "x", "colour": "red"}}, 422, "fields.colour", "acts.extra-forbidden"),
        ({"channel": "rumour"}, 422, "channel", "acts.no-such-channel"),
        ({"fields": {"words": "Calle \ufffd"}}, 422, "fields.words", "acts.lost-letter"),
        (
            {"fields": {"words": "x", "neighbours": [{"name": "\ufffd"}]}},
            422,
            "fields.neighbours.0.name",
            "acts.lost-letter",
        ),
        (
            {"grounds": [{"act": str(ana), "role": "answers", "row": -1}]},
            422,
            "grounds.0.row",
            "acts.greater-than-equal",
        ),
        (
            {"grounds": [{"act": str(ana), "role": "answers", "row": 2**31}]},
            422,
            "grounds.0.row",
            "acts.less-than-equal",
        ),
        (
            {"grounds": [{"act": str(ana), "role": "answers", "row": 2**70}]},
            422,
            "grounds.0.row",
            "acts.less-than-equal",
        ),
    ],
)
def test_what_does_not_fit_is_named_by_field_and_rule(
    founded: None, change: dict[str, Any], status: int, field: str, rule: str
) -> None:
    response = post(a_note() | change)
    assert response.status_code == status
    assert (field, rule) in errors(response)
    assert Record.objects.count() == 1


def test_only_json_is_taken(founded: None) -> None:
    assert post(a_note(), content_type="text/plain").status_code == 415
    assert post(b"{", content_type="application/json").status_code == 400


json_values: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=8,
)


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    body=st.binary(max_size=60)
    | json_values
    | st.fixed_dictionaries({"verb": st.just("toy.note"), "id": st.uuids(version=4).map(str), "fields": json_values})
    | st.fixed_dictionaries(
        {
            "verb": st.just("acts.propose"),
            "id": st.uuids(version=4).map(str),
            "fields": st.fixed_dictionaries({"act": json_values}),
        }
    )
)
def test_no_garbage_moves_the_head_or_breaks_the_server(founded: None, body: Any) -> None:
    commune = Record.objects.get(seq=1).commune
    before = chain.head(commune)
    try:
        data = body if isinstance(body, bytes) else json.dumps(body)
    except UnicodeEncodeError:
        return
    assert 400 <= post(data).status_code < 500
    assert chain.head(commune) == before


def test_a_strangers_long_request_is_not_read(founded: None) -> None:
    data = json.dumps({**a_note(), "fields": {"words": "x" * 70_000}})
    request = RequestFactory().post("/api/acts/", data, content_type="application/json")
    assert api.post_envelope(request).status_code == 401
    assert post(data).status_code == 422, "of a member it is read, and refused for what it is"


def test_not_every_fault_of_a_long_list_is_said(founded: None) -> None:
    answer = post(a_note(neighbours=[{"person": "?"}] * 5_000))
    assert answer.status_code == 422
    assert len(errors(answer)) == 100
