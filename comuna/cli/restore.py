"""``comuna restore FILE``: a backup into an empty home, proven by replaying it.

The restored books can be read; nothing is written in them until two seats begin a new epoch.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sqlite3
import tarfile
import tempfile
from contextlib import closing
from pathlib import Path

from comuna.cli import Failed, carried, verify
from comuna.cli.start import set_up
from comuna.journal.home import sync_folder

HELP = "bring a backup into an empty home, and prove it"
MEMBERS = ("format.json", "comuna.db", "files", "keys", carried.JOURNAL, carried.LOCAL)


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path)
    parser.add_argument("--key", type=Path, help="the file with the age identity that opens it")


def run(options: argparse.Namespace) -> int:
    home = Path(os.environ.get("COMUNA_HOME") or Path.home() / ".comuna")
    if home.exists() and any(home.iterdir()):
        raise Failed(f"{home} is not empty; a backup is restored into an empty folder")
    home.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="comuna-restore-", dir=home.parent) as folder:
        archive, whole = _opened(options, Path(folder)), Path(folder) / "home"
        _check_engine(archive)
        _unpack(archive, whole)
        _close(whole)
        _move(whole, home)
    set_up()
    if (home / carried.JOURNAL).exists():
        _replay(home)
    code = verify.run(argparse.Namespace(fast=False, checkpoint=None))
    if code:
        print(f"What was restored stays in {home}, to be read and not written: see above what does not fit.")
    return code


def _close(home: Path) -> None:
    """Nobody writes these books before an epoch is begun: so already before they stand in their place. Raises Failed
    where there are none."""
    books = home / "comuna.db"
    if not books.exists():
        if not all((home / name).exists() for name in (carried.JOURNAL, carried.LOCAL)):
            raise Failed("This file is not a whole backup: there are no books in it, neither comuna.db nor a journal.")
        return
    try:
        with closing(sqlite3.connect(books)) as database:
            _close_in(database)
    except sqlite3.Error as error:
        raise Failed(f"Nothing was restored: comuna.db in this backup cannot be used: {error}") from error


def _close_in(database: sqlite3.Connection) -> None:
    database.execute("PRAGMA trusted_schema=OFF")
    words = database.execute("PRAGMA quick_check(1)").fetchone()[0]
    if words != "ok":
        raise Failed(f"Nothing was restored: comuna.db in this backup is damaged: {words}")
    names = "SELECT name FROM sqlite_master WHERE type = 'table' AND name IN ('journal_record', 'journal_writer')"
    if len(database.execute(names).fetchall()) != 2:
        raise Failed("Nothing was restored: comuna.db in this backup holds no books of Comuna.")
    database.execute("DELETE FROM journal_writer")
    if database.execute("SELECT 1 FROM journal_writer").fetchone():
        raise Failed("Nothing was restored: a trigger of somebody's own keeps the books in comuna.db open for writing.")
    database.commit()
    database.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _move(whole: Path, home: Path) -> None:
    """What was unpacked whole into its place: a kill leaves all of it or no books."""
    try:
        if home.exists():
            home.rmdir()
        whole.rename(home)
    except OSError:  # a disk of its own is mounted there
        for one in sorted(whole.iterdir(), key=lambda one: one.name in ("comuna.db", carried.JOURNAL)):
            shutil.move(one, home / one.name)
        sync_folder(home)
    sync_folder(home.parent)


def _check_engine(archive: Path) -> None:
    """A database file of SQLite goes into no other engine. Raises Failed before anything is written."""
    try:
        with tarfile.open(archive, "r:") as tar:
            is_file_of_sqlite = "comuna.db" in tar.getnames()
    except tarfile.TarError as error:
        raise Failed(f"This file is not a whole backup: {error}") from error
    if is_file_of_sqlite and os.environ.get("DATABASE_URL"):
        raise Failed(
            "This backup holds a database of SQLite. Restore it without DATABASE_URL; then comuna journal export there,"
            " and comuna journal import on PostgreSQL (accounts do not come along: comuna codes)."
        )


def _replay(home: Path) -> None:
    """Books that came as a journal, into the database in use. Where that fails the home is empty again."""
    try:
        carried.check_empty()
        carried.read(home)
    except BaseException:
        for left in home.iterdir():
            shutil.rmtree(left) if left.is_dir() else left.unlink()
        raise
    for name in (carried.JOURNAL, carried.LOCAL):
        (home / name).unlink()


def _opened(options: argparse.Namespace, folder: Path) -> Path:
    import pyrage

    try:
        with options.file.open("rb") as file:
            encrypted = file.read(22).startswith(b"age-encryption.org/v1")
    except OSError as error:
        raise Failed(f"{options.file} cannot be read: {error.strerror}") from error
    if not encrypted:
        return Path(options.file)
    if options.key is None:
        raise Failed("This backup is encrypted: say --key FILE with the identity that opens it.")
    try:
        key = options.key.read_text()
    except (OSError, UnicodeDecodeError) as error:
        raise Failed(f"{options.key} cannot be read: {error}") from error
    lines = [line.strip() for line in key.splitlines() if line.startswith("AGE-SECRET-KEY-")]
    if not lines:
        raise Failed(f"{options.key} holds no age identity (AGE-SECRET-KEY-...)")
    archive = folder / "archive.tar"
    try:
        identities = [pyrage.x25519.Identity.from_str(line) for line in lines]
        with options.file.open("rb") as source, archive.open("wb") as sink:
            pyrage.decrypt_io(source, sink, identities)
    except (pyrage.DecryptError, pyrage.IdentityError, OSError) as error:
        raise Failed(f"This key does not open the backup, or the file is damaged: {error}") from error
    return archive


def _take(tar: tarfile.TarFile, member: tarfile.TarInfo, home: Path) -> None:
    """One regular file of the archive; links, devices and paths that lead elsewhere are refused.

    By hand, because Debian 12's Python 3.11.2 has no extraction filters.
    """
    target = home / member.name
    if member.isdir():
        return
    content = tar.extractfile(member) if member.isfile() and ".." not in member.name.split("/") else None
    if content is None or member.name in ("files", "keys"):
        raise Failed(f"This backup holds something that no backup of ours does: {member.name}")
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with target.open("wb") as file:
        shutil.copyfileobj(content, file)
    target.chmod(0o600)


def _unpack(archive: Path, home: Path) -> None:
    try:
        with tarfile.open(archive, "r:") as tar:
            note = tar.extractfile("format.json")
            said = json.loads(note.read(1000)) if note is not None else None
            if not isinstance(said, dict) or said.get("format") != "comuna-backup":
                raise Failed("This is not a backup of Comuna.")
            wanted = [member for member in tar if member.name.split("/")[0] in MEMBERS[1:]]
            home.mkdir(exist_ok=True)
            for member in wanted:
                _take(tar, member, home)
    except (tarfile.TarError, KeyError, ValueError, RecursionError) as error:
        raise Failed(f"This file is not a whole backup: {error}") from error
    (home / "keys").mkdir(mode=0o700, exist_ok=True)
    (home / "keys").chmod(0o700)
