"""Questions about rates: what one currency is in another, by the newest rate there was on a day."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple
from uuid import UUID

from django.db.models import Q

from comuna.treasury.models.rates import Exchange, Rate
from comuna.treasury.rules import converted


class Quote(NamedTuple):
    """``amount`` of one currency was ``in_amount`` of another, in their smallest parts."""

    rate: UUID
    day: date
    amount: int
    in_amount: int
    source: str

    def of(self, amount: int) -> int:
        """So much in the other currency, to the nearest smallest part, a half to the even one."""
        return converted(amount, self.amount, self.in_amount)


def _between(commune: UUID, unit: str, in_unit: str) -> Q:
    return Q(commune=commune) & (Q(unit=unit, in_unit=in_unit) | Q(unit=in_unit, in_unit=unit))


def quote(commune: UUID, unit: str, in_unit: str, day: date) -> Quote | None:
    """The newest rate until a day, read in this direction."""
    one = Rate.objects.filter(_between(commune, unit, in_unit), day__lte=day).order_by("-day").first()
    if one is None:
        return None
    amounts = (one.amount, one.in_amount) if one.unit == unit else (one.in_amount, one.amount)
    return Quote(one.id, one.day, *amounts, one.source)


def is_set(commune: UUID, unit: str, in_unit: str, day: date) -> bool:
    """Whether there is a rate of that day for the two, in either direction."""
    return bool(Rate.objects.filter(_between(commune, unit, in_unit), day=day).exists())


def rates(commune: UUID, first: int, last: int) -> list[Rate]:
    """The newest days first; from one place of the list to before another."""
    return list(Rate.objects.filter(commune=commune).order_by("-day", "-born")[first:last])


def rates_count(commune: UUID) -> int:
    return int(Rate.objects.filter(commune=commune).count())


def exchange_by(entry: UUID) -> Exchange | None:
    found: Exchange | None = Exchange.objects.filter(entry=entry).first()
    return found
