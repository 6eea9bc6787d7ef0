"""Whether two names may be those of one person: written shorter, with a letter wrong, or with a husband's name.

Names are compared as sets of words, since lists put surnames first or last.
"""

from __future__ import annotations

import re

from comuna.territory.reading.given import is_given
from comuna.territory.reading.text import fold, same

_PARTICLES = frozenset(
    ["de", "del", "la", "las", "los", "y", "e", "da", "dos", "van", "von", "vda", "viuda", "jr", "sr"]
)
_HUSBAND = re.compile(r"\b(?:vda |viuda )?de (?:la |los |las |el )?(\w+)")
_ENDS_ALIKE = (frozenset("iy"), frozenset("sz"))


def may_be_one(one: str, other: str) -> bool:
    """Whether every word of the shorter name stands in the longer one (an initial for a word, a letter wrong), or both
    begin with the same given name. Brother and sister with one surname are two: "Luis Quintero", "Luisa Quintero"."""
    mine, theirs = _words(one), _words(other)
    if not mine or not theirs:
        return False
    if mine[0] == theirs[0] and is_given(mine[0]) and not _opposed(mine, theirs):
        return True
    return not _missing(*sorted((mine, theirs), key=len))


def _opposed(mine: list[str], theirs: list[str]) -> bool:
    """Whether the second words are different given names: "María José", "María Luisa"."""
    second = [words[1] for words in (mine, theirs) if len(words) > 1 and is_given(words[1])]
    return len(second) == 2 and not _alike(*second)


def adds_a_husband(one: str, other: str) -> bool:
    """Whether two names differ by a husband's alone: "Ana Gil" and "Ana Gil de Mora"."""
    shorter, longer = sorted((one, other), key=lambda name: len(_words(name)))
    more = list(_words(longer))
    for word in _words(shorter):
        found = next((mine for mine in more if same(mine, word)), None)
        if found is None:
            return False
        more.remove(found)
    husbands = {match.group(1) for match in _HUSBAND.finditer(fold(longer))}
    return len(_words(shorter)) > 1 and len(more) == 1 and more[0] in husbands


def shares_two_words(one: str, other: str) -> bool:
    """Whether the shorter name is a part of the longer one, of two words at least: "Ana Gil", "Ana Luisa Gil Mora"."""
    shorter, longer = sorted((_words(one), _words(other)), key=len)
    return len(shorter) > 1 and not [word for word in shorter if not any(same(word, their) for their in longer)]


def _words(name: str) -> list[str]:
    return [word for word in fold(name).split() if word not in _PARTICLES]


def _missing(shorter: list[str], longer: list[str]) -> list[str]:
    """The words of the shorter name for which the longer one has none."""
    left, missing = list(longer), []
    for word in shorter:
        found = next((their for their in left if _alike(word, their)), None)
        if found is None:
            missing.append(word)
        else:
            left.remove(found)
    return missing


def _alike(one: str, other: str) -> bool:
    """The same word, its initial, or one letter wrong; not Luis and Luisa, whose endings tell them apart."""
    if same(one, other) or (1 in (len(one), len(other)) and one[0] == other[0]):
        return True
    if min(len(one), len(other)) < 4 or one[0] != other[0]:
        return False
    ends = {one[-1], other[-1]}
    return (len(ends) == 1 or any(ends <= alike for alike in _ENDS_ALIKE)) and _one_letter_apart(one, other)


def _one_letter_apart(one: str, other: str) -> bool:
    shorter, longer = sorted((one, other), key=len)
    if len(longer) - len(shorter) > 1:
        return False
    at = next((n for n, letter in enumerate(shorter) if letter != longer[n]), len(shorter))
    rest = longer[at + 1 :]
    return rest == (shorter[at + 1 :] if len(shorter) == len(longer) else shorter[at:])
