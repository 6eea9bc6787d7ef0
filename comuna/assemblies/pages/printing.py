"""Minutes as PDF: for everybody as the page has them, and certified, with full names, for the seats that may.

The certified file is made, its digest is written into the journal, and only then is it handed out; nothing of it
stays on the computer. In it stands a mark that only this copy has: without it whoever knows the names could try
identity numbers until the public digest fits.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from hashlib import sha256
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from comuna.acts.act import GroundRole
from comuna.acts.models import Ground
from comuna.acts.queries import said
from comuna.acts.reading import read_all
from comuna.assemblies import queries
from comuna.assemblies.acts import PrintCertified
from comuna.assemblies.holding import typed_at
from comuna.assemblies.pages.minutes import not_to_be_signed, page_of, title_of
from comuna.assemblies.pages.people import Telling
from comuna.assemblies.pages.reader import reader, refused, standing_or_404
from comuna.assemblies.pages.words import organ_words, session_words
from comuna.assemblies.queries import Standing
from comuna.journal.models import Record
from comuna.journal.sealing import fingerprint
from comuna.look import pdf
from comuna.look.act_page import NotDone, hand_in, refusal_part
from comuna.look.decode import ID
from comuna.look.forms import Form, FormPart
from comuna.look.frame import Link, Words
from comuna.look.page import Page, show
from comuna.look.parts import Line, Lines, Notice, Part, Section, Sign, Source, Text
from comuna.look.words import day_words, moment_words
from comuna.territory.models import Person
from comuna.territory.pages.reader import opened, reader_of
from comuna.territory.queries import commune

MARK_LETTERS = 20  # of hexadecimal: 80 bits
MARK_GROUP = 5  # shown to other seats: three quarters of the mark stay unknown to them
PRINTED_SHOWN = 20


def public(request: HttpRequest, id: UUID) -> HttpResponse:
    """The minutes as the page has them."""
    stands = standing_or_404(id)
    stop = not_to_be_signed(request, stands)
    if stop is not None:
        return stop
    try:
        file = pdf.kept(page_of(stands), _sheet(stands))
    except pdf.NotSet:
        return _no_file(request, stands)
    return pdf.answer(file, *_name(stands))


def certified(request: HttpRequest, id: UUID) -> HttpResponse:
    """The form; handed in, the file itself, which is written down before it is given."""
    stands = standing_or_404(id)
    stop = not_to_be_signed(request, stands)
    if stop is not None:
        return stop
    refusal = refused(request, PrintCertified, reader(request), stands.session.organ)
    if refusal is not None:
        part = refusal_part(request, PrintCertified.label, refusal)
        return _unstored(show(request, _page(stands, part), status=403))
    if stands.closure is None:
        words = _("This session is not closed: its minutes are not finished.")
        return _unstored(show(request, _page(stands, Notice(Sign.WAITING, words)), status=409))
    return _print(request, stands) if request.method == "POST" else _unstored(show(request, _asked(request, stands)))


def _print(request: HttpRequest, stands: Standing) -> HttpResponse:
    sheet = _sheet(stands, _copy_words(request, stands))
    try:
        file = pdf.fresh(page_of(stands, _telling(request, stands)), sheet)
    except pdf.NotSet:
        return _no_file(request, stands)
    done = hand_in(request, PrintCertified(session=stands.session.id, digest=sha256(file).hexdigest()))
    if isinstance(done, NotDone):
        return _unstored(show(request, _page(stands, done.part), status=done.status))
    return pdf.answer(file, *_name(stands), _("certified"))


def _asked(request: HttpRequest, stands: Standing) -> Page:
    """What will stand on it, and that it is written down who prints."""
    seen = _identity_of(request, stands)
    read = (
        _("The identity numbers of those whose roll you keep stand beside their names.")
        if seen
        else _("No identity number stands in it: whoever keeps the roll reads them, and you do not.")
    )
    words = [
        _("It holds the full names of all who were present: for those who sign it and the archive, not for the wall."),
        read,
        _("The books keep that you printed it, when, and the digest of the file. The file itself is kept nowhere."),
    ]
    back = reverse("assemblies:minutes", args=[stands.session.id])
    form = Form(id=uuid4(), button=PrintCertified.label, controls=(), cancel=back)
    return _page(stands, None, [Text("\n\n".join(words)), FormPart(form), *_printed_before(stands)])


def _printed_before(stands: Standing) -> list[Part]:
    """Each earlier copy: when, by which seat, and how its mark begins, so that a paper that turns up is known."""
    acts = Ground.objects.filter(ground=stands.session.id, role=GroundRole.PART_OF.value).values("act")
    printed = Record.objects.filter(pk__in=acts, verb=PrintCertified.verb).order_by("-seq")[:PRINTED_SHOWN]
    at = typed_at([record.id for record in printed])
    lines = [
        Line(
            said(read),
            when=moment_words(at[read.record.id].date(), f"{at[read.record.id]:%H:%M}"),
            more=_("copy {mark}…").format(mark=_mark(str(read.record.id))[:MARK_GROUP]),
            href=reverse("books:thread", args=[read.record.id]),
        )
        for read in read_all(printed)
    ]
    return [Section(_("Printed before"), [Lines(lines)])] if lines else []


# What stands in the files


def _telling(request: HttpRequest, stands: Standing) -> Telling:
    return Telling(full_names=True, identity=_identity_of(request, stands) or None, all_sign=True)


def _identity_of(request: HttpRequest, stands: Standing) -> dict[UUID, str]:
    """The identity numbers of those present that this reader may read: of people whose roll she keeps."""
    keeper = reader_of(request)
    people = list(Person.objects.filter(pk__in=queries.present_people(stands.session.id)))
    kept: dict[str, bool] = {}
    for person in people:
        if person.council not in kept:
            kept[person.council] = keeper.keeps(person)
    numbers = {person.id: opened(person.identity_sealed) for person in people if kept[person.council]}
    return {person: number for person, number in numbers.items() if number}


def _copy_words(request: HttpRequest, stands: Standing) -> str:
    """For whom and on which day it was printed, and the mark of this copy; the same again for the same form, so that
    a form sent twice over a bad line is answered twice with the same file."""
    day = reader(request).day
    mark = _mark(request.POST.get(ID, "").lower())
    groups = " ".join(mark[start : start + MARK_GROUP] for start in range(0, MARK_LETTERS, MARK_GROUP))
    return _("Certified. Printed on {day}. Copy {mark}").format(day=day_words(day, weekday=False), mark=groups)


def _mark(act: str) -> str:
    """Of the copy that was printed by this act: only this home's key gives it."""
    return fingerprint(f"{PrintCertified.verb} {act}")[:MARK_LETTERS].upper()


def _sheet(stands: Standing, copy: Words = "") -> pdf.Sheet:
    session = stands.session
    place = commune(session.commune).name
    return pdf.Sheet(commune=place, day=stands.day, short=session_words(stands.statute, session), copy=copy)


def _name(stands: Standing) -> tuple[Words, ...]:
    """``acta-2026-02-14-asamblea-de-ciudadanos``."""
    return _("minutes"), f"{stands.day:%Y-%m-%d}", organ_words(stands.statute, stands.session.organ)


# Pages instead of them


def _page(stands: Standing, next: Part | None, facts: Sequence[Part] = ()) -> Page:
    back = reverse("assemblies:minutes", args=[stands.session.id])
    return Page(
        title=PrintCertified.label,
        room=session_words(stands.statute, stands.session),
        room_href=reverse("assemblies:session", args=[stands.session.id]),
        next=next,
        facts=facts,
        source=Source(links=[Link(_("Back to the minutes"), back)]),
    )


def _no_file(request: HttpRequest, stands: Standing) -> HttpResponse:
    words = _("This computer can make no PDF now. The minutes can be printed from their page.")
    page = replace(_page(stands, Notice(Sign.WAITING, words)), title=title_of(stands))
    return _unstored(show(request, page, status=503))


def _unstored(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "no-store"
    return response
