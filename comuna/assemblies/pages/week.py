"""What assemblies and what they decided bring to the first page."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _, ngettext

from comuna.assemblies import queries
from comuna.assemblies.models import Session
from comuna.assemblies.pages.words import erased_or, organ_words, responsible_words
from comuna.assemblies.queries import ResolutionStanding
from comuna.look.days import Happening, Week
from comuna.look.parts import Sign, Status
from comuna.look.words import number_words
from comuna.mandates.queries import holders, named
from comuna.statutes import queries as statutes
from comuna.statutes.councils import council_in
from comuna.statutes.statute import Members, Statute


def happens(week: Week) -> Iterator[Happening]:
    """Sessions that were called, those that the statute asks for and nobody called, and decisions due by the end."""
    statute = statutes.in_force(week.commune, week.today)
    called = sessions(week)
    for session in called:
        yield _session(week, statute, session)
    yield from _uncalled(week, statute, {session.organ for session in called})
    for one in queries.open_resolutions(week.commune):
        due = one.resolution.due_on
        if week.has(due) and week.concerns(council_in(one.resolution.organ)):
            yield _due(week, statute, one)


def sessions(week: Week) -> list[Session]:
    """The coming ones that were not cancelled, the earliest first; the next one even when it comes later."""
    coming = queries.coming(week.commune, week.today)
    _closures, cancelled = queries.ended(coming)
    own = [one for one in coming if one.id not in cancelled and week.concerns(council_in(one.organ))]
    soon = [one for one in own if week.has(one.sits_on)]
    return soon or own[:1]


def _session(week: Week, statute: Statute, session: Session) -> Happening:
    return Happening(
        session.sits_on,
        organ_words(statute, session.organ),
        session.sits_at,
        session.place,
        reverse("assemblies:session", args=[session.id]),
        called_status(week, session),
    )


def called_status(week: Week, session: Session) -> Status:
    """How far a session is: under way with or without its quorum, today, or called for a later day."""
    days = (session.sits_on - week.today).days
    if days > 0:
        words = ngettext("called, in {n} day", "called, in {n} days", days)
        return Status(Sign.WAITING, words.format(n=number_words(days)))
    quorate = queries.called_on(week.commune, week.today).get(session.id)
    if quorate:
        return Status(Sign.DONE, _("in session, with its quorum"))
    return Status(Sign.WAITING, _("called for today") if quorate is None else _("no quorum yet"))


def _uncalled(week: Week, statute: Statute, called: set[str]) -> Iterator[Happening]:
    """What the statute's rhythm brings this week and nobody called; of councils only the reader's own."""
    seated = {one.kind for one in holders(week.commune, week.today)}
    days = queries.not_convened(week.commune, statute.organs, week.today)
    for organ in statute.organs:
        day = days.get(organ.id)
        if day is None or organ.id in called or organ.council not in (None, week.council):
            continue
        sits = organ.members is Members.EVERYONE or any(kind.id in seated for kind in statute.seats_in(organ.id))
        if organ.calls and sits and week.has(day):
            status = Status(Sign.REFUSED, _("not called yet"))
            yield Happening(day, named(organ.name), "", _("by the statute"), reverse("assemblies:sessions"), status)


def _due(week: Week, statute: Statute, one: ResolutionStanding) -> Happening:
    day = one.resolution.due_on
    assert day is not None
    who = responsible_words(statute, one.resolution.responsible)
    more = _("{seat} answers for it").format(seat=who) if who else ""
    href = reverse("assemblies:resolution", args=[one.resolution.id])
    return Happening(day, erased_or(one.text), "", more, href, Status(Sign.WAITING, _("its last day")))
