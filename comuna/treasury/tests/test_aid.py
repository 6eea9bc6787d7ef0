"""Aid out of a fund: who is helped stays with her, those who decide and the comptroller; the books say a number."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from comuna.acts.acts import Propose, Sign
from comuna.acts.clock import frozen_at
from comuna.acts.erasing import ErasableAudience, ErasePrivate
from comuna.acts.queries import thread
from comuna.assemblies.models import Resolution
from comuna.assemblies.tests.test_session import Room
from comuna.journal.models import PrivatePart, Record
from comuna.journal.sealing import open_sealed
from comuna.journal.verify import findings
from comuna.treasury import queries
from comuna.treasury.acts import (
    AdoptBudget,
    ApproveAid,
    OpenBook,
    RecordAidRequest,
    RefuseAid,
    Reverse,
    WithdrawAidRequest,
)
from comuna.treasury.acts.aiding import A_DAY_MAX, OPEN_MAX
from comuna.treasury.acts.budgeting import BudgetRow
from comuna.treasury.models import AidAnswer, AidCase, AidPayment, AidRequest, BudgetLine, Payment
from comuna.treasury.queries.aid import FEW, totals
from comuna.treasury.queries.control import doubts
from comuna.treasury.tests.aid import NAME, STREET, WORDS, Fund
from comuna.treasury.tests.cash import FIRST, LATER, TODAY, in_session
from comuna.treasury.tests.test_pages import read, sent
from tests.cast import Cast, refused
from tests.test_privacy import crawl

WHO = (NAME, WORDS, "Zulima", "quemó")
SECRETS = (*WHO, STREET)  # which streets there are anybody reads on other pages
OURS = ("/accounts/", "/proposals/")


@pytest.fixture
def room(founded: Cast) -> Room:
    return in_session(founded)


@pytest.fixture
def fund(founded: Cast, room: Room) -> Iterator[Fund]:
    with frozen_at(LATER):
        yield Fund.opened(founded)


def test_a_case_is_asked_for_granted_by_two_and_paid_by_two_others_under_its_number(fund: Fund) -> None:
    case = fund.granted()
    entry = fund.paid(case)
    row = AidCase.objects.get()
    assert (row.number, row.amount, row.person) == (1, 30_000, fund.person)
    assert queries.balance(fund.account("5.1.06"), "VES") == 30_000
    payment = Payment.objects.get()
    assert (payment.payee, payment.entry.words, payment.line.spent) == ("", "", 30_000)
    assert "Ayuda, caso 1" in read(Client(), f"/accounts/entries/{entry}/")
    assert {case} <= {step.id for step in thread(entry).steps}


def test_anybody_sees_how_many_requests_wait_and_no_more(fund: Fund) -> None:
    first = fund.asked(kind="cc.aid.health", amount="1000")
    page = read(Client(), f"/accounts/aid/?book={fund.book}")
    assert "0 casos de ayuda; 1 petición espera respuesta" in page and "Zulima" not in page
    fund.does(RefuseAid(request=first, person=fund.person, words="Ya recibió una"))
    assert "espera respuesta" not in read(Client(), f"/accounts/aid/?book={fund.book}")


def test_strangers_and_neighbours_find_numbers_and_sums_and_nothing_of_whom(fund: Fund) -> None:
    """Every page that can be reached, the acts themselves and what the API says of them."""
    fund.paid(fund.granted())
    waiting = fund.asked(kind="cc.aid.health", amount="1000")
    fund.does(RefuseAid(request=waiting, person=fund.person, words="Zulima ya recibió una"))
    acts = [f"/acts/{id}/" for id in Record.objects.filter(verb__contains="aid").values_list("id", flat=True)]
    assert len(acts) == 5
    seeds = [f"/accounts/aid/?book={fund.book}", f"/accounts/books/{fund.book}/"]
    neighbour = fund.cast.browser(fund.cast.neighbour)
    for reader in (Client(), neighbour):
        page = read(reader, seeds[0])
        assert "1 caso de ayuda" in page and "300,00 VES" in page and "Vivienda" not in page
        crawled = crawl(reader, seeds)
        assert not crawled.fallen
        assert len(crawled.seen) > 60 and seeds[0] in crawled.seen
        for address, text in [*crawled.seen.items(), *((path, read(reader, path)) for path in acts)]:
            for secret in SECRETS if address.startswith(OURS) or address in acts else WHO:
                assert secret not in text, (secret, address)
    for path in (f"/accounts/aid/requests/{waiting}/", f"/accounts/aid/grant/?request={waiting}"):
        assert neighbour.get(path).status_code == 403
        assert "treasury.aid-is-private" in neighbour.get(path).content.decode()
        assert Client().get(path).status_code == 302


def test_who_pays_reads_a_number_and_an_amount(fund: Fund) -> None:
    case = fund.granted()
    request = AidRequest.objects.get().id
    keeper = fund.cast.browser(fund.cast.signer)
    pages = [read(keeper, f"/accounts/aid/?book={fund.book}"), read(keeper, f"/accounts/aid/pay/?case={case}")]
    for page in pages:
        assert "Ayuda, caso 1" in page and "300,00 VES" in page
        assert not any(secret in page for secret in SECRETS)
    assert keeper.get(f"/accounts/aid/requests/{request}/").status_code == 403


def test_she_herself_those_who_decide_and_the_comptroller_read_it(fund: Fund) -> None:
    request = fund.asked()
    for person in (fund.person, *fund.deciding, fund.cast.comptroller):
        page = read(fund.cast.browser(person), f"/accounts/aid/requests/{request}/")
        assert NAME in page and WORDS in page
    assert NAME in read(fund.cast.browser(fund.deciding[0]), f"/accounts/aid/?book={fund.book}")


def test_the_words_are_sealed_on_the_disk(fund: Fund) -> None:
    fund.asked()
    sealed = AidRequest.objects.get().words_sealed
    assert WORDS not in sealed and open_sealed(sealed) == WORDS
    assert not any(WORDS.encode() in bytes(one.body) for one in PrivatePart.objects.all())


def test_erasing_her_leaves_the_books_balanced_verifying_and_the_sums_as_they_were(fund: Fund) -> None:
    for number in range(FEW):
        fund.paid(fund.granted(amount=str(1000 + number)))
    before = totals(fund.book, 2026)
    assert [kind for kind, _unit in before.by_kind] == ["cc.aid.home"]
    audiences = (ErasableAudience.HOUSEHOLD, ErasableAudience.MEDIATION)
    fund.cast.signed(ErasePrivate(subject=fund.person, audiences=audiences, reason="Lo pidió"))
    assert {(one.person, one.kind) for one in AidCase.objects.all()} == {(None, "")}
    assert {(one.person, one.words_sealed, one.amount) for one in AidRequest.objects.all()} == {(None, "", None)}
    after = totals(fund.book, 2026)
    assert after.by_month == before.by_month and [kind for kind, _unit in after.by_kind] == [""]
    assert sum(one.amount for one in queries.trial_balance(fund.book)) == 0
    assert BudgetLine.objects.get(pk=fund.line).spent == 3003
    assert not list(findings())
    assert "borrado" in read(fund.cast.browser(fund.deciding[0]), f"/accounts/aid/?book={fund.book}")


def test_kinds_with_few_cases_are_told_together(fund: Fund) -> None:
    for _time in range(FEW):
        fund.paid(fund.granted(kind="cc.aid.health", amount="1000"))
    fund.paid(fund.granted(kind="cc.aid.burial", amount="2000"))
    page = read(Client(), f"/accounts/aid/?book={fund.book}")
    assert "Salud y medicinas" in page and "Sepelio" not in page and "Otros motivos" in page
    assert read(Client(), f"/accounts/aid/?book={fund.book}&year=2025").count("50,00 VES") == 0
    assert Client().get(f"/accounts/aid/?book={fund.book}&year=mucho").status_code == 404


def test_nobody_decides_about_herself_or_her_household(fund: Fund) -> None:
    cousin = fund.seated("Petronila Quintero", "water", fund.home)
    request = fund.asked()
    for act in (fund.granting(request), RefuseAid(request=request, person=fund.person, words="No")):
        with refused("treasury.own-aid"):
            fund.does(Propose(act=act) if isinstance(act, ApproveAid) else act, cousin)
    own = fund.asked(person=fund.deciding[0])
    with refused("treasury.own-aid"):
        fund.does(Propose(act=fund.granting(own, person=fund.deciding[0])))
    proposed = fund.does(Propose(act=fund.granting(request)))
    with refused("treasury.own-aid"):
        fund.does(Sign(proposal=proposed.id), cousin)


def test_who_keeps_the_book_does_not_decide_and_who_decides_does_not_pay(fund: Fund) -> None:
    request = fund.asked()
    with refused("mandates.other-seat"):
        fund.does(Propose(act=fund.granting(request)), fund.cast.signer)
    with refused("acts.needs-signatures"):
        fund.does(fund.granting(request))
    case = fund.signed(fund.granting(request), fund.deciding)
    with refused("mandates.other-seat"):
        fund.does(Propose(act=fund.paying(case)))
    with refused("acts.needs-signatures"):
        fund.does(fund.paying(case), fund.cast.signer)


def test_what_cannot_be_asked_is_refused(fund: Fund) -> None:
    with refused("treasury.aid-own-name"):
        fund.does(fund.asking(), fund.cast.neighbour)
    with refused("treasury.no-such-aid"):
        fund.asked(kind="commune.aid.health")
    with refused("treasury.no-such-unit"):
        fund.asked(unit="XAU")
    for _time in range(OPEN_MAX):
        fund.asked()
    with refused("treasury.aid-asked-already"):
        fund.asked()


def test_nobody_fills_the_journal_with_requests(fund: Fund) -> None:
    for _time in range(A_DAY_MAX):
        request = fund.asked()
        fund.does(WithdrawAidRequest(request=request, person=fund.person), fund.person)
    with refused("treasury.aid-asked-often"):
        fund.asked()


def test_what_was_answered_is_answered_once_and_by_her_alone_taken_back(fund: Fund) -> None:
    request = fund.asked()
    with refused("treasury.aid-own-name"):
        fund.does(WithdrawAidRequest(request=request, person=fund.person), fund.cast.neighbour)
    with refused("treasury.other-person"):
        fund.does(RefuseAid(request=request, person=fund.cast.neighbour, words="No"))
    with refused("treasury.more-than-asked"):
        fund.does(Propose(act=fund.granting(request, amount="30001")))
    fund.does(WithdrawAidRequest(request=request, person=fund.person), fund.person)
    with refused("treasury.answered-already"):
        fund.does(Propose(act=fund.granting(request)))
    assert AidAnswer.objects.get().is_refusal is False


def test_a_case_is_paid_once_out_of_its_fund_and_again_when_that_was_taken_back(fund: Fund) -> None:
    case = fund.granted(amount="30000", granted="20000")
    with refused("treasury.before-the-grant"):
        fund.does(Propose(act=fund.paying(case, day=TODAY - timedelta(days=1))), fund.cast.signer)
    first = fund.paid(case)
    with refused("treasury.aid-paid-already"):
        fund.does(Propose(act=fund.paying(case)), fund.cast.signer)
    back = Reverse(entry=first, day=TODAY, words="No vino a buscarla")
    fund.signed(back, (fund.cast.signer, fund.cast.acting_signer))
    assert totals(fund.book, 2026).by_month == {}
    fund.paid(case)
    assert AidPayment.objects.count() == 2 and BudgetLine.objects.get(pk=fund.line).spent == 20_000


def test_aid_is_paid_out_of_its_own_book_within_the_line_and_its_days(fund: Fund, room: Room) -> None:
    case = fund.granted()
    other = fund.cast.does(fund.cast.signer, OpenBook(kind="cc.books", day=FIRST)).id
    row = BudgetRow(account=queries.accounts(other, ["expense"])[0].id, amount="90000", words="Otra cosa")
    room.count(room.motion(text="Otra cosa"), 10, 0)
    budget = AdoptBudget(
        book=other, resolution=Resolution.objects.latest("born").id, begins=FIRST, ends=TODAY, unit="VES", rows=(row,)
    )
    made = fund.does(budget, fund.cast.signer).id
    line = BudgetLine.objects.get(budget=made).id
    with refused("treasury.other-line"):
        fund.does(Propose(act=fund.paying(case, line=line)), fund.cast.signer)
    with frozen_at("2027-01-05T14:00:00Z"), refused("treasury.outside-the-budget"):
        fund.does(Propose(act=fund.paying(case, day=TODAY + timedelta(days=318))), fund.cast.signer)
    with refused("treasury.beyond-the-line"):
        fund.does(Propose(act=fund.paying(fund.granted(amount="50001"))), fund.cast.signer)


def test_aid_out_of_a_line_for_what_is_there_and_not_spent_is_none(founded: Cast) -> None:
    room = in_session(founded)
    with frozen_at(LATER):
        fund = Fund.opened(founded)
        row = BudgetRow(account=fund.account("1.1.01"), amount="50000", words="Ayudas")
        room.count(room.motion(text="Otra vez ayudas"), 10, 0)
        decided = Resolution.objects.order_by("-born")[0].id
        budget = AdoptBudget(book=fund.book, resolution=decided, begins=FIRST, ends=TODAY, unit="VES", rows=(row,))
        line = BudgetLine.objects.get(budget=fund.does(budget, founded.signer).id).id
        with refused("treasury.not-for-aid"):
            fund.does(Propose(act=fund.paying(fund.granted(), line=line)), founded.signer)


def test_a_paid_case_is_asked_for_no_receipt(fund: Fund) -> None:
    fund.paid(fund.granted())
    assert doubts(fund.cast.commune, FIRST, TODAY, TODAY + timedelta(days=40)) == []


def test_who_decides_types_it_for_a_neighbour_who_comes(fund: Fund) -> None:
    fields = {key: value for key, value in fund.asking().model_dump().items() if value is not None}
    typed = RecordAidRequest.model_validate(fields)
    with refused("mandates.other-seat"):
        fund.does(typed, fund.cast.signer)
    fund.does(typed)
    assert AidRequest.objects.get().by_mandate is not None


def test_it_goes_its_way_through_forms(fund: Fund) -> None:
    hers, one, two = (fund.cast.browser(person) for person in (fund.person, *fund.deciding))
    keeper, second = fund.cast.browser(fund.cast.signer), fund.cast.browser(fund.cast.acting_signer)
    overview = f"/accounts/aid/?book={fund.book}"
    assert overview in read(Client(), f"/accounts/books/{fund.book}/")
    ask = f"/accounts/aid/ask/?book={fund.book}"
    assert ask in read(hers, overview)
    fields: dict[str, Any] = {"book": fund.book, "person": fund.person, "kind": "cc.aid.home", "unit": "VES"}
    where = sent(hers, ask, **fields, amount="300", words=WORDS)
    request = where.split("/")[4]
    grant = f"/accounts/aid/grant/?request={request}"
    assert grant in read(one, where) and "/accounts/aid/take-back/" in read(hers, where)
    fields = {"request": request, "person": fund.person, "unit": "VES", "amount": "250", "_propose": 1}
    proposal = sent(one, grant, **fields)
    assert not any(secret in read(Client(), proposal) for secret in SECRETS)
    sent(two, "/proposals/sign/", proposal=proposal.split("/")[2])
    assert "Caso" in read(hers, where) and "250,00 VES" in read(hers, where)
    case = AidCase.objects.get().id
    pay = f"/accounts/aid/pay/?case={case}"
    assert pay in read(keeper, overview)
    fields = {"case": case, "line": fund.line, "day": "20/2/2026", "out_of": fund.account("1.1.01"), "_propose": 1}
    proposal = sent(keeper, pay, **fields)
    assert "Ayuda, caso 1" in read(Client(), f"/accounts/books/{fund.book}/")
    sent(second, "/proposals/sign/", proposal=proposal.split("/")[2])
    assert "pagado" in read(hers, where)
    typed = f"/accounts/aid/type/{fund.book}/"
    found = one.post(typed, {"words": "Zulima"}, headers={"accept-language": "es"}).content.decode()
    assert f"?person={fund.person}" in found and "Vivienda dañada" in read(one, f"{typed}?person={fund.person}")
    no = f"/accounts/aid/refuse/?request={fund.asked()}"
    assert NAME in read(one, no)


def test_a_home_whose_statute_helps_nobody_says_so(founded: Cast) -> None:
    assert "Ningún fondo da ayudas todavía" in read(Client(), "/accounts/aid/")
