"""What a mandate is on a day, who fits into a place, who comes next: on plain values."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import given, strategies as some

from comuna.mandates import rules
from comuna.mandates.rules import (
    Alternate,
    EndingKind,
    MandateFacts,
    MandateStatus,
    Occupation,
    Placed,
    Span,
    Taken,
)
from comuna.statutes.statute import AfterTerm, Mark, Rule, Succession, Term

RULE = Rule("test.rule", "Test statute, art. 1", Mark.OWN)
FIRST = date(2024, 3, 15)
TERM = Span(FIRST, date(2027, 3, 14))


def on(year: int, month: int, day: int) -> date:
    return date(year, month, day)


def test_a_term_of_36_months_from_15_march_ends_on_a_14_march() -> None:
    assert rules.last_day(FIRST, Term(RULE, 36)) == on(2027, 3, 14)
    assert rules.last_day(FIRST, Term(RULE, None)) is None
    assert rules.last_day(on(2024, 8, 31), Term(RULE, 6)) == on(2025, 2, 27)


def test_a_mandate_is_active_through_its_last_day_and_expired_on_the_next() -> None:
    mandate = MandateFacts(TERM)
    assert rules.status(mandate, FIRST - timedelta(1)) is MandateStatus.NOT_YET
    assert rules.status(mandate, on(2027, 3, 14)) is MandateStatus.ACTIVE
    assert rules.status(mandate, on(2027, 3, 15)) is MandateStatus.EXPIRED_ACTING


def test_the_statute_may_say_that_a_mandate_lapses_with_its_term() -> None:
    assert rules.status(MandateFacts(TERM, AfterTerm.LAPSES), on(2027, 3, 15)) is MandateStatus.LAPSED


def test_a_mandate_ended_today_is_gone_today() -> None:
    recalled = MandateFacts(TERM, ending=EndingKind.RECALLED, ended_on=on(2025, 1, 8))
    assert rules.status(recalled, on(2025, 1, 7)) is MandateStatus.ACTIVE
    assert rules.status(recalled, on(2025, 1, 8)) is MandateStatus.RECALLED
    assert rules.status(recalled, on(2030, 1, 8)) is MandateStatus.RECALLED


def test_a_suspension_rests_the_mandate_and_covers_its_last_day() -> None:
    suspended = MandateFacts(TERM, suspensions=(Span(on(2025, 5, 1), on(2025, 5, 31)),))
    assert rules.status(suspended, on(2025, 5, 31)) is MandateStatus.SUSPENDED
    assert rules.status(suspended, on(2025, 6, 1)) is MandateStatus.ACTIVE


def test_a_seat_that_the_statute_no_longer_has_gives_nothing() -> None:
    assert rules.status(MandateFacts(TERM, in_statute=False), on(2025, 1, 1)) is MandateStatus.ABOLISHED


def test_a_mandate_entered_by_mistake_never_was() -> None:
    undone = MandateFacts(TERM, ending=EndingKind.UNDONE, ended_on=FIRST)
    assert rules.status(undone, FIRST - timedelta(9)) is MandateStatus.UNDONE


days = some.dates(on(2020, 1, 1), on(2032, 12, 31))


@some.composite
def spans(draw: some.DrawFn) -> Span:
    begins = draw(days)
    return Span(begins, draw(some.none() | some.integers(0, 1500).map(lambda n: begins + timedelta(n))))


mandates = some.builds(
    MandateFacts,
    spans(),
    some.sampled_from(AfterTerm),
    some.booleans(),
    some.sampled_from(EndingKind),
    days,
    some.lists(spans(), max_size=3).map(tuple),
)


@given(mandates, days)
def test_no_power_survives_an_ending(mandate: MandateFacts, day: date) -> None:
    assert mandate.ended_on is not None
    if day >= mandate.ended_on:
        assert not rules.status(mandate, day).has_power
        assert not rules.status(mandate, day).in_office


@given(mandates, days)
def test_nobody_acts_while_suspended_or_before_the_first_day(mandate: MandateFacts, day: date) -> None:
    if any(span.covers(day) for span in mandate.suspensions) or day < mandate.term.begins:
        assert not rules.status(mandate, day).has_power


def fill(terms: list[tuple[Span, int | None]]) -> list[Occupation]:
    """Put mandates into one place in this order, as the acts do; those that do not fit are left out.
    The number is after how many days the mandate is ended, if it is at all."""
    place: list[Occupation] = []
    for term, ended_after in terms:
        verdict = rules.placed(term, place)
        if isinstance(verdict, Taken):
            continue
        place = [
            Occupation(one.mandate, one.term, term.begins) if one.mandate in verdict.replaces else one for one in place
        ]
        ended_on = verdict.ended_on
        if ended_after is not None:
            ended_on = min(filter(None, [ended_on, term.begins + timedelta(ended_after)]))
        place.append(Occupation(uuid4(), term, ended_on))
    return place


@given(some.lists(some.tuples(spans(), some.none() | some.integers(0, 900)), max_size=8), some.lists(days, max_size=20))
def test_at_most_one_mandate_holds_a_place_on_any_day(terms: list[tuple[Span, int | None]], asked: list[date]) -> None:
    place = fill(terms)
    for day in [*asked, *(one.term.begins for one in place), *(one.ended_on for one in place if one.ended_on)]:
        holding = [
            one
            for one in place
            if rules.status(
                MandateFacts(one.term, ending=EndingKind.ENDED if one.ended_on else None, ended_on=one.ended_on), day
            ).in_office
        ]
        assert len(holding) <= 1


def test_an_expired_holder_goes_when_the_new_one_comes() -> None:
    expired = Occupation(uuid4(), TERM)
    assert rules.placed(Span(on(2027, 5, 1), None), [expired]) == Placed((expired.mandate,))


def test_a_holder_whose_term_still_runs_keeps_the_place() -> None:
    standing = Occupation(uuid4(), TERM)
    assert rules.placed(Span(on(2027, 3, 14), None), [standing]) == Taken(standing.mandate)


def test_a_predecessor_written_down_later_ends_where_the_present_holder_begins() -> None:
    present = Occupation(uuid4(), TERM)
    past = Span(on(2021, 1, 1), on(2023, 12, 31))
    assert rules.placed(past, [present]) == Placed((), FIRST)
    assert rules.placed(Span(on(2021, 1, 1), on(2024, 3, 15)), [present]) == Taken(present.mandate)


def test_terms_count_as_in_a_row_until_somebody_sits_one_out() -> None:
    first, second = Span(on(2018, 1, 1), on(2020, 12, 31)), Span(on(2021, 1, 1), on(2023, 12, 31))
    assert rules.consecutive_terms([first, second], on(2024, 1, 1), 36) == 2
    assert rules.consecutive_terms([first], on(2023, 12, 30), 36) == 1
    assert rules.consecutive_terms([first], on(2024, 1, 1), 36) == 0
    assert rules.consecutive_terms([Span(on(2018, 1, 1), None)], on(2024, 1, 1), 36) == 1


A, B, C = (UUID(int=n) for n in range(3))


@pytest.mark.parametrize(
    ("order", "alternates", "next_most_voted", "expected"),
    [
        ((Succession.ALTERNATE,), [(A, 1), (B, 2)], None, B),  # the alternate of the same number first
        ((Succession.ALTERNATE,), [(A, 3), (B, 1)], None, B),  # else the first that is in office
        ((Succession.ALTERNATE, Succession.NEXT_MOST_VOTED), [], C, C),
        ((Succession.NEXT_MOST_VOTED, Succession.ALTERNATE), [(A, 2)], C, C),
        ((Succession.BY_ELECTION, Succession.ALTERNATE), [(A, 2)], C, None),
        ((Succession.ALTERNATE, Succession.BY_ELECTION), [], C, None),
    ],
)
def test_who_comes_next(
    order: tuple[Succession, ...],
    alternates: list[tuple[UUID, int]],
    next_most_voted: UUID | None,
    expected: UUID | None,
) -> None:
    found = rules.next_in_line(order, 2, [Alternate(*one) for one in alternates], next_most_voted)
    assert (found.mandate if isinstance(found, Alternate) else found) == expected
