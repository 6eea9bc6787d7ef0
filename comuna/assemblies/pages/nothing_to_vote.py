"""Instead of the form of a vote: why there is nothing to vote on, and what to do."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from comuna.assemblies import queries
from comuna.assemblies.acts import PutMotion, WithdrawMotion
from comuna.assemblies.pages.reader import reader, standing_or_404
from comuna.assemblies.pages.words import motion_words, numbers_of, overtaken_words, session_words
from comuna.assemblies.queries import MotionStanding, Standing
from comuna.look.frame import Link
from comuna.look.page import Page, show
from comuna.look.parts import Answer, Do, Part, Source, Text

Voting = Callable[[HttpRequest, Standing, MotionStanding], HttpResponse]


def on_a_motion(view: Voting) -> Callable[[HttpRequest, UUID], HttpResponse]:
    """The motion asked for (``motion``), else the first that waits; where neither can be voted on, a page says why."""

    @wraps(view)
    def page(request: HttpRequest, id: UUID) -> HttpResponse:
        stands = standing_or_404(id)
        agenda = queries.items(id)
        motions = [held for item in agenda for held in item.motions]
        wanted = request.GET.get("motion") or request.POST.get("motion", "")
        held = next((one for one in motions if str(one.motion.id) == wanted), None) or queries.next_to_vote(agenda)
        if held is None:
            return show(request, _no_motion(request, stands))
        if held.overtaken_by is not None and request.method == "GET":
            return show(request, _overtaken(stands, held, motion_words(held, numbers_of(agenda))))
        return view(request, stands, held)

    return page


def withdraw_href(held: MotionStanding) -> str:
    return f"{reverse('assemblies:withdraw')}?motion={held.motion.id}"


def _no_motion(request: HttpRequest, stands: Standing) -> Page:
    may = reader(request).may(PutMotion, stands.session.organ) and stands.is_open and stands.quorate is not None
    put = Do(PutMotion.label, reverse("assemblies:motion", args=[stands.session.id])) if may else None
    more = _("No motion waits for the vote. First one is put, then it is voted on.")
    return _page(stands, Answer(_("Nothing is to be voted on now"), more), put)


def _overtaken(stands: Standing, held: MotionStanding, words: str) -> Page:
    withdraw = Do(WithdrawMotion.label, withdraw_href(held))
    return _page(
        stands, Answer(_("This amendment cannot be voted on any more"), overtaken_words(held)), withdraw, words
    )


def _page(stands: Standing, answer: Answer, next: Part | None, words: str = "") -> Page:
    back = reverse("assemblies:session", args=[stands.session.id])
    return Page(
        title=answer.words,
        answer=answer,
        room=session_words(stands.statute, stands.session),
        room_href=back,
        next=next,
        facts=[Text(words)] if words else [],
        source=Source(links=[Link(_("Back to the session"), back)]),
    )
