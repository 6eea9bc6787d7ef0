"""What was decided, who answers for it and what became of it."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _, ngettext, pgettext

from comuna.assemblies import queries
from comuna.assemblies.acts import FollowUpResolution, Instruct, MoveMeeting, PublishStatement
from comuna.assemblies.models import Resolution
from comuna.assemblies.pages import also
from comuna.assemblies.pages.reader import Reader, reader, standing_or_404, who_can
from comuna.assemblies.pages.words import (
    added_words,
    erased_or,
    organ_words,
    ratified_status,
    resolution_words,
    responsible_words,
    session_words,
    tally_words,
    title_of,
    vote_words,
)
from comuna.assemblies.queries import ResolutionStanding
from comuna.assemblies.queries.decisions import statements
from comuna.look.act_page import act_page
from comuna.look.frame import Link
from comuna.look.page import Page, show
from comuna.look.parts import (
    Answer,
    Do,
    Empty,
    Fact,
    Facts,
    Filters,
    Line,
    Lines,
    Many,
    Pages,
    Part,
    Search,
    Section,
    Sign,
    Small,
    Source,
    Status,
    Step,
    Text,
    Thread,
    Value,
    WhoCan,
)
from comuna.look.words import day_words, number_words
from comuna.mandates.pages.reader import here

HEADING_MAX = 200  # characters of a decision; a longer one stands whole beneath its beginning


def resolutions(request: HttpRequest) -> HttpResponse:
    """The open ones first, the earliest due first; ``?show=all`` for every decision, newest first."""
    one = reader(request)
    everything = request.GET.get("show") == "all"
    waiting = queries.open_resolutions(one.commune)
    total = queries.count_resolutions(one.commune) if everything else len(waiting)
    pages = Pages.asked(request.GET.get("page", ""), total, "?show=all&page={page}" if everything else "?page={page}")
    late = sum(each.is_late(one.day) for each in waiting)
    found = queries.resolutions(one.commune, pages.lines) if everything else waiting[pages.lines]
    lines = [_line(one, each) for each in found]
    nothing = Empty(
        _("Nothing was decided yet. What an organ decides stands here with who answers for it and by when.")
        if everything
        else _("No decision is waiting: everything that was decided is done.")
    )
    heading = _("Every decision") if everything else _("Not done yet")
    page = Page(
        title=_("What was decided"),
        room=_("Assemblies"),
        room_href=reverse("assemblies:sessions"),
        answer=Answer(_open_words(len(waiting)), _late_words(late) if late else ""),
        facts=[
            Search(_("Search what was decided"), action=reverse("search")),
            Filters(
                _("Show"),
                [
                    Link(
                        pgettext("decision", "not done yet"), reverse("assemblies:resolutions"), current=not everything
                    ),
                    Link(pgettext("decision", "all"), "?show=all", current=everything),
                ],
            ),
            Section(heading, [Lines(lines, nothing, pages)], wide=True),
            *_to_ratify(one),
        ],
    )
    return show(request, page)


def _to_ratify(one: Reader) -> list[Part]:
    """Decisions of seats whose terms were over, which another organ has not ratified yet."""
    found = queries.to_ratify(one.commune)
    lines = [
        Line(
            erased_or(each.text)[:160],
            more=", ".join([resolution_words(each.resolution), organ_words(one.statute, each.resolution.ratified_by)]),
            href=reverse("assemblies:resolution", args=[each.resolution.id]),
            status=ratified_status(each),
        )
        for each in found
    ]
    said = _("Decided by seats whose terms were over. The organ that the statute names ratifies or rejects them.")
    return [Section(_("To be ratified"), [Lines(lines)], said, wide=True)] if lines else []


def _open_words(count: int) -> str:
    return ngettext("{n} decision is not done yet", "{n} decisions are not done yet", count).format(
        n=number_words(count)
    )


def _late_words(count: int) -> str:
    return ngettext("{n} of them is past its day", "{n} of them are past their day", count).format(
        n=number_words(count)
    )


def _line(one: Reader, each: ResolutionStanding) -> Line:
    answers = responsible_words(one.statute, each.resolution.responsible)
    due = each.resolution.due_on
    decided = f"{resolution_words(each.resolution)}, {organ_words(one.statute, each.resolution.organ)}"
    responsible = _("answers for it: {seat}").format(seat=answers) if answers else ""
    return Line(
        erased_or(each.text)[:160],
        when=_("by {day}").format(day=day_words(due, today=one.day, weekday=False)) if due else "",
        more=". ".join(filter(None, [decided, responsible and capfirst(responsible)])),
        href=reverse("assemblies:resolution", args=[each.resolution.id]),
        status=state_of(each, one.day),
    )


def state_of(each: ResolutionStanding, today: date) -> Status:
    if each.rejected:
        return Status(Sign.REFUSED, pgettext("decision", "rejected"))
    if not each.is_task:
        return Status(Sign.PLAIN, pgettext("decision", "in force"))
    if each.is_done:
        return Status(Sign.DONE, pgettext("decision", "done"))
    if each.is_late(today):
        return Status(Sign.REFUSED, pgettext("decision", "past its day"))
    return Status(Sign.WAITING, pgettext("decision", "not yet"))


def resolution(request: HttpRequest, id: UUID) -> HttpResponse:
    """One decision, how it was taken, and everything that was said of it since."""
    one = reader(request)
    each = _standing(id)
    row, text = each.resolution, str(erased_or(each.text, each.resolution.motion_id))
    stands = standing_or_404(each.session)
    tally = queries.tally_of(row.motion_id)
    facts = [
        Fact(_("Decided by"), Link(session_words(stands.statute, stands.session), _session_href(each))),
        Fact(_("Vote"), tally_words(tally)),
        Fact(_("Answers for it"), responsible_words(stands.statute, row.responsible)),
        Fact(pgettext("decision", "By"), row.due_on),
        *([Fact(_("Agenda"), added)] if (added := added_words(stands, row.motion.item)) else []),
        *([Fact(_("Approves"), _("What was put before the session under its item"))] if row.wording.approves else []),
        *_ratified(one, each),
        *_binds(one, each),
    ]
    page = Page(
        title=resolution_words(row),
        room=_("What was decided"),
        room_href=reverse("assemblies:resolutions"),
        answer=Answer(
            text if len(text) <= HEADING_MAX else f"{text[:HEADING_MAX].rsplit(maxsplit=1)[0]} …",
            f"{resolution_words(row)} · {organ_words(stands.statute, row.organ)}, {day_words(each.decided_on)}",
            state_of(each, one.day),
        ),
        next=_next(one, each),
        facts=[
            *([Text(text)] if len(text) > HEADING_MAX else []),
            Facts(facts),
            *([Section(_("What became of it"), [_story(each)])] if each.is_task or each.said else []),
            *also.of_decision(row.id, one.day),
        ],
        source=Source(
            links=[
                Link(_("The whole thread"), reverse("books:thread", args=[tally.id])),
                *_instruct(one, row),
                *_moves_meeting(one, row),
                *_states(one, row),
            ]
        ),
    )
    return show(request, page)


def _ratified(one: Reader, each: ResolutionStanding) -> list[Fact]:
    """Whether the organ that the statute names ratified it, with the vote by which it did."""
    status = ratified_status(each)
    if status is None:
        return []
    said: list[Value] = [status, Small(organ_words(one.statute, each.resolution.ratified_by))]
    if each.ratified is not None:
        vote = queries.tally_of(each.ratified.motion_id)
        said.append(Link(tally_words(vote), reverse("books:thread", args=[vote.id])))
    return [Fact(_("Decided with terms that were over"), Many(said))]


def _binds(one: Reader, each: ResolutionStanding) -> list[Fact]:
    """How spokespeople vote elsewhere by this decision."""
    return [
        Fact(
            _("How the spokesperson votes"),
            Many(
                [
                    vote_words(given.vote),
                    Link(
                        f"{session_words(one.statute, given.item.session)}: {title_of(given.item)}",
                        reverse("assemblies:session", args=[given.item.session_id]),
                    ),
                ]
            ),
        )
        for given in queries.instructions_by(each.resolution.motion_id)
    ]


def _instruct(one: Reader, row: Resolution) -> list[Link]:
    """For who keeps the organ's minutes, where it sends somebody whom it may bind."""
    may = one.may(Instruct, row.organ) and queries.stands(row)
    if not may or not queries.items_open_to(one.commune, row.organ, one.day):
        return []
    return [Link(Instruct.label, reverse("assemblies:instruct", args=[row.id]))]


def _moves_meeting(one: Reader, row: Resolution) -> list[Link]:
    """For who keeps the minutes of an organ that meets by itself."""
    regular = any(organ.rhythm and row.organ in (organ.id, one.statute.highest().id) for organ in one.statute.organs)
    if not regular or not one.may(MoveMeeting, row.organ) or not queries.stands(row):
        return []
    return [Link(MoveMeeting.label, reverse("assemblies:move-meeting", args=[row.id]))]


def _states(one: Reader, row: Resolution) -> list[Link]:
    """What the organ said in public by this decision, and the way to say more."""
    said = [
        Link(erased_or(each.title), reverse("assemblies:statement", args=[each.id]))
        for each in statements(one.commune, row.id)
    ]
    if one.may(PublishStatement, row.organ) and queries.stands(row):
        said.append(Link(PublishStatement.label, reverse("assemblies:publish-statement", args=[row.id])))
    return said


def _standing(id: UUID) -> ResolutionStanding:
    found = queries.resolution(id, here())
    if found is None:
        raise Http404
    return found


def _session_href(each: ResolutionStanding) -> str:
    return reverse("assemblies:session", args=[each.session])


def _next(one: Reader, each: ResolutionStanding) -> Part | None:
    if each.is_done or not each.is_task:
        return None
    if one.may(FollowUpResolution, each.resolution.organ, _answers(each)):
        return Do(FollowUpResolution.label, reverse("assemblies:follow-up", args=[each.resolution.id]))
    return WhoCan(FollowUpResolution.label, who_can(one, FollowUpResolution, each.resolution.organ, _answers(each)))


def _answers(each: ResolutionStanding) -> tuple[str, ...]:
    """The kind of seat that answers for it, which may report on it."""
    return (each.resolution.responsible,) if each.resolution.responsible else ()


def _story(each: ResolutionStanding) -> Part:
    if not each.said:
        return Empty(_("Nobody has said yet what became of it."))
    return Thread(
        [
            Step(
                day_words(said.on),
                erased_or(said.words),
                pgettext("decision", "done") if said.done else pgettext("decision", "not yet"),
                reverse("books:thread", args=[said.id]),
            )
            for said in each.said
        ]
    )


def follow_up(request: HttpRequest, id: UUID) -> HttpResponse:
    each = _standing(id)
    answers = responsible_words(reader(request).statute, each.resolution.responsible)
    href = reverse("assemblies:resolution", args=[id])
    return act_page(
        request,
        FollowUpResolution,
        room=resolution_words(each.resolution),
        room_href=href,
        initial={"resolution": id},
        fixed={"resolution": resolution_words(each.resolution)},
        before=[Text(erased_or(each.text)), *([Facts([Fact(_("Answers for it"), answers)])] if answers else [])],
        on_done=lambda done: HttpResponseRedirect(href),
        cancel=href,
        organ=each.resolution.organ,
        given=_answers(each),
    )
