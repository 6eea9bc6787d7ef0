"""Printed claim codes: 80 random bits as four groups of letters, each with its check letter.

The journal must be able to tell a good code without knowing it, and must not learn it when it is used.
So a code is hashed twice: ``IssueCode`` writes ``digest_of(proof)``, ``ClaimAccount`` shows ``proof``,
and the code itself is only ever on paper. A code of 80 bits cannot be guessed from either.
"""

from __future__ import annotations

import secrets
from hashlib import sha256
from uuid import UUID

from stdnum.iso7064 import mod_37_36

from comuna.journal.papercode import ALPHABET, Mistyped
from comuna.journal.sealing import fingerprint

GROUPS, GROUP = 4, 4  # letters of 5 bits; the fifth letter of a group checks it
BITS = GROUPS * GROUP * 5
_FORGIVEN = str.maketrans({"O": "0", "I": "1", "L": "1"})


def new() -> str:
    """A fresh code as it is printed: ``K3XM7 0V2QD 9TBRA 51HSC``."""
    return printed(secrets.randbits(BITS))


def of_act(act: UUID, number: int | str = 0) -> str:
    """The code that a form with this id prints: the same when the form is sent again, since the first answer
    may have been lost on its way. Whoever does not have this home's key file learns nothing from the id. ``number``
    tells several codes of one act apart."""
    return printed(int(fingerprint(f"claim code {number} of {act}"), 16) % 2**BITS)


def printed(number: int) -> str:
    """``BITS`` bits as they stand on paper."""
    letters = "".join(ALPHABET[number >> 5 * place & 31] for place in range(GROUPS * GROUP))
    groups = [letters[start : start + GROUP] for start in range(0, len(letters), GROUP)]
    return " ".join(group + mod_37_36.calc_check_digit(group, ALPHABET) for group in groups)


def proof(text: str) -> str:
    """What shows that somebody has the code: 64 hex digits. Raises Mistyped as ``letters_of``."""
    return _digest("proof " + letters_of(text))


def letters_of(text: str) -> str:
    """The letters of a typed code. Case, spaces and hyphens do not matter, nor O for 0, I and L for 1.
    Raises Mistyped, naming the group (0: too few or too many letters)."""
    letters = "".join(text.upper().replace("-", " ").split()).translate(_FORGIVEN)
    if len(letters) != GROUPS * (GROUP + 1):
        raise Mistyped(0)
    for number in range(GROUPS):
        group = letters[number * (GROUP + 1) : (number + 1) * (GROUP + 1)]
        if any(letter not in ALPHABET for letter in group) or not mod_37_36.is_valid(group, ALPHABET):
            raise Mistyped(number + 1)
    return letters


def digest_of(proof: str) -> str:
    """What the journal keeps of a code: 64 hex digits."""
    return _digest("claim " + proof)


def _digest(words: str) -> str:
    return sha256(words.encode()).hexdigest()
