"""``comuna act NAME --json FILE --as PERSON``: one act, through the same door as everybody's."""

from __future__ import annotations

import argparse
import getpass
import json
import sys
from pathlib import Path
from uuid import UUID, uuid4

from comuna.cli import Failed
from comuna.cli.start import ready_books

HELP = "perform one act"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", help="the act's verb, like assemblies.convene")
    parser.add_argument(
        "--json", required=True, type=Path, dest="file", help="its fields as JSON; - reads standard input"
    )
    parser.add_argument("--as", dest="person", help="the name you sign in with")
    parser.add_argument("--password-file", type=Path, help="a file with the password, instead of asking for it")
    parser.add_argument("--id", help="the act's id, to be able to send it again safely")


def run(options: argparse.Namespace) -> int:
    ready_books()
    from comuna.acts.authority import Actor
    from comuna.acts.door import perform_all
    from comuna.acts.envelope import read_envelope
    from comuna.acts.refusal import IdTaken, Malformed, Refused

    try:
        text = sys.stdin.read() if str(options.file) == "-" else options.file.read_text("utf-8")
        fields = json.loads(text)
    except (OSError, ValueError) as error:
        raise Failed(f"{options.file} cannot be read as JSON: {error}") from error
    envelope = {"verb": options.name, "id": options.id or str(uuid4()), "fields": fields, "channel": "cli"}
    try:
        request = read_envelope(json.dumps(envelope).encode())
        done = perform_all([request], Actor(_person(options)))[0]
    except Malformed as malformed:
        raise Failed("\n".join(f"{e.field}: {e.words} [{e.rule}]" for e in malformed.errors)) from malformed
    except Refused as refused:
        raise Failed(f"Refused: {refused} [{refused.rule}]") from refused
    except IdTaken as taken:
        raise Failed(f"The id {taken} already stands for an act with other words.") from taken
    again = " (it had been done before)" if done.repeated else ""
    print(f"Recorded as number {done.seq:,}, {done.day}{again}: {done.id}")
    return 0


def _person(options: argparse.Namespace) -> UUID | None:
    """Signed in by name and password, asked for on the terminal or read from a file."""
    from comuna.mandates import accounts

    if options.person is None:
        return None
    try:
        word = (
            options.password_file.read_text("utf-8").strip() if options.password_file else getpass.getpass("Password: ")
        )
        return accounts.recognise(options.person, word, address="this computer")
    except OSError as error:
        raise Failed(f"{options.password_file} cannot be read: {error.strerror}") from error
    except accounts.LockedOut as locked:
        raise Failed(f"Too many tries; wait until {locked.until:%H:%M} UTC.") from locked
    except accounts.NotRecognised:
        raise Failed("No account has this name and this password.") from None
