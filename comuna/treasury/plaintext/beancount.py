"""Books as a file that ``bean-check`` takes. At its end stands what each account holds: bean-check adds it up anew."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from comuna.treasury.plaintext.names import beancount_account, beancount_unit, decimal, in_string
from comuna.treasury.queries.ledger import Ledger, Written


def lines(ledgers: list[Ledger]) -> Iterator[str]:
    yield "; Debits are above nothing, credits below. Folios, references and what is taken back stand under each entry."
    decimals = {unit: places for one in ledgers for unit, places in one.decimals.items()}
    first = min((one.book.day for one in ledgers), default=date(1970, 1, 1))
    for unit in sorted(decimals):
        yield f"{first.isoformat()} commodity {beancount_unit(unit)}"
    for one in ledgers:
        yield from _book(one, decimals)


def _book(one: Ledger, decimals: dict[str, int]) -> Iterator[str]:
    names = {account.code: beancount_account(account.kind, one.book.kind, account.code) for account in one.accounts}
    opened = min(one.book.day, one.newest).isoformat()
    yield ""
    yield f"; Book {one.book.kind}, since {one.book.day.isoformat()}"
    for account in one.accounts:
        yield f"{opened} open {names[account.code]}"
        yield f'  book: "{one.book.kind}"'
        yield f'  code: "{account.code}"'
        if account.name:
            yield f'  name: "{in_string(account.name)}"'
    for entry in one.entries():
        yield ""
        yield from _entry(entry, names, decimals)
    yield ""
    morrow = (one.newest + timedelta(days=1)).isoformat()
    for held in one.trial:
        said = f"{decimal(held.amount, decimals[held.unit])} ~ 0 {beancount_unit(held.unit)}"
        yield f"{morrow} balance {names[held.account.code]}  {said}"


def _entry(entry: Written, names: dict[str, str], decimals: dict[str, int]) -> Iterator[str]:
    yield f'{entry.day.isoformat()} * "{in_string(entry.words)}"'
    yield f"  folio: {entry.folio}"
    if entry.reference:
        yield f'  reference: "{in_string(entry.reference)}"'
    if entry.reverses is not None:
        yield f"  reverses: {entry.reverses}"
    for code, unit, amount in entry.moved:
        yield f"  {names[code]}  {decimal(amount, decimals[unit])} {beancount_unit(unit)}"
