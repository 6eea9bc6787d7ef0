"""The chain: how a record becomes bytes, and how the bytes are linked.

A record's body is one canonical JSON object; ``digest`` is its RFC 6962 leaf hash, ``previous`` the
digest of the record before, so a change anywhere breaks every later link and the tree that
checkpoints sign. The table's other columns repeat the body; ``columns`` is the one place that says how.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any, NamedTuple
from uuid import UUID

from comuna.journal import canonical, ids, merkle, sql
from comuna.journal.models import Commitment, Erasure, PrivatePart, Record, StoredFile
from comuna.journal.scrub import mark_due
from comuna.journal.tables import Local, of_class

BODY_BYTES_MAX = 64 * 1024
NOTHING_BEFORE = bytes(merkle.HASH_BYTES)
_SALT_BYTES = 16


class BodyTooLarge(ValueError):
    """The public part of an act is above 64 KiB: it belongs in a file."""


class Part(NamedTuple):
    """Private words of a record about one subject for one audience, at one slot of the act."""

    audience: str
    subject: UUID
    slot: str
    body: bytes  # canonical JSON


@dataclass(frozen=True)
class FileCited:
    digest: str
    size: int
    media_type: str


class Head(NamedTuple):
    """The newest record, or what stands before the first."""

    seq: int
    epoch: int
    digest: bytes
    at: str
    day: date | None
    doubtful: bool


NO_HEAD = Head(0, 1, NOTHING_BEFORE, "", None, False)


class Draft(NamedTuple):
    """All of a record but its place in the chain."""

    id: UUID
    commune: UUID
    epoch: int
    at: str
    day: date
    verb: str
    version: int
    content: dict[str, Any]  # by, fields, facts, grounds, channel ...: canonical values and ids
    parts: Sequence[Part] = ()
    files: Sequence[FileCited] = ()
    erases: Sequence[UUID] = ()


def head(commune: UUID) -> Head:
    newest = sql.one(
        "SELECT seq, epoch, digest, at, CAST(day AS TEXT), body FROM journal_record"
        " WHERE commune = %s ORDER BY seq DESC LIMIT 1",
        sql.uuid_value(commune),
    )
    return NO_HEAD if newest is None else _head_in(newest)


def _head_in(row: tuple[Any, ...]) -> Head:
    seq, epoch, digest, at, day, body = row
    return Head(seq, epoch, bytes(digest), at, date.fromisoformat(day), says_doubtful(bytes(body)))


WRITER_AND_HEAD = "w.commune, w.epoch, r.seq, r.epoch, r.digest, r.at, CAST(r.day AS TEXT), r.body"
FROM_WRITER = (
    "journal_writer w LEFT JOIN journal_record r ON r.commune = w.commune"
    " AND r.seq = (SELECT MAX(m.seq) FROM journal_record m WHERE m.commune = w.commune)"
)
"""The commune whose books are written here, the epoch, and its head: one statement, at every act."""


class Written(NamedTuple):
    """Which books are written here, and how far they have come."""

    commune: UUID
    epoch: int
    head: Head


def written_in(row: tuple[Any, ...]) -> Written:
    """From a row of ``WRITER_AND_HEAD``."""
    return Written(sql.uuid_of(row[0]), row[1], _head_in(row[2:8]) if row[2] else NO_HEAD)


def says_doubtful(body: bytes) -> bool:
    """Whether a record was written while the clock was in doubt. Words cannot fake it: they are never in the body."""
    return b'"doubtful":true' in body


def part_id(record: UUID, number: int) -> UUID:
    return ids.named(record, f"part.{number}")


def append(draft: Draft, at_head: Head) -> Head:
    """Write the draft behind the head; it is the new one. The caller holds the writing lock.

    Raises BodyTooLarge.
    """
    commitments, bodies = _committed(draft)
    body = {
        **draft.content,
        "at": draft.at,
        "commune": draft.commune,
        "day": draft.day.isoformat(),
        "epoch": draft.epoch,
        "id": draft.id,
        "previous": at_head.digest.hex(),
        "seq": at_head.seq + 1,
        "verb": draft.verb,
        "version": draft.version,
    }
    if commitments:
        body["parts"] = {"count": len(commitments), "root": parts_root(commitments)}
    if draft.files:
        body["files"] = [{"digest": f.digest, "media_type": f.media_type, "size": f.size} for f in draft.files]
    erased = [Erasure(id=part, record=draft.id, salt=os.urandom(_SALT_BYTES)) for part in draft.erases]
    if erased:
        body["erases"] = sorted(map(erasure_digest, erased))
    data = canonical.write(body)
    if len(data) > BODY_BYTES_MAX:
        raise BodyTooLarge(f"{len(data)} bytes of public body; {BODY_BYTES_MAX} are allowed")
    row = _row(data, body, draft.id, draft.commune, draft.day, at_head.digest)
    sql.insert_row(Record, row)
    if commitments:
        sql.insert(Commitment, commitments)
        sql.insert(PrivatePart, bodies)
    if draft.files:
        StoredFile.objects.bulk_create(list(files_of(draft.id, body)))
    if erased:
        _erase(erased)
    return Head(row["seq"], draft.epoch, row["digest"], draft.at, draft.day, says_doubtful(data))


def columns(data: bytes, body: dict[str, Any]) -> dict[str, Any]:
    """The columns of a record's row, all of them, from its bytes. Raises KeyError, TypeError or ValueError on foreign
    bytes."""
    for name, most in (("epoch", 2**31 - 1), ("version", 2**31 - 1), ("seq", canonical.INTEGER_MAX)):
        if type(body[name]) is not int or not 1 <= body[name] <= most:
            raise ValueError(f"{name} is no whole number from 1 to {most}")
    for name, longest in (("at", 20), ("verb", 80)):
        if not isinstance(body[name], str) or len(body[name]) > longest:
            raise ValueError(f"{name} is no text of up to {longest} characters")
    id, commune = UUID(body["id"]), UUID(body["commune"])
    return _row(data, body, id, commune, date.fromisoformat(body["day"]), bytes.fromhex(body["previous"]))


def _row(data: bytes, body: dict[str, Any], id: UUID, commune: UUID, day: date, previous: bytes) -> dict[str, Any]:
    return {
        "id": id,
        "commune": commune,
        "epoch": body["epoch"],
        "seq": body["seq"],
        "at": body["at"],
        "day": day,
        "verb": body["verb"],
        "version": body["version"],
        "body": data,
        "previous": previous,
        "digest": merkle.leaf(data),
    }


def files_of(record: UUID, body: dict[str, Any]) -> Iterator[StoredFile]:
    """The rows of the files that a record's body cites. Raises ValueError, TypeError or AttributeError."""
    for number, cited in enumerate(body.get("files", ())):
        if cited.keys() != {"digest", "media_type", "size"} or type(cited["size"]) is not int:
            raise ValueError("a file that it cites has other fields")
        yield StoredFile(id=ids.named(record, f"file.{number}"), record=record, number=number, **cited)


def erasures_of(body: dict[str, Any]) -> list[str]:
    """The digests of the erasures that a record orders. Raises ValueError or TypeError."""
    found = body.get("erases", [])
    if not isinstance(found, list) or any(len(bytes.fromhex(one)) != merkle.HASH_BYTES for one in found):
        raise ValueError("what it orders erased is no list of digests")
    return found


def erasure_digest(erasure: Erasure) -> str:
    """What the record that orders it says of an erasure."""
    return commit(bytes(erasure.salt), erasure.id.bytes).hex()


def parts_root(commitments: Sequence[Mapping[str, Any]]) -> str:
    """SHA-256 over one canonical line for each commitment, in their order: what the record's body carries. A line has
    the subject under its salt, so that whoever checks one need not know whom the words are about."""
    digest = sha256()
    for c in commitments:
        about = subject_digest(bytes(c["subject_salt"]), c["subject"])
        line = [c["number"], c["audience"], about, c["slot"], bytes(c["commitment"]).hex()]
        digest.update(canonical.write(line) + b"\n")
    return digest.hexdigest()


def subject_digest(salt: bytes, subject: UUID) -> str:
    return commit(salt, subject.bytes).hex()


def commit(salt: bytes, body: bytes) -> bytes:
    return sha256(salt + body).digest()


def _erase(erased: Sequence[Erasure]) -> None:
    """Delete the rows of private parts; the trigger lets go only of those that an Erasure names."""
    Erasure.objects.bulk_create(erased, batch_size=500)
    mark_due()
    for start in range(0, len(erased), 500):
        PrivatePart.objects.filter(id__in=[one.id for one in erased[start : start + 500]]).delete()
    for kept_here in of_class(Local):
        assert issubclass(kept_here, Local)
        kept_here.forget_words()


def _committed(draft: Draft) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The rows of the draft's commitments and of the words themselves."""
    commitments: list[dict[str, Any]] = []
    bodies: list[dict[str, Any]] = []
    random = os.urandom(2 * _SALT_BYTES * len(draft.parts)) if draft.parts else b""
    salts = [random[at : at + _SALT_BYTES] for at in range(0, len(random), _SALT_BYTES)]
    for number, part in enumerate(draft.parts):
        row_id, salt = part_id(draft.id, number), salts[2 * number]
        commitments.append(
            {
                "id": row_id,
                "record": draft.id,
                "number": number,
                "audience": part.audience,
                "subject": part.subject,
                "subject_salt": salts[2 * number + 1],
                "slot": part.slot,
                "commitment": commit(salt, part.body),
            }
        )
        bodies.append({"id": row_id, "salt": salt, "body": part.body})
    return commitments, bodies
