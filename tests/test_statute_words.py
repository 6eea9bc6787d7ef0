"""Every word of a statute is heard: change its value, and something that happens changes with it.

Each case takes the small statute of ``comuna/statutes/tests/samples.py``, looks at one thing, changes the
word and looks again: here at what the rules make of it, in ``test_statute_words_lived`` at what happens to
people in a commune that lives by it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from uuid import uuid4

import pytest
from django.utils import translation

from comuna.mandates.rules import Alternate, MandateFacts, Span, next_in_line, status
from comuna.statutes.bookkeeping import AccountUse
from comuna.statutes.loader import load
from comuna.statutes.pages import rules as pages
from comuna.statutes.rules import Candidate, Counts, bar_ends, ineligible, needed, next_meeting, passes, term_ends
from comuna.statutes.statute import Statute
from comuna.statutes.tests.samples import vocabulary
from tests.statute_changes import (
    BOX,
    CHART,
    DECISION,
    ELIGIBILITY,
    HIGHEST,
    LIMITED_BOX,
    OTHER_CHART,
    REST,
    RHYTHM,
    SECOND_CALL,
    SECOND_QUORUM,
    SWAPPED,
    TERM,
    WATER,
)
from tests.test_statute_words_lived import LIVED
from tests.words import IMPERATIVE, RATIFICATION, base, changed, from_amount

Look = Callable[[Statute], object]
DAY = date(2026, 11, 23)
RATIFIED = {IMPERATIVE: f"{IMPERATIVE}{RATIFICATION}"}
NEXT_MOST_VOTED = uuid4()


def quorum(number: int, roll: int = 200) -> Look:
    return lambda statute: needed(statute.organ("assembly").calls[number - 1].quorum, Counts(roll=roll))


def vote(statute: Statute, votes_for: int, against: int, abstain: int) -> bool:
    decision = statute.organ("assembly").decision
    assert decision is not None
    return passes(decision, votes_for, against, abstain, Counts(present=30, roll=90))


def meeting(statute: Statute) -> date:
    rhythm = statute.organ("assembly").rhythm
    assert rhythm is not None
    return next_meeting(rhythm, DAY)


def board_quorum(statute: Statute) -> int:
    return needed(statute.organ("board").calls[0].quorum, Counts(members=7, seats=11))


def bars(statute: Statute, seat: str = "auditor", since: date = date(2020, 1, 1), **who: object) -> list[str]:
    known: dict[str, object] = {"age_years": 40, "resident_since": date(2010, 1, 1)}
    candidate = Candidate(**(known | who))  # type: ignore[arg-type]  # the names are those of Candidate
    return [one.bar.value for one in ineligible(statute, statute.seat(seat), candidate, DAY, since)]


def portfolios(statute: Statute) -> str:
    return " ".join(seat.id for seat in statute.seats if seat.portfolio_of)


def grounds(statute: Statute) -> list[str]:
    return [ground for recall in statute.recalls for ground in recall.grounds]


def expired(statute: Statute) -> str:
    """What a mandate of the secretary is the year after its end."""
    span = Span(date(2022, 1, 1), date(2024, 12, 31))
    return status(MandateFacts(term=span, after=statute.seat("secretary").term.after), date(2025, 6, 1)).value


def follows(statute: Statute) -> str:
    """Who takes the treasurer's place."""
    found = next_in_line(statute.seat("treasurer").succession, 1, [Alternate(uuid4(), 1)], NEXT_MOST_VOTED)
    return {True: "alternate", False: "nobody"}[isinstance(found, Alternate)] if found != NEXT_MOST_VOTED else "voted"


def read(statute: Statute) -> str:
    """All that the statute's pages say of its rules."""
    with translation.override("en"):
        said = [f"{one.of} {one.aspect} {one.says} {one.rule.source} {one.rule.mark}" for one in pages.said_by(statute)]
        return "\n".join(
            [*said, *(one.words["en"] for one in statute.stated), statute.title["en"], statute.about["en"]]
        )


def says(words: str) -> Look:
    return lambda statute: words in read(statute)


def signed(amounts: Sequence[int]) -> Look:
    """How many sign a payment of each of these, in euros; none where one alone pays."""

    def look(statute: Statute) -> list[int]:
        found = [statute.signatures_for("treasury.pay", (("EUR", amount),)) for amount in amounts]
        return [one.needed if one else 0 for one in found]

    return look


def ratifies(organ: str) -> Look:
    """Who ratifies what its expired seats decide."""

    def look(statute: Statute) -> str:
        found = statute.organ(organ).ratification
        return found.by if found else ""

    return look


def barred(statute: Statute) -> date | None:
    recall = statute.recall_of("secretary")
    assert recall is not None
    return bar_ends(recall, statute.seat("secretary").term, date(2026, 12, 31), DAY)


def until(statute: Statute) -> date | None:
    """The first day without power of a secretary who begins today."""
    return term_ends(DAY, statute.seat("secretary").term)


def charted(statute: Statute) -> str:
    return statute.money.books[0].chart.id


def lent(statute: Statute) -> str:
    return statute.money.credits[0].id


def helped(statute: Statute) -> str:
    return statute.money.aids[0].id


def codes(statute: Statute) -> str:
    return " ".join(account.code for account in statute.money.charts[0].accounts)


def of_kind(code: str) -> Look:
    def look(statute: Statute) -> str:
        account = statute.money.charts[0].account(code)
        assert account is not None
        return account.kind.value

    return look


def used_for(use: str) -> Look:
    def look(statute: Statute) -> str:
        account = statute.money.charts[0].for_use(AccountUse(use))
        assert account is not None
        return account.code

    return look


READ: list[tuple[str, Mapping[str, str], Look, object, object]] = [
    # word, what is changed, where one looks, what is seen before and after
    ("every.source", {"By-laws, art. 3": "Law, art. 30"}, says("Law, art. 30"), False, True),
    ("every.mark", {'mark = "U"': 'mark = "F"'}, says("art. 2 U"), True, False),
    ("statute.title", {"Small statute": "Large statute"}, says("Large statute"), False, True),
    ("statute.about", {"An assembly and three seats": "A board"}, says("A board"), False, True),
    ("share.part", {'"30 %"': '"50 %"'}, quorum(1), 60, 100),
    ("share.people", {"people = 50": "people = 40"}, quorum(2), 50, 40),
    ("share.base", {'base = "members"': 'base = "seats"'}, board_quorum, 4, 6),
    ("majority.kind", {'kind = "simple"': 'kind = "two-thirds"'}, lambda s: vote(s, 18, 10, 2), True, False),
    ("majority.base", {'base = "present"': 'base = "cast"'}, lambda s: vote(s, 10, 5, 15), False, True),
    ("rhythm.every", {'every = "month"': 'every = "quarter"'}, meeting, date(2026, 12, 5), date(2027, 1, 2)),
    ("rhythm.weekday", {'"saturday"': '"sunday"'}, meeting, date(2026, 12, 5), date(2026, 12, 6)),
    ("rhythm.nth", {"nth = 1": 'nth = "last"'}, meeting, date(2026, 12, 5), date(2026, 11, 28)),
    ("term.months", {"months = 36": "months = 24"}, until, date(2029, 11, 23), date(2028, 11, 23)),
    ("term.after", {'after = "acts"': 'after = "lapses"'}, expired, "expired and acting", "lapsed"),
    ("term.consecutive_terms_max", {"max = 2": "max = 3"}, lambda s: bars(s, consecutive_terms=2), ["terms"], []),
    ("eligibility.age_years", {"= 18": "= 16"}, lambda s: bars(s, age_years=17), ["too-young"], []),
    (
        "eligibility.residence_months",
        {"residence_months = 12": "residence_months = 6"},
        lambda s: bars(s, resident_since=date(2026, 3, 1)),
        ["residence"],
        [],
    ),
    (
        "eligibility.waived_when_new",
        {"when_new = true": "when_new = false"},
        lambda s: bars(s, since=date(2026, 11, 1), resident_since=date(2026, 11, 1)),
        [],
        ["residence"],
    ),
    ("organ.name", {'en = "Assembly"': 'en = "Forum"'}, says("Forum"), False, True),
    ("organ.highest", HIGHEST, lambda s: s.highest().id, "assembly", "board"),
    ("organ.decision", DECISION, lambda s: vote(s, 18, 10, 2), True, False),
    ("organ.rhythm", {'rhythm = "small.rhythm"\n': "", RHYTHM: ""}, says("first Saturday"), True, False),
    ("organ.made_of", {'["board"]': '["desk"]'}, lambda s: len(s.seats_in("team")), 6, 1),
    (
        "organ.call",
        {SECOND_CALL: "", SECOND_QUORUM: ""},
        lambda s: len(s.organ("assembly").calls),
        2,
        1,
    ),
    (
        "organ.call.quorum",
        {'quorum = "small.quorum.call2"': 'quorum = "small.recall.ask"', SECOND_QUORUM: ""},
        quorum(2),
        50,
        20,
    ),
    ("organ.imperative", {IMPERATIVE: ""}, says("vote against it is shown"), True, False),
    ("organ.imperative.how", {'how = "recorded"': 'how = "enforced"'}, says("vote against it is refused"), False, True),
    ("organ.ratification", RATIFIED, says("ratified or rejected by: Assembly"), False, True),
    ("organ.ratification.by", RATIFIED, ratifies("board"), "", "assembly"),
    ("seat.name", {'en = "Auditor"': 'en = "Checker"'}, says("Checker"), False, True),
    ("seat.term", TERM, until, date(2029, 11, 23), date(2027, 11, 23)),
    ("seat.eligibility", ELIGIBILITY, lambda s: bars(s, "secretary", age_years=17), ["too-young"], []),
    ("seat.succession", {'["alternate", "next-most-voted"': '["next-most-voted"'}, follows, "alternate", "voted"),
    (
        "seat.incompatible_with",
        {'with = ["treasurer"]': 'with = ["secretary"]'},
        lambda s: bars(s, holds=frozenset({"treasurer"})),
        ["incompatible"],
        [],
    ),
    ("seat.portfolio", {WATER: ""}, portfolios, "committee.water committee.health", "committee.health"),
    (
        "seat.portfolio.id",
        {'"health"': '"care"'},
        portfolios,
        "committee.water committee.health",
        "committee.water committee.care",
    ),
    ("seat.portfolio.name", {"Spokesperson for water": "Water"}, says("Spokesperson for water"), True, False),
    ("stated.words", {"Between 150 and 400 families": "Any number"}, says("Any number"), False, True),
    ("letter.name", {'en = "Residence letter"': 'en = "Proof of address"'}, says("Proof of address"), False, True),
    ("process.name", {'en = "Renewal"': 'en = "Rotation"'}, says("Rotation"), False, True),
    ("process.step.name", {'en = "Convening"': 'en = "Calling"'}, says("Renewal: Calling"), False, True),
    ("unit.id", {'id = "EUR"': 'id = "CHF"', 'unit = "EUR"': 'unit = "CHF"'}, says("counted in CHF"), False, True),
    ("unit.name", {'en = "kilos"': 'en = "kilograms"'}, says("kilograms"), False, True),
    ("unit.kind", {'kind = "commodity"': 'kind = "currency"'}, says("goods"), True, False),
    ("unit.decimals", {"decimals = 3": "decimals = 1"}, says("3 decimals"), True, False),
    ("chart.id", {'id = "common"': 'id = "plain"', 'chart = "common"': 'chart = "plain"'}, charted, "common", "plain"),
    ("chart.account", {BOX: ""}, says("Second box"), True, False),
    (
        "chart.account.code",
        {'code = "5"': 'code = "5.1"'},
        codes,
        f"1 2 3 4 5 {REST}",
        f"1 2 3 4 5.1 {REST}",
    ),
    ("chart.account.name", {'en = "Cash box"': 'en = "Till"'}, says("Till"), False, True),
    ("chart.account.kind", {'"4", kind = "equity"': '"4", kind = "liability"'}, of_kind("4"), "equity", "liability"),
    ("chart.account.limit", {BOX: LIMITED_BOX}, says("Second box (at most 300)"), False, True),
    ("signatures.from_amount", from_amount("EUR"), signed([99_999, 100_000]), [0, 0], [0, 2]),
    ("signatures.unit", from_amount("KG"), signed([1]), [0], [2]),
    ("chart.account.use", SWAPPED, used_for("opening"), "3", "4"),
    (
        "book.id",
        {'id = "small.book"': 'id = "small.money"', 'book = "small.book"': 'book = "small.money"'},
        lambda s: s.money.books[0].id,
        "small.book",
        "small.money",
    ),
    ("book.name", {'en = "Small accounts"': 'en = "Ledger"'}, says("Ledger"), False, True),
    ("book.organ", {'organ = "desk"\ndecides': 'organ = "team"\ndecides'}, says("kept by: Team"), False, True),
    ("book.decides", {'decides = "assembly"': 'decides = "board"'}, says("decided over by: Board"), False, True),
    ("book.chart", {'chart = "common"': 'chart = "other"', CHART: OTHER_CHART}, charted, "common", "other"),
    ("book.unit", {'unit = "EUR"': 'unit = "KG"'}, says("counted in KG"), False, True),
    (
        "credit.id",
        {'id = "small.credit"': 'id = "small.loan"'},
        lent,
        "small.credit",
        "small.loan",
    ),
    ("credit.name", {'en = "Small credit"': 'en = "Loan"'}, says("Loan"), False, True),
    ("credit.book", {'book = "small.book"': 'book = "small.fund"'}, says("book: Fund"), False, True),
    ("credit.approved_by", {'approved_by = "desk"': 'approved_by = "board"'}, says("approved by: Board"), False, True),
    (
        "credit.followed_by",
        {'followed_by = "team"': 'followed_by = "board"'},
        says("followed up by: Board"),
        False,
        True,
    ),
    ("credit.interest", {"interest = 12": "interest = 9"}, says("9 % a year"), False, True),
    ("credit.months_max", {"months_max = 24": "months_max = 7"}, says("for 7 months at most"), False, True),
    ("credit.unit", {'unit = "EUR"\namount': 'unit = "KG"\namount'}, says("KG at most"), False, True),
    ("credit.amount_max", {"amount_max = 5000": "amount_max = 61"}, says("61 EUR at most"), False, True),
    ("credit.schedule", {'schedule = "monthly"': 'schedule = "harvest"'}, says("after the harvest"), False, True),
    ("aid.id", {'id = "small.aid"': 'id = "small.help"'}, helped, "small.aid", "small.help"),
    ("aid.name", {'en = "Medicine"': 'en = "Burial"'}, says("Burial"), False, True),
    (
        "aid.book",
        {'book = "small.book"\ndecided': 'book = "small.fund"\ndecided'},
        says("decided by: Team; book: Fund"),
        False,
        True,
    ),
    ("aid.decided_by", {'decided_by = "team"': 'decided_by = "board"'}, says("decided by: Board; book"), False, True),
    (
        "aid.account",
        {'decided_by = "team"\n': 'decided_by = "team"\naccount = "5"\n'},
        says("paid for: Expenses"),
        False,
        True,
    ),
    ("recall.bar_terms", {"bar_terms = 2": "bar_terms = 1"}, barred, date(2032, 12, 31), date(2029, 12, 31)),
    ("recall.grounds", {"no-account = {": "no-report = {"}, grounds, ["no-account"], ["no-report"]),
]


@pytest.mark.parametrize(("word", "changes", "look", "before", "after"), READ, ids=[case[0] for case in READ])
def test_a_word_changes_what_the_rules_make_of_it(
    word: str, changes: Mapping[str, str], look: Look, before: object, after: object
) -> None:
    assert look(load(base())) == before
    assert look(load(changed(changes))) == after


ELSEWHERE = {
    *(  # tests/test_councils.py
        "level.name",
        "level.many",
        "organ.each",
        "organ.before_councils",
        "seat.each",
        "power.with_councils",
        "founding.until.with_councils",
    ),
    "organ.call.number",  # only repeats the call's place, and the loader holds it to it
    "founding.promoters_min",  # test_too_few_promoters_begin_nothing
}


def test_every_word_of_the_vocabulary_is_heard_somewhere() -> None:
    words = {f"{kind}.{word}" for kind, known in vocabulary().items() if kind for word in known}
    words -= {f"{kind}.{word}" for kind in vocabulary() for word in ("rule", "source", "mark")}
    heard = {word for word, *_rest in READ} | {word for word, *_rest in LIVED}
    assert words | {"every.rule", "every.source", "every.mark"} == heard | ELSEWHERE
