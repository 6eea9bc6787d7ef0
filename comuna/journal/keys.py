"""Whether the keys in the home are those of its books. Books that are not written here are nobody's to sign or seal."""

from __future__ import annotations

import re

from comuna.journal import checkpoint, sealing
from comuna.journal.home import key_file
from comuna.journal.models import Commitment, PrivatePart, Record, Writer

_SEALED = re.compile(rf"{re.escape(sealing.PREFIX)}[A-Za-z0-9_-]+")
TRIED = 20  # parts looked through for a sealed word


def faults() -> list[str]:
    """What is wrong with the key files of books that are written here, each in words."""
    writer = Writer.objects.first()
    if writer is None:
        return []
    return [fault for fault in (checkpoint.key_fault(), _sealing_fault(writer)) if fault]


def _sealing_fault(writer: Writer) -> str | None:
    if not key_file("sealing").exists():
        return "keys/sealing is gone: what is sealed cannot be read"
    word = _a_sealed_word(writer)
    try:
        if word is not None:
            sealing.open_sealed(word)
    except sealing.Unreadable:
        return "keys/sealing is not the key with which these books were sealed"
    return None


def _a_sealed_word(writer: Writer) -> str | None:
    """One of this epoch: what was sealed before it may be another computer's."""
    records = Record.objects.filter(commune=writer.commune, epoch=writer.epoch).values("id")
    parts = Commitment.objects.filter(record__in=records, audience__in=("identity", "health", "mediation"))
    bodies = PrivatePart.objects.filter(id__in=parts.values("id")).values_list("body", flat=True)[:TRIED]
    found = (_SEALED.search(bytes(body).decode("utf-8", "replace")) for body in bodies)
    return next((match[0] for match in found if match), None)
