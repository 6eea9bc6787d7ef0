"""The acts that take somebody off a roll or put somebody onto it, found in the journal: a session's roll is fixed by
its first call, and its minutes say how many were written around it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
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
    verb: str
    seq: int
    mandate: UUID | None  # by which it was done
    number: int  # of how many people it says something that a roll goes by
    people: frozenset[UUID]  # those of them whom the books still have


def roll_acts(commune: UUID, after: int, before: int | None = None) -> list[RollAct]:
    """Those between two records, oldest first; up to the newest where ``before`` is None. One statement where there are
    none, else those of reading them."""
    rows = Record.objects.filter(commune=commune, verb__in=ROLL_VERBS, seq__gt=after)
    rows = rows if before is None else rows.filter(seq__lt=before)
    return list(_told(list(rows.order_by("seq"))))


def _told(rows: list[Record]) -> Iterator[RollAct]:
    for read in read_all(rows):
        number, people = _about(read)
        if number:
            yield RollAct(read.record.verb, read.record.seq, read.by.mandate, number, frozenset(people))


def _about(read: ReadAct) -> tuple[int, list[UUID]]:
    verb, act, facts = read.record.verb, vars(read.act), read.facts
    if verb == "territory.register_person":
        return 1, [read.record.id]
    if verb == IMPORTED:
        learned = _people(act["learned"])
        return facts.taken_count + len(learned), [*_people(act["taken"]), *learned]
    if verb == UNDONE:
        forgotten = _people(facts.forgotten)
        return facts.taken_count + len(forgotten), forgotten
    if verb == ERASED:
        whose = "household" in act["audiences"] and Person.objects.filter(pk=act["subject"]).exists()
        return int(whose), [act["subject"]] if whose else []
    if verb == CORRECTED and not facts.counts_otherwise:
        return 0, []
    return 1, [act["person"]]


def _people(rows: Collection[Any]) -> list[UUID]:
    return [row.person for row in rows if row.person is not None]


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
    for one in roll_acts(commune, min([fixed, *came.values()])):
        for person in one.people:
            if one.seq > fixed:
                since.setdefault(person, set()).add(one.verb)
            elif one.seq > came.get(person, fixed):
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
