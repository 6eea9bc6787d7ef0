"""Each kind of table of a statute's file, and its words, made into the values of ``statute``.

Values that several places share (shares, majorities, terms ...) stand in tables of their own and are
named by their rule; so a commune that confirms or changes one finds it once, beside its source.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django.utils.translation import gettext_lazy as _

from comuna.statutes.bookwords import read_money
from comuna.statutes.known import Known, Shared
from comuna.statutes.letterwords import read_letter
from comuna.statutes.processwords import read_process
from comuna.statutes.reading import DAYS_MAX, MONTHS_MAX, Table
from comuna.statutes.statute import (
    AfterTerm,
    Ballot,
    Base,
    Bound,
    Call,
    Eligibility,
    Every,
    Founding,
    Handover,
    Imperative,
    Lapse,
    Level,
    Majority,
    MajorityKind,
    Members,
    Organ,
    Power,
    Ratification,
    Recall,
    Rhythm,
    Roll,
    SeatKind,
    Share,
    Signatures,
    Stated,
    Statute,
    Succession,
    Term,
)

PEOPLE_MAX, SEATS_MAX, AMOUNT_MAX = 1_000_000, 500, 10**12
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
LAST, UNTIL_RECALLED = "last", "until-recalled"

V = TypeVar("V", Share, Majority, Rhythm, Term, Eligibility, Roll)


def read_statute(top: Table) -> tuple[Statute, Known]:
    """The statute, and what its tables may name. What is wrong is noted in the tables."""
    head, organs = top.table("statute"), _organ_ids(top)
    known = Known(
        shares=_shared(top, "share", _share),
        majorities=_shared(top, "majority", _majority),
        rhythms=_shared(top, "rhythm", _rhythm),
        terms=_shared(top, "term", _term),
        eligibilities=_shared(top, "eligibility", _eligibility),
        rolls=_shared(top, "roll", _roll),
        organs=organs,
        each={table.value_of("id") for table in top.tables("organ") if table.value_of("each") is True},
        seats=_seat_names(top, organs),
    )
    founding = _founding(top.table("founding"), known)
    statute = Statute(
        id=head.id("id"),
        version=head.id("version"),
        title=head.names("title"),
        about=head.names("about"),
        founding=founding,
        organs=tuple(_organ(table, known) for table in top.tables("organ")),
        seats=tuple(kind for table in top.tables("seat") for kind in _seats(table, known, founding.seat)),
        powers=tuple(_power(table, known) for table in top.tables("power")),
        recalls=tuple(_recall(table, known) for table in top.tables("recall")),
        signatures=tuple(_signatures(table, known) for table in top.tables("signatures")),
        stated=tuple(_stated(table) for table in top.tables("stated")),
        letters=tuple(read_letter(table, known) for table in top.tables("letter")),
        processes=tuple(read_process(table, known) for table in top.tables("process")),
        money=read_money(top, known),
        level=_level(top.table("level")) if top.has("level") else None,
    )
    head.finish()
    top.finish()
    return statute, known


# What tables may name


def _shared(top: Table, key: str, make: Callable[[Table], V]) -> Shared[V]:
    found: Shared[V] = Shared({}, {})
    for table in top.tables(key):
        value = make(table)
        table.finish()
        if value.rule.id in found.values:
            table.note("rule", _("{what}: the rule stands twice"))
        found.values[value.rule.id] = value
        found.tables[value.rule.id] = table
    return found


def _organ_ids(top: Table) -> set[str]:
    found: set[str] = set()
    for table in top.tables("organ"):
        id = table.id("id")
        if id in found:
            table.note("id", _("{what}: the id stands twice"))
        found.add(id)
    return found - {""}


def _seat_names(top: Table, organs: set[str]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for table in top.tables("seat"):
        id = table.id("id")
        portfolios = [(f"{id}.{part.id('id')}", part) for part in table.tables("portfolio")]
        for name, named in [(id, table), *portfolios]:
            if name in found or name in organs:
                named.note("id", _("{what}: the id {said} stands twice"), said=name)
            found[name] = (name,)
        if portfolios:
            found[id] = tuple(name for name, _part in portfolios)
    return found


# Shared values


def _share(table: Table) -> Share:
    rule, part = table.rule(), table.part("part")
    people = table.whole("people", 0, PEOPLE_MAX) if table.has("people") else None
    if (part is None) == (people is None) and not (table.has("part") and part is None):
        table.note(None, _('{what}: give either a part ("30 %") or a number of people'))
    if part is None:
        if table.has("base"):
            table.note("base", _("{what}: a number of people has no base"))
        return Share(rule, people=people or 0)
    return Share(rule, part=part, base=table.choice("base", Base))


def _majority(table: Table) -> Majority:
    rule, kind = table.rule(), table.choice("kind", MajorityKind)
    if kind is MajorityKind.PLURALITY:
        if table.has("base"):
            table.note("base", _("{what}: a plurality only asks for more for than against and has no base"))
        return Majority(rule, kind, Base.CAST)
    return Majority(rule, kind, table.choice("base", Base))


def _rhythm(table: Table) -> Rhythm:
    rule, every = table.rule(), table.choice("every", Every)
    weekday = table.word("weekday", WEEKDAYS) + 1
    if every in (Every.WEEK, Every.FORTNIGHT):
        if table.has("nth"):
            table.note("nth", _("{what}: nth is for month, quarter and year"))
        return Rhythm(rule, every, weekday)
    if table.value_of("nth") == LAST:
        return Rhythm(rule, every, weekday, -1)
    return Rhythm(rule, every, weekday, table.whole("nth", 1, 4))


def _term(table: Table) -> Term:
    open_ended = table.value_of("months") == UNTIL_RECALLED
    limit = table.whole("consecutive_terms_max", 1, 100) if table.has("consecutive_terms_max") else None
    if open_ended:
        for key in ("after", "consecutive_terms_max"):
            if table.has(key):
                table.note(key, _("{what}: a term without an end has no {key}"))
        return Term(table.rule(), None)
    months = table.whole("months", 1, MONTHS_MAX)
    return Term(table.rule(), months, table.choice("after", AfterTerm, default=AfterTerm.ACTS), limit)


def _eligibility(table: Table) -> Eligibility:
    return Eligibility(
        table.rule(),
        age_years=table.whole("age_years", 0, 120, default=0),
        residence_months=table.whole("residence_months", 0, MONTHS_MAX, default=0),
        waived_when_new=table.flag("waived_when_new", default=False),
    )


def _roll(table: Table) -> Roll:
    return Roll(
        table.rule(),
        age_years=table.whole("age_years", 0, 120),
        unknown_age_counts=table.flag("unknown_age_counts", default=True),
        away_counts=table.flag("away_counts", default=False),
    )


# Councils, organs and seats


def _level(table: Table) -> Level:
    level = Level(rule=table.rule(), name=table.names("name"), many=table.names("many"))
    table.finish()
    return level


def _organ(table: Table, known: Known) -> Organ:
    id = table.id("id")
    known.places["organ", id] = table.path
    organ = Organ(
        id=id,
        name=table.names("name"),
        rule=table.rule(),
        members=table.choice("members", Members),
        calls=tuple(_call(call, known) for call in table.tables("call")),
        decision=known.majorities.pick(table, "decision", optional=True),
        roll=known.rolls.pick(table, "roll", optional=True),
        rhythm=known.rhythms.pick(table, "rhythm", optional=True),
        notice_days=table.whole("notice_days", 0, 365, default=0),
        quorum_at_votes=table.flag("quorum_at_votes", default=False),
        highest=table.flag("highest", default=False),
        made_of=table.some_of("made_of", known.organs, optional=True),
        each=table.flag("each", default=False),
        before_councils=table.one_of("before_councils", known.organs, optional=True),
        imperative=_imperative(table.table("imperative")) if table.has("imperative") else None,
        ratification=_ratification(table.table("ratification"), known) if table.has("ratification") else None,
    )
    table.finish()
    return organ


def _imperative(table: Table) -> Imperative:
    with_rule = Imperative(rule=table.rule(), how=table.choice("how", Bound))
    table.finish()
    return with_rule


def _ratification(table: Table, known: Known) -> Ratification:
    with_rule = Ratification(rule=table.rule(), by=table.one_of("by", known.organs))
    table.finish()
    return with_rule


def _call(table: Table, known: Known) -> Call:
    call = Call(
        number=table.whole("number", 1, 9),
        quorum=_share_named(table, "quorum", known),
        minutes_after_previous=table.whole("minutes_after_previous", 0, 60 * 24 * 90, default=0),
    )
    table.finish()
    return call


def _share_named(table: Table, key: str, known: Known) -> Share:
    return known.shares.pick(table, key) or Share(table.nowhere, people=0)


def _seats(table: Table, known: Known, founding: str) -> list[SeatKind]:
    """One kind of seat, or one for each portfolio of a group."""
    id, names, portfolios = table.id("id"), table.names("name"), table.tables("portfolio")
    organ, rule = table.one_of("organ", known.organs), table.rule()
    count, alternates = table.whole("count", 1, SEATS_MAX), table.whole("alternates", 0, SEATS_MAX)
    chosen_by = table.one_of("chosen_by", known.organs | {id})
    term = known.terms.pick(table, "term") or Term(rule, None)
    eligibility = known.eligibilities.pick(table, "eligibility") or Eligibility(rule)
    ballot = table.choice("ballot", Ballot)
    succession = table.choices("succession", Succession, default=_usual_succession(alternates))
    incompatible = known.expand(table.some_of("incompatible_with", known.seats, optional=True))
    each = table.flag("each", default=organ in known.each)
    found = []
    parts: list[Table | None] = [*portfolios] if portfolios else [None]
    for part in parts:
        kind = f"{id}.{part.id('id')}" if part else id
        known.places["seat", kind] = part.path if part else table.path
        found.append(
            SeatKind(
                id=kind,
                organ=organ,
                name=part.names("name") if part else names,
                rule=rule,
                count=count,
                alternates=alternates,
                chosen_by=kind if chosen_by == id else chosen_by,
                ballot=ballot,
                term=term,
                eligibility=eligibility,
                succession=succession,
                incompatible_with=incompatible,
                founding=kind == founding,
                portfolio_of=id if part else None,
                each=each,
            )
        )
        if part:
            part.finish()
    table.finish()
    return found


def _usual_succession(alternates: int) -> tuple[Succession, ...]:
    return (Succession.ALTERNATE, Succession.BY_ELECTION) if alternates else (Succession.BY_ELECTION,)


# Who may do what, and how a mandate is taken back


def _founding(table: Table, known: Known) -> Founding:
    founding = Founding(
        rule=table.rule(),
        promoters_min=table.whole("promoters_min", 1, SEATS_MAX),
        seat=table.one_of("seat", known.single_seats),
        months=table.whole("months", 1, MONTHS_MAX),
        until=_handover(table.table("until"), known) if table.has("until") else None,
    )
    table.finish()
    return founding


def _handover(table: Table, known: Known) -> Handover:
    handover = Handover(
        rule=table.rule(),
        seats=known.expand(table.some_of("seats", known.seats)),
        with_councils=known.expand(table.some_of("with_councils", known.seats, optional=True)),
    )
    table.finish()
    return handover


def _power(table: Table, known: Known) -> Power:
    power = Power(
        rule=table.rule(),
        acts=table.verbs("acts"),
        seats=known.expand(table.some_of("seats", known.seats)),
        when_acting=table.flag("when_acting", default=True),
        organs=table.some_of("organs", known.organs, optional=True),
        own_organ=table.flag("own_organ", default=False),
        with_councils=table.flag("with_councils", default=False),
    )
    table.finish()
    return power


def _signatures(table: Table, known: Known) -> Signatures:
    signatures = Signatures(
        rule=table.rule(),
        act=table.verb("act"),
        needed=table.whole("needed", 2, 20),
        seats=known.expand(table.some_of("seats", known.seats)),
        days_open=table.whole("days_open", 1, 365, default=30),
        from_amount=table.whole("from_amount", 1, AMOUNT_MAX) if table.has("from_amount") else None,
        unit=table.text("unit") if table.has("unit") else None,
    )
    table.finish()
    return signatures


def _recall(table: Table, known: Known) -> Recall:
    grounds = table.table("grounds", optional=True)
    recall = Recall(
        rule=table.rule(),
        seats=known.expand(table.some_of("seats", known.seats)),
        petition=_share_named(table, "petition", known),
        asked_by=known.expand(table.some_of("asked_by", known.seats, optional=True)),
        desk=table.one_of("desk", known.single_seats),
        desk_when_own=table.one_of("desk_when_own", known.single_seats),
        report_days=table.whole("report_days", 0, DAYS_MAX),
        decided_by=table.one_of("decided_by", known.organs),
        quorum=_share_named(table, "quorum", known),
        majority=known.majorities.pick(table, "majority") or Majority(table.nowhere, MajorityKind.SIMPLE),
        bar_terms=table.whole("bar_terms", 0, 20),
        grounds={grounds.well_formed(key, key): grounds.names(key) for key in grounds},
        lapse=_lapse(table.table("lapse")) if table.has("lapse") else None,
    )
    table.finish()
    return recall


def _lapse(table: Table) -> Lapse:
    lapse = Lapse(rule=table.rule(), days=table.whole("days", 1, DAYS_MAX))
    table.finish()
    return lapse


def _stated(table: Table) -> Stated:
    stated = Stated(rule=table.rule(), words=table.names("words"))
    table.finish()
    return stated
