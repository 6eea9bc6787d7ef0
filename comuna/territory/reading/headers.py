"""A header that is written over two rows, found and read as one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import zip_longest

from comuna.territory.reading.columns import NAMES, columns_of, looks_like_a_header, role_of
from comuna.territory.reading.grids import Cell, RawRow
from comuna.territory.reading.text import fold

SEARCHED = 60  # rows in which a header cut in two is looked for


def columns_known(row: RawRow) -> int:
    return sum(column.role is not None for column in columns_of(row))


_REST_OF_A_NAME = {"completo", "completos", "apellido", "apellidos", "y apellido", "y apellidos", "nombre", "nombres"}
_HINT = re.compile(
    r"(m f|f m|h m|m h|v e|e v|v e p|v o e|si no|s n|anos|en anos|nro?|no|n|numero|opcional|obligatorio|\d{1,2})"
    r"|(d{1,2}|dia|m{1,2}|mes|a{2,4}|ano|y{2,4})( (d{1,2}|dia|m{1,2}|mes|a{2,4}|ano|y{2,4})){1,2}"
)
"""What is written under a heading to say how to fill it: "M/F", "V/E", "dd/mm/aaaa", the number of the column."""


def cut_in_two(rows: Sequence[RawRow], header: int | None) -> RawRow | None:
    """A header written over two rows ("Fecha de" over "nacimiento"), as one row under the number of the second.

    Under its columns of names stands nothing, or the rest of their heading: a row of people is never taken for it.
    """
    places = range(SEARCHED) if header is None else [header]
    for upper, lower in ((rows[n], rows[n + 1]) for n in places if n + 1 < len(rows)):
        texts = [cell for cell in (*upper.cells, *lower.cells) if cell is not None]
        if lower.number != upper.number + 1 or not all(isinstance(cell, str) for cell in texts):
            continue
        joined = RawRow(lower.number, tuple(_joined(*two) for two in zip_longest(upper.cells, lower.cells)))
        names = [column.at for column in columns_of(joined) if column.role in NAMES and column.at < len(lower.cells)]
        under = {fold(str(lower.cells[at])) for at in names if lower.cells[at] is not None}
        more = columns_known(joined) > max(columns_known(upper), columns_known(lower)) or _only_hints(lower)
        if more and under <= _REST_OF_A_NAME and looks_like_a_header(joined):
            return joined
    return None


def _only_hints(row: RawRow) -> bool:
    written = [fold(str(cell)) for cell in row.cells if cell is not None]
    return bool(written) and all(_HINT.fullmatch(words) for words in written)


def _joined(upper: Cell, lower: Cell) -> Cell:
    """Both as one heading; where only the upper one is understood, as "SEXO" over "M/F", that one."""
    joined = " ".join(str(cell) for cell in (upper, lower) if cell is not None)
    if upper is not None and lower is not None and role_of(joined) is None and role_of(str(upper)) is not None:
        return upper
    return joined or None
