"""A commune under the small test statute, where a test changes one word of it and sees behaviour change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid4

from comuna.acts.act import Act
from comuna.acts.authority import Actor
from comuna.acts.door import Done, perform
from comuna.journal import files
from comuna.mandates import codes, queries
from comuna.mandates.acts import ClaimAccount, FoundCommune, Promoter
from comuna.mandates.queries import Holding
from comuna.statutes import queries as statutes
from comuna.statutes.tests import samples

# Verbs of this room in place of those of rooms above: promoters and secretary do what is needed here,
# the secretary and the committees suspend, though not with an expired mandate.
VERBS = {
    '"elections.record_election"': '"mandates.enter_mandate", "mandates.end_mandate", "mandates.issue_code"',
    '"assemblies.convene"': '"mandates.suspend"',
    'organs = ["assembly"]\n': "",
}


@dataclass(frozen=True)
class Small:
    commune: UUID
    promoters: tuple[UUID, ...]

    def does(self, person: UUID | None, act: Act) -> Done:
        return perform(act, Actor(person))

    def holding(self, person: UUID, day: date) -> Holding:
        return queries.mandates_of(person, day)[0]


def text(changes: Mapping[str, str] | None = None) -> str:
    return samples.changed(VERBS | dict(changes or {}))


def stored(statute: str) -> str:
    return files.store(statute.encode(), statutes.MEDIA_TYPE)


def founding(statute: str, names: tuple[str, ...] = ("Ana Pérez", "Luis Gil", "Rosa Mora")) -> FoundCommune:
    promoters = tuple(
        Promoter(person=uuid4(), full_name=name, public_name=name, code=codes.digest_of(codes.proof(codes.new())))
        for name in names
    )
    return FoundCommune(name="Los Araguaneyes", statute=stored(statute), promoters=promoters)


def found(changes: Mapping[str, str] | None = None) -> Small:
    """Founded now by three promoters who have claimed their accounts."""
    printed = [codes.new() for _name in range(3)]
    promoters = tuple(
        Promoter(person=uuid4(), full_name=name, public_name=name, code=codes.digest_of(codes.proof(code)))
        for name, code in zip(("Ana Pérez", "Luis Gil", "Rosa Mora"), printed, strict=True)
    )
    act = FoundCommune(name="Los Araguaneyes", statute=stored(text(changes)), promoters=promoters)
    commune = perform(act, Actor()).id
    for code in printed:
        perform(ClaimAccount(proof=codes.proof(code)), Actor())
    return Small(commune, tuple(one.person for one in promoters))
