"""After any sequence of acts the books add up: every entry, every balance, every month, every unit; and so do their
replays, which the fixture compares when the test is over."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from uuid import UUID

import pytest

from comuna.acts.act import Act
from comuna.acts.acts import Propose, Sign
from comuna.acts.clock import frozen_at
from comuna.acts.refusal import Refused
from comuna.assemblies.tests.test_session import Room
from comuna.treasury import queries
from comuna.treasury.acts import Move, Receive, RecordOpening, Reverse
from comuna.treasury.acts.opening import OpeningRow
from comuna.treasury.models import Account, Balance, BudgetLine, Entry, Payment, Posting, Turnover
from comuna.treasury.rules import month_of
from comuna.treasury.tests.cash import FIRST, LATER, TODAY, Cash, budgeted, in_session
from tests.cast import Cast

STEPS = 120


@pytest.fixture
def cash(founded: Cast) -> Iterator[Cash]:
    room: Room = in_session(founded)
    with frozen_at(LATER):
        yield budgeted(room.cast)


@pytest.mark.parametrize("seed", [0, *(pytest.param(seed, marks=pytest.mark.long) for seed in range(1, 6))])
def test_after_any_sequence_of_acts_the_books_add_up(cash: Cash, seed: int) -> None:
    random = Random(seed)
    done = refused = 0
    for _ in range(STEPS):
        try:
            _step(cash, random)
            done += 1
        except Refused:
            refused += 1
    assert done > STEPS // 4 and refused > STEPS // 20, (done, refused)
    _adds_up()
    for unit in ("VES", "USD", "KG"):
        assert sum(one.amount for one in queries.trial_balance(cash.book) if one.unit == unit) == 0


def _step(cash: Cash, random: Random) -> None:
    """One act by chance, mostly one that can be done."""
    day = FIRST + timedelta(days=random.randrange(-1, 21))
    unit, amount = random.choice(["VES", "VES", "VES", "USD", "KG"]), str(random.choice([1, 250, 999, 20_000]))
    assets = [cash.account(code) for code in ("1.1.01", "1.1.02", "1.1.03", "1.2.01")]
    kind = random.randrange(6)
    if kind == 0:
        paying = cash.paying(amount, day=min(max(day, FIRST), TODAY), out_of=random.choice(assets), unit=unit)
        proposal = cash.does(Propose(act=paying)).id
        cash.does(Sign(proposal=proposal), cash.cast.acting_signer)
        return
    acts: dict[int, Act] = {
        1: cash.receiving(amount, day=day, unit=unit, into=random.choice(assets)),
        2: cash.receiving(amount, unit=unit, source=cash.account(random.choice(["4.1.04", "2.1.01"]))),
        3: Move(
            book=cash.book,
            day=day,
            out_of=random.choice(assets),
            into=random.choice(assets),
            unit=unit,
            amount=amount,
            words="De un lugar a otro",
        ),
        4: Reverse(entry=_some_entry(random), day=TODAY, words="Mal anotado"),
        5: RecordOpening(book=cash.book, unit=unit, rows=(OpeningRow(account=random.choice(assets), amount=amount),)),
    }
    assert isinstance(acts[1], Receive)
    (cash.signed if kind == 4 else cash.does)(acts[kind])


def _some_entry(random: Random) -> UUID:
    chosen: UUID = random.choice(list(Entry.objects.order_by("folio").values_list("id", flat=True)))
    return chosen


def _adds_up() -> None:
    """What the acts kept is what the postings add up to, one by one."""
    balances: dict[tuple[UUID, str], int] = defaultdict(int)
    counts: dict[tuple[UUID, str], int] = defaultdict(int)
    months: dict[tuple[UUID, str, date], list[int]] = defaultdict(lambda: [0, 0])
    entries: dict[tuple[UUID, str], int] = defaultdict(int)
    for one in Posting.objects.select_related("entry").order_by("born", "number"):
        key = (one.account_id, one.unit)
        balances[key] += one.amount
        counts[key] += 1
        assert (one.number, one.after) == (counts[key], balances[key])
        months[(*key, month_of(one.entry.day))][one.amount < 0] += abs(one.amount)
        entries[one.entry_id, one.unit] += one.amount
    assert set(entries.values()) == {0}
    assert {(one.account_id, one.unit): (one.amount, one.postings) for one in Balance.objects.all()} == {
        key: (amount, counts[key]) for key, amount in balances.items()
    }
    kept = {(one.account_id, one.unit, one.month): [one.debit, one.credit] for one in Turnover.objects.all()}
    assert kept == dict(months)
    assert list(Entry.objects.order_by("folio").values_list("folio", flat=True)) == list(
        range(1, Entry.objects.count() + 1)
    )
    line = BudgetLine.objects.get()
    payments = Payment.objects.filter(line=line, entry__reversal__isnull=True).values_list("entry", flat=True)
    assert line.spent == sum(queries.paid_by(list(payments)).values())
    spending = Account.objects.get(pk=line.account_id)
    assert queries.balance(spending.id, line.unit) == line.spent
