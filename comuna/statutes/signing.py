"""How many different seats must sign an act, which may depend on the amount it is over."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from comuna.statutes.bookkeeping import Bookkeeping
from comuna.statutes.values import Rule


@dataclass(frozen=True)
class Signatures:
    """How many different seats must sign an act before it is performed."""

    rule: Rule
    act: str
    needed: int
    seats: tuple[str, ...]
    days_open: int = 30
    from_amount: int | None = None  # in whole ones of ``unit``; an amount in another unit always needs them
    unit: str | None = None

    def reached_by(self, amounts: Sequence[tuple[str, int]], money: Bookkeeping) -> bool:
        """Whether an act over these amounts (unit, in its smallest part) needs them."""
        if self.from_amount is None:
            return True
        known = money.unit(self.unit) if self.unit else None
        least = self.from_amount * 10 ** (known.decimals if known else 0)
        return any(unit != self.unit or amount >= least for unit, amount in amounts)


def most_asked(
    rules: Iterable[Signatures], money: Bookkeeping, amounts: Sequence[tuple[str, int]]
) -> Signatures | None:
    """Of the tables that an act over these amounts reaches the one that asks for most."""
    return max((one for one in rules if one.reached_by(amounts, money)), key=lambda one: one.needed, default=None)
