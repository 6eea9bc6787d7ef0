"""Whatever is done, in whatever order: the journal alone gives the same books (the fixture replays them at the end)."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from random import Random
from uuid import UUID

import pytest

from comuna.acts import clock
from comuna.acts.acts import Propose, Sign
from comuna.acts.authority import Actor
from comuna.acts.clock import frozen_at
from comuna.acts.door import perform
from comuna.acts.erasing import ErasableAudience, ErasePrivate
from comuna.acts.refusal import Refused
from comuna.journal import files, verify
from comuna.journal.models import Record
from comuna.statutes import builtin, queries as statutes
from comuna.statutes.acts import AdoptStatute
from comuna.territory.acts import RegisterPerson
from tests.cast import NOW, TODAY, Cast
from tests.histories import Maker

TRIES_MAX = 6_000


def live(cast: Cast, random: Random, wanted: int) -> Counter[str]:
    """Try acts at random, as everybody, until so many were done; returns what was done, by verb.

    Most are refused, and every act the house gains makes one that fits rarer: what counts is what was done.
    """
    people = [cast.promoter, cast.secretary, cast.signer, cast.comptroller, cast.acting_signer, cast.neighbour]
    done: Counter[str] = Counter()
    moment = clock.read_stamp(NOW)
    for _ in range(TRIES_MAX):
        if done.total() >= wanted:
            return done
        moment += timedelta(minutes=random.choice([1, 20, 300]))
        with frozen_at(moment):
            maker = Maker(random, cast.commune, moment.date())
            act = maker.next_step() if random.random() < 0.4 else maker.act()
            if act is None:
                continue
            try:
                perform(act, Actor(maker.actor(act, people)))
            except Refused:
                continue
            done[act.verb] += 1
    raise AssertionError(f"{done.total()} of {wanted} after {TRIES_MAX} tries: {done}")


@pytest.mark.parametrize("seed", [0, *(pytest.param(seed, marks=pytest.mark.long) for seed in (1, 2))])
def test_a_random_history_replays_to_the_same_books(founded: Cast, seed: int) -> None:
    done = live(founded, Random(seed), 45)
    assert len(done) >= 10, done
    assert list(verify.findings()) == []


@pytest.mark.long
def test_a_long_random_history_replays_to_the_same_books(founded: Cast) -> None:
    done = live(founded, Random(20), 90)
    assert len(done) >= 20, done
    assert list(verify.findings()) == []


def test_books_with_an_erasure_in_the_middle_replay(founded: Cast) -> None:
    person = founded.does(founded.secretary, RegisterPerson(full_name="Petra Ruiz", identity="V-11222333")).id
    live(founded, Random(7), 6)
    everything = tuple(ErasableAudience)
    with frozen_at(clock.read_stamp(NOW) + timedelta(days=20)):
        founded.signed(ErasePrivate(subject=person, audiences=everything, reason="Lo pidió"))
    assert Record.objects.filter(verb="acts.erase_private").exists()


def test_another_statute_adopted_midway_leaves_the_past_as_it_was(founded: Cast) -> None:
    other = builtin.text("venezuela-commune").replace('part = "30 %"', 'part = "35 %"')
    other = other.replace('version = "2026.1"', 'version = "2026.2"')
    digest = files.store(other.encode(), statutes.MEDIA_TYPE)
    before = statutes.in_force(founded.commune, TODAY)
    adopt = AdoptStatute(file=digest, first_day=TODAY + timedelta(days=5))
    proposed = founded.does(founded.secretary, Propose(act=adopt)).id
    signed = _signed_by_the_others(founded, proposed)
    assert signed is not None
    assert statutes.in_force(founded.commune, TODAY) == before
    assert statutes.in_force(founded.commune, TODAY + timedelta(days=6)) != before
    live(founded, Random(11), 10)


def _signed_by_the_others(cast: Cast, proposal: UUID) -> UUID | None:
    for person in (cast.signer, cast.comptroller, cast.promoter):
        try:
            done = cast.does(person, Sign(proposal=proposal))
        except Refused:
            continue
        if done.performed:
            return done.performed
    return None
