"""Power ends with the next request of an open sign-in, and two who sign at once bring about one outcome.

A real server, real connections, everything through the pages and the API; nothing is asked of the database.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from threading import Barrier, Thread
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

import pytest

from comuna.mandates import codes
from comuna.statutes import builtin
from tests.journeys.device import FORM, Device, afternoon
from tests.soak.server import Server, comuna

ZONE, TODAY = afternoon()
PROMOTERS = ("Ana Isabel Pérez", "Luis Ramón Gil", "Rosa Elena Mora")
ROUNDS = 6


@dataclass
class Town:
    """A council founded over HTTP: three promoters, a secretary, a comptroller and neighbours."""

    port: int
    promoters: list[Device]
    people: dict[str, str] = field(default_factory=dict)
    mandates: dict[str, str] = field(default_factory=dict)

    def registered(self, name: str) -> str:
        fields = {"full_name": name, "birth_day": "1980-05-17", "residence_since": "2001-01-01"}
        self.people[name] = self.promoters[0].does("territory.register_person", **fields)
        return self.people[name]

    def seated(self, name: str, kind: str) -> Device:
        """Somebody who holds a seat from before the books, signed in on a device."""
        person = self.registered(name)
        entry = {"person": person, "kind": kind, "begins": "2025-06-01", "public_name": name, "origin_words": "Folio 3"}
        ana, luis = self.promoters[:2]
        inner = {"verb": "mandates.enter_mandate", "version": 1, "fields": entry}
        status, answer = luis.acts("acts.sign", {"proposal": ana.does("acts.propose", act=inner)})
        assert status == 201, answer
        self.mandates[name] = str(answer["performed"])
        code = codes.new()
        digest = codes.digest_of(codes.proof(code))
        self.promoters[0].does("mandates.issue_code", person=person, digest=digest)
        return Device(self.port).claims(code)

    def recall(self, name: str, asking: Device) -> None:
        """Asked for by the comptroller unit, reported on by it, and voted in a session of today."""
        fields = {"mandate": self.mandates[name], "ground": "no-account", "words": "No rindió cuentas"}
        petition = asking.does("elections.ask_recall", **fields)
        asking.does("elections.report_recall", petition=petition, words="No hay cuentas.", defence="Fue oída.")
        ana = self.promoters[0]
        agenda = [{"title": "Revocatoria"}]
        convened = {"organ": "cc.assembly", "day": TODAY, "hour": "00:10", "place": "Cancha", "agenda": agenda}
        session = ana.does("assemblies.convene", **convened, from_paper=True)
        present = [{"person": person} for person in self.people.values()]
        ana.does("assemblies.record_attendance", session=session, present=present)
        ana.does("assemblies.make_call", session=session, number=1, hour="00:10")
        one, two = [person for person in self.people.values() if person != self.people[name]][:2]
        vote = {"votes_for": len(present), "against": 0, "abstain": 0, "counter_one": one, "counter_two": two}
        ana.does("elections.decide_recall", petition=petition, session=session, **vote)

    def proposal(self, by: Device, version: str) -> str:
        """The statute in force with another version number: a text that two seats must sign."""
        text = builtin.text("venezuela-commune")
        changed = re.sub(r'^version = ".*"$', f'version = "{version}"', text, count=1, flags=re.MULTILINE)
        assert changed != text
        status, address, page = by.hands_in(
            "/statute/adopt/", "statute", "estatuto.toml", changed.encode(), "text/plain"
        )
        assert status == 302, page[-900:]
        _status, _to, form = by.asks("GET", address)
        hidden = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form))
        status, _to, page = by.asks(
            "POST", address, urlencode({**hidden, "first_day": TODAY, "_propose": "1"}).encode(), FORM
        )
        assert status == 302, page[-900:]
        _status, _to, waiting = by.asks("GET", "/proposals/")
        return str(re.findall(r'href="/proposals/([0-9a-f-]{36})/"', waiting)[-1])


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    home = tmp_path / "home"
    home.mkdir()
    server = Server(home)
    try:
        server.wait_until_it_answers()
        stranger = Device(server.port)
        typed = {f"promoters.{number}.full_name": name for number, name in enumerate(PROMOTERS)}
        _status, _to, page = stranger.sends(
            "/found/",
            name="Consejo Comunal Los Mangos",
            statute="venezuela-commune",
            time_zone=ZONE,
            **typed,
        )
        printed = re.findall(r"<pre[^>]*><code>([^<]+)</code></pre>", page)
        assert len(printed) == len(PROMOTERS), page[:300]
        town = Town(server.port, [Device(server.port).claims(unescape(code)) for code in printed])
        for number in range(12):
            town.registered(f"Vecina Número {number}")
        yield town
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
