"""Votes by name, and how spokespeople are to vote as those decided who sent them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _, ngettext, pgettext

from comuna.assemblies import queries
from comuna.assemblies.acts import UndoInstruction
from comuna.assemblies.acts.by_name import SILENT
from comuna.assemblies.models import Instruction, SeatVote
from comuna.assemblies.pages.reader import Reader
from comuna.assemblies.pages.states import UNDO
from comuna.assemblies.pages.words import changed_words, organ_words, title_of, vote_words
from comuna.assemblies.queries import ItemStanding, MotionStanding, Standing
from comuna.assemblies.rules import Seat
from comuna.look.frame import Link
from comuna.look.parts import Empty, Fact, Facts, Line, Lines, Part, Section, Sign, Status
from comuna.look.words import list_words, number_words
from comuna.mandates.queries import seat_words
from comuna.statutes.councils import council_in
from comuna.statutes.words import bound


def by_name(stands: Standing, items: Sequence[ItemStanding]) -> list[Part]:
    """How each seat voted in the votes by name, and whether as those decided who sent them."""
    votes, given = queries.seat_votes(stands.session.id), queries.instructions_in(stands.session.id)
    sections: list[Part] = []
    for item in items:
        told = given.get(item.item.id, [])
        for held in item.motions:
            of_motion = votes.get(held.tally.id, []) if held.tally else []
            if of_motion:
                sections.append(_roll_call(stands, held, of_motion, told))
    return sections


def _roll_call(
    stands: Standing, held: MotionStanding, votes: Sequence[SeatVote], given: Sequence[Instruction]
) -> Section:
    """Every seat that was called; and where the motion itself is voted on, those instructed that were not there."""
    by_id = {one.id: one.vote for one in given}
    lines = [
        Line(
            seat_words(stands.statute, one.seat, one.number),
            when=vote_words(one.vote),
            status=_instruction(one, by_id),
        )
        for one in votes
    ]
    if held.motion.amends_id is None:
        called = {(one.seat, one.number) for one in votes}
        lines += [
            Line(seat_words(stands.statute, *seat), when=_("not in the roll call"), status=_told(vote))
            for seat, vote in _instructed(stands, given)
            if seat not in called
        ]
    heading = _("Motion {number}, vote by name").format(number=number_words(held.motion.number))
    return Section(heading, [Lines(lines)], " ".join(_mismatch(held, votes, given)))


def _mismatch(held: MotionStanding, votes: Sequence[SeatVote], given: Sequence[Instruction]) -> Iterable[str]:
    """How many did otherwise than was decided, and what is to be known before anybody is blamed."""
    if held.motion.amends_id is not None and given:
        yield _("An amendment: everybody votes as they think best.")
    elif held.wording is not None and given:
        yield changed_words()
    silent = sum(one.follows is False and one.vote == SILENT for one in votes)
    against = sum(one.follows is False for one in votes) - silent
    if against:
        more = ngettext("{n} vote against its instruction", "{n} votes against their instructions", against)
        yield more.format(n=number_words(against)) + "."
    if silent:
        more = ngettext(
            "{n} did not vote in spite of an instruction", "{n} did not vote in spite of instructions", silent
        )
        yield more.format(n=number_words(silent)) + "."


def _instruction(one: SeatVote, told: Mapping[UUID, str]) -> Status | None:
    if one.instruction_id is None:
        return None
    vote = told.get(one.instruction_id, "")
    if one.follows is None:
        return _told(vote)
    if one.follows:
        return Status(Sign.DONE, pgettext("instruction", "followed"))
    return Status(Sign.REFUSED, _("against it: {vote}").format(vote=vote_words(vote)))


def _told(vote: str) -> Status:
    return Status(Sign.PLAIN, _("Instruction: {vote}").format(vote=vote_words(vote)))


def _instructed(stands: Standing, given: Sequence[Instruction]) -> list[tuple[Seat, str]]:
    """The seats that are to vote as was decided, and how."""
    by_organ = {one.organ: one.vote for one in given if one.vote}
    return [
        ((kind.id, number), by_organ[kind.chosen_by])
        for kind in stands.statute.seats_in(stands.organ.id)
        if kind.chosen_by in by_organ
        for number in range(1, kind.count + 1)
    ]


def instructions(stands: Standing, items: Sequence[ItemStanding], one: Reader) -> list[Part]:
    """What those decided who sent the members, item by item; nothing where the statute binds nobody."""
    rule = stands.organ.imperative
    if rule is None:
        return []
    given = queries.instructions_in(stands.session.id)
    parts: list[Part] = []
    links: list[Link] = []
    for held in items:
        by_vote: dict[str, list[str]] = {}
        for each in given.get(held.item.id, ()):
            by_vote.setdefault(each.vote, []).append(_who_sent(stands, each.organ))
            if _may_take_back(stands, held, each, one):
                words = _("Take back: {who}").format(who=_who_sent(stands, each.organ))
                links.append(Link(words, f"{reverse(UNDO[UndoInstruction])}?instruction={each.id}"))
        if by_vote:
            facts = [
                Fact(f"{capfirst(vote_words(vote))}: {number_words(len(who))}", list_words(who))
                for vote, who in sorted(by_vote.items(), key=lambda pair: -len(pair[1]))
            ]
            intro = changed_words() if any(motion.wording is not None for motion in held.main) else ""
            parts.append(Section(f"{held.item.number}. {title_of(held.item)}", [Facts(facts)], intro))
    nobody = Empty(_("Nobody who sent a member has decided yet how she votes."))
    said = f"{capfirst(bound(rule.how))}. {rule.rule.source}"
    return [Section(_("Instructions"), parts or [nobody], said, links)]


def _who_sent(stands: Standing, organ: str) -> str:
    """A council by its name; another organ in its own words."""
    slug = council_in(organ)
    return next((one.name for one in stands.statute.councils if one.slug == slug), organ_words(stands.statute, organ))


def _may_take_back(stands: Standing, held: ItemStanding, each: Instruction, one: Reader) -> bool:
    return stands.is_open and one.may(UndoInstruction, each.organ) and not queries.was_voted(held.item)
