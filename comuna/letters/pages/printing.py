"""The letter on paper, in the commune's own language whoever prints it, with the code by which anybody can check it."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from comuna.journal.sealing import Unreadable, open_sealed
from comuna.letters import codes
from comuna.letters.holding import changed_outside
from comuna.letters.models import Letter
from comuna.letters.pages.reader import request_or_404, turned_away
from comuna.letters.pages.words import ERASED, council_words, number_of
from comuna.letters.queries import Standing
from comuna.letters.rules import Stage
from comuna.look.page import Page, show
from comuna.look.paper import address_of
from comuna.look.parts import Answer, Code, Fact, Facts, Notice, Part, Sign, Signatures, Text
from comuna.look.words import day_words
from comuna.mandates import queries as mandates
from comuna.statutes import queries as statutes
from comuna.territory.models import Person
from comuna.territory.pages.reader import Reader, reader_of, unstored
from comuna.territory.queries import commune

BOOKS_LANGUAGE = "es"


def paper(request: HttpRequest, id: UUID) -> HttpResponse:
    """Only a letter that is good today is printed."""
    reader = reader_of(request)
    stands = request_or_404(reader, id)
    turned = turned_away(request, reader, stands)
    if turned is not None:
        return turned
    if stands.letter is None or stands.stage is not Stage.GOOD:
        return HttpResponseRedirect(reverse("letters:letter", args=[id]))
    with translation.override(BOOKS_LANGUAGE):
        return unstored(show(request, _page(request, reader, stands, stands.letter)))


def _page(request: HttpRequest, reader: Reader, stands: Standing, issued: Letter) -> Page:
    who_issues = _issuer(reader, issued)
    return Page(
        title=issued.title or ERASED,
        room=_("Letters"),
        room_href=reverse("letters:letter", args=[stands.request.id]),
        answer=Answer(
            issued.title or ERASED, _("No. {number} · {council}").format(number=number_of(issued), council=who_issues)
        ),
        facts=[
            Text(_sentence(reader, stands, issued, who_issues)),
            Facts(_facts(stands, issued)),
            Signatures(_signing(reader, stands)),
            *_code(request, issued),
        ],
        paper=True,
        every_sheet=_("No. {number} · {council}").format(number=number_of(issued), council=who_issues),
    )


def _issuer(reader: Reader, issued: Letter) -> str:
    """The council whose letter it is, else the commune."""
    councils = statutes.councils_of(reader.commune, reader.day)
    return council_words(councils, issued.council) or commune(reader.commune).name


def _sentence(reader: Reader, stands: Standing, issued: Letter, who_issues: str) -> str:
    """What the letter attests, in one sentence."""
    person = Person.objects.get(pk=stands.request.person)
    name = issued.full_name or ERASED
    number = _identity(person) if reader.person == person.id or reader.keeps(person) else ""
    words = _("{council} makes known that {name}, with identity number {number}, {attests}")
    if not number:
        words = _("{council} makes known that {name} {attests}")
    said = [words.format(council=who_issues, name=name, number=number, attests=issued.attests or ERASED)]
    if issued.address:
        said.append(_("at this address: {address}").format(address=issued.address))
    if issued.resident_since:
        since = day_words(issued.resident_since, weekday=False)
        said.append(_("since {day}, as the books of this community say").format(day=since))
    return ", ".join(said) + "."


def _identity(person: Person) -> str:
    try:
        return open_sealed(person.identity_sealed)
    except Unreadable:
        return ""


def _facts(stands: Standing, issued: Letter) -> list[Fact]:
    facts = [
        Fact(_("To whom"), stands.request.addressee or _("To whom it may concern")),
        Fact(_("What for"), stands.request.purpose or None),
        Fact(_("Issued on"), day_words(issued.day, weekday=False)),
        Fact(_("Good until"), day_words(issued.last_day, weekday=False)),
    ]
    return [fact for fact in facts if fact.value]


def _signing(reader: Reader, stands: Standing) -> list[str]:
    held = mandates.holdings([one.mandate for one in stands.signatures], reader.day)
    return [f"{held[one.mandate].words}: {held[one.mandate].name}" for one in stands.signatures]


def _code(request: HttpRequest, issued: Letter) -> list[Part]:
    """Nothing vouches for a letter whose rows somebody changed, nor for one whose code cannot be told any more."""
    changed = changed_outside(issued.request_id)
    if changed:
        words = _("Something about this letter was changed outside the books: it is not to be printed.")
        return [Notice(Sign.REFUSED, words, changed)]
    code = codes.of_letter(issued.id)
    if codes.digest_of(code) != issued.digest:
        words = _("The code cannot be printed again: the key file of these books is another one. Ask for a new letter.")
        return [Notice(Sign.REFUSED, words)]
    where = address_of(request, reverse("letters:check"))
    link = f"{where}?code={code.replace(' ', '-')}" if where.startswith("http") else code
    words = (
        _("Whoever is shown this letter can check it: {where}").format(where=where)
        if where.startswith("http")
        else _(
            "Whoever is shown this letter can have it checked: ask whoever keeps the commune's books to type this code"
            " at “{page}”."
        ).format(page=_("Check a letter"))
    )
    return [Code(code, words, link)]
