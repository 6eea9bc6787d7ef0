"""Money and goods in the life of ``every_act``: a book, its accounts, a budget by a decision, a payment."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from comuna.assemblies.models import Resolution
from comuna.treasury.acts import (
    AdoptBudget,
    ApproveAccounts,
    Move,
    MoveBudget,
    OpenAccount,
    OpenBook,
    Pay,
    Receive,
    RecordOpening,
    Reverse,
    WithdrawBudget,
)
from comuna.treasury.acts.budgeting import BudgetRow
from comuna.treasury.acts.opening import OpeningRow
from comuna.treasury.effects import account_key
from comuna.treasury.models import Book, BudgetLine
from tests.every_act_aid import aid
from tests.every_act_bank import credit_lost, saved_and_lent
from tests.every_act_control import control
from tests.every_act_exchange import exchange
from tests.every_act_paper import paper
from tests.every_act_rates import petty_cash, rated
from tests.every_act_transfers import transferred
from tests.town import Town

FIRST, DAY = date(2026, 1, 10), date(2026, 2, 7)


def treasury(town: Town) -> None:
    """By the first decision of the assembly."""
    first = town.promoters[0]
    book = town.do(first, OpenBook(kind="small.book", day=FIRST)).id
    box, spending = account_key(book, "1"), account_key(book, "5")
    bank = town.do(first, OpenAccount(beneath=box, code="1.1", name="Banco del Pueblo")).id
    income = account_key(book, "7")
    there = (OpeningRow(account=box, amount="100000"),)
    town.do(first, RecordOpening(book=book, unit="EUR", rows=there))
    rent = Receive(
        book=book, day=DAY, unit="EUR", into=box, source=income, amount="5000", words="Rifa", reference="0042"
    )
    mistaken = town.do(first, rent).id
    town.do(first, Reverse(entry=mistaken, day=DAY, words="Dos veces lo mismo"))
    carried = Move(
        book=book, day=DAY, unit="EUR", out_of=box, into=bank, amount="20000", words="Al banco", reference="0043"
    )
    town.do(first, carried)
    rows = tuple(BudgetRow(account=spending, amount="30000", words=words) for words in ("Tubos", "Válvulas"))
    decided = Resolution.objects.order_by("born")[0].id
    budget = AdoptBudget(book=book, resolution=decided, begins=DAY, ends=DAY, unit="EUR", rows=rows)
    town.do(first, WithdrawBudget(budget=town.do(first, budget.model_copy(update={"rows": rows[:1]})).id))
    town.do(first, budget)
    line = _lines()[0]
    paying = Pay(line=line, day=DAY, out_of=bank, unit="EUR", amount="1250", payee="Ferretería", words="Tubos")
    town.do(first, paying)
    saved_and_lent(town)


def treasury_moved(town: Town) -> None:
    """By a later decision."""
    later = Resolution.objects.order_by("-born")[0].id
    out_of, into = _lines()
    town.do(town.promoters[0], MoveBudget(resolution=later, out_of=out_of, into=into, unit="EUR", amount="1000"))


def treasury_approved(town: Town) -> None:
    """By the newest decision; the book is closed until the day of the session."""
    book = Book.objects.get(kind="small.book")
    decided = Resolution.objects.filter(organ="assembly").order_by("-born")[0].id
    town.do(town.promoters[0], ApproveAccounts(book=book.id, through=FIRST, resolution=decided))
    exchange(town)
    control(town)
    credit_lost(town)
    transferred(town)
    petty_cash(town)
    rated(town)
    paper(town)
    aid(town)


def _lines() -> list[UUID]:
    standing = BudgetLine.objects.filter(budget__withdrawn_on=None)
    return list(standing.order_by("number").values_list("id", flat=True))
