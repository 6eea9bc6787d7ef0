"""A vote by name, in organs of seats: there everybody may know how a seat voted. Where everybody sits, nobody's vote is
written down beside her name.

Where those who sent the members have decided how they vote, each vote is held against that (``instructing``).
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import Annotated, Any

from django.utils.translation import gettext_lazy as _

from comuna.acts.act import Act, Cite, GroundRole, Performed, Power, World
from comuna.acts.fields import Count, Flag, Hour, Id, Label, Number, Row, Slug, To
from comuna.acts.refusal import refuse_if
from comuna.assemblies import queries
from comuna.assemblies.acts.deciding import organ_of_motion
from comuna.assemblies.acts.voting import (
    SECOND_COUNTER,
    VOTED_AT,
    Method,
    Outcome,
    judge_counters,
    outcome_of,
    put_to_the_vote,
    write_vote,
)
from comuna.assemblies.models import Instruction, Motion, SeatVote
from comuna.statutes.statute import Bound
from comuna.territory.models import Person


class Vote(StrEnum):
    """How a seat voted."""

    FOR = "for"
    AGAINST = "against"
    ABSTAIN = "abstain"

    @classmethod
    def labels(cls) -> dict[str, Any]:
        return {cls.FOR: _("for"), cls.AGAINST: _("against"), cls.ABSTAIN: _("abstains")}


class SeatVoteRow(Row):
    """How one seat voted."""

    seat: Annotated[Slug, Label(_("Seat"))]
    number: Annotated[Number, Label(_("Number of the seat"))]
    vote: Annotated[Vote, Label(_("Vote"))]


class BoundRow(Row):
    """A vote about which those had decided who sent the member."""

    place: Count  # of the vote, from 0
    instruction: Id
    follows: Flag


class RecordNames(Act):
    """Record a vote by name: how each seat voted that is present. A seat without a line did not vote. Two hear the
    answers; what is written here can be read by everybody."""

    verb = "assemblies.record_names"
    power = Power.SEAT
    label = _("Record a vote by name")
    said = _("{seat} recorded a vote by name: for {votes_for}, against {against}, abstaining {abstain}")
    undo = "assemblies.undo_count"

    motion: Annotated[Id, To(Motion), Label(_("Motion"))]
    votes: Annotated[tuple[SeatVoteRow, ...], Label(_("Votes"))]
    counter_one: Annotated[Id, To(Person), Label(_("Heard by"))]
    counter_two: Annotated[Id | None, To(Person), SECOND_COUNTER] = None
    hour: Annotated[Hour | None, VOTED_AT] = None

    class Facts(Outcome):
        votes_for: Count
        against: Count
        abstain: Count
        bound: tuple[BoundRow, ...] = ()

    def in_organ(self) -> str | None:
        return organ_of_motion(self.motion)

    def check(self, world: World) -> Facts:
        motion, stands = put_to_the_vote(world, self.motion, self.hour)
        refuse_if(
            stands.everyone_sits,
            "assemblies.names-of-seats",
            _("Where everybody sits, nobody's vote is written down beside her name: count hands, or papers."),
            field="motion",
        )
        refuse_if(not self.votes, "assemblies.no-votes", _("Nobody voted yet."), field="votes")
        self._refuse_strangers(stands)
        judge_counters(stands, self.counter_one, self.counter_two)
        given = [row.vote for row in self.votes]
        votes_for, against, abstain = (given.count(vote) for vote in (Vote.FOR, Vote.AGAINST, Vote.ABSTAIN))
        return self.Facts(
            **outcome_of(world, motion, stands, votes_for, against, abstain),
            votes_for=votes_for,
            against=against,
            abstain=abstain,
            bound=tuple(self._bound(motion, stands)),
        )

    def _refuse_strangers(self, stands: queries.Standing) -> None:
        """One vote a seat that is present."""
        here = {(stay.seat, stay.number) for stay in stands.stays if not stay.left}
        seen: set[tuple[str, int]] = set()
        for place, row in enumerate(self.votes):
            seat = row.seat, row.number
            refuse_if(
                seat not in here,
                "assemblies.seat-absent",
                _("Row {row}: nobody sat in this seat when it was voted.").format(row=place + 1),
                field=f"votes.{place}.seat",
            )
            refuse_if(
                seat in seen,
                "assemblies.seat-votes-once",
                _("Row {row}: this seat already has a vote.").format(row=place + 1),
                field=f"votes.{place}.seat",
            )
            seen.add(seat)

    def _bound(self, motion: Motion, stands: queries.Standing) -> Iterable[BoundRow]:
        """The votes about which those had decided who sent the member. Raises Refused where the statute enforces it."""
        imperative = stands.organ.imperative
        if imperative is None:
            return
        given = {one.organ: one for one in Instruction.objects.filter(item=motion.item_id)}
        sent_by = {kind.id: kind.chosen_by for kind in stands.statute.seats_in(stands.organ.id)}
        for place, row in enumerate(self.votes):
            instruction = given.get(sent_by.get(row.seat, ""))
            if instruction is None or not instruction.vote:
                continue
            follows = row.vote == instruction.vote
            refuse_if(
                imperative.how is Bound.ENFORCED and not follows,
                "assemblies.against-instruction",
                _("Row {row}: those who sent this member decided otherwise.").format(row=place + 1),
                citation=imperative.rule.source,
                field=f"votes.{place}.vote",
            )
            yield BoundRow(place=place, instruction=instruction.id, follows=follows)

    def cites(self, facts: Any) -> tuple[Cite, ...]:
        rests_on = (Cite(row.instruction, GroundRole.DECIDED_BY) for row in facts.bound)
        return (Cite(self.motion, GroundRole.ANSWERS), *rests_on)

    def apply(self, record: Performed) -> None:
        facts = record.facts
        votes = {
            "votes_for": facts.votes_for,
            "against": facts.against,
            "abstain": facts.abstain,
            "counter_one": self.counter_one,
            "counter_two": self.counter_two,
        }
        write_vote(record, self.motion, Method.NAMES, self.hour, votes)
        bound = {row.place: row for row in facts.bound}
        record.create_many(
            SeatVote,
            [
                {
                    "id": record.key("vote", place),
                    "tally_id": record.id,
                    "place": place,
                    "seat": row.seat,
                    "number": row.number,
                    "vote": row.vote.value,
                    "instruction_id": bound[place].instruction if place in bound else None,
                    "follows": bound[place].follows if place in bound else None,
                }
                for place, row in enumerate(self.votes)
            ],
        )
