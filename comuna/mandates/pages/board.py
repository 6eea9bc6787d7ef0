"""Who decides what here: the organs as a map to read, and each organ with all its seats."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import groupby

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _, ngettext

from comuna.look.frame import Link
from comuna.look.page import Page, show
from comuna.look.parts import Answer, Do, Line, Lines, Part, Section, Sign, Source, Status, Text
from comuna.look.words import list_words, number_words
from comuna.mandates import queries
from comuna.mandates.acts import EnterMandate, RegisterCouncil
from comuna.mandates.pages import councils
from comuna.mandates.pages.reader import chooser_words, done_words, here, refused, status_of, today_in, until_words
from comuna.mandates.queries import OrganSeats, Place, SeatsOfKind
from comuna.mandates.rules import MandateStatus
from comuna.statutes import queries as statutes
from comuna.statutes.councils import BETWEEN, council_in
from comuna.statutes.statute import Members, Organ, SeatKind, Statute

NAMED_UP_TO = 12  # who sits in an organ of more is named on its own page


def who_decides(request: HttpRequest) -> HttpResponse:
    """Each organ with those who sit in it and until when; organs that nobody has been elected to yet last."""
    commune = here()
    day = today_in(commune)
    statute = statutes.in_force(commune, day)
    organs = queries.who_decides(commune, day)
    empty = [one for one in organs if one.seats and not _held(one)]
    done = [one for one in organs if _is_done(one)]
    facts: list[Part] = [_organ(one, statute, day) for one in organs if one not in empty and one not in done]
    if statute.level is not None and (statute.councils or refused(request, RegisterCouncil, commune, day) is None):
        facts.insert(1, councils.section(request, commune, statute, day))
    if empty:
        facts.append(Section(_("Nobody sits in these yet"), [Lines([_empty_line(one) for one in empty])], wide=True))
    if done:
        facts.append(
            Section(
                _("Its work is done"), [Lines([_done_line(one) for one in done])], done_words(commune, statute, day)
            )
        )
    may_enter = refused(request, EnterMandate, commune, day) is None
    renewal = Link(_("Which mandates end when"), reverse("mandates:renewal"))
    page = Page(
        title=_("Who decides what here"),
        answer=Answer(
            _("{organ} decides above all others").format(organ=queries.named(statute.highest().name)), _counted(organs)
        ),
        next=Do(EnterMandate.label, reverse("mandates:enter-mandate"), (renewal,))
        if may_enter
        else Do(renewal.words, renewal.href),
        facts=facts,
        source=Source(words=queries.named(statute.title)),
    )
    return show(request, page)


def council(request: HttpRequest, slug: str) -> HttpResponse:
    """One council: its organs with those who sit in them, and where its sessions stand."""
    commune = here()
    day = today_in(commune)
    statute = statutes.on_its_own_page(commune, day, slug)
    row = next((one for one in statutes.councils(commune) if one.slug == slug), None)
    if row is None or statute.level is None:
        raise Http404
    organs = queries.who_decides(commune, day, slug, statute)
    empty = [one for one in organs if one.seats and not _held(one)]
    facts: list[Part] = [_organ(one, statute, day) for one in organs if one not in empty]
    if empty:
        facts.append(Section(_("Nobody sits in these yet"), [Lines([_empty_line(one) for one in empty])], wide=True))
    if ways := councils.links(request, row, commune, day):
        facts.append(Section(_("About this council"), [], links=ways))
    level = queries.named(statute.level.name)
    page = Page(
        title=f"{level} {row.name}",
        room=_("Who decides what here"),
        room_href=reverse("mandates:who-decides"),
        answer=Answer(f"{level} {row.name}", _counted(organs)),
        facts=facts,
        source=Source(words=statute.level.rule.source),
    )
    return show(request, page)


def _held(one: OrganSeats) -> list[Place]:
    """Its places with a holder, alternates included, and those whose holder's mandate ran out."""
    places = [place for kind in one.seats for place in (*kind.principals, *kind.alternates)]
    return [place for place in places if place.holding or place.lapsed]


def _is_done(one: OrganSeats) -> bool:
    """Whether all who held it were promoters, whom those who were elected have relieved."""
    held = _held(one)
    return bool(held) and all(place.lapsed and place.lapsed.status is MandateStatus.RELIEVED for place in held)


def _done_line(one: OrganSeats) -> Line:
    names = list_words([place.lapsed.name for place in _held(one) if place.lapsed])
    return Line(queries.named(one.organ.name), more=names, href=reverse("mandates:organ", args=[one.organ.id]))


def _principals(organs: list[OrganSeats]) -> list[Place]:
    """Every seat that an election fills."""
    kinds = (kind for organ in organs for kind in organ.seats if not kind.kind.founding)
    return [place for kind in kinds for place in kind.principals]


def _counted(organs: list[OrganSeats]) -> str:
    places = _principals(organs)
    vacant = sum(place.holding is None for place in places)
    acting = sum(map(_is_acting, places))
    said = [ngettext("{n} seat", "{n} seats", len(places)).format(n=number_words(len(places)))]
    if vacant:
        said.append(ngettext("{n} vacant", "{n} vacant", vacant).format(n=number_words(vacant)))
    if acting:
        words = ngettext("{n} with its term over", "{n} with their term over", acting)
        said.append(words.format(n=number_words(acting)))
    return ", ".join(said)


def _organ(one: OrganSeats, statute: Statute, day: date) -> Section:
    parts: list[Part] = []
    lines = [line for kind in one.seats for line in _lines(kind, statute, day, vacant=False)]
    if len(lines) > NAMED_UP_TO:
        return Section(queries.named(one.organ.name), [Lines(_counts(one))], _members(one.organ, statute), wide=True)
    vacant = [place for place in _principals([one]) if not place.holding and not place.lapsed]
    if vacant:
        words = ngettext("{n} vacant seat", "{n} vacant seats", len(vacant)).format(n=number_words(len(vacant)))
        lines.append(Line(words, href=reverse("mandates:organ", args=[one.organ.id]), status=_vacant()))
    if lines:
        parts.append(Lines(lines, by_day=True))
    return Section(queries.named(one.organ.name), parts, _members(one.organ, statute), wide=True)


def _counts(one: OrganSeats) -> list[Line]:
    """Of an organ of many: each kind of seat, those of all councils together, with how many are held; the names stand
    on the organ's own page."""
    places: dict[str, list[Place]] = {}
    for kind in one.seats:
        places.setdefault(queries.named(kind.kind.name).partition(BETWEEN)[0], []).extend(kind.principals)
    href = reverse("mandates:organ", args=[one.organ.id])
    return [_count(name, kind, href) for name, kind in places.items()]


def _count(name: str, places: list[Place], href: str) -> Line:
    held = sum(place.holding is not None for place in places)
    said = [_("{held} of {count} held").format(held=number_words(held), count=number_words(len(places)))]
    acting = sum(map(_is_acting, places))
    if acting:
        over = ngettext("{n} with its term over", "{n} with their term over", acting)
        said.append(over.format(n=number_words(acting)))
    return Line(name, more=", ".join(said), href=href, status=None if held == len(places) else _vacant())


def _is_acting(place: Place) -> bool:
    return place.holding is not None and place.holding.status is MandateStatus.EXPIRED_ACTING


def _members(organ: Organ, statute: Statute) -> str:
    if organ.members is Members.EVERYONE:
        return _("Everybody on the roll sits in it.")
    if organ.made_of:
        others = list_words([queries.named(statute.organ(other).name) for other in organ.made_of])
        return _("In it sit all who hold a seat in: {organs}.").format(organs=others)
    return ""


def _empty_line(one: OrganSeats) -> Line:
    count = sum(kind.kind.count for kind in one.seats)
    seats = ngettext("{n} seat", "{n} seats", count).format(n=number_words(count))
    href = reverse("mandates:organ", args=[one.organ.id])
    return Line(queries.named(one.organ.name), more=seats, href=href, status=_vacant())


def _vacant() -> Status:
    return Status(Sign.REFUSED, _("vacant"))


def _lines(kind: SeatsOfKind, statute: Statute, day: date, *, vacant: bool) -> Iterator[Line]:
    """A line for each principal's place, those that nobody ever held only if asked, and for each alternate."""
    for place in kind.principals:
        if place.holding or place.lapsed or (vacant and not kind.kind.founding):
            yield _line(kind.kind, place, queries.seat_words(statute, kind.kind.id, place.number), day)
    for place in kind.alternates:
        if place.holding is not None:
            seat = queries.seat_words(statute, kind.kind.id, place.number)
            yield _line(kind.kind, place, _("{seat} (alternate)").format(seat=seat), day)


def _line(kind: SeatKind, place: Place, seat: str, day: date) -> Line:
    href = reverse("mandates:seat", args=[kind.id, place.number])
    one = place.holding or place.lapsed
    if one is None:
        return Line(seat, href=href, status=_vacant())
    status = None if one.status is MandateStatus.ACTIVE else status_of(one)  # what is as it should be is not said
    return Line(one.name, when=until_words(one, day), more=seat, href=href, status=status)


# One organ


def organ(request: HttpRequest, organ: str) -> HttpResponse:
    """An organ: how its seats are filled, for how long, by which rule, and every one of them."""
    commune = here()
    day = today_in(commune)
    statute = statutes.in_force(commune, day)
    of_council = queries.who_decides(commune, day, council_in(organ))
    found = next((one for one in of_council if one.organ.id == organ), None)
    if found is None:
        raise Http404
    words = done_words(commune, statute, day) if _is_done(found) else _members(found.organ, statute)
    facts: list[Part] = [Text(words)] if words else []
    for chosen, kinds in groupby(found.seats, key=lambda kind: _chosen(kind.kind, statute)):
        group = list(kinds)
        lines = [line for kind in group for line in _lines(kind, statute, day, vacant=True)]
        heading = queries.named(group[0].kind.name) if len(group) == 1 else _("Its seats")
        facts.append(Section(heading, [Lines(lines, by_day=True)], chosen, wide=True))
    page = Page(
        title=queries.named(found.organ.name),
        room=_("Who decides what here"),
        room_href=reverse("mandates:who-decides"),
        answer=Answer(queries.named(found.organ.name), _counted([found]) if _principals([found]) else ""),
        facts=facts,
        source=Source(words=found.organ.rule.source),
    )
    return show(request, page)


def _chosen(kind: SeatKind, statute: Statute) -> str:
    """How a seat is filled and for how long, with the article."""
    said = [_("Chosen by: {organ}.").format(organ=chooser_words(kind, statute))]
    months = statute.founding.months if kind.founding else kind.term.months
    if months is None:
        said.append(_("Until recalled."))
    elif months % 12 == 0:
        said.append(ngettext("For {n} year.", "For {n} years.", months // 12).format(n=months // 12))
    else:
        said.append(ngettext("For {n} month.", "For {n} months.", months).format(n=months))
    return " ".join([*said, kind.rule.source])
