"""What was voted for seats, and where each recall stands."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from comuna.acts.act import Act
from comuna.acts.authority import authority
from comuna.acts.clock import now
from comuna.assemblies.models import Session
from comuna.elections import queries
from comuna.elections.acts import (
    AskRecall,
    DecideRecall,
    PetitionRecall,
    RecordElection,
    RecordSignatures,
    ReportRecall,
    WithdrawRecall,
)
from comuna.elections.models import Election, Petition
from comuna.elections.rules import Outcome, Stage
from comuna.journal.queries import commune_here
from comuna.look.act_page import act_page
from comuna.look.frame import Link
from comuna.look.page import Page, show
from comuna.look.parts import (
    Answer,
    Bar,
    Choice,
    Column,
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
    Table,
    Text,
)
from comuna.look.words import day_words, number_words
from comuna.mandates import queries as mandates
from comuna.statutes import queries as statutes
from comuna.territory import queries as territory


def _here() -> tuple[UUID, date]:
    commune = commune_here()
    if commune is None:
        raise Http404
    return commune, now().astimezone(authority().time_zone(commune)).date()


def board(request: HttpRequest) -> HttpResponse:
    """Elections and recalls, the newest first."""
    commune, today = _here()
    recalls = queries.recalls(commune, today)
    held = queries.elections(commune)
    open_count = sum(one.stage.is_open for one in recalls)
    page = Page(
        title=_("Elections and recalls"),
        answer=Answer(
            _("{elections} elections recorded, {recalls} recalls under way").format(
                elections=number_words(len(held)), recalls=number_words(open_count)
            )
        ),
        next=Do(
            _("Ask for a recall"),
            reverse("elections:petition"),
            (Link(_("Record an election"), reverse("elections:record")),),
        ),
        facts=[
            Section(_("Recalls"), [_recall_lines(recalls)]),
            Section(_("Elections"), [_election_lines(held)]),
        ],
    )
    return show(request, page)


def _recall_lines(recalls: Sequence[queries.RecallStanding]) -> Lines:
    return Lines(
        [
            Line(
                mandates.seat_words(one.statute, one.holding.kind, one.holding.number),
                day_words(one.petition.day),
                one.ground_words,
                reverse("elections:recall", args=[one.petition.id]),
                _stage_status(one.stage),
            )
            for one in recalls
        ],
        Empty(_("Nobody has asked for a recall.")),
    )


def _election_lines(held: Sequence[queries.ElectionStanding]) -> Lines:
    return Lines(
        [
            Line(
                one.kind_words,
                day_words(one.session.day),
                _("{count} elected").format(count=len(one.of(Outcome.PRINCIPAL, Outcome.ALTERNATE))),
                reverse("elections:election", args=[one.election.id]),
                Status(Sign.WAITING, _("a tie waits for a further vote")) if one.tied else None,
            )
            for one in held
        ],
        Empty(_("No election was recorded yet. Whoever keeps the minutes records it in the session that votes.")),
    )


def _stage_status(stage: Stage) -> Status:
    words = {
        Stage.COLLECTING: _("signatures are missing"),
        Stage.AT_DESK: _("the report is awaited"),
        Stage.REPORT_LATE: _("the report is late"),
        Stage.BEFORE_ASSEMBLY: _("before the assembly"),
        Stage.RECALLED: _("recalled"),
        Stage.KEPT: _("not recalled"),
        Stage.WITHDRAWN: _("taken back"),
        Stage.OVER: _("the mandate ended otherwise"),
    }[stage]
    sign = Sign.WAITING if stage.is_open else Sign.DONE if stage in (Stage.RECALLED, Stage.KEPT) else Sign.PLAIN
    return Status(sign, words)


def election(request: HttpRequest, id: UUID) -> HttpResponse:
    """One election: who stood, the votes, and who took a seat."""
    _here()
    try:
        one = queries.election(id)
    except Election.DoesNotExist:
        raise Http404 from None
    names = territory.names([row.person_id for row in one.candidacies])
    words = {
        Outcome.PRINCIPAL: Status(Sign.DONE, _("principal")),
        Outcome.ALTERNATE: Status(Sign.DONE, _("alternate")),
        Outcome.TIED: Status(Sign.WAITING, _("tied")),
        Outcome.WAITING: Status(Sign.WAITING, _("waits for the further vote")),
        Outcome.NOT_ELECTED: Status(Sign.PLAIN, _("not elected")),
    }
    rows = [
        (row.public_name or names.get(row.person_id, "—"), row.votes, words[Outcome(row.outcome)])
        for row in one.candidacies
    ]
    row = one.election
    facts = [Fact(_("Present"), row.present), Fact(_("First day in office"), row.begins), Fact(_("Last day"), row.ends)]
    if row.issued is not None:
        counted = _("{issued} handed out = {counted} valid + {spoiled} spoiled + {returned} given back")
        facts.append(
            Fact(
                _("Ballots"),
                counted.format(issued=row.issued, counted=row.counted, spoiled=row.spoiled, returned=row.returned),
            )
        )
    columns = (Column(_("Who stood"), head=True), Column(_("Votes"), number=True), Column(_("What came of it")))
    page = Page(
        title=_("Election: {seat}").format(seat=one.kind_words),
        room=_("Elections and recalls"),
        room_href=reverse("elections:board"),
        answer=Answer(_("{seat}: {day}").format(seat=one.kind_words, day=day_words(one.session.day))),
        facts=[Section(_("Votes"), [Table(_("Votes"), columns, rows)]), Facts(facts)],
        source=Source(
            links=[
                Link(_("The session"), reverse("assemblies:session", args=[one.session.id])),
                Link(_("The whole thread"), reverse("books:thread", args=[one.election.id])),
            ]
        ),
    )
    return show(request, page)


def recall(request: HttpRequest, id: UUID) -> HttpResponse:
    """One recall: its steps, its deadlines, and what comes next."""
    _commune, today = _here()
    try:
        one = queries.recall(id, today)
    except Petition.DoesNotExist:
        raise Http404 from None
    seat = mandates.seat_words(one.statute, one.holding.kind, one.holding.number)
    status = _stage_status(one.stage)
    parts: list[Part] = [Section(one.ground_words, [Text(one.petition.words or "—")])]
    if one.petition.needed:
        whole = one.petition.whole or one.petition.needed
        parts.append(Bar(_("Signatures"), one.signed, whole, one.petition.needed, _("Needed"), large=True))
    facts = [Fact(_("Asked on"), one.petition.day), Fact(_("Report due on"), one.due_on)]
    if one.report is not None:
        late = _("{days} days late").format(days=one.report.days_late) if one.report.days_late else _("in time")
        facts.append(Fact(_("Reported on"), one.report.day))
        facts.append(Fact(_("Report"), late))
        parts.append(Section(_("What the desk found"), [Text(one.report.words or "—")]))
        parts.append(Section(_("Defence"), [Text(one.report.defence or "—")]))
    if one.decision is not None:
        votes = _("{votes_for} for, {against} against, {abstain} abstentions; {present} present, {quorum} needed")
        row = one.decision
        facts.append(
            Fact(
                _("The vote"),
                votes.format(
                    votes_for=row.votes_for,
                    against=row.against,
                    abstain=row.abstain,
                    present=row.present,
                    quorum=row.quorum,
                ),
            )
        )
        if row.barred_until:
            facts.append(Fact(_("May stand again from"), row.barred_until))
    page = Page(
        title=_("Recall: {seat}").format(seat=seat),
        room=_("Elections and recalls"),
        room_href=reverse("elections:board"),
        answer=Answer(_("Recall: {seat}").format(seat=f"{seat}, {one.holding.name}"), status=status),
        next=_next(one),
        facts=[*parts, Facts(facts)],
        source=Source(links=[Link(_("The whole thread"), reverse("books:thread", args=[one.petition.id]))]),
    )
    return show(request, page)


def _next(one: queries.RecallStanding) -> Do | None:
    back = f"?petition={one.petition.id}"
    withdraw = Link(_("Take the request back"), reverse("elections:withdraw") + back)
    if one.stage is Stage.COLLECTING:
        return Do(_("Record signatures"), reverse("elections:signatures") + back, (withdraw,))
    if one.stage is Stage.AT_DESK:
        return Do(_("Report on the recall"), reverse("elections:report") + back, (withdraw,))
    if one.stage in (Stage.REPORT_LATE, Stage.BEFORE_ASSEMBLY):
        others = (Link(_("Report on the recall"), reverse("elections:report") + back),) if one.report is None else ()
        return Do(_("Record the vote on the recall"), reverse("elections:decide") + back, (*others, withdraw))
    return None


# The forms


def petition(request: HttpRequest) -> HttpResponse:
    return _asking(request, PetitionRecall)


def ask(request: HttpRequest) -> HttpResponse:
    return _asking(request, AskRecall)


def _asking(request: HttpRequest, act: type[Act]) -> HttpResponse:
    commune, today = _here()
    statute = statutes.in_force(commune, today)
    held = [one for one in mandates.holders(commune, today) if statute.recall_of(one.kind)]
    grounds = {key: names for rule in statute.recalls for key, names in rule.grounds.items()}
    return act_page(
        request,
        act,
        room=_("Elections and recalls"),
        room_href=reverse("elections:board"),
        choices={
            "mandate": [
                Choice(str(one.mandate), f"{mandates.seat_words(statute, one.kind, one.number)}: {one.name}")
                for one in held
            ],
            "ground": [Choice(key, mandates.named(names)) for key, names in grounds.items()],
        },
        initial={"mandate": _id(request, "mandate")} if request.GET.get("mandate") else {},
        on_done=lambda done: HttpResponseRedirect(reverse("elections:recall", args=[done.id])),
    )


def _id(request: HttpRequest, name: str) -> UUID:
    try:
        return UUID(request.GET.get(name) or request.POST.get(name, ""))
    except ValueError:
        raise Http404 from None


def _about_recall(request: HttpRequest, act: type[Act]) -> HttpResponse:
    commune, today = _here()
    about = _id(request, "petition")
    try:
        one = queries.recall(about, today)
    except Petition.DoesNotExist:
        raise Http404 from None
    sessions = Session.objects.filter(commune=commune, day=today).order_by("hour")
    return act_page(
        request,
        act,
        room=_("Elections and recalls"),
        room_href=reverse("elections:board"),
        choices={"session": [Choice(str(row.id), f"{day_words(row.day)}, {row.hour}") for row in sessions]},
        initial={"petition": about},
        fixed={"petition": mandates.seat_words(one.statute, one.holding.kind, one.holding.number)},
        on_done=lambda done: HttpResponseRedirect(reverse("elections:recall", args=[about])),
    )


def signatures(request: HttpRequest) -> HttpResponse:
    return _about_recall(request, RecordSignatures)


def report(request: HttpRequest) -> HttpResponse:
    return _about_recall(request, ReportRecall)


def decide(request: HttpRequest) -> HttpResponse:
    return _about_recall(request, DecideRecall)


def withdraw(request: HttpRequest) -> HttpResponse:
    return _about_recall(request, WithdrawRecall)


def record(request: HttpRequest) -> HttpResponse:
    """The form of an election, for the sessions of today that are open."""
    commune, today = _here()
    statute = statutes.in_force(commune, today)
    sessions = Session.objects.filter(commune=commune, day=today).order_by("hour")
    return act_page(
        request,
        RecordElection,
        room=_("Elections and recalls"),
        room_href=reverse("elections:board"),
        choices={
            "session": [Choice(str(row.id), f"{day_words(row.day)}, {row.hour}") for row in sessions],
            "kind": [Choice(kind.id, mandates.named(kind.name)) for kind in statute.seats if not kind.founding],
        },
        on_done=lambda done: HttpResponseRedirect(reverse("elections:election", args=[done.id])),
    )
