"""What everybody can read about who decides, and the forms of this room's acts."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from comuna.acts.clock import frozen_at
from comuna.mandates import queries
from comuna.mandates.rules import MandateStatus
from comuna.mandates.tests.toy import Elect
from comuna.territory.acts import RegisterPerson
from tests.cast import TODAY, Cast

PRIVATE = ("Zoraida", "Quintero")  # somebody who holds no seat


def page(client: Client, path: str, **query: str) -> str:
    answer = client.get(path, query)
    assert answer.status_code == 200, f"{path}: {answer.status_code}"
    return answer.content.decode()


def test_who_decides_shows_holders_terms_vacancies_and_expired_mandates(founded: Cast) -> None:
    with override("en"):
        text = page(Client(headers={"Accept-Language": "en"}), "/who-decides/")
    for shown in ("Carmen Teresa Blanco", "Pedro José Salas", "Nelly Margarita Tovar"):
        assert shown in text
    assert "Landaeta" not in text, "the recalled treasurer holds nothing any more"


def test_an_organs_page_shows_every_seat_how_it_is_filled_and_by_which_rule(founded: Cast) -> None:
    text = page(Client(), "/who-decides/cc.unit.finance/")
    assert "Carmen Teresa Blanco" in text
    assert all(f"/seats/cc.finance/{number}/" in text for number in range(1, 6)), "vacant seats too"
    assert "LOCC arts. 30-32" in text
    assert Client().get("/who-decides/cc.court/").status_code == 404


def test_organs_that_nobody_sits_in_yet_are_named_last(founded: Cast) -> None:
    text = page(Client(), "/who-decides/")
    assert text.index("/who-decides/pc.parliament/") > text.index("Carmen Teresa Blanco")


def test_a_seats_page_tells_who_held_it_since_when_and_why(founded: Cast) -> None:
    text = page(Client(), "/seats/cc.finance/3/")
    assert "José Gregorio Landaeta" in text
    assert "Nelly Margarita Tovar" in text
    assert "folio 12" in text, "where the paper is"
    assert "/acts/" in text, "the act behind each step"


@pytest.mark.parametrize("path", ["/seats/cc.king/1/", "/seats/cc.finance/9/"])
def test_a_seat_that_never_was_is_not_found(founded: Cast, path: str) -> None:
    assert Client().get(path).status_code == 404


@pytest.mark.parametrize(
    "path", ["/who-decides/", "/seats/cc.finance/3/", "/seats/cc.secretary/1/", "/sign-in/", "/claim/"]
)
def test_nothing_private_is_shown_to_strangers_and_neighbours(founded: Cast, path: str) -> None:
    founded.does(founded.promoter, RegisterPerson(full_name="Zoraida Quintero"))
    for client in (Client(), founded.browser(founded.neighbour)):
        text = page(client, path)
        assert not [word for word in PRIVATE if word in text]


def test_my_mandate_shows_what_ran_out_and_what_i_may_do(founded: Cast) -> None:
    text = page(founded.browser(founded.acting_signer), "/my-mandate/")
    assert "2025" in text
    secretary = page(founded.browser(founded.secretary), "/my-mandate/")
    assert 'href="/codes/new/"' in secretary
    assert 'href="/codes/new/"' not in text
    assert "/do/acts.begin_epoch/" in secretary, "what no room has a page for has a plain form"
    assert "/do/acts.erase_private/" not in secretary, "unless one would have to type a reference"


def test_my_mandate_tells_that_a_code_was_printed_that_i_may_not_have_asked_for(founded: Cast) -> None:
    signer = founded.browser(founded.signer)
    assert not re.search(r"/acts/[0-9a-f-]{36}/", page(signer, "/my-mandate/"))
    founded.code_for(founded.signer)
    issued = queries.newest_code(founded.signer)
    assert issued is not None
    assert f"/acts/{issued.act}/" in page(signer, "/my-mandate/")


def test_my_mandate_asks_a_stranger_to_sign_in(founded: Cast) -> None:
    assert Client().get("/my-mandate/")["Location"] == "/sign-in/?next=%2Fmy-mandate%2F"


def test_promoters_who_are_done_are_named_as_such_and_leave_no_empty_seats_behind(founded: Cast) -> None:
    english = Client(headers={"Accept-Language": "en"})
    founded.does(None, Elect(person=founded.neighbour, kind="cc.electoral"))
    with frozen_at("2026-02-11T14:00:00Z"):
        board = page(english, "/who-decides/")
        done = board[board.index("Its work is done") :]
        assert "/who-decides/cc.founding/" in done[: done.index("</section>")]
        organ = page(english, "/who-decides/cc.founding/")
        assert "Since 11 February" in organ
        assert "Secretary of minutes" in organ
        assert "/seats/cc.promoter/1/" in organ
        seat = page(english, "/seats/cc.promoter/1/")
        assert "Nobody holds this seat" not in seat
        assert "those who were elected take over" in seat
    with frozen_at("2027-02-11T14:00:00Z"):  # the term would be over; it ended before
        assert "the term is over" not in page(english, "/seats/cc.promoter/1/")


def test_the_map_costs_the_same_however_many_hold_seats(founded: Cast) -> None:
    def statements() -> int:
        with CaptureQueriesContext(connection) as asked:
            queries.who_decides(founded.commune, TODAY)
        return len(asked)

    before = statements()
    for person in (founded.neighbour, founded.promoter):
        founded.does(None, Elect(person=person, kind="cc.electoral"))
    assert statements() == before <= 6


# Forms


def send(client: Client, path: str, **values: str) -> int:
    return client.post(path, {"_id": str(uuid4())} | values).status_code


def proposed(by: Client, signer: Client, path: str, **fields: str) -> None:
    """What two must sign: one proposes it with its form and is led to the proposal, the other signs there."""
    answer = by.post(path, {"_id": str(uuid4()), "_propose": "1", **fields})
    assert answer.status_code == 302, answer.content.decode()[-1500:]
    assert answer["Location"].startswith("/proposals/")
    assert send(signer, "/proposals/sign/", proposal=answer["Location"].split("/")[2]) == 302


def test_a_mandate_is_entered_suspended_lifted_ended_and_taken_back_with_forms(founded: Cast) -> None:
    secretary = founded.browser(founded.secretary)
    assert "Marisol" in secretary.post("/mandates/enter/", {"words": "marisol"}).content.decode()
    assert "Marisol" in page(secretary, "/mandates/enter/", person=str(founded.neighbour))
    entry = {
        "person": str(founded.neighbour),
        "kind": "cc.electoral",
        "is_alternate": "no",
        "number": "",
        "begins": "1/6/2025",
        "ends": "",
        "public_name": "Marisol Guerra",
        "origin_words": "Acta 4, folio 12",
    }
    promoter = founded.browser(founded.promoter)
    proposed(secretary, promoter, "/mandates/enter/", **entry)
    mandate = founded.mandate(founded.neighbour)
    assert "Marisol Guerra" in page(Client(), "/who-decides/")
    proposed(secretary, promoter, "/mandates/suspend/", mandate=str(mandate), ends="", reason="Una revisión")
    assert queries.status_of(mandate, TODAY) is MandateStatus.SUSPENDED
    seat = page(secretary, "/seats/cc.electoral/1/")
    suspension = seat.split("/mandates/lift/?suspension=")[1][:36]
    assert send(secretary, "/mandates/lift/", suspension=suspension) == 302
    proposed(secretary, promoter, "/mandates/end/", mandate=str(mandate), why="left", on="10/2/2026")
    assert queries.status_of(mandate, TODAY) is MandateStatus.ENDED
    assert send(secretary, "/mandates/undo-ending/", mandate=str(mandate)) == 302
    assert queries.status_of(mandate, TODAY) is MandateStatus.ACTIVE


def test_an_entry_made_by_mistake_is_undone_with_a_button(founded: Cast) -> None:
    promoter = founded.browser(founded.promoter)
    mandate = founded.mandate(founded.comptroller)
    assert f"/mandates/undo-entry/?mandate={mandate}" in page(promoter, "/seats/cc.comptroller/1/")
    assert send(promoter, "/mandates/undo-entry/", mandate=str(mandate)) == 302
    assert queries.status_of(mandate, TODAY) is MandateStatus.UNDONE


@pytest.mark.parametrize("what", ["end", "suspend", "lift", "undo-entry", "undo-ending"])
def test_whoever_does_not_say_which_mandate_chooses_the_seat_first(founded: Cast, what: str) -> None:
    assert founded.browser(founded.secretary).get(f"/mandates/{what}/")["Location"] == "/who-decides/"


def test_somebody_resigns_with_a_form(founded: Cast) -> None:
    signer = founded.browser(founded.signer)
    assert str(founded.mandate(founded.signer)) in page(signer, "/my-mandate/resign/")
    assert send(signer, "/my-mandate/resign/", mandate=str(founded.mandate(founded.signer))) == 302
    assert founded.holding(founded.signer).status is MandateStatus.RESIGNED


@pytest.mark.parametrize(
    "path", ["/mandates/enter/?person={0}", "/mandates/end/?mandate={1}", "/mandates/suspend/?mandate={1}"]
)
def test_who_may_not_is_told_who_can_and_gets_no_form(founded: Cast, path: str) -> None:
    url = path.format(founded.neighbour, founded.mandate(founded.signer))
    answer = founded.browser(founded.neighbour).get(url)
    assert answer.status_code == 403
    assert "Yelitza Carolina Rondón" in answer.content.decode()
