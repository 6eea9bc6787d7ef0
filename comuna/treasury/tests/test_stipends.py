"""Stipends that an institution pays: sums are public, each reads her own, those who keep the book read all of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from comuna.acts.clock import frozen_at
from comuna.acts.erasing import ErasableAudience, ErasePrivate
from comuna.acts.queries import thread
from comuna.journal.models import Record
from comuna.mandates.acts import RegisterCouncil
from comuna.statutes import builtin
from comuna.territory.acts import RegisterPerson
from comuna.treasury.acts import ListStipends, OpenBook, ReceiveStipends, WithdrawStipends
from comuna.treasury.acts.stipends import ROWS_MAX, StipendRow
from comuna.treasury.models import Stipend, StipendList
from comuna.treasury.tests.cash import LATER, Cash, budgeted, in_session
from comuna.treasury.tests.test_pages import read, sent
from conftest import Books
from tests.cast import Cast, refused
from tests.town import LONG_AGO, TODAY as TOWN_DAY, founded as founded_town

NAME, PAYER = "Zoraida Ynés Urbaneja", "Ministerio de las Comunas"


@pytest.fixture
def cash(founded: Cast) -> Iterator[Cash]:
    in_session(founded)
    with frozen_at(LATER):
        yield budgeted(founded)


@pytest.fixture
def person(founded: Cast) -> UUID:
    act = RegisterPerson(full_name=NAME, birth_day=date(1980, 5, 17), residence_since=date(2001, 1, 1))
    return founded.does(founded.promoter, act).id


def rows(*people: UUID, amount: str = "7531") -> tuple[StipendRow, ...]:
    return tuple(StipendRow(person=one, amount=amount) for one in people)


def listing(cash: Cash, *people: UUID, **other: Any) -> ListStipends:
    fields: dict[str, Any] = {
        "book": cash.book,
        "organ": "cc.unit.executive",
        "day": date(2026, 2, 15),
        "payer": PAYER,
        "unit": "VES",
        "rows": rows(*people),
    }
    return ListStipends(**fields | other)


def coming(list_: UUID, *people: UUID, **other: Any) -> ReceiveStipends:
    fields: dict[str, Any] = {"list": list_, "unit": "VES", "rows": rows(*people)}
    return ReceiveStipends(**fields | other)


def test_anybody_reads_what_was_promised_and_what_came_and_nobody_to_whom(cash: Cash, person: UUID) -> None:
    hers, others = rows(person), (*rows(cash.cast.neighbour, amount="2000"), *rows(cash.cast.secretary, amount="3000"))
    made = cash.does(listing(cash, rows=(*hers, *others))).id
    cash.does(coming(made, rows=(*hers, others[1])))
    pages = [f"/accounts/books/{cash.book}/stipends/", f"/accounts/stipends/{made}/"]
    acts = [f"/acts/{id}/" for id in Record.objects.filter(verb__contains="stipends").values_list("id", flat=True)]
    assert pages[0] in read(Client(), f"/accounts/books/{cash.book}/") and len(acts) == 2
    for reader in (Client(), cash.cast.browser(cash.cast.comptroller)):
        for path in pages:
            page = read(reader, path)
            assert "125,31 VES" in page and "105,31 VES" in page and PAYER in page and "Unidad Ejecutiva" in page
        for path in (*pages, *acts):
            page = read(reader, path)
            assert NAME not in page and "Zoraida" not in page and "75,31" not in page, path
    keeper = read(cash.cast.browser(cash.cast.signer), pages[1])
    assert NAME in keeper and "75,31 VES" in keeper
    own = read(cash.cast.browser(cash.cast.neighbour), pages[0])
    assert "Mis estipendios" in own and "20,00 VES" in own and NAME not in own


def test_what_came_is_written_down_again_and_the_sum_follows(cash: Cash, person: UUID) -> None:
    made = cash.does(listing(cash, person, cash.cast.neighbour)).id
    cash.does(coming(made, person, cash.cast.neighbour))
    cash.does(coming(made, rows=rows(person, amount="31")))
    row = StipendList.objects.get()
    assert (row.month, row.people, row.promised, row.received) == (date(2026, 2, 1), 2, 15_062, 7_562)
    assert Stipend.objects.get(person=person).received == 31
    assert len(thread(made).steps) == 3
    assert "no llegaron 75,00 VES" in read(Client(), f"/accounts/stipends/{made}/")


def test_erasing_her_keeps_the_sums(cash: Cash, person: UUID) -> None:
    made = cash.does(listing(cash, person, cash.cast.neighbour)).id
    cash.does(coming(made, person))
    cash.cast.signed(ErasePrivate(subject=person, audiences=(ErasableAudience.HOUSEHOLD,), reason="Lo pidió"))
    one = Stipend.objects.get(person=person)
    assert (one.promised, one.received) == (None, None)
    cash.does(coming(made, cash.cast.neighbour))
    assert StipendList.objects.get().received == 15_062


def test_lists_that_cannot_be_are_refused(cash: Cash, person: UUID) -> None:
    wrong: dict[str, dict[str, Any]] = {
        "treasury.no-stipends": {"rows": ()},
        "treasury.stipend-twice": {"rows": rows(person, person)},
        "treasury.too-many-stipends": {"rows": rows(person) * (ROWS_MAX + 1)},
        "treasury.no-such-organ": {"organ": "cc.circus"},
        "treasury.no-such-unit": {"unit": "XAU"},
        "treasury.too-large": {"rows": rows(person, cash.cast.neighbour, amount="9" * 15)},
    }
    for rule, fields in wrong.items():
        with refused(rule):
            cash.does(listing(cash, person, **fields))
    with refused("mandates.other-seat"):
        cash.does(listing(cash, person), cash.cast.comptroller)
    cash.does(listing(cash, person))
    with refused("treasury.stipend-listed"):
        cash.does(listing(cash, person, day=date(2026, 2, 28)))
    cash.does(listing(cash, person, day=date(2026, 3, 1)))


def test_what_comes_is_of_the_list_and_in_its_unit(cash: Cash, person: UUID) -> None:
    made = cash.does(listing(cash, person)).id
    with refused("treasury.not-on-the-list"):
        cash.does(coming(made, cash.cast.neighbour))
    with refused("treasury.stipends-in-another-unit"):
        cash.does(coming(made, person, unit="USD"))


def test_a_list_is_taken_back_until_something_came(cash: Cash, person: UUID) -> None:
    made = cash.does(listing(cash, person)).id
    cash.does(WithdrawStipends(list=made, words="Era de marzo"))
    assert not Stipend.objects.exists()
    again = cash.does(listing(cash, person)).id
    cash.does(coming(again, person))
    with refused("treasury.stipends-came"):
        cash.does(WithdrawStipends(list=again, words="Era de marzo"))


def test_a_list_is_written_filled_and_taken_back_through_forms(cash: Cash, person: UUID) -> None:
    keeper = cash.cast.browser(cash.cast.signer)
    overview = f"/accounts/books/{cash.book}/stipends/"
    form = f"{overview}write/"
    assert form in read(keeper, overview)
    found = keeper.post(form, {"words": "Zoraida"}, headers={"accept-language": "es"}).content.decode()
    assert f"{form}?person={person}" in found and "look=1" in read(keeper, form)
    assert NAME in read(keeper, f"{form}?person={person}")
    fields: dict[str, Any] = {"organ": "cc.unit.executive", "day": "15/2/2026", "payer": PAYER, "unit": "VES"}
    row = {"rows.0.person": person, "rows.0.amount": "75,31"}
    where = sent(keeper, form, book=cash.book, **fields, **row)
    list_ = where.split("/")[3]
    receive = f"/accounts/stipends/receive/?list={list_}"
    assert receive in read(keeper, where) and 'value="75,31"' in read(keeper, receive)
    assert NAME in read(keeper, form)  # begins with those of the newest list
    back = f"/accounts/stipends/take-back/?list={list_}"
    assert back in read(keeper, where)
    sent(keeper, receive, list=list_, unit="VES", **row)
    assert "llegó todo" in read(Client(), where) and back not in read(keeper, where)
    other = cash.does(listing(cash, person, day=date(2026, 3, 1))).id
    where = sent(keeper, f"/accounts/stipends/take-back/?list={other}", list=other, words="Era de abril")
    assert where == overview


def test_no_other_council_lists_an_organ_or_learns_who_is_listed(books: Books) -> None:
    town = founded_town(builtin.text("venezuela-commune"))
    council, other = "el-mirador", "la-ceiba"
    for name in ("El Mirador", "La Ceiba"):
        town.enact(RegisterCouncil(name=name))

    def resident(of: str) -> UUID:
        town.neighbours += 1
        return town.do(
            town.promoters[0],
            RegisterPerson(
                full_name=f"Marisol Guerra {town.neighbours}",
                birth_day=date(1980, 5, 17),
                residence_since=LONG_AGO,
                council=of,
            ),
        ).id

    def keeper(of: str) -> tuple[UUID, UUID]:
        person = resident(of)
        town.claim(person)
        town.enact(town.entry(person, f"cc.finance@{of}"))
        return person, town.do(person, OpenBook(kind=f"cc.books@{of}", day=TOWN_DAY)).id

    (ours, book), (theirs, their_book), person = keeper(council), keeper(other), resident(council)
    act = ListStipends(
        book=book, organ=f"cc.unit.finance@{council}", day=TOWN_DAY, payer="Ministerio", unit="VES",
        rows=(StipendRow(person=person, amount="1"),),
    )  # fmt: skip
    for _listed in (False, True):
        for organ in (act.organ, "pc.parliament"):
            with refused("treasury.other-councils-organ"):
                town.do(theirs, act.model_copy(update={"book": their_book, "organ": organ}))
        if not _listed:
            town.do(ours, act)
    with refused("treasury.stipend-listed"):
        town.do(ours, act)
