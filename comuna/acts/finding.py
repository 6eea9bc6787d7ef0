"""Words of the books that anybody may read, kept so that they are found at once.

The index is a *local* table. It is not truth: nobody did anything when it changed. It is not state either, though
only the state makes it: no act reads it, its keys are counted up, and each engine keeps it in its own way. As it is
``derived``, no copy carries it: replaying the journal makes it again at its end.

Rooms say which of their words are meant (``Source``), and ``web`` plugs them in. A *document* is what is found as one:
a session with its agenda, a motion. ``Performed``, the only pen, notes to which documents its rows belong, and
``follow`` puts these right in the act's own transaction: the index is never behind, and what is taken back or erased
is gone from it with the act. It holds words folded, sorted, each once; what a page shows it reads from the state.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any, NamedTuple
from uuid import UUID

from django.db import DatabaseError, connection
from django.db.models import QuerySet

from comuna.acts.models import Entry
from comuna.acts.rules import Term, words_in
from comuna.acts.wordsindex import VECTOR
from comuna.journal import rawrows, sql
from comuna.journal.lock import writing
from comuna.journal.tables import State
from comuna.journal.verify import Finding

_DAY_BITS = 24
_ROWS_AT_ONCE = 500
_TABLE = Entry._meta.db_table
_INDEX = Entry._meta.indexes[0].name


class Document(NamedTuple):
    """What is found as one, with its words as they stand in the state."""

    of: UUID
    kind: str
    day: date
    words: tuple[str, ...]  # texts; all empty where they were erased
    council: str = ""  # slug of the one whose it is; empty: of the whole commune


@dataclass(frozen=True)
class Source:
    """Words of a room that anybody may read."""

    documents: Callable[[Collection[UUID] | None], Iterable[Document]]
    """Those with these ids, of which some may be there no more; all of them for None."""

    paths: Mapping[type[State], str | tuple[str, ...]]
    """Every table whose rows the documents are made of, and from such a row the way, or ways, to its document's id."""

    kinds: frozenset[str]
    """Those that its documents are of."""


_sources: tuple[Source, ...] = ()
_ways: dict[type[State], list[tuple[int, str]]] = {}
"""Of each table the numbers of the sources whose documents its rows belong to, and the way there."""


def plug(*sources: Source) -> None:
    """Called once at start, by ``web``."""
    global _sources
    _sources = sources
    _ways.clear()
    for number, source in enumerate(sources):
        for model, paths in source.paths.items():
            for path in (paths,) if isinstance(paths, str) else paths:
                _ways.setdefault(model, []).append((number, path))


@contextmanager
def indexed_at_the_end() -> Iterator[None]:
    """Where thousands of acts follow one another in new books: the documents are written once, when all is done."""
    sources = _sources
    plug()
    try:
        yield
    finally:
        plug(*sources)
    with writing():
        build()


class Stale:
    """The documents whose rows an act wrote."""

    def __init__(self) -> None:
        self.ids: dict[int, set[UUID]] = {}

    def follows(self, model: type[State]) -> bool:
        """Whether rows of this table are of documents."""
        return bool(_ways.get(model))

    def note(self, model: type[State], rows: Iterable[Mapping[str, Any]]) -> None:
        """New rows, as they were written."""
        for number, path in _ways.get(model, ()):
            known = {row[path] for row in rows if path in row}
            self.ids.setdefault(number, set()).update(known)
            if not known:
                self.note_found(model, model._default_manager.filter(pk__in=[row["id"] for row in rows]))

    def note_found(self, model: type[State], rows: QuerySet[Any]) -> None:
        """Rows that stand there: after they were changed, or before they are taken away."""
        for number, path in _ways.get(model, ()):
            self.ids.setdefault(number, set()).update(id for id in rows.values_list(path, flat=True) if id is not None)


def follow(stale: Stale, *, erasing: bool) -> None:
    """Put the noted documents right. Call in the act's transaction, after ``apply``."""
    for number, ids in stale.ids.items():
        wanted = [_entry(one) for one in _sources[number].documents(ids)]
        _replace(ids, [one for one in wanted if one is not None])
    if erasing and connection.vendor == "sqlite":
        _command("rebuild")  # of a word that is deleted alone, a page's boundary may keep the beginning


class _New(NamedTuple):
    of: UUID
    kind: str
    day: date
    words: str


def _entry(one: Document) -> _New | None:
    """None where nothing is left to be found."""
    words = sorted({word for text in one.words for word in words_in(text)})
    marks = [_mark(one.kind), *([_mark_of(one.council)] if one.council else [])]
    return _New(one.of, one.kind, one.day, " ".join([*marks, *words])) if words else None


def _mark(kind: str) -> str:
    """A word that no text has: none there holds a ``_``."""
    return f"kind_{kind}"


def _mark_of(council: str) -> str:
    return f"of_{council.replace('-', '_')}"


def _replace(ids: Collection[UUID], wanted: Sequence[_New]) -> None:
    standing = {row.of: row for row in Entry.objects.filter(of__in=ids)}
    kept = {one.of for one in wanted if one.of in standing and _is_same(standing[one.of], one)}
    gone = [row for of, row in standing.items() if of not in kept]
    if gone:
        if connection.vendor == "sqlite":
            _command("secure-delete", 1)
            for row in gone:
                sql.rows(f"INSERT INTO {_INDEX} ({_INDEX}, rowid, words) VALUES ('delete', %s, %s)", row.id, row.words)
        Entry.objects.filter(pk__in=[row.pk for row in gone]).delete()
    next_of: dict[date, int] = {}
    for one in wanted:
        if one.of in kept:
            continue
        if one.day not in next_of:
            last = sql.one(f"SELECT MAX(id) FROM {_TABLE} WHERE id BETWEEN %s AND %s", *_keys(one.day, one.day))
            next_of[one.day] = (last[0] if last and last[0] else first_of(one.day)) + 1
        _insert([_row(one, next_of[one.day])])
        next_of[one.day] += 1


def _is_same(row: Entry, one: _New) -> bool:
    return (row.kind, row.words, row.pk >> _DAY_BITS) == (one.kind, one.words, one.day.toordinal())


def _row(one: _New, id: int) -> dict[str, Any]:
    return {"id": id, "of": one.of, "kind": one.kind, "words": one.words}


def _insert(rows: list[dict[str, Any]]) -> None:
    sql.insert(Entry, rows)
    if connection.vendor == "sqlite":
        _command("secure-delete", 1)
        with connection.cursor() as cursor:
            cursor.executemany(
                f"INSERT INTO {_INDEX} (rowid, words) VALUES (%s, %s)", [(row["id"], row["words"]) for row in rows]
            )


def first_of(day: date) -> int:
    """Below every key of that day and above those of the day before."""
    return day.toordinal() << _DAY_BITS


def _keys(first: date, last: date) -> tuple[int, int]:
    return first_of(first), first_of(last) + (1 << _DAY_BITS) - 1


def _command(name: str, value: int | None = None) -> None:
    """One of FTS5's own commands, which are spelled as rows. Raises DatabaseError."""
    sql.rows(f"INSERT INTO {_INDEX} ({_INDEX}, rank) VALUES (%s, %s)", name, value)


def build() -> int:
    """The whole index anew, from the state as it stands; how many documents. Call in a transaction that writes."""
    Entry.objects.all().delete()
    if connection.vendor == "sqlite":
        _command("delete-all")
        sql.rows(f"DELETE FROM {_INDEX}_config WHERE k <> 'version'")
        _command("secure-delete", 1)
    last_of: dict[date, int] = {}
    count = 0
    made = (entry for source in _sources for one in source.documents(None) if (entry := _entry(one)))
    while some := list(islice(made, _ROWS_AT_ONCE)):
        rows = []
        for one in some:
            last_of[one.day] = last_of.get(one.day, first_of(one.day)) + 1
            rows.append(_row(one, last_of[one.day]))
        sql.insert(Entry, rows)
        count += len(rows)
    if connection.vendor == "sqlite":
        _command("rebuild")
    return count


class Asked(NamedTuple):
    """What is looked for: documents with words that fit every term, of one kind or of any (""), of one year or of
    any, of one council by its slug or of all."""

    terms: Sequence[Term]
    kind: str = ""
    year: int | None = None
    council: str = ""


def found(asked: Asked, most: int) -> list[int]:
    """The keys of what is found, newest day first, up to so many. One statement; without terms nothing is."""
    if not asked.terms:
        return []
    marks = [(_mark(asked.kind), False)] if asked.kind else []
    marks += [(_mark_of(asked.council), False)] if asked.council else []
    year = asked.year
    keys = _keys(date(year, 1, 1), date(year, 12, 31)) if year else _keys(date.min, date.max)
    if connection.vendor == "postgresql":
        words = " & ".join(f"'{word}'" + ":*" * is_prefix for word, is_prefix in [*asked.terms, *marks])
        where = f"id FROM {_TABLE} WHERE {VECTOR} @@ CAST(%s AS tsquery) AND id BETWEEN %s AND %s ORDER BY id"
    else:
        words = " AND ".join(f'"{word}"' + "*" * is_prefix for word, is_prefix in [*asked.terms, *marks])
        where = f"rowid FROM {_INDEX} WHERE {_INDEX} MATCH %s AND rowid BETWEEN %s AND %s ORDER BY rowid"
    return [key for (key,) in sql.rows(f"SELECT {where} DESC LIMIT %s", words, *keys, most)]


def kinds(keys: Sequence[int]) -> list[tuple[UUID, str]]:
    """The ids and kinds of the documents with these keys, in their order. One statement."""
    rows = {row.pk: row for row in Entry.objects.filter(pk__in=keys)}
    return [(rows[key].of, rows[key].kind) for key in keys if key in rows]


def documents(of_kind: Mapping[str, Collection[UUID]]) -> dict[UUID, Document]:
    """What is found, as it stands in the state, by its id. ``of_kind`` are the ids of each kind; no room is asked of
    whose kinds there are none."""
    found: dict[UUID, Document] = {}
    for source in _sources:
        ids = [id for kind in source.kinds & of_kind.keys() for id in of_kind[kind]]
        if ids:
            found |= {one.of: one for one in source.documents(ids)}
    return found


def years() -> range:
    """From the first to the last year of which anything is kept."""
    ends = sql.one(f"SELECT MIN(id), MAX(id) FROM {_TABLE}")
    if ends is None or ends[0] is None:
        return range(0)
    first, last = (date.fromordinal(key >> _DAY_BITS).year for key in ends)
    return range(first, last + 1)


def faults() -> Iterator[Finding]:
    """Every document that the index does not hold as the state has it, every row too many, and on SQLite whether its
    own tables hold what the rows say and forget what is deleted."""
    left = {str(row["of"]): row for row in rawrows.rows(Entry)}
    for source in _sources:
        for one in source.documents(None):
            wanted, row = _entry(one), left.pop(one.of.hex, None)
            if wanted is None and row is None:
                continue
            if wanted is None or row is None:
                words = "these words are in the state no more" if row else "not there, although the state has its words"
                yield Finding(_TABLE, one.of.hex, words)
            else:
                yield from _differences(row, wanted)
    for of in left:
        yield Finding(_TABLE, of, "nothing in the state has these words")
    if connection.vendor == "sqlite":
        yield from _faults_of_fts5()


def _differences(row: rawrows.RawRow, wanted: _New) -> Iterator[Finding]:
    key = str(row["id"])
    if not key.isdecimal() or int(key) >> _DAY_BITS != wanted.day.toordinal():
        yield Finding(_TABLE, wanted.of.hex, "column id: not of the document's day")
    for column, said in (("kind", wanted.kind), ("words", wanted.words)):
        if row[column] != said:
            yield Finding(_TABLE, wanted.of.hex, f"column {column}: differs from what the state says")


def _faults_of_fts5() -> Iterator[Finding]:
    try:
        _command("integrity-check", 1)
        settings = dict(sql.rows(f"SELECT k, v FROM {_INDEX}_config"))
    except DatabaseError as error:
        yield Finding(_INDEX, "", f"does not hold the words of {_TABLE}: {error}")
        return
    version = settings.pop("version", None)
    if version not in (4, 5) or settings not in ({}, {"secure-delete": 1}):
        yield Finding(f"{_INDEX}_config", "", "not the settings that this program makes")
    if not settings and Entry.objects.exists():
        yield Finding(f"{_INDEX}_config", "secure-delete", "deleted words are not overwritten")
