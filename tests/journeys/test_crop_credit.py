"""A crop credit from the request to the last repayment, each on her own phone without JavaScript."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from comuna.mandates import codes
from tests.journeys.council import TODAY, Town, founded
from tests.journeys.device import PASSWORD
from tests.journeys.phone import Phone, browser, served
from tests.soak.server import comuna

pytestmark = [pytest.mark.browser, pytest.mark.long]
FARMER, PURPOSE = "Flor Ynés Quero", "Semilla de maíz"
APPROVERS = ("Beatriz Peña", "Cruz Mario León", "Gregoria Suárez")


def test_a_crop_credit_from_the_request_to_the_last_repayment(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with browser() as chromium, served(home) as address:
        town = founded(int(address.rsplit(":", 1)[1]))
        cashier = _phone(chromium, address, town.code_for("Aura Marina Díaz", "bank.administrator"))
        approvers = [_phone(chromium, address, town.code_for(name, "bank.approver")) for name in APPROVERS]
        controller = _phone(chromium, address, town.code_for("Elio Ramírez", "bank.controller"))
        farmer = _phone(chromium, address, _code(town, FARMER))
        _the_bank_opens(cashier)
        request = _she_asks(farmer)
        credit = _three_approve(approvers, request)
        _paid_out(cashier, farmer, credit)
        _visited(controller, credit)
        _repaid(cashier, farmer, credit, "118")
        neighbour = Phone(chromium, address)
        neighbour.opens("/accounts/bank/")
        assert "Bs" in neighbour.words or "VES" in neighbour.words
        assert FARMER not in neighbour.words and PURPOSE not in neighbour.words
        assert _fits(neighbour)
        _repaid(cashier, farmer, credit, "6062")
        assert "devuelto" in farmer.words, farmer.words
        farmer.opens(f"{credit}paper/")
        assert FARMER in farmer.words and "Contrato del crédito 1" in farmer.words
    said = comuna(home, "verify")
    assert said.code == 0, said.words


def _phone(chromium: Browser, address: str, code: str) -> Phone:
    phone = Phone(chromium, address)
    phone.opens("/claim/")
    phone.writes(code=code, name=f"cuenta-{code[:4].lower()}{code[-4:].lower()}", password=PASSWORD, again=PASSWORD)
    phone.sends()
    return phone


def _code(town: Town, name: str) -> str:
    code = codes.new()
    digest = codes.digest_of(codes.proof(code))
    town.promoters[0].does("mandates.issue_code", person=town.registered(name), digest=digest)
    return code


def _fits(phone: Phone) -> bool:
    """Nothing sticks out to the side."""
    return bool(phone.page.locator("html").evaluate("e => e.scrollWidth <= 360"))


def _first(phone: Phone, field: str) -> None:
    """The first of what a form offers."""
    phone.page.locator(f'[name="{field}"][type="radio"]').first.check()


def _the_bank_opens(cashier: Phone) -> None:
    cashier.opens("/accounts/open/")
    cashier.chooses("kind", "bank.books")
    cashier.sends()
    cashier.follows("/accounts/receive/")
    for field in ("into", "source"):
        _first(cashier, field)
    cashier.writes(amount="20000", words="Transferencia del fondo")
    cashier.sends()
    assert "20.000,00" in cashier.words, cashier.words


def _she_asks(farmer: Phone) -> str:
    """The address of her request."""
    farmer.opens("/accounts/")
    farmer.follows("/accounts/bank/")
    farmer.follows("/accounts/bank/ask/")
    farmer.chooses("kind", "bank.crop")
    farmer.writes(amount="6.000,00", months="6", purpose=PURPOSE)
    assert _fits(farmer)
    farmer.sends()
    assert re.fullmatch(r"/accounts/bank/requests/[0-9a-f-]{36}/", farmer.path), farmer.words
    assert "espera al comité de aprobación" in farmer.words
    return farmer.path


def _three_approve(approvers: list[Phone], request: str) -> str:
    """The address of the credit: the first proposes, two sign."""
    first, *others = approvers
    first.opens("/accounts/bank/")
    assert FARMER in first.words, first.words
    first.opens(request)
    first.follows("/accounts/bank/approve/")
    first.sends()
    proposal = first.path
    assert proposal.startswith("/proposals/"), first.words
    for other in others:
        other.opens(proposal)
        other.follows("/proposals/sign/")
        other.sends()
    first.opens(request)
    first.follows("/accounts/bank/credits/")
    assert "aprobado, sin entregar" in first.words, first.words
    return first.path


def _paid_out(cashier: Phone, farmer: Phone, credit: str) -> None:
    cashier.opens(credit)
    cashier.follows("/accounts/bank/pay-out/")
    _first(cashier, "out_of")
    cashier.sends()
    assert cashier.path == credit, cashier.words
    farmer.opens(credit)
    assert "se deben 6.180,00" in farmer.heading, farmer.words
    day = date.fromisoformat(TODAY)
    assert str(day.year if day.month <= 6 else day.year + 1) in farmer.words
    assert _fits(farmer)


def _visited(controller: Phone, credit: str) -> None:
    controller.opens(credit)
    controller.follows("/accounts/bank/visit/")
    controller.writes(words="Nació bien")
    controller.sends()
    assert "Nació bien" in controller.words, controller.words


def _repaid(cashier: Phone, farmer: Phone, credit: str, amount: str) -> None:
    cashier.opens(credit)
    cashier.follows("/accounts/bank/repay/")
    _first(cashier, "into")
    cashier.writes(amount=amount)
    cashier.sends()
    assert cashier.path == credit, cashier.words
    farmer.opens(credit)
