"""What the door reads by short statements is what the object mapper would have given."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

from comuna.acts import clock
from comuna.cli.bench import commune
from comuna.journal import sql
from comuna.journal.queries import commune_here
from comuna.journal.tables import State, columns_of, of_class
from comuna.mandates import queries as mandates
from comuna.mandates.powers import held_by
from comuna.statutes import queries as statutes
from conftest import Books


def test_rows_and_mandates_read_either_way_are_equal(books: Books) -> None:
    members = commune.found()
    commune.perform_all(list(commune.everyday_acts(12, UUID(members[0].person))), members[0])
    here = commune_here()
    assert here is not None
    seen = 0
    for model in of_class(State):
        for row in model._default_manager.all():
            short = sql.state_row(model, row.pk, here)
            assert short is not None
            assert [getattr(short, name) for name in columns_of(model)] == [
                getattr(row, name) for name in columns_of(model)
            ]
            assert sql.state_row(model, row.pk, uuid4()) is None
            seen += 1
    assert seen > 30
    today = clock.now().date()
    for day in (today - timedelta(days=1), today, today + timedelta(days=400)):
        statute = statutes.in_force(here, day)
        assert statute == statutes.text_of(statutes.adoption_on(here, day).digest)
        for member in members:
            long = mandates.mandates_of(UUID(member.person), day)
            short_ones = held_by(UUID(member.person), statute, day)
            assert [(one.mandate, one.kind, one.number, one.is_alternate, one.status) for one in long] == [
                (one.mandate, one.kind, one.number, one.is_alternate, one.status) for one in short_ones
            ]
