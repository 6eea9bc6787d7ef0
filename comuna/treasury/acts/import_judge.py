"""Whether rows of a file may be entered, one after the other, by the rules that hold for single entries."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from comuna.acts.act import World
from comuna.acts.refusal import Refused
from comuna.statutes import queries as statutes
from comuna.statutes.bookkeeping import KEPT_ONE_BY_ONE, AccountKind, AccountUse
from comuna.treasury import queries
from comuna.treasury.acts.bearing import open_day, refuse_kept_one_by_one
from comuna.treasury.acts.import_table import EntryRow, Posted
from comuna.treasury.models import Account, Book
from comuna.treasury.queries.advances import accounts_holding
from comuna.treasury.queries.importing import holdings_of
from comuna.treasury.queries.redenomination import retired
from comuna.treasury.rules import BALANCE_MAX


def judge(world: World, book: Book, rows: Sequence[EntryRow]) -> None:
    """Raises Refused, which names the row, counted from 1, and its field."""
    _judge_days(world, book, rows)
    accounts = {one.code: one for one in queries.accounts(book.id)}
    gone = retired(world.commune)
    units = {one.id for one in statutes.in_force(world.commune, world.day).money.units if one.id not in gone}
    held = holdings_of(book.id)
    by_code = {(code, unit): held.get((one.id, unit), 0) for code, one in accounts.items() for unit in units}
    assets = {code for code, one in accounts.items() if one.kind == AccountKind.ASSET.value}
    lent = accounts_holding(book.id)
    kept = {code for code, one in accounts.items() if one.use in KEPT_ONE_BY_ONE or one.id in lent}
    for number, row in enumerate(rows, start=1):
        _judge_lines(number, row.lines, accounts, units, kept)
        takes_back = row.reverses is not None
        for code, unit, said in row.lines:
            amount = int(said)
            after = by_code[code, unit] = by_code[code, unit] + amount
            if after > BALANCE_MAX or after < -BALANCE_MAX:
                words = _("An account cannot hold so much; a currency that has lost its worth gets a new unit.")
                raise _refused("treasury.too-large", words, number, "lines")
            if amount < 0 and after < 0 and code in assets and not takes_back:
                less = _("{account} holds {amount}; more cannot go out of it.").format(
                    account=accounts[code].name, amount=queries.amount_said(after - amount, unit, world.commune)
                )
                raise _refused("treasury.not-enough", less, number, "lines")
    _judge_reversals(rows)


def _judge_days(world: World, book: Book, rows: Sequence[EntryRow]) -> None:
    good: set[date] = set()
    for number, row in enumerate(rows, start=1):
        if row.day not in good:
            try:
                open_day(world, book, row.day)
            except Refused as refused:
                raise _refused(refused.rule, refused.words, number, "day") from refused
            good.add(row.day)


def _judge_lines(
    number: int, lines: Sequence[Posted], accounts: dict[str, Account], units: set[str], kept: set[str]
) -> None:
    sums: dict[str, int] = {}
    for code, unit, amount in lines:
        if code not in accounts:
            raise _refused("treasury.no-such-account", _("The book has no such account."), number, "lines")
        if code in kept:
            try:
                refuse_kept_one_by_one("lines", if_so=True)
            except Refused as refused:
                raise _refused(refused.rule, refused.words, number, "lines") from refused
        if accounts[code].use in (AccountUse.TRANSFERS, AccountUse.EXCHANGE):
            words = _("Transfers and exchanges have acts of their own, which enter both sides.")
            raise _refused("treasury.by-an-act-of-its-own", words, number, "lines")
        if unit not in units:
            words = _("The statute in force knows no such currency or good.")
            raise _refused("treasury.no-such-unit", words, number, "lines")
        if amount == "0":
            raise _refused("treasury.moves-nothing", _("A line moves nothing."), number, "lines")
        sums[unit] = sums.get(unit, 0) + int(amount)
    if len(lines) < 2 or any(sums.values()):
        words = _("What came in and what went out are not the same.")
        raise _refused("treasury.not-balanced", words, number, "lines")


def _judge_reversals(rows: Sequence[EntryRow]) -> None:
    """Each takes back one entry before it, once, to the last line, and none that takes one back itself."""
    taken: set[int] = set()
    for number, row in enumerate(rows, start=1):
        of = row.reverses
        if of is None:
            continue
        other = rows[of - 1] if of < number else None
        if (
            other is None
            or of in taken
            or other.reverses is not None
            or other.day > row.day
            or _lines(row.lines, -1) != _lines(other.lines, 1)
        ):
            words = _("It does not take back an entry before it.")
            raise _refused("treasury.not-a-reversal", words, number, "reverses")
        taken.add(of)


def _lines(lines: Iterable[Posted], sign: int) -> list[tuple[str, str, int]]:
    return sorted((code, unit, sign * int(amount)) for code, unit, amount in lines)


def _refused(rule: str, words: str | Promise, number: int, field: str) -> Refused:
    said = _("Row {row}: {words}").format(row=number, words=words)
    return Refused(rule, said, field=f"table.{number}.{field}")
