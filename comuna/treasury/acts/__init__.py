"""The verbs of money and goods, by noun."""

from comuna.treasury.acts.advancing import GiveAdvance, ReturnAdvance, SettleAdvance
from comuna.treasury.acts.asking import (
    ApproveCredit,
    AskCredit,
    RecordCreditRequest,
    RefuseCredit,
    WithdrawCreditRequest,
)
from comuna.treasury.acts.bankfiles import (
    ForgetBankStatement,
    MatchBankLines,
    SayBankColumns,
    TakeBankStatement,
    UnmatchBankLine,
)
from comuna.treasury.acts.budgeting import AdoptBudget, MoveBudget
from comuna.treasury.acts.closing import ApproveAccounts
from comuna.treasury.acts.correcting import Reverse
from comuna.treasury.acts.counting import CountCash
from comuna.treasury.acts.importing import ImportEntries, UndoImport
from comuna.treasury.acts.lending import NoteVisit, PayOutCredit, Repay, Reschedule, WriteOff
from comuna.treasury.acts.moving import Move, Receive
from comuna.treasury.acts.observing import AnswerObservation, CloseObservation, Observe, WithdrawObservation
from comuna.treasury.acts.opening import OpenAccount, OpenBook, RecordOpening
from comuna.treasury.acts.paying import Pay
from comuna.treasury.acts.private_receipts import FilePrivateReceipt
from comuna.treasury.acts.receipts import FileReceipt, RemoveReceipt
from comuna.treasury.acts.receiving import BeginReceipts, TakeBackReceipts, TypeReceipts
from comuna.treasury.acts.savings import Deposit, OpenSavings, Withdraw
from comuna.treasury.acts.taking_back import TakeBackBank

__all__ = [
    "AdoptBudget",
    "AnswerObservation",
    "ApproveAccounts",
    "ApproveCredit",
    "AskCredit",
    "BeginReceipts",
    "CloseObservation",
    "CountCash",
    "Deposit",
    "FilePrivateReceipt",
    "FileReceipt",
    "ForgetBankStatement",
    "GiveAdvance",
    "ImportEntries",
    "MatchBankLines",
    "Move",
    "MoveBudget",
    "NoteVisit",
    "Observe",
    "OpenAccount",
    "OpenBook",
    "OpenSavings",
    "Pay",
    "PayOutCredit",
    "Receive",
    "RecordCreditRequest",
    "RecordOpening",
    "RefuseCredit",
    "RemoveReceipt",
    "Repay",
    "Reschedule",
    "ReturnAdvance",
    "Reverse",
    "SayBankColumns",
    "SettleAdvance",
    "TakeBackBank",
    "TakeBackReceipts",
    "TakeBankStatement",
    "TypeReceipts",
    "UndoImport",
    "UnmatchBankLine",
    "Withdraw",
    "WithdrawCreditRequest",
    "WithdrawObservation",
    "WriteOff",
]
