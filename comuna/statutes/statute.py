"""The vocabulary of a statute: what a kind of self-government can say about itself.

A statute is data (a TOML file, see ``docs/write-a-statute.md``); the loader turns it into these
frozen values and the rooms above only ever read them. The vocabulary is closed: no expressions,
no code. What a statute cannot say is a new word here, with a test.

Every rule keeps its ``Rule``: an id that survives the renumbering of articles, the citation that
is printed when somebody is refused, and how sure we are of it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import TypeVar

from comuna.statutes.bookkeeping import NO_BOOKS, Bookkeeping
from comuna.statutes.councils import Council, Matters, council_in
from comuna.statutes.processes import Process
from comuna.statutes.signing import Signatures as Signatures, most_asked
from comuna.statutes.values import (
    Ballot as Ballot,
    Base as Base,
    Call as Call,
    Every as Every,
    Majority as Majority,
    MajorityKind as MajorityKind,
    Mark as Mark,
    Names as Names,
    Rhythm as Rhythm,
    Rule as Rule,
    Share as Share,
    Succession as Succession,
)

T = TypeVar("T", "Organ", "SeatKind")


class AfterTerm(StrEnum):
    """What an expired mandate may still do."""

    ACTS = "acts"  # goes on in office, shown as expired and acting
    LAPSES = "lapses"  # may do nothing


@dataclass(frozen=True)
class Eligibility:
    rule: Rule
    age_years: int = 0
    residence_months: int = 0
    waived_when_new: bool = False  # a commune younger than the residence asked for


@dataclass(frozen=True)
class Term:
    """How long a mandate lasts. ``months`` None: until recalled, no end of its own."""

    rule: Rule
    months: int | None
    after: AfterTerm = AfterTerm.ACTS
    consecutive_terms_max: int | None = None


@dataclass(frozen=True)
class Level:
    """The bodies of one kind that a commune is made of, each with the same organs: communal councils, committees."""

    rule: Rule
    name: Names  # of one: "Consejo comunal"
    many: Names  # of several: "Consejos comunales"


@dataclass(frozen=True)
class SeatKind:
    """Seats of one kind in an organ: five of the finance unit, one secretary of minutes."""

    id: str  # "cc.finance"
    organ: str
    name: Names
    rule: Rule
    count: int  # principals
    alternates: int
    chosen_by: str  # organ id whose session elects, or the seat kind itself when co-opted
    ballot: Ballot
    term: Term
    eligibility: Eligibility
    succession: tuple[Succession, ...] = (Succession.ALTERNATE, Succession.BY_ELECTION)
    incompatible_with: tuple[str, ...] = ()  # seat kind ids one person cannot also hold
    founding: bool = False  # held by the promoters from the founding act on
    portfolio_of: str | None = None  # the group it belongs to: "cc.committee" of "cc.committee.health"
    each: bool = False  # every council has these seats
    council: str | None = None  # whose they are, once there are councils (``spread``)


class Members(StrEnum):
    EVERYONE = "everyone"  # every person on the roll sits in it
    SEATS = "seats"  # who holds one of its seats


@dataclass(frozen=True)
class Roll:
    """Who counts in the denominator of an organ where everyone sits."""

    rule: Rule
    age_years: int
    unknown_age_counts: bool = True  # an adult whose age nobody wrote down is still an adult
    away_counts: bool = False  # living abroad or away for work
    council: str | None = None  # whose people count; None: everybody of the commune


class Bound(StrEnum):
    """What follows where somebody votes otherwise than those decided who sent them."""

    RECORDED = "recorded"  # everybody sees it, and the vote counts
    ENFORCED = "enforced"  # it is refused


@dataclass(frozen=True)
class Imperative:
    """Who sits in an organ votes there as the organ decided that sent them."""

    rule: Rule
    how: Bound


@dataclass(frozen=True)
class Ratification:
    """What an organ decided with seats whose terms were over is ratified, or rejected, by another one."""

    rule: Rule
    by: str  # organ id


@dataclass(frozen=True)
class Organ:
    id: str  # "cc.assembly"
    name: Names
    rule: Rule
    members: Members
    calls: tuple[Call, ...]  # empty: the organ holds no sessions
    decision: Majority | None
    roll: Roll | None = None  # only where everyone sits
    rhythm: Rhythm | None = None
    notice_days: int = 0
    highest: bool = False  # exactly one organ of a statute
    made_of: tuple[str, ...] = ()  # organs whose seats sit in this one too, by their office
    each: bool = False  # every council has one
    council: str | None = None  # whose it is, once there are councils (``spread``)
    before_councils: str = ""  # the organ that stands for this one in the books of a single council
    quorum_at_votes: bool = False  # the quorum of the call is asked for again at each vote
    imperative: Imperative | None = None  # None: everybody votes as they think best
    ratification: Ratification | None = None  # None: what expired seats that act decide stands by itself


@dataclass(frozen=True)
class Power:
    """Which seats may perform an act."""

    rule: Rule
    acts: tuple[str, ...]  # verbs
    seats: tuple[str, ...]  # seat kind ids
    when_acting: bool = True  # an expired, acting mandate still may
    organs: tuple[str, ...] = ()  # only in sessions of these; empty: wherever the act applies
    own_organ: bool = False  # each seat in sessions of the organs it sits in
    council: str | None = None  # only in matters of this council
    with_councils: bool = False  # not in the books of a single council


@dataclass(frozen=True)
class Lapse:
    """For how long signatures are collected: ``days`` running days after the day on which a recall was asked for."""

    rule: Rule
    days: int


@dataclass(frozen=True)
class Recall:
    """How a mandate is taken back before its end."""

    rule: Rule
    seats: tuple[str, ...]
    petition: Share  # signatures; base is the roll of ``decided_by``
    asked_by: tuple[str, ...]  # seat kinds that may ask without signatures
    desk: str  # seat kind that receives the petition and reports
    desk_when_own: str  # the desk when ``desk`` itself asks or is asked about
    report_days: int
    decided_by: str  # organ id
    quorum: Share
    majority: Majority
    bar_terms: int
    grounds: Mapping[str, Names] = field(default_factory=dict)  # id to words
    lapse: Lapse | None = None  # of a petition; None: it stays open for as long as the mandate


@dataclass(frozen=True)
class Handover:
    """Seat kinds that take over from the promoters, once each of them has somebody in office with an account."""

    rule: Rule
    seats: tuple[str, ...]
    with_councils: tuple[str, ...] = ()  # these too, once the books have councils


@dataclass(frozen=True)
class Founding:
    """How a commune begins: its promoters, and for how long they may act."""

    rule: Rule
    promoters_min: int
    seat: str  # the seat kind with ``founding = True``
    months: int
    until: Handover | None = None  # None: they keep their seats for as long as their mandates last


@dataclass(frozen=True)
class LetterKind:
    """A letter that neighbours may ask for: what it attests, who signs it, for how long it is good."""

    rule: Rule
    id: str  # "residence"
    name: Names
    attests: Names
    seats: tuple[str, ...]  # seat kind ids
    needed: int  # different people of these seats who sign
    days: int  # running days after the day of issue on which it is still good
    residence_months: int = 0  # for how long who asks must have lived here
    away_counts: bool = False  # whether who lives abroad or is away for work may have one
    council: str | None = None  # whose people may ask for it, once there are councils (``spread``)


@dataclass(frozen=True)
class Stated:
    """A rule for people to read and apply; the program shows it with its source and does no more."""

    rule: Rule
    words: Names


@dataclass(frozen=True)
class Statute:
    id: str  # "venezuela-commune"
    version: str
    title: Names
    about: Names
    founding: Founding
    organs: tuple[Organ, ...]
    seats: tuple[SeatKind, ...]
    powers: tuple[Power, ...]
    recalls: tuple[Recall, ...]
    signatures: tuple[Signatures, ...] = ()
    stated: tuple[Stated, ...] = ()
    letters: tuple[LetterKind, ...] = ()
    processes: tuple[Process, ...] = ()
    money: Bookkeeping = NO_BOOKS
    level: Level | None = None  # None: the commune has no councils
    councils: tuple[Council, ...] = ()  # of the books; a statute's file names none

    def organ(self, organ_id: str) -> Organ:
        """Raises KeyError for an organ this statute does not have."""
        return next_with_id(self.organs, organ_id)

    def seat(self, seat_id: str) -> SeatKind:
        """Raises KeyError for a seat kind this statute does not have."""
        return self.seats_by_id[seat_id]

    @cached_property
    def seats_by_id(self) -> dict[str, SeatKind]:
        return {seat.id: seat for seat in reversed(self.seats)}

    def seats_in(self, organ_id: str) -> tuple[SeatKind, ...]:
        """The seat kinds that sit in an organ: its own, and those of the organs it is made of."""
        if organ_id not in self._seats_by_organ:
            organs = {organ_id, *self.organ(organ_id).made_of}
            self._seats_by_organ[organ_id] = tuple(seat for seat in self.seats if seat.organ in organs)
        return self._seats_by_organ[organ_id]

    @cached_property
    def _seats_by_organ(self) -> dict[str, tuple[SeatKind, ...]]:
        """What was asked before: books with 24 councils have 500 kinds of seats."""
        return {}

    @cached_property
    def of_each(self) -> frozenset[str]:
        """Ids of the organs and seats that every council has."""
        return frozenset({one.id for one in self.organs if one.each} | {one.id for one in self.seats if one.each})

    def highest(self) -> Organ:
        return next(organ for organ in self.organs if organ.highest)

    def powers_over(self, verb: str) -> tuple[Power, ...]:
        return self._powers_by_verb.get(verb, ())

    @cached_property
    def _powers_by_verb(self) -> dict[str, tuple[Power, ...]]:
        verbs = dict.fromkeys(verb for power in self.powers for verb in power.acts)
        return {verb: tuple(power for power in self.powers if verb in power.acts) for verb in verbs}

    def seats_with_power(self, verb: str, organ_id: str | None = None, where: Matters = None) -> tuple[str, ...]:
        """Seat kind ids that may perform the act, in the file's order, each once; with an organ, in its sessions; else
        in these matters. An organ that the statute does not have binds nobody here; the act itself says that there is
        none."""
        key = verb, organ_id if organ_id in self._organ_ids else None, where
        if key not in self._seats_by_power:
            self._seats_by_power[key] = self._seats_with_power(*key)
        return self._seats_by_power[key]

    def seats_when_active(self, verb: str) -> frozenset[str]:
        """Those of them that may not while they are expired and acting."""
        return self._only_active.get(verb, frozenset())

    @cached_property
    def _only_active(self) -> dict[str, frozenset[str]]:
        return {
            verb: frozenset(self.seats_with_power(verb)).difference(*(p.seats for p in powers if p.when_acting))
            for verb, powers in self._powers_by_verb.items()
        }

    @cached_property
    def _organ_ids(self) -> frozenset[str]:
        return frozenset(organ.id for organ in self.organs)

    @cached_property
    def _seats_by_power(self) -> dict[tuple[str, str | None, Matters], tuple[str, ...]]:
        """What was asked before, by verb, organ and council: the door asks at every act."""
        return {}

    def _seats_with_power(self, verb: str, organ_id: str | None, where: Matters) -> tuple[str, ...]:
        found: dict[str, None] = {}
        sits = {seat.id for seat in self.seats_in(organ_id)} if organ_id else set()
        for power in self.powers_over(verb):
            if organ_id is None:
                reaching = power.seats if _concerns(power, where) else ()
            elif organ_id in power.organs or (
                not (power.own_organ or power.organs) and _concerns(power, (council_in(organ_id),))
            ):
                reaching = power.seats
            else:
                reaching = tuple(seat for seat in power.seats if seat in sits) if power.own_organ else ()
            found |= dict.fromkeys(reaching)
        return tuple(found)

    def recall_of(self, seat_id: str) -> Recall | None:
        return next((recall for recall in self.recalls if seat_id in recall.seats), None)

    def signatures_for(self, verb: str, amounts: Sequence[tuple[str, int]] = ()) -> Signatures | None:
        """What an act over these amounts needs (unit, in its smallest part); without them what each act of the verb
        needs, whatever it is over."""
        return most_asked(self._signatures_by_verb.get(verb, ()), self.money, amounts)

    def signatures_by_amount(self, verb: str) -> list[Signatures]:
        """Those that an act of the verb needs from some amount on."""
        return [rule for rule in self._signatures_by_verb.get(verb, ()) if rule.from_amount is not None]

    @cached_property
    def _signatures_by_verb(self) -> dict[str, list[Signatures]]:
        found: dict[str, list[Signatures]] = {}
        for rule in self.signatures:
            found.setdefault(rule.act, []).append(rule)
        return found

    def letters_in(self, council: str | None) -> tuple[LetterKind, ...]:
        """The letters that somebody of a council may ask for; of none, only those that no council signs."""
        return tuple(one for one in self.letters if one.council in (None, council))

    def letter(self, id: str, council: str | None) -> LetterKind | None:
        return next((one for one in self.letters_in(council) if one.id == id), None)

    def incompatible(self, one: str, other: str) -> bool:
        """Whether the same person may not hold both kinds of seat; it is enough that one of them says so. A kind that
        this statute does not have goes with every other."""
        found = ((self.seats_by_id.get(kind), with_kind) for kind, with_kind in ((one, other), (other, one)))
        return any(kind is not None and with_kind in kind.incompatible_with for kind, with_kind in found)


def _concerns(power: Power, where: Matters) -> bool:
    return power.council is None or where is None or power.council in where


def next_with_id(things: tuple[T, ...], wanted: str) -> T:
    for thing in things:
        if thing.id == wanted:
            return thing
    raise KeyError(wanted)


def in_books(names: Names) -> str:
    """The words as facts keep them: in the commune's own language, whoever types and whoever reads."""
    return names["es"]


def in_language(names: Names, language: str) -> str:
    """The words in a language (``pt-br`` falls back to ``pt``), else in Spanish."""
    return names.get(language) or names.get(language.split("-")[0]) or names["es"]
