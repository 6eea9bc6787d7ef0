"""Telling people: the convocation as text for a chat, as a poster, and the session on a wall."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from comuna.acts import clock
from comuna.acts.authority import authority
from comuna.assemblies import queries
from comuna.assemblies.pages import also
from comuna.assemblies.pages.reader import reader, standing_or_404
from comuna.assemblies.pages.states import bar_of, current_item
from comuna.assemblies.pages.words import (
    call_words,
    differing_words,
    erased_or,
    item_words,
    motion_status,
    motion_words,
    moves_words,
    numbers_of,
    organ_words,
    present_words,
    quorum_words,
    resolution_words,
    session_words,
    tally_words,
    task_words,
    title_of,
    title_words,
    vote_status,
)
from comuna.assemblies.queries import ItemStanding, Standing
from comuna.look.frame import PageFrame
from comuna.look.paper import host_of, link_of
from comuna.look.words import hour_words, moment_words, number_words
from comuna.statutes import rules as counting
from comuna.statutes.words import call as call_rule, majority as majority_rule
from comuna.territory.queries import commune


@never_cache
def notice(request: HttpRequest, id: UUID) -> HttpResponse:
    """Plain text to copy: the convocation, or once it is over what was decided."""
    stands = standing_or_404(id)
    items = queries.agenda(stands)
    over = stands.closure is not None
    text = _decided(request, stands, items) if over else _convocation(request, stands, items)
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


def _convocation(request: HttpRequest, stands: Standing, items: list[ItemStanding]) -> str:
    session = stands.session
    lines = [commune(session.commune).name, organ_words(stands.statute, session.organ).upper(), ""]
    if stands.cancellation is not None:
        lines += [_("CANCELLED: {reason}").format(reason=erased_or(stands.cancellation.reason)), ""]
    lines += [moment_words(stands.day, stands.hour), erased_or(session.place), *_moved(stands), ""]
    papers = also.papers_under(stands)
    for held in items:
        lines.append(item_words(held))
        lines += [_paper_words(request, paper) for paper in papers.get(held.item.id, [])]
    lines += ["", _calls(stands), *_read_on(request, reverse("assemblies:session", args=[session.id]))]
    return "\n".join(lines) + "\n"


def _paper_words(request: HttpRequest, paper: also.Paper) -> str:
    """``   Accounts of the council until 31 March: https://…``"""
    link = link_of(request, paper.path)
    return f"   {paper.words}: {link}" if link else f"   {paper.words}"


def _moved(stands: Standing) -> list[str]:
    """``Moved on 12 February, from Friday 20 February, 9:00``."""
    return [_("Moved {when}").format(when=words) for words in moves_words(stands.moves, stands.session)]


def _calls(stands: Standing) -> str:
    """``First call: 30 % of everybody entitled. Second call: …``"""
    said = [f"{call_words(call.number)}: {call_rule(call)}" for call in stands.organ.calls]
    return ". ".join(f"{one[:1].upper()}{one[1:]}" for one in said) + "."


def _decided(request: HttpRequest, stands: Standing, items: list[ItemStanding]) -> str:
    session = stands.session
    lines = [commune(session.commune).name, session_words(stands.statute, session), ""]
    lines += [moment_words(stands.day, stands.hour), quorum_words(stands.calls[-1]), ""]
    for held in (motion for item in items for motion in item.motions):
        if held.tally is None:
            continue
        head = resolution_words(held.resolution) if held.resolution else str(vote_status(held.tally).words)
        lines.append(f"{head}: {motion_words(held, numbers_of(items))}")
        lines.append(f"   {tally_words(held.tally)}")
        task = task_words(stands, held)
        if task and held.resolution:
            lines.append(f"   {task}")
    if not any(item.motions for item in items):
        lines.append(_("Nothing was decided."))
    lines += _read_on(request, reverse("assemblies:minutes", args=[session.id]))
    return "\n".join(lines) + "\n"


def _read_on(request: HttpRequest, path: str) -> list[str]:
    """The link at the end of a message; none that leads nowhere."""
    link = link_of(request, path)
    return ["", link] if link else []


def poster(request: HttpRequest, id: UUID) -> HttpResponse:
    """A sheet for the wall, with a QR code that leads to the session and the address that a person can type."""
    stands = standing_or_404(id)
    session, papers = stands.session, also.papers_under(stands)
    context = {
        "title": session_words(stands.statute, session),
        "organ": organ_words(stands.statute, session.organ),
        "everybody": stands.everyone_sits,
        "moment": moment_words(stands.day, stands.hour),
        "place": erased_or(session.place),
        "moved": _moved(stands),
        "agenda": [
            (title_words(held), [paper.words for paper in papers.get(held.item.id, [])])
            for held in queries.agenda(stands)
        ],
        "calls": _calls(stands),
        "cancelled": erased_or(stands.cancellation.reason) if stands.cancellation else "",
        "where": link_of(request, reverse("assemblies:session", args=[id])),
        "host": host_of(request),
        "back": reverse("assemblies:session", args=[id]),
    }
    return render(request, "assemblies/poster.html", context)


def _to_pass(stands: Standing) -> str:
    """How many votes in favour the motion needs, or the rule where that depends on the votes cast."""
    majority = stands.organ.decision
    if majority is None:
        return ""
    needed = counting.votes_needed(majority, queries.counts_of(stands, stands.present))
    said = majority_rule(majority) if needed is None else f"{number_words(needed)} ({majority_rule(majority)})"
    return _("To pass: {needed}").format(needed=said)


@never_cache
def screen(request: HttpRequest, id: UUID) -> HttpResponse:
    """For the projector: the item, the count and the clock; it renews itself."""
    stands, one = standing_or_404(id), reader(request)
    items = queries.agenda(stands)
    current = current_item(stands, items)
    open_motion = queries.next_to_vote([current]) if current else None
    counted = [held for item in items for held in item.motions if held.tally is not None]
    last = max(counted, key=lambda held: held.tally.born if held.tally else 0) if counted else None
    shows_last = open_motion is None and last is not None
    shown = open_motion or (last if shows_last else None)
    clock_here = clock.now().astimezone(authority().time_zone(one.commune))
    context = {
        "title": session_words(stands.statute, stands.session),
        "clock": hour_words(f"{clock_here:%H:%M}"),
        "item": f"{current.item.number}. {title_of(current.item)}" if current else "",
        "motion": motion_words(shown, numbers_of(items)) if shown else "",
        "outcome": vote_status(last.tally) if last and shows_last else None,
        "count": tally_words(last.tally) if last and last.tally and shows_last else "",
        "quorum": quorum_words(stands.calls[-1]) if stands.calls else present_words(stands.present),
        "again": differing_words(open_motion.differing[-1]) if open_motion and open_motion.differing else "",
        "to_pass": _to_pass(stands) if open_motion else "",
        "agenda": [] if stands.calls else [item_words(held) for held in items],
        "results": [
            (motion_words(held, numbers_of(items)), motion_status(held), tally_words(held.tally) if held.tally else "")
            for item in items
            for held in item.motions
            if not held.is_open and held is not shown
        ],
        "bar": bar_of(stands),
        "frame": PageFrame(commune=commune(one.commune).name),  # no doors: the reader is a wall
    }
    return render(request, "assemblies/screen.html", context)
