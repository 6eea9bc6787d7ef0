"""Two payments over the last of a line, signed at the same moment: exactly one is paid, the other is told why.

A real server, real connections; nothing is asked of the database.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path
from threading import Barrier, Thread
from typing import Any
from uuid import UUID

import pytest

from comuna.treasury.effects import account_key
from tests.journeys.council import TODAY, Town, founded
from tests.journeys.device import Device
from tests.programs import second_engine
from tests.soak.server import Server, comuna

ROUNDS = 4
pytestmark = pytest.mark.long


@pytest.fixture(params=["SQLite", "PostgreSQL"])
def town(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Town]:
    home = tmp_path / "home"
    home.mkdir()
    with second_engine() if request.param == "PostgreSQL" else nullcontext("") as database:
        server = Server(home, database=database)
        try:
            server.wait_until_it_answers()
            yield founded(server.port)
        finally:
            server.stop()
        said = comuna(home, "verify", database=database)
        assert said.code == 0, said.words


def test_of_two_payments_over_the_last_of_a_line_signed_at_once_one_is_paid(town: Town) -> None:
    carmen, pedro, rosa = (
        town.seated(name, "cc.finance") for name in ("Carmen Blanco", "Pedro Salas", "Rosa Inés Lugo")
    )
    book = carmen.does("treasury.open_book", kind="cc.books", day=TODAY)
    _holds(carmen, book, "1000000")
    for number in range(ROUNDS):
        line = _line(town, carmen, book, number)
        proposals = [_prepares(carmen, book, line, payee) for payee in ("Ferretería", "Bloquera")]
        answers = _at_once([(pedro, proposals[0]), (rosa, proposals[1])])
        assert sorted(status for status, _answer in answers) == [201, 422]
        refusal = next(answer for status, answer in answers if status == 422)
        assert refusal["rule"] == "treasury.beyond-the-line"
        assert "0.40" in refusal["words"], "what is left of the line"
        assert "0.40 VES" in carmen.reads(f"/accounts/lines/{line}/")


def _holds(device: Device, book: str, amount: str) -> None:
    rows = [{"account": str(account_key(UUID(book), "1.1.02")), "amount": amount}]
    device.does("treasury.record_opening", book=book, unit="VES", rows=rows)


def _line(town: Town, device: Device, book: str, number: int) -> str:
    """100 centimos of which each payment wants 60, by a decision of its own."""
    resolution = _decides(town, number)
    rows = [{"account": str(account_key(UUID(book), "5.1.01")), "amount": "100", "words": f"Válvula {number}"}]
    fields = {"book": book, "resolution": resolution, "begins": TODAY, "ends": TODAY, "unit": "VES", "rows": rows}
    device.does("treasury.adopt_budget", **fields)
    page = device.asks("GET", f"/accounts/books/{book}/")[2]
    return page.split(f">Válvula {number}<")[0].rsplit("/accounts/lines/", 1)[1].split("/")[0]


def _decides(town: Town, number: int) -> str:
    """A decision of an assembly of today, as the pages show it."""
    ana = town.promoters[0]
    convened = {"organ": "cc.assembly", "day": TODAY, "hour": f"0{number}:10", "place": "Cancha"}
    session = ana.does("assemblies.convene", **convened, agenda=[{"title": "Agua"}], from_paper=True)
    present = [{"person": person} for person in town.people.values()]
    ana.does("assemblies.record_attendance", session=session, present=present)
    ana.does("assemblies.make_call", session=session, number=1, hour=f"0{number}:10")
    motion = ana.does("assemblies.put_motion", session=session, item=1, text=f"Comprar la válvula {number}")
    one, two = list(town.people.values())[:2]
    hands = {"votes_for": len(present), "against": 0, "abstain": 0}
    again = {f"{name}_two": count for name, count in hands.items()}
    ana.does("assemblies.record_count", motion=motion, counter_one=one, counter_two=two, **hands, **again)
    listed = ana.asks("GET", "/assemblies/decisions/?show=all")[2]
    newest = re.search(r'href="/assemblies/decisions/([0-9a-f-]{36})/"', listed)
    assert newest is not None
    return newest[1]


def _prepares(device: Device, book: str, line: str, payee: str) -> str:
    fields = {
        "line": line,
        "day": TODAY,
        "out_of": str(account_key(UUID(book), "1.1.02")),
        "unit": "VES",
        "amount": "60",
        "payee": payee,
        "words": "Una válvula",
    }
    return device.does("acts.propose", act={"verb": "treasury.pay", "version": 1, "fields": fields})


def _at_once(signing: list[tuple[Device, str]]) -> list[tuple[int, dict[str, Any]]]:
    start, answers = Barrier(len(signing)), list[tuple[int, dict[str, Any]]]()

    def signs(device: Device, proposal: str) -> None:
        start.wait()
        answers.append(device.acts("acts.sign", {"proposal": proposal}))

    threads = [Thread(target=signs, args=one) for one in signing]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers
