"""Running the real program from tests: its command line and its server, in processes of their own."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import psycopg


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


@contextmanager
def second_engine() -> Iterator[str]:
    """The address of an empty database of its own on PostgreSQL."""
    address = os.environ.get("TEST_POSTGRESQL_URL", "")
    assert address, "script/test --long starts a PostgreSQL and says where in TEST_POSTGRESQL_URL"
    name = f"own_{uuid4().hex[:12]}"
    with psycopg.connect(address, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}".encode())
        yield address.rsplit("/", 1)[0] + f"/{name}"
        server.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())


def digest_in(text: str) -> str:
    """The state digest that a command printed."""
    found = re.search(r"State digest: ([0-9a-f]{64})", text)
    assert found, text
    return found[1]
