"""The tables [[process]] and [[process.step]] of a statute's file, and what must hold of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from comuna.statutes.known import Known
from comuna.statutes.positions import Path
from comuna.statutes.processes import Begins, Process, ProcessStep, StepVote
from comuna.statutes.reading import DAYS_MAX, Table
from comuna.statutes.values import Base, Majority, MajorityKind, Rule, Share

RECORD_STEP = "processes.record_step"


def read_process(table: Table, known: Known) -> Process:
    steps = table.tables("step")
    ids = {step.id("id") for step in steps} - {""}
    process = Process(
        rule=table.rule(),
        id=table.id("id"),
        name=table.names("name"),
        begins=table.choice("begins", Begins),
        steps=tuple(_step(step, known, ids) for step in steps),
    )
    table.finish()
    return process


def _step(table: Table, known: Known, ids: set[str]) -> ProcessStep:
    step = ProcessStep(
        rule=table.rule(),
        id=table.id("id"),
        name=table.names("name"),
        by=known.expand(table.some_of("by", known.seats)),
        days=table.whole("days", 0, DAYS_MAX),
        after=table.some_of("after", ids, optional=True),
        wait_days=table.whole("wait_days", 0, DAYS_MAX, default=0),
        within_days=table.whole("within_days", 0, DAYS_MAX) if table.has("within_days") else None,
        vote=_vote(table.table("vote"), known) if table.has("vote") else None,
    )
    table.finish()
    return step


def _vote(table: Table, known: Known) -> StepVote:
    vote = StepVote(
        majority=known.majorities.pick(table, "majority") or Majority(table.nowhere, MajorityKind.SIMPLE),
        share=known.shares.pick(table, "share") or Share(table.nowhere, people=0),
    )
    table.finish()
    return vote


# Checked once all has been read


class Note(Protocol):
    def __call__(self, path: Path, words: Promise, **values: object) -> None: ...


def process_faults(processes: tuple[Process, ...], recording: Iterable[str], note: Note) -> None:
    """Note what is wrong; ``recording`` are the seats that may record steps."""
    ids: set[str] = set()
    for number, process in enumerate(processes):
        path: Path = ("process", number)
        if process.id in ids:
            note((*path, "id"), _("process {process} stands twice"), process=process.id)
        ids.add(process.id)
        if not process.steps:
            note(path, _("process {process} has no [[process.step]]"), process=process.id)
        before: set[str] = set()
        for place, step in enumerate(process.steps):
            _step_faults(step, (*path, "step", place), before, set(recording), note)
            before.add(step.id)


def _step_faults(step: ProcessStep, path: Path, before: set[str], recording: set[str], note: Note) -> None:
    if step.id in before:
        note((*path, "id"), _("step {step} stands twice in its process"), step=step.id)
    for other in step.after:
        if other not in before:
            words = _("step {step} comes after {other}, which must stand above it")
            note((*path, "after"), words, step=step.id, other=other)
    if not step.after and (step.wait_days or step.within_days is not None):
        key = "wait_days" if step.wait_days else "within_days"
        note((*path, key), _("step {step}: {key} is counted from the steps in after"), step=step.id, key=key)
    for seat in step.by:
        if seat not in recording:
            words = _("step {step}: seat {seat} records it, but no [[power]] gives it {act}")
            note((*path, "by"), words, step=step.id, seat=seat, act=RECORD_STEP)
    if step.vote is None:
        return
    if step.vote.share.part is not None and step.vote.share.base is not Base.ROLL:
        words = _("step {step}: {rule} must be a share of roll, or a number of people")
        note((*path, "vote"), words, step=step.id, rule=step.vote.share.rule.id)
    majority = step.vote.majority
    if majority.kind is not MajorityKind.PLURALITY and majority.base not in (Base.ROLL, Base.PRESENT, Base.CAST):
        words = _("step {step}: {rule} must be a majority of roll, present or cast")
        note((*path, "vote"), words, step=step.id, rule=majority.rule.id)


def process_rules(processes: tuple[Process, ...]) -> Iterable[tuple[Path, Rule]]:
    """Every rule of the processes with the table in which it stands or is named."""
    for number, process in enumerate(processes):
        yield ("process", number), process.rule
        for place, step in enumerate(process.steps):
            path: Path = ("process", number, "step", place)
            yield path, step.rule
            if step.vote:
                yield path, step.vote.majority.rule
                yield path, step.vote.share.rule
