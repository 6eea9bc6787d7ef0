"""Asking for a recall: with signatures, or by a seat that needs none; and taking the request back.

Nobody's request stands in the way of another's: several may be open about one mandate at the same time, one of
each person and one of each seat that asks, so that no friend can shield somebody by asking first. A petition
that has not found its signatures by the day the statute sets has lapsed; one that has found them belongs to
those who signed. The vote on one request settles others as ``deciding`` says.
"""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _, ngettext

from comuna.acts.act import Act, ActFacts, Cite, GroundRole, Performed, Power, World
from comuna.acts.fields import Count, Id, Label, PublicText, Slug, StatuteLine, To
from comuna.acts.refusal import Refused, refuse_if
from comuna.assemblies import queries as assemblies
from comuna.elections import queries
from comuna.elections.models import Petition, Withdrawal
from comuna.elections.rules import Stage
from comuna.mandates import queries as mandates
from comuna.mandates.councils import council_of_mandate
from comuna.mandates.models import Mandate
from comuna.mandates.own import own_seat
from comuna.mandates.queries import Holding
from comuna.statutes import queries as statutes
from comuna.statutes.rules import Counts, needed
from comuna.statutes.statute import Recall, Statute

A_DAY_MAX = 5  # recalls that one person asks for on one day, taken back or not
WHOSE = Label(_("Whose mandate"))
GROUND = Label(_("Ground"), help=_("One of those that the statute names"))
WORDS = Label(_("What happened"), help=_("Facts and days; everybody reads this"))


class AskedFacts(ActFacts):
    """What a request for a recall rests on."""

    seat_words: StatuteLine
    elected_by: Id
    desk: Slug
    needed: Count
    whole: Count | None = None


def _asked(world: World, mandate: UUID, ground: str) -> tuple[Statute, Holding, Recall]:
    """The mandate and the statute's rule for taking it back. Raises Refused where it cannot be asked for now."""
    held = mandates.holding(world.get(Mandate, mandate, field="mandate").id, world.day)
    statute = statutes.in_force(world.commune, world.day)
    rule = statute.recall_of(held.kind)
    if rule is None:
        raise Refused("elections.not-recallable", _("The statute knows no recall for this seat."), field="mandate")
    refuse_if(
        not held.status.in_office,
        "elections.not-in-office",
        _("This mandate is over already."),
        citation=rule.rule.source,
        field="mandate",
    )
    refuse_if(
        bool(rule.grounds) and ground not in rule.grounds,
        "elections.no-such-ground",
        _("The statute names no such ground for a recall."),
        citation=rule.rule.source,
        field="ground",
    )
    return statute, held, rule


def _refuse_twice(world: World, mandate: UUID, **by: UUID | None) -> None:
    """One open request about a mandate is enough from each; those of others are no obstacle."""
    own = Petition.objects.filter(mandate=mandate, **by).values_list("id", flat=True)
    refuse_if(
        any(queries.recall(one, world.day).stage.is_open for one in own),
        "elections.asked-already",
        _("You have asked for this recall already, and your request is still open."),
        field="mandate",
    )


def _refuse_many(world: World) -> None:
    """Asking and taking back again and again would fill the journal, which forgets nothing."""
    today = Petition.objects.filter(by_person=world.person, day=world.day).count()
    words = ngettext(
        "You have asked for {n} recall today; another one can be asked for tomorrow.",
        "You have asked for {n} recalls today; another one can be asked for tomorrow.",
        today,
    )
    refuse_if(today >= A_DAY_MAX, "elections.asked-often", words.format(n=today))


def _seat_words(statute: Statute, held: Holding) -> str:
    return mandates.seat_in_books(statute, held.kind, held.number)


def _desk(rule: Recall, about: str, asking: str | None = None) -> str:
    """The seat kind that reports: never the one asked about, and the one that asks only where no other is left."""
    if about == rule.desk or (asking == rule.desk and about != rule.desk_when_own):
        return rule.desk_when_own
    return rule.desk


class PetitionRecall(Act):
    """Begin a petition to take a mandate back. It goes on when enough neighbours have signed on paper."""

    verb = "elections.petition_recall"
    power = Power.MEMBER
    label = _("Ask for a recall")
    said = _("A recall was asked for: {seat_words}; signatures needed: {needed}")
    undo = "elections.withdraw_recall"

    mandate: Annotated[Id, To(Mandate), WHOSE]
    ground: Annotated[Slug, GROUND]
    words: Annotated[PublicText, WORDS]

    class Facts(AskedFacts):
        pass

    def in_council(self) -> str | None:
        return council_of_mandate(self.mandate)

    def check(self, world: World) -> Facts:
        statute, held, rule = _asked(world, self.mandate, self.ground)
        organ = statute.organ(rule.decided_by)
        rights = assemblies.entitled(world.commune, organ, statute, world.day)
        refuse_if(
            world.person not in rights.people,
            "elections.asker-not-on-roll",
            _("You are not among those who decide on this recall; they ask for it with their signatures."),
            citation=rule.petition.rule.source,
        )
        _refuse_twice(world, self.mandate, by_person=world.person)
        _refuse_many(world)
        seats = sum(kind.count for kind in statute.seats_in(organ.id))
        counts = Counts(roll=rights.size, members=rights.size, seats=seats)
        return self.Facts(
            seat_words=_seat_words(statute, held),
            elected_by=held.act,
            desk=_desk(rule, held.kind),
            needed=max(1, needed(rule.petition, counts)),
            whole=counts.of(rule.petition.base) if rule.petition.part is not None else None,
        )

    def cites(self, facts: Any) -> tuple[Cite, ...]:
        return (Cite(facts.elected_by, GroundRole.ANSWERS),)

    def apply(self, record: Performed) -> None:
        _create(record, self.mandate, self.ground, self.words, record.by.mandate)


class AskRecall(Act):
    """Ask for a recall by an organ that needs no signatures. Whoever asked before is no obstacle."""

    verb = "elections.ask_recall"
    power = Power.SEAT
    label = _("Ask for a recall by our organ")
    said = _("{asking} asked for a recall: {seat_words}")
    undo = "elections.withdraw_recall"

    mandate: Annotated[Id, To(Mandate), WHOSE]
    ground: Annotated[Slug, GROUND]
    words: Annotated[PublicText, WORDS]

    class Facts(AskedFacts):
        asking: StatuteLine  # the seat that asks
        asked_by: Id  # its mandate

    def in_council(self) -> str | None:
        return council_of_mandate(self.mandate)

    def check(self, world: World) -> Facts:
        statute, held, rule = _asked(world, self.mandate, self.ground)
        own = own_seat(world, self.verb, rule.asked_by)
        if own is None:
            raise Refused(
                "elections.asks-with-signatures",
                _("This seat asks for a recall with signatures, like everybody."),
                citation=rule.rule.source,
            )
        _refuse_twice(world, self.mandate, by_mandate=own.mandate)
        return self.Facts(
            seat_words=_seat_words(statute, held),
            elected_by=held.act,
            desk=_desk(rule, held.kind, own.kind),
            needed=0,
            asking=_seat_words(statute, own),
            asked_by=own.mandate,
        )

    def cites(self, facts: Any) -> tuple[Cite, ...]:
        return (Cite(facts.elected_by, GroundRole.ANSWERS),)

    def apply(self, record: Performed) -> None:
        _create(record, self.mandate, self.ground, self.words, record.facts.asked_by)


def _create(record: Performed, mandate: UUID, ground: str, words: str, by_mandate: UUID | None) -> None:
    facts = record.facts
    record.create(
        Petition,
        mandate_id=mandate,
        ground=ground,
        words=words,
        by_person=record.by.person,
        by_mandate=by_mandate,
        day=record.day,
        desk=facts.desk,
        needed=facts.needed,
        whole=facts.whole,
    )


class WithdrawRecall(Act):
    """Whoever asked for a recall takes the request back. A petition that has its signatures is no longer hers to
    take back: it belongs to those who signed."""

    verb = "elections.withdraw_recall"
    power = Power.MEMBER
    label = _("Take the request back")
    said = _("The request for a recall was taken back: {seat_words}")
    undo = None  # ask anew

    petition: Annotated[Id, To(Petition), Label(_("Recall"))]

    class Facts(ActFacts):
        seat_words: StatuteLine

    def in_council(self) -> str | None:
        return queries.council_of_petition(self.petition)

    def check(self, world: World) -> Facts:
        stands = open_recall(world, self.petition)
        row = stands.petition
        refuse_if(
            not may_withdraw(stands, world.person, _own(world)),
            "elections.own-request",
            _("Only who asked for it can take it back."),
            field="petition",
        )
        refuse_if(
            row.needed > 0 and stands.reached_on is not None,
            "elections.belongs-to-signers",
            _("As many have signed as are needed ({signed}): the petition is theirs now.").format(signed=stands.signed),
            citation=stands.recall.petition.rule.source,
            field="petition",
        )
        return self.Facts(seat_words=_seat_words(stands.statute, stands.holding))

    def cites(self, facts: Any) -> tuple[Cite, ...]:
        return (Cite(self.petition, GroundRole.WITHDRAWS),)

    def apply(self, record: Performed) -> None:
        record.create(Withdrawal, petition_id=self.petition)


def _own(world: World) -> set[UUID]:
    """The mandates that give whoever is at the keyboard power today."""
    if world.person is None:
        return set()
    return {held.mandate for held in mandates.mandates_of(world.person, world.day) if held.status.has_power}


def may_withdraw(stands: queries.RecallStanding, person: UUID | None, own: set[UUID]) -> bool:
    """Whether somebody who holds these mandates asked for the recall."""
    row = stands.petition
    return (person is not None and row.by_person == person) or row.by_mandate in own


def open_recall(world: World, petition: UUID) -> queries.RecallStanding:
    """A recall that is neither decided nor withdrawn nor over today."""
    stands = queries.recall(world.get(Petition, petition, field="petition").id, world.day)
    refuse_over(stands)
    return stands


def refuse_over(stands: queries.RecallStanding) -> None:
    """Refuse what comes too late for this recall."""
    if stands.stage is Stage.LAPSED and stands.lapses_on and stands.recall.lapse:
        words = _("The signatures were not complete by {day}: this petition has lapsed. A new one may be begun.")
        raise Refused(
            "elections.lapsed",
            words.format(day=f"{stands.lapses_on:%d/%m/%Y}"),
            citation=stands.recall.lapse.rule.source,
            field="petition",
        )
    refuse_if(not stands.stage.is_open, "elections.recall-over", _("This recall is no longer open."), field="petition")
