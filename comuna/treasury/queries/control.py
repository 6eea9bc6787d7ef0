"""What the books of a commune say of a time, as ``control`` asks for it."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from comuna.acts.act import Signing, act_of
from comuna.acts.authority import authority
from comuna.acts.reach import ANYWHERE
from comuna.acts.rules import folded
from comuna.journal.models import Record
from comuna.mandates import queries as mandates
from comuna.statutes import queries as statutes
from comuna.treasury.control import Counted, Entered, Finding, Lent, Paid, Paper, Signer, UnderWay, doubts_about
from comuna.treasury.models import Entry, Payment
from comuna.treasury.models.advances import Advance
from comuna.treasury.models.counts import Count
from comuna.treasury.models.receipts import Receipt
from comuna.treasury.queries.transfers import under_way

BATCH = 500


class _Made(NamedTuple):
    """What the journal says of the act behind an entry."""

    verb: str
    day: date
    mandates: tuple[UUID, ...]  # whose holders signed


def doubts(commune: UUID, first: date, last: date, today: date) -> list[Finding]:
    """About everything with a day from ``first`` to ``last``; advances by the day on which they are due."""
    within = {"day__gte": first, "day__lte": last}
    entries = list(Entry.objects.filter(commune=commune, **within).values_list("id", "act", "day"))
    made = _made(act for _id, act, _day in entries)
    paid = Payment.objects.filter(commune=commune, entry__day__gte=first, entry__day__lte=last, entry__reversal=None)
    counts = Count.objects.filter(commune=commune, **within).values_list("id", "day", "counted", "in_books")
    lent = Advance.objects.filter(commune=commune, due__gte=first, due__lte=last).values_list("entry", "due", "open")
    return doubts_about(
        _paid(commune, paid.select_related("entry__book", "line"), made, today),
        [Entered(id, day, made[act].day) for id, act, day in entries],
        [Counted(id, day, counted - held) for id, day, counted, held in counts],
        [Lent(entry, due, left) for entry, due, left in lent],
        today,
        {unit.id: unit.decimals for unit in statutes.in_force(commune, today).money.units},
        transfers=[UnderWay(*one) for one in under_way(commune, first, last)],
    )


def _made(acts: Iterable[UUID]) -> dict[UUID, _Made]:
    wanted = sorted(set(acts))
    found: dict[UUID, _Made] = {}
    for start in range(0, len(wanted), BATCH):
        records = Record.objects.filter(pk__in=wanted[start : start + BATCH])
        for id, verb, day, body in records.values_list("id", "verb", "day", "body"):
            found[id] = _Made(verb, day, _signed_by(json.loads(bytes(body))))
    return found


def _signed_by(body: dict[str, Any]) -> tuple[UUID, ...]:
    by = body.get("signed_by") or [body.get("by", {}).get("mandate")]
    return tuple(UUID(mandate) for mandate in dict.fromkeys(by) if mandate)


def _paid(commune: UUID, payments: Iterable[Payment], made: dict[UUID, _Made], today: date) -> list[Paid]:
    found = list(payments)
    holdings = mandates.holdings({m for one in found for m in made[one.entry.act].mandates}, today)
    papers = _papers([one.entry_id for one in found])
    return [
        Paid(
            act=one.entry_id,
            day=one.entry.day,
            line=one.line_id,
            unit=one.line.unit,
            amount=amount,
            payee=_key(one.payee),
            signers=tuple(
                Signer(_key(held.name), held.term.begins, held.last_day)
                for held in map(holdings.get, made[one.entry.act].mandates)
                if held is not None
            ),
            signatures=_needed(
                commune, made[one.entry.act], one.entry.day, one.entry.book.organ, (one.line.unit, amount)
            ),
            papers=tuple(papers.get(one.entry_id, ())),
        )
        for one, amount in zip(found, _amounts(found), strict=True)
    ]


def _amounts(payments: list[Payment]) -> list[int]:
    """What was charged to the line of each."""
    found: dict[tuple[UUID, UUID], int] = defaultdict(int)
    ids = [one.entry_id for one in payments]
    for start in range(0, len(ids), BATCH):
        rows = Entry.objects.filter(pk__in=ids[start : start + BATCH]).values_list(
            "id", "postings__account", "postings__amount"
        )
        for entry, account, amount in rows:
            found[entry, account] += amount
    return [found[one.entry_id, one.line.account_id] for one in payments]


def _needed(commune: UUID, made: _Made, day: date, organ: str, amount: tuple[str, int]) -> int:
    signing = Signing(amounts=(amount,)) if act_of(made.verb).by_amount else None
    need = authority().signatures(act_of(made.verb), commune, day, organ, ANYWHERE, signing)
    return need.needed if need else 1


def _papers(entries: list[UUID]) -> dict[UUID, list[Paper]]:
    found: dict[UUID, list[Paper]] = defaultdict(list)
    for start in range(0, len(entries), BATCH):
        for one in Receipt.objects.filter(entry__in=entries[start : start + BATCH]).order_by("born"):
            paper = Paper(
                one.id, _key(one.supplier), _number(one.tax_number), _number(one.number), one.unit, one.amount
            )
            found[one.entry_id].append(paper)
    return found


def _key(words: str) -> str:
    """By which a name is known however it was typed."""
    return " ".join(folded(words).replace(",", " ").split())


def _number(words: str) -> str:
    """Letters and digits alone, without zeros in front: ``J-00.12`` is ``j0012`` as ``j 0012`` is."""
    return "".join(letter for letter in folded(words) if letter.isalnum()).lstrip("0")
