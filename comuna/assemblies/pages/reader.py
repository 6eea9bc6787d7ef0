"""What every page of this room asks first: which session, and what this reader may do in it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.http import Http404, HttpRequest

from comuna.acts import clock
from comuna.acts.act import Act
from comuna.acts.authority import authority
from comuna.acts.refusal import Refused
from comuna.assemblies import queries
from comuna.assemblies.models import Session
from comuna.assemblies.queries import Standing
from comuna.look.frame import actor_of
from comuna.mandates.pages.reader import here, today_in
from comuna.mandates.queries import Holding, mandates_of, seat_words, some_seats, who_may, with_power
from comuna.statutes import queries as statutes
from comuna.statutes.statute import Statute


@dataclass(frozen=True)
class Reader:
    """Somebody in front of a page: the day it is here, and the mandates that give acts."""

    commune: UUID
    day: date
    statute: Statute  # in force today
    held: tuple[Holding, ...]

    def may_in_whole_commune(self, act: type[Act]) -> bool:
        """Whether one of them gives an act that is a matter of no council alone."""
        return bool(with_power(self.statute, act.verb, self.held, council=None))

    def may(self, act: type[Act], organ: str | None, given: Sequence[str] = ()) -> bool:
        """Whether one of the reader's mandates gives this act today, in sessions of that organ or as one of the
        seats that have it from what it rests on."""
        return self.may_do(act.verb, organ, given)

    def may_do(self, verb: str, organ: str | None, given: Sequence[str] = ()) -> bool:
        """The same for an act of a room above, by its verb."""
        rule = self.statute.signatures_for(verb)
        seats = rule.seats if rule and rule.needed > 1 else ()
        return bool(with_power(self.statute, verb, self.held, seats=seats, organ=organ, given=given))

    def may_any(self, acts: Iterable[type[Act]], organ: str | None) -> bool:
        return any(self.may(act, organ) for act in acts)


def reader(request: HttpRequest) -> Reader:
    """Three statements for somebody signed in, one for a stranger."""
    commune = here()
    day = today_in(commune)
    person = actor_of(request).person
    held = mandates_of(person, day) if person else []
    return Reader(commune, day, statutes.in_force(commune, day), tuple(held))


def who_can(one: Reader, act: type[Act], organ: str | None, given: Sequence[str] = ()) -> list[str]:
    """Who may do the act today: a seat with its holder's name, or the seats of a kind that several hold."""
    kinds: dict[str, list[Holding]] = {}
    for held in who_may(one.commune, act.verb, one.day, organ, given):
        kinds.setdefault(held.kind, []).append(held)
    return some_seats(
        [
            f"{of_kind[0].words} ({of_kind[0].name})" if len(of_kind) == 1 else seat_words(one.statute, kind)
            for kind, of_kind in kinds.items()
        ]
    )


def standing_or_404(id: UUID) -> Standing:
    """The session of that id as it stands. Raises Http404."""
    try:
        return queries.standing(id)
    except Session.DoesNotExist:
        raise Http404 from None


def hour_now(stands: Standing) -> str:
    """The hour on the commune's clock; when it is recorded on another day, the latest that is written down already, or
    that of the session."""
    now = clock.now().astimezone(authority().time_zone(stands.session.commune))
    if now.date() == stands.day:
        return f"{now:%H:%M}"
    return queries.last_hour(stands) or stands.hour


def refused(request: HttpRequest, act: type[Act], one: Reader, organ: str | None) -> Refused | None:
    """Why this reader may not do the act in that organ's sessions; None when they may."""
    need = authority().signatures(act, one.commune, one.day)
    seats = need.seats if need and need.needed > 1 else ()
    try:
        authority().standing(act, actor_of(request), one.commune, one.day, seats, organ)
    except Refused as refusal:
        return refusal
    return None
