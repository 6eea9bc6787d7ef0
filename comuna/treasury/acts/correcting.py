"""Taking an entry back: another one the other way round."""

from __future__ import annotations

from typing import Annotated, Any

from django.utils.translation import gettext_lazy as _

from comuna.acts.act import Act, ActFacts, Cite, GroundRole, Performed, Power, World
from comuna.acts.fields import Count, Id, Label, SignedAmount, To
from comuna.acts.refusal import refuse_if
from comuna.treasury import effects, queries
from comuna.treasury.acts.advancing import taken_back
from comuna.treasury.acts.bearing import (
    EntryDay,
    LineRow,
    Words,
    bearable,
    entry_to_take_back,
    lines_of,
    refuse_kept_one_by_one,
    rows_of,
)
from comuna.treasury.effects import advances, commitments
from comuna.treasury.models import Entry, Payment
from comuna.treasury.queries import transfers
from comuna.treasury.queries.bank import is_kept_one_by_one
from comuna.treasury.queries.commitments import put_back_by
from comuna.treasury.rules import Draft


class Reverse(Act):
    """Take an entry back by one the other way round. Both stay to be read; a payment's money is free in its line
    again."""

    verb = "treasury.reverse"
    power = Power.SEAT
    label = _("Take the entry back")
    said = _("{seat} took entry {folio} back: {words}")
    undo = None  # entered anew

    entry: Annotated[Id, To(Entry), Label(_("Entry"))]
    day: EntryDay
    words: Words

    class Facts(ActFacts):
        book: Id
        made_by: Id
        folio: Count
        lines: tuple[LineRow, ...]
        line: Id | None = None
        spent: SignedAmount | None = None
        advance: Id | None = None
        then_open: SignedAmount | None = None
        commitment: Id | None = None
        promised: SignedAmount | None = None  # of it
        committed: SignedAmount | None = None  # of the line

    def in_organ(self) -> str | None:
        return queries.organ_of_entry(self.entry)

    def check(self, world: World) -> Facts:
        entry, lines = entry_to_take_back(world, self.entry, self.day)
        refuse_if(
            entry.reverses_id is not None,
            "treasury.is-a-reversal",
            _("This entry takes another one back; enter that one anew instead."),
            field="entry",
        )
        refuse_if(
            transfers.by_entry(entry.id) is not None,
            "treasury.is-a-transfer",
            _("It stands in two books: take the transfer itself back."),
            field="entry",
        )
        refuse_kept_one_by_one("entry", if_so=is_kept_one_by_one(entry.id))
        bearable(lines, below_nothing=True, field="entry")
        payment = Payment.objects.filter(entry=entry).select_related("line").first()
        paid = sum(line.amount for line in lines if payment and line.account == payment.line.account_id)
        undone, again = taken_back(entry), put_back_by(entry)
        return self.Facts(
            book=entry.book_id,
            made_by=entry.act,
            folio=entry.folio,
            lines=rows_of(lines),
            line=payment.line_id if payment else None,
            spent=str(payment.line.spent + paid) if payment else None,
            advance=undone.advance if undone else None,
            then_open=str(undone.open) if undone else None,
            commitment=again.commitment if again else None,
            promised=str(again.open) if again else None,
            committed=str(again.committed) if again else None,
        )

    def cites(self, facts: Any) -> tuple[Cite, ...]:
        return (Cite(facts.made_by, GroundRole.CORRECTS),)

    def apply(self, record: Performed) -> None:
        facts = record.facts
        draft = Draft(record.id, facts.book, self.day, self.words, lines_of(facts.lines), reverses=self.entry)
        effects.post(record, [draft])
        if facts.line is not None:
            effects.change_line(record, facts.line, spent=int(facts.spent))
        if facts.commitment is not None:
            commitments.put_back(record, facts.commitment, facts.line, int(facts.committed), int(facts.promised))
        if facts.advance is not None:
            advances.leave_open(record, facts.advance, int(facts.then_open))
