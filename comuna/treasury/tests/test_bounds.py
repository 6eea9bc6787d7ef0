"""Where what may be entered ends: how much, since when, out of what; each bound with the value that still may be."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client

from comuna.acts.acts import Propose
from comuna.acts.clock import frozen_at
from comuna.acts.erasing import ErasableAudience, ErasePrivate
from comuna.assemblies.models import Resolution
from comuna.assemblies.tests.test_session import Room
from comuna.treasury.acts import (
    AdoptBudget,
    Commit,
    CountCash,
    FileReceipt,
    GiveAdvance,
    Move,
    MoveBudget,
    OpenAccount,
    OpenBook,
    RecordOpening,
    Replenish,
    Reverse,
    SettleAdvance,
)
from comuna.treasury.acts.budgeting import BudgetRow
from comuna.treasury.acts.opening import OpeningRow
from comuna.treasury.models import BudgetLine, Count, Entry, Posting
from comuna.treasury.pages.words import words_of
from comuna.treasury.rules import BALANCE_MAX
from comuna.treasury.tests.bank import Bank
from comuna.treasury.tests.cash import FIRST, LATER, LATER_STILL, TODAY, Cash, budgeted, decide, in_session
from tests.cast import Cast, refused

MOST, YESTERDAY = str(BALANCE_MAX), TODAY - timedelta(days=1)
TOO_LARGE = "Una cuenta no puede tener tanto"


@pytest.fixture
def room(founded: Cast) -> Room:
    return in_session(founded)


@pytest.fixture
def cash(founded: Cast, room: Room) -> Iterator[Cash]:
    with frozen_at(LATER):
        yield budgeted(founded)


def one_day(cash: Cash, room: Room, day: date = TODAY, account: str = "5.1.02", amount: str = "5000") -> UUID:
    """A line of a budget of one day."""
    decided = decide(room, "Un presupuesto de un día")
    row = BudgetRow(account=cash.account(account), amount=amount, words="Gasoil")
    adopt = AdoptBudget(book=cash.book, resolution=decided, begins=day, ends=day, unit="VES", rows=(row,))
    made = cash.does(adopt).id
    line: UUID = BudgetLine.objects.get(budget=made).id
    return line


def counting(cash: Cash, account: str, held: str, counted: str, **other: Any) -> CountCash:
    fields: dict[str, Any] = {"account": cash.account(account), "day": TODAY, "unit": "VES", "in_books": held}
    return CountCash(counted=counted, **fields | other)


# How much


def by_form(browser: Client, path: str, **fields: object) -> str:
    form = {name: str(value) for name, value in fields.items()} | {"_id": str(uuid4())}
    answer = browser.post(path, form, headers={"accept-language": "es"})
    assert answer.status_code < 500
    return str(answer.content.decode()) if answer.status_code != 302 else ""


def by_api(browser: Client, verb: str, **fields: Any) -> tuple[int, str]:
    body = json.dumps({"verb": verb, "id": str(uuid4()), "fields": fields}, default=str)
    answer = browser.post("/api/acts/", data=body, content_type="application/json")
    return answer.status_code, answer.content.decode()


def test_a_deposit_that_no_account_could_hold_is_refused_in_words(founded: Cast) -> None:
    with frozen_at(LATER):
        bank = Bank.opened(founded)
        savings, place, cashier = bank.saves(bank.farmer), bank.account("1.1.01"), bank.browser(bank.administrator)
        form = f"/accounts/bank/deposit/?savings={savings}"
        typed = {"savings": savings, "day": "20/2/2026", "into": place, "unit": "VES", "amount": "9999999999999,99"}
        assert TOO_LARGE in by_form(cashier, form, **typed), "20.000,00 are there already"
        other = typed | {"into": bank.account("1.1.02")}
        assert by_form(cashier, form, **other) == ""
        assert TOO_LARGE in by_form(cashier, form, **other)
        fields = {"savings": savings, "day": TODAY, "into": bank.account("1.1.02"), "unit": "VES", "amount": MOST}
        status, said = by_api(cashier, "treasury.deposit", **fields)
        assert (400 <= status < 500, "treasury.too-large" in said) == (True, True)
        assert bank.adds_up()


def test_an_opening_balance_that_no_account_could_hold_is_refused(cash: Cash) -> None:
    rows = tuple(OpeningRow(account=cash.account(code), amount=MOST) for code in ("1.1.01", "1.1.04"))
    with refused("treasury.too-large"):
        cash.does(RecordOpening(book=cash.book, unit="VES", rows=rows))
    fields = {"book": cash.book, "unit": "VES", "rows": [{"account": row.account, "amount": MOST} for row in rows]}
    status, said = by_api(cash.cast.browser(cash.cast.signer), "treasury.record_opening", **fields)
    assert (400 <= status < 500, "treasury.too-large" in said) == (True, True)


def test_what_holds_the_most_can_be_counted(cash: Cash) -> None:
    cash.receive(str(BALANCE_MAX - 80_000))
    cash.signed(counting(cash, "1.1.02", MOST, MOST))
    assert Count.objects.get().counted == BALANCE_MAX
    with refused("treasury.too-large"):
        cash.receive("1")


def test_income_has_the_same_end_as_what_there_is(cash: Cash) -> None:
    cash.receive(str(BALANCE_MAX - 80_000))
    with refused("treasury.too-large"):
        cash.receive("1", into=cash.account("1.1.01"))
    cash.receive("1", into=cash.account("1.1.01"), source=cash.account("4.1.04"))


def test_a_line_holds_no_more_than_an_account(cash: Cash, room: Room) -> None:
    first = BudgetLine.objects.get().id
    second = one_day(cash, room, amount=MOST)
    with frozen_at(LATER_STILL):
        move = MoveBudget(resolution=decide(room, "Mover"), out_of=first, into=second, unit="VES", amount="1")
        with refused("treasury.too-large"):
            cash.does(move)


def test_an_account_below_nothing_takes_what_comes_in(cash: Cash) -> None:
    came = Entry.objects.get()
    move: dict[str, Any] = {"book": cash.book, "day": TODAY, "unit": "VES", "out_of": cash.account("1.1.02")}
    cash.does(Move(**move, into=cash.account("1.1.01"), amount="80000", words="A la caja"))
    cash.signed(Reverse(entry=came.id, day=TODAY, words="Por error"))
    cash.receive("500")
    assert cash.held("1.1.02") == -79_500


def test_nothing_counted_is_a_count(cash: Cash) -> None:
    cash.signed(counting(cash, "1.1.02", "80000", "0"))
    assert (cash.held("1.1.02"), cash.held("5.9.01")) == (0, 80_000)


def test_what_is_there_and_what_is_owed_of_one_sum_need_no_third_line(cash: Cash) -> None:
    rows = tuple(OpeningRow(account=cash.account(code), amount="700") for code in ("1.1.01", "2.1.01"))
    done = cash.does(RecordOpening(book=cash.book, unit="VES", rows=rows))
    assert Posting.objects.filter(entry=done.id).count() == 2
    assert words_of(Entry.objects.get(pk=done.id)) == "Saldo inicial"


def test_words_that_were_erased_are_no_opening_balance(cash: Cash) -> None:
    done = cash.receive("500")
    cash.cast.signed(ErasePrivate(subject=done.id, audiences=(ErasableAudience.PUBLIC,), reason="Nombraba a alguien"))
    assert words_of(Entry.objects.get(pk=done.id)) == "Palabras borradas"


# Since when


def test_a_budget_of_one_day_pays_on_that_day_alone(cash: Cash, room: Room) -> None:
    line = one_day(cash, room)
    for day in (YESTERDAY, TODAY + timedelta(days=1)):
        with refused("treasury.outside-the-budget"):
            cash.does(Propose(act=cash.paying("100", line=line, day=day)))
    cash.signed(cash.paying("100", line=line))
    assert BudgetLine.objects.get(pk=line).spent == 100


def advanced(cash: Cash, **other: Any) -> UUID:
    fields: dict[str, Any] = {"book": cash.book, "person": cash.cast.neighbour, "day": TODAY, "due": TODAY}
    fields |= {"out_of": cash.account("1.1.02"), "unit": "VES", "amount": "3000", "words": "Válvulas"}
    return cash.signed(GiveAdvance(**fields | other)).id


def settling(advance: UUID, line: UUID, **other: Any) -> SettleAdvance:
    fields: dict[str, Any] = {"advance": advance, "line": line, "day": TODAY, "unit": "VES", "amount": "100"}
    return SettleAdvance(**fields | {"payee": "Ferretería", "words": "Una válvula"} | other)


def test_an_advance_is_accounted_for_within_the_budget_of_its_line(cash: Cash, room: Room) -> None:
    """It may be due on the day on which it is given."""
    advance = advanced(cash)
    line, earlier = one_day(cash, room), one_day(cash, room, YESTERDAY)
    with refused("treasury.outside-the-budget"):
        cash.does(settling(advance, earlier))
    cash.does(settling(advance, line))
    with frozen_at("2026-02-21T12:00:00Z"), refused("treasury.outside-the-budget"):
        cash.does(settling(advance, line, day=TODAY + timedelta(days=1)))
    later = one_day(cash, room, TODAY + timedelta(days=1))
    with refused("treasury.outside-the-budget"):
        cash.does(settling(advance, later))


def test_an_advance_goes_against_lines_of_its_own_book_and_unit(cash: Cash, room: Room) -> None:
    advance = advanced(cash)
    fund = Cash(cash.cast, cash.does(OpenBook(kind="cc.fund.social", day=FIRST)).id)
    other = one_day(fund, room, account="5.1.06")
    with refused("treasury.other-line"):
        cash.does(settling(advance, other))
    row = BudgetRow(account=cash.account("5.1.02"), amount="100", words="En dólares")
    decided = decide(room, "En dólares")
    adopt = AdoptBudget(book=cash.book, resolution=decided, begins=FIRST, ends=TODAY, unit="USD", rows=(row,))
    dollars = BudgetLine.objects.get(budget=cash.does(adopt).id).id
    for unit in ("VES", "USD"):
        with refused("treasury.other-line"):
            cash.does(settling(advance, dollars, unit=unit))


def test_nothing_is_replenished_before_it_was_spent(cash: Cash) -> None:
    box = cash.account("1.1.03")
    move: dict[str, Any] = {"book": cash.book, "day": YESTERDAY, "out_of": cash.account("1.1.02"), "into": box}
    cash.does(Move(**move, unit="VES", amount="1000", words="A caja chica"))
    paid = cash.signed(cash.paying("400", out_of=box)).id
    cash.does(FileReceipt(entry=paid, supplier="Bodega", day=TODAY, unit="VES", amount="400", kept_at="Carpeta 1"))
    fields: dict[str, Any] = {"book": cash.book, "into": box, "out_of": cash.account("1.1.02"), "unit": "VES"}
    act = Replenish(**fields, day=YESTERDAY, amount="400")
    with refused("treasury.replenished-before"):
        cash.does(act)
    cash.does(act.model_copy(update={"day": TODAY}))


def test_a_promise_is_paid_since_the_day_of_the_promise(cash: Cash) -> None:
    line = BudgetLine.objects.get().id
    due = TODAY + timedelta(days=5)
    promise = cash.signed(
        Commit(line=line, unit="VES", amount="500", payee="Ferretería", due=due, words="Una válvula")
    ).id
    with refused("treasury.before-the-promise"):
        cash.does(Propose(act=cash.paying("500", commitment=promise, day=YESTERDAY)))
    cash.signed(cash.paying("500", commitment=promise))


# Out of what


def test_a_payment_out_of_the_account_of_its_line_is_none(cash: Cash, room: Room) -> None:
    """A line may buy a thing for an account of what there is; it pays it out of another one."""
    tool = one_day(cash, room, account="1.1.02")
    with refused("treasury.same-account"):
        cash.does(Propose(act=cash.paying("100", line=tool)))
    assert BudgetLine.objects.get(pk=tool).spent == 0


def test_an_advance_settled_against_a_line_on_its_own_account_is_not_settled(cash: Cash, room: Room) -> None:
    """Where the chart has no account for advances, one that holds nothing else is said, also one of a line."""
    fund = Cash(cash.cast, cash.does(OpenBook(kind="cc.fund.social", day=FIRST)).id)
    fund.receive("50000")
    own = cash.does(OpenAccount(beneath=fund.account("1.1.01"), code="1.1.01.01", name="Herramientas")).id
    row = BudgetRow(account=own, amount="5000", words="Una carretilla")
    decided = decide(room, "Comprar una carretilla")
    adopt = AdoptBudget(book=fund.book, resolution=decided, begins=FIRST, ends=TODAY, unit="VES", rows=(row,))
    line = BudgetLine.objects.get(budget=cash.does(adopt).id).id
    advance = advanced(fund, out_of=fund.account("1.1.02"), into=own)
    with refused("treasury.same-account"):
        cash.does(settling(advance, line))


def test_what_is_owed_is_paid_back_against_a_line_and_no_more_of_it(cash: Cash, room: Room) -> None:
    cash.receive("700", source=cash.account("2.1.01"), words="Fiado en la bodega")
    debts = one_day(cash, room, account="2.1.01")
    with refused("treasury.more-than-owed"):
        cash.does(Propose(act=cash.paying("701", line=debts)))
    cash.signed(cash.paying("700", line=debts))
    assert (cash.held("2.1.01"), cash.held("1.1.02")) == (0, 80_000)
    with refused("treasury.more-than-owed"):
        cash.does(settling(advanced(cash), debts))


# Budgets


def test_a_budget_has_no_more_lines_than_a_page_bears(cash: Cash, room: Room) -> None:
    row = BudgetRow(account=cash.account("5.1.02"), amount="1", words="Gasoil")
    decided = decide(room, "Un presupuesto largo")
    adopt = AdoptBudget(book=cash.book, resolution=decided, begins=FIRST, ends=TODAY, unit="VES", rows=(row,) * 201)
    with refused("treasury.too-many-lines"):
        cash.does(adopt)


def test_a_decision_moves_money_between_lines_once(cash: Cash, room: Room) -> None:
    first = BudgetLine.objects.get().id
    second = one_day(cash, room)
    budget = Resolution.objects.order_by("-born")[0]
    with frozen_at(LATER_STILL):
        decided, again = decide(room, "Mover"), decide(room, "Mover otra vez")
        move = MoveBudget(resolution=decided, out_of=first, into=second, unit="VES", amount="100")
        cash.does(move)
        with refused("treasury.decision-used") as caught:
            cash.does(move)
        number = Resolution.objects.get(pk=decided).number
        assert f"{number}/2026" in str(caught.value.words)
        cash.does(move.model_copy(update={"resolution": again}))
        row = BudgetRow(account=cash.account("5.1.02"), amount="100", words="Gasoil")
        with refused("treasury.decision-used"):
            cash.does(
                AdoptBudget(book=cash.book, resolution=decided, begins=FIRST, ends=TODAY, unit="VES", rows=(row,))
            )
    assert BudgetLine.objects.get(pk=second).amount == 5_200
    assert budget.id not in (decided, again)


def test_a_decision_that_is_a_budget_moves_no_money(cash: Cash, room: Room) -> None:
    """Not even between lines that were there before it."""
    first, second = BudgetLine.objects.get().id, one_day(cash, room)
    with frozen_at(LATER_STILL):
        one_day(cash, room)
        budget = Resolution.objects.order_by("-born")[0].id
        with refused("treasury.decision-used"):
            cash.does(MoveBudget(resolution=budget, out_of=first, into=second, unit="VES", amount="100"))


def test_what_is_promised_does_not_move_to_another_line(cash: Cash, room: Room) -> None:
    first, second = BudgetLine.objects.get().id, one_day(cash, room)
    due = TODAY + timedelta(days=5)
    cash.signed(Commit(line=first, unit="VES", amount="30000", payee="Ferretería", due=due, words="Válvulas"))
    with frozen_at(LATER_STILL):
        move = MoveBudget(resolution=decide(room, "Mover"), out_of=first, into=second, unit="VES", amount="20001")
        with refused("treasury.beyond-the-line"):
            cash.does(move)
        cash.does(move.model_copy(update={"amount": "20000"}))
