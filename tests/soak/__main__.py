"""``python -m tests.soak``: what ``script/soak`` runs."""

from __future__ import annotations

import argparse
import secrets
import shutil
import sys
import tempfile
import time
from pathlib import Path

from tests.soak import cuts, kills
from tests.soak.judge import Broken
from tests.soak.server import DidNotStart


def say(words: str) -> None:
    sys.stdout.write(words + "\n")
    sys.stdout.flush()


def main() -> int:
    parser = argparse.ArgumentParser(prog="script/soak", description="Hurt a real server and see what is left.")
    parser.add_argument("--kills", type=int, metavar="N", help="kill -9 at N random moments")
    parser.add_argument("--cuts", type=int, metavar="N", help="N simulated power cuts")
    parser.add_argument("--seed", type=int, help="the one of an earlier run, to draw the same moments")
    parser.add_argument("--folder", type=Path, help="an existing folder, on the disk to try (else the system's own)")
    options = parser.parse_args()
    seed = options.seed if options.seed is not None else secrets.randbits(32)
    if options.kills is None and options.cuts is None:
        options.kills, options.cuts = 200, 100
    folder = Path(tempfile.mkdtemp(prefix="comuna-soak-", dir=options.folder))
    began = time.monotonic()
    try:
        if options.kills:
            say(str(kills.run(options.kills, seed, folder / "kills", say)))
        if options.cuts:
            say(str(cuts.run(options.cuts, seed, folder / "cuts", say)))
    except (Broken, DidNotStart) as broken:
        say(f"BROKEN with seed {seed}: {broken}\nThe homes are left in {folder}")
        return 1
    shutil.rmtree(folder)
    say(f"Everything held, in {time.monotonic() - began:.0f} s.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
