"""Whose signatures an act needs because of what it amounts to: a departure ends seats, an election typed from paper
gives them, and who passes from one council to another leaves a roll."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

from comuna.acts.act import Act, Signing
from comuna.acts.authority import SignatureNeed
from comuna.mandates import queries
from comuna.statutes import queries as statutes
from comuna.statutes.statute import Statute

DAYS_OPEN = 30  # a proposal to pass to another council, where no rule of the statute says how long


def signing_need(
    need: SignatureNeed | None,
    signing: Signing,
    act: type[Act],
    commune: UUID,
    day: date,
    organ: str | None,
    council: str | None,
) -> SignatureNeed | None:
    """``need`` is what the statute asks of every act of this verb."""
    statute = statutes.in_force(commune, day)
    if signing.each:
        return _of_each(need, statute, signing.each, act, commune, day)
    if signing.if_seated is not None and not queries.seats_to_lose(signing.if_seated, day):
        return need
    rule = statute.signatures_for(signing.like)
    if rule is None or (need is not None and need.needed >= rule.needed):
        return need
    may = {
        *statute.seats_with_power(act.verb, organ, queries.matters_of(council)),
        *statute.seats_with_power(signing.like, None, queries.matters_of(signing.council)),
    }
    seats = tuple(seat for seat in rule.seats if seat in may)
    return SignatureNeed(rule.needed, seats, rule.rule.id, rule.rule.source, rule.days_open)


def _of_each(
    need: SignatureNeed | None, statute: Statute, councils: Sequence[str], act: type[Act], commune: UUID, day: date
) -> SignatureNeed | None:
    """One of each council. Where nobody holds a seat that could sign for one of them, the others sign."""
    powers = statute.powers_over(act.verb)
    if not powers:
        return need
    groups = [statute.seats_with_power(act.verb, None, (council,)) for council in councils]
    if need is not None:
        groups = [tuple(seat for seat in group if seat in need.seats) for group in groups]
    held = queries.holders(commune, day, kinds={kind for group in groups for kind in group})
    in_office = {one.kind for one in queries.with_power(statute, act.verb, held)}
    groups = [group for group in groups if in_office.intersection(group)]
    if len(groups) < 2:
        return need
    seats = tuple(dict.fromkeys(kind for group in groups for kind in group))
    both = SignatureNeed(len(groups), seats, powers[0].rule.id, powers[0].rule.source, DAYS_OPEN, groups)
    return both if need is None else replace(need, needed=max(need.needed, len(groups)), seats=seats, each=groups)
