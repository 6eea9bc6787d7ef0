"""The letters: which there are and how many are good, for everybody; one's own; the register for those who keep it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _, ngettext

from comuna.letters import queries
from comuna.letters.acts import AskLetter, RecordRequest, SignLetter
from comuna.letters.pages.reader import councils_kept, keeps
from comuna.letters.pages.words import letter_words, number_of, status_of
from comuna.letters.queries import Standing
from comuna.look.frame import Link
from comuna.look.page import Page, show
from comuna.look.parts import (
    Answer,
    Column,
    Do,
    Empty,
    Line,
    Lines,
    Pages,
    Part,
    Section,
    Source,
    Table,
    Value,
)
from comuna.look.words import day_words, number_words
from comuna.mandates.queries import named
from comuna.statutes import queries as statutes, words
from comuna.statutes.pages.rules import letter_words as rule_words
from comuna.territory.models import Person
from comuna.territory.pages.reader import Reader, reader_of, refused_page, to_sign_in, unstored
from comuna.territory.queries import display_name, people_by_id


def board(request: HttpRequest) -> HttpResponse:
    """How many letters are good, which there are, and one's own."""
    reader = reader_of(request)
    counted = queries.count(reader.commune, reader.day)
    good = ngettext("{n} letter is good today", "{n} letters are good today", counted.good)
    issued = ngettext("{n} was issued in {year}", "{n} were issued in {year}", counted.issued)
    waiting = ngettext("{n} waits for signatures", "{n} wait for signatures", counted.waiting)
    more = f"{issued.format(n=number_words(counted.issued), year=counted.year)}; " + waiting.format(
        n=number_words(counted.waiting)
    )
    page = Page(
        title=_("Letters"),
        answer=Answer(good.format(n=number_words(counted.good)), more),
        next=_next(reader),
        facts=[*_own(reader), *_waiting_for_me(reader), _kinds(reader)],
        source=Source(links=[Link(_("Powers and signatures"), reverse("statutes:powers"))]),
    )
    return show(request, page)


def _next(reader: Reader) -> Do:
    check = Link(_("Check a letter"), reverse("letters:check"))
    if reader.person is None:
        return Do(check.words, check.href, (Link(AskLetter.label, reverse("letters:ask")),))
    kept = [Link(_("Register of letters"), reverse("letters:register"))] if keeps(reader) else []
    if reader.may(RecordRequest):
        kept.append(Link(RecordRequest.label, reverse("letters:record-request")))
    return Do(AskLetter.label, reverse("letters:ask"), (*kept, check))


def _own(reader: Reader) -> list[Part]:
    return my_letters(reader.person, reader.day) if reader.person else []


def my_letters(person: UUID, day: date) -> list[Part]:
    """What somebody asked for; nothing where she asked for none."""
    lines = [_line(one, day) for one in queries.requests_of(person, day)]
    return [Section(_("My letters"), [Lines(lines)])] if lines else []


def _line(one: Standing, day: date, who: str = "") -> Line:
    return Line(
        letter_words(one),
        day_words(one.request.day, today=day, weekday=False),
        who,
        reverse("letters:letter", args=[one.request.id]),
        status_of(one, day),
    )


def _waiting_for_me(reader: Reader) -> list[Part]:
    if reader.person is None:
        return []
    found = queries.to_sign(reader.commune, reader.person, SignLetter.verb, reader.day)
    who = people_by_id(reader.commune, [one.request.person for one in found])
    lines = [_line(one, reader.day, display_name(who[one.request.person], knows=True)) for one in found]
    return [Section(_("What waits for my signature"), [Lines(lines)])] if lines else []


def _kinds(reader: Reader) -> Section:
    """As the statute's file has them, not once for each council."""
    text = statutes.text_of(statutes.adoption_on(reader.commune, reader.day).digest)
    heading = _("Which letters there are")
    lines = [
        Line(
            named(kind.name),
            more=". ".join(map(capfirst, [named(kind.attests), rule_words(text, kind), words.source(kind.rule)])),
        )
        for kind in text.letters
    ]
    empty = Empty(_("The statute in force names no letters. An amended one may."))
    return Section(heading, [Lines(lines, empty)], wide=True)


def register(request: HttpRequest) -> HttpResponse:
    """Every request and letter with its person, for the seats that keep or sign letters."""
    reader = reader_of(request)
    if reader.person is None:
        return to_sign_in(request)
    if not keeps(reader):
        refusal = reader.barred(SignLetter)
        assert refusal is not None
        return refused_page(request, SignLetter, refusal)
    found = queries.register(reader.commune, councils_kept(reader))
    total = found.count()
    pages = Pages.asked(request.GET.get("page", ""), total)
    shown = queries.standings(found[pages.lines], reader.day)
    page = Page(
        title=_("Register of letters"),
        room=_("Letters"),
        room_href=reverse("letters:board"),
        answer=ngettext("{n} request for a letter", "{n} requests for letters", total).format(n=number_words(total)),
        next=Do(RecordRequest.label, reverse("letters:record-request")) if reader.may(RecordRequest) else None,
        facts=[_table(shown, reader, pages)],
    )
    return unstored(show(request, page))


def _table(shown: Sequence[Standing], reader: Reader, pages: Pages) -> Table:
    who = people_by_id(reader.commune, [one.request.person for one in shown])
    columns = [
        Column(_("Letter"), head=True),
        Column(_("Number"), number=True),
        Column(_("Person")),
        Column(_("Asked for on")),
        Column(_("Where it stands")),
    ]
    rows: list[list[Value]] = [
        [
            Link(letter_words(one), reverse("letters:letter", args=[one.request.id])),
            number_of(one.letter) if one.letter else None,
            _called(who.get(one.request.person)),
            one.request.day,
            status_of(one, reader.day),
        ]
        for one in shown
    ]
    empty = Empty(_("Nobody has asked for a letter yet."))
    return Table(_("Register of letters"), columns, rows, empty=empty, pages=pages)


def _called(person: Person | None) -> str:
    return display_name(person, knows=True) if person else "—"
