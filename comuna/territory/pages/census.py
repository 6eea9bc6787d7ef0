"""A census in three steps, all plain forms: hand in the list, look at what would become of each row, confirm."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid4

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _, ngettext

from comuna.acts.refusal import Refused
from comuna.journal.models import Record
from comuna.look.act_page import NotDone, hand_in, refusal_part
from comuna.look.decode import ID
from comuna.look.forms import Control, Form, FormPart
from comuna.look.frame import Link
from comuna.look.page import Page, show
from comuna.look.parts import (
    Answer,
    Choice,
    Empty,
    Line as LineOf,
    Lines,
    Notice,
    Part,
    Refusal,
    Section,
    Source,
)
from comuna.look.words import number_words
from comuna.territory import waiting
from comuna.territory.acts import ImportCensus
from comuna.territory.acts.drafting import import_of
from comuna.territory.acts.matching import Outcome, Plan, plan
from comuna.territory.models import WaitingList
from comuna.territory.pages import columns, likeness, understood, words
from comuna.territory.pages.reader import Reader, reader_of, refused_page, to_sign_in, unstored
from comuna.territory.reading import Census, Unreadable, open_table, read_census, understood as read_columns
from comuna.territory.reading.dates import read_day
from comuna.territory.reading.limits import LIMITS

FILE = "file"


@dataclass(frozen=True)
class FileForm(Part):
    """A form that hands in one file."""

    template = "territory/file_form.html"
    action: str
    name: str
    label: str
    help: str
    button: str
    accept: str = ".xlsx,.csv,.txt"
    councils: Sequence[Choice] = ()  # whose list it is, where the books have several


def _barred(reader: Reader, request: HttpRequest) -> HttpResponse | None:
    if reader.person is None:
        return to_sign_in(request)
    refusal = reader.barred(ImportCensus)
    return refused_page(request, ImportCensus, refusal) if refusal else None


def upload(request: HttpRequest) -> HttpResponse:
    """Step one: the file. What it is is found out here; nothing is written into the books."""
    reader = reader_of(request)
    barred = _barred(reader, request)
    if barred is not None:
        return barred
    councils = [Choice(one.slug, one.name) for one in reader.councils(ImportCensus)]
    if request.method != "POST":
        return _upload_page(request, councils)
    handed, council = request.FILES.get(FILE), request.POST.get("council", "")
    if councils and council not in {one.value for one in councils}:
        words = _("Say whose people these are: choose a council.")
        return _upload_page(request, councils, Refused("territory.which-council", words, field="council"))
    if handed is None:
        return _upload_page(request, councils, Refused("territory.no-file", _("Choose a file first."), field=FILE))
    if (handed.size or 0) > LIMITS.file_bytes:
        too_large = Refused("territory.file-too-large", _too_large(), field=FILE)
        return _upload_page(request, councils, too_large, status=413)
    data = handed.read()
    try:
        open_table(data)
    except Unreadable as error:
        return _upload_page(request, councils, _refused(error))
    assert reader.person is not None
    row = waiting.keep(reader.person, handed.name or "", data, council if councils else "")
    return unstored(HttpResponseRedirect(reverse("territory:preview", args=[row.id]), status=303))


def _too_large() -> str:
    return _("This file is larger than {n} MB. Send only the list.").format(n=LIMITS.file_bytes // (1024 * 1024))


def _refused(error: Unreadable) -> Refused:
    return Refused(f"territory.{error.fault.value}", words.fault_words(error), field=FILE)


def _upload_page(
    request: HttpRequest, councils: Sequence[Choice], refusal: Refused | None = None, *, status: int = 422
) -> HttpResponse:
    form = FileForm(
        action=reverse("territory:import"),
        name=FILE,
        label=_("The list"),
        help=_("A spreadsheet (.xlsx) or CSV, as it is. It is kept sealed for a day at most, and only you see it."),
        button=_("Look at the list"),
        councils=councils,
    )
    more = _("First you see what would become of each row. Nothing is written before you confirm.")
    page = Page(
        title=ImportCensus.label,
        room=_("People"),
        room_href=reverse("territory:overview"),
        answer=Answer(ImportCensus.label, more),
        next=refusal_part(request, ImportCensus.label, refusal) if refusal else None,
        facts=[form, *_waiting_lists(request)],
        source=Source(links=[Link(_("Census imports"), reverse("territory:imports"))]),
    )
    return unstored(show(request, page, status=status if refusal else 200))


def _waiting_lists(request: HttpRequest) -> list[Part]:
    """The lists that its reader brought and did not confirm yet, each to go on with or to throw away."""
    person = reader_of(request).person
    found = waiting.of_person(person) if person else []
    if not found:
        return []
    lines = [LineOf(row.name, href=reverse("territory:preview", args=[row.id])) for row in found]
    leave = [FormPart(_leave_form(row, _("Throw away {file}").format(file=row.name))) for row in found]
    intro = _("You handed these in and have not confirmed them. Each is deleted a day after it came.")
    return [Section(_("Lists that wait"), [Lines(lines), *leave], intro=intro)]


def _leave_form(row: WaitingList, button: str) -> Form:
    return Form(id=uuid4(), button=button, controls=(), action=reverse("territory:discard", args=[row.id]), quiet=True)


def preview(request: HttpRequest, id: UUID) -> HttpResponse:
    """Step two: every row with what would become of it, and the columns to put right."""
    reader = reader_of(request)
    barred = _barred(reader, request)
    if barred is not None:
        return barred
    return _preview(request, reader, _waiting(id, reader))


def _waiting(id: UUID, reader: Reader) -> WaitingList:
    row = waiting.of(id, reader.person)
    if row is None:
        raise Http404
    return row


def _preview(
    request: HttpRequest, reader: Reader, row: WaitingList, not_done: Refusal | Notice | None = None, status: int = 200
) -> HttpResponse:
    grids = open_table(waiting.content(row))
    choices = waiting.choices(row, reader.day)
    action = reverse("territory:columns", args=[row.id])
    try:
        census = read_census(grids, choices)
    except Unreadable as error:
        part = refusal_part(request, ImportCensus.label, _refused(error))
        chosen = columns.form(grids, read_columns(grids, choices), action)
        page = _page(row, Answer(_("The columns of this list are not clear yet")), part, [chosen])
        return unstored(show(request, page, status=422))
    planned = plan(census, reader.commune, uuid4(), reader.day, waiting.council_of(row), waiting.same(row), row.digest)
    facts = [*understood.summary(planned, census), _confirm_form(row, planned, census, reader)]
    facts += likeness.form(planned, reverse("territory:same", args=[row.id]))
    print_it = reverse("territory:left", args=[row.id])
    facts += understood.rows(request, planned, census, reader.day, print_it)
    facts.append(columns.form(grids, census.sheets, action))
    answer = Answer(_answer_words(planned), _("{file}, rows: {rows}").format(file=row.name, rows=planned.rows))
    return unstored(show(request, _page(row, answer, not_done, facts), status=status))


def _page(row: WaitingList, answer: Answer, next_part: Part | None, facts: Sequence[Part]) -> Page:
    return Page(
        title=ImportCensus.label,
        room=_("People"),
        room_href=reverse("territory:overview"),
        answer=answer,
        next=next_part,
        facts=[*facts, FormPart(_leave_form(row, _("Throw this list away")))],
    )


def _answer_words(planned: Plan) -> str:
    new, known = len(planned.of(Outcome.TAKEN)), len(planned.of(Outcome.MATCHED))
    if not new and not known:
        return _("Nobody can be taken from this list")
    said = ngettext("{n} person would be taken", "{n} people would be taken", new).format(n=number_words(new))
    if not known:
        return said
    return said + ", " + ngettext("{n} is known already", "{n} are known already", known).format(n=number_words(known))


def _confirm_form(row: WaitingList, planned: Plan, census: Census, reader: Reader) -> Part:
    if not planned.of(Outcome.TAKEN) and not planned.of(Outcome.MATCHED):
        return Empty(_("Put the columns right below, or hand in another list."))
    day = Control(
        "census_day",
        "day",
        _("Day of the census"),
        _("Ages are counted from it"),
        values=((census.day or reader.day).isoformat(),),
    )
    form = Form(
        id=uuid4(),
        button=_("Take these people into the books"),
        controls=(day,),
        action=reverse("territory:confirm", args=[row.id]),
        cancel=reverse("territory:overview"),
    )
    return FormPart(form)


def put_columns_right(request: HttpRequest, id: UUID) -> HttpResponse:
    """What the bringer of a list says of its columns; then the preview again."""
    reader = reader_of(request)
    barred = _barred(reader, request)
    if barred is not None:
        return barred
    row = _waiting(id, reader)
    if request.method == "POST":
        waiting.say(row, *columns.said(request.POST))
    return unstored(HttpResponseRedirect(reverse("territory:preview", args=[row.id]), status=303))


def say_who_is_who(request: HttpRequest, id: UUID) -> HttpResponse:
    """What the bringer of a list says of those who may be somebody of the books; then the preview again."""
    reader = reader_of(request)
    barred = _barred(reader, request)
    if barred is not None:
        return barred
    row = _waiting(id, reader)
    if request.method == "POST":
        waiting.say_same(row, likeness.said(request.POST))
    return unstored(HttpResponseRedirect(reverse("territory:preview", args=[row.id]), status=303))


def left(request: HttpRequest, id: UUID) -> HttpResponse:
    """The rows of a list that waits from which nobody is taken, to be printed."""
    reader = reader_of(request)
    barred = _barred(reader, request)
    if barred is not None:
        return barred
    row = _waiting(id, reader)
    try:
        census = read_census(open_table(waiting.content(row)), waiting.choices(row, reader.day))
    except Unreadable:
        raise Http404 from None
    planned = plan(census, reader.commune, uuid4(), reader.day, waiting.council_of(row), waiting.same(row), row.digest)
    return unstored(show(request, understood.sheet_of_left(row.name, understood.left_of(planned, census))))


def discard(request: HttpRequest, id: UUID) -> HttpResponse:
    """Delete a list that waits."""
    reader = reader_of(request)
    row = _waiting(id, reader)
    if request.method == "POST":
        waiting.drop(row.id)
    return unstored(HttpResponseRedirect(reverse("territory:import"), status=303))


def confirm(request: HttpRequest, id: UUID) -> HttpResponse:
    """Step three: the one act. The list is deleted with it."""
    reader = reader_of(request)
    barred = _barred(reader, request)
    if barred is not None:
        return barred
    act_id = _form_id(request)
    if act_id and Record.objects.filter(pk=act_id, verb=ImportCensus.verb).exists():
        return _to_result(act_id)  # the form was sent twice
    row = _waiting(id, reader)
    if request.method != "POST" or act_id is None:
        return _preview(request, reader, row)
    census = read_census(open_table(waiting.content(row)), waiting.choices(row, reader.day))
    census_day = _census_day(request, reader.day)
    if census_day is None:
        refusal = Refused("territory.not-a-day", _("Write the day of the census."), field="census_day")
        return _preview(request, reader, row, refusal_part(request, ImportCensus.label, refusal), 422)
    planned = plan(census, reader.commune, act_id, reader.day, waiting.council_of(row), waiting.same(row), row.digest)
    act = import_of(planned, census_day=census_day, file_name=row.name, file_digest=row.digest)
    answer = hand_in(request, act, channel="import")
    if isinstance(answer, NotDone):
        return _preview(request, reader, row, answer.part, answer.status)
    waiting.keep_left(row, answer.id, understood.left_of(planned, census))
    return _to_result(answer.id)


def _form_id(request: HttpRequest) -> UUID | None:
    try:
        return UUID(request.POST.get(ID, ""))
    except ValueError:
        return None


def _census_day(request: HttpRequest, today: date) -> date | None:
    return read_day(request.POST.get("census_day", ""), today)


def _to_result(id: UUID) -> HttpResponse:
    return unstored(HttpResponseRedirect(reverse("territory:imported", args=[id]), status=303))
