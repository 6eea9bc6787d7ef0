"""A bank's file of one account, by the columns that were said once: every row is taken, or named with why not. Pure.

Amounts stand in one column, above and below nothing, or in two. Which sign parts decimals is said with the columns and
never guessed: ``1.234`` is a thousand to one bank and a little more than one to the other. Numbers of a spreadsheet are
numbers already. Formulas are text and never computed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from comuna.territory.reading.dates import read_day
from comuna.territory.reading.grids import Cell, Formula, Grid, RawRow
from comuna.territory.reading.text import fold
from comuna.treasury.plaintext.sheets import HEADS_WITHIN, heads_in, said_in

AMOUNT_MAX = 10**15 - 1
WORDS_MAX = 200
_PLAIN = re.compile(r"\d+(?:\.\d+)?")


class DecimalMark(StrEnum):
    COMMA = "comma"
    POINT = "point"

    @classmethod
    def labels(cls) -> dict[DecimalMark, str | Promise]:
        return {cls.COMMA: _("with a comma: 1.234,56"), cls.POINT: _("with a point: 1,234.56")}


class WhyLeft(StrEnum):
    """A row is not taken."""

    DAY = "day"
    AMOUNT = "amount"
    SIDES = "sides"
    FORMULA = "formula"
    KNOWN = "known"


WHY_LEFT: Mapping[WhyLeft, str | Promise] = {
    WhyLeft.DAY: _("no day that can be read, or one that has not come"),
    WhyLeft.AMOUNT: _("no amount that can be read"),
    WhyLeft.SIDES: _("it came in and went out at once, or neither"),
    WhyLeft.FORMULA: _("a formula, which is never computed"),
    WhyLeft.KNOWN: _("taken before"),
}


@dataclass(frozen=True)
class Line:
    """A movement that the bank says: above nothing what came, in the smallest part of the unit."""

    number: int  # row of the file, from 1
    day: date
    amount: int
    balance: int | None
    reference: str
    words: str


@dataclass
class BankFile:
    lines: list[Line] = field(default_factory=list)
    left: list[tuple[int, WhyLeft]] = field(default_factory=list)


class _Left(Exception):
    def __init__(self, why: WhyLeft) -> None:
        super().__init__(why)
        self.why = why


def read_bank_file(grid: Grid, heads: Mapping[str, str], mark: DecimalMark, decimals: int, today: date) -> BankFile:
    """In the order of the file. ``heads`` gives the head of ``day``; of ``amount``, or of ``came`` and ``went``; and
    where there is one of ``reference``, ``words`` and ``balance``. Raises NoSuchColumn."""
    start, places = heads_in(grid, heads)
    read = BankFile()
    for raw in grid.rows[start:]:
        cells = {name: raw.cells[place] if place < len(raw.cells) else None for name, place in places.items()}
        if all(cells.get(name) is None for name in ("day", "amount", "came", "went")):
            continue  # an empty line, or one of words alone
        try:
            read.lines.append(_line(raw.number, cells, mark, decimals, today))
        except _Left as left:
            read.left.append((raw.number, left.why))
    return read


def _line(number: int, cells: Mapping[str, Cell], mark: DecimalMark, decimals: int, today: date) -> Line:
    day = read_day(cells["day"], today)
    if day is None:
        raise _Left(WhyLeft.DAY)
    if "amount" in cells:
        amount = _amount(cells["amount"], mark, decimals)
    else:
        came, went = (abs(_amount(cells[name], mark, decimals)) for name in ("came", "went"))
        if bool(came) == bool(went):
            raise _Left(WhyLeft.SIDES)
        amount = came - went
    if not amount:
        raise _Left(WhyLeft.SIDES)
    balance = cells.get("balance")
    return Line(
        number,
        day,
        amount,
        None if balance is None else _amount(balance, mark, decimals),
        one_line(said_in(cells.get("reference"))),
        one_line(said_in(cells.get("words"))),
    )


def one_line(text: str) -> str:
    """As a field takes it: without what cannot be seen, and no longer than a line."""
    return " ".join("".join(letter for letter in text if letter.isprintable()).split())[:WORDS_MAX].strip()


def _amount(cell: Cell, mark: DecimalMark, decimals: int) -> int:
    if cell is None:
        return 0
    if isinstance(cell, Formula):
        raise _Left(WhyLeft.FORMULA)
    exact = Decimal(repr(cell)) if isinstance(cell, int | float) else _number(said_in(cell), mark)
    whole = exact.scaleb(decimals)
    if whole != whole.to_integral_value() or abs(whole) > AMOUNT_MAX:
        raise _Left(WhyLeft.AMOUNT)
    return int(whole)


def _number(text: str, mark: DecimalMark) -> Decimal:
    """``-1.234,56``, ``1.234,56-``, ``(1.234,56)`` and ``Bs. 1.234,56`` with a comma; likewise with a point."""
    bare = re.sub(r"^[^\d(+-]+", "", text.strip()).replace(" ", "")
    below = bare.startswith(("-", "(")) or bare.endswith("-")
    bare = bare.strip("+-()")
    thousands, point = (".", ",") if mark is DecimalMark.COMMA else (",", ".")
    plain = bare.replace(thousands, "").replace(point, ".")
    if not _PLAIN.fullmatch(plain):
        raise _Left(WhyLeft.AMOUNT)
    return -Decimal(plain) if below else Decimal(plain)


GUESSES = {
    "day": ("fecha", "dia", "date"),
    "amount": ("monto", "importe", "amount"),
    "came": ("credito", "abono", "haber", "ingreso", "entra", "credit", "deposito"),
    "went": ("debito", "cargo", "debe", "egreso", "sale", "debit", "retiro"),
    "reference": ("referencia", "ref", "numero", "documento", "reference"),
    "words": ("descripcion", "concepto", "detalle", "description"),
    "balance": ("saldo", "balance"),
}


def guessed_heads(grid: Grid) -> dict[str, str]:
    """What the columns may mean, by their heads, for whoever then says so; empty where no row looks like heads."""
    best: dict[str, str] = {}
    for raw in grid.rows[:HEADS_WITHIN]:
        found = _guessed(raw)
        if len(found) > len(best):
            best = found
    if "came" in best and "went" in best:
        best.pop("amount", None)
    return best


def _guessed(raw: RawRow) -> dict[str, str]:
    found: dict[str, str] = {}
    for cell in raw.cells:
        if not isinstance(cell, str):
            continue
        words = fold(cell).split()
        for name, heads in GUESSES.items():
            if name not in found and any(word.startswith(head) for word in words for head in heads):
                found[name] = one_line(cell)
                break
    return found
