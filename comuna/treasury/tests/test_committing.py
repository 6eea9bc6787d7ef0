"""What is promised of a line is free for nobody else; paid, given back and taken back it never goes beyond the line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from hypothesis import HealthCheck, Phase, given, settings, strategies as st

from comuna.acts.act import Act
from comuna.acts.acts import Propose
from comuna.acts.clock import frozen_at
from comuna.acts.door import Done
from comuna.acts.queries import thread
from comuna.acts.refusal import Refused
from comuna.assemblies.tests.test_session import Room
from comuna.treasury import queries
from comuna.treasury.acts import AdoptBudget, Commit, MoveBudget, Release, Reverse
from comuna.treasury.acts.budgeting import LINES_MAX, BudgetRow
from comuna.treasury.models import BudgetLine, Commitment, Drawing, Payment
from comuna.treasury.tests.cash import FIRST, LATER, LATER_STILL, TODAY, Cash, budgeted, decide, in_session
from comuna.treasury.tests.test_pages import read, sent
from tests.cast import Cast, refused

SHOP = "Ferretería La Esquina"


@pytest.fixture
def room(founded: Cast) -> Room:
    return in_session(founded)


@pytest.fixture
def cash(founded: Cast, room: Room) -> Iterator[Cash]:
    """500,00 VES are set aside."""
    with frozen_at(LATER):
        yield budgeted(founded)


def promising(amount: str, line: UUID | None = None, **other: Any) -> Commit:
    fields: dict[str, Any] = {
        "line": line or BudgetLine.objects.get().id,
        "unit": "VES",
        "amount": amount,
        "payee": SHOP,
        "due": TODAY + timedelta(days=10),
        "words": "Dos válvulas",
    }
    return Commit(**fields | other)


def promised(cash: Cash, amount: str, **other: Any) -> UUID:
    return cash.signed(promising(amount, **other)).id


def figures() -> tuple[int, int]:
    """Spent and promised of the only line."""
    line = BudgetLine.objects.get()
    return line.spent, line.committed


def test_what_is_promised_is_free_for_no_other_payment_and_the_refusal_says_for_whom(cash: Cash) -> None:
    promised(cash, "30000")
    cash.signed(cash.paying("20000"))
    with refused("treasury.beyond-the-line") as said:
        cash.does(Propose(act=cash.paying("1")))
    for words in ("“Válvulas”", "0,00 VES", "300,00 VES", SHOP):
        assert words in str(said.value.words)
    with refused("treasury.beyond-the-line"):
        cash.does(Propose(act=promising("1")))


def test_a_payment_out_of_a_promise_takes_it_up_in_the_same_act(cash: Cash) -> None:
    id = promised(cash, "30000")
    paid = cash.signed(cash.paying("10000", commitment=id)).id
    assert figures() == (10_000, 20_000) and Commitment.objects.get().open == 20_000
    assert id in {step.id for step in thread(paid).steps}
    cash.signed(cash.paying("35000", commitment=id))  # dearer than promised: the rest is free in the line
    assert figures() == (45_000, 0) and Commitment.objects.get().open == 0
    with refused("treasury.nothing-promised"):
        cash.does(Propose(act=cash.paying("1", commitment=id)))


def test_beyond_the_promise_a_payment_takes_only_what_is_free(cash: Cash) -> None:
    id = promised(cash, "30000")
    promised(cash, "15000", payee="Bodega Dos")
    with refused("treasury.beyond-the-line"):
        cash.does(Propose(act=cash.paying("35001", commitment=id)))
    cash.signed(cash.paying("35000", commitment=id))
    assert figures() == (35_000, 15_000)


def test_what_is_given_back_is_free_again(cash: Cash) -> None:
    id = promised(cash, "30000")
    cash.signed(cash.paying("10000", commitment=id))
    cash.does(Release(commitment=id, words="La otra no hizo falta"))
    assert figures() == (10_000, 0)
    with refused("treasury.nothing-promised"):
        cash.does(Release(commitment=id, words="Otra vez"))
    cash.signed(cash.paying("40000"))


def test_a_payment_that_is_taken_back_is_promised_again_unless_the_rest_was_given_back(cash: Cash) -> None:
    id = promised(cash, "30000")
    first = cash.signed(cash.paying("10000", commitment=id)).id
    second = cash.signed(cash.paying("20000", commitment=id)).id
    cash.signed(Reverse(entry=second, day=TODAY, words="Se devolvió"))
    assert figures() == (10_000, 20_000) and Commitment.objects.get().open == 20_000
    cash.does(Release(commitment=id, words="No hizo falta"))
    cash.signed(Reverse(entry=first, day=TODAY, words="Se devolvió"))
    assert figures() == (0, 0) and Commitment.objects.get().open == 0


def test_two_sign_a_promise_and_only_who_keeps_the_book(cash: Cash) -> None:
    with refused("acts.needs-signatures"):
        cash.does(promising("100"))
    with refused("mandates.other-seat"):
        cash.does(Propose(act=promising("100")), cash.cast.comptroller)


def test_promises_that_no_payment_could_keep_are_refused(cash: Cash) -> None:
    wrong: dict[str, dict[str, Any]] = {
        "treasury.other-unit": {"unit": "USD"},
        "treasury.promised-for-past": {"due": TODAY - timedelta(days=1)},
        "treasury.outside-the-budget": {"due": date(2027, 1, 1)},
    }
    for rule, fields in wrong.items():
        with refused(rule):
            cash.does(Propose(act=promising("100", **fields)))


def test_the_database_refuses_more_than_was_set_aside_and_more_than_was_promised(cash: Cash) -> None:
    promised(cash, "30000")
    for table, change in (("budgetline", "committed = amount + 1"), ("commitment", "open = amount + 1")):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"UPDATE treasury_{table} SET {change}")


def test_it_is_promised_paid_and_given_back_on_pages_and_what_is_late_is_said(cash: Cash) -> None:
    keeper, second = cash.cast.browser(cash.cast.signer), cash.cast.browser(cash.cast.acting_signer)
    line = BudgetLine.objects.get().id
    form = f"/accounts/promises/make/?line={line}"
    assert form in read(keeper, f"/accounts/lines/{line}/")
    fields = {"payee": SHOP, "due": "28/2/2026", "words": "Dos válvulas", "_propose": 1}
    where = sent(keeper, form, line=line, unit="VES", amount="300", **fields)
    sent(second, "/proposals/sign/", proposal=where.split("/")[2])
    id = Commitment.objects.get().id
    there = f"/accounts/promises/{id}/"
    for path in (f"/accounts/books/{cash.book}/", f"/accounts/lines/{line}/"):
        assert f'href="{there}"' in read(Client(), path) and SHOP in read(Client(), path)
    pay = f"/accounts/pay/?book={cash.book}&line={line}&commitment={id}"
    assert pay.replace("&", "&amp;") in read(keeper, there)
    asked = read(keeper, pay)
    assert 'value="300,00"' in asked and SHOP in asked
    fields = {"line": line, "day": "20/2/2026", "out_of": cash.account("1.1.02"), "unit": "VES", "_propose": 1}
    where = sent(keeper, pay, amount="100", payee=SHOP, words="Una válvula", commitment=id, **fields)
    sent(second, "/proposals/sign/", proposal=where.split("/")[2])
    assert "200,00 VES" in read(Client(), there)
    with frozen_at("2026-03-08T12:00:00Z"):
        assert "1 compromiso" in read(Client(), f"/accounts/books/{cash.book}/")
        keeper = cash.cast.browser(cash.cast.signer)  # signed in anew, two weeks later
        back = f"/accounts/promises/give-back/?commitment={id}"
        assert back in read(keeper, there)
        sent(keeper, back, commitment=id, words="No hizo falta")
        assert "1 compromiso" not in read(Client(), f"/accounts/books/{cash.book}/")
    assert figures() == (10_000, 0)


def lines(cash: Cash, room: Room, number: int) -> list[UUID]:
    """So many more lines of 10,00 VES each, by one more decision."""
    decided = decide(room, "Apartar para la calle")
    rows = tuple(
        BudgetRow(account=cash.account("5.1.02"), amount="1000", words=f"Tramo {one}") for one in range(number)
    )
    ends = date(2026, 12, 31)
    adopt = AdoptBudget(book=cash.book, resolution=decided, begins=FIRST, ends=ends, unit="VES", rows=rows)
    budget = cash.does(adopt).id
    return list(BudgetLine.objects.filter(budget=budget).order_by("number").values_list("id", flat=True))


def test_what_another_line_promised_is_not_paid_out_of_this_one(cash: Cash, room: Room) -> None:
    first = BudgetLine.objects.get().id
    id = promised(cash, "30000")
    (other,) = lines(cash, room, 1)
    with refused("treasury.promised-elsewhere"):
        cash.does(Propose(act=cash.paying("1", line=other, commitment=id)))
    cash.signed(cash.paying("1", line=first, commitment=id))


@dataclass
class Promise:
    """As the test knows it."""

    id: UUID
    line: int
    open: int
    is_released: bool = False


@dataclass
class Paid:
    id: UUID
    line: int
    amount: int
    of: Promise | None
    drawn: int
    is_taken_back: bool = False


@dataclass
class Known:
    """Two lines, what was promised and paid of them, and which next step must be done or refused."""

    cash: Cash
    room: Room
    lines: list[UUID]
    amounts: list[int]
    promises: list[Promise]
    payments: list[Paid]

    def spent(self, line: int) -> int:
        return sum(one.amount for one in self.payments if one.line == line and not one.is_taken_back)

    def committed(self, line: int) -> int:
        return sum(one.open for one in self.promises if one.line == line)

    def free(self, line: int) -> int:
        return self.amounts[line] - self.spent(line) - self.committed(line)

    def step(self, what: str, amount: int, which: int) -> bool:
        """Whether it could be done by what is known; asserts that it was exactly then."""
        line = which % 2
        promise = self.promises[which % len(self.promises)] if self.promises else None
        payment = self.payments[which % len(self.payments)] if self.payments else None
        act: Act
        if what == "promise":
            done = self._done(amount <= self.free(line), promising(str(amount), self.lines[line]))
            if done is not None:
                self.promises.append(Promise(done, line, amount))
        elif what == "pay":
            done = self._done(amount <= self.free(line), self.cash.paying(str(amount), line=self.lines[line]))
            if done is not None:
                self.payments.append(Paid(done, line, amount, None, 0))
        elif what == "pay promised" and promise is not None:
            drawn = min(promise.open, amount)
            could = promise.open > 0 and amount - drawn <= self.free(promise.line)
            act = self.cash.paying(str(amount), line=self.lines[promise.line], commitment=promise.id)
            done = self._done(could, act)
            if done is not None:
                promise.open -= drawn
                self.payments.append(Paid(done, promise.line, amount, promise, drawn))
        elif what == "give back" and promise is not None:
            done = self._done(promise.open > 0, Release(commitment=promise.id, words="No hizo falta"), signed=False)
            if done is not None:
                promise.open, promise.is_released = 0, True
        elif what == "take back" and payment is not None:
            act = Reverse(entry=payment.id, day=TODAY, words="Se devolvió")
            done = self._done(not payment.is_taken_back, act)
            if done is not None:
                payment.is_taken_back = True
                if payment.of is not None and not payment.of.is_released:
                    payment.of.open += payment.drawn
        elif what == "move":
            out_of, into = self.lines[line], self.lines[1 - line]
            decision = decide(self.room, "Pasar de un tramo a otro")
            act = MoveBudget(resolution=decision, out_of=out_of, into=into, unit="VES", amount=str(amount))
            done = self._done(amount <= self.free(line), act, signed=False)
            if done is not None:
                self.amounts[line] -= amount
                self.amounts[1 - line] += amount
        else:
            return False
        return done is not None

    def _done(self, could: bool, act: Act, *, signed: bool = True) -> UUID | None:
        done: Done | None
        try:
            done = self.cash.signed(act) if signed else self.cash.does(act)
        except Refused:
            done = None
        assert (done is not None) == could, act
        return done.id if done else None

    def adds_up(self) -> None:
        for number, id in enumerate(self.lines):
            line = BudgetLine.objects.get(pk=id)
            assert line.spent + line.committed <= line.amount
            kept = (line.amount, line.spent, line.committed)
            assert kept == (self.amounts[number], self.spent(number), self.committed(number))
            paid = Payment.objects.filter(line=line, entry__reversal=None).values_list("entry", flat=True)
            assert line.spent == sum(queries.paid_by(list(paid)).values())
        for one in self.promises:
            row = Commitment.objects.get(pk=one.id)
            assert row.open == one.open
            drawn = sum(each.amount for each in Drawing.objects.filter(commitment=row, entry__reversal=None))
            assert one.is_released or row.open == row.amount - drawn


EXAMPLES = 15
STEPS = st.lists(
    st.tuples(
        st.sampled_from(("promise", "pay", "pay promised", "give back", "take back", "move")),
        st.integers(1, 900),
        st.integers(0, 5),
    ),
    min_size=1,
    max_size=14,
)


@pytest.fixture
def two_lines(cash: Cash, room: Room) -> Iterator[Iterator[Known]]:
    """Two new lines at each time; each time money moves between them the assembly decides it."""
    found = lines(cash, room, LINES_MAX)  # hypothesis asks for more examples than it counts
    with frozen_at(LATER_STILL):
        pairs = zip(found[::2], found[1::2], strict=True)
        yield (Known(cash, room, list(pair), [1000, 1000], [], []) for pair in pairs)


@settings(
    max_examples=EXAMPLES,
    phases=[Phase.generate],
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(steps=STEPS)
def test_spent_and_promised_never_go_beyond_the_line_after_any_acts(
    two_lines: Iterator[Known], steps: list[tuple[str, int, int]]
) -> None:
    """What can be done is done, what cannot is refused, and both is known beforehand from plain sums."""
    known = next(two_lines)
    for what, amount, which in steps:
        known.step(what, amount, which)
        known.adds_up()
