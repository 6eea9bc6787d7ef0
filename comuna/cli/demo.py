"""``comuna demo``: an invented council of 200 households, made by performing acts up to today."""

from __future__ import annotations

import argparse
import time

from comuna.cli import Failed
from comuna.cli.start import progress, ready_books

HELP = "make the sample commune in an empty home"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--seed", type=int, default=1, help="another seed, another council")


def run(options: argparse.Namespace) -> int:
    ready_books()
    from comuna.cli.sample import make
    from comuna.journal.home import home
    from comuna.journal.models import Record

    if Record.objects.exists():
        raise Failed("This home already has books; the sample is made in an empty one.")
    began = time.monotonic()
    (home() / "demo").write_text("a demonstration: passwords are on the first page\n")
    records = make(seed=options.seed, progress=progress("making the sample"))
    print(f"The sample commune is ready: {records:,} acts in {time.monotonic() - began:.0f} s.")
    return 0
