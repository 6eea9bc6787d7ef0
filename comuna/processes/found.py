"""Which words of this room are found by the search: what was said of each step and paper, and why a process stopped."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from uuid import UUID

from comuna.acts.finding import Document, Source
from comuna.processes.models import ProcessRun, ProcessStop, StepDone

PROCESS = "process"


def _processes(ids: Collection[UUID] | None) -> Iterator[Document]:
    wanted = ProcessRun.objects.all() if ids is None else ProcessRun.objects.filter(pk__in=ids)
    runs = list(wanted.order_by("born").values_list("id", "day", "council", "origin_words", "stop__reason"))
    said: dict[UUID, list[str]] = {}
    steps = StepDone.objects.filter(run__in=[id for id, *_rest in runs]).order_by("born")
    for id, words in steps.values_list("run_id", "words") if runs else ():
        said.setdefault(id, []).append(words)
    for id, day, council, *texts in runs:
        yield Document(id, PROCESS, day, (*(text or "" for text in texts), *said.get(id, ())), council or "")


PROCESSES = Source(_processes, {ProcessRun: "id", StepDone: "run_id", ProcessStop: "run_id"}, frozenset({PROCESS}))
