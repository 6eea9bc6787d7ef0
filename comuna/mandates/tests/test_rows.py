"""Mandates asked for at every act are those that the mapper reads: with rests, departures, returns and endings."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from comuna.mandates.acts import Suspend
from comuna.mandates.models import Mandate, Suspension
from comuna.mandates.queries import _begun as on
from comuna.mandates.queries.rows import Row, ever
from comuna.mandates.rules import EndingKind
from comuna.territory.acts import RecordDeparture, UndoDeparture
from comuna.territory.acts.whereabouts import Because
from comuna.territory.models import Return
from comuna.territory.queries import display_name
from tests.cast import TODAY, Cast

UNDONE = EndingKind.UNDONE.value


def _in_order(rows: Iterable[Mandate]) -> list[tuple[object, ...]]:
    return [_said(one) for one in sorted(rows, key=lambda one: (one.born, one.is_alternate, one.id.hex))]


def _said(one: Mandate) -> tuple[object, ...]:
    ending, rests = getattr(one, "ending", None), one.suspensions.order_by("begins")
    return (
        one.id,
        (one.seat.kind, one.seat.organ, one.seat.number, one.is_alternate),
        (one.person_id, one.public_name or display_name(one.person)),
        (one.begins, one.ends),
        (one.origin, one.origin_words, one.act, one.born),
        (ending.id, ending.kind, ending.on, ending.barred_until, ending.act) if ending else None,
        (one.person.left_on, one.person.left_because),
        sorted((back.left_on, back.born) for back in one.person.returns.all()),
        [(rest.id, rest.begins, rest.ends) for rest in rests],
    )


def _read(rows: Iterable[Row]) -> list[tuple[object, ...]]:
    return [
        (
            one.id,
            (one.kind, one.organ, one.number, one.is_alternate),
            (one.person, one.name),
            (one.term.begins, one.term.ends),
            (one.origin, one.origin_words, one.act, one.born),
            tuple(one.ending) if one.ending else None,
            one.left,
            sorted(one.returns),
            [(rest.id, rest.begins, rest.ends) for rest in one.rests],
        )
        for one in rows
    ]


def test_they_are_the_same_by_short_statements(founded: Cast) -> None:
    founded.signed(RecordDeparture(person=founded.signer, on=TODAY, because=Because.MOVED))
    founded.does(founded.secretary, UndoDeparture(person=founded.signer, since=TODAY))
    founded.signed(RecordDeparture(person=founded.comptroller, on=TODAY, because=Because.DIED))
    founded.signed(Suspend(mandate=founded.mandate(founded.secretary), reason="Mientras se revisa el libro"))
    assert Return.objects.exists()
    assert Suspension.objects.exists()
    here, rows = founded.commune, Mandate.objects.filter(commune=founded.commune)
    kinds = {"cc.finance", "cc.secretary"}
    for day in (date(2025, 6, 1), TODAY - timedelta(days=1), TODAY, TODAY + timedelta(days=800)):
        that_day = rows.filter(begins__lte=day).exclude(ending__on__lte=day).exclude(ending__kind=UNDONE)
        assert _read(on(here, day)) == _in_order(that_day)
        assert _read(on(here, day, kinds)) == _in_order(that_day.filter(seat__kind__in=kinds))
        assert _read(on(here, day, over=True)) == _in_order(that_day.filter(ends__lt=day))
    stands = rows.exclude(ending__kind=UNDONE)
    assert _read(ever(here, kinds=kinds)) == _in_order(stands.filter(seat__kind__in=kinds))
    people = [founded.signer, founded.recalled, founded.comptroller]
    assert _read(ever(here, people=people)) == _in_order(stands.filter(person__in=people))
    assert {bool(one.returns) for one in on(here, TODAY)} == {True, False}
    assert {bool(one.rests) for one in on(here, TODAY)} == {True, False}
    assert any(one.ending for one in ever(here, people=people))
    assert on(here, TODAY, ()) == []
