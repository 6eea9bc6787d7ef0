"""Letters of the sample: good, expired, revoked, refused, and two that wait for signatures today."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from uuid import UUID

from comuna.cli.sample.seating import Seats
from comuna.cli.sample.year import Year, does
from comuna.letters.acts import AskLetter, RecordRequest, RefuseLetter, RevokeLetter, SignLetter
from comuna.territory.acts import CorrectPerson

SIGNING = (("cc.committee.water", 1), ("cc.comptroller", 1), ("cc.finance", 1))


@dataclass(frozen=True)
class Wish:
    """Who asks, so many days before today, and what becomes of it so many days later."""

    who: int  # among the seats' others; the first is the neighbour who signs in
    days_ago: int
    kind: str
    purpose: str
    addressee: str = ""
    since: date | None = None  # lives here since; written down first where the list did not say
    signatures: int = 3
    revoked_after: int = 0
    refused_after: int = 0
    reason: str = ""


WISHES = (
    Wish(1, 240, "residence", "Inscribir a la niña en la escuela", since=date(2009, 3, 1)),
    Wish(
        2,
        75,
        "conduct",
        "Solicitud de empleo",
        since=date(2014, 8, 15),
        revoked_after=30,
        reason="La pidió otra persona en su nombre.",
    ),
    Wish(
        4,
        50,
        "residence",
        "Trámite del gas",
        signatures=0,
        refused_after=4,
        reason="En la casa que dice vive otra familia; falta que el comité la visite.",
    ),
    Wish(0, 24, "residence", "Abrir una cuenta de ahorros", "Banco del Tesoro, agencia San Juan", date(2003, 11, 20)),
    Wish(3, 7, "residence", "Renovar la cédula", signatures=1),
    Wish(0, 2, "endorsement", "Crédito para la bodega", "Oficina de créditos del banco de la comuna", signatures=0),
)


def asked(year: Year, seats: Seats) -> None:
    """Put every wish into the calendar."""
    for wish in WISHES:
        day = year.today - timedelta(days=wish.days_ago)
        _Letter(year, seats, wish, seats.others[wish.who]).begins(day)


class _Letter:
    """One letter from its request to its end."""

    def __init__(self, year: Year, seats: Seats, wish: Wish, person: UUID) -> None:
        self.year, self.seats, self.wish, self.person = year, seats, wish, person
        self.request: UUID | None = None

    def begins(self, day: date) -> None:
        self.year.at(day, "17:10", self._ask)
        for number, (kind, seat) in enumerate(_first(self.wish.signatures), start=1):
            self.year.at(day + timedelta(days=number), "19:20", partial(self._sign, kind, seat))
        if self.wish.revoked_after:
            self.year.at(day + timedelta(days=self.wish.revoked_after), "18:00", self._revoke)
        if self.wish.refused_after:
            self.year.at(day + timedelta(days=self.wish.refused_after), "18:00", self._refuse)

    def _ask(self) -> None:
        """The neighbour who has a phone asks herself; for the others the secretary types it."""
        wish = self.wish
        if wish.since is not None:
            does(self.seats.keeper(), CorrectPerson(person=self.person, residence_since=wish.since))
        words = {"kind": wish.kind, "purpose": wish.purpose, "addressee": wish.addressee or None}
        if wish.who == 0:
            self.seats.opens_account(self.person)
            self.request = does(self.person, AskLetter.model_validate({"person": self.person, **words})).id
            return
        typed = RecordRequest.model_validate({"person": self.person, **words})
        self.request = does(self.seats.keeper(), typed).id

    def _sign(self, kind: str, number: int) -> None:
        signer = self.seats.holder(kind, number)
        assert signer and self.request
        does(signer, SignLetter(request=self.request))

    def _revoke(self) -> None:
        assert self.request
        act = RevokeLetter(request=self.request, person=self.person, reason=self.wish.reason)
        does(self.seats.keeper(), act)

    def _refuse(self) -> None:
        assert self.request
        act = RefuseLetter(request=self.request, person=self.person, reason=self.wish.reason)
        does(self.seats.keeper(), act)


def _first(count: int) -> Sequence[tuple[str, int]]:
    return SIGNING[:count]
