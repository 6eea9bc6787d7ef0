"""What acts on a process ask of the books: the process, its session, what the papers of a vote come to."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Protocol
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from comuna.acts.act import World
from comuna.acts.refusal import Refused, Words, refuse_if
from comuna.assemblies import queries as assemblies
from comuna.assemblies.acts.sitting import was_decided_in
from comuna.assemblies.models import Session
from comuna.look.words import number_words
from comuna.processes import queries
from comuna.processes.models import ProcessRun
from comuna.processes.queries import Standing
from comuna.processes.rules import Poll, outcome, total
from comuna.statutes import queries as statutes
from comuna.statutes.councils import council_in
from comuna.statutes.processes import ProcessStep


def process_here(world: World, run: UUID) -> Standing:
    """Raises Refused."""
    row = world.get(ProcessRun, run, field="run")
    try:
        return queries.standing(row.id, world.day)
    except LookupError:
        raise Refused("processes.no-such-process", _("The statute knows no such process here."), field="run") from None


class Counted(Protocol):
    """One polling place as it was typed."""

    council: str | None
    issued: int
    votes_for: int
    against: int
    blank: int
    spoiled: int


class Typed(Protocol):
    """A step as it was typed."""

    day: date
    roll: int | None
    roll_reason: str | None

    @property
    def polls(self) -> Sequence[Counted]: ...


def counted(world: World, step: ProcessStep, typed: Typed, council: str) -> dict[str, Any]:
    """The figures of a vote as facts; none for any other step. The roll is the books' own of that day, or another for
    a reason that everybody reads. Raises Refused where they do not add up."""
    rows = typed.polls

    def refuse(condition: object, rule: str, words: Words, field: str) -> None:
        refuse_if(condition, f"processes.{rule}", words, citation=step.rule.source, field=field)

    if step.vote is None:
        words = _("This step is no vote: it has neither a roll nor polling places.")
        has_roll = typed.roll is not None or typed.roll_reason is not None
        refuse(has_roll or rows, "no-vote", words, "roll" if has_roll else "polls")
        return {}
    books = queries.roll_of(world.commune, council or None, typed.day)
    roll = books if typed.roll is None else typed.roll
    refuse(not roll, "no-roll", _("A vote needs its roll: how many are entitled."), "roll")
    refuse(not rows, "no-papers", _("A vote needs the papers of at least one polling place."), "polls")
    assert roll is not None
    places = [one.council for one in rows]
    refuse(
        len(set(places)) < len(places), "place-twice", _("Each council is one polling place and stands once."), "polls"
    )
    known = {one.slug for one in statutes.councils_of(world.commune, world.day)}
    unknown = [place for place in places if place is not None and place not in known]
    refuse(unknown, "no-such-council", _("The books have no such council."), "polls")
    polls = [Poll(one.issued, one.votes_for, one.against, one.blank, one.spoiled) for one in rows]
    refuse(
        any(one.counted > one.issued for one in polls),
        "papers-do-not-add-up",
        _("More papers were counted than handed out."),
        "polls",
    )
    whole = total(polls)
    refuse(
        roll != books and typed.roll_reason is None,
        "other-roll",
        str(
            _("On the books' roll of that day are {n}. Leave it empty, or say for everybody why it was another.")
        ).format(n=number_words(books)),
        "roll_reason",
    )
    refuse(whole.issued > roll, "more-papers-than-people", _("More papers were handed out than are entitled."), "roll")
    found = outcome(step.vote, roll, whole)
    return {
        "counted_roll": roll,
        "books_roll": books,
        "issued": whole.issued,
        "votes_for": whole.votes_for,
        "against": whole.against,
        "blank": whole.blank,
        "spoiled": whole.spoiled,
        "turnout": found.turnout,
        "needed": found.needed,
        "reached": found.reached,
        "passed": found.passed,
    }


def fitting_session(world: World, session: UUID | None, day: date, council: str, step: ProcessStep) -> None:
    """Raises Refused where a step done on that day cannot rest on the session: whatever it says was done there, as many
    came as the statute asks for, and a vote was one of its votes."""
    if session is None:
        return
    source = step.rule.source
    row = world.get(Session, session, field="session")
    refuse_if(
        row.day > day,
        "processes.session-later",
        _("This session was held after the day of the step."),
        citation=source,
        field="session",
    )
    refuse_if(
        bool(assemblies.ended([row])[1]),
        "processes.session-cancelled",
        _("This session did not take place."),
        citation=source,
        field="session",
    )
    refuse_if(
        bool(council) and council_in(row.organ) not in (None, council),
        "processes.other-council",
        _("This session is of another council."),
        citation=source,
        field="session",
    )
    refuse_if(
        row.id not in assemblies.quorate_among([row.id]),
        "processes.session-without-quorum",
        _("This session had no quorum, or nobody counted who was there: nothing rests on it."),
        citation=source,
        field="session",
    )
    refuse_if(
        step.vote is not None and not was_decided_in(row.id),
        "processes.nothing-decided",
        _("Nothing was voted on in this session."),
        citation=source,
        field="session",
    )
