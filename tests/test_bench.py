"""What is measured is still there: the rows that a benchmark writes fit the tables, and its pages are answered."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.soak.server import environment

SEARCH_ON_A_FEW = """
from pathlib import Path
from comuna.cli.bench import search
search.MOTIONS, search.RUNS = 2 * search.A_SESSION, 1
print(len(search.measure(Path())))
"""


@pytest.mark.sqlite_only
def test_the_benchmark_of_the_search_measures_every_page_it_names(tmp_path: Path) -> None:
    """In a home of its own: its rows were made by no act, and such books are no books."""
    said = subprocess.run(
        [sys.executable, "-c", SEARCH_ON_A_FEW],
        env=environment(tmp_path) | {"DJANGO_SETTINGS_MODULE": "comuna.web.settings"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert said.returncode == 0, said.stderr
    assert int(said.stdout.split()[-1]) >= 10
