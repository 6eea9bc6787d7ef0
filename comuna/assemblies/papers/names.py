"""Names as papers write them: the same whatever their case, accents or titles; shorter ones where only one is meant."""

from __future__ import annotations

import re
from collections.abc import Collection

from comuna.territory.reading.text import fold

_TITLES = frozenset(
    re.findall(
        r"\w+",
        "councillor councilor cllr mayor deputy vice acting alderman alderwoman chair chairman chairwoman"
        " chairperson president presidente presidenta vicepresidente vicepresidenta concejal concejala alcalde"
        " alcaldesa diputado diputada vocero vocera portavoz secretario secretaria ciudadano ciudadana ciud"
        " compa camarada companero companera senor senora sr sra srta mr mrs ms miss mx dr dra doctor doctora"
        " prof profesor profesora ing lic licdo licda abg abogado abogada hon honourable honorable his her"
        " worship don dona",
    )
)
_MOVED = re.compile(
    r"^\s*(?:motion made by|moved by|seconded by|made by|propuesta por|secundada por|presentada por|apoyada por)\s+",
    re.IGNORECASE,
)


def plain(text: str) -> str:
    """The name without what stands around it: "Moved by Councillor S. Lehman" and "Lehman, S." to "S. Lehman"."""
    text = _MOVED.sub("", text).strip().strip(".;:").strip() if _MOVED.match(text) else text.strip()
    before, comma, after = text.partition(",")
    if comma and after.strip() and "," not in after:
        titles = all(fold(word) in _TITLES for word in after.split())
        text = before if titles else f"{after.strip()} {before.strip()}"
    words = text.split()
    kept = 0
    while kept < len(words) - 1 and fold(words[kept]) in _TITLES:
        kept += 1
    return " ".join(words[kept:])


def key_of(text: str) -> str:
    """The same for every spelling of a name; "" where nothing of a name is there."""
    return fold(plain(text))


def who_is_meant(key: str, among: Collection[str]) -> list[str]:
    """Those whose name this may be, written shorter, longer or with initials: each of its words begins, in order, a
    word of theirs, or the other way round; one whole word, the last, is the same."""
    return [other for other in among if _is_short_for(key, other) or _is_short_for(other, key)]


def _is_short_for(short: str, whole: str) -> bool:
    words, others = short.split(), whole.split()
    if not words or not others or len(words) > len(others) or words[-1] != others[-1] or len(words[-1]) < 2:
        return False
    rest = iter(others[:-1])
    return all(any(_begins(word, other) for other in rest) for word in words[:-1])


def _begins(word: str, other: str) -> bool:
    return word == other or (len(word) == 1 and other.startswith(word))
