"""What must be true of a home that was hurt, found with a bare SQLite connection and with ``comuna verify``."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from pathlib import Path

from tests.soak.clients import Log, Request
from tests.soak.server import comuna


class Broken(AssertionError):
    """A promise was not kept; the message says which, and of which act."""


def verified(home: Path, *, fast: bool) -> None:
    """``comuna verify`` says yes. Raises Broken with what it found."""
    said = comuna(home, "verify", *(["--fast"] if fast else []))
    if said.code:
        raise Broken(f"comuna verify: {said.words}")


def recorded(home: Path) -> dict[str, dict[str, object]]:
    """The body of every record by its id. Raises Broken when the file is damaged or an id is there twice."""
    connection = sqlite3.connect(home / "comuna.db")
    try:
        (words,) = connection.execute("PRAGMA quick_check(5)").fetchone()
        if words != "ok":
            raise Broken(f"quick_check: {words}")
        rows = connection.execute("SELECT id, body FROM journal_record ORDER BY seq").fetchall()
    finally:
        connection.close()
    bodies = {str(json.loads(bytes(body))["id"]): json.loads(bytes(body)) for _id, body in rows}
    if len(bodies) != len(rows):
        raise Broken("an act is in the journal twice")
    return bodies


def nothing_is_lost(home: Path, acknowledged: Iterable[str], sent: dict[str, Request], before: set[str]) -> int:
    """Every acknowledged act is there, with the verb it was sent with; nothing is there that nobody sent.

    Gives how many are there that nobody was told of. Raises Broken.
    """
    told = set(acknowledged)
    bodies = recorded(home)
    if lost := told - bodies.keys():
        raise Broken(f"{len(lost)} acknowledged acts are not in the journal, {min(lost)} among them")
    if strange := bodies.keys() - sent.keys() - before:
        raise Broken(f"{len(strange)} records that nobody sent, {min(strange)} among them")
    for id in bodies.keys() - before:
        if bodies[id]["verb"] != sent[id].verb:
            raise Broken(f"{id} was sent as {sent[id].verb} and is in the journal as {bodies[id]['verb']}")
    return len(bodies.keys() - before - told)


def none_refused(log: Log) -> None:
    """Acts that no rule refuses were not refused. Raises Broken."""
    for id, words in log.refused.items():
        raise Broken(f"{log.sent[id].verb} {id} was refused: {words}")
