"""The tables of the accounts: the ledger and its budgets, and what is kept beside it one by one."""

from comuna.treasury.models.advances import Advance as Advance, AdvanceStep as AdvanceStep
from comuna.treasury.models.aid import (
    AidAnswer as AidAnswer,
    AidCase as AidCase,
    AidPayment as AidPayment,
    AidRequest as AidRequest,
)
from comuna.treasury.models.assets import Asset as Asset, AssetLoan as AssetLoan, AssetReturn as AssetReturn
from comuna.treasury.models.bank import (
    Credit as Credit,
    CreditAnswer as CreditAnswer,
    CreditRequest as CreditRequest,
    CreditVisit as CreditVisit,
    Repayment as Repayment,
    Savings as Savings,
    SavingsMove as SavingsMove,
)
from comuna.treasury.models.bankfiles import (
    BankColumns as BankColumns,
    BankLine as BankLine,
    BankLineLeft as BankLineLeft,
    BankStatement as BankStatement,
)
from comuna.treasury.models.commitments import Commitment as Commitment, Drawing as Drawing
from comuna.treasury.models.counts import Count as Count
from comuna.treasury.models.importing import EntryImport as EntryImport
from comuna.treasury.models.ledger import (
    Account as Account,
    Balance as Balance,
    Book as Book,
    Budget as Budget,
    BudgetLine as BudgetLine,
    Closing as Closing,
    Entry as Entry,
    Payment as Payment,
    Posting as Posting,
    Turnover as Turnover,
)
from comuna.treasury.models.observations import (
    Observation as Observation,
    ObservationAnswer as ObservationAnswer,
)
from comuna.treasury.models.petty import ReplenishedEntry as ReplenishedEntry, Replenishment as Replenishment
from comuna.treasury.models.rates import Exchange as Exchange, Rate as Rate
from comuna.treasury.models.receipts import Receipt as Receipt
from comuna.treasury.models.receiving import (
    NumberedReceipt as NumberedReceipt,
    ReceiptBook as ReceiptBook,
    ReceiptsTyped as ReceiptsTyped,
)
from comuna.treasury.models.redenomination import (
    RedenominatedBook as RedenominatedBook,
    RedenominatedThing as RedenominatedThing,
    Redenomination as Redenomination,
)
from comuna.treasury.models.rendering import RenderedSum as RenderedSum, Rendering as Rendering
from comuna.treasury.models.stipends import Stipend as Stipend, StipendList as StipendList
from comuna.treasury.models.transfers import Transfer as Transfer
