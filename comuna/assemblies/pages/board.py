"""For everybody: what is convened, what took place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _, gettext_lazy, pgettext

from comuna.assemblies import queries
from comuna.assemblies.acts import Convene, ImportSessions
from comuna.assemblies.models import Closure, PastSession, Session
from comuna.assemblies.pages.past import line_of
from comuna.assemblies.pages.past_words import FROM_PAPERS
from comuna.assemblies.pages.reader import Reader, reader, who_can
from comuna.assemblies.pages.words import from_paper_words, organ_words, session_words
from comuna.assemblies.queries import earlier
from comuna.look.frame import Link
from comuna.look.page import Page, show
from comuna.look.parts import (
    Answer,
    Do,
    Empty,
    Filters,
    Line,
    Lines,
    Pages,
    Part,
    Search,
    Section,
    Sign,
    Source,
    Status,
    WhoCan,
)
from comuna.look.words import day_words, hour_words, moment_words
from comuna.mandates.queries import holders, named
from comuna.statutes.councils import BETWEEN, council_in
from comuna.statutes.statute import Members, Organ
from comuna.territory.rules import alphabetical

UNFOLDED_MAX = 6  # filters that stand open


def sessions(request: HttpRequest) -> HttpResponse:
    """What comes, earliest first; what took place, newest first."""
    one = reader(request)
    asked = Asked(request.GET.get("council", "")[:80], request.GET.get("organ", "")[:80])
    met = queries.organs_that_met(one.commune)
    organs = asked.organs(met)
    coming = queries.coming(one.commune, one.day, organs=organs)
    imported = earlier.count_past_sessions(one.commune, organs=organs)
    total = queries.count_past(one.commune, one.day, organs=organs) + imported
    pages = Pages.asked(request.GET.get("page", ""), total, asked.href("page={page}"))
    past = earlier.held(one.commune, one.day, organs=organs, lines=pages.lines, imported=bool(imported))
    closures, cancelled = queries.ended([*coming, *(each for each in past if isinstance(each, Session))])
    listed = Listed(one, closures, cancelled)
    page = Page(
        title=_("Assemblies"),
        answer=_answer(one, [session for session in coming if session.id not in cancelled]),
        next=_next(one, asked),
        facts=[
            Section(
                _("What comes"),
                [Lines(listed.lines(coming), Empty(NOTHING_COMES))],
                links=[Link(_("Put these in your phone's calendar"), reverse("assemblies:calendar"))],
            ),
            Search(_("Search what was decided"), action=reverse("search")),
            *_filters(one, asked, met),
            Section(
                _("What took place"),
                [Lines(listed.lines(past), Empty(NOTHING_YET), pages)],
                wide=True,
            ),
        ],
        source=Source(
            links=[
                *_earlier_links(one, imported),
                Link(_("What was decided, and what became of it"), reverse("assemblies:resolutions")),
                Link(_("What our organs have said in public"), reverse("assemblies:statements")),
                Link(_("On which days we meet by the statute"), reverse("assemblies:regular")),
                Link(_("The year {year} on one page").format(year=one.day.year), _year(one)),
                Link(_("Seats and votes as open data, for programs"), reverse("popolo")),
            ]
        ),
    )
    return show(request, page)


def _earlier_links(one: Reader, imported: int) -> list[Link]:
    links = [Link(_("Sessions from earlier papers"), reverse("assemblies:past"))] if imported else []
    if one.may_in_whole_commune(ImportSessions):
        links.append(Link(ImportSessions.label, reverse("assemblies:past-import")))
    return links


def _year(one: Reader) -> str:
    return reverse("assemblies:year", args=[one.day.year])


def _answer(one: Reader, coming: Sequence[Session]) -> Answer:
    if not coming:
        return Answer(_("No session is convened"), _rhythm(one))
    first = coming[0]
    words = _("Today: {organ}, {hour}") if first.sits_on == one.day else _("Next: {organ}, {moment}")
    return Answer(
        words.format(
            organ=organ_words(one.statute, first.organ),
            hour=hour_words(first.sits_at),
            moment=moment_words(first.sits_on, first.sits_at, today=one.day),
        ),
        first.place,
    )


def _rhythm(one: Reader) -> str:
    """When the statute's organs meet by themselves next; of those made of seats, the ones in which somebody sits."""
    meeting = (organ for organ in one.statute.organs if organ.rhythm is not None and organ.calls)
    said = [
        _("{organ}: by the statute next on {day}").format(
            organ=named(organ.name),
            day=day_words(queries.regular_meetings(one.commune, organ, one.day)[0][0], today=one.day),
        )
        for organ in islice((organ for organ in meeting if _sits(one, organ)), 2)
        if organ.rhythm is not None
    ]
    return ". ".join(said)


def _sits(one: Reader, organ: Organ) -> bool:
    kinds = {kind.id for kind in one.statute.seats_in(organ.id)}
    return organ.members is Members.EVERYONE or bool(holders(one.commune, one.day, kinds=kinds))


def _next(one: Reader, asked: Asked) -> Part:
    """Where a council was chosen, the seats that convene its own organs."""
    if one.held and one.may_any([Convene], None):
        return Do(Convene.label, reverse("assemblies:convene"))
    own = [organ.id for organ in one.statute.organs if organ.calls and council_in(organ.id) == asked.council]
    if own:
        return WhoCan(Convene.label, who_can(one, Convene, own[0]))
    several = [_("in each council its own seats")] if one.statute.councils else []
    return WhoCan(Convene.label, [*who_can(one, Convene, one.statute.highest().id), *several])


@dataclass(frozen=True)
class Asked:
    """Of which council and which organ the sessions are asked for; empty: of all."""

    council: str
    organ: str

    def organs(self, met: Sequence[str]) -> list[str]:
        """Those whose sessions are shown; none means every one."""
        if self.organ:
            return [self.organ]
        return [organ for organ in met if council_in(organ) == self.council] or [self.council] if self.council else []

    def href(self, more: str = "") -> str:
        asked = [f"council={self.council}" if self.council else "", f"organ={self.organ}" if self.organ else "", more]
        return "?" + "&".join(filter(None, asked))


def _filters(one: Reader, asked: Asked, met: Sequence[str]) -> list[Part]:
    """The organs of the whole commune, or of the council that was chosen; and with several councils, these."""
    here = [organ for organ in met if (council_in(organ) or "") == asked.council]
    links = [Link(pgettext("session", "all"), Asked(asked.council, "").href(), current=not asked.organ)]
    links += [
        Link(_organ_here(one, organ), Asked(asked.council, organ).href(), current=organ == asked.organ)
        for organ in here
    ]
    filters: list[Part] = [Filters(_("Show"), links, folded=len(here) > UNFOLDED_MAX)] if len(here) > 1 else []
    slugs = {council_in(organ) for organ in met}
    if one.statute.level is None or not slugs - {None}:
        return filters
    councils = [Link(pgettext("council", "all"), Asked("", "").href(), current=not asked.council)]
    councils += [
        Link(each.name, Asked(each.slug, "").href(), current=each.slug == asked.council)
        for each in sorted(one.statute.councils, key=lambda each: alphabetical(each.name))
        if each.slug in slugs
    ]
    folded = len(councils) > UNFOLDED_MAX
    return [Filters(named(one.statute.level.many), councils, folded=folded), *filters]


def _organ_here(one: Reader, organ: str) -> str:
    """Its name, without that of its council, which is chosen already."""
    return organ_words(one.statute, organ).partition(BETWEEN)[0]


@dataclass(frozen=True)
class Listed:
    """What the lines of the list need to know."""

    one: Reader
    closures: dict[UUID, Closure]
    cancelled: set[UUID]

    def lines(self, found: Sequence[Session | PastSession]) -> list[Line]:
        return [self._line(session) for session in found]

    def _line(self, session: Session | PastSession) -> Line:
        if isinstance(session, PastSession):
            return line_of(self.one, session, Status(Sign.PLAIN, FROM_PAPERS))
        return Line(
            session_words(self.one.statute, session),
            when=moment_words(session.sits_on, session.sits_at, today=self.one.day),
            more=" · ".join(filter(None, [session.place, from_paper_words(session)])),
            href=reverse("assemblies:session", args=[session.id]),
            status=self._status(session, session.sits_on),
        )

    def _status(self, session: Session, day: date) -> Status:
        closure = self.closures.get(session.id)
        if session.id in self.cancelled:
            return Status(Sign.REFUSED, pgettext("session", "cancelled"))
        if closure is not None and closure.quorate:
            return Status(Sign.DONE, pgettext("session", "minutes"))
        if closure is not None:
            return Status(Sign.PLAIN, pgettext("session", "without quorum"))
        if day < self.one.day:
            return Status(Sign.WAITING, pgettext("session", "not closed"))
        if (session.sits_on, session.sits_at) != (session.day, session.hour):
            return Status(Sign.WAITING, pgettext("session", "adjourned"))
        today = day == self.one.day
        return Status(Sign.WAITING, pgettext("session", "today") if today else pgettext("session", "convened"))


NOTHING_COMES = gettext_lazy("Nothing is convened. Whoever may convene does it here, and everybody sees it at once.")
NOTHING_YET = gettext_lazy("No session has taken place yet. Its minutes will stand here.")
