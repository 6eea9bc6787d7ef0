"""Signing in to books that were imported or restored, before anything can be written in them.

A journal brings no passwords along, and claiming an account is an act, which waits for an epoch, which waits for two
seats that are signed in. So whoever has the computer prints, for those who may begin the epoch, codes that set another
password under the claim which each made in the journal. No act is done and no state changes: accounts are local.

A code follows from this home's key, the claim and when its password was last set: nothing keeps it, it is good once,
and only as long as the books are read-only. Who has the home's files could sign in as anybody anyway; on the network
80 random bits are not guessed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from comuna.acts.acts import BeginEpoch
from comuna.journal.queries import commune_here, is_read_only
from comuna.mandates import accounts, codes, queries
from comuna.statutes import queries as statutes
from comuna.territory.queries import names


@dataclass(frozen=True)
class Renewal:
    """Somebody who may begin the epoch, with the code that lets her set a password."""

    person: UUID
    name: str
    seat: str
    claim: UUID
    set_at: datetime | None  # when her password on this machine was set; None: there is none
    code: str


def renewals(day: date) -> list[Renewal]:
    """Whose seat may begin the epoch on that day and who has ever claimed an account, each once; empty in books that
    are open for writing."""
    commune = commune_here()
    if commune is None or not is_read_only():
        return []
    statute = statutes.in_force(commune, day)
    signing = statute.signatures_for(BeginEpoch.verb)
    held = queries.with_power(
        statute, BeginEpoch.verb, queries.holders(commune, day), seats=signing.seats if signing else ()
    )
    called = names({one.person for one in held}, knows=True)
    found: dict[UUID, Renewal] = {}
    for one in held:
        claim = accounts.newest_claim(one.person)
        if claim is None or one.person in found:
            continue
        set_at = accounts.set_at(claim)
        code = codes.of_act(claim, f"renewed after {set_at.isoformat() if set_at else 'an import'}")
        found[one.person] = Renewal(one.person, called[one.person], one.words, claim, set_at, code)
    return list(found.values())


def renewal_with(proof: str, day: date) -> Renewal | None:
    """Whose code was typed; None in books that are open for writing."""
    return next((one for one in renewals(day) if codes.proof(one.code) == proof), None)
