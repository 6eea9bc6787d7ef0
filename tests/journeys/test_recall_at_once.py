"""Power ends with the next request of an open sign-in, and two who sign at once bring about one outcome.

A real server, real connections, everything through the pages and the API; nothing is asked of the database.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from threading import Barrier, Thread
from typing import Any
from uuid import uuid4

import pytest

from tests.journeys.council import Town, founded
from tests.journeys.device import Device
from tests.soak.server import Server, comuna

ROUNDS = 6


pytestmark = pytest.mark.long


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    home = tmp_path / "home"
    home.mkdir()
    server = Server(home)
    try:
        server.wait_until_it_answers()
        yield founded(server.port)
    finally:
        server.stop()
    said = comuna(home, "verify")
    assert said.code == 0, said.words


def test_a_recall_ends_the_power_of_an_open_sign_in_with_its_next_request(town: Town) -> None:
    """The sign-in stays open, its power is gone; the answer names the rule and who may do it now."""
    secretary, comptroller = (
        town.seated("Yelitza Rondón", "cc.secretary"),
        town.seated("Nelson Duarte", "cc.comptroller"),
    )
    code = {"person": town.people["Vecina Número 1"], "digest": "0" * 64}
    assert secretary.acts("mandates.issue_code", code)[0] == 201
    town.recall("Yelitza Rondón", comptroller)
    status, refusal = secretary.acts("mandates.issue_code", code | {"digest": "1" * 64})
    assert (status, refusal["rule"], refusal["citation"]) == (422, "mandates.recalled", "LOCC arts. 39-41")
    assert any("Ana" not in one and one for one in refusal["who"]), "seats and public names, nobody else's"
    assert refusal["who"]
    page = secretary.reads(f"/codes/new/?person={code['person']}")
    assert "You were recalled on" in page and "LOCC arts. 39-41" in page
    assert all(seat in page for seat in refusal["who"]), "who may do it now"
    assert "Yelitza Rondón" in secretary.reads("/my-mandate/"), "still signed in, as a neighbour"
    assert town.promoters[0].acts("mandates.issue_code", code | {"digest": "2" * 64})[0] == 201


def test_two_who_sign_at_once_bring_about_one_outcome(town: Town) -> None:
    ana, luis, rosa = town.promoters
    for number in range(ROUNDS):
        proposal = town.proposal(ana, f"9.{number}")
        start = Barrier(2)
        answers: dict[str, tuple[int, dict[str, Any]]] = {}

        def signs(
            who: str,
            device: Device,
            proposal: str = proposal,
            start: Barrier = start,
            answers: dict[str, tuple[int, dict[str, Any]]] = answers,
        ) -> None:
            start.wait()
            answers[who] = device.acts("acts.sign", {"proposal": proposal})

        threads = [Thread(target=signs, args=one) for one in (("luis", luis), ("rosa", rosa))]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        ((_first, done), (_second, refusal)) = sorted(answers.values(), key=lambda one: one[0])
        assert sorted(status for status, _answer in answers.values()) == [201, 422]
        assert done["performed"]
        assert refusal["rule"] == "acts.proposal-settled"
        assert f"(9.{number})" in luis.reads(f"/acts/{done['performed']}/"), "adopted once, and its page says so"


def test_the_same_signature_sent_twice_at_once_is_one(town: Town) -> None:
    ana, luis, _rosa = town.promoters
    proposal, id = town.proposal(ana, "8.0"), str(uuid4())
    answers: list[tuple[int, dict[str, Any]]] = []
    start = Barrier(2)

    def signs() -> None:
        start.wait()
        answers.append(luis.acts("acts.sign", {"proposal": proposal}, id))

    threads = [Thread(target=signs) for _twice in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(status for status, _answer in answers) == [200, 201]
    assert len({answer["seq"] for _status, answer in answers}) == 1


def test_the_signature_of_somebody_recalled_meanwhile_counts_no_more(town: Town) -> None:
    secretary, comptroller = (
        town.seated("Yelitza Rondón", "cc.secretary"),
        town.seated("Nelson Duarte", "cc.comptroller"),
    )
    _ana, luis, rosa = town.promoters
    proposal = town.proposal(secretary, "7.0")
    town.recall("Yelitza Rondón", comptroller)
    status, answer = luis.acts("acts.sign", {"proposal": proposal})
    assert status == 201
    assert "performed" not in answer, "hers is gone, and his alone is not enough"
    assert secretary.acts("acts.sign", {"proposal": proposal})[1]["rule"] == "mandates.recalled"
    status, answer = rosa.acts("acts.sign", {"proposal": proposal})
    assert status == 201
    assert "(7.0)" in rosa.reads(f"/acts/{answer['performed']}/")
