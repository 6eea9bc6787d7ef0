"""What text may consist of: no control characters, something to read, and in one line no letters that deceive.

A name must look like nobody else's unless it is the same name. So a line keeps no letter that leaves nothing on the
page (zero-width spaces and joiners, soft hyphens, direction marks, blank fillers), except the joiners that Arabic,
Indic scripts and signs put together need; and a word does not mix Latin, Greek and Cyrillic letters, many of which
look alike (Unicode Technical Standard 39, section 5). A whole word of another alphabet is a word.
"""

from __future__ import annotations

import re
import unicodedata

from pydantic_core import PydanticCustomError

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
_FILLERS = frozenset("\u034f\u115f\u1160\u2800\u3164\uffa0")
"""Blank, though Unicode classes them as letters, signs or accents."""
LOST = "\ufffd"
"""What stands where bytes were no letters. A list of people may hold it, where old programs spoilt a name; nobody types
it: bytes of a form that are not UTF-8 come as this."""
_JOINERS = frozenset("\u200c\u200d")
_ALIKE = ("LATIN", "GREEK", "CYRILLIC")
_GREEK_OR_CYRILLIC = re.compile(r"[\u0370-\u052f\u1c80-\u1c8f\u1d26-\u1d2b\u1f00-\u1fff\u2de0-\u2dff\ua640-\ua69f]")
_WORD = re.compile(r"[^\W\d_]+")


def is_seen(sign: str) -> bool:
    """Whether a sign leaves anything on the page; what this release of Unicode does not know is taken to."""
    return not sign.isspace() and unicodedata.category(sign) != "Cf" and sign not in _FILLERS


def clean(text: str) -> str:
    """Text in NFC. Raises PydanticCustomError on control characters, on letters that turn the reading direction,
    and where nothing can be seen."""
    if _CONTROL.search(text):
        raise PydanticCustomError("control_character", "holds a control character")
    if not any(is_seen(sign) for sign in text):
        raise PydanticCustomError("nothing_to_read", "holds nothing to read")
    return unicodedata.normalize("NFC", text)


def one_line(text: str) -> str:
    """A ``clean`` line without what cannot be seen. Raises PydanticCustomError also on several lines, and on a word
    in several alphabets."""
    if "\n" in text or "\t" in text:
        raise PydanticCustomError("not_one_line", "must be one line")
    line = clean(text)
    if line.isascii():
        return line.strip()
    line = _without_unseen(line)
    if mixes_alphabets(line):
        raise PydanticCustomError("mixed_alphabets", "mixes letters of several alphabets in a word")
    return line


def mixes_alphabets(text: str) -> bool:
    """Whether a word of it is written with letters of several alphabets that look alike."""
    if not _GREEK_OR_CYRILLIC.search(text):
        return False
    return any(len(_alphabets(word)) > 1 for word in _WORD.findall(text))


def _without_unseen(line: str) -> str:
    kept: list[str] = []
    for sign in line:
        joins = sign in _JOINERS and bool(kept) and is_seen(kept[-1]) and not _alphabets(kept[-1])
        if sign.isspace() or is_seen(sign) or joins:
            kept.append(sign)
    return unicodedata.normalize("NFC", "".join(kept)).strip()


def _alphabets(word: str) -> set[str]:
    """Which of the alphabets that look alike a word's letters are of."""
    return {first for sign in word for first in [unicodedata.name(sign, "").partition(" ")[0]] if first in _ALIKE}
