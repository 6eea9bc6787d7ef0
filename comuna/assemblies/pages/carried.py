"""Earlier decisions that stand on an agenda by themselves: not done yet, or to be ratified."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.urls import reverse
from django.utils.translation import gettext as _, pgettext

from comuna.assemblies import queries
from comuna.assemblies.models import FollowUp
from comuna.assemblies.pages.words import erased_or, ratified_status, resolution_words, responsible_words, title_of
from comuna.assemblies.queries import ItemStanding, ResolutionStanding, Standing
from comuna.assemblies.queries.motions import FOLLOW_UP
from comuna.look.parts import Line, Lines, Part, Section, Sign, Status
from comuna.look.words import day_words
from comuna.mandates.pages.reader import today_in


def _nothing(held: ItemStanding) -> list[Part]:
    return []


def carried(
    stands: Standing,
    items: Sequence[ItemStanding],
    noted: Callable[[ItemStanding], list[Part]] = _nothing,
    *,
    wide: bool = False,
) -> list[Part]:
    """With what was said of each by the end of the session, so that minutes say the same for ever; ``noted`` gives
    what else stands under an item."""
    found = queries.carried_onto(stands)
    return [
        Section(
            f"{held.item.number}. {title_of(held.item)}",
            [*noted(held), Lines([_line(stands, held, each) for each in found[held.item.id]])],
            wide=wide,
        )
        for held in items
        if held.item.id in found
    ]


def _line(stands: Standing, held: ItemStanding, each: ResolutionStanding) -> Line:
    due = each.resolution.due_on
    said = _by_then(stands, each)
    answers = [
        resolution_words(each.resolution),
        responsible_words(stands.statute, each.resolution.responsible) or "",
        _("by {day}").format(day=day_words(due, weekday=False)) if due else "",
    ]
    more = [", ".join(filter(None, answers)), erased_or(said.words)[:120] if said else ""]
    return Line(
        erased_or(each.text)[:100],
        more=". ".join(filter(None, more)),
        href=reverse("assemblies:resolution", args=[each.resolution.id]),
        status=_status(stands, each, said) if held.item.kind == FOLLOW_UP else _ratified(stands, each),
    )


def _by_then(stands: Standing, each: ResolutionStanding) -> FollowUp | None:
    """What was said of it last while the session lasted."""
    closing = stands.closure.born if stands.closure else None
    said = [one for one in each.said if closing is None or one.born < closing]
    return said[-1] if said else None


def _status(stands: Standing, each: ResolutionStanding, said: FollowUp | None) -> Status:
    if said is not None and said.done:
        return Status(Sign.DONE, pgettext("decision", "done"))
    day = min(today_in(stands.session.commune), stands.day)  # of a session to come: today
    late = each.resolution.due_on is not None and each.resolution.due_on < day
    return (
        Status(Sign.REFUSED, pgettext("decision", "past its day"))
        if late
        else Status(Sign.WAITING, pgettext("decision", "not yet"))
    )


def _ratified(stands: Standing, each: ResolutionStanding) -> Status | None:
    closing = stands.closure.born if stands.closure else None
    if closing is not None and each.ratified is not None and each.ratified.born > closing:
        return Status(Sign.WAITING, pgettext("decision", "to be ratified"))
    return ratified_status(each)
