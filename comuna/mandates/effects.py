"""The only writers of seats and mandates. They copy what ``seating`` decided; they judge nothing."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from comuna.acts.act import Performed
from comuna.journal.sql import state_row
from comuna.mandates.models import ClaimCode, Ending, Mandate, NextInLine, Origin, Seat, Succession
from comuna.mandates.places import Ended, Seating, Sooner
from comuna.mandates.rules import EndingKind
from comuna.mandates.seating import Leaving


def seat(record: Performed, seating: Seating, origin: Origin, *, public_name: str = "", origin_words: str = "") -> None:
    """Give somebody a place, and end the mandates that this replaces.

    The words must come from parts of the record about this person: a row whose subject she is, or an act
    that says so (``Act.about``).
    """
    if state_row(Seat, seating.seat, record.commune) is None:
        record.create(Seat, id=seating.seat, kind=seating.kind, organ=seating.organ, number=seating.number)
    record.create(
        Mandate,
        id=seating.mandate,
        seat_id=seating.seat,
        person_id=seating.person,
        is_alternate=seating.is_alternate,
        begins=seating.begins,
        ends=seating.ends,
        origin=origin.value,
        origin_words=origin_words,
        public_name=public_name,
        act=record.id,
    )
    sooner_than = {one.mandate: one.ending for one in seating.sooner}
    for replaced in seating.replaces:
        than = sooner_than.get(replaced)
        _end(record, Leaving(mandate=replaced, kind=EndingKind.REPLACED, on=seating.begins, sooner_than=than))
    if seating.replaced_on is not None:
        _end(record, Leaving(mandate=seating.mandate, kind=EndingKind.REPLACED, on=seating.replaced_on))


def end(record: Performed, leaving: Leaving) -> None:
    """End a mandate; where an alternate steps in, seat that one."""
    _end(record, leaving)
    if leaving.successor is None:
        return
    seat(record, leaving.successor, Origin.SUCCESSION, public_name=_public_name(leaving))
    record.create(
        Succession,
        id=record.key("succession", leaving.mandate),
        mandate_id=leaving.successor.mandate,
        after_id=leaving.mandate,
        alternate_id=leaving.alternate,
    )
    if leaving.alternate is not None:
        _end(record, Leaving(mandate=leaving.alternate, kind=EndingKind.STEPPED_IN, on=leaving.on))


def _public_name(leaving: Leaving) -> str:
    """The name that who steps in accepted as an alternate, or when standing for election."""
    if leaving.alternate is not None:
        return str(Mandate.objects.get(pk=leaving.alternate).public_name)
    if leaving.next_in_line is not None:
        return str(NextInLine.objects.get(pk=leaving.next_in_line).public_name)
    return ""


def line_up(record: Performed, kind: str, people: Iterable[tuple[UUID, str]]) -> None:
    """Who comes next by votes after an election for a kind of seat: person and public name, the first first.

    The names must come from parts of the record about these people.
    """
    record.create_many(
        NextInLine,
        [
            {
                "id": record.key("next in line", kind, place),
                "kind": kind,
                "person_id": person,
                "place": place,
                "public_name": public_name,
            }
            for place, (person, public_name) in enumerate(people, start=1)
        ],
    )


def undo_line_up(record: Performed, kind: str, born: int) -> None:
    """Take back who came next after the election that the record of that number wrote down."""
    record.remove_all(NextInLine, commune=record.commune, kind=kind, born=born)


def undo_end(record: Performed, ending: Ending, earlier: Ended | None = None) -> None:
    """Take an ending back, and with it the succession it brought about; where it had come before an ending that was
    already written down, that one (``earlier``) says again what it said."""
    if earlier is not None:
        _say_again(record, ending.id, earlier)
        return
    succession = Succession.objects.filter(after=ending.mandate_id).first()
    if succession is not None:
        if succession.alternate_id is not None:
            record.remove(Ending, Ending.objects.get(mandate=succession.alternate_id).id)
        record.remove(Succession, succession.id)
        begins = Mandate.objects.get(pk=succession.mandate_id).begins
        _end(record, Leaving(mandate=succession.mandate_id, kind=EndingKind.UNDONE, on=begins))
    record.remove(Ending, ending.id)


def undo_seat(record: Performed, mandate: Mandate, sooner: Iterable[Sooner] = ()) -> None:
    """Say that a mandate never was; what it had replaced stands again, or ends as was written down before."""
    earlier = {one.ending: one.earlier for one in sooner}
    for ending in Ending.objects.filter(act=mandate.act, kind=EndingKind.REPLACED.value).order_by("id"):
        if ending.id in earlier:
            _say_again(record, ending.id, earlier[ending.id])
        else:
            record.remove(Ending, ending.id)
    _end(record, Leaving(mandate=mandate.id, kind=EndingKind.UNDONE, on=mandate.begins))


def _say_again(record: Performed, ending: UUID, said: Ended) -> None:
    """An ending says what it said before another one came first."""
    columns = {"kind": said.kind.value, "on": said.on, "barred_until": said.barred_until, "act": said.act}
    record.update(Ending, ending, **columns)


def issue_code(record: Performed, id: UUID, person: UUID, digest: str, expires_on: date) -> None:
    """A code that opens an account for a person; it stands above every earlier one of theirs."""
    record.create(ClaimCode, id=id, person_id=person, digest=digest, expires_on=expires_on, act=record.id)


def _end(record: Performed, leaving: Leaving) -> None:
    ending = {
        "kind": leaving.kind.value,
        "on": leaving.on,
        "barred_until": leaving.barred_until,
        "act": record.id,
    }
    if leaving.sooner_than is not None:
        record.update(Ending, leaving.sooner_than, **ending)
    else:
        record.create(Ending, id=record.key("ending", leaving.mandate), mandate_id=leaving.mandate, **ending)
