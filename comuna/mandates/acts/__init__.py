"""The verbs of mandates, by noun: founding, mandates and their endings, suspensions, codes and accounts."""

from comuna.mandates.acts.codes import ClaimAccount, IssueCode, VoidCode
from comuna.mandates.acts.councils import CorrectCouncil, RegisterCouncil, StrikeCouncil
from comuna.mandates.acts.founding import FoundCommune, Promoter
from comuna.mandates.acts.holding import EndMandate, EnterMandate, Resign, UndoEnding, UndoEntry, WhyEnded
from comuna.mandates.acts.resting import LiftSuspension, Suspend

__all__ = [
    "ClaimAccount",
    "CorrectCouncil",
    "EndMandate",
    "EnterMandate",
    "FoundCommune",
    "IssueCode",
    "LiftSuspension",
    "Promoter",
    "RegisterCouncil",
    "Resign",
    "StrikeCouncil",
    "Suspend",
    "UndoEnding",
    "UndoEntry",
    "VoidCode",
    "WhyEnded",
]
