"""``comuna journal export|import FILE``: the whole journal as one file, and back into an empty home.

``export --public`` leaves out what is private: a file to hand to anybody, who can check it.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from comuna.cli import Failed
from comuna.cli.start import progress, ready_books

HELP = "write the whole journal to a file, or read one into an empty home"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("way", choices=["export", "import"])
    parser.add_argument("file", type=Path)
    parser.add_argument(
        "--public", action="store_true", help="export without private words: anybody may read and check it"
    )


def run(options: argparse.Namespace) -> int:
    if options.public and options.way == "import":
        raise Failed("--public is for export: a public export can be checked with script/check-journal, not imported")
    ready_books()
    return _export(options.file, options.public) if options.way == "export" else _import(options.file)


def _export(target: Path, public: bool) -> int:
    from comuna.journal import bundle, files, rawrows

    try:
        records = bundle.export(target, progress("writing"), public=public)
    except FileExistsError:
        raise Failed(f"{target} is already there; nothing was written") from None
    except files.NoSuchFile as error:
        raise Failed(f"Nothing was written: {error}. Bring it back from a backup.") from error
    print(f"{records:,} records written to {target}")
    if public:
        print("No private words are in it; anybody can check it with script/check-journal.")
        return 0
    print(f"State digest: {rawrows.state_digest()[0]}")
    return 0


def _import(source: Path) -> int:
    from comuna.acts import rebuild
    from comuna.journal import bundle, rawrows, verify
    from comuna.journal.models import Record

    def prove() -> None:
        if not Record.objects.exists():
            raise bundle.BadBundle("there is no record in this journal")
        rebuild.replay(progress("replaying"))
        found = next(verify.findings(), None)
        if found is not None:
            raise bundle.BadBundle(str(found))

    try:
        records = bundle.load(source, progress("reading"), then=prove)
    except (bundle.BadBundle, rebuild.ReplayFailed) as error:
        raise Failed(f"Nothing was read from {source}: {error}") from error
    print(f"{records:,} records read and replayed; these books can be read, not written, until an epoch is begun")
    print("No journal brings accounts along: comuna codes prints codes with which two seats sign in and begin it.")
    print(f"State digest: {rawrows.state_digest()[0]}")
    return 0
