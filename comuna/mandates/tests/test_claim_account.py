"""Printed codes become accounts: once, for the right person, and never seen by the journal."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test import Client

from comuna.acts.clock import frozen_at
from comuna.journal.home import home
from comuna.journal.models import Record
from comuna.mandates import accounts, codes, queries
from comuna.mandates.acts import ClaimAccount, IssueCode, VoidCode
from comuna.mandates.models import Account, Claim
from comuna.mandates.sign_in import COOKIE
from tests.cast import PASSWORD, Cast, refused


def claim_of(code: str) -> ClaimAccount:
    return ClaimAccount(proof=codes.proof(code))


def test_a_code_works_once(founded: Cast) -> None:
    code = founded.code_for(founded.neighbour)
    founded.does(None, claim_of(code))
    with refused("mandates.code-used"):
        founded.does(None, claim_of(code))


def test_a_newer_code_makes_the_older_one_worthless(founded: Cast) -> None:
    older, newer = founded.code_for(founded.neighbour), founded.code_for(founded.neighbour)
    with refused("mandates.code-voided"):
        founded.does(None, claim_of(older))
    founded.does(None, claim_of(newer))


def test_a_code_that_was_taken_back_opens_nothing(founded: Cast) -> None:
    code = founded.code_for(founded.neighbour)
    issued = queries.newest_code(founded.neighbour)
    assert issued is not None
    founded.does(founded.secretary, VoidCode(code=issued.id))
    with refused("mandates.code-voided"):
        founded.does(None, claim_of(code))
    with refused("mandates.code-voided"):
        founded.does(founded.secretary, VoidCode(code=issued.id))


def test_a_code_is_good_for_thirty_days(founded: Cast) -> None:
    code = founded.code_for(founded.neighbour)
    with frozen_at("2026-03-13T14:00:00Z"), refused("mandates.code-expired"):
        founded.does(None, claim_of(code))
    with frozen_at("2026-03-12T14:00:00Z"):
        founded.does(None, claim_of(code))


def test_a_code_that_nobody_was_given_opens_nothing(founded: Cast) -> None:
    with refused("mandates.no-such-code"):
        founded.does(None, claim_of(codes.new()))


def test_the_digest_in_the_journal_does_not_open_what_the_code_opens(founded: Cast) -> None:
    founded.code_for(founded.neighbour)
    issued = queries.newest_code(founded.neighbour)
    assert issued is not None
    with refused("mandates.no-such-code"):
        founded.does(None, ClaimAccount(proof=issued.digest))


def test_the_same_code_is_not_printed_for_two(founded: Cast) -> None:
    code = founded.code_for(founded.neighbour)
    with refused("mandates.code-known"):
        digest = codes.digest_of(codes.proof(code))
        founded.does(founded.secretary, IssueCode(person=founded.signer, digest=digest))


# On the page


def claim(founded: Cast, code: str, name: str = "marisol", **more: str) -> tuple[Client, int, str]:
    client = Client()
    answer = client.post("/claim/", founded.claim_form(code, name) | more)
    return client, answer.status_code, answer.content.decode()


def test_claiming_signs_in_and_shows_my_mandate(founded: Cast) -> None:
    client, status, _text = claim(founded, founded.code_for(founded.signer))
    assert status == 302
    assert "Carmen Teresa Blanco" in client.get("/my-mandate/").content.decode()


@pytest.mark.parametrize("place", [0, 7, 22])
def test_one_wrong_letter_is_called_a_typing_error(founded: Cast, place: int) -> None:
    code = founded.code_for(founded.neighbour)
    wrong = code[:place] + ("A" if code[place] != "A" else "B") + code[place + 1 :]
    before = Record.objects.count()
    _client, status, text = claim(founded, wrong)
    assert status == 422
    assert f"{place // 6 + 1}" in text
    assert 'id="f-code-fault"' in text
    assert Record.objects.count() == before


def test_neither_code_nor_password_nor_name_is_ever_written(founded: Cast) -> None:
    code = founded.code_for(founded.neighbour)
    _client, status, _text = claim(founded, code, "la-vecina-marisol")
    assert status == 302
    connection.close()
    stored = b"".join(path.read_bytes() for path in _files())
    for planted in (code, code.replace(" ", ""), PASSWORD, "la-vecina-marisol"):
        assert planted.encode() not in stored


def _files() -> list[Path]:
    beside = [Path(str(connection.settings_dict["NAME"]))] if connection.vendor == "sqlite" else []
    return [*beside, *(path for path in home().rglob("*") if path.is_file())]


@pytest.mark.parametrize(
    ("more", "fault"),
    [
        ({"password": "corta", "again": "corta"}, "password"),
        ({"password": "password1", "again": "password1"}, "password"),
        ({"again": "otra-cosa-distinta"}, "again"),
        ({"name": "yo"}, "name"),
    ],
)
def test_a_weak_password_or_name_spends_no_code(founded: Cast, more: dict[str, str], fault: str) -> None:
    code = founded.code_for(founded.neighbour)
    _client, status, text = claim(founded, code, **more)
    assert (status, f'id="f-{fault}-fault"' in text) == (422, True)
    assert claim(founded, code)[1] == 302


def test_two_people_do_not_sign_in_by_the_same_name(founded: Cast) -> None:
    claim(founded, founded.code_for(founded.neighbour), "La Doña")
    _client, status, text = claim(founded, founded.code_for(founded.signer), "la doña")
    assert (status, 'id="f-name-fault"' in text) == (422, True)


def test_a_lost_password_is_replaced_and_every_device_signed_out(founded: Cast) -> None:
    before, _status, _text = claim(founded, founded.code_for(founded.neighbour))
    assert before.get("/my-mandate/").status_code == 200
    after, status, _text = claim(
        founded, founded.code_for(founded.neighbour), password="otra-clave-nueva", again="otra-clave-nueva"
    )
    assert status == 302
    assert before.get("/my-mandate/").status_code == 302, "the old device has to sign in again"
    assert after.get("/my-mandate/").status_code == 200
    assert Account.objects.filter(person=founded.neighbour).count() == 1


def test_a_form_sent_twice_is_one_claim(founded: Cast) -> None:
    form = founded.claim_form(founded.code_for(founded.neighbour), "marisol")
    assert Client().post("/claim/", form).status_code == 302
    again = Client().post("/claim/", form)
    assert (again.status_code, again["Location"]) == (302, "/sign-in/"), "the first answer stands; nobody gets in twice"
    assert Claim.objects.filter(person=founded.neighbour).count() == 2  # the cast's own and this one


def test_the_id_of_somebodys_claim_does_not_help_to_take_the_account_over(founded: Cast) -> None:
    form = founded.claim_form(founded.code_for(founded.signer), "carmen")
    victim = Client()
    victim.post("/claim/", form)
    theirs = founded.claim_form(founded.code_for(founded.neighbour), "marisol")
    attack = Client().post("/claim/", theirs | {"_id": form["_id"], "password": "mia-mia-mia", "again": "mia-mia-mia"})
    assert attack.status_code == 409
    signed_in = Client().post("/sign-in/", {"name": "carmen", "password": PASSWORD})
    assert signed_in.status_code == 302
    assert COOKIE in signed_in.cookies


def test_a_power_cut_between_password_and_claim_opens_nothing(founded: Cast) -> None:
    accounts.prepare(uuid4(), founded.neighbour, "marisol", PASSWORD)
    answer = Client().post("/sign-in/", {"name": "marisol", "password": PASSWORD})
    assert answer.status_code == 422


def test_a_claim_closes_older_sessions_even_if_the_machine_stops_right_after_it(founded: Cast) -> None:
    before, _status, _text = claim(founded, founded.code_for(founded.neighbour))
    founded.does(None, claim_of(founded.code_for(founded.neighbour)))
    assert before.get("/my-mandate/").status_code == 302
    assert Client().post("/sign-in/", {"name": "marisol", "password": PASSWORD}).status_code == 422


def test_only_who_may_print_codes_sees_names_to_choose_from(founded: Cast) -> None:
    for person in (None, founded.comptroller, founded.signer):
        answer = founded.browser(person).post("/codes/new/", {"words": "Marisol"})
        assert answer.status_code == 403
        assert "Guerra" not in answer.content.decode()
    secretary = founded.browser(founded.secretary)
    found = secretary.post("/codes/new/", {"words": "guerra marisol"}).content.decode()
    assert "Marisol del Valle Guerra" in found
    assert f"/codes/new/?person={founded.neighbour}" in found


def test_the_sheet_is_printed_with_a_code_that_works(founded: Cast) -> None:
    secretary = founded.browser(founded.secretary)
    page = secretary.get("/codes/new/", {"person": str(founded.neighbour)})
    id = page.content.decode().split('name="_id" value="')[1][:36]
    form = {"_id": id, "person": str(founded.neighbour)}
    sheet = secretary.post("/codes/new/", form)
    code = codes.of_act(UUID(id))
    assert code in sheet.content.decode()
    assert "no-store" in sheet["Cache-Control"]
    assert code in secretary.post("/codes/new/", form).content.decode(), "the answer was lost: the same code again"
    stranger = Client().post("/codes/new/", form)
    assert stranger.status_code == 409, "the id of the act is public, the code is not"
    assert code not in stranger.content.decode()
    assert claim(founded, code)[1] == 302
