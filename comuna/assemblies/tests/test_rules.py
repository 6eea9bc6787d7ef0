"""Who sits where: no seat holds two people, nobody sits twice, a present principal is never replaced."""

from __future__ import annotations

from uuid import UUID

from hypothesis import given, strategies as st

from comuna.assemblies.rules import Sitter, minutes_between, seated

people = st.integers(1, 8).map(lambda number: UUID(int=number))
sitters = st.lists(
    st.builds(Sitter, people, st.sampled_from(["a", "b"]), st.integers(1, 3), st.booleans()),
    max_size=10,
    unique_by=lambda sitter: (sitter.kind, sitter.number, sitter.is_alternate),
)


@given(st.lists(people, max_size=8), sitters)
def test_each_sits_once_and_each_seat_holds_one(came: list[UUID], holders: list[Sitter]) -> None:
    placed = seated(came, holders)
    assert len({one.person for one in placed}) == len(placed)
    assert len({(one.kind, one.number) for one in placed}) == len(placed)
    assert {one.person for one in placed} <= set(came)


@given(st.lists(people, max_size=8), sitters)
def test_an_alternate_never_sits_where_the_principal_could(came: list[UUID], holders: list[Sitter]) -> None:
    placed = seated(came, holders)
    here = {one.person for one in placed}
    for one in placed:
        if one.stands_in:
            principal = next(
                (s for s in holders if (s.kind, s.number, s.is_alternate) == (one.kind, one.number, False)), None
            )
            assert principal is None or principal.person not in set(came) or principal.person in here


@given(st.lists(people, max_size=8), sitters)
def test_a_sheet_in_two_parts_never_fills_a_seat_twice(came: list[UUID], holders: list[Sitter]) -> None:
    first = seated(came[:3], holders)
    second = seated(
        [p for p in came[3:] if p not in {one.person for one in first}], holders, [(o.kind, o.number) for o in first]
    )
    seats = [(one.kind, one.number) for one in [*first, *second]]
    assert len(set(seats)) == len(seats)


def test_minutes_between_two_hours_of_a_day() -> None:
    assert minutes_between("09:05", "10:00") == 55
    assert minutes_between("10:00", "09:05") == -55
