"""How elections and recalls are said."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _, ngettext, pgettext

from comuna.assemblies.queries import present_people
from comuna.elections.models import Decision, Election
from comuna.elections.queries import RecallStanding
from comuna.elections.rules import Outcome, Stage
from comuna.look.parts import Choice, Sign, Status
from comuna.look.words import day_words, number_words
from comuna.mandates import queries as mandates
from comuna.statutes.statute import Recall
from comuna.territory.queries import names


def counted_words(one: UUID, two: UUID | None, *, knows: bool = False) -> str:
    """Who counted, as everybody may read it, or for whoever may know the full names."""
    people = [person for person in (one, two) if person]
    known = names(people, knows=knows)
    return ", ".join(known.get(person, "—") for person in people)


def counters(*sessions: UUID) -> dict[str, list[Choice]]:
    """Whom a form offers as those who counted: whoever is present in one of the sessions."""
    known = names({person for session in sessions for person in present_people(session)}, knows=True)
    people = [Choice(str(person), name) for person, name in sorted(known.items(), key=lambda pair: pair[1])]
    return {"counter_one": people, "counter_two": people}


def stage_status(stage: Stage) -> Status:
    words = {
        Stage.COLLECTING: _("signatures are missing"),
        Stage.LAPSED: _("lapsed"),
        Stage.AT_DESK: _("the report is awaited"),
        Stage.REPORT_LATE: _("the report is late"),
        Stage.BEFORE_ASSEMBLY: _("to be voted on"),
        Stage.RECALLED: _("recalled"),
        Stage.KEPT: _("not recalled"),
        Stage.WITHDRAWN: _("taken back"),
        Stage.SETTLED: _("settled by the vote on another request"),
        Stage.OVER: _("the mandate ended otherwise"),
    }[stage]
    sign = Sign.WAITING if stage.is_open else Sign.DONE if stage in (Stage.RECALLED, Stage.KEPT) else Sign.PLAIN
    return Status(Sign.REFUSED if stage is Stage.REPORT_LATE else sign, words)


def outcome_status(outcome: Outcome) -> Status:
    return {
        Outcome.PRINCIPAL: Status(Sign.DONE, pgettext("seat", "principal")),
        Outcome.ALTERNATE: Status(Sign.DONE, pgettext("seat", "alternate")),
        Outcome.TIED: Status(Sign.WAITING, _("tied")),
        Outcome.WAITING: Status(Sign.WAITING, _("waits for the further vote")),
        Outcome.NOT_ELECTED: Status(Sign.PLAIN, _("not elected")),
    }[outcome]


def recall_words(one: RecallStanding) -> str:
    """``Finance spokesperson 3: Jhonny Bermúdez``."""
    return f"{seat_of(one)}: {one.holding.name}"


def seat_of(one: RecallStanding) -> str:
    return mandates.seat_words(one.statute, one.holding.kind, one.holding.number)


def organ_of(one: RecallStanding) -> str:
    """The organ that decides on the recall."""
    return mandates.named(one.statute.organ(one.recall.decided_by).name)


def next_words(one: RecallStanding, today: date) -> str:
    """What the recall waits for, with its day."""
    if one.stage is Stage.COLLECTING:
        left = one.petition.needed - one.signed
        words = ngettext("{n} signature is missing.", "{n} signatures are missing.", left)
        said = words.format(n=number_words(left))
        if one.lapses_on is None:
            return said
        until = _("They are collected until {day}.").format(day=day_words(one.lapses_on, today=today))
        return f"{said} {until}"
    if one.stage is Stage.LAPSED and one.lapses_on:
        words = _("The signatures were not complete by {day}. Whoever wishes may begin a new petition.")
        return words.format(day=day_words(one.lapses_on))
    if one.stage is Stage.AT_DESK and one.due_on:
        words = _("{desk} hears both sides and reports by {day}.")
        return words.format(desk=desk_of(one), day=day_words(one.due_on, today=today))
    if one.stage is Stage.REPORT_LATE and one.due_on:
        words = _("The report was due on {day}. {organ} may decide without it.")
        return words.format(day=day_words(one.due_on, today=today), organ=organ_of(one))
    if one.stage is Stage.BEFORE_ASSEMBLY:
        return _("{organ} decides in its next session with enough people.").format(organ=organ_of(one))
    if one.stage is Stage.OVER:
        return _("This mandate has ended otherwise: the seat is no longer theirs, and nothing is left to decide.")
    return ""


def desk_of(one: RecallStanding) -> str:
    return mandates.seat_words(one.statute, one.petition.desk)


def vote_words(row: Decision) -> str:
    words = _("for {votes_for}, against {against}, abstaining {abstain}, present {present}")
    return words.format(
        votes_for=number_words(row.votes_for),
        against=number_words(row.against),
        abstain=number_words(row.abstain),
        present=number_words(row.present),
    )


def papers_words(row: Election) -> str:
    """``145 handed out = 140 valid + 3 spoiled + 2 given back``; nothing for a show of hands."""
    if row.issued is None:
        return _("by show of hands")
    words = _("{issued} handed out = {counted} valid + {spoiled} spoiled + {returned} given back")
    return words.format(issued=row.issued, counted=row.counted, spoiled=row.spoiled, returned=row.returned)


def places_words(row: Election) -> str:
    """``1 principal, 1 alternate``."""
    principals = ngettext("{n} principal", "{n} principals", row.principals).format(n=number_words(row.principals))
    alternates = ngettext("{n} alternate", "{n} alternates", row.alternates).format(n=number_words(row.alternates))
    return f"{principals}, {alternates}"


def needed_words(one: RecallStanding) -> str | None:
    """``38 of the 379 who decide (LOCC art. 39)``; nothing where none are needed."""
    row, source = one.petition, one.recall.petition.rule.source
    if not row.needed:
        return None
    said = number_words(row.needed)
    if row.whole is not None:
        words = _("{needed} of the {whole} who decide")
        said = words.format(needed=said, whole=number_words(row.whole))
    return f"{said} ({source})"


def lapse_words(one: RecallStanding) -> str | None:
    if one.lapses_on is None or one.recall.lapse is None:
        return None
    return f"{day_words(one.lapses_on)} ({one.recall.lapse.rule.source})"


def quorum_words(row: Decision, rule: Recall) -> str:
    whole = _("{present} present, {quorum} needed of {whole}") if row.whole else _("{present} present, {quorum} needed")
    said = whole.format(
        present=number_words(row.present), quorum=number_words(row.quorum), whole=number_words(row.whole or 0)
    )
    return f"{said} ({rule.quorum.rule.source})"
