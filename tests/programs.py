"""Running the real program from tests: its command line and its server, in processes of their own."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path


def comuna(
    home: Path, *words: str, database: str = "", owner: str = "", stdin: str = ""
) -> subprocess.CompletedProcess[str]:
    """One command over a home; on PostgreSQL where an address is given, its tables those of the owner's."""
    environment = {**os.environ, "COMUNA_HOME": str(home), "DATABASE_URL": database, "DATABASE_OWNER_URL": owner}
    command = [sys.executable, "-m", "comuna.cli", *words]
    return subprocess.run(
        command, env=environment, input=stdin, capture_output=True, text=True, check=False, timeout=900
    )


def done(home: Path, *words: str, database: str = "", owner: str = "") -> str:
    """What a command that must succeed prints."""
    answer = comuna(home, *words, database=database, owner=owner)
    assert answer.returncode == 0, f"comuna {' '.join(words)}: {answer.stdout}{answer.stderr}"
    return answer.stdout


def digest_in(text: str) -> str:
    """The state digest that a command printed."""
    found = re.search(r"State digest: ([0-9a-f]{64})", text)
    assert found, text
    return found[1]
