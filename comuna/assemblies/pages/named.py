"""Votes by name, and how spokespeople are to vote as those decided who sent them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _, ngettext, pgettext

from comuna.assemblies import queries
from comuna.assemblies.acts import UndoInstruction
from comuna.assemblies.models import Instruction, SeatVote
from comuna.assemblies.pages.reader import Reader
from comuna.assemblies.pages.states import UNDO
from comuna.assemblies.pages.words import organ_words, title_of, vote_words
from comuna.assemblies.queries import ItemStanding, Standing
from comuna.look.frame import Link
from comuna.look.parts import Empty, Fact, Facts, Line, Lines, Part, Section, Sign, Status
from comuna.look.words import list_words, number_words
from comuna.mandates.queries import seat_words
from comuna.statutes.councils import council_in
from comuna.statutes.words import bound


def by_name(stands: Standing, items: Sequence[ItemStanding]) -> list[Part]:
    """How each seat voted in the votes by name, and whether as those decided who sent them."""
    votes, given = queries.seat_votes(stands.session.id), queries.instructions_in(stands.session.id)
    told = {one.id: one.vote for several in given.values() for one in several}
    sections: list[Part] = []
    for held in (motion for item in items for motion in item.motions):
        of_motion = votes.get(held.tally.id, []) if held.tally else []
        if not of_motion:
            continue
        against = sum(one.follows is False for one in of_motion)
        more = ngettext("{n} vote against its instruction", "{n} votes against their instructions", against)
        lines = [
            Line(
                seat_words(stands.statute, one.seat, one.number),
                when=vote_words(one.vote),
                status=_instruction(one, told),
            )
            for one in of_motion
        ]
        heading = _("Motion {number}, vote by name").format(number=number_words(held.motion.number))
        sections.append(Section(heading, [Lines(lines)], more.format(n=number_words(against)) if against else ""))
    return sections


def _instruction(one: SeatVote, told: Mapping[UUID, str]) -> Status | None:
    if one.follows is None or one.instruction_id is None:
        return None
    if one.follows:
        return Status(Sign.DONE, pgettext("instruction", "followed"))
    said = vote_words(told.get(one.instruction_id, ""))
    return Status(Sign.REFUSED, _("against it: {vote}").format(vote=said))


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
            parts.append(Section(f"{held.item.number}. {title_of(held.item)}", [Facts(facts)]))
    nobody = Empty(_("Nobody who sent a member has decided yet how she votes."))
    said = f"{capfirst(bound(rule.how))}. {rule.rule.source}"
    return [Section(_("Instructions"), parts or [nobody], said, links)]


def _who_sent(stands: Standing, organ: str) -> str:
    """A council by its name; another organ in its own words."""
    slug = council_in(organ)
    return next((one.name for one in stands.statute.councils if one.slug == slug), organ_words(stands.statute, organ))


def _may_take_back(stands: Standing, held: ItemStanding, each: Instruction, one: Reader) -> bool:
    voted = any(motion.tally is not None for motion in held.motions)
    return stands.is_open and not voted and one.may(UndoInstruction, each.organ)
