"""The Merkle tree of RFC 6962, section 2.1, over the records' digests.

The tree is kept as its *peaks*, the roots of the complete subtrees from left to right, so that a new
checkpoint costs the records since the last one. ``leaf`` is what a record's digest column holds.
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256

HASH_BYTES = 32
EMPTY_ROOT = sha256(b"").digest()


def leaf(body: bytes) -> bytes:
    return sha256(b"\x00" + body).digest()


def _node(left: bytes, right: bytes) -> bytes:
    return sha256(b"\x01" + left + right).digest()


class Peaks:
    """A growing tree. ``size`` leaves; one hash for each one-bit of ``size``."""

    def __init__(self, size: int = 0, packed: bytes = b"") -> None:
        self.size = size
        self.hashes = [packed[i : i + HASH_BYTES] for i in range(0, len(packed), HASH_BYTES)]
        if len(self.hashes) != size.bit_count():
            raise ValueError("as many peaks as the size has one-bits")

    def add(self, leaves: Iterable[bytes]) -> None:
        """Append leaf hashes."""
        hashes = self.hashes
        for digest in leaves:
            size = self.size
            while size & 1:
                digest = _node(hashes.pop(), digest)
                size >>= 1
            hashes.append(digest)
            self.size += 1

    @property
    def packed(self) -> bytes:
        return b"".join(self.hashes)

    @property
    def root(self) -> bytes:
        if not self.hashes:
            return EMPTY_ROOT
        root = self.hashes[-1]
        for peak in reversed(self.hashes[:-1]):
            root = _node(peak, root)
        return root
