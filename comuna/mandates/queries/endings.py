"""Questions about how mandates ended, and who comes next."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db.models import Max

from comuna.journal import sql
from comuna.mandates.models import Ending, Mandate, NextInLine
from comuna.mandates.rules import EndingKind


def barred_until(person: UUID) -> date | None:
    """The first day on which somebody who was recalled may take a seat again; None where nothing bars them."""
    found = sql.one(
        "SELECT CAST(MAX(e.barred_until) AS TEXT) FROM mandates_ending e"
        " JOIN mandates_mandate m ON m.id = e.mandate_id WHERE m.person_id = %s",
        sql.uuid_value(person),
    )
    return sql.day_of(found[0]) if found else None


def ended_on(mandate: UUID) -> date | None:
    found: date | None = Ending.objects.filter(mandate=mandate).values_list("on", flat=True).first()
    return found


def next_by_votes(commune: UUID, kind: str) -> list[NextInLine]:
    """Who comes next for a seat by the votes of its newest election, whoever was seated since left out; whoever
    was seated by something that was taken back since is not."""
    line = NextInLine.objects.filter(commune=commune, kind=kind)
    newest = line.aggregate(born=Max("born"))["born"]
    if newest is None:
        return []
    seated = Mandate.objects.filter(commune=commune, seat__kind=kind, born__gte=newest)
    seated = seated.exclude(ending__kind=EndingKind.UNDONE.value).values("person")
    return list(line.filter(born=newest).exclude(person__in=seated).select_related("person").order_by("place"))
