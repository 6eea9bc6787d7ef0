"""Whatever is done at the bank: what is kept one by one adds up to the ledger, and a repayment to its parts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from comuna.acts.clock import frozen_at
from comuna.acts.refusal import Refused
from comuna.statutes.bookkeeping import Schedule
from comuna.treasury import queries, schedules
from comuna.treasury.acts import Reschedule, TakeBackBank
from comuna.treasury.models.bank import Credit, Repayment, Savings, SavingsMove
from comuna.treasury.tests.bank import TODAY, Bank
from comuna.treasury.tests.cash import LATER
from tests.cast import Cast


@pytest.fixture
def bank(founded: Cast) -> Iterator[Bank]:
    with frozen_at(LATER):
        yield Bank.opened(founded)


STEPS = st.lists(
    st.tuples(
        st.sampled_from(("deposit", "withdraw", "repay", "repay other", "take back", "take savings back", "anew")),
        st.integers(1, 90_000),
    ),
    max_size=12,
)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_what_is_kept_one_by_one_adds_up_to_the_ledger_after_any_acts(bank: Bank, steps: list[tuple[str, int]]) -> None:
    """One home, one bank: each example goes on where the last one ended. Refused steps change nothing."""
    if not Credit.objects.exists():
        bank.saves(bank.farmer)
        bank.credit()
        bank.credit(kind="bank.small", amount="120001", months=7, interest=11)
    first, second = Credit.objects.order_by("number")
    savings = Savings.objects.get().id
    for what, amount in steps:
        try:
            _step(bank, what, str(amount), first, second, savings)
        except Refused:
            continue
        finally:
            assert bank.adds_up(), what
    assert sum(one.amount for one in queries.trial_balance(bank.book)) == 0


def _step(bank: Bank, what: str, amount: str, first: Credit, second: Credit, savings: UUID) -> None:
    newest = {"take back": Repayment, "take savings back": SavingsMove}.get(what)
    if newest is not None:
        row = newest.objects.order_by("-born").first()
        if row is not None:
            bank.signed(TakeBackBank(entry=row.entry_id, day=TODAY), bank.both)
    elif what == "anew":
        bank.does(Reschedule(credit=second.id, begins=TODAY, months=1 + int(amount) % 24), bank.approvers[0])
    elif what == "deposit":
        bank.deposit(savings, amount)
    elif what == "withdraw":
        bank.withdraw(savings, amount)
    else:
        bank.repay((first if what == "repay" else second).id, amount)


@given(
    principal=st.integers(1, 10**12),
    percent=st.integers(0, 100),
    months=st.integers(1, 120),
    schedule=st.sampled_from(Schedule),
    shares=st.lists(st.floats(0, 1), max_size=5),
)
def test_the_parts_of_a_schedule_and_of_repayments_add_up(
    principal: int, percent: int, months: int, schedule: Schedule, shares: list[float]
) -> None:
    interest = schedules.flat_interest(principal, percent, months)
    parts = schedules.laid_out(date(2026, 1, 31), months, schedule, principal, interest)
    assert (sum(one.principal for one in parts), sum(one.interest for one in parts)) == (principal, interest)
    assert all(one.principal >= 0 and one.interest >= 0 for one in parts)
    whole, paid, split = principal + interest, 0, [0, 0]
    for share in [*shares, 1.0]:
        amount = min(whole - paid, int((whole - paid) * share) if share < 1 else whole - paid)
        part = schedules.split(parts, paid, amount)
        assert sum(part) == amount
        split = [split[0] + part.principal, split[1] + part.interest]
        paid += amount
    assert split == [principal, interest]
    assert schedules.late(parts, paid, date(2050, 1, 1)) == 0
