"""``comuna backup FILE --to RECIPIENT``: everything of a commune in one encrypted file.

The archive holds the database (a consistent copy; on PostgreSQL the journal and what is local, from which all of it
comes back on either engine), the cited files, the keys and what is local. It is
encrypted to an age recipient (age1...), so that whoever finds the stick reads nothing; the identity that
opens it is kept by people, not by this computer. Only a demonstration home is backed up in the open.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import shutil
import tarfile
import tempfile
from pathlib import Path

from comuna.cli import Failed, carried
from comuna.cli.start import ready_books

HELP = "write everything to one encrypted file"
FORMAT = {"format": "comuna-backup", "version": 1}


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path)
    parser.add_argument("--to", metavar="RECIPIENT", help="an age recipient (age1...) that can open it")
    parser.add_argument("--new-key", metavar="FILE", type=Path, help="make a key, write it to FILE, and encrypt to it")


def run(options: argparse.Namespace) -> int:
    ready_books()
    from comuna.journal.home import home
    from comuna.journal.lock import one_writer

    if options.file.exists():
        raise Failed(f"{options.file} is already there; nothing was written")
    recipient = _recipient(options)
    if recipient is None and not (home() / "demo").exists():
        raise Failed("A backup holds private words: say --to RECIPIENT, or --new-key FILE to make a key for it.")
    with tempfile.TemporaryDirectory(prefix="comuna-backup-", dir=home()) as folder:
        archive = Path(folder) / "archive.tar"
        with one_writer():
            _write(archive, home(), Path(folder), with_keys=recipient is not None)
        _place(archive, options.file, recipient)
    print(
        f"{options.file}: {options.file.stat().st_size:,} bytes"
        + (" (not encrypted: a demonstration)" if recipient is None else "")
    )
    return 0


def _recipient(options: argparse.Namespace) -> str | None:
    import pyrage

    if options.new_key is not None:
        identity = pyrage.x25519.Identity.generate()
        handle = os.open(options.new_key, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w") as file:
            file.write(f"# opens backups made for {identity.to_public()}\n{identity}\n")
        print(
            f"The key is in {options.new_key}. Keep it away from this computer; its recipient is {identity.to_public()}"
        )
        return str(identity.to_public())
    return str(options.to) if options.to else None


def _write(archive: Path, home: Path, scratch: Path, *, with_keys: bool) -> None:
    from django.db import connection

    if connection.vendor == "sqlite":
        members = ["comuna.db"]
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(scratch / "comuna.db")])
    else:
        members = [carried.JOURNAL, carried.LOCAL]
        carried.write(scratch)
    with tarfile.open(archive, "w") as tar:
        note = json.dumps(FORMAT).encode()
        entry = tarfile.TarInfo("format.json")
        entry.size = len(note)
        tar.addfile(entry, io.BytesIO(note))
        for name in members:
            tar.add(scratch / name, name)
        tar.add(home / "files", "files")
        if with_keys:
            tar.add(home / "keys", "keys")


def _place(archive: Path, target: Path, recipient: str | None) -> None:
    """The whole backup under its name, or nothing."""
    fresh = target.with_name(target.name + ".new")
    try:
        if recipient is None:
            shutil.copyfile(archive, fresh)
        else:
            _encrypt(archive, fresh, recipient)
        with fresh.open("rb") as file:
            os.fsync(file.fileno())
        os.replace(fresh, target)
    finally:
        fresh.unlink(missing_ok=True)


def _encrypt(archive: Path, fresh: Path, recipient: str) -> None:
    import pyrage

    try:
        to = pyrage.x25519.Recipient.from_str(recipient)
    except pyrage.RecipientError as error:
        raise Failed(f"{recipient} is not an age recipient: {error}") from error
    with archive.open("rb") as source, fresh.open("wb") as sink:
        pyrage.encrypt_io(source, sink, [to])
