"""Looking for what does not fit: the fast half of verifying (``acts.rebuild`` does the other).

Everything is read raw, so that a spoilt row is named instead of stopping the search. What this cannot
find is an owner who rewrote the whole chain and every later checkpoint: for that there is paper.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any
from uuid import UUID, uuid5

from django.db import connection

from comuna.journal import canonical, chain, checkpoint, files, merkle, rawrows, schema
from comuna.journal.models import Checkpoint, Commitment, Erasure, PrivatePart, Record, StoredFile
from comuna.journal.rawrows import RawRow
from comuna.journal.tables import columns_of

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Finding:
    """One thing that does not fit, in words for a person."""

    table: str  # "" where it is about no table
    row: str
    words: str

    def __str__(self) -> str:
        place = f"table {self.table}, row {self.row}: " if self.table else ""
        return place + self.words


@dataclass
class _Seen:
    """What the records, as read, say must stand in the other tables."""

    files: dict[str, RawRow] = field(default_factory=dict)
    erasures: dict[tuple[str, str], str] = field(default_factory=dict)  # record and digest to the record's number
    node_keys: set[bytes] = field(default_factory=set)
    count: dict[str, int] = field(default_factory=dict)
    peaks_at: dict[tuple[str, int], merkle.Peaks] = field(default_factory=dict)


def findings(progress: Progress = lambda done, total: None) -> Iterator[Finding]:
    """Everything that does not fit in truth, files and triggers. Nothing found is nothing yielded."""
    yield from _of_engine()
    for words in schema.faults():
        yield Finding("", "", words)
    seen = _Seen()
    checkpoints = list(rawrows.rows(Checkpoint))
    yield from _of_records(seen, {(c["commune"], c["size"]) for c in checkpoints}, progress)
    yield from _of_strays()
    yield from _of_stored_files(seen.files)
    yield from _of_erasures(seen.erasures)
    yield from _of_files(seen)
    for row in checkpoints:
        yield from _of_checkpoint(row, seen)
    yield from _of_gaps(checkpoints)


def _of_engine() -> Iterator[Finding]:
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA integrity_check(20)")
        for (words,) in cursor.fetchall():
            if words != "ok":
                yield Finding("", "", f"the database file is damaged: {words}")
        cursor.execute("PRAGMA foreign_key_check")
        for table, rowid, onto, _number in cursor.fetchall():
            yield Finding(table, f"number {rowid}", f"points at a row of {onto} that is not there")


def _of_records(seen: _Seen, sizes: set[tuple[Any, Any]], progress: Progress) -> Iterator[Finding]:
    names = columns_of(Record)
    table = Record._meta.db_table
    total = Record.objects.count()
    tidy = [rawrows.tidier(Record, name) for name in names]
    parts = _part_groups()
    group = next(parts, None)
    commune, previous, seq = "", chain.NOTHING_BEFORE, 0
    peaks = merkle.Peaks()
    sql = f"SELECT {rawrows.select_list(Record, names)} FROM {table} ORDER BY {table}.commune, {table}.seq"
    for number, values in enumerate(rawrows.live(sql)):
        row = {name: mend(value) for name, mend, value in zip(names, tidy, values, strict=True)}
        if row["commune"] != commune:
            commune, previous, seq, peaks = str(row["commune"]), chain.NOTHING_BEFORE, 0, merkle.Peaks()
        seq += 1
        data = row["body"] if isinstance(row["body"], bytes) else b""
        body, found = _read(row, data)
        yield from found
        if body is not None:
            if body.get("previous") != previous.hex():
                yield Finding(table, f"record {seq}", "does not follow the record before it: the chain is broken here")
            if body.get("seq") != seq:
                yield Finding(
                    table, f"record {body.get('seq')}", f"stands where record {seq} belongs: one is missing or moved"
                )
                seq = body["seq"] if isinstance(body.get("seq"), int) else seq
            _gather(body, seen)
        previous = merkle.leaf(data)
        peaks.add([previous])
        if (commune, str(peaks.size)) in sizes:
            seen.peaks_at[commune, peaks.size] = merkle.Peaks(peaks.size, peaks.packed)
        seen.count[commune] = peaks.size
        if group is not None and group[0] == row["id"]:
            yield from _of_parts(seq, body, group[1])
            group = next(parts, None)
        elif body is not None and "parts" in body:
            yield Finding(
                Commitment._meta.db_table, f"record {seq}", "the commitments to its private parts are missing"
            )
        progress(number, total)


def _read(row: RawRow, data: bytes) -> tuple[dict[str, Any] | None, list[Finding]]:
    """A record's body, and what its columns say otherwise."""
    table, name = Record._meta.db_table, f"record {row['seq']!s}"
    try:
        body = canonical.decode(data)
        wanted = chain.columns(data, body)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None, [Finding(table, name, "column body: these are not the bytes of a record")]
    found = [
        Finding(table, name, f"column {column}: differs from what the record itself says")
        for column, value in wanted.items()
        if row[column] != rawrows.as_text(value)
    ]
    return body, found


def _gather(body: dict[str, Any], seen: _Seen) -> None:
    try:
        for cited in chain.files_of(UUID(body["id"]), body):
            seen.files[cited.id.hex] = {name: rawrows.as_text(getattr(cited, name)) for name in columns_of(StoredFile)}
        for digest in chain.erasures_of(body):
            seen.erasures[UUID(body["id"]).hex, digest] = f"record {body['seq']}"
        if "node_key" in body:
            seen.node_keys.add(bytes.fromhex(body["node_key"]))
    except (KeyError, ValueError, TypeError, AttributeError):
        return  # the record itself is already named


_PART_COLUMNS = ("id", "record", "number", "audience", "subject", "subject_salt", "slot", "commitment")


def _part_groups() -> Iterator[tuple[Any, list[RawRow]]]:
    """Commitments with their words and erasures, grouped by record, in the records' order."""
    tidy = {name: rawrows.tidier(Commitment, name) for name in _PART_COLUMNS}
    tidy |= {name: rawrows.tidier(PrivatePart, name) for name in ("salt", "body")}
    tidy["erased_by"] = rawrows.tidier(Erasure, "record")
    sql = (
        f"SELECT {rawrows.select_list(Commitment, _PART_COLUMNS, prefix='c.')},"
        f" {rawrows.select_list(PrivatePart, ('salt', 'body'), prefix='p.')},"
        f" {rawrows.select_list(Erasure, ('record',), prefix='e.')}"
        " FROM journal_commitment c JOIN journal_record r ON r.id = c.record"
        " LEFT JOIN journal_privatepart p ON p.id = c.id LEFT JOIN journal_erasure e ON e.id = c.id"
        " ORDER BY r.commune, r.seq, c.number"
    )
    rows = ({name: tidy[name](value) for name, value in zip(tidy, row, strict=True)} for row in rawrows.live(sql))
    for record, group in groupby(rows, key=lambda row: row["record"]):
        yield record, list(group)


def _of_parts(seq: int, body: dict[str, Any] | None, group: list[RawRow]) -> Iterator[Finding]:
    table, part_table = Commitment._meta.db_table, PrivatePart._meta.db_table
    for place, row in enumerate(group):
        name = f"part {place} of record {seq}"
        if row["id"] != chain.part_id(UUID(str(row["record"])), place).hex or row["number"] != str(place):
            yield Finding(table, name, "column id or number: not what its place in the record gives")
        if row["body"] is None and row["erased_by"] is None:
            yield Finding(part_table, name, "the words are missing and no record ordered them erased")
        elif row["body"] is not None and row["erased_by"] is not None:
            yield Finding(part_table, name, "the words are here although a record ordered them erased")
        elif row["body"] is not None:
            salt, words = row["salt"], row["body"]
            made = (
                chain.commit(bytes(salt), bytes(words)) if isinstance(salt, bytes) and isinstance(words, bytes) else b""
            )
            if made != row["commitment"]:
                yield Finding(part_table, name, "column salt or body: not the words that the record committed to")
    if body is None:
        return
    promised = body.get("parts", {"count": 0, "root": ""})
    if promised["count"] != len(group):
        words = f"the record commits to {promised['count']} private parts, {len(group)} are here"
        yield Finding(table, f"record {seq}", words)
    elif promised["root"] != _root(group):
        words = "a column of its private parts' commitments was changed"
        yield Finding(table, f"record {seq}", words)


def _root(group: list[RawRow]) -> str:
    try:
        return chain.parts_root(
            [row | {"number": int(str(row["number"])), "subject": UUID(str(row["subject"]))} for row in group]
        )
    except (ValueError, TypeError):
        return ""


def _of_strays() -> Iterator[Finding]:
    """Rows that hang on nothing."""
    for table, column, onto, words in (
        ("journal_commitment", "record", "journal_record", "belongs to no record"),
        ("journal_privatepart", "id", "journal_commitment", "no record committed to these words"),
    ):
        sql = (
            f"SELECT CAST(t.id AS TEXT) FROM {table} t LEFT JOIN {onto} o ON o.id = t.{column} WHERE o.id IS NULL"
            " ORDER BY t.id"
        )
        for (row,) in rawrows.live(sql):
            yield Finding(table, str(row), words)


def _of_erasures(wanted: dict[tuple[str, str], str]) -> Iterator[Finding]:
    """Each row has the digest that its record says, and no other record has one without its row."""
    table = Erasure._meta.db_table
    left = dict(wanted)
    for row in rawrows.rows(Erasure):
        if left.pop((str(row["record"]), _erasure_digest(row)), None) is None:
            yield Finding(table, str(row["id"]), "no record ordered this: a column was changed or the row added")
    for name in left.values():
        yield Finding(table, name, "a row is missing, or a column of it changed, although the record orders an erasure")


def _erasure_digest(row: RawRow) -> str:
    """Empty where a column holds what it cannot."""
    salt = row["salt"]
    try:
        return chain.commit(salt, UUID(str(row["id"])).bytes).hex() if isinstance(salt, bytes) else ""
    except ValueError:
        return ""


def _of_stored_files(wanted: dict[str, RawRow]) -> Iterator[Finding]:
    """A table whose rows are all said by the records."""
    table = StoredFile._meta.db_table
    left = dict(wanted)
    for row in rawrows.rows(StoredFile):
        key = str(row["id"])
        said = left.pop(key, None)
        if said is None:
            yield Finding(table, key, "no record speaks of this row")
        else:
            for column in said:
                if row[column] != said[column]:
                    yield Finding(table, key, f"column {column}: differs from what the record says")
    for key in left:
        yield Finding(table, key, "the row is missing although a record speaks of it")


def _of_files(seen: _Seen) -> Iterator[Finding]:
    for digest in sorted({str(row["digest"]) for row in seen.files.values()}):
        try:
            files.read(digest)
        except files.NoSuchFile as fault:
            yield Finding("", "", f"folder files: {fault}")


def _of_checkpoint(row: RawRow, seen: _Seen) -> Iterator[Finding]:
    table, name = Checkpoint._meta.db_table, f"checkpoint of {row['size']!s} records"
    commune = str(row["commune"])
    try:
        size, key = int(str(row["size"])), UUID(commune)
    except ValueError:
        yield Finding(table, str(row["id"]), "column size or commune: not what was signed")
        return
    if size < 1:
        yield Finding(table, name, "column size: no checkpoint is made of nothing")
        return
    if seen.count.get(commune, 0) < size:
        held = seen.count.get(commune, 0)
        yield Finding(table, name, f"records after {held} are missing: this checkpoint witnessed {size}")
        return
    peaks = seen.peaks_at[commune, size]
    if row["id"] != uuid5(key, f"checkpoint.{size}").hex:
        yield Finding(table, name, "column id: not the one of its size")
    if row["root"] != peaks.root or row["peaks"] != peaks.packed:
        yield Finding(table, name, "column root or peaks: the records do not give this tree")
    note = str(row["note"])
    text = checkpoint.note_text(key, size, peaks.root, str(row["made_at"]), checkpoint.named_before(note) or 0) + "\n"
    if not note.startswith(text):
        yield Finding(table, name, "column note or made_at: the note does not speak of these records")
    elif note.find("\n", len(text)) != len(note) - 1:
        yield Finding(table, name, "column note: there is more, or less, than one line of signature")
    elif not any(checkpoint.is_signed(note, node) for node in seen.node_keys):
        yield Finding(table, name, "column note: no node of this commune signed it")


def _of_gaps(checkpoints: list[RawRow]) -> Iterator[Finding]:
    """Each checkpoint names the one before it; the newest is missed by the paper that carries its code."""
    sizes: dict[str, list[tuple[int, str]]] = {}
    for row in checkpoints:
        if str(row["size"]).isdecimal():
            sizes.setdefault(str(row["commune"]), []).append((int(str(row["size"])), str(row["note"])))
    for found in sizes.values():
        before = 0
        for size, note in sorted(found):
            named = checkpoint.named_before(note)
            if named is not None and named > before:
                words = f"the checkpoint of {named} records is missing: that of {size} came after it"
                yield Finding(Checkpoint._meta.db_table, f"checkpoint of {named} records", words)
            before = size
