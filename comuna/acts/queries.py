"""Questions about acts: what one said, what it rests on, what came of it."""

from __future__ import annotations

import json
from collections import deque
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _
from pydantic import BaseModel

from comuna.acts.act import By, GroundRole
from comuna.acts.authority import authority
from comuna.acts.fields import Kind, fields_of
from comuna.acts.models import Ground, Settlement
from comuna.acts.reading import ReadAct, read_all
from comuna.journal.models import Commitment, Erasure, Record

STEPS_MAX = 200
DEPTH_MAX = 12


@dataclass(frozen=True)
class Step:
    """One act of a thread, in words for anybody."""

    id: UUID
    seq: int
    day: date
    label: str
    said: str
    signed_as: str
    rests_on: tuple[tuple[str, UUID], ...]  # role in words, act


@dataclass(frozen=True)
class Thread:
    """Everything an act rests on and everything that came of it, oldest first."""

    of: UUID
    steps: tuple[Step, ...]
    cut: bool  # there is more than is shown


def thread(act: UUID) -> Thread:
    """Walk the grounds both ways, to limits in number and depth. Raises LookupError for no such act."""
    if not Record.objects.filter(pk=act).exists():
        raise LookupError(f"no record has the id {act}")
    up, cut_up = _walk(act, "act", "ground")
    down, cut_down = _walk(act, "ground", "act")
    wanted = {act} | up | down | _signed(act, up)
    records = Record.objects.filter(pk__in=wanted).order_by("seq")
    return Thread(act, tuple(step_of(read) for read in read_all(records)), cut_up or cut_down)


def _signed(act: UUID, up: set[UUID]) -> set[UUID]:
    """Where an act was done by several signatures: the proposal, each signature, and what it became."""
    settled = Settlement.objects.filter(Q(performed=act) | Q(proposal__in={act, *up}))
    proposals = dict(settled.values_list("proposal", "performed"))
    signing = Ground.objects.filter(ground__in=proposals, role=GroundRole.ANSWERS.value).values_list("act", flat=True)
    return {*proposals, *signing[:STEPS_MAX], *proposals.values()} - {None}


def step_of(read: ReadAct) -> Step:
    """One record as a step of a thread."""
    return Step(
        id=read.record.id,
        seq=read.record.seq,
        day=read.record.day,
        label=str(type(read.act).label),
        said=said(read),
        signed_as=_signed_as(read),
        rests_on=tuple((_role_words(cite.role), cite.act) for cite in read.cites),
    )


def _signed_as(read: ReadAct) -> str:
    """Who did it; of an act that several signed, each of them. Who asks for herself is not told to everybody."""
    if type(read.act).own_name:
        return _("a neighbour")
    signers = [By(mandate=UUID(mandate)) for mandate in read.content.get("signed_by", ())] or [read.by]
    return ", ".join(dict.fromkeys(authority().signs_as(one) for one in signers))


def latest(commune: UUID, lines: slice) -> list[Step]:
    """Of all acts, newest first, those lines."""
    records = Record.objects.filter(commune=commune).order_by("-seq")
    return [step_of(read) for read in read_all(records[lines])]


def said(read: ReadAct) -> str:
    """The act's own sentence, filled from what is public in its fields and facts, and what it looks up."""
    values = _Sayable(seat=_("a neighbour") if type(read.act).own_name else authority().signs_as(read.by))
    parts: tuple[BaseModel, ...] = (read.act, read.facts)
    for part in parts:
        for field in fields_of(type(part)):
            if field.audience not in (None, "public"):
                continue
            value = getattr(part, field.name)
            if field.kind is Kind.AMOUNT and value:
                unit = str(getattr(part, field.counted_in, ""))
                values[field.name] = authority().amount_words(int(value), unit, read.record.commune)
            else:
                values[field.name] = _sayable(value, field.kind, field.choices)
    values.update(read.act.looked_up())
    return str(type(read.act).said).format_map(values)


class _Sayable(dict[str, str]):
    """A word that was erased, or that a sentence hopes for in vain, reads as a dash."""

    def __missing__(self, key: str) -> str:
        return "—"


def _sayable(value: Any, kind: Kind, choices: Any) -> str:
    if value is None or value in ("", ()):
        return "—"
    if kind is Kind.ACT:
        return str(type(value).label)
    if kind is Kind.CHOICE and hasattr(choices, "labels") and not isinstance(value, tuple):
        return str(choices.labels().get(value, value))
    if isinstance(value, tuple):
        return str(len(value))
    if isinstance(value, date):
        return value.strftime("%d/%m/%Y")
    return str(value)


def _walk(start: UUID, along: str, to: str) -> tuple[set[UUID], bool]:
    """Acts reached from ``start`` by edges read from column ``along`` to column ``to``."""
    seen: set[UUID] = set()
    edge: deque[UUID] = deque([start])
    for _depth in range(DEPTH_MAX):
        if not edge:
            return seen, False
        reached = Ground.objects.filter(**{f"{along}__in": list(edge)}).values_list(to, flat=True)[: STEPS_MAX + 1]
        fresh = [act for act in dict.fromkeys(reached) if act not in seen and act != start]
        room = STEPS_MAX - len(seen)
        seen.update(fresh[:room])
        if len(fresh) > room:
            return seen, True
        edge = deque(fresh)
    return seen, bool(edge)


def _role_words(role: GroundRole) -> str:
    return {
        GroundRole.DECIDED_BY: _("decided by"),
        GroundRole.PAID_FROM: _("paid from"),
        GroundRole.RECEIPT_FOR: _("receipt for"),
        GroundRole.ANSWERS: _("answers"),
        GroundRole.CORRECTS: _("corrects"),
        GroundRole.WITHDRAWS: _("withdraws"),
        GroundRole.PART_OF: _("part of"),
    }[role]


@dataclass(frozen=True)
class Erased:
    """That the public words about something were erased: on which day, by which seats and why."""

    act: UUID
    day: date
    by: tuple[str, ...]
    reason: str  # "" where that was erased too


def erased_by(subject: UUID) -> Erased | None:
    """The newest act that ordered public words about this erased; None where none did."""
    parts = Commitment.objects.filter(subject=subject, audience="public").values("id")
    acts = Erasure.objects.filter(id__in=parts).values("record")
    newest = Record.objects.filter(pk__in=acts).order_by("-epoch", "-seq").first()
    if newest is None:
        return None
    (read,) = read_all([newest])
    signers = [By(mandate=UUID(one)) for one in read.content.get("signed_by", ())] or [read.by]
    seats = tuple(authority().signs_as(one) for one in signers)
    return Erased(newest.id, newest.day, seats, str(getattr(read.act, "reason", "")))


def erased_on(record: UUID) -> int:
    """How many private parts of a record were erased since."""
    parts = Commitment.objects.filter(record=record).values("id")
    return int(Erasure.objects.filter(id__in=parts).count())


def public_record(record: UUID) -> dict[str, Any] | None:
    """The public bytes of a record as values, for the page that shows exactly what the chain holds."""
    found = Record.objects.filter(pk=record).values_list("body", flat=True).first()
    return None if found is None else dict(json.loads(bytes(found)))
