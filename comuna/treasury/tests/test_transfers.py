"""What goes from one book to another: entered in both by one act within an organ, sent and received between organs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from comuna.acts.acts import Propose
from comuna.acts.clock import frozen_at
from comuna.acts.door import Done
from comuna.assemblies.models import Resolution
from comuna.treasury import queries
from comuna.treasury.acts import (
    OpenBook,
    ReceiveTransfer,
    Reverse,
    SendBackTransfer,
    SendTransfer,
    ShareSurplus,
    TakeBackReceived,
    TakeBackTransfer,
    TransferBetweenBooks,
)
from comuna.treasury.effects import account_key
from comuna.treasury.models import Entry, Transfer
from comuna.treasury.rules import rounded, share_of
from comuna.treasury.tests.bank import Bank
from comuna.treasury.tests.cash import FIRST, LATER, TODAY, Cash, budgeted, in_session
from comuna.treasury.tests.test_pages import read, sent
from tests.cast import Cast, refused

WORDS = "Para el fondo"


@dataclass
class Books:
    """The council's accounts with 800,00 VES and its fund; the bank of other people, with 20.000,00."""

    cash: Cash
    fund: UUID
    bank: Bank

    def at(self, book: UUID, code: str) -> UUID:
        return account_key(book, code)

    def held(self, book: UUID, code: str) -> int:
        return queries.balance(self.at(book, code), "VES")

    def moving(self, amount: str = "30000", **other: Any) -> TransferBetweenBooks:
        fields: dict[str, Any] = {
            "out_of": self.cash.book,
            "into": self.fund,
            "day": TODAY,
            "from_account": self.cash.account("1.1.02"),
            "into_account": self.at(self.fund, "1.1.01"),
            "unit": "VES",
            "amount": amount,
            "words": WORDS,
        }
        return TransferBetweenBooks(**fields | other)

    def sending(self, amount: str = "30000", **other: Any) -> SendTransfer:
        fields: dict[str, Any] = {
            "out_of": self.cash.book,
            "into": self.bank.book,
            "day": TODAY,
            "from_account": self.cash.account("1.1.02"),
            "unit": "VES",
            "amount": amount,
            "words": "Aporte a la comuna",
            "resolution": Resolution.objects.earliest("born").id,
        }
        return SendTransfer(**fields | other)

    def sent(self) -> UUID:
        return self.cash.signed(self.sending()).id

    def receiving(self, transfer: UUID, **other: Any) -> ReceiveTransfer:
        fields: dict[str, Any] = {"day": TODAY, "into_account": self.bank.account("1.1.01")}
        return ReceiveTransfer(transfer=transfer, **fields | other)

    def received(self, transfer: UUID) -> Done:
        return self.bank.does(self.receiving(transfer))


@pytest.fixture
def books(founded: Cast) -> Iterator[Books]:
    in_session(founded)
    with frozen_at(LATER):
        cash = budgeted(founded)
        fund = cash.does(OpenBook(kind="cc.fund.social", day=FIRST)).id
        yield Books(cash, fund, Bank.opened(founded))


def test_within_an_organ_one_act_enters_it_in_both_books(books: Books) -> None:
    done = books.cash.signed(books.moving())
    assert (books.cash.held("1.1.02"), books.held(books.fund, "1.1.01")) == (50_000, 30_000)
    assert (books.cash.held("3.1.02"), books.held(books.fund, "3.1.02")) == (30_000, -30_000)
    assert Entry.objects.filter(act=done.id).count() == 2
    assert set(Entry.objects.filter(act=done.id).values_list("words", flat=True)) == {WORDS}


def test_nobody_alone_moves_money_out_of_a_book(books: Books) -> None:
    with refused("acts.needs-signatures"):
        books.cash.does(books.moving())
    with refused("acts.needs-signatures"):
        books.cash.does(books.sending())


def test_what_was_moved_is_taken_back_in_both_books(books: Books) -> None:
    done = books.cash.signed(books.moving())
    books.cash.signed(TakeBackTransfer(transfer=done.id, day=TODAY, words="Era para otro fondo"))
    assert (books.cash.held("1.1.02"), books.held(books.fund, "1.1.01")) == (80_000, 0)
    with refused("treasury.reversed-already"):
        books.cash.signed(TakeBackTransfer(transfer=done.id, day=TODAY, words="Otra vez"))


def test_what_two_signed_is_not_taken_back_by_one(books: Books) -> None:
    back = TakeBackTransfer(transfer=books.sent(), day=TODAY, words="Era para otro fondo")
    with refused("acts.needs-signatures"):
        books.cash.does(back)


def test_one_of_two_entries_is_not_taken_back_alone(books: Books) -> None:
    done = books.cash.signed(books.moving())
    for entry in Entry.objects.filter(act=done.id):
        with refused("treasury.is-a-transfer"):
            books.cash.signed(Reverse(entry=entry.id, day=TODAY, words="Por error"))


def test_a_transfer_within_an_organ_is_not_for_another_ones_book(books: Books) -> None:
    into = books.bank.account("1.1.01")
    with refused("treasury.other-organs-book"):
        books.cash.signed(books.moving(into=books.bank.book, into_account=into))
    with refused("treasury.own-book"):
        books.cash.signed(books.sending(into=books.fund))
    with refused("treasury.same-book"):
        books.cash.signed(books.moving(into=books.cash.book))
    with refused("treasury.not-enough"):
        books.cash.signed(books.moving("80001"))
    with refused("treasury.other-account"):
        books.cash.signed(books.moving(into_account=books.cash.account("1.1.01")))


def test_between_organs_it_is_under_way_until_the_other_one_receives_it(books: Books) -> None:
    sent = books.sent()
    assert (books.cash.held("1.1.02"), books.bank.held("1.1.01")) == (50_000, 2_000_000)
    done = books.received(sent)
    assert (books.cash.held("3.1.02"), books.bank.held("3.1.02")) == (30_000, -30_000)
    assert books.bank.held("1.1.01") == 2_030_000
    assert Transfer.objects.get().received_id == done.id
    with refused("treasury.not-under-way"):
        books.received(sent)
    with refused("treasury.received-already"):
        books.cash.signed(TakeBackTransfer(transfer=sent, day=TODAY, words="Por error"))


def test_nobody_receives_in_another_organs_book(books: Books) -> None:
    sent = books.sent()
    with refused("mandates.other-seat"):
        books.cash.does(books.receiving(sent))
    with refused("mandates.other-seat"):
        books.bank.does(Propose(act=TakeBackTransfer(transfer=sent, day=TODAY, words="No es nuestro")))


def test_money_for_what_another_organ_decides_over_rests_on_a_decision(books: Books) -> None:
    with refused("treasury.decision-needed"):
        books.cash.signed(books.sending(resolution=None))


def test_what_is_sent_back_is_received_after_all_or_taken_back(books: Books) -> None:
    sent = books.sent()
    back = SendBackTransfer(transfer=sent, day=TODAY, words="Llegaron 200")
    books.bank.does(back)
    with refused("treasury.sent-back-already"):
        books.bank.does(back)
    assert books.bank.held("3.1.02") == 0
    books.received(sent)
    assert Transfer.objects.get().sent_back is None
    books.bank.does(TakeBackReceived(transfer=sent, day=TODAY, words="No llegó"))
    books.bank.does(back)
    books.cash.signed(TakeBackTransfer(transfer=sent, day=TODAY, words="Se devolvió"))
    assert (books.cash.held("1.1.02"), books.cash.held("3.1.02")) == (80_000, 0)
    with refused("treasury.not-under-way"):
        books.received(sent)


def test_only_what_was_received_from_another_organ_is_not_received(books: Books) -> None:
    sent, moved = books.sent(), books.cash.signed(books.moving("100")).id
    with refused("treasury.not-received"):
        books.bank.does(TakeBackReceived(transfer=sent, day=TODAY, words="No llegó"))
    with refused("treasury.not-received"):
        books.cash.does(TakeBackReceived(transfer=moved, day=TODAY, words="No llegó"))
    books.received(sent)
    books.bank.does(TakeBackReceived(transfer=sent, day=TODAY, words="No llegó"))
    assert (books.bank.held("1.1.01"), books.bank.held("3.1.02")) == (2_000_000, 0)
    books.received(sent)
    assert books.bank.held("1.1.01") == 2_030_000


def test_nothing_arrives_before_it_was_sent(books: Books) -> None:
    sent = books.sent()
    with refused("treasury.received-before-sent"):
        books.bank.does(books.receiving(sent, day=date(2026, 2, 19)))
    with refused("treasury.received-before-sent"):
        books.bank.does(SendBackTransfer(transfer=sent, day=date(2026, 2, 19), words="No llegó"))
    with refused("treasury.day-to-come"):
        books.bank.does(SendBackTransfer(transfer=sent, day=date(2026, 2, 21), words="No llegó"))


def sharing(books: Books, **other: Any) -> ShareSurplus:
    fields: dict[str, Any] = {
        "out_of": books.cash.book,
        "into": books.fund,
        "resolution": Resolution.objects.earliest("born").id,
        "begins": date(2026, 2, 1),
        "ends": date(2026, 2, 28),
        "percent": 15,
        "day": date(2026, 3, 2),
        "from_account": books.cash.account("1.1.02"),
        "into_account": books.at(books.fund, "1.1.02"),
        "unit": "VES",
    }
    return ShareSurplus(**fields | other)


def test_a_share_of_what_was_left_over_feeds_a_fund_once(books: Books) -> None:
    books.cash.signed(books.cash.paying("12003"))
    with frozen_at("2026-03-02T13:00:00Z"):
        done = books.cash.signed(sharing(books))
        assert Transfer.objects.get().surplus == 67_997
        assert books.held(books.fund, "1.1.02") == 10_200  # 10.199,55
        with refused("treasury.shared-already"):
            books.cash.signed(sharing(books))
        back = TakeBackTransfer(transfer=done.id, day=date(2026, 3, 2), words="Se decidió otra parte")
        books.cash.signed(back)
        books.cash.signed(sharing(books, percent=10))
        assert books.held(books.fund, "1.1.02") == 6_800


def test_no_share_of_what_is_not_there_or_not_over(books: Books) -> None:
    with refused("treasury.not-whole-months"):
        books.cash.signed(sharing(books, day=TODAY))
    with frozen_at("2026-03-02T13:00:00Z"):
        for begins, ends in ((date(2026, 2, 2), date(2026, 2, 28)), (date(2026, 2, 1), date(2026, 2, 27))):
            with refused("treasury.not-whole-months"):
                books.cash.signed(sharing(books, begins=begins, ends=ends))
        for percent in (0, 101):
            with refused("treasury.not-a-share"):
                books.cash.signed(sharing(books, percent=percent))
        with refused("treasury.no-surplus"):
            books.cash.signed(sharing(books, begins=date(2026, 1, 1), ends=date(2026, 1, 31)))


def test_a_share_is_rounded_to_the_even_half() -> None:
    assert [share_of(amount, 50) for amount in (1, 3, 5, 7)] == [0, 2, 2, 4]
    assert [rounded(parts, 4) for parts in (-6, -2, 2, 6, 10)] == [-2, 0, 0, 2, 2]


def test_what_waits_for_a_second_signature_moves_nothing(books: Books) -> None:
    books.cash.does(Propose(act=books.moving()))
    assert books.cash.held("1.1.02") == 80_000


def test_what_is_under_way_is_shown_on_both_books_and_where_it_is_too_long(books: Books) -> None:
    sent = books.sent()
    for book, words in ((books.cash.book, "300,00 VES para “Banco de la comuna”"), (books.bank.book, "300,00 VES de")):
        page = read(Client(), f"/accounts/books/{book}/")
        assert "En camino entre libros" in page and words in page
    assert "En camino desde hace mucho: 1" not in read(Client(), "/accounts/control/")
    with frozen_at("2026-03-08T13:00:00Z"):
        page = read(Client(), "/accounts/control/")
        assert "En camino desde hace mucho: 1" in page and f"/accounts/entries/{sent}/" in page
        books.received(sent)
        assert "En camino desde hace mucho: 1" not in read(Client(), "/accounts/control/")
    assert "En camino entre libros" not in read(Client(), f"/accounts/books/{books.cash.book}/")


def test_a_transfer_goes_from_form_to_form(books: Books) -> None:
    signer = books.cash.cast.browser(books.cash.cast.signer)
    book = read(signer, f"/accounts/books/{books.cash.book}/")
    assert f"/accounts/transfers/move/?book={books.cash.book}" in book
    which = read(signer, f"/accounts/transfers/move/?book={books.cash.book}")
    assert f"/accounts/transfers/move/?book={books.cash.book}&amp;into={books.fund}" in which
    assert f"/accounts/transfers/send/?book={books.cash.book}&amp;into={books.bank.book}" in which
    act = books.moving("12500")
    sent(signer, f"/accounts/transfers/move/?book={act.out_of}&into={act.into}", _propose="1", **typed(act, "125,00"))
    waits = read(Client(), f"/accounts/books/{books.fund}/")
    assert "125,00 VES" in waits and "Mover a otro libro nuestro: Para el fondo" in waits
    send = books.sending("5000")
    sent(signer, f"/accounts/transfers/send/?book={send.out_of}&into={send.into}", _propose="1", **typed(send, "50,00"))
    with frozen_at("2026-03-02T13:00:00Z"):
        share = sharing(books)
        path = f"/accounts/transfers/share/?book={share.out_of}&into={share.into}"
        signer = books.cash.cast.browser(books.cash.cast.signer)
        sent(signer, path, _propose="1", **typed(share, ""))


def typed(act: Any, amount: str) -> dict[str, object]:
    fields = {name: value for name, value in act.model_dump().items() if value is not None}
    return fields | {"amount": amount} if amount else fields


def test_what_was_sent_is_received_and_taken_back_through_forms(books: Books) -> None:
    transfer = books.sent()
    here = f"/accounts/transfers/{transfer}/"
    keeper = books.bank.browser(books.bank.administrator)
    signer = books.cash.cast.browser(books.cash.cast.signer)
    assert f"/accounts/transfers/receive/?transfer={transfer}" in read(keeper, here)
    assert f"/accounts/transfers/receive/?transfer={transfer}" not in read(signer, here)
    ask = f"?transfer={transfer}"
    about = {"transfer": transfer, "day": TODAY}
    sent(keeper, f"/accounts/transfers/receive/{ask}", into_account=books.bank.account("1.1.01"), **about)
    page = read(Client(), here)
    assert "recibido" in page
    received = Transfer.objects.get().received_id
    assert "Desde “Cuentas del consejo”" in read(Client(), f"/accounts/entries/{received}/")
    sent(keeper, f"/accounts/transfers/not-received/{ask}", words="No llegó", **about)
    sent(keeper, f"/accounts/transfers/send-back/{ask}", words="No llegó", **about)
    assert "devuelto" in read(Client(), here)
    sent(signer, f"/accounts/transfers/take-back/{ask}", words="Volvió", _propose=1, **about)
    books.cash.cosigns()
    assert "300,00 VES" in read(Client(), f"/accounts/books/{books.cash.book}/transfers/")
    assert Transfer.objects.get().taken_back == TODAY
