"""One letter from its request on: what it says, who signed, what it waits for; and the acts on it.

Only she whose letter it is reads this, and the seats that keep or sign letters.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from comuna.acts.act import Act
from comuna.acts.authority import authority
from comuna.acts.reading import read_one
from comuna.letters import queries
from comuna.letters.acts import RefuseLetter, RevokeLetter, SignLetter, UndoSignature, WithdrawRequest
from comuna.letters.acts.asking import may_withdraw
from comuna.letters.models import LetterSignature
from comuna.letters.pages.reader import request_or_404, turned_away
from comuna.letters.pages.words import ERASED, letter_words, number_of, status_of
from comuna.letters.queries import Standing
from comuna.letters.rules import Lapse, Stage
from comuna.look.act_page import act_page
from comuna.look.frame import Link
from comuna.look.page import Page, show
from comuna.look.parts import (
    Answer,
    Do,
    Empty,
    Fact,
    Facts,
    Line,
    Lines,
    Many,
    Part,
    Section,
    Small,
    Step,
    Thread,
    WhoCan,
)
from comuna.look.words import day_words, list_words
from comuna.mandates import queries as mandates
from comuna.mandates.queries import named
from comuna.statutes import queries as statutes
from comuna.statutes.pages.rules import seat_names
from comuna.territory.models import Person
from comuna.territory.pages.reader import Reader, id_in, reader_of, unstored
from comuna.territory.queries import display_name


def letter(request: HttpRequest, id: UUID) -> HttpResponse:
    """What is asked, what the books bear out, who signed, and how it ended."""
    reader = reader_of(request)
    stands = request_or_404(reader, id)
    turned = turned_away(request, reader, stands)
    if turned is not None:
        return turned
    person = Person.objects.get(pk=stands.request.person)
    page = Page(
        title=letter_words(stands),
        room=_("Letters"),
        room_href=reverse("letters:board"),
        answer=Answer(
            f"{letter_words(stands)}: {display_name(person, knows=True)}",
            status=status_of(stands, reader.day),
        ),
        next=_next(reader, stands),
        facts=[
            Facts(_facts(reader, stands, person)),
            Section(_("Signatures"), [_signatures(reader, stands)], _counting(stands)),
            Section(_("What happened"), [Thread(_steps(stands))]),
        ],
    )
    return unstored(show(request, page))


def _facts(reader: Reader, stands: Standing, person: Person) -> list[Fact]:
    request, issued = stands.request, stands.letter
    if issued is not None:
        said = issued.attests or ERASED
        where, since = issued.address or None, issued.resident_since
    else:
        kind = stands.kind
        said = named(kind.attests) if kind else ERASED
        found = queries.resident(person, reader.day, through_absence=bool(kind and kind.away_counts))
        where, since = (queries.saying(person, kind, found).address or None if kind else None), found.since
    rule = Small(stands.kind.rule.source) if stands.kind else Small(ERASED)
    facts = [
        Fact(_("It says that she or he"), Many([said, rule])),
        Fact(_("Lives at"), where),
        Fact(_("Lives here since"), since),
        Fact(_("What for"), request.purpose or None),
        Fact(_("To whom"), request.addressee or None),
        Fact(_("Asked for on"), request.day),
    ]
    if issued is not None:
        facts += [
            Fact(_("Number"), number_of(issued)),
            Fact(_("Issued on"), issued.day),
            Fact(_("Good until"), issued.last_day),
        ]
    if stands.closing is not None and stands.stage is not Stage.WITHDRAWN:
        facts.append(Fact(_("Why"), stands.closing.reason or ERASED))
    return facts


def _signatures(reader: Reader, stands: Standing) -> Part:
    held = mandates.holdings([one.mandate for one in stands.signatures], reader.day)
    why = {
        None: "",
        Lapse.SEAT: _("does not count: the seat may not sign it any more"),
        Lapse.WORDS: _("does not count: the letter says something else since; sign again"),
    }
    lines = [
        Line(
            held[one.mandate].words,
            day_words(one.day, today=reader.day, weekday=False),
            " · ".join(filter(None, [held[one.mandate].name, why[stands.lapsed.get(one.id)]])),
        )
        for one in stands.signatures
    ]
    statute = statutes.in_force(reader.commune, reader.day)
    who = list_words(seat_names(statute, stands.kind.seats)) if stands.kind else ERASED
    return Lines(lines, Empty(_("Nobody has signed yet. These sign: {seats}").format(seats=who)))


def _counting(stands: Standing) -> str:
    """What a signature is good for, while the letter waits for more."""
    if stands.stage is not Stage.WAITING:
        return ""
    return _(
        "Who signs, signs what stands above. If the name, the address or anything else of it changes in the books"
        " before the last signature, those who had signed sign again."
    )


def _steps(stands: Standing) -> list[Step]:
    acts = [(stands.request.id, _("asked for"))]
    acts += [(one.id, _("signed")) for one in stands.signatures]
    ended = {
        Stage.WITHDRAWN: _("taken back"),
        Stage.REFUSED: _("refused"),
        Stage.REVOKED: _("revoked"),
    }
    if stands.closing is not None:
        acts.append((stands.closing.id, ended[stands.stage]))
    return [_step(act, words) for act, words in acts]


def _step(act: UUID, words: str) -> Step:
    read = read_one(act)
    who = authority().signs_as(read.by)
    return Step(day_words(read.record.day), words, who, reverse("books:thread", args=[act]))


# What comes next


def _next(reader: Reader, stands: Standing) -> Part | None:
    if stands.letter is not None:
        return _next_of_issued(reader, stands)
    if stands.stage is not Stage.WAITING:
        return None
    links = _others(reader, stands)
    if _may_sign(reader, stands):
        return Do(SignLetter.label, _href(SignLetter, stands), links)
    if stands.kind is None:
        return Do(links[0].words, links[0].href, links[1:]) if links else None
    statute = statutes.in_force(reader.commune, reader.day)
    return WhoCan(SignLetter.label, seat_names(statute, stands.kind.seats), links)


def _next_of_issued(reader: Reader, stands: Standing) -> Part | None:
    if stands.stage is not Stage.GOOD:
        return None
    may_revoke = reader.may(RevokeLetter, stands.request)
    others = (Link(RevokeLetter.label, _href(RevokeLetter, stands)),) if may_revoke else ()
    return Do(_("Print the letter"), reverse("letters:print", args=[stands.request.id]), others)


def _may_sign(reader: Reader, stands: Standing) -> bool:
    if reader.person is None:
        return False
    found = queries.to_sign(reader.commune, reader.person, SignLetter.verb, reader.day)
    return any(one.request.id == stands.request.id for one in found)


def _others(reader: Reader, stands: Standing) -> tuple[Link, ...]:
    links = []
    own = next((one for one in stands.signatures if one.person == reader.person), None)
    if own is not None and reader.may(UndoSignature, stands.request):
        links.append(Link(UndoSignature.label, f"{reverse('letters:undo-letter-signature')}?signature={own.id}"))
    if reader.may(RefuseLetter, stands.request):
        links.append(Link(RefuseLetter.label, _href(RefuseLetter, stands)))
    if may_withdraw(stands.request, reader.person, _own_mandates(reader)):
        links.append(Link(WithdrawRequest.label, _href(WithdrawRequest, stands)))
    return tuple(links)


def _own_mandates(reader: Reader) -> set[UUID]:
    held = mandates.mandates_of(reader.person, reader.day) if reader.person else []
    return {one.mandate for one in held if one.status.has_power}


_PAGES: dict[type[Act], str] = {
    SignLetter: "letters:sign-letter",
    RefuseLetter: "letters:refuse-letter",
    WithdrawRequest: "letters:withdraw-letter",
    RevokeLetter: "letters:revoke-letter",
}


def _href(act: type[Act], stands: Standing) -> str:
    return f"{reverse(_PAGES[act])}?request={stands.request.id}"


# The acts


def sign(request: HttpRequest) -> HttpResponse:
    return _about(request, SignLetter)


def refuse(request: HttpRequest) -> HttpResponse:
    return _about(request, RefuseLetter)


def withdraw(request: HttpRequest) -> HttpResponse:
    return _about(request, WithdrawRequest)


def revoke(request: HttpRequest) -> HttpResponse:
    return _about(request, RevokeLetter)


def undo_signature(request: HttpRequest) -> HttpResponse:
    """One's own, reached from the letter."""
    reader = reader_of(request)
    if "signature" not in request.GET and request.method != "POST":
        return HttpResponseRedirect(reverse("letters:register"))
    row = LetterSignature.objects.filter(pk=id_in(request, "signature"), commune=reader.commune).first()
    if row is None:
        raise Http404
    stands = request_or_404(reader, row.request_id)
    return _form(request, reader, UndoSignature, stands, {"signature": row.id}, {"signature": letter_words(stands)})


def _about(request: HttpRequest, act: type[Act]) -> HttpResponse:
    """Whoever comes without saying which letter finds it in the register."""
    reader = reader_of(request)
    if "request" not in request.GET and request.method != "POST":
        return HttpResponseRedirect(reverse("letters:register"))
    stands = request_or_404(reader, id_in(request, "request"))
    person = Person.objects.get(pk=stands.request.person)
    initial: dict[str, Any] = {"request": stands.request.id, "person": person.id}
    fixed = {"request": letter_words(stands), "person": display_name(person, knows=True)}
    if "person" not in act.model_fields:
        initial.pop("person")
        fixed = {"request": f"{fixed['request']}: {fixed['person']}"}
    if act is SignLetter:
        initial["as_of"], fixed["as_of"] = queries.newest_change(person), ""
    return _form(request, reader, act, stands, initial, fixed)


def _form(
    request: HttpRequest,
    reader: Reader,
    act: type[Act],
    stands: Standing,
    initial: Mapping[str, Any],
    fixed: Mapping[str, str],
) -> HttpResponse:
    turned = turned_away(request, reader, stands)
    if turned is not None:
        return turned
    href = reverse("letters:letter", args=[stands.request.id])
    person = Person.objects.get(pk=stands.request.person)
    return act_page(
        request,
        act,
        room=_("Letters"),
        room_href=reverse("letters:board"),
        initial=initial,
        fixed=fixed,
        before=[Facts(_facts(reader, stands, person))] if act is SignLetter else [],
        on_done=lambda done: HttpResponseRedirect(href),
        cancel=href,
    )
