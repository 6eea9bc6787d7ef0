"""A CSV file to a grid: its letters and its separator are found out, formulas stay text."""

from __future__ import annotations

import csv
import io
from collections import Counter

from comuna.territory.reading.cells import text_cell
from comuna.territory.reading.grids import Cell, Fault, Grid, RawRow, Unreadable
from comuna.territory.reading.limits import Limits
from comuna.territory.reading.text import LOST

_SEPARATORS = ";,\t|"
_SPANISH = set("áéíóúüñÁÉÍÓÚÜÑ°ºª¿¡«»–—’‘“”ãõçÃÕÇâêôÂÊÔàÀ")
_ENCODINGS = ("cp1252", "latin-1", "cp850", "mac-roman")  # of old Windows, of DOS, of old Macs
_SAMPLED_LINES = 200


def read_separated(data: bytes, limits: Limits) -> Grid:
    """Raises Unreadable."""
    text = decoded(data)
    if "\0" in text:
        raise Unreadable(Fault.OTHER_FORMAT)
    separator, text = _separator(text)
    rows: list[RawRow] = []
    kept = blank_since = 0
    try:
        for number, texts in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=separator), start=1):
            cells = _cells(texts, limits)
            rows.append(RawRow(number, cells))
            blank_since = 0 if cells else blank_since + 1
            kept += bool(cells)
            if kept > limits.rows_kept or number > limits.rows_scanned:
                raise Unreadable(Fault.TOO_MANY_ROWS, {"rows": limits.rows_kept})
    except csv.Error as error:
        raise Unreadable(Fault.BROKEN) from error
    if not kept:
        raise Unreadable(Fault.EMPTY)
    return Grid("", tuple(rows[: len(rows) - blank_since]))


def _cells(texts: list[str], limits: Limits) -> tuple[Cell, ...]:
    cells = [text_cell(text, limits) for text in texts]
    while cells and cells[-1] is None:
        cells.pop()
    if len(cells) > limits.columns:
        raise Unreadable(Fault.TOO_MANY_COLUMNS, {"columns": limits.columns})
    return tuple(cells)


def decoded(data: bytes) -> str:
    """The file's text. Letters that no encoding explains become U+FFFD rather than a refusal."""
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            return data.decode(encoding, errors="replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    mostly = data.decode("utf-8", errors="replace")
    broken = mostly.count(LOST)
    whole = sum(not letter.isascii() and letter != LOST for letter in mostly)
    if whole > broken:
        return mostly
    return _of_one_byte_each(data)


def _of_one_byte_each(data: bytes) -> str:
    """Spanish in an encoding of one byte a letter; anything else as charset-normalizer judges it."""
    best, best_share = "", -1.0
    for encoding in _ENCODINGS:
        text = data.decode(encoding, errors="replace")
        foreign = [letter for letter in text if not letter.isascii()]
        share = sum(letter in _SPANISH for letter in foreign) / max(1, len(foreign))
        if share > best_share:
            best, best_share = text, share
    if best_share >= 0.8:
        return best
    from charset_normalizer import from_bytes  # here, because it costs an idle server some megabytes

    judged = from_bytes(data[:65536]).best()
    return data.decode(judged.encoding, errors="replace") if judged else best


def _separator(text: str) -> tuple[str, str]:
    """What stands between cells: the sign that cuts most lines into the same number (above one) of cells."""
    first, _, rest = text.partition("\n")
    if first.strip().lower().startswith("sep=") and len(first.strip()) == 5:
        return first.strip()[4], rest
    lines = [line for line in text.splitlines()[:_SAMPLED_LINES] if line.strip()]
    best, best_score = ",", 0
    for sign in _SEPARATORS:
        try:
            widths = Counter(len(row) for row in csv.reader(lines, delimiter=sign))
        except csv.Error:
            continue
        score = max((count * min(width - 1, 20) for width, count in widths.items() if width > 1), default=0)
        if score > best_score:
            best, best_score = sign, score
    return best, text
