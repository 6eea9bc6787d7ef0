"""The whole journal as one file: what ``journal export`` writes and ``journal import`` reads.

A zip with ``format.json``, ``records.jsonl`` (line n is the exact body of record n), ``parts.jsonl``
(commitments in order, with salt and words unless erased), ``checkpoints.jsonl`` and ``files/<digest>``.
Nothing in it depends on a database; ``script/check-journal`` reads it with the standard library alone.

A *public* bundle withholds the salt and words of every part that is not for everybody (its line says
``withheld``) and every file that is not of a public kind; its ``format.json`` names the kinds that are in
it. Records, commitments and checkpoints are whole in it, so anybody can check it; it cannot be imported.
"""

from __future__ import annotations

import json
import zipfile
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

from comuna.journal import canonical, chain, files
from comuna.journal.checkpoint import tree
from comuna.journal.lock import one_writer, writing
from comuna.journal.models import Checkpoint, Commitment, Erasure, PrivatePart, Record, StoredFile

FORMAT = {"format": "comuna-journal", "version": 1}
PUBLIC_AUDIENCE = "public"
PUBLIC_FILES = ("application/toml",)  # statutes; any other file may hold somebody's words
PUBLIC_FORMAT = {**FORMAT, "files": list(PUBLIC_FILES), "withheld": "private"}
LINE_BYTES_MAX = 16 * 1024 * 1024
_BATCH = 500

Progress = Callable[[int, int], None]


class BadBundle(ValueError):
    """A file that is not a journal, or whose links do not hold; the message says where."""


def export(target: Path, progress: Progress = lambda done, total: None, *, public: bool = False) -> int:
    """Write everything, or what anybody may read, to a new zip file; returns how many records.

    Raises FileExistsError.
    """
    with one_writer(), zipfile.ZipFile(target, "x", zipfile.ZIP_DEFLATED, compresslevel=6) as bundle:
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
                line = {"commune": str(made.commune), "made_at": made.made_at, "note": made.note, "size": made.size}
                lines.write(canonical.write(line) + b"\n")
        cited = StoredFile.objects.filter(media_type__in=PUBLIC_FILES) if public else StoredFile.objects.all()
        for digest in cited.values_list("digest", flat=True).distinct().order_by("digest"):
            bundle.writestr(f"files/{digest}", files.read(digest))
    return total


def load(source: Path, progress: Progress = lambda done, total: None) -> int:
    """Read a bundle into an empty journal, checking every link; all or nothing. Returns how many records.

    Raises BadBundle; state is not rebuilt here.
    """
    if Record.objects.exists():
        raise BadBundle("this home already has a journal; a bundle is read into an empty one")
    try:
        with zipfile.ZipFile(source) as bundle:
            said = json.loads(bundle.read("format.json"))
            if "withheld" in said:
                raise BadBundle("this is a public export, without private words: it can be checked, not imported")
            if said != FORMAT:
                raise BadBundle("this is a bundle of another format")
            _take_files(bundle)
            with writing():
                return _take(bundle, progress)
    except (zipfile.BadZipFile, KeyError, OSError, UnicodeDecodeError, json.JSONDecodeError) as error:
        raise BadBundle(f"this file is not a whole journal: {error}") from error


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
        words = PrivatePart.objects.in_bulk([c.id for c in some])
        for c in some:
            line: dict[str, Any] = {
                "audience": c.audience,
                "commitment": bytes(c.commitment).hex(),
                "number": c.number,
                "record": str(c.record),
                "slot": c.slot,
                "subject": str(c.subject),
            }
            if c.id in words and public and c.audience != PUBLIC_AUDIENCE:
                line["withheld"] = True
            elif c.id in words:
                line["salt"] = bytes(words[c.id].salt).hex()
                line["body"] = b64encode(bytes(words[c.id].body)).decode()
            yield line


def _take_files(bundle: zipfile.ZipFile) -> None:
    for member in bundle.infolist():
        if member.filename.startswith("files/"):
            if member.file_size > files.SIZE_MAX:
                raise BadBundle(f"{member.filename} claims {member.file_size} bytes")
            content = bundle.read(member)
            digest = member.filename.removeprefix("files/")
            if sha256(content).hexdigest() != digest:
                raise BadBundle(f"{member.filename} does not have the bytes of its name")
            files.put(digest, content)


def _lines(bundle: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    with bundle.open(name) as lines:
        while line := lines.readline(LINE_BYTES_MAX):
            yield line.rstrip(b"\n")


def _take(bundle: zipfile.ZipFile, progress: Progress) -> int:
    previous, commune, seq, total = chain.NOTHING_BEFORE, None, 0, 0
    rows: list[Record] = []
    for line in _lines(bundle, "records.jsonl"):
        try:
            body = canonical.decode(line)
            columns = chain.columns(line, body)
        except (canonical.NotCanonical, KeyError, ValueError, TypeError) as error:
            raise BadBundle(f"record after {seq}: {error}") from error
        if columns["commune"] != commune:
            commune, seq, previous = columns["commune"], 0, chain.NOTHING_BEFORE
        if columns["seq"] != seq + 1 or columns["previous"] != previous:
            raise BadBundle(f"record {columns['seq']} does not follow record {seq}")
        seq, previous = columns["seq"], columns["digest"]
        rows.append(Record(**columns))
        total += 1
        if len(rows) == _BATCH:
            _write_records(rows)
            progress(total, 0)
            rows = []
    _write_records(rows)
    _take_parts(bundle)
    _take_checkpoints(bundle)
    return total


def _write_records(rows: list[Record]) -> None:
    Record.objects.bulk_create(rows)
    cited: list[StoredFile] = []
    erasures: list[Erasure] = []
    for row in rows:
        if b'"files":' in bytes(row.body) or b'"erases":' in bytes(row.body):
            body = json.loads(bytes(row.body))
            cited.extend(chain.files_of(body))
            erasures.extend(chain.erasures_of(body))
    StoredFile.objects.bulk_create(cited)
    Erasure.objects.bulk_create(erasures, batch_size=_BATCH)


def _take_parts(bundle: zipfile.ZipFile) -> None:
    commitments: list[Commitment] = []
    words: list[PrivatePart] = []
    for line in _lines(bundle, "parts.jsonl"):
        try:
            part = json.loads(line)
            record = UUID(part["record"])
            row_id = chain.part_id(record, part["number"])
            commitment = bytes.fromhex(part["commitment"])
            made = Commitment(
                id=row_id,
                record=record,
                number=part["number"],
                audience=part["audience"],
                subject=UUID(part["subject"]),
                slot=part["slot"],
                commitment=commitment,
            )
            if "body" in part:
                salt, body = bytes.fromhex(part["salt"]), b64decode(part["body"], validate=True)
                if chain.commit(salt, body) != commitment:
                    raise BadBundle(f"part {part['number']} of record {record} is not what was committed to")
                words.append(PrivatePart(id=row_id, salt=salt, body=body))
        except (KeyError, ValueError, TypeError) as error:
            raise BadBundle(f"a private part cannot be read: {error}") from error
        commitments.append(made)
        if len(commitments) >= _BATCH:
            _write_parts(commitments, words)
            commitments, words = [], []
    _write_parts(commitments, words)


def _write_parts(commitments: list[Commitment], words: list[PrivatePart]) -> None:
    Commitment.objects.bulk_create(commitments)
    PrivatePart.objects.bulk_create(words)


def _take_checkpoints(bundle: zipfile.ZipFile) -> None:
    for line in _lines(bundle, "checkpoints.jsonl"):
        said = json.loads(line)
        commune = UUID(said["commune"])
        peaks = tree(commune, said["size"])
        Checkpoint(
            id=uuid5(commune, f"checkpoint.{said['size']}"),
            commune=commune,
            size=said["size"],
            root=peaks.root,
            peaks=peaks.packed,
            made_at=said["made_at"],
            note=said["note"],
        ).save(force_insert=True)
