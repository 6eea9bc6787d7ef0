"""``comuna rebuild``: the state from the journal alone."""

from __future__ import annotations

import argparse

from comuna.cli import Failed
from comuna.cli.start import home_to_read, progress, set_up_over_books

HELP = "replay the journal and compare it with the state in use"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--check", action="store_true", required=True, help="compare only; nothing is written")


def run(options: argparse.Namespace) -> int:
    del options
    with home_to_read():
        return _check()


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
