"""A file that only who has its key can read: AES-256-GCM under a key of its own. Pure but for the key it draws.

The file is cited by its digest like any other, so it stays in the home and in every copy for ever; the key is a sealed
private word of the act. Once that word is erased the file is bytes that nobody reads any more.
"""

from __future__ import annotations

import os
from base64 import urlsafe_b64decode, urlsafe_b64encode

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

MEDIA_TYPE = "application/octet-stream"
_NONCE_BYTES = 12


class WrongKey(ValueError):
    """The key does not open the file."""


def lock(content: bytes) -> tuple[bytes, str]:
    """The locked bytes, and the key as a line of ASCII."""
    key, nonce = AESGCM.generate_key(256), os.urandom(_NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, content, None), urlsafe_b64encode(key).decode()


def unlock(locked: bytes, key: str) -> bytes:
    """Raises WrongKey."""
    try:
        return AESGCM(urlsafe_b64decode(key)).decrypt(locked[:_NONCE_BYTES], locked[_NONCE_BYTES:], None)
    except (InvalidTag, ValueError) as error:
        raise WrongKey("this key does not open this file") from error
