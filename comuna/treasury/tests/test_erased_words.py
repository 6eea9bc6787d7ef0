"""What was erased of a budget stands in no sentence of what was done with it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.test import Client
from django.urls import reverse

from comuna.acts.clock import frozen_at
from comuna.acts.erasing import ErasableAudience, ErasePrivate
from comuna.acts.queries import latest
from comuna.assemblies.models import Resolution
from comuna.journal.models import PrivatePart, Record
from comuna.treasury.acts import AdoptBudget, Commit, MoveBudget
from comuna.treasury.acts.advancing import SettleAdvance
from comuna.treasury.acts.budgeting import BudgetRow
from comuna.treasury.models import BudgetLine
from comuna.treasury.tests.cash import FIRST, LATER, TODAY, Cash, budgeted, decide, in_session
from comuna.treasury.tests.test_advances import giving
from comuna.treasury.tests.test_pages import read
from tests.cast import Cast

WORDS, OTHER = "Válvulas", "Bomba de agua"


def test_words_of_a_budget_that_were_erased_stand_in_no_sentence_and_in_no_record(founded: Cast) -> None:
    room = in_session(founded)
    with frozen_at(LATER):
        cash = budgeted(founded)
        decided = decide(room, "Comprar una bomba")
        first = BudgetLine.objects.get()
        row = BudgetRow(account=cash.account("5.1.01"), amount="1000", words=OTHER)
        fields: dict[str, Any] = {"book": cash.book, "begins": FIRST, "ends": date(2026, 12, 31), "unit": "VES"}
        cash.does(AdoptBudget(resolution=decided, rows=(row,), **fields))
        second = BudgetLine.objects.get(words=OTHER)
        did = _everything(cash, first, second, decide(room, "Mover a la bomba"))
        said = " ".join(step.said for step in latest(founded.commune, slice(0, 40)))
        assert said.count(WORDS) == 4 and said.count(OTHER) == 1
        for line in (first, second):
            erase = ErasePrivate(
                subject=line.budget_id, audiences=(ErasableAudience.PUBLIC,), reason="Nombraba a alguien"
            )
            founded.signed(erase)
        said = " ".join(step.said for step in latest(founded.commune, slice(0, 40)))
        assert WORDS not in said and OTHER not in said
        assert WORDS not in read(Client(), reverse("books:thread", args=[did]))
        kept = [bytes(body).decode() for body in Record.objects.values_list("body", flat=True)]
        kept += [bytes(body).decode() for body in PrivatePart.objects.values_list("body", flat=True)]
        assert not [one for one in kept if WORDS in one or OTHER in one]


def _everything(cash: Cash, first: BudgetLine, second: BudgetLine, decision: Any) -> Any:
    """That says what a line is for; the payment."""
    paid = cash.signed(cash.paying("12000", line=first.id)).id
    same: dict[str, Any] = {"line": first.id, "unit": "VES", "amount": "100", "payee": "Bodega", "words": "Cal"}
    cash.signed(Commit(**same, due=TODAY))
    advance = cash.signed(giving(cash, words="Cemento")).id
    cash.does(SettleAdvance(**same, advance=advance, day=TODAY))
    cash.does(MoveBudget(resolution=decision, out_of=first.id, into=second.id, unit="VES", amount="100"))
    assert Resolution.objects.count() == 3
    return paid
