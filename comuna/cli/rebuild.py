"""``comuna rebuild``: what the journal alone gives. The state is compared; the index of the search is made anew."""

from __future__ import annotations

import argparse

from comuna.cli import Failed
from comuna.cli.start import home_to_read, progress, ready_books, set_up_over_books

HELP = "replay the journal and compare it with the state in use, or make the index of the search anew"


def arguments(parser: argparse.ArgumentParser) -> None:
    which = parser.add_mutually_exclusive_group(required=True)
    which.add_argument("--check", action="store_true", help="compare only; nothing is written")
    which.add_argument("--index", action="store_true", help="the index of the search, from the state as it stands")


def run(options: argparse.Namespace) -> int:
    if options.index:
        return _index()
    with home_to_read():
        return _check()


def _index() -> int:
    ready_books()
    from comuna.acts import finding
    from comuna.journal.lock import writing

    with writing():
        documents = finding.build()
    print(f"{documents:,} documents can be found by their words")
    return 0


def _check() -> int:
    set_up_over_books()
    from comuna.acts import rebuild

    try:
        compared = rebuild.check(progress("replaying"))
    except rebuild.ReplayFailed as failed:
        raise Failed(f"The journal cannot be replayed: {failed}") from failed
    print(f"{compared.records:,} records replayed")
    print(f"state in use: {compared.digest}")
    print(f"replayed:     {compared.replayed}")
    for finding in compared.findings[:50]:
        print(f"NO: {finding}")
    print("equal" if compared.equal else "NOT equal")
    return 0 if compared.equal else 1
