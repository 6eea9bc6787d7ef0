"""``comuna doctor``: is this computer fit to keep the books, and what to do where it is not."""

from __future__ import annotations

import argparse
import shutil
from collections.abc import Iterator

from comuna.cli.start import NO_RIGHT, ROLE_ADVICE, set_up

HELP = "look at the computer, the database and the books, and say what to do"
DISK_FREE_MIN = 500 * 1024 * 1024  # bytes
OLDER_ADVICE = "bring the newer database back; if it is lost, two seats propose and sign acts.begin_epoch"

Finding = tuple[bool, str, str]  # fit, what was looked at, what to do


def arguments(parser: argparse.ArgumentParser) -> None:
    del parser


def run(options: argparse.Namespace) -> int:
    del options
    set_up()
    fit = True
    for good, words, advice in [*_engine(), *_books(), *_place()]:
        print(("ok   " if good else "MEND ") + words + ("" if good else f"\n     {advice}"))
        fit = fit and good
    for words in _weaknesses():
        print(f"WARN {words}\n     {ROLE_ADVICE}")
    return 0 if fit else 1


def _engine() -> Iterator[Finding]:
    from django.db import connection

    from comuna.web.database import SQLITE_SAFE_SINCE

    if connection.vendor != "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("SHOW server_version")
            yield True, f"PostgreSQL {cursor.fetchone()[0]}", ""
            cursor.execute("SHOW fsync")
            synced = cursor.fetchone()[0] == "on"
            yield synced, "the server syncs what it acknowledges", "set fsync = on in postgresql.conf"
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT sqlite_version()")
        version = cursor.fetchone()[0]
        safe = tuple(int(part) for part in version.split(".")) >= SQLITE_SAFE_SINCE
        advice = "run script/setup again; until then never use the command line beside a running server"
        yield safe, f"SQLite {version}", advice
        for pragma, wanted in (("journal_mode", "wal"), ("synchronous", 2), ("secure_delete", 1), ("foreign_keys", 1)):
            cursor.execute(f"PRAGMA {pragma}")
            value = cursor.fetchone()[0]
            yield value == wanted, f"{pragma} = {value}", f"it should be {wanted}: DATABASE settings were changed"


def _books() -> Iterator[Finding]:
    from django.db import connection

    from comuna.acts import clock
    from comuna.journal import chain, highest, keys, lock, roles, triggers
    from comuna.journal.models import Checkpoint, Record
    from comuna.journal.queries import commune_here, is_read_only

    if "journal_record" not in connection.introspection.table_names():
        yield True, "no books yet: found a commune, or comuna demo", ""
        return
    lacks = roles.lacks()
    if lacks:
        yield False, f"{len(lacks)} rights that the server's role lacks, among them: {lacks[0]}", NO_RIGHT
        return
    faults = triggers.faults()
    yield not faults, "every trigger stands", "; ".join(faults)
    commune = commune_here()
    if commune is None:
        yield True, "the books are empty", ""
        return
    lost = keys.faults()
    yield not lost, "; ".join(lost) or "the keys are those of these books", "bring the folder keys back from a backup"
    missed = highest.lost(commune)
    yield not missed, highest.words(missed) if missed else "no older copy of the books was put back", OLDER_ADVICE
    head = chain.head(commune)
    yield True, f"{head.seq:,} acts, {Checkpoint.objects.count():,} checkpoints", ""
    yield (
        not is_read_only(),
        "the books are open for writing",
        "restored books: one seat proposes to begin a new epoch, under My mandate, and another signs (comuna codes)",
    )
    behind = clock.stamp(clock.now()) < head.at
    yield not behind, "the clock is not behind the newest act", f"set the clock: the newest act is of {head.at}"
    yield not head.doubtful, "nobody doubts the time", "two seats propose and sign acts.confirm_time"
    newest = Record.objects.filter(commune=commune).count() - (
        Checkpoint.objects.order_by("-size").values_list("size", flat=True).first() or 0
    )
    yield (
        newest < 1000,
        f"{newest:,} acts since the last checkpoint",
        "close a session, or print a code: acts without one on paper are not witnessed",
    )
    yield (
        lock.longest_hold_seconds() < 5,
        f"longest hold of the writing lock by this process: {lock.longest_hold_seconds():.1f} s",
        "split large imports",
    )


def _weaknesses() -> list[str]:
    """What does not stop the books but lets the server's role do more than it needs to."""
    from django.db import connection

    from comuna.journal import roles

    return roles.weaknesses() if "journal_record" in connection.introspection.table_names() else []


def _place() -> Iterator[Finding]:
    from comuna.journal.home import home

    free = shutil.disk_usage(home()).free
    yield free > DISK_FREE_MIN, f"{free // 1024**2:,} MiB free on disk", "make room: a full disk stops all writing"
    keys = home() / "keys"
    private = keys.stat().st_mode & 0o077 == 0
    yield private, "the keys are for their owner alone", f"chmod 700 {keys}"
