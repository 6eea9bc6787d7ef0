"""Books founded under a statute by an act of the tests' own, with the toy authority of the door's tests."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any
from uuid import UUID, uuid4
from zlib import crc32

from comuna.acts import authority
from comuna.acts.act import Act, ActFacts, Performed, Power, World
from comuna.acts.authority import Actor
from comuna.acts.clock import frozen_at
from comuna.acts.door import perform
from comuna.acts.fields import Count, FileDigest, Slug
from comuna.acts.tests.toy import seat
from comuna.journal import files
from comuna.journal.chain import FileCited
from comuna.statutes import effects, queries
from comuna.statutes.tests.samples import changed

ana = uuid4()
REAL_VERBS = {"elections.record_election": "acts.erase_private", "assemblies.convene": "acts.confirm_time"}
FOUNDED, SINCE = "2026-01-10T14:00:00Z", date(2026, 1, 10)


class FoundSmall(Act):
    """Begin books under a statute, as the founding of a commune does."""

    verb = "small.found"
    power = Power.FOUNDING
    label = "Found"
    said = "{seat} founded"
    undo = None

    file: FileDigest

    class Facts(ActFacts):
        statute_id: Slug
        version: Slug
        size: Count

    def local_zone(self) -> str:
        return "America/Caracas"

    def check(self, world: World) -> Facts:
        found = queries.checked(self.file)
        return self.Facts(statute_id=found.statute.id, version=found.statute.version, size=found.size)

    def files(self, facts: Any) -> tuple[FileCited, ...]:
        return (FileCited(self.file, facts.size, queries.MEDIA_TYPE),)

    def apply(self, record: Performed) -> None:
        facts = record.facts
        effects.adopt(
            record,
            statute_id=facts.statute_id,
            version=facts.version,
            digest=self.file,
            in_force_from=record.day,
            id=record.key("statute"),
        )


def stored(changes: dict[str, str] | None = None) -> str:
    """A file of the small statute in the home; a changed one says another version."""
    text = changed(REAL_VERBS | (changes or {}))
    if changes:
        text = text.replace('version = "1"', f'version = "{crc32(text.encode())}"')
    return files.store(text.encode(), queries.MEDIA_TYPE)


@contextmanager
def founded(file: str) -> Iterator[UUID]:
    """Books founded by Ana, whose seat may do everything, on ``FOUNDED``, which it then still is."""
    before = authority._plugged
    seat(ana)
    try:
        with frozen_at(FOUNDED):
            yield perform(FoundSmall(file=file), Actor(ana)).id
    finally:
        authority._plugged = before
