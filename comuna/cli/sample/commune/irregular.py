"""What is wrong in the sample's books. One kind for each council, planted by seed, as it happens in life: neighbours
have something to find, and a test knows what the page of doubts must list."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from comuna.treasury.control import Doubt

KINDS = (
    *(Doubt.SPLIT, Doubt.INVOICE_TWICE, Doubt.RECEIPT_DIFFERS, Doubt.SIGNER_PAID),
    *(Doubt.PAID_TWICE, Doubt.ROUND_SUM, Doubt.NO_RECEIPT, Doubt.ENTERED_LATE),
)
LATE = 44  # days after it was paid


@dataclass(frozen=True)
class Step:
    """A payment out of a line."""

    after: int  # days from the budget on
    share: int  # of the line, in hundredths
    payee: str = ""  # nobody: whoever the sample buys from
    entered: int = 0  # days after it was paid
    invoice: str | None = ""  # its number, one of its own where it is empty; None where no receipt is filed
    of_it: int = 100  # the receipt's sum, in hundredths of what was paid
    whole: bool = False  # whole thousands


def steps(kind: Doubt, random: Random, seller: str, signer: str) -> tuple[Step, ...]:
    """The payments that make up one irregularity. ``signer`` is the name of one of those who sign."""
    number = f"{random.randrange(10**5):05}"
    first = 4 + random.randrange(8)
    alone: dict[Doubt, Step] = {
        Doubt.RECEIPT_DIFFERS: Step(first, 70, seller, of_it=80),
        Doubt.SIGNER_PAID: Step(first, 45, signer),
        Doubt.ROUND_SUM: Step(first, 95, seller, invoice=None, whole=True),
        Doubt.NO_RECEIPT: Step(first, 65, seller, invoice=None),
        Doubt.ENTERED_LATE: Step(first, 55, seller, entered=LATE),
    }
    several: dict[Doubt, tuple[Step, ...]] = {
        Doubt.SPLIT: tuple(Step(first + 2 * place, 21 + 3 * place, seller) for place in range(3)),
        Doubt.PAID_TWICE: (Step(first, 40, seller), Step(first + 5, 40, seller)),
        Doubt.INVOICE_TWICE: (Step(first, 35, seller, invoice=number), Step(first + 12, 30, seller, invoice=number)),
    }
    return several[kind] if kind in several else (alone[kind],)
