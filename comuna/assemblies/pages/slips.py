"""Slips of paper for a secret vote: all alike, so that none says whose it was."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _, pgettext

from comuna.assemblies import queries
from comuna.assemblies.pages.reader import standing_or_404
from comuna.assemblies.pages.words import motion_words, numbers_of, session_words
from comuna.assemblies.queries import Standing
from comuna.look import pdf
from comuna.look.cutting import Slips
from comuna.look.page import Page, show
from comuna.look.parts import Notice, Sign
from comuna.mandates.queries import seat_words
from comuna.territory.queries import commune

SLIPS_MAX = 2_000
LINES_MAX = 9  # names on one slip


def slips(request: HttpRequest, id: UUID) -> HttpResponse:
    """As many as people are present, or ``?n=``: for the motion that waits or ``?motion=``, or with lines to write
    names on for a seat (``?seat=``, ``?names=``)."""
    stands = standing_or_404(id)
    part = _slips(request, stands)
    asked = [(name, request.GET[name]) for name in ("motion", "seat", "names") if name in request.GET]
    href = f"{reverse('assemblies:slips-pdf', args=[id])}?{urlencode([*asked, ('n', part.count)])}"
    context = {
        "slips": part,
        "count": part.count,
        "kept": asked,
        "pdf": href if pdf.is_there() else "",
        "back": reverse("assemblies:session", args=[id]),
    }
    return render(request, "assemblies/slips.html", context)


def file(request: HttpRequest, id: UUID) -> HttpResponse:
    """The same as a PDF. Kept nowhere: minutes are asked for more often."""
    stands = standing_or_404(id)
    part, title = _slips(request, stands), session_words(stands.statute, stands.session)
    sheet = pdf.Sheet(commune(stands.session.commune).name, stands.day, title)
    try:
        content = pdf.fresh(Page(title=f"{_('Slips to vote on')}: {title}", facts=[part]), sheet)
    except pdf.NotSet:
        notice = Notice(Sign.WAITING, _("This computer can make no PDF now. The slips can be printed from their page."))
        page = Page(title=_("Slips to vote on"), room=title, room_href=reverse("assemblies:session", args=[id]))
        return show(request, replace(page, next=notice), status=503)
    return pdf.answer(content, _("Slips"), f"{stands.day:%Y-%m-%d}", part.asked)


def _slips(request: HttpRequest, stands: Standing) -> Slips:
    """Raises Http404."""
    seat = request.GET.get("seat", "")
    return Slips(
        over=f"{commune(stands.session.commune).name} · {session_words(stands.statute, stands.session)}",
        asked=_seat(stands, seat) if seat else _motion(request, stands),
        answers=[] if seat else [pgettext("slip", "In favour"), pgettext("slip", "Against")],
        lines=_number(request, "names", 1, LINES_MAX) if seat else 0,
        count=_number(request, "n", stands.present or 1, SLIPS_MAX),
    )


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
