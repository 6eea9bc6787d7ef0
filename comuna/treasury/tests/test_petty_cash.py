"""Petty cash has a limit, and is filled up by exactly what was spent out of it with receipts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from comuna.acts.clock import frozen_at
from comuna.treasury.acts import (
    BeginReceipts,
    CountCash,
    FileReceipt,
    Move,
    OpenAccount,
    Replenish,
    Reverse,
    TypeReceipts,
)
from comuna.treasury.acts.receiving import TypedReceipt
from comuna.treasury.models import Replenishment
from comuna.treasury.queries.petty import to_replenish
from comuna.treasury.tests.cash import LATER, TODAY, Cash, budgeted, in_session
from comuna.treasury.tests.test_pages import read, sent
from tests.cast import Cast, refused

LIMIT = 5_000_000  # 50.000,00 VES, by the statute


@pytest.fixture
def cash(founded: Cast) -> Iterator[Cash]:
    """300,00 VES in petty cash."""
    in_session(founded)
    with frozen_at(LATER):
        cash = budgeted(founded)
        cash.receive("9000000")
        cash.does(moving(cash, "30000"))
        yield cash


def moving(cash: Cash, amount: str, **other: Any) -> Move:
    fields: dict[str, Any] = {
        "book": cash.book,
        "day": TODAY,
        "out_of": cash.account("1.1.02"),
        "into": cash.account("1.1.03"),
        "unit": "VES",
        "words": "Caja chica",
    }
    return Move(amount=amount, **fields | other)


def spent(cash: Cash, amount: str, *, receipt: bool = True) -> UUID:
    paid = cash.signed(cash.paying(amount, out_of=cash.account("1.1.03"))).id
    if receipt:
        cash.does(
            FileReceipt(
                entry=paid, supplier="Ferretería La Esquina", day=TODAY, unit="VES", amount=amount, kept_at="Carpeta 1"
            )
        )
    return paid


def replenishing(cash: Cash, amount: str, **other: Any) -> Replenish:
    fields: dict[str, Any] = {
        "book": cash.book,
        "into": cash.account("1.1.03"),
        "out_of": cash.account("1.1.02"),
        "day": TODAY,
        "unit": "VES",
    }
    return Replenish(amount=amount, **fields | other)


def test_no_more_is_put_into_it_than_the_statute_lets_it_hold(cash: Cash) -> None:
    rest = LIMIT - 30_000
    with refused("treasury.above-the-limit"):
        cash.does(moving(cash, str(rest + 1)))
    with refused("treasury.above-the-limit"):
        cash.receive(str(rest + 1), into=cash.account("1.1.03"))
    cash.does(moving(cash, str(rest)))
    assert cash.held("1.1.03") == LIMIT
    cash.receive("1", into=cash.account("1.1.03"), unit="USD")  # the limit is in the unit of the book


def test_the_limit_holds_for_what_is_beneath_it_too(cash: Cash) -> None:
    beneath = cash.does(OpenAccount(beneath=cash.account("1.1.03"), code="1.1.03.01", name="Caja chica 2")).id
    rest = LIMIT - 30_000
    with refused("treasury.above-the-limit"):
        cash.does(moving(cash, str(rest + 1), into=beneath))
    cash.does(moving(cash, str(rest), into=beneath))
    with refused("treasury.above-the-limit"):
        cash.does(moving(cash, "1"))
    cash.does(moving(cash, "500", out_of=beneath, into=cash.account("1.1.03")))  # within it


def test_what_only_moved_to_another_place_is_not_replenished(cash: Cash) -> None:
    moved = cash.does(moving(cash, "9000", out_of=cash.account("1.1.03"), into=cash.account("1.1.02"))).id
    filed = FileReceipt(entry=moved, supplier="Banco", day=TODAY, unit="VES", amount="9000", kept_at="Carpeta 1")
    cash.does(filed)
    assert to_replenish(cash.account("1.1.03"), "VES") == []


def test_receipts_typed_back_do_not_fill_it_above_its_limit(cash: Cash) -> None:
    cash.does(BeginReceipts(book=cash.book, receipts=1))
    row = TypedReceipt(
        number=1,
        day=TODAY,
        amount=str(LIMIT),
        words="Rifa",
        source=cash.account("4.1.01"),
        into=cash.account("1.1.03"),
    )
    with refused("treasury.above-the-limit"):
        cash.does(TypeReceipts(book=cash.book, unit="VES", rows=(row,)))


def test_what_is_found_in_it_beyond_the_limit_is_entered_and_shown(cash: Cash) -> None:
    counted = str(LIMIT + 100)
    counting = CountCash(account=cash.account("1.1.03"), day=TODAY, unit="VES", in_books="30000", counted=counted)
    cash.signed(counting)
    assert "50.000,00 VES; 1,00 VES de más" in read(Client(), f"/accounts/accounts/{cash.account('1.1.03')}/")


def test_it_is_replenished_by_what_was_spent_with_receipts(cash: Cash) -> None:
    spent(cash, "1200")
    spent(cash, "800")
    without = spent(cash, "500", receipt=False)
    assert cash.held("1.1.03") == 27_500
    with refused("treasury.other-sum"):
        cash.does(replenishing(cash, "2500"))
    cash.does(replenishing(cash, "2000"))
    assert (cash.held("1.1.03"), Replenishment.objects.get().amount) == (29_500, 2_000)
    assert to_replenish(cash.account("1.1.03"), "VES") == []
    filed = FileReceipt(entry=without, supplier="Bodega", day=TODAY, unit="VES", amount="500", kept_at="Carpeta 1")
    cash.does(filed)
    cash.does(replenishing(cash, "500"))
    assert cash.held("1.1.03") == 30_000


def test_what_was_taken_back_is_not_replenished_and_a_replenishment_taken_back_is_due_again(cash: Cash) -> None:
    mistaken = spent(cash, "1200")
    spent(cash, "800")
    cash.signed(Reverse(entry=mistaken, day=TODAY, words="Por error"))
    done = cash.does(replenishing(cash, "800"))
    cash.signed(Reverse(entry=done.id, day=TODAY, words="Por error"))
    assert [one.amount for one in to_replenish(cash.account("1.1.03"), "VES")] == [800]
    cash.does(replenishing(cash, "800"))


def test_an_account_without_a_limit_is_not_replenished(cash: Cash) -> None:
    with refused("treasury.no-limit"):
        cash.does(replenishing(cash, "1", into=cash.account("1.1.01")))
    with refused("treasury.same-account"):
        cash.does(replenishing(cash, "1", out_of=cash.account("1.1.03")))


def test_its_page_shows_what_to_replenish_and_leads_to_the_form(cash: Cash) -> None:
    spent(cash, "1200")
    account = cash.account("1.1.03")
    signer = cash.cast.browser(cash.cast.signer)
    assert f"/accounts/accounts/{account}/" in read(Client(), f"/accounts/books/{cash.book}/")
    page = read(signer, f"/accounts/accounts/{account}/")
    assert "Por reponer" in page and "12,00 VES" in page
    form = f"/accounts/petty-cash/replenish/?account={account}"
    assert form in page and form in read(signer, f"/accounts/books/{cash.book}/")
    assert "12,00 VES" in read(signer, form)
    typed = replenishing(cash, "1200").model_dump(exclude_none=True) | {"amount": "12,00"}
    sent(signer, form, **typed)
    assert cash.held("1.1.03") == 30_000
    assert "Reposición: Caja chica" in read(Client(), f"/accounts/books/{cash.book}/")
