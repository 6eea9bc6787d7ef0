"""Letters in the life of ``every_act``: asked for, typed, refused, signed, revoked."""

from __future__ import annotations

from uuid import UUID

from comuna.letters.acts import (
    AskLetter,
    RecordRequest,
    RefuseLetter,
    RevokeLetter,
    SignLetter,
    UndoSignature,
    WithdrawRequest,
)
from tests.town import Town


def letters(town: Town, people: list[UUID]) -> None:
    secretary, auditor, asking, other = people[0], people[2], people[5], people[6]
    words = {"purpose": "Abrir una cuenta", "addressee": "Banco del Pueblo"}
    first = town.do(asking, AskLetter(person=asking, kind="residence", **words)).id
    town.do(asking, WithdrawRequest(request=first))
    typed = town.do(secretary, RecordRequest(person=other, kind="residence")).id
    town.do(secretary, RefuseLetter(request=typed, person=other, reason="No vive donde dice"))
    letter = town.do(asking, AskLetter(person=asking, kind="residence", **words)).id
    mistaken = town.do(auditor, SignLetter(request=letter)).id
    town.do(auditor, UndoSignature(signature=mistaken))
    for signer in (secretary, auditor):
        town.do(signer, SignLetter(request=letter))
    town.do(secretary, RevokeLetter(request=letter, person=asking, reason="Dio otra dirección"))
