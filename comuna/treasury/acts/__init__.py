"""The verbs of money and goods, by noun."""

from comuna.treasury.acts.advancing import GiveAdvance, ReturnAdvance, SettleAdvance
from comuna.treasury.acts.budgeting import AdoptBudget, MoveBudget
from comuna.treasury.acts.closing import ApproveAccounts
from comuna.treasury.acts.correcting import Reverse
from comuna.treasury.acts.counting import CountCash
from comuna.treasury.acts.importing import ImportEntries, UndoImport
from comuna.treasury.acts.moving import Move, Receive
from comuna.treasury.acts.observing import AnswerObservation, CloseObservation, Observe, WithdrawObservation
from comuna.treasury.acts.opening import OpenAccount, OpenBook, RecordOpening
from comuna.treasury.acts.paying import Pay
from comuna.treasury.acts.receipts import FileReceipt, RemoveReceipt

__all__ = [
    "AdoptBudget",
    "AnswerObservation",
    "ApproveAccounts",
    "CloseObservation",
    "CountCash",
    "FileReceipt",
    "GiveAdvance",
    "ImportEntries",
    "Move",
    "MoveBudget",
    "Observe",
    "OpenAccount",
    "OpenBook",
    "Pay",
    "Receive",
    "RecordOpening",
    "RemoveReceipt",
    "ReturnAdvance",
    "Reverse",
    "SettleAdvance",
    "UndoImport",
    "WithdrawObservation",
]
