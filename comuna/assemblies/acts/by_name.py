"""A vote by name, in organs of seats: there everybody may know how a seat voted. Where everybody sits, nobody's vote is
written down beside her name.

It is a roll call: every seat that is present is called. Whoever is called and does not answer did not vote, which is
written down too.

Where those who sent the members have decided how they vote, each vote on a motion is held against that
(``instructing``), silence as well: a statute that enforces it lets nobody sit still while the others vote. Two kinds of
votes stand beside the instruction and are not bound by it:

* On an amendment everybody votes as they think best. Nobody who sent a member knew of it, and "in favour" of a motion
  says nothing of words that would turn it round.
* On a motion that an amendment changed, the vote is compared and shown, never enforced: the mandate was on the words
  that there were then, and to hold a member to other words would be to vote in the place of those who sent her. Who
  carried the amendment stands in its own vote by name.
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
from comuna.mandates.queries import seat_words
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
    follows: Flag | None = None  # None: on an amendment


SILENT = "none"  # called, and did not vote


class SilentRow(Row):
    """A seat that was called and did not vote."""

    seat: Slug
    number: Number
    instruction: Id | None = None
    follows: Flag | None = None


class RecordNames(Act):
    """Record a vote by name: every seat that is present is called. A seat without a line was called and did not vote.
    Two hear the answers; what is written here can be read by everybody."""

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
        silent: tuple[SilentRow, ...] = ()

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
            silent=tuple(self._silent(motion, stands)),
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
        told = _Told(motion, stands)
        for place, row in enumerate(self.votes):
            instruction = told.to(row.seat)
            if instruction is None:
                continue
            follows = told.judges(row.vote, instruction)
            refuse_if(
                told.enforced and follows is False,
                "assemblies.against-instruction",
                _("Row {row}: those who sent this member decided otherwise.").format(row=place + 1),
                citation=told.citation,
                field=f"votes.{place}.vote",
            )
            yield BoundRow(place=place, instruction=instruction.id, follows=follows)

    def _silent(self, motion: Motion, stands: queries.Standing) -> Iterable[SilentRow]:
        """The seats that are present without a line. Raises Refused where one of them is to vote as was decided."""
        told = _Told(motion, stands)
        voted = {(row.seat, row.number) for row in self.votes}
        here = {(stay.seat, stay.number) for stay in stands.stays if not stay.left and stay.number is not None}
        for seat, number in sorted(here - voted):
            instruction = told.to(seat)
            follows = told.judges(SILENT, instruction) if instruction else None
            refuse_if(
                told.enforced and follows is False,
                "assemblies.instructed-silent",
                _("{seat} is present, and those who sent this member decided how she votes: she is called too.").format(
                    seat=seat_words(stands.statute, seat, number)
                ),
                citation=told.citation,
                field="votes",
            )
            yield SilentRow(
                seat=seat, number=number, instruction=instruction.id if instruction else None, follows=follows
            )

    def cites(self, facts: Any) -> tuple[Cite, ...]:
        judged = [row.instruction for row in (*facts.bound, *facts.silent) if row.follows is not None]
        return (Cite(self.motion, GroundRole.ANSWERS), *(Cite(one, GroundRole.DECIDED_BY) for one in judged))

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
        called = [(row.seat, row.number, row.vote.value, bound.get(place)) for place, row in enumerate(self.votes)]
        called += [(row.seat, row.number, SILENT, row) for row in facts.silent]
        record.create_many(
            SeatVote,
            [
                {
                    "id": record.key("vote", place),
                    "tally_id": record.id,
                    "place": place,
                    "seat": seat,
                    "number": number,
                    "vote": vote,
                    "instruction_id": told.instruction if told else None,
                    "follows": told.follows if told else None,
                }
                for place, (seat, number, vote, told) in enumerate(called)
            ],
        )


class _Told:
    """What those decided who sent the members, and how far that binds the vote on this motion."""

    def __init__(self, motion: Motion, stands: queries.Standing) -> None:
        imperative = stands.organ.imperative
        given = Instruction.objects.filter(item=motion.item_id) if imperative else ()
        self._given = {one.organ: one for one in given if one.vote}
        self._sent_by = {kind.id: kind.chosen_by for kind in stands.statute.seats_in(stands.organ.id)}
        self._amends = motion.amends_id is not None
        self.enforced = (
            imperative is not None
            and imperative.how is Bound.ENFORCED
            and queries.carried_amendment(motion.id) is None  # the mandate was on the words that there were
        )
        self.citation = imperative.rule.source if imperative else None

    def to(self, seat: str) -> Instruction | None:
        """None also where the member votes as she thinks best."""
        return self._given.get(self._sent_by.get(seat, ""))

    def judges(self, vote: str, instruction: Instruction) -> bool | None:
        """Whether that is what was decided; None on an amendment, on which nobody decided anything."""
        return None if self._amends else vote == instruction.vote
