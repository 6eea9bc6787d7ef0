"""The books of accounts as one file, out and in, from the command line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.utils import translation

from comuna.acts.clock import frozen_at
from comuna.cli import main
from comuna.journal import sealing
from comuna.treasury import plaintext
from comuna.treasury.acts import Reverse
from comuna.treasury.models import Book
from comuna.treasury.tests.cash import FIRST, LATER, TODAY, Cash
from tests.cast import PASSWORD, Cast

Typed = Callable[..., tuple[int, str]]
BANK, GIFTS = "1.1.02", "4.1.01"


@pytest.fixture
def typed(founded: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Typed:
    """A command as the signer types it: its exit code, and all that it says."""
    monkeypatch.setenv("COMUNA_LANG", "en")
    sealing.make_key()
    founded.browser(founded.signer)
    secret = tmp_path / "clave.txt"
    secret.write_text(PASSWORD)

    def type_(*words: str) -> tuple[int, str]:
        person = ["--as", f"cuenta-{str(founded.signer)[:8]}", "--password-file", str(secret)]
        with translation.override("en"):
            code = main([*words, *person])
        said = capsys.readouterr()
        return code, said.out + said.err

    return type_


@pytest.mark.parametrize("kind", ["hledger", "beancount"])
def test_the_command_writes_every_book_into_one_file_once(
    founded: Cast, tmp_path: Path, kind: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with frozen_at(LATER):
        Cash.opened(founded).receive("125050")
    file = tmp_path / "all"
    assert main(["accounts", "export", str(file), "--format", kind]) == 0
    assert "Books: 1, entries: 1" in capsys.readouterr().out
    assert file.read_text() == "".join(plaintext.lines(Book.objects.all(), kind))
    assert main(["accounts", "export", str(file)]) == 1
    assert "exists already" in capsys.readouterr().err


@pytest.mark.parametrize("accepted", [True, False])
def test_out_in_and_out_again_is_the_same_byte_for_byte(
    founded: Cast, tmp_path: Path, typed: Typed, accepted: bool
) -> None:
    """One fund has the accounts of another: what came out of the first stands in the other as it was."""
    with frozen_at(LATER):
        cash, other = (Cash.opened(founded, kind) for kind in ("cc.fund.social", "cc.fund.operating"))
        bank, gifts = cash.account(BANK), cash.account(GIFTS)
        fields = {"into": bank, "source": gifts}
        came = cash.receive("125050", words="Aportes; 50%", reference="0042, a", **fields)
        cash.receive("30", unit="CYL-10", day=FIRST, **fields)
        cash.signed(Reverse(entry=came.id, day=TODAY, words="Dos veces"))
        first = exported(cash)
        file = tmp_path / "a.journal"
        file.write_text(first)
        words = ["accounts", "import", str(file), "--book", "cc.fund.operating"]
        if not accepted:
            assert typed(*words)[0] == 0
            assert Book.objects.get(pk=other.book).entries == 0
            return
        assert typed(*words, "--accept")[0] == 0
        other.cosigns()
        assert exported(other).replace("cc.fund.operating", "cc.fund.social") == first


def exported(cash: Cash) -> str:
    return "".join(plaintext.lines([Book.objects.get(pk=cash.book)], "hledger"))


def test_what_cannot_be_taken_is_named_with_its_line(founded: Cast, tmp_path: Path, typed: Typed) -> None:
    with frozen_at(LATER):
        Cash.opened(founded)
        file = tmp_path / "a.journal"
        bank, dues = "assets:my:1.1.02", "income:my:4.1.01"
        wrong = {
            f"{bank}x  1 VES\n  {dues}": f"the book has no such account: {bank}x",
            f"expenses:1.1.02  1 VES\n  {dues}": "the book has no such account: expenses:1.1.02",
            f"{bank}  1 EUR\n  {dues}": "the statute in force knows no such currency or good: EUR",
            f"{bank}  1.001 VES\n  {dues}": "too exact or too large: 1.001 VES",
            f"{bank}  1 KG @ 2 VES\n  {dues}": "one unit is paid for with another: KG",
            f"({bank})  1 VES": f"a posting outside double entry: {bank}",
            f"; reverses: 7\n  {bank}  1 VES\n  {dues}": "takes back an entry that is not taken: 7",
        }
        entries = [f"2026-02-03 Rifa\n  {lines}\n" for lines in wrong]
        entries.append(f"2026-02-03 (1) {'x' * 201}\n  {bank}  1 VES\n  {dues}\n")
        entries.append(f"2026-02-03 (1) Rifa\n  {bank}  1 VES\n  {dues}\n")
        file.write_text("\n".join(entries))
        code, said = typed("accounts", "import", str(file), "--book", "cc.books")
    assert code == 1
    for words in (*wrong.values(), "words that no field takes: xxx"):
        assert f": {words}" in said
    assert "Line 1: " in said
    assert "Entries: 1; not taken, listed: 8." in said


def test_a_book_that_is_not_open_and_a_file_that_hledger_does_not_read_are_said(
    founded: Cast, tmp_path: Path, typed: Typed
) -> None:
    file = tmp_path / "a.journal"
    file.write_text("2026-02-30 no such day\n")
    assert "No such book is open" in typed("accounts", "import", str(file), "--book", "cc.books")[1]
    with frozen_at(LATER):
        Cash.opened(founded)
        code, said = typed("accounts", "import", str(file), "--book", "cc.books")
    assert code == 1
    assert "2026-02-30" in said


COLUMNS = """
day = "FECHA"
words = "CONCEPTO"
came = "ENTRA"
went = "SALE"
unit = "VES"
place = "1.1.01"
income = "4.1.01"
expense = "5.1.07"
"""


def test_a_spreadsheet_is_looked_at_and_then_taken_by_the_columns_that_a_file_names(
    founded: Cast, tmp_path: Path, typed: Typed
) -> None:
    sheet, columns = tmp_path / "caja.csv", tmp_path / "caja.toml"
    sheet.write_text("FECHA;CONCEPTO;ENTRA;SALE\n3/2/2026;Rifa;1.940,00;\n;Gasoil;;35\n4/2/2026;Gasoil;;35\n")
    columns.write_text(COLUMNS)
    words = ["accounts", "import", str(sheet), "--columns", str(columns), "--book", "cc.books"]
    with frozen_at(LATER):
        cash = Cash.opened(founded)
        code, said = typed(*words)
        assert code == 1
        assert "Line 3: no day that can be read" in said
        assert "Entries: 2; not taken, listed: 1." in said
        assert cash.trial() == {}
        assert "another one signs" in typed(*words, "--accept")[1]
        cash.cosigns()
        assert cash.trial() == {"1.1.01": 190_500, "4.1.01": -194_000, "5.1.07": 3_500}
        columns.write_text(COLUMNS.replace("SALE", "SALIDA"))
        assert "No row has all of these heads" in typed(*words)[1]
        columns.write_text(COLUMNS.replace("day =", "dia ="))
        assert "dia" in typed(*words)[1]
        columns.write_text(COLUMNS)
        sheet.write_bytes(b"")
        assert "empty" in typed(*words)[1]
