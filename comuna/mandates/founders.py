"""The codes of the founding, made anew: nothing keeps them, they follow from the founding act and this home's key.

Whoever founded may close the page before it is printed. The browser that founded, and whoever sits at the computer
itself, can have the codes again that nobody has used; with them a promoter signs in, and prints codes for all others.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from comuna.acts.reading import read_one
from comuna.mandates import codes, queries
from comuna.mandates.acts import FoundCommune


@dataclass(frozen=True)
class Unclaimed:
    """A promoter who has not claimed an account, with the code that still opens it."""

    name: str
    code: str
    expires_on: date


def unclaimed(commune: UUID, day: date) -> list[Unclaimed]:
    """Empty where all were used, taken back, replaced or have run out, or where the key is another one."""
    act = read_one(commune).act
    assert isinstance(act, FoundCommune)
    found = []
    for number, promoter in enumerate(act.promoters):
        code, newest = codes.of_act(commune, number), queries.newest_code(promoter.person)
        if newest is None or newest.digest != codes.digest_of(codes.proof(code)) or newest.expires_on < day:
            continue
        if not hasattr(newest, "claim") and not hasattr(newest, "voided"):
            found.append(Unclaimed(promoter.full_name or promoter.public_name, code, newest.expires_on))
    return found
