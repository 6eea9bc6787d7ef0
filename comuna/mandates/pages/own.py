"""My mandate: my seats, until when, what I may do now, what ran out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from comuna.acts.act import Act, Power, all_acts
from comuna.look.act_page import act_page
from comuna.look.forms import can_be_typed
from comuna.look.frame import Link
from comuna.look.page import Page, show
from comuna.look.parts import Answer, Choice, Empty, Line, Lines, Notice, Part, Section, Sign
from comuna.mandates import queries
from comuna.mandates.acts import Resign
from comuna.mandates.pages.reader import here, person_or_none, status_of, to_sign_in, today_in, until_words
from comuna.mandates.queries import Holding
from comuna.statutes import queries as statutes
from comuna.statutes.statute import Statute
from comuna.territory.models import Person


@never_cache
def mine(request: HttpRequest, awaiting: Sequence[Part] = ()) -> HttpResponse:
    """The reader's seats and powers; ``awaiting`` is what other rooms know to wait for her."""
    commune = here()
    person = person_or_none(request)
    if person is None:
        return to_sign_in(request)
    day = today_in(commune)
    statute = statutes.in_force(commune, day)
    held = queries.mandates_of(person, day)
    now, before = _parted(held)
    page = Page(
        title=_("My mandate"),
        answer=_answer(person, now, day),
        notices=_code_notices(person, day),
        facts=[
            *awaiting,
            Section(_("My seats"), [_seats(statute, now, day)]),
            *_powers(statute, now),
            *([Section(_("What I held before"), [_seats(statute, before, day)])] if before else []),
            Section(_("My account"), [], links=_account(now)),
        ],
    )
    return show(request, page)


def _code_notices(person: UUID, day: date) -> list[Notice]:
    """A code that opens her account and that she may not have asked for."""
    code = queries.newest_code(person)
    if code is None or code.expires_on < day or hasattr(code, "claim") or hasattr(code, "voided"):
        return []
    words = _("A code for your account was printed and has not been used.")
    more = _("Whoever has the sheet can set a new password. If you did not ask for it, have it taken back.")
    return [Notice(Sign.WAITING, words, [more], [Link(_("The act"), reverse("books:thread", args=[code.act]))])]


def _parted(held: list[Holding]) -> tuple[list[Holding], list[Holding]]:
    now = [one for one in held if one.status.in_office]
    return now, [one for one in held if not one.status.in_office]


def _answer(person: UUID, now: list[Holding], day: date) -> Answer:
    name = Person.objects.values_list("full_name", flat=True).get(pk=person)
    if not now:
        return Answer(
            name or _("Somebody of this commune"), _("You hold no seat today. You sit in the assembly like everybody.")
        )
    first = now[0]
    until = until_words(first, day)
    return Answer(name or first.words, ", ".join(filter(None, [first.words, until])), status_of(first))


def _account(now: list[Holding]) -> list[Link]:
    devices = Link(_("My devices and my password"), reverse("mandates:devices"))
    resign = [Link(Resign.label, reverse("mandates:resign"))] if now else []
    return [devices, *resign, Link(_("Sign out"), reverse("mandates:sign-out"))]


def _seats(statute: Statute, held: list[Holding], day: date) -> Part:
    lines = [
        Line(
            _words(one),
            when=until_words(one, day),
            more=_term_source(statute, one),
            href=reverse("mandates:seat", args=[one.kind, one.number]),
            status=status_of(one),
        )
        for one in held
    ]
    return Lines(lines, Empty(_("No seat today. Seats are filled by election.")))


def _words(one: Holding) -> str:
    return _("{seat} (alternate)").format(seat=one.words) if one.is_alternate else one.words


def _term_source(statute: Statute, one: Holding) -> str:
    """The rule behind a seat's term; nothing for a seat that is gone from the statute."""
    return next((kind.term.rule.source for kind in statute.seats if kind.id == one.kind), "")


def _powers(statute: Statute, now: list[Holding]) -> list[Part]:
    """Every act that these mandates give today, by the seat in whose words it will be signed."""
    by_seat: dict[str, list[Line]] = {}
    for act, href in offered():
        may = queries.with_power(statute, act.verb, now)
        if may:
            by_seat.setdefault(may[0].words, []).append(Line(act.label, href=href))
    if not by_seat:
        return [Empty(_("What seats do, those do who hold them. You may speak and vote in the assembly."))]
    return [
        Section(_("What I may do as {seat}").format(seat=seat), [Lines(lines)], wide=True)
        for seat, lines in by_seat.items()
    ]


def offered() -> list[tuple[type[Act], str]]:
    """The acts of seats that are begun at a page of their own, with its address. What only takes another act back is
    done where that one stands."""
    acts = {verb: act for verb, act in sorted(all_acts().items(), key=_daily_first) if act.power is Power.SEAT}
    undoing = {act.undo for act in acts.values()}
    return [(act, href) for verb, act in acts.items() if verb not in undoing and (href := _page_of(verb, act))]


def _daily_first(named: tuple[str, object]) -> tuple[bool, str]:
    """What is about the books themselves is needed seldom and comes last."""
    verb, _act = named
    return verb.startswith("acts."), verb


def _page_of(verb: str, act: type[Act]) -> str | None:
    """Where an act is done: its room's page of that name, else the plain form of any act.

    None for one that is about a thing on another page: it is done there, for nobody types references. So the address
    of a page that has to be told of which thing it is (``?motion=``) is not called as its act.
    """
    try:
        return reverse(verb.replace(".", ":", 1).replace("_", "-"))
    except NoReverseMatch:
        return reverse("books:any-act", args=[verb]) if can_be_typed(act) else None


def resign(request: HttpRequest) -> HttpResponse:
    """Give up one of my seats."""
    commune = here()
    person = person_or_none(request)
    if person is None:
        return to_sign_in(request)
    now, _before = _parted(queries.mandates_of(person, today_in(commune)))
    return act_page(
        request,
        Resign,
        room=_("My mandate"),
        room_href=reverse("mandates:my-mandate"),
        choices={"mandate": [Choice(str(one.mandate), _words(one)) for one in now]},
        on_done=lambda done: HttpResponseRedirect(reverse("mandates:my-mandate")),
        cancel=reverse("mandates:my-mandate"),
    )
