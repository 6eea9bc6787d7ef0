"""Mandates asked for at every act are those that the mapper reads: with rests, departures, returns and endings."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from comuna.mandates.acts import Suspend
from comuna.mandates.models import Mandate, Suspension
from comuna.mandates.queries.plain import Plain, ever, on, plain, with_history
from comuna.mandates.rules import EndingKind
from comuna.territory.acts import RecordDeparture, UndoDeparture
from comuna.territory.acts.whereabouts import Because
from comuna.territory.models import Return
from tests.cast import TODAY, Cast

UNDONE = EndingKind.UNDONE.value


def _in_order(rows: Iterable[Mandate]) -> list[Plain]:
    return sorted(plain(rows), key=lambda one: (one.born, one.id.hex))


def test_they_are_the_same_by_short_statements(founded: Cast) -> None:
    founded.does(founded.secretary, RecordDeparture(person=founded.signer, on=TODAY, because=Because.MOVED))
    founded.does(founded.secretary, UndoDeparture(person=founded.signer, since=TODAY))
    founded.does(founded.secretary, RecordDeparture(person=founded.comptroller, on=TODAY, because=Because.DIED))
    founded.signed(Suspend(mandate=founded.mandate(founded.secretary), reason="Mientras se revisa el libro"))
    assert Return.objects.exists()
    assert Suspension.objects.exists()
    here, rows = founded.commune, with_history().filter(commune=founded.commune)
    kinds = {"cc.finance", "cc.secretary"}
    for day in (date(2025, 6, 1), TODAY - timedelta(days=1), TODAY, TODAY + timedelta(days=800)):
        that_day = rows.filter(begins__lte=day).exclude(ending__on__lte=day).exclude(ending__kind=UNDONE)
        assert on(here, day) == _in_order(that_day)
        assert on(here, day, kinds) == _in_order(that_day.filter(seat__kind__in=kinds))
        assert on(here, day, over=True) == _in_order(that_day.filter(ends__lt=day))
    stands = rows.exclude(ending__kind=UNDONE)
    assert ever(here, kinds=kinds) == _in_order(stands.filter(seat__kind__in=kinds))
    people = [founded.signer, founded.recalled, founded.comptroller]
    assert ever(here, people=people) == _in_order(stands.filter(person__in=people))
    assert {bool(one.returns) for one in on(here, TODAY)} == {True, False}
    assert {bool(one.suspensions) for one in on(here, TODAY)} == {True, False}
    assert any(one.ending for one in ever(here, people=people))
    assert on(here, TODAY, ()) == []
