"""The sign-in sheet: printed before the session, typed in when people have signed."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from comuna.acts.act import Act
from comuna.assemblies import queries
from comuna.assemblies.acts import PresentRow, RecordAttendance, RecordLeaving
from comuna.assemblies.acts.sitting import CAME_AT
from comuna.assemblies.pages.codes import (
    OnSheet,
    asks_for_names,
    entry_form,
    on_sheet,
    taken_out,
    typed_hour,
    typed_people,
    with_name,
)
from comuna.assemblies.pages.reader import Reader, hour_now, reader, refused, standing_or_404
from comuna.assemblies.pages.words import call_words, present_words, session_words
from comuna.assemblies.queries import Entitled, Standing
from comuna.look.act_page import NotDone, hand_in, refusal_part
from comuna.look.frame import Link
from comuna.look.page import Page, show
from comuna.look.parts import (
    Answer,
    Column,
    Many,
    Part,
    Section,
    Small,
    Source,
    Table,
    Text,
    Value,
)
from comuna.look.words import moment_words, number_words
from comuna.mandates.queries import seat_words
from comuna.statutes import rules as counting
from comuna.territory.reading.text import fold

LINES_FOR_MORE = 12  # blank lines at the end of the sheet, for those whom the books do not know yet


def entitled(stands: Standing) -> list[OnSheet]:
    """Everybody entitled to sit that day, in the order of their names."""
    rights = queries.entitled(stands.session.commune, stands.organ, stands.statute, stands.day)
    return on_sheet(stands.session.commune, rights.people, _seats(stands, rights))


def _seats(stands: Standing, rights: Entitled) -> dict[UUID, str]:
    said: dict[UUID, str] = {}
    for sitter in rights.sitters:
        words = seat_words(stands.statute, sitter.kind, sitter.number)
        words = _("{seat} (alternate)").format(seat=words) if sitter.is_alternate else words
        said[sitter.person] = f"{said[sitter.person]}, {words}" if sitter.person in said else words
    return said


def _barred(
    request: HttpRequest, stands: Standing, one: Reader, act: type[Act] = RecordAttendance
) -> HttpResponse | None:
    """Names are for whoever keeps the minutes."""
    refusal = refused(request, act, one, stands.session.organ)
    if refusal is None:
        return None
    part = refusal_part(request, act.label, refusal)
    return show(request, Page(act.label, next=part, room=_room(stands), room_href=_href(stands)), status=403)


def _room(stands: Standing) -> str:
    return session_words(stands.statute, stands.session)


def _href(stands: Standing) -> str:
    return reverse("assemblies:session", args=[stands.session.id])


# On paper


@never_cache
def sheet(request: HttpRequest, id: UUID) -> HttpResponse:
    """Everybody entitled to sit, with a code to type and room to sign."""
    stands, one = standing_or_404(id), reader(request)
    barred = _barred(request, stands, one)
    if barred is not None:
        return barred
    people = entitled(stands)
    rows = _sheet_rows(people)
    session = stands.session
    page = Page(
        title=_("Sign-in sheet"),
        answer=Answer(session_words(stands.statute, session), moment_words(stands.day, stands.hour)),
        facts=[
            Text(f"{session.place}\n{_quorums(stands)}"),
            Section(_("Sign-in sheet"), [Table(_("Sign-in sheet"), _sheet_columns(), rows, to_sign=True)], wide=True),
            Text(_("Empty lines are for people whom the books do not know yet. They count once they are registered.")),
        ],
        every_sheet=f"{session_words(stands.statute, session)}, {moment_words(stands.day, stands.hour)}",
        paper=True,
        source=Source(links=[Link(_("Back to the session"), reverse("assemblies:session", args=[id]))]),
        room=_room(stands),
        room_href=_href(stands),
    )
    return show(request, page)


def _sheet_columns() -> list[Column]:
    """One person a row, so that nobody reads another's code or signs in another's line, on paper or on a phone; the
    identity number is written by hand, since these books keep it sealed."""
    by_hand = [Column(words, write=True) for words in (_("Identity number"), CAME_AT.words, _("Signature"))]
    return [Column(_("Code"), head=True), Column(_("Name")), *by_hand]


def _sheet_rows(people: Sequence[OnSheet]) -> list[list[Value]]:
    rows: list[list[Value]] = [
        [one.code, Many([one.name, Small(one.seat)]) if one.seat else one.name, "", "", ""] for one in people
    ]
    return rows + [["", "", "", "", ""] for _blank in range(LINES_FOR_MORE)]


def _quorums(stands: Standing) -> str:
    """``First call: 59 of 196. Second call: 40 of 196.``"""
    counts = queries.counts_of(stands, 0)
    said = [
        _("{call}: {needed} of {whole}").format(
            call=call_words(call.number),
            needed=number_words(max(1, counting.needed(call.quorum, counts))),
            whole=number_words(counts.of(call.quorum.base)),
        )
        for call in stands.organ.calls
    ]
    return ". ".join(f"{one[:1].upper()}{one[1:]}" for one in said) + "."


# Typed in


@never_cache
def enter(request: HttpRequest, id: UUID) -> HttpResponse:
    """Type the codes of those who signed, or tick their names."""
    stands, one = standing_or_404(id), reader(request)
    barred = _barred(request, stands, one)
    if barred is not None:
        return barred
    people = entitled(stands)
    faults: list[str] = []
    notice: Part | None = None
    status = 200
    if request.method == "POST" and not asks_for_names(request):
        came, faults = typed_people(request, people)
        hour, wrong = typed_hour(request)
        faults += wrong
        status = 422
        if not faults:
            rows = tuple(PresentRow(person=person) for person in came)
            act = RecordAttendance(session=id, present=rows, hour=hour)
            answer = hand_in(request, act)
            if not isinstance(answer, NotDone):
                return HttpResponseRedirect(reverse("assemblies:session", args=[id]))
            notice, status = with_name(answer, "present", came, people, _there_now(id)), answer.status
    return _entry_page(request, stands, one, people, faults, notice, status)


def _there_now(session: UUID) -> frozenset[UUID]:
    return frozenset(row.person for row in queries.seated_now(session))


@never_cache
def leaving(request: HttpRequest, id: UUID) -> HttpResponse:
    """Who left, at which hour: by code, or ticked among those who are there."""
    stands, one = standing_or_404(id), reader(request)
    barred = _barred(request, stands, one, RecordLeaving)
    if barred is not None:
        return barred
    there = _there_now(id)
    came = queries.present_people(id)  # whoever left too: a form sent twice over a bad line is answered twice
    people = [person for person in entitled(stands) if person.person in came]
    faults: list[str] = []
    notice: Part | None = None
    status = 200
    if request.method == "POST" and not asks_for_names(request):
        gone, faults = typed_people(request, people)
        hour, wrong = typed_hour(request)
        faults += wrong or ([] if hour else [_("Say at which hour they left.")])
        status = 422
        if not faults:
            act = RecordLeaving.model_validate(
                {"session": id, "hour": hour, "people": tuple(PresentRow(person=person) for person in gone)}
            )
            answer = hand_in(request, act)
            if not isinstance(answer, NotDone):
                return HttpResponseRedirect(_href(stands))
            there = _there_now(id)
            notice, status = with_name(answer, "people", gone, people, came - there), answer.status
    rule = one.statute.signatures_for(RecordLeaving.verb)
    form = entry_form(
        request,
        people,
        button=RecordLeaving.label,
        cancel=_href(stands),
        but=came - there,
        faults=faults,
        propose=bool(rule and rule.needed > 1),
        tick=_("Or tick who left"),
        hour=(_("Left at"), "", hour_now(stands)),
    )
    page = Page(
        title=RecordLeaving.label,
        answer=Answer(_("Who left?"), _("From that hour on they neither vote nor count as present.")),
        notices=taken_out(request, people, came - there),
        next=notice,
        facts=[form],
        room=_room(stands),
        room_href=_href(stands),
    )
    return show(request, page, status=status)


def _entry_page(
    request: HttpRequest,
    stands: Standing,
    one: Reader,
    people: Sequence[OnSheet],
    faults: Sequence[str],
    notice: Part | None,
    status: int,
) -> HttpResponse:
    recorded = _there_now(stands.session.id)
    rule = one.statute.signatures_for(RecordAttendance.verb)
    form = entry_form(
        request,
        people,
        button=RecordAttendance.label,
        cancel=_href(stands),
        but=recorded,
        faults=faults,
        propose=bool(rule and rule.needed > 1),
        hour=(CAME_AT.words, CAME_AT.help, hour_now(stands) if stands.calls else ""),
    )
    page = Page(
        title=RecordAttendance.label,
        answer=Answer(
            _("Who is there?"),
            _("Type the codes of those who signed the sheet, with spaces or commas between: 17K 23P 108A"),
        ),
        notices=taken_out(request, people, recorded),
        next=notice,
        facts=[form, *_recorded([person for person in people if person.person in recorded])],
        room=_room(stands),
        room_href=_href(stands),
    )
    return show(request, page, status=status)


def _recorded(there: Sequence[OnSheet]) -> list[Part]:
    """Who is already recorded, so that nobody is looked for twice."""
    if not there:
        return []
    letters = groupby(there, lambda one: fold(one.name)[:1])  # a paragraph each: a name is found by its first letter
    listed = Text("\n\n".join(", ".join(f"{one.code}\u00a0{one.name}" for one in found) for _letter, found in letters))
    return [Section(_("Recorded as present"), [listed], present_words(len(there)))]
