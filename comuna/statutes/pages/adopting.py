"""Adopting or amending a statute: hand the file in, see everything that is wrong with it, adopt it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from comuna.acts.authority import authority
from comuna.acts.refusal import Refused
from comuna.journal import files
from comuna.look.act_page import act_page, refusal_part
from comuna.look.frame import actor_of
from comuna.look.page import Page, show
from comuna.look.parts import Answer, Choice, Fact, Facts, Part, Refusal, Text
from comuna.statutes import builtin, loader, queries, words
from comuna.statutes.acts import AdoptStatute
from comuna.statutes.loader import TEXT_MAX
from comuna.statutes.pages.reading import ROOM, commune_and_today


@dataclass(frozen=True)
class HandIn(Part):
    """A form with one file, or the choice of a statute that comes with the program."""

    template: ClassVar[str] = "statutes/hand_in.html"
    choices: tuple[Choice, ...]
    kilobytes_max: int


def adopt(request: HttpRequest) -> HttpResponse:
    """First the file, then the act. Only who may adopt a statute may hand a file in."""
    barred = _barred(request)
    if barred is not None:
        return _hand_in_page(request, refusal_part(request, AdoptStatute.label, barred), 403)
    if request.GET.get("file"):
        return _act(request, request.GET["file"])
    if request.method != "POST":
        return _hand_in_page(request)
    content = _content(request)
    if content is None:
        return _hand_in_page(request, _no_file(), 422)
    digest = files.store(content, queries.MEDIA_TYPE, actor_of(request).person)
    try:
        queries.checked(digest)
    except Refused as refused:
        files.discard(digest)
        return _hand_in_page(request, refusal_part(request, AdoptStatute.label, refused), 422)
    return HttpResponseRedirect(f"{reverse('statutes:adopt')}?file={digest}")


def _act(request: HttpRequest, digest: str) -> HttpResponse:
    try:
        found = queries.checked(digest)
    except Refused as refused:
        return _hand_in_page(request, refusal_part(request, AdoptStatute.label, refused), 422)
    _commune, today = commune_and_today()
    text = found.statute
    return act_page(
        request,
        AdoptStatute,
        room=ROOM,
        room_href=reverse("statutes:statute"),
        initial={"file": digest, "first_day": today},
        fixed={"file": f"{words.called(text.title)} ({text.id}, {text.version})"},
        before=[
            Facts(
                [
                    Fact(_("Organs"), len(text.organs)),
                    Fact(_("Seats"), sum(seat.count for seat in text.seats)),
                    Fact(_("Code of the file"), digest[:16]),
                ]
            )
        ],
        cancel=reverse("statutes:adopt"),
        on_done=lambda done: HttpResponseRedirect(reverse("statutes:history")),
    )


def _barred(request: HttpRequest) -> Refused | None:
    commune, today = commune_and_today()
    need = authority().signatures(AdoptStatute, commune, today)
    try:
        authority().standing(AdoptStatute, actor_of(request), commune, today, need.seats if need else ())
    except Refused as refused:
        return refused
    return None


def _content(request: HttpRequest) -> bytes | None:
    """What was handed in: a file, else the name of a built-in statute."""
    handed = request.FILES.get("statute")
    if handed is not None and handed.size is not None and handed.size <= TEXT_MAX:
        return bytes(handed.read())
    name = request.POST.get("name", "")
    return builtin.text(name).encode() if name in builtin.names() else None


def _no_file() -> Refusal:
    most = _("A text file of at most {n} kB, or one of those that come with the program.").format(n=TEXT_MAX // 1024)
    return Refusal(asked=AdoptStatute.label, words=_("No file was handed in."), now=(), who=(), citation=most)


def _builtin() -> tuple[Choice, ...]:
    """Those that come with the program, by what they are called."""
    return tuple(Choice(name, words.called(loader.read(builtin.text(name)).title)) for name in builtin.names())


def _hand_in_page(request: HttpRequest, refusal: Refusal | None = None, status: int = 200) -> HttpResponse:
    barred = status == 403
    parts: list[Part] = [] if barred else [HandIn(_builtin(), TEXT_MAX // 1024)]
    page = Page(
        title=AdoptStatute.label,
        room=ROOM,
        room_href=reverse("statutes:statute"),
        answer=Answer(AdoptStatute.label, _("Take the file of the one in force, change it, and hand it in.")),
        next=refusal,
        facts=[*parts, Text(_("How such a file is written: docs/write-a-statute.md."))],
    )
    answer = show(request, page, status=status)
    answer["Cache-Control"] = "no-store"
    return answer
