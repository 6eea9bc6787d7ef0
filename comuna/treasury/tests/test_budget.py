"""Money goes out only against a line that a decision set aside, by the statute's signatures, and never beyond it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from comuna.acts.acts import Propose, Sign
from comuna.acts.clock import frozen_at
from comuna.acts.queries import thread
from comuna.acts.reading import read_one
from comuna.assemblies.models import Resolution
from comuna.assemblies.tests.test_session import Room
from comuna.journal import files
from comuna.statutes import builtin, queries as statutes
from comuna.statutes.acts import AdoptStatute
from comuna.treasury import queries
from comuna.treasury.acts import AdoptBudget, Commit, MoveBudget, OpenBook, Reverse, WithdrawBudget
from comuna.treasury.acts.budgeting import BudgetRow
from comuna.treasury.models import Budget, BudgetLine, Payment
from comuna.treasury.tests.cash import FIRST, LATER, LATER_STILL, TODAY, Cash, budgeted, decide, in_session
from tests.cast import Cast, refused


@pytest.fixture
def room(founded: Cast) -> Room:
    return in_session(founded)


@pytest.fixture
def cash(founded: Cast, room: Room) -> Iterator[Cash]:
    with frozen_at(LATER):
        yield budgeted(founded)


def test_a_payment_is_done_with_the_second_signature_and_spends_its_line(cash: Cash) -> None:
    done = cash.signed(cash.paying("12000"))
    line = BudgetLine.objects.get()
    assert (line.amount, line.spent) == (50_000, 12_000)
    assert Payment.objects.get().entry_id == done.id
    assert (cash.held("1.1.02"), cash.held("5.1.01")) == (68_000, 12_000)


def test_one_signature_is_not_enough(cash: Cash) -> None:
    with refused("acts.needs-signatures"):
        cash.does(cash.paying("12000"))
    proposed = cash.does(Propose(act=cash.paying("12000")))
    with refused("acts.signed-once"):
        cash.does(Sign(proposal=proposed.id))
    assert not Payment.objects.exists()


def test_the_line_is_the_limit_also_where_two_payments_wait_at_once(cash: Cash) -> None:
    """Two are prepared over the last of a line: the first that is signed twice wins, the other says what is left."""
    first = cash.does(Propose(act=cash.paying("30000")))
    second = cash.does(Propose(act=cash.paying("30000")))
    cash.does(Sign(proposal=second.id), cash.cast.acting_signer)
    with refused("treasury.beyond-the-line") as caught:
        cash.does(Sign(proposal=first.id), cash.cast.acting_signer)
    assert "200,00 VES" in str(caught.value.words)
    assert BudgetLine.objects.get().spent == 30_000
    with refused("treasury.beyond-the-line"):
        cash.does(Propose(act=cash.paying("20001")))


def test_the_database_refuses_an_overspent_line(cash: Cash) -> None:
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE treasury_budgetline SET spent = amount + 1")


def test_a_payment_that_is_taken_back_frees_its_line(cash: Cash) -> None:
    done = cash.signed(cash.paying("12000"))
    cash.signed(Reverse(entry=done.id, day=TODAY, words="La válvula no servía y se devolvió"))
    assert BudgetLine.objects.get().spent == 0
    assert (cash.held("1.1.02"), cash.held("5.1.01")) == (80_000, 0)


def test_days_outside_the_budget_and_other_units_are_refused(cash: Cash) -> None:
    with refused("treasury.outside-the-budget"):
        cash.does(Propose(act=cash.paying("1", day=date(2027, 1, 1))))
    with refused("treasury.other-unit"):
        cash.does(Propose(act=cash.paying("1", unit="USD")))


def test_a_budget_rests_on_a_decision_of_the_organ_that_decides_over_the_book(cash: Cash) -> None:
    line = BudgetRow(account=cash.account("5.1.02"), amount="100", words="Gasoil")
    budget = AdoptBudget(
        book=cash.book,
        resolution=Resolution.objects.get().id,
        begins=FIRST,
        ends=date(2026, 12, 31),
        unit="VES",
        rows=(line,),
    )
    with refused("treasury.decision-used"):
        cash.does(budget)
    with refused("treasury.no-lines"):
        cash.does(budget.model_copy(update={"rows": ()}))
    with refused("treasury.ends-first"):
        cash.does(budget.model_copy(update={"ends": date(2026, 1, 1)}))


def test_what_is_left_moves_to_another_line_by_a_later_decision(cash: Cash, room: Room) -> None:
    first = BudgetLine.objects.get()
    later = decide(room, "Pasar dinero de válvulas a gasoil")
    row = BudgetRow(account=cash.account("5.1.02"), amount="100", words="Gasoil")
    cash.does(AdoptBudget(book=cash.book, resolution=later, begins=FIRST, ends=TODAY, unit="VES", rows=(row,)))
    second = BudgetLine.objects.exclude(pk=first.id).get()
    move = MoveBudget(resolution=later, out_of=first.id, into=second.id, unit="VES", amount="20000")
    with refused("treasury.decision-used"):
        cash.does(move)
    with frozen_at(LATER_STILL):
        newest = decide(room, "Pasar 200 de válvulas a gasoil")
    with refused("treasury.beyond-the-line"):
        cash.does(move.model_copy(update={"resolution": newest, "amount": "50001"}))
    with refused("treasury.same-line"):
        cash.does(move.model_copy(update={"resolution": newest, "into": first.id}))
    cash.does(move.model_copy(update={"resolution": newest}))
    assert [line.amount for line in BudgetLine.objects.order_by("born")] == [30_000, 20_100]


def test_a_budget_written_down_wrongly_is_taken_back_and_written_anew_by_the_same_decision(cash: Cash) -> None:
    wrong = Budget.objects.get()
    cash.does(WithdrawBudget(budget=wrong.id))
    with refused("treasury.budget-taken-back"):
        cash.does(WithdrawBudget(budget=wrong.id))
    with refused("treasury.beyond-the-line"):
        cash.does(Propose(act=cash.paying("1")))
    assert queries.budget_lines(cash.book) == []
    row = BudgetRow(account=cash.account("5.1.01"), amount="5000", words="Válvulas")
    anew = AdoptBudget(book=cash.book, resolution=wrong.resolution, begins=FIRST, ends=TODAY, unit="VES", rows=(row,))
    cash.does(anew)
    assert [line.amount for line in queries.budget_lines(cash.book)] == [5_000]
    with refused("treasury.decision-used"):
        cash.does(anew)


def test_a_budget_that_was_used_is_not_taken_back(cash: Cash, room: Room) -> None:
    """Not after a payment, also where that was taken back; not after a promise; not once money was moved."""
    budget, line = Budget.objects.get(), BudgetLine.objects.get()
    row = BudgetRow(account=cash.account("5.1.02"), amount="100", words="Gasoil")
    adopt: dict[str, Any] = {"book": cash.book, "begins": FIRST, "ends": TODAY, "unit": "VES", "rows": (row,)}
    second = cash.does(AdoptBudget(resolution=decide(room, "Gasoil"), **adopt)).id
    with frozen_at(LATER_STILL):
        into = BudgetLine.objects.get(budget=second).id
        newest = decide(room, "Pasar dinero de válvulas a gasoil")
        cash.does(MoveBudget(resolution=newest, out_of=line.id, into=into, unit="VES", amount="100"))
        for moved in (budget.id, second):
            with refused("treasury.budget-in-use"):
                cash.does(WithdrawBudget(budget=moved))
        third = cash.does(AdoptBudget(resolution=decide(room, "Más gasoil"), **adopt)).id
        paid = cash.signed(cash.paying("60", line=BudgetLine.objects.get(budget=third).id))
        cash.signed(Reverse(entry=paid.id, day=paid.day, words="No se compró"))
        with refused("treasury.budget-in-use"):
            cash.does(WithdrawBudget(budget=third))
        fourth = cash.does(AdoptBudget(resolution=decide(room, "Aún más gasoil"), **adopt)).id
        of_it = BudgetLine.objects.get(budget=fourth).id
        cash.signed(Commit(line=of_it, unit="VES", amount="40", payee="Bodega", words="Gasoil", due=TODAY))
        with refused("treasury.budget-in-use"):
            cash.does(WithdrawBudget(budget=fourth))


def test_nothing_moves_into_a_budget_that_was_taken_back(cash: Cash, room: Room) -> None:
    row = BudgetRow(account=cash.account("5.1.02"), amount="100", words="Gasoil")
    adopt = AdoptBudget(
        book=cash.book, resolution=decide(room, "Gasoil"), begins=FIRST, ends=TODAY, unit="VES", rows=(row,)
    )
    wrong = cash.does(adopt).id
    cash.does(WithdrawBudget(budget=wrong))
    out_of, into = BudgetLine.objects.exclude(budget=wrong).get(), BudgetLine.objects.get(budget=wrong)
    with frozen_at(LATER_STILL):
        newest = decide(room, "Pasar dinero de válvulas a gasoil")
        with refused("treasury.budget-taken-back"):
            cash.does(MoveBudget(resolution=newest, out_of=out_of.id, into=into.id, unit="VES", amount="100"))


def test_the_thread_leads_from_the_payment_to_the_vote(cash: Cash) -> None:
    done = cash.signed(cash.paying("12000"))
    verbs = {read_one(step.id).act.verb for step in thread(done.id).steps}
    assert {"treasury.pay", "treasury.adopt_budget", "assemblies.record_count"} <= verbs


def test_lines_of_two_books_or_units_do_not_mix(cash: Cash, room: Room) -> None:
    fund = Cash(cash.cast, cash.does(OpenBook(kind="cc.fund.social", day=FIRST)).id)
    first, decided = BudgetLine.objects.get(), decide(room, "Ayudas")
    row = BudgetRow(account=fund.account("5.1.06"), amount="100", words="Ayudas")
    adopt = AdoptBudget(book=fund.book, resolution=decided, begins=FIRST, ends=TODAY, unit="VES", rows=(row,))
    cash.does(adopt)
    other = BudgetLine.objects.exclude(pk=first.id).get()
    with refused("treasury.other-line"):
        cash.does(MoveBudget(resolution=decided, out_of=first.id, into=other.id, unit="VES", amount="1"))


def test_money_is_moved_by_what_was_decided_after_the_lines_were_written_down(cash: Cash, room: Room) -> None:
    early, later = decide(room, "Pasar 200 a gasoil"), decide(room, "Gasoil")
    row = BudgetRow(account=cash.account("5.1.02"), amount="100", words="Gasoil")
    cash.does(AdoptBudget(book=cash.book, resolution=later, begins=FIRST, ends=TODAY, unit="VES", rows=(row,)))
    first, second = BudgetLine.objects.order_by("born")
    with refused("treasury.earlier-decision"):
        cash.does(MoveBudget(resolution=early, out_of=first.id, into=second.id, unit="VES", amount="20000"))


def test_what_another_organ_decided_sets_nothing_aside(cash: Cash) -> None:
    statute = builtin.text("venezuela-commune").replace('decides = "cc.assembly"', 'decides = "cc.unit.executive"', 1)
    text = statute.replace('version = "2026.1"', 'version = "2026.2"')
    cash.cast.signed(AdoptStatute(file=files.store(text.encode(), statutes.MEDIA_TYPE), first_day=TODAY))
    row = BudgetRow(account=cash.account("5.1.02"), amount="100", words="Gasoil")
    budget = AdoptBudget(
        book=cash.book, resolution=Resolution.objects.get().id, begins=FIRST, ends=TODAY, unit="VES", rows=(row,)
    )
    with refused("treasury.other-organ-decides"):
        cash.does(budget)


def test_a_unit_keeps_its_decimals_in_every_later_text(cash: Cash) -> None:
    text = builtin.text("venezuela-commune").replace("decimals = 2", "decimals = 3", 1)
    text = text.replace('version = "2026.1"', 'version = "2026.2"')
    adopt = AdoptStatute(file=files.store(text.encode(), statutes.MEDIA_TYPE), first_day=TODAY)
    with refused("statutes.unit-stays"):
        cash.cast.signed(adopt)
