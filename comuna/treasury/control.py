"""What does not add up in books, from what they say: pure functions on plain values.

None of it is proof of anything: each finding names the acts it rests on, for neighbours to look and ask. Names and
numbers come folded (without accents and capitals), amounts in the smallest part of their unit, above nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise
from typing import NamedTuple
from uuid import UUID

from comuna.treasury.rules import Purpose, is_shared, numbers_missing


@dataclass(frozen=True)
class Limits:
    """From where on something is asked about."""

    receipt_days: int = 15  # within which a receipt is filed
    entered_days: int = 30  # within which an entry is made
    transfer_days: int = 15  # within which what goes from one organ to another is received
    split_payments: int = 3  # to one payee out of one line ...
    split_days: int = 7  # ... from the first to the last
    repeat_days: int = 10  # between two payments of one sum to one payee
    rate_percent: int = 20  # between the rate of an exchange and that of the day
    bank_days: int = 15  # within which the bank and the books say the same
    round_thousands: int = 1  # a sum of whole thousands is round


LIMITS = Limits()
NAME_WORDS_MIN = 2  # of a signer: one name alone is many people's


class Doubt(StrEnum):
    """What is asked about, the gravest first."""

    SINGLE_SIGNATURE = "single-signature"
    OUTSIDE_MANDATE = "outside-mandate"
    SIGNER_PAID = "signer-paid"
    CLOSED_UNSEEN = "closed-unseen"
    DECISION_SHARED = "decision-shared"
    INVOICE_TWICE = "invoice-twice"
    PAID_TWICE = "paid-twice"
    RECEIPT_DIFFERS = "receipt-differs"
    OTHER_PAYEE = "other-payee"
    RATE_BESIDE = "rate-beside"
    IMPORT_SPENDS = "import-spends"
    NO_RECEIPT = "no-receipt"
    SPLIT = "split"
    ROUND_SUM = "round-sum"
    RECEIPT_MISSING = "receipt-missing"
    BANK_DIFFERS = "bank-differs"
    COUNT_DIFFERS = "count-differs"
    ADVANCE_LATE = "advance-late"
    TRANSFER_LATE = "transfer-late"
    ENTERED_LATE = "entered-late"


STILL_OPEN = frozenset(
    {
        Doubt.NO_RECEIPT,
        Doubt.RECEIPT_MISSING,
        Doubt.BANK_DIFFERS,
        Doubt.ADVANCE_LATE,
        Doubt.TRANSFER_LATE,
    }
)
"""What somebody has to see to, however long ago it was."""


def in_order(found: Iterable[Finding]) -> list[Finding]:
    """The gravest first, the newest of a kind first."""
    order = list(Doubt)
    return sorted(found, key=lambda one: (order.index(one.doubt), -one.day.toordinal(), one.acts))


class Paper(NamedTuple):
    """A receipt."""

    act: UUID
    supplier: str
    tax_number: str
    number: str
    unit: str
    amount: int


class Signer(NamedTuple):
    name: str
    begins: date
    ends: date | None  # last day in office; None while in it


class Paid(NamedTuple):
    """A payment that stands."""

    act: UUID
    day: date
    line: UUID
    unit: str
    amount: int
    payee: str
    signers: tuple[Signer, ...]
    signatures: int  # that the statute of the day asks for
    papers: tuple[Paper, ...]
    promised_to: str = ""  # where it was paid out of a promise
    is_aid: bool = False  # a case of a fund, under its number


class Entered(NamedTuple):
    """An entry, or what came together from a file: the first day on which it happened, and the one on which it was
    entered."""

    act: UUID
    day: date
    entered: date


class Numbered(NamedTuple):
    """A receipt book: of each number whether it was typed."""

    act: UUID
    day: date
    typed: Mapping[int, bool]


class OneSided(NamedTuple):
    """What the bank says and the books do not, or the other way round: the statement, or the entry."""

    act: UUID
    day: date


class Counted(NamedTuple):
    act: UUID
    day: date
    difference: int


class Lent(NamedTuple):
    """An advance."""

    act: UUID
    due: date
    open: int


class UnderWay(NamedTuple):
    """What was sent to a book of another organ."""

    act: UUID
    day: date
    is_open: bool  # neither received nor taken back


class Exchanged(NamedTuple):
    """So much of one currency for so much of another, and the rate of the day, where there was one, said likewise."""

    act: UUID
    day: date
    amount: int
    in_amount: int
    rate: tuple[int, int] | None


class Imported(NamedTuple):
    """What came from a file: whether it spends money though the book had entries of its own before."""

    act: UUID
    day: date
    spends_late: bool


class Closed(NamedTuple):
    """Accounts that were closed by a decision, and whether they stood before the session that decided."""

    act: UUID
    through: date
    was_seen: bool


class Decided(NamedTuple):
    """What rests on a decision and stands, the oldest first; the day of the newest in the time that is asked about."""

    acts: tuple[UUID, ...]
    purposes: tuple[Purpose, ...]
    day: date


class Finding(NamedTuple):
    doubt: Doubt
    acts: tuple[UUID, ...]
    day: date


def doubts_about(
    payments: Iterable[Paid],
    entries: Iterable[Entered],
    counts: Iterable[Counted],
    advances: Iterable[Lent],
    today: date,
    decimals: Mapping[str, int],
    limits: Limits = LIMITS,
    transfers: Iterable[UnderWay] = (),
    *,
    receipts: Iterable[Numbered] = (),
    one_sided: Iterable[OneSided] = (),
    taken_back: Iterable[Paid] = (),
    closings: Iterable[Closed] = (),
    exchanges: Iterable[Exchanged] = (),
    imports: Iterable[Imported] = (),
    decisions: Iterable[Decided] = (),
) -> list[Finding]:
    """Everything that is asked about, the gravest first, the newest of a kind first. ``decimals`` are the units'.
    ``taken_back`` are payments that one of their own signers took back: they take no question away about herself."""
    paid = sorted(payments, key=lambda one: (one.day, one.act.int))
    found = [
        *(finding for one in paid for finding in _of_one(one, today, decimals, limits)),
        *(Finding(Doubt.SIGNER_PAID, (one.act,), one.day) for one in taken_back if _signer_paid(one)),
        *_invoices_twice(paid),
        *_paid_twice(paid, limits),
        *_split(paid, limits),
        *(Finding(Doubt.RECEIPT_MISSING, (one.act,), one.day) for one in receipts if numbers_missing(one.typed)),
        *_one_sided(one_sided, today, limits),
        *(Finding(Doubt.COUNT_DIFFERS, (one.act,), one.day) for one in counts if one.difference),
        *(Finding(Doubt.ADVANCE_LATE, (one.act,), one.due) for one in advances if one.open and one.due < today),
        *(Finding(Doubt.CLOSED_UNSEEN, (one.act,), one.through) for one in closings if not one.was_seen),
        *(Finding(Doubt.DECISION_SHARED, one.acts, one.day) for one in decisions if is_shared(one.purposes)),
        *(Finding(Doubt.RATE_BESIDE, (one.act,), one.day) for one in exchanges if _is_beside(one, limits)),
        *(Finding(Doubt.IMPORT_SPENDS, (one.act,), one.day) for one in imports if one.spends_late),
        *_under_way(transfers, today, limits),
        *_entered_late(entries, limits),
    ]
    return in_order(found)


def _of_one(one: Paid, today: date, decimals: Mapping[str, int], limits: Limits) -> Iterator[Finding]:
    if len(one.signers) < one.signatures:
        yield Finding(Doubt.SINGLE_SIGNATURE, (one.act,), one.day)
    if any(not _in_office(signer, one.day) for signer in one.signers):
        yield Finding(Doubt.OUTSIDE_MANDATE, (one.act,), one.day)
    if _signer_paid(one):
        yield Finding(Doubt.SIGNER_PAID, (one.act,), one.day)
    if one.promised_to and one.payee and one.promised_to != one.payee:
        yield Finding(Doubt.OTHER_PAYEE, (one.act,), one.day)
    same_unit = [paper.amount for paper in one.papers if paper.unit == one.unit]
    agrees = sum(same_unit) == one.amount
    if same_unit and not agrees:
        acts = (one.act, *(paper.act for paper in one.papers))
        yield Finding(Doubt.RECEIPT_DIFFERS, acts, one.day)
    if one.is_aid:  # whose paper it is stays private, and its sum is what was granted
        return
    if not one.papers and today > one.day + timedelta(days=limits.receipt_days):
        yield Finding(Doubt.NO_RECEIPT, (one.act,), one.day)
    whole = limits.round_thousands * 1_000 * 10 ** decimals.get(one.unit, 0)
    if one.amount % whole == 0 and not agrees:
        yield Finding(Doubt.ROUND_SUM, (one.act,), one.day)


def _signer_paid(one: Paid) -> bool:
    receivers = (one.payee, *(paper.supplier for paper in one.papers))
    return any(_same_person(signer.name, receiver) for signer in one.signers for receiver in receivers)


def _in_office(signer: Signer, day: date) -> bool:
    return signer.begins <= day and (signer.ends is None or day <= signer.ends)


def _same_person(name: str, receiver: str) -> bool:
    """Whether every word of a signer's name stands in what the receiver is called."""
    words = {word for word in name.split() if len(word.strip(".")) > 1}
    return len(words) >= NAME_WORDS_MIN and words <= set(receiver.split())


def _invoices_twice(paid: Sequence[Paid]) -> Iterator[Finding]:
    """The same number of the same supplier with two payments; he is told by his tax number, else by his name."""
    seen: dict[tuple[str, str], list[tuple[Paid, Paper]]] = defaultdict(list)
    for one in paid:
        for paper in one.papers:
            for supplier in {paper.tax_number, paper.supplier} - {""}:
                if paper.number:
                    seen[supplier, paper.number].append((one, paper))
    told: set[frozenset[UUID]] = set()
    for twice in seen.values():
        acts = frozenset(one.act for one, _paper in twice)
        if len(acts) > 1 and acts not in told:
            told.add(acts)
            yield Finding(Doubt.INVOICE_TWICE, tuple(dict.fromkeys(one.act for one, _paper in twice)), twice[-1][0].day)


def _paid_twice(paid: Sequence[Paid], limits: Limits) -> Iterator[Finding]:
    for same in _groups(paid, lambda one: (one.payee, one.unit, one.amount)):
        for before, after in pairwise(same):
            if after.day - before.day <= timedelta(days=limits.repeat_days):
                yield Finding(Doubt.PAID_TWICE, (before.act, after.act), after.day)


def _split(paid: Sequence[Paid], limits: Limits) -> Iterator[Finding]:
    """Several payments to one payee out of one line within days: one purchase in pieces, perhaps. Each run once."""
    for same in _groups(paid, lambda one: (one.line, one.payee)):
        told: set[UUID] = set()
        for first, one in enumerate(same):
            last = one.day + timedelta(days=limits.split_days)
            run = [other.act for other in same[first:] if other.day <= last]
            if len(run) >= limits.split_payments and not told.issuperset(run):
                told.update(run)
                yield Finding(Doubt.SPLIT, tuple(run), one.day)


def _groups(paid: Sequence[Paid], key: Callable[[Paid], Hashable]) -> Iterator[list[Paid]]:
    """Payments that are alike, in the order of their days; those without a payee are like no other."""
    found: dict[Hashable, list[Paid]] = defaultdict(list)
    for one in paid:
        if one.payee:
            found[key(one)].append(one)
    yield from found.values()


def _one_sided(found: Iterable[OneSided], today: date, limits: Limits) -> Iterator[Finding]:
    """Each act once, by the oldest day of it that is over the time."""
    oldest: dict[UUID, date] = {}
    for one in found:
        if today > one.day + timedelta(days=limits.bank_days):
            oldest[one.act] = min(one.day, oldest.get(one.act, one.day))
    for act, day in oldest.items():
        yield Finding(Doubt.BANK_DIFFERS, (act,), day)


def _is_beside(one: Exchanged, limits: Limits) -> bool:
    """Whether it came to another rate than the day's, by more than so many parts of a hundred, or there was none."""
    if one.rate is None:
        return True
    amount, in_amount = one.rate
    due = one.amount * in_amount
    return 100 * abs(one.in_amount * amount - due) > limits.rate_percent * due


def _entered_late(entries: Iterable[Entered], limits: Limits) -> Iterator[Finding]:
    for one in entries:
        if one.entered - one.day > timedelta(days=limits.entered_days):
            yield Finding(Doubt.ENTERED_LATE, (one.act,), one.day)


def _under_way(transfers: Iterable[UnderWay], today: date, limits: Limits) -> Iterator[Finding]:
    for one in transfers:
        if one.is_open and today > one.day + timedelta(days=limits.transfer_days):
            yield Finding(Doubt.TRANSFER_LATE, (one.act,), one.day)
