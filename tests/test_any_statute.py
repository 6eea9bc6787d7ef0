"""A statute that nobody has ever lived by is founded, meets, elects and recalls, with no change of code."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from comuna.acts.refusal import Refused
from comuna.journal import home
from comuna.mandates import queries as mandates
from comuna.mandates.rules import MandateStatus
from comuna.statutes import loader
from comuna.statutes.reading import WORDS_MAX
from comuna.statutes.statute import SeatKind, Succession
from comuna.statutes.tests.generate import statutes
from conftest import Books, Engine, assert_replay_is_equal
from tests.town import Town, founded
from tests.words import changed

NEIGHBOURS = 62  # more than any quorum of plain people that ``generate`` draws


@contextmanager
def fresh_books(engine: Engine) -> Iterator[None]:
    """What the fixture ``books`` gives a test, for one example of many."""
    with TemporaryDirectory() as folder:
        home.use(Path(folder) / "home")
        name = engine.fresh()
        try:
            yield
            assert_replay_is_equal(engine, name, Path(folder))
        finally:
            engine.drop(name)


@settings(
    max_examples=6, deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.generate], print_blob=True
)
@given(text=statutes())
def test_any_statute_is_founded_meets_elects_and_recalls(engine: Engine, text: str) -> None:
    with fresh_books(engine):
        town = founded(text)
        neighbours = [town.neighbour() for _number in range(NEIGHBOURS)]
        whole = town.entitled()
        assert len(whole) in (NEIGHBOURS, NEIGHBOURS + 3)
        one_alone_decides_nothing(town, max(whole))
        officer = an_election(town, whole, neighbours)
        a_recall(town, whole, neighbours, officer)


@settings(max_examples=2, deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.generate])
@given(text=statutes())
def test_a_statute_whose_words_are_as_long_as_they_may_be_is_lived_by(engine: Engine, text: str) -> None:
    with fresh_books(engine):
        town = founded(lengthened(text))
        neighbours = [town.neighbour() for _number in range(NEIGHBOURS)]
        whole = town.entitled()
        one_alone_decides_nothing(town, max(whole))
        officer = an_election(town, whole, neighbours)
        a_recall(town, whole, neighbours, officer)


def lengthened(text: str) -> str:
    """As many of its texts as fit into a file, from the first on, as long as a text may be."""
    left = loader.TEXT_MAX - len(text.encode()) - 1_000

    def as_long_as_can_be(words: re.Match[str]) -> str:
        nonlocal left
        long = words[0].ljust(WORDS_MAX, "n")
        left -= len(long.encode()) - len(words[0].encode())
        return long if left >= 0 else words[0]

    return re.sub(r'(?<=source = ")[^"]+|(?<=es = ")[^"]+|(?<=en = ")[^"]+', as_long_as_can_be, text)


def one_alone_decides_nothing(town: Town, person: UUID) -> None:
    """Unless the statute asks for no more: then one is enough."""
    session = town.convene(date(2026, 1, 24))
    if not town.attend(session, [person]):
        with pytest.raises(Refused) as refused:
            town.vote(session, 1)
        assert refused.value.citation == town.statute.highest().calls[-1].quorum.rule.source
    town.close(session)


def an_election(town: Town, whole: Collection[UUID], neighbours: list[UUID]) -> UUID:
    """Everybody comes, decides, and fills the first kind of seat. Gives its first principal."""
    session = town.convene(date(2026, 2, 7))
    assert town.attend(session, whole)
    assert town.vote(session, len(whole))
    assert not town.vote(session, len(whole) // 2, len(whole) - len(whole) // 2)
    kind = first_kind(town)
    places = kind.count + kind.alternates
    town.elect(session, kind.id, neighbours[: places + 1])
    held = [one for one in mandates.holders(town.id, date(2026, 2, 7)) if one.kind == kind.id]
    assert {one.person for one in held} == set(neighbours[:places])
    assert sum(one.is_alternate for one in held) == kind.alternates
    town.close(session)
    return neighbours[0]


def a_recall(town: Town, whole: Collection[UUID], neighbours: list[UUID], officer: UUID) -> None:
    """Neighbours sign, the desk reports, everybody decides; power ends at once."""
    kind, signers = first_kind(town), sorted(whole)
    town.at = "2026-02-09T14:00:00Z"
    mandate = town.mandate(officer, kind.id, date(2026, 2, 9)).mandate
    town.claim(neighbours[-1])
    petition = town.petition(mandate, neighbours[-1], signers)
    town.do(town.promoters[0], town.report(petition))
    day = date(2026, 3, 14)
    session = town.convene(day)
    assert town.attend(session, whole)
    town.do(town.promoters[0], town.decision(petition, session, len(whole)))
    after = mandates.holding(mandate, day)
    assert after.status is MandateStatus.RECALLED
    assert not after.status.has_power
    successor = [one for one in mandates.holders(town.id, day) if (one.kind, one.number) == (kind.id, after.number)]
    principal = next((one.person for one in successor if not one.is_alternate), None)
    assert principal == expected_successor(kind, neighbours)


def first_kind(town: Town) -> SeatKind:
    return next(kind for kind in town.statute.seats if not kind.founding)


def expected_successor(kind: SeatKind, neighbours: list[UUID]) -> UUID | None:
    """By the statute's own order: the alternate with most votes, who came next in votes, or nobody yet."""
    for step in kind.succession:
        if step is Succession.ALTERNATE and kind.alternates:
            return neighbours[kind.count]
        if step is Succession.NEXT_MOST_VOTED:
            return neighbours[kind.count + kind.alternates]
        if step is Succession.BY_ELECTION:
            return None
    return None


def test_49_of_50_people_are_refused_with_the_files_citation_and_50_decide(books: Books) -> None:
    cited = {'"small.quorum.call2"\nsource = "By-laws, art. 2"': '"small.quorum.call2"\nsource = "Panchayat, 7"'}
    town = founded(changed({**cited, 'part = "30 %"': 'part = "100 %"', '["secretary", "committee"]': '["promoter"]'}))
    people = [town.neighbour() for _number in range(50)]
    short = town.convene(date(2026, 1, 24))
    assert not town.attend(short, people[:49])
    with pytest.raises(Refused) as refused:
        town.vote(short, 49)
    assert (refused.value.rule, refused.value.citation) == ("assemblies.no-quorum", "Panchayat, 7")
    town.close(short)
    enough = town.convene(date(2026, 1, 31))
    assert town.attend(enough, people)
    assert town.vote(enough, 26, 24)
