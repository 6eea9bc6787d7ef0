"""The ledger: entries through the door beside bare SQLite with the same tables, triggers and syncing; a whole file of
them at once; what is read in a book of a million postings; hledger and beancount over the same book, where they are."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID, uuid4

from comuna.cli import Failed
from comuna.cli.bench import Figure, commune
from comuna.cli.bench.door import Acts, Statement, seconds, statements_of, write
from comuna.cli.start import loaded

if TYPE_CHECKING:
    from comuna.treasury.acts import ImportEntries

POSTINGS = 1_000_000  # in the book that is read
ENTRIES_AT_ONCE = 100_000  # of an import
SINGLES = 400
STRETCH = 20
RUNS = 5
SHARE_WANTED = 0.5
ENTRIES_A_SECOND_MIN = 10_000
READ_MILLISECONDS_MAX = 50.0
PEER_SECONDS_MAX = 600  # of another program over the exported book

BARE = "bare SQLite writing the same rows of the ledger, with the same triggers and syncing"


class Keepers(NamedTuple):
    """Of the book of the finance unit: what one of them does not do alone, the other signs."""

    first: commune.Member
    second: commune.Member


def measure(home: Path) -> list[Figure]:
    keepers, book, first = _opened()
    loaded()  # as the server does
    commune.keep_database(home, "opened.db")
    figures = [_singles(home, keepers, book, first), _bulk(home, keepers, book, first)]
    commune.use_database(home, "opened.db")
    for start in range(0, POSTINGS // 2, ENTRIES_AT_ONCE):
        _import(keepers, book, _file_of(book, first, min(ENTRIES_AT_ONCE, POSTINGS // 2 - start)))
    return [*figures, *_reading(book), *_other_programs(home, book)]


def _opened() -> tuple[Keepers, UUID, date]:
    """Who keep the book of the finance unit, the book, and its first day."""
    members = commune.found()
    from comuna.acts.acts import Propose, Sign
    from comuna.acts.authority import Actor
    from comuna.acts.door import perform
    from comuna.acts.moment import day_now
    from comuna.journal.queries import commune_here
    from comuna.mandates.acts import EnterMandate
    from comuna.treasury.acts import OpenBook, Receive
    from comuna.treasury.effects import account_key

    here = commune_here()
    assert here is not None
    first = day_now(here) - timedelta(days=365)
    keeper, other = (Actor(UUID(one.person)) for one in members[:2])
    act = EnterMandate(
        person=UUID(members[0].person),
        public_name=members[0].name,
        kind="cc.finance",
        begins=first,
        origin_words="Acta de la asamblea",
    )
    for one in members[:2]:  # who keeps it, and who signs with her
        entered = act.model_copy(update={"person": UUID(one.person), "public_name": one.name})
        perform(Sign(proposal=perform(Propose(act=entered), keeper).id), other)
    book = perform(OpenBook(kind="cc.books", day=first), keeper).id
    start = Receive(
        book=book,
        day=first,
        into=account_key(book, "1.1.02"),
        source=account_key(book, "4.1.01"),
        unit="VES",
        amount=str(10**14),
        words="Aportes",
    )
    perform(start, keeper)
    return Keepers(*members[:2]), book, first


def _single_acts(book: UUID, first: date) -> Acts:
    from comuna.treasury.acts import Move, Receive
    from comuna.treasury.effects import account_key

    bank, cash, dues = (account_key(book, code) for code in ("1.1.02", "1.1.01", "4.1.01"))
    acts: Acts = []
    for number in range(SINGLES):
        said: dict[str, Any] = {
            "book": book,
            "unit": "VES",
            "amount": str(100 + number),
            "words": f"Ferretería, factura {number}",
        }
        day = first + timedelta(days=number % 365)
        if number % 2:
            acts.append((uuid4(), Receive(day=day, into=bank, source=dues, reference=f"{number:06}", **said)))
        else:
            acts.append((uuid4(), Move(day=day, out_of=bank, into=cash, **said)))
    return acts


def _of_the_ledger(statements: list[Statement]) -> list[Statement]:
    return [one for one in statements if '"treasury_' in one[0]]


def _singles(home: Path, keepers: Keepers, book: UUID, first: date) -> Figure:
    """By turns, in short stretches; the run of the middle share."""
    acts = _single_acts(book, first)
    commune.use_database(home, "opened.db")
    written = [_of_the_ledger(statements_of(lambda one=one: commune.perform_all([one], keepers.first))) for one in acts]  # type: ignore[misc]  # mypy cannot infer a lambda with a default
    runs = []
    for _run in range(RUNS):
        commune.use_database(home, "opened.db")
        twin = commune.beside(home, "opened.db", "raw.db")
        ours = bare = 0.0
        for start in range(0, SINGLES, STRETCH):
            ours += seconds(lambda: commune.perform_all(acts[start : start + STRETCH], keepers.first))  # noqa: B023  called at once
            bare += seconds(lambda: write(twin.connection, written[start : start + STRETCH]))  # noqa: B023  called at once
        twin.close()
        runs.append((SINGLES / ours, SINGLES / bare))
    ours, bare = sorted(runs, key=lambda run: run[0] / run[1])[RUNS // 2]
    return Figure(
        "single entries",
        ours,
        "entries/s",
        bare,
        f"{BARE}, one transaction an entry",
        f"at least {SHARE_WANTED:.0%} of the peer",
        ours >= bare * SHARE_WANTED,
        "the disk, and what the bare ledger has not: power, rules, a record with its hash and private words",
    )


def _bulk(home: Path, keepers: Keepers, book: UUID, first: date) -> Figure:
    act = _file_of(book, first, ENTRIES_AT_ONCE)
    commune.use_database(home, "opened.db")
    written = _of_the_ledger(statements_of(lambda: _import(keepers, book, act)))
    runs = []
    for _run in range(min(RUNS, 3)):
        commune.use_database(home, "opened.db")
        twin = commune.beside(home, "opened.db", "raw.db")
        bare = seconds(lambda: write(twin.connection, [written]))  # noqa: B023  called at once
        twin.close()
        runs.append((ENTRIES_AT_ONCE / seconds(lambda: _import(keepers, book, act)), ENTRIES_AT_ONCE / bare))
    ours, bare = sorted(runs, key=lambda run: run[0] / run[1])[len(runs) // 2]
    return Figure(
        f"import of {ENTRIES_AT_ONCE:,}",
        ours,
        "entries/s",
        bare,
        f"{BARE}, by executemany in one transaction",
        f"at least {SHARE_WANTED:.0%} of the peer and {ENTRIES_A_SECOND_MIN:,} a second",
        ours >= max(bare * SHARE_WANTED, ENTRIES_A_SECOND_MIN),
        "reading and judging each row of the file, keys from hashes, running balances; the triggers cost both the same",
    )


def _file_of(book: UUID, first: date, entries: int) -> ImportEntries:
    """The act that takes so many entries over a year, from a file that lies in the home."""
    from comuna.journal import files
    from comuna.treasury.acts import ImportEntries
    from comuna.treasury.acts.import_table import MEDIA_TYPE, EntryRow, Posted, table_bytes

    pairs = [("1.1.02", "4.1.01"), ("5.1.01", "1.1.02"), ("1.1.01", "1.1.02"), ("5.1.07", "1.1.02")]
    rows = [
        EntryRow(
            day=first + timedelta(days=number * 365 // entries),
            lines=[
                Posted(pairs[number % 4][0], "VES", str(100 + number % 977)),
                Posted(pairs[number % 4][1], "VES", str(-100 - number % 977)),
            ],
            reference=False,
            words=True,
        )
        for number in range(entries)
    ]
    words = tuple(f"Ferretería, factura {number}" for number in range(entries))
    return ImportEntries(book=book, table=files.store(table_bytes(rows), MEDIA_TYPE), words=words)


def _import(keepers: Keepers, book: UUID, act: ImportEntries) -> None:
    from comuna.acts.acts import Propose, Sign

    proposal = uuid4()
    commune.perform_all([(proposal, Propose(act=act))], keepers.first)
    commune.perform_all([(uuid4(), Sign(proposal=proposal))], keepers.second)


def _milliseconds(do: Callable[[], object]) -> float:
    """Processor time of this process, which is all that works here."""
    spent = []
    for _run in range(RUNS):
        began = time.process_time()
        do()
        spent.append(1000 * (time.process_time() - began))
    return median(spent)


def _reading(book: UUID) -> list[Figure]:
    from django.test import Client

    from comuna.treasury import queries
    from comuna.treasury.effects import account_key
    from comuna.web import cache

    bank = account_key(book, "1.1.02")

    def asked(address: str) -> None:
        cache.forget_pages()
        answer = Client().get(address)
        if answer.status_code != 200:
            raise Failed(f"{address} was answered with {answer.status_code}")

    last = POSTINGS // 40  # more than there are: a page in the middle, and the last
    measured: dict[str, Callable[[], object]] = {
        "trial balance": lambda: queries.trial_balance(book),
        "page of a book": lambda: asked(f"/accounts/books/{book}/"),
        "newest of a statement": lambda: asked(f"/accounts/accounts/{bank}/?unit=VES"),
        "middle of a statement": lambda: asked(f"/accounts/accounts/{bank}/?unit=VES&page={last // 2}"),
        "end of a statement": lambda: asked(f"/accounts/accounts/{bank}/?unit=VES&page={last * 2}"),
    }
    empty = _milliseconds(lambda: asked("/sign-in/"))
    figures = []
    for name, do in measured.items():
        do()  # reads the templates
        took = _milliseconds(do)
        figures.append(
            Figure(
                name,
                took,
                "ms",
                empty,
                "a page that asks the books for next to nothing (/sign-in/)",
                f"at most {READ_MILLISECONDS_MAX:.0f} ms of processor with {POSTINGS:,} postings",
                took <= READ_MILLISECONDS_MAX,
                "a few rows by an index, and the template",
            )
        )
    return figures


def _other_programs(home: Path, book: UUID) -> list[Figure]:
    """A trial balance by programs that read the whole file each time; ours is in the books."""
    from comuna.treasury import plaintext, queries
    from comuna.treasury.models import Book

    ours = median(seconds(lambda: queries.trial_balance(book)) for _run in range(RUNS))
    commands = {"hledger": ["hledger", "balance", "-N", "-f"], "beancount": ["bean-check", "--no-cache"]}
    figures = []
    for kind, command in commands.items():
        file = home / f"book.{plaintext.ENDINGS[kind]}"
        began = time.perf_counter()
        with open(file, "w", encoding="utf-8") as written:
            written.writelines(plaintext.lines([Book.objects.get(pk=book)], kind))
        took = time.perf_counter() - began
        figures.append(
            Figure(f"export for {kind}", POSTINGS / took, "postings/s", None, "", "", None, "Python, a line at a time")
        )
        program = shutil.which(command[0]) or shutil.which(command[0], path=str(Path(sys.executable).parent))
        if program is None:
            continue
        try:
            theirs = seconds(
                lambda: subprocess.run(
                    [program, *command[1:], str(file)],  # noqa: B023  called at once
                    check=True,
                    capture_output=True,
                    timeout=PEER_SECONDS_MAX,
                )
            )
        except subprocess.TimeoutExpired:
            theirs = float(PEER_SECONDS_MAX)
        said = "hledger balance" if kind == "hledger" else "bean-check, which adds up what each account holds"
        limit = "ours keeps what each account holds with every entry; theirs reads the whole file"
        figures.append(Figure(f"sums, beside {kind}", 1000 * ours, "ms", 1000 * theirs, said, "", None, limit))
    return figures
