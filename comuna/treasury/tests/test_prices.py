"""What is paid for with another unit is named and left, by whatever name the version of hledger at hand gives it."""

from __future__ import annotations

from typing import Any

import pytest

from comuna.treasury.plaintext.reading import Why, read_printed

ACCOUNTS, UNITS = {"1.1.02": "asset", "4.1.01": "income"}, {"VES": 2, "USD": 2}


def printed(**price: Any) -> dict[str, Any]:
    """An entry as ``hledger print -O json`` writes it; the price stands with its first amount."""

    def posting(account: str, mantissa: int, more: dict[str, Any]) -> dict[str, Any]:
        quantity = {"decimalMantissa": mantissa, "decimalPlaces": 2, "floatingPoint": mantissa / 100}
        amount = {"acommodity": "USD", "aquantity": quantity} | more
        return {"ptype": "RegularPosting", "paccount": account, "pamount": [amount]}

    return {
        "tindex": 1, "tdate": "2026-02-03", "tcode": "", "tdescription": "Cambio", "ttags": [],
        "tsourcepos": [{"sourceLine": 7}],
        "tpostings": [posting("assets:1.1.02", 500, price), posting("income:4.1.01", -500, {})],
    }  # fmt: skip


@pytest.mark.parametrize("name", ["aprice", "acost"])
def test_a_price_is_refused_by_its_old_name_and_its_new_one(name: str) -> None:
    read = read_printed([printed(**{name: {"tag": "UnitCost", "contents": {}}})], ACCOUNTS, UNITS)
    assert [(one.line, one.why) for one in read.left] == [(7, Why.PRICE)] and not read.rows


@pytest.mark.parametrize("name", ["aprice", "acost"])
def test_an_amount_without_a_price_is_taken(name: str) -> None:
    assert len(read_printed([printed(**{name: None})], ACCOUNTS, UNITS).rows) == 1
