"""My mandate, with what waits for me: to sign, to answer for, to report on, and what is asked about me."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from comuna.acts.act import act_of
from comuna.acts.models import Signature
from comuna.acts.moment import day_now
from comuna.acts.proposals import open_proposals, stands
from comuna.assemblies import queries as assemblies
from comuna.assemblies.pages.words import erased_or, organ_words, session_words, title_of, vote_words
from comuna.elections import queries as elections
from comuna.elections.acts import ReportRecall
from comuna.elections.pages.words import next_words, recall_words, stage_status
from comuna.elections.rules import Stage
from comuna.journal.queries import commune_here
from comuna.letters import queries as letters
from comuna.letters.acts import SignLetter
from comuna.letters.pages.board import my_letters
from comuna.letters.pages.words import letter_words, status_of
from comuna.look.frame import actor_of
from comuna.look.parts import Line, Lines, Part, Section, Sign, Status
from comuna.look.words import day_words, moment_words, number_words
from comuna.mandates import queries as mandates
from comuna.mandates.lapsing import is_near
from comuna.mandates.pages import own
from comuna.mandates.queries import Holding, elected_ahead, named
from comuna.processes import queries as processes
from comuna.processes.pages.words import process_words
from comuna.statutes import queries as statutes
from comuna.treasury.pages import awaiting as treasury
from comuna.treasury.pages.proposed import asks_words


def my_mandate(request: HttpRequest) -> HttpResponse:
    """The page of one's own mandate, beginning with what waits for its holder."""
    commune, person = commune_here(), actor_of(request).person
    if commune is None or person is None:
        return own.mine(request)
    day = day_now(commune)
    waits = lines(commune, person, day)
    section: list[Part] = [Section(_("What waits for me"), [Lines(waits)])] if waits else []
    return own.mine(request, [*section, *my_letters(person, day)])


def lines(commune: UUID, person: UUID, day: date) -> list[Line]:
    """What waits for somebody by the mandates she holds."""
    held = [one for one in mandates.mandates_of(person, day) if one.status.in_office]
    return [
        *_recalls(commune, held, day),
        *_instructed(commune, held, day),
        *_proposals(commune, person, day),
        *_letters(commune, person, day),
        *_decisions(commune, held, day),
        *_steps(commune, held, day),
        *treasury.lines(commune, held, day),
        *_terms(commune, held, day),
    ]


def _recalls(commune: UUID, held: list[Holding], day: date) -> Iterator[Line]:
    """Those asked for about one's own mandates, and those on which one's seat reports."""
    own_mandates = {one.mandate for one in held}
    desks = {one.kind for one in held if one.status.has_power and not one.is_alternate}
    for recall in elections.open_recalls(commune, day):
        about_me = recall.petition.mandate_id in own_mandates
        reports = recall.stage in (Stage.AT_DESK, Stage.REPORT_LATE) and recall.petition.desk in desks
        if not (about_me or reports):
            continue
        words = _("Your recall was asked for: {ground}") if about_me else "{report}: {recall}"
        yield Line(
            words.format(ground=recall.ground_words, report=ReportRecall.label, recall=recall_words(recall)),
            _("until {day}").format(day=day_words(recall.due_on)) if recall.due_on else "",
            next_words(recall, day),
            reverse("elections:recall", args=[recall.petition.id]),
            stage_status(recall.stage),
        )


def _instructed(commune: UUID, held: list[Holding], day: date) -> Iterator[Line]:
    """How those who sent her decided that she votes, in sessions that are not over."""
    statute = statutes.in_force(commune, day)
    sent_by = {statute.seat(one.kind).chosen_by for one in held}
    for one in assemblies.instructions_ahead(commune, sent_by) if sent_by else ():
        receives = {kind.chosen_by for kind in statute.seats_in(one.item.session.organ) if kind.id in _kinds(held)}
        if one.organ in receives:
            item = f"{number_words(one.item.number)}. {title_of(one.item)}"
            yield Line(
                _("{who} decided how you vote: {vote}").format(
                    who=organ_words(statute, one.organ), vote=vote_words(one.vote)
                ),
                moment_words(one.item.session.day, one.item.session.hour),
                f"{session_words(statute, one.item.session)}: {item}",
                reverse("assemblies:session", args=[one.item.session_id]),
                Status(Sign.WAITING, _("waits")),
            )


def _kinds(held: list[Holding]) -> set[str]:
    return {one.kind for one in held}


def _proposals(commune: UUID, person: UUID, day: date) -> Iterator[Line]:
    """Open proposals that she may sign and has not."""
    own = Signature.objects.filter(person=person, proposal__commune=commune, proposal__settlement__isnull=True)
    signed = set(own.values_list("proposal", flat=True))
    for proposal in open_proposals(commune, day):
        if proposal.id in signed:
            continue
        here = stands(proposal, day)
        if here.may_sign(person):
            yield Line(
                _("Sign: {act}").format(act=act_of(proposal.verb).label),
                _("until {day}").format(day=day_words(proposal.expires_on)),
                asks_words(here.act, commune),
                reverse("books:proposal", args=[proposal.id]),
                status=Status(Sign.WAITING, _("waits")),
            )


def _letters(commune: UUID, person: UUID, day: date) -> Iterator[Line]:
    """Letters that one of her seats signs and she has not; whose they are, the letter's own page says."""
    for one in letters.to_sign(commune, person, SignLetter.verb, day):
        yield Line(
            _("Sign: {act}").format(act=letter_words(one)),
            _("asked for on {day}").format(day=day_words(one.request.day)),
            href=reverse("letters:letter", args=[one.request.id]),
            status=status_of(one, day),
        )


def _decisions(commune: UUID, held: list[Holding], day: date) -> Iterator[Line]:
    """Decisions that are not done yet and for which one's seat answers, the earliest due first."""
    kinds = {one.kind for one in held if not one.is_alternate}
    for one in assemblies.open_resolutions(commune):
        if one.resolution.responsible in kinds:
            due, late = one.resolution.due_on, one.is_late(day)
            yield Line(
                erased_or(one.text),
                _("until {day}").format(day=day_words(due)) if due else "",
                _("Your seat answers for this decision."),
                reverse("assemblies:resolution", args=[one.resolution.id]),
                Status(Sign.REFUSED, _("late")) if late else Status(Sign.WAITING, _("waits")),
            )


def _steps(commune: UUID, held: list[Holding], day: date) -> Iterator[Line]:
    """The next step of each process that one's seat records, and the renewal of her council that nobody has begun."""
    kinds = {one.kind for one in held if one.status.has_power and not one.is_alternate}
    councils = statutes.councils_of(commune, day) if kinds else ()
    for one in processes.due_for(commune, kinds, day) if kinds else ():
        named_process = process_words(one.process, one.process.council or "", councils)
        until = _("until {day}").format(day=day_words(one.due_on))
        late = Status(Sign.REFUSED, _("past its day")) if one.due_on < day else Status(Sign.WAITING, _("waits"))
        if one.run is not None:
            href = reverse("processes:process", args=[one.run.id])
            yield Line(f"{named_process}: {named(one.step.name)}", until, "", href, late)
            continue
        assert one.ends_first is not None
        ends = day_words(one.ends_first, weekday=False)
        words = (
            _("The first mandate ended on {day}.") if one.ends_first < day else _("The first mandate ends on {day}.")
        )
        more = f"{words.format(day=ends)} " + _("First step: {step}").format(step=named(one.step.name))
        asked = {"process": one.process.id, **({"council": one.process.council} if one.process.council else {})}
        href = f"{reverse('processes:begin')}?{urlencode(asked)}"
        yield Line(_("Begin: {process}").format(process=named_process), until, more, href, late)


def _terms(commune: UUID, held: list[Holding], day: date) -> Iterator[Line]:
    """Those of one's own mandates that are over or end soon."""
    ahead = elected_ahead(commune, day) if any(is_near(one, day) for one in held) else {}
    for one in held:
        if one.term.ends is None or not is_near(one, day):
            continue
        over, follows = one.term.ends < day, ahead.get((one.kind, one.number, one.is_alternate))
        if follows is not None:
            begins = day_words(follows.term.begins, weekday=False)
            more = _("{name} was elected to follow on {day}.").format(name=follows.name, day=begins)
        elif not over:
            more = _("Until then somebody has to be elected; it may be you again.")
        elif one.status.has_power:
            more = _("You act on until somebody is elected.")
        else:
            more = _("Somebody has to be elected; it may be you again.")
        yield Line(
            _("Your mandate is past its term: {seat}").format(seat=one.words)
            if over
            else _("Your mandate ends: {seat}").format(seat=one.words),
            (_("it ended on {day}") if over else _("on {day}")).format(day=day_words(one.term.ends)),
            more,
            reverse("mandates:seat", args=[one.kind, one.number]),
            Status(Sign.WAITING, _("past its term") if over else _("ends soon")),
        )
