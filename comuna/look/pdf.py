"""A page laid out for paper as a PDF: A4, tagged so that a voice reads it in order (PDF/UA-1), its fonts inside it.

The parts of the page become plain data; ``paper.typ`` sets them. That is done in a process of its own, which ends
with the file: the typesetter would stay in the server's memory with some 80 MiB.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any

from django.http import HttpResponse
from django.utils.text import Truncator, slugify
from django.utils.translation import get_language, gettext as _

from comuna.look.cutting import Slips
from comuna.look.frame import Link, Words
from comuna.look.page import Page
from comuna.look.parts import (
    Beside,
    Code,
    Column,
    Facts,
    Lines,
    Many,
    Notice,
    Part,
    Section,
    Signatures,
    Small,
    Status,
    Table,
    Text,
    Value,
)
from comuna.look.qr import qr_file
from comuna.look.templatetags.look import SIGNS
from comuna.look.words import day_words, number_words

PROGRAM = Path(__file__).with_name("typesetting.py")
SECONDS_MAX = 20  # for one file; the longest minutes take less than one
AT_ONCE_MAX = 2  # more readers than that wait: a small board has no memory for many typesetters
KEPT_MAX = 4  # public files kept by what they say; some 100 kB each
LETTERS_UNBROKEN = 32  # in a word longer than that a line may end anywhere
FEW_COLUMNS = 4  # in a table of more, columns of a word or two take no more room than they need
SLIP_LETTERS = 200  # of what a slip asks
SHORT_COLUMN = 14  # letters
WIDEST_COLUMN = 44
TOGETHER_MAX = 10  # lines to sign on that are not parted by the end of a page

Data = dict[str, Any]

_at_once = BoundedSemaphore(AT_ONCE_MAX)


class NotSet(Exception):
    """No file came of it: the typesetter is not installed, is too busy, or stopped."""


@dataclass(frozen=True)
class Sheet:
    """What stands on each page of the file besides the page's own parts."""

    commune: Words
    day: date  # of what it tells: the file's own date, so that the same record gives the same bytes
    short: Words  # at the head of the second page and those after it
    copy: Words = ""  # at the foot: which copy this is


def is_there() -> bool:
    """Whether this computer can make PDF files: the typesetter is an extra (``comuna[pdf]``)."""
    return find_spec("typst") is not None


def kept(page: Page, sheet: Sheet) -> bytes:
    """The file of a page that everybody may read; the same words give the same bytes. Raises NotSet."""
    return _kept(_written(page, sheet))


def fresh(page: Page, sheet: Sheet) -> bytes:
    """The file of a page that only its reader may read: nothing of it stays anywhere. Raises NotSet."""
    return _made(_written(page, sheet))


def answer(pdf: bytes, *name: Words) -> HttpResponse:
    """The file as a download that no cache keeps, called after these words."""
    response = HttpResponse(pdf, content_type="application/pdf")
    safe = slugify(" ".join(str(words) for words in name))[:80].strip("-") or "comuna"
    response["Content-Disposition"] = f'attachment; filename="{safe}.pdf"'
    response["Cache-Control"] = "no-store"
    return response


@lru_cache(maxsize=KEPT_MAX)
def _kept(data: str) -> bytes:
    return _made(data)


def _made(data: str) -> bytes:
    if not is_there():
        raise NotSet("typst is not installed")
    if not _at_once.acquire(timeout=SECONDS_MAX):
        raise NotSet("the typesetter is busy")
    try:
        done = subprocess.run(
            [sys.executable, "-I", "-B", str(PROGRAM)],
            input=data.encode("utf-8"),
            capture_output=True,
            check=False,
            timeout=SECONDS_MAX,
            env={},
        )
    except subprocess.TimeoutExpired as slow:
        raise NotSet(f"the typesetter took more than {SECONDS_MAX} s") from slow
    finally:
        _at_once.release()
    if done.returncode:
        raise NotSet(f"the typesetter stopped with {done.returncode}")  # what it said may hold the words of the page
    return done.stdout


# A page as plain data


def _written(page: Page, sheet: Sheet) -> str:
    heading = page.heading
    data = {
        "lang": get_language() or "en",
        "title": str(page.title),
        "commune": _breakable(sheet.commune),
        "short": _breakable(sheet.short),
        "copy": str(sheet.copy),
        "day": [sheet.day.year, sheet.day.month, sheet.day.day],
        "every_sheet": str(page.every_sheet),
        "pages": _("{part} of {whole}"),
        "heading": _breakable(heading.words),
        "more": _breakable(heading.more),
        "status": _value(heading.status) if heading.status else [],
        "parts": _parts([*page.notices, *page.facts]),
        "cut": all(isinstance(part, Slips) for part in page.facts),  # nothing stands around what is cut apart
    }
    return json.dumps(data, ensure_ascii=False, sort_keys=True)


def _parts(parts: Iterable[Part | Words]) -> list[Data]:
    found = [one for part in parts for one in _part(part)]
    for one, after in pairwise(found):
        if one["kind"] == "text":
            one["leads"] = after["kind"] == "facts"  # a motion stands on the same page as its vote
    return found


def _part(part: Part | Words) -> list[Data]:
    """Raises TypeError for a part that has no place on paper."""
    if isinstance(part, Beside):
        return _parts(part.sections)
    if isinstance(part, Slips):
        asked = _breakable(Truncator(str(part.asked)).chars(SLIP_LETTERS))
        slip = {"over": _breakable(part.over), "asked": asked, "answers": [str(one) for one in part.answers]}
        return [{"kind": "slips", **slip, "lines": part.lines, "count": part.count}]
    if isinstance(part, Section):
        inside = _parts(_untitled(part, one) for one in part.parts)
        together = any(isinstance(one, Signatures) and len(one.under) <= TOGETHER_MAX for one in part.parts)
        heading, intro = _breakable(part.heading), _breakable(part.intro)
        return [{"kind": "section", "heading": heading, "intro": intro, "parts": inside, "together": together}]
    if isinstance(part, Facts):
        facts = [{"words": str(fact.words), "value": _value(fact.value)} for fact in part.facts]
        return [{"kind": "facts", "facts": facts}]
    if isinstance(part, Table):
        return [_table(part)] if part.rows else []
    if isinstance(part, Lines):
        return [{"kind": "lines", "lines": [_line(one) for one in part.lines]}] if part.lines else []
    if isinstance(part, Notice):
        lines = [_breakable(one) for one in part.lines]
        return [{"kind": "notice", "words": f"{SIGNS[part.sign]} {part.words}", "lines": lines}]
    if isinstance(part, Code):
        qr = qr_file(part.note) if part.note else ""
        alt = _("QR code of this: {code}").format(code=part.code)
        return [{"kind": "code", "code": str(part.code), "words": str(part.words), "qr": qr, "alt": alt}]
    if isinstance(part, Signatures):
        return [{"kind": "signatures", "under": [_breakable(one) for one in part.under]}]
    paragraphs = _paragraphs(part.words if isinstance(part, Text) else _words(part))
    return [{"kind": "text", "paragraphs": paragraphs, "leads": False}]


def _words(part: Part | Words) -> Words:
    if isinstance(part, Part):
        raise TypeError(f"{type(part).__name__} has no place on paper")
    return part


def _untitled(section: Section, part: Part | Words) -> Part | Words:
    """A table that is called what its section is called does not say it twice."""
    if isinstance(part, Table) and str(part.caption) == str(section.heading):
        return Table("", part.columns, part.rows, total=part.total)
    return part


def _table(table: Table) -> Data:
    rows = [[_value(cell) for cell in row] for row in [*table.rows, *([table.total] if table.total else [])]]
    columns: list[Data] = [
        {"words": str(column.words), "number": column.number, "share": 0 if column.number else _share(column, cells)}
        for column, cells in zip(table.columns, zip(*rows, strict=True), strict=True)
    ]
    if len(columns) > FEW_COLUMNS:
        columns = [one if one["share"] > SHORT_COLUMN else one | {"share": 0} for one in columns]
    caption = _breakable(table.caption)
    return {"kind": "table", "caption": caption, "titled": not caption, "columns": columns, "rows": rows}


def _share(column: Column, cells: Sequence[list[Data]]) -> int:
    """How much of the width beside the figures it gets: by its longest line, within bounds."""
    longest = max([len(str(column.words)), *(len(line["words"]) for cell in cells for line in cell)])
    return min(max(longest, SHORT_COLUMN), WIDEST_COLUMN)


def _line(line: Any) -> Data:
    said = {"what": _breakable(line.what), "when": str(line.when), "more": _breakable(line.more)}
    return said | {"status": _value(line.status) if line.status else []}


def _value(value: Value) -> list[Data]:
    """Lines, one under the other."""
    if isinstance(value, Many):
        return [line for one in value.values for line in _value(one)]
    if isinstance(value, Status):
        return [_said(value.words, sign=SIGNS[value.sign])]
    if isinstance(value, Small):
        return [_said(value.words, small=True)]
    if isinstance(value, Link):
        return [_said(value.words)]
    if value is None:
        return [_said("–")]
    if isinstance(value, bool):
        return [_said(_("yes") if value else _("no"))]
    if isinstance(value, int):
        return [_said(number_words(value))]
    if isinstance(value, date):
        return [_said(day_words(value, weekday=False))]
    return [_said(str(value))]


def _said(words: Words, *, sign: str = "", small: bool = False) -> Data:
    return {"words": _breakable(words), "sign": sign, "small": small}


def _paragraphs(words: Words) -> list[list[str]]:
    """Empty lines part them; single line breaks are kept."""
    paragraphs = re.split(r"\n\s*\n", str(words).replace("\r\n", "\n").strip())
    return [[_breakable(line) for line in one.split("\n")] for one in paragraphs]


def _breakable(words: Words) -> str:
    """A word of any length ends where the line does; initials stay together."""
    words = re.sub(r"(?<=\b\w\.) (?=\w\.)", "\u00a0", str(words))
    return re.sub(rf"\S{{{LETTERS_UNBROKEN}}}(?=\S)", lambda found: found[0] + "\u200b", words)
