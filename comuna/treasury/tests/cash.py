"""A founded council whose finance unit keeps a book, with money in it and a budget that the assembly decided."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from comuna.acts.act import Act
from comuna.acts.acts import Propose, Sign
from comuna.acts.clock import frozen_at
from comuna.acts.door import Done
from comuna.acts.models import Proposal
from comuna.assemblies.models import Resolution
from comuna.assemblies.tests.test_session import MEETING, Room
from comuna.treasury import queries
from comuna.treasury.acts import AdoptBudget, OpenBook, Pay, Receive
from comuna.treasury.acts.budgeting import BudgetRow
from comuna.treasury.effects import account_key
from comuna.treasury.models import BudgetLine
from tests.cast import Cast

FIRST = date(2026, 2, 1)
LATER = "2026-02-20T19:00:00Z"  # an hour after the vote, in the same session
LATER_STILL = "2026-02-20T20:00:00Z"
TODAY = date(2026, 2, 20)


@dataclass
class Cash:
    """The book of the finance unit: the signer keeps it, the substitute of the finance unit signs with her."""

    cast: Cast
    book: UUID

    @classmethod
    def opened(cls, cast: Cast, kind: str = "cc.books") -> Cash:
        return cls(cast, cast.does(cast.signer, OpenBook(kind=kind, day=FIRST)).id)

    def account(self, code: str) -> UUID:
        return account_key(self.book, code)

    def does(self, act: Act, person: UUID | None = None) -> Done:
        """In the name of the signer, unless somebody else is said."""
        return self.cast.does(person or self.cast.signer, act)

    def receive(self, amount: str, **other: Any) -> Done:
        return self.does(self.receiving(amount, **other))

    def receiving(self, amount: str, **other: Any) -> Receive:
        fields: dict[str, Any] = {
            "book": self.book,
            "day": date(2026, 2, 10),
            "into": self.account("1.1.02"),
            "source": self.account("4.1.01"),
            "unit": "VES",
            "amount": amount,
            "words": "Aportes de febrero",
        }
        return Receive(**fields | other)

    def signed(self, act: Act, *, second: UUID | None = None) -> Done:
        """The signer proposes it, the other of the finance unit signs."""
        proposed = self.does(Propose(act=act))
        signed = self.does(Sign(proposal=proposed.id), second or self.cast.acting_signer)
        assert signed.performed is not None
        return signed._replace(id=signed.performed, performed=None)

    def cosigns(self) -> None:
        """The other of the finance unit signs what was proposed last."""
        self.does(Sign(proposal=Proposal.objects.latest("born").id), self.cast.acting_signer)

    def paying(self, amount: str, **other: Any) -> Pay:
        fields: dict[str, Any] = {
            "line": other.get("line") or BudgetLine.objects.get().id,
            "day": TODAY,
            "out_of": self.account("1.1.02"),
            "unit": "VES",
            "amount": amount,
            "payee": "Ferretería La Esquina",
            "words": "Una válvula",
        }
        return Pay(**fields | other)

    def held(self, code: str, unit: str = "VES") -> int:
        return queries.balance(self.account(code), unit)

    def trial(self) -> dict[str, int]:
        """By code, what each account holds in bolívares."""
        return {one.account.code: one.amount for one in queries.trial_balance(self.book)}


def in_session(cast: Cast, text: str = "Comprar válvulas para la Vereda 2") -> Room:
    """The assembly in session, where this was decided."""
    room = Room(cast, neighbours=3)
    with frozen_at(MEETING):
        room.quorate()
        decide(room, text)
    return room


def decide(room: Room, text: str, *, approves: bool = False) -> UUID:
    """One more decision of that session; of accounts, where it approves them."""
    room.count(room.motion(text=text, approves=approves), len(room.roll()), 0)
    newest: UUID = Resolution.objects.order_by("-born").values_list("id", flat=True)[0]
    return newest


def budgeted(cast: Cast, amount: str = "50000") -> Cash:
    """A book with 800,00 VES and one line of the budget, by the only decision. Call within ``frozen_at(LATER)``."""
    cash = Cash.opened(cast)
    cash.receive("80000")
    row = BudgetRow(account=cash.account("5.1.01"), amount=amount, words="Válvulas")
    cash.does(
        AdoptBudget(
            book=cash.book,
            resolution=Resolution.objects.get().id,
            begins=FIRST,
            ends=date(2026, 12, 31),
            unit="VES",
            rows=(row,),
        )
    )
    return cash
