"""``comuna verify``: does anything in the books not fit?"""

from __future__ import annotations

import argparse

from comuna.cli import Failed
from comuna.cli.start import home_to_read, progress, set_up_over_books

HELP = "check that nothing in the books was altered"
SHOWN_MAX = 50


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--fast", action="store_true", help="leave out the replay of the journal")
    parser.add_argument("--checkpoint", metavar="TEXT", help="a code from paper, held against the books")


def run(options: argparse.Namespace) -> int:
    with home_to_read():
        return _verify(options)


def _verify(options: argparse.Namespace) -> int:
    set_up_over_books()
    from comuna.acts import finding, rebuild
    from comuna.journal import keys, verify
    from comuna.journal.models import Record

    records = Record.objects.count()
    digest = ""
    found = [*_older_copy(), *keys.faults(), *keys.foreign_words()]
    found += [str(finding) for finding in verify.findings(progress("reading the journal"))]
    found += [str(fault) for fault in finding.faults()]
    if not options.fast:
        try:
            compared = rebuild.check(progress("replaying the journal"))
            digest = compared.digest
            found.extend(str(finding) for finding in compared.findings)
            if not compared.findings and not compared.equal:
                found.append("the state's digest differs from the replayed one")
        except (rebuild.ReplayFailed, OSError, ValueError, LookupError) as error:
            found.append(f"the journal cannot be replayed: {error}")
    paper_fits = _paper(options.checkpoint) if options.checkpoint else True
    for words in found[:SHOWN_MAX]:
        print(f"NO: {words}")
    if len(found) > SHOWN_MAX:
        print(f"... and {len(found) - SHOWN_MAX:,} more")
    if found or not paper_fits:
        return 1
    what = "chain, files and tables" if options.fast else "chain, files, tables and state"
    print(f"Yes: {records:,} records; {what} fit.")
    if options.fast:
        print("Left out with --fast: the state was not held against a replay of the journal.")
    else:
        print(f"State digest: {digest}")
    return 0


def _older_copy() -> list[str]:
    from comuna.journal import highest
    from comuna.journal.queries import commune_here

    commune = commune_here()
    missed = highest.lost(commune) if commune else 0
    return [highest.words(missed)] if missed else []


def _paper(text: str) -> bool:
    from comuna.journal import checkpoint, papercode
    from comuna.journal.queries import commune_here

    commune = commune_here()
    if commune is None:
        raise Failed("These books are empty.")
    try:
        code = papercode.read(text)
    except papercode.Mistyped as error:
        print(f"NO: {error}. Compare it with the paper, letter by letter.")
        return False
    answer = checkpoint.compare(commune, code)
    if answer.verdict == "missing":
        print(f"NO: records after {answer.held:,} are missing: the paper speaks of {answer.size:,}.")
    elif answer.verdict == "swapped":
        print("NO: a typing error: the groups of the code are the right ones, in another order than on the paper.")
    elif answer.verdict == "altered":
        print(f"NO: the first {answer.size:,} records are not the ones that the paper speaks of.")
    else:
        print(f"Yes: the first {answer.size:,} records are those that the paper speaks of.")
    return answer.verdict == "same"
