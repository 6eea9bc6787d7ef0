"""What was said under each item: on the session's page, in the minutes, and the form in which it is written."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from comuna.acts.reading import read_one
from comuna.assemblies import queries
from comuna.assemblies.acts import UndoNote, WriteNote
from comuna.assemblies.models import Note
from comuna.assemblies.pages.reader import Reader, hour_now, reader, standing_or_404
from comuna.assemblies.pages.recording import about_session, item_choices, seat_choices
from comuna.assemblies.pages.states import may_undo, undo_link, write_link
from comuna.assemblies.pages.words import erased_or, said_by_words, title_of
from comuna.assemblies.queries import ItemStanding, Standing
from comuna.journal.models import Record
from comuna.look.parts import Fact, Facts, Many, Part, Section, Small, Value
from comuna.mandates.pages.reader import here, id_in

SAID = "said"  # the section's place on the session's page


def written(stands: Standing, items: Sequence[ItemStanding], one: Reader) -> list[Part]:
    """What was said under each item; for whoever keeps the minutes, while the session runs, each item with the way to
    write."""
    writes = stands.quorate is not None and may_undo(stands, one, WriteNote)
    facts = [
        Fact(
            f"{held.item.number}. {title_of(held.item)}",
            Many(_values(stands, held, one)) if held.notes else Small(_("nothing written yet")),
            write_link(stands, held, _("Write it down")) if writes else None,
        )
        for held in items
        if held.notes or (writes and not held.struck)
    ]
    return [Section(_("What was said"), [Facts(facts)], wide=True, id=SAID)] if facts else []


def _values(stands: Standing, held: ItemStanding, one: Reader) -> list[Value]:
    values: list[Value] = []
    for note in held.notes:
        by = said_by_words(stands, note)
        values += [Small(by)] if by else []
        values += _paragraphs(erased_or(note.words, note.id))
        if may_undo(stands, one, UndoNote):
            values.append(undo_link(UndoNote, "note", note.id))
    return values


def _paragraphs(words: str) -> list[str]:
    return [line for line in re.split(r"\s*\n\s*", words) if line]


def note_words(stands: Standing, note: Note) -> str:
    """``10:20, Water spokesperson: The pump ...``, in paragraphs."""
    by, words = said_by_words(stands, note), erased_or(note.words, note.id)
    return _("{who}: {words}").format(who=by, words=words) if by else words


def write(request: HttpRequest, id: UUID) -> HttpResponse:
    """Under the item that the link names; without one that is asked. ``?again=`` gives the words of a note that was
    taken back."""
    stands, one, agenda = standing_or_404(id), reader(request), queries.items(id)
    asked = request.GET.get("item", "")
    named = next((held for held in agenda if str(held.item.number) == asked), None)
    wanted = named or next((held for held in agenda if held.waits), agenda[-1] if agenda else None)
    initial: dict[str, Any] = {"item": wanted.item.number} if wanted else {}
    if stands.day == one.day:
        initial["hour"] = hour_now(stands)
    return about_session(
        request,
        id,
        WriteNote,
        stands=stands,
        initial=initial | _again(request, id),
        fixed={"item": f"{named.item.number}. {title_of(named.item)}"} if named else {},
        choices={"item": item_choices(agenda), "seat": seat_choices(stands, one)},
        on_done=lambda done: HttpResponseRedirect(f"{reverse('assemblies:session', args=[id])}#{SAID}"),
    )


def _again(request: HttpRequest, session: UUID) -> dict[str, Any]:
    """What a note said that was taken back."""
    note = id_in(request, "again") if request.GET.get("again") else None
    if note is None or not Record.objects.filter(pk=note, verb=WriteNote.verb).exists():
        return {}
    was = read_one(note).act
    if not isinstance(was, WriteNote) or was.session != session:
        return {}
    said = {"item": was.item, "seat": was.seat, "who": was.who, "words": was.words, "hour": was.hour}
    return {name: value for name, value in said.items() if value}


def undo(request: HttpRequest) -> HttpResponse:
    """Then the form once more, with the words as they were."""
    note = Note.objects.filter(pk=id_in(request, "note"), commune=here()).first()
    if note is None:
        raise Http404
    again = f"{reverse('assemblies:note', args=[note.session_id])}?again={note.id}"
    return about_session(
        request,
        note.session_id,
        UndoNote,
        initial={"note": note.id},
        fixed={"note": erased_or(note.words, note.id)[:200]},
        on_done=lambda done: HttpResponseRedirect(again),
    )
