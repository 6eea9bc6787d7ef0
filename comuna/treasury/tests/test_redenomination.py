"""A currency loses its zeros: every book goes over at once, and what added up goes on adding up."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from random import Random
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client
from hypothesis import given, strategies as st

from comuna.journal import files
from comuna.statutes.bookkeeping import Schedule
from comuna.treasury.acts import (
    ApproveAccounts,
    Commit,
    Deposit,
    FileReceipt,
    ImportEntries,
    Pay,
    Receive,
    ReceiveTransfer,
    Repay,
    Reverse,
    SetRate,
    SettleAdvance,
    TakeBackBank,
    TakeBackTransfer,
    Withdraw,
)
from comuna.treasury.acts.import_table import MEDIA_TYPE, EntryRow, Posted, table_bytes
from comuna.treasury.models import Advance, Book, BudgetLine, Commitment, Payment, Redenomination, Transfer
from comuna.treasury.models.bank import Credit, Savings
from comuna.treasury.queries.flows import flows
from comuna.treasury.redenominating import Factor, Owed, accounts, advance, credit, factor
from comuna.treasury.rules import unbalanced
from comuna.treasury.schedules import laid_out, split
from comuna.treasury.tests.old_money import DAY, ENDS, OldMoney, adds_up, holds
from comuna.treasury.tests.test_pages import read
from conftest import Books
from tests.cast import refused


@pytest.fixture
def old(books: Books) -> OldMoney:
    return OldMoney()


def test_every_account_has_its_sum_in_the_new_currency(old: OldMoney) -> None:
    old.receive("12345600")
    old.receive("100049", into=old.at("2"))
    id = old.goes_over()
    assert holds(old.book, "OLD") == {}
    assert holds(old.book, "EUR") == {"1": 12346, "2": 100, "7": -12446}
    assert Book.objects.get(pk=old.book).unit == "EUR"
    adds_up()
    one = Redenomination.objects.get(pk=id)
    assert (one.day, one.books.get().rounding) == (DAY, 0)


def test_what_rounding_leaves_is_in_the_account_of_differences(old: OldMoney) -> None:
    for code in ("1", "2"):
        old.receive("1400", into=old.at(code))
    old.receive("1500")
    id = old.goes_over()
    assert holds(old.book, "EUR") == {"1": 3, "2": 1, "7": -4}  # 2,9 and 1,4 are 4,3
    assert Redenomination.objects.get(pk=id).books.get().rounding == 0
    adds_up()


def test_a_half_goes_to_the_even_one_and_the_rest_into_differences(old: OldMoney) -> None:
    for code in ("1", "2"):
        old.receive("1500", into=old.at(code))
    id = old.goes_over()
    assert holds(old.book, "EUR") == {"1": 2, "2": 2, "6": -1, "7": -3}
    assert Redenomination.objects.get(pk=id).books.get().rounding == -1
    months = {(one.code, one.unit): one.amount for one in flows(old.town.id, DAY.replace(day=1), ENDS)}
    assert months == {("7", "OLD"): 3000, ("7", "EUR"): 0, ("6", "EUR"): -1}


def test_savings_go_over_one_by_one_and_are_what_their_account_holds(old: OldMoney) -> None:
    old.receive("100000000")
    for person, amount in zip(old.people[:4], ("1499", "2499", "3499", "4499"), strict=True):
        old.saves(person, amount)
    old.goes_over()
    assert sorted(Savings.objects.values_list("balance", flat=True)) == [1, 2, 3, 4]
    assert holds(old.book, "EUR")["8"] == -10  # and not 12, as its own sum would be
    adds_up()
    mine = Savings.objects.latest("number")
    with refused("treasury.other-unit-saved"):
        old.do(Deposit(savings=mine.id, day=DAY, into=old.at("1"), unit="OLD", amount="1000"))
    old.do(Withdraw(savings=mine.id, day=DAY, out_of=old.at("1"), unit="EUR", amount="4"))
    adds_up()


def test_an_open_credit_is_repaid_to_its_end_in_the_new_currency(old: OldMoney) -> None:
    old.receive("100000000")
    credits = [old.lends(person, "1200000", 12, back="133333") for person in old.people[:2]]
    done = old.lends(old.people[2], "1000", 1, back="1010")
    old.goes_over()
    adds_up()
    assert Credit.objects.get(pk=done).unit == "OLD"
    for id in credits:
        one = Credit.objects.get(pk=id)
        assert (one.unit, one.amount, one.principal, one.interest) == ("EUR", 1200, 1200, 144)
        owed = one.owed_principal + one.owed_interest
        assert owed == 1344 - 133
        for amount in (100, 7, owed - 107):
            old.repay(id, str(amount), unit="EUR")
        one.refresh_from_db()
        assert (one.owed_principal, one.owed_interest) == (0, 0)
    adds_up()


def test_what_is_left_of_a_line_goes_on_in_a_line_of_its_own(old: OldMoney) -> None:
    old.receive("100000000")
    line = old.budget("5000000", paid="1234567")
    old.goes_over()
    line.refresh_from_db()
    assert (line.unit, line.amount, line.spent) == ("OLD", 1234567, 1234567)
    new = BudgetLine.objects.get(unit="EUR")
    assert (new.amount, new.spent, new.words, new.number, new.budget_id) == (3765, 0, "Tubos", 2, line.budget_id)
    paying = Pay(line=new.id, day=DAY, out_of=old.at("1"), unit="EUR", amount="3765", payee="Bodega", words="Más")
    old.do(paying)
    with refused("treasury.beyond-the-line"):
        old.do(paying.model_copy(update={"amount": "1"}))


def test_what_was_promised_of_a_line_goes_on_in_the_new_one(old: OldMoney) -> None:
    old.receive("100000000")
    line = old.budget("5000000", paid="1000000")
    promise = Commit(line=line.id, payee="Bodega", unit="OLD", amount="1500499", due=ENDS, words="Codos")
    promised = [old.do(promise.model_copy(update={"words": words})) for words in ("Codos", "Llaves")]
    drawn = Pay(
        line=line.id, day=DAY, out_of=old.at("1"), unit="OLD", amount="500000", payee="Bodega", words="Codos",
        commitment=promised[0],
    )  # fmt: skip
    old.do(drawn)
    old.goes_over()
    line.refresh_from_db()
    assert (line.amount, line.spent, line.committed) == (1_500_000, 1_500_000, 0)
    new = BudgetLine.objects.get(unit="EUR")
    assert (new.amount, new.committed) == (999 + 1_000 + 1_500, 2_500)
    assert [(one.line_id, one.amount, one.open) for one in Commitment.objects.order_by("born")] == [
        (new.id, 1_500, 1_000), (new.id, 1_500, 1_500),
    ]  # fmt: skip
    rest = {"line": new.id, "unit": "EUR", "amount": "1000"}
    old.do(drawn.model_copy(update=rest))
    assert Commitment.objects.get(pk=promised[0]).open == 0
    page = read(Client(), f"/accounts/promises/{promised[0]}/")
    assert "5.000,00 OLD" in page and "10,00 EUR" in page


def test_an_advance_is_accounted_for_in_the_new_currency(old: OldMoney) -> None:
    old.receive("100000000")
    old.budget("5000000", paid="1000000")
    id = old.advances("500000")
    line = BudgetLine.objects.get()
    settling = SettleAdvance(
        advance=id, line=line.id, day=DAY, unit="OLD", amount="200000", payee="Bodega", words="Codos"
    )
    old.do(settling)
    old.goes_over()
    one = Advance.objects.get()
    assert (one.unit, one.amount, one.open) == ("EUR", 500, 300)
    new = BudgetLine.objects.get(unit="EUR").id
    old.do(settling.model_copy(update={"line": new, "unit": "EUR", "amount": "300"}))
    assert Advance.objects.get().open == 0


def test_what_is_under_way_arrives_or_comes_back_in_the_new_currency(old: OldMoney) -> None:
    old.receive("100000000")
    arrives, back, crumb = old.sends("2000000"), old.sends("3000000"), old.sends("1")
    old.goes_over()
    assert Transfer.objects.get(pk=crumb).amount == 1
    old.do(ReceiveTransfer(transfer=arrives, day=DAY, into_account=old.at("1", old.far)))
    assert holds(old.far, "EUR") == {"1": 2000, "4": -2000}
    old.do(TakeBackTransfer(transfer=back, day=DAY, words="No llegó"))
    assert holds(old.book, "EUR")["4"] == 2000
    adds_up()


def test_nothing_is_entered_in_the_old_currency_afterwards(old: OldMoney) -> None:
    came = old.receive("100000000")
    credit = old.lends(old.people[0], "1200000", 12, back="100000")
    savings = old.saves(old.people[1], "500000")
    entry = Savings.objects.get(pk=savings).moves.get().entry_id
    old.goes_over()
    with refused("treasury.unit-retired") as why:
        old.receive("1000")
    assert "7 de febrero" in str(why.value)
    with refused("treasury.unit-retired"):
        old.do(Reverse(entry=came, day=DAY, words="Por error"))
    with refused("treasury.unit-retired"):
        old.do(TakeBackBank(entry=entry, day=DAY))
    with refused("treasury.unit-retired"):
        old.do(SetRate(unit="OLD", amount="1", in_unit="EUR", in_amount="1", day=DAY, source="Banco"))
    with refused("treasury.credit-in-another-unit"):
        old.do(Repay(credit=credit, day=DAY, into=old.at("1"), unit="OLD", amount="1000"))
    lines = [Posted("1", "OLD", "5"), Posted("7", "OLD", "-5")]
    row = EntryRow(day=DAY, lines=lines, reference=False, words=False)
    with refused("treasury.no-such-unit"):
        old.do(ImportEntries(book=old.book, table=files.store(table_bytes([row]), MEDIA_TYPE)))
    with refused("treasury.unit-retired"):
        old.do(old.redenominating())


def test_a_late_receipt_says_what_its_paper_says(old: OldMoney) -> None:
    old.receive("100000000")
    old.budget("5000000", paid="1000000")
    paid = Payment.objects.get().entry_id
    old.goes_over()
    old.do(FileReceipt(entry=paid, supplier="Bodega", day=DAY, unit="OLD", amount="1000000", kept_at="Carpeta 1"))


def test_what_is_no_redenomination_is_refused(old: OldMoney) -> None:
    old.receive("100000")
    with refused("treasury.statute-in-old-unit"):
        old.do(old.redenominating())
    old.adopts()
    for zeros in (0, 13):
        with refused("treasury.how-many-zeros"):
            old.do(old.redenominating(zeros=zeros))
    for other, rule in (
        ({"in_unit": "OLD"}, "treasury.same-currency"),
        ({"in_unit": "KG"}, "treasury.not-a-currency"),
        ({"in_unit": "XYZ"}, "treasury.no-such-unit"),
        ({"resolution": uuid4()}, "acts.no-such-row"),
    ):
        with refused(rule):
            old.do(old.redenominating(**other))


def test_a_day_that_is_closed_takes_no_redenomination(old: OldMoney) -> None:
    old.receive("100000")
    old.adopts()
    later = date(2026, 2, 28)
    approved = old.decides(later, approves=True)
    old.do(ApproveAccounts(book=old.book, through=later, resolution=approved))
    with refused("treasury.closed"):
        old.do(old.redenominating())
    old.town.at = "2026-03-01T18:00:00Z"
    old.do(old.redenominating())
    adds_up()


def test_only_the_highest_organ_decides_it(old: OldMoney) -> None:
    old.adopts()
    with refused("treasury.highest-decides"):
        old.do(old.redenominating(resolution=old.board_decides()))


@pytest.mark.parametrize("seed", [0, *(pytest.param(seed, marks=pytest.mark.long) for seed in range(1, 5))])
def test_after_any_redenomination_the_books_add_up(old: OldMoney, seed: int) -> None:
    """By chance; what the journal gives is compared when the test is over."""
    random = Random(seed)

    def some(most: int) -> str:
        return str(random.randrange(1, most))

    for code in ("1", "2"):
        old.receive(some(10**12), into=old.at(code), source=old.at("7"))
    old.receive(str(10**12))
    for person in old.people[:6]:
        old.saves(person, some(10**6))
    for person in old.people[:3]:
        credit = old.lends(person, some(10**6), random.randrange(1, 20))
        owed = Credit.objects.get(pk=credit)
        old.repay(credit, some(owed.owed_principal + owed.owed_interest))
    old.budget(str(10**7), paid=some(10**7))
    old.advances(some(10**6))
    old.sends(some(10**6))
    old.goes_over(zeros=random.randrange(1, 7))
    adds_up()
    assert holds(old.book, "OLD") == holds(old.far, "OLD") == {}
    for one in Credit.objects.filter(unit="EUR"):
        if owes := one.owed_principal + one.owed_interest:
            old.repay(one.id, str(owes), unit="EUR")
    adds_up()
    assert not Credit.objects.filter(owed_principal__gt=0).exists()


AMOUNTS = st.lists(st.integers(-(10**15), 10**15), min_size=1, max_size=12)


@given(AMOUNTS, st.lists(st.integers(0, 10**12), max_size=6), st.integers(1, 12), st.integers(0, 6), st.integers(0, 6))
def test_any_book_balances_in_both_units(
    amounts: list[int], saved: list[int], zeros: int, decimals: int, new_decimals: int
) -> None:
    by = factor(zeros, decimals, new_decimals)
    savings, differences = uuid4(), uuid4()
    held: list[tuple[UUID, int]] = [(uuid4(), amount) for amount in amounts]
    held += [(savings, -sum(saved)), (differences, sum(saved) - sum(amounts))]
    together = -sum(by.now(one) for one in saved)
    goes = accounts(held, {savings: together}, differences, ("OLD", "NEW"), by)
    assert unbalanced(goes.lines) == {}
    new = {account: 0 for account, _amount in held}
    for line in goes.lines:
        if line.unit == "NEW":
            new[line.account] += line.amount
    assert new[savings] == together
    for account, amount in held[: len(amounts)]:
        assert new[account] == round(Fraction(amount * by.into, by.of))
    assert abs(goes.rounding) <= len(amounts) + len(saved) + 2


@given(
    st.integers(1, 10**9), st.integers(0, 100), st.integers(1, 24), st.sampled_from(list(Schedule)), st.data(),
    st.integers(1, 6),
)  # fmt: skip
def test_any_credit_is_owed_in_the_order_of_its_schedule(
    principal: int, percent: int, months: int, schedule: Schedule, data: Any, zeros: int
) -> None:
    interest = principal * percent // 100
    paid = data.draw(st.integers(0, principal + interest))
    begins = date(2026, 1, 31)
    done = split(laid_out(begins, months, schedule, principal, interest), 0, paid)
    old = Owed(principal, interest, principal - done.principal, interest - done.interest)
    by = Factor(10**zeros, 1)
    parts = laid_out(begins, months, schedule, by.now(principal), by.now(interest))
    new = credit(old, by, parts)
    assert 0 <= new.owed_principal <= new.principal and 0 <= new.owed_interest <= new.interest
    owed = new.owed_principal + new.owed_interest
    assert abs(owed - Fraction(principal + interest - paid, by.of)) <= 2
    last = split(parts, new.paid, owed)
    assert (last.principal, last.interest) == (new.owed_principal, new.owed_interest)


@given(st.integers(1, 10**12), st.integers(0, 10**12), st.integers(1, 9))
def test_any_advance_is_open_within_what_it_was(amount: int, open: int, zeros: int) -> None:
    then, left = advance(amount, min(open, amount), Factor(10**zeros, 1))
    assert 0 <= left <= then


def test_pages_say_what_became_of_what(old: OldMoney) -> None:
    old.receive("100000000")
    savings = old.saves(old.people[0], "1499")
    line = old.budget("5000000", paid="1000000")
    id = old.goes_over()
    page = read(Client(), f"/accounts/rates/zeros/{id}/")
    assert "1.000 OLD pasaron a ser un EUR" in page and "14,99 OLD" in page and "0,01 EUR" in page
    assert f"/accounts/rates/zeros/{id}/" in read(Client(), "/accounts/rates/")
    book = read(Client(), f"/accounts/books/{old.book}/")
    assert f"/accounts/rates/zeros/{id}/" in book and "OLD pasó a ser EUR" in book
    assert "40.000,00 OLD pasaron a ser 40,00 EUR" in read(Client(), f"/accounts/lines/{line.id}/")
    assert savings


def test_a_second_one_goes_on_from_the_first(old: OldMoney) -> None:
    old.receive("123456789")
    old.goes_over()
    with refused("treasury.unit-retired"):
        old.do(old.redenominating(unit="EUR", in_unit="OLD"))
    old.do(
        Receive(book=old.book, day=DAY, into=old.at("1"), source=old.at("7"), unit="EUR", amount="5", words="Ventas")
    )
    assert holds(old.book, "EUR") == {"1": 123462, "7": -123462}
