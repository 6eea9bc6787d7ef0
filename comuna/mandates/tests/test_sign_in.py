"""Signing in: devices, the lock against guessing, and power that ends with the mandate."""

from __future__ import annotations

from datetime import date
from hashlib import sha256
from uuid import uuid4

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from comuna.acts.clock import frozen_at
from comuna.mandates import accounts, codes
from comuna.mandates.acts import Resign, Suspend
from comuna.mandates.models import SignIn
from comuna.mandates.sign_in import COOKIE, SignInMiddleware
from comuna.mandates.tests.toy import Recall
from comuna.territory.acts import RecordDeparture, UndoDeparture
from comuna.territory.acts.whereabouts import Because
from tests.cast import PASSWORD, Cast


def has_account(founded: Cast, name: str = "marisol") -> None:
    form = founded.claim_form(founded.code_for(founded.neighbour), name)
    assert Client().post("/claim/", form).status_code == 302


def try_in(name: str, password: str, address: str = "192.168.1.20", client: Client | None = None) -> tuple[int, str]:
    answer = (client or Client()).post("/sign-in/", {"name": name, "password": password}, REMOTE_ADDR=address)
    return answer.status_code, answer.content.decode()


def test_name_and_password_open_a_session_that_no_script_can_read(founded: Cast) -> None:
    has_account(founded)
    answer = Client().post("/sign-in/", {"name": " Marisol ", "password": PASSWORD})
    cookie = answer.cookies[COOKIE]
    assert (answer.status_code, answer["Location"]) == (302, "/my-mandate/")
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert int(cookie["max-age"]) <= 12 * 3600
    assert not SignIn.objects.filter(digest=cookie.value).exists(), "only the device has the token itself"


def test_a_recorded_death_ends_the_sign_in_and_its_correction_gives_it_back(founded: Cast) -> None:
    has_account(founded)
    at_home = Client()
    assert try_in("marisol", PASSWORD, client=at_home)[0] == 302
    founded.does(
        founded.secretary, RecordDeparture(person=founded.neighbour, on=date(2026, 2, 9), because=Because.DIED)
    )
    assert at_home.get("/my-mandate/").status_code == 302  # asked to sign in
    assert try_in("marisol", PASSWORD)[0] == 422
    founded.does(founded.secretary, UndoDeparture(person=founded.neighbour))
    assert try_in("marisol", PASSWORD)[0] == 302


def test_a_wrong_password_and_an_unknown_name_are_told_in_the_same_words(founded: Cast) -> None:
    has_account(founded)
    wrong, unknown = try_in("marisol", "no-es-esta-clave"), try_in("nadie-aqui", "no-es-esta-clave")
    assert wrong[0] == unknown[0] == 422
    assert _said(wrong[1], "marisol") == _said(unknown[1], "nadie-aqui")


def _said(page: str, name: str) -> list[str]:
    """The page without what differs from request to request."""
    return [line for line in page.replace(name, "").splitlines() if "csrf" not in line and "_id" not in line]


@pytest.mark.parametrize("name", ["marisol", "nadie-aqui"])
def test_after_five_wrong_tries_a_name_rests_whether_or_not_it_exists(founded: Cast, name: str) -> None:
    has_account(founded)
    for number in range(5):
        assert try_in(name, "no-es-esta-clave", f"192.168.1.{number}")[0] == 422
    status, text = try_in(name, PASSWORD, "192.168.1.99")
    assert status == 429
    assert "10:15" in text, "it says when the next try is possible"
    with frozen_at("2026-02-10T14:15:00Z"):
        assert try_in(name, PASSWORD)[0] == (302 if name == "marisol" else 422)


def test_a_right_password_takes_the_wrong_tries_away(founded: Cast) -> None:
    has_account(founded)
    for _round in range(3):
        for _try in range(3):
            try_in("marisol", "no-es-esta-clave")
        assert try_in("marisol", PASSWORD)[0] == 302


def test_one_address_does_not_guess_through_many_names(founded: Cast) -> None:
    has_account(founded)
    for number in range(30):
        assert try_in(f"alguien{number}", "una-clave-cualquiera")[0] == 422
    assert try_in("marisol", PASSWORD)[0] == 429
    assert try_in("marisol", PASSWORD, "192.168.1.21")[0] == 302, "another address is free"


def test_an_assembly_behind_one_router_signs_in_and_the_wrong_tries_among_it_still_count(founded: Cast) -> None:
    has_account(founded)
    for number in range(29):
        try_in(f"alguien{number}", "una-clave-cualquiera")
    for _neighbour in range(4):
        assert try_in("marisol", PASSWORD)[0] == 302
    assert try_in("alguien-mas", "una-clave-cualquiera")[0] == 422
    assert try_in("marisol", PASSWORD)[0] == 429, "right ones in between do not take the wrong ones away"


def test_right_codes_from_one_address_are_not_counted_and_guessed_ones_are(founded: Cast) -> None:
    right = founded.claim_form(founded.code_for(founded.neighbour), "marisol")
    wrong = right | {"code": codes.new()}
    for _guess in range(29):
        assert Client().post("/claim/", wrong | {"_id": str(uuid4())}).status_code == 422
    assert Client().post("/claim/", right | {"again": "otra-clave-distinta"}).status_code == 422
    assert Client().post("/claim/", right).status_code == 302
    assert Client().post("/claim/", wrong | {"_id": str(uuid4())}).status_code == 422
    assert Client().post("/claim/", wrong | {"_id": str(uuid4())}).status_code == 429


def test_somebody_recognised_for_one_act_has_no_open_session(founded: Cast) -> None:
    has_account(founded)
    SignIn.objects.all().delete()
    assert accounts.recognise("marisol", PASSWORD, address="this computer") == founded.neighbour
    assert not SignIn.objects.exists()


def test_a_new_printed_code_lets_in_who_is_locked_out(founded: Cast) -> None:
    has_account(founded)
    for _try in range(6):
        try_in("marisol", "no-es-esta-clave")
    has_account(founded)


def test_signing_in_leads_back_to_where_one_was_and_never_elsewhere(founded: Cast) -> None:
    has_account(founded)
    form = {"name": "marisol", "password": PASSWORD}
    assert Client().post("/sign-in/", form | {"next": "/who-decides/"})["Location"] == "/who-decides/"
    for elsewhere in ("https://example.org/", "//example.org/", "javascript:alert(1)"):
        assert Client().post("/sign-in/", form | {"next": elsewhere})["Location"] == "/my-mandate/"


def test_signing_out_ends_the_session_and_needs_a_button(founded: Cast) -> None:
    browser = founded.browser(founded.neighbour)
    browser.get("/sign-out/")
    assert browser.get("/my-mandate/").status_code == 200, "a mere link signs nobody out"
    token = browser.cookies[COOKIE].value
    browser.post("/sign-out/")
    thief = Client()
    thief.cookies[COOKIE] = token
    assert thief.get("/my-mandate/").status_code == 302


def test_a_session_ends_after_twelve_hours(founded: Cast) -> None:
    browser = founded.browser(founded.neighbour)
    with frozen_at("2026-02-11T01:59:00Z"):
        assert browser.get("/my-mandate/").status_code == 200
    with frozen_at("2026-02-11T02:00:00Z"):
        assert browser.get("/my-mandate/").status_code == 302


def test_another_device_can_be_signed_out_from_here(founded: Cast) -> None:
    has_account(founded)
    here, lost = Client(), Client()
    try_in("marisol", PASSWORD, client=here)
    try_in("marisol", PASSWORD, client=lost)
    other = SignIn.objects.get(digest=_digest(lost))
    assert str(other.pk) in here.get("/devices/").content.decode()
    here.post("/devices/", {"_id": str(uuid4()), "session": str(other.pk)})
    assert lost.get("/my-mandate/").status_code == 302
    assert here.get("/my-mandate/").status_code == 200


def test_nobody_signs_out_somebody_elses_device(founded: Cast) -> None:
    signer, neighbour = founded.browser(founded.signer), founded.browser(founded.neighbour)
    session = SignIn.objects.get(digest=_digest(signer))
    neighbour.post("/devices/", {"_id": str(uuid4()), "session": str(session.pk)})
    assert signer.get("/my-mandate/").status_code == 200


def _digest(client: Client) -> str:
    return sha256(client.cookies[COOKIE].value.encode()).hexdigest()


def test_changing_the_password_signs_every_other_device_out(founded: Cast) -> None:
    has_account(founded)
    here, lost = Client(), Client()
    try_in("marisol", PASSWORD, client=here)
    try_in("marisol", PASSWORD, client=lost)
    new = "la-clave-de-ahora"
    wrong = here.post("/password/", {"old": "no-es-esta", "password": new, "again": new})
    assert wrong.status_code == 422
    assert here.post("/password/", {"old": PASSWORD, "password": new, "again": new}).status_code == 302
    assert lost.get("/my-mandate/").status_code == 302
    assert here.get("/my-mandate/").status_code == 200
    assert try_in("marisol", PASSWORD)[0] == 422
    assert try_in("marisol", new)[0] == 302


def test_a_stranger_costs_no_statement_and_a_signed_in_reader_one(founded: Cast) -> None:
    middleware = SignInMiddleware(lambda request: HttpResponse())
    with CaptureQueriesContext(
        connection,
    ) as asked:
        middleware(RequestFactory().get("/"))
    assert len(asked) == 0
    request = RequestFactory().get("/")
    request.COOKIES[COOKIE] = founded.browser(founded.neighbour).cookies[COOKIE].value
    with CaptureQueriesContext(connection) as asked:
        answer = middleware(request)
    assert len(asked) == 1
    assert request.person == founded.neighbour  # type: ignore[attr-defined]  # set by the middleware
    assert answer["Cache-Control"] == "no-store"


def test_a_token_that_opens_nothing_is_taken_from_the_device(founded: Cast) -> None:
    browser = Client()
    browser.cookies[COOKIE] = "stale"
    answer = browser.get("/who-decides/")
    assert answer.cookies[COOKIE]["max-age"] == 0


# Power ends with the mandate, at the next request of an open session


def code_form(founded: Cast) -> dict[str, str]:
    return {"_id": str(uuid4()), "person": str(founded.neighbour)}


@pytest.mark.parametrize("how", ["recalled", "suspended", "resigned"])
def test_a_power_ends_at_the_next_request_of_an_open_session(founded: Cast, how: str) -> None:
    browser = founded.browser(founded.secretary)
    assert browser.post("/codes/new/", code_form(founded)).status_code == 200
    mandate = founded.mandate(founded.secretary)
    if how == "recalled":
        founded.does(None, Recall(mandate=mandate))
    elif how == "suspended":
        founded.signed(Suspend(mandate=mandate, reason="Mientras se revisa"))
    else:
        founded.does(founded.secretary, Resign(mandate=mandate))
    answer = browser.post("/codes/new/", code_form(founded))
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "Estatuto, 3.4" in text or "LOCC" in text, "the refusal cites its source"
    assert "Ana Isabel Pérez" in text, "and says who can do it now"
    assert browser.get("/my-mandate/").status_code == 200, "she is still signed in"
