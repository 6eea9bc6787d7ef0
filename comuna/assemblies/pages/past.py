"""Sessions of earlier papers, for everybody: the list, one session with its motions and votes, one import."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _, pgettext

from comuna.acts.door import Done
from comuna.assemblies.acts import ImportSessions, UndoSessionImport
from comuna.assemblies.models import PastAttendance, PastFinding, PastMotion, PastSession, PastVote
from comuna.assemblies.pages.past_words import (
    FROM_PAPERS,
    STATUSES,
    choice_words,
    counted_tally,
    findings_words,
    kept_words,
    method_words,
    motions_words,
    past_organ_words,
    past_session_words,
    place_words,
    recorded_tally,
    result_status,
    sessions_words,
    tally_words,
    when_words,
)
from comuna.assemblies.pages.reader import Reader, reader
from comuna.assemblies.pages.words import erased_or
from comuna.assemblies.papers import Choice, Status
from comuna.assemblies.queries import earlier as queries
from comuna.look.act_page import act_page
from comuna.look.frame import Link
from comuna.look.page import Page, show
from comuna.look.parts import (
    Answer,
    Column,
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
    Section,
    Sign,
    Small,
    Source,
    Status as Shown,
    Table,
    Text,
)
from comuna.look.words import day_words, hour_words, list_words, number_words
from comuna.mandates.pages.reader import id_in
from comuna.territory.pages.reader import unstored


def past(request: HttpRequest) -> HttpResponse:
    """All of them, the newest first."""
    one = reader(request)
    years = queries.years_of_past_sessions(one.commune)
    year = next((each for each in years if str(each) == request.GET.get("year", "")), None)
    total = queries.count_past_sessions(one.commune, year)
    pages = Pages.asked(request.GET.get("page", ""), total, f"?year={year}&page={{page}}" if year else "?page={page}")
    found = queries.past_sessions(one.commune, year=year, lines=pages.lines)
    facts: list[Part] = []
    if len(years) > 1:
        links = [Link(pgettext("years", "all"), reverse("assemblies:past"), current=year is None)]
        links += [Link(str(each), f"?year={each}", current=each == year) for each in years]
        facts.append(Filters(_("Year"), links))
    empty = Empty(_("No session of earlier papers was imported."))
    listed = Lines([line_of(one, session) for session in found], empty, pages)
    facts.append(Section(_("Newest first"), [listed], wide=True))
    page = Page(
        title=_("Sessions from earlier papers"),
        room=_("Assemblies"),
        room_href=reverse("assemblies:sessions"),
        answer=Answer(
            sessions_words(total),
            _("As a council's papers have them. No quorum, deadline or mandate of today rests on them."),
            Shown(Sign.PLAIN, FROM_PAPERS),
        ),
        next=Do(ImportSessions.label, reverse("assemblies:past-import"))
        if one.may_in_whole_commune(ImportSessions)
        else None,
        facts=facts,
        source=Source(
            links=[
                Link(
                    _("Imported on {day}: {sessions}").format(
                        day=day_words(each.day), sessions=sessions_words(each.sessions)
                    ),
                    reverse("assemblies:past-imported", args=[each.id]),
                )
                for each in queries.past_imports(one.commune)[:20]
            ]
        ),
    )
    return show(request, page)


def line_of(one: Reader, session: PastSession, status: Shown | None = None) -> Line:
    return Line(
        past_session_words(one.statute, session),
        when=when_words(session),
        more=" · ".join(filter(None, [past_organ_words(one.statute, session), session.place])),
        href=reverse("assemblies:past-session", args=[session.id]),
        status=status,
    )


def past_session(request: HttpRequest, id: UUID) -> HttpResponse:
    """One session: who was there, each motion with who moved it, its result and how it was voted."""
    one = reader(request)
    session = queries.past_session(one.commune, id)
    if session is None:
        raise Http404
    knows = one.may_in_whole_commune(ImportSessions)
    stands = queries.past_standing(session, knows=knows)
    pages = Pages.asked(request.GET.get("page", ""), len(stands.motions))
    number = {motion.id: motion.number for motion in stands.motions}
    motions: list[Part] = [
        _motion(motion, stands, number.get(motion.amends) if motion.amends else None)
        for motion in stands.motions[pages.lines]
    ]
    page = Page(
        title=past_session_words(one.statute, session),
        room=_("Assemblies"),
        room_href=reverse("assemblies:sessions"),
        answer=Answer(
            past_session_words(one.statute, session),
            f"{when_words(session)}. {motions_words(len(stands.motions))}",
            Shown(Sign.PLAIN, FROM_PAPERS),
        ),
        facts=[
            *([] if pages.number > 1 else _heading(one, stands)),
            *(motions or [Empty(_("The papers have no motion of this session."))]),
            *([_pages(pages)] if pages.of > 1 else []),
            *([] if pages.number > 1 else _found(stands)),
        ],
        source=Source(
            words=_("Written down by others, elsewhere: this is what the tables of the import say."),
            links=[
                Link(_("The import, with everything that was found"), _import_href(session)),
                Link(_("In the books"), reverse("books:thread", args=[session.imported_id])),
            ],
        ),
    )
    answer = show(request, page)
    return unstored(answer) if knows else answer


def past_motion_href(motion: PastMotion) -> str:
    """The page of its session on which it stands."""
    page = -(-motion.number // Pages(1, 1, "").per_page)
    href = reverse("assemblies:past-session", args=[motion.session_id])
    return href if page == 1 else f"{href}?page={page}"


def _import_href(session: PastSession) -> str:
    return reverse("assemblies:past-imported", args=[session.imported_id])


def _pages(pages: Pages) -> Part:
    return Lines([], None, pages)


def _heading(one: Reader, stands: queries.PastStanding) -> list[Part]:
    session = stands.session
    there = [row for row in stands.attendance if row.status in (Status.PRESENT, Status.REMOTE)]
    absent = [row for row in stands.attendance if row.status == Status.ABSENT]
    facts = [
        Fact(_("Organ"), past_organ_words(one.statute, session)),
        Fact(_("Day"), when_words(session)),
    ]
    if session.place:
        facts.append(Fact(_("Place"), session.place))
    if stands.attendance:
        facts += [Fact(_("Present"), len(there)), Fact(_("Absent"), len(absent))]
    parts: list[Part] = [Section(_("The session"), [Facts(facts)])]
    if stands.told:
        parts.append(Section(_("Who was there"), [_attendance(stands)]))
    return parts


def _attendance(stands: queries.PastStanding) -> Part:
    def hours(row: PastAttendance) -> str:
        came = _("from {hour}").format(hour=hour_words(row.arrived)) if row.arrived else ""
        went = _("until {hour}").format(hour=hour_words(row.left)) if row.left else ""
        return " ".join(filter(None, (came, went)))

    return Table(
        _("Who was there"),
        [Column(_("Name"), head=True), Column(_("Attendance")), Column(_("Hours"))],
        [
            (stands.told[row.name_id], str(STATUSES[Status(row.status)]), hours(row))
            for row in sorted(stands.attendance, key=lambda one: stands.names[one.name_id])
            if row.name_id in stands.told
        ],
    )


def _motion(motion: PastMotion, stands: queries.PastStanding, amended: int | None) -> Part:
    facts = [Fact(_("Result"), result_status(motion))]
    if motion.mover_id:
        facts.append(Fact(_("Moved by"), stands.names[motion.mover_id]))
    if motion.seconder_id:
        facts.append(Fact(_("Seconded by"), stands.names[motion.seconder_id]))
    if amended is not None:
        facts.append(Fact(_("Amends"), _("motion {number}").format(number=number_words(amended))))
    recorded, counted = tally_words(recorded_tally(motion)), tally_words(counted_tally(motion))
    if recorded:
        facts.append(Fact(_("Tally"), " · ".join(filter(None, (recorded, method_words(motion))))))
    if counted and counted != recorded:
        facts.append(Fact(_("Votes by name give"), counted))
    facts += _votes(stands.votes.get(motion.id, []), stands)
    found = [one for one in stands.findings if one.motion_id == motion.id]
    if found:
        facts.append(Fact(_("What did not fit"), Many([Small(_finding(one, stands)) for one in found])))
    heading = _("Motion {number}").format(number=number_words(motion.number))
    parts: list[Part] = [Text(erased_or(motion.text)), Facts(facts)]
    return Section(f"{heading}: {motion.item}" if motion.item else heading, parts)


def _votes(votes: Sequence[PastVote], stands: queries.PastStanding) -> list[Fact]:
    found = []
    for choice in Choice:
        who = [vote.name_id for vote in votes if vote.choice == choice]
        names = stands.told if choice is Choice.ABSENT else stands.names
        named = [names[each] for each in who if each in names]
        if who:
            number = number_words(len(who))
            found.append(Fact(choice_words(choice), f"{number}: {list_words(named)}" if named else number))
    return found


def _finding(one: PastFinding, stands: queries.PastStanding) -> str:
    words = kept_words(one, stands.told)
    return f"{place_words(one.table, one.row)}: {words}"


def _found(stands: queries.PastStanding) -> list[Part]:
    """What was found that is about no motion."""
    found = [one for one in stands.findings if one.motion_id is None]
    lines = [Line(capfirst(kept_words(one, stands.told)), more=place_words(one.table, one.row)) for one in found]
    return [Section(_("What did not fit"), [Lines(lines)])] if lines else []


def past_imported(request: HttpRequest, id: UUID) -> HttpResponse:
    """One import: figures, everything that was found and accepted, and the way back."""
    one = reader(request)
    imported = queries.past_import(one.commune, id)
    if imported is None:
        raise Http404
    knows = one.may_in_whole_commune(ImportSessions)
    pages = Pages.asked(request.GET.get("page", ""), imported.findings)
    found, names = queries.past_findings(imported, pages.lines, knows=knows)
    undo = Link(UndoSessionImport.label, f"{reverse('assemblies:past-undo')}?imported={imported.id}")
    others = (undo,) if one.may_in_whole_commune(UndoSessionImport) else ()
    page = Page(
        title=_("Import of earlier sessions"),
        room=_("Assemblies"),
        room_href=reverse("assemblies:sessions"),
        answer=Answer(
            sessions_words(imported.sessions),
            _("Imported on {day}").format(day=day_words(imported.day)),
            Shown(Sign.PLAIN, FROM_PAPERS),
        ),
        next=Do(_("Sessions from earlier papers"), reverse("assemblies:past"), others),
        facts=[
            Facts(
                [
                    Fact(_("Motions"), imported.motions),
                    Fact(_("Votes by name"), imported.votes),
                    Fact(_("Tallies that are those of the votes by name"), imported.equal),
                    Fact(_("Tallies that are not, each listed"), imported.listed),
                    Fact(_("Findings accepted"), imported.findings),
                ]
            ),
            Section(
                findings_words(imported.findings),
                [
                    Lines(
                        [
                            Line(
                                capfirst(kept_words(each, names)),
                                more=place_words(each.table, each.row),
                                href=reverse("assemblies:past-session", args=[each.session_id])
                                if each.session_id
                                else "",
                            )
                            for each in found
                        ],
                        Empty(_("Everything in the tables fitted together.")),
                        pages,
                    )
                ],
            ),
        ],
        source=Source(links=[Link(_("In the books"), reverse("books:thread", args=[imported.id]))]),
    )
    answer = show(request, page)
    return unstored(answer) if knows else answer


def undo_past(request: HttpRequest) -> HttpResponse:
    one = reader(request)
    imported = queries.past_import(one.commune, id_in(request, "imported"))
    if imported is None:
        raise Http404
    words = f"{sessions_words(imported.sessions)}, {day_words(imported.day)}"

    def to_list(_done: Done) -> HttpResponse:
        return HttpResponseRedirect(reverse("assemblies:past"), status=303)

    return act_page(
        request,
        UndoSessionImport,
        room=_("Assemblies"),
        room_href=reverse("assemblies:sessions"),
        initial={"imported": imported.id},
        fixed={"imported": words},
        on_done=to_list,
        cancel=reverse("assemblies:past-imported", args=[imported.id]),
    )
