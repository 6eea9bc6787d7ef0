"""One seat: who holds it, who held it, since when and why, and what may be done about it."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from comuna.look.page import Page, show
from comuna.look.parts import Answer, Empty, Fact, Facts, Line, Lines, Part, Section, Step, Thread
from comuna.look.words import day_words
from comuna.mandates import queries
from comuna.mandates.acts import EndMandate, LiftSuspension, Suspend, UndoEnding, UndoEntry
from comuna.mandates.models import Origin, Suspension
from comuna.mandates.pages.reader import chooser_words, done_words, here, refused, status_of, today_in, until_words
from comuna.mandates.queries import Holding, SeatStep
from comuna.mandates.rules import EndingKind, MandateStatus, has_place
from comuna.statutes import queries as statutes
from comuna.statutes.statute import SeatKind, Statute


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
    holding = [one for one in queries.holders(commune, day, kinds=(kind,)) if one.number == number]
    principal = next((one for one in holding if not one.is_alternate), None)
    words = queries.seat_words(statute, kind, number)
    relieved = done_words(commune, statute, day) if kind == statute.founding.seat else ""
    page = Page(
        title=words,
        room=_("Who decides what here"),
        room_href=reverse("mandates:who-decides"),
        answer=_answer(words, principal, day) if principal or not relieved else Answer(words, relieved),
        facts=[
            *([_facts(known, statute, holding, day)] if known else []),
            Section(_("Who held it, since when and why"), [_history(history)]),
            *_to_do(request, commune, holding, history, day),
        ],
    )
    return show(request, page)


def _answer(words: str, principal: Holding | None, day: date) -> Answer:
    if principal is None:
        return Answer(words, _("Nobody holds this seat."))
    until = until_words(principal, day)
    return Answer(words, ", ".join(filter(None, [principal.name, until])), status_of(principal))


def _facts(kind: SeatKind, statute: Statute, holding: list[Holding], day: date) -> Facts:
    alternate = next((one for one in holding if one.is_alternate), None)
    facts = [
        Fact(_("Chosen by"), chooser_words(kind, statute)),
        Fact(_("Rule"), kind.rule.source),
        Fact(_("Term"), kind.term.rule.source),
    ]
    if kind.alternates:
        facts.append(Fact(_("Alternate"), f"{alternate.name}, {until_words(alternate, day)}" if alternate else None))
    if kind.incompatible_with:
        others = ", ".join(queries.seat_words(statute, other) for other in kind.incompatible_with)
        facts.append(Fact(_("Not together with"), others))
    return Facts(facts)


def _to_do(
    request: HttpRequest, commune: UUID, holding: list[Holding], history: list[SeatStep], day: date
) -> list[Part]:
    """What this reader may do about the seat's mandates; nothing for most readers."""
    acts = (Suspend, LiftSuspension, EndMandate, UndoEntry, UndoEnding)
    may = {act for act in acts if refused(request, act, commune, day) is None}
    lines: list[Line] = []
    for one in holding:
        about = f"?mandate={one.mandate}"
        if LiftSuspension in may and one.status is MandateStatus.SUSPENDED:
            resting = Suspension.objects.filter(mandate=one.mandate, lifting=None).order_by("-begins").first()
            assert resting is not None
            href = f"{reverse('mandates:lift-suspension')}?suspension={resting.pk}"
            lines.append(Line(LiftSuspension.label, more=one.name, href=href))
        if Suspend in may and one.status.has_power:
            lines.append(Line(Suspend.label, more=one.name, href=reverse("mandates:suspend") + about))
        if EndMandate in may:
            lines.append(Line(EndMandate.label, more=one.name, href=reverse("mandates:end-mandate") + about))
        if UndoEntry in may and one.origin is Origin.PAPER:
            lines.append(Line(UndoEntry.label, more=one.name, href=reverse("mandates:undo-entry") + about))
    last = next((step for step in reversed(history) if step.what in (EndingKind.DIED, EndingKind.ENDED)), None)
    if UndoEnding in may and last is not None:
        href = f"{reverse('mandates:undo-ending')}?mandate={last.holding.mandate}"
        lines.append(Line(UndoEnding.label, more=last.holding.name, href=href))
    return [Section(_("What you may do about it"), [Lines(lines)])] if lines else []


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
        EndingKind.RELIEVED: _("those who were elected take over"),
        EndingKind.DIED: _("died"),
        EndingKind.ENDED: _("left the seat"),
        EndingKind.STEPPED_IN: _("becomes principal"),
        EndingKind.UNDONE: _("had been entered by mistake"),
    }[step.what]
