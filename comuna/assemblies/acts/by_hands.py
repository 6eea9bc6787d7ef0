"""Votes by hands: two people count, each by herself. Where their counts differ nothing is decided, both are kept, and
the hands are counted again."""

from __future__ import annotations

from typing import Annotated, Any

from django.utils.translation import gettext_lazy as _

from comuna.acts.act import Act, ActFacts, Cite, GroundRole, Performed, Power, World
from comuna.acts.fields import Count, Flag, Hour, Id, Label, To
from comuna.acts.refusal import refuse_if
from comuna.assemblies.acts.deciding import organ_of_motion
from comuna.assemblies.acts.voting import (
    SECOND_COUNTER,
    VOTED_AT,
    Method,
    Outcome,
    judge_counters,
    outcome_of,
    put_to_the_vote,
    refuse_more_than_present,
    refuse_unnamed,
    write_vote,
)
from comuna.assemblies.models import Differing, Motion
from comuna.territory.models import Person

FOR_TWO = Label(
    _("Second count: in favour"), help=_("Each counts by herself, without hearing the other"), mostly_needed=True
)
AGAINST_TWO = Label(_("Second count: against"), mostly_needed=True)
ABSTAIN_TWO = Label(_("Second count: abstentions"), mostly_needed=True)


class RecordCount(Act):
    """Record the hands counted on a motion. Two people count, each by herself. Where their counts differ nothing is
    decided: both are kept, and it is counted again."""

    verb = "assemblies.record_count"
    power = Power.SEAT
    label = _("Record the vote")
    said = _("{seat} recorded the votes: for {votes_for}, against {against}, abstaining {abstain}, present {present}")
    undo = "assemblies.undo_count"

    motion: Annotated[Id, To(Motion), Label(_("Motion"))]
    votes_for: Annotated[Count, Label(_("Votes in favour"))]
    against: Annotated[Count, Label(_("Against"))]
    abstain: Annotated[Count, Label(_("Abstentions"))]
    counter_one: Annotated[Id, To(Person), Label(_("Counted by"))]
    votes_for_two: Annotated[Count | None, FOR_TWO] = None
    against_two: Annotated[Count | None, AGAINST_TWO] = None
    abstain_two: Annotated[Count | None, ABSTAIN_TWO] = None
    counter_two: Annotated[Id | None, To(Person), SECOND_COUNTER] = None
    hour: Annotated[Hour | None, VOTED_AT] = None

    class Facts(Outcome):
        each_counted: Flag = False

    @property
    def second(self) -> tuple[int, int, int] | None:
        """The second count; None where only one was written down."""
        if self.votes_for_two is None or self.against_two is None or self.abstain_two is None:
            return None
        return self.votes_for_two, self.against_two, self.abstain_two

    def in_organ(self) -> str | None:
        return organ_of_motion(self.motion)

    def check(self, world: World) -> Facts:
        motion, stands = put_to_the_vote(world, self.motion, self.hour)
        refuse_unnamed(motion, stands)
        refuse_more_than_present(stands, self.votes_for + self.against + self.abstain, "votes_for")
        judge_counters(stands, self.counter_one, self.counter_two)
        refuse_if(
            self.second is None and self.counter_two is not None and not stands.session.from_paper,
            "assemblies.second-count",
            _("Both count: write down what each came to."),
            field="votes_for_two",
        )
        refuse_if(
            self.second is not None and self.second != (self.votes_for, self.against, self.abstain),
            "assemblies.counts-differ",
            _("The two counts differ: nothing is decided by them. Keep both, and count again."),
            field="votes_for_two",
        )
        outcome = outcome_of(world, motion, stands, self.votes_for, self.against, self.abstain)
        return self.Facts(**outcome, each_counted=self.second is not None)

    def cites(self, facts: Any) -> tuple[Cite, ...]:
        return (Cite(self.motion, GroundRole.ANSWERS),)

    def apply(self, record: Performed) -> None:
        votes = {
            "votes_for": self.votes_for,
            "against": self.against,
            "abstain": self.abstain,
            "counter_one": self.counter_one,
            "counter_two": self.counter_two,
            "each_counted": record.facts.each_counted or False,
        }
        write_vote(record, self.motion, Method.HANDS, self.hour, votes)


class RecordDiffering(Act):
    """The two who counted the hands came to different figures. Both counts are kept in the minutes; nothing is
    decided until it is counted again."""

    verb = "assemblies.record_differing"
    power = Power.SEAT
    label = _("Keep both counts")
    said = _(
        "{seat} recorded two counts that differ: {votes_for}, {against}, {abstain} and"
        " {votes_for_two}, {against_two}, {abstain_two}"
    )
    undo = None  # the next count answers it

    motion: Annotated[Id, To(Motion), Label(_("Motion"))]
    votes_for: Annotated[Count, Label(_("Votes in favour"))]
    against: Annotated[Count, Label(_("Against"))]
    abstain: Annotated[Count, Label(_("Abstentions"))]
    counter_one: Annotated[Id, To(Person), Label(_("Counted by"))]
    votes_for_two: Annotated[Count, FOR_TWO]
    against_two: Annotated[Count, AGAINST_TWO]
    abstain_two: Annotated[Count, ABSTAIN_TWO]
    counter_two: Annotated[Id, To(Person), SECOND_COUNTER]
    hour: Annotated[Hour | None, VOTED_AT] = None

    def in_organ(self) -> str | None:
        return organ_of_motion(self.motion)

    def check(self, world: World) -> ActFacts:
        motion, stands = put_to_the_vote(world, self.motion, self.hour)
        refuse_unnamed(motion, stands)
        judge_counters(stands, self.counter_one, self.counter_two)
        first = self.votes_for, self.against, self.abstain
        second = self.votes_for_two, self.against_two, self.abstain_two
        refuse_more_than_present(stands, sum(first), "votes_for")
        refuse_more_than_present(stands, sum(second), "votes_for_two")
        refuse_if(
            first == second,
            "assemblies.counts-agree",
            _("The two counts agree: record the vote."),
            field="votes_for_two",
        )
        return self.Facts()

    def cites(self, facts: Any) -> tuple[Cite, ...]:
        return (Cite(self.motion, GroundRole.ANSWERS),)

    def apply(self, record: Performed) -> None:
        record.create(
            Differing,
            motion_id=self.motion,
            hour=self.hour or "",
            votes_for=self.votes_for,
            against=self.against,
            abstain=self.abstain,
            votes_for_two=self.votes_for_two,
            against_two=self.against_two,
            abstain_two=self.abstain_two,
            counter_one=self.counter_one,
            counter_two=self.counter_two,
        )
