"""A session's agenda with its motions: what became of each, which is voted on next, and how it reads."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from comuna.assemblies.models import AgendaItem, Differing, Instruction, Motion, Note, Notice, Resolution, Struck, Tally
from comuna.assemblies.queries.standing import Standing
from comuna.journal import sql

FOLLOW_UP, RATIFY = "follow-up", "ratify"  # kinds of items that stand on an agenda by themselves


@dataclass(frozen=True)
class MotionStanding:
    motion: Motion
    tally: Tally | None
    resolution: Resolution | None
    differing: tuple[Differing, ...] = ()  # counts of hands that decided nothing, in the order in which they were
    withdrawn: bool = False
    wording: Motion | None = None  # the amendment carried last, whose words these are then; None: its own
    overtaken_by: Motion | None = None  # of an open amendment: the one carried since, after which it is put anew

    @property
    def is_open(self) -> bool:
        """Whether it is still to be voted on."""
        return self.tally is None and not self.withdrawn

    @property
    def text(self) -> str:
        """As it reads with what was carried."""
        return str((self.wording or self.motion).text)


@dataclass(frozen=True)
class ItemStanding:
    item: AgendaItem
    motions: tuple[MotionStanding, ...]  # each followed by its amendments, in the order of voting
    notes: tuple[Note, ...] = ()  # what was said under it, in the order in which it was written
    struck: Struck | None = None
    passed_on: bool = False  # to a later item, of which something is written down already

    @property
    def waits(self) -> bool:
        """Whether a motion is still expected: what became of earlier decisions is only reported, and so was an item
        of which something was said, once the session went on to a later one."""
        reported = self.item.kind == FOLLOW_UP or (bool(self.notes) and self.passed_on)
        return not self.motions and not self.struck and not reported

    @property
    def main(self) -> tuple[MotionStanding, ...]:
        """Without the amendments."""
        return tuple(one for one in self.motions if one.motion.amends_id is None)

    def amendments(self, held: MotionStanding) -> tuple[MotionStanding, ...]:
        return tuple(one for one in self.motions if one.motion.amends_id == held.motion.id)


def items(session: UUID) -> list[ItemStanding]:
    """The agenda with its motions, tallies, resolutions and notes: eight statements."""
    key = sql.uuid_value(session)
    motions = sql.state_rows(Motion, "session_id = %s ORDER BY number", key)
    of_those = "motion_id IN (SELECT m.id FROM assemblies_motion m WHERE m.session_id = %s)"
    tallies = {one.motion_id: one for one in sql.state_rows(Tally, of_those, key)} if motions else {}
    resolutions = {one.motion_id: one for one in sql.state_rows(Resolution, of_those, key)} if tallies else {}
    gone = sql.rows(f"SELECT motion_id FROM assemblies_withdrawal WHERE {of_those}", key) if motions else []
    withdrawn = {sql.uuid_of(motion) for (motion,) in gone}
    differing: dict[UUID, list[Differing]] = {}
    for one in sql.state_rows(Differing, f"{of_those} ORDER BY born", key) if motions else ():
        differing.setdefault(one.motion_id, []).append(one)
    carried = _carried(motions, tallies)
    standing = [
        MotionStanding(
            motion=motion,
            tally=tallies.get(motion.id),
            resolution=resolutions.get(motion.id),
            differing=tuple(differing.get(motion.id, ())),
            withdrawn=motion.id in withdrawn,
            wording=carried.get(motion.id),
            overtaken_by=_overtaken_by(motion, carried, tallies) if motion.id not in withdrawn else None,
        )
        for motion in motions
    ]
    notes: dict[UUID, list[Note]] = {}
    for note in sql.state_rows(Note, "session_id = %s ORDER BY born", key):
        notes.setdefault(note.item_id, []).append(note)
    agenda = sql.state_rows(AgendaItem, "session_id = %s ORDER BY number", key)
    of_items = "item_id IN (SELECT i.id FROM assemblies_agendaitem i WHERE i.session_id = %s)"
    struck = {one.item_id: one for one in sql.state_rows(Struck, of_items, key)}
    touched = {*notes, *(motion.item_id for motion in motions)}
    last = max((item.number for item in agenda if item.id in touched), default=0)
    return [
        ItemStanding(
            item,
            tuple(_in_order(one for one in standing if one.motion.item_id == item.id)),
            tuple(notes.get(item.id, ())),
            struck.get(item.id),
            item.number < last,
        )
        for item in agenda
    ]


def _carried(motions: Iterable[Motion], tallies: dict[UUID, Tally]) -> dict[UUID, Motion]:
    """By the motion that it amends, the amendment carried last."""
    passed = [one for one in motions if one.amends_id and one.id in tallies and tallies[one.id].passed]
    return {one.amends_id: one for one in sorted(passed, key=lambda one: tallies[one.id].born) if one.amends_id}


def _overtaken_by(motion: Motion, carried: dict[UUID, Motion], tallies: dict[UUID, Tally]) -> Motion | None:
    """The amendment to the same motion that was carried after this one was put, or was put after it."""
    other = carried.get(motion.amends_id) if motion.amends_id and motion.id not in tallies else None
    since = other is not None and (other.number > motion.number or tallies[other.id].born > motion.born)
    return other if since else None


def _in_order(found: Iterable[MotionStanding]) -> list[MotionStanding]:
    held = list(found)
    numbers = {one.motion.id: one.motion.number for one in held}

    def place(one: MotionStanding) -> tuple[int, bool, int, int]:
        main = numbers.get(one.motion.amends_id or one.motion.id, one.motion.number)
        return main, one.motion.amends_id is not None, one.motion.turn, one.motion.number

    return sorted(held, key=place)


def is_touched(item: AgendaItem) -> bool:
    """Whether anything was said, put or voted under it in its session, or decided on it beforehand elsewhere."""
    under = (Motion, Note, Instruction)
    return item.recounted or any(model._default_manager.filter(item=item).exists() for model in under)


def is_told_of(stands: Standing, item: AgendaItem) -> bool:
    """Whether people know of it: it is written down that they were told since, or the session was called."""
    return bool(stands.calls) or Notice.objects.filter(session=stands.session, born__gt=item.born).exists()


def next_to_vote(agenda: Iterable[ItemStanding]) -> MotionStanding | None:
    """The motion that is voted on next: of the first that is open its first open amendment, else itself."""
    for item in agenda:
        for held in item.main:
            if held.is_open:
                return next((one for one in item.amendments(held) if one.is_open), held)
    return None
