"""Slips of paper for a secret vote: all alike, so that none says whose it was."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _, pgettext

from comuna.assemblies import queries
from comuna.assemblies.pages.reader import standing_or_404
from comuna.assemblies.pages.words import motion_words, numbers_of, session_words
from comuna.assemblies.queries import Standing
from comuna.mandates.queries import seat_words
from comuna.territory.queries import commune

SLIPS_MAX = 2_000
LINES_MAX = 9  # names on one slip


def slips(request: HttpRequest, id: UUID) -> HttpResponse:
    """As many as people are present, or ``?n=``: for the motion that waits or ``?motion=``, or with lines to write
    names on for a seat (``?seat=``, ``?names=``)."""
    stands = standing_or_404(id)
    seat = request.GET.get("seat", "")
    count = _number(request, "n", stands.present or 1, SLIPS_MAX)
    context = {
        "title": session_words(stands.statute, stands.session),
        "commune": commune(stands.session.commune).name,
        "asked": _seat(stands, seat) if seat else _motion(request, stands),
        "answers": [] if seat else [pgettext("slip", "In favour"), pgettext("slip", "Against")],
        "lines": range(_number(request, "names", 1, LINES_MAX) if seat else 0),
        "slips": range(count),
        "count": count,
        "max": SLIPS_MAX,
        "kept": [(name, request.GET[name]) for name in ("motion", "seat", "names") if name in request.GET],
        "back": reverse("assemblies:session", args=[id]),
    }
    return render(request, "assemblies/slips.html", context)


def _number(request: HttpRequest, name: str, otherwise: int, most: int) -> int:
    text = request.GET.get(name, "")
    return min(max(int(text), 1), most) if text.isdecimal() and len(text) < 7 else otherwise


def _motion(request: HttpRequest, stands: Standing) -> str:
    """Raises Http404."""
    agenda = queries.items(stands.session.id)
    wanted = request.GET.get("motion", "")
    motions = [held for item in agenda for held in item.motions]
    held = next((one for one in motions if str(one.motion.id) == wanted), None) or queries.next_to_vote(agenda)
    if held is None:
        raise Http404
    words = _("Motion {number}: {text}")
    return words.format(number=held.motion.number, text=motion_words(held, numbers_of(agenda)))


def _seat(stands: Standing, seat: str) -> str:
    """Raises Http404."""
    if seat not in stands.statute.seats_by_id:
        raise Http404
    return seat_words(stands.statute, seat)
