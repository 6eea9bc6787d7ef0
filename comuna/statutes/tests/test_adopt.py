"""Adopting a statute: what is refused, what comes into force when, and that the past stays."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from comuna.acts.authority import Actor
from comuna.acts.clock import frozen_at
from comuna.acts.door import Done, perform
from comuna.acts.refusal import Refused
from comuna.journal import files, verify
from comuna.journal.models import Record
from comuna.statutes import queries
from comuna.statutes.acts import AdoptStatute
from comuna.statutes.tests.samples import changed
from comuna.statutes.tests.toy import FOUNDED, REAL_VERBS, SINCE, ana, stored
from conftest import Books


def adopt(file: str, first_day: date, on: str = FOUNDED) -> Done:
    with frozen_at(on):
        return perform(AdoptStatute(file=file, first_day=first_day), Actor(ana))


def refused(file: str, first_day: date, on: str = FOUNDED) -> Refused:
    count = Record.objects.count()
    with pytest.raises(Refused) as raised:
        adopt(file, first_day, on)
    assert Record.objects.count() == count
    return raised.value


def test_the_founding_act_adopts_the_first_statute(commune: UUID) -> None:
    assert queries.in_force(commune, SINCE).version == "1"
    assert queries.in_force(commune, date(2019, 5, 1)).version == "1", "days before the books are read by it"


def test_without_an_adoption_nothing_is_in_force(books: Books) -> None:
    with pytest.raises(LookupError):
        queries.in_force(uuid4(), SINCE)


def test_an_amendment_is_in_force_from_its_first_day_and_the_past_stays(commune: UUID) -> None:
    adopt(stored({'version = "1"': 'version = "2"', "people = 50": "people = 40"}), date(2026, 3, 1))
    before, after = (queries.in_force(commune, day) for day in (date(2026, 2, 28), date(2026, 3, 1)))
    assert [one.organ("assembly").calls[1].quorum.people for one in (before, after)] == [50, 40]


def test_of_two_adoptions_for_one_day_the_later_one_counts(commune: UUID) -> None:
    for version in ("2", "3"):
        adopt(stored({'version = "1"': f'version = "{version}"'}), date(2026, 3, 1))
    assert queries.in_force(commune, date(2026, 3, 1)).version == "3"
    assert queries.adoption_on(commune, date(2026, 3, 1)).version == "3"
    assert [one.version for one in queries.adoptions(commune)] == ["1", "2", "3"]


def test_the_text_in_force_is_the_one_in_the_home(commune: UUID, books: Books) -> None:
    [adoption] = queries.adoptions(commune)
    path = Path(files.path_of(adoption.digest))
    assert path.is_relative_to(books.home)
    path.write_bytes(path.read_bytes().replace(b"people = 50", b"people = 05"))
    queries.text_of.cache_clear()
    with pytest.raises(queries.NoStatute, match="altered"):
        queries.in_force(commune, SINCE)
    assert verify.findings()
    path.write_bytes(path.read_bytes().replace(b"people = 05", b"people = 50"))


def test_a_statute_cannot_come_into_force_in_the_past(commune: UUID) -> None:
    assert refused(stored({"count = 2": "count = 3"}), date(2026, 1, 9)).rule == "statutes.past-stays"


def test_adopting_the_text_in_force_again_changes_nothing_and_is_refused(commune: UUID) -> None:
    assert refused(stored(), SINCE).rule == "statutes.already-in-force"


def test_a_faulty_file_is_refused_with_every_fault_and_its_line(commune: UUID) -> None:
    answer = refused(stored({"count = 2": "count = 0", 'chosen_by = "assembly"': 'chosen_by = "asembly"'}), SINCE)
    assert answer.rule == "statutes.faulty"
    lines = str(answer.words).splitlines()[1:]
    assert len(lines) == 6
    assert all(line.startswith("line ") for line in lines)


@pytest.mark.parametrize(
    ("content", "rule"),
    [(b"\xff\xfe", "statutes.not-text"), (b"x = 1", "statutes.faulty"), (None, "statutes.no-such-file")],
)
def test_what_is_no_statute_is_refused(commune: UUID, content: bytes | None, rule: str) -> None:
    file = "0" * 64 if content is None else files.store(content, "text/plain")
    assert refused(file, SINCE).rule == rule


def test_a_verb_that_no_seat_performs_is_refused_by_name(commune: UUID) -> None:
    answer = refused(stored({"acts.erase_private": "acts.erase_everything"}), SINCE)
    assert "acts.erase_everything" in str(answer.words)


def test_a_statute_under_which_nobody_of_today_could_go_on_is_refused(commune: UUID) -> None:
    other_seats = {'"promoter"': '"founder"', '"secretary"': '"scribe"'}
    assert refused(stored(other_seats), SINCE).rule == "statutes.nobody-left"
    only_promoters = {'"secretary"': '"scribe"'}
    assert refused(stored(only_promoters), date(2026, 7, 10), "2026-02-01T12:00:00Z").rule == "statutes.nobody-left"
    assert adopt(stored(only_promoters), date(2026, 7, 9), "2026-02-01T12:00:00Z"), "promoters may act for six months"


def test_a_changed_text_says_another_version(commune: UUID) -> None:
    one = changed(REAL_VERBS | {"people = 50": "people = 40"})
    assert refused(files.store(one.encode(), queries.MEDIA_TYPE), SINCE).rule == "statutes.version-known"
