"""The whole journal as one file: what ``journal export`` writes and ``journal import`` reads.

A zip with ``format.json``, ``records.jsonl`` (line n is the exact body of record n), ``parts.jsonl``
(commitments in order, with salt and words unless erased), ``checkpoints.jsonl`` and ``files/<digest>``.
Nothing in it depends on a database; ``script/check-journal`` reads it with the standard library alone.

A *public* bundle withholds the salt and words of every part that is not for everybody (its line says
``withheld``, also where they are erased), of each of these whom it is about (``about``, a salted hash, stands
for ``subject`` and its salt), and every file that is not of a public kind; its ``format.json`` names the kinds
that are in it. Records, commitments and checkpoints are whole in it, so anybody can check it; it cannot be imported.
"""

from __future__ import annotations

import json
import os
import zipfile
import zlib
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

from django.db import Error as DatabaseError

from comuna.journal import canonical, chain, files
from comuna.journal.checkpoint import tree
from comuna.journal.lock import one_writer, writing
from comuna.journal.models import Checkpoint, Commitment, Erasure, PrivatePart, Record, StoredFile

FORMAT = {"format": "comuna-journal", "version": 1}
PUBLIC_AUDIENCE = "public"
PUBLIC_FILES = ("application/toml",)  # statutes; any other file may hold somebody's words
PUBLIC_FORMAT = {**FORMAT, "files": list(PUBLIC_FILES), "withheld": "private"}
LINE_BYTES_MAX = 16 * 1024 * 1024
FORMAT_BYTES_MAX = 10_000
_COLUMN_MAX = 2**31 - 1
_BATCH = 500
_UNREADABLE: tuple[type[Exception], ...] = (
    *(zipfile.BadZipFile, zlib.error, EOFError, OSError, DatabaseError),
    *(LookupError, ValueError, TypeError, AttributeError, ArithmeticError, RuntimeError),
)

Progress = Callable[[int, int], None]


class BadBundle(ValueError):
    """A file that is not a journal, or whose links do not hold; the message says where."""


def export(target: Path, progress: Progress = lambda done, total: None, *, public: bool = False) -> int:
    """Write everything, or what anybody may read, to a new zip file; returns how many records. What fails leaves
    no file.

    Raises FileExistsError, and files.NoSuchFile where a cited file is gone or altered.
    """
    if target.exists():
        raise FileExistsError(target)
    fresh = target.with_name(f"{target.name}.new")
    try:
        with fresh.open("wb") as file:
            with one_writer(), zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as bundle:
                total = _write(bundle, progress, public=public)
            file.flush()
            os.fsync(file.fileno())
        os.replace(fresh, target)
    finally:
        fresh.unlink(missing_ok=True)
    return total


def _write(bundle: zipfile.ZipFile, progress: Progress, *, public: bool) -> int:
    total = Record.objects.count()
    bundle.writestr("format.json", canonical.encode(PUBLIC_FORMAT if public else FORMAT))
    with bundle.open("records.jsonl", "w", force_zip64=True) as lines:
        bodies = Record.objects.order_by("commune", "seq").values_list("body", flat=True)
        for number, body in enumerate(bodies.iterator(2_000)):
            lines.write(bytes(body) + b"\n")
            progress(number, total)
    with bundle.open("parts.jsonl", "w", force_zip64=True) as lines:
        for line in _part_lines(public):
            lines.write(canonical.write(line) + b"\n")
    with bundle.open("checkpoints.jsonl", "w") as lines:
        for made in Checkpoint.objects.order_by("commune", "size"):
            said = {"commune": str(made.commune), "made_at": made.made_at, "note": made.note, "size": made.size}
            lines.write(canonical.write(said) + b"\n")
    cited = StoredFile.objects.filter(media_type__in=PUBLIC_FILES) if public else StoredFile.objects.all()
    for digest in cited.values_list("digest", flat=True).distinct().order_by("digest"):
        bundle.writestr(f"files/{digest}", files.read(digest))
    return total


def load(source: Path, progress: Progress = lambda done, total: None, then: Callable[[], object] = lambda: None) -> int:
    """Read a bundle into an empty journal, checking every link, and do ``then`` with it, such as replaying it: all or
    nothing, in the database and in the folder of files. Returns how many records.

    Raises BadBundle, which names the member and line; and what ``then`` raises.
    """
    if Record.objects.exists():
        raise BadBundle("this home already has a journal; a bundle is read into an empty one")
    put: list[str] = []
    try:
        with _opened(source) as bundle, writing():
            total = _take(bundle, progress)
            _take_files(bundle, put)
            then()
    except BaseException:
        for digest in put:
            files.path_of(digest).unlink(missing_ok=True)
        raise
    return total


@contextmanager
def _opened(source: Path) -> Iterator[zipfile.ZipFile]:
    """A zip whose every member can be read and whose format is this one. Raises BadBundle."""
    with _reading("this file, as a whole journal,"):
        bundle = zipfile.ZipFile(source)
    with bundle:
        for member in bundle.infolist():
            if member.flag_bits & 1 or member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
                raise BadBundle(f"{member.filename} is encrypted, or packed as no export packs")
        with _reading("format.json"), bundle.open("format.json") as file:
            said = json.loads(file.read(FORMAT_BYTES_MAX))
            if "withheld" in said:
                raise BadBundle("this is a public export, without private words: it can be checked, not imported")
            if said != FORMAT:
                raise BadBundle("this is a bundle of another format")
        yield bundle


@contextmanager
def _reading(place: str) -> Iterator[None]:
    """What cannot be read inside is said of that place. Raises BadBundle."""
    try:
        yield
    except BadBundle:
        raise
    except _UNREADABLE as error:
        said = f"{error} is missing" if isinstance(error, KeyError) else str(error) or type(error).__name__
        raise BadBundle(f"{place} is not as an export writes it: {said}") from error


def _part_lines(public: bool) -> Iterator[dict[str, Any]]:
    """Commitments record by record in journal order, each with its words when they are still there."""
    records = Record.objects.order_by("commune", "seq").values_list("id", flat=True)
    batch: list[UUID] = []
    for record in records.iterator(2_000):
        batch.append(record)
        if len(batch) == _BATCH:
            yield from _lines_of(batch, public)
            batch = []
    yield from _lines_of(batch, public)


def _lines_of(records: list[UUID], public: bool) -> Iterator[dict[str, Any]]:
    place = {record: number for number, record in enumerate(records)}
    found = list(Commitment.objects.filter(record__in=records))
    found.sort(key=lambda c: (place[c.record], c.number))
    for start in range(0, len(found), _BATCH):
        some = found[start : start + _BATCH]
        ids = [c.id for c in some]
        words, erasures = PrivatePart.objects.in_bulk(ids), Erasure.objects.in_bulk(ids)
        for c in some:
            line: dict[str, Any] = {
                "audience": c.audience,
                "commitment": bytes(c.commitment).hex(),
                "number": c.number,
                "record": str(c.record),
                "slot": c.slot,
            }
            withheld = public and c.audience != PUBLIC_AUDIENCE
            if withheld:
                line["about"] = chain.subject_digest(bytes(c.subject_salt), c.subject)
            else:
                line |= {"subject": str(c.subject), "subject_salt": bytes(c.subject_salt).hex()}
            if withheld:  # whether they are there or erased: which ones a record ordered erased tells whose they were
                line["withheld"] = True
            elif c.id in words:
                line["salt"] = bytes(words[c.id].salt).hex()
                line["body"] = b64encode(bytes(words[c.id].body)).decode()
            if c.id in erasures and not withheld:
                line |= {"erased_by": str(erasures[c.id].record), "erasure_salt": bytes(erasures[c.id].salt).hex()}
            yield line


def _take_files(bundle: zipfile.ZipFile, put: list[str]) -> None:
    """The files that records cite, and no other; ``put`` gets the digests of those that were not here before."""
    cited = StoredFile.objects.order_by("digest").values_list("digest", "size").distinct()
    for digest, size in cited:
        name = f"files/{digest}"
        with _reading(name):
            if size > files.SIZE_MAX or bundle.getinfo(name).file_size != size:
                raise BadBundle(f"{name} is not of the size that its record says")
            content = bundle.read(name)
            if sha256(content).hexdigest() != digest:
                raise BadBundle(f"{name} does not have the bytes of its name")
            if not files.path_of(digest).exists():
                put.append(digest)
            files.put(digest, content)


def _lines(bundle: zipfile.ZipFile, name: str) -> Iterator[tuple[str, bytes]]:
    """Each line with its place. Raises BadBundle."""
    number = 0
    with _reading(name), bundle.open(name) as lines:
        while line := lines.readline(LINE_BYTES_MAX):
            number += 1
            if len(line) == LINE_BYTES_MAX:
                raise BadBundle(f"{name}, line {number} is longer than any that an export writes")
            yield f"{name}, line {number}", line.rstrip(b"\n")


def _whole(value: Any, name: str, most: int) -> int:
    """A whole number that fits its column. Raises ValueError."""
    if type(value) is not int or not 0 <= value <= most:
        raise ValueError(f"{name} is no whole number up to {most}")
    return value


def _text(value: Any, name: str) -> str:
    """Raises ValueError."""
    if not isinstance(value, str):
        raise ValueError(f"{name} is no text")
    return value


def _take(bundle: zipfile.ZipFile, progress: Progress) -> int:
    previous, commune, seq, total = chain.NOTHING_BEFORE, None, 0, 0
    rows: list[Record] = []
    ordered: set[tuple[UUID, str]] = set()
    for place, line in _lines(bundle, "records.jsonl"):
        with _reading(place):
            columns = chain.columns(line, canonical.decode(line))
        if columns["commune"] != commune:
            commune, seq, previous = columns["commune"], 0, chain.NOTHING_BEFORE
        if columns["seq"] != seq + 1 or columns["previous"] != previous:
            raise BadBundle(f"record {columns['seq']} does not follow record {seq}")
        seq, previous = columns["seq"], columns["digest"]
        rows.append(Record(**columns))
        total += 1
        if len(rows) == _BATCH:
            _write_records(rows, ordered)
            progress(total, 0)
            rows = []
    _write_records(rows, ordered)
    _take_parts(bundle, ordered)
    _take_checkpoints(bundle)
    return total


def _write_records(rows: list[Record], ordered: set[tuple[UUID, str]]) -> None:
    """``ordered`` gets what they order erased: the record and the digest."""
    cited: list[StoredFile] = []
    for row in rows:
        if b'"files":' in bytes(row.body) or b'"erases":' in bytes(row.body):
            with _reading(f"record {row.seq}"):
                body = json.loads(bytes(row.body))
                cited.extend(chain.files_of(UUID(body["id"]), body))
                ordered.update((row.id, digest) for digest in chain.erasures_of(body))
    if not rows:
        return
    with _reading(f"one of the records {rows[0].seq} to {rows[-1].seq}"):
        Record.objects.bulk_create(rows)
        StoredFile.objects.bulk_create(cited)


def _take_parts(bundle: zipfile.ZipFile, ordered: set[tuple[UUID, str]]) -> None:
    rows: list[Commitment | PrivatePart | Erasure] = []
    for place, line in _lines(bundle, "parts.jsonl"):
        with _reading(place):
            part = json.loads(line)
            commitment, word = _part(part)
            rows += [commitment, *word]
            if "erased_by" in part:
                rows.append(_erasure(part, commitment.id, ordered))
        if len(rows) >= _BATCH:
            _write_parts(rows, place)
            rows = []
    _write_parts(rows, "the end of parts.jsonl")
    if ordered:
        raise BadBundle(f"the records order {len(ordered)} parts erased of which parts.jsonl does not say so")


def _erasure(part: dict[str, Any], id: UUID, ordered: set[tuple[UUID, str]]) -> Erasure:
    """Raises BadBundle where no record ordered it."""
    erasure = Erasure(id=id, record=UUID(part["erased_by"]), salt=bytes.fromhex(part["erasure_salt"]))
    try:
        ordered.remove((erasure.record, chain.erasure_digest(erasure)))
    except KeyError:
        raise BadBundle(f"part {part['number']} of record {part['record']}: no record ordered it erased") from None
    return erasure


def _part(part: dict[str, Any]) -> tuple[Commitment, list[PrivatePart]]:
    """A commitment, and its words where they are there."""
    record, number = UUID(part["record"]), _whole(part["number"], "number", _COLUMN_MAX)
    row_id = chain.part_id(record, number)
    commitment = bytes.fromhex(part["commitment"])
    made = Commitment(
        id=row_id,
        record=record,
        number=number,
        audience=_text(part["audience"], "audience"),
        subject=UUID(part["subject"]),
        subject_salt=bytes.fromhex(part["subject_salt"]),
        slot=_text(part["slot"], "slot"),
        commitment=commitment,
    )
    if "body" not in part:
        return made, []
    salt, body = bytes.fromhex(part["salt"]), b64decode(part["body"], validate=True)
    if chain.commit(salt, body) != commitment:
        raise BadBundle(f"part {number} of record {record} is not what was committed to")
    return made, [PrivatePart(id=row_id, salt=salt, body=body)]


def _write_parts(rows: list[Commitment | PrivatePart | Erasure], place: str) -> None:
    with _reading(f"{place}, or one of the {_BATCH} lines before it,"):
        Commitment.objects.bulk_create([row for row in rows if isinstance(row, Commitment)])
        PrivatePart.objects.bulk_create([row for row in rows if isinstance(row, PrivatePart)])
        Erasure.objects.bulk_create([row for row in rows if isinstance(row, Erasure)])


def _take_checkpoints(bundle: zipfile.ZipFile) -> None:
    for place, line in _lines(bundle, "checkpoints.jsonl"):
        with _reading(place):
            said = json.loads(line)
            commune, size = UUID(said["commune"]), _whole(said["size"], "size", canonical.INTEGER_MAX)
            peaks = tree(commune, size)
            Checkpoint(
                id=uuid5(commune, f"checkpoint.{size}"),
                commune=commune,
                size=size,
                root=peaks.root,
                peaks=peaks.packed,
                made_at=_text(said["made_at"], "made_at"),
                note=_text(said["note"], "note"),
            ).save(force_insert=True)
