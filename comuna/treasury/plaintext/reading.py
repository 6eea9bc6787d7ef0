"""Entries of a journal as hledger itself has read it (``hledger print -x -O json``). Every one is taken, or named with
its line and why not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from pydantic import TypeAdapter, ValidationError

from comuna.acts.fields import Line
from comuna.treasury.acts.import_table import LINES_MAX, EntryRow, Posted
from comuna.treasury.plaintext.names import ROOTS, unquoted

PRICES = ("aprice", "acost")  # what hledger calls it up to 1.32, and from 1.33 on
AMOUNT_MAX = 10**15 - 1  # of a field
_LINE: TypeAdapter[str] = TypeAdapter(Line)


class Why(StrEnum):
    """An entry is not taken."""

    ACCOUNT = "account"
    UNIT = "unit"
    AMOUNT = "amount"
    PRICE = "price"
    VIRTUAL = "virtual"
    WORDS = "words"
    LINES = "lines"
    REVERSES = "reverses"
    DAY = "day"
    NUMBER = "number"
    FORMULA = "formula"
    SIDES = "sides"


WHY: Mapping[Why, str | Promise] = {
    Why.ACCOUNT: _("the book has no such account: {what}"),
    Why.UNIT: _("the statute in force knows no such currency or good: {what}"),
    Why.AMOUNT: _("too exact or too large: {what}"),
    Why.PRICE: _("one unit is paid for with another: {what}"),
    Why.VIRTUAL: _("a posting outside double entry: {what}"),
    Why.WORDS: _("words that no field takes: {what}"),
    Why.LINES: _("fewer than two lines, or more than a hundred"),
    Why.REVERSES: _("takes back an entry that is not taken: {what}"),
    Why.DAY: _("no day that can be read, or one that has not come: {what}"),
    Why.NUMBER: _("no amount that can be read: {what}"),
    Why.FORMULA: _("a formula, which is never computed: {what}"),
    Why.SIDES: _("it came in and went out at once, or neither"),
}


@dataclass(frozen=True)
class Left:
    """An entry that is not taken: where it begins in the file, and why."""

    line: int
    why: Why
    what: str

    @property
    def words(self) -> str:
        return str(WHY[self.why]).format(what=self.what)


@dataclass
class Read:
    rows: list[EntryRow] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    references: list[str] = field(default_factory=list)
    left: list[Left] = field(default_factory=list)

    def add(self, row: EntryRow, words: str, reference: str) -> None:
        self.rows.append(row)
        self.words += [words] if words else []
        self.references += [reference] if reference else []


class NotTaken(Exception):
    """Why an entry is not."""

    def __init__(self, why: Why, what: object = "") -> None:
        super().__init__(why)
        self.why, self.what = why, str(what)


def read_printed(printed: Iterable[Mapping[str, Any]], accounts: Mapping[str, str], units: Mapping[str, int]) -> Read:
    """``accounts`` gives the kind of each code, ``units`` the decimals of each unit."""
    read = Read()
    by_code: dict[str, int] = {}
    for one in sorted(printed, key=lambda entry: int(entry["tindex"])):  # as in the file, not by day
        try:
            row, words, reference = _entry(one, accounts, units, by_code)
        except NotTaken as fault:
            read.left.append(Left(int(one["tsourcepos"][0]["sourceLine"]), fault.why, fault.what))
            continue
        read.add(row, words, reference)
        by_code[one["tcode"]] = len(read.rows)
    return read


def _entry(
    one: Mapping[str, Any], accounts: Mapping[str, str], units: Mapping[str, int], by_code: Mapping[str, int]
) -> tuple[EntryRow, str, str]:
    tags = dict(one["ttags"])
    words, reference = public_line(unquoted(one["tdescription"])), public_line(unquoted(tags.get("reference", "")))
    reverses = tags.get("reverses", "")
    if reverses and reverses not in by_code:
        raise NotTaken(Why.REVERSES, reverses)
    lines = [posted for posting in one["tpostings"] for posted in _posted(posting, accounts, units)]
    if not 2 <= len(lines) <= LINES_MAX:
        raise NotTaken(Why.LINES)
    row = EntryRow(
        day=date.fromisoformat(one["tdate"]),
        lines=lines,
        reference=bool(reference),
        reverses=by_code[reverses] if reverses else None,
        words=bool(words),
    )
    return row, words, reference


def public_line(written: str) -> str:
    """Words that a field takes; nothing is nothing. Raises NotTaken."""
    said = written.strip()
    try:
        return _LINE.validate_python(said) if said else ""
    except ValidationError as error:
        raise NotTaken(Why.WORDS, said[:80]) from error


def _posted(posting: Mapping[str, Any], accounts: Mapping[str, str], units: Mapping[str, int]) -> list[Posted]:
    if posting["ptype"] != "RegularPosting":
        raise NotTaken(Why.VIRTUAL, posting["paccount"])
    root, code = posting["paccount"].partition(":")[0], posting["paccount"].rpartition(":")[2]
    if code not in accounts or ROOTS[accounts[code]] != root:
        raise NotTaken(Why.ACCOUNT, posting["paccount"])
    return [Posted(code, amount["acommodity"], _amount(amount, units)) for amount in posting["pamount"]]


def _amount(amount: Mapping[str, Any], units: Mapping[str, int]) -> str:
    unit, quantity = amount["acommodity"], amount["aquantity"]
    if any(amount.get(name) is not None for name in PRICES):
        raise NotTaken(Why.PRICE, unit)
    if unit not in units:
        raise NotTaken(Why.UNIT, unit)
    mantissa, places = int(quantity["decimalMantissa"]), int(quantity["decimalPlaces"])
    whole, rest = divmod(mantissa * 10 ** units[unit], 10**places)
    if rest or not 0 < abs(whole) <= AMOUNT_MAX:
        raise NotTaken(Why.AMOUNT, f"{quantity['floatingPoint']} {unit}")
    return str(whole)
