"""Taking a recorded election back while the session lasts and nobody has acted by it."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from comuna.acts.act import Act, ActFacts, Cite, GroundRole, Performed, Power, World
from comuna.acts.fields import Id, Label, StatuteLine, To
from comuna.acts.reading import read_one
from comuna.acts.refusal import Words, refuse_if
from comuna.assemblies import queries as assemblies
from comuna.assemblies.acts.deciding import quorate_session
from comuna.elections import queries
from comuna.elections.models import Candidacy, Election, Slip
from comuna.mandates import effects, queries as mandates, undoing
from comuna.mandates.models import Mandate
from comuna.mandates.places import Sooner


class UndoElection(Act):
    """The counts were typed wrongly: take the election back and record it again. Its mandates then never were."""

    verb = "elections.undo_election"
    power = Power.SEAT
    label = _("Take the election back")
    said = _("{seat} took an election back: {seat_words}")
    undo = None  # record it again

    election: Annotated[Id, To(Election), Label(_("Election"))]

    class Facts(ActFacts):
        mandates: tuple[Id, ...]
        seat_words: StatuteLine
        sooner: tuple[Sooner, ...] = ()  # endings that say again what they said before the election

    def in_organ(self) -> str | None:
        session = Election.objects.filter(pk=self.election).values_list("session_id", flat=True).first()
        return assemblies.organ_of(session) if session else None

    def check(self, world: World) -> Facts:
        row = world.get(Election, self.election, field="election")
        quorate_session(world, row.session_id, "election")
        given = list(
            Candidacy.objects.filter(election=row, mandate__isnull=False)
            .order_by("place")
            .values_list("mandate", flat=True)
        )
        why = _why_it_stands(world, row, given)
        refuse_if(why, "elections.moved-on", why or "", field="election")
        statute = assemblies.standing(row.session_id).statute
        sooner = tuple(one for seating in read_one(row.id).facts.seated for one in seating.sooner)
        return self.Facts(mandates=tuple(given), seat_words=mandates.seat_in_books(statute, row.kind), sooner=sooner)

    def cites(self, facts: Any) -> tuple[Cite, ...]:
        return (Cite(self.election, GroundRole.CORRECTS),)

    def apply(self, record: Performed) -> None:
        record.remove_all(Slip, election_id=self.election)
        record.remove_all(Candidacy, election_id=self.election)
        for mandate in record.facts.mandates:
            effects.undo_seat(record, Mandate.objects.get(pk=mandate), record.facts.sooner)
        row = Election.objects.get(pk=self.election)
        effects.undo_line_up(record, row.kind, row.born)
        record.remove(Election, self.election)


def _why_it_stands(world: World, row: Election, given: list[UUID]) -> Words | None:
    """What has happened since, so that taking the election back would contradict it."""
    if Election.objects.filter(runoff_of=row).exists():
        return _("The further vote on its tie was recorded since; take that one back first.")
    if queries.is_asked_about(given):
        return _("A recall of somebody who was elected was asked for since.")
    return undoing.why_the_seats_stand(world, given, row.kind, row.id, row.born)
