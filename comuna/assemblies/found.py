"""Which words of this room are found by the search: those that anybody reads on its pages, nobody's attendance.

A session with its place, its agenda, what was said under it and why it was cancelled; a motion; once it passed, the
decision in the words that were decided, with what was said of it since; a statement, withdrawn ones too.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from comuna.acts.finding import Document, Source
from comuna.assemblies.models import (
    AgendaItem,
    Cancellation,
    FollowUp,
    Motion,
    Note,
    PastMotion,
    PastSession,
    Resolution,
    Session,
    Statement,
)
from comuna.statutes.councils import council_in

SESSION, MOTION, DECISION, STATEMENT = "session", "motion", "decision", "statement"
PAST_SESSION, PAST_MOTION = "past_session", "past_motion"


def _sessions(ids: Collection[UUID] | None) -> Iterator[Document]:
    titles = _texts(AgendaItem.objects.order_by("number"), "session_id", "title", ids)
    reasons = _texts(Cancellation.objects.all(), "session_id", "reason", ids)
    said = [_texts(Note.objects.order_by("born"), "session_id", column, ids) for column in ("who", "words")]
    sessions = Session.objects.all() if ids is None else Session.objects.filter(pk__in=ids)
    for id, day, place, organ in sessions.order_by("born").values_list("id", "sits_on", "place", "organ").iterator(500):
        told = (words for each in said for words in each.get(id, ()))
        yield Document(id, SESSION, day, (*titles.get(id, ()), place, *reasons.get(id, ()), *told), _of(organ))


def _motions(ids: Collection[UUID] | None) -> Iterator[Document]:
    said = _texts(FollowUp.objects.order_by("born"), "resolution__motion_id", "words", ids)
    motions = Motion.objects.all() if ids is None else Motion.objects.filter(pk__in=ids)
    columns = ("id", "session__sits_on", "session__organ", "text", "resolution__id", "resolution__wording__text")
    for id, day, organ, text, resolution, wording in motions.order_by("born").values_list(*columns).iterator(500):
        words = wording if resolution else text
        yield Document(id, DECISION if resolution else MOTION, day, (words, *said.get(id, ())), _of(organ))


def _statements(ids: Collection[UUID] | None) -> Iterator[Document]:
    rows = Statement.objects.all() if ids is None else Statement.objects.filter(pk__in=ids)
    columns = ("id", "on", "resolution__organ", "title", "text")
    for id, day, organ, *words in rows.order_by("born").values_list(*columns).iterator(500):
        yield Document(id, STATEMENT, day, tuple(words), _of(organ))


def _past_sessions(ids: Collection[UUID] | None) -> Iterator[Document]:
    rows = PastSession.objects.all() if ids is None else PastSession.objects.filter(pk__in=ids)
    columns = ("id", "day", "organ", "title", "organ_words", "place")
    for id, day, organ, *words in rows.order_by("born", "id").values_list(*columns).iterator(500):
        yield Document(id, PAST_SESSION, day, tuple(words), _of(organ))


def _past_motions(ids: Collection[UUID] | None) -> Iterator[Document]:
    rows = PastMotion.objects.all() if ids is None else PastMotion.objects.filter(pk__in=ids)
    columns = ("id", "session__day", "session__organ", "item", "text")
    for id, day, organ, *words in rows.order_by("born", "id").values_list(*columns).iterator(500):
        yield Document(id, PAST_MOTION, day, tuple(words), _of(organ))


def _of(organ: str | None) -> str:
    """The slug of the organ's council; empty for one of the whole commune."""
    return council_in(organ or "") or ""


def _texts(rows: QuerySet[Any], of: str, column: str, ids: Collection[UUID] | None) -> dict[UUID, list[str]]:
    """The column's texts by what they belong to."""
    found: dict[UUID, list[str]] = {}
    chosen = rows if ids is None else rows.filter(**{f"{of}__in": ids})
    for id, text in chosen.values_list(of, column).iterator(500):
        found.setdefault(id, []).append(text)
    return found


PAST_SESSIONS = Source(_past_sessions, {PastSession: "id"}, frozenset({PAST_SESSION}))
PAST_MOTIONS = Source(_past_motions, {PastMotion: "id"}, frozenset({PAST_MOTION}))
SESSIONS = Source(
    _sessions,
    {Session: "id", AgendaItem: "session_id", Note: "session_id", Cancellation: "session_id"},
    frozenset({SESSION}),
)
MOTIONS = Source(
    _motions,
    {Motion: ("id", "worded__motion_id"), Resolution: "motion_id", FollowUp: "resolution__motion_id"},
    frozenset({MOTION, DECISION}),
)
STATEMENTS = Source(_statements, {Statement: "id"}, frozenset({STATEMENT}))
