"""``comuna accounts export FILE``: every book in one file of plain-text accounting, for other programs to check."""

from __future__ import annotations

import argparse
from pathlib import Path

from comuna.cli import Failed
from comuna.cli.start import home_to_read, set_up_over_books

HELP = "write every book of the accounts into a file for hledger or beancount"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("way", choices=("export",), help="the only one")
    parser.add_argument("file", type=Path, help="is written; must not exist")
    parser.add_argument("--format", choices=("hledger", "beancount"), default="hledger", help="hledger, if not said")


def run(options: argparse.Namespace) -> int:
    with home_to_read():
        return _export(options.file, options.format)


def _export(file: Path, kind: str) -> int:
    set_up_over_books()
    from comuna.journal.queries import commune_here
    from comuna.treasury import plaintext, queries

    commune = commune_here()
    if commune is None:
        raise Failed("nothing has been founded in this home")
    books = queries.books(commune)
    if not books:
        raise Failed("no book of accounts is open")
    if file.exists():
        raise Failed(f"{file} exists already")
    with open(file, "x", encoding="utf-8", newline="\n") as written:
        written.writelines(plaintext.lines(books, kind))
    print(f"Books: {len(books)}, entries: {sum(book.entries for book in books)}, in {file}")
    return 0
