"""What every page of this room asks first: which commune, which day, who reads and what they may do."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from comuna.acts.act import Act
from comuna.acts.authority import authority
from comuna.acts.moment import day_now
from comuna.acts.reach import ANYWHERE
from comuna.acts.refusal import Refused
from comuna.journal.queries import commune_here
from comuna.look.frame import actor_of
from comuna.look.parts import Sign, Status
from comuna.look.words import day_words, list_words
from comuna.mandates import queries
from comuna.mandates.powers import relieved_on
from comuna.mandates.queries import Holding
from comuna.mandates.rules import MandateStatus
from comuna.statutes.councils import council_in
from comuna.statutes.statute import SeatKind, Statute


def here() -> UUID:
    """The commune of these books. Raises Http404 before anything was founded."""
    commune = commune_here()
    if commune is None:
        raise Http404
    return commune


def today_in(commune: UUID) -> date:
    return day_now(commune)


def person_or_none(request: HttpRequest) -> UUID | None:
    return actor_of(request).person


def to_sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in, then come back here."""
    return HttpResponseRedirect(f"{reverse('mandates:sign-in')}?{urlencode({'next': request.get_full_path()})}")


def refused(
    request: HttpRequest, act: type[Act], commune: UUID, day: date, council: str | None = ANYWHERE
) -> Refused | None:
    """Why this reader may not do the act today, in the matters of a council, of the whole commune (None) or anywhere;
    None when they may."""
    need = authority().signatures(act, commune, day)
    seats = need.seats if need and need.needed > 1 else ()
    try:
        authority().standing(act, actor_of(request), commune, day, seats, council=council)
    except Refused as refusal:
        return refusal
    return None


def scope_of(request: HttpRequest, act: type[Act], commune: UUID, day: date) -> str | None:
    """The slug of the council in which this reader may do the act; None for who may in the whole commune. Ask it of
    whoever may."""
    need = authority().signatures(act, commune, day)
    seats = need.seats if need and need.needed > 1 else ()
    seat = authority().standing(act, actor_of(request), commune, day, seats).seat
    return council_in(seat) if seat else None


def id_in(request: HttpRequest, name: str) -> UUID:
    """The id that the address, or the form that was sent, is about. Raises Http404."""
    try:
        return UUID(request.GET.get(name) or request.POST.get(name, ""))
    except ValueError:
        raise Http404 from None


def done_words(commune: UUID, statute: Statute, day: date) -> str:
    """Since when the promoters are done and why; "" while they are not, and where nobody was to take over from them."""
    since = relieved_on(commune, statute)
    until = statute.founding.until
    if until is None or since is None or since > day:
        return ""
    heirs = list_words([queries.seat_words(statute, kind) for kind in until.seats])
    words = _("Since {day} those who were elected do what the promoters did: {seats}.")
    return words.format(day=_day(since, day), seats=heirs)


def status_of(one: Holding) -> Status:
    """A mandate's status as a sign and a word."""
    words = {
        MandateStatus.NOT_YET: (Sign.WAITING, _("begins later")),
        MandateStatus.ACTIVE: (Sign.DONE, _("in office")),
        MandateStatus.EXPIRED_ACTING: (Sign.WAITING, _("term is over, still acting")),
        MandateStatus.LAPSED: (Sign.PLAIN, _("term is over")),
        MandateStatus.SUSPENDED: (Sign.REFUSED, _("suspended")),
        MandateStatus.RESIGNED: (Sign.PLAIN, _("resigned")),
        MandateStatus.RECALLED: (Sign.REFUSED, _("recalled")),
        MandateStatus.REPLACED: (Sign.PLAIN, _("replaced")),
        MandateStatus.RELIEVED: (Sign.PLAIN, _("those who were elected took over")),
        MandateStatus.DIED: (Sign.PLAIN, _("died")),
        MandateStatus.ENDED: (Sign.PLAIN, _("ended")),
        MandateStatus.STEPPED_IN: (Sign.PLAIN, _("is principal now")),
        MandateStatus.ABOLISHED: (Sign.PLAIN, _("the statute no longer has this seat")),
        MandateStatus.UNDONE: (Sign.PLAIN, _("had been entered by mistake")),
    }
    return Status(*words[one.status])


def until_words(one: Holding, day: date) -> str:
    """``until 14 March 2027``, ``its term ended on 14 March 2026``; nothing for a mandate without a term."""
    if one.status is MandateStatus.SUSPENDED:
        until = one.suspended_until
        return _("suspended until {day}").format(day=_day(until, day)) if until else _("suspended")
    if one.status is MandateStatus.RELIEVED and one.relieved_on:
        return _("until {day}").format(day=_day(one.relieved_on - timedelta(days=1), day))
    if one.term.ends is None:
        return ""
    words = _("until {day}") if one.term.covers(day) else _("its term ended on {day}")
    return words.format(day=_day(one.term.ends, day))


def _day(day: date, today: date) -> str:
    return day_words(day, today=today, weekday=False)


def chooser_words(kind: SeatKind, statute: Statute) -> str:
    """Who fills a seat: an organ, the founding act, or the seat's own people."""
    if kind.founding:
        return _("the founding act")
    organ = next((organ for organ in statute.organs if organ.id == kind.chosen_by), None)
    return queries.named(organ.name) if organ else queries.seat_words(statute, kind.chosen_by)
