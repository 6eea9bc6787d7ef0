"""Sealing: the few fields that a thief of the computer must not read (health, mediation, identity).

AES-256-GCM under keys derived from one key file. The nonce is derived from the words and their
context (synthetic, as in RFC 8452's idea), so that sending the same act twice gives the same bytes
and a repeated nonce can only ever mean repeated words. ``fingerprint`` matches identity numbers
without opening them. Whoever has the key file reads everything: it is backed up apart.
"""

from __future__ import annotations

import hmac
import os
from base64 import urlsafe_b64decode, urlsafe_b64encode
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from comuna.journal.home import home, kept_key, key_file

PREFIX = "sealed1."
_NONCE_BYTES = 12


class Unreadable(Exception):
    """Sealed words that this home's key does not open."""


def seal(words: str, context: str) -> str:
    """Words to a line of ASCII. ``context`` says where they belong; equal words in two places differ."""
    nonce = _derived("nonce", f"{context}\0{words}".encode())[:_NONCE_BYTES]
    sealed = _cipher(home()).encrypt(nonce, words.encode(), None)
    return PREFIX + urlsafe_b64encode(nonce + sealed).decode().rstrip("=")


def open_sealed(text: str) -> str:
    """The words again; an empty text, which is what erasure leaves, is empty. Raises Unreadable."""
    if not text:
        return ""
    if not text.startswith(PREFIX):
        raise Unreadable("these words are not sealed")
    try:
        raw = urlsafe_b64decode(text[len(PREFIX) :] + "=" * (-len(text[len(PREFIX) :]) % 4))
        return _cipher(home()).decrypt(raw[:_NONCE_BYTES], raw[_NONCE_BYTES:], None).decode()
    except (InvalidTag, ValueError) as error:
        raise Unreadable("this home's key does not open these words") from error


@lru_cache(maxsize=16)
def _cipher(home: Path) -> AESGCM:
    return AESGCM(_key_of(home, "seal"))


def make_key() -> None:
    """The key file, when there is none: at the first start, so that it can be kept apart from the first day on."""
    _master(key_file("sealing"))


def fingerprint(words: str) -> str:
    """A keyed HMAC, 32 hex digits: equal for equal words, telling nothing without the key."""
    return _derived("fingerprint", words.encode()).hex()[:32]


def _derived(purpose: str, data: bytes) -> bytes:
    return hmac.digest(_key(purpose), data, "sha256")


def _key(purpose: str) -> bytes:
    return _key_of(home(), purpose)


@lru_cache(maxsize=16)
def _key_of(home: Path, purpose: str) -> bytes:
    """``home`` only tells one home's keys from another's."""
    return sha256(_master(key_file("sealing")) + purpose.encode()).digest()


@lru_cache(maxsize=4)
def _master(path: Path) -> bytes:
    """The 32 bytes of the key file."""
    return kept_key(path, lambda: os.urandom(32))
