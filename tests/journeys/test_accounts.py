"""Money on phones, without JavaScript: a book opened, a payment prepared and signed by a second person, and a neighbour
who follows a figure to the vote in three taps."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.journeys.council import TODAY, Town, founded
from tests.journeys.device import PASSWORD
from tests.journeys.phone import Phone, browser, served
from tests.soak.server import comuna

pytestmark = [pytest.mark.browser, pytest.mark.long]
FINANCE = ("Carmen Teresa Blanco", "Pedro José Salas")


def test_money_goes_from_the_vote_to_a_payment_that_two_sign_and_a_neighbour_follows_it_back(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with browser() as chromium, served(home) as address:
        town = founded(int(address.rpartition(":")[2]))
        codes = [town.code_for(name, "cc.finance") for name in FINANCE]
        _decided(town, "Comprar una válvula para la Vereda 2")
        carmen, pedro = (Phone(chromium, address) for _name in FINANCE)
        for phone, code, name in ((carmen, codes[0], "carmen"), (pedro, codes[1], "pedro")):
            _claims(phone, code, name)
        book = _opened(carmen)
        _paid(carmen, pedro, book)
        _followed(Phone(chromium, address))
    assert comuna(home, "verify").code == 0


def _decided(town: Town, text: str) -> None:
    """By the assembly of today, written down from paper."""
    ana = town.promoters[0]
    convened = {"organ": "cc.assembly", "day": TODAY, "hour": "00:10", "place": "Cancha"}
    session = ana.does("assemblies.convene", **convened, agenda=[{"title": "Agua"}], from_paper=True)
    present = [{"person": person} for person in town.people.values()]
    ana.does("assemblies.record_attendance", session=session, present=present)
    ana.does("assemblies.make_call", session=session, number=1, hour="00:10")
    motion = ana.does("assemblies.put_motion", session=session, item=1, text=text)
    one, two = list(town.people.values())[:2]
    hands = {"votes_for": len(present), "against": 0, "abstain": 0}
    again = {f"{name}_two": count for name, count in hands.items()}
    ana.does("assemblies.record_count", motion=motion, counter_one=one, counter_two=two, **hands, **again)


def _claims(phone: Phone, code: str, name: str) -> None:
    phone.opens("/claim/")
    phone.writes(code=code, name=name, password=PASSWORD, again=PASSWORD)
    phone.sends()


def _opened(phone: Phone) -> str:
    """From the menu's page to a book with what was in the bank, and money set aside by the decision."""
    phone.opens("/accounts/")
    phone.follows("/accounts/open/")
    phone.chooses("kind", "cc.books")
    phone.sends()
    book = phone.path
    assert re.fullmatch(r"/accounts/books/[0-9a-f-]{36}/", book)
    phone.follows("/accounts/opening/")
    banks = phone.page.locator('select[name="rows.0.account"] option', has_text="1.1.02")
    phone.writes(rows__0__account=str(banks.get_attribute("value")), rows__0__amount="1.250,50")
    phone.sends()
    assert "1.250,50 VES" in phone.words
    phone.opens(book)
    phone.follows("/accounts/budget/?")
    phone.page.locator('[name="resolution"]').first.check()
    materials = phone.page.locator('select[name="rows.0.account"] option', has_text="5.1.01")
    kind = str(materials.get_attribute("value"))
    phone.writes(rows__0__account=kind, rows__0__amount="500", rows__0__words="Válvula de la Vereda 2")
    phone.sends()
    phone.opens(book)
    assert "500,00 VES" in phone.words
    assert phone.fits()
    return book


def _paid(carmen: Phone, pedro: Phone, book: str) -> None:
    """One prepares it; nothing is paid until the other has signed."""
    carmen.opens(book)
    carmen.follows("/accounts/pay/")
    out_of = carmen.page.locator("label", has_text="1.1.02 ")
    out_of.click()
    carmen.writes(amount="120,50", payee="Ferretería La Esquina", words="Una válvula")
    carmen.sends()
    assert carmen.path.startswith("/proposals/")
    pedro.opens(book)
    assert "Ferretería La Esquina" in pedro.words, "what waits is seen by everybody"
    assert "1.250,50 VES" in pedro.heading, "and nothing is paid yet"
    pedro.follows("/proposals/")
    pedro.follows("/proposals/sign/")
    pedro.sends()
    pedro.opens(book)
    assert "1.130,00 VES" in pedro.heading


def _followed(neighbour: Phone) -> None:
    """The accounts, a figure, the entry, the vote: three taps."""
    neighbour.opens("/accounts/")
    neighbour.follows("/accounts/books/")
    neighbour.follows("/accounts/entries/")
    assert "120,50 VES" in neighbour.heading
    assert "Ferretería La Esquina" in neighbour.words
    assert neighbour.fits()
    neighbour.page.locator("main a", has_text="Comprar una válvula").first.click()
    assert "Comprar una válvula para la Vereda 2" in neighbour.words
