"""What is measured is still there: the rows that a benchmark writes fit the tables, and its pages are answered."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.soak.server import environment

SEARCH = """
from pathlib import Path
from comuna.cli.bench import search
search.MOTIONS, search.RUNS = 40, 1
figures = search.measure(Path())
"""
ASSEMBLIES = """
from comuna.cli.bench import assemblies
assemblies.RUNS = 1
figures = assemblies.pages_of(40, 400)
"""
TREASURY = """
import os
from pathlib import Path
from comuna.cli.bench import treasury
treasury.POSTINGS, treasury.ENTRIES_AT_ONCE, treasury.SINGLES, treasury.RUNS = 2_000, 500, 40, 1
figures = treasury.measure(Path(os.environ["COMUNA_HOME"]))
"""


@pytest.mark.long
@pytest.mark.sqlite_only
@pytest.mark.parametrize(("bench", "figures"), [(SEARCH, 9), (ASSEMBLIES, 7), (TREASURY, 11)])
def test_a_benchmark_measures_every_page_it_names(tmp_path: Path, bench: str, figures: int) -> None:
    """In a home of its own: its rows were made by no act, and such books are no books."""
    said = subprocess.run(
        [sys.executable, "-c", f"{bench}\nprint(len(figures))"],
        env=environment(tmp_path) | {"DJANGO_SETTINGS_MODULE": "comuna.web.settings"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert said.returncode == 0, said.stderr
    assert int(said.stdout.split()[-1]) == figures
