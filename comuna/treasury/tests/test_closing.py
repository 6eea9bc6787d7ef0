"""What the organ approved is closed: nothing is entered in it, neither by an act nor past it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction
from django.test import Client

from comuna.acts.clock import frozen_at
from comuna.assemblies.models import Resolution
from comuna.assemblies.tests.test_session import Room
from comuna.journal.models import Checkpoint, Record
from comuna.treasury.acts import (
    ApproveAccounts,
    FileReceipt,
    ForgetBankStatement,
    RemoveReceipt,
    Reverse,
    UnmatchBankLine,
)
from comuna.treasury.control import Doubt
from comuna.treasury.models import BankLine, BankStatement, Closing, Entry, Posting
from comuna.treasury.queries.control import doubts
from comuna.treasury.tests.cash import FIRST, LATER, LATER_STILL, TODAY, Cash, budgeted, decide, in_session
from comuna.treasury.tests.test_bankfiles import FILE, pair, take
from comuna.treasury.tests.test_pages import read
from tests.cast import Cast, refused

UNTIL = date(2026, 2, 15)
FIRST_ENTRY = date(2026, 2, 10)
HEAD = FILE.splitlines()[1]


@pytest.fixture
def room(founded: Cast) -> Room:
    return in_session(founded)


@pytest.fixture
def cash(founded: Cast, room: Room) -> Iterator[Cash]:
    """Its accounts until 15 February were put to the assembly after everything had been entered."""
    with frozen_at(LATER):
        cash = budgeted(founded)
    with frozen_at(LATER_STILL):
        decide(room, "Aprobar las cuentas hasta el 15 de febrero", approves=True)
        yield cash


def approval(cash: Cash, **other: object) -> ApproveAccounts:
    newest = Resolution.objects.order_by("-born")[0].id
    return ApproveAccounts.model_validate({"book": cash.book, "through": UNTIL, "resolution": newest} | other)


def test_approved_accounts_take_no_entry_any_more(cash: Cash, room: Room) -> None:
    cash.does(approval(cash))
    assert Checkpoint.objects.latest("size").size == Record.objects.count()  # a code for the minutes at once
    with refused("treasury.closed"):
        cash.receive("100", day=UNTIL)
    with refused("treasury.closed"):
        cash.signed(Reverse(entry=Entry.objects.get().id, day=UNTIL, words="Tarde"))
    cash.signed(Reverse(entry=Entry.objects.get().id, day=TODAY, words="Se corrige después"))
    with refused("treasury.decision-used"):
        cash.does(approval(cash))
    decide(room, "Aprobarlas otra vez", approves=True)
    with refused("treasury.closed-already"):
        cash.does(approval(cash))


def test_the_database_itself_keeps_a_closed_period_closed(cash: Cash) -> None:
    cash.does(approval(cash))
    entry, again = Entry.objects.get(), uuid4()
    rows = [
        Posting(
            id=uuid4(),
            commune=entry.commune,
            born=9,
            touched=9,
            entry_id=again,
            account_id=cash.account(code),
            unit="VES",
            amount=amount,
            number=90,
            after=0,
        )
        for code, amount in (("1.1.02", 5), ("4.1.01", -5))
    ]
    entry.id, entry.folio, entry.day = again, 2, UNTIL
    with transaction.atomic():
        Posting.objects.bulk_create(rows)
        with pytest.raises(DatabaseError, match="closed"), transaction.atomic():
            Entry.objects.bulk_create([entry])
        transaction.set_rollback(True)
    with pytest.raises(DatabaseError, match="stays closed"):
        Closing.objects.all().delete()


def test_what_is_closed_without_having_stood_before_the_session_is_asked_about(cash: Cash) -> None:
    closed = cash.does(approval(cash)).id
    found = doubts(cash.cast.commune, UNTIL, TODAY, TODAY)
    assert [one.acts for one in found if one.doubt is Doubt.CLOSED_UNSEEN] == [(closed,)]
    assert "sin que la sesión" in read(Client(), "/accounts/control/")


def test_what_was_shown_with_closed_days_is_not_taken_away(cash: Cash) -> None:
    mine = cash.receive("100", day=TODAY).id
    receipts = [
        cash.does(FileReceipt(entry=one, supplier="X", day=day, unit="VES", amount="1", kept_at="Carpeta 1")).id
        for one, day in ((Entry.objects.get(folio=1).id, FIRST_ENTRY), (mine, TODAY))
    ]
    said, first = take(cash).id, Entry.objects.get(folio=1).id
    cash.does(pair(cash, 80_000, first))
    cash.does(approval(cash))
    with refused("treasury.stands-with-closed"):
        cash.does(UnmatchBankLine(line=BankLine.objects.get(entry=first).id))
    with refused("treasury.stands-with-closed"):
        cash.does(RemoveReceipt(receipt=receipts[0], words="No me gusta"))
    cash.does(RemoveReceipt(receipt=receipts[1], words="Era de otro"))
    with refused("treasury.stands-with-closed"):
        cash.does(ForgetBankStatement(statement=said, words="No me gusta"))


def test_a_statement_of_open_days_stays_while_a_line_of_it_is_matched_with_a_closed_entry(cash: Cash) -> None:
    matched = take(cash, FILE.replace("10/02/2026", "11/02/2026")).id
    cash.does(pair(cash, 80_000, Entry.objects.get(folio=1).id))
    other = take(cash, f"{HEAD}\n13/02/2026;000779;VENTA;;10,00;2.058,50").id
    cash.does(approval(cash, through=FIRST_ENTRY))
    assert BankStatement.objects.get(pk=matched).first > FIRST_ENTRY
    with refused("treasury.stands-with-closed"):
        cash.does(ForgetBankStatement(statement=matched, words="No me gusta"))
    cash.does(ForgetBankStatement(statement=other, words="De otra cuenta"))


def test_what_was_entered_after_the_decision_was_not_approved(cash: Cash) -> None:
    cash.receive("100", day=UNTIL)
    with refused("treasury.entered-since"):
        cash.does(approval(cash))
    cash.does(approval(cash, through=date(2026, 2, 9)))


def test_days_that_the_organ_could_not_approve_are_refused(cash: Cash) -> None:
    with refused("treasury.after-the-decision"):
        cash.does(approval(cash, through=date(2026, 2, 21)))
    with refused("treasury.before-the-book"):
        cash.does(approval(cash, through=date(2026, 1, 31)))


def test_the_day_of_the_session_and_the_first_of_the_book_may_be_the_last_that_is_approved(
    cash: Cash, room: Room
) -> None:
    cash.does(approval(cash, through=FIRST))
    decide(room, "Aprobar también las de febrero", approves=True)
    cash.does(approval(cash, through=TODAY))
    assert [one.through for one in Closing.objects.order_by("through")] == [FIRST, TODAY]
