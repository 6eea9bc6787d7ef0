"""``docs/add-an-act.md`` followed to the letter in a copy of the house: the act that it adds is whole."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house import ROOT

PAGE = (ROOT / "docs" / "add-an-act.md").read_text("utf-8")
BLOCK = re.compile(
    r"^```\w+\n# (?P<file>[\w/.-]+)(?P<where>, in [^\n]*)?\n(?P<text>.*?)^```$", re.DOTALL | re.MULTILINE
)
LIFE = "    town.do(first, CorrectHousehold(household=home"  # the household is corrected here
NEEDED = ("comuna", "tests", "docs", "script", "conftest.py", "pyproject.toml", "README.md", "CHANGELOG.md")


def copied(target: Path) -> Path:
    """The house as it stands, without what was made from it."""
    for name in NEEDED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, target / name, ignore=shutil.ignore_patterns("__pycache__", "*.pyc"))
        else:
            shutil.copy(source, target / name)
    for lock in ROOT.glob("*.lock"):
        shutil.copy(lock, target)
    (target / ".venv" / "bin").mkdir(parents=True)
    (target / ".venv" / "bin" / "python").write_text(f'#!/bin/sh\nPYTHONPATH="{target}" exec "{sys.executable}" "$@"\n')
    (target / ".venv" / "bin" / "python").chmod(0o755)
    return target


def follow(house: Path) -> list[str]:
    """Write each block into the file it names: at its end, or where the life goes on. Gives the files."""
    named = []
    for block in BLOCK.finditer(PAGE):
        path = house / block["file"]
        before = path.read_text("utf-8") if path.exists() else ""
        if block["where"]:
            at = before.index("\n", before.index(LIFE)) + 1
            text = before[:at] + block["text"] + before[at:]
        else:
            text = before + ("" if path.suffix in (".txt", "") or not before else "\n\n") + block["text"]
        path.write_text(text, "utf-8")
        named.append(block["file"])
    return named


def add_imports(house: Path) -> None:
    """What the page says in words: the new names, imported where they are used."""
    for name, line in {
        "comuna/territory/effects.py": "from comuna.territory.models import AccessNote",
        "tests/every_act_places.py": "from comuna.territory.acts.access import NoteAccess",
    }.items():
        path = house / name
        text = path.read_text("utf-8")
        path.write_text(text.replace("import annotations\n", f"import annotations\n\n{line}\n", 1), "utf-8")


def run(house: Path, *words: str) -> None:
    environment = {**os.environ, "COMUNA_HOME": str(house / "home"), "PYTHONPATH": str(house)}
    done = subprocess.run(words, cwd=house, env=environment, capture_output=True, text=True, check=False, timeout=900)
    assert done.returncode == 0, f"{' '.join(words)}\n{done.stdout[-4000:]}{done.stderr[-2000:]}"


@pytest.mark.long
@pytest.mark.sqlite_only
def test_the_page_followed_from_top_to_bottom_gives_an_act_that_is_whole(tmp_path: Path) -> None:
    house, python = copied(tmp_path / "house"), sys.executable
    assert len(follow(house)) == 12
    add_imports(house)
    run(house, "script/tables")
    run(house, python, "script/messages", "--check")
    run(house, python, "script/messages", "--compile")
    tests = [
        "comuna/territory/tests/test_note_access.py",
        "tests/test_house.py",
        "comuna/statutes/tests/test_builtin.py",
    ]
    run(house, python, "-m", "pytest", "-q", "-n", "0", *tests)
    run(house, python, "-m", "pytest", "-q", "-n", "0", "tests/test_every_act.py", "-k", "does_every_act or erased")
