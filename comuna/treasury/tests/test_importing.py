"""Entries of earlier books come from a file by one act, all of them or none, and go again by another."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from hashlib import sha256
from typing import Any

import pytest

from comuna.acts.acts import Propose
from comuna.acts.clock import frozen_at
from comuna.acts.door import Done
from comuna.acts.erasing import ErasableAudience, ErasePrivate
from comuna.journal import files
from comuna.statutes.bookkeeping import AccountUse
from comuna.treasury import plaintext
from comuna.treasury.acts import ImportEntries, OpenAccount, Reverse, UndoImport, import_table, importing
from comuna.treasury.acts.import_table import EntryRow, Posted, table_bytes
from comuna.treasury.control import Doubt, Finding
from comuna.treasury.models import Account, Book, Entry, EntryImport
from comuna.treasury.queries.control import doubts
from comuna.treasury.tests.bank import Bank
from comuna.treasury.tests.cash import FIRST, LATER, TODAY, Cash
from tests.cast import Cast, refused


@pytest.fixture
def cash(founded: Cast) -> Iterator[Cash]:
    with frozen_at(LATER):
        yield Cash.opened(founded)


def row(amount: int = 12_500, *, day: date = date(2026, 2, 3), **other: Any) -> EntryRow:
    """So much of dues into the bank."""
    lines = [Posted("1.1.02", "VES", str(amount)), Posted("4.1.01", "VES", str(-amount))]
    return EntryRow(**{"day": day, "lines": lines, "reference": False, "words": True, **other})


def importing_of(cash: Cash, data: bytes, **other: Any) -> ImportEntries:
    fields: dict[str, Any] = {"book": cash.book, "table": files.store(data, import_table.MEDIA_TYPE)}
    return ImportEntries(**fields | other)


def take(cash: Cash, *rows: EntryRow, words: tuple[str, ...] | None = None) -> Done:
    given = ("Aportes",) * sum(one.words for one in rows) if words is None else words
    return cash.signed(importing_of(cash, table_bytes(rows), words=given))


def test_every_row_is_an_entry_under_the_next_folio(cash: Cash) -> None:
    cash.receive("100")
    rows = [row(1_000), row(500, day=date(2026, 2, 2)), row(-1_500, words=False)]
    done = take(cash, *rows, words=("Rifa", "Aportes"))
    found = [(one.folio, one.day.day, one.words) for one in Entry.objects.filter(act=done.id).order_by("folio")]
    assert found == [(2, 3, "Rifa"), (3, 2, "Aportes"), (4, 3, "")]
    assert cash.trial() == {"1.1.02": 100, "4.1.01": -100}


def test_no_word_stands_in_the_file_and_all_of_them_can_be_erased(cash: Cash) -> None:
    done = take(cash, row(), row(), words=("Rifa de la escuela", "Otra"))
    assert b"Rifa" not in files.read(sha256(table_bytes([row(), row()])).hexdigest())
    cash.cast.signed(ErasePrivate(subject=done.id, audiences=(ErasableAudience.PUBLIC,), reason="Nombraba a alguien"))
    assert set(Entry.objects.values_list("words", flat=True)) == {""}


BACK = [Posted("1.1.02", "VES", "-12500"), Posted("4.1.01", "VES", "12500")]


@pytest.mark.parametrize(
    ("rule", "field", "wrong"),
    [
        ("treasury.day-to-come", "day", {"day": date(2026, 2, 21)}),
        ("treasury.before-the-book", "day", {"day": date(2026, 1, 31)}),
        ("treasury.no-such-account", "lines", {"lines": [Posted("9.9", "VES", "1"), Posted("4.1.01", "VES", "-1")]}),
        ("treasury.no-such-unit", "lines", {"lines": [Posted("1.1.02", "XXX", "1"), Posted("4.1.01", "XXX", "-1")]}),
        ("treasury.moves-nothing", "lines", {"lines": [Posted("1.1.02", "VES", "0"), Posted("4.1.01", "VES", "0")]}),
        ("treasury.not-balanced", "lines", {"lines": [Posted("1.1.02", "VES", "2"), Posted("4.1.01", "VES", "-1")]}),
        ("treasury.not-balanced", "lines", {"lines": []}),
        ("treasury.not-enough", "lines", {"lines": [Posted("1.1.01", "VES", "-1"), Posted("5.1.01", "VES", "1")]}),
        ("treasury.not-a-reversal", "reverses", {"reverses": 1}),
        ("treasury.not-a-reversal", "reverses", {"reverses": 2, "lines": BACK}),
        ("treasury.not-a-reversal", "reverses", {"reverses": 1, "lines": BACK, "day": date(2026, 2, 2)}),
    ],
)
def test_one_wrong_row_and_none_is_taken(cash: Cash, rule: str, field: str, wrong: dict[str, Any]) -> None:
    with refused(rule) as said:
        take(cash, row(), row(**wrong))
    assert said.value.field == f"act.table.2.{field}"
    assert not Entry.objects.exists()


def test_an_account_never_holds_more_than_the_database_can(cash: Cash) -> None:
    with refused("treasury.too-large") as said:
        take(cash, *[row(9 * 10**14)] * 2)
    assert said.value.field == "act.table.2.lines"
    back = row(lines=[Posted("1.1.02", "VES", str(-(10**15 - 1))), Posted("5.1.01", "VES", str(10**15 - 1))])
    with refused("treasury.too-large") as said:
        take(
            cash,
            row(lines=[Posted("4.1.01", "VES", str(-(10**15 - 1))), Posted("1.1.02", "VES", str(10**15 - 1))]),
            back,
            row(lines=[Posted("4.1.01", "VES", "-1"), Posted("1.1.02", "VES", "1")]),
        )
    assert said.value.field == "act.table.3.lines"


def test_an_entry_is_taken_back_within_the_file_once(cash: Cash) -> None:
    take(cash, row(), row(lines=BACK, reverses=1))
    assert Entry.objects.get(folio=2).reverses_id == Entry.objects.get(folio=1).id
    with refused("treasury.not-a-reversal"):
        take(cash, row(), row(lines=BACK, reverses=1), row(lines=BACK, reverses=1))


@pytest.mark.parametrize(
    ("rule", "data"),
    [
        ("treasury.nothing-to-import", b""),
        ("treasury.not-such-a-table", b"{}\n"),
        ("treasury.not-such-a-table", b"[\n"),
        ("treasury.not-such-a-table", table_bytes([row()]).replace(b":", b": ")),
        ("treasury.not-such-a-table", table_bytes([row()]).replace(b'"12500"', b"12500")),
    ],
)
def test_a_file_that_is_none_of_entries_is_refused(cash: Cash, rule: str, data: bytes) -> None:
    with refused(rule):
        cash.signed(importing_of(cash, data, words=("Aportes",)))


def test_a_row_that_cannot_be_read_is_named(cash: Cash) -> None:
    data = table_bytes([row(), row()]).replace(b"true}\n", b"7}\n", 1)
    with refused("treasury.not-such-a-table") as said:
        cash.signed(importing_of(cash, data, words=("Aportes",)))
    assert "1" in str(said.value) and "words" in str(said.value)


def test_a_file_that_nobody_handed_in_is_refused(cash: Cash) -> None:
    with refused("treasury.no-such-file"):
        cash.signed(ImportEntries(book=cash.book, table="ab" * 32))


def test_words_and_rows_belong_together(cash: Cash, monkeypatch: pytest.MonkeyPatch) -> None:
    with refused("treasury.other-words"):
        take(cash, row(), words=())
    monkeypatch.setattr(importing, "WORDS_BYTES_MAX", 6)
    with refused("treasury.too-many-words"):
        take(cash, row())


def test_taking_back_leaves_nothing_of_it_and_every_entry_to_be_read(cash: Cash) -> None:
    cash.receive("100")
    done = take(cash, row(1_000), row(2_000, day=TODAY), row(3_000), row(-3_000, reverses=3))
    cash.signed(Reverse(entry=Entry.objects.get(folio=2).id, day=TODAY, words="Una sola"))
    back = UndoImport(imported=done.id, day=TODAY, words="Era el libro de otro año")
    with refused("treasury.reversed-before"):
        cash.signed(back.model_copy(update={"day": date(2026, 2, 19)}))
    cash.signed(back)
    assert cash.trial() == {"1.1.02": 100, "4.1.01": -100}
    assert Book.objects.get().entries == 7
    with refused("treasury.import-taken-back"):
        cash.signed(back)
    assert EntryImport.objects.get().entries == 4


def test_nobody_takes_entries_from_a_file_alone_nor_what_has_acts_of_its_own(cash: Cash) -> None:
    with refused("acts.needs-signatures"):
        cash.does(importing_of(cash, table_bytes([row(words=False)])))
    for use in (AccountUse.TRANSFERS, AccountUse.EXCHANGE):
        code = Account.objects.get(book=cash.book, use=use.value).code
        with refused("treasury.by-an-act-of-its-own"):
            take(cash, row(lines=[Posted("1.1.02", "VES", "700"), Posted(code, "VES", "-700")]))


def test_an_account_opened_beneath_is_known_by_its_code(cash: Cash) -> None:
    cash.does(OpenAccount(beneath=cash.account("1.1.02"), code="1.1.02.07", name="Otro banco"))
    take(cash, row(lines=[Posted("1.1.02.07", "CYL-10", "3"), Posted("4.1.01", "CYL-10", "-3")]))
    assert "assets:cc.books:1.1.02.07  3 " in "".join(plaintext.lines([Book.objects.get()], "hledger"))
    assert Entry.objects.get().day >= FIRST


def test_what_comes_late_from_a_file_is_asked_about_once_and_not_entry_by_entry(cash: Cash) -> None:
    with frozen_at("2026-05-10T14:00:00Z"):
        done = take(cash, *[row(100, day=date(2026, 2, number)) for number in range(3, 9)])
        cash.receive("250", day=date(2026, 4, 30))
    found = doubts(cash.cast.commune, FIRST, date(2026, 5, 10), date(2026, 5, 10))
    assert found == [Finding(Doubt.ENTERED_LATE, (done.id,), date(2026, 2, 3))]


def test_what_is_kept_one_by_one_comes_from_no_file(founded: Cast) -> None:
    """Savings, credits and advances have acts of their own; a file would leave them behind the ledger."""
    with frozen_at(LATER):
        bank = Bank.opened(founded)
        for code in ("2.2.01", "1.3.01"):
            lines = [Posted("1.1.01", "VES", "500"), Posted(code, "VES", "-500")]
            act = importing_of(Cash(founded, bank.book), table_bytes([row(lines=lines)]), words=("Ahorros",))
            with refused("treasury.kept-one-by-one") as said:
                bank.does(Propose(act=act))
            assert said.value.field == "act.table.1.lines"
        assert bank.adds_up()
        cash = Cash.opened(founded)
        with refused("treasury.kept-one-by-one"):
            take(cash, row(lines=[Posted("1.1.05", "VES", "500"), Posted("4.1.01", "VES", "-500")]))


def test_what_takes_another_row_back_is_not_taken_back(cash: Cash) -> None:
    with refused("treasury.not-a-reversal") as said:
        take(cash, row(), row(lines=BACK, reverses=1), row(reverses=2))
    assert said.value.field == "act.table.3.reverses"


def test_what_came_from_a_file_goes_on_an_open_day_and_never_beyond_what_an_account_holds(cash: Cash) -> None:
    done = take(cash, row(10))
    back = UndoImport(imported=done.id, day=TODAY, words="Era de otro libro")
    with refused("treasury.day-to-come"):
        cash.signed(back.model_copy(update={"day": date(2026, 2, 21)}))
    take(cash, row(lines=[Posted("4.1.01", "VES", "9" * 15), Posted("2.1.01", "VES", "-" + "9" * 15)]))
    take(cash, row(lines=[Posted("4.1.01", "VES", "10"), Posted("4.1.02", "VES", "-10")]))
    with refused("treasury.too-large"):
        cash.signed(back)
