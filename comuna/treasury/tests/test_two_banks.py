"""Two banks of one commune: the seats of one read nothing about the members of the other."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from comuna.acts.acts import Propose
from comuna.acts.clock import frozen_at
from comuna.treasury.acts import OpenBook
from comuna.treasury.tests.bank import FIRST, Bank
from comuna.treasury.tests.cash import LATER
from comuna.treasury.tests.changed import adopt, changed
from comuna.treasury.tests.test_bank_pages import NAME
from comuna.treasury.tests.test_pages import read
from tests.cast import Cast

SECOND = """[[book]]
id = "cc.bank"
rule = "cc.bank"
source = "Estatuto, 7.6"
mark = "O"
name = { es = "Caja del consejo", en = "Savings of the council" }
organ = "cc.unit.finance"
decides = "cc.assembly"
chart = "bank"
unit = "VES"

[[credit]]
id = "cc.small"
rule = "cc.credit.small"
source = "Estatuto, 7.6"
mark = "O"
name = { es = "Crédito del consejo", en = "Credit of the council" }
book = "cc.bank"
approved_by = "cc.unit.executive"
followed_by = "cc.unit.comptroller"
interest = 12
months_max = 24
unit = "VES"
amount_max = 200000
schedule = "monthly"

"""
ADMINISTRATORS = 'seats = ["bank.administrator"]\nown_organ'
TWO_BANKS = {
    '[[credit]]\nid = "bank.crop"': f'{SECOND}[[credit]]\nid = "bank.crop"',
    ADMINISTRATORS: ADMINISTRATORS.replace("[", '["cc.finance", '),
}


@pytest.fixture
def bank(founded: Cast) -> Iterator[Bank]:
    with frozen_at(LATER):
        adopt(founded, changed(TWO_BANKS))
        yield Bank.opened(founded)


def test_who_asks_one_bank_is_not_named_to_the_seats_of_another(bank: Bank) -> None:
    signer = bank.cast.signer
    other = bank.cast.does(signer, OpenBook(kind="cc.bank", day=FIRST)).id
    bank.does(Propose(act=bank.approving(bank.asked())), bank.approvers[0])
    assert NAME in read(bank.browser(bank.administrator), f"/accounts/bank/?book={bank.book}")
    page = read(bank.browser(signer), f"/accounts/bank/?book={other}")
    assert "Con nombres: solo para quienes integran el banco." in page
    assert NAME not in page and "esperan firmas" not in page
