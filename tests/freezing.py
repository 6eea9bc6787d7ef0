"""A journal with every act in it, kept for ever: what a later release must still read, and to what it must come.

``script/freeze NAME`` writes ``tests/frozen/NAME/``: the journal, the statutes that it lived by, and what its
replay gave on the day it was frozen. A column's digest is over its values in the order of the rows' ids, so that a
column that a later release adds changes nothing here.
"""

from __future__ import annotations

import json
import sys
import tempfile
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.db import models

from comuna.journal import bundle, checkpoint, files, home, rawrows
from comuna.journal.models import Checkpoint, Record, StoredFile
from comuna.journal.tables import State, columns_of, of_class
from conftest import Engine
from tests import every_act
from tests.house import ROOT

FROZEN = ROOT / "tests" / "frozen"
SUMS = FROZEN / "sums.txt"
JOURNAL, FOUND, STATUTES = "journal.zip", "found.json", "statutes"


def found() -> dict[str, Any]:
    """What the books in use hold: rows and columns of the state, records, checkpoints by their codes on paper."""
    codes = {made.size: checkpoint.paper_code(made) for made in Checkpoint.objects.order_by("size")}
    return {
        "checkpoints": {str(size): code for size, code in codes.items()},
        "records": Record.objects.count(),
        "state": rawrows.state_digest()[0],
        "tables": {model._meta.db_table: table(model) for model in of_class(State)},
        "verbs": sorted(every_act.verbs_done()),
    }


def table(model: type[models.Model]) -> dict[str, Any]:
    """How many rows, and a digest of each column."""
    digests = {name: sha256() for name in columns_of(model)}
    rows = 0
    for row in rawrows.rows(model):
        rows += 1
        for name, value in row.items():
            digests[name].update(repr(value).encode() + b"\n")
    return {"rows": rows, "columns": {name: digest.hexdigest() for name, digest in digests.items()}}


def freeze(name: str, folder: Path) -> Path:
    """Live the life of every act in new books and keep its journal. Raises FileExistsError."""
    target = FROZEN / name
    target.mkdir()
    home.use(folder / "home")
    engine = Engine(folder)
    engine.fresh()
    every_act.live(engine, folder)
    bundle.export(target / JOURNAL)
    (target / STATUTES).mkdir()
    for kept in StoredFile.objects.filter(media_type="application/toml").order_by("digest"):
        (target / STATUTES / f"{kept.digest[:16]}.toml").write_bytes(files.read(kept.digest))
    (target / FOUND).write_text(json.dumps(found(), indent=1, sort_keys=True) + "\n", "utf-8")
    with SUMS.open("a", encoding="utf-8") as sums:
        sums.writelines(f"{digest_of(path)}  {path.relative_to(FROZEN).as_posix()}\n" for path in files_of(target))
    return target


def files_of(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def digest_of(path: Path) -> str:
    return sha256(path.read_bytes()).hexdigest()


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as scratch:
        try:
            written = freeze(sys.argv[1], Path(scratch))
        except FileExistsError as error:
            sys.exit(f"{error.filename} is frozen already; what is frozen is only added to, under another name")
    sys.stdout.write(f"Frozen for ever: {written.relative_to(ROOT)}\n")
