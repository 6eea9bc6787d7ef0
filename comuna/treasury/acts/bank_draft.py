"""From a bank's file to the one act that takes what it says."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from comuna.acts.moment import day_now
from comuna.acts.refusal import Refused
from comuna.statutes import queries as statutes
from comuna.territory.reading.open import open_table
from comuna.treasury.acts.bank_table import LINES_MAX, BankRow, bank_table_bytes
from comuna.treasury.acts.bankfiles import LEFT_MAX, LeftRow, TakeBankStatement
from comuna.treasury.models import BankColumns
from comuna.treasury.plaintext.bankfiles import DecimalMark, WhyLeft, read_bank_file
from comuna.treasury.queries.bankfiles import heads_of, reference_key, said_before
from comuna.treasury.rules import occurrences


@dataclass(frozen=True)
class Drafted:
    act: TakeBankStatement
    table: bytes  # to be in the home as a file before the act is performed


def draft(columns: BankColumns, data: bytes) -> Drafted:
    """Rows that were taken before are left, with that reason. Raises Unreadable, NoSuchColumn or Refused."""
    account: UUID = columns.account_id
    today = day_now(columns.commune)
    unit = statutes.in_force(columns.commune, today).money.unit(columns.unit)
    assert unit is not None, f"the statute in force has no {columns.unit}"
    grid = open_table(data)[0]
    read = read_bank_file(grid, heads_of(columns), DecimalMark(columns.decimal_mark), unit.decimals, today)
    said = [(one.day, one.amount, reference_key(one.reference)) for one in read.lines]
    before = said_before(account, columns.unit)
    numbered = list(zip(read.lines, said, occurrences(said), strict=True))
    taken = [(one, alike) for one, kind, alike in numbered if alike > before[kind]]
    known = [(one.number, WhyLeft.KNOWN) for one, kind, alike in numbered if alike <= before[kind]]
    left = runs([*read.left, *known])
    if len(taken) > LINES_MAX or len(left) > LEFT_MAX:
        words = _(
            "Too many rows at once, or too many that cannot be read. Take the file in parts, or say the columns anew."
        )
        raise Refused("treasury.too-many-bank-rows", words, field="table")
    table = bank_table_bytes(
        BankRow(
            alike=alike,
            amount=str(one.amount),
            balance=None if one.balance is None else str(one.balance),
            day=one.day,
            number=one.number,
            reference=bool(one.reference),
            words=bool(one.words),
        )
        for one, alike in taken
    )
    act = TakeBankStatement(
        account=account,
        unit=columns.unit,
        table=sha256(table).hexdigest(),
        original=sha256(data).hexdigest(),
        references=tuple(one.reference for one, _alike in taken if one.reference),
        words=tuple(one.words for one, _alike in taken if one.words),
        left=left,
    )
    return Drafted(act, table)


def runs(left: Iterable[tuple[int, WhyLeft]]) -> tuple[LeftRow, ...]:
    """Rows that follow one another with one reason as one."""
    found: list[LeftRow] = []
    for number, why in sorted(left):
        if found and found[-1].last == number - 1 and found[-1].why is why:
            found[-1] = LeftRow(first=found[-1].first, last=number, why=why)
        else:
            found.append(LeftRow(first=number, last=number, why=why))
    return tuple(found)
