"""What rests on a decision in the books: which acts of this room cite the vote, what for and over how much."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from comuna.acts.act import GroundRole
from comuna.acts.models import Ground
from comuna.acts.queries import said
from comuna.acts.reading import ReadAct, read_all
from comuna.assemblies.models import Tally
from comuna.journal.models import Record
from comuna.treasury.models import Budget
from comuna.treasury.models.transfers import Transfer
from comuna.treasury.rules import Purpose, purpose

ROOM = "treasury."


class Use(NamedTuple):
    """An act that rests on a decision."""

    act: UUID
    day: date
    purpose: Purpose
    sums: tuple[tuple[str, int], ...]  # by unit, in its smallest part; empty where it is over no money
    taken_back: bool
    read: ReadAct

    @property
    def said(self) -> str:
        """The act's own sentence."""
        return said(self.read)


def purpose_of(act: Any) -> Purpose:
    """What such an act uses a decision for."""
    return purpose(act.verb, book=getattr(act, "book", None), into=getattr(act, "into", None))


def uses(tallies: Collection[UUID]) -> dict[UUID, list[Use]]:
    """By the vote, what rests on it, the oldest first."""
    cited = Ground.objects.filter(ground__in=tallies, role=GroundRole.DECIDED_BY.value).values_list("act", "ground")
    by_act = dict(cited)
    records = Record.objects.filter(pk__in=by_act, verb__startswith=ROOM).order_by("seq")
    back = set(Transfer.objects.filter(pk__in=by_act).exclude(taken_back=None).values_list("id", flat=True))
    back |= set(Budget.objects.filter(pk__in=by_act).exclude(withdrawn_on=None).values_list("id", flat=True))
    found: dict[UUID, list[Use]] = defaultdict(list)
    for read in read_all(records):
        id = read.record.id
        use = Use(id, read.record.day, purpose_of(read.act), _sums(read), id in back, read)
        found[by_act[id]].append(use)
    return found


def uses_of(tally: UUID) -> list[Use]:
    return uses((tally,)).get(tally, [])


def uses_of_resolution(resolution: UUID) -> list[Use]:
    tally = Tally.objects.filter(motion__resolution=resolution).values_list("id", flat=True).first()
    return uses_of(tally) if tally else []


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
