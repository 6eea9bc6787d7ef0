"""The code on paper: the journal's head in letters that a person can type back.

Five groups: the number of records, then 160 bits of the tree's root as 32 letters of Crockford's
base 32 in four groups of eight. Each group ends in a check letter of ISO 7064 (hybrid, MOD 33,32),
which catches every single wrong letter. Reading forgives case, spaces, hyphens, and O for 0, I and L
for 1.
"""

from __future__ import annotations

from dataclasses import dataclass

from stdnum.iso7064 import mod_37_36

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
ROOT_BYTES = 20
_GROUP = 8
_FORGIVEN = str.maketrans({"O": "0", "I": "1", "L": "1"})


class Mistyped(ValueError):
    """The code cannot be what was printed. ``group`` counts from 1; 0 when its shape is wrong."""

    def __init__(self, group: int) -> None:
        self.group = group
        super().__init__(f"group {group} of the code has a typing error" if group else "not a code of this kind")


@dataclass(frozen=True)
class PaperCode:
    size: int
    root_start: bytes  # the first 20 bytes of the root


def write(size: int, root: bytes) -> str:
    """``001TM ABCDEFGHX ...``: size in base 32, then the root's first 160 bits."""
    letters = base32(int.from_bytes(root[:ROOT_BYTES]), 32)
    groups = [letters[i : i + _GROUP] for i in range(0, len(letters), _GROUP)]
    return " ".join(checked(group) for group in [base32(size, 4), *groups])


def groups_of(root_start: bytes) -> list[bytes]:
    """The parts of the root that stand in a group each."""
    each = ROOT_BYTES // 4
    return [root_start[at : at + each] for at in range(0, ROOT_BYTES, each)]


def read(text: str) -> PaperCode:
    """What a code says. Raises Mistyped, naming the group."""
    groups = typed_groups(text)
    if len(groups) != 5:
        groups = _regroup("".join(groups))
    for number, group in enumerate(groups, start=1):
        if not is_checked(group):
            raise Mistyped(number)
    size, *root = (group[:-1] for group in groups)
    if [len(group) for group in root] != [_GROUP] * 4:
        raise Mistyped(0)
    return PaperCode(number_in(size), number_in("".join(root)).to_bytes(ROOT_BYTES))


def _regroup(letters: str) -> list[str]:
    """Letters typed without the spaces, or with others."""
    tail = 4 * (_GROUP + 1)
    if len(letters) < tail + 2:
        raise Mistyped(0)
    head, rest = letters[:-tail], letters[-tail:]
    return [head, *(rest[i : i + _GROUP + 1] for i in range(0, tail, _GROUP + 1))]


def typed_groups(text: str) -> list[str]:
    """What was typed, between its blanks and hyphens, with what looks alike as it was printed."""
    return text.upper().replace("-", " ").translate(_FORGIVEN).split()


def checked(group: str) -> str:
    """With its check letter behind it."""
    return group + mod_37_36.calc_check_digit(group, ALPHABET)


def is_checked(group: str) -> bool:
    """Whether its last letter is the check letter of the others."""
    return all(letter in ALPHABET for letter in group) and bool(mod_37_36.is_valid(group, ALPHABET))


def base32(number: int, width: int) -> str:
    letters = ""
    while number:
        number, digit = divmod(number, 32)
        letters = ALPHABET[digit] + letters
    return letters.rjust(width, "0")


def number_in(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 32 + ALPHABET.index(letter)
    return number
