"""Who may act is asked once and then known; whatever changes it, the next act goes by it."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection

from comuna.acts.act import Act
from comuna.acts.acts import Propose, Sign
from comuna.acts.authority import Actor
from comuna.acts.door import Request, perform_all
from comuna.journal.lock import RowsOf
from comuna.journal.models import Record
from comuna.journal.tables import State, of_class
from comuna.mandates import powers, queries
from comuna.mandates.acts import Suspend
from comuna.mandates.tests.toy import Elect, Recall
from comuna.statutes import queries as statutes
from comuna.territory.acts import AddStreet, RecordDeparture, UndoDeparture
from comuna.territory.acts.whereabouts import Because
from tests.cast import TODAY, Cast, refused


def street(name: str = "") -> Act:
    return AddStreet(name=name or f"Vereda {uuid4().hex[:8]}")


def test_power_that_was_known_ends_within_one_batch(founded: Cast) -> None:
    founded.does(founded.secretary, street())
    batch = [street(), Recall(mandate=founded.mandate(founded.secretary)), street()]
    with refused("mandates.recalled"):
        perform_all([Request(act, uuid4()) for act in batch], Actor(founded.secretary))
    founded.does(founded.secretary, street())  # all of it was taken back, the recall too


def test_power_that_was_taken_back_with_a_batch_is_not_known_after_it(founded: Cast) -> None:
    founded.does(founded.secretary, street("Vereda 9"))
    batch = [Elect(person=founded.neighbour, kind="cc.electoral"), street(), street("Vereda 9")]
    with refused("territory.street-known"):
        perform_all([Request(act, uuid4()) for act in batch], Actor(founded.neighbour))
    with refused("mandates.no-seat"):
        founded.does(founded.neighbour, street())


def test_power_ends_with_the_act_that_changes_a_row(founded: Cast) -> None:
    gone = RecordDeparture(person=founded.promoter, on=TODAY, because=Because.MOVED)
    proposal = founded.does(founded.other_promoters[0], Propose(act=gone)).id
    with refused("mandates.ended"):
        acts = (street(), Sign(proposal=proposal), street())
        perform_all([Request(act, uuid4()) for act in acts], Actor(founded.promoter))


def _by_another_process(statement: str, *values: Any) -> None:
    other = sqlite3.connect(connection.settings_dict["NAME"])
    other.execute(statement, values)
    other.commit()
    other.close()


def _by_this_one(statement: str, *values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement.replace("?", "%s"), values)


@pytest.mark.sqlite_only
@pytest.mark.parametrize("write", [_by_another_process, _by_this_one])
def test_what_somebody_changed_otherwise_than_by_an_act_is_seen(founded: Cast, write: Callable[..., None]) -> None:
    founded.does(founded.secretary, street())
    founded.does(founded.secretary, street())
    change = "UPDATE territory_person SET left_on = ? WHERE id = ?"
    write(change, "2026-02-01", founded.secretary.hex)
    with refused("mandates.ended"):
        founded.does(founded.secretary, street())
    write(change, None, founded.secretary.hex)
    founded.does(founded.secretary, street())


def test_power_goes_by_every_table_that_it_is_said_to_rest_on(founded: Cast) -> None:
    """Every question behind an answer is asked here; each table of the state in it must be named."""
    founded.signed(Suspend(mandate=founded.mandate(founded.signer), reason="Mientras se revisa el libro"))
    founded.signed(RecordDeparture(person=founded.secretary, on=TODAY, because=Because.MOVED))
    founded.does(founded.promoter, UndoDeparture(person=founded.secretary, since=TODAY))
    asked: set[str] = set()

    def note(execute: Any, statement: str, values: Any, many: bool, context: Any) -> Any:
        asked.update(re.findall(r"(?:FROM|JOIN) (\w+)", statement))
        return execute(statement, values, many, context)

    state = {model._meta.db_table: model for model in of_class(State)}
    named = {one.table if isinstance(one, RowsOf) else one for one in powers.RESTS_ON}
    statute = statutes.in_force(founded.commune, TODAY)
    with connection.execute_wrapper(note):
        statutes.texts(founded.commune).on(TODAY)
        assert statutes.texts(founded.commune).came == []
        for person in (founded.secretary, founded.signer, founded.promoter):
            powers.in_books(person, founded.commune, statute, TODAY)
        powers.relieved_on(founded.commune, statute)
        queries.holders(founded.commune, TODAY, statute)
        queries.holders(founded.commune, TODAY, statute, {"cc.secretary", statute.founding.seat})
    assert {state[table] for table in asked if table in state} == named
    assert asked - set(state) == {Record._meta.db_table}
