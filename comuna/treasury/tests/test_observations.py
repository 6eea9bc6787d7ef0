"""Any neighbour asks about the accounts in public; who keeps them answers in a set time, for everybody to read."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from comuna.acts.clock import frozen_at
from comuna.acts.queries import thread
from comuna.treasury.acts import AnswerObservation, CloseObservation, Observe, OpenBook, WithdrawObservation
from comuna.treasury.acts.observing import A_DAY_MAX, ANSWER_DAYS, ANSWERS_MAX
from comuna.treasury.models import BudgetLine
from comuna.treasury.models.observations import Observation
from comuna.treasury.tests.cash import FIRST, LATER, TODAY, Cash, budgeted, in_session
from comuna.treasury.tests.test_pages import read, sent
from tests.cast import Cast, refused

ASKED, SAID = "¿Por qué dos válvulas y no una?", "Una es de repuesto, como decidió la asamblea."


@pytest.fixture
def cash(founded: Cast) -> Iterator[Cash]:
    in_session(founded)
    with frozen_at(LATER):
        yield budgeted(founded)


@pytest.fixture
def paid(cash: Cash) -> UUID:
    return cash.signed(cash.paying("12000")).id


def observed(cash: Cash, **about: Any) -> UUID:
    """By a neighbour, on the book or what is said."""
    return cash.does(Observe(book=cash.book, words=ASKED, **about), cash.cast.neighbour).id


def test_a_neighbour_asks_about_a_payment_and_everybody_reads_the_answer(cash: Cash, paid: UUID) -> None:
    asked = observed(cash, entry=paid)
    for path in ("/accounts/", f"/accounts/books/{cash.book}/", f"/accounts/entries/{paid}/"):
        assert ASKED in read(Client(), path) and "espera respuesta" in read(Client(), path)
    cash.does(AnswerObservation(observation=asked, words=SAID))
    page = read(Client(), f"/accounts/observations/{asked}/")
    assert ASKED in page and SAID in page and "contestada, espera a quien preguntó" in page
    assert {step.id for step in thread(paid).steps} >= {asked}


def test_what_was_answered_waits_for_who_asked_and_is_not_open_for_the_organ(cash: Cash) -> None:
    asked = observed(cash)
    book, listed = f"/accounts/books/{cash.book}/", f"/accounts/books/{cash.book}/observations/"
    assert "Observaciones abiertas" in read(Client(), book) and "Abiertas: 1" in read(Client(), listed)
    cash.does(AnswerObservation(observation=asked, words=SAID))
    for page in (read(Client(), book), read(Client(), "/accounts/")):
        assert "Observaciones abiertas" not in page
        assert "Observaciones contestadas" in page and ASKED in page and "contestada, espera a quien preguntó" in page
    assert "Abiertas: 0; contestadas, esperan a quien preguntó: 1" in read(Client(), listed)


def test_only_the_organ_that_keeps_the_book_answers(cash: Cash) -> None:
    asked = observed(cash)
    others = {cash.cast.neighbour: "mandates.no-seat", cash.cast.comptroller: "mandates.other-seat"}
    for other, rule in others.items():
        with refused(rule):
            cash.does(AnswerObservation(observation=asked, words=SAID), other)
    with refused("mandates.sign-in-first"):
        cash.cast.does(None, Observe(book=cash.book, words=ASKED))


def test_who_asked_closes_it_or_a_comptroller_and_nobody_else(cash: Cash) -> None:
    first, second = observed(cash), observed(cash)
    with refused("treasury.not-your-observation"):
        cash.does(WithdrawObservation(observation=first), cash.cast.secretary)
    with refused("mandates.other-seat"):
        cash.does(CloseObservation(observation=second, words="Listo"), cash.cast.signer)
    cash.does(WithdrawObservation(observation=first), cash.cast.neighbour)
    cash.does(CloseObservation(observation=second, words="Contestada en la asamblea"), cash.cast.comptroller)
    assert not Observation.objects.filter(closed_on=None).exists()
    for act in (
        AnswerObservation(observation=first, words=SAID),
        CloseObservation(observation=first, words="Otra vez"),
    ):
        with refused("treasury.observation-closed"):
            cash.does(act, cash.cast.comptroller if isinstance(act, CloseObservation) else None)
    assert "Observaciones abiertas" not in read(Client(), "/accounts/")


def test_an_answer_that_does_not_come_in_time_is_said_to_be_late(cash: Cash) -> None:
    asked = observed(cash)
    assert Observation.objects.get().due == TODAY + timedelta(days=ANSWER_DAYS)
    with frozen_at("2026-03-08T12:00:00Z"):
        assert "respuesta en mora" in read(Client(), "/accounts/")
        cash.does(AnswerObservation(observation=asked, words=SAID))
        assert "respuesta en mora" not in read(Client(), f"/accounts/books/{cash.book}/observations/")


def test_it_is_about_one_book(cash: Cash, paid: UUID) -> None:
    fund = cash.does(OpenBook(kind="cc.fund.social", day=FIRST)).id
    line = BudgetLine.objects.get().id
    for about in ({"entry": paid}, {"line": line}):
        with refused("treasury.of-another-book"):
            cash.does(Observe(book=fund, words=ASKED, **about), cash.cast.neighbour)
    observed(cash, line=line)
    assert ASKED in read(Client(), f"/accounts/lines/{line}/")


def test_nobody_fills_the_journal_with_questions_or_answers(cash: Cash) -> None:
    asked = [observed(cash) for _time in range(A_DAY_MAX)]
    with refused("treasury.observed-often"):
        observed(cash)
    for _time in range(ANSWERS_MAX):
        cash.does(AnswerObservation(observation=asked[0], words=SAID))
    with refused("treasury.answered-often"):
        cash.does(AnswerObservation(observation=asked[0], words=SAID))


def test_it_is_asked_answered_and_closed_on_pages(cash: Cash, paid: UUID) -> None:
    neighbour, keeper = cash.cast.browser(cash.cast.neighbour), cash.cast.browser(cash.cast.signer)
    form = f"/accounts/observe/?book={cash.book}&entry={paid}"
    assert form.replace("&", "&amp;") in read(neighbour, f"/accounts/entries/{paid}/")
    where = sent(neighbour, form, book=cash.book, entry=paid, words=ASKED)
    id = where.split("/")[3]
    answer = f"/accounts/observations/answer/?observation={id}"
    assert answer in read(keeper, where) and answer not in read(neighbour, where)
    sent(keeper, answer, observation=id, words=SAID)
    withdraw = f"/accounts/observations/withdraw/?observation={id}"
    assert withdraw in read(neighbour, where)
    sent(neighbour, withdraw, observation=id)
    assert Observation.objects.get().closed_on == TODAY
    assert f"/accounts/observations/close/?observation={observed(cash)}" in read(
        cash.cast.browser(cash.cast.comptroller), f"/accounts/observations/{Observation.objects.latest('born').id}/"
    )
    assert read(neighbour, f"/accounts/observe/?book={cash.book}&line={BudgetLine.objects.get().id}")
