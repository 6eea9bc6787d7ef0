"""The council's sample has accounts: what it shows of them, whenever in the year it is made."""

from __future__ import annotations

import json
from datetime import date

import pytest

from comuna.acts.clock import frozen_at
from comuna.acts.proposals import open_proposals
from comuna.cli.sample import make_council
from comuna.journal.home import home
from comuna.journal.models import Record
from comuna.journal.queries import commune_here
from comuna.mandates import accounts
from comuna.mandates.queries import mandates_of
from comuna.treasury import queries
from comuna.treasury.models import Book, Entry, Payment
from comuna.treasury.models.advances import Advance
from comuna.treasury.models.counts import Count
from comuna.treasury.models.receipts import Receipt
from comuna.treasury.models.rendering import Rendering
from conftest import Books

TREASURY_ACTS = 45  # at most: the sample is for a quick look


@pytest.mark.parametrize("day", ["2026-11-28", "2027-04-14"])
def test_the_sample_council_has_a_book_a_fund_and_accounts_that_an_assembly_approved(books: Books, day: str) -> None:
    with frozen_at(f"{day}T15:00:00Z"):
        make_council(seed=1, progress=lambda _done, _of: None)
        commune = commune_here()
        assert commune is not None
        assert sorted(Book.objects.values_list("kind", flat=True)) == ["cc.books", "cc.fund.social"]
        book = Book.objects.get(kind="cc.books")
        paid = Payment.objects.filter(line__budget__book=book).exclude(entry__words="Teflón, pega y dos llaves de paso")
        receipts = set(Receipt.objects.values_list("entry", flat=True))
        without = [one for one in paid if one.entry_id not in receipts]
        assert (paid.count() - len(without), len(without)) == (4, 1)
        assert Advance.objects.get().open == 0
        assert Count.objects.count() == 1
        closed = queries.closed_through(book.id)
        assert closed is not None
        assert Rendering.objects.filter(through=closed, book=book, withdrawn_on=None).exists()
        assert Entry.objects.filter(book=book, day__gt=closed).exists(), "a quarter is open"
        assert not open_proposals(commune, date.fromisoformat(day))
        assert Record.objects.filter(verb__startswith="treasury.").count() <= TREASURY_ACTS
        _two_of_each_can_sign_in(day)


def _two_of_each_can_sign_in(day: str) -> None:
    """Whom the first page names: two of the unit that pays, two of the one that decides on aid."""
    listed = json.loads((home() / "demo.json").read_text("utf-8"))
    kinds = []
    for one in listed:
        account = accounts.recognise(one["name"], one["password"], address="127.0.0.1")
        assert account is not None, one["name"]
        kinds += [held.kind for held in mandates_of(account, date.fromisoformat(day))]
    assert kinds.count("cc.finance") == 2
    assert sum(kind.startswith("cc.committee.") for kind in kinds) >= 2
