"""Things are written into a register, lent until a day and brought back; which organ has what is public, who is not."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from comuna.acts.clock import frozen_at
from comuna.acts.erasing import ErasableAudience, ErasePrivate
from comuna.acts.queries import thread
from comuna.assemblies.models import Resolution
from comuna.assemblies.tests.test_session import Room
from comuna.territory.acts import RegisterPerson
from comuna.treasury.acts import LendAsset, LendToNeighbour, OpenBook, RegisterAsset, RemoveAsset, ReturnAsset, Reverse
from comuna.treasury.acts.things import Origin
from comuna.treasury.models import Asset, AssetLoan
from comuna.treasury.tests.cash import FIRST, LATER, LATER_STILL, TODAY, Cash, budgeted, decide, in_session
from comuna.treasury.tests.test_pages import read, sent
from tests.cast import Cast, refused

TRUCK, DUE = "Camión 350, placa A00-AA0", TODAY + timedelta(days=15)
NAME = "Zenaida Ynés Mijares"


@pytest.fixture
def room(founded: Cast) -> Room:
    return in_session(founded)


@pytest.fixture
def cash(founded: Cast, room: Room) -> Iterator[Cash]:
    with frozen_at(LATER):
        yield budgeted(founded)


@pytest.fixture
def person(founded: Cast) -> UUID:
    act = RegisterPerson(full_name=NAME, birth_day=date(1980, 5, 17), residence_since=date(2001, 1, 1))
    return founded.does(founded.promoter, act).id


def registering(cash: Cash, **other: Any) -> RegisterAsset:
    fields: dict[str, Any] = {
        "book": cash.book,
        "name": TRUCK,
        "origin": Origin.ON_LOAN,
        "source": "Alcaldía",
        "since": FIRST,
        "until": date(2026, 12, 31),
        "state": "Sin repuesto",
    }
    return RegisterAsset(**fields | other)


def registered(cash: Cash, **other: Any) -> UUID:
    return cash.does(registering(cash, **other)).id


def lending(asset: UUID, **other: Any) -> LendAsset:
    fields: dict[str, Any] = {"asset": asset, "organ": "cc.unit.executive", "day": TODAY, "due": DUE}
    return LendAsset(**fields | other)


def to_neighbour(asset: UUID, person: UUID) -> LendToNeighbour:
    return LendToNeighbour(asset=asset, person=person, day=TODAY, due=DUE)


def test_a_stranger_reads_which_organ_has_what_until_when_and_in_which_state_it_came_back(cash: Cash) -> None:
    truck = registered(cash)
    loan = cash.does(lending(truck)).id
    register = f"/accounts/books/{cash.book}/things/"
    assert register in read(Client(), f"/accounts/books/{cash.book}/")
    for path in (register, f"/accounts/things/{truck}/"):
        page = read(Client(), path)
        assert TRUCK in page and "Unidad Ejecutiva" in page
    assert "en comodato de una institución: Alcaldía" in read(Client(), f"/accounts/things/{truck}/")
    cash.does(ReturnAsset(loan=loan, day=TODAY, words="Con un raspón en la puerta"))
    page = read(Client(), f"/accounts/things/{truck}/")
    assert "Está aquí" in page and "Con un raspón en la puerta" in page
    assert {step.id for step in thread(truck).steps} >= {loan}


def test_to_whom_something_is_lent_only_she_and_who_keeps_the_book_read(cash: Cash, person: UUID) -> None:
    drill = registered(cash, name="Taladro", origin=Origin.GIVEN, until=None)
    loan = cash.does(to_neighbour(drill, person)).id
    there = f"/accounts/things/{drill}/"
    for reader in (Client(), cash.cast.browser(cash.cast.neighbour)):
        assert "una vecina o un vecino" in read(reader, there)
        for path in (there, f"/accounts/books/{cash.book}/things/", f"/acts/{loan}/", "/acts/"):
            assert NAME not in read(reader, path) and "Zenaida" not in read(reader, path)
    assert NAME in read(cash.cast.browser(cash.cast.signer), there)
    cash.cast.signed(ErasePrivate(subject=person, audiences=(ErasableAudience.HOUSEHOLD,), reason="Lo pidió"))
    assert AssetLoan.objects.get().person is None
    assert NAME not in read(cash.cast.browser(cash.cast.signer), there)
    cash.does(ReturnAsset(loan=loan, day=TODAY, words="Entero"))


def test_what_is_bought_names_its_entry_and_what_is_not_names_from_whom(cash: Cash) -> None:
    paid = cash.signed(cash.paying("12000")).id
    bought = {"origin": Origin.BOUGHT, "source": None, "until": None}
    with refused("treasury.bought-by-an-entry"):
        registered(cash, **bought)
    with refused("treasury.bought-by-an-entry"):
        registered(cash, entry=paid)
    with refused("treasury.from-whom"):
        registered(cash, source=None)
    with refused("treasury.back-to-nobody"):
        registered(cash, origin=Origin.GIVEN)
    with refused("treasury.day-to-come"):
        registered(cash, since=TODAY + timedelta(days=1))
    valve = registered(cash, name="Bomba", entry=paid, **bought)
    assert {step.id for step in thread(valve).steps} >= {paid}
    fund = cash.does(OpenBook(kind="cc.fund.social", day=FIRST)).id
    with refused("treasury.other-entry"):
        registered(cash, book=fund, entry=paid, **bought)
    cash.signed(Reverse(entry=paid, day=TODAY, words="Se devolvió"))
    with refused("treasury.other-entry"):
        registered(cash, entry=paid, **bought)


def test_a_thing_is_lent_once_at_a_time_within_its_days(cash: Cash, person: UUID) -> None:
    truck = registered(cash, since=TODAY)
    wrong: dict[str, dict[str, Any]] = {
        "treasury.day-to-come": {"day": TODAY + timedelta(days=1)},
        "treasury.lent-before": {"day": FIRST},
        "treasury.due-before-lent": {"due": FIRST},
        "treasury.lent-beyond": {"due": date(2027, 1, 1)},
        "treasury.no-such-organ": {"organ": "cc.circus"},
    }
    for rule, fields in wrong.items():
        with refused(rule):
            cash.does(lending(truck, **fields))
    loan = cash.does(lending(truck)).id
    with refused("treasury.lent-already"):
        cash.does(to_neighbour(truck, person))
    with refused("treasury.day-to-come"):
        cash.does(ReturnAsset(loan=loan, day=DUE, words="Entero"))
    with refused("treasury.back-before-lent"):
        cash.does(ReturnAsset(loan=loan, day=FIRST, words="Entero"))
    cash.does(ReturnAsset(loan=loan, day=TODAY, words="Entero"))
    with refused("treasury.came-back"):
        cash.does(ReturnAsset(loan=loan, day=TODAY, words="Entero"))


def test_what_does_not_come_back_in_time_is_said_on_the_book(cash: Cash) -> None:
    cash.does(lending(registered(cash)))
    assert "no volvió a tiempo" not in read(Client(), f"/accounts/books/{cash.book}/")
    with frozen_at("2026-03-20T12:00:00Z"):
        assert "1 bien no volvió a tiempo" in read(Client(), f"/accounts/books/{cash.book}/")
        assert "no volvió a tiempo" in read(Client(), f"/accounts/books/{cash.book}/things/")


def test_a_thing_is_taken_out_of_the_register_by_a_decision_when_it_is_here(cash: Cash, room: Room) -> None:
    truck = registered(cash)
    loan = cash.does(lending(truck)).id
    with frozen_at(LATER_STILL):
        decided = decide(room, "Devolver el camión a la alcaldía")
        removing = RemoveAsset(asset=truck, resolution=decided, words="Devuelto a su dueño")
        with refused("treasury.still-lent"):
            cash.does(removing)
        cash.does(ReturnAsset(loan=loan, day=TODAY, words="Entero"))
        cash.does(removing)
        with refused("treasury.taken-out"):
            cash.does(removing)
        with refused("treasury.taken-out"):
            cash.does(lending(truck))
        assert Asset.objects.get().removed_on == TODAY
        assert "sacado del inventario" in read(Client(), f"/accounts/things/{truck}/")


def test_only_who_keeps_the_book_lends(cash: Cash) -> None:
    truck = registered(cash)
    for act in (registering(cash), lending(truck)):
        with refused("mandates.other-seat"):
            cash.does(act, cash.cast.comptroller)


def test_a_thing_goes_its_way_through_forms(cash: Cash, person: UUID) -> None:
    keeper = cash.cast.browser(cash.cast.signer)
    register = f"/accounts/books/{cash.book}/things/"
    form = f"/accounts/things/register/?book={cash.book}"
    assert form in read(keeper, register)
    fields: dict[str, Any] = {"name": TRUCK, "origin": "on-loan", "source": "Alcaldía", "since": "1/2/2026"}
    where = sent(keeper, form, book=cash.book, state="Entero", until="31/12/2026", **fields)
    thing = where.split("/")[3]
    lend = f"/accounts/things/lend/?asset={thing}"
    assert lend in read(keeper, where) and "Unidad Ejecutiva" in read(keeper, lend)
    fields = {"asset": thing, "day": "20/2/2026", "due": "28/2/2026"}
    sent(keeper, lend, organ="cc.unit.executive", **fields)
    back = f"/accounts/things/bring-back/?loan={AssetLoan.objects.get().id}"
    assert back in read(keeper, where)
    sent(keeper, back, loan=AssetLoan.objects.get().id, day="20/2/2026", words="Entero")
    neighbour = f"/accounts/things/{thing}/lend/"
    found = keeper.post(neighbour, {"words": "Zenaida"}, headers={"accept-language": "es"}).content.decode()
    assert f"?person={person}" in found
    sent(keeper, f"{neighbour}?person={person}", person=person, **fields)
    assert NAME in read(keeper, where)
    loan = AssetLoan.objects.get(person=person).id
    sent(keeper, f"/accounts/things/bring-back/?loan={loan}", loan=loan, day="20/2/2026", words="Entero")
    out = f"/accounts/things/take-out/?asset={thing}"
    assert out in read(keeper, where)
    sent(keeper, out, asset=thing, resolution=Resolution.objects.get().id, words="Devuelto")
    assert TRUCK in read(Client(), register)
