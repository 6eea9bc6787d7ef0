"""``comuna upgrade``: take the books over into this release."""

from __future__ import annotations

import argparse

from comuna.cli import Failed
from comuna.cli.start import progress, set_up

HELP = "take the books over into this release; the old file stays until the new one is verified"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--anyway", action="store_true", help="also when the books are of this release already")


def run(options: argparse.Namespace) -> int:
    set_up()
    from comuna.acts import upgrade
    from comuna.journal.prepare import is_of_this_release
    from comuna.journal.queries import commune_here

    if commune_here() is None:
        raise Failed("There are no books here yet.")
    if is_of_this_release() and not options.anyway:
        print("These books are of this release already.")
        return 0
    try:
        records = upgrade.upgrade(progress("replaying"))
    except upgrade.NotUpgraded as error:
        raise Failed(f"Nothing was changed: {error}") from error
    print(f"{records:,} records taken over and verified.")
    return 0
