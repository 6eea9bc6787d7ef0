"""``comuna demo``: an invented commune of 24 councils, or one council alone, made by performing acts up to today."""

from __future__ import annotations

import argparse
import time

from comuna.cli import Failed
from comuna.cli.start import loaded, progress, ready_books

HELP = "make the sample commune in an empty home"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--seed", type=int, default=1, help="another seed, another commune")
    parser.add_argument("--council", action="store_true", help="one council of 200 households instead: made sooner")


def run(options: argparse.Namespace) -> int:
    ready_books()
    loaded()
    from comuna.cli.sample import make_commune, make_council, synced_at_the_end
    from comuna.journal.home import home
    from comuna.journal.models import Record

    if Record.objects.exists():
        raise Failed("This home already has books; the sample is made in an empty one.")
    began = time.monotonic()
    (home() / "demo").write_text("a demonstration: passwords are on the first page\n")
    make = make_council if options.council else make_commune
    with synced_at_the_end():
        records = make(options.seed, progress("making the sample"))
    what, took = "council" if options.council else "commune", time.monotonic() - began
    print(f"The sample {what} is ready: {records:,} acts in {took:.0f} s.")
    return 0
