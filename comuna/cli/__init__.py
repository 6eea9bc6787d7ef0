"""The command line: ``comuna COMMAND``. One file a command, plain words, non-zero exit when something failed."""

from __future__ import annotations

import argparse
import os
import sys
from importlib import import_module
from pathlib import Path
from typing import Protocol, cast

COMMANDS = (
    "demo",
    "serve",
    "act",
    "import-sessions",
    "accounts",
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


MAKE_BOOKS = {"demo", "serve", "journal", "restore", "bench", "openapi"}
"""The commands that may begin with an empty home, and ``act``, by which a commune can be founded."""


class Failed(Exception):
    """What a command says on its way out with exit code 1."""


def make_parser() -> tuple[argparse.ArgumentParser, dict[str, Command]]:
    """What can be typed, and the module behind each command; ``docs/command-line.md`` is held against it."""
    parser = argparse.ArgumentParser(prog="comuna", description="The program with which a commune runs itself.")
    parser.add_argument("--home", help="the folder that holds everything (else COMUNA_HOME, else ~/.comuna)")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    modules = {name: cast(Command, import_module(f"comuna.cli.{name.replace('-', '_')}")) for name in COMMANDS}
    for name, module in modules.items():
        module.arguments(commands.add_parser(name, help=module.HELP, description=module.HELP))
    return parser, modules


def main(words: list[str] | None = None) -> int:
    parser, modules = make_parser()
    options = parser.parse_args(words)
    if options.home:
        os.environ["COMUNA_HOME"] = options.home
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "comuna.web.settings")
    os.umask(0o077)  # whatever a command writes is its owner's alone
    try:
        _needs_books(options)
        return modules[options.command].run(options)
    except Failed as failed:
        print(failed, file=sys.stderr)
        return 1
    except BrokenPipeError:  # whoever read along has read enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except Exception as error:
        said = _of_the_home(error)
        if said is None:
            raise  # a fault of the program: whoever mends it needs to see where
        print(said, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("stopped", file=sys.stderr)
        return 130


def _needs_books(options: argparse.Namespace) -> None:
    """A mistyped home is not made. Raises Failed where a command needs books and there are none."""
    from django.apps import apps

    if apps.ready:
        return  # called from within the program, which has its books already
    makes = options.command in MAKE_BOOKS and getattr(options, "way", "") != "export"
    founds = options.command == "act" and options.name == "mandates.found_commune"
    home = Path(os.environ.get("COMUNA_HOME") or Path.home() / ".comuna")
    if not (makes or founds or os.environ.get("DATABASE_URL") or _size(home / "comuna.db")):
        raise Failed(f"There are no books in {home}. Another folder: --home")


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0


def _of_the_home(error: Exception) -> str | None:
    """What is wrong with the computer or the home, not with the program; None for anything else."""
    from django.db import DatabaseError

    from comuna.journal.home import NoKey

    if isinstance(error, DatabaseError):
        return f"The database cannot be used: {error}\nLook at the disk; what was there comes back from a backup."
    if isinstance(error, NoKey):
        return f"{error}. Bring it back from a backup."
    return f"{error.filename or 'the disk'}: {error.strerror}" if isinstance(error, OSError) else None
