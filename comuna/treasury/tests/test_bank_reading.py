"""A bank's file is read row by row, and its lines are matched where nothing is to be guessed."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from comuna.look import spreadsheet
from comuna.look.parts import Column, Table
from comuna.territory.reading.grids import Grid
from comuna.territory.reading.open import open_table
from comuna.treasury.acts.bank_draft import runs
from comuna.treasury.plaintext.bankfiles import DecimalMark, WhyLeft, guessed_heads, read_bank_file
from comuna.treasury.plaintext.sheets import NoSuchColumn
from comuna.treasury.rules import MATCH_DAYS, Moved, matches, occurrences
from comuna.treasury.tests.cash import FIRST, TODAY
from comuna.treasury.tests.test_bankfiles import FILE


def grid(*rows: str) -> Grid:
    return open_table("\n".join(rows).encode())[0]


ONE = {"day": "fecha", "amount": "monto"}


# What is read


@pytest.mark.parametrize(
    ("mark", "said", "amount"),
    [
        (DecimalMark.COMMA, "1.234,56", 123_456),
        (DecimalMark.POINT, "1,234.56", 123_456),
        (DecimalMark.COMMA, "1.234", 123_400),
        (DecimalMark.POINT, "1.23", 123),
        (DecimalMark.COMMA, "-1.234,5", -123_450),
        (DecimalMark.COMMA, "1.234,50-", -123_450),
        (DecimalMark.COMMA, "(12,00)", -1_200),
        (DecimalMark.COMMA, "Bs. 12,00", 1_200),
        (DecimalMark.POINT, "+12", 1_200),
    ],
)
def test_an_amount_is_read_as_the_bank_was_said_to_write_it(mark: DecimalMark, said: str, amount: int) -> None:
    found = read_bank_file(grid("Fecha;Monto", f'2026-02-10;"{said}"'), ONE, mark, 2, TODAY)
    assert [(one.day, one.amount) for one in found.lines] == [(date(2026, 2, 10), amount)]


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("30/02/2026;5", WhyLeft.DAY),
        (";5", WhyLeft.DAY),
        ("21/02/2026;5", WhyLeft.DAY),
        ("10/02/2026;cinco", WhyLeft.AMOUNT),
        ("10/02/2026;1,234", WhyLeft.AMOUNT),
        ("10/02/2026;1,2,3", WhyLeft.AMOUNT),
        ("10/02/2026;=1+1", WhyLeft.FORMULA),
        ("10/02/2026;0", WhyLeft.SIDES),
    ],
)
def test_a_row_that_cannot_be_taken_is_named_with_why(row: str, why: WhyLeft) -> None:
    found = read_bank_file(grid("Fecha;Monto", "10/02/2026;7", row), ONE, DecimalMark.COMMA, 2, TODAY)
    assert (len(found.lines), found.left) == (1, [(3, why)])


def test_two_columns_are_what_came_and_what_went_and_never_both() -> None:
    heads = {"day": "fecha", "came": "haber", "went": "debe"}
    rows = ("Fecha;Debe;Haber", "10/02/2026;5,00;", "10/02/2026;;7,00", "10/02/2026;1;1", "10/02/2026;-3,00;")
    found = read_bank_file(grid(*rows), heads, DecimalMark.COMMA, 2, TODAY)
    assert [one.amount for one in found.lines] == [-500, 700, -300]
    assert found.left == [(4, WhyLeft.SIDES)]
    with pytest.raises(NoSuchColumn, match="monto"):
        read_bank_file(grid(*rows), ONE, DecimalMark.COMMA, 2, TODAY)


def test_a_spreadsheet_says_its_numbers_and_days_itself() -> None:
    table = Table(
        "Banco", [Column("Fecha"), Column("Monto")], [[date(2026, 2, 10), "-1.234,56"], [date(2026, 2, 11), 12]]
    )
    found = read_bank_file(open_table(spreadsheet.xlsx(table))[0], ONE, DecimalMark.COMMA, 2, TODAY)
    assert [(one.day.day, one.amount) for one in found.lines] == [(10, -123_456), (11, 1_200)]


def test_heads_are_guessed_for_whoever_says_what_they_mean() -> None:
    assert guessed_heads(grid(*FILE.splitlines())) == {
        "day": "FECHA", "reference": "REFERENCIA", "words": "DESCRIPCION", "went": "DEBITO", "came": "CREDITO",
        "balance": "SALDO",
    }  # fmt: skip
    assert guessed_heads(grid("uno;dos", "1;2")) == {}


def test_rows_that_follow_one_another_are_one_reason() -> None:
    left = [(7, WhyLeft.KNOWN), (3, WhyLeft.KNOWN), (4, WhyLeft.KNOWN), (5, WhyLeft.DAY)]
    assert [(one.first, one.last, one.why.value) for one in runs(left)] == [
        (3, 4, "known"),
        (5, 5, "day"),
        (7, 7, "known"),
    ]


# What is the same


def moved(day: int, amount: int, reference: str = "") -> Moved:
    return Moved(uuid4(), FIRST + timedelta(days=day), amount, reference)


def test_a_reference_goes_before_a_day_and_an_amount_must_be_the_same() -> None:
    bank, near, far, other = moved(5, 100, "77"), moved(5, 100), moved(300, 100, "77"), moved(5, 99, "77")
    assert [pair[:] for pair in matches([bank], [near, far, other])] == [(bank.id, far.id)]
    assert [pair[:] for pair in matches([bank], [near, other])] == [(bank.id, near.id)]
    assert matches([bank], [moved(5 + MATCH_DAYS + 1, 100), other]) == []


def test_what_could_be_two_is_nobodys_to_guess() -> None:
    assert matches([moved(5, 100)], [moved(4, 100), moved(6, 100)]) == []
    assert matches([moved(4, 100), moved(6, 100)], [moved(5, 100)]) == []
    assert matches([moved(5, 1, "7"), moved(6, 1, "7")], [moved(5, 1, "7")]) == []


sides = st.lists(st.builds(moved, st.integers(0, 20), st.integers(-2, 2), st.sampled_from(("", "7", "8"))), max_size=12)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # the first draw is slow on a busy machine
@given(sides, sides)
def test_every_match_is_of_one_amount_and_nothing_is_matched_twice(bank: list[Moved], books: list[Moved]) -> None:
    found = matches(bank, books)
    lines, entries = {one.id: one for one in bank}, {one.id: one for one in books}
    assert all(lines[pair.line].amount == entries[pair.entry].amount for pair in found)
    assert len({pair.line for pair in found}) == len({pair.entry for pair in found}) == len(found)


def test_lines_that_are_alike_are_told_apart_by_how_many_there_are() -> None:
    one, other = (FIRST, 5, ""), (FIRST, 6, "")
    assert occurrences([one, one, other, one]) == [1, 2, 1, 3]
