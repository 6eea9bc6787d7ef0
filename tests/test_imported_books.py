"""Books that came as a journal are opened again by two seats, whose passwords did not come along."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client

from comuna.acts.models import Proposal
from comuna.cli import main
from comuna.journal import bundle, checkpoint, home
from comuna.journal.models import Record
from comuna.journal.queries import is_read_only
from comuna.mandates.models import Account
from comuna.mandates.renewing import renewals
from comuna.territory.models import Street
from comuna.territory.queries import names
from conftest import Engine
from tests.cast import PASSWORD, TODAY, Cast

EN = {"accept-language": "en"}


@pytest.fixture
def paper(founded: Cast) -> str:
    """The newest code on paper of the books before, in which everybody has an account."""
    founded.browser(founded.neighbour)
    return checkpoint.paper_code(checkpoint.make(founded.commune, "2026-02-10T14:00:01Z"))


@contextmanager
def imported(engine: Engine, folder: Path) -> Iterator[None]:
    """The books of this test exported, and imported into an empty home."""
    before, here = connection.settings_dict["NAME"], home.home()
    file = folder / "diario.zip"
    bundle.export(file)
    home.use(folder / "new")
    other = engine.fresh()
    try:
        assert main(["journal", "import", str(file)]) == 0
        yield
    finally:
        engine.drop(other)
        engine.enter(before)
        home.use(here)


def printed(capsys: pytest.CaptureFixture[str]) -> dict[str, str]:
    """What ``comuna codes`` prints, by name."""
    capsys.readouterr()
    assert main(["codes"]) == 0
    lines = re.findall(r"^((?:\w{5} ?){4})   (.+), (.+)$", capsys.readouterr().out, re.M)
    return {name: code for code, name, _seat in lines}


def claims(code: str, name: str) -> tuple[Client, int]:
    browser = Client(headers=EN)
    return browser, browser.post("/claim/", Cast.claim_form(code, name)).status_code


def test_two_seats_sign_in_and_begin_the_epoch_and_an_act_is_done(
    founded: Cast, paper: str, engine: Engine, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with imported(engine, tmp_path):
        records = Record.objects.count()
        assert is_read_only() and not Account.objects.exists()
        (one, first), (two, second) = (claims(code, name.lower()) for name, code in list(printed(capsys).items())[:2])
        assert (first, second) == (302, 302)
        assert Record.objects.count() == records, "nothing was written in the books"
        assert "/do/acts.begin_epoch/" in one.get("/my-mandate/").content.decode()
        form = {"_id": str(uuid4()), "_propose": "1", "paper_code": paper, "reason": "Se dañó la computadora"}
        assert one.post("/do/acts.begin_epoch/", form).status_code == 302
        proposal = Proposal.objects.get(expires_on__gt=TODAY, verb="acts.begin_epoch").pk
        signed = two.post("/proposals/sign/", {"_id": str(uuid4()), "proposal": str(proposal)})
        assert signed.status_code == 302 and not is_read_only()
        street = {"_id": str(uuid4()), "name": "Calle Nueva"}
        assert one.post("/people/streets/add/", street).status_code == 302
        assert Street.objects.filter(name="Calle Nueva").exists()
        assert main(["codes"]) == 1, "all others get theirs from the seat that prints them"


def test_a_code_is_good_once_and_only_while_the_books_are_read_only(
    founded: Cast, paper: str, engine: Engine, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with imported(engine, tmp_path):
        (_name, code), (other, others) = list(printed(capsys).items())[:2]
        assert claims(code, "primera")[1] == 302
        assert claims(code, "segunda")[1] == 422
        assert Client().post("/sign-in/", {"name": "primera", "password": PASSWORD}).status_code == 302
        assert printed(capsys)[other] == others, "the other's stays as it was"
    assert renewals(TODAY) == [], "books that are open for writing have none"


def test_only_those_who_may_begin_the_epoch_get_codes(
    founded: Cast, paper: str, engine: Engine, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    called = names([founded.secretary, founded.neighbour, founded.recalled], knows=True)
    with imported(engine, tmp_path):
        given = printed(capsys)
        assert [called[one] in given for one in (founded.secretary, founded.neighbour, founded.recalled)] == [
            True,
            False,
            False,
        ]
        assert "comuna codes" in Client(headers=EN).get("/sign-in/").content.decode()
