"""One recall: what was asked, the signatures, the report and the vote, with their days; and the forms."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _, ngettext
from django.views.decorators.cache import never_cache

from comuna.acts.act import Act
from comuna.acts.authority import authority
from comuna.acts.reading import read_one
from comuna.assemblies import queries as assemblies
from comuna.assemblies.models import Session
from comuna.assemblies.pages.codes import asks_for_names, entry_form, on_sheet, taken_out, typed_people, with_name
from comuna.assemblies.pages.reader import Reader, reader, refused, who_can
from comuna.assemblies.pages.words import organ_words
from comuna.elections import queries
from comuna.elections.acts import (
    DecideRecall,
    RecordSignatures,
    ReportRecall,
    SignerRow,
    UndoDecision,
    UndoSignatures,
    WithdrawRecall,
)
from comuna.elections.acts.asking import may_withdraw
from comuna.elections.models import Decision, Petition, SignatureSheet
from comuna.elections.pages.asking import to_recall
from comuna.elections.pages.words import (
    counted_words,
    counters,
    desk_of,
    lapse_words,
    needed_words,
    next_words,
    organ_of,
    quorum_words,
    recall_words,
    seat_of,
    stage_status,
    vote_words,
)
from comuna.elections.queries import RecallStanding
from comuna.elections.rules import Stage
from comuna.look.act_page import NotDone, act_page, hand_in, refusal_part
from comuna.look.frame import Link, actor_of
from comuna.look.page import Page, show
from comuna.look.parts import (
    Answer,
    Bar,
    Choice,
    Do,
    Fact,
    Facts,
    Part,
    Section,
    Source,
    Step,
    Text,
    Thread,
    WhoCan,
)
from comuna.look.words import day_words, hour_words, number_words
from comuna.mandates import queries as mandates
from comuna.mandates.pages.reader import here, id_in
from comuna.statutes import words

ERASED = "—"


def recall(request: HttpRequest, id: UUID) -> HttpResponse:
    """Its steps with their days, and what it waits for."""
    who = reader(request)
    one = _standing(id, who)
    parts: list[Part] = [Section(_("Why"), [Text(one.petition.words or ERASED)], one.ground_words)]
    if one.petition.needed:
        whole = max(one.petition.needed, one.signed)
        parts.append(Bar(_("Signatures"), one.signed, whole, one.petition.needed, _("Needed"), large=True))
    if one.report is not None:
        parts.append(Section(_("What the desk found"), [Text(one.report.words or ERASED)]))
        parts.append(Section(_("Defence"), [Text(one.report.defence or ERASED)]))
    page = Page(
        title=_("Recall: {seat}").format(seat=seat_of(one)),
        room=_("Elections and recalls"),
        room_href=reverse("elections:board"),
        answer=Answer(
            _("Recall: {seat}").format(seat=seat_of(one)),
            f"{one.holding.name}. {next_words(one, who.day)}".strip(),
            stage_status(one.stage),
        ),
        next=_next(request, one, who),
        facts=[*parts, Section(_("Step by step"), [Thread(_steps(one))]), _rules(one)],
        source=Source(links=[Link(_("The whole thread"), reverse("books:thread", args=[one.petition.id]))]),
    )
    return show(request, page)


def _standing(id: UUID, who: Reader) -> RecallStanding:
    try:
        return queries.recall(id, who.day)
    except Petition.DoesNotExist:
        raise Http404 from None


def _steps(one: RecallStanding) -> list[Step]:
    """What was done, each with its act."""
    steps = [_step(one.petition.id, one.petition.day, _("asked for"))]
    for sheet in one.sheets:
        words = ngettext("{n} signature, {total} in all", "{n} signatures, {total} in all", sheet.people)
        said = words.format(n=number_words(sheet.people), total=number_words(sheet.total))
        steps.append(_step(sheet.id, sheet.day, said))
    if one.report is not None:
        late = one.report.days_late
        words = ngettext("the desk reported, {n} day late", "the desk reported, {n} days late", late)
        said = words.format(n=number_words(late)) if late else _("the desk reported in time")
        steps.append(_step(one.report.id, one.report.day, said))
    if one.decision is not None:
        outcome = _("recalled") if one.decision.passed else _("not recalled")
        steps.append(_step(one.decision.id, one.decision.session.sits_on, f"{outcome}: {vote_words(one.decision)}"))
    if one.settlement is not None:
        decision = one.settlement.decision
        steps.append(_step(decision.id, decision.session.sits_on, _("settled by the vote on another request")))
    if one.stage is Stage.LAPSED and one.lapses_on:
        steps.append(Step(day_words(one.lapses_on), _("the days for signing are over")))
    if one.withdrawal is not None:
        record = read_one(one.withdrawal.id).record
        steps.append(_step(one.withdrawal.id, record.day, _("taken back")))
    return steps


def _step(act: UUID, day: Any, words: str) -> Step:
    return Step(day_words(day), words, authority().signs_as(read_one(act).by), reverse("books:thread", args=[act]))


def _rules(one: RecallStanding) -> Facts:
    facts = [
        Fact(_("Rule"), one.recall.rule.source),
        Fact(_("Signatures needed"), needed_words(one)),
        Fact(_("Last day for signatures"), lapse_words(one)),
        Fact(_("Who reports"), desk_of(one)),
        Fact(_("Report due on"), one.due_on),
        Fact(_("Who decides"), organ_of(one)),
    ]
    facts = [fact for fact in facts if fact.value is not None]
    if one.decision is not None:
        facts.append(Fact(_("Quorum of the vote"), quorum_words(one.decision, one.recall)))
        facts.append(Fact(_("Who counted"), counted_words(one.decision.counter_one, one.decision.counter_two)))
        if one.decision.barred_until:
            facts.append(Fact(_("May take a seat again from"), one.decision.barred_until))
    return Facts(facts)


# What comes next

_NEXT: dict[Stage, tuple[type[Act], str]] = {
    Stage.COLLECTING: (RecordSignatures, "elections:signatures"),
    Stage.AT_DESK: (ReportRecall, "elections:report"),
    Stage.REPORT_LATE: (ReportRecall, "elections:report"),
    Stage.BEFORE_ASSEMBLY: (DecideRecall, "elections:decide"),
}


def _next(request: HttpRequest, one: RecallStanding, who: Reader) -> Part | None:
    links = _others(request, one, who)
    found = _NEXT.get(one.stage) or _decided_on_paper(one, who)
    if found is None:
        return Do(links[0].words, links[0].href, links[1:]) if links else None
    act, page = found
    organ = one.recall.decided_by if act is DecideRecall else None
    if who.may(act, organ) and _is_for(act, one, who, actor_of(request).person):
        return Do(act.label, f"{reverse(page)}?petition={one.petition.id}", links)
    keepers = _desk_holders(one, who) if act is ReportRecall else who_can(who, act, organ)
    return WhoCan(act.label, keepers, links)


def _is_for(act: type[Act], one: RecallStanding, who: Reader, person: UUID | None) -> bool:
    """Not for the one concerned, and the report for the desk alone."""
    desks = {held.kind for held in who.held if held.status.has_power}
    return person != one.holding.person and (act is not ReportRecall or one.petition.desk in desks)


def _desk_holders(one: RecallStanding, who: Reader) -> list[str]:
    """The desk with its holder's name, or alone where several hold it or nobody does."""
    may = mandates.who_may(who.commune, ReportRecall.verb, who.day)
    held = [row for row in may if row.kind == one.petition.desk and row.person != one.holding.person]
    return [f"{held[0].words} ({held[0].name})"] if len(held) == 1 else [desk_of(one)]


def _decided_on_paper(one: RecallStanding, who: Reader) -> tuple[type[Act], str] | None:
    """Somebody left the seat after the session that voted, which is only now written down: it counts all the same."""
    if one.stage is Stage.OVER and any(
        queries.recall(one.petition.id, session.sits_on).stage.can_be_decided for session in _sessions(one, who)
    ):
        return _NEXT[Stage.BEFORE_ASSEMBLY]
    return None


def _sessions(one: RecallStanding, who: Reader) -> list[Session]:
    """Those that go on with their quorum, of the organ that decides."""
    running = queries.sessions_that_elect(who.commune, who.day)
    return [row for row in running if row.organ == one.recall.decided_by]


def _others(request: HttpRequest, one: RecallStanding, who: Reader) -> tuple[Link, ...]:
    about, organ = f"?petition={one.petition.id}", one.recall.decided_by
    links = []
    if one.petition.needed and one.stage is Stage.COLLECTING:
        links.append(Link(_("A sheet to sign on, to print"), reverse("elections:sheet", args=[one.petition.id])))
    if one.stage is Stage.REPORT_LATE and who.may(DecideRecall, organ):
        links.append(Link(DecideRecall.label, reverse("elections:decide") + about))
    if one.sheets and one.report is None and one.stage.is_open and who.may(UndoSignatures, None):
        links.append(Link(UndoSignatures.label, f"{reverse('elections:undo-signatures')}?sheet={one.sheets[-1].id}"))
    row = one.decision
    if row is not None and who.may(UndoDecision, organ) and assemblies.standing(row.session_id).is_open:
        links.append(Link(UndoDecision.label, f"{reverse('elections:undo-decision')}?decision={row.id}"))
    own = {held.mandate for held in who.held if held.status.has_power}
    still_hers = one.petition.needed == 0 or one.reached_on is None
    if one.stage.is_open and still_hers and may_withdraw(one, actor_of(request).person, own):
        links.append(Link(WithdrawRecall.label, reverse("elections:withdraw") + about))
    return tuple(links)


# Signatures


@never_cache
def signatures(request: HttpRequest) -> HttpResponse:
    """Type a sheet of signatures by the codes of the people."""
    who = reader(request)
    one = _standing(id_in(request, "petition"), who)
    refusal = refused(request, RecordSignatures, who, None)
    if refusal is not None:
        part = refusal_part(request, RecordSignatures.label, refusal)
        return show(request, Page(RecordSignatures.label, next=part), status=403)
    organ = one.statute.organ(one.recall.decided_by)
    people = on_sheet(who.commune, assemblies.entitled(who.commune, organ, who.statute, who.day).people)
    faults: list[str] = []
    notice: Part | None = None
    status, signed = 200, queries.signers(one.petition.id)
    if request.method == "POST" and not asks_for_names(request):
        typed, faults = typed_people(request, people)
        status = 422
        if not faults:
            rows = tuple(SignerRow(person=person) for person in typed)
            answer = hand_in(request, RecordSignatures(petition=one.petition.id, signed=rows))
            if not isinstance(answer, NotDone):
                return to_recall(one.petition.id)
            signed = queries.signers(one.petition.id)
            notice, status = with_name(answer, "signed", typed, people, signed), answer.status
    form = entry_form(
        request,
        people,
        button=RecordSignatures.label,
        cancel=reverse("elections:recall", args=[one.petition.id]),
        but=signed,
        faults=faults,
        hidden=[("petition", str(one.petition.id))],
    )
    page = Page(
        title=RecordSignatures.label,
        room=recall_words(one),
        room_href=reverse("elections:recall", args=[one.petition.id]),
        answer=Answer(_("Who signed?"), next_words(one, who.day)),
        notices=taken_out(request, people, signed),
        next=notice,
        facts=[form],
    )
    return show(request, page, status=status)


# Report, vote, and taking back


def report(request: HttpRequest) -> HttpResponse:
    return _about_recall(request, ReportRecall)


def withdraw(request: HttpRequest) -> HttpResponse:
    return _about_recall(request, WithdrawRecall)


def decide(request: HttpRequest) -> HttpResponse:
    """The vote, in one of the sessions that go on with their quorum."""
    who = reader(request)
    one = _standing(id_in(request, "petition"), who)
    running = _sessions(one, who)
    choices = [
        Choice(
            str(row.id), f"{organ_words(who.statute, row.organ)}, {day_words(row.sits_on)}, {hour_words(row.sits_at)}"
        )
        for row in running
    ]
    initial = {"session": running[0].id} if len(running) == 1 else {}
    fixed = {"session": str(choices[0].words)} if len(running) == 1 else {}
    rules = Facts(
        [
            Fact(_("Quorum of the vote"), f"{words.share(one.recall.quorum)} ({one.recall.quorum.rule.source})"),
            Fact(_("To pass"), f"{words.majority(one.recall.majority)} ({one.recall.majority.rule.source})"),
        ]
    )
    if not running:
        nothing = _("No session of {organ} goes on with its quorum.").format(organ=organ_of(one))
        return show(request, Page(DecideRecall.label, facts=[Text(nothing), rules]))
    offered = {"session": choices, **counters(*(row.id for row in running))}
    return _about_recall(request, DecideRecall, offered, initial, fixed, [rules])


def _about_recall(
    request: HttpRequest,
    act: type[Act],
    choices: Mapping[str, Sequence[Choice]] | None = None,
    initial: Mapping[str, Any] | None = None,
    fixed: Mapping[str, str] | None = None,
    before: Sequence[Part] = (),
) -> HttpResponse:
    who = reader(request)
    one = _standing(id_in(request, "petition"), who)
    href = reverse("elections:recall", args=[one.petition.id])
    return act_page(
        request,
        act,
        room=recall_words(one),
        room_href=href,
        choices=choices,
        initial={"petition": one.petition.id, **(initial or {})},
        fixed={"petition": recall_words(one), **(fixed or {})},
        before=before,
        on_done=lambda done: HttpResponseRedirect(href),
        cancel=href,
    )


def undo_signatures(request: HttpRequest) -> HttpResponse:
    sheet = SignatureSheet.objects.filter(pk=id_in(request, "sheet"), commune=here()).first()
    if sheet is None:
        raise Http404
    words = ngettext("{n} signature", "{n} signatures", sheet.people).format(n=number_words(sheet.people))
    return _undo(request, UndoSignatures, "sheet", sheet.id, words, sheet.petition_id)


def undo_decision(request: HttpRequest) -> HttpResponse:
    row = Decision.objects.filter(pk=id_in(request, "decision"), commune=here()).first()
    if row is None:
        raise Http404
    return _undo(request, UndoDecision, "decision", row.id, vote_words(row), row.petition_id)


def _undo(request: HttpRequest, act: type[Act], field: str, id: UUID, words: str, petition: UUID) -> HttpResponse:
    href = reverse("elections:recall", args=[petition])
    return act_page(
        request,
        act,
        room=_("Recall"),
        room_href=href,
        initial={field: id},
        fixed={field: words},
        on_done=lambda done: HttpResponseRedirect(href),
        cancel=href,
    )
