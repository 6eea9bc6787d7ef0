"""The verbs of elections, by noun."""

from comuna.elections.acts.asking import AskRecall, PetitionRecall, WithdrawRecall
from comuna.elections.acts.deciding import DecideRecall, ReportRecall, UndoDecision
from comuna.elections.acts.electing import BallotForm, CandidateRow, RecordElection
from comuna.elections.acts.signing import RecordSignatures, SignerRow, UndoSignatures
from comuna.elections.acts.slips import SlipRow
from comuna.elections.acts.undoing import UndoElection

__all__ = [
    "AskRecall",
    "BallotForm",
    "CandidateRow",
    "DecideRecall",
    "PetitionRecall",
    "RecordElection",
    "RecordSignatures",
    "ReportRecall",
    "SignerRow",
    "SlipRow",
    "UndoDecision",
    "UndoElection",
    "UndoSignatures",
    "WithdrawRecall",
]
