"""``comuna codes``: the founders' codes that nobody has used, where their page was closed before it was printed; in
imported or restored books, codes with which those who may open them for writing sign in anew."""

from __future__ import annotations

import argparse
from datetime import date

from comuna.cli import Failed
from comuna.cli.start import set_up_over_books

HELP = "show the founders' codes that nobody has used yet; in imported or restored books, codes to sign in anew"


def arguments(parser: argparse.ArgumentParser) -> None:
    del parser


def run(options: argparse.Namespace) -> int:
    del options
    set_up_over_books()
    from comuna.acts.moment import day_now
    from comuna.journal.queries import commune_here, is_read_only
    from comuna.mandates.founders import unclaimed

    commune = commune_here()
    if commune is None:
        raise Failed("nothing has been founded in this home")
    today = day_now(commune)
    if is_read_only():
        return _renewals(today)
    found = unclaimed(commune, today)
    if not found:
        raise Failed("no founder's code is left: all were used, replaced or have run out; who signs in prints new ones")
    for one in found:
        print(f"{one.code}   {one.name}, good until {one.expires_on}")
    return 0


def _renewals(today: date) -> int:
    """Codes that set another password: for those who may begin the epoch, and good until it is begun."""
    from comuna.mandates.renewing import renewals

    found = renewals(today)
    if not found:
        raise Failed("nobody who ever claimed an account holds a seat that may begin an epoch today")
    print("These books are read-only. Give each her code: on the page /claim/ she chooses a name and a password.")
    print("Then one proposes, under My mandate, to begin a new epoch, and another signs. Each code is good once.")
    for one in found:
        print(f"{one.code}   {one.name}, {one.seat}")
    return 0
