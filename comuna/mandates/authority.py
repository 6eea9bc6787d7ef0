"""What the door asks of mandates: which seat lets this person do this today, and whose signatures it needs.

Power follows the mandate of the day: recall, resignation and suspension end it with the next act; an
expired mandate keeps what the statute leaves to an acting seat. Every no names the rule, its source in
the statute, and who may do it instead.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext as _

from comuna.acts.act import Act, By, Power, Signing
from comuna.acts.authority import Actor, SignatureNeed, Standing
from comuna.acts.reach import ANYWHERE
from comuna.acts.refusal import Refused
from comuna.journal import sql
from comuna.journal.lock import is_writing, once
from comuna.look.words import amount_words
from comuna.mandates import queries
from comuna.mandates.models import Mandate
from comuna.mandates.powers import RESTS_ON, InBooks, in_books
from comuna.mandates.queries import Holding
from comuna.mandates.rules import MandateStatus
from comuna.mandates.signing import signing_need
from comuna.statutes import queries as statutes
from comuna.statutes.statute import Signatures, Statute
from comuna.territory import queries as territory
from comuna.territory.models import Commune, Person


class Mandates:
    """The authority that ``web`` plugs into the door."""

    def standing(
        self,
        act: type[Act],
        actor: Actor,
        commune: UUID,
        day: date,
        seats: Sequence[str] = (),
        organ: str | None = None,
        given: Sequence[str] = (),
        council: str | None = ANYWHERE,
    ) -> Standing:
        asked = (act, actor.person, commune, day, tuple(seats), organ, tuple(given), council)
        return once(("standing", *asked), lambda: self._standing(*asked), RESTS_ON)

    def _standing(
        self,
        act: type[Act],
        person: UUID | None,
        commune: UUID,
        day: date,
        seats: tuple[str, ...],
        organ: str | None,
        given: tuple[str, ...],
        council: str | None,
    ) -> Standing:
        if act.power is Power.ANYONE and not seats:
            return Standing()
        statute = statutes.in_force(commune, day)
        if act.power is Power.MEMBER and not seats:
            if person is None:
                raise Refused(
                    "mandates.sign-in-first", _("Sign in first: this is done by neighbours in their own name.")
                )
            _member(in_books(person, commune, statute, day), day)
            return Standing()
        asked = _Asked(statute, act, commune, day, seats, organ, given, council)
        if person is None:
            raise asked.refused("mandates.sign-in-first", _("Sign in first: this is done by who holds a seat."))
        who = in_books(person, commune, statute, day)
        own = who.held if who else []
        may = queries.with_power(statute, act.verb, own, seats=seats, organ=organ, given=given, council=council)
        if not may:
            held = [one for one in queries.mandates_of(person, day) if not one.is_alternate]
            raise asked.refused_holder(held)
        _member(who, day)
        return Standing(may[0].mandate, may[0].kind)

    def give_power(
        self,
        mandates: Sequence[UUID],
        act: type[Act],
        commune: UUID,
        day: date,
        organ: str | None = None,
        council: str | None = ANYWHERE,
        need: SignatureNeed | None = None,
    ) -> list[UUID]:
        if need is not None and not need.seats:
            return []
        held, seats = queries.holdings(mandates, day).values(), need.seats if need else ()
        statute = statutes.in_force(commune, day)
        return [
            one.mandate
            for one in queries.with_power(statute, act.verb, held, seats=seats, organ=organ, council=council)
        ]

    def signatures(
        self,
        act: type[Act],
        commune: UUID,
        day: date,
        organ: str | None = None,
        council: str | None = ANYWHERE,
        signing: Signing | None = None,
    ) -> SignatureNeed | None:
        rule = statutes.in_force(commune, day).signatures_for(act.verb, signing.amounts if signing else ())
        asked = (act, commune, day, organ, council)
        need = once(("signatures", *asked, rule), lambda: self._signatures(*asked, rule), statutes.RESTS_ON)
        return need if signing is None else signing_need(need, signing, act, commune, day, organ, council)

    def _signatures(
        self,
        act: type[Act],
        commune: UUID,
        day: date,
        organ: str | None,
        council: str | None,
        rule: Signatures | None,
    ) -> SignatureNeed | None:
        if rule is None:
            return None
        statute = statutes.in_force(commune, day)
        reaching = statute.seats_with_power(act.verb, organ, queries.matters_of(council))
        return SignatureNeed(
            needed=rule.needed,
            seats=tuple(seat for seat in rule.seats if seat in reaching),
            rule=rule.rule.id,
            citation=rule.rule.source,
            days_open=rule.days_open,
        )

    def seat_of(self, mandate: UUID) -> str | None:
        return Mandate.objects.filter(pk=mandate).values_list("seat__kind", flat=True).first()

    def signs_as(self, by: By) -> str:
        if by.mandate is not None:
            return _seat_signature(by.mandate)
        if by.person is not None:
            return Person.objects.filter(pk=by.person).values_list("initials", flat=True).first() or _("a neighbour")
        return _("somebody")

    def amount_words(self, amount: int, unit: str, commune: UUID) -> str:
        known = statutes.unit(commune, unit)
        return f"{amount_words(amount, known.decimals)} {unit}" if known else f"{amount} {unit}"

    def holder(self, mandate: UUID) -> UUID | None:
        found = sql.one("SELECT person_id FROM mandates_mandate WHERE id = %s", sql.uuid_value(mandate))
        return UUID(str(found[0])) if found else None

    def is_of_here(self, person: UUID, commune: UUID) -> bool:
        return Person.objects.filter(pk=person, commune=commune).exists()

    def time_zone(self, commune: UUID) -> ZoneInfo:
        return _zone_of(commune)


_zones: dict[UUID, ZoneInfo] = {}


def _zone_of(commune: UUID) -> ZoneInfo:
    """Asked at every act; UTC until the founding act is there. What it said never changes, and is remembered once it
    is kept: a founding that is taken back leaves nothing behind."""
    known = _zones.get(commune)
    if known is not None:
        return known
    name = once(("zone", commune), lambda: territory.time_zone(commune), (Commune,))
    zone = ZoneInfo(name or "UTC")
    if name and not is_writing():
        _zones[commune] = zone
    elif name:
        transaction.on_commit(lambda: _zones.setdefault(commune, zone))
    return zone


def _member(who: InBooks | None, day: date) -> None:
    """Raises Refused for whoever is not a person of this commune with an account."""
    if who is None or (who.left_on is not None and who.left_on <= day):
        raise Refused("mandates.not-of-here", _("You are not on this commune's roll today."))
    if not who.has_account:
        raise Refused("mandates.no-account", _("Claim your account with a printed code first."))


@dataclass(frozen=True)
class _Asked:
    """An act that somebody wants to perform, for the words of a refusal."""

    statute: Statute
    act: type[Act]
    commune: UUID
    day: date
    seats: tuple[str, ...]  # of signers, where the statute asks for several
    organ: str | None  # in whose session
    given: tuple[str, ...] = ()  # seats that have it from what the act rests on
    council: str | None = ANYWHERE  # in whose matters, where it is done in no organ's name

    @property
    def citation(self) -> str:
        if self.seats and (rule := self.statute.signatures_for(self.act.verb)):
            return rule.rule.source
        powers = self.statute.powers_over(self.act.verb)
        return powers[0].rule.source if powers else queries.named(self.statute.title)

    def refused(self, rule: str, words: str, citation: str | None = None) -> Refused:
        return Refused(rule, words, citation=citation or self.citation, who=self._who())

    def refused_holder(self, own: Sequence[Holding]) -> Refused:
        """Why none of somebody's mandates gives this act: what befell the one that would have is said first."""
        named = self._named()
        if not named:
            return self.refused("mandates.nobody-may", _("The statute gives this to no seat."))
        fitting = [one for one in own if one.kind in named]
        for status in (
            MandateStatus.SUSPENDED,
            MandateStatus.RECALLED,
            MandateStatus.RESIGNED,
            MandateStatus.RELIEVED,
            MandateStatus.EXPIRED_ACTING,
            MandateStatus.LAPSED,
            MandateStatus.NOT_YET,
        ):
            found = next((one for one in fitting if one.status is status), None)
            if found is not None:
                return self._refused_status(found)
        if fitting:
            return self.refused("mandates.ended", _("Your mandate has ended."))
        if any(one.status.in_office for one in own):
            return self.refused("mandates.other-seat", _("Your seat does not do this."))
        return self.refused("mandates.no-seat", _("You hold no seat that does this."))

    def _refused_status(self, one: Holding) -> Refused:
        term = self.statute.seat(one.kind).term.rule.source
        recall = self.statute.recall_of(one.kind)
        ended = queries.ended_on(one.mandate) or one.relieved_on or self.day
        said = {
            MandateStatus.SUSPENDED: _("Your mandate is suspended."),
            MandateStatus.RECALLED: _("You were recalled on {day}."),
            MandateStatus.RESIGNED: _("You resigned on {day}."),
            MandateStatus.RELIEVED: _("Since {day} those who were elected do what the promoters did."),
            MandateStatus.EXPIRED_ACTING: _("Your term ended on {last}; an acting seat may not do this."),
            MandateStatus.LAPSED: _("Your term ended on {last}, and your power with it."),
            MandateStatus.NOT_YET: _("Your mandate begins on {first}."),
        }[one.status].format(
            day=f"{ended:%d/%m/%Y}",
            first=f"{one.term.begins:%d/%m/%Y}",
            last=f"{one.term.ends:%d/%m/%Y}" if one.term.ends else "—",
        )
        by_term = one.status in (MandateStatus.EXPIRED_ACTING, MandateStatus.LAPSED)
        by_recall = one.status is MandateStatus.RECALLED and recall is not None
        source = recall.rule.source if by_recall and recall else term if by_term else None
        if one.status is MandateStatus.RELIEVED and self.statute.founding.until:
            source = self.statute.founding.until.rule.source
        return self.refused(f"mandates.{one.status.value.replace(' ', '-')}", said, source)

    def _who(self) -> list[str]:
        """Seats with the names of those who may do it today; vacant seats by their words alone."""
        held = queries.holders(self.commune, self.day, kinds=self._named())
        may = queries.with_power(
            self.statute,
            self.act.verb,
            held,
            seats=self.seats,
            organ=self.organ,
            given=self.given,
            council=self.council,
        )
        may.sort(key=lambda one: one.kind not in self.given)  # whose matter it is comes first
        words = [f"{one.words} ({one.name})" for one in may]
        vacant = [_("{seat} (vacant)").format(seat=queries.seat_words(self.statute, kind)) for kind in self._named()]
        return queries.some_seats(words or vacant)

    def _named(self) -> tuple[str, ...]:
        """The seat kinds to which the statute, or what the act rests on, gives it."""
        named = (
            *self.statute.seats_with_power(self.act.verb, self.organ, queries.matters_of(self.council)),
            *self.given,
        )
        return self.seats or tuple(dict.fromkeys(named))


def _seat_signature(mandate: UUID) -> str:
    """The seat in the words of the newest statute that has it."""
    kind, number, commune = _seat_of(mandate)
    for statute in statutes.ever_adopted(commune):
        if any(one.id == kind for one in statute.seats):
            return queries.seat_words(statute, kind, number)
    return kind


def _seat_of(mandate: UUID) -> tuple[str, int, UUID]:
    """Raises Mandate.DoesNotExist."""
    row = Mandate.objects.select_related("seat").get(pk=mandate)
    return row.seat.kind, row.seat.number, row.commune
