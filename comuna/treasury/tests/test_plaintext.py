"""Other programs of double entry take our books as they are, and add them up to the same."""

from __future__ import annotations

import csv
import io
import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.test import Client
from hypothesis import HealthCheck, Phase, given, settings, strategies as some

from comuna.acts.clock import frozen_at
from comuna.acts.refusal import Refused
from comuna.treasury import plaintext, queries
from comuna.treasury.acts import Move, OpenAccount, Receive, Reverse
from comuna.treasury.models import Book, Entry
from comuna.treasury.plaintext.names import beancount_account, decimal, quoted, unquoted
from comuna.treasury.tests.cash import FIRST, LATER, TODAY, Cash
from tests.cast import Cast

NASTY = [
    "a; b: c, d",
    "50% ; (1) = 2",
    'dijo "no" \\ y',
    "* ! | x  y",
    "@ 3 USD",
    "; todo",
    "(12) x",
    "%3B",
    "ñandú 🚲",
]
UNITS = {"VES": 2, "KG": 3, "CYL-10": 0}


@pytest.fixture
def cash(founded: Cast) -> Iterator[Cash]:
    with frozen_at(LATER):
        yield Cash.opened(founded)


def written(book: Any, kind: str, folder: Path) -> Path:
    path = folder / f"book.{kind}"
    path.write_text("".join(plaintext.lines([Book.objects.get(pk=book)], kind)), "utf-8")
    return path


def run(*command: str) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{command}: {done.stdout[-2000:]}{done.stderr[-2000:]}"
    return done.stdout


def hledger_trial(path: Path) -> dict[tuple[str, str], Decimal]:
    """By code and unit, as hledger adds it up."""
    said = run("hledger", "-f", str(path), "balance", "--flat", "--no-total", "--empty", "--layout=bare", "-O", "csv")
    rows = list(csv.DictReader(io.StringIO(said)))
    return {(row["account"].split(":")[-1], row["commodity"]): Decimal(row["balance"]) for row in rows}


def beancount_program(name: str) -> str:
    found = shutil.which(name, path=f"{Path(sys.executable).parent}:{Path(sys.prefix) / 'bin'}") or shutil.which(name)
    assert found, f"{name} comes with script/setup --test"
    return found


_ADDED_UP = """
import json, sys
from collections import defaultdict
from decimal import Decimal
from beancount import loader
from beancount.core.data import Transaction
entries, errors, options = loader.load_file(sys.argv[1])
assert not errors, errors
held, said = defaultdict(Decimal), []
for one in entries:
    if isinstance(one, Transaction):
        said.append([int(one.meta["folio"]), one.narration, one.meta.get("reference", "")])
        for posting in one.postings:
            held[posting.account.split(":")[-1] + " " + posting.units.currency] += posting.units.number
print(json.dumps([{key: str(value) for key, value in held.items()}, sorted(said)]))
"""


def beancount_read(path: Path) -> tuple[dict[tuple[str, str], Decimal], list[Any]]:
    """By code and unit as beancount reads it, and the words under each folio."""
    run(beancount_program("bean-check"), str(path))
    python = Path(beancount_program("bean-check")).resolve().parent / "python"
    held, said = json.loads(run(str(python), "-W", "ignore", "-c", _ADDED_UP, str(path)))
    return {tuple(key.replace("-", ".", key.count("-") - key.split(" ")[1].count("-")).split(" ")): Decimal(value)
            for key, value in held.items()}, said  # fmt: skip


def ours(book: Any) -> dict[tuple[str, str], Decimal]:
    return {
        (one.account.code, one.unit): Decimal(one.amount).scaleb(-UNITS[one.unit])
        for one in queries.trial_balance(book)
    }


def without_nothing(trial: dict[tuple[str, str], Decimal]) -> dict[tuple[str, str], Decimal]:
    return {key: amount for key, amount in trial.items() if amount}


def holds(cash: Cash, folder: Path) -> None:
    journal, bean = written(cash.book, "hledger", folder), written(cash.book, "beancount", folder)
    run("hledger", "-f", str(journal), "check", "--strict")
    assert without_nothing(hledger_trial(journal)) == without_nothing(ours(cash.book))
    held, said = beancount_read(bean)
    assert without_nothing(held) == without_nothing(ours(cash.book))
    entries = list(Entry.objects.filter(book=cash.book).order_by("folio"))
    assert said == [[one.folio, one.words, one.reference] for one in entries]
    printed = json.loads(run("hledger", "-f", str(journal), "print", "-O", "json"))
    assert sorted((int(one["tcode"]), unquoted(one["tdescription"])) for one in printed) == [
        (one.folio, one.words) for one in entries
    ]


@some.composite
def acts(draw: some.DrawFn) -> list[tuple[str, Any]]:
    """What comes in, goes from account to account, and is taken back, with words that formats forbid."""
    found: list[tuple[str, Any]] = []
    for _number in range(draw(some.integers(1, 6))):
        fields = {
            "unit": draw(some.sampled_from(sorted(UNITS))),
            "amount": str(draw(some.integers(1, 10**12))),
            "words": draw(some.sampled_from(NASTY) | some.text(min_size=1, max_size=30)),
            "reference": draw(some.none() | some.sampled_from(NASTY)),
            "day": FIRST + timedelta(days=draw(some.integers(0, 19))),
        }
        found.append((draw(some.sampled_from(["receive", "receive", "move", "reverse"])), fields))
    return found


@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.generate])
@given(drawn=acts())
def test_any_acts_pass_both_programs_and_add_up_to_the_same(
    cash: Cash, tmp_path_factory: pytest.TempPathFactory, drawn: list[tuple[str, Any]]
) -> None:
    for what, fields in drawn:
        try:
            perform(cash, what, fields)
        except (Refused, ValueError):
            continue  # more than there was, words that no field takes
    holds(cash, tmp_path_factory.mktemp("books"))


def perform(cash: Cash, what: str, fields: dict[str, Any]) -> None:
    into, other = cash.account("1.1.02"), cash.account("1.1.01")
    if what == "receive":
        cash.does(Receive(book=cash.book, into=into, source=cash.account("4.1.01"), **fields))
    elif what == "move":
        cash.does(Move(book=cash.book, out_of=into, into=other, **fields))
    else:
        newest = Entry.objects.filter(reverses=None, reversal=None).order_by("-folio").first()
        if newest is not None:
            cash.signed(Reverse(entry=newest.id, day=TODAY, words=fields["words"]))


def test_a_book_without_entries_passes_both(cash: Cash, tmp_path: Path) -> None:
    holds(cash, tmp_path)


def test_what_an_entry_takes_back_and_its_reference_stand_in_both_files(cash: Cash, tmp_path: Path) -> None:
    beneath = cash.does(OpenAccount(beneath=cash.account("1.1.02"), code="1.1.02.07", name="Banco; el 50%, nuevo")).id
    came = cash.receive("125050", into=beneath, reference="0042, a", words="Aportes; febrero")
    cash.signed(Reverse(entry=came.id, day=TODAY, words="Dos veces"))
    journal = written(cash.book, "hledger", tmp_path).read_text()
    for words in (
        'commodity 1000.00 VES\n',
        "account assets:cc.books:1.1.02.07  ; name: Banco%3B el 50%25%2C nuevo\n",
        "2026-02-10 (1) Aportes%3B febrero\n    ; reference: 0042%2C a\n    assets:cc.books:1.1.02.07  1250.50 VES\n",
        "2026-02-20 (2) Dos veces\n    ; reverses: 1\n",
    ):  # fmt: skip
        assert words in journal
    bean = written(cash.book, "beancount", tmp_path).read_text()
    assert '2026-02-20 * "Dos veces"\n  folio: 2\n  reverses: 1\n' in bean
    assert "2026-02-21 balance Assets:Cc-DOT-books:1-1-02-07  0.00 ~ 0 VES" in bean
    holds(cash, tmp_path)


def test_a_wrong_balance_is_found_by_bean_check(cash: Cash, tmp_path: Path) -> None:
    cash.receive("125050")
    path = written(cash.book, "beancount", tmp_path)
    path.write_text(path.read_text().replace("  1250.50 ~ 0 VES", "  1250.51 ~ 0 VES"))
    done = subprocess.run([beancount_program("bean-check"), str(path)], capture_output=True, text=True, check=False)
    assert done.returncode == 1


@given(some.text())
def test_any_words_are_had_back(words: str) -> None:
    assert unquoted(quoted(words)) == words
    assert not set(quoted(words)) & set(";,\n\r\x85\u2028")


@given(some.lists(some.from_regex(r"[a-z0-9][a-z0-9._@-]{0,20}", fullmatch=True), min_size=2, unique=True))
def test_no_two_books_are_written_alike(books: list[str]) -> None:
    names = sorted(beancount_account("asset", book, "1.1") for book in books)
    assert all(one != other for one, other in pairwise(names))


@given(some.integers(-(10**18), 10**18), some.integers(0, 6))
def test_amounts_keep_their_last_digit(amount: int, decimals: int) -> None:
    assert Decimal(decimal(amount, decimals)) == Decimal(amount).scaleb(-decimals)


def test_the_page_of_a_book_leads_to_its_files(cash: Cash) -> None:
    cash.receive("125050", words="=1+1", day=date(2026, 2, 3))
    page = Client().get(f"/accounts/books/{cash.book}/").content.decode()
    for kind, type_ in (
        ("hledger", "text/plain"),
        ("beancount", "text/plain"),
        ("csv", "text/csv"),
        ("xlsx", "app"),
    ):
        path = f"/accounts/books/{cash.book}/export/{kind}/"
        assert f'href="{path}"' in page
        answer = Client().get(path)
        assert answer.status_code == 200
        assert answer["Content-Type"].startswith(type_)
        content = answer.getvalue()
        if kind == "hledger":
            assert "1250.50 VES" in content.decode()
        if kind == "csv":
            first = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))[1]
            assert first[4:] == ["1250.50", "", "VES", "'=1+1", "", ""]
        if kind == "xlsx":
            sheet = openpyxl.load_workbook(io.BytesIO(content)).active
            assert sheet is not None
            assert (sheet["E2"].value, sheet["H2"].value, sheet["H2"].data_type) == (1250.5, "=1+1", "s")
    assert Client().get(f"/accounts/books/{cash.book}/export/ods/").status_code == 404
