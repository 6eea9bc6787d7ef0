"""The verbs of money and goods, by noun."""

from comuna.treasury.acts.budgeting import AdoptBudget, MoveBudget
from comuna.treasury.acts.closing import ApproveAccounts
from comuna.treasury.acts.correcting import Reverse
from comuna.treasury.acts.importing import ImportEntries, UndoImport
from comuna.treasury.acts.moving import Move, Receive
from comuna.treasury.acts.opening import OpenAccount, OpenBook, RecordOpening
from comuna.treasury.acts.paying import Pay

__all__ = [
    "AdoptBudget",
    "ApproveAccounts",
    "ImportEntries",
    "Move",
    "MoveBudget",
    "OpenAccount",
    "OpenBook",
    "Pay",
    "Receive",
    "RecordOpening",
    "Reverse",
    "UndoImport",
]
