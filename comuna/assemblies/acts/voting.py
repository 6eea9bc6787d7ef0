"""How a motion is voted on: what every way of voting has, and taking a vote back."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta
from enum import StrEnum
from typing import Annotated, Any
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from comuna.acts.act import Act, ActFacts, Cite, GroundRole, Performed, Power, World
from comuna.acts.fields import Count, Day, Flag, Id, Label, Slug, StatuteLine, To
from comuna.acts.refusal import Refused, refuse_if
from comuna.assemblies import queries, rules
from comuna.assemblies.acts.amending import refuse_out_of_turn
from comuna.assemblies.acts.convening import open_session, refuse_ahead
from comuna.assemblies.acts.deciding import organ_of_motion, quorate_session, refuse_quorum_lost
from comuna.assemblies.acts.sitting import moment_in
from comuna.assemblies.models import (
    AgendaItem,
    Carried,
    FollowUp,
    Instruction,
    Motion,
    MovedMeeting,
    Pending,
    Ratified,
    Resolution,
    SeatVote,
    Statement,
    Tally,
)
from comuna.journal.queries import day_of
from comuna.statutes import rules as counting

SECOND_COUNTER = Label(
    _("and by"), help=_("Somebody else who is there; empty only where one person sits alone"), mostly_needed=True
)


def judge_counters(stands: queries.Standing, one: UUID, two: UUID | None, about: Collection[UUID] = ()) -> None:
    """Two different people who are present count, and nobody ``about`` whom the vote is. Raises Refused."""
    here = stands.here
    for name, person in (("counter_one", one), ("counter_two", two)):
        refuse_if(
            person is not None and person not in here,
            "assemblies.counter-absent",
            _("Who counts is present."),
            field=name,
        )
        refuse_if(
            person in about, "assemblies.counts-own-vote", _("Nobody counts a vote about themselves."), field=name
        )
    refuse_if(
        len(here) > 1 and two in (None, one),
        "assemblies.two-count",
        _("Two different people count the votes."),
        field="counter_two",
    )


VOTED_AT = Label(_("Hour of the vote"), help=_("Whoever came later or left before does not count as present"))


class Method(StrEnum):
    """How a motion was voted on."""

    HANDS = "hands"
    NAMES = "names"
    PAPERS = "papers"


class Outcome(ActFacts):
    """What a vote came to, by the statute under which the session was called."""

    present: Count
    entitled: Count | None = None
    needed: Count | None
    passed: Flag
    rule: Slug
    citation: StatuteLine
    organ: Slug
    year: Count
    resolution_number: Count
    responsible: Slug | None = None
    due_on: Day | None = None
    acting: Count = 0  # of those present, seats whose term was over
    ratified_by: Slug | None = None  # the organ before which such a decision is put
    ratifies: Id | None = None  # the decision that this vote ratifies, or rejects
    amends: Id | None = None  # an amendment decides nothing by itself
    wording: Id | None = None  # the amendment that was carried; None: as it was put


def put_to_the_vote(world: World, id: UUID, hour: str | None) -> tuple[Motion, queries.Standing]:
    """The motion, which nobody voted on yet, and its session as it stood at the hour of the vote, which is quorate.
    Raises Refused."""
    motion = world.get(Motion, id, field="motion")
    stands = quorate_session(world, motion.session_id, "motion")
    if hour is not None:
        stands = _at_hour(world, stands, hour)
        _refuse_before_amendments(motion, stands, hour)
    refuse_quorum_lost(stands, "motion")
    refuse_if(
        queries.is_voted(motion.id),
        "assemblies.voted",
        _("This motion was already voted on."),
        field="motion",
    )
    refuse_out_of_turn(motion)
    refuse_if(
        motion.ratifies_id is not None and Ratified.objects.filter(resolution=motion.ratifies_id).exists(),
        "assemblies.ratified-once",
        _("This decision was already put to be ratified."),
        field="motion",
    )
    return motion, stands


def _refuse_before_amendments(motion: Motion, stands: queries.Standing, hour: str) -> None:
    """A motion is voted on after its amendments, by the hours too. Raises Refused."""
    hours = Tally.objects.filter(motion__amends=motion).exclude(hour="").values_list("hour", flat=True)
    last = max(hours, key=lambda one: rules.minutes_into(stands.hour, one), default=None)
    refuse_if(
        last is not None and rules.minutes_into(stands.hour, hour) < rules.minutes_into(stands.hour, last),
        "assemblies.voted-before-amendment",
        _("An amendment was voted on at {hour}: the motion itself was after it.").format(hour=last),
        field="hour",
    )


def _at_hour(world: World, stands: queries.Standing, hour: str) -> queries.Standing:
    refuse_ahead(world, *moment_in(stands, hour))
    quorate = stands.quorate
    refuse_if(
        quorate is not None
        and quorate.sitting == stands.sitting
        and rules.minutes_into(stands.hour, hour) < rules.minutes_into(stands.hour, quorate.hour),
        "assemblies.voted-before-call",
        _("The quorum was reached at {hour}: nothing was voted on before it.").format(
            hour=quorate.hour if quorate else ""
        ),
        field="hour",
    )
    return stands.at(hour)


def outcome_of(
    world: World, motion: Motion, stands: queries.Standing, votes_for: int, against: int, abstain: int
) -> dict[str, Any]:
    """The facts that every way of voting has. Raises Refused."""
    majority = stands.organ.decision
    if majority is None:
        raise Refused("assemblies.decides-nothing", _("The statute gives this organ no way of deciding."))
    counts = queries.counts_of(stands, stands.present)
    carried, ratification = queries.carried_amendment(motion.id), stands.organ.ratification
    year = stands.day.year
    return {
        "present": stands.present,
        "entitled": counts.roll,
        "needed": counting.votes_needed(majority, counts),
        "passed": counting.passes(majority, votes_for, against, abstain, counts),
        "rule": majority.rule.id,
        "citation": majority.rule.source,
        "organ": stands.organ.id,
        "year": year,
        "resolution_number": queries.next_resolution_number(world.commune, stands.organ.id, year),
        "responsible": (carried.responsible if carried else "") or motion.responsible or None,
        "due_on": (carried.due_on if carried else None) or motion.due_on,
        "acting": stands.acting_here,
        "ratified_by": ratification.by if ratification and stands.acting_here else None,
        "ratifies": motion.ratifies_id,
        "amends": motion.amends_id,
        "wording": carried.id if carried else None,
    }


def refuse_unnamed(motion: Motion, stands: queries.Standing) -> None:
    """Where those who sent the members have decided how they vote, or could not, everybody sees how they did. Raises
    Refused."""
    imperative = stands.organ.imperative
    words = (
        _("Those who sent the members have decided on this item: it is voted by name.")
        if Instruction.objects.filter(item=motion.item_id).exists()
        else _("Those who sent the members could not decide on this item beforehand: it is voted by name.")
    )
    refuse_if(
        queries.is_voted_by_name(stands, motion.item_id),
        "assemblies.by-name",
        words,
        citation=imperative.rule.source if imperative else None,
        field="motion",
    )


def refuse_more_than_present(stands: queries.Standing, cast: int, field: str) -> None:
    refuse_if(
        cast > stands.present,
        "assemblies.more-than-present",
        _("More votes were counted ({cast}) than people are present ({present}).").format(
            cast=cast, present=stands.present
        ),
        field=field,
    )


def write_vote(record: Performed, motion: UUID, method: Method, hour: str | None, votes: dict[str, Any]) -> None:
    """The vote, and the decision where it passed."""
    facts = record.facts
    record.create(
        Tally,
        motion_id=motion,
        method=method.value,
        hour=hour or "",
        present=facts.present,
        entitled=facts.entitled,
        acting=facts.acting or 0,
        needed=facts.needed,
        passed=facts.passed,
        rule=facts.rule,
        citation=facts.citation,
        **votes,
    )
    if facts.passed and facts.amends is None:
        record.create(
            Resolution,
            id=record.key("resolution"),
            motion_id=motion,
            wording_id=facts.wording or motion,
            organ=facts.organ,
            year=facts.year,
            number=facts.resolution_number,
            responsible=facts.responsible or "",
            due_on=facts.due_on,
            ratified_by=facts.ratified_by or "",
        )
        if facts.responsible or facts.due_on:
            record.create(Pending, id=record.key("pending"), resolution_id=record.key("resolution"))
    if facts.ratifies is not None:
        record.create(
            Ratified,
            id=record.key("ratified"),
            resolution_id=facts.ratifies,
            motion_id=motion,
            accepted=facts.passed,
        )


def _refuse_rested_on(resolution: UUID) -> None:
    """A decision stands while something that was done by it does. Raises Refused."""
    refuse_if(
        Statement.objects.filter(resolution=resolution).exists(),
        "assemblies.stated",
        _("A statement was published by this decision."),
        field="tally",
    )
    refuse_if(
        MovedMeeting.objects.filter(resolution=resolution).exists(),
        "assemblies.meeting-moved",
        _("A regular meeting was moved by this decision."),
        field="tally",
    )


class UndoCount(Act):
    """The vote was typed wrongly: take it back while the session lasts."""

    verb = "assemblies.undo_count"
    power = Power.SEAT
    label = _("Take the count back")
    said = _("{seat} took a count back")
    undo = None  # record the count again

    tally: Annotated[Id, To(Tally), Label(_("Count"))]

    def in_organ(self) -> str | None:
        motion = Tally.objects.filter(pk=self.tally).values_list("motion_id", flat=True).first()
        return organ_of_motion(motion) if motion else None

    class Facts(ActFacts):
        resolution: Id | None = None
        ratifies: Id | None = None
        item: Id | None = None  # of the agenda

    def check(self, world: World) -> Facts:
        tally = world.get(Tally, self.tally, field="tally")
        motion = Motion.objects.get(pk=tally.motion_id)
        open_session(world, motion.session_id, "tally")
        refuse_if(
            Instruction.objects.filter(motion=motion).exists(),
            "assemblies.instructed",
            _("It was written down how a spokesperson votes by it: take that back first."),
            field="tally",
        )
        whole = motion.amends_id or motion.id
        refuse_if(
            motion.amends_id is not None
            and Tally.objects.filter(Q(motion=whole) | Q(motion__amends=whole), born__gt=tally.born).exists(),
            "assemblies.amended-since",
            _("The motion that it amends was voted on since, or another amendment: take that count back first."),
            field="tally",
        )
        self._refuse_long_ago(world, tally)
        if motion.ratifies_id is not None:
            _refuse_rested_on(motion.ratifies_id)
        resolution = Resolution.objects.filter(motion=motion).first()
        if resolution is not None:
            refuse_if(
                FollowUp.objects.filter(resolution=resolution).exists(),
                "assemblies.followed-up",
                _("Somebody already answered for this decision."),
                field="tally",
            )
            refuse_if(
                resolution.ratifying.exists(),
                "assemblies.ratified-once",
                _("This decision was already put to be ratified."),
                field="tally",
            )
            _refuse_rested_on(resolution.id)
            refuse_if(
                Carried.objects.filter(resolution=resolution).exists(),
                "assemblies.on-an-agenda",
                _("This decision already stands on the agenda of a later session."),
                field="tally",
            )
            later = Resolution.objects.filter(
                commune=world.commune, organ=resolution.organ, year=resolution.year, number__gt=resolution.number
            )
            refuse_if(
                later.exists(),
                "assemblies.later-resolution",
                _("A later decision is already numbered after this one; take that count back first."),
                field="tally",
            )
        return self.Facts(
            resolution=resolution.id if resolution else None, ratifies=motion.ratifies_id, item=motion.item_id
        )

    def _refuse_long_ago(self, world: World, tally: Tally) -> None:
        """What is found wrong later is mended by a new vote, also where nobody closed the session. Raises Refused."""
        refuse_if(
            world.day > day_of(world.commune, tally.born) + timedelta(days=1),
            "assemblies.counted-long-ago",
            _("A count is taken back on the day on which it was written down, or the day after. Vote anew."),
            field="tally",
        )

    def cites(self, facts: Any) -> tuple[Cite, ...]:
        return (Cite(self.tally, GroundRole.CORRECTS),)

    def apply(self, record: Performed) -> None:
        if record.facts.resolution is not None:
            record.remove_all(Pending, resolution_id=record.facts.resolution)
            record.remove(Resolution, record.facts.resolution)
        if record.facts.ratifies is not None:
            record.remove_all(Ratified, resolution_id=record.facts.ratifies)
        if record.facts.item is not None:
            record.update(AgendaItem, record.facts.item, recounted=True)
        record.remove_all(SeatVote, tally_id=self.tally)
        record.remove(Tally, self.tally)
