"""The verbs of money and goods, by noun."""

from comuna.treasury.acts.advancing import GiveAdvance, ReturnAdvance, SettleAdvance
from comuna.treasury.acts.aiding import (
    ApproveAid,
    AskAid,
    PayAid,
    RecordAidRequest,
    RefuseAid,
    WithdrawAidRequest,
)
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
from comuna.treasury.acts.budgeting import AdoptBudget, MoveBudget, WithdrawBudget
from comuna.treasury.acts.closing import ApproveAccounts
from comuna.treasury.acts.committing import Commit, Release
from comuna.treasury.acts.correcting import Reverse
from comuna.treasury.acts.counting import CountCash
from comuna.treasury.acts.exchanging import ExchangeMoney, SetRate, UndoRate
from comuna.treasury.acts.importing import ImportEntries, UndoImport
from comuna.treasury.acts.lending import NoteVisit, PayOutCredit, Repay, Reschedule, WriteOff
from comuna.treasury.acts.moving import Move, Receive
from comuna.treasury.acts.observing import AnswerObservation, CloseObservation, Observe, WithdrawObservation
from comuna.treasury.acts.opening import OpenAccount, OpenBook, RecordOpening
from comuna.treasury.acts.paying import Pay
from comuna.treasury.acts.private_receipts import FilePrivateReceipt
from comuna.treasury.acts.receipts import FileReceipt, RemoveReceipt
from comuna.treasury.acts.receiving import BeginReceipts, TakeBackReceipts, TypeReceipts
from comuna.treasury.acts.redenominating import Redenominate
from comuna.treasury.acts.rendering import ObjectToAccounts, RenderAccounts, WithdrawRendering
from comuna.treasury.acts.replenishing import Replenish
from comuna.treasury.acts.saved_before import RecordSavings
from comuna.treasury.acts.savings import Deposit, OpenSavings, Withdraw
from comuna.treasury.acts.stipends import ListStipends, ReceiveStipends, WithdrawStipends
from comuna.treasury.acts.taking_back import TakeBackBank
from comuna.treasury.acts.things import LendAsset, LendToNeighbour, RegisterAsset, RemoveAsset, ReturnAsset
from comuna.treasury.acts.transferring import SendTransfer, ShareSurplus, TransferBetweenBooks
from comuna.treasury.acts.transfers_coming import ReceiveTransfer, SendBackTransfer, TakeBackReceived, TakeBackTransfer

__all__ = [
    "AdoptBudget",
    "AnswerObservation",
    "ApproveAccounts",
    "ApproveAid",
    "ApproveCredit",
    "AskAid",
    "AskCredit",
    "BeginReceipts",
    "CloseObservation",
    "Commit",
    "CountCash",
    "Deposit",
    "ExchangeMoney",
    "FilePrivateReceipt",
    "FileReceipt",
    "ForgetBankStatement",
    "GiveAdvance",
    "ImportEntries",
    "LendAsset",
    "LendToNeighbour",
    "ListStipends",
    "MatchBankLines",
    "Move",
    "MoveBudget",
    "NoteVisit",
    "ObjectToAccounts",
    "Observe",
    "OpenAccount",
    "OpenBook",
    "OpenSavings",
    "Pay",
    "PayAid",
    "PayOutCredit",
    "Receive",
    "ReceiveStipends",
    "ReceiveTransfer",
    "RecordAidRequest",
    "RecordCreditRequest",
    "RecordOpening",
    "RecordSavings",
    "Redenominate",
    "RefuseAid",
    "RefuseCredit",
    "RegisterAsset",
    "Release",
    "RemoveAsset",
    "RemoveReceipt",
    "RenderAccounts",
    "Repay",
    "Replenish",
    "Reschedule",
    "ReturnAdvance",
    "ReturnAsset",
    "Reverse",
    "SayBankColumns",
    "SendBackTransfer",
    "SendTransfer",
    "SetRate",
    "SettleAdvance",
    "ShareSurplus",
    "TakeBackBank",
    "TakeBackReceipts",
    "TakeBackReceived",
    "TakeBackTransfer",
    "TakeBankStatement",
    "TransferBetweenBooks",
    "TypeReceipts",
    "UndoImport",
    "UndoRate",
    "UnmatchBankLine",
    "Withdraw",
    "WithdrawAidRequest",
    "WithdrawBudget",
    "WithdrawCreditRequest",
    "WithdrawObservation",
    "WithdrawRendering",
    "WithdrawStipends",
    "WriteOff",
]
