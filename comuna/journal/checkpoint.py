"""Checkpoints: the journal's head, signed, so that paper and neighbours can witness it.

The note is a C2SP signed note (https://c2sp.org/signed-note) over a C2SP checkpoint
(https://c2sp.org/tlog-checkpoint): origin, size, root of the RFC 6962 tree; Ed25519.
"""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from dataclasses import dataclass
from hashlib import sha256
from uuid import UUID, uuid5

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from comuna.journal import papercode, sql
from comuna.journal.canonical import INTEGER_MAX
from comuna.journal.home import NoKey, kept_key, key_file
from comuna.journal.lock import writing
from comuna.journal.merkle import Peaks, leaf
from comuna.journal.models import Checkpoint, Record, Writer

_ED25519 = b"\x01"
_AT_ONCE = 10_000  # records


def make(commune: UUID, at: str) -> Checkpoint:
    """The checkpoint of the journal as it stands; made once for each size. ``at`` is UTC.

    Raises LookupError on an empty journal.
    """
    with writing(acts=True):  # nothing that an act asks rests on checkpoints
        before = newest(commune)
        peaks = _grown(commune, before)
        if peaks.size == 0:
            raise LookupError("an empty journal has nothing to witness")
        if before is not None and before.size == peaks.size:
            return before
        columns = {
            "id": uuid5(commune, f"checkpoint.{peaks.size}"),
            "commune": commune,
            "size": peaks.size,
            "root": peaks.root,
            "peaks": peaks.packed,
            "made_at": at,
            "note": _note(commune, peaks, at, before.size if before else 0),
        }
        sql.insert(Checkpoint, [columns])
        return Checkpoint(**columns)


def newest(commune: UUID) -> Checkpoint | None:
    found = sql.state_rows(Checkpoint, "commune = %s ORDER BY size DESC LIMIT 1", sql.uuid_value(commune))
    return found[0] if found else None


def tree(commune: UUID, size: int | None = None) -> Peaks:
    """The tree over the first ``size`` records (all of them when None), from the digests, helped by the
    largest checkpoint that is not larger."""
    if size is None:
        return _grown(commune, newest(commune))
    known = Checkpoint.objects.filter(commune=commune, size__lte=size)
    return _grown(commune, known.order_by("-size").first(), size)


def _grown(commune: UUID, base: Checkpoint | None, size: int = INTEGER_MAX) -> Peaks:
    """The tree of that checkpoint with the records after it, up to that size."""
    peaks = Peaks(base.size, bytes(base.peaks)) if base else Peaks()
    where = "commune = %s AND seq > %s AND seq <= %s"
    asked = f"SELECT digest, seq FROM journal_record WHERE {where} ORDER BY seq LIMIT {_AT_ONCE}"
    last, some = peaks.size, [(b"", 0)] * _AT_ONCE
    while len(some) == _AT_ONCE:
        some = sql.rows(asked, sql.uuid_value(commune), last, size)
        peaks.add(bytes(digest) for digest, _seq in some)
        last = some[-1][1] if some else last
    return peaks


def origin(commune: UUID) -> str:
    return f"comuna/{commune}"


def paper_code(checkpoint: Checkpoint) -> str:
    return papercode.write(checkpoint.size, bytes(checkpoint.root))


@dataclass(frozen=True)
class Answer:
    """What the journal says to a code typed from paper."""

    verdict: str  # "same", "missing", "altered", or "swapped": its groups stand in another order
    size: int  # records the paper speaks of
    held: int  # records the journal holds


def compare(commune: UUID, code: papercode.PaperCode, *, through_epoch: int | None = None) -> Answer:
    """Hold the journal against a paper code: the root is worked out anew from the records' bytes. ``through_epoch``
    leaves out what was recorded in later epochs: what was proposed and signed in a restored copy is not of the copy."""
    records = Record.objects.filter(commune=commune)
    held = (records if through_epoch is None else records.filter(epoch__lte=through_epoch)).count()
    if held < code.size:
        return Answer("missing", code.size, held)
    bodies = Record.objects.filter(commune=commune, seq__lte=code.size).order_by("seq")
    peaks = Peaks()
    peaks.add(leaf(bytes(body)) for body in bodies.values_list("body", flat=True).iterator(2_000))
    root = peaks.root[: papercode.ROOT_BYTES]
    if root == code.root_start:
        return Answer("same", code.size, held)
    swapped = sorted(papercode.groups_of(root)) == sorted(papercode.groups_of(code.root_start))
    return Answer("swapped" if swapped else "altered", code.size, held)


def public_key() -> bytes:
    """The node's Ed25519 public key, 32 raw bytes."""
    return _private_key().public_key().public_bytes_raw()


def key_id(name: str, public: bytes) -> bytes:
    """The four bytes that name a key in a signed note."""
    return sha256(name.encode() + b"\n" + _ED25519 + public).digest()[:4]


def is_signed(note: str, public: bytes) -> bool:
    """Whether the note carries a good signature of this key."""
    text, _, lines = note.partition("\n\n")
    name = text.split("\n", 1)[0]
    for line in lines.splitlines():
        words = line.split(" ")
        if len(words) != 3 or words[0] != "—" or words[1] != name:
            continue
        try:
            raw = b64decode(words[2], validate=True)
            if raw[:4] == key_id(name, public) and b64encode(raw).decode() == words[2]:
                Ed25519PublicKey.from_public_bytes(public).verify(raw[4:], (text + "\n").encode())
                return True
        except (ValueError, InvalidSignature):
            continue
    return False


def note_text(commune: UUID, size: int, root: bytes, made_at: str, after: int) -> str:
    """The unsigned lines of a checkpoint; the last two are extension lines of ours. ``after`` is the size of the
    checkpoint before it, 0 for the first: whoever takes one away leaves the next one naming it."""
    return f"{origin(commune)}\n{size}\n{b64encode(root).decode()}\nmade {made_at}\nafter {after}\n"


def named_before(note: str) -> int | None:
    """The size of the checkpoint before, as a note names it; None where it does not."""
    line = next((line for line in note.split("\n\n")[0].split("\n") if line.startswith("after ")), "")
    return int(line[6:]) if line[6:].isdecimal() else None


def _note(commune: UUID, peaks: Peaks, made_at: str, after: int) -> str:
    text, name = note_text(commune, peaks.size, peaks.root, made_at, after), origin(commune)
    key = _private_key()
    signature = key_id(name, key.public_key().public_bytes_raw()) + key.sign(text.encode())
    return f"{text}\n— {name} {b64encode(signature).decode()}\n"


def make_key() -> None:
    """The node's key file, when there is none."""
    _private_key()


def key_fault() -> str | None:
    """What is wrong with the key file of books that are written here: it must be the one that their epoch declared."""
    writer = Writer.objects.first()
    if writer is None:
        return None
    of_epoch = Record.objects.filter(commune=writer.commune, epoch=writer.epoch).order_by("seq")
    bodies = (json.loads(bytes(body)) for body in of_epoch.values_list("body", flat=True).iterator(100))
    declared = next((body["node_key"] for body in bodies if "node_key" in body), None)
    if declared is None:
        return None
    if not key_file("node").exists():
        return "keys/node is gone: nobody could tell this computer's checkpoints from another's"
    try:
        public_key()
    except NoKey as fault:
        return str(fault)
    return None if public_key().hex() == declared else "keys/node is not the key that these books declared"


def _private_key() -> Ed25519PrivateKey:
    """The node's signing key, made at first use. Raises NoKey where the file holds none."""
    fresh = Ed25519PrivateKey.generate
    kept = kept_key(key_file("node"), lambda: fresh().private_bytes_raw())
    try:
        return Ed25519PrivateKey.from_private_bytes(kept)
    except ValueError as error:
        raise NoKey(f"keys/node is no key: it has {len(kept)} bytes, a key has 32") from error
