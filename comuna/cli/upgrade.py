"""``comuna upgrade``: take the books over into this release."""

from __future__ import annotations

import argparse

from comuna.cli import Failed
from comuna.cli.start import progress, set_up_over_books

HELP = "take the books over into this release; the old ones stay until the new ones are verified"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--anyway", action="store_true", help="also when the books are of this release already")


def run(options: argparse.Namespace) -> int:
    set_up_over_books(as_owner=True)
    from django.db import connection

    from comuna.acts import rebuild, upgrade
    from comuna.acts.upgrade_postgresql import NotUpgraded, check_owner
    from comuna.journal import roles
    from comuna.journal.prepare import is_of_this_release
    from comuna.journal.queries import commune_here

    try:
        with roles.as_owner():
            if connection.vendor == "postgresql":
                check_owner()
            commune = commune_here()
    except NotUpgraded as error:
        raise Failed(f"Nothing was changed: {error}") from error
    if commune is None:
        raise Failed("There are no books here yet.")
    if is_of_this_release() and not options.anyway:
        print("These books are of this release already.")
        return 0
    try:
        records = upgrade.upgrade(progress("replaying"))
    except (NotUpgraded, rebuild.ReplayFailed) as error:
        raise Failed(f"Nothing was changed: {error}") from error
    print(f"{records:,} records taken over and verified.")
    return 0
