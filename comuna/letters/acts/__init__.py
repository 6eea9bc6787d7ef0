"""The verbs of letters, by noun."""

from comuna.letters.acts.asking import AskLetter, RecordRequest, WithdrawRequest
from comuna.letters.acts.ending import RefuseLetter, RevokeLetter
from comuna.letters.acts.signing import SignLetter, UndoSignature

__all__ = [
    "AskLetter",
    "RecordRequest",
    "RefuseLetter",
    "RevokeLetter",
    "SignLetter",
    "UndoSignature",
    "WithdrawRequest",
]
