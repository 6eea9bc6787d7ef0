"""Letters of the sample commune: those of one council as in the small sample, and one of every other."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from uuid import UUID

from comuna.cli.sample.commune.councils import CouncilLife
from comuna.cli.sample.letters import SIGNING, WISHES, Wish
from comuna.letters.acts import AskLetter, RecordRequest, RefuseLetter, RevokeLetter, SignLetter
from comuna.territory.acts import CorrectPerson


def asked(councils: list[CouncilLife], neighbour: UUID) -> None:
    """Put every wish into the calendar. ``neighbour`` is of the first council and signs in."""
    others = councils[0].life.next_standing(councils[0].council, len(WISHES))
    for wish in WISHES:
        _Letter(councils[0], wish, neighbour if wish.who == 0 else others[wish.who]).begins()
    for number, council in enumerate(councils[1:], start=1):
        (person,) = council.life.next_standing(council.council, 1)
        days_ago, since = 12 + number * 9, date(2001 + number % 15, 1 + number % 12, 10)
        wish = Wish(who=1, days_ago=days_ago, kind="residence", purpose="Trámite del gas", since=since)
        _Letter(council, wish, person).begins()


class _Letter:
    """One letter from its request to its end."""

    def __init__(self, council: CouncilLife, wish: Wish, person: UUID) -> None:
        self.council, self.life, self.wish, self.person = council, council.life, wish, person
        self.request: UUID | None = None

    def begins(self) -> None:
        wish = self.wish
        day = self.life.today - timedelta(days=wish.days_ago)
        self.life.at(day, "17:10", self._ask)
        for number, (kind, seat) in enumerate(SIGNING[: wish.signatures], start=1):
            self.life.at(day + timedelta(days=number), "19:20", partial(self._sign, kind, seat))
        if wish.revoked_after:
            self.life.at(day + timedelta(days=wish.revoked_after), "18:00", partial(self._ends, RevokeLetter))
        if wish.refused_after:
            self.life.at(day + timedelta(days=wish.refused_after), "18:00", partial(self._ends, RefuseLetter))

    def _ask(self) -> None:
        """The neighbour who has a phone asks herself; for the others the secretary types it."""
        wish, secretary = self.wish, self.council.secretary()
        if wish.since is not None:
            self.life.do(secretary, CorrectPerson(person=self.person, residence_since=wish.since))
        words = {"kind": wish.kind, "purpose": wish.purpose, "addressee": wish.addressee or None}
        if wish.who == 0:
            self.life.opens_account(self.person)
            self.request = self.life.do(self.person, AskLetter.model_validate({"person": self.person, **words})).id
        else:
            typed = RecordRequest.model_validate({"person": self.person, **words})
            self.request = self.life.do(secretary, typed).id

    def _sign(self, kind: str, number: int) -> None:
        signer = self.life.holder(self.council.seat(kind), number)
        assert signer and self.request
        self.life.do(signer, SignLetter(request=self.request))

    def _ends(self, how: type[RevokeLetter] | type[RefuseLetter]) -> None:
        assert self.request
        self.life.do(self.council.secretary(), how(request=self.request, person=self.person, reason=self.wish.reason))
