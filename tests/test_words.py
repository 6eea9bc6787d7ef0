"""Words on the pages: counted things in the number they have, one word for one thing."""

from __future__ import annotations

import ast
import re
import runpy
from collections.abc import Iterator
from functools import cache
from typing import Any

import polib
import pytest
from django.utils import translation
from django.utils.translation import ngettext

from tests.house import ROOT

MESSAGES = runpy.run_path(str(ROOT / "script" / "messages"))
PARTS = sorted((ROOT / "comuna" / "locale" / "es" / "parts").glob("*.po"))

COUNTED = re.compile(r"(?:\{\w+[^}]*\}|%\(\w+\)s)(?: (?:de las|de los|de))? ([a-záéíóúñü]+s)\b")
NO_NOUN = {  # endings in -s that count nothing, or follow what is no number
    *("es", "las", "los", "más", "nombra", "años", "antes", "después", "anotados", "mes", "tres"),
}
NEVER_ONE = {  # a figure stands before its noun, and cannot be one: why
    "The books when this session was closed: {size} acts. Whoever keeps this paper can check them.": "never one",
    "{needed} of the {whole} who decide": "a roll of one asks for no quorum",
    "This seat asks for an age of {asked} years.": "an age of consent, of candidates",
    "You are signed in on {count} devices": "one has a sentence of its own",
    "{organ}: all {n} spokespeople": "only where there are several",
    "{n} signatures, within {days}": "the loader asks for two at least",
    "{n} more": "más has one form",
    "{what}: {key} is longer than {most} letters": "a limit of ours",
    "{what}: {key} has more than {most} items": "a limit of ours",
    "This list has more than {rows} rows. Send it in parts, one sector at a time.": "a limit of ours",
    "This list has more than {columns} columns. Leave only those about people.": "a limit of ours",
    "This file has more than {sheets} sheets. Send them in parts.": "a limit of ours",
    "{age}, from {noted} noted on {day}": "noted is a sentence of its own",
}


ONE_WORD = {  # the thing in English, its one word in Spanish, and words that would say it a second time
    r"\bseats?\b": (r"\bcargos?\b", r"\bpuestos?\b|\bvocer[ií]as?\b"),
    r"\bcancel": (r"\bcancel", r"\bsuspen|\banul"),
    r"\badjourn": (r"\baplaz", r"\bsuspen|\bpospo"),
    r"\bsuspen": (r"\bsuspen|\bentró en\b", r"\bcancel|\baplaz"),
    r"\brecall": (r"\brevoca", r"\bdestitu"),
    r"\bminutes of|\bMinutes\b": (r"\b[Aa]ctas?\b|\b[Mm]inutos\b", r"\bminuta"),
    r"\bhouseholds?\b": (r"\bhogar|\bcasa", r"\bfamilia"),
    r"\borgans?\b": (r"\binstancia", r"\bórganos?\b"),
    r"\bquorum\b": (r"\bquórum\b", r"\bquorum\b"),
}


@cache
def entries() -> list[polib.POEntry]:
    return [entry for path in PARTS for entry in polib.pofile(str(path)) if not entry.obsolete]


def counted() -> Iterator[tuple[str, str, str]]:
    """Each pair given to ngettext in the code, with where it stands."""
    for path in sorted((ROOT / "comuna").rglob("*.py")):
        if "tests" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id.startswith("ngettext"):
                words = [word.value for word in node.args if isinstance(word, ast.Constant)]
                if len(words) >= 2:
                    yield str(words[0]), str(words[1]), f"{path.relative_to(ROOT)}:{node.lineno}"


def test_a_figure_before_a_noun_goes_through_ngettext() -> None:
    """So that nobody reads "1 actos". Otherwise the figure stands behind a colon: "actos: 1"."""
    bare = [
        entry.msgid
        for entry in entries()
        if not entry.msgid_plural
        and (found := COUNTED.search(entry.msgstr))
        and found[1] not in NO_NOUN
        and entry.msgid not in NEVER_ONE
    ]
    assert bare == []


def test_the_exceptions_are_still_said() -> None:
    assert sorted(set(NEVER_ONE) - {entry.msgid for entry in entries()}) == []


@pytest.mark.parametrize("language", ["es", "en"])
def test_none_one_and_two_are_said_in_their_number(language: str) -> None:
    """Every counted sentence of the code, rendered."""
    pairs = list(counted())
    assert len(pairs) > 30
    with translation.override(language):
        for one, many, place in pairs:
            none, single, two = (ngettext(one, many, number) for number in (0, 1, 2))
            assert none == two, place
            assert single != two or not COUNTED.search(two), place  # "2 con el período vencido" has one form
            for words in (none, single, two):
                assert filled(words), place


def filled(words: str) -> str:
    """The sentence with something in each place; raises where a place cannot be filled."""
    names = re.findall(r"\{(\w+)[^}]*\}", words)
    values: dict[str, Any] = dict.fromkeys(names, "7")
    return words.format(**values) if names else words


def test_a_counted_sentence_has_the_same_two_forms_in_the_code_and_in_spanish() -> None:
    known = {entry.msgid: entry for entry in entries() if entry.msgid_plural}
    for one, many, place in counted():
        assert one in known, place
        entry = known[one]
        assert entry.msgid_plural == many, place
        for words in entry.msgstr_plural.values():
            assert set(re.findall(r"\{(\w+)", words)) <= set(re.findall(r"\{(\w+)", one + many)), place
        assert set(re.findall(r"\{(\w+)", entry.msgstr_plural[1])) == set(re.findall(r"\{(\w+)", many)), place


@pytest.mark.parametrize("thing", ONE_WORD)
def test_one_thing_has_one_word_in_spanish(thing: str) -> None:
    wanted, others = ONE_WORD[thing]
    said = [(entry.msgid, spanish(entry)) for entry in entries() if re.search(thing, entry.msgid, re.IGNORECASE)]
    assert [words for _id, words in said if re.search(others, words, re.IGNORECASE)] == []
    assert [words for _id, words in said if re.search(wanted, words, re.IGNORECASE)], "the word itself is somewhere"


def spanish(entry: polib.POEntry) -> str:
    return re.sub(r"\{\w+[^}]*\}", "…", entry.msgstr or " / ".join(entry.msgstr_plural.values()))
