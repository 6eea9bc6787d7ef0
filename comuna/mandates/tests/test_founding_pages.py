"""Founding by hand: the form, the codes that it prints, and how they are had again where they were lost."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client

from comuna.acts.authority import Actor
from comuna.acts.clock import frozen_at
from comuna.acts.door import perform
from comuna.journal.models import Record
from comuna.mandates import codes
from comuna.mandates.acts import ClaimAccount, IssueCode
from comuna.mandates.founders import unclaimed
from comuna.mandates.models import Claim
from comuna.mandates.tests.test_pages import page
from comuna.territory.models import Person
from conftest import Books
from tests.cast import Cast


def founding_form(**more: str) -> dict[str, str]:
    names = ("Ana Pérez", "Luis Gil", "Rosa Mora")
    lines = {f"promoters.{number}.full_name": name for number, name in enumerate(names)}
    form = {
        "_id": str(uuid4()),
        "name": "Los Araguaneyes",
        "statute": "worker-cooperative",
        "time_zone": "America/Caracas",
    }
    return form | lines | more


def test_empty_books_are_founded_with_a_form_and_the_codes_are_printed_once(books: Books) -> None:
    client, form = Client(), founding_form()
    assert "worker-cooperative" in page(client, "/found/")
    with frozen_at("2026-01-10T13:00:00Z"):
        sheet = client.post("/found/", form)
        assert sheet.status_code == 200
        assert "Ana Pérez" in sheet.content.decode()
    with frozen_at("2026-01-10T13:05:00Z"):
        again = client.post("/found/", form)
        assert printed(again) == printed(sheet), "the answer may have been lost"
    with frozen_at("2026-01-10T13:20:00Z"):
        assert client.post("/found/", form).status_code == 302
        assert Client().get("/found/")["Location"] == "/"


def test_the_form_names_its_fields_says_how_many_are_needed_and_sends_nobody_to_sign_in(books: Books) -> None:
    english = {"accept-language": "en"}
    fresh = Client().get("/found/", headers=english).content.decode()
    assert "How many at least: 3." in fresh
    wrong = Client().post("/found/", founding_form(statute=""), headers=english).content.decode()
    assert ">Statute: Choose one of the answers.</a>" in wrong and "statute: " not in wrong
    few = founding_form() | {"promoters.1.full_name": "", "promoters.2.full_name": ""}
    refused = Client().post("/found/", few, headers=english).content.decode()
    assert "Promoters needed to begin" in refused
    assert "/sign-in/" not in refused.partition("<main")[2].partition("</main>")[0], "nobody has an account yet"


def test_a_few_lines_are_shown_and_more_of_them_on_demand_with_what_was_typed_kept(books: Books) -> None:
    fresh = Client().get("/found/").content.decode()
    assert 'name="promoters.4.full_name"' in fresh and 'name="promoters.5.full_name"' not in fresh
    more = Client().post("/found/", founding_form(_more="1")).content.decode()
    assert 'name="promoters.11.full_name"' in more and "Luis Gil" in more and not Record.objects.exists()


CODE = re.compile(r"<pre><code>([^<]+)</code>")


def printed(answer: Any) -> list[str]:
    return CODE.findall(answer.content.decode())


def test_the_browser_that_founded_prints_anew_the_codes_that_nobody_has_used(books: Books) -> None:
    client = Client()
    with frozen_at("2026-01-10T13:00:00Z"):
        sheet = client.post("/found/", founding_form())
    given = printed(sheet)
    assert len(given) == 3
    assert "/found/codes/" in sheet.content.decode(), "it says where before it is left"
    with frozen_at("2026-01-12T13:00:00Z"):
        assert client.get("/found/")["Location"] == "/found/codes/"
        assert printed(client.get("/found/codes/")) == given
        assert Client().post("/claim/", Cast.claim_form(given[1], "luis")).status_code == 302
        again = client.get("/found/codes/")
        assert printed(again) == [given[0], given[2]]
        assert "Luis Gil" not in again.content.decode()
        assert "no-store" in again["Cache-Control"]


def test_nobody_else_is_shown_the_founders_codes(books: Books) -> None:
    client = Client()
    with frozen_at("2026-01-10T13:00:00Z"):
        given = printed(client.post("/found/", founding_form()))
        forged = Client()
        forged.cookies["comuna_founded"] = f"{Record.objects.get(seq=1).id}:{'x' * 43}"
        for other in (Client(), forged):
            answer = other.get("/found/codes/")
            assert (answer.status_code, printed(answer)) == (403, [])
        assert given[0] not in client.get("/").content.decode()


def test_the_browser_that_founded_forgets_the_codes_when_it_is_told_to(books: Books) -> None:
    client = Client()
    with frozen_at("2026-01-10T13:00:00Z"):
        client.post("/found/", founding_form())
        assert client.post("/found/codes/").status_code == 302
        assert printed(client.get("/found/codes/")) == []


def test_codes_that_were_used_replaced_or_have_run_out_are_not_shown_again(books: Books) -> None:
    with frozen_at("2026-01-10T13:00:00Z"):
        first, second, third = printed(Client().post("/found/", founding_form()))
        commune, day = Record.objects.get(seq=1).id, date(2026, 1, 10)
        assert [one.code for one in unclaimed(commune, day)] == [first, second, third]
        done = perform(ClaimAccount(proof=codes.proof(first)), Actor())
        ana = Claim.objects.get(pk=done.id).person_id
        luis = Person.objects.get(full_name="Luis Gil").id
        perform(IssueCode(person=luis, digest=codes.digest_of(codes.proof(codes.new()))), Actor(ana))
        assert [one.code for one in unclaimed(commune, day)] == [third]
        last = unclaimed(commune, day)[0].expires_on
        assert unclaimed(commune, last + timedelta(days=1)) == []


def test_no_founders_code_is_kept_anywhere_in_the_home(books: Books) -> None:
    with frozen_at("2026-01-10T13:00:00Z"):
        shown = printed(Client().post("/found/", founding_form()))
    kept = b"".join(path.read_bytes() for path in books.home.rglob("*") if path.is_file())
    kept += Path(str(connection.settings_dict["NAME"])).read_bytes() if connection.vendor == "sqlite" else b""
    assert not [code for code in shown if code.encode() in kept or code.replace(" ", "").encode() in kept]


@pytest.mark.parametrize("more", [{"name": ""}, {"statute": "monarchy"}, {"time_zone": "Mars/Olympus"}])
def test_a_founding_form_with_a_mistake_founds_nothing(books: Books, more: dict[str, str]) -> None:
    assert Client().post("/found/", founding_form(**more)).status_code == 422
    assert Client().get("/found/").status_code == 200


def test_too_few_promoters_are_refused_with_the_article(books: Books) -> None:
    form = {name: value for name, value in founding_form().items() if not name.startswith("promoters.2")}
    answer = Client().post("/found/", form)
    assert answer.status_code == 422
