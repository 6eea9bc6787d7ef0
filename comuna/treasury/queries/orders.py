"""Payments as orders: what is to be paid to whom, who signed, and who still may."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from comuna.acts.models import Proposal, Settlement
from comuna.acts.proposals import open_proposals, stands
from comuna.acts.reading import read_one
from comuna.journal.models import Record
from comuna.mandates import queries as mandates
from comuna.mandates.queries import Holding
from comuna.treasury.models import BudgetLine, Entry


@dataclass(frozen=True)
class Order:
    """``id`` is the proposal's where several sign, before and after the payment; else the payment's own."""

    id: UUID
    line: BudgetLine
    day: date
    out_of: UUID
    amount: int
    payee: str
    words: str
    reference: str
    signed: tuple[Holding, ...]
    needed: int
    seats: tuple[str, ...]  # kinds of which may sign
    open_until: date | None  # None once it is paid
    entry: Entry | None


def order(commune: UUID, id: UUID, day: date, verb: str) -> Order | None:
    """Of a proposed payment that is open, or of one that was paid, by either id; None for anything else."""
    settled = Settlement.objects.filter(proposal=id, proposal__verb=verb).values_list("performed", flat=True).first()
    paid = Entry.objects.filter(pk=settled or id, commune=commune, payment__isnull=False)
    entry = paid.select_related("book").first()
    if entry is not None:
        return _paid(entry, day, verb)
    waiting = next((one for one in open_proposals(commune, day) if one.id == id and one.verb == verb), None)
    return _waiting(waiting, day) if waiting is not None else None


def was_done_as(act: UUID, verb: str) -> bool:
    return Record.objects.filter(pk=act, verb=verb).exists()


def done_as(acts: Collection[UUID]) -> dict[UUID, str]:
    """The verb of each act: one statement."""
    return dict(Record.objects.filter(pk__in=acts).values_list("id", "verb"))


def _paid(entry: Entry, day: date, verb: str) -> Order | None:
    read = read_one(entry.act)
    if read.record.verb != verb:
        return None
    act: Any = read.act  # a Pay, by its verb: questions do not know the acts
    proposal = Settlement.objects.filter(performed=entry.id).values_list("proposal", flat=True).first()
    by = [UUID(one) for one in read.content.get("signed_by", ())] or [one for one in (read.by.mandate,) if one]
    return Order(
        id=proposal or entry.id,
        line=_line(act.line),
        day=entry.day,
        out_of=act.out_of,
        amount=int(act.amount),
        payee=entry.payment.payee,
        words=entry.words,
        reference=entry.reference,
        signed=_holders(by, day),
        needed=len(by),
        seats=(),
        open_until=None,
        entry=entry,
    )


def _waiting(proposal: Proposal, day: date) -> Order:
    here = stands(proposal, day)
    act: Any = here.act  # a Pay, by its verb
    return Order(
        id=proposal.id,
        line=_line(act.line),
        day=act.day,
        out_of=act.out_of,
        amount=int(act.amount),
        payee=act.payee,
        words=act.words,
        reference=act.reference or "",
        signed=_holders(here.counting, day),
        needed=here.needed,
        seats=tuple(here.need.seats if here.need else proposal.seats.split()),
        open_until=proposal.expires_on,
        entry=None,
    )


def _holders(held: list[UUID], day: date) -> tuple[Holding, ...]:
    found = mandates.holdings(held, day)
    return tuple(found[one] for one in held if one in found)


def _line(id: UUID) -> BudgetLine:
    found: BudgetLine = BudgetLine.objects.select_related("budget__book", "account").get(pk=id)
    return found


def orders_between(commune: UUID, first: UUID, last: UUID, day: date, verb: str) -> list[Order]:
    """Those whose id lies between two: of what waits and of what was paid."""
    asked = {"pk__gte": first, "pk__lte": last}
    ids = set(Proposal.objects.filter(commune=commune, verb=verb, **asked).values_list("pk", flat=True))
    ids |= set(Entry.objects.filter(commune=commune, payment__isnull=False, **asked).values_list("pk", flat=True))
    found = [one for id in sorted(ids) if (one := order(commune, id, day, verb)) is not None]
    return list({one.id: one for one in found}.values())
