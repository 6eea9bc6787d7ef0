"""Books as a journal that ``hledger check --strict`` takes."""

from __future__ import annotations

from collections.abc import Iterator

from comuna.treasury.models import Account
from comuna.treasury.plaintext.names import decimal, hledger_account, hledger_unit, quoted
from comuna.treasury.queries.ledger import Ledger, Written


def lines(ledgers: list[Ledger]) -> Iterator[str]:
    yield "; Each entry: day, (folio), what for. Debits are above nothing, credits below; %3B is as in addresses."
    yield "decimal-mark ."
    yield ""
    decimals = {unit: places for one in ledgers for unit, places in one.decimals.items()}
    for unit, places in sorted(decimals.items()):
        yield f"commodity 1000.{'0' * places} {hledger_unit(unit)}"
    for one in ledgers:
        names = {account.code: hledger_account(account.kind, one.book.kind, account.code) for account in one.accounts}
        yield ""
        yield f"; Book {one.book.kind}, since {one.book.day.isoformat()}"
        for account in one.accounts:
            yield f"account {names[account.code]}{_name(account)}"
        for entry in one.entries():
            yield ""
            yield from _entry(entry, names, decimals)


def _name(account: Account) -> str:
    return f"  ; name: {quoted(account.name)}" if account.name else ""


def _entry(entry: Written, names: dict[str, str], decimals: dict[str, int]) -> Iterator[str]:
    yield f"{entry.day.isoformat()} ({entry.folio}) {quoted(entry.words)}".rstrip()
    if entry.reference:
        yield f"    ; reference: {quoted(entry.reference)}"
    if entry.reverses is not None:
        yield f"    ; reverses: {entry.reverses}"
    for code, unit, amount in entry.moved:
        yield f"    {names[code]}  {decimal(amount, decimals[unit])} {hledger_unit(unit)}"
