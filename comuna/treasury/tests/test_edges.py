"""On which side of a line a day or an amount lies that is exactly on it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from comuna.acts.clock import frozen_at
from comuna.statutes.bookkeeping import Schedule
from comuna.treasury import queries, schedules
from comuna.treasury.acts import GiveAdvance, Observe, OpenBook
from comuna.treasury.acts.observing import A_DAY_MAX
from comuna.treasury.control import LIMITS, Doubt, Lent, Paid, Paper, Signer, UnderWay, doubts_about
from comuna.treasury.models import Book, Entry
from comuna.treasury.queries.advances import overdue
from comuna.treasury.queries.control import doubts
from comuna.treasury.queries.periods import assets_at
from comuna.treasury.tests.cash import FIRST, LATER, TODAY, Cash, budgeted, in_session
from comuna.treasury.tests.changed import adopt, changed
from comuna.treasury.tests.test_receipts import receipt
from tests.cast import Cast, refused

BOOK = r'\[\[book\]\]\nid = "cc.fund.risk"\n(?:(?!\[|#).*\n)*'
DAY, LINE = date(2026, 2, 1), uuid4()


def paid(day: date = DAY, amount: int = 1_201, payee: str = "bodega", **other: Any) -> Paid:
    signer = Signer("carmen teresa blanco", DAY - timedelta(days=90), None)
    fields: dict[str, Any] = {
        "signers": (signer, signer),
        "papers": (Paper(uuid4(), "bodega", "", "", "VES", amount),),
    } | other
    return Paid(uuid4(), day, LINE, "VES", amount, payee, signatures=2, **fields)


def asked(*found: Paid, today: date = DAY, **other: Any) -> set[Doubt]:
    return {one.doubt for one in doubts_about(found, (), (), (), today, {"VES": 2}, **other)}


def days(count: int) -> timedelta:
    return timedelta(days=count)


def test_half_of_the_smallest_part_of_interest_goes_up() -> None:
    assert [schedules.flat_interest(amount, 6, 1) for amount in (99, 100, 101, 299, 300)] == [0, 1, 1, 1, 2]


def test_what_is_due_today_is_not_late_and_a_part_that_is_repaid_is_not_either() -> None:
    parts = schedules.laid_out(date(2026, 1, 20), 3, Schedule.MONTHLY, 300, 30)
    first, second = parts[0].due, parts[1].due
    assert (schedules.late(parts, 0, first), schedules.late_since(parts, 0, first)) == (0, None)
    assert (schedules.late(parts, 0, first + days(1)), schedules.late_since(parts, 0, first + days(1))) == (110, first)
    assert schedules.late_since(parts, 110, first + days(1)) is None
    assert schedules.late_since(parts, 110, second + days(1)) == second
    assert not any(laid.is_late for laid in schedules.standing(parts, 0, first))


def test_an_advance_is_late_after_its_last_day() -> None:
    for late in (0, 1):
        lent = [Lent(uuid4(), DAY, 100)]
        assert bool(doubts_about((), (), (), lent, DAY + days(late), {})) is bool(late)


def test_a_receipt_has_fifteen_days_and_what_is_under_way_too() -> None:
    for late in (0, 1):
        today = DAY + days(LIMITS.receipt_days + late)
        assert (Doubt.NO_RECEIPT in asked(paid(papers=()), today=today)) is bool(late)
        today = DAY + days(LIMITS.transfer_days + late)
        sent = [UnderWay(uuid4(), DAY, True)]
        assert bool(doubts_about((), (), (), (), today, {}, transfers=sent)) is bool(late)


def test_whoever_signs_on_her_first_or_last_day_is_in_office() -> None:
    for begins, ends, is_in in ((DAY, DAY, True), (DAY, None, True), (DAY + days(1), None, False)):
        one = paid(signers=(Signer("ana", begins, ends),) * 2)
        assert (Doubt.OUTSIDE_MANDATE not in asked(one)) is is_in
    left = paid(signers=(Signer("ana", DAY - days(9), DAY - days(1)),) * 2)
    assert Doubt.OUTSIDE_MANDATE in asked(left)


def test_the_same_sum_within_ten_days_is_asked_about_and_not_after() -> None:
    for apart, is_asked in ((LIMITS.repeat_days, True), (LIMITS.repeat_days + 1, False)):
        assert (Doubt.PAID_TWICE in asked(paid(), paid(DAY + days(apart)))) is is_asked


def test_three_payments_within_seven_days_are_asked_about_and_not_in_eight() -> None:
    for apart, is_asked in ((LIMITS.split_days, True), (LIMITS.split_days + 1, False)):
        three = (paid(), paid(DAY + days(1), 1_301), paid(DAY + days(apart), 1_401))
        assert (Doubt.SPLIT in asked(*three)) is is_asked


@pytest.fixture
def cash(founded: Cast) -> Iterator[Cash]:
    in_session(founded)
    with frozen_at(LATER):
        yield budgeted(founded)


def test_zeros_in_front_of_a_number_are_no_other_number(cash: Cash) -> None:
    first, second = (cash.signed(cash.paying(amount)).id for amount in ("12051", "12052"))
    for entry, number, amount in ((first, "00-77", "12051"), (second, "77", "12052")):
        cash.does(receipt(entry, None, kept_at="Carpeta 1", number=number, amount=amount))
    found = {one.doubt: one.acts for one in doubts(cash.cast.commune, FIRST, TODAY, TODAY)}
    assert set(found[Doubt.INVOICE_TWICE]) == {first, second}


def test_what_an_organ_decided_on_is_not_entered_after_its_own_record(cash: Cash) -> None:
    newest = Entry.objects.latest("born")
    assert queries.entered_since(cash.book, newest.day, newest.born - 1)
    assert not queries.entered_since(cash.book, newest.day, newest.born)
    assert not queries.entered_since(cash.book, newest.day - days(1), newest.born - 1)


def test_a_book_that_the_statute_leaves_out_is_called_as_before(cash: Cash) -> None:
    fund = cash.does(OpenBook(kind="cc.fund.risk", day=FIRST)).id
    adopt(cash.cast, re.sub(BOOK, "", changed({})))
    said = queries.kind_of(Book.objects.get(pk=fund), TODAY)
    assert said is not None and said.name["es"] == "Fondo de riesgo"


def test_the_questions_of_a_day_are_five_and_the_next_day_five_more(cash: Cash) -> None:
    def observe() -> UUID:
        return cash.does(Observe(book=cash.book, words="¿Por qué?"), cash.cast.neighbour).id

    for _time in range(A_DAY_MAX):
        observe()
    with refused("treasury.observed-often"):
        observe()
    with frozen_at("2026-02-21T15:00:00Z"):
        observe()


def test_what_moved_in_a_month_was_not_there_when_it_began(cash: Cash) -> None:
    assert assets_at(cash.book, FIRST) == {"VES": 0}
    assert assets_at(cash.book, date(2026, 3, 1)) == {"VES": 80_000}


def test_an_advance_that_is_due_today_is_not_overdue(cash: Cash) -> None:
    given = cash.signed(
        GiveAdvance(
            book=cash.book, person=cash.cast.secretary, out_of=cash.account("1.1.02"), into=cash.account("1.1.05"),
            unit="VES", amount="1000", day=TODAY, due=TODAY, words="Compra de cemento",
        )
    ).id  # fmt: skip
    assert overdue(cash.book, TODAY) == []
    assert [one.id for one in overdue(cash.book, TODAY + days(1))] == [given]
