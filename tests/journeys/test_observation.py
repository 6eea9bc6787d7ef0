"""A neighbour asks about an entry on her phone, the finance unit answers on another, she has her answer."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

import pytest

from comuna.mandates import codes
from comuna.treasury.effects import account_key
from tests.journeys.council import TODAY, Town, founded
from tests.journeys.phone import Phone, browser, served

PASSWORD = "cuando-llueve-hay-agua"
NEIGHBOUR = "Vecina Número 3"
ASKED, SAID = "¿De quién vino este dinero?", "De la rifa de la escuela, talonario 12."

pytestmark = [pytest.mark.browser, pytest.mark.long]


def test_an_observation_is_made_answered_and_closed_on_phones_without_javascript(tmp_path: Path) -> None:
    with browser() as chromium, served(tmp_path / "home") as address:
        town = founded(int(address.rpartition(":")[2]))
        finance = _with_money(town)
        neighbour, keeper = Phone(chromium, address), Phone(chromium, address)
        _claims(neighbour, _code_for(town, NEIGHBOUR), "vecina")
        _claims(keeper, finance, "finanzas")

        neighbour.opens("/accounts/")
        neighbour.follows("/accounts/books/")
        neighbour.follows("/accounts/entries/")
        neighbour.follows("/accounts/observe/")
        neighbour.writes(words=ASKED)
        neighbour.sends()
        assert ASKED in neighbour.words and "espera respuesta" in neighbour.words
        assert _fits(neighbour)
        asked = neighbour.path

        keeper.opens("/accounts/")
        assert ASKED in keeper.words
        keeper.follows("/accounts/observations/")
        keeper.follows("/accounts/observations/answer/")
        keeper.writes(words=SAID)
        keeper.sends()
        assert SAID in keeper.words and _fits(keeper)

        neighbour.opens(asked)
        assert SAID in neighbour.words
        neighbour.follows("/accounts/observations/withdraw/")
        neighbour.sends()
        assert "cerrada" in neighbour.words


def _with_money(town: Town) -> str:
    """A book with one entry; the code of a second seat of the finance unit."""
    keeper = town.seated("Carmen Blanco", "cc.finance")
    book = keeper.does("treasury.open_book", kind="cc.books", day=TODAY)
    into, source = (str(account_key(UUID(book), code)) for code in ("1.1.02", "4.1.01"))
    keeper.does(
        "treasury.receive", book=book, day=TODAY, into=into, source=source, unit="VES", amount="125050", words="Rifa"
    )
    return town.code_for("José Landaeta", "cc.finance")


def _code_for(town: Town, name: str) -> str:
    code = codes.new()
    digest = codes.digest_of(codes.proof(code))
    town.promoters[0].does("mandates.issue_code", person=town.people[name], digest=digest)
    return code


def _claims(phone: Phone, code: str, name: str) -> None:
    phone.opens("/claim/")
    phone.writes(code=code, name=name, password=PASSWORD, again=PASSWORD)
    phone.sends()
    phone.opens("/my-mandate/")


def _fits(phone: Phone) -> bool:
    """Nothing sticks out to the side."""
    return bool(phone.page.locator("html").evaluate("e => e.scrollWidth <= e.clientWidth"))
