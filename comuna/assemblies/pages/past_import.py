"""Sessions of earlier papers in three steps, all plain forms: hand in the tables, read what was found, accept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from comuna.acts.authority import authority
from comuna.acts.refusal import Refused
from comuna.assemblies import waiting
from comuna.assemblies.acts import ImportSessions
from comuna.assemblies.acts.past_draft import PastPlan, plan_import, session_import_of, tallies_of
from comuna.assemblies.acts.past_table import MEDIA_TYPE
from comuna.assemblies.pages.past_words import (
    FOUND,
    findings_words,
    motions_words,
    place_words,
    said_of,
    sessions_words,
    why_not_words,
)
from comuna.assemblies.pages.reader import Reader, reader
from comuna.assemblies.papers import BYTES_MAX, FILES, NotATable, Table as PastTable
from comuna.assemblies.papers.findings import TALLY_LISTED
from comuna.journal import files
from comuna.journal.models import Record
from comuna.look.act_page import NotDone, hand_in, refusal_part
from comuna.look.decode import ID
from comuna.look.forms import Control, Form, FormPart
from comuna.look.frame import Link
from comuna.look.page import Page, show
from comuna.look.parts import (
    Answer,
    Choice,
    Column,
    Empty,
    Fact,
    Facts,
    Line,
    Lines,
    Notice,
    Pages,
    Part,
    Refusal,
    Section,
    Source,
    Table,
)
from comuna.look.words import moment_words, number_words
from comuna.mandates.pages.reader import person_or_none, refused, to_sign_in
from comuna.territory.pages.reader import refused_page, unstored

NAMES, INITIALS, FULL = "names", "initials", "full"
FINDINGS_A_PAGE = 100


@dataclass(frozen=True)
class FileField:
    name: str
    label: str
    help: str
    needed: bool


@dataclass(frozen=True)
class TablesForm(Part):
    """A form that hands in the four tables."""

    template = "assemblies/tables_form.html"
    action: str
    fields: Sequence[FileField]
    button: str


def _barred(request: HttpRequest, one: Reader) -> HttpResponse | None:
    if person_or_none(request) is None:
        return to_sign_in(request)
    refusal = refused(request, ImportSessions, one.commune, one.day, council=None)
    return refused_page(request, ImportSessions, refusal) if refusal else None


def hand_in_tables(request: HttpRequest) -> HttpResponse:
    """Step one. Nothing is written into the books."""
    one = reader(request)
    barred = _barred(request, one)
    if barred is not None:
        return barred
    if request.method != "POST":
        return _upload_page(request)
    handed = {table: request.FILES.get(table.value) for table in PastTable}
    if sum(file.size or 0 for file in handed.values() if file) > BYTES_MAX:
        large = NotATable(PastTable.SESSIONS, "too-large", str(BYTES_MAX // (1024 * 1024)))
        return _upload_page(request, _refused(large), status=413)
    tables = {table: file.read() if file else None for table, file in handed.items()}
    try:
        plan_import(tables, one.commune, one.day)
    except NotATable as fault:
        return _upload_page(request, _refused(fault))
    person = person_or_none(request)
    assert person is not None
    id = waiting.keep(person, tables)
    return unstored(HttpResponseRedirect(reverse("assemblies:past-preview", args=[id]), status=303))


def _refused(fault: NotATable) -> Refused:
    return Refused(f"assemblies.table-{fault.why}", why_not_words(fault), field=fault.table.value)


def _upload_page(request: HttpRequest, refusal: Refused | None = None, *, status: int = 422) -> HttpResponse:
    helps = {
        PastTable.SESSIONS: _("Which sessions there were: organ, title, day, hour, place."),
        PastTable.MOTIONS: _("What was put to the vote, by whom, the result and the tally."),
        PastTable.ATTENDANCE: _("Who was there, and who was absent."),
        PastTable.VOTES: _("How each voted, where it was voted by name."),
    }
    needed = {PastTable.SESSIONS, PastTable.MOTIONS}
    form = TablesForm(
        action=reverse("assemblies:past-import"),
        fields=[FileField(table.value, FILES[table], words, table in needed) for table, words in helps.items()],
        button=_("Look at the tables"),
    )
    more = _("First you see what would come into the books and what does not fit. Nothing is written before.")
    person = person_or_none(request)
    kept = waiting.of_person(person) if person else {}
    page = Page(
        title=ImportSessions.label,
        room=_("Assemblies"),
        room_href=reverse("assemblies:sessions"),
        answer=Answer(ImportSessions.label, more),
        next=refusal_part(request, ImportSessions.label, refusal) if refusal else None,
        facts=[form, *([_those_that_wait(reader(request), kept)] if kept else [])],
        source=Source(links=[Link(_("Sessions from earlier papers"), reverse("assemblies:past"))]),
    )
    return unstored(show(request, page, status=status if refusal else 200))


def _those_that_wait(one: Reader, kept: Mapping[UUID, datetime]) -> Part:
    zone = authority().time_zone(one.commune)
    lines = [
        Line(
            _("Handed in {when}").format(when=moment_words(at.astimezone(zone).date(), f"{at.astimezone(zone):%H:%M}")),
            href=reverse("assemblies:past-preview", args=[id]),
        )
        for id, at in kept.items()
    ]
    intro = _("You handed these in and have not confirmed them. Each is deleted a day after it came.")
    return Section(_("Tables that wait"), [Lines(lines)], intro=intro)


def _waiting(request: HttpRequest, id: UUID) -> dict[PastTable, bytes | None]:
    tables = waiting.of(id, person_or_none(request))
    if tables is None:
        raise Http404
    return tables


def preview(request: HttpRequest, id: UUID) -> HttpResponse:
    """Step two: what would come into the books, and everything that was found, row by row."""
    one = reader(request)
    barred = _barred(request, one)
    if barred is not None:
        return barred
    return _preview(request, one, id, plan_import(_waiting(request, id), one.commune, one.day))


def _preview(
    request: HttpRequest,
    one: Reader,
    id: UUID,
    plan: PastPlan,
    not_done: Refusal | Notice | None = None,
    status: int = 200,
) -> HttpResponse:
    papers = plan.papers
    answer = (
        _("{sessions} with {motions} would be taken").format(
            sessions=sessions_words(len(papers.sessions)), motions=motions_words(len(papers.motions))
        )
        if papers.sessions
        else _("No session can be taken from these tables")
    )
    page = Page(
        title=ImportSessions.label,
        room=_("Assemblies"),
        room_href=reverse("assemblies:sessions"),
        answer=Answer(answer, findings_words(len(plan.findings))),
        next=not_done,
        facts=[
            _figures(plan),
            *_found(plan),
            _accept_form(id, plan) if papers.sessions else Empty(_("Put the tables right and hand them in again.")),
            *_row_by_row(request, plan),
            FormPart(
                Form(
                    id=uuid4(),
                    button=_("Throw these tables away"),
                    controls=(),
                    action=reverse("assemblies:past-discard", args=[id]),
                    quiet=True,
                )
            ),
        ],
    )
    return unstored(show(request, page, status=status))


def _figures(plan: PastPlan) -> Part:
    papers = plan.papers
    listed = sum(one.found in TALLY_LISTED for one in plan.findings)
    counted = len({vote.motion for vote in papers.votes})
    return Facts(
        [
            Fact(_("Sessions"), len(papers.sessions)),
            Fact(_("Motions"), len(papers.motions)),
            Fact(_("Votes by name"), len(papers.votes)),
            Fact(_("Tallies that are those of the votes by name"), counted - listed),
            Fact(_("Tallies that are not, each listed"), listed),
            Fact(_("Rows of which nothing is taken"), len({(f.table, f.row) for f in plan.findings if f.is_left_out})),
        ]
    )


def _accept_form(id: UUID, plan: PastPlan) -> Part:
    how = Control(
        NAMES,
        "radios",
        _("How people who are named there appear to everybody"),
        _("Whoever may import these papers reads the names in any case."),
        values=(INITIALS,),
        choices=(
            Choice(INITIALS, _("by initials")),
            Choice(FULL, _("by name: these papers are public already")),
        ),
    )
    seen = Control("findings", "hidden", "", values=(str(len(plan.findings)),))
    form = Form(
        id=uuid4(),
        button=_("Accept what was found and take the sessions into the books")
        if plan.findings
        else _("Take the sessions into the books"),
        controls=(how, seen),
        action=reverse("assemblies:past-accept", args=[id]),
        cancel=reverse("assemblies:past"),
    )
    return FormPart(form)


def _found(plan: PastPlan) -> list[Part]:
    """What is accepted, how often each: before the button."""
    if not plan.findings:
        return [Empty(_("Everything in the tables fitted together."))]
    kinds = Counter(one.found for one in plan.findings)
    rows = [(capfirst(FOUND[kind]), number) for kind, number in kinds.most_common()]
    columns = [Column(_("What"), head=True), Column(_("How often"), number=True)]
    return [Section(_("What was found"), [Table(_("What was found"), columns, rows)], wide=True)]


def _row_by_row(request: HttpRequest, plan: PastPlan) -> list[Part]:
    if not plan.findings:
        return []
    pages = Pages.asked(request.GET.get("page", ""), len(plan.findings), per_page=FINDINGS_A_PAGE)
    tallies = tallies_of(plan)
    lines = [
        Line(capfirst(said_of(one, tallies)), more=place_words(one.table.value, one.row))
        for one in plan.findings[pages.lines]
    ]
    return [Section(_("Row by row"), [Lines(lines, None, pages)], wide=True)]


def discard(request: HttpRequest, id: UUID) -> HttpResponse:
    _waiting(request, id)
    if request.method == "POST":
        waiting.drop(id)
    return unstored(HttpResponseRedirect(reverse("assemblies:past-import"), status=303))


def accept(request: HttpRequest, id: UUID) -> HttpResponse:
    """Step three: the one act. The tables are deleted with it."""
    one = reader(request)
    barred = _barred(request, one)
    if barred is not None:
        return barred
    act_id = _form_id(request)
    if act_id and Record.objects.filter(pk=act_id, verb=ImportSessions.verb).exists():
        return _to_result(act_id)  # the form was sent twice
    plan = plan_import(_waiting(request, id), one.commune, one.day)
    if request.method != "POST" or act_id is None:
        return _preview(request, one, id, plan)
    act, data = session_import_of(plan, act_id, one.commune, names_public=request.POST.get(NAMES) == FULL)
    seen = request.POST.get("findings", "")
    if seen != str(len(plan.findings)):
        words = _("There are {n} findings now: others than those that you read.").format(
            n=number_words(len(plan.findings))
        )
        other = Refused("assemblies.findings-not-accepted", words, field="findings")
        return _preview(request, one, id, plan, refusal_part(request, ImportSessions.label, other), 422)
    files.store(data, MEDIA_TYPE, person_or_none(request))
    answer = hand_in(request, act, channel="import")
    if isinstance(answer, NotDone):
        return _preview(request, one, id, plan, answer.part, answer.status)
    waiting.drop(id)
    return _to_result(answer.id)


def _form_id(request: HttpRequest) -> UUID | None:
    try:
        return UUID(request.POST.get(ID, ""))
    except ValueError:
        return None


def _to_result(id: UUID) -> HttpResponse:
    return unstored(HttpResponseRedirect(reverse("assemblies:past-imported", args=[id]), status=303))
