"""``python -m tests.soak.founding``: a commune in the home named by ``COMUNA_HOME``, made by performing acts.

Prints one line of JSON: who can sign in, with which password.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from comuna.cli.bench import commune
from comuna.cli.bench.commune import Member
from tests.soak.server import environment


def found(home: Path, before: Sequence[str] = ()) -> list[Member]:
    """Make the commune in a process of its own; ``before`` is put in front of its command."""
    command = [*before, sys.executable, "-m", "tests.soak.founding"]
    home.mkdir(parents=True)
    done = subprocess.run(command, env=environment(home), capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr)
    return [Member(**one) for one in json.loads(done.stdout)]


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "comuna.web.settings")
    sys.stdout.write(json.dumps([asdict(one) for one in commune.found()]))
