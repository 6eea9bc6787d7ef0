"""Books in which every act of the house was done: whatever is changed in them afterwards, verifying names it.

What ``test_tampering`` shows of the journal on toy acts is held here of every table that the rooms keep.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from random import Random, SystemRandom
from uuid import UUID

import pytest
from django.db import connection, models

from comuna.acts import rebuild
from comuna.acts.act import all_acts
from comuna.acts.erasing import ErasableAudience, ErasePrivate
from comuna.acts.models import Proposal
from comuna.journal import files, rawrows, verify
from comuna.journal.models import Checkpoint, Commitment, Erasure, PrivatePart, Record, StoredFile
from comuna.journal.tables import State, Truth, of_class
from comuna.journal.verify import Finding
from conftest import Books, Engine, replayed
from tests import every_act, tampering
from tests.test_tampering import rows_of

TABLES = [*of_class(Truth), *of_class(State)]


@pytest.fixture
def lived(books: Books, engine: Engine, tmp_path: Path) -> None:
    every_act.live(engine, tmp_path)


@pytest.fixture
def replay(lived: None, engine: Engine, tmp_path: Path) -> Iterator[rawrows.Rows]:
    """Rows of the state as the untouched journal makes it."""
    here = connection.settings_dict["NAME"]
    with replayed(engine, here, tmp_path) as other:
        engine.enter(here)
        with rows_of(other) as run:
            yield run


def found_by_verify(replay: rawrows.Rows) -> list[Finding]:
    """What ``comuna verify`` finds, both halves."""
    state = rebuild.compare(Record.objects.count(), replay, connection.vendor)
    return [*verify.findings(), *state.findings]


def test_a_life_does_every_act_and_fills_every_table(lived: None) -> None:
    real = {verb for verb, act in all_acts().items() if ".tests." not in act.__module__}
    assert every_act.verbs_done() == real
    assert [model._meta.db_table for model in TABLES if not model._default_manager.exists()] == []


def test_books_of_every_act_verify_and_rebuild(lived: None) -> None:
    assert list(verify.findings()) == []
    compared = rebuild.check()
    assert compared.equal, compared.findings


@pytest.mark.long
def test_when_all_words_of_a_life_are_erased_no_column_keeps_one_and_the_books_rebuild(
    books: Books, engine: Engine, tmp_path: Path
) -> None:
    """An act whose words are about one thing, kept in a row that is erased with another, is named here."""
    life = every_act.live(engine, tmp_path)
    held = list(
        Commitment.objects.exclude(id__in=Erasure.objects.values("id"))
        .exclude(record__in=Record.objects.filter(verb=ErasePrivate.verb).values("id"))  # whom it is about stays
        .exclude(record__in=Proposal.objects.filter(verb=ErasePrivate.verb).values("id"))
        .order_by("record", "number")
        .values_list("id", "subject")
    )
    subjects = list(dict.fromkeys(subject for _part, subject in held))
    assert len(subjects) > 60
    for first in range(4):  # neighbours in different quarters: where two are taken for one, the first alone tells
        for subject in subjects[first::4]:
            act = ErasePrivate(subject=subject, audiences=tuple(ErasableAudience), reason="Todo se borra")
            assert any(life.town.outcome(one, act) == "done" for one in life.town.promoters), (
                "not of words about oneself"
            )
        assert [str(found) for found in rebuild.check().findings] == []
    assert not PrivatePart.objects.filter(id__in=[part for part, _subject in held]).exists()
    assert words_kept() == []


def words_kept() -> list[str]:
    """Columns that are declared as holding private words, and still hold some."""
    return [
        f"{model._meta.db_table}.{column} of {row[0]}"
        for model in of_class(State)
        if issubclass(model, State) and model.erasable is not None
        for column in model.erasable.columns
        for row in model.objects.values_list("id", column)
        if row[1] not in ("", None)
    ]


def names(found: list[Finding], model: type[models.Model], key: str) -> bool:
    """Whether table and row are named. Rows of the truth are named by the record to which they belong."""
    wanted = "" if issubclass(model, Truth) else UUID(key).hex
    return any(finding.table == model._meta.db_table and wanted in finding.row != "" for finding in found)


@pytest.mark.long
def test_any_changed_column_is_named_with_its_table_and_row(replay: rawrows.Rows) -> None:
    unseen = []
    for change in tampering.every_column():
        with tampering.changed(change) as key:
            if not names(found_by_verify(replay), change.model, key):
                unseen.append(f"{change} of {key}")
    assert unseen == []
    assert found_by_verify(replay) == []


@pytest.mark.long
@pytest.mark.sqlite_only
def test_a_value_in_another_form_is_named_with_its_table_and_row(
    replay: rawrows.Rows, record_property: Callable[[str, object], None]
) -> None:
    """PostgreSQL's columns take no other form; SQLite's do, and pages would not find the row. In each run a third of
    the columns, drawn anew."""
    seed = SystemRandom().getrandbits(32)
    record_property("said", f"seed {seed}")
    every = tampering.every_column()
    unseen, tried, drawn = [], 0, Random(seed).sample(every, len(every) // 3)
    for change in drawn:
        for key, form in tampering.odd_forms(change):
            tried += 1
            if not names(found_by_verify(replay), change.model, key):
                unseen.append(f"{change} of {key} as {form}")
    assert unseen == []
    assert tried > 3 * len(drawn) // 2
    assert found_by_verify(replay) == []


@pytest.mark.long
@pytest.mark.parametrize("how", [tampering.removed, tampering.added, tampering.swapped])
def test_a_row_removed_added_or_swapped_is_named_with_its_table(
    replay: rawrows.Rows, how: Callable[[type[models.Model]], AbstractContextManager[str]]
) -> None:
    unseen = []
    for model in TABLES:
        if (model, how) in NOT_SHOWN or (how is tampering.swapped and model._default_manager.count() < 2):
            continue
        with how(model) as key:
            found = found_by_verify(replay)
            if not names(found, model, key) and not (model is Record and found):
                unseen.append(model._meta.db_table)
    assert unseen == []
    assert found_by_verify(replay) == []


NOT_SHOWN = (
    (Checkpoint, tampering.removed),  # that one was ever made is known to paper and to other witnesses alone
    (Erasure, tampering.swapped),  # two that one record ordered are the same when swapped
)


def test_a_stored_file_altered_or_removed_is_named(lived: None) -> None:
    for digest in StoredFile.objects.values_list("digest", flat=True):
        place = files.path_of(digest)
        before = place.read_bytes()
        place.write_bytes(before[:-1] + b"!")
        assert any(digest in str(finding) for finding in verify.findings())
        place.unlink()
        assert any(digest in str(finding) for finding in verify.findings())
        place.write_bytes(before)
    assert list(verify.findings()) == []


SCHEMA = {  # what somebody does to the tables, and what undoes it
    "the view people_too": (
        "CREATE VIEW people_too AS SELECT * FROM territory_person",
        "DROP VIEW people_too",
    ),
    "the table notes": ("CREATE TABLE notes (words text)", "DROP TABLE notes"),
    "the index quick": ("CREATE INDEX quick ON mandates_mandate (person_id)", "DROP INDEX quick"),
    "records_by_verb": (
        "DROP INDEX records_by_verb",
        'CREATE INDEX "records_by_verb" ON "journal_record" ("commune", "verb", "seq")',
    ),
}
OWN_TRIGGER = {
    "sqlite": "CREATE TRIGGER own AFTER INSERT ON mandates_mandate BEGIN DELETE FROM mandates_ending; END",
    "postgresql": "CREATE TRIGGER own AFTER INSERT ON mandates_mandate FOR EACH ROW"
    " EXECUTE FUNCTION journal_record_never_changed()",
}


@pytest.mark.parametrize("named", SCHEMA)
def test_what_is_added_to_the_schema_or_taken_from_it_is_named(lived: None, named: str) -> None:
    done, undone = SCHEMA[named]
    with connection.cursor() as cursor:
        cursor.execute(done)
        assert any(named in str(finding) for finding in verify.findings())
        cursor.execute(undone)
        assert list(verify.findings()) == []


def test_a_trigger_of_somebodys_own_is_named(lived: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(OWN_TRIGGER[connection.vendor])
        assert [str(found) for found in verify.findings() if "own was added" in str(found)]
        cursor.execute("DROP TRIGGER own" + (" ON mandates_mandate" if connection.vendor == "postgresql" else ""))
    assert list(verify.findings()) == []
