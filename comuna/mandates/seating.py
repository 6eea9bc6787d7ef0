"""Who may take a place, and what follows when somebody leaves one: decided in ``check``, copied by ``effects``.

An act that seats people asks ``plan`` in its check, keeps the answer among its facts and hands it to
``effects.seat``; one that ends a mandate does the same with ``leave`` and ``effects.end``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from comuna.acts.act import World
from comuna.acts.fields import Day, Id, Row
from comuna.acts.refusal import refuse_if
from comuna.mandates import queries
from comuna.mandates.models import Mandate
from comuna.mandates.places import Board, Ended, Seating, Wanted, is_gone
from comuna.mandates.queries import Holding
from comuna.mandates.rules import Alternate, EndingKind, next_in_line, seat_id
from comuna.statutes import queries as statutes
from comuna.statutes.statute import SeatKind, Statute

__all__ = ["Ended", "Leaving", "Seating", "Wanted", "leave", "plan"]


def plan(world: World, statute: Statute, *wanted: Wanted) -> tuple[Seating, ...]:
    """Places for all of them, in order, as this statute has them. Raises Refused where one does not fit."""
    board = Board(world, statute, {one.kind for one in wanted}, {one.person for one in wanted})
    return tuple(board.take(one) for one in wanted)


class Leaving(Row):
    """A mandate ended, and who takes the place over."""

    mandate: Id
    kind: EndingKind
    on: Day
    barred_until: Day | None = None  # the first day on which the person may take a seat again
    successor: Seating | None = None
    alternate: Id | None = None  # the successor's mandate as an alternate, which ends
    next_in_line: Id | None = None  # the successor's place among those who had the next most votes
    sooner_than: Id | None = None  # the later ending, already written down, that this one comes before
    earlier: Ended | None = None  # what that ending said


def leave(world: World, mandate: UUID, kind: EndingKind, on: date, *, barred_until: date | None = None) -> Leaving:
    """How a mandate ends on a day and who steps in, as the statute in force on that day orders it, whenever it is
    written down.

    Raises Refused for a mandate that is over already, or ends before it begins.
    """
    statute = statutes.in_force(world.commune, on)
    row = world.get(Mandate, mandate, field="mandate")
    ending = getattr(row, "ending", None)
    refuse_if(
        ending is not None and (ending.on <= on or ending.kind == EndingKind.UNDONE.value),
        "mandates.ended-already",
        _("This mandate has already ended."),
        field="mandate",
    )
    refuse_if(on < row.begins, "mandates.ends-too-early", _("It cannot end before it began."), field="on")
    leaving = queries.holding(mandate, on, departed=False)
    comes = _Comes()
    if ending is None and not leaving.is_alternate and leaving.status.in_office:
        comes = _successor(world, statute, leaving, on)
    return Leaving(
        mandate=mandate,
        kind=kind,
        on=on,
        barred_until=barred_until,
        successor=comes.seating,
        alternate=comes.alternate,
        next_in_line=comes.next_in_line,
        sooner_than=ending.id if ending else None,
        earlier=Ended.of(ending) if ending else None,
    )


@dataclass(frozen=True)
class _Comes:
    """Who takes a place over, and as what they were waiting for it; nobody where it stays vacant."""

    seating: Seating | None = None
    alternate: UUID | None = None
    next_in_line: UUID | None = None


def _successor(world: World, statute: Statute, leaving: Holding, on: date) -> _Comes:
    """Who can: on the day itself, and still today, where it is written down later. Whoever could not be elected to it
    does not come into it by waiting either, and nobody takes over what today's statute no longer has."""
    kind = statute.seat(leaving.kind)
    if kind.id not in statutes.in_force(world.commune, world.day).seats_by_id:
        return _Comes()
    board = Board(world, statute, (kind.id,))
    held = queries.holders(world.commune, on)
    now = queries.holders(world.commune, world.day) if on < world.day else held
    since = {one.mandate for one in now if one.status.has_power}
    alternates = {
        one.mandate: one
        for one in held
        if (one.kind, one.is_alternate) == (kind.id, True) and one.status.has_power and one.mandate in since
        if _is_free(statute, one.person, kind, [*held, *now]) and board.suits(kind, one.person, on)
    }
    line = {
        one.id: one.person_id
        for one in queries.next_by_votes(world.commune, kind.id)
        if not is_gone(one.person, max(on, world.day)) and _is_free(statute, one.person_id, kind, [*held, *now])
        if board.suits(kind, one.person_id, on)
    }
    waiting = [Alternate(one.mandate, one.number) for one in alternates.values()]
    found = next_in_line(kind.succession, leaving.number, waiting, next(iter(line), None))
    if found is None:
        return _Comes()
    if isinstance(found, Alternate):
        person = alternates[found.mandate].person
        return _Comes(_takes_over(world, kind, leaving, person, on), alternate=found.mandate)
    return _Comes(_takes_over(world, kind, leaving, line[found], on), next_in_line=found)


def _takes_over(world: World, kind: SeatKind, leaving: Holding, person: UUID, on: date) -> Seating:
    """The rest of the term of whoever left."""
    return Seating(
        mandate=world.key("succession", leaving.mandate, "mandate"),
        seat=seat_id(world.commune, kind.id, leaving.number),
        kind=kind.id,
        organ=kind.organ,
        number=leaving.number,
        is_alternate=False,
        person=person,
        begins=on,
        ends=leaving.term.ends,
    )


def _is_free(statute: Statute, person: UUID, kind: SeatKind, held: Sequence[Holding]) -> bool:
    """Whether somebody holds no seat, as principal, that goes ill with one of this kind."""
    others = (other for other in held if other.person == person and not other.is_alternate)
    return not any(other.kind == kind.id or statute.incompatible(kind.id, other.kind) for other in others)
