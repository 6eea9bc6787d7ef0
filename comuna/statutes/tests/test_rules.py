"""The arithmetic of statutes, first with the worked numbers of the Venezuelan rules, then in general."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given, strategies as st

from comuna.statutes.rules import (
    Bar,
    Candidate,
    Counts,
    bar_ends,
    carried_over,
    ineligible,
    months_later,
    needed,
    next_meeting,
    passes,
    quorum,
    term_ends,
    votes_needed,
)
from comuna.statutes.statute import (
    Base,
    Call,
    Every,
    Majority,
    MajorityKind,
    Mark,
    Recall,
    Rhythm,
    Rule,
    Share,
    Term,
)
from comuna.statutes.tests.samples import minimal

RULE = Rule("test.rule", "By-laws, art. 1", Mark.OWN)
SIMPLE = Majority(RULE, MajorityKind.SIMPLE, Base.PRESENT)
DAYS = st.dates(date(1990, 1, 1), date(2100, 1, 1))


def share(part: str, base: Base = Base.ROLL) -> Share:
    return Share(RULE, part=Fraction(part), base=base)


def recall(bar_terms: int) -> Recall:
    people = Share(RULE, people=1)
    return Recall(RULE, ("a",), people, (), "b", "c", 15, "d", people, SIMPLE, bar_terms)


# Worked numbers


@pytest.mark.parametrize(
    ("residents", "first_call", "second_call", "petition", "recall_assembly"),
    [(640, 192, 128, 64, 128), (403, 121, 81, 41, 81)],
)
def test_shares_of_a_councils_residents_round_up(
    residents: int, first_call: int, second_call: int, petition: int, recall_assembly: int
) -> None:
    counts = Counts(roll=residents)
    wanted = [needed(share(part), counts) for part in ("3/10", "1/5", "1/10", "1/5")]
    assert wanted == [first_call, second_call, petition, recall_assembly]


def test_at_the_smallest_second_call_of_640_a_tenth_of_the_residents_decides() -> None:
    assert votes_needed(SIMPLE, Counts(present=128)) == 65
    assert passes(SIMPLE, 65, 63, 0, Counts(present=128))
    assert not passes(SIMPLE, 64, 64, 0, Counts(present=128))
    assert not passes(SIMPLE, 64, 10, 54, Counts(present=128)), "who abstains is still in the room"


def test_a_majority_of_a_parliament_of_28_is_15() -> None:
    of_members = Majority(RULE, MajorityKind.SIMPLE, Base.MEMBERS)
    assert votes_needed(of_members, Counts(members=28)) == 15
    assert passes(of_members, 15, 0, 0, Counts(members=28, present=15))
    assert not passes(of_members, 14, 0, 0, Counts(members=28, present=15))


def test_seventy_per_cent_of_24_councils_is_17() -> None:
    assert needed(share("7/10", Base.MEMBERS), Counts(members=24)) == 17


def test_a_referendum_of_5000_electors_is_valid_from_750_votes_and_a_tie_is_not_approval() -> None:
    assert needed(share("15/100"), Counts(roll=5000)) == 750
    more_yes_than_no = Majority(RULE, MajorityKind.PLURALITY, Base.CAST)
    assert not passes(more_yes_than_no, 375, 375, 0, Counts(present=750))
    assert passes(more_yes_than_no, 376, 374, 0, Counts(present=750))


def test_recalled_in_2025_to_2028_one_is_barred_for_two_terms_and_free_in_2034() -> None:
    three_years = Term(RULE, 36)
    ends = term_ends(date(2025, 7, 13), three_years)
    assert ends == date(2028, 7, 13)
    assert bar_ends(recall(2), three_years, ends, date(2026, 2, 7)) == date(2034, 7, 13)


def test_the_comptrollers_petition_needs_no_signatures() -> None:
    assert needed(Share(RULE, people=0), Counts()) == 0


def test_first_saturdays_of_2026() -> None:
    first_saturday = Rhythm(RULE, Every.MONTH, weekday=6, nth=1)
    assert next_meeting(first_saturday, date(2026, 1, 31)) == date(2026, 2, 7)
    assert next_meeting(first_saturday, date(2026, 2, 7)) == date(2026, 3, 7)


def test_49_of_50_people_are_no_quorum_and_50_are() -> None:
    call = Call(2, Share(RULE, people=50), 60)
    short, full = (quorum(call, Counts(roll=900, present=present)) for present in (49, 50))
    assert (short.reached, short.needed, short.whole) == (False, 50, None)
    assert full.reached


def test_a_quorum_says_its_numerator_denominator_and_rule() -> None:
    found = quorum(Call(1, share("3/10")), Counts(roll=196, present=61))
    assert (found.present, found.whole, found.needed, found.reached) == (61, 196, 59, True)
    assert found.rule.source == "By-laws, art. 1"


# In general


@given(st.fractions(Fraction(1, 1000), 1), st.integers(0, 10_000))
def test_a_share_is_the_fewest_people_that_reach_it(part: Fraction, roll: int) -> None:
    wanted = needed(Share(RULE, part=part, base=Base.ROLL), Counts(roll=roll))
    assert wanted - 1 < part * roll <= wanted <= roll


def test_a_share_of_what_nobody_counted_is_a_broken_promise() -> None:
    with pytest.raises(ValueError, match="members"):
        needed(share("1/2", Base.MEMBERS), Counts(roll=10))


def test_nobody_at_all_is_no_quorum() -> None:
    nothing_asked = Call(1, Share(RULE, people=0))
    assert not quorum(nothing_asked, Counts(present=0)).reached
    assert quorum(nothing_asked, Counts(present=1)).reached


@given(
    st.sampled_from(MajorityKind),
    st.sampled_from(Base),
    st.integers(0, 60),
    st.integers(0, 60),
    st.integers(0, 60),
)
def test_a_tie_never_passes_and_more_votes_for_never_hurt(
    kind: MajorityKind, base: Base, votes_for: int, against: int, abstain: int
) -> None:
    majority = Majority(RULE, kind, base)
    counts = Counts(roll=200, members=200, seats=210, present=181)
    assert not passes(majority, votes_for, votes_for, abstain, counts)
    if passes(majority, votes_for, against, abstain, counts):
        assert passes(majority, votes_for + 1, against, abstain, counts)
        assert votes_for > against


@given(st.sampled_from(MajorityKind), st.integers(0, 300))
def test_the_votes_needed_are_enough_and_one_fewer_is_not(kind: MajorityKind, present: int) -> None:
    majority, counts = Majority(RULE, kind, Base.PRESENT), Counts(present=present)
    fewest = votes_needed(majority, counts)
    if fewest is not None and 1 <= fewest <= present:
        assert passes(majority, fewest, 0, 0, counts)
        assert not passes(majority, fewest - 1, 0, 0, counts)


@pytest.mark.parametrize(
    ("kind", "votes_for", "against", "abstain", "passed"),
    [
        (MajorityKind.TWO_THIRDS, 20, 10, 0, True),
        (MajorityKind.TWO_THIRDS, 19, 10, 1, False),
        (MajorityKind.UNANIMOUS, 30, 0, 0, True),
        (MajorityKind.UNANIMOUS, 29, 0, 1, False),
        (MajorityKind.PLURALITY, 2, 1, 27, True),
    ],
)
def test_what_each_majority_of_30_present_asks_for(
    kind: MajorityKind, votes_for: int, against: int, abstain: int, passed: bool
) -> None:
    assert passes(Majority(RULE, kind, Base.PRESENT), votes_for, against, abstain, Counts(present=30)) is passed


def test_of_votes_cast_abstentions_do_not_count() -> None:
    unanimous = Majority(RULE, MajorityKind.UNANIMOUS, Base.CAST)
    assert passes(unanimous, 3, 0, 27, Counts(present=30))
    assert not passes(unanimous, 29, 1, 0, Counts(present=30))


def test_more_votes_than_people_is_a_broken_promise() -> None:
    with pytest.raises(ValueError, match="31"):
        passes(SIMPLE, 31, 0, 0, Counts(present=30))


RHYTHMS = st.one_of(
    st.builds(Rhythm, st.just(RULE), st.sampled_from([Every.WEEK, Every.FORTNIGHT]), st.integers(1, 7)),
    st.builds(
        Rhythm,
        st.just(RULE),
        st.sampled_from([Every.MONTH, Every.QUARTER, Every.YEAR]),
        st.integers(1, 7),
        st.sampled_from([1, 2, 3, 4, -1]),
    ),
)
LONGEST = {Every.WEEK: 7, Every.FORTNIGHT: 14, Every.MONTH: 42, Every.QUARTER: 105, Every.YEAR: 378}


@given(RHYTHMS, DAYS)
def test_the_next_meeting_is_later_on_its_weekday_and_not_too_late(rhythm: Rhythm, after: date) -> None:
    day = next_meeting(rhythm, after)
    assert after < day <= after + timedelta(days=LONGEST[rhythm.every])
    assert day.isoweekday() == rhythm.weekday
    if rhythm.every in (Every.QUARTER, Every.YEAR):
        assert day.month in ((1, 4, 7, 10) if rhythm.every is Every.QUARTER else (1,))


@given(st.integers(1, 7), DAYS)
def test_fortnightly_meetings_are_14_days_apart(weekday: int, after: date) -> None:
    fortnightly = Rhythm(RULE, Every.FORTNIGHT, weekday)
    first = next_meeting(fortnightly, after)
    assert first > after + timedelta(days=7)
    assert next_meeting(fortnightly, first) == first + timedelta(days=14)


def test_the_last_friday_of_a_month() -> None:
    assert next_meeting(Rhythm(RULE, Every.MONTH, 5, -1), date(2026, 10, 30)) == date(2026, 11, 27)


@given(DAYS, st.integers(1, 1200))
def test_months_later_keeps_the_day_or_clamps_to_the_months_end(day: date, months: int) -> None:
    later = months_later(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day == day.day or (later.day < day.day and (later + timedelta(days=1)).day == 1)


def test_a_term_begun_on_the_29th_of_february_ends_on_the_28th() -> None:
    assert term_ends(date(2024, 2, 29), Term(RULE, 12)) == date(2025, 2, 28)


def test_a_term_until_recalled_has_no_end_and_no_bar() -> None:
    assert term_ends(date(2026, 1, 1), Term(RULE, None)) is None
    assert bar_ends(recall(2), Term(RULE, None), None, date(2026, 1, 1)) is None


def test_recalled_while_acting_after_the_end_the_bar_counts_from_the_recall() -> None:
    assert bar_ends(recall(1), Term(RULE, 12), date(2026, 1, 1), date(2026, 9, 30)) == date(2027, 9, 30)


# Who may stand


def candidate(**changes: object) -> Candidate:
    known: dict[str, object] = {"age_years": 40, "resident_since": date(2010, 1, 1)}
    return Candidate(**(known | changes))  # type: ignore[arg-type]  # the names are those of Candidate


@pytest.mark.parametrize(
    ("who", "bars"),
    [
        (candidate(), []),
        (candidate(age_years=17), [Bar.TOO_YOUNG]),
        (candidate(age_years=18), []),
        (candidate(age_years=None), [Bar.AGE_UNKNOWN]),
        (candidate(resident_since=date(2026, 2, 1)), [Bar.RESIDENCE]),
        (candidate(resident_since=date(2025, 11, 23)), []),
        (candidate(resident_since=None), [Bar.RESIDENCE_UNKNOWN]),
        (candidate(holds=frozenset({"treasurer"})), [Bar.INCOMPATIBLE]),
        (candidate(holds=frozenset({"of-an-earlier-statute"})), []),
        (candidate(barred_until=date(2026, 11, 24)), [Bar.RECALLED]),
        (candidate(barred_until=date(2026, 11, 23)), []),
        (candidate(consecutive_terms=2), [Bar.TERMS]),
        (candidate(consecutive_terms=1), []),
        (candidate(age_years=12, consecutive_terms=5), [Bar.TOO_YOUNG, Bar.TERMS]),
    ],
)
def test_every_reason_against_a_candidate_is_given(who: Candidate, bars: list[Bar]) -> None:
    statute = minimal()
    found = ineligible(statute, statute.seat("auditor"), who, date(2026, 11, 23), commune_since=date(2020, 1, 1))
    assert [reason.bar for reason in found] == bars


def test_an_incompatibility_holds_both_ways_though_said_once() -> None:
    statute = minimal()
    seat = statute.seat("treasurer")
    assert not seat.incompatible_with
    found = ineligible(
        statute,
        seat,
        candidate(holds=frozenset({"auditor"})),
        date(2026, 11, 23),
        commune_since=date(2020, 1, 1),
    )
    assert [reason.bar for reason in found] == [Bar.INCOMPATIBLE]


def test_a_new_commune_does_not_ask_for_a_year_of_residence() -> None:
    statute = minimal()
    newcomer = candidate(resident_since=date(2026, 11, 1))
    day = date(2026, 11, 23)
    assert not ineligible(statute, statute.seat("auditor"), newcomer, day, commune_since=date(2026, 1, 1))
    assert ineligible(statute, statute.seat("auditor"), newcomer, day, commune_since=date(2025, 11, 23))


def test_only_seats_of_both_statutes_carry_a_power_over() -> None:
    statute = minimal()
    assert carried_over(statute, statute, "statutes.adopt") == ("promoter", "secretary")
    assert carried_over(statute, minimal({'"secretary"': '"scribe"'}), "statutes.adopt") == ("promoter",)
