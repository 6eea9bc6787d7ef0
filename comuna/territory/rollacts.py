"""The acts that take somebody off a roll or put somebody onto it, found in the journal: a session's roll is fixed by
its first call, and its minutes say how many were written around it."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from comuna.acts.reading import ReadAct, read_all
from comuna.journal.models import Record
from comuna.statutes.statute import Roll
from comuna.territory.models import Person
from comuna.territory.rolls import on_roll

CORRECTED = "territory.correct_person"
JOINED = "territory.join_council"
ERASED = "acts.erase_private"
IMPORTED, UNDONE = "territory.import_census", "territory.undo_import"
ROLL_VERBS = (
    "territory.record_departure",
    "territory.undo_departure",
    "territory.record_residence",
    JOINED,
    "territory.strike_person",
    "territory.register_person",
    CORRECTED,
    IMPORTED,
    UNDONE,
    ERASED,
)


@dataclass(frozen=True)
class RollAct:
    record: Record
    mandate: UUID | None  # by which it was done
    number: int  # of how many people it says something that a roll goes by


def roll_acts(commune: UUID, after: int, before: int | None = None) -> list[RollAct]:
    """Those between two records, oldest first; up to the newest where ``before`` is None. By what everybody may read of
    them: one statement, and a few for each erasure."""
    rows = Record.objects.filter(commune=commune, verb__in=ROLL_VERBS, seq__gt=after)
    rows = rows if before is None else rows.filter(seq__lt=before)
    told = (_told(record) for record in rows.order_by("seq").iterator(500))
    return [one for one in told if one.number]


def _told(record: Record) -> RollAct:
    """The public record does not hold whom an erasure was about; that it was somebody, and no house, is told."""
    body = json.loads(bytes(record.body))
    if record.verb == ERASED:
        (read,) = read_all([record])
        body["fields"]["subject"] = vars(read.act)["subject"]
    by = body.get("by", {}).get("mandate")
    number = _number(record.verb, body["fields"], body.get("facts", {}))
    return RollAct(record, UUID(by) if by else None, number)


def _number(verb: str, fields: dict[str, Any], facts: dict[str, Any]) -> int:
    """Of rows about people a record says in public only how many there are."""
    if verb == IMPORTED:
        return int(facts["taken_count"]) + int(fields.get("learned") or 0)
    if verb == UNDONE:
        return int(facts["taken_count"]) + int(facts.get("forgotten") or 0)
    if verb == ERASED:
        return int("household" in fields["audiences"] and Person.objects.filter(pk=fields["subject"]).exists())
    return int(verb != CORRECTED or bool(facts.get("counts_otherwise")))


def _people(read: ReadAct) -> list[UUID]:
    """About whom an act says something that a roll goes by; whom an undone list had brought is in no books any more."""
    verb, act = read.record.verb, vars(read.act)
    if verb == "territory.register_person":
        return [read.record.id]
    if verb == ERASED:
        return [act["subject"]]
    if verb == IMPORTED:
        return [row.person for row in (*act["taken"], *act["learned"]) if row.person is not None]
    if verb == UNDONE:
        return [row.person for row in read.facts.forgotten if row.person is not None]
    return [act["person"]]


def on_fixed_roll(
    commune: UUID, day: date, rule: Roll, people: Collection[UUID], fixed: int, came: dict[UUID, int]
) -> frozenset[UUID]:
    """Those of these people who count in a session whose roll the record ``fixed`` fixed: who is on the roll of the day
    and was on it then. Whoever another council took onto its roll since stays on this one.

    ``came`` are those recorded as present, by the record that says so: they stay on it, however old the books say since
    that they are, unless they died, moved away, went away or were erased.
    """
    since: dict[UUID, set[str]] = {}
    doubted: set[UUID] = set()  # something was said of them between the sheet and the fixing
    for read in read_all(one.record for one in roll_acts(commune, min([fixed, *came.values()]))):
        for person in _people(read):
            if read.record.seq > fixed:
                since.setdefault(person, set()).add(read.record.verb)
            elif read.record.seq > came.get(person, fixed):
                doubted.add(person)
    asked = frozenset(people)
    moved = [person for person in asked if since.get(person) == {JOINED}]
    stayed = (asked & since.keys() & came.keys()) - doubted
    lives = replace(rule, council=None, age_years=0, unknown_age_counts=True)
    return (
        on_roll(commune, day, rule, asked - since.keys())
        | on_roll(commune, day, rule, moved, known_at=fixed)
        | on_roll(commune, day, lives, stayed)
    )
