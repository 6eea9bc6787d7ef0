"""Rates by day with their source, and money of one currency exchanged for money of another."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from django.test import Client
from hypothesis import given, strategies as st

from comuna.acts.clock import frozen_at
from comuna.journal import files
from comuna.statutes import queries as statutes
from comuna.statutes.acts import AdoptStatute
from comuna.treasury import queries
from comuna.treasury.acts import ExchangeMoney, OpenBook, RecordOpening, Reverse, SetRate, UndoRate
from comuna.treasury.acts.opening import OpeningRow
from comuna.treasury.effects import account_key
from comuna.treasury.models import Exchange, Rate
from comuna.treasury.queries.rates import quote
from comuna.treasury.rules import converted, price, rounded
from comuna.treasury.tests.cash import LATER, TODAY, Cash, in_session
from comuna.treasury.tests.test_pages import read, sent
from conftest import Books
from tests.cast import Cast, refused
from tests.every_act_statute import every_act_statute
from tests.town import founded as founded_under

DAY = date(2026, 1, 10)  # on which towns are founded
THIRD = date(2026, 2, 3)


@pytest.fixture
def cash(founded: Cast) -> Iterator[Cash]:
    """100,00 USD and 5.000,00 VES in the bank."""
    in_session(founded)
    with frozen_at(LATER):
        cash = Cash.opened(founded)
        cash.receive("500000")
        cash.receive("10000", unit="USD")
        yield cash


def rating(**other: Any) -> SetRate:
    fields: dict[str, Any] = {
        "unit": "USD",
        "amount": "100",
        "in_unit": "VES",
        "in_amount": "4523",
        "day": THIRD,
        "source": "BCV",
    }
    return SetRate(**fields | other)


def exchanging(cash: Cash, **other: Any) -> ExchangeMoney:
    fields: dict[str, Any] = {
        "book": cash.book,
        "day": TODAY,
        "out_of": cash.account("1.1.02"),
        "unit": "USD",
        "amount": "4000",
        "into": cash.account("1.1.02"),
        "in_unit": "VES",
        "in_amount": "180400",
        "words": "Dólares cambiados en el banco",
    }
    return ExchangeMoney(**fields | other)


def test_the_newest_rate_until_a_day_holds_in_both_directions(cash: Cash) -> None:
    for day, amount in ((THIRD, "4523"), (date(2026, 2, 10), "4600")):
        cash.does(rating(day=day, in_amount=amount))
    assert quote(cash.cast.commune, "USD", "VES", date(2026, 2, 2)) is None
    before, after = (quote(cash.cast.commune, "USD", "VES", date(2026, 2, day)) for day in (9, 10))
    assert before and after and (before.of(10_000), after.of(10_000)) == (452_300, 460_000)
    back = quote(cash.cast.commune, "VES", "USD", TODAY)
    assert back and back.of(460_000) == 10_000


def test_a_rate_is_corrected_by_taking_it_back_and_writing_it_anew(cash: Cash) -> None:
    first = cash.does(rating()).id
    with refused("treasury.rate-known"):
        cash.does(rating(in_amount="4532"))
    with refused("treasury.rate-known"):
        cash.does(rating(unit="VES", amount="4523", in_unit="USD", in_amount="100"))
    cash.does(UndoRate(rate=first))
    cash.does(rating(in_amount="4532"))
    assert Rate.objects.get().in_amount == 4532
    with refused("acts.no-such-row"):
        cash.does(UndoRate(rate=first))


@pytest.mark.parametrize(
    ("other", "rule"),
    [
        ({"unit": "KG"}, "treasury.not-a-currency"),
        ({"in_unit": "L"}, "treasury.not-a-currency"),
        ({"in_unit": "USD"}, "treasury.same-currency"),
        ({"in_unit": "XYZ"}, "treasury.no-such-unit"),
        ({"day": date(2026, 2, 21)}, "treasury.day-to-come"),
    ],
)
def test_what_is_no_rate_is_refused(cash: Cash, other: dict[str, Any], rule: str) -> None:
    with refused(rule):
        cash.does(rating(**other))


def test_a_neighbour_writes_down_no_rate(cash: Cash) -> None:
    with refused("mandates.no-seat"):
        cash.does(rating(), cash.cast.neighbour)


def test_an_exchange_balances_in_each_currency_through_an_account_of_its_own(cash: Cash) -> None:
    cash.does(rating())
    done = cash.signed(exchanging(cash))
    assert (cash.held("1.1.02"), cash.held("1.1.02", "USD")) == (680_400, 6_000)
    assert (cash.held("3.1.03"), cash.held("3.1.03", "USD")) == (-180_400, 4_000)
    one = Exchange.objects.get()
    assert (one.entry_id, one.rate_amount, one.rate_in_amount, one.rate_day) == (done.id, 100, 4_523, THIRD)
    cash.signed(Reverse(entry=done.id, day=TODAY, words="Era otro monto"))
    assert (cash.held("1.1.02"), cash.held("1.1.02", "USD"), cash.held("3.1.03")) == (500_000, 10_000, 0)


@pytest.mark.parametrize(
    ("other", "rule"),
    [
        ({"amount": "10001"}, "treasury.not-enough"),
        ({"unit": "KG"}, "treasury.not-a-currency"),
        ({"in_unit": "USD"}, "treasury.same-currency"),
        ({"day": date(2026, 1, 31)}, "treasury.before-the-book"),
    ],
)
def test_what_is_no_exchange_is_refused(cash: Cash, other: dict[str, Any], rule: str) -> None:
    with refused(rule):
        cash.signed(exchanging(cash, **other))


def test_nobody_exchanges_alone(cash: Cash) -> None:
    with refused("acts.needs-signatures"):
        cash.does(exchanging(cash))


def test_a_book_of_an_older_chart_gets_the_account_once_the_statute_names_it(books: Books) -> None:
    text = every_act_statute({})
    line = next(line for line in text.splitlines(keepends=True) if 'use = "exchange"' in line)
    town = founded_under(text.replace(line, ""))
    first = town.promoters[0]
    book = town.do(first, OpenBook(kind="small.book", day=DAY)).id
    box = account_key(book, "1")
    town.do(first, RecordOpening(book=book, unit="EUR", rows=(OpeningRow(account=box, amount="9000"),)))
    exchanged = ExchangeMoney(
        book=book, day=DAY, out_of=box, unit="EUR", amount="500", into=box, in_unit="OLD", in_amount="83000", words="x"
    )
    with refused("treasury.no-exchange"):
        town.do(first, exchanged)
    later = text.replace('version = "1"', 'version = "2"').encode()
    town.enact(AdoptStatute(file=files.store(later, statutes.MEDIA_TYPE), first_day=DAY))
    for _time in range(2):
        town.do(first, exchanged)
    through = queries.account_for_use(book, "exchange")
    assert through is not None and queries.balance(through.id, "EUR") == 1_000


@given(st.integers(-(10**17), 10**17), st.integers(1, 10**9), st.integers(1, 10**9))
def test_conversion_is_exact_rounding_half_to_even(amount: int, of: int, into: int) -> None:
    assert converted(amount, of, into) == round(Fraction(amount * into, of))


@given(st.integers(-(10**9), 10**9), st.integers(1, 10**4))
def test_rounding_is_that_of_fractions(parts: int, of: int) -> None:
    assert rounded(parts, of) == round(Fraction(parts, of))


def test_a_price_is_said_of_the_currency_that_is_worth_more() -> None:
    assert price((4_000, 2), (180_400, 2)) == (451_000, False)
    assert price((180_400, 2), (4_000, 2)) == (451_000, True)
    assert price((3, 0), (100, 2)) == (30_000, True)


def test_a_foreign_sum_says_what_it_is_about_by_the_newest_rate(cash: Cash) -> None:
    book, year = f"/accounts/books/{cash.book}/", "/accounts/years/2026/?unit=USD"
    assert "según la tasa" not in read(Client(), book)
    cash.does(rating())
    about = "unos 4.523,00 VES según la tasa del 3 de febrero (BCV)"
    assert about in read(Client(), book)
    assert about in read(Client(), year)
    assert "según la tasa" not in read(Client(), "/accounts/years/2026/?unit=VES")


def test_rates_and_exchanges_are_written_down_through_forms(cash: Cash) -> None:
    signer = cash.cast.browser(cash.cast.signer)
    assert "/accounts/rates/" in read(Client(), "/accounts/")
    assert "Todavía no hay ninguna tasa" in read(Client(), "/accounts/rates/")
    form = {"unit": "USD", "amount": "1,00", "in_unit": "VES", "in_amount": "45,23", "day": THIRD, "source": "BCV"}
    assert sent(signer, "/accounts/rates/new/", **form) == "/accounts/rates/"
    listed = read(signer, "/accounts/rates/")
    assert "1,00 USD = 45,23 VES" in listed
    rate = Rate.objects.get()
    assert rate.amount == 100
    assert f"/accounts/exchange/?book={cash.book}" in read(signer, f"/accounts/books/{cash.book}/")
    done = cash.signed(exchanging(cash))
    entry = read(Client(), f"/accounts/entries/{done.id}/")
    assert "1 USD = 45,1000 VES" in entry and "1 USD = 45,2300 VES, 3 de febrero" in entry
    typed = {name: value for name, value in exchanging(cash).model_dump().items() if value is not None}
    typed |= {"amount": "20,00", "in_amount": "900,00"}
    sent(signer, f"/accounts/exchange/?book={cash.book}", _propose="1", **typed)
    assert sent(signer, f"/accounts/rates/take-back/?rate={rate.id}", rate=rate.id) == "/accounts/rates/"
    assert not Rate.objects.exists()
    assert Exchange.objects.get(entry=done.id).rate_day == THIRD  # as it was then
