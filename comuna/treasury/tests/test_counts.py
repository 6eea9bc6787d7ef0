"""What two people count by hand stands beside what the books said; what is missing is entered for everybody to see."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from comuna.acts.acts import Propose, Sign
from comuna.acts.clock import frozen_at
from comuna.treasury.acts import CountCash
from comuna.treasury.models.counts import Count
from comuna.treasury.tests.cash import LATER, TODAY, Cash, budgeted, in_session
from comuna.treasury.tests.test_pages import read, sent
from tests.cast import Cast, refused


@pytest.fixture
def cash(founded: Cast) -> Iterator[Cash]:
    in_session(founded)
    with frozen_at(LATER):
        yield budgeted(founded)


def counted(cash: Cash, amount: str, **other: Any) -> CountCash:
    fields: dict[str, Any] = {"account": cash.account("1.1.02"), "day": TODAY, "unit": "VES", "in_books": "80000"}
    return CountCash(counted=amount, **fields | other)


@pytest.mark.parametrize(("amount", "held", "difference"), [("79900", 79_900, 100), ("80250", 80_250, -250)])
def test_what_is_missing_or_too_much_goes_to_the_account_of_differences(
    cash: Cash, amount: str, held: int, difference: int
) -> None:
    done = cash.signed(counted(cash, amount))
    assert (cash.held("1.1.02"), cash.held("5.9.01")) == (held, difference)
    assert Count.objects.get().entry_id == done.id
    assert f"/accounts/entries/{done.id}/" in read(Client(), f"/accounts/accounts/{cash.account('1.1.02')}/")


def test_a_count_that_agrees_makes_no_entry(cash: Cash) -> None:
    cash.signed(counted(cash, "80000"))
    assert Count.objects.get().entry_id is None
    assert cash.held("5.9.01") == 0
    assert "Conteos a mano" in read(Client(), f"/accounts/accounts/{cash.account('1.1.02')}/")


def test_nobody_counts_alone(cash: Cash) -> None:
    with refused("acts.needs-signatures"):
        cash.does(counted(cash, "80000"))
    proposed = cash.does(Propose(act=counted(cash, "80000")))
    with refused("acts.signed-once"):
        cash.does(Sign(proposal=proposed.id))


def test_money_that_moves_before_the_second_signature_makes_no_false_difference(cash: Cash) -> None:
    proposed = cash.does(Propose(act=counted(cash, "80000")))
    cash.receive("500")
    with refused("treasury.moved-since"):
        cash.does(Sign(proposal=proposed.id), cash.cast.acting_signer)
    assert not Count.objects.exists()


def test_what_cannot_be_counted_is_refused(cash: Cash) -> None:
    with refused("treasury.counted-below-nothing"):
        cash.does(Propose(act=counted(cash, "-1")))
    with refused("treasury.other-account"):
        cash.does(Propose(act=counted(cash, "0", account=cash.account("5.1.01"), in_books="0")))


def test_the_sheet_is_printed_and_typed_back(cash: Cash) -> None:
    account = cash.account("1.1.02")
    browser = cash.cast.browser(cash.cast.signer)
    sheet = read(browser, f"/accounts/accounts/{account}/sheet/?unit=VES")
    assert "Quien contó después" in sheet and "800,00 VES" not in sheet
    form = f"/accounts/count/?account={account}&unit=VES"
    assert "/accounts/count/?account=" in sheet
    asked = read(browser, form)
    assert 'name="in_books" value="800' in asked
    assert "800,00 VES" not in asked  # who counts does not read it before
    typed = {"account": account, "unit": "VES", "day": "20/2/2026", "in_books": "800,00", "counted": "799,50"}
    assert sent(browser, form, **typed, _propose=1).startswith("/proposals/")
    assert Client().get(f"/accounts/accounts/{account}/sheet/?unit=XXX").status_code == 404
    assert Client().get(f"/accounts/accounts/{uuid4()}/sheet/").status_code == 404
