"""What commands share: the program set up over one home, and progress for what takes longer than two seconds."""

from __future__ import annotations

import gc
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from comuna.cli import Failed

PROGRESS_AFTER_SECONDS = 2.0


NO_RIGHT = "Set DATABASE_OWNER_URL to the role that owns the tables, this once, and start again (docs/postgresql.md)."

ROLE_ADVICE = "give the tables an owner of their own: DATABASE_OWNER_URL, docs/postgresql.md"


def set_up() -> None:
    """Django over the home; says in plain words when the settings cannot be used."""
    import django

    try:
        django.setup()
    except ValueError as error:
        raise Failed(str(error)) from error


def set_up_over_books(*, as_owner: bool = False) -> None:
    """The program over books that are there, as they are: nothing is made or mended. Raises Failed without them, or
    where the running role may not read them, unless the owner does."""
    set_up()
    from django.db import DatabaseError, connection

    from comuna.journal import roles

    try:
        tables = connection.introspection.table_names()
    except DatabaseError as error:
        raise Failed(f"The database cannot be opened: {error}") from error
    if "journal_record" in tables:
        if not (as_owner and roles.has_owner()):
            check_rights()
    else:
        raise Failed("There are no books in this home: found a commune, or comuna demo. Another folder: --home")


READ_IN_PLACE = ("files", "keys", "highest", "demo")


@contextmanager
def home_to_read() -> Iterator[None]:
    """A home that takes no writing, such as a copy on a write-protected stick, is read through a copy of its database
    in a temporary folder: SQLite opens no database of ours where it may not write beside it."""
    from django.apps import apps

    home = Path(os.environ.get("COMUNA_HOME") or Path.home() / ".comuna")
    database = home / "comuna.db"
    if apps.ready or not database.exists() or (os.access(home, os.W_OK) and os.access(database, os.W_OK)):
        yield
        return
    with tempfile.TemporaryDirectory(prefix="comuna-read-") as folder:
        for name in ("comuna.db", "comuna.db-wal"):
            if (home / name).exists():
                shutil.copyfile(home / name, Path(folder) / name)
        for name in READ_IN_PLACE:
            if (home / name).exists():
                (Path(folder) / name).symlink_to((home / name).resolve())
        os.environ["COMUNA_HOME"] = folder
        print(f"{home} takes no writing: a copy of its database is read.")
        yield


def ready_books() -> None:
    """The program over a home with this release's tables and every trigger in place. Raises Failed.

    A trigger that is missing from existing books is not put back silently: it stops the start; so does the key
    of what is sealed, since words sealed under a second one could be read by neither alone.
    New books get their keys first of all.
    """
    set_up()
    from django.conf import settings
    from django.db import OperationalError, ProgrammingError, connection

    from comuna.acts.door import witness_if_due
    from comuna.journal import checkpoint, roles, scrub, sealing, triggers
    from comuna.journal.home import kept_key, key_file
    from comuna.journal.lock import one_writer
    from comuna.journal.prepare import is_of_this_release, is_unfinished, prepare

    try:
        tables = connection.introspection.table_names()
    except OperationalError as error:
        raise Failed(f"The database cannot be opened: {error}") from error
    if "journal_record" in tables and roles.lacks():
        if roles.has_owner() and is_of_this_release():
            grant_again()
        check_rights()
    is_new = "journal_record" not in tables or is_unfinished()
    if not is_new:
        if not is_of_this_release():
            raise Failed("These books were made by another release. Run: comuna upgrade")
        faults = triggers.faults()
        if faults:
            raise Failed("These books are not safe to open:\n  " + "\n  ".join(faults) + "\nRun: comuna verify")
        _check_keys()
        _check_statutes()
    sealing.make_key()
    checkpoint.make_key()
    settings.SECRET_KEY = kept_key(key_file("web"), settings.SECRET_KEY.encode).decode("ascii", "replace")
    if is_new:
        try:
            prepare()
        except ProgrammingError as error:
            raise Failed(f"The tables cannot be made: {str(error).strip()}\n{NO_RIGHT}") from error
    with one_writer():
        scrub.scrub_if_due()  # an erasure was cut short before its old pages were overwritten
        _close_older_copy()
        witness_if_due()


def _check_keys() -> None:
    """Raises Failed where a key is gone or not that of these books."""
    from comuna.journal import keys, sql
    from comuna.journal.home import key_file

    found = keys.faults()
    if not key_file("sealing").exists() and sql.one("SELECT 1 FROM journal_record LIMIT 1"):
        found = found or ["keys/sealing is gone: what is sealed cannot be read"]
    if found:
        raise Failed("".join(f"{fault}.\n" for fault in found) + "Bring it back from a backup.")


def _check_statutes() -> None:
    """Raises Failed where a statute that was adopted cannot be read: no page could say who may do what."""
    from comuna.journal import files
    from comuna.journal.home import home
    from comuna.statutes import queries

    found = queries.spoilt()
    if found:
        lines = [
            f"The statute {one.statute_id}, version {one.version}, is gone or was altered:"
            f" {files.path_of(one.digest).relative_to(home())}\n"
            for one in found
        ]
        raise Failed("".join(lines) + "Bring it back from a backup.")


def _close_older_copy() -> None:
    """A database that was put back by hand from an older copy is read only, like restored books."""
    from comuna.journal import highest
    from comuna.journal.models import Writer

    writer = Writer.objects.first()
    missed = highest.lost(writer.commune) if writer else 0
    if missed:
        highest.close(missed)
        print(
            f"WARNING: {highest.words(missed)}."
            "\n         They can be read, not written, until two seats begin a new epoch with the newest code on paper."
        )


def check_rights() -> None:
    """Raises Failed where the running role may not do in the tables what it needs; always may on SQLite."""
    from comuna.journal import roles

    lacks = roles.lacks()
    if lacks:
        raise Failed(f"The books cannot be used: {lacks[0]}, and {len(lacks) - 1} things more.\n{NO_RIGHT}")


def warn_of_roles() -> None:
    """Say in words what lets whoever has the server's password for PostgreSQL walk past the triggers."""
    from comuna.journal import roles

    for words in roles.weaknesses():
        print(f"WARNING: {words}.\n         {ROLE_ADVICE}")


def grant_again() -> None:
    """What the running role needs, given by the owner: another role may run the server from now on."""
    from comuna.journal import roles

    role = roles.running_role()
    with roles.as_owner():
        roles.grant(role)


def progress(what: str) -> Callable[[int, int], None]:
    """A callback (done, total) that says how far it is, once a second, when it takes long."""
    began = time.monotonic()
    said = began

    def report(done: int, total: int) -> None:
        nonlocal said
        moment = time.monotonic()
        if moment - began > PROGRESS_AFTER_SECONDS and moment - said > 1:
            said = moment
            share = f"{done:,} of {total:,}" if total else f"{done:,}"
            print(f"{what}: {share}", file=sys.stderr, flush=True)

    return report


_ALLOCATIONS_A_WALK = 20_000


def loaded() -> None:
    """The program is loaded and stays: the collector of garbage need not walk it again and again (gc.freeze). What an
    act makes is gone with it; looking for circles after every 700 objects, as Python does by itself, costs an act more
    than what is found is worth."""
    gc.freeze()
    gc.set_threshold(_ALLOCATIONS_A_WALK, 20, 20)
