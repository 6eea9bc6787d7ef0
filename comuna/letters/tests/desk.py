"""A founded council in which a letter is asked for, signed and issued as people do it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from comuna.letters import codes
from comuna.letters.acts import AskLetter, SignLetter
from comuna.letters.models import Letter
from tests.cast import Cast

Words = Mapping[str, str] | None  # purpose and addressee


@dataclass
class Desk:
    """Who signs residence letters in the cast: the secretary, the signer of the finance unit, the comptroller."""

    cast: Cast

    @property
    def signers(self) -> tuple[UUID, UUID, UUID]:
        return self.cast.secretary, self.cast.signer, self.cast.comptroller

    def ask(self, person: UUID | None = None, kind: str = "residence", words: Words = None) -> UUID:
        """The request, in her own name; the neighbour's where nobody else is said."""
        who = person or self.cast.neighbour
        return self.cast.does(who, AskLetter(person=who, kind=kind, **(words or {}))).id

    def sign(self, request: UUID, *signers: UUID) -> None:
        for signer in signers or self.signers:
            self.cast.does(signer, SignLetter(request=request))

    def issue(self, person: UUID | None = None, kind: str = "residence", words: Words = None) -> UUID:
        """The request whose letter was issued."""
        request = self.ask(person, kind, words)
        self.sign(request)
        return request

    def letter(self, request: UUID) -> Letter:
        found: Letter = Letter.objects.get(request=request)
        return found

    def code(self, request: UUID) -> str:
        """As it stands on the paper."""
        return codes.of_letter(self.letter(request).id)
