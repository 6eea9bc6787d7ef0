"""An assembly of El Mirador that has its quorum, and short ways of electing in it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any
from uuid import UUID

from comuna.acts.act import Act
from comuna.acts.door import Done
from comuna.acts.moment import day_now
from comuna.acts.proposals import need_of
from comuna.assemblies import queries as assemblies
from comuna.assemblies.tests.test_session import Room
from comuna.elections.acts import BallotForm, CandidateRow, RecordElection
from tests.cast import Cast


class Vote:
    """Everybody is there; ``neighbours`` are further people who may stand."""

    def __init__(self, cast: Cast, neighbours: int = 14, hour: str = "09:00") -> None:
        self.cast = cast
        self.room = Room(cast, neighbours, hour)
        self.neighbours = self.room.neighbours

    def open(self) -> Vote:
        """The first call is quorate."""
        self.present = self.room.quorate()
        return self

    @property
    def session(self) -> UUID:
        return self.room.session

    def does(self, act: Act) -> Done:
        """Elections are written down by a promoter here: there is no commission yet; those on paper by two."""
        if need_of(act, self.cast.commune, day_now(self.cast.commune)) is None:
            return self.cast.does(self.cast.promoter, act)
        return self.cast.signed(act)

    def act(self, kind: str, votes: Sequence[int] | Mapping[UUID, int], **more: Any) -> RecordElection:
        """Neighbours in their order have these votes; a secret vote in which every paper is valid."""
        counts = votes if isinstance(votes, Mapping) else dict(zip(self.neighbours, votes, strict=False))
        papers = {"issued": len(self.present), "counted": len(self.present), "spoiled": 0, "returned": 0}
        return RecordElection.model_validate(
            {
                "session": self.session,
                "kind": kind,
                "ballot": BallotForm.SECRET,
                "candidates": tuple(
                    CandidateRow(person=person, votes=count, public_name=f"Vecina {count}")
                    for person, count in counts.items()
                ),
                "marks": 5,
                **self.counters(counts),
                **papers,
                **more,
            }
        )

    def counters(self, about: Collection[UUID]) -> dict[str, UUID]:
        """Two who are present and do not stand, as far as there are any; else of the roll."""
        here = dict.fromkeys([*sorted(assemblies.standing(self.session).here), *self.room.roll()])
        one, two, *_ = (person for person in here if person not in about)
        return {"counter_one": one, "counter_two": two}

    def elect(self, kind: str, votes: Sequence[int] | Mapping[UUID, int], **more: Any) -> Done:
        return self.does(self.act(kind, votes, **more))
