"""How accounts, units, amounts and words are written in files of plain-text accounting, and read again. Pure."""

from __future__ import annotations

import re
from urllib.parse import quote, unquote

ROOTS = {"asset": "assets", "liability": "liabilities", "equity": "equity", "income": "income", "expense": "expenses"}

_SPELT = {".": "-DOT-", "@": "-AT-", "_": "-LOW-"}
_TO_QUOTE = re.compile(r"[%;,]|[^\S ]|[\x00-\x1f\x7f-\x9f\u2028\u2029]|^ | $")


def hledger_account(kind: str, book: str, code: str) -> str:
    """``assets:cc.books@el-mirador:1.1.02``"""
    return f"{ROOTS[kind]}:{book}:{code}"


def beancount_account(kind: str, book: str, code: str) -> str:
    """``Assets:Cc-DOT-books-AT-el-mirador:1-1-02``: beancount takes letters, digits and hyphens only, and a capital
    first. Ids of books have no capitals, so no two are written alike."""
    spelt = "".join(_SPELT.get(letter, letter) for letter in book)
    return f"{ROOTS[kind].capitalize()}:{spelt[0].upper()}{spelt[1:]}:{code.replace('.', '-')}"


def hledger_unit(unit: str) -> str:
    """Quoted where it is more than letters: ``VES``, ``"CYL-10"``."""
    return unit if unit.isalpha() else f'"{unit}"'


def beancount_unit(unit: str) -> str:
    """As it is; one that ends with a hyphen gets an end that beancount takes."""
    return f"{unit}.0" if unit.endswith("-") else unit


def decimal(amount: int, decimals: int) -> str:
    """``-1250`` of two decimals is ``-12.50``."""
    digits = str(abs(amount)).rjust(decimals + 1, "0")
    sign = "-" if amount < 0 else ""
    return f"{sign}{digits[:-decimals]}.{digits[-decimals:]}" if decimals else f"{sign}{digits}"


def quoted(words: str) -> str:
    """What an hledger journal gives another meaning, and ``%``, as in addresses: ``50%25 del pago%3B resto``."""
    return _TO_QUOTE.sub(lambda found: quote(found[0], safe=""), words)


def unquoted(words: str) -> str:
    return unquote(words)


def in_string(words: str) -> str:
    """Between the quotation marks of beancount."""
    return words.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
