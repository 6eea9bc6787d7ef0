"""The code on a letter: 80 bits as four groups of letters, each with its check letter, like a claim code.

It follows from the act that issued the letter and the home's sealing key, so that the letter can be printed again and
nobody learns it from the journal, which keeps a digest of it alone. Where the key is gone, the digest still answers for
every letter on paper.
"""

from __future__ import annotations

from hashlib import sha256
from uuid import UUID

from comuna.journal.sealing import fingerprint
from comuna.mandates import codes


def of_letter(act: UUID) -> str:
    """As it is printed: ``K3XM7 0V2QD 9TBRA 51HSC``."""
    return codes.printed(int(fingerprint(f"letter code of {act}"), 16) % 2**codes.BITS)


def digest_of(text: str) -> str:
    """What the books keep of a code, 64 hex digits. Raises papercode.Mistyped, naming the group."""
    return sha256(f"letter {codes.letters_of(text)}".encode()).hexdigest()
