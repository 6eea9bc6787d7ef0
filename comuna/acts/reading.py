"""Records back into acts: for replay, for the thread, for proposals that wait."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any
from uuid import UUID

from comuna.acts.act import Act, By, Cite, GroundRole, act_of
from comuna.acts.split import join
from comuna.journal.models import Commitment, PrivatePart, Record

_BATCH = 500


@dataclass(frozen=True)
class ReadAct:
    """A record with its act and facts put together again; erased words are blank."""

    record: Record
    act: Act
    facts: Any
    by: By
    cites: tuple[Cite, ...]
    content: dict[str, Any]


def read_all(records: Iterable[Record]) -> Iterator[ReadAct]:
    """In the order given; two statements for every few hundred records."""
    stream = iter(records)
    while batch := list(islice(stream, _BATCH)):
        yield from _read_batch(batch)


def read_one(id: UUID) -> ReadAct:
    """Raises LookupError."""
    record = Record.objects.filter(pk=id).first()
    if record is None:
        raise LookupError(f"no record has the id {id}")
    return next(_read_batch([record]))


def _read_batch(batch: list[Record]) -> Iterator[ReadAct]:
    words: dict[UUID, dict[str, dict[str, Any]]] = defaultdict(dict)
    subjects: dict[UUID, dict[str, UUID]] = defaultdict(dict)
    with_parts = [record.id for record in batch if b'"parts":' in bytes(record.body)]
    if with_parts:
        commitments = {
            row[0]: row
            for row in Commitment.objects.filter(record__in=with_parts).values_list("id", "record", "slot", "subject")
        }
        for _id, record, slot, subject in commitments.values():
            subjects[record][slot] = subject
        ids = list(commitments)
        for start in range(0, len(ids), _BATCH):
            for part, data in PrivatePart.objects.filter(pk__in=ids[start : start + _BATCH]).values_list("id", "body"):
                _, record, slot, _ = commitments[part]
                words[record].setdefault(slot, {}).update(json.loads(bytes(data)))
    for record in batch:
        body = json.loads(bytes(record.body))
        act_class = act_of(record.verb)
        own_words, own_subjects = words.get(record.id, {}), subjects.get(record.id, {})
        act = join(act_class, body["fields"], "fields", own_words, own_subjects)
        yield ReadAct(
            record=record,
            act=act,
            facts=join(act_class.Facts, body.get("facts", {}), "facts", own_words, own_subjects),
            by=_by(act, body.get("by", {})),
            cites=tuple(
                Cite(UUID(edge["act"]), GroundRole(edge["role"]), edge["row"]) for edge in body.get("grounds", ())
            ),
            content=body,
        )


def _by(act: Act, by: dict[str, str]) -> By:
    if not by and act.own_name and act.about:  # who asked for herself is whom it is about; None once that was erased
        return By(person=getattr(act, act.about))
    return By(
        mandate=UUID(by["mandate"]) if "mandate" in by else None,
        person=UUID(by["person"]) if "person" in by else None,
    )
