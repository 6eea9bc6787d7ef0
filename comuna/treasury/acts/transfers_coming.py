"""What becomes of what is under way between books of two organs: received, sent back, taken back."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from comuna.acts.act import Act, ActFacts, Cite, GroundRole, Performed, Power, World
from comuna.acts.fields import Amount, Id, Label, StatuteLine, To, UnitCode
from comuna.acts.refusal import Refused, refuse_if
from comuna.treasury.acts.bearing import (
    EntryDay,
    LineRow,
    Words,
    bearable,
    entry_to_take_back,
    lines_of,
    open_day,
    rows_of,
)
from comuna.treasury.acts.moving import Reference
from comuna.treasury.acts.transferring import Where, called, coming_in
from comuna.treasury.effects import transfers as effects
from comuna.treasury.models import Transfer
from comuna.treasury.queries import transfers
from comuna.treasury.rules import Draft, Line

Which = Annotated[Id, To(Transfer), Label(_("What is under way"))]


def _under_way(world: World, id: UUID) -> Transfer:
    """Raises Refused where it was received or taken back already."""
    found = world.get(Transfer, id, field="transfer")
    refuse_if(
        not transfers.is_open(found),
        "treasury.not-under-way",
        _("It is not under way any more: it was received, or taken back."),
        field="transfer",
    )
    return found


class ReceiveTransfer(Act):
    """Enter in your book what another organ sent to it and you have received."""

    verb = "treasury.receive_transfer"
    power = Power.SEAT
    label = _("Receive it")
    said = _("{seat} received {amount} in “{to_name}” from “{from_name}”")
    undo = "treasury.take_back_received"

    transfer: Which
    day: EntryDay
    into_account: Where
    reference: Reference = None

    class Facts(ActFacts):
        book: Id
        from_name: StatuteLine
        to_name: StatuteLine
        unit: UnitCode
        amount: Amount
        coming: tuple[LineRow, ...]

    def in_organ(self) -> str | None:
        return transfers.organ_receiving(self.transfer)

    def check(self, world: World) -> Facts:
        sent = _under_way(world, self.transfer)
        open_day(world, sent.into, self.day)
        refuse_if(self.day < sent.day, "treasury.received-before-sent", _("It was sent on a later day."), field="day")
        return self.Facts(
            book=sent.into_id,
            from_name=called(world, sent.out_of),
            to_name=called(world, sent.into),
            unit=sent.unit,
            amount=str(sent.amount),
            coming=rows_of(coming_in(world, sent.into, self.into_account, sent.unit, sent.amount)),
        )

    def cites(self, facts: Any) -> tuple[Cite, ...]:
        return (Cite(self.transfer, GroundRole.ANSWERS),)

    def apply(self, record: Performed) -> None:
        lines = lines_of(record.facts.coming)
        draft = Draft(record.id, record.facts.book, self.day, "", lines, self.reference or "")
        effects.receive(record, self.transfer, draft)


class SendBackTransfer(Act):
    """Say that you do not receive what another organ sent: it never came, is another sum, or was not meant for you. Who
    sent it takes it back into its own book."""

    verb = "treasury.send_back_transfer"
    power = Power.SEAT
    label = _("Send it back")
    said = _("{seat} did not receive {amount} from “{from_name}” and sent it back: {words}")
    undo = "treasury.receive_transfer"

    transfer: Which
    day: EntryDay
    words: Annotated[Words, Label(_("Why"))]

    class Facts(ActFacts):
        from_name: StatuteLine
        unit: UnitCode
        amount: Amount

    def in_organ(self) -> str | None:
        return transfers.organ_receiving(self.transfer)

    def check(self, world: World) -> Facts:
        sent = _under_way(world, self.transfer)
        refuse_if(self.day > world.day, "treasury.day-to-come", _("This day has not come yet."), field="day")
        refuse_if(self.day < sent.day, "treasury.received-before-sent", _("It was sent on a later day."), field="day")
        refuse_if(
            sent.sent_back is not None,
            "treasury.sent-back-already",
            _("It was sent back already; who sent it takes it back."),
            field="transfer",
        )
        return self.Facts(from_name=called(world, sent.out_of), unit=sent.unit, amount=str(sent.amount))

    def cites(self, facts: Any) -> tuple[Cite, ...]:
        return (Cite(self.transfer, GroundRole.ANSWERS),)

    def apply(self, record: Performed) -> None:
        effects.send_back(record, self.transfer, self.day)


class TakeBackReceived(Act):
    """Take back that something was received, entered by mistake, by an entry the other way round. It is under way
    again."""

    verb = "treasury.take_back_received"
    power = Power.SEAT
    label = _("It was not received")
    said = _("{seat} took back that {amount} had been received from “{from_name}”: {words}")
    undo = None  # received anew

    transfer: Which
    day: EntryDay
    words: Words

    class Facts(ActFacts):
        book: Id
        received: Id
        made_by: Id
        from_name: StatuteLine
        unit: UnitCode
        amount: Amount
        lines: tuple[LineRow, ...]

    def in_organ(self) -> str | None:
        return transfers.organ_receiving(self.transfer)

    def check(self, world: World) -> Facts:
        sent = world.get(Transfer, self.transfer, field="transfer")
        if sent.received_id is None or not sent.is_between_organs:
            words = _("It was not received from another organ.")
            raise Refused("treasury.not-received", words, field="transfer")
        entry, lines = entry_to_take_back(world, sent.received_id, self.day)
        bearable(lines, below_nothing=True, field="transfer")
        return self.Facts(
            book=sent.into_id,
            received=entry.id,
            made_by=entry.act,
            from_name=called(world, sent.out_of),
            unit=sent.unit,
            amount=str(sent.amount),
            lines=rows_of(lines),
        )

    def cites(self, facts: Any) -> tuple[Cite, ...]:
        return (Cite(facts.made_by, GroundRole.CORRECTS),)

    def apply(self, record: Performed) -> None:
        facts = record.facts
        draft = Draft(record.id, facts.book, self.day, self.words, lines_of(facts.lines), reverses=facts.received)
        effects.take_receipt_back(record, self.transfer, draft)


class TakeBackTransfer(Act):
    """Take back what was moved to another book of ours, in both books; or what was sent to another organ, as long as it
    has not received it, in yours. By entries the other way round."""

    verb = "treasury.take_back_transfer"
    power = Power.SEAT
    label = _("Take it back")
    said = _("{seat} took {amount} for “{to_name}” back: {words}")
    undo = None  # moved or sent anew

    transfer: Which
    day: EntryDay
    words: Words

    class Facts(ActFacts):
        book: Id
        reverses: Id | None = None
        other: Id
        received: Id | None = None
        to_name: StatuteLine
        unit: UnitCode
        amount: Amount
        lines: tuple[LineRow, ...]
        other_lines: tuple[LineRow, ...] = ()

    def in_organ(self) -> str | None:
        return transfers.organ_sending(self.transfer)

    def check(self, world: World) -> Facts:
        sent = world.get(Transfer, self.transfer, field="transfer")
        refuse_if(
            sent.is_between_organs and sent.received_id is not None,
            "treasury.received-already",
            _("The other organ has received it: it can send it to you, or take back that it received it."),
            field="transfer",
        )
        refuse_if(  # of what went over the first entry is not reversed: its row says it
            sent.taken_back is not None, "treasury.reversed-already", _("It was taken back already."), field="transfer"
        )
        entry, lines = entry_to_take_back(world, sent.entry_id, self.day)
        went_over = sent.unit != lines[0].unit
        if went_over:  # its currency lost zeros while it was under way: the entry itself stays
            signs = [(line.account, line.amount > 0) for line in lines]
            lines = tuple(Line(account, sent.unit, sent.amount if is_in else -sent.amount) for account, is_in in signs)
        other: tuple[Line, ...] = ()
        if sent.received_id is not None:
            _entry, other = entry_to_take_back(world, sent.received_id, self.day)
            bearable(other, below_nothing=True, field="transfer")
        bearable(lines, below_nothing=True, field="transfer")
        return self.Facts(
            book=sent.out_of_id,
            reverses=None if went_over else entry.id,
            other=sent.into_id,
            received=sent.received_id,
            to_name=called(world, sent.into),
            unit=sent.unit,
            amount=str(sent.amount),
            lines=rows_of(lines),
            other_lines=rows_of(other),
        )

    def cites(self, facts: Any) -> tuple[Cite, ...]:
        return (Cite(self.transfer, GroundRole.CORRECTS),)

    def apply(self, record: Performed) -> None:
        facts = record.facts
        drafts = [
            Draft(record.id, facts.book, self.day, self.words, lines_of(facts.lines), reverses=facts.reverses),
        ]
        if facts.received is not None:
            lines = lines_of(facts.other_lines)
            key = record.key("coming")
            drafts.append(Draft(key, facts.other, self.day, self.words, lines, reverses=facts.received))
        effects.take_back(record, self.transfer, drafts, self.day)
