"""How words are folded so that they are found however they were typed: pure functions on plain text.

Accents, capitals and the tilde of ñ are left away, since phones without them are used to ask; the words that people
read are never changed by it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from typing import NamedTuple
from unicodedata import combining, normalize

WORD_LETTERS_MAX = 40  # of a longer one only the beginning is kept
QUERY_LETTERS_MAX = 200
QUERY_WORDS_MAX = 8
PREFIX_LETTERS_MIN = 3  # a shorter word is looked for as it is: "a" begins half of all words

_RUN = re.compile(r"[^\W_]+")


def folded(text: str) -> str:
    """Without accents and capitals: ``Ñángara`` becomes ``nangara``. Folding twice changes nothing more."""
    if text.isascii():
        return text.lower()
    plain = normalize("NFKD", text.casefold()).translate(_accents())
    again = normalize("NFKD", plain.casefold())
    return plain if again == plain else folded(again)


@cache
def _accents() -> dict[int, None]:
    """Every accent that is a letter of its own, to be left away."""
    return {code: None for code in range(0x300, _LAST_ACCENT + 1) if combining(chr(code))}


_LAST_ACCENT = 0x1E94A


def words_in(text: str) -> list[str]:
    """The folded words of a text in their order: runs of letters and digits, nothing else."""
    return [word[:WORD_LETTERS_MAX] for word in _RUN.findall(folded(text))]


class Term(NamedTuple):
    """One word that is looked for."""

    word: str
    is_prefix: bool  # whether longer words that begin so are meant too

    def fits(self, word: str) -> bool:
        return word.startswith(self.word) if self.is_prefix else word == self.word


def terms_of(query: str) -> list[Term]:
    """What somebody typed as words to look for, each once; quotes, marks and signs mean nothing. Only its first 200
    letters and 8 words count."""
    typed = words_in(query[:QUERY_LETTERS_MAX])[:QUERY_WORDS_MAX]
    return list(dict.fromkeys(Term(_stem(word), len(_stem(word)) >= PREFIX_LETTERS_MIN) for word in typed))


def _stem(word: str) -> str:
    """Without the plural's ending, in Spanish and English: who asks for ``reuniones`` finds ``reunión``."""
    if len(word) < 5 or not word.endswith("s"):
        return word
    return word[:-2] if re.search("[^aeioul]es$|[^l]les$", word) else word[:-1]


class Run(NamedTuple):
    """A piece of text, found or around what was found."""

    words: str
    is_found: bool


def marked(text: str, terms: Sequence[Term]) -> list[Run]:
    """The text in pieces, in their order and with nothing left away: those words that fit a term are found."""
    runs: list[Run] = []
    end = 0
    for start, stop in _places(text, terms):
        runs += [Run(text[end:start], False), Run(text[start:stop], True)]
        end = stop
    runs.append(Run(text[end:], False))
    return [run for run in runs if run.words]


def snippet(text: str, terms: Sequence[Term], letters: int = 160) -> list[Run]:
    """The piece of a text around the first word that fits, cut between words, on one line, with what fits marked."""
    line = " ".join(text.split())
    first = next(iter(_places(line, terms)), (0, 0))[0]
    start = max(0, first - letters // 3)
    if start:
        start = line.find(" ", start, first) + 1 or first
    stop = start + letters
    cut = line[start:stop]
    if stop < len(line) and " " in cut[letters // 2 :]:
        cut = cut[: cut.rindex(" ")]
    before, after = ("… " if start else ""), (" …" if start + len(cut) < len(line) else "")
    return [*_plain(before), *marked(cut, terms), *_plain(after)]


def _plain(words: str) -> list[Run]:
    return [Run(words, False)] if words else []


_SEEN = re.compile(r"[^\W_](?:[^\W_]|[\u0300-\u036f])*")


def _places(text: str, terms: Iterable[Term]) -> Iterable[tuple[int, int]]:
    """Where the words stand that fit, as they were written: accents may be letters of their own."""
    wanted = list(terms)
    for seen in _SEEN.finditer(text):
        if any(term.fits(word) for word in words_in(seen.group()) for term in wanted):
            yield seen.span()
