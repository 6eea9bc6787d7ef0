"""The one act about statutes: adopting one, whether it is new or an amendment of the one before."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from comuna.acts.act import Act, ActFacts, Performed, Power, World
from comuna.acts.fields import Count, Day, FileDigest, Label, Slug, StatuteLine
from comuna.acts.refusal import refuse_if
from comuna.journal.chain import FileCited
from comuna.statutes import effects, queries
from comuna.statutes.rules import carried_over, months_later
from comuna.statutes.statute import Statute, in_books


class AdoptStatute(Act):
    """Adopt another statute, or an amended text of the one in force. What was decided before stays
    as it was decided; from the first day on everything is judged by the new text."""

    verb = "statutes.adopt"
    power = Power.SEAT
    label = _("Adopt a statute")
    said = _("{seat} adopted the statute “{title}” ({statute_version}), in force from {first_day}")
    undo = None  # the text that was in force before is adopted again
    deadline = True

    file: Annotated[FileDigest, Label(_("File of the statute"), help=_("Its text, as docs/write-a-statute.md says"))]
    first_day: Annotated[Day, Label(_("First day in force"), help=_("Today or later: the past stays as it was"))]

    class Facts(ActFacts):
        statute_id: Slug
        statute_version: Slug
        title: StatuteLine
        size: Count

    def check(self, world: World) -> Facts:
        found = queries.checked(self.file)
        refuse_if(
            self.first_day < world.day,
            "statutes.past-stays",
            _("A statute cannot come into force in the past."),
            field="first_day",
        )
        refuse_if(
            queries.adoption_on(world.commune, self.first_day).digest == self.file,
            "statutes.already-in-force",
            _("This very text is already in force that day."),
            field="file",
        )
        refuse_if(
            any(
                one.digest != self.file and (one.statute_id, one.version) == (found.statute.id, found.statute.version)
                for one in queries.adoptions(world.commune)
            ),
            "statutes.version-known",
            _("Another text of this version was adopted before. A changed text says another version."),
            field="file",
        )
        refuse_if(
            not _somebody_goes_on(world.commune, found.statute, self.first_day),
            "statutes.nobody-left",
            _(
                "Nobody who may adopt statutes today could do so under this one, so it could never be "
                "mended. Keep at least one of those seats in it, by the same id."
            ),
            field="file",
        )
        _refuse_other_handover(world.commune, found.statute, self.first_day)
        _refuse_other_units(world.commune, found.statute)
        return self.Facts(
            statute_id=found.statute.id,
            statute_version=found.statute.version,
            title=in_books(found.statute.title),
            size=found.size,
        )

    def files(self, facts: Any) -> tuple[FileCited, ...]:
        return (FileCited(self.file, facts.size, queries.MEDIA_TYPE),)

    def apply(self, record: Performed) -> None:
        effects.adopt(
            record,
            statute_id=record.facts.statute_id,
            version=record.facts.statute_version,
            digest=self.file,
            in_force_from=self.first_day,
        )


def _somebody_goes_on(commune: UUID, after: Statute, first_day: date) -> bool:
    """Whether a seat may adopt statutes both before and after; promoters count while they may act."""
    before, after = queries.in_force(commune, first_day), queries.in_these_books(commune, after, first_day)
    seats = set(carried_over(before, after, AdoptStatute.verb))
    founded = queries.adoptions(commune)[0].in_force_from
    if first_day >= months_later(founded, before.founding.months):
        seats -= {before.founding.seat, after.founding.seat}
    return bool(seats)


def _refuse_other_handover(commune: UUID, after: Statute, first_day: date) -> None:
    """When the promoters are done is settled on the day of the founding, by the text that stands that evening; what a
    text said then or later is said for good: else they could keep their seats, or give them back to themselves, by
    another text. Raises Refused."""
    stood = {one.in_force_from: one.digest for one in queries.adoptions(commune)}  # a day's last text
    if first_day == min(stood):
        return
    kinds = {one.id for one in after.seats}
    for before in map(queries.text_of, stood.values()):
        said = before.founding.until
        if said is None or before.founding.seat not in kinds:
            continue
        kept = after.founding.until if after.founding.seat == before.founding.seat else None
        seats = (*said.seats, *said.with_councils)
        refuse_if(
            kept is None or {*kept.seats, *kept.with_councils} != set(seats),
            "statutes.handover-stays",
            _("When the promoters are done stays as it was adopted: keep [founding.until] with {seats}.").format(
                seats=", ".join(seats)
            ),
            field="file",
            citation=said.rule.source,
        )


def _refuse_other_units(commune: UUID, after: Statute) -> None:
    """Amounts of the books are whole numbers of a unit's smallest part: what that is stays. Raises Refused."""
    for unit in after.money.units:
        before = queries.unit(commune, unit.id)
        refuse_if(
            before is not None and (before.decimals, before.kind) != (unit.decimals, unit.kind),
            "statutes.unit-stays",
            _("The unit {unit} keeps its kind and its decimals: amounts in the books are counted in it.").format(
                unit=unit.id
            ),
            field="file",
        )
