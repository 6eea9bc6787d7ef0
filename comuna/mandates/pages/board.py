"""For everybody: who decides what here, and who held a seat, since when and why."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _, ngettext

from comuna.look.frame import Link
from comuna.look.page import Page, show
from comuna.look.parts import (
    Answer,
    Do,
    Empty,
    Fact,
    Facts,
    Line,
    Lines,
    Part,
    Section,
    Sign,
    Source,
    Status,
    Step,
    Text,
    Thread,
)
from comuna.look.words import day_words, list_words, number_words
from comuna.mandates import queries
from comuna.mandates.acts import EndMandate, EnterMandate, LiftSuspension, Suspend, UndoEnding, UndoEntry
from comuna.mandates.models import Origin, Suspension
from comuna.mandates.pages.reader import here, refused, status_of, today_in
from comuna.mandates.queries import Holding, OrganSeats, Place, SeatsOfKind, SeatStep
from comuna.mandates.rules import EndingKind, MandateStatus, has_place
from comuna.statutes import queries as statutes
from comuna.statutes.statute import Members, SeatKind, Statute


def who_decides(request: HttpRequest) -> HttpResponse:
    """The organs as a map to read: what each decides, its seats, who holds them and until when."""
    commune = here()
    day = today_in(commune)
    statute = statutes.in_force(commune, day)
    organs = queries.who_decides(commune, day)
    highest = statute.highest()
    page = Page(
        title=_("Who decides what here"),
        answer=Answer(_("The last word has: {organ}").format(organ=queries.named(highest.name)), _counted(organs)),
        next=None
        if refused(request, EnterMandate, commune, day)
        else Do(EnterMandate.label, reverse("mandates:enter-mandate")),
        facts=[_organ(one, statute, day) for one in organs],
        source=Source(words=queries.named(statute.title)),
    )
    return show(request, page)


def _counted(organs: list[OrganSeats]) -> str:
    places = [place for organ in organs for kind in organ.seats for place in kind.principals]
    vacant = sum(place.holding is None for place in places)
    acting = sum(_is(place, MandateStatus.EXPIRED_ACTING) for place in places)
    said = [ngettext("{n} seat", "{n} seats", len(places)).format(n=number_words(len(places)))]
    if vacant:
        said.append(ngettext("{n} vacant", "{n} vacant", vacant).format(n=number_words(vacant)))
    if acting:
        words = ngettext("{n} with its term over", "{n} with their term over", acting)
        said.append(words.format(n=number_words(acting)))
    return ", ".join(said)


def _is(place: Place, status: MandateStatus) -> bool:
    return place.holding is not None and place.holding.status is status


def _organ(one: OrganSeats, statute: Statute, day: date) -> Section:
    parts: list[Part] = []
    if one.organ.members is Members.EVERYONE:
        parts.append(Text(_("Everybody on the roll sits in it.")))
    if one.organ.made_of:
        others = list_words([queries.named(statute.organ(other).name) for other in one.organ.made_of])
        parts.append(Text(_("In it sit all who hold a seat in: {organs}.").format(organs=others)))
    parts += [
        Section(_seats_heading(kind), [Lines(list(_lines(kind, statute, day)))], _chosen(kind, statute))
        for kind in one.seats
    ]
    return Section(queries.named(one.organ.name), parts)


def _seats_heading(kind: SeatsOfKind) -> str:
    name = queries.named(kind.kind.name)
    return f"{name} ({number_words(kind.kind.count)})" if kind.kind.count > 1 else name


def _chosen(kind: SeatsOfKind, statute: Statute) -> str:
    """How a seat is filled and for how long, with the article."""
    said = _("Chosen by: {organ}.").format(organ=_chooser(kind.kind, statute))
    months = kind.kind.term.months
    if months is not None and months % 12 == 0:
        years = months // 12
        said += " " + ngettext("For {n} year.", "For {n} years.", years).format(n=years)
    elif months is not None:
        said += " " + ngettext("For {n} month.", "For {n} months.", months).format(n=months)
    else:
        said += " " + _("Until recalled.")
    return f"{said} {kind.kind.rule.source}"


def _chooser(kind: SeatKind, statute: Statute) -> str:
    if kind.founding:
        return _("the founding act")
    organ = next((organ for organ in statute.organs if organ.id == kind.chosen_by), None)
    return queries.named(organ.name) if organ else queries.seat_words(statute, kind.chosen_by)


def _lines(kind: SeatsOfKind, statute: Statute, day: date) -> Iterator[Line]:
    for place in kind.principals:
        yield _line(kind.kind, place, queries.seat_words(statute, kind.kind.id, place.number), day)
    for place in kind.alternates:
        if place.holding is not None:
            yield _line(kind.kind, place, _("Alternate {number}").format(number=place.number), day)


def _line(kind: SeatKind, place: Place, seat: str, day: date) -> Line:
    href = reverse("mandates:seat", args=[kind.id, place.number])
    one = place.holding
    if one is None:
        gone = place.lapsed
        last = _("last: {name}, until {day}") if gone and gone.term.ends else ""
        more = (
            last.format(name=gone.name, day=day_words(gone.term.ends, weekday=False)) if gone and gone.term.ends else ""
        )
        return Line(seat, more=more, href=href, status=Status(Sign.REFUSED, _("vacant")))
    return Line(one.name, when=until_words(one, day), more=seat, href=href, status=status_of(one))


def until_words(one: Holding, day: date) -> str:
    """``until 14 March 2027``, ``its term ended on 14 March 2026``; nothing for a mandate without a term."""
    if one.status is MandateStatus.SUSPENDED:
        until = one.suspended_until
        return _("suspended until {day}").format(day=_day(until, day)) if until else _("suspended")
    if one.term.ends is None:
        return ""
    words = _("until {day}") if one.term.covers(day) else _("its term ended on {day}")
    return words.format(day=_day(one.term.ends, day))


def _day(day: date, today: date) -> str:
    return day_words(day, today=today, weekday=False)


# One seat


def seat(request: HttpRequest, kind: str, number: int) -> HttpResponse:
    """A seat: who holds it, and every change with the act behind it."""
    commune = here()
    day = today_in(commune)
    statute = statutes.in_force(commune, day)
    history = queries.history_of_seat(commune, kind, number, day)
    known = next((one for one in statute.seats if one.id == kind), None)
    exists = known is not None and (has_place(known, number, False) or has_place(known, number, True))
    if not exists and not history:
        raise Http404
    holding = [one for one in queries.holders(commune, day) if (one.kind, one.number) == (kind, number)]
    principal = next((one for one in holding if not one.is_alternate), None)
    words = queries.seat_words(statute, kind, number)
    page = Page(
        title=words,
        room=_("Who decides what here"),
        room_href=reverse("mandates:who-decides"),
        answer=_seat_answer(principal, day),
        next=_next(request, commune, holding, history, day),
        facts=[
            *([_seat_facts(known, statute, holding, day)] if known else []),
            Section(_("Who held it, since when and why"), [_history(history)]),
        ],
    )
    return show(request, page)


def _seat_answer(principal: Holding | None, day: date) -> Answer:
    if principal is None:
        return Answer(_("This seat is vacant"))
    return Answer(principal.name, until_words(principal, day), status_of(principal))


def _seat_facts(kind: SeatKind, statute: Statute, holding: list[Holding], day: date) -> Facts:
    alternate = next((one for one in holding if one.is_alternate), None)
    facts = [
        Fact(_("Chosen by"), _chooser(kind, statute)),
        Fact(_("Rule"), kind.rule.source),
        Fact(_("Term"), kind.term.rule.source),
    ]
    if kind.alternates:
        facts.append(Fact(_("Alternate"), f"{alternate.name}, {until_words(alternate, day)}" if alternate else None))
    if kind.incompatible_with:
        others = ", ".join(queries.seat_words(statute, other) for other in kind.incompatible_with)
        facts.append(Fact(_("Not together with"), others))
    return Facts(facts)


def _next(request: HttpRequest, commune: UUID, holding: list[Holding], history: list[SeatStep], day: date) -> Do | None:
    """What this reader may do about the seat's mandates."""
    links: list[Link] = []
    may = {
        act: refused(request, act, commune, day) is None
        for act in (Suspend, LiftSuspension, EndMandate, UndoEntry, UndoEnding)
    }
    for one in holding:
        about = f"?mandate={one.mandate}"
        if may[LiftSuspension] and one.status is MandateStatus.SUSPENDED:
            resting = Suspension.objects.filter(mandate=one.mandate, lifting=None).order_by("-begins").first()
            assert resting is not None
            links.append(
                _link(LiftSuspension.label, one, f"{reverse('mandates:lift-suspension')}?suspension={resting.pk}")
            )
        if may[Suspend] and one.status.has_power:
            links.append(_link(Suspend.label, one, reverse("mandates:suspend") + about))
        if may[EndMandate]:
            links.append(_link(EndMandate.label, one, reverse("mandates:end-mandate") + about))
        if may[UndoEntry] and one.origin is Origin.PAPER:
            links.append(_link(UndoEntry.label, one, reverse("mandates:undo-entry") + about))
    last = next((step for step in reversed(history) if step.what in (EndingKind.DIED, EndingKind.ENDED)), None)
    if may[UndoEnding] and last is not None:
        about = f"?mandate={last.holding.mandate}"
        links.append(_link(UndoEnding.label, last.holding, reverse("mandates:undo-ending") + about))
    if not links:
        return None
    return Do(links[0].words, links[0].href, tuple(links[1:]))


def _link(label: object, one: Holding, href: str) -> Link:
    return Link(f"{label}: {one.name}", href)


def _history(history: list[SeatStep]) -> Part:
    if not history:
        return Empty(_("Nobody has held it yet. An election fills it."))
    return Thread([_step(step) for step in history])


def _step(step: SeatStep) -> Step:
    role = _("alternate") if step.holding.is_alternate else ""
    href = reverse("books:thread", args=[step.act]) if step.act else ""
    return Step(day_words(step.day), f"{step.holding.name}: {_what(step)}", role, href)


def _what(step: SeatStep) -> str:
    if step.what == "began":
        words = {
            Origin.FOUNDING: _("holds the seat from the founding act on"),
            Origin.ELECTED: _("elected"),
            Origin.PAPER: _("holds the seat; from paper before these books: {words}"),
            Origin.SUCCESSION: _("steps in"),
        }[step.holding.origin]
        return words.format(words=step.origin_words or "—")
    return {
        "expired": _("the term is over"),
        "suspended": _("suspended"),
        "resumed": _("the suspension is lifted"),
        EndingKind.RESIGNED: _("resigned"),
        EndingKind.RECALLED: _("recalled"),
        EndingKind.REPLACED: _("somebody else takes the seat"),
        EndingKind.DIED: _("died"),
        EndingKind.ENDED: _("left the seat"),
        EndingKind.STEPPED_IN: _("becomes principal"),
        EndingKind.UNDONE: _("had been entered by mistake"),
    }[step.what]
