"""The rules of letters on plain values, for any values."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import HealthCheck, given, settings, strategies as st

from comuna.letters.rules import Bar, Closing, Resident, Stage, bar, last_good_day, next_number, stage
from comuna.territory.rules import GONE, Residence, here_since, where_on

DAYS = st.dates(date(1990, 1, 1), date(2060, 12, 31))
RESIDENTS = st.builds(Resident, is_gone=st.booleans(), is_away=st.booleans(), since=st.none() | DAYS)
WHERE = st.sampled_from([*(one.value for one in Residence), GONE])
SLOW = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
STAYS = st.lists(st.tuples(st.none() | DAYS, WHERE), max_size=6)


@SLOW
@given(RESIDENTS, st.booleans(), st.none() | DAYS)
def test_who_has_a_letter_is_here_or_may_be_away_and_long_enough(
    resident: Resident, away_counts: bool, by: date | None
) -> None:
    found = bar(resident, away_counts=away_counts, lived_here_by=by)
    if found is None:
        assert not resident.is_gone
        assert away_counts or not resident.is_away
        assert by is None or (resident.since is not None and resident.since <= by)
    else:
        assert (found is Bar.LEFT) == resident.is_gone


@SLOW
@given(RESIDENTS, st.booleans(), DAYS, st.integers(0, 4000))
def test_asking_for_less_time_never_bars_more(resident: Resident, away: bool, by: date, less: int) -> None:
    if bar(resident, away_counts=away, lived_here_by=by) is None:
        assert bar(resident, away_counts=away, lived_here_by=by + timedelta(days=less)) is None
        assert bar(resident, away_counts=away, lived_here_by=None) is None


@SLOW
@given(DAYS, st.integers(1, 3660))
def test_a_letter_is_good_for_its_days_and_not_one_more(issued: date, days: int) -> None:
    last = last_good_day(issued, days)
    assert (last - issued).days == days
    assert stage(None, last, last) is Stage.GOOD
    assert stage(None, last, issued) is Stage.GOOD
    assert stage(None, last, last + timedelta(days=1)) is Stage.EXPIRED


@SLOW
@given(st.sampled_from(Closing), st.none() | DAYS, DAYS)
def test_what_was_ended_stays_so_on_any_day(how: Closing, last: date | None, day: date) -> None:
    assert stage(how, last, day).value == how.value


@SLOW
@given(st.lists(st.integers(1, 10_000)))
def test_a_number_is_never_given_twice_nor_again(taken: list[int]) -> None:
    number = next_number(taken)
    assert number not in taken
    assert all(number > one for one in taken)


@SLOW
@given(DAYS, STAYS, st.booleans())
def test_who_is_here_since_a_day_was_here_on_every_day_on_which_something_changed(
    day: date, stays: list[tuple[date | None, str]], through: bool
) -> None:
    since = here_since(day, stays, through_absence=through)
    if since is None:
        return
    lives = {Residence.HERE, Residence.AWAY, Residence.ABROAD} if through else {Residence.HERE}
    changes = [begins for begins, _where in stays if begins is not None and since <= begins <= day]
    assert since in changes
    assert all(where_on(one, stays) in lives for one in [*changes, day])
    assert where_on(since - timedelta(days=1), stays) not in lives


@SLOW
@given(DAYS, STAYS)
def test_an_absence_only_shortens_the_time(day: date, stays: list[tuple[date | None, str]]) -> None:
    strict, mild = (here_since(day, stays, through_absence=through) for through in (False, True))
    if strict is not None and mild is not None:
        assert mild <= strict


def test_since_when_somebody_lives_here_is_told_by_what_was_said_last() -> None:
    said = [
        (date(2001, 1, 1), "here"),
        (date(2020, 3, 1), GONE),
        (date(2024, 6, 1), "here"),
        (date(2025, 2, 1), "abroad"),
    ]
    assert here_since(date(2019, 1, 1), said, through_absence=False) == date(2001, 1, 1)
    assert here_since(date(2021, 1, 1), said, through_absence=True) is None
    assert here_since(date(2026, 1, 1), said, through_absence=False) is None
    assert here_since(date(2026, 1, 1), said, through_absence=True) == date(2024, 6, 1)
    assert here_since(date(2026, 1, 1), [(None, "here")], through_absence=False) is None
