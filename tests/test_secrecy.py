"""Nothing that the books keep of a secret vote tells better than chance who cast which ballot.

Two hundred elections, 28 voters each. The ballots are typed in the very order in which they were cast, as from a box
that nobody shook. Whoever tries to link them is given all: the order in which people voted, signed the sheet, stand on
the roll and in the tables; the rows of the ballots by number, id and place, the bytes of the database file and of its
log, the journal. A pair of orders that fits more often than by chance is a leak; the same search finds a planted one.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from math import sqrt
from pathlib import Path
from random import Random
from uuid import UUID

import pytest
from django.db import connection

from comuna.acts.refusal import Refused
from comuna.assemblies import queries as assemblies
from comuna.elections.acts import BallotForm, CandidateRow, RecordElection, SlipRow, UndoElection, slips
from comuna.elections.models import Candidacy, Slip
from comuna.journal import bundle
from comuna.journal.models import Record
from comuna.statutes import builtin
from conftest import Books
from tests.everywhere import contents_of
from tests.town import TODAY, Town, founded

VOTERS, ELECTIONS, CANDIDATES, MARKS = 28, 200, 3, 2
BYTES_EVERY = 10  # elections: the search through all bytes is slow
LEAK = 4.5  # standard deviations above chance; of the 28 pairs one passes them by chance in 10,000 runs
SEAT = "cc.committee.water"
Orders = dict[str, list[str]]


@dataclass
class Fit:
    """How often the ballots in one order are those of the voters in another, beside what chance gives.

    Of two sequences of the same things in random order, things of kind k standing n(k) times among N: matches are
    n(k)^2/N on average, and their covariance is that of the hypergeometric distribution.
    """

    matches: int = 0
    mean: float = 0.0
    variance: float = 0.0

    def add(self, one: Sequence[str], other: Sequence[str]) -> None:
        assert Counter(one) == Counter(other), "these are not the same ballots"
        counts, size = list(Counter(one).values()), len(one)
        self.matches += sum(a == b for a, b in zip(one, other, strict=True))
        self.mean += sum(n * n for n in counts) / size
        alone = sum((n * (size - n)) ** 2 for n in counts)
        together = sum((a * b) ** 2 for i, a in enumerate(counts) for j, b in enumerate(counts) if i != j)
        self.variance += (alone + together) / (size * size * (size - 1))

    @property
    def deviations(self) -> float:
        return (self.matches - self.mean) / sqrt(self.variance)


@dataclass
class Box:
    """An assembly that votes again and again, and whoever watches it."""

    town: Town
    chance: Random
    session: UUID
    voters: list[UUID]
    candidates: list[UUID]
    fits: dict[tuple[str, str], Fit] = field(default_factory=dict)

    def votes(self, number: int) -> None:
        """One election, and every pair of orders held against each other; it is taken back for the next one."""
        voters = self.chance.sample(self.voters, len(self.voters))
        cast = {voter: self._ballot() for voter in voters}
        act = self._act(list(cast.values()))
        if number % BYTES_EVERY == 1:
            with pytest.raises(Refused):  # a count typed wrongly first: what is refused leaves nothing either
                self.town.do(self.town.promoters[0], act.model_copy(update={"issued": VOTERS - 1}))
        done = self.town.do(self.town.promoters[0], act)
        orders = self._orders(voters)
        for place, found in self._kept(done.id, number).items():
            for name, order in orders.items():
                self.fits.setdefault((name, place), Fit()).add([cast[voter] for voter in order], found)
        self.town.do(self.town.promoters[0], UndoElection(election=done.id))

    def leaks(self) -> dict[tuple[str, str], float]:
        return {pair: fit.deviations for pair, fit in self.fits.items() if abs(fit.deviations) > LEAK}

    def _ballot(self) -> str:
        named = self.chance.sample(range(1, CANDIDATES + 1), self.chance.choice((0, 1, 1, 2, 2)))
        return " ".join(map(str, sorted(named))) or "0"

    def _act(self, cast: list[str]) -> RecordElection:
        votes = [sum(str(line) in slip.split() for slip in cast) for line in range(1, CANDIDATES + 1)]
        here = sorted(assemblies.standing(self.session).here - set(self.candidates))
        return RecordElection(
            session=self.session,
            kind=SEAT,
            ballot=BallotForm.SECRET,
            candidates=tuple(map(lambda who, count: CandidateRow(person=who, votes=count), self.candidates, votes)),
            marks=MARKS,
            counter_one=here[0],
            counter_two=here[1],
            issued=VOTERS,
            counted=VOTERS,
            spoiled=0,
            returned=0,
            slips=tuple(SlipRow(marks=slip) for slip in cast),
            tie_stands=True,
        )

    def _orders(self, voters: list[UUID]) -> dict[str, list[UUID]]:
        """In which the voters can be known: as they voted, signed, stand on the roll, in the tables."""
        signed = [row.person for row in assemblies.attendance(self.session) if row.person in set(voters)]
        return {"voted": voters, "signed": signed, "by id": sorted(voters), "registered": self.voters}

    def _kept(self, election: UUID, number: int) -> Orders:
        """The ballots in every order in which the books hold them, named by lines of the act."""
        line_of = {"0": "0"} | {str(place): str(line) for place, line in self._lines(election).items()}

        def lines(rows: Sequence[str]) -> list[str]:
            return [" ".join(sorted(line_of[mark] for mark in row.split())) for row in rows]

        rows = Slip.objects.filter(election=election)
        found = {
            f"rows by {key}": lines(list(rows.order_by(key).values_list("marks", flat=True))) for key in ("place", "id")
        }
        with connection.cursor() as cursor:
            cursor.execute("SELECT marks FROM elections_slip ORDER BY rowid")
            found["rows as written"] = lines([marks for (marks,) in cursor.fetchall()])
        found["the act"] = [
            row["marks"] for row in json.loads(bytes(Record.objects.get(pk=election).body))["fields"]["slips"]
        ]
        if number % BYTES_EVERY == 0:
            with connection.cursor() as cursor:
                cursor.execute("PRAGMA wal_checkpoint(PASSIVE)")
            marks = dict(rows.values_list("id", "marks"))
            for name, content in _database().items():
                at = {id: content.rfind(id.hex.encode()) for id in marks}
                if all(place >= 0 for place in at.values()):
                    found[name] = lines([marks[id] for id in sorted(at, key=at.__getitem__)])
        return found

    def _lines(self, election: UUID) -> dict[int, int]:
        """Place of each candidate among those who stood, to her line in the act."""
        places = Candidacy.objects.filter(election=election).values_list("place", "person_id")
        return {place: self.candidates.index(person) + 1 for place, person in places}


def _database() -> dict[str, bytes]:
    """The files of the database as they lie on the disk, the log of recent writes among them."""
    path = Path(str(connection.settings_dict["NAME"]))
    return {
        f"bytes of {suffix or 'db'}": one.read_bytes()
        for suffix in ("", "-wal")
        if (one := Path(f"{path}{suffix}")).exists()
    }


def _assembly(seed: int) -> Box:
    town = founded(builtin.text("venezuela-commune"))
    voters = [town.neighbour() for _number in range(VOTERS)]
    candidates = [town.neighbour() for _number in range(CANDIDATES)]
    session = town.convene(TODAY)
    assert town.attend(session, voters)
    return Box(town, Random(seed), session, voters, candidates)


@pytest.mark.long
@pytest.mark.sqlite_only
def test_no_ballot_is_linked_to_a_voter_better_than_by_chance(books: Books) -> None:
    box = _assembly(seed=28)
    for number in range(ELECTIONS):
        box.votes(number)
    assert {place for _order, place in box.fits} >= {"rows as written", "the act", "bytes of db"}
    assert not box.leaks()
    _every_copy_is_sorted(books)


@pytest.mark.sqlite_only
def test_the_search_finds_a_planted_leak(books: Books, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ballots kept as they were cast."""
    del books
    monkeypatch.setattr(slips, "in_order", list)
    box = _assembly(seed=29)
    for number in range(10):
        box.votes(number)
    assert {place for order, place in box.leaks() if order == "voted"} >= {
        "rows by place",
        "rows as written",
        "the act",
    }


def _every_copy_is_sorted(books: Books) -> None:
    """Each copy of the ballots in any file, the exported journal among them."""
    bundle.export(books.home / "exported")
    copies = 0
    for content in [*contents_of(books.home).values(), *_database().values()]:
        for found in re.findall(rb'"slips":\[(\{"marks":.*?)\]', content):
            written = [tuple(map(int, marks.split())) for marks in re.findall(rb'"marks":"([\d ]+)"', found)]
            assert written == sorted(written)
            copies += 1
    assert copies >= ELECTIONS
