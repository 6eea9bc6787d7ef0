"""Tables made by hand, of invented people: those of the page about them, and ways of spoiling them."""

from __future__ import annotations

import re

from comuna.assemblies.papers import Table
from tests.house import ROOT

Texts = dict[Table, str]

_PAGE = (ROOT / "docs" / "past-sessions.md").read_text("utf-8")


def sound() -> Texts:
    """The sample of the page about them: nothing is to be found in it but one organ that the statute does not have."""
    found = re.findall(r"^`(\w+)\.csv`\n\n```csv\n(.*?)```$", _PAGE, re.MULTILINE | re.DOTALL)
    return {Table(name): text for name, text in found}


def files(texts: Texts) -> dict[Table, bytes | None]:
    return {table: text.encode() for table, text in texts.items()}


def spoilt(table: Table, before: str, after: str) -> Texts:
    """Sound tables but for one place, which must be there."""
    texts = sound()
    assert texts[table].count(before) == 1, f"{before!r} stands {texts[table].count(before)} times in {table}"
    texts[table] = texts[table].replace(before, after)
    return texts


def more(table: Table, *lines: str) -> Texts:
    """Sound tables with further rows at the end of one of them."""
    texts = sound()
    texts[table] += "".join(f"{line}\n" for line in lines)
    return texts
