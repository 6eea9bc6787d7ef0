"""Asking for a recall: with signatures, or by a seat that needs none; and taking the request back."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from comuna.acts.act import Act, ActFacts, Cite, GroundRole, Performed, Power, World
from comuna.acts.fields import Count, Id, Label, PublicLine, PublicText, Slug, To
from comuna.acts.refusal import Refused, refuse_if
from comuna.assemblies import queries as assemblies
from comuna.elections import queries
from comuna.elections.models import Petition, Withdrawal
from comuna.mandates import queries as mandates
from comuna.mandates.models import Mandate
from comuna.mandates.queries import Holding
from comuna.statutes import queries as statutes
from comuna.statutes.rules import Counts, needed
from comuna.statutes.statute import Recall, Statute

WHOSE = Label(_("Whose mandate"))
GROUND = Label(_("Ground"), help=_("One of those that the statute names"))
WORDS = Label(_("What happened"), help=_("Facts and days; everybody reads this"))


class AskedFacts(ActFacts):
    """What a request for a recall rests on."""

    seat_words: PublicLine
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
    waiting = [one for one in queries.recalls(world.commune, world.day, mandate=mandate) if one.stage.is_open]
    refuse_if(waiting, "elections.asked-already", _("A recall of this mandate is already under way."), field="mandate")
    return statute, held, rule


def _seat_words(statute: Statute, held: Holding) -> str:
    return mandates.seat_words(statute, held.kind, held.number)


class PetitionRecall(Act):
    """Begin a petition to take a mandate back. It goes on when enough neighbours have signed on paper."""

    verb = "elections.petition_recall"
    power = Power.MEMBER
    label = _("Ask for a recall")
    said = _("A recall was asked for: {seat_words}; {needed} signatures are needed")
    undo = "elections.withdraw_recall"

    mandate: Annotated[Id, To(Mandate), WHOSE]
    ground: Annotated[Slug, GROUND]
    words: Annotated[PublicText, WORDS]

    class Facts(AskedFacts):
        pass

    def check(self, world: World) -> Facts:
        statute, held, rule = _asked(world, self.mandate, self.ground)
        organ = statute.organ(rule.decided_by)
        rights = assemblies.entitled(world.commune, organ, statute, world.day)
        return self.Facts(
            seat_words=_seat_words(statute, held),
            elected_by=held.act,
            desk=rule.desk_when_own if held.kind == rule.desk else rule.desk,
            needed=max(1, needed(rule.petition, Counts(roll=rights.size, members=rights.size))),
            whole=rights.size if rule.petition.part is not None else None,
        )

    def cites(self, facts: Any) -> tuple[Cite, ...]:
        return (Cite(facts.elected_by, GroundRole.ANSWERS),)

    def apply(self, record: Performed) -> None:
        _create(record, self.mandate, self.ground, self.words)


class AskRecall(Act):
    """Ask for a recall by an organ that needs no signatures."""

    verb = "elections.ask_recall"
    power = Power.SEAT
    label = _("Ask for a recall by our organ")
    said = _("{seat} asked for a recall: {seat_words}")
    undo = "elections.withdraw_recall"

    mandate: Annotated[Id, To(Mandate), WHOSE]
    ground: Annotated[Slug, GROUND]
    words: Annotated[PublicText, WORDS]

    class Facts(AskedFacts):
        pass

    def check(self, world: World) -> Facts:
        statute, held, rule = _asked(world, self.mandate, self.ground)
        own = mandates.holding(world.by.mandate, world.day) if world.by.mandate else None
        refuse_if(
            own is None or own.kind not in rule.asked_by,
            "elections.asks-with-signatures",
            _("This seat asks for a recall with signatures, like everybody."),
            citation=rule.rule.source,
        )
        assert own is not None
        is_own = rule.desk in (own.kind, held.kind)
        return self.Facts(
            seat_words=_seat_words(statute, held),
            elected_by=held.act,
            desk=rule.desk_when_own if is_own else rule.desk,
            needed=0,
        )

    def cites(self, facts: Any) -> tuple[Cite, ...]:
        return (Cite(facts.elected_by, GroundRole.ANSWERS),)

    def apply(self, record: Performed) -> None:
        _create(record, self.mandate, self.ground, self.words)


def _create(record: Performed, mandate: UUID, ground: str, words: str) -> None:
    facts = record.facts
    record.create(
        Petition,
        mandate_id=mandate,
        ground=ground,
        words=words,
        by_person=record.by.person,
        by_mandate=record.by.mandate,
        day=record.day,
        desk=facts.desk,
        needed=facts.needed,
        whole=facts.whole,
    )


class WithdrawRecall(Act):
    """Whoever asked for a recall takes the request back, before it is decided."""

    verb = "elections.withdraw_recall"
    power = Power.MEMBER
    label = _("Take the request back")
    said = _("The request for a recall was taken back")
    undo = None  # ask anew

    petition: Annotated[Id, To(Petition), Label(_("Recall"))]

    def check(self, world: World) -> ActFacts:
        stands = open_recall(world, self.petition)
        own = {held.mandate for held in mandates.mandates_of(world.person, world.day)} if world.person else set()
        row = stands.petition
        refuse_if(
            row.by_person != world.person and row.by_mandate not in own,
            "elections.own-request",
            _("Only who asked for it can take it back."),
            field="petition",
        )
        return self.Facts()

    def cites(self, facts: Any) -> tuple[Cite, ...]:
        return (Cite(self.petition, GroundRole.WITHDRAWS),)

    def apply(self, record: Performed) -> None:
        record.create(Withdrawal, petition_id=self.petition)


def open_recall(world: World, petition: UUID) -> queries.RecallStanding:
    """A recall that is neither decided nor withdrawn nor over."""
    stands = queries.recall(world.get(Petition, petition, field="petition").id, world.day)
    refuse_if(not stands.stage.is_open, "elections.recall-over", _("This recall is no longer open."), field="petition")
    return stands
