"""Signatures for a recall, typed from paper."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar

from django.utils.translation import gettext_lazy as _

from comuna.acts.act import Act, ActFacts, Cite, GroundRole, Performed, Power, World
from comuna.acts.fields import Audience, Count, Flag, Id, Label, Row, StatuteLine, To
from comuna.acts.refusal import refuse_if
from comuna.assemblies import queries as assemblies
from comuna.elections import queries
from comuna.elections.acts.asking import open_recall
from comuna.elections.acts.own import refuse_own_recall
from comuna.elections.models import Petition, Report, Signature, SignatureSheet
from comuna.elections.queries import RecallStanding
from comuna.mandates import queries as mandates
from comuna.territory.models import Person

ROWS_MAX = 5_000


class SignerRow(Row):
    """One signature."""

    subject: ClassVar[str] = "person"

    person: Annotated[Id, To(Person), Label(_("Who signed"))]


class RecordSignatures(Act):
    """Type a sheet of signatures for a recall. Only people on the roll count, each once; who signed is not public."""

    verb = "elections.record_signatures"
    power = Power.SEAT
    label = _("Record signatures")
    said = _("{seat} recorded signatures for a recall ({seat_words}): {count}; {total} so far, {needed} needed")
    undo = "elections.undo_signatures"

    petition: Annotated[Id, To(Petition), Label(_("Recall"))]
    signed: Annotated[tuple[SignerRow, ...], Audience("household"), Label(_("Signed"))]

    class Facts(ActFacts):
        seat_words: StatuteLine
        count: Count
        total: Count
        needed: Count
        reached: Flag

    def in_council(self) -> str | None:
        return queries.council_of_petition(self.petition)

    def check(self, world: World) -> Facts:
        stands = open_recall(world, self.petition)
        row = stands.petition
        refuse_own_recall(world, stands)
        refuse_if(row.needed == 0, "elections.needs-none", _("This recall needs no signatures."), field="petition")
        refuse_if(not self.signed, "elections.empty-sheet", _("The sheet is empty."), field="signed")
        refuse_if(len(self.signed) > ROWS_MAX, "acts.too-large", _("Too many on one sheet."), field="signed")
        organ = stands.statute.organ(stands.recall.decided_by)
        rights = assemblies.entitled(world.commune, organ, stands.statute, world.day)
        before = set(Signature.objects.filter(petition=row).values_list("person_id", flat=True))
        seen: set[Any] = set()
        for place, line in enumerate(self.signed):
            field = f"signed.{place}.person"
            refuse_if(
                line.person in seen or line.person in before,
                "elections.signed-twice",
                _("Row {row}: this person has already signed.").format(row=place + 1),
                field=field,
            )
            refuse_if(
                line.person not in rights.people,
                "elections.signer-not-on-roll",
                _("Row {row}: this person is not on the roll.").format(row=place + 1),
                citation=stands.recall.petition.rule.source,
                field=field,
            )
            seen.add(line.person)
        total = stands.signed + len(self.signed)
        return self.Facts(
            seat_words=_seat_words(stands),
            count=len(self.signed),
            total=total,
            needed=row.needed,
            reached=total >= row.needed,
        )

    def cites(self, facts: Any) -> tuple[Cite, ...]:
        return (Cite(self.petition, GroundRole.PART_OF),)

    def apply(self, record: Performed) -> None:
        facts = record.facts
        record.create(
            SignatureSheet,
            petition_id=self.petition,
            day=record.day,
            people=facts.count,
            total=facts.total,
            reached=facts.reached,
        )
        record.create_many(
            Signature,
            [
                {
                    "id": record.key("signature", place),
                    "petition_id": self.petition,
                    "sheet_id": record.id,
                    "person_id": row.person,
                }
                for place, row in enumerate(self.signed)
            ],
        )


class UndoSignatures(Act):
    """Take the last sheet of signatures back, before the desk has reported, and while it can still be typed again."""

    verb = "elections.undo_signatures"
    power = Power.SEAT
    label = _("Take the sheet of signatures back")
    said = _("{seat} took a sheet of signatures back: {seat_words}")
    undo = None  # type it again

    sheet: Annotated[Id, To(SignatureSheet), Label(_("Sheet"))]

    class Facts(ActFacts):
        seat_words: StatuteLine

    def in_council(self) -> str | None:
        return queries.council_of_sheet(self.sheet)

    def check(self, world: World) -> Facts:
        sheet = world.get(SignatureSheet, self.sheet, field="sheet")
        stands = open_recall(world, sheet.petition_id)
        refuse_own_recall(world, stands)
        refuse_if(
            stands.sheets[-1].id != sheet.id,
            "elections.last-sheet",
            _("Only the last sheet can be taken back."),
            field="sheet",
        )
        refuse_if(
            Report.objects.filter(petition=stands.petition).exists(),
            "elections.reported",
            _("The desk has already reported on it."),
            field="sheet",
        )
        refuse_if(
            stands.lapses_on is not None and world.day > stands.lapses_on,
            "elections.too-late-to-sign-again",
            _("The days for signing are over: a sheet taken back now could not be typed again."),
            citation=stands.recall.lapse.rule.source if stands.recall.lapse else None,
            field="sheet",
        )
        return self.Facts(seat_words=_seat_words(stands))

    def cites(self, facts: Any) -> tuple[Cite, ...]:
        return (Cite(self.sheet, GroundRole.CORRECTS),)

    def apply(self, record: Performed) -> None:
        record.remove_all(Signature, sheet_id=self.sheet)
        record.remove(SignatureSheet, self.sheet)


def _seat_words(stands: RecallStanding) -> str:
    return mandates.seat_in_books(stands.statute, stands.holding.kind, stands.holding.number)
