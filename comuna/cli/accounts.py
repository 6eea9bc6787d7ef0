"""``comuna accounts export FILE`` and ``comuna accounts import FILE``: books as plain-text accounting, out and in."""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from comuna.cli import Failed
from comuna.cli.act import signed_in
from comuna.cli.language import speak
from comuna.cli.start import home_to_read, ready_books, set_up_over_books

if TYPE_CHECKING:
    from comuna.treasury.plaintext.reading import Read

HELP = "write the books of accounts into a file for hledger or beancount, or take entries from one of hledger"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("way", choices=("export", "import"), help="out of the books, or into one of them")
    parser.add_argument("file", type=Path, help="is written, and must not exist; or is read")
    parser.add_argument("--format", choices=("hledger", "beancount"), default="hledger", help="hledger, if not said")
    parser.add_argument("--book", help="into which one entries are taken, by the statute's name, such as cc.books")
    parser.add_argument("--columns", type=Path, help="the file is a spreadsheet; this one says what its columns are")
    parser.add_argument("--accept", action="store_true", help="take the entries; those that cannot be taken are left")
    parser.add_argument("--as", dest="person", help="the name you sign in with")
    parser.add_argument("--password-file", type=Path, help="a file with the password, instead of asking for it")


def run(options: argparse.Namespace) -> int:
    if options.way == "import":
        return _import(options)
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


def _import(options: argparse.Namespace) -> int:
    ready_books()
    speak()
    from django.utils.translation import gettext as _

    from comuna.journal.queries import commune_here
    from comuna.treasury import queries
    from comuna.treasury.acts.import_draft import read_into

    if options.format != "hledger":
        raise Failed(_("Entries are taken from a file of hledger only."))
    commune = commune_here()
    book = queries.book_of_kind(commune, options.book or "") if commune else None
    if book is None:
        raise Failed(_("No such book is open. Say which one: --book"))
    read = _sheet(book, options) if options.columns else read_into(book, _printed(options.file))
    for left in read.left:
        print(_("Line {line}: {words}").format(line=left.line, words=left.words))
    print(_("Entries: {taken}; not taken, listed: {left}.").format(taken=len(read.rows), left=len(read.left)))
    if not options.accept:
        print(_("Nothing was written. With --accept these entries are taken as they are here."))
        return 1 if read.left else 0
    return _take(options, book, read)


def _take(options: argparse.Namespace, book: Any, read: Read) -> int:
    from django.utils.translation import gettext as _

    from comuna.acts.acts import Propose
    from comuna.acts.authority import Actor
    from comuna.acts.door import perform
    from comuna.acts.moment import day_now
    from comuna.acts.proposals import need_of
    from comuna.acts.refusal import Refused
    from comuna.journal import files
    from comuna.treasury.acts.import_draft import import_of
    from comuna.treasury.acts.import_table import MEDIA_TYPE

    person = signed_in(options)
    act, data = import_of(book.id, read)
    commune = book.commune
    files.store(data, MEDIA_TYPE, person)
    try:
        need = need_of(act, commune, day_now(commune))
        asked = Propose(act=act) if need is not None and need.needed > 1 else act
        done = perform(asked, Actor(person), id=uuid4(), channel="cli")
    except Refused as refused:
        files.discard(act.table)
        raise Failed(_("Refused: {why}").format(why=f"{refused} [{refused.rule}]")) from refused
    print(_("Number {number}, {day}: {id}").format(number=done.seq, day=done.day, id=done.id))
    if asked is not act:
        print(_("Proposed: another one signs it, then the entries are in the book."))
    return 0


def _sheet(book: Any, options: argparse.Namespace) -> Read:
    """The first sheet, by the columns that a TOML file names. Raises Failed."""
    from django.utils.translation import gettext as _
    from pydantic import ValidationError

    from comuna.territory.reading.grids import Unreadable
    from comuna.territory.reading.open import open_table
    from comuna.treasury.acts.import_draft import read_table_into
    from comuna.treasury.plaintext.sheets import Columns, NoSuchColumn

    try:
        columns = Columns.model_validate(tomllib.loads(options.columns.read_text("utf-8")))
        return read_table_into(book, open_table(options.file.read_bytes())[0], columns)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, ValidationError) as error:
        raise Failed(f"{options.columns}: {error}") from error
    except NoSuchColumn as error:
        raise Failed(_("No row has all of these heads: {heads}").format(heads=error)) from error
    except Unreadable as error:
        raise Failed(f"{options.file}: {error}") from error


def _printed(file: Path) -> list[dict[str, Any]]:
    """What hledger reads in the file. Raises Failed with what it says."""
    from django.utils.translation import gettext as _

    if shutil.which("hledger") is None:
        raise Failed(_("hledger is missing on this computer: apt-get install hledger"))
    command = ["hledger", "-f", str(file), "print", "-x", "-O", "json"]
    done = subprocess.run(command, capture_output=True, check=False, env={"LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin"})
    if done.returncode:
        raise Failed(done.stderr.decode("utf-8", "replace").strip())
    printed: list[dict[str, Any]] = json.loads(done.stdout)
    return printed
