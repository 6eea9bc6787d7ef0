"""``comuna codes``: the founders' codes that nobody has used, where their page was closed before it was printed."""

from __future__ import annotations

import argparse

from comuna.cli import Failed
from comuna.cli.start import set_up_over_books

HELP = "show the founders' codes that nobody has used yet"


def arguments(parser: argparse.ArgumentParser) -> None:
    del parser


def run(options: argparse.Namespace) -> int:
    del options
    set_up_over_books()
    from comuna.acts import clock
    from comuna.acts.authority import authority
    from comuna.journal.queries import commune_here
    from comuna.mandates.founders import unclaimed

    commune = commune_here()
    if commune is None:
        raise Failed("nothing has been founded in this home")
    found = unclaimed(commune, clock.now().astimezone(authority().time_zone(commune)).date())
    if not found:
        raise Failed("no founder's code is left: all were used, replaced or have run out; who signs in prints new ones")
    for one in found:
        print(f"{one.code}   {one.name}, good until {one.expires_on}")
    return 0
