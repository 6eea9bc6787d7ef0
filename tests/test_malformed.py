"""Five hundred malformed acts: each is answered with field, rule and words, and nothing is written."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from random import Random
from typing import Any
from uuid import uuid1, uuid4

import pytest
import schemathesis
from django.test import Client
from hypothesis import HealthCheck, given, settings, strategies as some
from schemathesis import GenerationMode
from schemathesis.core.result import Ok

from comuna.acts.act import all_acts
from comuna.acts.fields import Kind, fields_of
from comuna.acts.openapi import document
from comuna.journal.models import Record
from tests.cast import TODAY, Cast
from tests.histories import Maker

EXAMPLES = 250  # of each of the two kinds
QUIET = settings(max_examples=EXAMPLES, deadline=None, database=None, suppress_health_check=list(HealthCheck))


def head() -> int:
    return Record.objects.order_by("-seq").values_list("seq", flat=True).first() or 0


def errors_of(answer: Any) -> list[dict[str, Any]]:
    """What an answer says is wrong: at least one thing, each with field, rule and words."""
    errors: list[dict[str, Any]] = json.loads(answer.content)["errors"]
    assert errors
    for error in errors:
        assert isinstance(error["field"], str)
        assert error["rule"]
        assert error["words"]
    return errors


def refused(browser: Client, path: str, body: bytes, before: int) -> None:
    answer = browser.post(path, data=body, content_type="application/json")
    assert 400 <= answer.status_code < 500, (path, body[:500], answer.status_code, answer.content[:500])
    assert all(error["field"] for error in errors_of(answer)), (path, body[:500], answer.content[:500])
    assert head() == before, (path, body[:500])


def test_what_violates_the_document_of_the_interface_is_refused(founded: Cast) -> None:
    """Of every act of the house, a few examples each."""
    browsers = [founded.browser(founded.secretary), Client()]
    schema = schemathesis.openapi.from_dict(document())
    operations = [found.ok() for found in schema.get_all_operations() if isinstance(found, Ok)]
    assert {one.path for one in operations} == {f"/api/acts/{verb}/" for verb in all_acts()}
    before = head()
    tried: Counter[str] = Counter()
    for operation in operations:

        @settings(QUIET, max_examples=EXAMPLES // len(operations) + 1)
        @given(operation.as_strategy(generation_mode=GenerationMode.NEGATIVE), some.sampled_from(browsers))
        def judge(case: Any, browser: Client) -> None:
            body = case.body if isinstance(case.body, bytes) else json.dumps(case.body, default=str).encode()
            refused(browser, case.path, body, before)
            tried[case.path] += 1

        judge()
    assert len(tried) == len(operations)
    assert tried.total() >= EXAMPLES


def test_a_real_act_with_one_thing_broken_is_refused(founded: Cast) -> None:
    browsers = [founded.browser(founded.secretary), Client()]
    before = head()
    tried = 0

    @QUIET
    @given(some.randoms(use_true_random=False), some.sampled_from(browsers))
    def judge(random: Random, browser: Client) -> None:
        nonlocal tried
        envelope = next(made for made in (real(random, founded) for _ in range(50)) if made is not None)
        refused(browser, "/api/acts/", broken(random, envelope), before)
        tried += 1

    judge()
    assert tried >= EXAMPLES


@pytest.mark.parametrize("body", [b"", b"null", b"[]", b"{}", b"\xff\xfe", b"[" * 100_000, b'{"verb":' + b"1" * 5000])
def test_what_is_no_act_at_all_is_refused(founded: Cast, body: bytes) -> None:
    refused(founded.browser(founded.secretary), "/api/acts/", body, head())
    refused(Client(), "/api/acts/batch/", body, head())
    refused(Client(), "/api/acts/territory.add_sector/", body, head())


def test_the_same_kind_of_act_unbroken_is_done(founded: Cast) -> None:
    """So that the refusals above are for what was broken and nothing else."""
    envelope = {"verb": "territory.add_sector", "id": str(uuid4()), "fields": {"name": "La Cruz"}}
    browser = founded.browser(founded.secretary)
    answer = browser.post("/api/acts/", data=json.dumps(envelope), content_type="application/json")
    assert answer.status_code == 201, answer.content


def real(random: Random, cast: Cast) -> dict[str, Any] | None:
    """An act of any verb with values that fit its fields, as it is sent."""
    maker = Maker(random, cast.commune, TODAY)
    kinds = [kind for kind in maker.verbs() if not any(field.kind is Kind.ACT for field in fields_of(kind))]
    act = maker.act(random.choice(kinds))
    if act is None:
        return None
    fields = act.model_dump(mode="json", exclude_none=True)
    return {"verb": act.verb, "version": act.version, "id": str(uuid4()), "fields": fields}


def broken(random: Random, envelope: dict[str, Any]) -> bytes:
    """The act with exactly one thing wrong, as bytes."""
    way = random.choice([*_OF_THE_ENVELOPE, *([_break_fields] * len(_OF_THE_ENVELOPE))])
    return way(random, envelope)


def _written(value: Any) -> bytes:
    return json.dumps(value).encode()


def _changed(**changes: Any) -> Callable[[Random, dict[str, Any]], bytes]:
    return lambda _random, envelope: _written(envelope | changes)


def _cut_off(random: Random, envelope: dict[str, Any]) -> bytes:
    whole = _written(envelope)
    return whole[: random.randrange(len(whole))]


def _not_utf8(random: Random, envelope: dict[str, Any]) -> bytes:
    whole = _written(envelope)
    at = whole.index(b"verb")
    return whole[:at] + b"\xc3\x28" + whole[at:]


def _without(name: str) -> Callable[[Random, dict[str, Any]], bytes]:
    return lambda _random, envelope: _written({key: value for key, value in envelope.items() if key != name})


_OF_THE_ENVELOPE: tuple[Callable[[Random, dict[str, Any]], bytes], ...] = (
    _changed(verb="no.such_act"),
    _changed(verb=7),
    _changed(version=99),
    _changed(id="not-an-id"),
    _changed(id=str(uuid1())),
    _changed(channel="pigeon"),
    _changed(fields=[]),
    _changed(grounds=[{"act": "x", "role": "decided by"}]),
    _changed(grounds=[{"act": str(uuid4()), "role": "because"}]),
    _changed(unknown=1),
    _without("verb"),
    _without("id"),
    _without("fields"),
    _cut_off,
    _not_utf8,
)


def _break_fields(random: Random, envelope: dict[str, Any]) -> bytes:
    """One of the fields, or of a row's columns: left out, unknown, of another kind, or with impossible words."""
    fields = envelope["fields"]
    places = list(_places(fields))
    required = [field.name for field in fields_of(all_acts()[envelope["verb"]]) if not field.optional]
    ways = ["unknown"] + (["left out"] if required else []) + (["of another kind", "words"] if places else [])
    match random.choice(ways):
        case "unknown":
            fields["no_such_field"] = "x"
        case "left out":
            del fields[random.choice(required)]
        case "of another kind":
            holder, key = random.choice(places)
            holder[key] = _of_another_kind(random, holder[key])
        case "words":
            holder, key = random.choice(places)
            holder[key] = random.choice(["x\u0000y", "\u202egnp.exe", "\ud800", "x" * 20_001])
    return _written(envelope)


def _places(value: Any) -> Any:
    """Every leaf: (what holds it, under which key)."""
    for key, inside in value.items() if isinstance(value, dict) else enumerate(value):
        if isinstance(inside, dict | list) and inside:
            yield from _places(inside)
        elif not isinstance(inside, dict | list):
            yield value, key


def _of_another_kind(random: Random, value: Any) -> Any:
    others: list[Any] = [{"x": 1}, [{"x": 1}], 1.5, -(2**60)]
    if not isinstance(value, str):
        others += ["12", "yes", ""]
    if not isinstance(value, bool):
        others += [True, False]
    return random.choice(others)
