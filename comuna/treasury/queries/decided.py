"""What rests on a decision in the books: which acts of this room cite the vote, what for and over how much."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from comuna.acts.act import GroundRole
from comuna.acts.models import Ground
from comuna.acts.queries import said
from comuna.acts.reading import ReadAct, read_all
from comuna.assemblies.models import Tally
from comuna.journal.models import Record
from comuna.journal.tables import State
from comuna.treasury.models import Asset, Budget
from comuna.treasury.models.transfers import Transfer
from comuna.treasury.rules import Purpose, purpose

ROOM = "treasury."


class Use(NamedTuple):
    """An act that rests on a decision."""

    act: UUID
    day: date
    purpose: Purpose
    book: UUID | None  # out of which; None where it is over all books
    sums: tuple[tuple[str, int], ...]  # by unit, in its smallest part; empty where it is over no money
    taken_back: bool
    read: ReadAct

    def is_for(self, what: Purpose) -> bool:
        """Whether the decision is used up for that: it was, and not taken back."""
        return self.purpose == what and not self.taken_back

    @property
    def said(self) -> str:
        """The act's own sentence."""
        return said(self.read)


def purpose_of(act: Any) -> Purpose:
    """What such an act uses a decision for."""
    return purpose(act.verb, book=getattr(act, "book", None), into=getattr(act, "into", None))


TAKEN_BACK: dict[type[State], str] = {Transfer: "taken_back", Budget: "withdrawn_on"}
"""What such acts leave under their own id, with the column that says when it was taken back."""


def uses(tallies: Collection[UUID]) -> dict[UUID, list[Use]]:
    """By the vote, what rests on it, the oldest first."""
    cited = Ground.objects.filter(ground__in=tallies, role=GroundRole.DECIDED_BY.value).values_list("act", "ground")
    votes: dict[UUID, list[UUID]] = defaultdict(list)
    for act, tally in cited:
        votes[act].append(tally)
    found: dict[UUID, list[Use]] = defaultdict(list)
    for use in used_by(votes).values():
        for tally in dict.fromkeys(votes[use.act]):
            found[tally].append(use)
    return found


def used_by(acts: Collection[UUID]) -> dict[UUID, Use]:
    """Of these acts, which rest on decisions, those of this room, the oldest first."""
    back: set[UUID] = set()
    for model, column in TAKEN_BACK.items():
        back |= set(model.objects.filter(pk__in=acts).exclude(**{column: None}).values_list("id", flat=True))
    read = list(read_all(Record.objects.filter(pk__in=acts, verb__startswith=ROOM).order_by("seq")))
    things = {asset for one in read if (asset := getattr(one.act, "asset", None))}
    registers = dict(Asset.objects.filter(pk__in=things).values_list("id", "book")) if things else {}
    return {
        one.record.id: Use(
            one.record.id,
            one.record.day,
            purpose_of(one.act),
            _book(one, registers),
            _sums(one),
            one.record.id in back,
            one,
        )
        for one in read
    }


def _book(read: ReadAct, registers: Mapping[UUID, UUID]) -> UUID | None:
    """Whose it is; None where it is of all books. ``out_of`` may be a line of a budget: its act says the book."""
    act = read.act
    named = getattr(read.facts, "book", None) or getattr(act, "book", None)
    asset: UUID | None = getattr(act, "asset", None)
    found: UUID | None = named or (registers.get(asset) if asset else getattr(act, "out_of", None))
    return found


def uses_of(tally: UUID) -> list[Use]:
    return uses((tally,)).get(tally, [])


def uses_of_resolution(resolution: UUID) -> list[Use]:
    return uses_of_resolutions((resolution,)).get(resolution, [])


def uses_of_resolutions(resolutions: Collection[UUID]) -> dict[UUID, list[Use]]:
    """By decision, what rests on its vote; few statements for however many."""
    votes = dict(Tally.objects.filter(motion__resolution__in=resolutions).values_list("id", "motion__resolution"))
    found = uses(votes) if votes else {}
    return {votes[tally]: used for tally, used in found.items()}


def decided_between(commune: UUID, verbs: Collection[str], first: date, last: date) -> set[UUID]:
    """The votes on which acts of these verbs rest that were done in this time."""
    done = Record.objects.filter(commune=commune, verb__in=verbs, day__gte=first, day__lte=last).values("id")
    cited = Ground.objects.filter(act__in=done, role=GroundRole.DECIDED_BY.value)
    return set(cited.values_list("ground", flat=True))


def _sums(read: ReadAct) -> tuple[tuple[str, int], ...]:
    act, facts = read.act, read.facts
    rows = getattr(act, "rows", None)
    amount = sum(int(row.amount) for row in rows) if rows is not None else None
    for part, name in ((facts, "lost"), (facts, "amount"), (act, "amount")):
        if amount is None and getattr(part, name, None) is not None:
            amount = int(getattr(part, name))
    unit = getattr(act, "unit", None) or getattr(facts, "unit", "")
    return ((str(unit), amount),) if amount is not None else ()
