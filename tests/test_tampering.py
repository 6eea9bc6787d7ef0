"""Nothing in the books can be altered with a database tool without ``comuna verify`` naming it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.utils import ConnectionHandler

from comuna.acts import authority, clock, rebuild
from comuna.acts.acts import Propose, Sign
from comuna.acts.authority import Actor
from comuna.acts.clock import frozen_at
from comuna.acts.door import perform
from comuna.acts.erasing import ErasableAudience, ErasePrivate
from comuna.acts.tests.toy import Found, Grand, Neighbour, Note, seat
from comuna.journal import checkpoint, files, rawrows, triggers, verify
from comuna.journal.models import Checkpoint, Record, StoredFile
from comuna.journal.tables import State, Truth, of_class
from conftest import Books, Engine, replayed
from tests import tampering

ana, luis, rosa = uuid4(), uuid4(), uuid4()


@pytest.fixture
def full_books(books: Books) -> Iterator[Books]:
    """Books in which every truth table has rows: private parts, erased ones, a file, a checkpoint."""
    before = authority._plugged
    seat(ana, luis)
    with frozen_at("2027-01-04T12:00:00Z"):
        founded = perform(Found(name="Los Araguaneyes"), Actor(ana))
        perform(Note(words="a", neighbours=(Neighbour(person=rosa, name="Rosa", illness="asma"),)), Actor(ana))
        proposed = perform(Propose(act=Grand(words="un tanque")), Actor(ana))
        perform(Sign(proposal=proposed.id), Actor(luis))
        perform(ErasePrivate(subject=rosa, audiences=(ErasableAudience.HEALTH,), reason="lo pidió"), Actor(ana))
        perform(Note(words="b"), Actor(ana))
        checkpoint.make(founded.id, clock.stamp(clock.now()))
        yield books
    authority._plugged = before


@pytest.fixture
def replay(full_books: Books, engine: Engine, tmp_path: Path) -> Iterator[rawrows.Rows]:
    """Rows of the state as the untouched journal makes it. What is changed below is either in the truth,
    which the fast half of verifying reads, or in the state, which is held against this."""
    here = connection.settings_dict["NAME"]
    with replayed(engine, here, tmp_path) as other:
        engine.enter(here)
        with rows_of(other) as run:
            yield run


@contextmanager
def rows_of(name: str) -> Iterator[rawrows.Rows]:
    """A second connection, beside the one in use."""
    if connection.vendor == "postgresql":
        other = ConnectionHandler({"default": {**connection.settings_dict, "NAME": name}})["default"]
    else:
        other = ConnectionHandler({"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": name}})["default"]

    def run(sql: str) -> Iterator[tuple[Any, ...]]:
        with other.cursor() as cursor:
            cursor.execute(sql)
            yield from cursor.fetchall()

    try:
        yield run
    finally:
        other.close()


def found_by_verify(replay: rawrows.Rows) -> list[str]:
    """What ``comuna verify`` says, both halves."""
    state = rebuild.compare(Record.objects.count(), replay, connection.vendor)
    assert state.equal == (state.digest == state.replayed)
    return [str(finding) for finding in [*verify.findings(), *state.findings]]


def test_untouched_books_have_nothing_to_find(replay: rawrows.Rows) -> None:
    assert found_by_verify(replay) == []


def names(findings: list[str], table: str) -> bool:
    return any(f"table {table}" in finding for finding in findings)


def test_any_changed_column_is_found_and_its_table_named(replay: rawrows.Rows) -> None:
    changes = tampering.every_column()
    assert {change.model for change in changes} >= set(of_class(Truth)) - {StoredFile}
    unseen = []
    for change in changes:
        with tampering.changed(change):
            if not names(found_by_verify(replay), change.model._meta.db_table):
                unseen.append(str(change))
    assert unseen == []
    assert found_by_verify(replay) == []


@pytest.mark.parametrize("how", [tampering.removed, tampering.added])
def test_any_row_removed_or_added_is_found_and_its_table_named(replay: rawrows.Rows, how: Any) -> None:
    unseen = []
    for model in [*of_class(Truth), *of_class(State)]:
        if not model._default_manager.exists() or (model, how) == (Checkpoint, tampering.removed):
            continue  # that a checkpoint was ever made is known to paper and to witnesses alone
        tampered: AbstractContextManager[str] = how(model)
        with tampered:
            found = found_by_verify(replay)
            if not names(found, model._meta.db_table) and not (model is Record and found):
                unseen.append(model._meta.db_table)
    assert unseen == []


def test_a_missing_trigger_is_named(replay: rawrows.Rows) -> None:
    for trigger in triggers.wanted():
        with connection.cursor() as cursor:
            where = f" ON {trigger.table}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER {trigger.name}{where}")
        assert any(trigger.name in words for words in found_by_verify(replay))
        triggers.install()


def test_the_database_itself_refuses_to_change_the_truth(full_books: Books) -> None:
    for model in of_class(Truth):
        if not model._default_manager.exists():
            continue
        table = model._meta.db_table
        for statement in (f"UPDATE {table} SET id = id", f"DELETE FROM {table}"):
            with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(statement)


def test_an_insert_or_replace_does_not_walk_past_the_triggers(full_books: Books) -> None:
    if connection.vendor != "sqlite":
        return
    record = Record.objects.get(seq=2)
    with pytest.raises(DatabaseError), connection.cursor() as cursor:
        cursor.execute(
            "INSERT OR REPLACE INTO journal_record SELECT * FROM journal_record WHERE id = %s", [record.id.hex]
        )


def test_an_altered_file_is_named(full_books: Books) -> None:
    if not StoredFile.objects.exists():
        digest = files.store(b"estatuto", "text/plain")
        assert files.read(digest) == b"estatuto"
        files.path_of(digest).write_bytes(b"Estatuto")
        with pytest.raises(files.NoSuchFile, match="altered"):
            files.read(digest)


def test_records_cut_off_at_the_end_are_missed_by_the_checkpoint(full_books: Books) -> None:
    last = Record.objects.order_by("-seq").values_list("seq", flat=True)[0]
    with tampering.without_guards() as cursor:
        cursor.execute("DELETE FROM journal_record WHERE seq > %s", [last - 2])
    found = [str(finding) for finding in verify.findings()]
    assert any(f"records after {last - 2} are missing" in words for words in found)
    raise_back(full_books)


def test_a_checkpoint_that_somebody_took_away_is_named_by_the_next_one(full_books: Books) -> None:
    first, *_others = Checkpoint.objects.order_by("size")
    assert Checkpoint.objects.count() > 1
    with tampering.without_guards() as cursor:
        cursor.execute("DELETE FROM journal_checkpoint WHERE size = %s", [first.size])
    found = [str(finding) for finding in verify.findings()]
    assert any(f"the checkpoint of {first.size} records is missing" in words for words in found), found
    raise_back(full_books)


def raise_back(books: Books) -> None:
    """The books are beyond repair now; leave an empty journal so that the end-of-test replay has nothing to do."""
    with tampering.without_guards() as cursor:
        for model in [*of_class(State), *of_class(Truth)]:
            cursor.execute(f"DELETE FROM {model._meta.db_table}")
