"""Who counts where everybody sits: the roll of today, and why it is smaller than the number of people."""

from __future__ import annotations

from django.utils.translation import get_language, gettext as _

from comuna.look.parts import Fact, Facts, Section, Small
from comuna.look.words import number_words
from comuna.statutes import queries as statutes
from comuna.statutes.statute import Organ, in_language
from comuna.territory import queries
from comuna.territory.pages.reader import Reader


def roll_sections(reader: Reader, people: int) -> list[Section]:
    """One for each organ in which everybody sits, of the councils only her own for who keeps its roll; ``people``
    belong to the commune in all."""
    statute = statutes.in_force(reader.commune, reader.day)
    shown = (None, reader.council) if reader.is_keeper else (None,)
    return [_roll(reader, one, people) for one in statute.organs if one.roll is not None and one.council in shown]


def _roll(reader: Reader, organ: Organ, people: int) -> Section:
    assert organ.roll is not None
    rule = organ.roll
    roll = queries.roll(reader.commune, reader.day, rule)
    if organ.council is not None:
        people = queries.people_here(reader.commune, reader.day, organ.council).count()
    counted_unknown = len(roll.unknown_age & roll.entitled)
    younger = people - roll.size - roll.away - len(roll.unknown_age - roll.entitled)
    unknown = _("Unknown age, counted") if rule.unknown_age_counts else _("Unknown age, not counted")
    facts = [
        Fact(_("On the roll today"), roll.size),
        Fact(_("Younger than {age}, not counted").format(age=number_words(rule.age_years)), younger),
        Fact(unknown, counted_unknown if rule.unknown_age_counts else len(roll.unknown_age)),
    ]
    if rule.away_counts:
        facts.append(Fact(_("Away or abroad"), Small(_("counted like everybody else"))))
    else:
        facts.append(Fact(_("Away or abroad, not counted"), roll.away))
    facts.append(Fact(_("Rule"), Small(rule.rule.source)))
    name = in_language(organ.name, get_language() or "es")
    intro = _("A quorum of “{organ}” is a share of these people. A session keeps the roll of its first call.")
    return Section(_("Who counts for the quorum"), [Facts(facts)], intro=intro.format(organ=name))
