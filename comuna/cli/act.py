"""``comuna act NAME --json FILE --as PERSON``: one act, through the same door as everybody's."""

from __future__ import annotations

import argparse
import getpass
import json
import sys
from pathlib import Path
from uuid import UUID, uuid4

from comuna.cli import Failed
from comuna.cli.language import speak
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
    speak()
    from django.utils.translation import gettext as _

    from comuna.acts.authority import Actor
    from comuna.acts.door import perform_all
    from comuna.acts.envelope import read_envelope
    from comuna.acts.refusal import IdTaken, Malformed, Refused

    try:
        text = sys.stdin.read() if str(options.file) == "-" else options.file.read_text("utf-8")
        fields = json.loads(text)
    except (OSError, ValueError) as error:
        raise Failed(_("{file} cannot be read as JSON: {error}").format(file=options.file, error=error)) from error
    envelope = {"verb": options.name, "id": options.id or str(uuid4()), "fields": fields, "channel": "cli"}
    try:
        request = read_envelope(json.dumps(envelope).encode())
        done = perform_all([request], Actor(signed_in(options)))[0]
    except Malformed as malformed:
        raise Failed("\n".join(f"{e.field}: {e.words} [{e.rule}]" for e in malformed.errors)) from malformed
    except Refused as refused:
        where = f"{refused.field}: " if refused.field else ""
        raise Failed(_("Refused: {why}").format(why=f"{where}{refused} [{refused.rule}]")) from refused
    except IdTaken as taken:
        words = _("The id {id} already stands for an act with other words.")
        raise Failed(words.format(id=taken)) from taken
    said = _("Done before, as number {number}, {day}: {id}") if done.repeated else _("Number {number}, {day}: {id}")
    print(said.format(number=done.seq, day=done.day, id=done.id))
    return 0


def signed_in(options: argparse.Namespace) -> UUID | None:
    """Signed in by name and password, asked for on the terminal or read from a file."""
    from django.utils.translation import gettext as _

    from comuna.mandates import accounts

    if options.person is None:
        return None
    try:
        word = (
            options.password_file.read_text("utf-8").strip()
            if options.password_file
            else getpass.getpass(_("Password: "))
        )
        return accounts.recognise(options.person, word, address="this computer")
    except OSError as error:
        words = _("{file} cannot be read: {error}").format(file=options.password_file, error=error.strerror)
        raise Failed(words) from error
    except accounts.LockedOut as locked:
        raise Failed(_("Too many tries; wait until {hour} UTC.").format(hour=f"{locked.until:%H:%M}")) from locked
    except accounts.NotRecognised:
        raise Failed(_("No account has this name and this password.")) from None
