"""What pages say of processes and their steps."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _, ngettext

from comuna.look.parts import Sign, Status
from comuna.look.words import day_words, number_words, share_words
from comuna.mandates.queries import named
from comuna.processes.models import StepDone
from comuna.processes.queries import Standing, StepStanding
from comuna.processes.rules import Stage
from comuna.statutes.councils import Council
from comuna.statutes.processes import Begins, Process

ERASED = "—"


def process_words(process: Process, council: str, councils: tuple[Council, ...]) -> str:
    """``Renewal of spokespeople · El Mirador``."""
    name = next((one.name for one in councils if one.slug == council), council)
    return " · ".join(filter(None, [named(process.name), name]))


def step_status(one: StepStanding) -> Status:
    return Status(
        *{
            Stage.DONE: (Sign.DONE, _("done")),
            Stage.LOST: (Sign.REFUSED, _("not approved")),
            Stage.LATE: (Sign.REFUSED, _("past its day")),
            Stage.NEXT: (Sign.WAITING, _("can be done now")),
            Stage.WAITING: (Sign.PLAIN, _("later")),
        }[one.stage]
    )


def step_when(one: StepStanding, day: date) -> str:
    """``done on 4 March``, with how late it was; ``until 4 March``."""
    if one.done is None:
        return _("until {day}").format(day=day_words(one.due_on, today=day, weekday=False))
    said = _("done on {day}").format(day=day_words(one.done.day, today=day, weekday=False))
    late = (one.done.day - one.due_on).days
    if late <= 0:
        return said
    words = ngettext("{n} day late", "{n} days late", late).format(n=number_words(late))
    return f"{said}, {words}"


def run_status(stands: Standing) -> Status:
    if stands.stop is not None:
        return Status(Sign.PLAIN, _("stopped"))
    if stands.is_done:
        return Status(Sign.DONE, _("all done"))
    nearest = stands.next
    return step_status(nearest) if nearest else Status(Sign.REFUSED, _("not approved"))


def next_words(stands: Standing, day: date) -> str:
    """What is due next and until when."""
    nearest = stands.next
    if stands.stop is not None:
        return _("stopped on {day}").format(day=day_words(stands.stop.day, today=day, weekday=False))
    if nearest is None:
        return _("All steps are done.") if stands.is_done else _("A vote was not approved, so nothing follows from it.")
    until = day_words(nearest.due_on, today=day, weekday=False)
    return _("Next: {step}, until {day}").format(step=named(nearest.step.name), day=until)


def turnout_words(done: StepDone) -> str:
    """``1,204 of 6,100 (19 %); needed: 915``."""
    assert done.turnout is not None and done.roll is not None and done.needed is not None
    said = _("{share} took part; needed: {needed}")
    return said.format(share=share_words(done.turnout, done.roll), needed=number_words(done.needed))


def roll_words(done: StepDone) -> list[str]:
    """What the books' own roll was, where the vote went by another; and why."""
    if done.books_roll is None or done.books_roll == done.roll:
        return []
    said = _("On the books' roll of that day were {n}. Another roll was used, because: {reason}")
    return [said.format(n=number_words(done.books_roll), reason=done.roll_reason or ERASED)]


def counted_once_words(facts: Any) -> str:
    """The figures of a vote that was taken back; "" of any other step."""
    if facts.turnout is None:
        return ""
    return _("{votes_for} for, {against} against").format(
        votes_for=number_words(facts.votes_for), against=number_words(facts.against)
    )


def vote_words(done: StepDone) -> str:
    """What the vote decided, and why."""
    assert done.votes_for is not None and done.against is not None
    votes = _("{votes_for} for, {against} against").format(
        votes_for=number_words(done.votes_for), against=number_words(done.against)
    )
    if not done.reached:
        return _("Not approved: too few took part ({votes}).").format(votes=votes)
    words = _("Approved: {votes}.") if done.passed else _("Not approved: {votes}.")
    return words.format(votes=votes)


def counted_words(stands: Standing, day: date) -> str:
    """From which day its deadlines are counted."""
    run = stands.run
    start = day_words(run.counted_from, weekday=False)
    if stands.process.begins is Begins.FOUNDING:
        return _("from {day} on").format(day=start)
    if run.ends_first and run.ends_first < run.day:
        return _("back from {day}: the first mandate was over already when it began").format(day=start)
    return _("back from {day}, when the first mandate ends").format(day=start)
