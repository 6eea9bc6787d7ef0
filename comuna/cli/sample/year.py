"""The calendar of the sample: things happen in the order of their days, each with the clock set to its moment."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, timedelta
from itertools import count
from random import Random
from typing import Protocol
from uuid import UUID

from comuna.acts import clock
from comuna.acts.act import Act
from comuna.acts.authority import Actor, authority
from comuna.acts.clock import frozen_at
from comuna.acts.door import Done, perform
from comuna.territory.queries import commune_since

Happening = Callable[[], object]


class Founded(Protocol):
    """The founded council, as the people's part of the sample leaves it."""

    @property
    def commune(self) -> UUID: ...

    @property
    def promoters(self) -> Sequence[UUID]:
        """With accounts."""
        ...

    @property
    def adults(self) -> Sequence[UUID]:
        """On the roll."""
        ...

    @property
    def names(self) -> Mapping[UUID, str]: ...


class Year:
    """From the founding to this moment. What would happen later than now does not happen."""

    def __init__(self, people: Founded, seed: int, progress: Callable[[int, int], None]) -> None:
        self.people, self.progress = people, progress
        self.random = Random(f"{seed}.assemblies")
        self.speaking = Random(f"{seed}.said")  # of its own: whatever is said, the same things happen
        self.zone = authority().time_zone(people.commune)
        self.until = clock.now()
        self.began = commune_since(people.commune)
        self._to_come: list[tuple[datetime, int, Happening]] = []
        self._order = count()
        self._done = 0

    @property
    def today(self) -> date:
        return self.until.astimezone(self.zone).date()

    def day_now(self) -> date:
        """The local day of the moment that is being lived."""
        return clock.now().astimezone(self.zone).date()

    def moment(self, day: date, hour: str) -> datetime:
        hours, minutes = hour.split(":")
        return datetime(day.year, day.month, day.day, int(hours), int(minutes), tzinfo=self.zone)

    def at(self, day: date, hour: str, happening: Happening) -> None:
        heapq.heappush(self._to_come, (self.moment(day, hour), next(self._order), happening))

    def live(self) -> None:
        """Let everything happen up to now, the earliest first."""
        while self._to_come and self._to_come[0][0] <= self.until:
            moment, _order, happening = heapq.heappop(self._to_come)
            with frozen_at(moment):
                happening()
            self._done += 1
            self.progress(self._done, self._done + len(self._to_come))

    def saturday(self, weeks: int) -> date:
        """The Saturday that many weeks after the founding."""
        day = self.began + timedelta(weeks=weeks)
        return day + timedelta(days=(5 - day.weekday()) % 7)


def does(person: UUID, act: Act) -> Done:
    """One act in somebody's name."""
    return perform(act, Actor(person))
