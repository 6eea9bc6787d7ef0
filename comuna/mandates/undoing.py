"""What has happened since a mandate began or ended, so that neither can be taken back any more.

Each answer is a reason in words, or None where taking back would contradict nothing and can restore everything.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from comuna.acts.act import World
from comuna.acts.refusal import Words
from comuna.journal.models import Record
from comuna.mandates.models import Ending, Mandate, Succession, Suspension
from comuna.mandates.rules import EndingKind
from comuna.statutes import queries as statutes


def why_the_end_stands(world: World, ending: Ending, since: int) -> Words | None:
    """Why an ending that the record of the number ``since`` wrote down can no longer be taken back."""
    if ending.touched != since:
        return _("Something else ended this mandate since.")
    row = ending.mandate
    if _later(since).filter(seat=row.seat_id, is_alternate=row.is_alternate).exists():
        return _("Somebody else has taken the seat since.")
    if _clashes(world, row, since):
        return _("The person has taken another seat since, which does not go together with this one.")
    succession = Succession.objects.filter(after=row).select_related("mandate", "alternate").first()
    if succession is None or succession.born != since:
        return None
    return _why_the_successor_stays(succession, since)


def _why_the_successor_stays(succession: Succession, since: int) -> Words | None:
    came, was = succession.mandate, succession.alternate
    if Ending.objects.filter(mandate=came).exists():
        return _("Whoever stepped in has left the seat since.")
    if Suspension.objects.filter(mandate=came).exists():
        return _("Whoever stepped in was suspended since.")
    if has_acted(came.commune, [came.id], since):
        return _("Whoever stepped in has acted by the seat since.")
    if was is None:
        return None
    if _later(since).filter(seat=was.seat_id, is_alternate=True).exists():
        return _("Somebody else has become the alternate since.")
    return None


def why_the_seats_stand(world: World, given: Collection[UUID], kind: str, act: UUID, since: int) -> Words | None:
    """Why mandates that one act gave, the record of the number ``since``, can no longer be taken back."""
    if Ending.objects.filter(mandate__in=given).exclude(act=act).exists():
        return _("Somebody who was seated by it has left the seat since.")
    if Suspension.objects.filter(mandate__in=given).exists():
        return _("Somebody who was seated by it was suspended since.")
    if has_acted(world.commune, given, since):
        return _("Somebody who was seated by it has acted by the seat since.")
    called = Succession.objects.filter(after__seat__kind=kind, alternate=None, born__gt=since)
    if called.exclude(mandate__ending__kind=EndingKind.UNDONE.value).exists():
        return _("Somebody who came next by its votes has stepped in since.")
    relieved = Ending.objects.filter(act=act, kind=EndingKind.REPLACED.value).exclude(mandate__in=given)
    for ending in relieved.select_related("mandate__seat"):
        if ending.touched != since:
            return _("Something else has happened since to a mandate that it replaced.")
        if _clashes(world, ending.mandate, since):
            return _("Somebody whom it replaced has taken another seat since, which does not go together with the old.")
    return None


def has_acted(commune: UUID, held: Collection[UUID], since: int) -> bool:
    """Whether one of these mandates performed or signed anything after the record of that number."""
    wanted = {str(mandate) for mandate in held}
    later = Record.objects.filter(commune=commune, seq__gt=since).values_list("body", flat=True)
    for body in later.iterator(chunk_size=500):
        content = json.loads(bytes(body))
        signers = {content.get("by", {}).get("mandate"), *content.get("signed_by", ())}
        if signers & wanted:
            return True
    return False


def _later(since: int) -> QuerySet[Mandate]:
    """Mandates written down after the record of that number, and not taken back."""
    found: QuerySet[Mandate] = Mandate.objects.filter(born__gt=since)
    return found.exclude(ending__kind=EndingKind.UNDONE.value)


def _clashes(world: World, row: Mandate, since: int) -> bool:
    """Whether the person of a mandate that would stand again holds a seat since then that it does not go with."""
    kind, statute = row.seat.kind, statutes.in_force(world.commune, world.day)
    taken = _later(since).filter(person=row.person_id).select_related("seat")
    return any(one.seat.kind == kind or statute.incompatible(one.seat.kind, kind) for one in taken)
