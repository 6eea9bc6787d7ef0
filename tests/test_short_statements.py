"""What the door reads by short statements is what the object mapper would have given."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection

from comuna.acts import clock
from comuna.cli.bench import commune
from comuna.journal import sql
from comuna.journal.queries import commune_here
from comuna.journal.tables import State, columns_of, of_class
from comuna.mandates import queries as mandates
from comuna.mandates.powers import in_books
from comuna.statutes import queries as statutes
from conftest import Books

_SQLITE_TRANSACTION = 22


@pytest.mark.sqlite_only
def test_no_everyday_act_reads_the_whole_roll_or_every_code(books: Books) -> None:
    members = commune.found()
    asked: dict[str, Any] = {}

    def note(execute: Any, statement: str, values: Any, many: bool, context: Any) -> Any:
        if statement.startswith("SELECT"):
            asked[statement] = values
        return execute(statement, values, many, context)

    with connection.execute_wrapper(note):
        commune.perform_all(list(commune.everyday_acts(4, UUID(members[0].person))), members[0])
    about = [one for one in asked if "FROM territory_person" in one or "FROM mandates_claimcode" in one]
    assert len(about) >= 4
    with connection.cursor() as cursor:
        for statement in about:
            cursor.execute(f"EXPLAIN QUERY PLAN {statement}", asked[statement])
            plan = " ".join(str(row[-1]) for row in cursor.fetchall())
            assert "SCAN" not in plan, f"{statement}: {plan}"
            assert "people_who_belong_here" not in plan, f"{statement}: {plan}"


@pytest.mark.sqlite_only
def test_what_acts_ask_again_and_again_stays_compiled_whatever_was_asked_before(books: Books) -> None:
    members = commune.found()
    acts = list(commune.everyday_acts(12, UUID(members[0].person)))
    connection.close()
    with connection.cursor() as cursor:
        for number in range(200):
            cursor.execute(f"SELECT {number}")
    compiled: list[int] = []

    def allow(what: int, *_on: Any) -> int:
        compiled.append(what)
        return 0

    connection.connection.set_authorizer(allow)  # told of all that is compiled
    commune.perform_all(acts[:8], members[0])
    compiled.clear()
    commune.perform_all(acts[8:], members[0])
    connection.connection.set_authorizer(None)
    assert set(compiled) == {_SQLITE_TRANSACTION}, "no statement but the driver's own COMMIT"


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
        for member in members:
            long = mandates.mandates_of(UUID(member.person), day)
            known = in_books(UUID(member.person), here, statute, day)
            assert known is not None
            assert (known.left_on, known.has_account) == (None, True)
            short_ones = known.held
            assert [(one.mandate, one.kind, one.number, one.is_alternate, one.status) for one in long] == [
                (one.mandate, one.kind, one.number, one.is_alternate, one.status) for one in short_ones
            ]
