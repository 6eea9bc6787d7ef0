"""``comuna openapi``: write the interface document that the server hands out."""

from __future__ import annotations

import argparse

from comuna.cli.start import set_up

HELP = "write the interface document (done by script/setup)"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--quiet", action="store_true")


def run(options: argparse.Namespace) -> int:
    set_up()
    from comuna.acts import openapi
    from comuna.web.openapi import DOCUMENT

    openapi.write(DOCUMENT)
    if not options.quiet:
        print(f"written to {DOCUMENT}")
    return 0
