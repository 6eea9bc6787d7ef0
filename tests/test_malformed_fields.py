"""Every field of every act, given what it cannot hold and what makes no sense, in books where the act could be done.

A short life in which every act is done is stopped before the first of each kind, and whoever is about to do it sends
it over the interface with one thing changed, again and again. Nothing may break, whatever is refused says field, rule
and words, and the journal's head stays where it was.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test import Client

from comuna.acts import clock
from comuna.acts.act import Act, all_acts
from comuna.acts.acts import Propose
from comuna.assemblies.models import Session
from comuna.journal import highest
from comuna.journal.models import Record
from comuna.mandates.models import Claim, Mandate, SignIn
from comuna.mandates.sign_in import COOKIE
from comuna.territory.models import Person
from conftest import Books, Engine
from tests import every_act
from tests.malformed import Variant, odd, wrong
from tests.test_malformed import errors_of, head


@dataclass
class Sender:
    """Sends the changed acts; what is done all the same is taken out of the database again."""

    engine: Engine
    tried: Counter[str] = field(default_factory=Counter)
    passed: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)

    def __call__(self, person: UUID | None, act: Act) -> None:
        for one in (act.act, act) if isinstance(act, Propose) else (act,):
            if one.verb not in self.tried:
                self.send_all(signed_in(person), one)

    def send_all(self, browser: Client, act: Act) -> None:
        name, before = str(connection.settings_dict["NAME"]), head()
        kept = self.engine.name_for("before")
        self.engine.copy(name, kept)
        for variant in wrong(act):
            answer = self.send(browser, act, variant)
            if answer.status_code not in (400, 404, 422) or not _says(answer, variant.place):
                self.faults.append(f"{act.verb}: {variant.place} was wrong: {_said(answer, variant)}")
            if head() != before:
                self.faults.append(f"{act.verb}: something was written, {variant.place} being wrong")
                self._put_back(kept, name)
        for variant in odd(act, some_ids()):
            answer = self.send(browser, act, variant)
            if answer.status_code == 201:
                self.passed[act.verb] += 1
                self._put_back(kept, name)
            elif not 400 <= answer.status_code < 500 or not errors_of(answer) or head() != before:
                self.faults.append(f"{act.verb}: {variant.place} was odd: {_said(answer, variant)}")

    def _put_back(self, kept: str, name: str) -> None:
        self.engine.copy(kept, name)
        highest.forget()

    def send(self, browser: Client, act: Act, variant: Variant) -> Any:
        self.tried[act.verb] += 1
        body = {"id": str(uuid4()), "version": act.version, "fields": variant.fields}
        return browser.post(f"/api/acts/{act.verb}/", data=json.dumps(body), content_type="application/json")


@pytest.mark.long
def test_no_field_of_any_act_takes_what_it_cannot_hold_and_nothing_breaks(
    books: Books, engine: Engine, tmp_path: Path
) -> None:
    sender = Sender(engine)
    every_act.live(engine, tmp_path, sender)
    assert sender.faults == []
    assert set(sender.tried) == {verb for verb, act in all_acts().items() if ".tests." not in act.__module__}
    assert sender.tried.total() > 500
    assert all(tried >= 5 for tried in sender.tried.values()), sender.tried
    assert sender.passed.total() > len(sender.tried), "what was sent reaches the rules of the acts and passes some"


def _says(answer: Any, place: str) -> bool:
    """Whether the words are of the changed field, or of what stands inside it."""
    said = [error["field"] for error in errors_of(answer)]
    return any(one == place or one.startswith(place + ".") for one in said)


def _said(answer: Any, variant: Variant) -> str:
    return f"{answer.status_code} {answer.content.decode()[:200]} to {str(variant.fields)[:300]}"


def signed_in(person: UUID | None) -> Client:
    """A device on which somebody with an account is signed in; a stranger's for None."""
    browser = Client(raise_request_exception=False)
    claim = Claim.objects.filter(person=person).order_by("-born").first() if person else None
    if claim is not None:
        token, now = uuid4().hex, clock.now()
        SignIn.objects.create(
            id=uuid4(),
            digest=sha256(token.encode()).hexdigest(),
            person=person,
            account=claim.pk,
            began_at=now,
            seen_at=now,
            expires_at=now + timedelta(days=1),
        )
        browser.cookies[COOKIE] = token
    return browser


def some_ids() -> list[UUID]:
    """The newest rows of a few kinds."""
    models = (Person, Session, Mandate, Record)
    found = [model._default_manager.order_by("-pk").values_list("pk", flat=True).first() for model in models]
    return [id for id in found if id is not None]
