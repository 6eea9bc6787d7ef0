"""Statutes invented at random are statutes, and no reference of theirs can be mistyped unnoticed."""

from __future__ import annotations

import re

from hypothesis import HealthCheck, given, settings, strategies as st

from comuna.statutes.loader import check, load
from comuna.statutes.tests.generate import real_verbs, statutes

NAMING = re.compile(
    r"(quorum|petition|majority|decision|roll|rhythm|term|eligibility|organ|organs|made_of|seat|seats|chosen_by|"
    r'decided_by|desk|desk_when_own|asked_by|incompatible_with) = (\[?"[^"]+)'
)
SLOW = settings(deadline=None, max_examples=30, suppress_health_check=[HealthCheck.too_slow])


@SLOW
@given(statutes())
def test_every_invented_statute_is_one(text: str) -> None:
    assert [str(error) for error in check(text, real_verbs())] == []
    statute = load(text)
    for verb in real_verbs():
        assert statute.founding.seat in statute.seats_with_power(verb, statute.highest().id)
    for seat in statute.seats:
        assert seat.founding or statute.recall_of(seat.id)


@SLOW
@given(statutes(), st.data())
def test_any_mistyped_reference_is_reported_with_its_line(text: str, data: st.DataObject) -> None:
    lines = text.split("\n")
    naming = [number for number, line in enumerate(lines) if NAMING.match(line)]
    at = data.draw(st.sampled_from(naming))
    lines[at] = NAMING.sub(r"\1 = \2x", lines[at], count=1)
    errors = check("\n".join(lines))
    said = [error for error in errors if error.line == at + 1 and "which this statute does not have" in error.words]
    assert said, (lines[at], [str(error) for error in errors])


@SLOW
@given(statutes(), st.data())
def test_any_missing_line_is_noticed_unless_the_word_has_a_usual_value(text: str, data: st.DataObject) -> None:
    lines = text.split("\n")
    written = [
        number for number, line in enumerate(lines) if re.match(r"(rule|source|mark|id|name|kind|number) = ", line)
    ]
    del lines[data.draw(st.sampled_from(written))]
    assert check("\n".join(lines))
