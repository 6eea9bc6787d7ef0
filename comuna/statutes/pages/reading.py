"""The statute for everybody to read: what it says, where each rule comes from and how sure it is."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _, gettext_lazy, ngettext

from comuna.acts.moment import day_now
from comuna.journal import files
from comuna.journal.queries import commune_here
from comuna.look.frame import Link
from comuna.look.page import Page, show
from comuna.look.parts import (
    Answer,
    Empty,
    Fact,
    Facts,
    Line,
    Lines,
    Many,
    Part,
    Section,
    Sign,
    Small,
    Source,
    Status,
    Value,
)
from comuna.look.words import day_words, list_words, number_words
from comuna.statutes import queries, words
from comuna.statutes.councils import AT
from comuna.statutes.pages import rules
from comuna.statutes.pages.rules import fact
from comuna.statutes.statute import LetterKind, Organ, Power, Recall, SeatKind, Signatures, Statute

ROOM = gettext_lazy("The statute")


@dataclass(frozen=True)
class Shown:
    """The statute of a page: in force on the day that the address asks for, else today."""

    statute: Statute
    adoption: queries.Adoption
    day: date
    is_today: bool

    def href(self, name: str, *args: str) -> str:
        """Another page of the same statute."""
        return reverse(f"statutes:{name}", args=args) + ("" if self.is_today else f"?on={self.day}")


def commune_and_today() -> tuple[UUID, date]:
    """Raises Http404 before a commune was founded."""
    commune = commune_here()
    if commune is None:
        raise Http404
    return commune, day_now(commune)


def shown(request: HttpRequest) -> Shown:
    """Raises Http404 where there is none, or where the day in the address is no day."""
    commune, today = commune_and_today()
    try:
        day = date.fromisoformat(request.GET["on"]) if "on" in request.GET else today
        adoption = queries.adoption_on(commune, day)
    except (ValueError, LookupError) as error:
        raise Http404 from error
    return Shown(queries.text_of(adoption.digest), adoption, day, day == today)


def statute(request: HttpRequest) -> HttpResponse:
    """What kind of self-government this is: its organs, its doubtful rules, where to read on."""
    here = shown(request)
    text = here.statute
    since = _("In force since {day}, version {version}.").format(
        day=day_words(here.adoption.in_force_from), version=text.version
    )
    facts: list[Part] = [
        Section(_("Organs"), [_organs(here)], wide=True),
        Section(_("Who may do what"), [_further(here)]),
        _doubtful(text),
    ]
    if text.stated:
        stated = Facts([Fact(words.called(one.words), Small(words.source(one.rule))) for one in text.stated])
        facts.append(Section(_("Rules to know, which the program does not apply by itself"), [stated]))
    title = words.called(text.title)
    return show(
        request,
        Page(
            title=ROOM,
            answer=Answer(title, f"{words.called(text.about)} {since}"),
            facts=facts,
            source=Source(
                links=[
                    Link(_("The statute's file"), here.href("file")),
                    Link(_("Every statute so far"), reverse("statutes:history")),
                    Link(_("Adopt or amend a statute"), reverse("statutes:adopt")),
                ]
            ),
        ),
    )


def _councils(here: Shown) -> int:
    """How many the books had that day; a single council is the one that the text speaks of."""
    return max(1, len(queries.councils_of(commune_and_today()[0], here.day)))


def _organs(here: Shown) -> Lines:
    councils = _councils(here)
    return Lines(
        [
            Line(
                what=words.called(organ.name),
                more=rules.who_sits(here.statute, organ, councils),
                href=here.href("organ", organ.id),
                status=_highest(here, organ),
            )
            for organ in here.statute.organs
        ]
    )


def _highest(here: Shown, organ: Organ) -> Status | None:
    """The organ that decides above all others; in the books of a single council the one that stands for it."""
    highest = here.statute.highest()
    alone = highest.before_councils and not queries.councils_of(commune_and_today()[0], here.day)
    if organ.highest and alone:
        return Status(Sign.PLAIN, _("highest organ, once there are several councils"))
    if organ.id == (highest.before_councils if alone else highest.id):
        return Status(Sign.DONE, _("highest organ"))
    return None


def _further(here: Shown) -> Lines:
    lines = [
        Line(_("Powers and signatures"), href=here.href("powers")),
        Line(_("How a mandate is taken back"), href=here.href("recall")),
        Line(_("How a commune begins"), more=rules.founding(here.statute)),
    ]
    if until := here.statute.founding.until:
        lines.append(Line(_("When the promoters are done"), more=rules.handover(here.statute, until.seats)))
    return Lines(lines)


def _doubtful(text: Statute) -> Section:
    heading = _("To be confirmed by the commune")
    facts = rules.facts_of([said for said in rules.said_by(text) if said.rule.mark in words.DOUBTFUL])
    if not facts:
        return Section(heading, [Empty(_("Nothing: every rule is confirmed, or the commune's own."))])
    count = ngettext("{n} rule", "{n} rules", len(facts)).format(n=number_words(len(facts)))
    return Section(f"{heading}: {count}", [Facts(facts)], intro=_("From memory, deduced or unsure."), folded=True)


def organ(request: HttpRequest, organ_id: str) -> HttpResponse:
    """One organ: when it meets, what makes it quorate, what decides, and its seats."""
    here = shown(request)
    try:
        found = here.statute.organ(organ_id)
    except KeyError as error:
        raise Http404 from error
    saying = rules.said_of_organ(here.statute, found, _councils(here))
    said = [Fact(one.aspect, fact(one.says, one.rule)) for one in saying]
    if found.notice_days:
        said.append(Fact(_("notice"), fact(words.days(found.notice_days), found.rule)))
    if found.made_of:
        parts = [words.called(here.statute.organ(part).name) for part in found.made_of]
        said.append(Fact(_("by their office"), fact(list_words(parts), found.rule)))
    seats = [seat for seat in here.statute.seats if seat.organ == found.id]
    return show(
        request,
        Page(
            title=words.called(found.name),
            room=ROOM,
            room_href=here.href("statute"),
            answer=Answer(words.called(found.name), _answer_of(found)),
            facts=[
                capitalised(said),
                *(Section(words.called(seat.name), [capitalised(_seat_facts(here.statute, seat))]) for seat in seats),
            ],
        ),
    )


def capitalised(facts: list[Fact]) -> Facts:
    """The same facts, their words as they begin a line."""
    return Facts([replace(one, words=capfirst(str(one.words))) for one in facts])


def _answer_of(organ: Organ) -> str:
    if organ.rhythm:
        return _("Meets {when}.").format(when=words.rhythm(organ.rhythm))
    return _("Meets when it is convened.") if organ.calls else _("Holds no sessions.")


def _seat_facts(text: Statute, seat: SeatKind) -> list[Fact]:
    by_itself = seat.chosen_by == seat.id
    chosen = _("each names its own") if by_itself else words.called(text.organ(seat.chosen_by).name)
    found = [
        Fact(_("seats"), fact(rules.seat_count(seat), seat.rule)),
        Fact(_("chosen by"), Many([chosen, Small(words.ballot(seat.ballot))])),
        Fact(_("term"), fact(words.term(seat.term), seat.term.rule)),
        Fact(_("who may stand"), fact(words.eligibility(seat.eligibility), seat.eligibility.rule)),
        Fact(_("who comes next"), words.succession(seat.succession)),
    ]
    if seat.incompatible_with:
        found.append(Fact(_("not together with"), list_words(rules.seat_names(text, seat.incompatible_with))))
    return found


def powers(request: HttpRequest) -> HttpResponse:
    """Which seats may perform which acts, and which need several signatures."""
    here = shown(request)
    text = here.statute
    given = [_power(text, power) for power in text.powers]
    signed = [_signing(text, signing) for signing in text.signatures]
    return show(
        request,
        Page(
            title=_("Powers and signatures"),
            room=ROOM,
            room_href=here.href("statute"),
            answer=Answer(
                _("Powers and signatures"), _("Whoever holds one of these seats may do the act; nobody else.")
            ),
            facts=[
                Section(_("Powers"), [Facts(given)]),
                Section(
                    _("Signatures"),
                    [Facts(signed) if signed else Empty(_("No act asks for more than one signature."))],
                ),
                *_letters(text),
                *_processes(text),
                *_books(text),
            ],
        ),
    )


def _power(text: Statute, power: Power) -> Fact:
    seats = rules.seat_names(text, power.seats)
    named = _("Whoever sits in the organ") if power.own_organ else list_words(seats)
    acts = [rules.act_words(verb) for verb in power.acts]
    return Fact(named, Many([" · ".join(acts), *_limits(text, power), Small(words.source(power.rule))]))


def _signing(text: Statute, signing: Signatures) -> Fact:
    said = [words.signatures(signing.needed, signing.days_open), list_words(rules.seat_names(text, signing.seats))]
    if signing.from_amount is not None:
        said.insert(0, words.from_amount(signing))
    return Fact(rules.act_words(signing.act), Many([*said, Small(words.source(signing.rule))]))


def _processes(text: Statute) -> list[Part]:
    """Where the steps and days of the processes stand."""
    if not text.processes:
        return []
    lines = [
        Line(words.called(one.name), more=rules.process_words(one), href=reverse("processes:board"))
        for one in {one.id: one for one in text.processes}.values()
    ]
    return [Section(_("Processes"), [Lines(lines)])]


def _books(text: Statute) -> list[Part]:
    """Which books there are, as one council's where each has its own."""
    if not text.money.books:
        return []
    facts = [
        Fact(words.called(one.name), Many([rules.book_words(text, one), Small(words.source(one.rule))]))
        for one in {one.id.split(AT)[0]: one for one in text.money.books}.values()
    ]
    units = [
        Fact(words.called(one.name), Many([rules.unit_words(one), Small(words.source(one.rule))]))
        for one in text.money.units
    ]
    return [Section(_("Books of accounts"), [Facts(facts)]), Section(_("What is counted in what"), [Facts(units)])]


def _letters(text: Statute) -> list[Part]:
    facts = [_letter(text, one) for one in text.letters]
    return [Section(_("Letters"), [Facts(facts)])] if facts else []


def _letter(text: Statute, letter: LetterKind) -> Fact:
    said: list[Value] = [
        words.called(letter.attests),
        Small(rules.letter_words(text, letter)),
        Small(words.source(letter.rule)),
    ]
    return Fact(words.called(letter.name), Many(said))


def _limits(text: Statute, power: Power) -> list[Small]:
    found = []
    if power.organs:
        organs = list_words([words.called(text.organ(one).name) for one in power.organs])
        found.append(Small(_("in sessions of: {organs}").format(organs=organs)))
    if power.own_organ:
        found.append(
            Small(_("in its own sessions: {seats}").format(seats=list_words(rules.seat_names(text, power.seats))))
        )
    if not power.when_acting:
        found.append(Small(_("not once the term is over")))
    return found


def recall(request: HttpRequest) -> HttpResponse:
    """How a mandate is taken back before its end."""
    here = shown(request)
    sections = [_recall_section(here.statute, one) for one in here.statute.recalls]
    return show(
        request,
        Page(
            title=_("How a mandate is taken back"),
            room=ROOM,
            room_href=here.href("statute"),
            facts=sections or [Empty(_("This statute has no recall."))],
        ),
    )


def _recall_section(text: Statute, recall: Recall) -> Section:
    seats = rules.seat_names(text, recall.seats)
    facts = [
        Fact(_("whom it is about"), list_words(seats)),
        *(Fact(one.aspect or _("in short"), fact(one.says, one.rule)) for one in rules.said_of_recall(text, recall)),
    ]
    desk, other = (words.called(text.seat(seat).name) for seat in (recall.desk, recall.desk_when_own))
    facts.append(Fact(_("desk"), Many([desk, Small(_("{seat}, when its own seat is concerned").format(seat=other))])))
    if recall.asked_by:
        facts.append(Fact(_("asks without signatures"), list_words(rules.seat_names(text, recall.asked_by))))
    if recall.grounds:
        facts.append(Fact(_("grounds"), Many([words.called(names) for names in recall.grounds.values()])))
    return Section(rules.heading(seats), [capitalised(facts)])


def history(request: HttpRequest) -> HttpResponse:
    """Every statute so far and from when it was in force."""
    commune, _today = commune_and_today()
    adopted = queries.adoptions(commune)
    lines = [
        Line(
            what=words.called(queries.text_of(one.digest).title),
            when=day_words(one.in_force_from),
            more=_("version {version}").format(version=one.version),
            href=reverse("statutes:statute") + f"?on={one.in_force_from}",
        )
        for one in reversed(adopted)
    ]
    return show(
        request,
        Page(title=_("Every statute so far"), room=ROOM, room_href=reverse("statutes:statute"), facts=[Lines(lines)]),
    )


def file(request: HttpRequest) -> HttpResponse:
    """The text itself, as it was adopted."""
    here = shown(request)
    answer = HttpResponse(files.read(here.adoption.digest), content_type="text/plain; charset=utf-8")
    name = f"{here.adoption.statute_id}-{here.adoption.version}.toml"
    answer["Content-Disposition"] = f'inline; filename="{name}"'
    return answer
