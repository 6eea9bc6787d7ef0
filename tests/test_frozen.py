"""What was frozen is read for ever: journals of earlier releases are imported, verified, replayed and shown."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from comuna.acts import rebuild
from comuna.journal import bundle, checkpoint, papercode, verify
from comuna.journal.models import Record
from comuna.journal.queries import commune_here
from comuna.journal.tables import State, of_class
from conftest import Books
from tests import freezing
from tests.freezing import FOUND, FROZEN, JOURNAL, SUMS
from tests.house import ROOT

JOURNALS = sorted(path.parent for path in FROZEN.glob(f"*/{JOURNAL}"))
GONE: dict[str, str] = {}  # "table.column" or "table" that a later release makes otherwise or not at all: why

each = pytest.mark.parametrize("kept", JOURNALS, ids=lambda path: path.name)


def said(kept: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((kept / FOUND).read_text("utf-8"))
    return found


def read(kept: Path) -> dict[str, Any]:
    """Import and replay a frozen journal into the empty books; what they then hold."""
    bundle.load(kept / JOURNAL)
    rebuild.replay()
    return freezing.found()


@each
def test_a_frozen_journal_is_read_verified_and_replayed_to_what_it_was(kept: Path, books: Books) -> None:
    before, now = said(kept), read(kept)
    assert list(verify.findings()) == []
    for what in ("records", "checkpoints", "verbs"):
        assert now[what] == before[what], what
    assert differing(before["tables"], now["tables"]) == []
    commune = commune_here()
    assert commune is not None
    for code in before["checkpoints"].values():
        assert checkpoint.compare(commune, papercode.read(code)).verdict == "same", code


def differing(before: dict[str, Any], now: dict[str, Any]) -> list[str]:
    """Tables and columns that do not hold what they held; what is new since does not matter."""
    wrong = []
    for name, table in before.items():
        if name in GONE:
            continue
        if name not in now or now[name]["rows"] != table["rows"]:
            wrong.append(name)
            continue
        columns = now[name]["columns"]
        wrong += [
            f"{name}.{column}"
            for column, digest in table["columns"].items()
            if columns.get(column) != digest and f"{name}.{column}" not in GONE
        ]
    return wrong


@each
def test_of_a_frozen_journal_every_act_has_its_page(kept: Path, books: Books) -> None:
    read(kept)
    client = Client()
    one_each = {verb: id for id, verb in Record.objects.order_by("seq").values_list("id", "verb")}
    assert len(one_each) == len(said(kept)["verbs"])
    for verb, id in one_each.items():
        assert client.get(f"/acts/{id}/").status_code == 200, verb


@each
def test_whoever_trusts_nobody_can_check_a_frozen_journal(kept: Path) -> None:
    code = list(said(kept)["checkpoints"].values())[-1]
    command = [sys.executable, str(ROOT / "script" / "check-journal"), str(kept / JOURNAL), *code.split()]
    answer = subprocess.run(command, capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stdout
    assert "they are unchanged" in answer.stdout


def test_what_is_frozen_is_what_it_was_and_no_file_is_unknown() -> None:
    lines = [line.split("  ") for line in SUMS.read_text("utf-8").splitlines()]
    listed = {name: digest for digest, name in lines}
    there = [path for kept in JOURNALS for path in freezing.files_of(kept)]
    assert {path.relative_to(FROZEN).as_posix(): freezing.digest_of(path) for path in there} == listed


def test_a_frozen_verb_is_listed_and_a_release_has_its_journal() -> None:
    verbs = set((FROZEN / "verbs.txt").read_text("utf-8").split())
    for kept in JOURNALS:
        assert set(said(kept)["verbs"]) <= verbs
    released = re.findall(r"^## (\S+)$", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)
    assert sorted(set(released) - {kept.name for kept in JOURNALS}) == [], "script/freeze the release"


def test_a_journal_frozen_under_a_name_that_is_taken_is_refused(tmp_path: Path) -> None:
    answer = subprocess.run([ROOT / "script" / "freeze", JOURNALS[0].name], capture_output=True, text=True, check=False)
    assert answer.returncode == 1
    assert "frozen already" in answer.stderr


def test_the_frozen_life_does_every_act_of_the_state_s_tables() -> None:
    tables = said(JOURNALS[-1])["tables"]
    assert {model._meta.db_table for model in of_class(State)} >= set(tables) - set(GONE)
    assert [name for name, table in tables.items() if not table["rows"]] == []
