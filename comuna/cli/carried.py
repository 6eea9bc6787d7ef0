"""Books in a backup without a database file: the journal as a bundle, and what is local as lines of JSON.

This is how PostgreSQL's books go into a backup. They come back on either engine: the state is replayed.
"""

from __future__ import annotations

from pathlib import Path

from comuna.cli import Failed
from comuna.cli.start import NO_RIGHT, progress

JOURNAL = "journal.zip"
LOCAL = "local.jsonl"


def write(folder: Path) -> None:
    """Both files into a folder; the caller holds the writing lock."""
    from django.core import serializers

    from comuna.journal import bundle
    from comuna.journal.tables import carried

    bundle.export(folder / JOURNAL, progress("writing"))
    with (folder / LOCAL).open("w", encoding="utf-8") as lines:
        for model in carried():
            serializers.serialize("jsonl", model._default_manager.order_by("pk").iterator(500), stream=lines)


def read(folder: Path) -> None:
    """Both files into an empty database, made first where it has no tables; all or nothing. Raises Failed."""
    from django.core import serializers
    from django.core.serializers.base import DeserializationError
    from django.db import DatabaseError

    from comuna.acts import rebuild
    from comuna.journal import bundle
    from comuna.journal.models import Writer
    from comuna.journal.prepare import prepare
    from comuna.journal.tables import Local

    try:
        prepare()
    except DatabaseError as error:
        raise Failed(f"The tables cannot be made: {str(error).strip()}\n{NO_RIGHT}") from error

    def local() -> None:
        with (folder / LOCAL).open(encoding="utf-8") as lines:
            for found in serializers.deserialize("jsonl", lines):
                if not isinstance(found.object, Local):
                    raise bundle.BadBundle(f"{LOCAL} holds a row of {found.object._meta.db_table}")
                if not isinstance(found.object, Writer):  # nobody writes restored books before an epoch is begun
                    found.save()

    def replayed() -> None:
        rebuild.replay(progress("replaying"))
        try:
            local()
        except (DeserializationError, DatabaseError, ValueError, TypeError, LookupError, ArithmeticError) as error:
            raise bundle.BadBundle(f"{LOCAL} is not as a backup writes it: {error}") from error

    try:
        bundle.load(folder / JOURNAL, progress("reading"), then=replayed)
    except (bundle.BadBundle, rebuild.ReplayFailed, OSError) as error:
        raise Failed(f"Nothing was restored: {error}") from error


def check_empty() -> None:
    """Raises Failed where the database in use already has books, or cannot be opened."""
    from django.db import DatabaseError, connection

    from comuna.journal import sql

    try:
        tables = connection.introspection.table_names()
        taken = "journal_record" in tables and sql.one("SELECT 1 FROM journal_record LIMIT 1") is not None
    except DatabaseError as error:
        raise Failed(f"The database cannot be used: {str(error).strip()}\n{NO_RIGHT}") from error
    if taken:
        raise Failed("The database already has books; a backup is restored into an empty one")
