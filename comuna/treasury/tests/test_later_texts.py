"""What a later statute says holds from its first day on, and takes nothing away that stands in the books."""

from __future__ import annotations

import re
from datetime import date

from django.test import Client

from comuna.acts.acts import Propose
from comuna.acts.clock import frozen_at
from comuna.assemblies.models import Resolution
from comuna.treasury.acts import AdoptBudget, CountCash, FileReceipt, Move, OpenAccount, OpenBook
from comuna.treasury.acts.budgeting import BudgetRow
from comuna.treasury.control import Doubt
from comuna.treasury.models import Account, Book
from comuna.treasury.models.bank import Credit
from comuna.treasury.queries.control import doubts
from comuna.treasury.tests.aid import Fund
from comuna.treasury.tests.bank import Bank
from comuna.treasury.tests.cash import FIRST, LATER, TODAY, Cash, in_session
from comuna.treasury.tests.changed import adopt, changed
from comuna.treasury.tests.test_pages import read, sent
from tests.cast import Cast, refused

JUNE, IN_JUNE = date(2026, 6, 1), "2026-06-02T15:00:00Z"
OF_THE_COUNCIL = 'name = { es = "Cuentas del consejo", en = "Accounts of the council" }\norgan = "cc.unit.finance"'
TO_THE_BANK = {OF_THE_COUNCIL: OF_THE_COUNCIL.replace("cc.unit.finance", "bank.administration")}


def test_a_statute_that_is_not_in_force_yet_gives_nobody_a_book(founded: Cast) -> None:
    with frozen_at(LATER):
        bank = Bank.opened(founded)
        adopt(founded, changed(TO_THE_BANK), JUNE)
        with refused("mandates.other-seat"):
            bank.does(OpenBook(kind="cc.books", day=FIRST))
        Cash.opened(founded)


def test_an_open_book_goes_to_the_organ_to_which_a_later_text_gives_it(founded: Cast) -> None:
    with frozen_at(LATER):
        bank = Bank.opened(founded)
        cash = Cash.opened(founded)
        adopt(founded, changed(TO_THE_BANK), JUNE)
        cash.receive("100")
        with refused("mandates.other-seat"):
            bank.does(cash.receiving("100"))
        assert Book.objects.get(pk=cash.book).organ == "cc.unit.finance"
    with frozen_at(IN_JUNE):
        with refused("mandates.other-seat"):
            cash.receive("100")
        bank.does(cash.receiving("100"))
        page = f"/accounts/books/{cash.book}/"
        assert "/accounts/receive/" in read(bank.browser(bank.administrator), page)
        assert "/accounts/receive/" not in read(founded.browser(founded.signer), page)


def test_who_approves_credits_goes_by_the_text_of_the_day(founded: Cast) -> None:
    other_way = {
        'approved_by = "bank.approval"': 'approved_by = "?"',
        'followed_by = "bank.follow-up"': 'followed_by = "bank.approval"',
        'approved_by = "?"': 'approved_by = "bank.follow-up"',
    }
    with frozen_at(LATER):
        bank = Bank.opened(founded)
        adopt(founded, changed(other_way), JUNE)
        bank.credit()
        assert Credit.objects.get().paid_out_on is not None
        second = bank.asked()
    with frozen_at(IN_JUNE), refused("mandates.nobody-may"):
        bank.does(Propose(act=bank.approving(second)), bank.approvers[0])


def test_who_decides_about_aid_goes_by_the_text_of_the_day(founded: Cast) -> None:
    in_session(founded)
    with frozen_at(LATER):
        adopt(founded, changed({'decided_by = "cc.unit.executive"': 'decided_by = "cc.unit.finance"'}), JUNE)
        fund = Fund.opened(founded)
        fund.granted()
        second = fund.asked()
    with frozen_at(IN_JUNE), refused("mandates.nobody-may"):
        fund.does(Propose(act=fund.granting(second)))


def without(table: str, text: str) -> str:
    """The statute without its ``[[table]]`` blocks."""
    return re.sub(rf"(?m)^\[\[{table}\]\]\n(?:(?!\[|#).*\n)*", "", text)


def test_a_bank_stays_on_its_page_when_the_statute_gives_no_credit_any_more(founded: Cast) -> None:
    with frozen_at(LATER):
        bank = Bank.opened(founded)
        bank.saves(bank.farmer)
        credit = bank.credit()
        adopt(founded, without("credit", changed({})))
        page = read(Client(), "/accounts/bank/")
        assert "Aún no hay banco abierto" not in page and "6.000,00 VES" in page
        bank.repay(credit, "1000")


def test_a_fund_stays_on_the_page_of_aid_when_the_statute_names_no_aid_any_more(founded: Cast) -> None:
    in_session(founded)
    with frozen_at(LATER):
        fund = Fund.opened(founded)
        fund.paid(fund.granted())
        adopt(founded, without("aid", changed({})))
        assert "Fondo de acción social: " in read(Client(), "/accounts/aid/")


def no_dollars() -> str:
    return re.sub(r'\[\[unit\]\]\nid = "USD"\n(?:(?!\[|#).*\n)*', "", changed({}))


def test_what_is_held_of_a_unit_that_the_statute_leaves_out_is_moved_counted_and_spent(founded: Cast) -> None:
    in_session(founded)
    with frozen_at(LATER):
        cash = Cash.opened(founded)
        came = cash.receiving("2000", unit="USD", into=cash.account("1.1.01"))
        cash.does(came)
        adopt(founded, no_dollars())
        with refused("treasury.no-such-unit"):
            cash.does(came)
        home, bank = cash.account("1.1.01"), cash.account("1.1.02")
        moved = Move(book=cash.book, day=TODAY, out_of=home, into=bank, unit="USD", amount="500", words="Al banco")
        entry = cash.signed(moved).id
        cash.signed(CountCash(account=home, day=TODAY, unit="USD", in_books="1500", counted="1500"))
        cash.does(FileReceipt(entry=entry, day=TODAY, unit="USD", amount="500", supplier="Banco", kept_at="Carpeta 1"))
        row = BudgetRow(account=cash.account("5.1.01"), amount="1000", words="Repuestos")
        cash.does(
            AdoptBudget(
                book=cash.book,
                resolution=Resolution.objects.get().id,
                begins=FIRST,
                ends=TODAY,
                unit="USD",
                rows=(row,),
            )
        )
        cash.signed(cash.paying("20", unit="USD"))
        assert cash.held("1.1.02", "USD") == 480
        form = read(founded.browser(founded.signer), f"/accounts/move/?book={cash.book}")
        assert 'value="USD"' in form
        assert 'value="USD"' not in read(founded.browser(founded.acting_signer), f"/accounts/receive/?book={cash.book}")


def test_a_payment_is_not_round_because_its_unit_is_in_no_text_any_more(founded: Cast) -> None:
    in_session(founded)
    with frozen_at(LATER):
        cash = Cash.opened(founded)
        cash.does(cash.receiving("8000000", unit="USD"))
        row = BudgetRow(account=cash.account("5.1.01"), amount="800000", words="Repuestos")
        decided = Resolution.objects.get().id
        cash.does(AdoptBudget(book=cash.book, resolution=decided, begins=FIRST, ends=TODAY, unit="USD", rows=(row,)))
        cash.signed(cash.paying("2000", unit="USD"))
        assert not [one for one in doubts(founded.commune, FIRST, TODAY, TODAY) if one.doubt is Doubt.ROUND_SUM]
        adopt(founded, no_dollars())
        assert not [one for one in doubts(founded.commune, FIRST, TODAY, TODAY) if one.doubt is Doubt.ROUND_SUM]


CASH = '  { code = "1.1.01", kind = "asset", name = { es = "Caja", en = "Cash in hand" } },\n'
DIGITAL = '  { code = "1.1.09", kind = "asset", name = { es = "Monedero digital", en = "Digital purse" } },\n'
ADDED = {CASH: CASH.replace("Caja", "Caja fuerte") + DIGITAL}


def test_an_account_that_a_later_chart_adds_is_opened_in_an_open_book(founded: Cast) -> None:
    with frozen_at(LATER):
        cash = Cash.opened(founded)
        opens = OpenAccount(beneath=cash.account("1.1.02"), code="1.1.09", name="Monedero digital")
        with refused("treasury.code-not-beneath"):
            cash.does(opens)
        adopt(founded, changed(ADDED))
        with refused("treasury.named-by-the-statute"):
            cash.does(opens.model_copy(update={"name": "Otro"}))
        keeper = founded.browser(founded.signer)
        form = f"/accounts/open-account/?book={cash.book}"
        assert "code=1.1.09" in read(keeper, form)
        where = {"beneath": opens.beneath, "code": opens.code, "name": opens.name}
        sent(keeper, f"{form}&code=1.1.09", **where)
        cash.receive("100", into=Account.objects.get(book=cash.book, code="1.1.09").id)
        with refused("treasury.code-taken"):
            cash.does(opens)
        assert "code=1.1.09" not in read(keeper, form)


def test_an_account_keeps_the_name_under_which_it_was_opened(founded: Cast) -> None:
    with frozen_at(LATER):
        cash = Cash.opened(founded)
        done = cash.receive("100", into=cash.account("1.1.01"))
        adopt(founded, changed(ADDED))
        page = read(Client(), f"/accounts/entries/{done.id}/")
        assert "1.1.01 Caja" in page and "Caja fuerte" not in page


def test_a_use_that_a_later_chart_gives_to_another_code_is_not_opened_twice(founded: Cast) -> None:
    opening = 'code = "3.1.01", kind = "equity", name = { es = "Saldo inicial"'
    with frozen_at(LATER):
        cash = Cash.opened(founded)
        adopt(founded, changed({opening: opening.replace("3.1.01", "3.1.09")}))
        with refused("treasury.use-taken"):
            cash.does(OpenAccount(beneath=cash.account("1.1.02"), code="3.1.09", name="Saldo inicial"))
