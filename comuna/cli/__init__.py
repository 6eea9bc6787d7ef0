"""The command line: ``comuna COMMAND``. One file a command, plain words, non-zero exit when something failed."""

from __future__ import annotations

import argparse
import os
import sys
from importlib import import_module
from typing import Protocol, cast

COMMANDS = (
    "demo",
    "serve",
    "act",
    "verify",
    "rebuild",
    "journal",
    "backup",
    "restore",
    "upgrade",
    "doctor",
    "codes",
    "bench",
    "openapi",
)


class Command(Protocol):
    """What each command's module offers. ``HELP`` is its one line; ``run`` returns the exit code."""

    HELP: str

    def arguments(self, parser: argparse.ArgumentParser) -> None: ...

    def run(self, options: argparse.Namespace) -> int: ...


class Failed(Exception):
    """What a command says on its way out with exit code 1."""


def make_parser() -> tuple[argparse.ArgumentParser, dict[str, Command]]:
    """What can be typed, and the module behind each command; ``docs/command-line.md`` is held against it."""
    parser = argparse.ArgumentParser(prog="comuna", description="The program with which a commune runs itself.")
    parser.add_argument("--home", help="the folder that holds everything (else COMUNA_HOME, else ~/.comuna)")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    modules = {name: cast(Command, import_module(f"comuna.cli.{name}")) for name in COMMANDS}
    for name, module in modules.items():
        module.arguments(commands.add_parser(name, help=module.HELP, description=module.HELP))
    return parser, modules


def main(words: list[str] | None = None) -> int:
    parser, modules = make_parser()
    options = parser.parse_args(words)
    if options.home:
        os.environ["COMUNA_HOME"] = options.home
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "comuna.web.settings")
    try:
        return modules[options.command].run(options)
    except Failed as failed:
        print(failed, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("stopped", file=sys.stderr)
        return 130
