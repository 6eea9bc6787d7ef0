"""A text as it stands in a cell, told apart from formulas."""

from __future__ import annotations

import re

from comuna.territory.reading.grids import Cell, Formula, TooLong
from comuna.territory.reading.limits import Limits
from comuna.territory.reading.text import tidy

_FORMULA = re.compile(r"[=＝]|@\w+\(|[+-][^\d\s.,-].*[(!|]")


def text_cell(text: str, limits: Limits) -> Cell:
    """Tidied; a text that begins as formulas do is one, since spreadsheets run it from plain text too."""
    if len(text) > limits.cell_characters:
        return TooLong(len(text))
    words = tidy(text, keep_lines=True)
    if _FORMULA.match(words):
        return Formula(words[:80])
    return words or None
