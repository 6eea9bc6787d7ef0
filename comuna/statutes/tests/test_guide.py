"""The guide to writing a statute is held to the vocabulary, and its example to the loader."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import comuna
from comuna.statutes.loader import check, load
from comuna.statutes.tests.samples import vocabulary

GUIDE = Path(comuna.__file__).parent.parent / "docs" / "write-a-statute.md"
COMMON = {"rule", "source", "mark"}


def headings() -> dict[str, set[str]]:
    """The words explained under the heading of each kind of table."""
    found: dict[str, set[str]] = {}
    under = ""
    for line in GUIDE.read_text("utf-8").splitlines():
        if table := re.fullmatch(r"## `\[+([a-z.]+)\]+`", line):
            under = table[1]
            found[under] = set()
        elif line.startswith("## "):
            under = "every" if line == "## In every table" else ""
            found[under] = set()
        elif word := re.fullmatch(r"#### `([a-z_]+)`", line):
            found[under].add(word[1])
    return found


def test_every_word_of_a_statute_has_its_heading_and_no_heading_is_of_no_word() -> None:
    said, words = headings(), vocabulary()
    assert said.pop("every") == COMMON
    said.pop("")
    assert words.pop("") == {kind for kind in said if "." not in kind}
    assert said == {kind: known - COMMON for kind, known in words.items()}


def test_the_example_of_the_guide_is_a_statute() -> None:
    example = re.findall(r"```toml\n(.*?)```", GUIDE.read_text("utf-8"), re.DOTALL)[0]
    assert check(example) == []
    assert load(example).organ("assembly").calls[1].quorum.people == 50


def test_every_snippet_of_the_guide_is_toml() -> None:
    for snippet in re.findall(r"```toml\n(.*?)```", GUIDE.read_text("utf-8"), re.DOTALL):
        assert tomllib.loads(snippet)
