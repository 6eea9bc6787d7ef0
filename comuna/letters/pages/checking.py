"""Is this letter good? For whoever is shown one on paper: the answer, and nothing private about anybody."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from comuna.acts.authority import authority
from comuna.journal.papercode import Mistyped
from comuna.letters import codes, queries
from comuna.letters.holding import changed_outside
from comuna.letters.models import Letter
from comuna.letters.pages.words import ERASED, council_words, number_of
from comuna.letters.rules import Stage
from comuna.look.page import Page, show
from comuna.look.parts import Answer, Fact, Facts, Notice, Part, Search, Sign, Status
from comuna.look.words import day_words
from comuna.mandates import accounts
from comuna.mandates.accounts import LockedOut
from comuna.mandates.sign_in import address_of
from comuna.statutes import queries as statutes
from comuna.territory.models import Person
from comuna.territory.pages.reader import Reader, reader_of, unstored

COUNTED_AS = "letter code"


def check(request: HttpRequest) -> HttpResponse:
    """Type the code from a letter; a typing error is called one, and guessing is slowed down."""
    reader = reader_of(request)
    typed = request.GET.get("code", "").strip()[:100]
    answer, facts, status = _answer(request, reader, typed) if typed else (None, [], 200)
    page = Page(
        title=_("Check a letter"),
        room=_("Letters"),
        room_href=reverse("letters:board"),
        answer=Answer(
            _("Is this letter good?"),
            _("Type the code that stands on it: four groups of five letters and digits."),
        ),
        notices=[answer] if answer else [],
        facts=[*facts, Search(_("Code on the letter"), "code", typed, button=_("Check"))],
    )
    response = show(request, page, status=status)
    return unstored(response) if typed else response


def _answer(request: HttpRequest, reader: Reader, typed: str) -> tuple[Notice, list[Part], int]:
    try:
        digest = codes.digest_of(typed)
        accounts.count_code_try(address_of(request), COUNTED_AS)
    except Mistyped as slip:
        return Notice(Sign.WAITING, _slip_words(slip)), [], 200
    except LockedOut as locked:
        until = locked.until.astimezone(authority().time_zone(reader.commune))
        words = _("Too many codes that stand on no letter were typed from here. Try again at {hour}.")
        return Notice(Sign.REFUSED, words.format(hour=f"{until:%H:%M}")), [], 429
    found = queries.letter_with(digest)
    if found is None or found.commune != reader.commune:
        more = _("The code is typed without a slip, yet no letter of these books has it.")
        return Notice(Sign.REFUSED, _("There is no such letter."), [more]), [], 200
    accounts.code_was_right(address_of(request), COUNTED_AS)
    if changed_outside(found.request_id):
        words = _("Do not rely on this letter: something about it was changed outside the books. Ask the council.")
        return Notice(Sign.REFUSED, words), [], 200
    return *_of_letter(reader, found), 200


def _slip_words(slip: Mistyped) -> str:
    if slip.group:
        words = _("Typing error in group {number}. Compare it with the paper, letter by letter.")
        return words.format(number=slip.group)
    return _("Typing error: the code of a letter has four groups of five letters and digits.")


def _of_letter(reader: Reader, found: Letter) -> tuple[Notice, list[Part]]:
    """What anybody with the paper may know: no name, no address, no reason."""
    stands = queries.standing(found.request_id, reader.day)
    until = day_words(found.last_day, weekday=False)
    if stands.stage is Stage.REVOKED and stands.closing is not None:
        words = _("No: this letter was revoked on {day}.").format(day=day_words(stands.closing.day, weekday=False))
        notice, status = Notice(Sign.REFUSED, words), Status(Sign.REFUSED, _("revoked"))
    elif stands.stage is Stage.EXPIRED:
        notice = Notice(Sign.WAITING, _("Not any more: this letter expired; its last day was {day}.").format(day=until))
        status = Status(Sign.PLAIN, _("expired"))
    else:
        more = _("Compare number, day and initials with the paper.")
        notice = Notice(Sign.DONE, _("Yes: this letter is good until {day}.").format(day=until), [more])
        status = Status(Sign.DONE, _("good"))
    initials = Person.objects.filter(pk=found.person).values_list("initials", flat=True).first()
    council = council_words(statutes.councils_of(reader.commune, reader.day), found.council)
    facts = [
        Fact(_("Letter"), found.title or ERASED),
        Fact(_("Where it stands"), status),
        Fact(_("Number"), number_of(found)),
        Fact(_("Initials of the person"), initials or ERASED),
        Fact(_("Council"), council or None),
        Fact(_("Issued on"), found.day),
        Fact(_("Good until"), found.last_day),
    ]
    return notice, [Facts([fact for fact in facts if fact.value])]
