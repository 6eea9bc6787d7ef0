"""How many sign may depend on the amount, as the statute says: one, two, three."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client

from comuna.acts.acts import Propose, Sign
from comuna.acts.authority import Actor
from comuna.acts.clock import frozen_at
from comuna.acts.door import perform
from comuna.mandates import codes
from comuna.mandates.acts import IssueCode
from comuna.statutes.loader import StatuteErrors, load
from comuna.treasury.acts import Move, OpenBook, Receive, Reverse
from comuna.treasury.effects import account_key
from comuna.treasury.queries import balance
from comuna.treasury.tests.cash import LATER, TODAY, Cash, in_session
from comuna.treasury.tests.test_pages import read
from conftest import Books
from tests.cast import Cast, refused
from tests.every_act_statute import every_act_statute
from tests.town import Town, founded as founded_under

DAY = date(2026, 1, 10)
TABLE = """
[[signatures]]
rule = "small.sign.from.{needed}"
source = "By-laws, art. 23"
mark = "O"
act = "treasury.receive"
needed = {needed}
from_amount = {amount}
unit = "EUR"
seats = ["promoter"]
"""
TREASURER = """
[[power]]
rule = "small.power.receive"
source = "By-laws, art. 23"
mark = "O"
acts = ["treasury.receive"]
seats = ["treasurer"]
"""
TWO_OR_THREE = TABLE.format(needed=2, amount=100) + TABLE.format(needed=3, amount=500)


@pytest.fixture
def town(books: Books) -> tuple[Town, UUID]:
    town = founded_under(every_act_statute({}) + TWO_OR_THREE)
    return town, town.do(town.promoters[0], OpenBook(kind="small.book", day=DAY)).id


def receiving(book: UUID, amount: str, unit: str = "EUR", day: date = DAY) -> Receive:
    box, came = account_key(book, "1"), account_key(book, "7")
    return Receive(book=book, day=day, into=box, source=came, unit=unit, amount=amount, words="Ventas")


def test_a_small_amount_needs_one_a_larger_one_two_and_a_large_one_three(town: tuple[Town, UUID]) -> None:
    here, book = town
    one, two, three = here.promoters
    with refused("acts.one-is-enough"):
        here.do(one, Propose(act=receiving(book, "9999")))
    here.do(one, receiving(book, "9999"))
    with refused("acts.needs-signatures"):
        here.do(one, receiving(book, "10000"))
    for amount, signers in (("10000", (two,)), ("20000", (two,)), ("50000", (two, three))):
        proposed = here.do(one, Propose(act=receiving(book, amount))).id
        done = [here.do(person, Sign(proposal=proposed)).performed for person in signers]
        assert [bool(each) for each in done] == [False] * (len(signers) - 1) + [True]
    assert balance(account_key(book, "1"), "EUR") == 9_999 + 10_000 + 20_000 + 50_000


def test_what_would_be_signed_by_two_is_not_split_into_pieces_of_one_day(town: tuple[Town, UUID]) -> None:
    here, book = town
    one = here.promoters[0]
    here.do(one, receiving(book, "6000"))
    with refused("acts.needs-signatures") as caught:
        here.do(one, receiving(book, "4000"))
    assert "60,00 EUR" in str(caught.value.words) and "100,00 EUR" in str(caught.value.words)
    here.do(one, receiving(book, "3999"))
    with refused("acts.needs-signatures"):
        here.do(one, receiving(book, "1"))


def test_pieces_entered_today_for_other_days_count_together_too(town: tuple[Town, UUID]) -> None:
    here, book = town
    one = here.promoters[0]
    here.at = "2026-01-14T14:00:00Z"
    here.do(one, receiving(book, "6000", day=date(2026, 1, 12)))
    with refused("acts.needs-signatures"):
        here.do(one, receiving(book, "6000", day=date(2026, 1, 13)))
    here.at = "2026-01-15T14:00:00Z"
    here.do(one, receiving(book, "6000", day=date(2026, 1, 13)))
    with refused("acts.needs-signatures"):
        here.do(one, receiving(book, "4000", day=date(2026, 1, 12)))


def test_what_was_taken_back_or_went_through_another_book_does_not_count(town: tuple[Town, UUID]) -> None:
    here, book = town
    one = here.promoters[0]
    fund = here.do(one, OpenBook(kind="small.fund", day=DAY)).id
    here.do(one, receiving(fund, "6000"))
    mistaken = here.do(one, receiving(book, "6000")).id
    here.do(one, Reverse(entry=mistaken, day=DAY, words="Dos veces lo mismo"))
    here.do(one, receiving(book, "9999"))


def test_a_proposal_says_how_many_sign_by_now_where_the_sum_of_its_day_grew(town: tuple[Town, UUID]) -> None:
    here, book = town
    one, two, three = here.promoters
    waits = here.do(one, Propose(act=receiving(book, "20000"))).id
    page = f"/proposals/{waits}/"
    with frozen_at(here.at):
        assert "1 de 2 firmas" in read(Client(), page)
    other = here.do(one, Propose(act=receiving(book, "40000"))).id
    assert here.do(two, Sign(proposal=other)).performed
    assert here.do(two, Sign(proposal=waits)).performed is None
    with frozen_at(here.at):
        said = read(Client(), page)
        assert "2 de 3 firmas" in said and "400,00 EUR" in said and "juntos son 600,00 EUR" in said
        assert "2 de 3 firmas" in read(Client(), "/proposals/")
    assert here.do(three, Sign(proposal=waits)).performed


def test_a_seat_whose_signature_is_not_enough_for_the_sum_of_the_day_is_not_offered_to_sign(books: Books) -> None:
    some = TABLE.format(needed=2, amount=100).replace('seats = ["promoter"]', 'seats = ["promoter", "treasurer"]')
    here = founded_under(every_act_statute({}) + some + TABLE.format(needed=3, amount=500) + TREASURER)
    book = here.do(here.promoters[0], OpenBook(kind="small.book", day=DAY)).id
    treasurer = here.seated("treasurer")
    one, two, _three = here.promoters
    waits = here.do(one, Propose(act=receiving(book, "20000"))).id
    other = here.do(one, Propose(act=receiving(book, "40000"))).id
    with frozen_at(here.at):
        page, sign = f"/proposals/{waits}/", f"/proposals/sign/?proposal={waits}"
        browser = signed_in(here, treasurer)
        assert sign in read(browser, page) and page in read(browser, "/my-mandate/")
    here.do(two, Sign(proposal=other))
    with refused("mandates.other-seat"):
        here.do(treasurer, Sign(proposal=waits))
    with frozen_at(here.at):
        said = read(browser, page)
        assert sign not in said and "1 de 3 firmas" in said
        said = read(Client(), page)
        assert "Luis Gil" in said and "Marisol" not in said
        assert page not in read(browser, "/my-mandate/")


def signed_in(town: Town, person: UUID) -> Client:
    """A browser in which somebody has claimed her account anew."""
    code, client = codes.new(), Client()
    perform(IssueCode(person=person, digest=codes.digest_of(codes.proof(code))), Actor(town.promoters[0]))
    assert client.post("/claim/", Cast.claim_form(code, f"cuenta-{str(person)[:8]}")).status_code == 302
    return client


def test_an_amount_in_another_unit_always_needs_them(town: tuple[Town, UUID]) -> None:
    here, book = town
    with refused("acts.needs-signatures"):
        here.do(here.promoters[0], receiving(book, "1", unit="KG"))


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('unit = "EUR"\nseats = ["promoter"]', 'seats = ["promoter"]', "from_amount"),
        ("from_amount = 100\n", "", "from_amount"),
        ('unit = "EUR"\nseats = ["promoter"]', 'unit = "CHF"\nseats = ["promoter"]', "CHF"),
        ('act = "treasury.receive"', 'act = "treasury.reverse"', "from_amount"),
        ("from_amount = 500", "from_amount = 100", "treasury.receive"),
        ("from_amount = 100", "from_amount = 0", "from_amount"),
    ],
)
def test_a_table_that_says_no_amount_is_faulty(old: str, new: str, words: str) -> None:
    text = every_act_statute({}) + TWO_OR_THREE
    assert old in text
    with pytest.raises(StatuteErrors) as faulty:
        load(text.replace(old, new))
    assert any(words in str(one) for one in faulty.value.errors)


def test_the_statute_of_a_council_lets_one_move_small_sums_and_says_so(founded: Cast) -> None:
    in_session(founded)
    with frozen_at(LATER):
        cash = Cash.opened(founded)
        cash.receive("30000000")
        fields: dict[str, Any] = {"book": cash.book, "day": TODAY, "unit": "VES", "words": "A la caja"}
        places: dict[str, Any] = {"out_of": cash.account("1.1.02"), "into": cash.account("1.1.01")}
        cash.does(Move(amount="9999999", **fields, **places))
        large = Move(amount="10000000", **fields, **places)
        with refused("acts.needs-signatures"):
            cash.does(large)
        signer = founded.browser(founded.signer)
        form = f"/accounts/move/?book={cash.book}"
        page = read(signer, form)
        assert "Proponer" not in page and "Desde 100.000 VES lo firman 2 cargos" in page
        typed = {name: str(value) for name, value in large.model_dump(exclude_none=True).items()}
        typed |= {"amount": "100.000,00", "_id": str(uuid4())}
        again = signer.post(form, typed, headers={"accept-language": "es"}).content.decode()
        assert "Proponer" in again
        proposed = signer.post(form, typed | {"_id": str(uuid4()), "_propose": "1"})
        assert proposed["Location"].startswith("/proposals/")
        waits = read(signer, f"/accounts/books/{cash.book}/")
        assert "100.000,00 VES" in waits and proposed["Location"] in waits
        cash.signed(large)
        assert cash.held("1.1.01") == 19_999_999
        assert "desde 100.000 VES" in read(signer, "/statute/powers/")
