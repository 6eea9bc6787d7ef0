"""Earlier decisions that stand on an agenda by themselves: not done yet, or to be ratified.

Convening writes down those that wait that day, the first call those that came since; in between they are asked for.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from comuna.acts.act import row_key
from comuna.assemblies.models import AgendaItem, Carried
from comuna.assemblies.queries.decisions import ResolutionStanding, open_resolutions, to_ratify, written_onto
from comuna.assemblies.queries.motions import FOLLOW_UP, RATIFY, ItemStanding, items
from comuna.assemblies.queries.standing import Standing

CARRIED_MAX = 100  # earlier decisions of one kind on one agenda


Waiting = Mapping[str, Sequence[ResolutionStanding]]  # by kind of item


def agenda(stands: Standing, since: Waiting | None = None) -> list[ItemStanding]:
    """The items; before the first call also those that it will add, for what came to wait since it was convened."""
    found = items(stands.session.id)
    there = {held.item.kind for held in found}
    new = [kind for kind in (came_since(stands) if since is None else since) if kind not in there]
    numbers = enumerate(new, start=1 + max((held.item.number for held in found), default=0))
    return found + [ItemStanding(_item(stands, kind, number), ()) for number, kind in numbers]


def carried_onto(stands: Standing) -> dict[UUID, list[ResolutionStanding]]:
    """The earlier decisions that stand on an agenda by themselves, by item; before the first call also those that
    came to wait since it was convened."""
    carried = written_onto(stands.session.id)
    since = came_since(stands)
    at = {held.item.kind: held.item.id for held in agenda(stands, since)} if since else {}
    for kind, waiting in since.items():
        carried.setdefault(at[kind], []).extend(waiting)
    return carried


def came_since(stands: Standing) -> Waiting:
    """By kind of item, what waits now and was not written down at convening; nothing once a call was made."""
    session = stands.session
    if stands.calls or not stands.is_open or session.from_paper:
        return {}
    waiting = {
        RATIFY: to_ratify(session.commune, session.organ),
        FOLLOW_UP: open_resolutions(session.commune, session.organ),
    }
    kinds = Carried.objects.filter(item__session=session).values_list("resolution", "item__kind")
    known = {kind: {resolution for resolution, its in kinds if its == kind} for kind in waiting}
    found = {
        kind: [one for one in several if one.resolution.id not in known[kind] and one.decided_on <= stands.day]
        for kind, several in waiting.items()
    }
    return {kind: some for kind, several in found.items() if (some := several[: CARRIED_MAX - len(known[kind])])}


def _item(stands: Standing, kind: str, number: int) -> AgendaItem:
    """One that the first call will write."""
    return AgendaItem(id=row_key(stands.session.id, kind), session=stands.session, number=number, kind=kind)
