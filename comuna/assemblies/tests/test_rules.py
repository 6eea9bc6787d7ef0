"""Who sits where: no seat holds two people, nobody sits twice, a present principal is never replaced."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from uuid import UUID

import pytest
from hypothesis import given, strategies as st

from comuna.assemblies.rules import (
    Sitter,
    letter_of,
    minutes_between,
    moment_after,
    seated,
    seats_of,
    sheet_code,
    typed_codes,
)

people = st.integers(1, 8).map(lambda number: UUID(int=number))
COUNTS = {"a": 2, "b": 3}
sitters = st.lists(
    st.builds(Sitter, people, st.sampled_from(["a", "b"]), st.integers(1, 3), st.booleans()),
    max_size=10,
    unique_by=lambda sitter: (sitter.kind, sitter.number, sitter.is_alternate),
)


@given(st.lists(people, max_size=8), sitters)
def test_each_sits_once_and_each_seat_holds_one(came: list[UUID], holders: list[Sitter]) -> None:
    placed = seated(came, holders, seats_of(holders, COUNTS))
    assert len({one.person for one in placed}) == len(placed)
    assert len({(one.kind, one.number) for one in placed}) == len(placed)
    assert {one.person for one in placed} <= set(came)


@given(st.lists(people, max_size=8), sitters)
def test_an_alternate_never_sits_where_the_principal_could(came: list[UUID], holders: list[Sitter]) -> None:
    placed = seated(came, holders, seats_of(holders, COUNTS))
    here = {one.person for one in placed}
    for one in placed:
        if one.stands_in:
            principal = next(
                (s for s in holders if (s.kind, s.number, s.is_alternate) == (one.kind, one.number, False)), None
            )
            assert principal is None or principal.person not in set(came) or principal.person in here


@given(st.lists(people, max_size=8), sitters)
def test_a_sheet_in_two_parts_never_fills_a_seat_twice(came: list[UUID], holders: list[Sitter]) -> None:
    seats = seats_of(holders, COUNTS)
    first = seated(came[:3], holders, seats)
    later = [p for p in came[3:] if p not in {one.person for one in first}]
    second = seated(later, holders, seats, [(o.kind, o.number) for o in first])
    filled = [(one.kind, one.number) for one in [*first, *second]]
    assert len(set(filled)) == len(filled) <= len(seats)


def test_nobody_sits_in_a_seat_that_the_statute_does_not_have() -> None:
    one, other, third = (UUID(int=number) for number in (1, 2, 3))
    holders = [Sitter(one, "a", 1, False), Sitter(other, "a", 1, True), Sitter(third, "a", 2, True)]
    alone = {"a": 1}
    assert [(o.person, o.number) for o in seated([one, other, third], holders, seats_of(holders, alone))] == [(one, 1)]
    assert [(o.person, o.number) for o in seated([third], holders, seats_of(holders, alone))] == [(third, 1)]
    vacant = seated([one, other, third], holders, seats_of(holders, {"a": 2}))
    assert [(o.person, o.number) for o in vacant] == [(one, 1), (other, 2)], "the second seat has no principal"


def test_minutes_between_two_moments_count_the_days() -> None:
    day = date(2026, 2, 7)
    assert minutes_between((day, "09:05"), (day, "10:00")) == 55
    assert minutes_between((day, "10:00"), (day, "09:05")) == -55
    assert minutes_between((day, "10:00"), (date(2026, 2, 9), "09:00")) == 2 * 24 * 60 - 60
    assert moment_after((day, "23:30"), 90) == (date(2026, 2, 8), "01:00")


# Codes on a sheet

PERSON = UUID(int=17)


@given(st.integers(1, 99_999), st.uuids())
def test_a_code_is_read_back_as_it_was_printed(number: int, person: UUID) -> None:
    code = sheet_code(number, person)
    (typed,) = typed_codes(f" {code.lower()} ")
    assert (typed.number, typed.letter) == (number, letter_of(person))


@pytest.mark.parametrize("between", [" ", ",", ", ", "\n", ";", " - ", "  "])
def test_codes_are_typed_with_anything_between(between: str) -> None:
    codes = [sheet_code(number, PERSON) for number in (1, 23, 456)]
    assert [one.number for one in typed_codes(between.join(codes))] == [1, 23, 456]


def test_what_is_no_code_is_kept_for_the_person_to_see() -> None:
    assert [(one.text, one.number) for one in typed_codes("17K, Carmen 23")] == [
        ("17K", 17),
        ("Carmen", None),
        ("23", None),
    ]


@given(st.text(max_size=60))
def test_no_text_breaks_the_reading_of_codes(text: str) -> None:
    assert all(one.number is None or one.number >= 0 for one in typed_codes(text))


def test_a_wrong_figure_is_nearly_always_found_by_its_letter() -> None:
    people = [UUID(int=number) for number in range(2_000)]
    unseen = sum(letter_of(one) == letter_of(other) for one, other in pairwise(people))
    assert unseen < len(people) / 10
