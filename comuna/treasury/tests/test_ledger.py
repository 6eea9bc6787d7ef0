"""Entries balance, are numbered without gaps, are never changed, and are taken back by others."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from comuna.acts.clock import frozen_at
from comuna.treasury import queries
from comuna.treasury.acts import Move, OpenAccount, OpenBook, RecordOpening, Reverse, opening
from comuna.treasury.acts.opening import OpeningRow
from comuna.treasury.models import Account, Book, Entry, Posting, Turnover
from comuna.treasury.tests.cash import FIRST, LATER, TODAY, Cash, budgeted, in_session
from tests.cast import Cast, refused


@pytest.fixture
def cash(founded: Cast) -> Iterator[Cash]:
    with frozen_at(LATER):
        yield Cash.opened(founded)


def test_one_alone_takes_nothing_back(founded: Cast) -> None:
    in_session(founded)
    with frozen_at(LATER):
        cash = budgeted(founded)
        paid = cash.signed(cash.paying("12000")).id
        with refused("acts.needs-signatures"):
            cash.does(Reverse(entry=paid, day=TODAY, words="No se hizo"))
        cash.signed(Reverse(entry=paid, day=TODAY, words="No se hizo"))


def test_what_comes_in_stands_on_both_sides_and_in_its_month(cash: Cash) -> None:
    cash.receive("125000")
    cash.receive("5000", source=cash.account("4.1.04"), day=date(2026, 2, 12))
    assert cash.trial() == {"1.1.02": 130_000, "4.1.01": -125_000, "4.1.04": -5_000}
    assert [one.folio for one in Entry.objects.order_by("folio")] == [1, 2]
    (bank,) = Turnover.objects.filter(account_id=cash.account("1.1.02"))
    assert (bank.month, bank.debit, bank.credit) == (date(2026, 2, 1), 130_000, 0)
    lines = queries.statement(cash.account("1.1.02"), "VES", 1, 50)
    assert [(one.posting.amount, one.posting.after) for one in lines] == [(125_000, 125_000), (5_000, 130_000)]


def test_each_unit_balances_by_itself(cash: Cash) -> None:
    cash.receive("125000")
    cash.receive("30000", unit="KG", into=cash.account("1.2.01"))
    assert cash.held("1.2.01", "KG") == 30_000
    assert cash.held("1.2.01", "VES") == 0
    with refused("treasury.no-such-unit"):
        cash.receive("1", unit="EUR")


def test_an_asset_gives_no_more_than_it_holds(cash: Cash) -> None:
    cash.receive("1000")
    move = Move(
        book=cash.book,
        day=TODAY,
        out_of=cash.account("1.1.02"),
        into=cash.account("1.1.03"),
        unit="VES",
        amount="1001",
        words="A caja chica",
    )
    with refused("treasury.not-enough") as caught:
        cash.does(move)
    assert "10,00 VES" in str(caught.value.words)
    cash.does(move.model_copy(update={"amount": "1000"}))
    assert (cash.held("1.1.02"), cash.held("1.1.03")) == (0, 1_000)


def test_an_entry_is_taken_back_once_by_another_that_cites_it(cash: Cash) -> None:
    done = cash.receive("1000")
    back = Reverse(entry=done.id, day=TODAY, words="Era de otro consejo")
    reversal = cash.signed(back)
    assert set(cash.trial().values()) == {0}
    assert Entry.objects.get(pk=reversal.id).reverses_id == done.id
    with refused("treasury.reversed-already"):
        cash.signed(back)
    with refused("treasury.is-a-reversal"):
        cash.signed(back.model_copy(update={"entry": reversal.id}))


def test_what_was_there_before_is_the_opening_balance(cash: Cash) -> None:
    rows = (
        OpeningRow(account=cash.account("1.1.01"), amount="2000"),
        OpeningRow(account=cash.account("2.1.01"), amount="500"),
    )
    cash.does(RecordOpening(book=cash.book, unit="VES", rows=rows))
    assert cash.trial() == {"1.1.01": 2_000, "2.1.01": -500, "3.1.01": -1_500}
    with refused("treasury.account-twice"):
        cash.does(RecordOpening(book=cash.book, unit="VES", rows=(rows[0], rows[0])))
    with refused("treasury.nothing-there"):
        cash.does(RecordOpening(book=cash.book, unit="VES", rows=()))


def test_a_book_is_opened_once_and_only_by_the_organ_that_keeps_it(cash: Cash) -> None:
    with refused("treasury.opened-already"):
        cash.does(OpenBook(kind="cc.books", day=FIRST))
    with refused("treasury.no-such-book"):
        cash.does(OpenBook(kind="cc.no-such", day=FIRST))
    with refused("mandates.no-seat"):
        cash.does(cash.receiving("1000"), cash.cast.neighbour)
    with refused("mandates.other-seat"):
        cash.does(cash.receiving("1000"), cash.cast.secretary)


def test_days_before_the_book_and_days_to_come_are_refused(cash: Cash) -> None:
    with refused("treasury.before-the-book"):
        cash.receive("1000", day=date(2026, 1, 31))
    with refused("treasury.day-to-come"):
        cash.receive("1000", day=date(2026, 2, 22))


def test_an_account_of_another_kind_or_book_is_refused(cash: Cash) -> None:
    social = cash.does(OpenBook(kind="cc.fund.social", day=FIRST)).id
    foreign = Account.objects.get(book=social, code="1.1.02").id
    for wrong in (foreign, cash.account("5.1.01")):
        with refused("treasury.other-account"):
            cash.receive("1000", into=wrong)
    with refused("treasury.same-account"):
        cash.does(
            Move(
                book=cash.book,
                day=TODAY,
                out_of=cash.account("1.1.02"),
                into=cash.account("1.1.02"),
                unit="VES",
                amount="1",
                words="x",
            )
        )


def test_an_account_beneath_another_has_its_kind(cash: Cash) -> None:
    above = cash.account("1.1.02")
    done = cash.does(OpenAccount(beneath=above, code="1.1.02.01", name="Banco del Tesoro"))
    assert Account.objects.get(pk=done.id).kind == "asset"
    cash.receive("500", into=done.id)
    with refused("treasury.code-taken"):
        cash.does(OpenAccount(beneath=above, code="1.1.02.01", name="Otra"))
    with refused("treasury.code-not-beneath"):
        cash.does(OpenAccount(beneath=above, code="1.1.03.01", name="Otra"))
    with refused("treasury.account-of-its-own"):
        cash.does(OpenAccount(beneath=cash.account("3.1.01"), code="3.1.01.01", name="Otra"))


def test_no_account_holds_more_than_a_table_can(cash: Cash) -> None:
    cash.receive("9" * 15)
    with refused("treasury.too-large"):
        cash.receive("1")
    assert cash.held("1.1.02") == int("9" * 15)


def test_the_database_refuses_what_no_act_would_write(cash: Cash) -> None:
    """Whoever writes, with whatever tool: an entry that is out of balance, of one side, out of order or in accounts
    of another book; a late posting; and any change of what stands."""
    cash.receive("1000")
    entry, book = Entry.objects.get(), Book.objects.get()
    other = cash.does(OpenBook(kind="cc.fund.social", day=FIRST)).id
    foreign: UUID = Account.objects.get(book=other, code="1.1.02").id
    bank, source = cash.account("1.1.02"), cash.account("4.1.01")

    def posting(of: UUID, account: UUID, amount: int, number: int) -> Posting:
        return Posting(
            id=uuid4(), commune=entry.commune, born=9, touched=9, entry_id=of, account_id=account, unit="VES",
            amount=amount, number=number, after=0,
        )  # fmt: skip

    def sealed(lines: list[tuple[UUID, int]], **other_columns: object) -> None:
        id = uuid4()
        columns = {"book": book, "folio": 2, "day": TODAY, "act": id} | other_columns
        with transaction.atomic():
            Posting.objects.bulk_create(
                [posting(id, account, amount, 90 + n) for n, (account, amount) in enumerate(lines)]
            )
            Entry.objects.bulk_create([Entry(id=id, commune=entry.commune, born=9, touched=9, **columns)])

    wrong: tuple[tuple[str, list[tuple[UUID, int]], dict[str, object]], ...] = (
        ("add up to nothing", [(bank, 5), (source, -4)], {}),
        ("two postings", [], {}),
        ("accounts of its book", [(foreign, 5), (source, -5)], {}),
        ("folio after the last", [(bank, 5), (source, -5)], {"folio": 3}),
    )
    for words, lines, other_columns in wrong:
        with pytest.raises(DatabaseError, match=words):
            sealed(lines, **other_columns)
    with pytest.raises(DatabaseError, match="belongs to one entry"), transaction.atomic():
        Posting.objects.bulk_create([posting(entry.id, bank, 5, 99)])
    for statement in (
        "UPDATE treasury_entry SET day = '2026-02-02'",
        "UPDATE treasury_entry SET words = 'otra cosa'",
        "DELETE FROM treasury_entry",
        "UPDATE treasury_posting SET amount = amount + 1",
        "DELETE FROM treasury_posting",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    assert (Entry.objects.count(), Posting.objects.count()) == (1, 2)


def test_a_list_has_its_limit(cash: Cash, monkeypatch: pytest.MonkeyPatch) -> None:
    row = OpeningRow(account=cash.account("1.1.01"), amount="1")
    with refused("treasury.too-many-lines"):
        cash.does(RecordOpening(book=cash.book, unit="VES", rows=(row,) * 201))
    monkeypatch.setattr(opening, "ACCOUNTS_MAX", Account.objects.count())
    with refused("treasury.too-many-accounts"):
        cash.does(OpenAccount(beneath=cash.account("1.1.02"), code="1.1.02.01", name="Una más"))


def test_an_entry_is_not_taken_back_before_its_day(cash: Cash) -> None:
    done = cash.receive("1000", day=date(2026, 2, 10))
    with refused("treasury.reversed-before"):
        cash.signed(Reverse(entry=done.id, day=date(2026, 2, 9), words="Antes"))


@pytest.mark.sqlite_only
def test_a_fresh_connection_of_any_tool_changes_nothing_that_stands(cash: Cash) -> None:
    """Without our settings of SQLite: neither a change nor a replacement of what is sealed, nor one out of balance."""
    cash.receive("1000")
    cash.receive("2000")
    connection.close()
    entry = "(id, commune, born, touched, book_id, folio, day, act, words, reference, reverses_id)"
    posting = "(id, commune, born, touched, entry_id, account_id, unit, amount, number, after)"
    new = uuid4().hex
    of_entry, of_posting = f"INTO treasury_entry {entry} SELECT", f"INTO treasury_posting {posting} SELECT"
    second, first = "FROM treasury_entry WHERE folio = 2", "FROM treasury_posting WHERE number = 1"
    rest = "commune, born, touched, '{entry}', account_id, unit, {amount}, {number}, after FROM treasury_posting"
    other = rest.format(entry=new, amount="amount + 1", number="number")
    added = rest.format(entry=new, amount="amount + 1", number=99)
    statements = (
        "UPDATE treasury_posting SET amount = 5",
        "DELETE FROM treasury_posting",
        "UPDATE treasury_entry SET day = '2026-02-03'",
        "DELETE FROM treasury_entry",
        f"INSERT OR REPLACE {of_entry} id, commune, born, touched, book_id, 3, day, act, 'otra', '', NULL {second}",
        f"INSERT OR REPLACE {of_posting} '{new}', {other} WHERE number = 2",
        f"INSERT OR REPLACE {of_posting} id, {added} WHERE number = 2",
        f"INSERT {of_posting} '{new}', commune, born, touched, entry_id, account_id, unit, 7, 99, 7 {first}",
        f"INSERT {of_entry} '{new}', commune, born, touched, book_id, 3, day, act, words, reference, NULL {second}",
    )
    with closing(sqlite3.connect(str(connection.settings_dict["NAME"]))) as raw:
        before = _standing(raw)
        for statement in statements:
            with pytest.raises(sqlite3.IntegrityError):
                raw.execute(statement)
            raw.rollback()
        assert _standing(raw) == before


def _standing(raw: sqlite3.Connection) -> list[list[tuple[object, ...]]]:
    return [
        raw.execute(f"SELECT * FROM {table} ORDER BY id").fetchall() for table in ("treasury_entry", "treasury_posting")
    ]
