"""Whether the keys in the home are those of its books. Books that are not written here are nobody's to sign or seal."""

from __future__ import annotations

import re
from collections.abc import Iterator
from uuid import UUID

from comuna.journal import chain, checkpoint, sealing
from comuna.journal.home import key_file
from comuna.journal.models import Commitment, PrivatePart, Record, Writer

_SEALED = re.compile(rf"{re.escape(sealing.PREFIX)}[A-Za-z0-9_-]+")
_SEALED_AUDIENCES = ("identity", "health", "mediation")
_BATCH, _PARTS = 100, 500


def faults() -> list[str]:
    """What is wrong with the key files of these books, each in words."""
    writer = Writer.objects.first()
    found = [checkpoint.key_fault(), _sealing_fault(writer)] if writer is not None else []
    return [fault for fault in (*found, _web_fault()) if fault]


def foreign_words() -> list[str]:
    """The records of this epoch with words that were sealed under another key than this home's, each in words;
    nothing where no word at all is opened, which is a fault of the key."""
    writer = Writer.objects.first()
    if writer is None or not key_file("sealing").exists() or _sealing_fault(writer):
        return []
    shut = (seq for seq, words in _sealed_words(writer) if not all(map(_opens, words)))
    return [f"record {seq}: words in it were sealed under another key than keys/sealing" for seq in shut]


def _sealing_fault(writer: Writer) -> str | None:
    """The oldest sealed words of the epoch must be opened: so a key that was put in another's place is told also after
    words were sealed under it."""
    if not key_file("sealing").exists():
        return "keys/sealing is gone: what is sealed cannot be read"
    _seq, oldest = next(_sealed_words(writer), (0, []))
    if not oldest or any(map(_opens, oldest)):
        return None
    return "keys/sealing is not the key with which these books were sealed"


def _web_fault() -> str | None:
    path = key_file("web")
    if not path.exists() or path.read_bytes().isascii():
        return None
    return "keys/web is not text: it was altered"


def _opens(word: str) -> bool:
    try:
        sealing.open_sealed(word)
    except sealing.Unreadable:
        return False
    return True


def _sealed_words(writer: Writer) -> Iterator[tuple[int, list[str]]]:
    """Record by record of this epoch, the oldest first, where there are any: what was sealed before it may be another
    computer's. Words that were altered since are left out; ``journal.verify`` names those. Whoever asks for the oldest
    alone, as every start does, has read few others: the memory that a census takes is never given back."""
    records = Record.objects.filter(commune=writer.commune, epoch=writer.epoch).order_by("seq")
    after, size = 0, 1
    while batch := dict(records.filter(seq__gt=after).values_list("id", "seq")[:size]):
        after, size = max(batch.values()), min(2 * size, _BATCH)
        parts = Commitment.objects.filter(record__in=batch, audience__in=_SEALED_AUDIENCES)
        promised = {id: (record, bytes(made)) for id, record, made in parts.values_list("id", "record", "commitment")}
        found: dict[int, list[str]] = {}
        for part, salt, body in _bodies(list(promised)):
            record, commitment = promised[part]
            if chain.commit(salt, body) == commitment:
                found.setdefault(batch[record], []).extend(_SEALED.findall(body.decode("utf-8", "replace")))
        yield from sorted((seq, words) for seq, words in found.items() if words)


def _bodies(parts: list[UUID]) -> Iterator[tuple[UUID, bytes, bytes]]:
    for start in range(0, len(parts), _PARTS):
        rows = PrivatePart.objects.filter(id__in=parts[start : start + _PARTS]).values_list("id", "salt", "body")
        for part, salt, body in rows:
            yield part, bytes(salt), bytes(body)
