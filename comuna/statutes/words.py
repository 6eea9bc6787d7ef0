"""The values of a statute as people say them, in the language of the page."""

from __future__ import annotations

from fractions import Fraction

from django.utils.dates import WEEKDAYS
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext as _, gettext_lazy, ngettext, pgettext_lazy

from comuna.look.words import list_words, number_words
from comuna.statutes.processes import Begins, Process, ProcessStep
from comuna.statutes.statute import (
    AfterTerm,
    Ballot,
    Base,
    Bound,
    Call,
    Eligibility,
    Every,
    Majority,
    MajorityKind,
    Mark,
    Names,
    Rhythm,
    Roll,
    Rule,
    Share,
    Signatures,
    Succession,
    Term,
    in_language,
)

MARKS: dict[Mark, str | Promise] = {
    Mark.FOUND: gettext_lazy("found in a source"),
    Mark.MEMORY: gettext_lazy("from memory, to be confirmed"),
    Mark.UNSURE: gettext_lazy("unsure, to be confirmed"),
    Mark.DERIVED: gettext_lazy("deduced, to be confirmed"),
    Mark.OWN: gettext_lazy("the commune's own decision"),
}
DOUBTFUL = (Mark.MEMORY, Mark.UNSURE, Mark.DERIVED)

_BASES: dict[Base, str | Promise] = {
    Base.ROLL: gettext_lazy("everybody entitled"),
    Base.MEMBERS: gettext_lazy("the members in office"),
    Base.SEATS: gettext_lazy("the seats, vacant ones included"),
    Base.PRESENT: gettext_lazy("those present"),
    Base.CAST: gettext_lazy("the votes for and against"),
}
_EVERY: dict[Every, str | Promise] = {
    Every.WEEK: gettext_lazy("every week on {weekday}"),
    Every.FORTNIGHT: gettext_lazy("every second week on {weekday}"),
    Every.MONTH: gettext_lazy("the {nth} {weekday} of every month"),
    Every.QUARTER: gettext_lazy("the {nth} {weekday} of January, April, July and October"),
    Every.YEAR: gettext_lazy("the {nth} {weekday} of January"),
}
_NTH: dict[int, str | Promise] = {
    1: pgettext_lazy("weekday of a month", "first"),
    2: pgettext_lazy("weekday of a month", "second"),
    3: pgettext_lazy("weekday of a month", "third"),
    4: pgettext_lazy("weekday of a month", "fourth"),
    -1: pgettext_lazy("weekday of a month", "last"),
}
_BALLOTS: dict[Ballot, str | Promise] = {
    Ballot.SECRET: gettext_lazy("secret ballot"),
    Ballot.HANDS: gettext_lazy("show of hands"),
    Ballot.EITHER: gettext_lazy("secret ballot or show of hands"),
}
_BOUND: dict[Bound, str | Promise] = {
    Bound.RECORDED: gettext_lazy("as those decided who sent them; a vote against it is shown to everybody"),
    Bound.ENFORCED: gettext_lazy("as those decided who sent them; a vote against it is refused"),
}
_SUCCESSION: dict[Succession, str | Promise] = {
    Succession.ALTERNATE: gettext_lazy("the alternate"),
    Succession.NEXT_MOST_VOTED: gettext_lazy("the next most voted"),
    Succession.BY_ELECTION: gettext_lazy("a new election"),
}


def called(names: Names) -> str:
    """The statute's own words in the language of the reader."""
    return in_language(names, get_language() or "es")


def source(rule: Rule) -> str:
    """``LOCC art. 22 (from memory, to be confirmed)``."""
    return f"{rule.source} ({MARKS[rule.mark]})"


def part_words(part: Fraction) -> str:
    """``30 %``, or ``2/3`` where it is no round percentage."""
    percent = part * 100
    return f"{percent}\u00a0%" if percent.denominator == 1 else f"{part.numerator}/{part.denominator}"


def share(value: Share) -> str:
    """``30 % of everybody entitled``; ``50 people``."""
    if value.part is None:
        if not value.people:
            return _("nobody in particular")
        return ngettext("{n} person", "{n} people", value.people).format(n=number_words(value.people))
    return _("{part} of {base}").format(part=part_words(value.part), base=_BASES[value.base])


def call(value: Call) -> str:
    """What a call asks for, and how long after the one before it comes."""
    quorum = _("no quorum") if value.quorum.people == 0 else share(value.quorum)
    if not value.minutes_after_previous:
        return quorum
    wait = ngettext(
        "{quorum}, {n} minute after the call before",
        "{quorum}, {n} minutes after the call before",
        value.minutes_after_previous,
    )
    return wait.format(quorum=quorum, n=number_words(value.minutes_after_previous))


def call_name(number: int) -> str:
    """``First call``."""
    known = {1: _("First call"), 2: _("Second call"), 3: _("Third call")}
    return known.get(number) or _("Call {n}").format(n=number)


def majority(value: Majority) -> str:
    """``more than half of those present``."""
    if value.kind is MajorityKind.PLURALITY:
        return _("more votes for than against")
    said = {
        MajorityKind.SIMPLE: _("more than half of {base}"),
        MajorityKind.TWO_THIRDS: _("at least two thirds of {base}"),
        MajorityKind.UNANIMOUS: _("all of {base}"),
    }
    return said[value.kind].format(base=_BASES[value.base])


def rhythm(value: Rhythm) -> str:
    """``the first Saturday of every month``."""
    weekday = str(WEEKDAYS[value.weekday - 1])
    if (get_language() or "").startswith("es"):
        weekday = weekday.lower()
    return str(_EVERY[value.every]).format(weekday=weekday, nth=_NTH[value.nth or 1])


def months(count: int) -> str:
    """``3 years``, ``18 months``."""
    if count % 12 == 0:
        return ngettext("{n} year", "{n} years", count // 12).format(n=count // 12)
    return ngettext("{n} month", "{n} months", count).format(n=count)


def term(value: Term) -> str:
    """How long, what follows, and how often in a row."""
    if value.months is None:
        return _("until recalled")
    acting = _("then goes on acting until relieved") if value.after is AfterTerm.ACTS else _("then the power ends")
    said = [months(value.months), acting]
    if value.consecutive_terms_max is not None:
        most = value.consecutive_terms_max
        said.append(ngettext("at most {n} term in a row", "at most {n} terms in a row", most).format(n=most))
    return "; ".join(said)


def eligibility(value: Eligibility) -> str:
    """Who may stand."""
    said = []
    if value.age_years:
        age = ngettext("{n} year of age", "{n} years of age", value.age_years)
        said.append(age.format(n=value.age_years))
    if value.residence_months:
        waived = " " + _("(not asked of a new commune)") if value.waived_when_new else ""
        said.append(_("{time} of residence").format(time=months(value.residence_months)) + waived)
    return list_words(said) if said else _("anybody")


def roll(value: Roll) -> str:
    """Who counts in the denominator."""
    unknown = _("whoever's age is not noted counts") if value.unknown_age_counts else _("unknown ages do not count")
    away = _("whoever is away counts") if value.away_counts else _("whoever lives away does not count")
    age = ngettext("from {n} year of age", "from {n} years of age", value.age_years).format(n=value.age_years)
    return f"{age}; {unknown}; {away}"


def ballot(value: Ballot) -> str:
    return str(_BALLOTS[value])


def bound(value: Bound) -> str:
    """How whoever sits in an organ votes there."""
    return str(_BOUND[value])


def succession(steps: tuple[Succession, ...]) -> str:
    """Who comes when a principal goes, in order."""
    return ", ".join(str(_SUCCESSION[step]) for step in steps) or _("nobody until the next election")


def days(count: int) -> str:
    return ngettext("{n} day", "{n} days", count).format(n=number_words(count))


def signatures(needed: int, days_open: int) -> str:
    return _("{n} signatures, within {days}").format(n=needed, days=days(days_open))


def from_amount(signing: Signatures) -> str:
    """``from 1,000 VES on``"""
    return _("from {amount} {unit} on").format(amount=number_words(signing.from_amount or 0), unit=signing.unit)


def step_days(process: Process, step: ProcessStep) -> str:
    """``until day 30``, ``until 90 days before``, and what else the statute says of a step's day."""
    if process.begins is Begins.FOUNDING:
        said = [_("until day {number}").format(number=step.days) if step.days else _("on the first day")]
    else:
        said = [_("until {time} before").format(time=days(step.days))]
    if step.wait_days:
        said.append(_("at least {time} after what comes before it").format(time=days(step.wait_days)))
    if step.within_days is not None:
        said.append(_("within {time} once that is done").format(time=days(step.within_days)))
    return "; ".join(said)
