"""Which words of this room are found by the search: the names under which people stood, as they chose them for
everybody to read, and what was written about a recall. Nobody's votes, and no signature.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from uuid import UUID

from comuna.acts.finding import Document, Source
from comuna.elections.models import Candidacy, Election, Petition, Report
from comuna.statutes.councils import council_in

ELECTION, RECALL = "election", "recall"


def _elections(ids: Collection[UUID] | None) -> Iterator[Document]:
    elections = Election.objects.all() if ids is None else Election.objects.filter(pk__in=ids)
    names: dict[UUID, list[str]] = {}
    for id, name in Candidacy.objects.filter(election__in=elections).values_list("election_id", "public_name"):
        names.setdefault(id, []).append(name)
    for id, day, organ in elections.order_by("born").values_list("id", "session__sits_on", "session__organ"):
        yield Document(id, ELECTION, day, tuple(names.get(id, ())), council_in(organ) or "")


def _recalls(ids: Collection[UUID] | None) -> Iterator[Document]:
    petitions = Petition.objects.all() if ids is None else Petition.objects.filter(pk__in=ids)
    columns = ("id", "day", "mandate__seat__kind", "words", "report__words", "report__defence")
    for id, day, seat, *words in petitions.order_by("born").values_list(*columns):
        yield Document(id, RECALL, day, tuple(text or "" for text in words), council_in(seat) or "")


ELECTIONS = Source(_elections, {Election: "id", Candidacy: "election_id"}, frozenset({ELECTION}))
RECALLS = Source(_recalls, {Petition: "id", Report: "petition_id"}, frozenset({RECALL}))
