"""Words as people type them: tidied for keeping, folded for comparing, with broken accents allowed for.

A *fold* has no accents, case or punctuation. A letter that was lost on the way (U+FFFD, or the "?" that old
programs write) stays as U+FFFD and stands for any one letter when folds are compared.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

LOST = "\ufffd"

_CONTROL = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ud800-\udfff"
    r"\ufeff\u00ad\u034f\u061c\u115f\u1160\u2800\u3164\uffa0]"
)
_SPACES = re.compile(r"\s+")
_TWICE_ENCODED = re.compile("[ÃÂ][\u0080-\u00bf\u2018-\u203a\u0152-\u017e\u02c6\u02dc\u20ac\u2122]")
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−", "-"))
_QUOTES = str.maketrans("", "", "'’‘´`ʼ")
_LOST_QUESTION = re.compile(r"(?<=\w)\?(?=\w)|(?<![\w?])\?(?=\w{2})|(?<=\w\w)\?(?![\w?])")
_NO_WORD = re.compile(rf"[^\w{LOST}]|_")
_PARTICLES = {"de", "del", "la", "las", "los", "y", "e", "el", "da", "do", "dos", "von", "van"}


def tidy(text: str, *, keep_lines: bool = False) -> str:
    """NFC, single spaces, plain dashes, no control or direction marks; what was encoded twice put right."""
    if _TWICE_ENCODED.search(text):
        text = _decoded_once_more(text)
    text = text.translate(_DASHES).replace("\r\n", "\n").replace("\r", "\n")
    lines = unicodedata.normalize("NFC", _CONTROL.sub("", text.replace("\t", " "))).split("\n")
    clean = [_SPACES.sub(" ", line).strip() for line in lines]
    tidied = ("\n" if keep_lines else " ").join(line for line in clean if line)
    # a mark that was dropped may have stood between the two halves of a letter
    return tidy(tidied, keep_lines=keep_lines) if tidied != text and _TWICE_ENCODED.search(tidied) else tidied


def _decoded_once_more(text: str) -> str:
    for encoding in ("cp1252", "latin-1"):
        try:
            return text.encode(encoding).decode("utf-8")
        except UnicodeError:
            continue
    return text


def with_lost_letters(text: str) -> str:
    """A name in which "?" stands where a letter was: "Mu?oz" to "Mu\ufffdoz"."""
    return _LOST_QUESTION.sub(LOST, text)


@lru_cache(maxsize=8192)  # a list says the same few words in every row
def fold(text: str) -> str:
    """For comparing: "D'Amico  Ñáñez." to "damico nanez"."""
    if text.isascii():
        plain = text.translate(_QUOTES).lower()
    else:
        spread = unicodedata.normalize("NFKD", text.translate(_QUOTES).casefold())
        plain = "".join(letter for letter in spread if not unicodedata.combining(letter))
    return " ".join(_NO_WORD.sub(" ", plain).split())


def same(one: str, other: str) -> bool:
    """Whether two folds may be the same words, a lost letter standing for any one (or for half of one)."""
    if one == other:
        return True
    if LOST in one and re.fullmatch(_pattern(one), other):
        return True
    return LOST in other and re.fullmatch(_pattern(other), one) is not None


def _pattern(folded: str) -> str:
    parts = re.split(f"({LOST}+)", folded)
    return "".join(rf"\w{{1,{len(part)}}}" if part.startswith(LOST) else re.escape(part) for part in parts)


def is_rotation(one: str, other: str) -> bool:
    """Whether two folded names differ only by "surnames first": the same words, begun elsewhere."""
    if one == other:
        return True
    words, theirs = one.split(), other.split()
    if len(words) != len(theirs) or sorted(words) != sorted(theirs):
        return False
    return any(words[n:] + words[:n] == theirs for n in range(1, len(words)))


def as_name(text: str) -> str:
    """Words typed all in capitals or all small as names are written; others as they are."""
    if not text.isupper() and not text.islower():
        return text
    words = text.lower().split(" ")
    return " ".join(word if word in _PARTICLES and number else _capital(word) for number, word in enumerate(words))


def _capital(word: str) -> str:
    """ "d'amico" to "D'Amico", "garcía-lópez" to "García-López"."""
    return re.sub(r"(^|['’\-(.])(\w)", lambda m: m.group(1) + m.group(2).upper(), word)


def initials(full_name: str) -> str:
    """ "María de la Luz Ñáñez" to "M. L. Ñ.": how somebody without office appears in public."""
    words = [word for word in full_name.replace(LOST, "").split() if fold(word) not in _PARTICLES]
    letters = [next((letter for letter in word if letter.isalpha()), "") for word in words]
    return " ".join(f"{letter.upper()}." for letter in letters[:4] if letter)
