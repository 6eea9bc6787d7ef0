"""``comuna import-sessions FOLDER --as PERSON``: sessions of earlier years from their four tables."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

from comuna.cli import Failed
from comuna.cli.act import signed_in
from comuna.cli.language import speak
from comuna.cli.start import ready_books

if TYPE_CHECKING:
    from comuna.assemblies.acts.past_draft import PastPlan
    from comuna.assemblies.papers import Table

HELP = "take sessions of earlier years from their tables"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", type=Path, help="holds sessions.csv, motions.csv, attendance.csv and votes.csv")
    parser.add_argument("--accept", action="store_true", help="accept what is found and write the sessions")
    parser.add_argument("--public-names", action="store_true", help="the papers are public: all read the names")
    parser.add_argument("--as", dest="person", help="the name you sign in with")
    parser.add_argument("--password-file", type=Path, help="a file with the password, instead of asking for it")


def run(options: argparse.Namespace) -> int:
    ready_books()
    speak()
    from django.utils.translation import gettext as _

    from comuna.acts.authority import Actor
    from comuna.acts.door import perform
    from comuna.acts.moment import day_now
    from comuna.acts.refusal import Refused
    from comuna.assemblies.acts.past_draft import plan_import, session_import_of
    from comuna.assemblies.acts.past_table import MEDIA_TYPE
    from comuna.assemblies.pages.past_words import why_not_words
    from comuna.assemblies.papers import NotATable
    from comuna.journal import files
    from comuna.journal.queries import commune_here

    commune = commune_here()
    if commune is None:
        raise Failed(_("Nothing was founded in these books yet."))
    tables = _tables(options.folder)
    try:
        plan = plan_import(tables, commune, day_now(commune))
    except NotATable as fault:
        raise Failed(why_not_words(fault)) from fault
    _say(plan)
    if not options.accept:
        print(_("Nothing was written. With --accept these sessions are taken as they are here."))
        return 1 if plan.findings else 0
    person, id = signed_in(options), uuid4()
    act, data = session_import_of(plan, id, commune, names_public=options.public_names)
    files.store(data, MEDIA_TYPE, person)
    try:
        done = perform(act, Actor(person), id=id, channel="cli")
    except Refused as refused:
        files.discard(act.table)
        raise Failed(_("Refused: {why}").format(why=f"{refused} [{refused.rule}]")) from refused
    print(_("Number {number}, {day}: {id}").format(number=done.seq, day=done.day, id=done.id))
    return 0


def _tables(folder: Path) -> dict[Table, bytes | None]:
    from django.utils.translation import gettext as _

    from comuna.assemblies.papers import FILES

    try:
        there = {path.name.lower(): path for path in sorted(folder.iterdir())}
        return {table: there[file].read_bytes() if file in there else None for table, file in FILES.items()}
    except OSError as error:
        words = _("{file} cannot be read: {error}").format(file=error.filename or folder, error=error.strerror)
        raise Failed(words) from error


def _say(plan: PastPlan) -> None:
    from django.utils.translation import gettext as _

    from comuna.assemblies.acts.past_draft import tallies_of
    from comuna.assemblies.pages.past_words import finding_line, findings_words, motions_words, sessions_words
    from comuna.assemblies.papers.findings import TALLY_LISTED

    papers, tallies = plan.papers, tallies_of(plan)
    for finding in plan.findings:
        print(finding_line(finding, tallies))
    listed = sum(one.found in TALLY_LISTED for one in plan.findings)
    words = _("{sessions}, {motions}, votes by name: {votes}. Tallies as recorded: {equal}; others, listed: {listed}.")
    print(
        words.format(
            sessions=sessions_words(len(papers.sessions)),
            motions=motions_words(len(papers.motions)),
            votes=len(papers.votes),
            equal=len(tallies) - listed,
            listed=listed,
        ),
        findings_words(len(plan.findings)) + ".",
    )
