"""A commune founded under any statute's text, in which a test does one thing and sees what comes of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid4

from comuna.acts.act import Act
from comuna.acts.authority import Actor
from comuna.acts.clock import frozen_at
from comuna.acts.door import Done, perform
from comuna.acts.refusal import Refused
from comuna.journal import files
from comuna.mandates import codes
from comuna.mandates.acts import ClaimAccount, EnterMandate, FoundCommune, IssueCode, Promoter
from comuna.statutes import queries as statutes
from comuna.statutes.statute import Statute
from comuna.territory.acts import RegisterPerson
from comuna.territory.acts.people import Where

FOUNDED, TODAY = "2026-01-10T13:00:00Z", date(2026, 1, 10)
LONG_AGO = date(2000, 1, 1)


@dataclass
class Town:
    """Three promoters, and whoever else the test needs. ``at`` is the moment at which things are done."""

    id: UUID
    promoters: tuple[UUID, ...]
    at: str = FOUNDED
    neighbours: int = 0

    @property
    def statute(self) -> Statute:
        return statutes.in_force(self.id, TODAY)

    def do(self, person: UUID, act: Act) -> Done:
        with frozen_at(self.at):
            return perform(act, Actor(person))

    def outcome(self, person: UUID, act: Act) -> str:
        """``done``, or the rule that refuses it."""
        try:
            self.do(person, act)
        except Refused as refused:
            return refused.rule
        return "done"

    def neighbour(
        self, birth_day: date | None = date(1980, 5, 17), residence: Where = Where.HERE, claims: bool = False
    ) -> UUID:
        """Somebody on the roll since long ago; with an account where she claims it."""
        self.neighbours += 1
        act = RegisterPerson(
            full_name=f"Marisol Guerra {self.neighbours}",
            birth_day=birth_day,
            residence=residence,
            residence_since=LONG_AGO,
        )
        person = self.do(self.promoters[0], act).id
        if claims:
            self.claim(person)
        return person

    def claim(self, person: UUID) -> None:
        proof = codes.proof(codes.new())
        self.do(self.promoters[0], IssueCode(person=person, digest=codes.digest_of(proof)))
        with frozen_at(self.at):
            perform(ClaimAccount(proof=proof), Actor())

    def entry(
        self,
        person: UUID,
        kind: str,
        begins: date = date(2025, 6, 1),
        ends: date | None = None,
        alternate: bool = False,
    ) -> EnterMandate:
        """A mandate from before the books, as an act to perform."""
        return EnterMandate(
            person=person,
            kind=kind,
            begins=begins,
            ends=ends,
            is_alternate=alternate,
            number=1 if alternate else None,
            origin_words="Libro de actas, folio 3",
        )

    def seated(self, kind: str, ends: date | None = None) -> UUID:
        """Somebody who holds a seat of the kind since before the books, with an account."""
        person = self.neighbour(claims=True)
        self.do(self.promoters[0], self.entry(person, kind, ends=ends))
        return person


def founding(text: str) -> tuple[FoundCommune, tuple[UUID, ...], list[str]]:
    """The founding act under a statute's text, its three promoters and their claim codes."""
    people, proofs = tuple(uuid4() for _ in range(3)), [codes.proof(codes.new()) for _ in range(3)]
    act = FoundCommune(
        name="Consejo Comunal La Ceiba",
        statute=files.store(text.encode(), statutes.MEDIA_TYPE),
        promoters=tuple(
            Promoter(person=person, full_name=name, public_name=name, code=codes.digest_of(proof))
            for person, proof, name in zip(people, proofs, ("Ana Pérez", "Luis Gil", "Rosa Mora"), strict=True)
        ),
    )
    return act, people, proofs


def founded(text: str) -> Town:
    """Found a commune under a statute's text; its promoters claim their accounts. Raises Refused."""
    act, people, proofs = founding(text)
    with frozen_at(FOUNDED):
        commune = perform(act, Actor()).id
        for proof in proofs:
            perform(ClaimAccount(proof=proof), Actor())
    return Town(commune, people)
