"""Questions about petty cash: what was spent out of it with receipts and is not replenished yet."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID

from comuna.treasury.models import Entry, Posting, ReplenishedEntry, Replenishment

AT_ONCE = 200  # entries that one act replenishes


class Spent(NamedTuple):
    entry: Entry
    amount: int  # above nothing


def to_replenish(account: UUID, unit: str) -> list[Spent]:
    """The oldest first, and no more than one act takes: payments that stand and have a receipt."""
    done = ReplenishedEntry.objects.filter(
        replenishment__account=account, replenishment__entry__reversal=None
    ).values_list("entry", flat=True)
    found = (
        Posting.objects.filter(account=account, unit=unit, amount__lt=0, entry__receipts__isnull=False)
        .exclude(entry__payment=None)
        .filter(entry__reversal=None, entry__reverses=None)
        .exclude(entry__in=done)
        .select_related("entry")
        .order_by("number")
        .distinct()
    )
    return [Spent(one.entry, -one.amount) for one in found[:AT_ONCE]]


def replenishing(entries: Sequence[UUID]) -> dict[UUID, Replenishment]:
    """Of these entries those that replenished an account."""
    found = Replenishment.objects.filter(entry__in=entries).select_related("account")
    return {one.entry_id: one for one in found}
