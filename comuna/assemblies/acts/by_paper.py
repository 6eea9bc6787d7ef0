"""A secret vote on a motion. Only the counts are recorded, once two people have counted the papers: no act, row or
order says whose paper was which."""

from __future__ import annotations

from typing import Annotated, Any

from django.utils.translation import gettext_lazy as _

from comuna.acts.act import Act, Cite, GroundRole, Performed, Power, World
from comuna.acts.fields import Count, Hour, Id, Label, To
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
from comuna.assemblies.models import Motion
from comuna.territory.models import Person


class RecordPapers(Act):
    """Record a secret vote on a motion, after two people have counted the papers. Every paper handed out is counted,
    spoiled, or came back unused."""

    verb = "assemblies.record_papers"
    power = Power.SEAT
    label = _("Record a secret vote")
    said = _("{seat} recorded a secret vote: for {votes_for}, against {against}, blank {blank}, spoiled {spoiled}")
    undo = "assemblies.undo_count"

    motion: Annotated[Id, To(Motion), Label(_("Motion"))]
    issued: Annotated[Count, Label(_("Papers handed out"))]
    votes_for: Annotated[Count, Label(_("Papers in favour"))]
    against: Annotated[Count, Label(_("Papers against"))]
    blank: Annotated[Count, Label(_("Blank papers"))]
    spoiled: Annotated[Count, Label(_("Spoiled papers"))]
    returned: Annotated[Count, Label(_("Papers given back unused"))]
    counter_one: Annotated[Id, To(Person), Label(_("Counted by"))]
    counter_two: Annotated[Id | None, To(Person), SECOND_COUNTER] = None
    hour: Annotated[Hour | None, VOTED_AT] = None

    class Facts(Outcome):
        """The outcome."""

    def in_organ(self) -> str | None:
        return organ_of_motion(self.motion)

    def check(self, world: World) -> Facts:
        motion, stands = put_to_the_vote(world, self.motion, self.hour)
        refuse_unnamed(motion, stands)
        counted = self.votes_for + self.against + self.blank + self.spoiled + self.returned
        refuse_if(
            counted != self.issued,
            "assemblies.papers-do-not-add-up",
            _("Papers handed out: {issued}; accounted for: {counted}. Count again.").format(
                issued=self.issued, counted=counted
            ),
            field="issued",
        )
        refuse_more_than_present(stands, self.issued, "issued")
        judge_counters(stands, self.counter_one, self.counter_two)
        neither = self.blank + self.spoiled
        return self.Facts(**outcome_of(world, motion, stands, self.votes_for, self.against, neither))

    def cites(self, facts: Any) -> tuple[Cite, ...]:
        return (Cite(self.motion, GroundRole.ANSWERS),)

    def apply(self, record: Performed) -> None:
        votes = {
            "votes_for": self.votes_for,
            "against": self.against,
            "abstain": self.blank,
            "spoiled": self.spoiled,
            "returned": self.returned,
            "issued": self.issued,
            "counter_one": self.counter_one,
            "counter_two": self.counter_two,
        }
        write_vote(record, self.motion, Method.PAPERS, self.hour, votes)
