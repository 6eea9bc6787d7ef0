"""What the bank says is taken from its file, matched with the entries, and what differs is public."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from comuna.acts.clock import frozen_at
from comuna.acts.door import Done
from comuna.journal import files
from comuna.journal.models import Record
from comuna.treasury.acts import (
    ForgetBankStatement,
    MatchBankLines,
    RecordOpening,
    Reverse,
    SayBankColumns,
    TakeBankStatement,
    UnmatchBankLine,
)
from comuna.treasury.acts.bank_draft import draft
from comuna.treasury.acts.bank_table import LINES_MAX, MEDIA_TYPE, BankRow, bank_table_bytes
from comuna.treasury.acts.bankfiles import MatchedRow
from comuna.treasury.acts.opening import OpeningRow
from comuna.treasury.control import Doubt
from comuna.treasury.models import BankColumns, BankLine, BankLineLeft, BankStatement, Entry
from comuna.treasury.plaintext.bankfiles import DecimalMark
from comuna.treasury.queries.bankfiles import balance_on, differences
from comuna.treasury.queries.control import doubts
from comuna.treasury.tests.cash import FIRST, LATER, TODAY, Cash
from comuna.treasury.tests.test_pages import read, sent
from tests.cast import Cast, refused

FILE = """BANCO DEL PUEBLO;;;;;
FECHA;REFERENCIA;DESCRIPCION;DEBITO;CREDITO;SALDO
10/02/2026;000777;PAGO MOVIL DE PETRA SOLANO;;800,00;800,00
11/02/2026;000778;COMISION;1,50;;798,50
12/02/2026;;DEPOSITO;;1.250,00;2.048,50
;;TOTALES;1,50;2.050,00;"""
HEADS = {
    "day_head": "Fecha", "came_head": "Crédito", "went_head": "Débito", "reference_head": "Referencia",
    "words_head": "Descripción", "balance_head": "Saldo", "decimal_mark": DecimalMark.COMMA,
}  # fmt: skip


@pytest.fixture
def cash(founded: Cast) -> Iterator[Cash]:
    with frozen_at(LATER):
        yield Cash.opened(founded)


def columns(cash: Cash, **other: Any) -> SayBankColumns:
    return SayBankColumns(**{"account": cash.account("1.1.02"), "unit": "VES", **HEADS, **other})


def take(cash: Cash, text: str = FILE) -> Done:
    """By the columns that were said."""
    if not BankColumns.objects.exists():
        cash.does(columns(cash))
    drafted = draft(BankColumns.objects.get(), text.encode())
    files.store(drafted.table, MEDIA_TYPE)
    return cash.does(drafted.act)


# The acts


def test_a_file_is_taken_by_columns_that_were_said_once(cash: Cash) -> None:
    cash.does(columns(cash, day_head="Dia"))
    cash.does(columns(cash))
    assert BankColumns.objects.get().day_head == "Fecha"
    done = take(cash)
    taken = BankStatement.objects.get()
    assert (taken.id, taken.first, taken.last, taken.balance) == (
        done.id, date(2026, 2, 10), date(2026, 2, 12), 204_850
    )  # fmt: skip
    assert list(BankLine.objects.order_by("number").values_list("amount", "reference", "words")) == [
        (80_000, "000777", "PAGO MOVIL DE PETRA SOLANO"), (-150, "000778", "COMISION"), (125_000, "", "DEPOSITO"),
    ]  # fmt: skip
    assert list(BankLineLeft.objects.values_list("first", "last", "why")) == [(6, 6, "day")]


def test_who_paid_is_in_no_public_byte(cash: Cash) -> None:
    done = take(cash)
    assert b"PETRA" not in bytes(Record.objects.get(pk=done.id).body)
    assert "PETRA" not in read(Client(), f"/accounts/bank-statements/{done.id}/")
    beside = f"/accounts/bank-statements/?account={cash.account('1.1.02')}&unit=VES"
    assert "PETRA" not in read(Client(), beside)
    assert "PETRA" not in read(cash.cast.browser(cash.cast.neighbour), beside)
    assert "PETRA" in read(cash.cast.browser(cash.cast.signer), beside)


def test_the_same_rows_are_left_with_that_reason_and_the_same_file_is_refused(cash: Cash) -> None:
    take(cash)
    with refused("treasury.nothing-new-of-the-bank"):
        take(cash)
    take(cash, f"{FILE}\n13/02/2026;000779;VENTA;;10,00;2.058,50\n11/02/2026;000778;COMISION;1,50;;2.057,00")
    newest = BankStatement.objects.latest("born")
    assert [line.amount for line in newest.lines.order_by("number")] == [1_000, -150], (
        "the second commission is another"
    )
    assert ("known", 3, 5) in {(one.why, one.first, one.last) for one in newest.left.all()}


def row(**other: Any) -> BankRow:
    return BankRow(
        **{"alike": 1, "amount": "100", "day": TODAY, "number": 3, "reference": False, "words": False, **other}
    )


def table(cash: Cash, data: bytes, **other: Any) -> TakeBankStatement:
    fields: dict[str, Any] = {"table": files.store(data, MEDIA_TYPE), "original": "ab" * 32}
    return TakeBankStatement(**{"account": cash.account("1.1.02"), "unit": "VES", **fields, **other})


@pytest.mark.parametrize(
    ("rule", "data"),
    [
        ("treasury.nothing-new-of-the-bank", b""),
        ("treasury.not-a-bank-table", b"{}\n"),
        ("treasury.not-a-bank-table", bank_table_bytes([row()]).replace(b":", b": ")),
        ("treasury.day-to-come", bank_table_bytes([row(day=date(2026, 2, 21))])),
        ("treasury.moves-nothing", bank_table_bytes([row(amount="0")])),
        ("treasury.other-words", bank_table_bytes([row(words=True)])),
    ],
)
def test_a_file_that_no_bank_wrote_is_refused(cash: Cash, rule: str, data: bytes) -> None:
    with refused(rule):
        cash.does(table(cash, data))


def test_a_file_that_is_not_here_or_rows_that_were_taken_are_refused(cash: Cash) -> None:
    with refused("treasury.no-such-file"):
        cash.does(table(cash, b"", table="cd" * 32))
    act = table(cash, bank_table_bytes([row()]))
    cash.does(act)
    with refused("treasury.bank-row-known") as said:
        cash.does(act)
    assert "La fila 3 ya se tomó" in str(said.value) and "1,00 VES" in str(said.value)
    with refused("treasury.other-account"):
        cash.does(table(cash, bank_table_bytes([row()]), account=cash.account("4.1.01")))
    many = "\n".join(["Fecha;Crédito;Débito;Referencia;Descripción;Saldo", *["10/02/2026;1,00;;;;"] * (LINES_MAX + 1)])
    with refused("treasury.too-many-bank-rows"):
        take(cash, many)


@pytest.mark.parametrize(
    "wrong", [{"amount_head": "Monto"}, {"came_head": None}, {"came_head": None, "went_head": None}]
)
def test_amounts_are_in_one_column_or_in_two(cash: Cash, wrong: dict[str, Any]) -> None:
    with refused("treasury.amount-columns"):
        cash.does(columns(cash, **wrong))


def test_a_statement_that_was_taken_out_leaves_nothing_and_can_be_taken_again(cash: Cash) -> None:
    done = take(cash)
    cash.does(ForgetBankStatement(statement=done.id, words="De otra cuenta"))
    assert not BankLine.objects.exists() and not BankLineLeft.objects.exists() and not BankStatement.objects.exists()
    take(cash)


def pair(cash: Cash, amount: int, entry: UUID) -> MatchBankLines:
    line = BankLine.objects.get(amount=amount).id
    return MatchBankLines(account=cash.account("1.1.02"), rows=(MatchedRow(line=line, entry=entry),))


def test_what_is_the_same_is_proposed_confirmed_and_undone(cash: Cash) -> None:
    came = cash.receive("80000", reference="777").id
    cash.receive("300")
    take(cash)
    found = differences(cash.account("1.1.02"), "VES")
    assert [one.entry for one in found.proposed] == [came]
    act = pair(cash, 80_000, came)
    cash.does(act)
    found = differences(cash.account("1.1.02"), "VES")
    assert [one.amount for one in found.lines] == [-150, 125_000]
    assert [one.amount for one in found.postings] == [300]
    with refused("treasury.matched-already"):
        cash.does(act)
    line = BankLine.objects.get(amount=80_000).id
    cash.does(UnmatchBankLine(line=line))
    with refused("treasury.not-matched"):
        cash.does(UnmatchBankLine(line=line))
    cash.does(act)


def test_what_cannot_be_the_same_is_refused(cash: Cash) -> None:
    came, other = cash.receive("80000").id, cash.receive("80001").id
    take(cash)
    with refused("treasury.other-amount"):
        cash.does(pair(cash, 80_000, other))
    act = pair(cash, 80_000, came)
    with refused("treasury.nothing-to-match"):
        cash.does(act.model_copy(update={"rows": ()}))
    with refused("treasury.matched-twice"):
        cash.does(act.model_copy(update={"rows": act.rows * 2}))
    with refused("treasury.other-account"):
        cash.does(act.model_copy(update={"account": cash.account("1.1.01")}))
    cash.signed(Reverse(entry=came, day=TODAY, words="No llegó"))
    with refused("treasury.matched-with-nothing"):
        cash.does(act)
    with refused("mandates.other-seat"):
        cash.does(act, cash.cast.secretary)


def test_an_entry_that_was_taken_back_is_no_difference(cash: Cash) -> None:
    came = cash.receive("500", day=date(2026, 2, 11)).id
    take(cash)
    assert [one.amount for one in differences(cash.account("1.1.02"), "VES").postings] == [500]
    cash.signed(Reverse(entry=came, day=date(2026, 2, 12), words="No llegó"))
    assert not differences(cash.account("1.1.02"), "VES").postings


def test_an_entry_that_is_taken_back_leaves_the_line_of_the_bank_alone_again(cash: Cash) -> None:
    came = cash.receive("80000").id
    take(cash)
    cash.does(pair(cash, 80_000, came))
    cash.signed(Reverse(entry=came, day=TODAY, words="No llegó"))
    assert BankLine.objects.get(amount=80_000).entry is None
    assert 80_000 in [one.amount for one in differences(cash.account("1.1.02"), "VES").lines]


def test_what_was_there_at_the_opening_is_no_movement_that_the_bank_would_know(cash: Cash) -> None:
    cash.does(RecordOpening(book=cash.book, unit="VES", rows=(OpeningRow(account=cash.account("1.1.02"), amount="9"),)))
    take(cash, FILE.replace("10/02/2026", "01/02/2026"))
    assert not differences(cash.account("1.1.02"), "VES").postings


def test_a_difference_that_lasts_is_asked_about_both_ways(cash: Cash) -> None:
    entry = cash.receive("500", day=date(2026, 2, 11)).id
    done = take(cash)

    def asked(today: date) -> list[tuple[UUID, ...]]:
        found = doubts(cash.cast.commune, FIRST, today, today)
        return [one.acts for one in found if one.doubt is Doubt.BANK_DIFFERS]

    assert asked(TODAY) == []
    assert set(asked(TODAY + timedelta(days=20))) == {(done.id,), (entry,)}


def test_the_books_of_a_day_are_those_of_that_day(cash: Cash) -> None:
    cash.receive("500", day=date(2026, 2, 11))
    cash.receive("700", day=date(2026, 2, 13))
    account = Entry.objects.earliest("folio").postings.get(amount__gt=0).account
    assert [balance_on(account, "VES", date(2026, 2, day)) for day in (10, 11, 12, 13)] == [0, 500, 500, 1_200]


# On pages


def test_from_the_file_to_the_last_difference_on_pages(cash: Cash) -> None:
    cash.receive("80000", reference="777")
    keeper, account = cash.cast.browser(cash.cast.signer), cash.account("1.1.02")
    upload = f"/accounts/bank-statements/take/?account={account}&unit=VES"
    assert "La primera vez" in read(keeper, upload)

    def hand_in(text: str = FILE) -> Any:
        handed = SimpleUploadedFile("banco.csv", text.encode(), "text/csv")
        return keeper.post(upload, {"file": handed}, headers={"accept-language": "es"})

    asked = hand_in()["Location"]
    assert 'value="DEBITO"' in read(keeper, asked)
    heads = {
        "day_head": "FECHA", "came_head": "CREDITO", "went_head": "DEBITO", "reference_head": "REFERENCIA",
        "words_head": "DESCRIPCION", "balance_head": "SALDO", "decimal_mark": "comma",
    }  # fmt: skip
    assert sent(keeper, asked, account=account, unit="VES", **heads) == upload
    taken = hand_in()["Location"]
    page = read(Client(), taken)
    assert "3 líneas del banco" in page and "2.048,50 VES" in page and "ningún día que se pueda leer" in page
    beside = f"/accounts/bank-statements/?account={account}&unit=VES"
    page = read(keeper, beside)
    assert "Confirmar 1 cotejo" in page and "1.248,50 VES" in page, "the bank has 2.048,50 and the books 800,00"
    rows = {"rows.0.line": BankLine.objects.get(amount=80_000).id, "rows.0.entry": Entry.objects.get().id}
    done = keeper.post(beside, {"account": account, "_id": str(uuid4()), **{k: str(v) for k, v in rows.items()}})
    assert (done.status_code, done["Location"]) == (303, beside)
    page = read(keeper, beside)
    assert "2 líneas del banco no están en los libros" in page
    into = f"/accounts/receive/?book={cash.book}&day=2026-02-12&unit=VES&amount=125000&into={account}&reference="
    assert into.replace("&", "&amp;") in page
    form = read(keeper, into)
    assert 'value="1.250,00"' in form and 'value="2026-02-12"' in form
    again = hand_in()
    assert again.status_code == 422 and "treasury.nothing-new-of-the-bank" in again.content.decode()
    for wrong, rule in (("", "treasury.no-bank-file"), ("a;b\n1;2", "treasury.no-such-head"), ("<html>", "territory.")):
        answer = hand_in(wrong)
        assert answer.status_code == 422 and rule in answer.content.decode(), rule
    one = BankLine.objects.get(amount=80_000).id
    assert sent(keeper, f"/accounts/bank-statements/unmatch/?line={one}", line=one) == beside
    out = taken.split("/")[-2]
    assert sent(keeper, f"/accounts/bank-statements/take-out/?statement={out}", statement=out, words="Otra") == beside
    assert "ningún estado de cuenta" in read(Client(), beside)
    neighbour = cash.cast.browser(cash.cast.neighbour)
    assert neighbour.get(upload).status_code == 403 and Client().get(upload).status_code == 302
    assert Client().get(f"/accounts/bank-statements/?account={account}&unit=XXX").status_code == 404


def test_what_an_address_says_fills_in_a_form_and_breaks_none(cash: Cash) -> None:
    keeper = cash.cast.browser(cash.cast.signer)
    wrong = f"/accounts/receive/?book={cash.book}&day=x&unit=%00&amount=1e9&into=7"
    assert keeper.get(wrong).status_code == 200
